"""Findings of many reviews laid together: what recurs, in how many of how many, never merged and never guessed.

Reviews kept here, reviews in other boards' packs and published reviews are counted apart. A review whose findings
nobody coded is counted as not coded, never as one without the pattern. The two editions of the method have tables of
their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from casereview.learning.patterns import Patterns, patterns

Origin = Literal["here", "pack", "published"]
ORIGINS: tuple[Origin, ...] = ("here", "pack", "published")
ORIGIN_WORDS = {"here": "our reviews", "pack": "other boards' packs", "published": "published reviews"}
By = Literal["pattern", "level", "strength", "year", "board", "effect", "state"]
BY: tuple[By, ...] = ("pattern", "level", "strength", "year", "board", "effect", "state")
BY_WORDS = {
    "pattern": "kind of pattern", "level": "who can act on it", "strength": "how firm it is", "year": "year",
    "board": "board", "effect": "what it does", "state": "where it stands",
}  # fmt: skip
NOT_SAID = "not said"
NOT_TAKEN = "not taken forward"
NOTHING, UNCODED, KEPT = "no findings recorded yet", "findings, none of them coded", "findings kept from you"
SMALL = 5
"""Below so many reviews a share says little; the numbers are then said to be few."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """A finding as it is laid beside others. Everything is as its review has it; nothing is worked out but `pattern`.

    key      names it: REF#12 of a review here, a pack's or a published review's own number
    pattern  code of the kind, or the words of its board where they are no kind of the edition
    coded_by who gave it its kind, where that was not its own review
    more     whatever else is known of it: (what, text)
    """

    key: str
    origin: Origin
    review: str
    board: str
    statement: str
    edition: str
    category: str
    also: tuple[str, ...] = ()
    level: str = ""
    strength: str = ""
    grade: str = ""
    effect: str = ""
    state: str = ""
    year: str = ""
    coded_by: str = ""
    more: tuple[tuple[str, str], ...] = ()
    contact: str = ""

    @property
    def words(self) -> str:
        """What is compared when similar findings are looked for."""
        return "\n".join([self.statement, *(text for what, text in self.more if what in COMPARED)])


COMPARED = ("In short", "What it means", "What makes it underlying")


@dataclass(frozen=True, slots=True)
class PooledReview:
    """A review with its findings, as far as its reader may read them.

    kept  how many findings they may not read
    id    what it is known by whatever it is called: of a review here, the id of its case
    """

    key: str
    origin: Origin
    name: str
    board: str
    edition: str
    year: str
    findings: tuple[Pooled, ...]
    kept: int = 0
    id: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """`reviews` of `of` coded reviews have such a finding; `findings` in all."""

    findings: int
    reviews: int
    of: int

    @property
    def says(self) -> str:
        return f"{self.reviews} of {self.of}" if self.of else "–"


@dataclass(frozen=True, slots=True)
class Row:
    """edition: only where kinds of pattern are counted; those of two editions never stand in one row."""

    edition: str
    value: str
    label: str
    counts: dict[Origin, Count]
    own: bool = False  # a name of a board's own, which is no kind of the edition

    @property
    def findings(self) -> int:
        return sum(count.findings for count in self.counts.values())


@dataclass(frozen=True, slots=True)
class NotCoded:
    """Why reviews are in no denominator."""

    origin: Origin
    why: str
    reviews: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The pool by one thing. `reviews`: all of each origin, coded or not."""

    by: By
    rows: tuple[Row, ...]
    not_coded: tuple[NotCoded, ...]
    reviews: dict[Origin, int]
    coded: dict[Origin, int]

    def few(self, smallest: int = SMALL) -> tuple[Origin, ...]:
        """Origins with so few coded reviews that a share says little."""
        return tuple(one for one in ORIGINS if 0 < self.coded[one] < smallest)


def value_of(finding: Pooled, by: By, table: Patterns | None = None) -> str:
    """What a finding is counted under; "" where its review did not say."""
    if by == "pattern":
        kind = (table or patterns()).kind(finding.edition, finding.category) if finding.category else None
        return kind.code if kind else finding.category
    return str(getattr(finding, by)) if by != "strength" else finding.strength


def label_of(edition: str, by: By, value: str) -> str:
    kind = patterns().kind(edition, value) if by == "pattern" else None
    return kind.label if kind else value


