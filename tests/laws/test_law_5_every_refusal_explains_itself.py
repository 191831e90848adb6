"""Law 5: a refusal names everything that is unmet at once, who can meet each, and the command that does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.service.desk import Refused
from casereview.service.reading import show, unmet_of
from tests.stories import ADA, MO, SAM, SHIPPED, WREN, Story, definition

DAY = timedelta(days=1)
MEETS = {
    "has-agreed-date": lambda s: s.do(MO, cmd.AgreeDate(s.due(10))),
    "told-family": lambda s: s.do(MO, cmd.Tell("progress", ("mother",))),
    "has-worker": lambda s: s.do(MO, cmd.Assign(worker=WREN)),
}


@settings(max_examples=8)
@given(st.sets(st.sampled_from(sorted(MEETS))))
def test_everything_that_is_missing_is_named_at_once(done: set[str]) -> None:
    story = Story(worker=None)
    for met in done:
        MEETS[met](story)
    no = story.refused(MO, cmd.TakeStep("begin"))
    assert {u.requirement for u in no.unmet} == {"has-child", *MEETS} - done
    for one in no.unmet:
        assert one.says and one.who
        assert one.command.startswith("casereview ") and story.ref in one.command
        assert bool(one.set_aside) == (one.strength == "expected")


def test_a_missing_reason_is_named_beside_the_other_things_that_are_missing() -> None:
    story = Story().step(MO, "begin").step(MO, "look-together")
    no = story.refused(MO, cmd.TakeStep("carry-on"))
    assert [u.requirement for u in no.unmet] == ["record-look-note", "told-family", "reason"]
    assert [u.strength for u in no.unmet] == ["must", "expected", "must"]
    assert no.unmet[0].who == "Manager"
    assert "outcome='carry on'" in no.unmet[0].command


def test_someone_who_may_not_take_a_step_still_learns_everything_it_waits_for() -> None:
    story = Story()
    no = story.refused(SAM, cmd.TakeStep("begin"))
    assert "Worker or Manager" in no.says
    assert {u.requirement for u in no.unmet} == {"has-child", "told-family", "has-agreed-date"}


@pytest.mark.parametrize("workflow", SHIPPED)
def test_why_and_a_refusal_say_the_same(workflow: str) -> None:
    story = Story(workflow)
    view = show(story.desk(MO), story.ref)
    for step in view.steps:
        expected = unmet_of(view.case, step, view.definition)
        for person in (MO, ADA):
            try:
                story.desk(person).do(story.ref, cmd.TakeStep(step.step.name))
            except Refused as no:
                given_ = [u for u in no.refusal.unmet if u.requirement != "reason"]
                assert given_ == expected
            else:
                assert not expected
                return


def test_everything_against_an_answer_is_said_at_once() -> None:
    story = Story().after(26)
    story.reason("UNAL", by=MO)
    story.do(MO, cmd.Assign(worker=MO))
    no = story.refused(MO, cmd.GiveAnswer("agreed", "", story.today))
    for part in ("someone other than its author", "their own work", "a day still ahead", "cannot be agreed"):
        assert part in no.says
    story.reason("POLC", by=MO)
    no = story.refused(MO, cmd.GiveAnswer("agreed", "", None))
    assert "an action, its owner and a date" in no.says
    no = story.refused(MO, cmd.AgreeDate(story.due(60), "", "POLC"))
    for part in ("say why for this child", "an action, its owner and a date", "their own work"):
        assert part in no.says


def test_a_reason_that_lacks_words_says_all_it_lacks() -> None:
    no = Story().after(26).refused(WREN, cmd.GiveReason("JUDG", " ", ""))
    assert "--text" in no.says and "--effect" in no.says
    assert "Which question is open?" in no.remedy


def test_a_record_that_lacks_fields_names_each() -> None:
    story = Story("single-assessment")
    no = story.refused(WREN, cmd.AddRecord("decision", {"decision": "help"}))
    for field in ("grounds", "enough_because", "uncertain", "would_change", "help", "decided_on"):
        assert f"{field} (" in no.says


def test_a_step_that_does_not_lead_on_says_which_do() -> None:
    story = Story()
    no = story.refused(MO, cmd.TakeStep("decide"))
    assert "“New”" in no.says and "begin" in no.remedy
    assert "Did you mean begin?" in story.refused(MO, cmd.TakeStep("begn")).remedy
    story.finish()
    assert "reopen" in story.refused(MO, cmd.TakeStep("begin")).remedy


def test_every_refusal_of_every_command_has_a_sentence_and_a_way_on() -> None:
    story = Story()
    tried: list[tuple[str, cmd.Command]] = [
        (SAM, cmd.Tell("progress")), (SAM, cmd.SeeChild()), (SAM, cmd.GiveReason("JUDG", "t", "e")),
        (SAM, cmd.GiveAnswer("agreed")), (SAM, cmd.AgreeDate(story.today)), (SAM, cmd.SetLane("urgent", "x")),
        (SAM, cmd.StartWaiting("a", "b")), (SAM, cmd.EndWaiting(3)), (SAM, cmd.SetRoster("aunt")),
        (SAM, cmd.Assign(worker=WREN)), (SAM, cmd.Appoint(SAM, "adviser")), (SAM, cmd.EndAppointment(SAM, "adviser")),
        (SAM, cmd.LinkChild("c")), (SAM, cmd.Restrict("x")), (SAM, cmd.Unrestrict("x")), (SAM, cmd.Admit(SAM, "x")),
        (SAM, cmd.EndAccess(SAM, "x")), (SAM, cmd.DeclareConflict(MO, "personal")), (SAM, cmd.Reopen("x")),
        (SAM, cmd.SetRequirementAside("told-family", "x")), (SAM, cmd.AddRecord("goal", {"goal": "x"})),
        (SAM, cmd.CorrectRecord(9, "x")), (SAM, cmd.ExceptTelling("mother", "police advice", story.today + DAY)),
        (MO, cmd.GiveAnswer("agreed", "", story.today + DAY)), (MO, cmd.SetLane("", "")), (MO, cmd.EndWaiting(3)),
        (MO, cmd.SetRequirementAside("told-family", " ")), (MO, cmd.AddRecord("gaol")),
        (MO, cmd.SetRequirementAside("told-famly", "x")), (MO, cmd.SetLane("urgnt", "x")),
        (MO, cmd.SetLane("urgent", "x")), (MO, cmd.SetRoster("aunt", left=True)), (MO, cmd.Tell("progress", ("aunt",))),
        (MO, cmd.AgreeDate(story.today - DAY)), (MO, cmd.Appoint(SAM, "advisor")), (MO, cmd.Restrict(" ")),
    ]  # fmt: skip
    bare = []
    for person, command in tried:
        no = story.refused(person, command)
        assert no.says.endswith("."), command
        if not (no.remedy or no.unmet):
            bare.append(command)
    assert bare == []
    assert definition().name == "story"
