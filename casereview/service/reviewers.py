"""The authority's register of reviewers: kept, listed with how much each has in hand, and looked at on appointing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casereview.case import Case
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import Appointed, Entry, KeptSet, inner_event
from casereview.method.reviewers import (
    LEADING,
    STATES,
    SUPERVISING,
    WHAT,
    Act,
    Reviewer,
    body_of,
    changed,
    noticed,
    of_kept,
)
from casereview.people import Person, holds_any
from casereview.ports import Reading, Writing
from casereview.service.desk import Desk
from casereview.service.registry import find_person
from casereview.service.review import KIND, review_in
from casereview.text import NAME_LIMIT, clean, required
from casereview.views import CaseQuery, Scope
from workflows.definition import Definition

KEEPERS = ("chair", "business-manager", "service-manager", "data-officer")
MOST = 200  # cases about one child that are looked at
TEXTS = ("training", "accredited_by", "supervision", "supervised_by", "accountable", "note")


@dataclass(frozen=True, slots=True)
class Listed:
    """A reviewer with what they have in hand: live appointments in open reviews the reader may know of.

    leads, supervises   references, in order
    """

    reviewer: Reviewer
    name: str
    left: bool
    leads: tuple[str, ...]
    supervises: tuple[str, ...]

    @property
    def load(self) -> int:
        return len({*self.leads, *self.supervises})


# ---- looking ---------------------------------------------------------------------------------------------------
ORDERS = ("name", "load", "accreditation")


def register(desk: Desk, *, state: str = "", order: str = "name") -> list[Listed]:
    """Everyone in the register, or those of one state; by name, by how much is in hand, or accredited first."""
    if state and state not in STATES:
        raise CaseReviewError(f"{clean(state)!r} says nothing of a reviewer", remedy=did_you_mean(state, STATES))
    if order.lstrip("-") not in ORDERS:
        raise CaseReviewError(f"{clean(order)!r} is no order", remedy=f"One of {', '.join(ORDERS)}, or - before it.")
    with desk.reading() as work:
        found = [one for one in _listed(desk, work) if state in ("", one.reviewer.state)]
    return in_order(found, order)


def in_order(found: Iterable[Listed], order: str) -> list[Listed]:
    """A leading dash turns it round; ties are in order of name."""
    keys: Mapping[str, Any] = {
        "name": lambda one: 0,
        "load": lambda one: one.load,
        "accreditation": lambda one: STATES.index(one.reviewer.state),
    }
    named = sorted(found, key=lambda one: one.name.casefold(), reverse=order == "-name")
    return sorted(named, key=keys[order.lstrip("-")], reverse=order.startswith("-"))


def one_of(desk: Desk, person: str) -> Listed:
    """One reviewer by person: id, login or name. Raises NotFound."""
    with desk.reading() as work:
        key = find_person(work, person).id
        found = next((one for one in _listed(desk, work) if one.reviewer.person == key), None)
    if found is None:
        raise _not_there(person)
    return found


def _listed(desk: Desk, work: Reading) -> list[Listed]:
    known = desk.known(work)
    leads, supervises = in_hand(desk, work)
    return [
        Listed(
            one, known.names.person(one.person), _left(known.people.get(one.person)),
            tuple(leads.get(one.person, ())), tuple(supervises.get(one.person, ())),
        )
        for one in kept(work)
    ]  # fmt: skip


def _left(person: Person | None) -> bool:
    return person is None or person.left


def kept(work: Reading) -> list[Reviewer]:
    return [of_kept(one) for one in work.kept(WHAT)]


def in_hand(desk: Desk, work: Reading) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Who leads and who supervises which open review today, of those this reader may know of (law 7)."""
    leads: dict[str, list[str]] = {}
    supervises: dict[str, list[str]] = {}
    for case in work.every_case(desk.me(work).id, Scope(kind=KIND, open=True)):
        for a in case.appointments:
            held = not a.ended and a.since <= desk.today and (a.until is None or desk.today < a.until)
            if held and a.role in (LEADING, SUPERVISING):
                (leads if a.role == LEADING else supervises).setdefault(a.person, []).append(case.ref)
    return leads, supervises


# ---- keeping ---------------------------------------------------------------------------------------------------
def add(desk: Desk, person: str, given: Mapping[str, Any]) -> Listed:
    """Enters a person known here. Raises NotFound, or CaseReviewError where that cannot be."""
    with desk.writing() as work:
        me = _keeper(desk, work)
        who = find_person(work, person)
        if who.left:
            raise CaseReviewError(f"{who.name} has left", remedy="See: casereview people")
        if work.kept_one(WHAT, who.id) is not None:
            raise CaseReviewError(
                f"{who.name} is in the register already", remedy=f"casereview reviewer change {who.id} --reason …"
            )
        act = Act(desk.today, me.id, "entered", "")
        one = changed(Reviewer(who.id), checked(given, desk.today), act)
        desk.register(work, KeptSet(WHAT, who.id, body=body_of(one)))
    return one_of(desk, who.id)


