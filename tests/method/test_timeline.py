"""Dates on an axis: in order, to scale, within the width; what has no date is counted."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from casereview.case import Stay
from casereview.method.lines import columns_of
from casereview.method.timeline import drawn, of_the_case, of_the_review, place, ticks
from tests.method.reviews import DAY, review_of
from tests.method.stories import made_up
from tests.method.test_tunnel import review

days = st.dates(date(2000, 1, 1), date(2040, 1, 1))


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(50, 200))
def test_it_fits_and_shows_or_counts_all(chance: Random, width: int) -> None:
    looked = review(made_up(chance))
    axis = of_the_case(looked)
    dated = len(looked.of("narrative-segment")) + len(looked.of("known-when"))
    assert len(axis.bars) + axis.undated == dated
    lines = list(drawn(axis, width))
    assert all(columns_of(line) <= width for line, _ in lines)
    if axis.bars:
        body = [line for line, is_head in lines[1:] if not is_head]
        assert sum(any(sign in line for sign in "◆├●○") for line in body) == len(axis.bars)
    for lane in ("episode", "fact"):
        starts = [bar.start for bar in axis.lane(lane)]
        assert starts == sorted(starts)


@given(st.lists(days, min_size=2, max_size=6), st.integers(20, 200))
def test_an_earlier_day_never_stands_to_the_right_of_a_later_one(found: list[date], width: int) -> None:
    found.sort()
    columns = [place(day, found[0], found[-1], width) for day in found]
    assert columns == sorted(columns) and columns[0] == 0 and columns[-1] <= width - 1
    if found[0] < found[-1]:
        assert columns[-1] == width - 1


@given(days, st.integers(0, 20_000), st.integers(1, 9))
def test_ticks_are_firsts_of_months_within_it_and_few(begin: date, length: int, most: int) -> None:
    end = begin + timedelta(days=length)
    found = ticks(begin, end, most)
    assert all(day.day == 1 and begin <= day <= end for day in found)
    assert len(found) <= most + 1


def test_a_fact_is_drawn_from_its_day_to_the_last_on_which_somebody_came_to_know_it() -> None:
    days = {"happened_on": "2024-01-01", "known_from": "2024-01-31"}
    fact = ("known-when", {"fact": "Cold", "known_to": ["Mother"], **days})
    own = ("came-to-know", {"fact": 2, "whose": "Teacher", "known_from": "2024-03-01"})
    [bar] = of_the_case(review_of(fact, own)).bars
    assert (bar.start, bar.known, bar.last) == (
        date(2024, 1, 1), (date(2024, 1, 31), date(2024, 3, 1)), date(2024, 3, 1)
    )  # fmt: skip


def test_every_visit_to_a_stage_is_on_the_axis_of_the_review() -> None:
    looked = review_of(("meeting", {"kind": "analysis", "on": "2024-06-20"}), ("meeting", {"kind": "analysis"}))
    week = timedelta(days=7)
    looked.case.stays = [Stay("referred", 1, DAY, DAY + week), Stay("decision", 1, DAY + week, DAY + 2 * week),
                         Stay("referred", 2, DAY + 2 * week)]  # fmt: skip
    axis = of_the_review(looked, DAY + 9 * week)
    assert [(bar.title, bar.start, bar.end) for bar in axis.lane("stage")][2] == (
        "Referred to the board (visit 2)", DAY + 2 * week, DAY + 9 * week
    )  # fmt: skip
    assert (len(axis.lane("meeting")), axis.undated) == (1, 1)
