"""Which fact is folded by which function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from casereview import events as ev
from casereview.case import Case
from casereview.events import Entry, Event, inner_event
from casereview.fold import life, people, profile, publishing, records, time
from workflows.definition import Definition


def fold(case_id: str, entries: Iterable[Entry], definition: Definition) -> Case:
    """A case from its whole stream, or from any beginning of it (the case as it was)."""
    case = Case(case_id)
    for entry in entries:
        apply(case, entry, definition)
    return case


def apply(case: Case, entry: Entry, definition: Definition) -> None:
    """Folds one more entry into `case`, in place. A fact of the registry raises KeyError."""
    event = inner_event(entry.event)
    _HANDLERS[type(event)](case, entry, event, definition)
    case.number = entry.number
    case.last_by, case.last_on, case.last_kind = entry.actor, entry.on, event.kind
    if type(event) in PURPOSEFUL and entry.on >= (case.purpose_on or entry.on):
        case.purpose_on, case.purpose_kind = entry.on, event.kind


# Drift is time in which nothing was done for the child. Putting a name, a list or a date in order is not doing.
PURPOSEFUL: frozenset[type[Event]] = frozenset({
    ev.Opened, ev.StepTaken, ev.Reopened, ev.Recorded, ev.ChildSeen, ev.FamilyTold, ev.ReasonGiven, ev.Answered,
    ev.DateAgreed, ev.LaneSet, ev.WaitingStarted, ev.WaitingEnded,
})  # fmt: skip

_HANDLERS: dict[type[Event], Callable[[Case, Entry, Any, Definition], None]] = {
    ev.Opened: life.opened, ev.Imported: life.imported, ev.ImportUpdated: life.import_updated,
    ev.StepTaken: life.step_taken, ev.Reopened: life.reopened, ev.RequirementSetAside: life.set_aside,
    ev.Recorded: records.recorded, ev.Corrected: records.corrected, ev.ChildSeen: records.child_seen,
    ev.Assigned: people.assigned, ev.LookedAt: people.looked_at,
    ev.Appointed: people.appointed, ev.AppointmentEnded: people.appointment_ended,
    ev.ChildLinked: people.child_linked, ev.Restricted: people.restricted, ev.Unrestricted: people.unrestricted,
    ev.AccessGranted: people.admitted, ev.AccessEnded: people.access_ended, ev.ConflictDeclared: people.conflict,
    ev.DateAgreed: time.date_agreed, ev.ReasonGiven: time.reason_given, ev.Answered: time.answered,
    ev.LaneSet: time.lane_set, ev.DatesMoved: time.dates_moved,
    ev.ProfileChanged: profile.profile_changed,
    ev.Scanned: publishing.scanned, ev.FindAnswered: publishing.find_answered,
    ev.KeyChanged: publishing.key_changed,
    ev.WaitingStarted: time.waiting_started, ev.WaitingEnded: time.waiting_ended,
    ev.RosterSet: time.roster_set, ev.FamilyTold: time.family_told, ev.TellingExcepted: time.telling_excepted,
}  # fmt: skip
