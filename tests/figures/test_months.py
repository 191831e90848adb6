"""The control chart and the look ahead: limits against numbers worked by hand, chances against counting."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.oversight.figures.facts import CaseFacts
from casereview.oversight.figures.forecast import carried, finishing, forecast, survival
from casereview.oversight.figures.months import (
    ABOVE,
    BELOW,
    HIGH_RUN,
    LEAPT,
    LEAST,
    MEASURES,
    Point,
    Trend,
    charted,
    limits_of,
    since_shift,
    trend,
)
from casereview.oversight.figures.said_more import story_asked
from tests.figures.made import DAY, case, some_cases, timed


def points(values: Sequence[float | None]) -> list[Point]:
    return [Point(f"2024-{at + 1:02d}", 9, value) for at, value in enumerate(values)]


def chart(values: Sequence[float | None]) -> Trend:
    limits, marked = charted(points(values))
    return Trend("days", "", marked, Point("2024-11", 0, None), limits, any(one.signals for one in marked))


def test_limits_are_those_worked_by_hand() -> None:
    """30 34 32 36 31 33 35 33: mean 33; moving ranges 4 2 4 5 2 2 2, mean 3; 2.66 × 3 = 7.98; 3.268 × 3 = 9.804."""
    limits = limits_of([30, 34, 32, 36, 31, 33, 35, 33])
    assert limits is not None and limits.months == 8
    assert limits.centre == pytest.approx(33)
    assert limits.lower == pytest.approx(25.02) and limits.upper == pytest.approx(40.98)
    assert limits.range_limit == pytest.approx(9.804)
    # 1 5 1 5 1 5 1 5: mean 3, mean moving range 4; 3 - 10.64 lies below nought, and nothing takes less than no time
    low = limits_of([1, 5, 1, 5, 1, 5, 1, 5])
    assert low is not None and low.lower == 0 and low.upper == pytest.approx(13.64)


@pytest.mark.parametrize("count", range(LEAST))
def test_too_few_months_have_no_limits_and_no_signals(count: int) -> None:
    found = chart([30.0, 90.0] * 9)
    few = chart([30.0, 90.0, 30.0, 30.0, 30.0, 30.0, 30.0, 30.0][:count])
    assert few.limits is None and not few.asks and carried(few) is None
    assert found.limits is not None


def test_a_month_outside_the_limits_asks_for_its_story_and_so_does_a_leap() -> None:
    found = chart([*[30, 32] * 6, 30, 40])
    assert found.asks and found.limits is not None
    assert [one.month for one in found.points if one.signals] == ["2024-14"]
    assert found.points[-1].signals == (ABOVE, LEAPT)
    assert chart([*[32, 30] * 6, 32, 22]).points[-1].signals == (BELOW, LEAPT)
    assert not chart([*[30, 32] * 6, 30, 33]).asks


def test_eight_in_a_row_on_one_side_are_a_signal_and_seven_are_not() -> None:
    eight = chart([20, 21, 20, 21, 20, 21, 20, 21, 26, 27, 26, 27, 26, 27, 26, 27])
    assert all(HIGH_RUN in one.signals for one in eight.points[8:])
    assert since_shift(eight.points) == [26, 27, 26, 27, 26, 27, 26, 27]
    ahead = carried(eight)
    assert ahead is not None and ahead.shifted and ahead.rests_on == 8 and ahead.value == pytest.approx(26.5)
    assert ahead.months == ("2024-11", "2024-12", "2025-01")
    seven = chart([20, 21, 20, 21, 20, 21, 20, 21, 20, 26, 27, 26, 27, 26, 27, 26])
    assert not any(HIGH_RUN in one.signals for one in seven.points)
    assert len(since_shift(seven.points)) == 16


def test_a_stretch_asks_once_and_is_quiet_when_one_of_its_months_has_its_story() -> None:
    found = chart([20, 21, 20, 21, 20, 21, 20, 21, 26, 27, 26, 27, 26, 27, 26, 27])
    (first,) = story_asked(found, ())[:1]
    assert "2024-01 to 2024-16" in first and "What is the story" in first
    assert story_asked(found, {"2024-03"}) == []
    once = chart([*[30, 32] * 6, 30, 40])
    assert "behind 2024-14?" in story_asked(once, {"2024-03"})[0] and story_asked(once, {"2024-14"}) == []
    assert story_asked(chart([30, 31] * 6), ()) == []


@given(st.lists(st.integers(0, 60) | st.none(), max_size=30), st.integers(1, 50))
def test_the_same_month_after_month_never_asks_and_gaps_are_passed_over(values: list[int | None], same: int) -> None:
    assert not chart([same] * 12).asks
    gaps = chart(values)
    without = chart([value for value in values if value is not None])
    assert gaps.limits == without.limits
    assert [p.signals for p in gaps.points if p.value is not None] == [p.signals for p in without.points]


@given(some_cases(120), st.sampled_from(sorted(MEASURES)))
def test_each_month_is_counted_by_its_own_days(found: list[CaseFacts], what: str) -> None:
    figure = trend(found, DAY, what=what, months=120, smallest=1)
    timed_all = [one for c in found for one in c.of()]
    ended = sorted(f"{t.ended:%Y-%m}" for t in timed_all if t.ended)
    if what in ("days", "ended"):
        by_month = {p.month: p.cases for p in (*figure.points, figure.so_far)}
        assert all(by_month.get(month) == ended.count(month) for month in set(ended))
    if what == "open" and figure.points:
        last = figure.points[-1]
        end = date(2025, 6, 30)
        assert last.value == sum(t.started <= end and (t.ended is None or t.ended > end) for t in timed_all)
    assert figure.so_far.month == "2025-07" and all(p.month < "2025-07" for p in figure.points)


@given(some_cases(), st.integers(0, 9), st.sampled_from(sorted(MEASURES)))
def test_small_months_are_gaps_and_order_does_not_matter(found: list[CaseFacts], seed: int, what: str) -> None:
    figure = trend(found, DAY, what=what)
    assert all(p.cases is None or not 0 < p.cases < 5 for p in (*figure.points, figure.so_far))
    assert all(p.value is None for p in figure.points if p.cases is None)
    mixed = list(found)
    random.Random(seed).shuffle(mixed)
    assert trend(mixed, DAY, what=what) == figure
    assert forecast(mixed, DAY, figure) == forecast(found, DAY, figure)


# ---- looking ahead -----------------------------------------------------------------------------------------------
@given(st.lists(st.integers(0, 30), min_size=1))
def test_with_nothing_open_it_is_the_share_that_lasted_longer(ended: list[int]) -> None:
    lasts = survival(ended, [])
    assert len(lasts) == max(ended) + 1 and lasts[-1] == pytest.approx(0)
    for day, share in enumerate(lasts):
        assert share == pytest.approx(sum(one > day for one in ended) / len(ended))


def test_what_is_open_counts_as_having_lasted_so_long() -> None:
    """Worked by hand: ends at 2, 4, 4; open at 3, 5. At 2: 4/5. At 4: of three at risk two end, 4/5 × 1/3."""
    lasts = survival([2, 4, 4], [3, 5])
    assert lasts == [pytest.approx(1), pytest.approx(1), pytest.approx(0.8), pytest.approx(0.8), pytest.approx(4 / 15)]


def test_by_when_the_open_ones_may_end() -> None:
    found = [case(timed(day), ref=f"d{day}-{n}") for day in range(1, 61) for n in range(5)]
    found += [case(timed(0, ended=None), ref=f"o{n}") for n in range(20)]
    ahead = finishing(found)
    assert ahead.open == 20 and ahead.beyond == 0 and ahead.rests_on == 300
    for step in ahead.steps:
        assert step.ended == pytest.approx(20 * step.ahead / 60, rel=0.02)
        assert step.lower <= step.ended <= step.upper
    assert ahead.median == 30
    old = finishing([*found, *(case(timed(200, ended=None), ref=f"x{n}") for n in range(6))])
    assert old.beyond == 5 and old.open == 20, "rounded: what is open at all, less this, is no exact number"


def test_too_little_to_go_by_says_nothing() -> None:
    ahead = finishing([case(timed(4), ref=f"d{n}") for n in range(LEAST - 1)] + [case(timed(2, ended=None), ref="o")])
    assert ahead.steps == () and ahead.median is None


@given(some_cases())
def test_chances_stay_between_none_and_all(found: list[CaseFacts]) -> None:
    ahead = finishing(found, smallest=1)
    ended = [step.ended for step in ahead.steps]
    assert ended == sorted(ended)
    assert all(0 <= step.lower <= step.ended + 1e-9 <= step.upper + 1e-6 for step in ahead.steps)
    assert all(step.upper <= (ahead.open or 0) + 1e-9 for step in ahead.steps)
