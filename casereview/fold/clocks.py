"""Expectations starting, ending and being looked at, as facts say."""

from __future__ import annotations

from bisect import insort

from casereview.case import Case, PastRun, Run
from casereview.events import Clock, Clocks, Ended, Entry
from casereview.standing import done_standing


def clocks(case: Case, entry: Entry, clocks: Clocks) -> None:
    # ended before started: the event that ends one run may start the next
    for ended in clocks.ended:
        end_run(case, case.runs[ended.expectation], entry, ended)
    for clock in clocks.started:
        start_run(case, clock)
    for name, planned in clocks.planned:
        if planned not in case.runs[name].checkpoints:
            insort(case.runs[name].checkpoints, planned)


def end_run(case: Case, run: Run, entry: Entry, ended: Ended) -> None:
    run.ended, run.ended_entry = entry.on, entry.number
    run.ended_live_until = ended.live_until
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
