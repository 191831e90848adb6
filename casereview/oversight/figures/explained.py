"""Longer than expected: how much of it is explained, how much is not, and how old the agreements are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casereview.oversight.figures.durations import ALWAYS, Period, Quartiles, ended_in, quartiles, still_open
from casereview.oversight.figures.facts import CaseFacts, Timed
from casereview.oversight.figures.suppress import SMALLEST, line, part, shown, times

OPEN = (
    "past_statutory", "longer_of_concern", "longer_lapsed", "longer_unexplained", "longer_explained", "past_agreed",
    "longer_justified",
)  # fmt: skip
DONE = ("done_longer_unexplained", "done_explained_afterwards", "done_longer_justified")
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Ratio:
    """standings  how many have each standing, of those that are (or were) longer than expected

    explained, unexplained   with a reason that was given while it ran, and without one; an explanation given
    afterwards is neither
    """

    total: int | None
    standings: tuple[tuple[str, int | None], ...]
    explained: int | None
    unexplained: int | None
    step: int = 1

    @property
    def to_one(self) -> float | None:
        """How many are explained for each one that is not; None where it cannot be said."""
        return times(self.explained, self.unexplained, self.step)


@dataclass(frozen=True, slots=True)
class Agreements:
    """Agreements that hold on the day. Ages in calendar days, since the one in force and since the first one."""

    live: int | None
    age: Quartiles | None
    since_first: Quartiles | None
    oldest: int | None
    ending_soon: int | None  # within 7 days
    renewed: int | None  # agreed more than once


@dataclass(frozen=True, slots=True)
class Explained:
    """imported  cases left out: a return carries no reasons (decision 25)"""

    open: Ratio
    done: Ratio
    agreements: Agreements
    imported: int | None


def explained(
    facts: Sequence[CaseFacts], day: date, *, measure: str = "", period: Period = ALWAYS, smallest: int = SMALLEST
) -> Explained:
    """Of what is open on the day, and of what ended in the period. Urgent and late is told on its own page."""
    here = [case for case in facts if not case.imported]
    running = [one for _, one in still_open(here, measure)]
    ended = [one for _, one in ended_in(here, measure, period)]
    return Explained(
        _ratio(running, OPEN, smallest), _ratio(ended, DONE, smallest), _agreements(running, day, smallest),
        shown(len(facts) - len(here), smallest),
    )  # fmt: skip


def _ratio(found: Sequence[Timed], standings: Sequence[str], smallest: int) -> Ratio:
    longer = [one for one in found if one.standing in standings]
    counts = [sum(one.standing == standing for one in longer) for standing in standings]
    sides = [
        sum(one.explained for one in longer),
        sum(not one.explained and not one.explained_afterwards for one in longer),
        sum(not one.explained and one.explained_afterwards for one in longer),
    ]
    total = shown(len(longer), smallest)
    given, without, _ = line(sides, smallest)
    return Ratio(total, tuple(zip(standings, line(counts, smallest), strict=True)), given, without, smallest)


def _agreements(running: Sequence[Timed], day: date, smallest: int) -> Agreements:
    live = [one for one in running if one.live_until is not None and day < one.live_until and one.answered_on]
    ages = [(day - one.answered_on).days for one in live if one.answered_on]
    firsts = [(day - one.first_answered_on).days for one in live if one.first_answered_on]
    count = shown(len(live), smallest)
    if count is None:
        return Agreements(None, None, None, None, None, None)
    soon = sum(one.live_until is not None and one.live_until <= day + SOON for one in live)
    renewed = sum(one.first_answered_on != one.answered_on for one in live)
    return Agreements(
        count, quartiles(ages), quartiles(firsts), max(ages, default=None),
        part(soon, len(live), smallest).count, part(renewed, len(live), smallest).count,
    )  # fmt: skip
