"""How long assessments take, how many there are and when they come: published figures as things to draw from."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from typing import Any

TAIL_LONG = 0.1  # beyond 60 working days nothing is published: one in ten takes very much longer (assumption)
TAIL_MEAN, TAIL_LONG_MEAN = 15, 80
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Band:
    """A published band of working days, both ends included; `high` None is the open end."""

    name: str
    low: int
    high: int | None
    share: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What the simulation is calibrated to. `quartiles` are in working days, `months` run January to December."""

    source: str
    bands: tuple[Band, ...]
    quartiles: tuple[int, int, int]
    months: tuple[float, ...]
    completed: int
    again: float
    per_worker: float
    sources: dict[str, float]


@lru_cache(maxsize=1)
def figures() -> Figures:
    """The figures shipped with the package."""
    raw: dict[str, Any] = json.loads((files(__package__) / "data" / "calibration.json").read_text("utf-8"))
    england = raw["england_2024"]
    low, middle, high = england["quartiles"]
    return Figures(
        raw["source"],
        tuple(Band(**band) for band in england["bins"]),
        (low, middle, high),
        tuple(share for name, share in raw["month_shares"].items() if name != "note"),
        raw["median_authority_2024"]["completed"],
        raw["referred_again_within_12_months"],
        raw["cases_per_worker_2025"],
        raw["referral_sources_2024"],
    )


# ---- how long ------------------------------------------------------------------------------------------------
def _tail(day: int) -> float:
    """The chance of each working day beyond 60, given that it is beyond: two geometric tails."""

    def geometric(mean: int) -> float:
        return (1 / mean) * (1 - 1 / mean) ** (day - 61)

    return (1 - TAIL_LONG) * geometric(TAIL_MEAN) + TAIL_LONG * geometric(TAIL_LONG_MEAN)


def _sloped(band: Band, slope: float) -> list[float]:
    """A band's share spread over its days with density 1 + slope * z, z from -1 to 1 across the band."""
    assert band.high is not None
    days = band.high - band.low + 1
    weights = [1 + slope * ((2 * place + 1) / days - 1) for place in range(days)]
    return [band.share * weight / sum(weights) for weight in weights]


def _fitted(band: Band, below: float, quartile: int, at: float) -> list[float]:
    """The slope that puts a quartile on its published day; the cumulated share falls as the slope rises."""
    low, high = -0.98, 0.98
    for _ in range(40):
        slope = (low + high) / 2
        days = _sloped(band, slope)
        place = quartile - band.low
        if below + sum(days[:place]) + days[place] / 2 > at:
            low = slope
        else:
            high = slope
    return _sloped(band, (low + high) / 2)


@lru_cache(maxsize=1)
def chances() -> tuple[float, ...]:
    """The chance of each number of working days, from 0 to LONGEST, whose bands are the published ones."""
    known = figures()
    out: list[float] = []
    for band in known.bands:
        found = next(((q, at) for q, at in zip(known.quartiles, (0.25, 0.5, 0.75), strict=True)
                      if band.high is not None and band.low <= q <= band.high), None)  # fmt: skip
        if band.high is None:
            tail = [_tail(day) for day in range(band.low, LONGEST + 1)]
            out += [band.share * chance / sum(tail) for chance in tail]
        elif found:
            out += _fitted(band, sum(out), *found)
        else:
            out += _sloped(band, 0.0)
    whole = sum(out)  # published shares are rounded
    return tuple(chance / whole for chance in out)


@lru_cache(maxsize=1)
def _cumulated() -> list[float]:
    return list(accumulate(chances()))


def draw_days(chance: random.Random) -> int:
    """Working days from start to authorisation."""
    return chance.choices(range(LONGEST + 1), cum_weights=_cumulated())[0]


def band_of(days: int) -> int:
    """Which published band a number of working days falls into, by its place in the list."""
    return next(place for place, band in enumerate(figures().bands) if band.high is None or days <= band.high)


def expected_days() -> float:
    """The mean of the durations drawn, in working days."""
    return sum(days * chance for days, chance in enumerate(chances()))


# ---- some need it faster -------------------------------------------------------------------------------------
URGENT_SHARE = 0.06  # assumption: no published share of assessments that are urgent
URGENT_MEAN = 8.0  # working days, assumption


@lru_cache(maxsize=1)
def urgent_chances() -> tuple[float, ...]:
    """The chance of being urgent given how long it took: so that urgent ones are quick and the whole is unchanged."""
    every = chances()
    low, high = 1.0, 60.0
    for _ in range(40):
        scale = (low + high) / 2
        weights = [chance * 2 ** (-days / scale) for days, chance in enumerate(every)]
        mean = sum(days * weight for days, weight in enumerate(weights)) / sum(weights)
        low, high = (low, scale) if mean > URGENT_MEAN else (scale, high)
    total = sum(weights)
    share = URGENT_SHARE / total
    return tuple(min(1.0, share * weight / chance) for weight, chance in zip(weights, every, strict=True))
