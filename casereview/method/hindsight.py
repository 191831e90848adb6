"""Words that look back: where they stand, and the kinder question each is offered. Nothing here changes a word."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from casereview.method.lists import Lists, plain
from casereview.method.review import Rec, Review

AROUND = 200  # characters either side of a hit within which its sentence is looked for
SHOWN = 60  # characters of a sentence either side of a hit, as it is shown
_ENDS = re.compile("[.!?\n][\"\u201d\u2019)]*")
_QUOTED = re.compile("\u201c[^\u201d]{0,4000}\u201d|\"[^\"\n]{0,4000}\"")


@dataclass(frozen=True, slots=True)
class Hit:
    """One word or phrase in a text.

    words    as they stand there · sentence: the sentence around them, shortened · term: as the list has them
    quoted   they stand between quotation marks: likely somebody's own words
    """

    term: str
    words: str
    asks: str
    start: int
    sentence: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Looking:
    """All hits of one term in one field of one record."""

    rec: Rec
    field: str
    term: str
    hits: tuple[Hit, ...]


def hits(text: str, lists: Lists) -> tuple[Hit, ...]:
    """Every word of the lists in a text, in its order. The work grows with the length of the text only."""
    found = list(lists.looks_back.finditer(text))
    if not found:
        return ()
    quoted = list(_QUOTED.finditer(text))
    place = 0
    result = []
    for match in found:
        while place < len(quoted) and quoted[place].end() <= match.start():
            place += 1
        inside = place < len(quoted) and quoted[place].start() < match.start()
        term = plain(match[0])
        sentence = _sentence(text, match.start(), match.end())
        result.append(Hit(term, match[0], lists.terms.get(term, ""), match.start(), sentence, inside))
    return tuple(result)


def _sentence(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    begins = [match.end() for match in _ENDS.finditer(before)]
    ends = _ENDS.search(after)
    whole = before[begins[-1] if begins else 0 :] + text[start:end] + after[: ends.end() if ends else None]
    return " ".join(whole.split())


def shortened(hit: Hit) -> str:
    """The sentence around a hit, cut so that the words stay in sight."""
    at = hit.sentence.casefold().find(" ".join(hit.words.split()).casefold())
    left, right = max(0, at - SHOWN), at + len(hit.words) + SHOWN
    return ("… " if left else "") + hit.sentence[left:right].strip() + (" …" if right < len(hit.sentence) else "")


def looking_back(review: Review, lists: Lists) -> Iterator[Looking]:
    """Every text about practice in which such words stand, term by term."""
    for kind in lists.texts:
        for rec in review.of(kind):
            yield from _in_record(review, rec, lists)


def _in_record(review: Review, rec: Rec, lists: Lists) -> Iterator[Looking]:
    kind = review.definition.records.get(rec.kind)
    for name, field in (kind.fields if kind else {}).items():
        if field.type not in ("line", "lines", "long") or not lists.about_practice(rec.kind, name):
            continue
        by_term: dict[str, list[Hit]] = {}
        for hit in hits(rec.text(name), lists):
            by_term.setdefault(hit.term, []).append(hit)
        for term, found in by_term.items():
            yield Looking(rec, name, term, tuple(found))


def slug(term: str) -> str:
    """A term as a part of a prompt's name, which people type on a command line."""
    return re.sub(r"\W+", "-", term).strip("-")


def mark_of(*words: str) -> str:
    """A short mark of the words a prompt is about: when they change, so does it."""
    return hashlib.sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:12]
