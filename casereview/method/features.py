"""The four features of a systems approach: what in a review supports each now, and what is still asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casereview.method.checks import EPISODE, FACTOR, empty_heads, heads, level_of
from casereview.method.findings import EVIDENCE, FINDING, GRADES, grade_of
from casereview.method.lists import Feature, Lists
from casereview.method.people import heard
from casereview.method.prompts import Prompt
from casereview.method.resting import RESTS
from casereview.method.review import Review


@dataclass(frozen=True, slots=True)
class Supported:
    """One feature: what is there for it, in plain counts, and its prompts."""

    feature: Feature
    there: tuple[str, ...]
    prompts: tuple[Prompt, ...]

    @property
    def open(self) -> int:
        return sum(one.open for one in self.prompts)


def features(review: Review, found: Iterable[Prompt], lists: Lists) -> tuple[Supported, ...]:
    """The four features, in their order."""
    asked = tuple(found)
    there = {
        "context": _context(review), "why": _why(review), "wider": _wider(review, lists),
        "method": _method(review, lists),
    }  # fmt: skip
    return tuple(
        Supported(feature, tuple(there.get(key, ())), tuple(one for one in asked if one.feature == key))
        for key, feature in lists.features.items()
    )


def _context(review: Review) -> Iterator[str]:
    factors = review.of(FACTOR)
    if factors:
        of = [head for head in heads(review) if head != "other"]
        used = len(of) - len(empty_heads(review))
        yield f"{_several(len(factors), 'contributory factor')} under {used} of {len(of)} heads"
        levels = Counter(level_of(factor) for factor in factors)
        yield "by level: " + ", ".join(f"{level.lower()} {count}" for level, count in levels.items())
        helped = sum(factor.text("effect") in ("supports", "both") for factor in factors)
        if helped:
            yield f"factors that supported good work: {helped}"


def _why(review: Review) -> Iterator[str]:
    episodes, facts = review.of(EPISODE), review.of("known-when")
    if episodes:
        said = sum(bool(one.text("local_rationality").strip()) for one in episodes)
        yield f"episodes that say why it made sense at the time: {said} of {len(episodes)}"
    if facts:
        yield f"{_several(len(facts), 'fact')} kept with who knew it, and since when"
    if review.of("perspective"):
        yield f"{_several(len(review.of('perspective')), 'view')} from inside the tunnel"
    if review.of("turning-point"):
        yield f"{_several(len(review.of('turning-point')), 'turning point')} told as it looked then"


def _wider(review: Review, lists: Lists) -> Iterator[str]:
    found = review.of(FINDING)
    if found:
        grades = Counter(grade_of(review, one, lists).word for one in found)
        firm = ", ".join(f"{grades[grade]} {grade}" for grade in GRADES if grades[grade])
        yield f"{_several(len(found), 'finding')} by their evidence: {firm}"
    rows = review.of(EVIDENCE)
    if rows:
        against = sum(bool(row.yes("against")) for row in rows)
        yield f"{_several(len(rows), 'entry', 'entries')} of evidence of how usual it is, {against} of them against"


def _method(review: Review, lists: Lists) -> Iterator[str]:
    talks = [talk for talk in review.of("conversation") if talk.text("status") == "held"]
    if talks:
        two = sum(len(talk.many("held_by")) > 1 for talk in talks)
        read = sum(talk.day("checked_on") is not None for talk in talks)
        yield f"{_several(len(talks), 'conversation')} held, {two} heard by two; {read} read again by who spoke"
    who = heard(review, lists)
    if who.of:
        yield who.says.rstrip(".")
    joint = sum(meeting.text("kind") in (*lists.first, *lists.second) for meeting in review.of("meeting"))
    if joint:
        yield _several(joint, "joint meeting")
    kept = sum(one.text("outcome") == "kept as a differing view" for one in review.of("comment"))
    if kept:
        yield f"{_several(kept, 'differing view')} kept"
    if review.of("supervision"):
        yield f"supervision of the method: {len(review.of('supervision'))}"
    trail = len(review.of(RESTS)) + len(review.of("episode-evidence"))
    if trail:
        yield f"{_several(trail, 'entry', 'entries')} in the trail of sources"
    if review.of("limitations"):
        yield "what the review cannot say is written down"


def _several(count: int, what: str, more: str = "") -> str:
    return f"{count} {what if count == 1 else more or what + 's'}"
