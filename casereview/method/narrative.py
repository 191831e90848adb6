"""The story of a case from several sides: who saw what, who knew which fact from when, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casereview.errors import NotFound, nearest
from casereview.method.review import Rec, Review
from casereview.text import clean, shown

PART, PERSPECTIVE, FACT, LEARNED = "narrative-segment", "perspective", "known-when", "came-to-know"
PARTICIPANT, CONVERSATION, MOMENT = "participant", "conversation", "turning-point"
STORY_KINDS = (PART, PERSPECTIVE, FACT, LEARNED, MOMENT)


# ---- whose view ------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Somebody the case can be seen as: a participant by position, or an agency or person who is only named.

    key     tells two apart, whatever they are called
    number  of the participant's record, where there is one
    """

    key: str
    label: str
    number: int | None = None
    agency: str = ""
    role: str = ""


def folded(label: str) -> str:
    """A label as it is compared: spaces and capitals make no difference."""
    return " ".join(clean(label).split()).casefold()


class Voices:
    """Everybody the story names. A label that two participants share is neither of them: it proves nothing."""

    def __init__(self, review: Review) -> None:
        self._by_key: dict[str, Viewpoint] = {}
        self._numbers: dict[int, Viewpoint] = {}
        self._called: dict[str, list[Viewpoint]] = {}
        for rec in review.of(PARTICIPANT):
            label = rec.text("pseudonym") or f"Participant {rec.number}"
            one = Viewpoint(f"p{rec.number}", label, rec.number, rec.text("agency"), rec.text("role"))
            self._by_key[one.key] = self._numbers[rec.number] = one
            self._called.setdefault(folded(label), []).append(one)
        for label, link in _named(review):
            self.of(label, link)

    @property
    def all(self) -> tuple[Viewpoint, ...]:
        """Participants as they were listed, then whoever else is named."""
        return tuple(self._by_key.values())

    def of(self, label: str, link: int | None = None) -> Viewpoint | None:
        """Whom a record speaks of: the participant it points to, or whoever is called so."""
        if link is not None and link in self._numbers:
            return self._numbers[link]
        name = folded(label)
        if not name:
            return None
        called = self._called.get(name, [])
        if len(called) == 1:
            return called[0]
        key = f"n{name}"
        if key not in self._by_key:
            which = f"{label} (which of {len(called)}?)" if called else label
            self._by_key[key] = Viewpoint(key, which, agency="" if called else label)
        return self._by_key[key]

    def find(self, typed: str) -> Viewpoint:
        """The one a person means: by label, by the number of a participant's record, or by a part of only one label.

        Raises NotFound with those that the story names.
        """
        name = folded(typed)
        number = int(name) if name.isascii() and name.isdigit() else None
        if number in self._numbers:
            return self._numbers[number]
        exact = [one for one in self.all if folded(one.label) == name]
        found = exact or [one for one in self.all if name and name in folded(one.label)]
        if len(found) == 1:
            return found[0]
        labels = [_told_apart(one, self.all) for one in found or self.all]
        if not labels:
            remedy = "Nobody is named in the story yet. Write down who takes part: casereview record CASE participant"
            raise NotFound("there is nobody yet whose view could be shown", remedy=remedy)
        says = "is more than one" if found else "is nobody in this story"
        like = None if found else nearest(typed, labels)
        near = f"Did you mean {shown(like)}?" if like else ""
        raise NotFound(f"{shown(typed, width=60)!r} {says}", remedy=f"{near} Known: {', '.join(labels)}.".strip())


def _told_apart(one: Viewpoint, others: tuple[Viewpoint, ...]) -> str:
    same = sum(folded(other.label) == folded(one.label) for other in others)
    return f"{one.label} (no. {one.number})" if same > 1 and one.number else one.label


def _named(review: Review) -> Iterator[tuple[str, int | None]]:
    for rec in (*review.of(PERSPECTIVE), *review.of(LEARNED)):
        yield rec.text("whose"), rec.link("participant")
    for rec in review.of(FACT):
        for label in rec.many("known_to"):
            yield label, None


# ---- who knew what, from when ----------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Knowing:
    """One fact as somebody knew it. `since`: from that day; None: known to them, and it is not known from when.

    number  of the record that says so: the fact itself, or how this person came to know it
    """

    fact: Rec
    since: date | None
    how: str
    number: int


def knowings(review: Review, voices: Voices) -> dict[str, dict[int, Knowing]]:
    """For each viewpoint's key, what they knew, by the number of the fact.

    What is written of one person counts for more than the day written for all; of several such days the first.
    Nobody knew of something before it happened: the later of the two days counts.
    """
    found: dict[str, dict[int, Knowing]] = {}
    for fact in review.of(FACT):
        since = not_before(fact, fact.day("known_from"))
        for label in fact.many("known_to"):
            who = voices.of(label)
            if who is not None:
                found.setdefault(who.key, {})[fact.number] = Knowing(fact, since, "", fact.number)
    for key, number, own in _own_days(review, voices):
        found.setdefault(key, {})[number] = own
    return found


