"""Each kind of requirement: when it is met, when not, and which command meets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from casereview import commands as cmd
from casereview.requirements import asked_by
from casereview.service.registry import add_child
from tests.stories import CHO, MO, SAM, WREN, Story


def met(story: Story, step: str) -> dict[str, bool]:
    return {a.requirement: a.met for a in asked_by(story.case, story.definition.steps[step], story.definition)}


def commands(story: Story, step: str) -> dict[str, str]:
    asked = asked_by(story.case, story.definition.steps[step], story.definition)
    return {a.requirement: a.command.replace(story.ref, "REF") for a in asked}


def test_beginning_asks_for_what_the_case_has() -> None:
    story = Story(worker=None, roster=False)
    assert not any(met(story, "begin").values())
    assert commands(story, "begin") == {
        "has-worker": "casereview assign REF --worker PERSON",
        "has-child": "casereview child link REF CHILD",
        "has-roster": "casereview tell REF --add LABEL",
        "told-family": "casereview tell REF --add LABEL",
        "has-agreed-date": "casereview agree-date REF DATE",
    }
    child = add_child(story.desk(MO)).id
    for command, key in (
        (cmd.Assign(worker=WREN), "has-worker"), (cmd.LinkChild(child), "has-child"),
        (cmd.SetRoster("mother"), "has-roster"), (cmd.Tell("started"), "told-family"),
        (cmd.AgreeDate(story.today), "has-agreed-date"),
    ):  # fmt: skip
        assert not met(story, "begin")[key]
        story.do(MO, command)
        assert met(story, "begin")[key]
    assert commands(story, "begin")["told-family"] == "casereview tell REF --kind 'progress'"


def test_everyone_who_must_be_told_is_told_or_excepted() -> None:
    story = Story()
    story.do(WREN, cmd.SetRoster("father"))
    story.do(WREN, cmd.SetRoster("aunt", must_be_told=False))
    story.tell("progress", "mother")
    assert not met(story, "begin")["told-family"]
    story.do(MO, cmd.ExceptTelling("father", "police advice", story.due(3)))
    assert met(story, "begin")["told-family"]


def test_deciding_asks_of_records_fields_tracks_and_roles() -> None:
    story = Story()
    assert met(story, "decide") == {
        "record-decision": False,
        "field-decision-grounds": False,
        "checked": False,
        "appointed-adviser": False,
        "track-sharing": False,
        "record-goal": False,
        "told-referrer": False,
        "has-team": True,
    }
    assert commands(story, "decide")["checked"] == "casereview record REF decision"
    number = story.do(WREN, cmd.AddRecord("decision", {"decision": "d", "checked": "no"})).case.number
    now = met(story, "decide")
    assert (now["record-decision"], now["field-decision-grounds"], now["checked"]) == (True, False, False)
    assert commands(story, "decide")["checked"] == f"casereview correct REF {number} checked=… --reason …"
    story.do(WREN, cmd.CorrectRecord(number, "x", {"checked": "yes"}))
    story.do(WREN, cmd.CorrectRecord(number, "x", {"grounds": "g"}))
    now = met(story, "decide")
    assert (now["field-decision-grounds"], now["checked"]) == (True, True)
    story.do(WREN, cmd.AddRecord("decision", {"decision": "second", "grounds": "g"}))
    assert not met(story, "decide")["checked"]  # every one of them


def test_how_many_are_asked_for() -> None:
    story = Story()
    story.do(WREN, cmd.AddRecord("goal", {"goal": "one"}))
    assert not met(story, "decide")["record-goal"]
    story.do(WREN, cmd.AddRecord("goal", {"goal": "two"}))
    assert met(story, "decide")["record-goal"]


def test_an_appointment_counts_until_it_is_ended() -> None:
    story = Story()
    story.do(CHO, cmd.Appoint(SAM, "adviser", story.due(1)))
    assert met(story.after(9), "decide")["appointed-adviser"]  # no requirement reads a date (law 1)
    story.do(CHO, cmd.EndAppointment(SAM, "adviser"))
    assert not met(story, "decide")["appointed-adviser"]


def test_a_track_and_a_referrer() -> None:
    story = Story()
    assert commands(story, "decide")["track-sharing"] == "casereview step REF share"
    assert commands(story, "decide")["told-referrer"] == "casereview tell REF --add LABEL --referrer"
    story.do(WREN, cmd.TakeStep("share"))
    story.do(WREN, cmd.SetRoster("school", referrer=True))
    assert commands(story, "decide")["told-referrer"] == "casereview tell REF --to school --kind 'progress'"
    assert met(story, "decide")["track-sharing"] and not met(story, "decide")["told-referrer"]
    story.do(WREN, cmd.Tell("decision", ("school",)))
    assert met(story, "decide")["told-referrer"]


def test_only_a_matching_record_of_this_visit_counts() -> None:
    story = Story().step(MO, "begin")
    story.do(MO, cmd.AddRecord("look-note", {"outcome": "carry on"}))
    story.step(MO, "look-together")
    assert not met(story, "carry-on")["record-look-note"]
    number = story.do(MO, cmd.AddRecord("look-note", {"outcome": "enough is known"})).case.number
    assert not met(story, "carry-on")["record-look-note"]
    story.do(MO, cmd.CorrectRecord(number, "a slip", {"outcome": "carry on"}))
    assert met(story, "carry-on")["record-look-note"]
    story.do(MO, cmd.CorrectRecord(number, "a slip", withdraw=True))
    assert not met(story, "carry-on")["record-look-note"]


def test_a_sight_of_the_child_that_is_withdrawn_meets_nothing() -> None:
    story = Story().step(MO, "begin")
    number = story.see().case.number
    assert met(story, "enough")["seen-child"]
    story.do(WREN, cmd.CorrectRecord(number, "another child", withdraw=True))
    assert not met(story, "enough")["seen-child"]
    assert story.case.seen_on is None


def test_seen_since_this_visit_goes_by_the_journal() -> None:
    story = Story().step(MO, "begin")
    story.see()
    story.step(MO, "look-together")
    step = story.definition.steps["enough"]
    (asks,) = step.requirements
    again = replace(step, requirements=(replace(asks, this_visit=True),))
    assert not asked_by(story.case, again, story.definition)[0].met
    story.see(on=story.today - timedelta(days=9))  # happened before, written down now
    assert asked_by(story.case, again, story.definition)[0].met


def test_what_is_written_down_after_closing_starts_no_clock() -> None:
    story = Story().step(MO, "void")
    story.do(MO, cmd.AddRecord("referral", {"received_on": story.today}))
    assert "from-referral" not in story.case.runs


def test_a_field_of_no_record_is_no_tick_unless_none_will_do() -> None:
    story = Story()
    step = story.definition.steps["decide"]
    for if_any in (False, True):
        lenient = replace(step, requirements=tuple(replace(r, if_any=if_any) for r in step.requirements))
        asked = {a.requirement: a.met for a in asked_by(story.case, lenient, story.definition)}
        assert asked["field-decision-grounds"] is if_any
