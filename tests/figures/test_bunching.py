"""Bunching: densities per working day before and after a date, against counts done by hand."""

from __future__ import annotations

import pytest
from hypothesis import given

from casereview.oversight.figures.bunching import AGREED, INDICATIVE, bunching, usual_date
from casereview.oversight.figures.facts import CaseFacts
from casereview.oversight.figures.intime import CAVEAT, in_time
from tests.figures.made import DAY, case, cases, some_cases, timed


def spread_out(counts: dict[tuple[int, int], int]) -> list[CaseFacts]:
    """So many cases in each stretch of working days, evenly, each with an indicative time of 45."""
    found = []
    for (first, last), count in counts.items():
        for at in range(count):
            days = first + at * (last - first + 1) // count
            found.append(case(timed(days, indicative_days=45, past_indicative=days - 45), ref=f"{first}-{at}"))
    return found


def test_england_in_2024_has_the_published_ratio() -> None:
    """DfE's table C2: 20.2% in days 31-40, 18.1% in 41-45, 6.0% in 46-50, which is 2.0%, 3.6% and 1.2% a day."""
    rest = {(0, 0): 15, (1, 10): 114, (11, 20): 173, (21, 30): 160, (51, 60): 46, (61, 90): 49}
    found = spread_out({**rest, (31, 40): 202, (41, 45): 181, (46, 50): 60})
    figure = bunching(found, DAY, smallest=1)
    assert (figure.before.count, figure.up_to.count, figure.after.count) == (202, 181, 60)
    assert figure.ratio == pytest.approx(181 / 5 / (202 / 10)) == pytest.approx(1.79, abs=0.005)
    assert figure.drop == pytest.approx(60 / 181)
    assert [round(100 * (w.per_day or 0), 1) for w in (figure.before, figure.up_to, figure.after)] == [2.0, 3.6, 1.2]
    rounded = bunching(found, DAY)
    assert (rounded.before.count, rounded.ratio, rounded.drop) == (200, 1.8, 0.3)


def test_an_even_spread_does_not_bunch_and_a_number_of_days_is_as_good_as_a_date() -> None:
    found = cases([d for d in range(1, 61) for _ in range(6)])
    assert bunching(found, DAY, around="45").ratio == pytest.approx(1)
    assert bunching(found, DAY, around="45").drop == pytest.approx(1)
    # without any indicative time, the agreed date is looked at; without that, nothing can be
    assert usual_date(found) == AGREED and bunching(found, DAY).counted == 0


def test_the_agreed_date_counts_only_where_the_days_before_it_could_be() -> None:
    near = [case(timed(3, agreed_days=3, past_agreed=0), ref=f"n{at}") for at in range(9)]
    far = [case(timed(30, agreed_days=30, past_agreed=0), ref=f"f{at}") for at in range(9)]
    short = [case(timed(30, agreed_days=30, past_agreed=0, cut_short=True), ref=f"s{at}") for at in range(9)]
    figure = bunching([*near, *far, *short], DAY, around=AGREED)
    assert (figure.counted, figure.left_out, figure.up_to.count) == (5, 15, 5)
    assert figure.ratio is None, "nothing ended in the ten days before: how many times as many cannot be said"


@given(some_cases())
def test_windows_are_counts_of_what_ended_there(found: list[CaseFacts]) -> None:
    figure = bunching(found, DAY, around=INDICATIVE, smallest=1)
    far = [t.past_indicative for c in found for t in c.of() if t.past_indicative is not None and not t.cut_short]
    ended = sum(t.ended is not None for c in found for t in c.of())
    assert figure.counted == len(far) and figure.left_out == ended - len(far)
    for window in (figure.before, figure.up_to, figure.after):
        assert window.count == sum(window.first <= one <= window.last for one in far)


@given(some_cases())
def test_what_is_small_is_hidden_with_its_ratio(found: list[CaseFacts]) -> None:
    figure = bunching(found, DAY, around=INDICATIVE)
    windows = (figure.before, figure.up_to, figure.after)
    assert all(w.count is None or not 0 < w.count < 5 for w in windows)
    if figure.before.count is None or figure.up_to.count is None:
        assert figure.ratio is None


@pytest.mark.parametrize(("dated", "undated"), [(40, 3), (3, 40), (40, 6), (6, 40), (0, 40), (2, 2)])
def test_how_many_ended_does_not_give_away_how_few_have_a_date_or_have_none(dated: int, undated: int) -> None:
    """All that ended is told beside it; where few have none they are among those counted."""
    found = [case(timed(44, indicative_days=45, past_indicative=-1), ref=f"d{at}") for at in range(dated)]
    found += [case(timed(44), ref=f"u{at}") for at in range(undated)]
    figure = bunching(found, DAY, around=INDICATIVE)
    assert (figure.counted, figure.left_out) == {
        (40, 3): (40, None), (3, 40): (None, None), (40, 6): (40, 5), (6, 40): (5, 40), (0, 40): (0, 40),
        (2, 2): (None, None),
    }[dated, undated]  # fmt: skip


# ---- in time: only for whoever asks, never alone -----------------------------------------------------------------
def test_the_monthly_view_shows_bunching_and_same_day_beside_any_share_within_the_time() -> None:
    """Scenario 9."""
    found = spread_out({(0, 0): 10, (31, 40): 30, (41, 45): 40, (46, 50): 20})
    figure = in_time(found, DAY)
    (month,) = figure.months
    assert (month.name, month.ended) == ("2025-06", 100)
    assert month.bunching == pytest.approx(40 / 5 / (30 / 10), abs=0.05)
    assert (month.same_day.count, month.within.count, month.within.of) == (10, 80, 100)
    assert figure.caveat == CAVEAT and "says nothing" in CAVEAT


@given(some_cases())
def test_hidden_months_cannot_be_worked_out_from_the_whole(found: list[CaseFacts]) -> None:
    figure = in_time(found, DAY)
    hidden = [month for month in figure.months if month.ended is None]
    assert figure.whole.ended is None or len(figure.months) == 1 or len(hidden) != 1
