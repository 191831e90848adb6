"""Law 2: an overdue case with an agreed reason stays on the list, with its reason, until it is done."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.service.reading import register
from casereview.views import OVERDUE, RegisterQuery
from tests.stories import MO, WREN, Story

DAY = timedelta(days=1)


@settings(max_examples=40)
@given(st.integers(26, 60), st.integers(1, 90), st.lists(st.integers(0, 120), min_size=1, max_size=4))
def test_an_agreed_case_is_on_the_register_every_day_until_it_is_done(late: int, lasts: int, later: list[int]) -> None:
    """With its reason, the manager's answer, what the family was told and the day it ends."""
    story = Story().after(late)
    until = story.today + lasts * DAY
    story.justify(until)
    start = story.today
    for more in sorted(later):
        story.on(start + more * DAY)
        row = next(r for r in register(story.desk(MO), RegisterQuery()).rows if r.expectation.expectation == "decision")
        assert row.expectation.details["answer"]["until"] == until.isoformat()
        assert row.expectation.details["reason"]["text"] == "a question is open"
        assert row.expectation.details["family"]["told_on"] == start.isoformat()
        assert row.beyond > 0
        assert (story.standing() == "longer_justified") == (story.today < until and story.judged().missing == ())
        assert story.today < until or story.standing() == "longer_lapsed"
    story.finish()
    assert not register(story.desk(MO), RegisterQuery()).rows
    story.check()


def test_what_is_missing_of_a_lapsed_one_is_printed_on_the_register() -> None:
    story = Story().after(26)
    story.justify(story.today + 3 * DAY).on(story.today + 3 * DAY)
    (row,) = [r for r in register(story.desk(MO), RegisterQuery()).rows if r.expectation.expectation == "decision"]
    assert row.row.standing == "longer_lapsed"
    assert row.expectation.details["missing"] == ["a date to look again that is still ahead"]


def test_an_agreement_without_a_day_still_ahead_is_refused() -> None:
    story = Story().after(26)
    story.reason()
    for until in (None, story.today, story.today - DAY):
        assert "a day still ahead" in story.refused(MO, cmd.GiveAnswer("agreed", "", until)).says
    story.do(MO, cmd.GiveAnswer("agreed", "", story.today + DAY))


def test_the_register_lists_every_overdue_standing_and_no_other() -> None:
    story = Story()
    seen = set()
    for day in range(60):
        story.on(story.case.opened + day * DAY)
        rows = register(story.desk(MO), RegisterQuery()).rows
        listed = {r.expectation.expectation for r in rows}
        overdue = {name for name in story.case.runs if story.standing(name) in OVERDUE}
        assert listed == overdue
        seen |= {story.standing(name) for name in overdue}
    assert "longer_unexplained" in seen
    story.reason(by=WREN)
    assert "decision" in {r.expectation.expectation for r in register(story.desk(MO), RegisterQuery()).rows}


def test_what_a_withdrawn_record_ended_is_not_done() -> None:
    """A child seen by mistake was not seen: the case is back on the list, counted from its first day (law 9)."""
    story = Story()
    number = story.see().case.number
    assert story.standing("first-sight") == "done_within"
    story.do(WREN, cmd.CorrectRecord(number, "another family's child", withdraw=True))
    assert story.case.runs["first-sight"].ended is None
    assert story.standing("first-sight") == "on_course"
    story.do(MO, cmd.AgreeDate(story.due(3), expectation="first-sight"))
    story.after(5)
    assert "first-sight" in {r.expectation.expectation for r in register(story.desk(MO), RegisterQuery()).rows}
    story.check()


def test_what_a_later_record_of_the_kind_ended_as_well_stays_done() -> None:
    story = Story()
    first = story.see().case.number
    story.after(2).see()
    story.do(WREN, cmd.CorrectRecord(first, "another family's child", withdraw=True))
    assert story.standing("first-sight") == "done_within"
    story.check()


def test_withdrawing_what_ended_nothing_changes_no_end() -> None:
    story = Story()
    story.do(WREN, cmd.AddRecord("goal", {"goal": "school"}))
    number = story.case.number
    story.see()
    story.finish()
    before = story.case.runs
    story.do(WREN, cmd.CorrectRecord(number, "wrong case", withdraw=True))
    assert story.case.runs == before
    story.check()
