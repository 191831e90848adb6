"""A day mistyped and put right: what is counted from it moves, with both values in the journal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from casereview import commands as cmd
from casereview.events import DatesMoved
from tests.stories import MO, START, STORY, WREN, Story

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


def test_a_later_record_of_the_kind_moves_no_clock() -> None:
    """The count began with the first referral; a second one, put right, is not the day it began."""
    story = Story(SA2013)
    story.do(WREN, cmd.AddRecord("referral", {"received_on": START}))
    story.after(5)
    number = story.do(WREN, cmd.AddRecord("referral", {"received_on": story.today})).entries[0].number
    story.do(WREN, cmd.CorrectRecord(number, "a day early", {"received_on": START + timedelta(days=1)}))
    assert story.case.runs["from-referral"].started == START
    assert not [e for e in story.entries if isinstance(e.event, DatesMoved)]


@pytest.fixture
def from_referral(tmp_path: Path) -> str:
    """A workflow of one's own whose main time counts from a day in a record."""
    text = Path(STORY).read_text("utf-8")
    was = 'title             = "Decision"\nfrom              = "opened"'
    assert was in text
    path = tmp_path / "story.toml"
    path.write_text(text.replace(was, was.replace('"opened"', '"field received_on of referral"')), "utf-8")
    return str(path)


def test_what_was_looked_at_and_planned_stays_when_the_first_day_is_corrected(from_referral: str) -> None:
    story = Story(from_referral)
    number = story.do(WREN, cmd.AddRecord("referral", {"received_on": START})).entries[0].number
    story.do(WREN, cmd.SetLane("urgent", "infant injury"))
    case = story.case
    assert case.runs["decision"].checkpoints == [story.due(5), story.due(10)] and case.lane
    assert case.lane.targets["decision"] == story.due(5)
    story.after(5)
    story.do(MO, cmd.AddRecord("look-note", {"outcome": "carry on", "next_look": story.due(8)}))
    right = story.due(1)
    story.do(WREN, cmd.CorrectRecord(number, "it came a day later", {"received_on": right}))
    case = story.case
    assert case.runs["decision"].checkpoints == [story.due(8), story.due(10, right)]  # the first was held
    assert case.runs["decision"].indicative == story.due(20, right)
    assert case.lane and case.lane.targets["decision"] == story.due(5, right)
    story.check()