def _own_days(review: Review, voices: Voices) -> Iterator[tuple[str, int, Knowing]]:
    facts = {fact.number: fact for fact in review.of(FACT)}
    best: dict[tuple[str, int], Knowing] = {}
    for rec in review.of(LEARNED):
        fact, who = facts.get(rec.link("fact") or 0), voices.of(rec.text("whose"), rec.link("participant"))
        if fact is None or who is None:
            continue
        since = not_before(fact, rec.day("known_from"))
        before = best.get((who.key, fact.number))
        if before is None or (since is not None and (before.since is None or since < before.since)):
            best[who.key, fact.number] = Knowing(fact, since, rec.text("how"), rec.number)
    for (key, number), knowing in best.items():
        yield key, number, knowing


def not_before(fact: Rec, since: date | None) -> date | None:
    happened = fact.day("happened_on")
    return max(since, happened) if since and happened else since


# ---- the story -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class View:
    """How a part of the story looked to somebody. `since`: from when; None where neither is dated."""

    rec: Rec
    whose: Viewpoint
    since: date | None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the story with everybody's view of it, and the facts that belong to it."""

    rec: Rec
    views: tuple[View, ...]
    facts: tuple[Rec, ...]

    @property
    def order(self) -> str:
        return self.rec.text("order") or "?"


@dataclass(frozen=True, slots=True)
class Story:
    """elsewhere: facts that belong to no part · strays: views whose part is not there (withdrawn, or not yours)"""

    parts: tuple[Part, ...]
    elsewhere: tuple[Rec, ...]
    strays: tuple[View, ...]
    voices: Voices
    known: dict[str, dict[int, Knowing]]  # by a viewpoint's key, then the number of the fact
    look_again: tuple[tuple[int, str], ...]  # the record, and what is odd about it


def story(review: Review) -> Story:
    voices = Voices(review)
    numbers = {rec.number for rec in review.of(PART)}
    views = all_views(review, voices)
    facts = sorted(review.of(FACT), key=lambda f: (_first(f.day("happened_on"), f.day("known_from")), f.number))
    parts = [
        Part(
            rec,
            tuple(view for view in views if view.rec.link("segment") == rec.number),
            tuple(fact for fact in facts if fact.link("segment") == rec.number),
        )
        for rec in in_order(review)
    ]
    return Story(
        tuple(parts),
        tuple(fact for fact in facts if fact.link("segment") not in numbers),
        tuple(view for view in views if view.rec.link("segment") not in numbers),
        voices,
        knowings(review, voices),
        tuple(_odd(review)),
    )


def in_order(review: Review) -> tuple[Rec, ...]:
    """The parts of the story as they are told: by their place, then by date."""

    def place(rec: Rec) -> tuple[int, date, int]:
        order = rec.text("order")
        return int(order) if order.lstrip("-").isdigit() else 10**9, _first(rec.day("date_from")), rec.number

    return tuple(sorted(review.of(PART), key=place))


def all_views(review: Review, voices: Voices) -> tuple[View, ...]:
    """Everybody's views, in the order they came to be."""
    begun = {rec.number: rec.day("date_from") for rec in review.of(PART)}
    found = []
    for rec in review.of(PERSPECTIVE):
        whose = voices.of(rec.text("whose"), rec.link("participant"))
        if whose is not None:
            found.append(View(rec, whose, view_from(rec, begun.get(rec.link("segment") or 0))))
    return tuple(sorted(found, key=lambda view: (_first(view.since), view.rec.number)))


def view_from(rec: Rec, begun: date | None) -> date | None:
    """From when a view looked so; no part of a story is seen before it begins, or while nobody says when it did."""
    own = rec.day("from_day")
    return max(own, begun) if own and begun else begun


def _first(*days: date | None) -> date:
    return next((day for day in days if day is not None), date.max)


def _odd(review: Review) -> Iterator[tuple[int, str]]:
    for rec in review.of(PART):
        if _reversed(rec.day("date_from"), rec.day("date_to")):
            yield rec.number, "ends before it begins"
        elif rec.day("date_from") is None:
            yield rec.number, "has no day on which it begins, so no tunnel shows it"
    facts = {rec.number: rec for rec in review.of(FACT)}
    for rec in (*review.of(FACT), *review.of(LEARNED)):
        fact = rec if rec.kind == FACT else facts.get(rec.link("fact") or 0)
        if fact and _reversed(fact.day("happened_on"), rec.day("known_from")):
            yield rec.number, "was known before it happened; the tunnel waits until it had happened"


def _reversed(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and last < first
