"""One figure month by month, with limits worked out from its own ups and downs (an XmR chart), and its signals."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from casereview.oversight.figures.facts import CaseFacts, Timed
from casereview.oversight.figures.suppress import SMALLEST, line, shown

LEAST = 8
"""Months that limits are worked out from; with fewer it says that there are too few."""
RUN = 8
"""So many months in a row on one side of the centre line are a signal."""
# 3 / 1.128 and 3.268: the usual factors of a chart of single values with moving ranges of two.
TO_LIMITS, TO_RANGE_LIMIT = 2.66, 3.268

MEASURES: dict[str, str] = {
    "days": "median working days of what ended in the month",
    "ended": "how many ended in the month",
    "begun": "how many began in the month",
    "open": "how many were open at the end of the month",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One month. cases: how many it is about; value is None where they are too few to show, or nothing is to say.

    moved   the difference from the month before, without its sign
    signals why somebody who knows should be asked for the story: empty for what varies as it always does
    """

    month: str
    cases: int | None
    value: float | None
    moved: float | None = None
    signals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Where single months lie if nothing changes. `months`: how many they are worked out from."""

    centre: float
    lower: float
    upper: float
    range_limit: float
    months: int


@dataclass(frozen=True, slots=True)
class Trend:
    """points    whole months, oldest first; `so_far` is the month that has begun, and never counts

    limits    None with fewer than LEAST months to work them out from
    """

    what: str
    says: str
    points: tuple[Point, ...]
    so_far: Point
    limits: Limits | None
    asks: bool  # some month asks for the story behind it


def trend(
    facts: Sequence[CaseFacts], day: date, *, what: str = "days", measure: str = "", months: int = 24,
    smallest: int = SMALLEST,
) -> Trend:  # fmt: skip
    """The last whole months before `day`, from the first in which anything ran, and the one that has begun."""
    timed = [one for case in facts for one in case.of(measure)]
    value = VALUES[what]
    names = _whole_months(timed, day, months)
    found = [value(timed, *name) for name in names]
    first = day.replace(day=1)
    names, found = [*names, (first, day)], [*found, value(timed, first, day)]
    counts = [count for count, _ in found]
    # months add up to a total that may be shown elsewhere; what is open at the end of each does not
    cells = line(counts, smallest) if what != "open" else [shown(count, smallest) for count in counts]
    every = [
        Point(f"{begun:%Y-%m}", cell, None if cell is None else found[at][1] if what == "days" else float(cell))
        for at, ((begun, _), cell) in enumerate(zip(names, cells, strict=True))
    ]
    so_far = every.pop()
    limits, marked = charted(every)
    return Trend(what, MEASURES[what], marked, so_far, limits, any(one.signals for one in marked))


def charted(points: Sequence[Point]) -> tuple[Limits | None, tuple[Point, ...]]:
    """Limits from the moving ranges of months that can be shown, and each month with its signals.

    Neighbours are neighbours among those: a month without a value is passed over.
    """
    values = [one.value for one in points if one.value is not None]
    limits = limits_of(values)
    sides = _runs(values, limits) if limits else [()] * len(values)
    marked: list[Point] = []
    at, before = 0, None
    for one in points:
        if one.value is None:
            marked.append(one)
            continue
        moved: float | None = None if before is None else abs(one.value - before)
        signals = (*_outside(one.value, moved, limits), *sides[at])
        marked.append(Point(one.month, one.cases, one.value, moved, signals))
        at, before = at + 1, one.value
    return limits, tuple(marked)


def limits_of(values: Sequence[float]) -> Limits | None:
    """The centre, and 2.66 mean moving ranges to either side, not below 0; None with fewer than LEAST values."""
    if len(values) < LEAST:
        return None
    centre = statistics.fmean(values)
    moving = statistics.fmean(abs(b - a) for a, b in pairwise(values))
    lower = max(centre - TO_LIMITS * moving, 0.0)
    return Limits(centre, lower, centre + TO_LIMITS * moving, TO_RANGE_LIMIT * moving, len(values))


ABOVE, BELOW = "above the upper limit", "below the lower limit"
LEAPT = "further from the month before than months usually are"
HIGH_RUN, LOW_RUN = f"{RUN} or more in a row above the centre", f"{RUN} or more in a row below the centre"
_SAME = 1e-9  # what arithmetic with fractions may be out by is no signal


def _outside(value: float, moved: float | None, limits: Limits | None) -> tuple[str, ...]:
    if limits is None:
        return ()
    found = []
    if value > limits.upper + _SAME:
        found.append(ABOVE)
    if value < limits.lower - _SAME:
        found.append(BELOW)
    if moved is not None and moved > limits.range_limit + _SAME:
        found.append(LEAPT)
    return tuple(found)


def _runs(values: Sequence[float], limits: Limits) -> list[tuple[str, ...]]:
    """For each value, whether it belongs to a long run on one side; a value on the line ends a run."""
    found: list[tuple[str, ...]] = [()] * len(values)
    sides = [(v > limits.centre + _SAME) - (v < limits.centre - _SAME) for v in values]
    start = 0
    for at in range(1, len(values) + 1):
        if at < len(values) and sides[at] == sides[start]:
            continue
        if sides[start] and at - start >= RUN:
            found[start:at] = [(HIGH_RUN if sides[start] > 0 else LOW_RUN,)] * (at - start)
        start = at
    return found


def since_shift(points: Sequence[Point]) -> list[float]:
    """The values a forecast rests on: the long run that goes on to the newest month, or all there are."""
    values = [(one.value, one.signals) for one in points if one.value is not None]
    for run in (HIGH_RUN, LOW_RUN):
        if values and run in values[-1][1]:
            newest = len(values)
            while newest and run in values[newest - 1][1]:
                newest -= 1
            return [value for value, _ in values[newest:]]
    return [value for value, _ in values]


# ---- the value of a month --------------------------------------------------------------------------------------
def _whole_months(timed: Sequence[Timed], day: date, months: int) -> list[tuple[date, date]]:
    """First and last day of each, up to the month before the day, none from before the first thing known."""
    found: list[tuple[date, date]] = []
    last = day.replace(day=1) - timedelta(days=1)
    begun = min((one.started for one in timed), default=day)
    while len(found) < months and last >= begun:
        first = last.replace(day=1)
        found.append((first, last))
        last = first - timedelta(days=1)
    return found[::-1]


def _median_days(timed: Sequence[Timed], first: date, last: date) -> tuple[int, float | None]:
    days = [one.days for one in timed if one.ended is not None and first <= one.ended <= last]
    return len(days), float(statistics.median(days)) if days else None


def _ended(timed: Sequence[Timed], first: date, last: date) -> tuple[int, float | None]:
    count = sum(one.ended is not None and first <= one.ended <= last for one in timed)
    return count, float(count)


def _begun(timed: Sequence[Timed], first: date, last: date) -> tuple[int, float | None]:
    count = sum(first <= one.started <= last for one in timed)
    return count, float(count)


def _open(timed: Sequence[Timed], first: date, last: date) -> tuple[int, float | None]:
    count = sum(one.started <= last and (one.ended is None or one.ended > last) for one in timed)
    return count, float(count)


VALUES: dict[str, Callable[[Sequence[Timed], date, date], tuple[int, float | None]]] = {
    "days": _median_days, "ended": _ended, "begun": _begun, "open": _open,
}  # fmt: skip
