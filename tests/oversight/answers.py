"""Everything that is shown of more than one case, by name: what is new on the screens belongs in here.

Two tests ask all of it: any past day is shown as it was shown then, and nothing anywhere tells of a hidden case.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from casereview.errors import NotFound
from casereview.exchange.cin_export import export_cin
from casereview.oversight.service_information import service_page
from casereview.reports.markdown import write
from casereview.service import quality, quality_stories
from casereview.service.blockages import board, debrief
from casereview.service.desk import Desk
from casereview.service.families import families
from casereview.service.figure_pages import KINDS, page, page_lines
from casereview.service.figures import Selection, gather
from casereview.service.journey import journey
from casereview.service.morning import morning
from casereview.service.morning_out import calendar, digest
from casereview.service.overrides import overrides
from casereview.service.reading import cases, history, records, show
from casereview.service.register import ask_register, register
from casereview.service.registry import closures, people, teams
from casereview.service.reports_annual import annual
from casereview.service.reports_oversight import oversight
from casereview.service.reports_sample import Sampling, sample
from casereview.service.views import counted, views
from casereview.views import BY_CONCERN, CaseQuery, RegisterQuery
from tests.stories import TEAM

QUERIES = (
    "", "mine", "standing:on-course -told:no", "overdue:unexplained group:team", "reason:CAPA", "no-date",
    "waiting:school", "standing:justified group:reason sort:beyond", "lane:urgent group:worker",
    "beyond>5 group:waiting",
    "told:no",
)  # fmt: skip


def _each_case(desk: Desk) -> Any:
    found = []
    for row in cases(desk, CaseQuery(order="reference", limit=500)).rows:
        view = show(desk, row.case)
        lines = [(line.number, line.on, line.says) for line in history(desk, row.case, limit=500)]
        found.append((view.row, view.expectations, view.steps, view.roles, lines, records(desk, row.case).rows))
    return found


def _figures(desk: Desk) -> Any:
    gathered = gather(desk, Selection(by="team"))
    return [page_lines(page(desk, gathered, kind.name), gathered) for kind in KINDS]


def _pack(make: Callable[..., Any], desk: Desk, **more: Any) -> str:
    """The text of a report, without the marks of the store it came from and the words for looking back."""
    text = write(make(desk, **more)).decode().replace("the end of ", "")
    return re.sub(r"(?m)^.*(Store|Journal|Hash of that entry|journal entry|anchor).*$", "…", text)


def _dated(desk: Desk) -> list[str]:
    """The calendar file, without the stamps that name the store and the moment it was written."""
    lines = calendar(desk, morning(desk)).decode().splitlines()
    return [line for line in lines if not line.startswith(("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE"))]


def _asked(desk: Desk) -> Any:
    """Every query of the list, in words, as the register answers it."""
    return [replace(register(desk, ask_register(desk, query, limit=500)), offset=0) for query in QUERIES]


def _return(desk: Desk) -> Any:
    """One team's part of the census return: the whole takes an office."""
    try:
        return export_cin(desk, desk.today.year + (desk.today.month > 3), None, authority="999", team=TEAM)
    except NotFound as error:
        return str(error)


ANSWERS: dict[str, Callable[[Desk], Any]] = {
    "register": lambda desk: register(desk, RegisterQuery(standings=BY_CONCERN, limit=500)),
    "overdue": lambda desk: register(desk, RegisterQuery()),
    "queries": _asked,
    "views": lambda desk: [(view.name, counted(desk, view)) for view in views(desk)],
    "cases": lambda desk: cases(desk, CaseQuery(order="concern", limit=500)),
    "each case": _each_case,
    "morning": morning,
    "digest": lambda desk: digest(morning(desk), in_full=True),
    "calendar": _dated,
    "families": lambda desk: [families(desk, which) for which in ("all", "broken", "owed", "not-told")],
    "board": lambda desk: board(desk, removed=True),
    "de-brief": debrief,
    "set aside": overrides,
    "journey": lambda desk: journey(desk, "kid-1"),
    "people": people,
    "teams": teams,
    "days without work": closures,
    "figures": _figures,
    "quality looks": quality.quality_looks,
    "closed early": quality.closed_early,
    "goals": quality.goals_and_progress,
    "look-backs": quality.look_backs,
    "referrers": quality.referrers_answered,
    "repeats": quality_stories.repeated_concern,
    "continuity": quality_stories.continuity_for_children,
    "voices": quality_stories.voices_heard,
    "census return": _return,
    "service information": service_page,
    "board pack": partial(_pack, oversight),
    "sample pack": partial(_pack, partial(sample, asked=Sampling("to see", random=3, seed="7"))),
    "annual report": lambda desk: _pack(partial(annual, year=2024), desk),
}
