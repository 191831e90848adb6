"""Starting and ending expectations: what a fact does to the clocks of a case, with the dates worked out once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from casereview.calendar import Calendar
from casereview.case import Case, Run, empty_values
from casereview.events import Clock, Clocks, Ended, Values
from casereview.standing import lacking_at_end, live_until
from workflows.definition import Anchor, Definition, Expectation


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that may start or end an expectation, and its day."""

    on: date
    opened: bool = False
    leaves: str = ""
    enters: str = ""
    record: str = ""
    values: Values | None = None
    closes: bool = False  # the case reaches an end: whatever still runs ends with it

    def day_at(self, anchor: Anchor) -> date | None:
        """The day this arrival reaches the anchor, or None when it does not."""
        match anchor.kind:
            case "opened":
                return self.on if self.opened else None
            case "enters":
                return self.on if self.enters == anchor.name else None
            case "leaves":
                return self.on if self.leaves == anchor.name else None
            case "record":
                return self.on if self.record == anchor.name else None
            case "field":
                return self._field_day(anchor)

    def _field_day(self, anchor: Anchor) -> date | None:
        if self.record != anchor.name or not self.values:
            return None
        value = self.values.get(anchor.field)
        return None if empty_values(value) else date.fromisoformat(str(value))


def start_clock(
    expectation: Expectation,
    started: date,
    calendar: Calendar,
    target: date | None = None,
    opened: date | None = None,
) -> Clock:
    """The dates of an expectation that starts on a day, by this calendar.

    opened: the day the case was opened, where it is another; a time set by law counts only in that law's years.
    """
    indicative = calendar.due(started, expectation.indicative) if expectation.indicative else None
    asks_from = indicative
    if indicative and expectation.look_after:
        asks_from = calendar.due(indicative, expectation.look_after)
    checkpoints = tuple(calendar.due(started, span) for span in expectation.checkpoints)
    law = expectation.statutory_for(opened or started)
    statutory = calendar.due(started, law) if law else None
    return Clock(expectation.name, started, calendar.version, indicative, asks_from, checkpoints, target, statutory)


def moved_clock(
    expectation: Expectation, run: Run, started: date, old: Calendar, new: Calendar, opened: date | None = None
) -> Clock | None:
    """The dates of a running expectation counted afresh from `started` by a new calendar; None where nothing moves.

    Checkpoints already held stay held; those planned by a person (by a date in a record) stay put.
    """
    fresh = start_clock(expectation, started, new, opened=opened)
    shifted = {old.due(run.started, span): new.due(started, span) for span in expectation.checkpoints}
    checkpoints = tuple(sorted({shifted.get(day, day) for day in run.checkpoints}))
    now = (run.started, run.indicative, run.asks_from, tuple(run.checkpoints), run.statutory)
    if (started, fresh.indicative, fresh.asks_from, checkpoints, fresh.statutory) == now:
        return None
    return replace(fresh, checkpoints=checkpoints)


def clocks_at(case: Case, definition: Definition, arrival: Arrival, calendar: Calendar) -> Clocks:
    """What an arrival does to the expectations of a case that is already open."""
    started, ended, planned = [], [], []
    # what is written down after a case has closed starts nothing: nobody could end it
    starts = not arrival.closes and (case.closed is None or arrival.opened)
    for expectation in definition.expectations.values():
        run = case.runs.get(expectation.name)
        running = run is not None and run.ended is None
        if run is not None and running and (end := _end(run, case, expectation, arrival, calendar)):
            ended.append(end)
            running = False
        day = arrival.day_at(expectation.start) if starts else None
        if day is not None and not running and (run is None or expectation.restart):
            target = lane_target(case, definition, expectation, day, calendar)
            started.append(start_clock(expectation, day, calendar, target, case.opened))
            running = True
        if running:
            planned += _planned(expectation, arrival)
    return Clocks(tuple(started), tuple(ended), tuple(planned))


def _end(
    run: Run, case: Case, expectation: Expectation, arrival: Arrival, calendar: Calendar
) -> Ended | None:
    """How the arrival ends a running expectation; a day still to come, in a record, ends nothing yet."""
    day = arrival.day_at(expectation.end)
    reached = day is not None and run.started <= day <= arrival.on  # what lies before the start ends nothing
    if not reached and not arrival.closes:
        return None
    on = day if day is not None and reached else arrival.on
    return Ended(
        expectation.name,
        live_until(run, case, expectation.justified, calendar),
        lacking_at_end(run, case, expectation.justified, calendar, on),
        on if on != arrival.on else None,
        not reached,
    )


def lane_target(
    case: Case, definition: Definition, expectation: Expectation, day: date, calendar: Calendar
) -> date | None:
    """The target the case's urgent lane sets for what starts on a day; None without one."""
    lane = definition.lanes.get(case.lane.lane) if case.lane else None
    span = lane.expect.get(expectation.name) if lane else None
    return calendar.due(day, span) if span else None


def _planned(expectation: Expectation, arrival: Arrival) -> list[tuple[str, date]]:
    """Further looks a record plans, by the date fields the definition names."""
    days = []
    for kind, name in expectation.checkpoint_fields:
        value = (arrival.values or {}).get(name) if arrival.record == kind else None
        if not empty_values(value):
            days.append((expectation.name, date.fromisoformat(str(value))))
    return days
