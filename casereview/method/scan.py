"""Looking through texts, before they are published, for whoever could be known from them.

What the identity key protects is found in any case, accent, hyphenation, possessive or line break, and holds
publication back. Whatever else may point to somebody (an exact date, a school, a street, a rare condition) is listed
for a person to look at, and holds nothing back. `BLIND` says what no scan of words can see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from casereview.method.dates_said import Said, dates_in, vaguer
from casereview.method.folded import BREAK, HYPHEN, QUOTE, WORD, Folded, fold, words
from casereview.method.kinds import ProtectedKind as ProtectedKind
from casereview.method.pointers import ORDINARY, POINTERS, without_generic
from casereview.text import parse_date

Weight = Literal["protected", "close", "pointer"]

BLIND = (
    "nicknames, initials and descriptions that are not in the identity key",
    "pictures, and words in pictures",
    "spellings further from a name than one letter",
    "what can be joined up from the press or the web with facts that are harmless on their own",
    "names of people who are not in the identity key",
)
"""What this scan does not see, in words for whoever signs that nobody can be known."""
EXCERPT = 30  # characters shown on each side of a hit
SHORTEST = 2  # letters of a name, or of a part of it, that is looked for on its own
CLOSE_FROM = 5  # letters a word has before one that differs in a single letter is worth a look
BREAKS_FROM = 4  # letters a name has before it is looked for across the ends of lines


@dataclass(frozen=True, slots=True)
class Protected:
    """Somebody or something that must not be in what is published.

    text      as the identity key has it; a date of birth or a date in any way dates are typed
    stands_for  what may be written instead, such as "Child E"
    """

    kind: ProtectedKind
    text: str
    stands_for: str = ""
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of what is to be published, and where it stands, such as "finding 31, statement"."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `start` and `end` are places in the passage's text.

    weight  protected: on the identity key, holds publication back; close: one letter from it; pointer: may point
            to somebody, to be looked at
    """

    place: str
    start: int
    end: int
    found: str
    kind: str
    weight: Weight
    says: str
    offer: str
    around: str

    @property
    def blocks(self) -> bool:
        return self.weight == "protected"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One spelling of one protected thing, as it is looked for."""

    of: Protected
    tokens: tuple[str, ...]
    whole: bool  # the whole of it, or only a part

    @property
    def letters(self) -> str:
        return "".join(self.tokens)


def scan(passages: Iterable[Passage], protected: Sequence[Protected]) -> tuple[Hit, ...]:
    """Every hit, in the order of the passages and of their text; of hits that overlap, the weightiest and longest."""
    wanted = list(dict.fromkeys(one for thing in protected for one in _spellings(thing)))
    near = {t: one.of for one in wanted if one.of.kind == "name" for t in one.tokens if len(t) >= CLOSE_FROM}
    days = {day: thing for thing in protected if (day := _day_of(thing)) is not None}
    found: list[Hit] = []
    for passage in passages:
        folded = fold(passage.text)
        hits = [*_names(passage, folded, wanted), *_close(passage, folded, near)]
        hits += [*_dates(passage, days), *_pointers(passage)]
        found += _apart(hits)
    return tuple(found)


# ---- what is looked for ----------------------------------------------------------------------------------------
def _spellings(thing: Protected) -> Iterator[_Wanted]:
    if thing.kind in ("date of birth", "date") and _day_of(thing) is not None:
        return
    for text in (thing.text, *thing.variants):
        tokens = words(text)
        if len("".join(tokens)) < SHORTEST:
            continue
        yield _Wanted(thing, tokens, True)
        umlauts = words(text.translate(_UMLAUTS))
        if umlauts != tokens:
            yield _Wanted(thing, umlauts, True)
        yield from _parts(thing, tokens)


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa"})


def _parts(thing: Protected, tokens: tuple[str, ...]) -> Iterator[_Wanted]:
    """Each part of a name on its own; what is left of a school or a street without the words all of them have."""
    if thing.kind == "name":
        yield from (_Wanted(thing, (one,), False) for one in tokens if len(one) >= SHORTEST and len(tokens) > 1)
    elif thing.kind in ("address", "school", "practice"):
        own = without_generic(tokens)
        if own != tokens and len("".join(own)) >= CLOSE_FROM:
            yield _Wanted(thing, own, False)


def _day_of(thing: Protected) -> date | None:
    if thing.kind not in ("date of birth", "date"):
        return None
    said = next(dates_in(thing.text), None)
    try:
        return said.day if said else parse_date(thing.text, "date")
    except ValueError:
        return None


# ---- names -----------------------------------------------------------------------------------------------------
def _names(passage: Passage, folded: Folded, wanted: Iterable[_Wanted]) -> Iterator[Hit]:
    for one in wanted:
        letters, start = one.letters, -1
        while (start := folded.letters.find(letters, start + 1)) >= 0:
            end = start + len(letters)
            if not (folded.starts_word(start) and _ends(folded, end, len(letters))):
                continue
            if not _in_one(folded, start, one.tokens):
                continue
            if _ordinary(folded, start, end, one):
                continue
            says = f"{'the' if one.whole else 'part of a'} protected {one.of.kind}"
            yield _hit(passage, folded, start, end, one.of.kind, "protected", says, one.of.stands_for)


def _ends(folded: Folded, end: int, length: int) -> bool:
    """At the end of a word, or before the s of a possessive or a plural."""
    if folded.ends_word(end):
        return True
    if length <= SHORTEST:
        return False  # "has" is no plural of Ha
    return folded.letters[end] == "s" and folded.ends_word(end + 1)


def _in_one(folded: Folded, start: int, tokens: tuple[str, ...]) -> bool:
    """Whether what stands between the letters leaves it readable as this name."""
    long = sum(map(len, tokens)) >= BREAKS_FROM
    begins, place = set(), start
    for token in tokens:
        begins.add(place)
        place += len(token)
    inside = [folded.before[at] for at in range(start + 1, place)]
    if all(inside) and len(inside) > 1:
        return True  # spelt out letter by letter
    allowed = {"", HYPHEN, QUOTE, *([BREAK] if long else [])}
    return all(between in allowed or start + n in begins for n, between in enumerate(inside, 1))


def _ordinary(folded: Folded, start: int, end: int, one: _Wanted) -> bool:
    """A part of a name that is an everyday word, such as will or may, counts only where it is written as a name."""
    if one.whole and len(one.tokens) > 1:
        return False
    written = folded.spoken(start, end)
    return one.letters in ORDINARY and written == written.lower()


# ---- one letter away -------------------------------------------------------------------------------------------
def _close(passage: Passage, folded: Folded, targets: Mapping[str, Protected]) -> Iterator[Hit]:
    """Words with a capital that differ in one letter from one of `targets`, the folded words of protected names."""
    if not targets:
        return
    lengths = {n for target in targets for n in (len(target) - 1, len(target), len(target) + 1)}
    for start, end in _words(folded):
        if end - start not in lengths or not passage.text[folded.at[start]].isupper():
            continue
        word = folded.letters[start:end]
        near = next((t for t in targets if _one_apart(word, t)), None)
        if near is not None and word not in targets:
            says = "one letter from a protected name: is it theirs?"
            yield _hit(passage, folded, start, end, "name", "close", says, targets[near].stands_for)


def _words(folded: Folded) -> Iterator[tuple[int, int]]:
    edges = [n for n in range(len(folded.letters)) if n == 0 or folded.before[n] in (WORD, BREAK)]
    yield from pairwise([*edges, len(folded.letters)]) if edges else ()


def _one_apart(word: str, name: str) -> bool:
    """Whether one letter more, less, other, or two changed places make one the other."""
    if word == name or abs(len(word) - len(name)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    rest, other = word[start:], name[start:]
    swapped = len(rest) > 1 and len(other) > 1 and rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]


# ---- dates and pointers ----------------------------------------------------------------------------------------
def _dates(passage: Passage, days: dict[date, Protected]) -> Iterator[Hit]:
    for said in dates_in(passage.text):
        thing = days.get(said.day) or days.get(_turned(said) or said.day)
        if thing is not None:
            yield _at(passage, said.start, said.end, thing.kind, "protected", f"a protected {thing.kind}",
                      thing.stands_for or vaguer(said.day))  # fmt: skip
        else:
            says = "an exact date: with other facts it may point to somebody"
            yield _at(passage, said.start, said.end, "exact date", "pointer", says, vaguer(said.day))


def _turned(said: Said) -> date | None:
    """The same figures read month first, as some systems write them."""
    try:
        return said.day.replace(month=said.day.day, day=said.day.month)
    except ValueError:
        return None


def _pointers(passage: Passage) -> Iterator[Hit]:
    for pointer in POINTERS:
        for match in pointer.form.finditer(passage.text):
            yield _at(passage, *match.span(), pointer.kind, "pointer", pointer.says, pointer.offer)


# ---- hits ------------------------------------------------------------------------------------------------------
def _hit(
    passage: Passage, folded: Folded, start: int, end: int, kind: str, weight: Weight, says: str, offer: str
) -> Hit:
    return _at(passage, folded.at[start], folded.at[end - 1] + 1, kind, weight, says, offer)


def _at(passage: Passage, start: int, end: int, kind: str, weight: Weight, says: str, offer: str) -> Hit:
    text = passage.text
    around = " ".join(text[_whole_word(text, start - EXCERPT, -1) : _whole_word(text, end + EXCERPT, 1)].split())
    return Hit(passage.place, start, end, text[start:end], kind, weight, says, offer, around)


def _whole_word(text: str, at: int, way: Literal[-1, 1]) -> int:
    """The end of the word a place falls into, looked for within one more stretch of the same length."""
    at = min(max(at, 0), len(text))
    for place in range(at, at + way * EXCERPT, way):
        if not 0 < place < len(text) or text[place if way == 1 else place - 1].isspace():
            return min(max(place, 0), len(text))
    return at


def _apart(hits: list[Hit]) -> list[Hit]:
    """Of hits over the same letters, the weightiest and then the longest."""
    rank = {"protected": 0, "close": 1, "pointer": 2}
    kept: list[Hit] = []
    taken = bytearray(max((hit.end for hit in hits), default=0))
    for hit in sorted(hits, key=lambda h: (rank[h.weight], h.start - h.end, h.start)):
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)
