"""Expectations starting, ending and being looked at, as facts say."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable

from casereview.case import Case, PastRun, Run
from casereview.events import Clock, Clocks, Ended, Entry
from casereview.standing import FAMILY, SIGHT, answer_by, done_standing, family_told_until
from workflows.definition import Definition


def clocks(case: Case, entry: Entry, clocks: Clocks) -> None:
    # ended before started: the event that ends one run may start the next
    for ended in clocks.ended:
        if (run := case.runs.get(ended.expectation)) is not None:  # an earlier day may not know it yet
            end_run(case, run, entry, ended)
    for clock in clocks.started:
        start_run(case, clock)
    for name, planned in clocks.planned:
        run = case.runs.get(name)
        if run is not None and planned not in run.checkpoints:
            insort(run.checkpoints, planned)


def end_run(case: Case, run: Run, entry: Entry, ended: Ended) -> None:
    run.ended, run.ended_entry = ended.on or entry.on, entry.number
    run.ended_live_until, run.ended_lacks = ended.live_until, list(ended.lacks)
    run.cut_short = ended.cut_short
    run.ended_target = case.lane.targets.get(ended.expectation) if case.lane else None
    run.enough_known = case.enough_known


def start_run(case: Case, clock: Clock) -> None:
    earlier = case.runs.get(clock.expectation)
    past: list[PastRun] = []
    if earlier is not None and earlier.ended is not None:
        past = [*earlier.past, PastRun(earlier.started, earlier.ended, done_standing(earlier))]
    case.runs[clock.expectation] = Run(
        clock.started,
        clock.calendar,
        clock.indicative,
        clock.asks_from,
        checkpoints=list(clock.checkpoints),
        past=past,
        statutory=clock.statutory,
    )
    if case.lane is not None and clock.target is not None:
        case.lane.targets[clock.expectation] = clock.target


def hold_checkpoint(run: Run, entry: Entry) -> None:
    """A look held clears every planned one up to that day (late ones stay counted), or else the next."""
    run.held += 1
    passed = [day for day in run.checkpoints if day <= entry.on]
    if passed:
        run.late += sum(1 for day in passed if day < entry.on)
        run.checkpoints = [day for day in run.checkpoints if day > entry.on]
    elif run.checkpoints:
        run.checkpoints = run.checkpoints[1:]


def run_on(case: Case) -> None:
    """Reopening: what closing cut short has been running all the time (time is never paused, law 9)."""
    for run in case.runs.values():
        if run.cut_short:
            _runs_again(run)


def _runs_again(run: Run) -> None:
    run.ended, run.ended_entry, run.ended_live_until, run.ended_target = None, 0, None, None
    run.ended_lacks, run.enough_known, run.cut_short = [], False, False


def never_ended(case: Case, kind: str, number: int, left: Iterable[int], definition: Definition) -> None:
    """A withdrawn record ended nothing: unless a later one of the kind did (`left`), it has been running all along.

    Otherwise a mistake, once put right, would keep a case off the register that is not done.
    """
    if case.closed is not None or any(other > number for other in left):
        return
    for name, run in case.runs.items():
        end = definition.expectations[name].end
        if run.ended_entry == number and end.kind in ("record", "field") and end.name == kind:
            _runs_again(run)


def same_day(case: Case, entry: Entry, definition: Definition) -> None:
    """Telling the family or seeing the child on the day an expectation ended counts, whichever came first."""
    for name, run in case.runs.items():
        answer = answer_by(run, entry.on) if run.ended == entry.on else None
        if answer is None or answer.decision != "agreed":
            continue
        rule, lacks = definition.expectations[name].justified, set(run.ended_lacks)
        if rule.family_told:
            told, until = family_told_until(case, answer.on, entry.on)
            lacks = lacks - {FAMILY} if told and (until is None or entry.on < until) else lacks | {FAMILY}
        if entry.on in case.sights.values():
            lacks -= {SIGHT}
        run.ended_lacks = sorted(lacks)
