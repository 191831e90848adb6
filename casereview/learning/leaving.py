"""What in a learning pack could say about whom it is: looked for in every text, before it leaves."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from casereview.learning.pack import Place, put, texts
from casereview.learning.pack_check import plain_words
from casereview.method.dates_said import MONTHS, dates_in, vaguer
from casereview.method.scan import Passage, Protected, scan

Why = Literal["name", "date", "reference", "form", "look"]
_REFERENCE = re.compile(r"\b[a-z]{1,6}\s?[-‐-―]\s?(?:19|20)\d\d\s?[-‐-―]\s?[0-9a-z]{4,}\b", re.IGNORECASE)
_NAMES = "|".join(f"{m}|{m[:3]}" for m in MONTHS)
_MONTH = re.compile(rf"\b({_NAMES})\.?[\s,]{{1,3}}(?:of\s)?((?:19|20)\d\d)\b", re.IGNORECASE)
_DAY = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?(?:{_NAMES})\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<![\d/])(0?[1-9]|1[0-2])\s?/\s?((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class Find:
    """Something found. `blocks`: the pack is not written while it is there; the others are for a person to look at.

    offer    what could be written instead; for dates it can be put in by itself
    """

    place: str
    finding: str
    why: Why
    found: str
    says: str
    offer: str
    around: str

    @property
    def blocks(self) -> bool:
        return self.why != "look"


def look_through(
    pack: Mapping[str, Any], protected: Sequence[Protected], named: Mapping[str, str] | None = None
) -> tuple[Find, ...]:
    """Everything found in every text of a pack. `named`: id of a finding in it -> REF#number here."""
    places = texts(pack, named)
    found = [find for place in places for find in (*_form(place), *_references(place), *_dates(place))]
    by_place = {place.says: place for place in places}
    for hit in scan((Passage(place.says, place.text) for place in places), protected):
        if hit.kind == "exact date" or (not hit.blocks and by_place[hit.place].path[0] == "board"):
            continue  # said by _dates already; and a board is meant to be reached
        why: Why = "name" if hit.blocks else "look"
        at = by_place[hit.place]
        found.append(Find(hit.place, at.finding, why, hit.found, hit.says, hit.offer, hit.around))
    return tuple(sorted(found, key=lambda one: (not one.blocks, [p.says for p in places].index(one.place))))


def _form(place: Place) -> Iterator[Find]:
    wrong = plain_words(place.text)
    if wrong:
        yield Find(place.says, place.finding, "form", "", wrong, "", "")


def _references(place: Place) -> Iterator[Find]:
    for match in _REFERENCE.finditer(place.text):
        says = "looks like the reference of a case"
        yield _find(place, match.span(), "reference", says, "one review")


def _dates(place: Place) -> Iterator[Find]:
    for start, end, offer in _too_fine(place.text):
        yield _find(place, (start, end), "date", "is finer than a quarter of a year", offer)


def _too_fine(text: str) -> list[tuple[int, int, str]]:
    """Days and months, with a vaguer way to say each; from the left, none within another."""
    found = [(said.start, said.end, vaguer(said.day)) for said in dates_in(text)]
    for match in _MONTH.finditer(text):
        month = next(n for n, name in enumerate(MONTHS, 1) if name.startswith(match[1].casefold()))
        found.append((*match.span(), _third(month, match[2])))
    found += [(*match.span(), _third(int(match[1]), match[2])) for match in _NUMBERED.finditer(text)]
    found += [(*match.span(), "one day") for match in _DAY.finditer(text)]
    kept: list[tuple[int, int, str]] = []
    for one in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or one[0] >= kept[-1][1]:
            kept.append(one)
    return kept


def _third(month: int, year: str) -> str:
    return f"{('early', 'the middle of', 'late')[(month - 1) // 4]} {year}"


def _find(place: Place, span: tuple[int, int], why: Why, says: str, offer: str) -> Find:
    start, end = span
    around = " ".join(place.text[max(start - 30, 0) : end + 30].split())
    return Find(place.says, place.finding, why, place.text[start:end], says, offer, around)


def with_vaguer_dates(pack: Mapping[str, Any]) -> dict[str, Any]:
    """The same pack, every day and month in its texts said in the vaguer way; the hash is to be made again."""
    made = copy.deepcopy(dict(pack))
    for place in texts(made):
        text = place.text
        for start, end, offer in reversed(_too_fine(text)):
            text = text[:start] + offer + text[end:]
        if text != place.text:
            put(made, place.path, text)
    return made
