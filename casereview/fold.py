"""The present is the fold of the past: each fact changes a case in one declared way, and nothing else does."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from casereview import events as ev
from casereview.asked import asked_of
from casereview.case import (
    Answer,
    Appointment,
    Case,
    InLane,
    Listed,
    PastRun,
    Reason,
    Run,
    SetAside,
    Visit,
    Waited,
    Waiting,
)
from casereview.events import Clock, Clocks, Entry, Event, Values
from casereview.standing import done_standing
from workflows.definition import Definition


def fold(case_id: str, entries: Iterable[Entry], definition: Definition) -> Case:
    """A case from its whole stream, or from any beginning of it (the case as it was)."""
    case = Case(case_id)
    for entry in entries:
        apply(case, entry, definition)
    return case


def apply(case: Case, entry: Entry, definition: Definition) -> None:
    """Folds one more entry into `case`, in place. A fact of the registry raises KeyError."""
    _HANDLERS[type(entry.event)](case, entry, entry.event, definition)
    case.number = entry.number
    case.last_by, case.last_on, case.last_kind = entry.actor, entry.on, entry.event.kind


# ---- life ---------------------------------------------------------------------------------------------
def _begin(case: Case, entry: Entry, event: ev.Opened | ev.Imported, stage: str, definition: Definition) -> None:
    case.ref, case.title = event.ref, event.title
    case.workflow, case.version, case.hash = event.workflow, event.version, event.hash
    case.nation, case.team, case.children = event.nation, event.team, list(event.children)
    case.opened = entry.on
    case.main = Visit(stage, 1, entry.on, entry.number)
    case.visits = {stage: 1}
    for track in definition.tracks.values():
        case.tracks[track.name] = Visit(track.start, 1, entry.on, entry.number)
        case.track_visits[track.name] = {track.start: 1}


def _opened(case: Case, entry: Entry, event: ev.Opened, definition: Definition) -> None:
    _begin(case, entry, event, definition.start, definition)
    case.worker = event.worker
    case.worker_since = entry.on if event.worker else None
    _clocks(case, entry, event.clocks)


def _imported(case: Case, entry: Entry, event: ev.Imported, definition: Definition) -> None:
    _begin(case, entry, event, event.stage, definition)
    case.opened, case.closed = event.opened, event.closed
    case.imported, case.import_key, case.import_seen = True, event.key, event.seen_by_import
    for place, (kind, values, on) in enumerate(event.records):
        # the import is the first entry, so 1, 0, -1 ... can never meet a later entry's number
        _count(case, kind, entry.number - place, values, definition)
        case.tally(kind).newest_on = on
    _clocks(case, entry, event.clocks)
    for run in case.runs.values():
        run.imported = True
        if run.ended is not None:
            run.ended = event.closed


def _import_updated(case: Case, entry: Entry, event: ev.ImportUpdated, definition: Definition) -> None:
    case.import_seen = event.seen_by_import
    if event.stage != case.main.stage:
        _arrive(case, entry, event.stage)
    case.closed = event.closed
    for name, on in event.ended:
        if (run := case.runs.get(name)) is not None:
            run.ended, run.ended_entry = on, entry.number


def _arrive(case: Case, entry: Entry, stage: str) -> None:
    case.visits[stage] = case.visits.get(stage, 0) + 1
    case.main = Visit(stage, case.visits[stage], entry.on, entry.number)


def _step_taken(case: Case, entry: Entry, event: ev.StepTaken, definition: Definition) -> None:
    case.enough_known = case.enough_known or event.enough_known
    if event.track is None:
        _arrive(case, entry, event.to)
        if definition.stages[event.to].end:
            case.closed = entry.on
    else:
        visits = case.track_visits[event.track]
        visits[event.to] = visits.get(event.to, 0) + 1
        case.tracks[event.track] = Visit(event.to, visits[event.to], entry.on, entry.number)
    # set aside for this visit only: the visit is over
    case.set_asides = [s for s in case.set_asides if definition.steps[s.step].track != event.track]
    _clocks(case, entry, event.clocks)


def _reopened(case: Case, entry: Entry, event: ev.Reopened, definition: Definition) -> None:
    case.closed, case.enough_known = None, False
    case.reopened += 1
    _arrive(case, entry, event.to)
    _clocks(case, entry, event.clocks)


def _set_aside(case: Case, entry: Entry, event: ev.RequirementSetAside, definition: Definition) -> None:
    case.set_asides.append(SetAside(event.step, event.requirement, entry.number, entry.actor, event.reason))
    case.overrides += 1


# ---- clocks -------------------------------------------------------------------------------------------
def _clocks(case: Case, entry: Entry, clocks: Clocks) -> None:
    # ended before started: the event that ends one run may start the next
    for ended in clocks.ended:
        _end_run(case, case.runs[ended.expectation], entry, ended)
    for clock in clocks.started:
        _start_run(case, clock)
    for name, planned in clocks.planned:
        if planned not in case.runs[name].checkpoints:
            insort(case.runs[name].checkpoints, planned)


def _end_run(case: Case, run: Run, entry: Entry, ended: ev.Ended) -> None:
    run.ended, run.ended_entry = entry.on, entry.number
    run.ended_live_until = ended.live_until
    run.ended_target = case.lane.targets.get(ended.expectation) if case.lane else None
    run.enough_known = case.enough_known


def _start_run(case: Case, clock: Clock) -> None:
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


def _hold_checkpoint(run: Run, entry: Entry) -> None:
    """A look held clears every planned one up to that day (late ones stay counted), or else the next."""
    run.held += 1
    passed = [day for day in run.checkpoints if day <= entry.on]
    if passed:
        run.late += sum(1 for day in passed if day < entry.on)
        run.checkpoints = [day for day in run.checkpoints if day > entry.on]
    elif run.checkpoints:
        run.checkpoints = run.checkpoints[1:]


# ---- records ------------------------------------------------------------------------------------------
def _count(case: Case, kind: str, number: int, values: Values, definition: Definition) -> None:
    tally = case.tally(kind)
    tally.live.append(number)
    for asked in asked_of(definition, kind):
        if asked.counts(values):
            tally_in = tally.matching if asked.matching else tally.failing
            tally_in.setdefault(asked.key, []).append(number)


def _uncount(case: Case, kind: str, number: int) -> None:
    tally = case.tally(kind)
    for numbers in (tally.live, *tally.matching.values(), *tally.failing.values()):
        if number in numbers:
            numbers.remove(number)


def _recorded(case: Case, entry: Entry, event: ev.Recorded, definition: Definition) -> None:
    _count(case, event.record, entry.number, event.values, definition)
    tally = case.tally(event.record)
    tally.newest_on = max(entry.on, tally.newest_on or entry.on)
    for name, run in case.runs.items():
        if run.ended is None and definition.expectations[name].checkpoint_record == event.record:
            _hold_checkpoint(run, entry)
    for track in definition.tracks.values():
        if track.hold and track.hold.record == event.record and track.hold.field:
            case.exempt[track.name] = list(event.values.get(track.hold.field) or [])
    _clocks(case, entry, event.clocks)


def _corrected(case: Case, entry: Entry, event: ev.Corrected, definition: Definition) -> None:
    _uncount(case, event.record, event.number)
    if not event.withdrawn:
        _count(case, event.record, event.number, event.values, definition)
        case.tally(event.record).live.sort()


def _child_seen(case: Case, entry: Entry, event: ev.ChildSeen, definition: Definition) -> None:
    case.seen_first = min(entry.on, case.seen_first or entry.on)
    case.seen_on = max(entry.on, case.seen_on or entry.on)
    case.seen_count += 1
    case.seen_entry = entry.number
    _clocks(case, entry, event.clocks)


# ---- people -------------------------------------------------------------------------------------------
def _assigned(case: Case, entry: Entry, event: ev.Assigned, definition: Definition) -> None:
    if event.team is not None:
        case.team = event.team
    if event.worker is not None and event.worker != case.worker:
        case.worker_changes += 1 if case.worker is not None else 0
        case.worker, case.worker_since = event.worker, entry.on


def _appointed(case: Case, entry: Entry, event: ev.Appointed, definition: Definition) -> None:
    case.appointments = [
        a for a in case.appointments if (a.person, a.role) != (event.person, event.role)
    ]  # an appointment made again takes the new dates
    case.appointments.append(Appointment(event.person, event.role, entry.on, event.until))


def _appointment_ended(case: Case, entry: Entry, event: ev.AppointmentEnded, definition: Definition) -> None:
    for appointment in case.appointments:
        if (appointment.person, appointment.role) == (event.person, event.role):
            appointment.until, appointment.ended = entry.on, True


def _child_linked(case: Case, entry: Entry, event: ev.ChildLinked, definition: Definition) -> None:
    if event.child not in case.children:
        case.children.append(event.child)


def _restricted(case: Case, entry: Entry, event: ev.Restricted, definition: Definition) -> None:
    case.restricted, case.admitted = True, sorted(set(event.people))


def _unrestricted(case: Case, entry: Entry, event: ev.Unrestricted, definition: Definition) -> None:
    case.restricted, case.admitted = False, []


def _admitted(case: Case, entry: Entry, event: ev.AccessGranted, definition: Definition) -> None:
    case.admitted = sorted({*case.admitted, event.person})


def _access_ended(case: Case, entry: Entry, event: ev.AccessEnded, definition: Definition) -> None:
    case.admitted = [p for p in case.admitted if p != event.person]


def _conflict(case: Case, entry: Entry, event: ev.ConflictDeclared, definition: Definition) -> None:
    case.conflicts[event.person] = event.decision


# ---- time ---------------------------------------------------------------------------------------------
def _date_agreed(case: Case, entry: Entry, event: ev.DateAgreed, definition: Definition) -> None:
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
        until = event.agreed + timedelta(days=1)  # the agreed day itself still keeps the promise
        run.answers.append(Answer(entry.number, "agreed", event.text, entry.actor, entry.on, until, True))


def _reason_given(case: Case, entry: Entry, event: ev.ReasonGiven, definition: Definition) -> None:
    reason = Reason(
        entry.number, event.code, event.group, event.text, event.effect, entry.actor, entry.on,
        event.proposed, event.action, event.action_owner, event.action_due,
    )  # fmt: skip
    case.runs[event.expectation].reasons.append(reason)


def _answered(case: Case, entry: Entry, event: ev.Answered, definition: Definition) -> None:
    answer = Answer(entry.number, event.decision, event.text, entry.actor, entry.on, event.until)
    case.runs[event.expectation].answers.append(answer)


def _lane_set(case: Case, entry: Entry, event: ev.LaneSet, definition: Definition) -> None:
    if event.lane:
        case.lane = InLane(event.lane, event.because, entry.on, dict(event.targets))
    else:
        case.lane = None


def _dates_moved(case: Case, entry: Entry, event: ev.DatesMoved, definition: Definition) -> None:
    for clock in event.clocks:
        run = case.runs[clock.expectation]
        run.indicative, run.asks_from, run.calendar = clock.indicative, clock.asks_from, clock.calendar
        run.checkpoints = list(clock.checkpoints)
    if case.lane is not None:
        case.lane.targets.update(event.targets)


def _waiting_started(case: Case, entry: Entry, event: ev.WaitingStarted, definition: Definition) -> None:
    case.waiting[str(entry.number)] = Waiting(event.on_whom, event.what, entry.on, entry.actor)


def _waiting_ended(case: Case, entry: Entry, event: ev.WaitingEnded, definition: Definition) -> None:
    waiting = case.waiting.pop(str(event.number))
    case.waited.append(Waited(waiting.on_whom, waiting.what, waiting.since, entry.on))


# ---- the family ---------------------------------------------------------------------------------------
def _roster_set(case: Case, entry: Entry, event: ev.RosterSet, definition: Definition) -> None:
    if event.left:
        case.roster.pop(event.person, None)
        return
    listed = case.roster.setdefault(event.person, Listed(event.label))
    listed.label, listed.relation = event.label, event.relation
    listed.parental_responsibility = event.parental_responsibility
    listed.must_be_told, listed.referrer = event.must_be_told, event.referrer
    listed.language, listed.advocate = event.language, event.advocate


def _family_told(case: Case, entry: Entry, event: ev.FamilyTold, definition: Definition) -> None:
    for person in event.people:
        listed = case.roster[person]
        newest = listed.told.get(event.contact)
        listed.told[event.contact] = max(entry.on, newest or entry.on)
        listed.promised_on = event.promised_on


def _telling_excepted(case: Case, entry: Entry, event: ev.TellingExcepted, definition: Definition) -> None:
    listed = case.roster[event.person]
    listed.excepted, listed.excepted_by = event.code, entry.actor
    listed.excepted_since, listed.excepted_until = entry.on, event.until


_HANDLERS: dict[type[Event], Callable[[Case, Entry, Any, Definition], None]] = {
    ev.Opened: _opened, ev.Imported: _imported, ev.ImportUpdated: _import_updated,
    ev.StepTaken: _step_taken, ev.Reopened: _reopened, ev.RequirementSetAside: _set_aside,
    ev.Recorded: _recorded, ev.Corrected: _corrected, ev.ChildSeen: _child_seen,
    ev.Assigned: _assigned, ev.Appointed: _appointed, ev.AppointmentEnded: _appointment_ended,
    ev.ChildLinked: _child_linked, ev.Restricted: _restricted, ev.Unrestricted: _unrestricted,
    ev.AccessGranted: _admitted, ev.AccessEnded: _access_ended, ev.ConflictDeclared: _conflict,
    ev.DateAgreed: _date_agreed, ev.ReasonGiven: _reason_given, ev.Answered: _answered,
    ev.LaneSet: _lane_set, ev.DatesMoved: _dates_moved,
    ev.WaitingStarted: _waiting_started, ev.WaitingEnded: _waiting_ended,
    ev.RosterSet: _roster_set, ev.FamilyTold: _family_told, ev.TellingExcepted: _telling_excepted,
}  # fmt: skip
