"""The longer ones of a register page, with everything a report tells beside their time."""

from __future__ import annotations

from collections.abc import Iterable

from casereview.case import Case
from casereview.oversight.quality.beside import beside
from casereview.ports import Reading
from casereview.reports.document import NOT_RECORDED
from casereview.reports.parts_longer import Longer
from casereview.service.desk import Desk
from casereview.service.reports import names_out
from casereview.standing import must_be_told
from casereview.views import RegisterRow
from casereview.words import promised_words
from workflows.definition import Definition


def longer_ones(desk: Desk, rows: Iterable[RegisterRow]) -> tuple[Longer, ...]:
    """Each row of the register with its case: one reading, no name of a child or a family."""
    with desk.reading() as work:
        return tuple(_longer(desk, work, row) for row in rows)


def _longer(desk: Desk, work: Reading, row: RegisterRow) -> Longer:
    case = desk.case(work, row.row.id)
    definition, names = desk.definition_of(work, case), desk.known(work).names
    answer = row.expectation.details.get("answer") or {}
    return Longer(
        row, _reason(row, definition), names.person(answer.get("by")) if answer else "",
        beside(desk, work, [case])[case.id].says, _purpose(case), _told(desk, row, case), names_out(work, case),
    )  # fmt: skip


def _reason(row: RegisterRow, definition: Definition) -> str:
    reason = row.expectation.details.get("reason")
    if reason is None:
        return ""
    code = definition.reasons.get(reason["code"])
    return code.title if code else str(reason["code"])


def _purpose(case: Case) -> str:
    if case.purpose_on is None:
        return NOT_RECORDED
    return f"{case.purpose_on} ({case.purpose_kind.replace('-', ' ')})"


def _told(desk: Desk, row: RegisterRow, case: Case) -> str:
    """How many of those who must be told have been, by when the last of them, and what is promised."""
    people = must_be_told(case)
    if not people:
        return "nobody is on the family's list yet, so nobody is known to have been told"
    told = [one for one in people if one.told_on is not None]
    family = row.expectation.details.get("family") or {}
    said = f"{len(told)} of {len(people)} who must be told have been told something"
    if family.get("told_on"):
        said += f"; all of them by {family['told_on']}"
    if family.get("exception"):
        said += f"; lawfully not told: {family['exception']}"
    promised = min((one.promised_on for one in people if one.promised_on), default=None)
    return said + promised_words(promised, desk.today)
