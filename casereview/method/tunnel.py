"""The view from the tunnel: a case as one person could see it on one day, and nothing that came out later.

What reviewers write with hindsight has no place in it: the agreed account and the title of a part of the story, what
somebody did not know, the source of a fact, an episode, a finding. A day nobody knows is never guessed: what bears it
is hidden, and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from casereview.method.narrative import (
    CONVERSATION,
    MOMENT,
    PART,
    PERSPECTIVE,
    STORY_KINDS,
    Knowing,
    View,
    Viewpoint,
    Voices,
    all_views,
    folded,
    in_order,
    knowings,
)
from casereview.method.review import Rec, Review

# Written as it looked then. What is not named here, a field of a board's own included, stays outside.
INSIDE = {
    PERSPECTIVE: ("saw", "knew", "thought", "felt", "wanted", "pressures"),
    MOMENT: ("going_on", "reasons_felt", "foremost", "occupied", "worries", "hoped", "options_seen"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A view or a moment as it looked then. `answers`: field, question, words."""

    number: int
    since: date
    head: str
    answers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class SeenFact:
    """A fact known to them by then. `by`: the record that says from when."""

    number: int
    fact: str
    since: date
    happened_on: date | None
    how: str
    by: int


@dataclass(frozen=True, slots=True)
class SeenPart:
    """A part of the story that has begun, by its place only: its title is the reviewers', who know how it ended."""

    number: int
    order: str
    begun: date
    views: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """How much is left out, and never what."""

    facts_later: int = 0  # they came to know it on a later day
    facts_undated: int = 0  # known to them, and not from when
    facts_of_agency: int = 0  # known to their agency; whether to them is not recorded
    facts_of_others: int = 0  # not known to them, as far as is recorded
    views_later: int = 0
    views_undated: int = 0
    views_of_others: int = 0
    moments_later: int = 0
    moments_undated: int = 0
    parts_later: int = 0
    parts_undated: int = 0
    accounts: int = 0  # agreed accounts of parts: written with hindsight
    withheld: int = 0  # records that whoever looks may not read

    def counts(self) -> dict[str, int]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


@dataclass(frozen=True, slots=True)
class Tunnel:
    """days: on which something changed for them, first to last · bare: parts begun without a view of theirs"""

    whose: Viewpoint
    day: date
    parts: tuple[SeenPart, ...]
    facts: tuple[SeenFact, ...]
    moments: tuple[Seen, ...]
    hidden: Hidden
    days: tuple[date, ...]
    bare: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.moments or any(part.views for part in self.parts))

    def later(self) -> date | None:
        """The next day on which something changed for them."""
        return next((day for day in self.days if day > self.day), None)

    def earlier(self) -> date | None:
        return next((day for day in reversed(self.days) if day < self.day), None)


def tunnel(review: Review, whose: Viewpoint, day: date) -> Tunnel:
    """The case as `whose` could see it on `day`."""
    voices = Voices(review)
    known = knowings(review, voices)
    mine = known.get(whose.key, {})
    views = all_views(review, voices)
    own = [view for view in views if view.whose.key == whose.key]
    moments = list(_moments(review, whose))
    parts = tuple(_parts(review, own, day))
    facts = sorted(_facts(mine.values(), day), key=lambda fact: (fact.since, fact.number))
    return Tunnel(
        whose, day, tuple(part for part in parts if part.views), tuple(facts),
        tuple(_seen(review, rec, at, rec.text("moment")) for rec, at in moments if at is not None and at <= day),
        _hidden(review, whose, day, known, views, moments),
        _days(mine.values(), own, moments),
        tuple(part.order for part in parts if not part.views),
    )  # fmt: skip


# ---- what is seen ----------------------------------------------------------------------------------------------
def _parts(review: Review, own: list[View], day: date) -> Iterator[SeenPart]:
    for rec in in_order(review):
        begun = rec.day("date_from")
        if begun is None or begun > day:
            continue
        views = [view for view in own if view.rec.link("segment") == rec.number]
        seen = (_seen(review, v.rec, v.since, "") for v in views if v.since is not None and v.since <= day)
        yield SeenPart(rec.number, rec.text("order") or "?", begun, tuple(seen))


def _seen(review: Review, rec: Rec, since: date, head: str) -> Seen:
    kind = review.definition.records.get(rec.kind)
    answers = []
    for name in INSIDE[rec.kind]:
        if rec.text(name):
            field = kind.fields.get(name) if kind else None
            answers.append((name, field.ask if field else name, rec.text(name)))
    return Seen(rec.number, since, head, tuple(answers))


def _facts(mine: Iterable[Knowing], day: date) -> Iterator[SeenFact]:
    for one in mine:
        if one.since is not None and one.since <= day:
            fact = one.fact
            yield SeenFact(
                fact.number, fact.text("fact"), one.since, fact.day("happened_on"), one.how, one.number
            )


def _moments(review: Review, whose: Viewpoint) -> Iterator[tuple[Rec, date | None]]:
    """Turning points they told of in a conversation, in order of their day."""
    if whose.number is None:
        return
    theirs = {rec.number for rec in review.of(CONVERSATION) if rec.link("participant") == whose.number}
    told = [rec for rec in review.of(MOMENT) if rec.link("conversation") in theirs]
    yield from sorted(((rec, rec.day("on")) for rec in told), key=lambda one: (one[1] or date.max, one[0].number))


def _days(
    mine: Iterable[Knowing], own: list[View], moments: list[tuple[Rec, date | None]]
) -> tuple[date, ...]:
    days = [*(one.since for one in mine), *(view.since for view in own), *(at for _, at in moments)]
    return tuple(sorted({day for day in days if day is not None}))


# ---- what is hidden --------------------------------------------------------------------------------------------
def _hidden(
    review: Review, whose: Viewpoint, day: date, known: dict[str, dict[int, Knowing]], views: tuple[View, ...],
    moments: list[tuple[Rec, date | None]],
) -> Hidden:  # fmt: skip
    mine = known.get(whose.key, {})
    facts = {fact.number for fact in review.of("known-when")}
    agency = _of_agency(known, whose) - set(mine)
    own = [view.since for view in views if view.whose.key == whose.key]
    begun = [rec.day("date_from") for rec in review.of(PART)]
    return Hidden(
        facts_later=_later((one.since for one in mine.values()), day),
        facts_undated=_undated(one.since for one in mine.values()),
        facts_of_agency=len(agency),
        facts_of_others=len(facts - set(mine) - agency),
        views_later=_later(own, day),
        views_undated=_undated(own),
        views_of_others=len(views) - len(own),
        moments_later=_later((at for _, at in moments), day),
        moments_undated=_undated(at for _, at in moments),
        parts_later=_later(begun, day),
        parts_undated=_undated(begun),
        accounts=sum(1 for since in begun if since is not None and since <= day),
        withheld=sum(review.withheld.get(kind, 0) for kind in STORY_KINDS),
    )


def _of_agency(known: dict[str, dict[int, Knowing]], whose: Viewpoint) -> set[int]:
    """What is known to the agency a participant is of: not yet to the person, as far as is recorded."""
    if whose.number is None or not whose.agency:
        return set()
    return set(known.get(f"n{folded(whose.agency)}", {}))


def _later(days: Iterable[date | None], day: date) -> int:
    return sum(1 for one in days if one is not None and one > day)


def _undated(days: Iterable[date | None]) -> int:
    return sum(1 for one in days if one is None)
