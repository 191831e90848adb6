"""Looking through a finished paper for whoever could be known from it: its own text, not only what it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casereview.method.scan import Passage
from casereview.reports.document import (
    Answer,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    Items,
    Line,
    NewPage,
    Note,
    Pairs,
    Paragraph,
    Spans,
    Table,
    Words,
)
from casereview.service import identities
from casereview.service.desk import Desk
from casereview.service.scanning import Find, look


@dataclass(frozen=True, slots=True)
class Seen:
    """Where something of the identity key stands in a paper; never what it is.

    texts, key   pieces looked through, and entries of the key that were looked for
    """

    places: tuple[str, ...]
    texts: int
    key: int


def in_finished(desk: Desk, ref: str, document: Document) -> Seen | None:
    """None for whoever may not look for the people of the identity key. The reading of the key is written down."""
    live = desk.live
    if not identities.standing_to_key(live, ref):
        return None
    texts = list(texts_of(document))
    found = look(live, ref, texts)
    places = {text.place for text in texts}
    settled = [find for find in found.finds if find.answered is not None]
    kept = {passage.place: passage.text for passage in texts}
    mine = [find for find in found.finds if find.hit.place in places and find.open]
    left = [one for one in mine if not any(_same(one, other, kept[one.hit.place]) for other in settled)]
    return Seen(tuple(dict.fromkeys(one.hit.place for one in left)), len(texts), found.key)


def _same(find: Find, settled: Find, text: str) -> bool:
    """Somebody said of the same words in the record they come from that they are nobody's."""
    same = find.hit.found == settled.hit.found and find.hit.kind == settled.hit.kind
    around, said = " ".join(settled.hit.around.split()), " ".join(text.split())
    return same and (around in said or said in around)


def texts_of(document: Document) -> Iterator[Passage]:
    """Every text of a document with its place: the part it stands in, and which piece of it."""
    yield Passage("the title", f"{document.title}\n{document.subtitle}")
    part, at = "the title page", 0
    for block in document.blocks:
        if isinstance(block, Heading):
            part, at = block.text.partition(":")[0], 0  # what follows may be a title that people wrote
        for text in _of_block(block):
            at += 1
            if text.strip():
                yield Passage(f"{part}, text {at}", text)


def _of_block(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Line():
            yield block.text
        case Paragraph():
            yield f"{block.lead} {block.text}".strip()
        case Items():
            yield from block.items
        case Table():
            yield from _of_table(block)
        case Pairs():
            yield from (said for _, said in block.pairs)
        case Note():
            yield block.text
        case Words():
            yield from (block.text, block.by)
        case Answer():
            yield block.question
        case Chart():
            yield from (block.title, block.tells, *block.labels, *(note for _, note in block.notes))
        case Figure():
            yield from (block.title, block.tells)
            if isinstance(block.drawn, Spans):
                yield from (span.label for span in block.drawn.spans)
            yield from _of_table(block.numbers)
        case NewPage():
            pass


def _of_table(table: Table) -> Iterator[str]:
    yield table.caption
    for row in table.rows:
        yield from row
