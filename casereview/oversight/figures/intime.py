"""The share that ended within the indicative time: only for whoever asks by name, month by month, never alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.oversight.figures.bunching import INDICATIVE, of_ended
from casereview.oversight.figures.durations import ALWAYS, Period, ended_in
from casereview.oversight.figures.facts import CaseFacts, Timed
from casereview.oversight.figures.suppress import SMALLEST, Part, line, parts

CAVEAT = (
    "A share in time says nothing of whether help was good, or came in time for any one child. Where it is watched, "
    "an assessment can be made to end because the day has come and not because enough is understood: bunching and "
    "same-day endings stand before it for that reason. The Munro review describes both, and timescales that served "
    "as a smokescreen (progress report 2012, 2.7 and 2.27). An indicative time is by when most are done; some are "
    "needed sooner, and longer may or may not be a concern: that depends on the reasons (2.28)."
)


@dataclass(frozen=True, slots=True)
class Month:
    """One month, or all of them (name ""). Of what ended then: bunching at the indicative time, same-day endings,
    and only then the share within it.
    """

    name: str
    ended: int | None
    bunching: float | None
    same_day: Part
    within: Part


@dataclass(frozen=True, slots=True)
class InTime:
    months: tuple[Month, ...]
    whole: Month
    caveat: str = CAVEAT


def in_time(
    facts: Sequence[CaseFacts], day: date, *, measure: str = "", period: Period = ALWAYS, smallest: int = SMALLEST
) -> InTime:
    """Of what ended in the period, by the month it ended in. Without an indicative time there is no share."""
    months: dict[str, list[Timed]] = defaultdict(list)
    ended = [one for _, one in ended_in(facts, measure, period)]
    for one in ended:
        months[f"{one.ended:%Y-%m}"].append(one)
    return InTime(_months(months, smallest), _months({"": ended}, smallest)[0])


def _months(months: Mapping[str, Sequence[Timed]], smallest: int) -> tuple[Month, ...]:
    names = sorted(months)
    ended = [len(months[name]) for name in names]
    same_day = [sum(one.days == 0 for one in months[name]) for name in names]
    after = [[one.past_indicative for one in months[name] if one.past_indicative is not None] for name in names]
    inside = [sum(one <= 0 for one in found) for found in after]
    shown = line(ended, smallest)
    ended_same_day = parts(same_day, ended, smallest)
    within = parts(inside, [len(found) for found in after], smallest)
    return tuple(
        Month(name, shown[at], of_ended(months[name], INDICATIVE, smallest).ratio,
              ended_same_day[at], within[at])
        for at, name in enumerate(names)
    )  # fmt: skip
