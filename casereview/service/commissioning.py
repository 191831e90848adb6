"""How a review came to be and who holds it, as one person may read it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from casereview.case import Case
from casereview.describe import Names
from casereview.events import ConflictDeclared, inner_event
from casereview.method.commissioning import Declared, People, Row, rows
from casereview.method.review import Review
from casereview.ports import Reading
from casereview.roles import roles_of
from casereview.service.desk import Desk
from casereview.service.review import review_in
from casereview.service.reviewers import in_hand, kept
from workflows.definition import Definition, Option

# Who reads what was said of an interest, and why it was decided so; others read its kind and the decision.
WEIGH = frozenset({"chair", "business-manager", "lead-reviewer", "supervisor", "auditor"})


@dataclass(frozen=True, slots=True)
class Commissioning:
    """option: the one the newest scope chose; None where it chose none, or the workflow has none."""

    review: Review
    day: date
    rows: tuple[Row, ...]
    option: Option | None


def commissioning(desk: Desk, ref: str) -> Commissioning:
    """Raises NotFound, or CaseReviewError where the case is no review."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        review = review_in(desk, work, case)
        people = _people(desk, work, case, review.definition)
        return Commissioning(
            review, desk.today, rows(review, people, desk.today), review.definition.option(review.option)
        )


def _people(desk: Desk, work: Reading, case: Case, definition: Definition) -> People:
    names = desk.known(work).names
    register = {one.person: one for one in kept(work)}
    leads, supervises = in_hand(desk, work)
    hand = {p: len({*leads.get(p, ()), *supervises.get(p, ())}) for p in {*leads, *supervises}}
    around = {*register, *(a.person for a in case.appointments), *case.conflicts}
    me = desk.me(work)
    whole = bool(roles_of(me, case, definition, desk.today) & WEIGH)
    declared = (
        one if whole or one.person == me.id else replace(one, said="", because="")
        for one in _declared(work, case, definition, names)
    )
    return People({p: names.person(p) for p in around}, register, hand, tuple(declared))


def _declared(work: Reading, case: Case, definition: Definition, names: Names) -> tuple[Declared, ...]:
    """Every conflict of interest of the case as it now stands, in order of who declared first."""
    if not case.conflicts:
        return ()
    found: dict[str, Declared] = {}
    for entry in work.history(case.id):
        event = inner_event(entry.event)
        if not isinstance(event, ConflictDeclared):
            continue
        role = definition.roles[event.role].title if event.role in definition.roles else event.role
        if event.decision == "declared" or event.person not in found:
            found[event.person] = Declared(
                event.person, names.person(event.person), role, event.interest, entry.on, event.text
            )
        if event.decision != "declared":
            found[event.person] = replace(
                found[event.person], decision=event.decision, decided_by=names.person(entry.actor),
                decided_on=entry.on, because=event.text, role=role or found[event.person].role,
            )  # fmt: skip
    return tuple(found.values())