def recurrence(reviews: Iterable[PooledReview], by: By) -> Recurrence:
    """In how many reviews each value occurs, of those in which anybody said so, by origin."""
    every = list(reviews)
    said = {review.key: [(f, value_of(f, by)) for f in review.findings] for review in every}
    coded = [review for review in every if any(value for _, value in said[review.key])]
    rows: dict[tuple[str, str], dict[Origin, list[tuple[str, Pooled]]]] = {}
    for review in coded:
        for finding, value in said[review.key]:
            edition = review.edition if by == "pattern" else ""
            place = rows.setdefault((edition, value or NOT_SAID), {})
            place.setdefault(review.origin, []).append((review.key, finding))
    found = [
        Row(
            edition, value, label_of(edition, by, value),
            {origin: _count(cells.get(origin, []), coded, origin, edition) for origin in ORIGINS},
            by == "pattern" and value != NOT_SAID and patterns().kind(edition, value) is None,
        )
        for (edition, value), cells in rows.items()
    ]  # fmt: skip
    return Recurrence(
        by, tuple(sorted(found, key=_order(by))), _not_coded(every, {r.key for r in coded}),
        {one: sum(r.origin == one for r in every) for one in ORIGINS},
        {one: sum(r.origin == one for r in coded) for one in ORIGINS},
    )  # fmt: skip


def _count(cells: list[tuple[str, Pooled]], coded: list[PooledReview], origin: Origin, edition: str) -> Count:
    of = sum(1 for review in coded if review.origin == origin and edition in ("", review.edition))
    return Count(len(cells), len({review for review, _ in cells}), of)


def _order(by: By) -> Callable[[Row], tuple[object, ...]]:
    def key(row: Row) -> tuple[object, ...]:
        last = row.value == NOT_SAID
        if by == "year":
            return (last, row.label)
        return (row.edition, last, -sum(c.reviews for c in row.counts.values()), -row.findings, row.label.casefold())

    return key


def _not_coded(reviews: list[PooledReview], coded: set[str]) -> tuple[NotCoded, ...]:
    found: dict[tuple[Origin, str], list[str]] = {}
    for review in reviews:
        if review.key not in coded:
            why = UNCODED if review.findings else KEPT if review.kept else NOTHING
            found.setdefault((review.origin, why), []).append(review.name)
    return tuple(
        NotCoded(origin, why, tuple(names))
        for (origin, why), names in sorted(found.items(), key=lambda one: (ORIGINS.index(one[0][0]), one[0][1]))
    )


# ---- what is left in --------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Asked:
    """Which findings are looked at; everything empty is everything but what was not taken forward."""

    origins: tuple[Origin, ...] = ORIGINS
    edition: str = ""
    pattern: str = ""
    level: str = ""
    strength: str = ""
    year: str = ""
    board: str = ""
    state: str = ""
    effect: str = ""
    words: str = ""
    not_taken: bool = False

    @property
    def narrows(self) -> bool:
        """Whether findings are left out by something other than where and when their review was held."""
        return any((self.pattern, self.level, self.strength, self.state, self.effect, self.words))


def reviews_left(reviews: Iterable[PooledReview], asked: Asked) -> tuple[PooledReview, ...]:
    """The reviews asked for, with all of their findings but those not taken forward."""
    return tuple(
        replace(r, findings=tuple(f for f in r.findings if asked.not_taken or f.state != NOT_TAKEN))
        for r in reviews
        if r.origin in asked.origins
        and asked.edition in ("", r.edition)
        and _within(asked.board, r.board)
        and (not asked.year or any(f.year == asked.year for f in r.findings) or r.year == asked.year)
    )


def findings_left(reviews: Iterable[PooledReview], asked: Asked) -> tuple[Pooled, ...]:
    """The findings asked for, in the order of their reviews: what a number of the pool is made of."""
    return tuple(
        finding
        for review in reviews_left(reviews, asked)
        for finding in review.findings
        if _is(asked.pattern, finding) and asked.year in ("", finding.year)
        and asked.level in ("", finding.level or NOT_SAID)
        and asked.strength in ("", finding.strength or NOT_SAID)
        and asked.state in ("", finding.state or NOT_SAID)
        and asked.effect in ("", finding.effect or NOT_SAID)
        and _within(asked.words, finding.words)
    )  # fmt: skip


def _is(pattern: str, finding: Pooled) -> bool:
    if not pattern:
        return True
    mine = value_of(finding, "pattern") or NOT_SAID
    return pattern.casefold() in (mine.casefold(), label_of(finding.edition, "pattern", mine).casefold())


def _within(part: str, text: str) -> bool:
    return not part or part.casefold() in text.casefold()
