"""A day ahead as people say it: a date, or a length of time such as "15 working days", counted for the case."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from casereview.case import Case
from casereview.errors import CaseReviewError
from casereview.service.desk import Desk
from casereview.text import parse_date, shown
from workflows.definition import Definition
from workflows.span import UNITS, Span

From = Literal["today", "start"]
HOW = 'Write a date, or a length: "15 working days", "3 weeks", "15 working days from today".'
_SAID = re.compile(r"(?:(in) +)?(\d+ *[a-z][a-z ]*?)(?: +from +(today|now|the +start|start))?", re.IGNORECASE)
_TOGETHER = re.compile(r"^(\d+) *(?=[a-z])")


def day_ahead(
    desk: Desk, ref: str, text: str, what: str, *, counted_from: From = "today", expectation: str = ""
) -> date:
    """A date as typed; or the day a length leads to, on the case's own calendar.

    counted_from  what a bare length counts from: today, or the day this time of the case began (as usual times do);
                  "in …" and "… from today" count from today, "… from the start" from its beginning, whichever it is

    Raises CaseReviewError for what is neither, and for a length from the start that ends in the past already.
    """
    found = _SAID.fullmatch(text.strip())
    if found is None or found[2].strip().isdigit():
        return parse_date(text, what, today=desk.today)
    span = _span(found[2], text, what)
    if found[1] or found[3]:
        counted_from = "start" if found[3] and "start" in found[3].lower() else "today"
    with desk.reading() as work:
        case = desk.case(work, ref)
        definition = desk.definition_of(work, case)
        calendar = desk.calendar(work, case.nation, case.team)
    start = _began(case, definition, expectation, what) if counted_from == "start" else desk.today
    try:
        day = calendar.due(start, span)
    except ValueError as error:
        raise CaseReviewError(str(error), where=what, remedy=HOW) from None
    if counted_from == "start" and day < desk.today:
        raise CaseReviewError(
            f"{span} from {start}, when it began, ended on {day}.", where=what,
            remedy=f'For so long from now, write "{span} from today".',
        )  # fmt: skip
    return day


def _span(length: str, text: str, what: str) -> Span:
    try:
        span = Span.parse(_TOGETHER.sub(r"\1 ", " ".join(length.split())))
    except ValueError:
        said = f"“{shown(text, width=40)}” is neither a date nor a length of time"
        raise CaseReviewError(said, where=what, remedy=HOW) from None
    if span.unit == "hours":
        units = ", ".join(unit for unit in UNITS if unit != "hours")
        raise CaseReviewError("Hours are kept for urgent work and are not counted here", where=what, remedy=units)
    return span


def _began(case: Case, definition: Definition, expectation: str, what: str) -> date:
    main = definition.main_expectation()
    run = case.runs.get(expectation or (main.name if main else ""))
    if run is None:
        raise CaseReviewError("That time has not begun on this case", where=what, remedy="Write the date itself.")
    return run.started
