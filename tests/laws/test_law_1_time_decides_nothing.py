"""Law 1: time never moves, blocks or closes a case."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.decide.life import open_steps
from casereview.requirements import asked_by
from casereview.service.reading import show
from casereview.standing import judge
from tests.laws.second_opinion import CALENDAR, EXPECTATION, Fact, histories, lived
from tests.stories import MO, SHIPPED, START, WREN, Story, definition

far = st.integers(0, 4000).map(lambda n: START + timedelta(days=n))


@settings(max_examples=40)
@given(far, far, st.sampled_from(["begin", "look-together", "enough"]))
def test_the_open_steps_and_what_they_ask_are_the_same_on_every_date(one: date, other: date, reached: str) -> None:
    """Lateness is a second axis beside the stage: the same case asks the same on any two days."""
    story = Story()
    for step in ("begin", "look-together", "enough"):
        story.step(MO, step)
        if step == reached:
            break
    views = [show(story.on(day).desk(MO), story.ref) for day in (one, other)]
    assert views[0].steps == views[1].steps
    assert views[0].case == views[1].case


@settings(max_examples=60)
@given(histories(), far)
def test_a_day_that_passes_changes_nothing_of_the_case(facts: list[Fact], day: date) -> None:
    """Asking for the standing on any day leaves the case, its stage and its open steps as they were."""
    case, same = lived(facts), lived(facts)
    steps = open_steps(case, definition())
    judge(case, EXPECTATION, CALENDAR, day)
    assert case == same
    assert open_steps(case, definition()) == steps
    assert [asked_by(case, s, definition()) for s in steps] == [asked_by(same, s, definition()) for s in steps]


@settings(max_examples=12)
@given(st.sampled_from(SHIPPED), far)
def test_a_shipped_workflow_asks_the_same_after_years(workflow: str, day: date) -> None:
    story = Story(workflow)
    before = show(story.desk(MO), story.ref)
    after = show(story.on(day).desk(MO), story.ref)
    assert before.steps == after.steps
    assert after.case.closed is None


def test_an_exception_that_ran_out_still_meets_a_step_but_no_justification() -> None:
    """A requirement reads no date: what was met stays met; the standing is where its end shows."""
    story = Story().after(26)
    story.do(MO, cmd.ExceptTelling("mother", "police advice", story.today + timedelta(days=3)))
    story.reason()
    story.agree_until(story.today + timedelta(days=60))
    story.see()
    assert story.standing() == "longer_justified"
    story.on(story.today + timedelta(days=3))
    assert story.standing() == "longer_lapsed"
    asked = {a.requirement: a.met for a in show(story.desk(MO), story.ref).steps[0].asked}
    assert asked["told-family"] is True


def test_a_step_can_be_taken_however_late_it_is() -> None:
    story = Story().after(900).step(WREN, "begin")
    assert story.case.main.stage == "working"
    story.finish()
    assert story.case.closed == story.today
