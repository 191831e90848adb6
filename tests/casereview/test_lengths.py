"""Lengths of time for dates: what is counted, from where, on whose calendar, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.commands import AgreeDate
from casereview.errors import CaseReviewError
from casereview.service.lengths import From, day_ahead
from tests.stories import MO, START, Story
from workflows.span import Span, Unit

HALF_WAY = Story(opened=date(2024, 4, 2))
UNITS: tuple[Unit, ...] = ("working days", "days", "weeks", "months")


@given(st.integers(0, 400), st.sampled_from(UNITS), st.sampled_from(("today", "start")), st.booleans())
def test_a_length_is_what_the_calendar_of_the_case_makes_of_it(
    amount: int, unit: Unit, counted_from: From, said: bool
) -> None:
    desk, ref = HALF_WAY.desk(MO), HALF_WAY.ref
    case, began = HALF_WAY.case, HALF_WAY.case.runs["decision"].started
    start = desk.today if counted_from == "today" else began
    with desk.reading() as work:
        meant = desk.calendar(work, case.nation, case.team).due(start, Span(amount, unit))
    text = f"{Span(amount, unit)}{' from today' if counted_from == 'today' else ' from the start'}" if said else ""
    written = text or str(Span(amount, unit))
    if meant < desk.today:
        with pytest.raises(CaseReviewError, match="ended on"):
            day_ahead(desk, ref, written, "the date", counted_from=counted_from)
    else:
        other: From = "start" if counted_from == "today" else "today"
        assert day_ahead(desk, ref, written, "the date", counted_from=other if said else counted_from) == meant


@pytest.mark.parametrize("text", ["35 days", "35days", " 35  Days ", "35 days from the start", "5 weeks from start"])
def test_what_a_manager_types_becomes_this_childs_own_date(text: str) -> None:
    """Scenario 1: in an authority without a limit, "35 days" is a date agreed for the child, with its reason."""
    story = Story()
    day = day_ahead(story.desk(MO), story.ref, text, "the date", counted_from="start")
    assert day == date(2024, 7, 8)
    story.do(MO, AgreeDate(day, "Reading the history takes so long", "JUDG"))
    assert story.case.runs["decision"].agreed == day


def test_dates_are_read_as_ever_and_today_is_today() -> None:
    story = Story()
    for text in ("2024-07-08", "8/7/2024", "8 July 2024"):
        assert day_ahead(story.desk(MO), story.ref, text, "the date") == date(2024, 7, 8)
    assert day_ahead(story.desk(MO), story.ref, "today", "the date") == START
    assert day_ahead(story.desk(MO), story.ref, "in 1 week", "the date", counted_from="start") == date(2024, 6, 10)


@pytest.mark.parametrize("text", ["15 worknig days", "15", "working days", "4 hours", "99999999 days", "-3 days", ""])
def test_what_is_neither_is_refused_in_one_line_that_says_how(text: str) -> None:
    story = Story()
    with pytest.raises(CaseReviewError) as error:
        day_ahead(story.desk(MO), story.ref, text, "the date")
    assert len(str(error.value).splitlines()) == 1
