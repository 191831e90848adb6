"""Deciding, edge by edge: what needs a role, what needs a date, what is bad input and what a refusal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.service.reading import records, show
from tests.stories import ADA, CHI, CHO, MAX, MO, SAM, START, WREN, Story

DAY = timedelta(days=1)


# ---- who may, and until when -------------------------------------------------------------------------------
def test_a_role_is_held_from_its_first_day_and_no_longer_on_its_last() -> None:
    story = Story()
    story.do(MO, cmd.Appoint(SAM, "worker", START + 5 * DAY))
    for offset, held in ((0, True), (4, True), (5, False)):
        view = show(story.on(START + offset * DAY).desk(SAM), story.ref)
        assert ("worker" in view.roles) == held
    story.on(START).do(MO, cmd.EndAppointment(SAM, "worker", "moved"))
    assert show(story.desk(SAM), story.ref).roles == ()
    assert "no such appointment" in story.refused(MO, cmd.EndAppointment(SAM, "worker")).says
    with pytest.raises(CaseReviewError, match="ends after today"):
        story.do(MO, cmd.Appoint(SAM, "worker", START))


def test_a_manager_is_a_manager_of_their_own_team_only() -> None:
    story = Story()
    assert show(story.desk(MO), story.ref).roles == ("manager",)
    story.do(CHI, cmd.Assign(team="south"))
    assert show(story.desk(MO), story.ref).roles == ()
    assert show(story.desk(CHI), story.ref).roles == ("chief",)
    assert show(story.desk(ADA), story.ref).roles == ()


def test_a_change_of_worker_is_counted_and_the_first_one_is_not() -> None:
    story = Story(worker=None)
    for worker in (WREN, SAM, SAM, WREN):
        try:
            story.do(MO, cmd.Assign(worker=worker))
        except CaseReviewError as no:
            assert "Nothing would change" in str(no)
    assert (story.case.worker, story.case.worker_changes) == (WREN, 2)
    with pytest.raises(NotFound, match="no team"):
        story.do(MO, cmd.Assign(team="nroth"))
    with pytest.raises(NotFound, match="nobody is known as"):
        story.do(MO, cmd.Assign(worker="nobody"))


def test_only_a_manager_sets_an_agreed_date_and_a_proposal_sets_none() -> None:
    """Decision 4: a reason's new date is a proposal until a manager agrees it."""
    story = Story()
    story.reason(proposed=START + 60 * DAY)
    run = story.case.runs["decision"]
    assert run.agreed is None and run.reasons[0].proposed == START + 60 * DAY
    assert "Manager" in story.refused(WREN, cmd.AgreeDate(START + DAY)).says
    story.do(MO, cmd.AgreeDate(START + DAY))
    assert "agreed already" in story.refused(MO, cmd.AgreeDate(START + DAY)).says
    assert "lies ahead" in story.refused(MO, cmd.AgreeDate(START - DAY)).says


def test_a_date_up_to_the_indicative_time_needs_no_reason_and_one_past_it_does() -> None:
    story = Story()
    yard = story.due(20)
    story.do(MO, cmd.AgreeDate(yard))
    assert story.case.runs["decision"].answers == []
    assert "say why for this child" in story.refused(MO, cmd.AgreeDate(yard + DAY)).says
    story.on(yard).do(MO, cmd.AgreeDate(yard + DAY, "an interpreter", "JUDG"))
    assert [(a.until, a.with_date) for a in story.case.runs["decision"].answers] == [(yard + 2 * DAY, True)]
    late = Story()
    late.on(yard + DAY).do(MO, cmd.AgreeDate(yard + 9 * DAY, "an interpreter", "JUDG"))
    assert late.case.runs["decision"].answers == []


def test_nobody_agrees_a_long_date_for_their_own_work() -> None:
    story = Story(worker=MO)
    assert "their own work" in story.refused(MO, cmd.AgreeDate(story.due(30), "w", "JUDG")).says
    story.do(MO, cmd.AgreeDate(story.due(20)))
    story.do(MAX, cmd.AgreeDate(story.due(30), "w", "JUDG"))


# ---- days --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("on", [START + DAY, date(1989, 12, 31)])
def test_a_day_that_cannot_be_is_bad_input(on: date) -> None:
    story = Story()
    for command in (cmd.SeeChild(on), cmd.Tell("progress", (), on), cmd.StartWaiting("a", "b", on),
                    cmd.AddRecord("goal", {"goal": "x"}, on)):  # fmt: skip
        with pytest.raises(CaseReviewError, match="cannot be") as caught:
            story.do(WREN, command)
        assert caught.value.status == 2 and caught.value.remedy


def test_news_and_exceptions_lie_ahead() -> None:
    story = Story()
    with pytest.raises(CaseReviewError, match="has passed"):
        story.do(WREN, cmd.Tell("progress", promised_on=START - DAY))
    story.do(WREN, cmd.Tell("progress", promised_on=START))
    with pytest.raises(CaseReviewError, match="still ahead"):
        story.do(MO, cmd.ExceptTelling("mother", "police advice", START))
    with pytest.raises(CaseReviewError, match="not one of the lawful exceptions"):
        story.do(MO, cmd.ExceptTelling("mother", "too busy", START + DAY))  # type: ignore[arg-type]
    with pytest.raises(CaseReviewError, match="not a kind of contact"):
        story.do(WREN, cmd.Tell("a chat"))  # type: ignore[arg-type]


