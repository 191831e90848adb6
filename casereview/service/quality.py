"""The lists of help and quality, each over every case the viewer may know of and on the day of the desk (law 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from casereview.case import Case
from casereview.oversight.quality import early, goals, looking_back, looks, referrers
from casereview.oversight.quality.beside import Beside, beside
from casereview.oversight.quality.beside import again as came_again
from casereview.oversight.quality.early import Ended
from casereview.oversight.quality.goals import Goal
from casereview.oversight.quality.listed import EVERYTHING, Found, Wanted, found, narrowed, within
from casereview.oversight.quality.looking_back import LookBack
from casereview.oversight.quality.looks import Look
from casereview.oversight.quality.referrers import Referrer
from casereview.oversight.quality.words import WITHIN
from casereview.service.desk import Desk
from casereview.service.quality_local import weeks_of
from casereview.service.quality_reading import Lookup, looking
from casereview.views import Scope

YEAR = timedelta(days=WITHIN)
DECISIONS = ("decision", "review-decision")
NO_HELP = ("no further action",)
FEW = 50  # cases that are each asked about sooner than every case is read


def _scope(wanted: Wanted, **more: object) -> Scope:
    return replace(Scope(workflow=wanted.workflow, team=wanted.team), **more)  # type: ignore[arg-type]


def _asked(look: Lookup, wanted: Wanted, **more: object) -> Iterator[Case]:
    """The cases of a list: one by its reference, or all of a scope."""
    if wanted.case:
        yield look.desk.case(look.work, wanted.case)
        return
    for case in look.cases(_scope(wanted, **more)):
        if not wanted.child or wanted.child in case.children:
            yield case


def _day(case: Case, *kinds: str) -> date | None:
    days = [t.newest_on for kind in kinds if (t := case.records.get(kind)) and t.live]
    return max([day for day in days if day is not None], default=None)


# ---- beside a time ---------------------------------------------------------------------------------------------
def beside_of(desk: Desk, cases: Sequence[str], *, with_others: bool = True) -> dict[str, Beside]:
    """What stands beside the time of each of these cases (ids or references), under what it was asked by.

    For a page of rows; those this person may not know of are left out.
    """
    with desk.reading() as work:
        me = desk.me(work).id
        found = {one: case for one in cases if (case := work.case(me, one)) is not None}
        told = beside(desk, work, found.values(), with_others=with_others)
        return {one: told[case.id] for one, case in found.items()}


# ---- quality looks ---------------------------------------------------------------------------------------------
def quality_looks(desk: Desk, wanted: Wanted = EVERYTHING) -> Found[Look]:
    """Looks made in a period, newest first, and decisions of that period without one."""
    with looking(desk) as look:
        lines: list[Look] = []
        for case in _asked(look, wanted):
            rows = look.live(case, "quality-look")
            lines += [looks.look_of(look.about(case), row, look.name(row.by)) for row in rows]
            decided = _day(case, "decision")
            if not rows and decided and "quality-look" in look.definition(case).records:
                lines.append(Look(look.about(case), decided))
        lines = looks.in_order(line for line in lines if within(line.on, wanted))
        says = looks.tallied(lines, look.smallest)
        return found(narrowed(lines, wanted), wanted, says, "quality", looks.STATES)


# ---- early closures and what came again ------------------------------------------------------------------------
def closed_early(desk: Desk, wanted: Wanted = EVERYTHING) -> Found[Ended]:
    """Cases closed in a period (the last year): closed early, or followed by another case within a year."""
    since = wanted.since or desk.today - YEAR
    with looking(desk) as look:
        after = [look.about(case) for case in look.cases(Scope(opened_from=since)) if case.children]
        ended = [
            _ended(look, case)
            for case in _asked(look, wanted, closed_from=since, closed_to=wanted.until or desk.today)
            if case.closed is not None
        ]
        families = look.families(child for one in (*after, *(e.about for e in ended)) for child in one.children)
        later = early.by_family(after, families)
        lines = [replace(one, again=early.came_after(one.about, later, families)) for one in ended]
        says = early.summed(lines, desk.today, look.smallest)
        wanted_lines = narrowed(early.in_order(lines), wanted)
        listed = [line for line in wanted_lines if wanted.state or line.state != early.NEITHER]
        return found(listed, wanted, says, "early", (*early.STATES, early.NEITHER))


def _ended(look: Lookup, case: Case) -> Ended:
    """A closed case, before it is known what came again."""
    definition = look.definition(case)
    sees = any(e.justified.child_seen is not None for e in definition.expectations.values())
    calendar = look.desk.calendar(look.work, case.nation, case.team)
    assert case.closed is not None
    return Ended(
        look.about(case), max(calendar.working_days(case.opened, case.closed), 0), early.how_early(case, sees),
        _day(case, *DECISIONS), case.seen_on, _day(case, "quality-look", "quality-assurance"), (),
    )  # fmt: skip


# ---- goals and progress ----------------------------------------------------------------------------------------
def goals_and_progress(desk: Desk, wanted: Wanted = EVERYTHING, *, closed: bool = False) -> Found[Goal]:
    """Goals of open cases (with `closed`, of all), where to think again first; `state` tells them apart.

    A decision for help without a goal is listed only when it is asked for by its state.
    """
    with looking(desk) as look:
        lines: list[Goal] = []
        for case in _asked(look, wanted, **({} if closed else {"open": True})):
            if (tally := case.records.get(goals.GOAL)) and tally.live:
                records = look.live(case, goals.GOAL, goals.MOVED)
                lines += goals.goals_of(look.about(case), case, records, desk.today)
            elif wanted.state == goals.NO_GOAL and (decided := _helped(look, case)) is not None:
                lines.append(goals.without_goal(look.about(case), decided))
        lines = goals.in_order(line for line in lines if within(line.set_on, wanted))
        says = goals.summed(lines, look.smallest)
        return found(narrowed(lines, wanted), wanted, says, "progress", goals.STATES)


def _helped(look: Lookup, case: Case) -> date | None:
    """The day help was decided on, in a workflow that has goals."""
    row = look.newest(case, "decision")
    if row is None or goals.GOAL not in look.definition(case).records or row.values.get("help") in NO_HELP:
        return None
    return row.on


# ---- did it last -----------------------------------------------------------------------------------------------
def look_backs(desk: Desk, wanted: Wanted = EVERYTHING, *, weeks: int = 0) -> Found[LookBack]:
    """Closed cases in which something was decided: whom to ask now whether it lasted, and what was answered.

    weeks   after closing the question opens; 0: as the authority keeps it. It is asked until a time the authority
            keeps likewise; those closed before that (or before `since`) are not listed. Cases read in from a return
            are left out: nothing is known of what was decided.
    """
    with looking(desk) as look:
        opens, until = weeks_of(look.work)
        opens = weeks or opens
        first = wanted.since or desk.today - timedelta(weeks=max(until, opens))
        lines: list[LookBack] = []
        for case in _asked(look, wanted, closed_from=first, closed_to=wanted.until or desk.today):
            if case.closed is None or case.imported or looking_back.KIND not in look.definition(case).records:
                continue
            if _day(case, *DECISIONS):
                lines.append(_look_back(look, case, opens))
        others = _others(look, lines)
        lines = looking_back.in_order(replace(one, again=came_again(one.about, others[one.about.id])) for one in lines)
        says = looking_back.summed(lines, look.smallest)
        says.append(f"Asked from {opens} weeks after closing; those closed before {first} are not listed.")
        return found(narrowed(lines, wanted), wanted, says, "look-back", looking_back.STATES)


def _look_back(look: Lookup, case: Case, weeks: int) -> LookBack:
    newest = look.newest(case, looking_back.KIND)
    after = newest if newest is not None and case.closed is not None and newest.on >= case.closed else None
    goal = case.records.get(goals.GOAL)
    return looking_back.look_back_of(
        look.about(case), weeks, look.today, after, goals=len(goal.live) if goal else 0, early=case.enough_known,
        again=(),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Other:
    """Another case about the same child, as far as it matters here; the earliest comes first."""

    opened: date
    case: str
    id: str
    closed: date | None


def _others(look: Lookup, lines: Sequence[LookBack]) -> dict[str, list[Other]]:
    """Line by line every case about the same children: in one reading for many, each by itself for a few."""
    if len(lines) <= FEW:
        return {
            one.about.id: [
                Other(row.opened, row.case, row.id, row.closed)
                for row in (look.work.cases_of(look.me, one.about.children, look.today) if one.about.children else ())
            ]
            for one in lines
        }
    children = {child for one in lines for child in one.about.children}
    of_child: defaultdict[str, list[Other]] = defaultdict(list)
    for case in look.work.every_case(look.me, Scope()):
        if theirs := children.intersection(case.children):
            other = Other(case.opened, case.ref, case.id, case.closed)
            for child in theirs:
                of_child[child].append(other)
    found = {}
    for one in lines:
        about = {other.id: other for child in one.about.children for other in of_child[child]}
        found[one.about.id] = sorted(about.values(), key=lambda other: (other.opened, other.case))
    return found


# ---- whoever referred ------------------------------------------------------------------------------------------
def referrers_answered(desk: Desk, wanted: Wanted = EVERYTHING) -> Found[Referrer]:
    """Whoever referred, where a decision was made in a period (the last year); those who have not heard first.

    Without a state asked for, only those who have not heard the outcome are listed.
    """
    since = wanted.since or desk.today - YEAR
    with looking(desk) as look:
        lines: list[Referrer] = []
        for case in _asked(look, wanted):
            if not case.imported:
                lines += referrers.referrers_of(look.about(case), case, desk.today)
        lines = [one for one in lines if since <= one.decided <= (wanted.until or desk.today)]
        says = referrers.summed(lines, look.smallest)
        waiting = [one for one in referrers.in_order(lines) if wanted.state or one.state in referrers.WAITING]
        return found(narrowed(waiting, wanted), wanted, says, "referrers", referrers.STATES)
