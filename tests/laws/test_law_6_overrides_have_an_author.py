"""Law 6: a duty cannot be set aside; an expectation can, by a named role, with a reason, for this visit only."""

from __future__ import annotations

import pytest

from casereview import commands as cmd
from casereview import events as ev
from casereview.service.reading import show
from tests.stories import CHI, MO, SAM, SHIPPED, WREN, Story


def asked(story: Story, step: str) -> dict[str, tuple[bool, bool]]:
    view = show(story.desk(MO), story.ref)
    return {a.requirement: (a.met, a.set_aside) for s in view.steps if s.step.name == step for a in s.asked}


def test_a_duty_cannot_be_set_aside_by_anyone() -> None:
    story = Story(worker=None)
    for person in (MO, CHI):
        no = story.refused(person, cmd.SetRequirementAside("has-worker", "no one is free"))
        assert "is a duty" in no.says and "casereview assign" in no.remedy


@pytest.mark.parametrize("workflow", SHIPPED)
def test_no_duty_of_a_shipped_workflow_counts_as_set_aside(workflow: str) -> None:
    story = Story(workflow)
    case = story.case
    for step in story.definition.steps.values():
        from casereview.case import SetAside
        from casereview.requirements import asked_by

        case.set_asides = [SetAside(step.name, r.key, 9, MO, "x") for r in step.requirements]
        for one in asked_by(case, step, story.definition):
            assert one.set_aside == (one.strength == "expected")


def test_an_expectation_is_set_aside_by_a_named_role_with_a_reason() -> None:
    story = Story()
    for person in (WREN, SAM):
        assert "Manager or Service manager" in story.refused(person, cmd.SetRequirementAside("has-child", "x")).says
    assert "asks for a reason" in story.refused(MO, cmd.SetRequirementAside("has-child", "  ")).says
    done = story.do(MO, cmd.SetRequirementAside("has-child", "a baby not yet born"))
    event = done.entries[0].event
    assert isinstance(event, ev.RequirementSetAside)
    assert (done.entries[0].actor, event.reason, event.step) == (MO, "a baby not yet born", "begin")
    assert "a baby not yet born" in done.says[0]
    assert done.case.overrides == 1
    assert asked(story, "begin")["has-child"] == (False, True)
    assert "nothing to set aside" in story.refused(MO, cmd.SetRequirementAside("has-child", "again")).says


def test_it_lasts_for_this_visit_only() -> None:
    story = Story().step(MO, "begin").step(MO, "look-together")
    story.do(MO, cmd.AddRecord("look-note", {"outcome": "carry on"}))
    story.do(MO, cmd.SetRequirementAside("told-family", "told yesterday by telephone"))
    assert asked(story, "carry-on")["told-family"] == (False, True)
    story.do(MO, cmd.TakeStep("carry-on", "a question is open"))
    assert story.case.set_asides == []
    story.step(MO, "look-together")
    assert asked(story, "carry-on")["told-family"] == (False, False)
    assert asked(story, "carry-on")["record-look-note"] == (False, False)
    assert story.case.overrides > 0


def test_a_step_beside_the_path_does_not_end_what_was_set_aside_on_it() -> None:
    story = Story()
    story.do(MO, cmd.SetRequirementAside("has-child", "x"))
    story.do(WREN, cmd.TakeStep("share"))
    assert asked(story, "begin")["has-child"] == (False, True)
    story.do(WREN, cmd.TakeStep("take-back", "too early"))
    assert asked(story, "begin")["has-child"] == (False, True)


def test_a_loop_and_an_asked_reason_cannot_be_left_out() -> None:
    story = Story().step(MO, "begin").step(MO, "go-on")
    assert [u.requirement for u in story.refused(MO, cmd.TakeStep("back", " ")).unmet] == ["reason"]
    assert [u.requirement for u in story.refused(MO, cmd.TakeStep("void")).unmet] == ["reason"]
    done = story.do(MO, cmd.TakeStep("back", "a question is open"))
    assert "a question is open" in done.says[0]


def test_reopening_takes_a_reason_and_a_role() -> None:
    story = Story().finish()
    assert "Manager or Service manager" in story.refused(WREN, cmd.Reopen("new facts")).says
    assert "reason" in story.refused(MO, cmd.Reopen(" ")).says
    story.do(MO, cmd.Reopen("new facts"))
    assert (story.case.closed, story.case.main.stage, story.case.reopened) == (None, "working", 1)
    assert "is open" in story.refused(MO, cmd.Reopen("again")).says
