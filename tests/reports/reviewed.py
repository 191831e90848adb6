"""Reviews for tests of their papers: with a record of every kind, whole and decided on, or very long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casereview import commands as cmd
from casereview.method.counts import Counts
from casereview.method.lists import shipped
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
    Table,
    Words,
)
from casereview.reports.review.told import Told, public_only
from casereview.service import scanning
from casereview.testing import FixedClock, MemoryStore
from tests.method.reviews import DAY as MADE_ON
from tests.method.reviews import review_of
from tests.records.keeping import DAY, Review


def review(words: Callable[[str], str] = lambda kind: f"said in {kind}", flow: str = "learning-together") -> Review:
    """One record of every kind, with the words a test chooses."""
    made = Review(MemoryStore(practice=True, clock=FixedClock(DAY)), flow)
    return made.fill(lambda kind: "" if kind == "identity" else words(kind))  # the key holds names and nothing else


def whole(words: Callable[[str], str] = lambda kind: f"said in {kind}", *, document: str = "report") -> Review:
    """Everything there that a final paper asks for: decided on, agreed, looked through with nobody found."""
    made = review(words)
    made.do("lex", cmd.CorrectRecord(made.number["finding"], "agreed", {"state": "agreed"}))
    values = {"document": document, "decision": "publish", "why": "to be learned from", "decided_on": DAY.isoformat()}
    made.do("cho", cmd.AddRecord("publication-decision", values))
    scanning.keep(made.desk("lex"), made.ref)
    return made


def texts(document: Document) -> list[str]:
    """Every text of a document, read block by block; not the way the papers look through themselves."""
    found = [document.title, document.subtitle, document.author, document.running, document.foot, document.marking]
    found += [part for pair in document.facts for part in pair]
    for block in document.blocks:
        found += _of(block)
    return found


def _of(block: Block) -> list[str]:
    match block:
        case Paragraph(text, lead):
            return [text, lead]
        case Heading(text) | Note(text) | Line(text) | Answer(text):
            return [text]
        case Items(items):
            return list(items)
        case Pairs(pairs):
            return [part for pair in pairs for part in pair]
        case Table():
            return [block.caption, *(c.title for c in block.columns), *(cell for row in block.rows for cell in row)]
        case Figure():
            return [block.title, block.tells, repr(block.drawn), *_of(block.numbers)]
        case Words(text, by):
            return [text, by]
        case Chart():
            return [block.title, block.tells, *block.labels]
        case NewPage():
            return []


def told(*records: tuple[str, dict[str, Any]], final: bool = False, counts: Counts | None = None) -> Told:
    """What papers are told from, of rows without a store."""
    return Told(public_only(review_of(*records)), counts or Counts(), shipped(), final, MADE_ON)


SENTENCE = "A sentence of ordinary length about how the work was done that day. "


def long_review(count: int, words: str = SENTENCE) -> Told:
    """So many episodes and findings, each with its factors and evidence."""
    records: list[tuple[str, dict[str, Any]]] = [("scope", {"why_this_case": words, "questions": ["Why?"]})]
    for at in range(count):
        number = len(records) + 2
        day = f"20{10 + at % 10}-{1 + at % 12:02}-01"
        records.append(("key-practice-episode", {
            "title": f"Episode {at}", "date_from": day, "date_to": day, "description": words * 3, "why_key": words,
            "judgement": "good", "appraisal": words, "local_rationality": words * 2,
        }))  # fmt: skip
        for head in ("own team", "wider political context", "personal aspects"):
            records.append(("contributory-factor", {
                "episode": number, "head": head, "factor": words, "effect": "hinders", "weight": "some"}))  # fmt: skip
        finding = len(records) + 2
        records.append(("finding", {
            "statement": words, "category": "tools", "manifested_in_case": words * 2, "how_usual": words,
            "underlying_not_specific": words * 2, "geographic_spread": "this area", "implications": words,
            "summary": words, "questions": ["What then?"], "effect": "hinders", "level": "national",
            "strength": "finding", "state": "agreed", "episode": number,
        }))  # fmt: skip
        records.append(("prevalence-evidence", {"finding": finding, "kind": "audit", "shows": words}))
    return told(*records)
