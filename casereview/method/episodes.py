"""Key practice episodes: what happened, why it mattered, and above all how it made sense to those who were there.

The method explains, and it also looks at practice by the standard of its day; an episode with only one of the two
is not complete. Nothing here says whose fault anything was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casereview.method.factors import LEVELS, PERSONAL, Head, heads_of
from casereview.method.narrative import Viewpoint, Voices, all_views, knowings
from casereview.method.review import Rec, Review

EPISODE, FACTOR, EVIDENCE, FINDING = "key-practice-episode", "contributory-factor", "episode-evidence", "finding"
FELL_SHORT = "fell short"
OWN_KINDS = (EPISODE, FACTOR, EVIDENCE, FINDING)


@dataclass(frozen=True, slots=True)
class HeadFactors:
    """A head with the factors under it, the weightiest first; a head without one is shown as empty."""

    head: Head
    factors: tuple[Rec, ...]


@dataclass(frozen=True, slots=True)
class Level:
    name: str
    heads: tuple[HeadFactors, ...]

    @property
    def is_empty(self) -> bool:
        return not any(head.factors for head in self.heads)


@dataclass(frozen=True, slots=True)
class Knew:
    """What one person could know by the end of an episode: how many facts, and how it looked to them."""

    whose: Viewpoint
    facts: tuple[Rec, ...]
    views: tuple[Rec, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source: the record that says so, and the record it points to, where it does and may be read."""

    rec: Rec
    sources: tuple[Rec, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A question an episode still asks. `blocks`: it is not complete before it is answered."""

    asks: str
    field: str
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode as a page shows it. `other`: further records that point to it, such as comments."""

    rec: Rec
    levels: tuple[Level, ...]
    evidence: tuple[Evidence, ...]
    findings: tuple[Rec, ...]
    knew: tuple[Knew, ...]
    other: tuple[Rec, ...]
    late_standard: str
    open: tuple[Open, ...]

    @property
    def factors(self) -> tuple[Rec, ...]:
        return tuple(rec for level in self.levels for head in level.heads for rec in head.factors)

    @property
    def is_complete(self) -> bool:
        """It is both explained and looked at by the standard of its day."""
        return not any(one.blocks for one in self.open)

    @property
    def empty_heads(self) -> tuple[str, ...]:
        return tuple(one.head.name for level in self.levels for one in level.heads if not one.factors)


def episodes(review: Review) -> tuple[Episode, ...]:
    """Every episode in the order of time; those without a date last."""
    recs = sorted(review.of(EPISODE), key=lambda rec: (begun(rec) or date.max, rec.number))
    return tuple(episode(review, rec) for rec in recs)


def episode(review: Review, rec: Rec) -> Episode:
    levels = _levels(review, rec)
    late = late_standard(rec)
    evidence = tuple(
        Evidence(one, tuple(_pointed(review, one))) for one in review.pointing(EVIDENCE, "episode", rec.number)
    )
    factors = [one for level in levels for head in level.heads for one in head.factors]
    return Episode(
        rec, levels, evidence, tuple(_findings(review, rec)), tuple(_knew(review, rec)), tuple(_other(review, rec)),
        late, tuple(_open(rec, factors, levels, late, len(evidence))),
    )  # fmt: skip


def begun(rec: Rec) -> date | None:
    return rec.day("date_from") or rec.day("date_to")


def ended(rec: Rec) -> date | None:
    return rec.day("date_to") or rec.day("date_from")


def late_standard(rec: Rec) -> str:
    """What to say where practice is looked at by guidance that nobody could have read then; "" where it is not."""
    standard, first, last = rec.day("standard_date"), begun(rec), ended(rec)
    if standard is None or first is None or last is None or standard <= first:
        return ""
    if standard > last:
        return "This guidance is of a later day than the episode: nobody could have worked by it then."
    return "This guidance came in while the episode went on: by which was the work before it done?"


def incomplete(rec: Rec) -> tuple[Open, ...]:
    """What keeps an episode from being complete: an appraisal and an explanation belong together."""
    judged, explained = rec.text("judgement"), rec.text("local_rationality").strip()
    found = []
    if not explained:
        asks = "How did it make sense to those involved at the time? If nobody could tell, say why."
        if judged == FELL_SHORT:
            asks = f"It is said that practice fell short of its standard, and not yet why it made sense. {asks}"
        found.append(Open(asks, "local_rationality", True))
    if not judged:
        asks = "How was the practice by the standard of its day? An explanation alone is half of the method."
        found.append(Open(asks, "judgement", True))
    return tuple(found)


# ---- what belongs to it ------------------------------------------------------------------------------------------
WEIGHTS = {"a great deal": 0, "some": 1, "a little": 2}


def _levels(review: Review, rec: Rec) -> tuple[Level, ...]:
    recs = sorted(
        review.pointing(FACTOR, "episode", rec.number), key=lambda f: (WEIGHTS.get(f.text("weight"), 3), f.number)
    )
    kind = review.definition.records.get(FACTOR)
    field = kind.fields.get("head") if kind else None
    offered = heads_of(field.options if field else ())
    named = {head.name for head in offered}
    # a head that a local file no longer offers is kept with what was written under it
    strays = dict.fromkeys(rec.text("head") or "no head" for rec in recs if rec.text("head") not in named)
    heads = (*offered, *(Head(name, LEVELS[-1], "") for name in strays))
    of_head = {head.name: tuple(r for r in recs if (r.text("head") or "no head") == head.name) for head in heads}
    return tuple(
        Level(name, tuple(HeadFactors(head, of_head[head.name]) for head in heads if head.level == name))
        for name in LEVELS
        if any(head.level == name for head in heads)
    )


def _pointed(review: Review, rec: Rec) -> Iterator[Rec]:
    """The records one points to, whichever kinds its definition says, without the episode itself."""
    kind = review.definition.records.get(rec.kind)
    for field in kind.fields.values() if kind else ():
        if field.type == "record" and field.of != EPISODE:
            found = review.one(field.of, rec.link(field.name))
            if found is not None:
                yield found


def _pointing(review: Review, rec: Rec) -> Iterator[Rec]:
    """Every record that points to an episode, by whichever field its definition has for it."""
    for kind in review.definition.records.values():
        links = [f.name for f in kind.fields.values() if f.type == "record" and f.of == EPISODE]
        for name in links:
            yield from review.pointing(kind.name, name, rec.number)


def _findings(review: Review, rec: Rec) -> Iterator[Rec]:
    """Findings that rest on an episode: those that name it, and those that a record between the two names."""
    found: dict[int, Rec] = {}
    for one in _pointing(review, rec):
        for finding in (one,) if one.kind == FINDING else _pointed(review, one):
            if finding.kind == FINDING:
                found.setdefault(finding.number, finding)
    yield from (found[number] for number in sorted(found))


def _other(review: Review, rec: Rec) -> Iterator[Rec]:
    for one in _pointing(review, rec):
        if one.kind not in OWN_KINDS and not any(found.kind == FINDING for found in _pointed(review, one)):
            yield one


def _knew(review: Review, rec: Rec) -> Iterator[Knew]:
    """For everybody: the facts known to them by the last day of the episode, and their views from its days."""
    last, first = ended(rec), begun(rec)
    if last is None or first is None:
        return
    voices = Voices(review)
    known, views = knowings(review, voices), all_views(review, voices)
    for whose in voices.all:
        mine = known.get(whose.key, {}).values()
        facts = tuple(one.fact for one in mine if one.since is not None and one.since <= last)
        looked = tuple(
            view.rec
            for view in views
            if view.whose.key == whose.key and view.since and view.since <= last and _still(review, view.rec, first)
        )
        if facts or looked:
            yield Knew(whose, facts, looked)


def _still(review: Review, view: Rec, first: date) -> bool:
    """Whether the part of the story that a view is of had not ended before the episode began."""
    part = review.one("narrative-segment", view.link("segment"))
    until = part.day("date_to") if part else None
    return until is None or until >= first


# ---- what it still asks ------------------------------------------------------------------------------------------
def _open(rec: Rec, factors: list[Rec], levels: tuple[Level, ...], late: str, evidence: int) -> Iterator[Open]:
    yield from incomplete(rec)
    if late:
        yield Open(late, "standard")
    if rec.text("judgement") and not rec.text("standard"):
        yield Open("By which guidance or evidence of that day is the practice looked at?", "standard")
    if rec.text("local_rationality") and not rec.many("rationality_from"):
        yield Open("Who told us how it made sense to them? Best heard from those who were there.", "rationality_from")
    yield from _of_factors(factors, levels)
    sources = len(rec.many("sources")) + evidence
    if sources < 2:
        known = "no source is named" if not sources else "one source alone"
        yield Open(f"Where is it known from ({known})? If there is no other, say so.", "sources")
    if begun(rec) is None:
        yield Open("When was it? Without a date it stands on no timeline and beside no tunnel.", "date_from")
    first, last = rec.day("date_from"), rec.day("date_to")
    if first and last and last < first:
        yield Open("It ends before it begins. Which of the two days is right?", "date_to")


def _of_factors(factors: list[Rec], levels: tuple[Level, ...]) -> Iterator[Open]:
    if not factors:
        yield Open("What surrounded the work and shaped it? No factor is written down yet.", FACTOR)
    elif all(one.text("head") == PERSONAL for one in factors):
        yield Open("Every factor is about people themselves. What surrounded them?", FACTOR)
    elif all(level.is_empty for level in levels[1:3]):
        yield Open("Nothing is named beyond the front line: what of the organisations, and the nation?", FACTOR)
