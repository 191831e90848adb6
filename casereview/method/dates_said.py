"""Exact dates in a text, in the ways people in Britain write them, and a vaguer way to say each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_MONTH = "|".join(f"{m[:3]}(?:{m[3:]}|t)?\\.?" if m == "september" else f"{m[:3]}(?:{m[3:]})?\\.?" for m in MONTHS)
_GAP = r"[\s,]{0,4}"
_FORMS = (
    re.compile(r"(?<!\d)(?P<y>\d{4})\s?[-./–]\s?(?P<m>\d{1,2})\s?[-./–]\s?(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})\s?[-./–]\s?(?P<m>\d{1,2})\s?[-./–]\s?(?P<y>\d{4}|\d{2})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s{{0,3}}(?:day\s+)?(?:of\s+)?[\s-]?(?P<w>{_MONTH}){_GAP}[-']?"
        r"(?P<y>\d{4}|\d{2})(?!\d)", re.IGNORECASE),
    re.compile(rf"\b(?P<w>{_MONTH})\s{{1,3}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_GAP}(?P<y>\d{{4}})(?!\d)", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})(?!\d)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """A date as it stands in a text, from `start` to `end`."""

    day: date
    start: int
    end: int


def dates_in(text: str) -> Iterator[Said]:
    """Every exact date, each once, in the order they stand in.

    Day before month, as it is written in Britain, unless it can only be the other way round.
    """
    taken: list[tuple[int, int]] = []
    found = []
    plain = text.translate(_DIGITS)
    for form in _FORMS:
        for match in form.finditer(plain):
            day = _day(match)
            if day is not None and all(match.end() <= a or match.start() >= b for a, b in taken):
                taken.append(match.span())
                found.append(Said(day, *match.span()))
    yield from sorted(found, key=lambda said: said.start)


_DIGITS = {0xFF10 + n: str(n) for n in range(10)}


def _day(match: re.Match[str]) -> date | None:
    parts = match.groupdict()
    word = (parts.get("w") or "").lower()[:3]
    month = next((n for n, m in enumerate(MONTHS, 1) if m[:3] == word), 0) if word else int(parts["m"])
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 2000 if year < 70 else 1900
    day = int(parts["d"])
    if month > 12 >= day:
        month, day = day, month  # month first: it can be read in no other way
    try:
        return date(year, month, day)
    except ValueError:
        return None


def vaguer(day: date) -> str:
    """The third of a year a day is in, such as "early 2014": a child is hard to find by it."""
    return f"{('early', 'the middle of', 'late')[(day.month - 1) // 4]} {day.year}"
