"""Clocks: London's date, instants that never repeat, and a date a person may set."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.clock import PinnedClock, SystemClock, london_date
from casereview.ports import Clock
from casereview.testing import FixedClock
from tests.contract.builders import DAY


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 1, 31, 23, 59, tzinfo=UTC), date(2024, 1, 31)),
        (datetime(2024, 6, 30, 22, 59, tzinfo=UTC), date(2024, 6, 30)),
        (datetime(2024, 6, 30, 23, 0, tzinfo=UTC), date(2024, 7, 1)),  # summer time
        (datetime(2024, 1, 1, 8, 0, tzinfo=timezone(timedelta(hours=9))), date(2023, 12, 31)),
    ],
)
def test_the_date_is_londons(moment: datetime, day: date) -> None:
    assert london_date(moment) == day


def test_an_instant_needs_its_zone() -> None:
    naive = datetime(2024, 1, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        london_date(naive)
    with pytest.raises(ValueError, match="zone"):
        FixedClock(DAY, naive)


def test_the_real_clock_agrees_with_itself() -> None:
    clock: Clock = SystemClock()
    before, day, after = clock.now(), clock.today(), clock.now()
    assert before.tzinfo is UTC
    assert before <= after
    assert london_date(before) <= day <= london_date(after)


def test_a_pinned_date_leaves_instants_real() -> None:
    clock: Clock = PinnedClock(date(1999, 12, 31))
    assert clock.today() == date(1999, 12, 31)
    assert abs(clock.now() - SystemClock().now()) < timedelta(minutes=1)


@given(st.lists(st.dates(date(1950, 1, 1), date(2090, 1, 1)) | st.none(), max_size=12))
def test_a_fixed_clock_never_gives_the_same_instant_twice(days: list[date | None]) -> None:
    clock = FixedClock(DAY)
    given_out = [clock.now()]
    for day in days:
        if day:
            clock.set(day)
            assert clock.today() == day
        given_out.append(clock.now())
    assert all(earlier < later for earlier, later in pairwise(given_out))
    assert all(moment.tzinfo is UTC for moment in given_out)


def test_a_fixed_clock_moves_by_calendar_days() -> None:
    clock = FixedClock(date(2024, 2, 28))
    clock.advance(2)
    assert clock.today() == date(2024, 3, 1)
    assert london_date(clock.now()) == date(2024, 3, 1)
    clock.advance()
    assert clock.today() == date(2024, 3, 2)


def test_a_fixed_clock_may_start_at_an_instant() -> None:
    start = datetime(2024, 6, 14, 1, 0, tzinfo=timezone(timedelta(hours=1)))
    assert FixedClock(DAY, start).now() == start
