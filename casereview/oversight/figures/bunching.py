"""Bunching at a date: does work end when the child's question is answered, or when the date comes?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.oversight.figures.durations import ALWAYS, Period, ended_in
from casereview.oversight.figures.facts import CaseFacts, Timed
from casereview.oversight.figures.suppress import SMALLEST, line, shown, times

# Working days after the date (0 is the date itself). Around day 45: days 31-40, 41-45 and 46-50, as in the figures
# published for England.
BEFORE, UP_TO, AFTER = (-14, -5), (-4, 0), (1, 5)
LEAST_BEFORE = 15  # the date must lie so many working days after the start, or some days before it could not be
INDICATIVE, AGREED = "indicative", "agreed"


@dataclass(frozen=True, slots=True)
class Window:
    """Working days `first` to `last` after the date, negative before it. `count` is None where it is hidden."""

    first: int
    last: int
    count: int | None
    of: int | None
    step: int = 1

    @property
    def days(self) -> int:
        return self.last - self.first + 1

    @property
    def per_day(self) -> float | None:
        """The share of everything that ended which ended on each working day of the window, on average."""
        share = times(self.count, self.of, self.step)
        return None if share is None else share / self.days


@dataclass(frozen=True, slots=True)
class Bunching:
    """around  "indicative", "agreed", or a number of working days after the start

    counted   how many ended ones have such a date, far enough from their start; None where too few
    left_out  ended ones without it. None where they are too few: then they are among those counted, or the number of
              all that ended, which stands beside it, would give them away. None too where so few have the date
    ratio     how many times as many end on each of the last five working days up to the date as on each of the ten
              before those: 1 means no bunching; None where it cannot be said
    drop      likewise the five days after the date against the five up to it
    """

    around: str
    counted: int | None
    left_out: int | None
    before: Window
    up_to: Window
    after: Window
    ratio: float | None
    drop: float | None


def distance(one: Timed, around: str) -> int | None:
    """How many working days after the date it ended; None where it has no such date or it lies too near the start."""
    if one.ended is None or one.cut_short:
        return None
    if around == INDICATIVE:
        far, after = one.indicative_days, one.past_indicative
    elif around == AGREED:
        far, after = one.agreed_days, one.past_agreed
    else:
        far, after = int(around), one.days - int(around)
    return after if far is not None and far >= LEAST_BEFORE else None


def usual_date(facts: Iterable[CaseFacts], measure: str = "") -> str:
    """The date bunching is looked for at, unless another is asked for: the indicative one where there is any."""
    timed = [t for c in facts for t in c.of(measure)]
    return INDICATIVE if any(t.indicative_days is not None for t in timed) else AGREED


def bunching(
    facts: Sequence[CaseFacts], day: date, *, measure: str = "", around: str = "", period: Period = ALWAYS,
    smallest: int = SMALLEST,
) -> Bunching:  # fmt: skip
    """Densities per working day before, up to and after a date. What ended only with its case is left out.

    `day`: nothing after it is in the facts.
    """
    around = around or usual_date(facts, measure)
    ended = [one for _, one in ended_in(facts, measure, period)]
    return of_ended(ended, around, smallest)


def of_ended(ended: Sequence[Timed], around: str, smallest: int = SMALLEST) -> Bunching:
    """The same, of what is known to have ended."""
    far = [after for one in ended if (after := distance(one, around)) is not None]
    without = shown(len(ended) - len(far), smallest)
    total = len(far) if without is not None else len(ended)
    few = shown(len(far), smallest) is None
    found = [sum(first <= one <= last for one in far) for first, last in (BEFORE, UP_TO, AFTER)]
    rest = total - sum(found)
    of = None if few else shown(total, smallest)
    counts = line([*found, rest], smallest)
    before, up_to, later = (
        Window(*days, None if of is None else count, of, smallest)
        for days, count in zip((BEFORE, UP_TO, AFTER), counts, strict=False)
    )
    return Bunching(
        around, of, None if few else without, before, up_to, later,
        _times(up_to, before, found[1], found[0], smallest), _times(later, up_to, found[2], found[1], smallest),
    )  # fmt: skip


def _times(one: Window, other: Window, of_one: int, of_other: int, smallest: int) -> float | None:
    """Of the numbers before they were rounded, which would tell too little; one place tells none of them."""
    if one.per_day is None or not other.per_day:
        return None
    times = (of_one / one.days) / (of_other / other.days)
    return times if smallest == 1 else round(times, 1)
