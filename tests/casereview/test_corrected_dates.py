"""A day mistyped and put right: what is counted from it moves, with both values in the journal."""

from __future__ import annotations

from datetime import timedelta

from casereview import commands as cmd
from casereview.events import DatesMoved
from tests.stories import MO, WREN, Story

SA2013 = "single-assessment-2013"


def test_a_corrected_referral_date_moves_the_clock_that_runs_from_it() -> None:
    story = Story(SA2013)
    first = story.today
    story.do(WREN, cmd.AddRecord("referral", {"received_on": first}))
    number = story.case.records["referral"].live[-1]
    assert story.case.runs["from-referral"].started == first
    right = first - timedelta(days=6)
    story.do(WREN, cmd.CorrectRecord(number, "the letter was stamped earlier", {"received_on": right}))
    run = story.case.runs["from-referral"]
    assert run.started == right and run.ended is None
    moved = [e.event for e in story.entries if isinstance(e.event, DatesMoved)]
    assert len(moved) == 1 and str(first) in moved[0].before["from-referral"]
    story.check()


def test_a_corrected_word_moves_no_clock() -> None:
    story = Story(SA2013)
    story.do(WREN, cmd.AddRecord("referral", {"received_on": story.today, "said": "worried"}))
    number = story.case.records["referral"].live[-1]
    story.do(MO, cmd.CorrectRecord(number, "their own words", {"said": "I am worried"}))
    assert not [e for e in story.entries if isinstance(e.event, DatesMoved)]
    assert story.case.runs["from-referral"].started == story.today
