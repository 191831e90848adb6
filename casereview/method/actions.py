"""What is done because of findings, and whether it helped: the learning that stays open when a review is closed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from casereview.method.findings import ACTION, FINDING, IMPACT
from casereview.method.review import Rec, Review

ENDED = ("done", "abandoned")
UNSURE = ("too early to say",)
OPEN, UNLOOKED, AGAIN, SETTLED = "to be done", "not looked at", "look again", "looked at"
WORDS = (OPEN, UNLOOKED, AGAIN, SETTLED)
ORDERS = ("by-about", "case", "owner", "status", "looked-at")


@dataclass(frozen=True, slots=True)
class Action:
    """One action of one review, with the newest look at what came of it.

    stands   to be done; not looked at (its effect); look again; looked at
    closed   the review itself is closed: what is learned goes on
    """

    case: str
    review: str
    rec: Rec
    finding: Rec | None
    looks: tuple[Rec, ...]
    closed: bool

    @property
    def number(self) -> int:
        return self.rec.number

    @property
    def last(self) -> Rec | None:
        return self.looks[-1] if self.looks else None

    @property
    def look_again(self) -> date | None:
        return self.last.day("look_again") if self.last else None

    @property
    def stands(self) -> str:
        if self.rec.text("status") not in ENDED:
            return OPEN
        if self.last is None:
            return UNLOOKED
        return AGAIN if self.look_again or self.last.text("helped") in UNSURE else SETTLED

    @property
    def open(self) -> bool:
        """Whether anything about it is still to be done or learned."""
        return self.stands != SETTLED


def actions_of(review: Review) -> Iterator[Action]:
    """The actions of a review, as they were written down."""
    for rec in review.of(ACTION):
        finding = review.one(FINDING, rec.link(FINDING))
        looks = review.pointing(IMPACT, ACTION, rec.number)
        yield Action(review.case.ref, review.case.title, rec, finding, looks, review.case.closed is not None)


def in_order(actions: Iterable[Action], order: str) -> list[Action]:
    """By one of ORDERS; what has no such day comes last."""
    keys = {
        "by-about": lambda one: (one.rec.day("by_about") or date.max, one.case, one.number),
        "case": lambda one: (one.case, one.number),
        "owner": lambda one: (one.rec.text("owner").casefold(), one.case, one.number),
        "status": lambda one: (WORDS.index(one.stands), one.rec.day("by_about") or date.max, one.case, one.number),
        "looked-at": lambda one: ((one.last.day("checked_on") if one.last else None) or date.max, one.case, one.number),
    }
    return sorted(actions, key=keys[order])
