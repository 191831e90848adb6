"""Law 9: waiting and suspension are recorded and shown; nothing is ever subtracted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError
from casereview.service.reading import register, show
from casereview.views import RegisterQuery
from tests.stories import MO, START, WREN, Story

DAY = timedelta(days=1)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=4), st.integers(26, 60))
def test_waiting_changes_no_date_and_no_count(waits: list[tuple[int, int]], late: int) -> None:
    plain, waiting = Story(), Story()
    for since, lasted in waits:
        waiting.on(START + (since + lasted) * DAY)
        number = waiting.do(WREN, cmd.StartWaiting("police", "a decision", START + since * DAY)).case.number
        if lasted % 2:
            waiting.do(WREN, cmd.EndWaiting(number))
    views = [show(s.after(late).desk(MO), s.ref) for s in (plain, waiting)]
    for one, other in zip(views[0].expectations, views[1].expectations, strict=True):
        assert one == other
    rows = [register(s.desk(MO), RegisterQuery()).rows for s in (plain, waiting)]
    assert [(r.working_days, r.beyond) for r in rows[0]] == [(r.working_days, r.beyond) for r in rows[1]]
    assert len(waiting.case.waiting) + len(waiting.case.waited) == len(waits)
    waiting.check()


def test_suspension_is_shown_and_subtracts_nothing() -> None:
    """Decision 8; and decision 21: it is an expectation on the main steps, but what may continue is exempt."""
    plain, story = Story(), Story()
    number = story.do(MO, cmd.AddRecord("suspension", {"may_continue": "look-together"})).case.number
    story.do(MO, cmd.TakeStep("suspend"))
    for s in (plain, story):
        s.after(40)
    assert story.judged() == plain.judged()
    assert "track-proceedings" in {u.requirement for u in story.refused(MO, cmd.TakeStep("begin")).unmet}
    story.step(MO, "begin")
    story.do(MO, cmd.TakeStep("look-together"))  # on the list of what may continue
    assert "track-proceedings" in {u.requirement for u in story.refused(MO, cmd.TakeStep("enough")).unmet}
    story.do(MO, cmd.CorrectRecord(number, "left out", {"may_continue": "look-together; enough"}))
    assert "track-proceedings" not in {u.requirement for u in story.refused(MO, cmd.TakeStep("enough")).unmet}
    assert "Write down another first" in story.refused(MO, cmd.CorrectRecord(number, "wrong", withdraw=True)).remedy
    story.do(MO, cmd.AddRecord("suspension", {}))
    story.do(MO, cmd.CorrectRecord(number, "wrong", withdraw=True))
    assert "track-proceedings" in {u.requirement for u in story.refused(MO, cmd.TakeStep("enough")).unmet}
    story.do(MO, cmd.TakeStep("resume", "the trial is over"))
    assert "track-proceedings" not in {u.requirement for u in story.refused(MO, cmd.TakeStep("enough")).unmet}


def test_overlapping_waits_are_kept_apart() -> None:
    story = Story(today=START + 9 * DAY, opened=START)
    first = story.do(WREN, cmd.StartWaiting("police", "a", START)).case.number
    story.do(WREN, cmd.StartWaiting("health", "b", START + DAY))
    story.do(WREN, cmd.EndWaiting(first, START + 2 * DAY))
    case = story.case
    assert [(w.on_whom, w.since, w.until) for w in case.waited] == [("police", START, START + 2 * DAY)]
    assert [w.on_whom for w in case.waiting.values()] == ["health"]
    with pytest.raises(CaseReviewError, match="before it began"):
        story.do(WREN, cmd.EndWaiting(first + 1, START))


def test_a_reopened_case_has_been_running_all_the_time() -> None:
    """Closing cut its decision short; opened again, it counts from its first day, and a new queue is new."""
    story = Story().step(MO, "begin").after(5).step(MO, "void")
    assert story.standing() == "done_within"
    assert story.case.runs["decision"].cut_short
    story.after(60).do(MO, cmd.Reopen("it was no mistake"))
    run = story.case.runs["decision"]
    assert (run.started, run.ended) == (START, None)
    assert story.standing() == "longer_unexplained"
    story.check()


def test_an_expectation_that_reached_its_own_end_stays_ended() -> None:
    story = Story().finish()
    story.on(START + 100 * DAY).do(MO, cmd.Reopen("new facts"))
    assert story.case.runs["decision"].ended == START
    assert story.standing() == "done_within"


def test_a_second_visit_starts_a_new_run_only_where_that_is_declared() -> None:
    story = Story().step(MO, "begin").step(MO, "go-on")
    story.after(4)
    assert story.standing("queue") == "longer_unexplained"
    story.step(MO, "back")
    assert story.standing("queue") == "done_longer_unexplained"
    story.after(6).step(MO, "go-on")
    run = story.case.runs["queue"]
    assert (run.started, run.ended, [p.standing for p in run.past]) == (story.due(6), None, ["done_longer_unexplained"])
    assert story.case.runs["decision"].started == START
    assert story.case.main.visit == 2
