"""Roles that nobody holds together in one case: whoever leads a review had no part in what it looks at."""

from __future__ import annotations

from casereview.case import Appointment, Case
from casereview.decide.context import Context, Refusal, happened, in_words, role_titles
from casereview.events import RESPONSIBLE, AppointmentEnded, ConflictDeclared, ConflictKind, Happening
from casereview.people import Person
from workflows.definition import Definition

SOMEBODY_ELSE = "Choose somebody who had no part in the case; whoever had one is heard in it instead."


def held_apart(case: Case, person: Person, role: str, definition: Definition) -> Refusal | None:
    """Why somebody cannot be appointed, from what they hold or once held in this case; None where nothing is."""
    apart = definition.apart(role)
    held = [a.role for a in case.appointments if a.person == person.id and a.role in apart and _ever(a)]
    title = definition.roles[role].title
    if held:
        was = in_words(role_titles(definition, tuple(held)))
        return Refusal(f"{person.name} is or was {was} in this case, and so cannot be {title}.", remedy=SOMEBODY_ELSE)
    if definition.roles[role].apart_from and person.id in case.responsible:
        says = f"{person.name} managed the work this case looks at, and so cannot be {title}."
        return Refusal(says, remedy=SOMEBODY_ELSE)
    return None


def _ever(held: Appointment) -> bool:
    """Whether it ever was held: one ended on its first day was a slip."""
    return held.until is None or held.until > held.since


def not_acceptable(case: Case, person: Person, interest: ConflictKind, definition: Definition) -> Refusal | None:
    """Why an interest cannot be accepted: who managed the work that is looked at does not hold a role kept apart."""
    held = _kept_apart(case, person.id, definition)
    if interest != RESPONSIBLE or not held:
        return None
    roles = in_words(role_titles(definition, held))
    return Refusal(
        f"{person.name} is {roles} here, and managed the work this case looks at; that cannot be accepted.",
        remedy=f"Decide restrict or replace, or first: casereview appoint {case.ref} {person.id} {held[0]} --end",
    )


def ended_by(case: Case, event: ConflictDeclared, context: Context) -> tuple[Happening, ...]:
    """The appointments a decision ends: whoever managed the work that is looked at does not lead the looking."""
    if event.interest != RESPONSIBLE or event.decision not in ("restrict", "replace"):
        return ()
    ended: tuple[Happening, ...] = ()
    for role in _kept_apart(case, event.person, context.definition):
        ended += happened(AppointmentEnded(event.person, role, event.text), context.today)
    return ended


def _kept_apart(case: Case, person: str, definition: Definition) -> tuple[str, ...]:
    """The roles somebody holds now that are kept apart from others."""
    apart = {role.name for role in definition.roles.values() if role.apart_from}
    return tuple(a.role for a in case.appointments if a.person == person and a.role in apart and not a.ended)