def change(desk: Desk, person: str, given: Mapping[str, Any], reason: str) -> Listed:
    """Puts something else in place of what stood there; what stood there stays readable in the journal."""
    why = required(reason, "--reason", one_line=False)
    with desk.writing() as work:
        me = _keeper(desk, work)
        before = _there(desk, work, person)
        new = {name: value for name, value in checked(given, desk.today).items() if getattr(before, name) != value}
        if not new:
            raise CaseReviewError("nothing would change", remedy="Give something that differs.")
        act = Act(desk.today, me.id, f"changed {', '.join(sorted(n.replace('_', ' ') for n in new))}", why)
        desk.register(work, KeptSet(WHAT, before.person, body=body_of(changed(before, new, act))))
    return one_of(desk, before.person)


def remove(desk: Desk, person: str, reason: str) -> Reviewer:
    """Takes somebody out of the register; their reviews and what was written there stay."""
    why = required(reason, "--reason", one_line=False)
    with desk.writing() as work:
        me = _keeper(desk, work)
        before = _there(desk, work, person)
        gone = changed(before, {}, Act(desk.today, me.id, "taken out", why))
        desk.register(work, KeptSet(WHAT, before.person, body=body_of(gone), gone=True))
    return gone


def _keeper(desk: Desk, work: Writing) -> Person:
    me = desk.me(work)
    if not holds_any(me, KEEPERS, desk.today):
        raise NotFound(
            "keeping the register of reviewers takes an office",
            remedy="Ask a chair, a business manager, a service manager or a data officer.",
        )
    return me


def _there(desk: Desk, work: Reading, person: str) -> Reviewer:
    who = find_person(work, person)
    found = work.kept_one(WHAT, who.id)
    if found is None:
        raise _not_there(person)
    return of_kept(found)


def _not_there(person: str) -> NotFound:
    says = f"{clean(person, limit=NAME_LIMIT)!r} is not in the register of reviewers"
    return NotFound(says, remedy="See: casereview reviewer list")


def checked(given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What may be kept of a reviewer, cleaned. Raises CaseReviewError."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name in TEXTS:
            found[name] = clean(value, one_line=name != "note").strip()
        elif name == "works_for":
            found[name] = tuple(dict.fromkeys(line for line in (clean(v).strip() for v in value) if line))
        else:
            found[name] = value
    state = found.get("state", STATES[0])
    if state not in STATES:
        raise CaseReviewError(f"{clean(state)!r} says nothing of a reviewer", remedy=did_you_mean(state, STATES))
    on = found.get("accredited_on")
    if on is not None and on > today:
        raise CaseReviewError(f"nobody is accredited on a day to come ({on})", remedy="Give that day or before.")
    return found


# ---- appointing ------------------------------------------------------------------------------------------------
def on_appointing(desk: Desk, work: Reading, case: Case, definition: Definition, entries: Iterable[Entry]) -> list[str]:
    """What is worth a word about whoever was just appointed; an appointment is never held up by it (law 6)."""
    appointed = [e for e in (inner_event(entry.event) for entry in entries) if isinstance(e, Appointed)]
    if definition.kind != KIND or not any(e.role in (LEADING, SUPERVISING) for e in appointed):
        return []
    known = {one.person: one for one in kept(work)}
    scope = review_in(desk, work, case).newest("scope")
    agencies = scope.many("agencies_in") if scope else ()
    leading = {a.person for a in case.appointments if a.role == LEADING and not a.ended}
    said: list[str] = []
    for event in appointed:
        beside = [known[p] for p in leading if p != event.person and p in known]
        name, title = desk.known(work).names.person(event.person), definition.roles[event.role].title
        said += noticed(known.get(event.person), event.person, name, event.role, title, agencies, beside)
        said += _worked(desk, work, case, event.person, name) if event.role in (LEADING, SUPERVISING) else ()
    return said


def _worked(desk: Desk, work: Reading, case: Case, person: str, name: str) -> tuple[str, ...]:
    """Cases about the same children whose worker they are or were, of those this reader may know of (law 7)."""
    me = desk.me(work).id
    found = set()
    for child in case.children:
        for row in work.cases(me, CaseQuery(child=child, limit=MOST), desk.today).rows:
            other = work.case(me, row.id) if row.id != case.id else None
            if other is not None and any(one.worker == person for one in other.workers):
                found.add(other.ref)
    if not found:
        return ()
    declare = f"casereview conflict {case.ref} --person {person} --interest line-managed --text …"
    return (f"{name} was the worker of {', '.join(sorted(found))} about the same child. To declare it: {declare}",)
