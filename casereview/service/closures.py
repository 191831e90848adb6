"""A day without work, or a bank holiday announced late: open dates move, and every move is journalled."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casereview.calendar import Calendar
from casereview.case import Case
from casereview.clocks import lane_target, moved_clock
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import Clock, ClosureSet, DatesMoved, Happening
from casereview.ports import Writing
from casereview.service.desk import Desk
from casereview.service.registry import require_keeper
from casereview.text import NAME_LIMIT, clean, required
from casereview.views import CaseQuery

PAGE = 500


def add_closure(desk: Desk, day: date, name: str, *, team: str = "") -> int:
    """Adds the day for a team, or for everyone. Returns how many open cases' dates moved, of those this person
    may know of: a number too can give away a hidden case (law 7).

    A closed case keeps its dates; the journal keeps both values of each one that moved (scenario 4).
    """
    with desk.writing() as work:
        require_keeper(desk, work)
        teams = desk.known(work).teams
        if team and team not in teams:
            raise NotFound(f"there is no team {clean(team)!r}", remedy=did_you_mean(team, teams))
        if any(c.day == day and c.team in ("", team) for c in work.closures()):
            raise CaseReviewError(f"{day} is known as a day without work already")
        name = required(name, "what the day is called", limit=NAME_LIMIT)
        cases = list(_open_cases(desk, work, team))
        before = {case.id: desk.calendar(work, case.nation, case.team) for case in cases}
        desk.register(work, ClosureSet(day, name, team))
        desk.forget_calendars()
        moved = [case for case in cases if _recompute(desk, work, case, before[case.id], f"{name} on {day}")]
        return sum(case.known_to(desk.person) for case in moved)


def _open_cases(desk: Desk, work: Writing, team: str) -> Iterator[Case]:
    """Every open case, hidden ones included: dates are everyone's."""
    offset = 0
    while True:
        query = CaseQuery(open=True, team=team, order="reference", offset=offset, limit=PAGE)
        page = work.cases(None, query, desk.today)
        for row in page.rows:
            case = work.snapshot(row.id)
            if case is not None:
                yield case
        offset += PAGE
        if offset >= page.total:
            return


def _recompute(desk: Desk, work: Writing, case: Case, old: Calendar, reason: str) -> bool:
    definition = desk.definition_of(work, case)
    new = desk.calendar(work, case.nation, case.team)
    clocks: list[Clock] = []
    targets: dict[str, date] = {}
    before: dict[str, str] = {}
    for name, run in case.runs.items():
        if run.ended is not None:
            continue
        expectation = definition.expectations[name]
        clock = moved_clock(expectation, run, run.started, old, new, case.opened)
        if clock is not None:
            clocks.append(clock)
            before[name] = f"indicative {run.indicative}, checkpoints {', '.join(map(str, run.checkpoints))}"
        target = lane_target(case, definition, expectation, run.started, new)
        if target is not None and case.lane and case.lane.targets.get(name) != target:
            targets[name] = target
            before[f"{name} in the urgent lane"] = str(case.lane.targets.get(name))
    if not before:
        desk.save(work, case, definition)  # how long a sight of the child counts may have moved
        return False
    event = DatesMoved(reason, new.version, tuple(clocks), targets, before)
    desk.land(work, case, [Happening(event, desk.today)], definition)
    return True
