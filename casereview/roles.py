"""Which roles of a workflow somebody holds on a case: asked by every list, so it needs nothing of the rules."""

from __future__ import annotations

from datetime import date

from casereview.case import Case
from casereview.people import Person
from workflows.definition import Definition


def appointed_to(person: Person, case: Case, day: date) -> set[str]:
    """The roles a person was appointed to on this case, as far as the appointments are in force on the day."""
    return {
        a.role
        for a in case.appointments
        if a.person == person.id and not a.ended and a.since <= day and (a.until is None or day < a.until)
    }


def roles_of(person: Person, case: Case, definition: Definition, day: date) -> frozenset[str]:
    """The roles of the definition a person holds on this case on a day: appointed, assigned or by office."""
    held = appointed_to(person, case, day)
    for role in definition.roles.values():
        assigned = role.assigned and case.worker == person.id
        if assigned or (role.office and person.holds(role.office, day, case.team)):
            held.add(role.name)
    return frozenset(held)
