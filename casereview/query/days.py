"""Days as a query writes them: 2026-01-05, a month or a year, today, or so many days from today."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from casereview.errors import CaseReviewError
from casereview.text import EARLIEST, LATEST, parse_date

MAY_BE = "a day (2026-01-05), a month (2026-01), a year (2026), today, or days from today (7d, -2w)"
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_YEAR = re.compile(r"[0-9]{4}")
_FROM_TODAY = re.compile(r"([+-]?)([0-9]{1,4})([dwm])")
_NAMED = ("today", "yesterday", "tomorrow")
_UNITS = {"d": 1, "w": 7, "m": 30}


def spelt(written: str) -> str:
    """A day in its one spelling. Raises CaseReviewError when it is none."""
    word = written.casefold()
    if word in _NAMED:
        return word
    if found := _FROM_TODAY.fullmatch(word):
        sign, number, unit = found.groups()
        return f"{'-' if sign == '-' and int(number) else ''}{int(number)}{unit}"
    if found := _MONTH.fullmatch(word):
        year, month = int(found[1]), int(found[2])
        if not (1 <= month <= 12 and EARLIEST.year <= year <= LATEST.year):
            raise CaseReviewError(f"there is no month {written!r}")
        return f"{year:04}-{month:02}"
    if _YEAR.fullmatch(word):
        if not EARLIEST.year <= int(word) <= LATEST.year:
            raise CaseReviewError(f"{written} is outside {EARLIEST.year} to {LATEST.year}")
        return word
    return parse_date(written, "a day").isoformat()


def first_and_last(spelling: str, today: date) -> tuple[date, date]:
    """The first and last day a spelling covers; `m` is thirty days."""
    if spelling in _NAMED:
        day = today + timedelta(days=_NAMED.index(spelling) and (-1 if spelling == "yesterday" else 1))
        return day, day
    if found := _FROM_TODAY.fullmatch(spelling):
        sign, number, unit = found.groups()
        day = _moved(today, int(f"{sign}{number}") * _UNITS[unit])
        return day, day
    if found := _MONTH.fullmatch(spelling):
        year, month = int(found[1]), int(found[2])
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if _YEAR.fullmatch(spelling):
        return date(int(spelling), 1, 1), date(int(spelling), 12, 31)
    day = date.fromisoformat(spelling)
    return day, day


def _moved(day: date, by: int) -> date:
    """As far as the calendar goes."""
    try:
        return day + timedelta(days=by)
    except OverflowError:
        return date.max if by > 0 else date.min
