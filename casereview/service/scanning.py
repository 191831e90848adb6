"""Looking through what a review would publish for whoever could be known from it, and keeping that it was done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casereview.case import Case, Look
from casereview.commands import AnswerFind, KeepScan
from casereview.errors import CaseReviewError, Conflict, NotFound
from casereview.method.lines import counted
from casereview.method.review import Rec, Review
from casereview.method.scan import Hit, Passage, Protected, scan
from casereview.service.desk import Desk, Done
from casereview.service.review import review_in
from workflows.definition import RecordKind

WORDS = ("line", "lines", "long")
"""Types of fields that hold what somebody wrote."""


@dataclass(frozen=True, slots=True)
class Find:
    """A hit with a name of its own, the record it stands in, and who said that it is nobody's."""

    id: str
    hit: Hit
    record: int | None
    answered: Look | None = None

    @property
    def open(self) -> bool:
        """Holds publication back."""
        return self.hit.blocks and self.answered is None


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look through the texts found. Nothing is kept by looking.

    key      entries of the identity key that were looked for; texts: pieces of text looked through
    sought   those entries, never to be shown
    current  a look that was kept is newer than every change to the texts
    """

    case: Case
    finds: tuple[Find, ...]
    key: int
    texts: int
    digest: str
    current: bool
    sought: tuple[Protected, ...] = field(repr=False, default=())

    @property
    def open(self) -> tuple[Find, ...]:
        return tuple(find for find in self.finds if find.open)

    def counted(self, weight: str) -> int:
        return sum(1 for find in self.finds if find.hit.weight == weight)


def passages(review: Review) -> Iterator[tuple[Passage, int | None]]:
    """Everything of a review that may be published, piece by piece, with the record it stands in; its title first."""
    yield Passage("title of the case", review.case.title), None
    for kind in review.definition.records.values():
        if kind.published:
            for rec in review.of(kind.name):
                yield from ((passage, rec.number) for passage in _of_record(kind, rec))


def _of_record(kind: RecordKind, rec: Rec) -> Iterator[Passage]:
    for one in kind.fields.values():
        place = f"{kind.title} {rec.number}, {one.name}"
        if one.type == "lines":  # each is a text of its own: what stands above it is another matter
            yield from (Passage(f"{place} {n}", line) for n, line in enumerate(rec.many(one.name), 1))
        elif one.type in WORDS and rec.text(one.name):
            yield Passage(place, rec.text(one.name))


def look(desk: Desk, ref: str, more: Sequence[Passage] = ()) -> Looked:
    """Looks through what would be published, and through `more` (a file, say). Nothing is kept of the looking.

    What is found of the identity key is read from it, and that reading is written down. Raises NotFound, and
    CaseReviewError for whoever may not read the identity key or not all that would be published.
    """
    from casereview.service import identities, record_reads

    if not identities.standing_to_key(desk, ref):
        raise record_reads.NotForYou(f"Looking for the identity key's people is for {identities.WHO}.", where=ref)
    with desk.reading() as work:
        case = desk.case(work, ref)
        review = review_in(desk, work, case)
        _whole(review)
        texts = [*passages(review), *((passage, None) for passage in more)]
        found = _looked(case, texts, identities.protected(desk, work, case))
    if found.counted("protected"):
        record_reads.note_other(desk, case.id, record_reads.IDENTITY, "looking through what would be published")
    return found


def _looked(case: Case, texts: Sequence[tuple[Passage, int | None]], key: Sequence[Protected]) -> Looked:
    whose = {passage.place: number for passage, number in texts}
    said = {passage.place: passage.text for passage, _ in texts}
    finds = []
    for hit in scan((passage for passage, _ in texts), key):
        name = _name(said[hit.place], hit)
        finds.append(Find(name, hit, whose[hit.place], case.finds_answered.get(name)))
    digest = _digest(passage for passage, _ in texts)
    current = case.scan is not None and case.scan.entry > case.worded
    return Looked(case, tuple(finds), len(key), len(texts), digest, current, tuple(key))


def _whole(review: Review) -> None:
    """Whoever may not read all that would be published cannot say that nobody is in it."""
    published = [kind for kind in review.definition.records.values() if kind.published]
    kinds = [kind.title for kind in published if review.withheld.get(kind.name)]
    if kinds:
        raise CaseReviewError(
            f"some of what would be published is not yours to read: {', '.join(kinds)}", where=review.case.ref,
            remedy="Ask a lead reviewer to look through it.",
        )  # fmt: skip


def _name(text: str, hit: Hit) -> str:
    """The same while the text it stands in is the same; says nothing of what was found."""
    said = f"{hit.place}\0{text}\0{hit.start}\0{hit.end}"
    return hashlib.sha256(said.encode()).hexdigest()[:10]


def _digest(texts: Iterable[Passage]) -> str:
    found = hashlib.sha256()
    for passage in texts:
        found.update(f"{passage.place}\0{passage.text}\0".encode())
    return found.hexdigest()


def keep(desk: Desk, ref: str) -> tuple[Looked, Done]:
    """Looks, and writes down that it was done and how much was found; never what.

    Raises Conflict where the case or its identity key changed meanwhile: then nothing is kept.
    """
    from casereview.service import identities

    found = look(desk, ref)
    command = KeepScan(
        found.texts, found.digest, found.key, len(found.open), found.counted("close"), found.counted("pointer")
    )
    with desk.writing() as work:
        if tuple(identities.protected(desk, work, found.case)) != found.sought:
            says = "the identity key changed while it was looked through"
            raise Conflict(says, where=found.case.ref, remedy="Look through it again.")
        return found, desk.do_in(work, ref, command, seen=found.case.number)


def answer(desk: Desk, ref: str, find: str, reason: str) -> Done:
    """Says why a find is not who the identity key means. Raises NotFound where there is no such find now."""
    found = look(desk, ref)
    if not any(one.id == find and one.hit.blocks for one in found.finds):
        raise NotFound(f"there is no find {find!r} that holds publication back", remedy=f"See: casereview scan {ref}")
    if any(hit.weight == "protected" for hit in scan([Passage("reason", reason)], found.sought)):
        raise CaseReviewError(
            "it says itself what the identity key protects, and all who know of the case can read it",
            where="the reason", remedy="Say why it is not who the key means, without the name.",
        )  # fmt: skip
    return desk.do(ref, AnswerFind(find, reason), seen=found.case.number)


def summary(found: Looked) -> str:
    """What a look came to, in one line."""
    if not found.key:
        key = "The identity key has nobody in it, so nobody is looked for by name"
    else:
        count = len(found.open)
        key = f"{count} find{'' if count == 1 else 's'} of the identity key hold{'s' if count == 1 else ''} it back"
        key = key if count else "Nothing of the identity key stands in it"
    before = found.case.scan.key if found.case.scan else 0
    if before > found.key:  # such as in a store that a bundle of the case came to without its key
        key += f" (the look before this one looked for {before} entries of the key, this one for {found.key})"
    others = sum(1 for one in found.finds if one.hit.weight != "protected")
    return f"{key}; {others} more to look at; {counted(found.texts, 'text')} looked through"
