"""Who works on a case, and who may know of it."""

from __future__ import annotations

from datetime import date

from casereview import events as ev
from casereview.case import Appointment, Case, Look, Worked
from casereview.events import RESPONSIBLE, Entry
from workflows.definition import Definition


def assigned(case: Case, entry: Entry, event: ev.Assigned, definition: Definition) -> None:
    if event.team is not None:
        case.team = event.team
    if event.worker is not None and event.worker != case.worker:
        case.worker_changes += 1 if case.worker is not None else 0
        that_day = case.workers_that_day if case.worker_since == entry.on else [case.worker] if case.worker else []
        case.workers_that_day = [*that_day, event.worker]
        case.worker, case.worker_since = event.worker, entry.on
        if case.workers:
            case.workers[-1].until = entry.on
        case.workers.append(Worked(event.worker, entry.on))
        for answer in (a for run in case.runs.values() for a in run.answers):
            if answer.on == entry.on and answer.by == event.worker:
                answer.own_work = True  # whichever of the two was written down first


def workers_on(case: Case, day: date) -> set[str]:
    """Who was the worker on a day not before the last change of worker: on the day of it, more than one."""
    return {*([case.worker] if case.worker else []), *(case.workers_that_day if case.worker_since == day else [])}


def looked_at(case: Case, entry: Entry, event: ev.LookedAt, definition: Definition) -> None:
    case.looks.append(Look(entry.actor, entry.on, event.note))


def appointed(case: Case, entry: Entry, event: ev.Appointed, definition: Definition) -> None:
    case.appointments = [
        a for a in case.appointments if (a.person, a.role) != (event.person, event.role)
    ]  # an appointment made again takes the new dates
    case.appointments.append(Appointment(event.person, event.role, entry.on, event.until))


def appointment_ended(case: Case, entry: Entry, event: ev.AppointmentEnded, definition: Definition) -> None:
    for appointment in case.appointments:
        if (appointment.person, appointment.role) == (event.person, event.role):
            appointment.until, appointment.ended = entry.on, True


def child_linked(case: Case, entry: Entry, event: ev.ChildLinked, definition: Definition) -> None:
    if event.child not in case.children:
        case.children.append(event.child)


def restricted(case: Case, entry: Entry, event: ev.Restricted, definition: Definition) -> None:
    case.restricted, case.admitted = True, sorted(set(event.people))


def unrestricted(case: Case, entry: Entry, event: ev.Unrestricted, definition: Definition) -> None:
    case.restricted, case.admitted = False, []


def admitted(case: Case, entry: Entry, event: ev.AccessGranted, definition: Definition) -> None:
    case.admitted = sorted({*case.admitted, event.person})


def access_ended(case: Case, entry: Entry, event: ev.AccessEnded, definition: Definition) -> None:
    case.admitted = [p for p in case.admitted if p != event.person]


def conflict(case: Case, entry: Entry, event: ev.ConflictDeclared, definition: Definition) -> None:
    case.conflicts[event.person] = event.decision
    apart = event.interest == RESPONSIBLE and any(role.apart_from for role in definition.roles.values())
    if apart and event.person not in case.responsible:
        case.responsible.append(event.person)