def test_an_older_contact_written_down_later_takes_no_promise_back() -> None:
    story = Story()
    story.do(WREN, cmd.Tell("progress", promised_on=START + 9 * DAY))
    story.tell("progress", on=START - 5 * DAY)
    assert story.case.roster["mother"].promised_on == START + 9 * DAY
    assert story.case.roster["mother"].told["progress"] == START
    story.on(START + DAY).tell("decision")
    assert story.case.roster["mother"].promised_on is None


def test_this_visit_goes_by_the_journal_and_not_by_the_day() -> None:
    """Decision 21: told in the morning, the stage entered at noon: for this visit nobody has been told."""
    story = Story().step(MO, "begin")
    story.tell("new date")
    story.step(MO, "look-together")
    story.do(MO, cmd.AddRecord("look-note", {"outcome": "carry on"}))
    assert [u.requirement for u in story.refused(MO, cmd.TakeStep("carry-on", "x")).unmet] == ["told-family"]
    story.tell("progress")  # of another kind than is asked for
    assert [u.requirement for u in story.refused(MO, cmd.TakeStep("carry-on", "x")).unmet] == ["told-family"]
    story.tell("new date", on=START - DAY)  # happened before, written down now
    story.do(MO, cmd.TakeStep("carry-on", "x"))
    case = story.case
    assert (case.main.visit, case.visits["working"], case.track_visits["sharing"]) == (2, 2, {"not-shared": 1})


# ---- values -----------------------------------------------------------------------------------------------------
def test_values_are_checked_all_at_once_and_kept_in_their_type() -> None:
    story = Story()
    with pytest.raises(CaseReviewError) as caught:
        story.do(MO, cmd.AddRecord("look-note", {"outcome": "carry off", "next_look": "soon", "outcme": "x"}))
    for part in ("outcome: ", "next_look: ", "'outcme' is not a field"):
        assert part in str(caught.value)
    story.do(MO, cmd.AddRecord("look-note", {"outcome": " Carry ON ", "next_look": "2024-07-01"}))
    values = records(story.desk(MO), story.ref).rows[0].values
    assert values == {"outcome": "carry on", "next_look": "2024-07-01"}
    assert date(2024, 7, 1) in story.case.runs["decision"].checkpoints


@pytest.mark.parametrize(("given", "kept"), [("YES", True), ("n", False), (True, True), ("", "")])
def test_yes_and_no(given: Any, kept: Any) -> None:
    story = Story()
    story.do(WREN, cmd.AddRecord("decision", {"decision": "d", "checked": given}))
    assert records(story.desk(MO), story.ref).rows[0].values["checked"] == kept


def test_a_list_is_no_longer_than_a_note() -> None:
    """A list has as many items as fit into a note: an entry of any length could not be read back from a bundle."""
    story = Story()
    for many in ("begin," * 40_000, ["begin"] * 40_000):
        with pytest.raises(CaseReviewError, match="too long"):
            story.do(MO, cmd.AddRecord("suspension", {"may_continue": many}))
    story.do(MO, cmd.AddRecord("suspension", {"may_continue": "begin; go-on,\n, begin"}))
    (row,) = records(story.desk(MO), story.ref).rows
    assert row.values == {"may_continue": ["begin", "go-on", "begin"]}


def test_a_contact_names_each_person_once() -> None:
    story = Story()
    assert story.tell("progress", "mother", "mother").says == ("Told mother: progress",)


def test_someone_elses_record_is_corrected_by_those_who_oversee() -> None:
    story = Story()
    number = story.do(WREN, cmd.AddRecord("goal", {"goal": "school"})).case.number
    story.do(CHO, cmd.Appoint(SAM, "worker"))
    assert "someone else's record" in story.refused(SAM, cmd.CorrectRecord(number, "x", {"goal": "y"})).says
    assert "Nothing would change" in story.refused(MO, cmd.CorrectRecord(number, "x", {"goal": "school"})).says
    assert "cannot be emptied" in story.refused(MO, cmd.CorrectRecord(number, "x", {"goal": ""})).says
    story.do(MO, cmd.CorrectRecord(number, "x", {"goal": "y"}))


def test_an_end_that_a_record_dates_is_that_day_and_a_day_to_come_ends_nothing() -> None:
    """`to = "field told_on of decision"`: the day in the record, not the day it was written down."""
    story = Story(today=START + 20 * DAY)
    story.do(WREN, cmd.AddRecord("referral", {"received_on": START + DAY}))
    assert story.case.runs["from-referral"].started == START + DAY
    story.do(WREN, cmd.AddRecord("decision", {"decision": "d", "told_on": START + 40 * DAY}))
    assert story.case.runs["from-referral"].ended is None
    story.do(WREN, cmd.AddRecord("decision", {"decision": "d", "told_on": START + 9 * DAY}))
    assert story.case.runs["from-referral"].ended == START + 9 * DAY
    story.check()
