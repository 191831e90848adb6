"""Working days: which days count for a case, when a length of time ends, and why, day by day.

Working days are counted over the half-open interval (start, end]: the start is day 0, the next working day is
day 1. Bank holidays are facts in `data/bank_holidays.json`; a team's own closures are added to them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Any, Literal, cast, get_args

from casereview.errors import CaseReviewError, did_you_mean
from workflows.span import Span, Unit

Nation = Literal["england-wales", "scotland", "northern-ireland"]
NATIONS: tuple[Nation, ...] = get_args(Nation)
Closure = tuple[dt.date, str]
"""A day on which one team's office is closed, and what to call it."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day passed over in a count of working days, and why it does not count."""

    date: dt.date
    why: str


@dataclass(frozen=True, slots=True)
class DateExplanation:
    """How a date was reached: `amount` of `unit` from `start` (day 0) is `date`, passing over `skipped`."""

    start: dt.date
    amount: int
    unit: Unit
    date: dt.date
    skipped: tuple[Skipped, ...]
    warning: str | None


@dataclass(frozen=True)
class Calendar:
    """The working days of one nation, less one team's closures.

    `version` names the facts a date was computed from and is stored beside it; calendars with the same
    version are equal. Bank holidays are known from `starts_on` to `ends_on`, both included; outside those
    dates only weekends and closures are counted out, and `warning` says so. Build one with `calendar_for`.
    """

    nation: Nation
    version: str
    holidays: Mapping[dt.date, str] = field(compare=False, repr=False)
    closures: Mapping[dt.date, str] = field(compare=False, repr=False)
    starts_on: dt.date = field(compare=False)
    ends_on: dt.date = field(compare=False)

    def is_working(self, day: dt.date) -> bool:
        """Whether `day` is a working day: not a weekend, a bank holiday or a closure."""
        return day.weekday() < 5 and day.toordinal() not in self._off_set

    def why_not(self, day: dt.date) -> str | None:
        """Why `day` is not a working day, in words for a person; None if it is one."""
        if day.weekday() >= 5:
            return "Saturday" if day.weekday() == 5 else "Sunday"
        if (name := self.holidays.get(day)) is not None:
            return name if "bank holiday" in name.lower() else f"{name} (bank holiday)"
        if (name := self.closures.get(day)) is not None:
            return f"Office closed: {name}"
        return None

    def working_days(self, start: dt.date, end: dt.date) -> int:
        """Working days in (start, end]; when `end` is before `start`, minus those in (end, start]."""
        first, counts, _ = self._table
        before, after = start.toordinal() - first, end.toordinal() - first
        if 0 <= before < len(counts) and 0 <= after < len(counts):
            return counts[after] - counts[before]
        return self._up_to(end) - self._up_to(start)

    def add_working_days(self, start: dt.date, n: int) -> dt.date:
        """The n-th working day strictly after `start`, which need not be one itself; `start` when n is 0.

        Raises ValueError when n is negative, or when the date would be past the year 9999.
        """
        if n <= 0:
            if n == 0:
                return start
            raise ValueError(f"Working days are counted forwards; {n} would count back.")
        first, counts, days = self._table
        place = start.toordinal() - first
        if 0 <= place < len(counts) and (nth := counts[place] + n - 1) < len(days):
            return days[nth]
        return self._nth(self._up_to(start) + n)

    def due(self, start: dt.date, span: Span) -> dt.date:
        """The date `span` after `start`.

        Days and weeks are calendar time; months are calendar months, clipped to the end of the month
        (31 August and 6 months is the last day of February); hours are whole calendar days, rounded up.
        Raises ValueError when the date would be past the year 9999.
        """
        if span.unit == "working days":
            return self.add_working_days(start, span.amount)
        try:
            if span.unit == "months":
                return _months_after(start, span.amount)
            days = {"days": span.amount, "weeks": 7 * span.amount, "hours": -(-span.amount // 24)}[span.unit]
            return start + dt.timedelta(days=days)
        except (OverflowError, ValueError):
            raise ValueError(_too_late(start)) from None

    def explain(self, start: dt.date, span: Span) -> DateExplanation:
        """`due(start, span)` with every non-working day passed over on the way.

        Only a count of working days passes over any: the other units count every day. Raises as `due` does.
        """
        date = self.due(start, span)
        if span.unit != "working days":
            return DateExplanation(start, span.amount, span.unit, date, (), None)
        between = map(dt.date.fromordinal, range(start.toordinal() + 1, date.toordinal()))
        skipped = tuple(Skipped(day, why) for day in between if (why := self.why_not(day)))
        warnings = dict.fromkeys(text for day in (start, date) if (text := self.warning(day)))
        return DateExplanation(start, span.amount, span.unit, date, skipped, " ".join(warnings) or None)

    def warning(self, day: dt.date) -> str | None:
        """What to say beside a count that reaches `day`, when bank holidays on that date are not known."""
        if day > self.ends_on:
            unknown = f"after {_spoken(self.ends_on)}"
        elif day < self.starts_on:
            unknown = f"before {_spoken(self.starts_on)}"
        else:
            return None
        return f"Bank holidays {unknown} are not known here; only weekends and closures are left out."

    # Inside the known dates two arrays answer in one look-up each: the working days so far, and the n-th of
    # them. Outside, weekdays are arithmetic and the days off are found by bisection.

    @cached_property
    def _table(self) -> tuple[int, list[int], list[dt.date]]:
        """The ordinal of `starts_on`, the working days from there up to each known date, and those days."""
        first = self.starts_on.toordinal()
        known = [dt.date.fromordinal(ordinal) for ordinal in range(first, self.ends_on.toordinal() + 1)]
        return first, list(accumulate(map(self.is_working, known))), list(filter(self.is_working, known))

    @cached_property
    def _off(self) -> list[int]:
        """Ordinals of the weekdays that are not worked, in order."""
        return sorted({day.toordinal() for day in (*self.holidays, *self.closures) if day.weekday() < 5})

    @cached_property
    def _off_set(self) -> frozenset[int]:
        return frozenset(self._off)

    @cached_property
    def _worked_before_off(self) -> list[int]:
        """For each day off, the working days before it since the year 1; it never falls."""
        return [_weekdays_up_to(day) - place - 1 for place, day in enumerate(self._off)]

    def _up_to(self, day: dt.date) -> int:
        """Working days since the year 1, up to and including `day`."""
        ordinal = day.toordinal()
        return _weekdays_up_to(ordinal) - bisect_right(self._off, ordinal)

    def _nth(self, count: int) -> dt.date:
        """The day on which the working days since the year 1 reach `count`."""
        weekdays = count + bisect_left(self._worked_before_off, count)
        weeks, rest = divmod(weekdays - 1, 5)
        try:
            return dt.date.fromordinal(7 * weeks + rest + 1)
        except (OverflowError, ValueError):
            raise ValueError(_too_late(None)) from None


def calendar_for(nation: Nation, closures: Iterable[Closure] = ()) -> Calendar:
    """The calendar of `nation` less a team's `closures`, in any order; built once and kept.

    Raises CaseReviewError for a nation whose bank holidays are not held.
    """
    if nation not in NATIONS:
        raise CaseReviewError(
            f"There is no calendar for {nation!r}.", where="nation", remedy=did_you_mean(nation, NATIONS)
        )
    return _built(nation, tuple(sorted(set(closures))))


@lru_cache(maxsize=256)
def _built(nation: Nation, closures: tuple[Closure, ...]) -> Calendar:
    facts = _facts()
    by_day: dict[dt.date, str] = {}
    for day, name in closures:
        by_day[day] = f"{by_day[day]}; {name}" if day in by_day else name
    return Calendar(
        nation=nation,
        version=f"{nation} {facts['version']}{_digest(closures)}",
        holidays={dt.date.fromisoformat(day): name for day, name in facts["nations"][nation].items()},
        closures=by_day,
        starts_on=dt.date.fromisoformat(facts["starts_on"]),
        ends_on=dt.date.fromisoformat(facts["ends_on"]),
    )


@lru_cache(maxsize=1)
def _facts() -> dict[str, Any]:
    text = (files("casereview") / "data" / "bank_holidays.json").read_text(encoding="utf-8")
    return cast(dict[str, Any], json.loads(text))


def _digest(closures: tuple[Closure, ...]) -> str:
    """A short mark that changes with the closures; nothing when there are none."""
    if not closures:
        return ""
    listed = json.dumps([[day.isoformat(), name] for day, name in closures])
    return f" +{hashlib.sha256(listed.encode()).hexdigest()[:12]}"


def _weekdays_up_to(ordinal: int) -> int:
    """Mondays to Fridays up to and including `ordinal`; day 1 of the year 1 is a Monday."""
    weeks, rest = divmod(ordinal, 7)
    return 5 * weeks + min(rest, 5)


def _months_after(start: dt.date, months: int) -> dt.date:
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return start.replace(year=years, month=month + 1, day=min(start.day, monthrange(years, month + 1)[1]))


def _spoken(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _too_late(start: dt.date | None) -> str:
    counted = f"Counted from {_spoken(start)}, the" if start else "The"
    return f"{counted} date would be past the year 9999."
