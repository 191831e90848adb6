"""A simple look ahead: the months to come if nothing changes, and by when what is open may end, each with its range."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casereview.oversight.figures.durations import still_open
from casereview.oversight.figures.facts import CaseFacts
from casereview.oversight.figures.months import LEAST, Trend, limits_of, since_shift
from casereview.oversight.figures.suppress import SMALLEST, shown

AHEAD = 3
"""Months."""
STEPS = (10, 20, 40)
"""Working days ahead for which it says how many of the open ones may have ended."""
NEARLY = 1.96  # so many standard errors to either side hold the number in 19 of 20 cases, if they end independently


@dataclass(frozen=True, slots=True)
class Carried:
    """What each of the next months is likely to be, and the limits it is expected to stay within."""

    months: tuple[str, ...]
    value: float
    lower: float
    upper: float
    rests_on: int  # months
    shifted: bool  # only those since the last lasting change


@dataclass(frozen=True, slots=True)
class ByThen:
    """How many of those open may have ended so many working days from now, and the range of that number."""

    ahead: int
    ended: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Finishing:
    """open     those of an age some have lived through to their end; None where too few

    median   working days from now by which half of those may have ended; None where that lies beyond what is known
    beyond   open ones older than anything that has ended: nothing can be said of them from the past
    """

    open: int | None
    steps: tuple[ByThen, ...]
    median: int | None
    beyond: int | None
    rests_on: int | None  # durations that ended


@dataclass(frozen=True, slots=True)
class Forecast:
    """says: what the months are of, as the trend says it."""

    says: str
    carried: Carried | None
    finishing: Finishing


def forecast(
    facts: Sequence[CaseFacts], day: date, found: Trend, *, measure: str = "", smallest: int = SMALLEST
) -> Forecast:
    """`found`: the trend of the same facts and day. What is open is as old as it was on that day."""
    return Forecast(found.says, carried(found), finishing(facts, measure=measure, smallest=smallest))


def carried(found: Trend) -> Carried | None:
    """The centre and limits of the months since the last lasting change, or of all of them, carried on.

    The first month is the one that has begun. None with fewer than LEAST such months.
    """
    values = since_shift(found.points)
    limits = limits_of(values)
    if limits is None:
        return None
    whole = sum(one.value is not None for one in found.points)
    year, month = (int(part) for part in found.so_far.month.split("-"))
    months = [year * 12 + month - 1 + ahead for ahead in range(AHEAD)]
    names = tuple(f"{at // 12:04d}-{at % 12 + 1:02d}" for at in months)
    return Carried(names, limits.centre, limits.lower, limits.upper, len(values), len(values) < whole)


def finishing(facts: Sequence[CaseFacts], *, measure: str = "", smallest: int = SMALLEST) -> Finishing:
    """From how long everything has run so far, ended or not (the product-limit estimate of Kaplan and Meier).

    What is still open counts as having lasted at least as long as it has; or only the quick ones would be heard.
    """
    timed = [one for case in facts for one in case.of(measure)]
    ended = [one.days for one in timed if one.ended is not None]
    ages = [one.days for _, one in still_open(facts, measure)]
    if len(ended) < max(LEAST, smallest):
        return Finishing(shown(len(ages), smallest), (), None, None, shown(len(ended), smallest))
    lasts = survival(ended, ages)
    longest = max(ended)
    judged = [age for age in ages if age < longest]
    count = shown(len(judged), smallest)
    steps = () if count is None else tuple(_by_then(lasts, judged, ahead, count) for ahead in STEPS)
    return Finishing(
        count, steps, None if count is None else _half_by(lasts, judged, longest),
        shown(len(ages) - len(judged), smallest), shown(len(ended), smallest),
    )  # fmt: skip


def survival(ended: Sequence[int], running: Sequence[int]) -> list[float]:
    """The share expected to last longer than 0, 1, 2 … working days; the last one is for the longest that ended."""
    ends, gone = Counter(ended), Counter(running)
    at_risk, share, found = len(ended) + len(running), 1.0, []
    for day in range(max(ended) + 1):
        if at_risk:
            share *= 1 - ends[day] / at_risk
        found.append(share)
        at_risk -= ends[day] + gone[day]
    return found


def _chance(lasts: Sequence[float], age: int, ahead: int) -> float:
    """That something which has run for `age` working days ends in the next `ahead`."""
    now, then = lasts[age], lasts[min(age + ahead, len(lasts) - 1)]
    return 1 - then / now if now else 1.0


def _by_then(lasts: Sequence[float], ages: Sequence[int], ahead: int, count: int) -> ByThen:
    """Of `count`, which is how many there are as it is shown."""
    chances = [_chance(lasts, age, ahead) for age in ages]
    ended = math.fsum(chances)  # exact, so that the order of cases does not matter
    width = NEARLY * math.sqrt(math.fsum(one * (1 - one) for one in chances))
    each = count / len(ages) if ages else 1.0
    return ByThen(ahead, ended * each, max(ended - width, 0.0) * each, min((ended + width) * each, float(count)))


def _half_by(lasts: Sequence[float], ages: Sequence[int], longest: int) -> int | None:
    if not ages:
        return None
    low, high = 0, longest
    if math.fsum(_chance(lasts, age, high) for age in ages) * 2 < len(ages):
        return None
    while low < high:
        middle = (low + high) // 2
        if math.fsum(_chance(lasts, age, middle) for age in ages) * 2 >= len(ages):
            high = middle
        else:
            low = middle + 1
    return low
