"""Who works on a case, who may know of it, and which children it is about."""

from __future__ import annotations

from casereview.case import Case
from casereview.commands import (
    Admit,
    Appoint,
    Assign,
    DeclareConflict,
    EndAccess,
    EndAppointment,
    LinkChild,
    MarkLooked,
    Restrict,
    Unrestrict,
)
from casereview.decide.context import (
    WIDE_OFFICES,
    Context,
    Decision,
    Refusal,
    happened,
    line,
    no_part,
    not_yours,
    note,
)
from casereview.decide.roles_apart import ended_by, held_apart, not_acceptable
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import (
    AccessEnded,
    AccessGranted,
    Appointed,
    AppointmentEnded,
    Assigned,
    ChildLinked,
    ConflictDeclared,
    LookedAt,
    Restricted,
    Unrestricted,
)
from casereview.people import holds_any

GUARDS = ("chair", "service-manager")  # offices that decide who may know of a restricted case


def _arranges(case: Case, context: Context) -> bool:
    return context.oversees(case) or holds_any(context.actor, WIDE_OFFICES, context.today)


def _guards(case: Case, context: Context) -> bool:
    return context.oversees(case) or holds_any(context.actor, GUARDS, context.today)


def _admitted_person(case: Case, person_id: str, context: Context) -> Refusal | None:
    """Nobody is given work on a case that is walled off from them; says no more than it must."""
    person = context.person(person_id)
    if person.left:
        return Refusal(f"{person.name} has left.", remedy="Choose someone else: casereview people")
    if case.known_to(person.id):
        return None
    if person.id in case.conflicts:
        return Refusal(f"{person.name} has a declared conflict of interest in this case.")
    return Refusal(
        f"{person.name} is not among the people who may know of this case.",
        remedy=f"Admit them first: casereview restrict {case.ref} --admit {person.id} --reason …",
    )


def assign(case: Case, command: Assign, context: Context) -> Decision:
    """A change of worker is kept and counted: children notice it."""
    if not _arranges(case, context):
        return not_yours("Assigning", context.overseers())
    if command.worker is None and command.team is None:
        raise CaseReviewError("nobody was named", remedy="Give --worker PERSON, --team TEAM or both.")
    if command.team is not None and command.team not in context.teams:
        raise NotFound(f"there is no team {line(command.team)!r}", remedy=did_you_mean(command.team, context.teams))
    if command.worker is not None:
        refusal = _admitted_person(case, command.worker, context)
        if refusal is not None:
            return refusal
    if command.worker in (None, case.worker) and command.team in (None, case.team):
        return Refusal("Nothing would change.")
    return happened(Assigned(command.worker, command.team, note(command.note)), context.today)


def mark_looked(case: Case, command: MarkLooked, context: Context) -> Decision:
    """A look is kept with its day and its author, and is no answer: standings and questions stay as they were."""
    if not context.oversees(case):
        return not_yours("Marking a case as looked at", context.overseers())
    return happened(LookedAt(note(command.note)), context.today)


def appoint(case: Case, command: Appoint, context: Context) -> Decision:
    if not _arranges(case, context):
        return not_yours("Appointing", context.overseers())
    if command.role not in context.definition.roles:
        remedy = did_you_mean(command.role, context.definition.roles)
        return Refusal(f"this workflow has no role {command.role!r}.", remedy=remedy)
    refusal = _admitted_person(case, command.person, context)
    if refusal is not None:
        return refusal
    if command.until is not None and command.until <= context.today:
        raise CaseReviewError("an appointment ends after today", remedy="Give a later --until.")
    refusal = held_apart(case, context.person(command.person), command.role, context.definition)
    if refusal is not None:
        return refusal
    return happened(Appointed(command.person, command.role, command.until), context.today)


def end_appointment(case: Case, command: EndAppointment, context: Context) -> Decision:
    if not _arranges(case, context):
        return not_yours("Ending an appointment", context.overseers())
    held = any(
        a.person == command.person and a.role == command.role and not a.ended for a in case.appointments
    )
    if not held:
        return Refusal("There is no such appointment.", remedy=f"See: casereview show {case.ref}")
    return happened(AppointmentEnded(command.person, command.role, note(command.reason)), context.today)


