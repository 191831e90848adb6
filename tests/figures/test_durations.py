"""Durations: every case is in one band, quartiles are what they say, groups give away nothing."""

from __future__ import annotations

import random
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.oversight.figures.durations import (
    DFE,
    FINER,
    KEYS,
    Band,
    banded,
    durations,
    quartiles,
    spread,
    within,
)
from casereview.oversight.figures.facts import WHOLE_CASE, CaseFacts
from tests.figures.made import DAY, case, cases, some_cases, some_days, timed


@given(st.lists(some_days))
def test_every_duration_is_in_exactly_one_band(days: list[int]) -> None:
    for bands in (DFE, FINER):
        found = banded(days, bands)
        assert sum(found) == len(days)
        for (low, high), count in zip(bands, found, strict=True):
            assert count == sum(low <= one and (high is None or one <= high) for one in days)


def test_bands_follow_on_and_the_finer_ones_lie_inside_those_that_are_published() -> None:
    for bands in (DFE, FINER):
        assert bands[0][0] == 0 and bands[-1][1] is None
        assert all(high is not None and high + 1 == low for (_, high), (low, _) in pairwise(bands))
    assert {low for low, _ in DFE} <= {low for low, _ in FINER}


@given(st.lists(some_days, min_size=1))
def test_a_quarter_half_and_three_quarters_are_no_longer(days: list[int]) -> None:
    """By the definition: the value at that share of the way through the sorted durations."""
    found, ordered = quartiles(days), sorted(days)
    assert found is not None
    for share, value in ((0.25, found.lower), (0.5, found.median), (0.75, found.upper)):
        at = share * (len(ordered) - 1)
        low, part = int(at), at - int(at)
        high = ordered[min(low + 1, len(ordered) - 1)]
        assert value == pytest.approx(ordered[low] + part * (high - ordered[low]))
    assert found.lower <= found.median <= found.upper


@given(some_cases(), st.sampled_from(["", *KEYS]), st.sampled_from(["", WHOLE_CASE]))
def test_totals_are_counts_whatever_they_are_grouped_by(found: list[CaseFacts], by: str, measure: str) -> None:
    figure = durations(found, DAY, measure=measure, by=by, smallest=1)
    ended = [t for c in found for t in c.of(measure) if t.ended]
    running = [t for c in found for t in c.of(measure) if not t.ended]
    for one, of in ((figure.done, ended), (figure.open, running)):
        assert one.count == len(of)
        assert sum(band.count or 0 for band in one.bands) == len(of) == sum(band.count or 0 for band in one.finer)
        assert one.longest == max((t.days for t in of), default=None)
    assert sum(group.spread.count or 0 for group in figure.groups) == (len(ended) if by else 0)
    assert [group.name for group in figure.groups] == sorted(group.name for group in figure.groups)


@given(some_cases(), st.integers(0, 99))
def test_the_order_of_cases_does_not_matter(found: list[CaseFacts], seed: int) -> None:
    mixed = list(found)
    random.Random(seed).shuffle(mixed)
    assert durations(mixed, DAY, by="team") == durations(found, DAY, by="team")


@given(st.lists(some_days), st.integers(2, 6))
def test_nothing_small_shows_and_the_finer_bands_add_up_to_the_wider(days: list[int], smallest: int) -> None:
    found = spread(days, smallest)
    if found.count is None:
        assert 0 < len(days) < smallest and found.bands == found.finer == () and found.quartiles is None
        return
    assert all(band.count is None or not 0 < band.count < smallest for band in (*found.bands, *found.finer))
    for wide in found.bands:
        last = 10_000 if wide.high is None else wide.high
        inside = [one for one in found.finer if wide.low <= one.low <= last]
        assert inside == [wide] or sum(one.count or 0 for one in inside) == wide.count


@given(some_cases(), st.integers(2, 6))
def test_a_small_team_shows_nothing(found: list[CaseFacts], smallest: int) -> None:
    for group in durations(found, DAY, by="team", smallest=smallest).groups:
        one = group.spread
        if one.count is None:
            assert one.bands == () and one.quartiles is None and one.longest is None
        else:
            assert one.count >= smallest
            assert all(band.count is None or not 0 < band.count < smallest for band in one.bands)


def test_a_band_says_how_many_to_a_day() -> None:
    assert Band(41, 45, 18, 100).per_day == pytest.approx(0.036)
    assert Band(61, None, 5, 100).per_day is None and Band(61, None, 5, 100).label == "61 or more"
    assert Band(0, 0, None, 100).share is None and Band(0, 0, 2, 100).label == "same day"


def test_only_what_ended_in_the_period_and_what_is_open_on_the_day() -> None:
    found = [case(timed(5, ended=date(2025, 5, 30)), ref="a"), case(timed(7, ended=date(2025, 6, 2)), ref="b"),
             case(timed(90, ended=None), ref="c")]  # fmt: skip
    figure = durations(found, DAY, period=(date(2025, 6, 1), date(2025, 6, 30)), smallest=1)
    assert (figure.done.count, figure.done.longest, figure.open.count) == (1, 7, 1)
    assert [one.case for one in figure.oldest] == ["c"]
    assert within(date(2025, 6, 1), (date(2025, 6, 1), None))
    assert not within(date(2025, 7, 1), (None, date(2025, 6, 30)))


def test_no_worker_is_anywhere_in_the_facts() -> None:
    """Never a league table of workers: they could not be told apart if one wished to."""
    assert not any("worker" in name and name != "worked_here" for name in CaseFacts.__slots__)
    assert "worker" not in KEYS


def test_groups_of_the_same_durations_are_told_apart_by_name_only() -> None:
    found = [case(timed(d), ref=f"{t}{d}", team=t) for t in ("south", "north") for d in range(10, 20)]
    names = [group.name for group in durations(found, DAY, by="team").groups]
    assert names == ["north", "south"]
    assert durations(cases(range(4)), DAY).done.count is None
