"""What each agency was asked for and what came: a list to chase by, in which a gap is a fact and nobody's fault."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from casereview.method.review import Rec, Review

RETURN, CHASE = "agency-return", "chase"
BEHIND = (RETURN, CHASE, "document", "participant", "conversation")
"""Kinds of record that what is told of an agency is from."""
State = Literal["not asked", "asked", "promised", "received with gaps", "received", "holds nothing"]
OPEN: tuple[State, ...] = ("not asked", "asked", "promised")


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked of an agency. `waits`: calendar days since it was asked, while it has not come."""

    rec: Rec
    what: tuple[str, ...]
    asked_on: date
    hoped_by: date | None
    received_on: date | None
    promised_on: date | None
    chased: tuple[Rec, ...]
    gaps: tuple[str, ...]
    state: State
    waits: int

    def late(self, today: date) -> bool:
        """It was promised, or hoped for, by a day that has passed."""
        by = self.promised_on or self.hoped_by
        return self.state in OPEN and by is not None and by < today


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency of the review: what it was asked for, and who and what of it is there already."""

    name: str
    asked: tuple[Asked, ...]
    documents: int
    participants: int
    conversations: int  # held, as far as this reader may know
    in_scope: bool

    @property
    def state(self) -> State:
        """The least finished of what was asked of it."""
        order: tuple[State, ...] = (*OPEN, "received with gaps", "received", "holds nothing")
        unasked: State = "received" if self.documents else "not asked"
        return min((one.state for one in self.asked), key=order.index, default=unasked)

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(gap for one in self.asked for gap in one.gaps)


def agencies(review: Review, today: date) -> tuple[Agency, ...]:
    """Every agency of the scope, then every other that something is written down about."""
    scope = review.newest("scope")
    scoped = [agency_named(line) for line in scope.many("agencies_in")] if scope else []
    others = [rec.text("agency") for kind in (RETURN, "document", "participant") for rec in review.of(kind)]
    names: dict[str, str] = {}
    for name in (*scoped, *others):
        if name:
            names.setdefault(_key(name), name)
    within = {_key(name) for name in scoped}
    return tuple(_agency(review, key, name, key in within, today) for key, name in names.items())


def agency_named(line: str) -> str:
    """An agency as a scope lists it: what follows a colon or a bracket is said about it."""
    return line.split(":")[0].split("(")[0].strip()


def _key(name: str) -> str:
    words = name.casefold().replace("’", "'").split()
    return " ".join(word for word in words if word != "the")


def _agency(review: Review, key: str, name: str, scoped: bool, today: date) -> Agency:
    def of(kind: str) -> list[Rec]:
        return [rec for rec in review.of(kind) if _key(rec.text("agency")) == key]

    people = of("participant")
    held = {rec.link("participant") for rec in review.of("conversation") if rec.text("status") == "held"}
    asked = tuple(_asked(review, rec, today) for rec in of(RETURN))
    talked = sum(1 for person in people if person.number in held)
    return Agency(name, asked, len(of("document")), len(people), talked, scoped)


def _asked(review: Review, rec: Rec, today: date) -> Asked:
    chased = review.pointing(CHASE, "return", rec.number)
    received, asked_on = rec.day("received_on"), rec.day("asked_on") or rec.on
    promised = next((day for chase in reversed(chased) if (day := chase.day("promised_on"))), None)
    state = _state(rec, received, promised)
    waits = (today - asked_on).days if state in OPEN else 0
    return Asked(
        rec, rec.many("asked_for"), asked_on, rec.day("hoped_by"), received, promised, chased, rec.many("gaps"),
        state, max(waits, 0),
    )  # fmt: skip


def _state(rec: Rec, received: date | None, promised: date | None) -> State:
    if rec.yes("nothing_held"):
        return "holds nothing"
    if received is not None:
        return "received with gaps" if rec.many("gaps") else "received"
    return "promised" if promised else "asked"


def to_chase(found: Iterable[Agency], today: date) -> tuple[tuple[Agency, Asked | None], ...]:
    """What is still to come, agency by agency: late ones first, then those that wait longest; never asked, last."""
    rows: list[tuple[Agency, Asked | None]] = []
    for agency in found:
        rows += [(agency, one) for one in agency.asked if one.state in OPEN]
        if agency.in_scope and agency.state == "not asked":
            rows.append((agency, None))
    return tuple(sorted(rows, key=lambda row: _rank(row[1], today)))


def _rank(asked: Asked | None, today: date) -> tuple[int, int]:
    return (2, 0) if asked is None else (0 if asked.late(today) else 1, -asked.waits)
