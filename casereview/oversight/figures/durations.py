"""How long things took, and how long what is open has been going on: bands, quartiles, the longest."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.oversight.figures.facts import WHOLE_CASE, CaseFacts, Timed
from casereview.oversight.figures.suppress import SMALLEST, hide_table, line, shown, times

UNIT = "working days after the day it began, up to and including the day it ended"

# As the Department for Education publishes assessments (its table C2): same day, then these, the last one open.
DFE = ((0, 0), (1, 10), (11, 20), (21, 30), (31, 40), (41, 45), (46, 50), (51, 60), (61, None))
# Each lies inside one of those, so that the two can be read side by side.
FINER = (
    (0, 0), (1, 5), (6, 10), (11, 15), (16, 20), (21, 25), (26, 30), (31, 35), (36, 40), (41, 45), (46, 50),
    (51, 55), (56, 60), (61, 80), (81, 100), (101, None),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Band:
    """So many took from `low` to `high` working days (None: or longer). `count` is None where it is hidden."""

    low: int
    high: int | None
    count: int | None
    of: int | None
    step: int = 1

    @property
    def label(self) -> str:
        if self.high == 0:
            return "same day"
        return f"{self.low} or more" if self.high is None else f"{self.low}–{self.high}"

    @property
    def share(self) -> float | None:
        return times(self.count, self.of, self.step)

    @property
    def per_day(self) -> float | None:
        """Share for each working day of the band: what makes bands of different width comparable."""
        share = self.share
        return None if share is None or self.high is None else share / (self.high - self.low + 1)


@dataclass(frozen=True, slots=True)
class Quartiles:
    """A quarter took no longer than `lower`, half no longer than `median`, three quarters no longer than `upper`."""

    lower: float
    median: float
    upper: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A group of durations. Everything is None where there are too few to show; all is nought where there are none."""

    count: int | None
    quartiles: Quartiles | None
    longest: int | None
    bands: tuple[Band, ...]
    finer: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A team, a workflow, a lane or a month beside others; never a worker. Groups are in order of their name."""

    name: str
    spread: Spread


@dataclass(frozen=True, slots=True)
class Oldest:
    """What has been going on longest: a case the viewer may know of, never a group."""

    case: str
    days: int


@dataclass(frozen=True, slots=True)
class Durations:
    """How long it took to finish (ended in the period), and how long what is open has taken up to the day."""

    measure: str
    title: str
    done: Spread
    open: Spread
    oldest: tuple[Oldest, ...]
    by: str = ""
    groups: tuple[Group, ...] = ()
    unit: str = UNIT


Period = tuple[date | None, date | None]
ALWAYS: Period = (None, None)


def within(day: date, period: Period) -> bool:
    """Whether a day lies in a period, whose ends are included; None leaves an end open."""
    first, last = period
    return (first is None or first <= day) and (last is None or day <= last)


def ended_in(facts: Iterable[CaseFacts], measure: str = "", period: Period = ALWAYS) -> list[tuple[CaseFacts, Timed]]:
    """What ended in a period, with its case."""
    return [(c, t) for c in facts for t in c.of(measure) if t.ended is not None and within(t.ended, period)]


def still_open(facts: Iterable[CaseFacts], measure: str = "") -> list[tuple[CaseFacts, Timed]]:
    """What still runs, with its case."""
    return [(c, t) for c in facts for t in c.of(measure) if t.ended is None]


def quartiles(days: Sequence[float]) -> Quartiles | None:
    """Of one value or more; between two values, in proportion to where the quarter falls (Excel's QUARTILE.INC)."""
    if not days:
        return None
    if len(days) == 1:
        return Quartiles(days[0], days[0], days[0])
    return Quartiles(*statistics.quantiles(days, n=4, method="inclusive"))


def durations(
    facts: Sequence[CaseFacts], day: date, *, measure: str = "", period: Period = ALWAYS, by: str = "",
    smallest: int = SMALLEST, oldest: int = 5,
) -> Durations:  # fmt: skip
    """The distribution of durations. by: "team", "workflow", "lane" or "month" (of the end); never a worker.

    `day` is the day the facts are of: what is open is as old as it was then.
    """
    ended, running = ended_in(facts, measure, period), still_open(facts, measure)
    longest = sorted(running, key=lambda one: (-one[1].days, one[0].ref))[:oldest]
    return Durations(
        measure, title_of(facts, measure),
        spread([t.days for _, t in ended], smallest), spread([t.days for _, t in running], smallest),
        tuple(Oldest(c.ref, t.days) for c, t in longest) if shown(len(running), smallest) else (),
        by, grouped(ended, by, smallest) if by else (),
    )  # fmt: skip


def title_of(facts: Iterable[CaseFacts], measure: str) -> str:
    """What is measured, in words; where workflows name it differently, a word for all of them."""
    titles = {t.title for c in facts for t in c.of(measure)}
    if len(titles) == 1:
        return titles.pop()
    if measure == WHOLE_CASE:
        return "The whole case, from opening to closing"
    return measure or "The main expectation of each workflow"


def banded(days: Iterable[int], bands: Sequence[tuple[int, int | None]]) -> list[int]:
    """How many durations fall into each band; every duration falls into one."""
    found = [0] * len(bands)
    lows = [low for low, _ in bands]
    for one in days:
        found[max(at for at, low in enumerate(lows) if low <= one)] += 1
    return found


def spread(days: Sequence[int], smallest: int = SMALLEST) -> Spread:
    """A group of durations by the rule for small numbers; nothing at all is said of a group that is too small."""
    count = len(days)
    if shown(count, smallest) is None:
        return Spread(None, None, None, ())
    counts, of = line(banded(days, DFE), smallest), shown(count, smallest)
    bands = tuple(Band(low, high, one, of, smallest) for (low, high), one in zip(DFE, counts, strict=True))
    return Spread(of, quartiles(days), max(days, default=None), bands, _finer(days, bands, smallest))


def _finer(days: Sequence[int], bands: Sequence[Band], smallest: int) -> tuple[Band, ...]:
    """The finer bands; where one would be too small to show, the wider one it lies in stands for them."""
    found = banded(days, FINER)
    finer: list[Band] = []
    for band in bands:
        inside = [(low, high, n) for (low, high), n in zip(FINER, found, strict=True) if _inside(low, high, band)]
        if band.count is None or any(shown(n, smallest) is None for _, _, n in inside):
            finer.append(band)
        else:
            finer += [Band(low, high, shown(n, smallest), band.of, smallest) for low, high, n in inside]
    return tuple(finer)


def _inside(low: int, high: int | None, band: Band) -> bool:
    return band.low <= low and (band.high is None or (high is not None and high <= band.high))


# ---- groups ----------------------------------------------------------------------------------------------------
KEYS: dict[str, Callable[[CaseFacts, Timed], str]] = {
    "team": lambda case, one: case.team or "no team",
    "workflow": lambda case, one: case.workflow,
    "lane": lambda case, one: case.lane or "no lane",
    "month": lambda case, one: f"{one.ended:%Y-%m}" if one.ended else "",
}


def grouped(found: Iterable[tuple[CaseFacts, Timed]], by: str, smallest: int = SMALLEST) -> tuple[Group, ...]:
    """Groups in order of their name: they are for reading beside each other, never a ranking by speed.

    Small groups and small bands are hidden, and with them whatever the totals would give away.
    """
    key, days = KEYS[by], defaultdict(list)
    for case, one in found:
        days[key(case, one)].append(one.days)
    names = sorted(days)
    table = [banded(days[name], DFE) for name in names]
    veil = hide_table(table, smallest) if table else None
    groups = []
    for row, name in enumerate(names):
        if veil is None or row in veil.rows:
            groups.append(Group(name, Spread(None, None, None, ())))
            continue
        of = shown(len(days[name]), smallest)
        bands = tuple(
            Band(low, high, None if (row, at) in veil.cells else shown(table[row][at], smallest), of, smallest)
            for at, (low, high) in enumerate(DFE)
        )
        groups.append(Group(name, Spread(of, quartiles(days[name]), max(days[name]), bands)))
    return tuple(groups)
