"""What is written down, counted as requirements will ask about it."""

from __future__ import annotations

from casereview import events as ev
from casereview.asked import of_kind, words_of
from casereview.case import Case
from casereview.events import Entry, Values
from casereview.fold.clocks import clocks, hold_checkpoint, never_ended, same_day
from casereview.fold.publishing import worded
from workflows.definition import Definition


def count(case: Case, kind: str, number: int, values: Values, definition: Definition) -> None:
    tally = case.tally(kind)
    tally.live.append(number)
    inside = of_kind(definition, kind)
    for asked in inside.asked:
        if asked.counts(values):
            tally_in = tally.matching if asked.matching else tally.failing
            tally_in.setdefault(asked.key, []).append(number)
    for name in inside.answered:
        words = words_of(values.get(name))
        if words:
            tally.answers.setdefault(name, {})[str(number)] = words


def uncount(case: Case, kind: str, number: int) -> None:
    tally = case.tally(kind)
    for numbers in (tally.live, *tally.matching.values(), *tally.failing.values()):
        if number in numbers:
            numbers.remove(number)
    for answers in tally.answers.values():
        answers.pop(str(number), None)


def recorded(case: Case, entry: Entry, event: ev.Recorded, definition: Definition) -> None:
    worded(case, event.record, entry.number, definition)
    count(case, event.record, entry.number, event.values, definition)
    tally = case.tally(event.record)
    tally.newest_on = max(entry.on, tally.newest_on or entry.on)
    for name, run in case.runs.items():
        if run.ended is None and definition.expectations[name].checkpoint_record == event.record:
            hold_checkpoint(run, entry)
    exempt(case, event.record, event.values, definition)
    clocks(case, entry, event.clocks)


def exempt(case: Case, kind: str, values: Values, definition: Definition) -> None:
    """What the newest record of a suspension says may continue."""
    for track in definition.tracks.values():
        if track.hold and track.hold.record == kind and track.hold.field:
            case.exempt[track.name] = list(values.get(track.hold.field) or [])


def corrected(case: Case, entry: Entry, event: ev.Corrected, definition: Definition) -> None:
    if case.sights.pop(str(event.number), None) is not None:
        sum_up_sights(case)  # a sight of the child is only ever withdrawn
        never_ended(case, event.record, event.number, map(int, case.sights), definition)
        return
    worded(case, event.record, entry.number, definition)
    newest = max(case.tally(event.record).live, default=0) == event.number
    uncount(case, event.record, event.number)
    if newest:
        exempt(case, event.record, {} if event.withdrawn else event.values, definition)
    if event.withdrawn:
        never_ended(case, event.record, event.number, case.tally(event.record).live, definition)
        return
    count(case, event.record, event.number, event.values, definition)
    case.tally(event.record).live.sort()


def child_seen(case: Case, entry: Entry, event: ev.ChildSeen, definition: Definition) -> None:
    case.sights[str(entry.number)] = entry.on
    # One more: counting them all again would make a long history slow to fold.
    case.seen_first = min(entry.on, case.seen_first or entry.on)
    case.seen_on = max(entry.on, case.seen_on or entry.on)
    case.seen_count += 1
    case.seen_entry = entry.number
    for name, run in case.runs.items():
        if run.ended is None and definition.expectations[name].checkpoint_record == "seen":
            hold_checkpoint(run, entry)
    clocks(case, entry, event.clocks)
    same_day(case, entry, definition)


def sum_up_sights(case: Case) -> None:
    """What requirements and justifications ask of the sights of the child that have not been withdrawn."""
    case.seen_first = min(case.sights.values(), default=None)
    case.seen_on = max(case.sights.values(), default=None)
    case.seen_count = len(case.sights)
    case.seen_entry = max(map(int, case.sights), default=0)
