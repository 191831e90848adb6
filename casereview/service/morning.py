"""The morning list of one person: the questions of every open case that is theirs, in one reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casereview.errors import CaseReviewError
from casereview.oversight.matter import Matter, Question
from casereview.oversight.morning import SILENT_AFTER, in_order, questions
from casereview.people import Person
from casereview.ports import Reading
from casereview.service.desk import Desk

REVIEWS = ("review",)  # kinds of case that belong to no team: whoever holds a role on one is asked about it


@dataclass(frozen=True, slots=True)
class Morning:
    """What is asked of a person on a day. `cases`: the open cases that were looked at for it."""

    day: date
    cases: int
    questions: tuple[Question, ...]


def morning(desk: Desk, *, team: str = "", silent_after: int = SILENT_AFTER) -> Morning:
    """Questions to whoever sits at the desk; nothing is written.

    Theirs are the cases of teams they manage, those they are the worker of, and reviews they hold a role in;
    with `team`, only the cases of that team in which they have a part. `silent_after`: working days without an
    entry. Raises CaseReviewError when that is less than one.
    """
    if silent_after < 1:
        raise CaseReviewError("days of silence are counted from 1", where="--days-of-silence")
    with desk.reading() as work:
        me = desk.me(work)
        found: list[Question] = []
        seen = 0
        for matter in _matters(desk, work, me, team):
            if matter.concerns:
                seen += 1
                found += questions(matter, desk.today, silent_after)
        return Morning(desk.today, seen, in_order(found))


def _matters(desk: Desk, work: Reading, me: Person, team: str) -> list[Matter]:
    from casereview.decide.context import roles_of

    if team:
        cases = work.open_cases(me.id, teams=(team,))
    else:
        managed = [o.team for o in me.offices if o.office == "manager" and o.held_on(desk.today)]
        cases = work.open_cases(me.id, teams=managed, worker=me.id, kinds=REVIEWS)
    matters = []
    for case in cases:
        definition = desk.definition_of(work, case)
        roles = roles_of(me, case, definition, desk.today)
        matters.append(Matter(case, definition, desk.calendar(work, case.nation, case.team), me.id, roles))
    return matters
