"""The urgent lane: how soon the child was seen and something was done to protect, ahead of how soon it was signed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casereview.oversight.figures.durations import ALWAYS, Period, Quartiles, quartiles, within
from casereview.oversight.figures.facts import CaseFacts, Timed
from casereview.oversight.figures.suppress import SMALLEST, Part, part, shown


@dataclass(frozen=True, slots=True)
class Soon:
    """Working days from the opening to something. not_yet: where it has not been; longest: of those where it has."""

    reached: Part
    quartiles: Quartiles | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class Urgent:
    """One urgent lane. `late`: past the target of the lane on the day, or ended after it."""

    lane: str
    cases: int | None
    seen: Soon
    protected: Soon
    decided: Soon
    late: Part


@dataclass(frozen=True, slots=True)
class Lanes:
    """Urgent lanes by name."""

    lanes: tuple[Urgent, ...]


def urgent(
    facts: Sequence[CaseFacts], day: date, *, period: Period = ALWAYS, smallest: int = SMALLEST
) -> Lanes:
    """Lanes by name: cases open on the day, and those closed in the period. What a return brought has no lane."""
    lanes: dict[str, list[CaseFacts]] = defaultdict(list)
    for case in facts:
        if case.lane and (case.closed is None or within(case.closed, period)):
            lanes[case.lane].append(case)
    return Lanes(tuple(_urgent(lane, lanes[lane], day, smallest) for lane in sorted(lanes)))


def _urgent(lane: str, cases: Sequence[CaseFacts], day: date, smallest: int) -> Urgent:
    mains = [next(iter(case.of()[-1:]), None) for case in cases]
    decided = [one.days if one is not None and one.ended is not None else None for one in mains]
    late = sum(any(_late(one, day) for one in case.timed) for case in cases)
    return Urgent(
        lane, shown(len(cases), smallest), _soon([c.seen_days for c in cases], smallest),
        _soon([c.protected_days for c in cases], smallest), _soon(decided, smallest),
        part(late, len(cases), smallest),
    )  # fmt: skip


def _late(one: Timed, day: date) -> bool:
    return one.target is not None and (one.ended or day) > one.target


def _soon(days: Sequence[int | None], smallest: int) -> Soon:
    reached = [one for one in days if one is not None]
    if shown(len(reached), smallest) is None:
        return Soon(part(len(reached), len(days), smallest), None, None)
    return Soon(part(len(reached), len(days), smallest), quartiles(reached), max(reached, default=None))
