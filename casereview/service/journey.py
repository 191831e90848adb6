"""A child's journey: one story across cases and siblings, with repeated concern made visible."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from casereview.case import Case
from casereview.errors import NotFound
from casereview.people import Child
from casereview.ports import Reading
from casereview.service.child_story import WHAT as KEPT
from casereview.service.child_story import story_of
from casereview.service.desk import Desk
from casereview.service.record_entries import told
from casereview.views import CaseRow


@dataclass(frozen=True, slots=True)
class JourneyLine:
    """One thing in a child's story, whichever case it belongs to; what only a return told belongs to none ("")."""

    on: date
    case: str
    title: str
    says: str
    child: str  # whom it is about, where it is a sibling
    kind: str


@dataclass(frozen=True, slots=True)
class Journey:
    """One story across cases and siblings. `repeated`: cases opened within a year of another's closing."""

    child: Child
    siblings: tuple[Child, ...]
    cases: tuple[CaseRow, ...]
    lines: tuple[JourneyLine, ...]
    repeated: tuple[str, ...]
    worker_changes: int


def journey(desk: Desk, child: str) -> Journey:
    """Everything this person may know about a child and siblings, oldest first."""
    with desk.reading() as work:
        known = work.known_children(desk.person, [child])
        if not known:
            raise NotFound(f"no child is known as {child!r}", remedy="See: casereview child list")
        family = [c.id for c in work.family(known[0].family) if c.id != child]
        siblings = work.known_children(desk.person, family)
        rows = work.cases_of(desk.person, [child, *(s.id for s in siblings)], desk.today)
        lines: list[JourneyLine] = []
        changes, void = 0, set()
        for row in rows:
            case = desk.case(work, row.id)
            if desk.definition_of(work, case).stages[case.main.stage].void:
                void.add(case.id)
            changes += case.worker_changes if child in case.children else 0
            lines += _lines(desk, work, row, case, child)
        for one in (child, *(s.id for s in siblings)):
            about = "" if one == child else one
            lines += [JourneyLine(on, "", title, says, about, KEPT) for on, title, says in story_of(work, one)]
        lines.sort(key=lambda line: (line.on, line.case))
        return Journey(known[0], tuple(siblings), tuple(rows), tuple(lines), _repeated(rows, void), changes)


def _lines(desk: Desk, work: Reading, row: CaseRow, case: Case, child: str) -> list[JourneyLine]:
    about = "" if child in case.children else ", ".join(case.children)
    lines = [
        JourneyLine(e.on, row.case, row.title, says, about, e.event.kind)
        for e, says in told(desk, work, case.id, case.hash, work.history(case.id))
    ]
    if case.imported:  # its dates are older than its first entry
        lines[0] = replace(lines[0], on=case.opened)
        if case.closed:
            lines.append(JourneyLine(case.closed, row.case, row.title, "Closed (as imported)", about, "imported"))
    return lines


def _repeated(rows: list[CaseRow], void: set[str]) -> tuple[str, ...]:
    """Cases opened within a year of an earlier one's closing: repeated concern, whatever the times were.

    `void`: the ids of cases opened by mistake, which are no concern at all.
    """
    found = []
    real = [row for row in rows if row.id not in void]
    for row in real:
        for other in real:
            if other.id != row.id and other.closed and 0 <= (row.opened - other.closed).days <= 365:
                found.append(row.case)
                break
    return tuple(found)
