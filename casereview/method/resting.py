"""What a finding rests on: the episodes, conversations, records and agencies, and whether it is one alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casereview.method.lists import plain
from casereview.method.review import Rec, Review

RESTS = "finding-source"
EPISODE, FACTOR, KNOWN = "key-practice-episode", "contributory-factor", "episode-evidence"
CONVERSATION, DOCUMENT = "conversation", "document"
KINDS = (RESTS, EPISODE, FACTOR, KNOWN, CONVERSATION, DOCUMENT, "prevalence-evidence")


@dataclass(frozen=True, slots=True)
class Rests:
    """agencies: each once, as first written. sources: each place it is known from, once, in words.

    unseen: something it could rest on is kept from this reader, so that nobody can say from here that it is one alone
    """

    episodes: tuple[Rec, ...]
    conversations: tuple[Rec, ...]
    documents: tuple[Rec, ...]
    trail: tuple[Rec, ...]  # what was written down as its sources
    agencies: tuple[str, ...]
    sources: tuple[str, ...]
    unseen: bool = False

    @property
    def one_agency(self) -> bool:
        return len(self.agencies) == 1 and not self.unseen

    @property
    def one_source(self) -> bool:
        return len(self.sources) <= 1 and not self.unseen


def rests_on(review: Review, finding: Rec) -> Rests:
    """By the links written down: to episodes, and from there to what they are known from; and the trail of its own."""
    trail = review.pointing(RESTS, "finding", finding.number)
    episodes = _records(review, EPISODE, _linked("episode", (finding, *trail)), finding)
    known = [*trail, *(one for e in episodes for one in review.pointing(KNOWN, "episode", e.number))]
    conversations = _records(review, CONVERSATION, _linked(CONVERSATION, known))
    documents = _records(review, DOCUMENT, _linked(DOCUMENT, known))
    factors = [factor for one in episodes for factor in review.pointing(FACTOR, "episode", one.number)]
    return Rests(
        episodes, conversations, documents, trail,
        _once(_agencies(review, trail, episodes, conversations, documents)),
        _once(_sources(review, finding, trail, episodes, factors, conversations, documents)),
        any(review.withheld.get(kind) for kind in KINDS),
    )  # fmt: skip


def _linked(name: str, recs: Iterable[Rec]) -> Iterator[int]:
    """The records of one kind that a field called after it points to."""
    for rec in recs:
        number = rec.link(name)
        if number is not None:
            yield number


def _records(review: Review, kind: str, numbers: Iterable[int], finding: Rec | None = None) -> tuple[Rec, ...]:
    found = {number: rec for number in numbers if (rec := review.one(kind, number))}
    if finding is not None:  # a local file may let the episode name its finding
        found |= {rec.number: rec for rec in review.pointing(kind, "finding", finding.number)}
    return tuple(found.values())


def _agencies(
    review: Review, trail: Iterable[Rec], episodes: Iterable[Rec], conversations: Iterable[Rec],
    documents: Iterable[Rec],
) -> Iterator[str]:  # fmt: skip
    for rec in episodes:
        yield from rec.many("agencies")
    for rec in conversations:
        spoke = review.one("participant", rec.link("participant"))
        yield spoke.text("agency") if spoke else ""
    for rec in (*documents, *trail):
        yield rec.text("agency")


def _sources(
    review: Review, finding: Rec, trail: Iterable[Rec], episodes: Iterable[Rec], factors: Iterable[Rec],
    conversations: Iterable[Rec], documents: Iterable[Rec],
) -> Iterator[str]:  # fmt: skip
    for rec in conversations:
        spoke = review.one("participant", rec.link("participant"))
        yield spoke.text("pseudonym") if spoke else f"conversation {rec.number}"
    for rec in documents:
        yield f"{rec.text('kind')}, {rec.text('agency')}"
    for rec in trail:
        yield "" if rec.link(CONVERSATION) or rec.link(DOCUMENT) else rec.text("source")
    for rec in episodes:
        yield from rec.many("sources")
    for rec in factors:
        yield rec.text("source")
    for rec in review.pointing("prevalence-evidence", "finding", finding.number):
        yield rec.text("kind")


def _once(words: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for word in words:
        if word.strip():
            found.setdefault(plain(word), word)  # as it was first written
    return tuple(found.values())
