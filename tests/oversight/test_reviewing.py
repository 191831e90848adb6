"""The checkpoint review in one act: what each outcome does, all of it or nothing, by every rule there is."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.events import DateAgreed, Recorded, RequirementSetAside, StepTaken
from casereview.review_routes import OUTCOMES
from casereview.service.reading import history
from casereview.service.reviewing import reviews
from casereview.words import standing_word
from tests.stories import CHI, MAX, MO, SAM, SHIPPED, WREN, Story

DAY = timedelta(days=1)
WORKFLOWS = SHIPPED[:2]
KIND = "checkpoint-review"


def at(stage: str, workflow: str = "single-assessment", **more: object) -> Story:
    """An assessment that has come as far as a stage, with whatever is expected on the way set aside."""
    story = Story(workflow, **more)  # type: ignore[arg-type]
    for step in ("allocate", "plan", "begin", "look-together"):
        if story.case.main.stage == stage:
            break
        story.step(MO, step)
    return story


def newest(story: Story) -> dict[str, object]:
    case_id = story.case.id
    with story.store.read() as work:
        return work.records(case_id, kind=KIND, limit=1).rows[0].values


def held(story: Story, outcome: str, person: str = MO, **more: object) -> tuple[str, ...]:
    command = cmd.HoldReview(outcome, "a cousin takes her in", "is it safe at night?", **more)  # type: ignore[arg-type]
    return story.do(person, command).says


def kinds(story: Story, before: int) -> list[str]:
    return [entry.event.kind for entry in story.entries[before:]]


# ---- what each outcome does --------------------------------------------------------------------------------------
@pytest.mark.parametrize("workflow", WORKFLOWS)
@pytest.mark.parametrize("stage", ["in-progress", "checkpoint"])
def test_carrying_on_agrees_a_date_tells_the_family_and_goes_back_to_the_work(workflow: str, stage: str) -> None:
    story = at(stage, workflow)
    before, looks = len(story.entries), story.case.runs["decision"].held
    new = story.due(20)
    held(story, "carry-on", agreed=new, contact="new date", promised_on=story.due(8), next_review=story.due(9),
         seen_on=story.today)  # fmt: skip
    case = story.case
    assert case.main.stage == "in-progress" and case.runs["decision"].agreed == new
    assert case.runs["decision"].held == looks + 1 and story.due(9) in case.runs["decision"].checkpoints
    assert case.roster["mother"].promised_on == story.due(8) and case.seen_on == story.today
    values = newest(story)
    assert values["outcome"] == "carry on" and values["child_seen"] is True and values["next_review"]
    steps = ["step-taken"] if stage == "in-progress" else []
    told = ["date-agreed", "family-told", "step-taken"]
    assert kinds(story, before) == ["child-seen", *steps, "recorded", *told]
    story.check()


@pytest.mark.parametrize("stage", ["allocated", "planned", "in-progress", "checkpoint"])
def test_enough_is_known_stops_from_wherever_the_workflow_lets_it_and_shows_as_a_success(stage: str) -> None:
    story = at(stage, "single-assessment-2013")
    says = held(story, "enough-known", set_aside="the drawings say it")
    assert story.case.main.stage == "analysis" and story.case.enough_known
    assert "a success" in says[-1] and "success" in history(story.desk(MO), story.ref)[0].says
    assert newest(story)["outcome"] == "enough is known"
    story.do(WREN, cmd.AddRecord("decision", {
        "decision": "help", "grounds": "g", "enough_because": "e", "uncertain": "u", "would_change": "w",
        "help": "early help", "decided_on": story.today,
    }))  # fmt: skip
    story.step(WREN, "submit").step(MO, "authorise")
    assert story.standing() == "done_early" and "success" in standing_word("done_early").means


def test_a_change_of_direction_plans_again_or_goes_where_it_is_said_to_go() -> None:
    story = at("in-progress")
    held(story, "change-direction")
    assert story.case.main.stage == "planned" and newest(story)["direction"] == "another purpose"
    story.step(MO, "begin")
    held(story, "change-direction", direction="early help")
    assert story.case.main.stage == "planned" and newest(story)["direction"] == "early help"
    story.step(MO, "begin")
    held(story, "change-direction", direction="strategy discussion")
    assert story.case.main.stage == "section-47" and newest(story)["direction"] == "strategy discussion"
    story = at("in-progress")
    held(story, "change-direction", step="to-section-47")
    assert story.case.main.stage == "section-47"


def test_a_review_that_stays_is_recorded_and_the_step_is_left_for_later() -> None:
    story = at("in-progress")
    held(story, "carry-on", stay=True)
    assert story.case.main.stage == "checkpoint" and newest(story)["outcome"] == "carry on"
    story.do(MO, cmd.AgreeDate(story.due(10)))
    story.tell("new date")
    story.do(MO, cmd.TakeStep("carry-on", "one question is open"))


def test_where_no_review_leads_anywhere_it_is_recorded_and_the_case_stays() -> None:
    story = at("allocated")
    held(story, "carry-on", agreed=story.due(15))
    assert story.case.main.stage == "allocated" and story.case.runs["decision"].agreed == story.due(15)


def test_the_child_seen_is_read_from_the_sights_recorded_unless_it_is_said() -> None:
    story = at("in-progress")
    held(story, "carry-on", set_aside="x", agreed=story.due(9))
    assert newest(story)["child_seen"] is False
    story.on(story.due(2)).see()
    story.on(story.due(4))
    held(story, "carry-on", set_aside="x", agreed=story.due(10))
    assert newest(story)["child_seen"] is True
    story.on(story.due(6))
    held(story, "carry-on", set_aside="x", agreed=story.due(11))
    assert newest(story)["child_seen"] is False  # not since the last review
    held(story, "carry-on", set_aside="x", agreed=story.due(12), child_seen=True)
    assert newest(story)["child_seen"] is True


def test_a_supervision_note_is_written_beside_it() -> None:
    story = at("in-progress")
    held(story, "carry-on", set_aside="x", agreed=story.due(9), thought="we went round it twice", tasks=("Wren rings",))
    case = story.case
    (number,) = case.records["supervision"].live
    with story.store.read() as work:
        row = work.record(case.id, number)
    assert row is not None and row.values["agreed"] == ["Wren rings"]


# ---- who may agree a date, and who reviews -------------------------------------------------------------------------
def test_whoever_supervises_is_not_the_worker() -> None:
    story = at("in-progress", worker=MO)
    no = story.refused(MO, cmd.HoldReview("carry-on", "k", "t", set_aside="x"))
    assert "Two look together" in no.says and no.remedy
    no = story.refused(MO, cmd.AddRecord(KIND, {"held_on": "today", "child_seen": "no", "known_now": "k",
                                                "outcome": "carry on"}))  # fmt: skip
    assert "Two look together" in no.says
    held(story, "carry-on", MAX, agreed=story.due(9), set_aside="x")


LOCAL = """
[records.checkpoint-review]
title  = "Checkpoint review"
by     = ["manager", "service-manager"]
"""


def test_a_date_is_a_proposal_where_somebody_else_agrees_dates(tmp_path: object) -> None:
    """A local workflow in which a practice lead, who sets nothing aside, holds the reviews."""
    from pathlib import Path

    from tests.stories import definition

    text = definition("single-assessment").text
    role = '\nlead = { title = "Practice lead", says = "Thinks with the worker" }\n'
    text = text.replace("\n# ---- the path:", f"{role}\n# ---- the path:", 1)
    kept = LOCAL.strip("\n")
    text = text.replace(kept, kept.replace('"service-manager"]', '"service-manager", "lead"]'))
    for step in ("carry-on", "stop-here", "plan-again", "look-together"):
        start = text.index(f"[steps.{step}]")
        end = text.index("]", text.index("by    = [" if "by    = [" in text[start:] else "by           = [", start))
        text = text[:end] + ', "lead"' + text[end:]
    path = Path(str(tmp_path)) / "local.toml"
    path.write_text(text.replace('name    = "single-assessment"', 'name    = "local"'), "utf-8")
    story = at("in-progress", str(path))
    story.do(CHI, cmd.Appoint(SAM, "lead"))
    asked = cmd.HoldReview("carry-on", "k", "t", agreed=story.due(9), contact="progress", set_aside="")
    no = story.refused(SAM, asked)
    assert "is proposed with a reason" in no.says
    story.do(MO, cmd.AgreeDate(story.due(5)))
    held(story, "carry-on", SAM, agreed=story.due(9), code="JUDG", effect="she waits", contact="progress")
    run = story.case.runs["decision"]
    assert run.agreed == story.due(5) and run.reasons[-1].proposed == story.due(9)
    assert story.case.main.stage == "in-progress"


def test_a_date_past_the_yardstick_asks_for_its_reason_here_too() -> None:
    story = at("in-progress", "single-assessment-2013")
    no = story.refused(MO, cmd.HoldReview("carry-on", "k", "t", agreed=story.due(60), set_aside="x"))
    assert "later than the indicative time" in no.says and "--reason CODE" in no.remedy
    held(story, "carry-on", agreed=story.due(60), code="HIST", set_aside="x")
    assert story.case.runs["decision"].agreed == story.due(60)


# ---- all or nothing, everything at once ----------------------------------------------------------------------------
def test_everything_that_is_missing_is_said_at_once_and_nothing_is_recorded() -> None:
    story = at("in-progress", "single-assessment-2013")
    no = story.refused(MO, cmd.HoldReview("carry-on", agreed=story.due(60)))
    assert "--known" in no.says and "--text" in no.says and "later than the indicative time" in no.says
    asked = {one.requirement: one for one in no.unmet}
    assert set(asked) == {"has-agreed-date", "told-family"}
    assert asked["told-family"].command == f"casereview review {story.ref} --outcome carry-on --told 'new date'"
    assert all(one.set_aside.endswith("--set-aside …") for one in no.unmet)
    no = story.refused(WREN, cmd.HoldReview("carry-on", "k", "t", set_aside="x"))
    assert "Checkpoint review” is for: Team manager" in no.says
    assert not any(isinstance(entry.event, RequirementSetAside) for entry in story.entries[-1:])


def test_bad_input_names_every_fault() -> None:
    story = at("in-progress")
    soon = story.today + DAY
    with pytest.raises(CaseReviewError) as wrong:
        held(story, "carry-on", seen_on=soon, held_on=soon, contact="gossip")
    assert all(words in wrong.value.says for words in ("seen cannot be", "happened cannot be", "gossip"))
    with pytest.raises(CaseReviewError, match="not an outcome"):
        held(story, "enough")
    with pytest.raises(CaseReviewError, match="carrying on"):
        held(story, "enough-known", agreed=soon)
    with pytest.raises(CaseReviewError, match="too far ahead"):
        held(story, "carry-on", agreed=date(9999, 1, 1))


@pytest.mark.parametrize("stage", ["checkpoint", "in-progress"])
def test_a_direction_that_is_not_declared_names_those_that_are(stage: str) -> None:
    story = at(stage)
    no = story.refused(MO, cmd.HoldReview("change-direction", "k", "t", step="to-sektion-47"))
    assert "to-section-47" in no.says and "casereview why" in no.remedy


def test_a_case_that_is_closed_and_a_workflow_without_reviews_say_so() -> None:
    story = at("in-progress")
    story.step(MO, "to-section-47")
    assert "closed" in story.refused(MO, cmd.HoldReview("carry-on", "k", "t")).says
    review = Story("learning-together")
    assert "no checkpoint review" in review.refused(CHI, cmd.HoldReview("carry-on", "k", "t")).says
    with pytest.raises(NotFound, match="no checkpoint review"):
        reviews(review.desk(CHI), review.ref)


FIELDS = {
    "known": st.sampled_from(["", "  ", "a cousin"]), "text": st.sampled_from(["", "why"]),
    "agreed_in": st.sampled_from([None, -1, 0, 9, 90]), "code": st.sampled_from(["", "JUDG", "UNAL", "??"]),
    "contact": st.sampled_from(["", "new date", "nonsense"]), "set_aside": st.sampled_from(["", "let go"]),
    "step": st.sampled_from(["", "plan-again", "to-section-47", "allocate"]), "stay": st.booleans(),
    "thought": st.sampled_from(["", "we thought"]), "seen_in": st.sampled_from([None, -1, 0, 1]),
    "outcome": st.sampled_from([*OUTCOMES, "other"]), "person": st.sampled_from([MO, WREN, SAM, CHI]),
    "stage": st.sampled_from(["accepted", "allocated", "planned", "in-progress", "checkpoint"]),
}  # fmt: skip


@settings(max_examples=60)
@given(st.fixed_dictionaries(FIELDS))
def test_any_review_is_whole_or_is_nothing(given_: dict[str, object]) -> None:
    """Nothing is kept of what is refused; what is kept has its record, and is the fold of its journal."""
    story = at(str(given_["stage"]), "single-assessment-2013")
    before = story.case
    agreed, seen = given_.pop("agreed_in"), given_.pop("seen_in")
    person, outcome = str(given_.pop("person")), str(given_.pop("outcome"))
    given_.pop("stage")
    days = {
        "agreed": None if agreed is None else story.today + int(str(agreed)) * DAY,
        "seen_on": None if seen is None else story.today + int(str(seen)) * DAY,
    }
    command = cmd.HoldReview(outcome, **given_, **days)  # type: ignore[arg-type]
    done = None
    with contextlib.suppress(CaseReviewError):
        done = story.do(person, command)
    if done is None:
        assert story.case == before
        return
    events = [entry.event for entry in done.entries]
    assert [event.record for event in events if isinstance(event, Recorded)].count(KIND) == 1
    assert sum(isinstance(event, DateAgreed) for event in events) == (agreed is not None)
    moved = [event for event in events if isinstance(event, StepTaken)]
    assert bool(moved) == (story.case.main.entry != before.main.entry)
    assert story.case.runs["decision"].held == before.runs["decision"].held + 1
    story.check()


def test_time_decides_nothing_about_a_review() -> None:
    """Law 1: whatever the day, the same review of the same case leads to the same place."""
    places = set()
    for later in (0, 10, 45, 200):
        story = at("in-progress", "single-assessment-2013").after(later)
        held(story, "enough-known", set_aside="x")
        places.add(story.case.main.stage)
    assert places == {"analysis"}


def test_a_change_meanwhile_is_noticed_before_anything_is_kept() -> None:
    story = at("in-progress")
    seen = story.case.number
    story.see()
    with pytest.raises(CaseReviewError, match="has changed"):
        story.do(MO, cmd.HoldReview("carry-on", "k", "t", set_aside="x"), seen)


# ---- looking -------------------------------------------------------------------------------------------------------
def test_the_reviews_so_far_and_where_each_outcome_would_lead() -> None:
    story = at("in-progress")
    found = reviews(story.desk(WREN), story.ref)
    assert [word for word, _ in found.outcomes] == list(OUTCOMES) and found.rows == ()
    leads = dict(found.outcomes)
    assert "success" in leads["enough-known"] and "plan-again" in leads["change-direction"]
    held(story, "carry-on", agreed=story.due(9), set_aside="x")
    found = reviews(story.desk(WREN), story.ref)
    assert found.held == 1 and len(found.rows) == 1
    assert [row.values["outcome"] for row in found.rows] == ["carry on"]


def test_what_is_let_go_at_a_review_stands_on_the_list_of_overrides() -> None:
    story = at("in-progress")
    before = story.case.overrides
    held(story, "carry-on", agreed=story.due(9), set_aside="told on Friday")
    last = [entry.event for entry in story.entries if isinstance(entry.event, RequirementSetAside)][-1]
    assert story.case.overrides == before + 1 and last.reason == "told on Friday"


def test_a_direction_may_be_named_by_the_step_as_the_page_offers_it() -> None:
    story = at("checkpoint")
    held(story, "change-direction", direction="plan again")
    assert story.case.main.stage == "planned"