def link_child(case: Case, command: LinkChild, context: Context) -> Decision:
    if not context.has_part(case):
        return no_part(case)
    if command.child not in context.children:
        raise NotFound(f"no child is known as {line(command.child)!r}", remedy="Add them: casereview child add")
    if command.child in case.children:
        return Refusal("The case is about this child already.")
    return happened(ChildLinked(command.child), context.today)


# ---- who may know ------------------------------------------------------------------------------------------
def restrict(case: Case, command: Restrict, context: Context) -> Decision:
    if not _guards(case, context):
        return not_yours("Restricting a case", context.overseers())
    reason = note(command.reason)
    if not reason:
        return Refusal("Restricting asks for a reason.", remedy="Give it with --reason.")
    people = [context.person(p).id for p in command.people]
    return happened(Restricted(reason, tuple(sorted({context.actor.id, *people}))), context.today)


def unrestrict(case: Case, command: Unrestrict, context: Context) -> Decision:
    if not _guards(case, context):
        return not_yours("Lifting a restriction", context.overseers())
    if not case.restricted:
        return Refusal("This case is not restricted.")
    reason = note(command.reason)
    if not reason:
        return Refusal("Lifting a restriction asks for a reason.", remedy="Give it with --reason.")
    return happened(Unrestricted(reason), context.today)


def admit(case: Case, command: Admit, context: Context) -> Decision:
    if not _guards(case, context):
        return not_yours("Admitting someone", context.overseers())
    if not case.restricted:
        return Refusal("This case is not restricted: nobody needs admitting.")
    person = context.person(command.person)
    if person.id in case.admitted:
        return Refusal(f"{person.name} may know of this case already.")
    if not note(command.reason):
        return Refusal("Admitting someone asks for a reason.", remedy="Give it with --reason.")
    return happened(AccessGranted(person.id, note(command.reason)), context.today)


def end_access(case: Case, command: EndAccess, context: Context) -> Decision:
    if not _guards(case, context):
        return not_yours("Ending access", context.overseers())
    if command.person not in case.admitted:
        return Refusal("They are not among the people admitted.")
    if _nobody_left(case, command.person):
        return NOBODY_LEFT
    if not note(command.reason):
        return Refusal("Ending access asks for a reason.", remedy="Give it with --reason.")
    return happened(AccessEnded(command.person, note(command.reason)), context.today)


NOBODY_LEFT = Refusal("Nobody would be left who may know of this case.", remedy="Admit someone else first.")


def _nobody_left(case: Case, without: str) -> bool:
    """Whether a restricted case would be hidden from everyone, so that no one could put it right."""
    return case.restricted and not any(p != without and case.known_to(p) for p in case.admitted)


def declare_conflict(case: Case, command: DeclareConflict, context: Context) -> Decision:
    """Anyone declares their own; someone else who oversees the case decides on it."""
    person = context.person(command.person)
    own = person.id == context.actor.id
    if command.decision == "declared":
        if not own and not _arranges(case, context):
            return not_yours("Declaring for someone else", context.overseers())
        if not own and not note(command.text):
            return Refusal("Declaring for someone else asks for a reason.", remedy="Give it with --text.")
    elif own:
        return Refusal("Nobody decides on their own conflict of interest.", remedy="Ask the chair or a manager.")
    elif not _guards(case, context):
        return not_yours("Deciding on a conflict of interest", context.overseers())
    if command.decision != "accept" and case.known_to(person.id) and _nobody_left(case, person.id):
        return NOBODY_LEFT
    if command.role and command.role not in context.definition.roles:
        remedy = did_you_mean(command.role, context.definition.roles)
        return Refusal(f"this workflow has no role {line(command.role)!r}.", remedy=remedy)
    if command.decision == "accept" and (refusal := not_acceptable(case, person, command.interest, context.definition)):
        return refusal
    event = ConflictDeclared(person.id, command.interest, command.decision, note(command.text), command.role)
    return happened(event, context.today) + ended_by(case, event, context)
