"""Conversations with those who worked with the family: who was asked, who spoke, and what was said, part by part.

Not wishing to speak, not being able to, and being advised to wait are answers. They are shown as what they are and
are counted against nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.method.review import Rec, Review

CONVERSATION, TURNING, PARTICIPANT = "conversation", "turning-point", "participant"
RESPECTED = ("declined", "unable", "left the post", "advised to wait", "not possible")
_BY_ANSWER = {
    "declined": "declined", "unable": "unable", "left the post": "left the post",
    "advised by police to wait": "advised to wait", "accepted": "to be planned",
}  # fmt: skip
_UNPLANNED = {"focused": "for the one-day event", "mid-range": "willing", "themed": "willing"}
OPEN = ("planned", "to be planned", "willing", "for the one-day event", "not asked yet")
# The parts of a conversation in their order (SCIE Guide 24, appendix 3), and the fields that hold each.
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Introduction", ("introduction",)),
    ("Overview", ("overview",)),
    ("Turning points", ("turning_points",)),
    ("What had influence", ("factors_order", "factors", "factors_said")),
    ("What went well", ("went_well",)),
    ("From the wider picture", ("queries",)),
    ("What they would change", ("suggested",)),
    ("Read back", ("check_back",)),
)
MINDSET = ("going_on", "reasons_felt", "foremost", "occupied", "worries", "hoped", "options_seen")
"""The questions asked of each turning point: how it looked then. Any may be passed over."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the case group and what has become of asking them. `talks`: their conversations, oldest first."""

    rec: Rec
    name: str
    role: str
    agency: str
    state: str
    invited_on: date | None
    told_on: date | None
    support: str
    talks: tuple[Rec, ...]

    @property
    def respected(self) -> bool:
        return self.state in RESPECTED

    @property
    def read_back(self) -> bool | None:
        """Whether they agreed the note of every conversation held; None where none was."""
        held = [talk for talk in self.talks if talk.text("status") == "held"]
        return all(talk.day("checked_on") for talk in held) if held else None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a conversation: (question, answer) pairs; empty where it was passed over."""

    title: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A turning point as it was seen then: what was asked and answered, and how many questions were passed over."""

    rec: Rec
    moment: str
    on: date | None
    said: tuple[tuple[str, str], ...]
    passed_over: int


@dataclass(frozen=True, slots=True)
class Talk:
    rec: Rec
    who: str
    agency: str
    status: str
    why_not: str
    held_by: tuple[str, ...]
    held_on: date | None
    minutes: str
    recorded: bool | None
    checked_on: date | None
    parts: tuple[Part, ...]
    moments: tuple[Moment, ...]


def people(review: Review) -> tuple[Person, ...]:
    """Everyone listed, agency by agency, as they were written down."""
    found = [_person(review, rec) for rec in review.of(PARTICIPANT)]
    return tuple(sorted(found, key=lambda one: (one.agency.casefold(), one.rec.number)))


def _person(review: Review, rec: Rec) -> Person:
    talks = review.pointing(CONVERSATION, PARTICIPANT, rec.number)
    return Person(
        rec, rec.text("pseudonym"), rec.text("role"), rec.text("agency"), _state(review, rec, talks),
        rec.day("invited_on"), rec.day("information_given_on"), rec.text("support_person"), talks,
    )  # fmt: skip


def _state(review: Review, rec: Rec, talks: Sequence[Rec]) -> str:
    """What became of asking somebody: of several conversations, that one was held counts most.

    Whoever declines after one was planned has declined. Where an option of the sliding scale hears nobody, or only
    some, one to one, nobody is still to be planned for.
    """
    order = ("held", "planned", "declined", "not possible")
    stands = sorted({talk.text("status") for talk in talks} & set(order), key=order.index)
    answer = _BY_ANSWER.get(rec.text("response"), "not asked yet")
    if stands and not (stands[0] == "planned" and answer in RESPECTED):
        return stands[0]
    return _UNPLANNED.get(review.option, answer) if answer == "to be planned" else answer


def counted(found: Iterable[Person]) -> str:
    """How many were spoken with, in words that hold nothing against anyone."""
    states = Counter(one.state for one in found)
    total = sum(states.values())
    if not total:
        return "nobody is listed yet"
    parts = [f"{states['held']} of {total} spoken with"]
    parts += [f"{states[name]} {name}" for name in OPEN if states[name]]
    kept = [f"{states[name]} {name}" for name in RESPECTED if states[name]]
    return "; ".join(parts) + (f"; respected: {', '.join(kept)}" if kept else "")


def talk_of(review: Review, rec: Rec) -> Talk:
    """One conversation in its parts, with its turning points."""
    fields = _asks(review, CONVERSATION)
    person = review.one(PARTICIPANT, rec.link(PARTICIPANT))
    parts = [
        Part(title, tuple((fields.get(name, name), rec.text(name)) for name in names if rec.text(name)))
        for title, names in PARTS
    ]
    return Talk(
        rec, person.text("pseudonym") if person else "somebody not listed", person.text("agency") if person else "",
        rec.text("status"), rec.text("status_reason"), rec.many("held_by"), rec.day("held_on"), rec.text("minutes"),
        rec.yes("recorded"), rec.day("checked_on"), tuple(parts),
        tuple(_moment(review, one) for one in review.pointing(TURNING, CONVERSATION, rec.number)),
    )  # fmt: skip


def _moment(review: Review, rec: Rec) -> Moment:
    fields = _asks(review, TURNING)
    said = tuple((fields.get(name, name), rec.text(name)) for name in MINDSET if rec.text(name))
    return Moment(rec, rec.text("moment"), rec.day("on"), said, len(MINDSET) - len(said))


def _asks(review: Review, kind: str) -> dict[str, str]:
    declared = review.definition.records.get(kind)
    return {name: field.ask for name, field in declared.fields.items()} if declared else {}
