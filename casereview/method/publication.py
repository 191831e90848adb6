"""Where each document of a review stands with the public: each on its own, because a brief may go out years before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from casereview.method.review import Rec, Review

KIND = "publication-decision"
State = Literal["not decided", "held", "published", "not published", "withdrawn"]
_STATES: dict[str, State] = {
    "publish": "published", "hold": "held", "do not publish": "not published", "withdraw": "withdrawn",
}  # fmt: skip
_BOTH = {"report and response": ("report", "board response")}


@dataclass(frozen=True, slots=True)
class Artefact:
    """One document of a review.

    decided   how often it was decided on; number: the newest decision's record
    since     the day it came to this state; look_again: when a held one is looked at again
    """

    document: str
    state: State
    number: int | None = None
    since: date | None = None
    why: str = ""
    look_again: date | None = None
    held_for: int | None = None
    where: str = ""
    told_before: tuple[str, ...] = ()
    decided: int = 0

    def late(self, today: date) -> bool:
        """Held, and the day to look at it again has come."""
        return self.state == "held" and self.look_again is not None and self.look_again <= today


def artefacts(review: Review) -> tuple[Artefact, ...]:
    """Every document the workflow knows, in its order, then others that were decided on."""
    kind = review.definition.records.get(KIND)
    asked = kind.fields.get("document") if kind else None
    names = [n for option in (asked.options if asked else ()) for n in _BOTH.get(option, (option,))]
    found: dict[str, Artefact] = {name: Artefact(name, "not decided") for name in names}
    for rec in review.of(KIND):
        for name in _BOTH.get(rec.text("document"), (rec.text("document"),)):
            before = found.get(name)
            found[name] = _artefact(name, rec, before.decided + 1 if before else 1)
    return tuple(found.values())


def _artefact(name: str, rec: Rec, times: int) -> Artefact:
    state = _STATES.get(rec.text("decision"), "not decided")
    told = {"published": "published_on", "withdrawn": "withdrawn_on"}.get(state, "decided_on")
    return Artefact(
        name, state, rec.number, rec.day(told) or rec.day("decided_on") or rec.on, rec.text("why"),
        rec.day("look_again"), rec.link("held_for"), rec.text("where"), rec.many("notice_given"), times,
    )  # fmt: skip


def detail(one: Artefact, day: date) -> str:
    """What matters most of where a document stands, in a line."""
    again = f"look again {one.look_again}{', which has come' if one.late(day) else ''}" if one.look_again else ""
    parts = {
        "held": (again or "no day to look again is set", one.why),
        "published": (one.where, one.why),
        "not decided": ("",),
    }.get(one.state, (one.why,))
    return "; ".join(part for part in parts if part)
