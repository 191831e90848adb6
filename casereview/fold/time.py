"""Dates, reasons, answers, waiting, and what the family was told."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from casereview import events as ev
from casereview.case import Answer, Case, InLane, Listed, Promise, Reason, Waited, Waiting
from casereview.events import Clock, Entry
from casereview.fold.clocks import same_day
from casereview.fold.people import workers_on
from workflows.definition import Definition


def date_agreed(case: Case, entry: Entry, event: ev.DateAgreed, definition: Definition) -> None:
    run = case.runs[event.expectation]
    if run.agreed is None:
        run.agreed_first = event.agreed
    else:
        run.agreed_changes += 1
        if entry.on > run.agreed and run.measured is None:
            run.measured = run.agreed  # moved after it had passed: still measured from there
    run.agreed, run.agreed_on = event.agreed, entry.on
    if event.justifies:
        group = definition.reasons[event.code].group if event.code in definition.reasons else "can justify"
        action = (event.action, event.action_owner, event.action_due)
        run.reasons.append(
            Reason(entry.number, event.code, group, event.text, "", entry.actor, entry.on, None, *action)
        )
        own = entry.actor in workers_on(case, entry.on)
        until = event.agreed + timedelta(days=1)  # the agreed day itself still keeps the promise
        run.answers.append(Answer(entry.number, "agreed", event.text, entry.actor, entry.on, until, True, own))


def reason_given(case: Case, entry: Entry, event: ev.ReasonGiven, definition: Definition) -> None:
    reason = Reason(
        entry.number, event.code, event.group, event.text, event.effect, entry.actor, entry.on,
        event.proposed, event.action, event.action_owner, event.action_due,
    )  # fmt: skip
    case.runs[event.expectation].reasons.append(reason)


def answered(case: Case, entry: Entry, event: ev.Answered, definition: Definition) -> None:
    own = entry.actor in workers_on(case, entry.on)
    answer = Answer(entry.number, event.decision, event.text, entry.actor, entry.on, event.until, own_work=own)
    case.runs[event.expectation].answers.append(answer)


def lane_set(case: Case, entry: Entry, event: ev.LaneSet, definition: Definition) -> None:
    if event.lane:
        case.lane = InLane(event.lane, event.because, entry.on, dict(event.targets))
    else:
        case.lane = None


def dates_moved(case: Case, entry: Entry, event: ev.DatesMoved, definition: Definition) -> None:
    move(case, event.clocks, event.targets)


def move(case: Case, clocks: Iterable[Clock], targets: Mapping[str, date]) -> None:
    """The dates of open times as they now stand."""
    for clock in clocks:
        run = case.runs[clock.expectation]
        run.started = clock.started  # the same day, unless the day itself was corrected
        run.indicative, run.asks_from, run.calendar = clock.indicative, clock.asks_from, clock.calendar
        run.checkpoints, run.statutory = list(clock.checkpoints), clock.statutory
    if case.lane is not None:
        case.lane.targets.update(targets)


def waiting_started(case: Case, entry: Entry, event: ev.WaitingStarted, definition: Definition) -> None:
    case.waiting[str(entry.number)] = Waiting(event.on_whom, event.what, entry.on, entry.actor)


def waiting_ended(case: Case, entry: Entry, event: ev.WaitingEnded, definition: Definition) -> None:
    waiting = case.waiting.pop(str(event.number), None)
    if waiting is None:
        return
    case.waited.append(Waited(waiting.on_whom, waiting.what, waiting.since, entry.on))



def roster_set(case: Case, entry: Entry, event: ev.RosterSet, definition: Definition) -> None:
    if event.left:
        case.roster.pop(event.person, None)
        same_day(case, entry, definition)
        return
    listed = case.roster.setdefault(event.person, Listed(event.label))
    listed.label, listed.relation = event.label, event.relation
    listed.parental_responsibility = event.parental_responsibility
    listed.must_be_told, listed.referrer = event.must_be_told, event.referrer
    listed.language, listed.advocate = event.language, event.advocate
    same_day(case, entry, definition)


def family_told(case: Case, entry: Entry, event: ev.FamilyTold, definition: Definition) -> None:
    for person in event.people:
        listed = case.roster.get(person)
        if listed is None:  # looked at on a day before they were put on the list
            continue
        _promised(listed, entry.on, event.promised_on)
        listed.told[event.contact] = max(entry.on, listed.told.get(event.contact, entry.on))
        listed.told_entry[event.contact] = entry.number
    same_day(case, entry, definition)


def _promised(listed: Listed, on: date, by_day: date | None) -> None:
    """A contact keeps every promise made before it, whichever was written down first; then it may make one."""
    for promise in listed.promises:
        if promise.made_on <= on and (promise.kept_on is None or on < promise.kept_on):
            promise.kept_on = on
    if by_day is not None:
        kept_on = next((day for day in listed.contacts if day > on), None)
        insort(listed.promises, Promise(by_day, on, kept_on), key=lambda one: one.made_on)
    insort(listed.contacts, on)
    listed.promised_on = next((one.by_day for one in reversed(listed.promises) if one.kept_on is None), None)


def telling_excepted(case: Case, entry: Entry, event: ev.TellingExcepted, definition: Definition) -> None:
    listed = case.roster.get(event.person)
    if listed is None:
        return
    listed.excepted, listed.excepted_by = event.code, entry.actor
    listed.excepted_since, listed.excepted_until = entry.on, event.until
    same_day(case, entry, definition)
