"""Days as a paper for publication says them: to the month, because an exact day may point to somebody."""

from __future__ import annotations

from datetime import date

from casereview.reports.document import long_date


def month(day: date | None) -> str:
    """Such as “March 2024”; "" without a day."""
    return long_date(day).split(" ", 1)[1] if day else ""


def months(first: date | None, last: date | None) -> str:
    """Such as “March 2024 to June 2024”."""
    begin, end = month(first or last), month(last or first)
    return begin if begin == end else f"{begin} to {end}"


def place(day: date, *, end: bool = False) -> float:
    """Where a month begins (or ends) on an axis counted in months: the picture tells no more than the words."""
    return day.year * 12 + day.month - (0 if end else 1)
