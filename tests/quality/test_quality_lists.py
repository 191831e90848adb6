"""Each list of help and quality on cases told by hand: what is on it, what is not, and in which order."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.oversight.quality import early, goals, looking_back, looks, referrers, repeats
from casereview.oversight.quality.beside import beside
from casereview.oversight.quality.continuity import CHANGED, NOBODY, STEADY
from casereview.oversight.quality.listed import Wanted
from casereview.oversight.quality.words import BETTER, SAME, THINK_AGAIN
from casereview.oversight.questions import answer, answers
from casereview.service.figure_notes import set_smallest
from casereview.service.quality import (
    beside_of,
    closed_early,
    goals_and_progress,
    look_backs,
    quality_looks,
    referrers_answered,
)
from casereview.service.quality_local import look_back_weeks, set_look_back_weeks
from casereview.service.quality_stories import continuity_for_children, kind_named, repeated_concern, voices_heard
from tests.quality.helped import ADA, CHI, MO, ROBIN, SAM, START, WREN, Place


def test_looks_tell_a_word_and_what_was_seen_and_name_decisions_without_one() -> None:
    place = Place()
    place.open("one", "c-1")
    place.decide("one")
    place.open("two", "c-3")
    place.decide("two")
    place.after(3)
    place.look("one", analysis="not yet", analysis_seen="It stops before what it means", good="A drawing")
    found = quality_looks(place.desk())
    made, without = found.rows
    assert (made.case, made.state, made.less, made.by_name) == (place.refs["one"], "not yet", "analysis not yet", "Ada")
    assert dict(made.seen) == {"analysis": "It stops before what it means"}
    assert (without.case, without.state, without.on) == (place.refs["two"], looks.NONE_YET, START)
    assert [r.case for r in quality_looks(place.desk(), Wanted(state="not yet")).rows] == [place.refs["one"]]
    assert quality_looks(place.desk(), Wanted(text="STOPS before")).total == 1
    assert quality_looks(place.desk(), Wanted(since=START + timedelta(days=1))).total == 1
    assert quality_looks(place.desk(), Wanted(team="south")).total == 0


def test_looks_together_are_told_only_when_there_are_enough() -> None:
    place = Place()
    place.open("one", "c-1")
    for _ in range(4):
        place.look("one", history_used="in part")
    assert "Too few" in quality_looks(place.desk()).says[0]
    place.look("one", history_used="in part")
    says = quality_looks(place.desk()).says
    assert says[0] == "At least 5 looks at the quality of the work."
    assert any("in part at least 5" in line for line in says)
    set_smallest(place.desk(CHI), 6)
    assert "Too few" in quality_looks(place.desk()).says[0]


def test_a_withdrawn_look_is_none() -> None:
    place = Place()
    place.open("one", "c-1")
    number = place.look("one")
    place.withdraw("one", number)
    assert quality_looks(place.desk()).total == 0


# ---- early and again -------------------------------------------------------------------------------------------
def test_stopping_early_stands_beside_what_came_again() -> None:
    place = Place()
    place.open("early", "c-1")
    place.after(4)
    place.do("early", WREN, cmd.SeeChild())
    place.close("early", early=True)
    place.open("later", "c-4")
    place.after(9)
    place.do("later", WREN, cmd.SeeChild())
    place.close("later")
    place.after(40)
    place.open("again", "c-2")  # the brother of c-1
    (row,) = closed_early(place.desk()).rows
    assert (row.case, row.how, row.state) == (place.refs["early"], (early.ENOUGH,), early.BOTH)
    (again,) = row.again
    assert (again.case, again.after, again.sibling) == (place.refs["again"], 49, True)
    everything = closed_early(place.desk(), Wanted(state=early.NEITHER)).rows
    assert [one.case for one in everything] == [place.refs["later"]]


def test_a_case_closed_on_its_day_or_before_the_child_was_seen_is_early() -> None:
    place = Place()
    place.open("one", "c-1")
    place.close("one")
    (row,) = closed_early(place.desk()).rows
    assert row.how == (early.SAME_DAY, early.UNSEEN) and row.days == 0 and row.state == early.EARLY


def test_brothers_and_sisters_dealt_with_on_one_day_did_not_come_again() -> None:
    place = Place()
    for name, child in (("one", "c-1"), ("two", "c-2")):
        place.open(name, child)
        place.close(name)
    assert {row.state for row in closed_early(place.desk()).rows} == {early.EARLY}


def test_a_brother_taken_on_some_days_later_is_the_same_time_of_concern_but_the_child_is_not() -> None:
    place = Place()
    place.open("one", "c-1")
    place.close("one")
    place.after(10)
    place.open("brother", "c-2")
    assert closed_early(place.desk()).rows[0].again == ()
    place.open("herself", "c-1")
    (again,) = closed_early(place.desk()).rows[0].again
    assert again.case == place.refs["herself"] and not again.sibling
    place.after(10)
    place.open("brother again", "c-2")
    assert [one.sibling for one in closed_early(place.desk()).rows[0].again] == [False, True]


def test_what_was_opened_by_mistake_is_no_concern() -> None:
    place = Place()
    place.open("one", "c-1")
    place.after(3)
    place.close("one")
    place.after(20)
    place.open("mistake", "c-1")
    place.do("mistake", MO, cmd.TakeStep("record-error", "opened twice"))
    (row,) = closed_early(place.desk()).rows
    assert row.again == () and repeated_concern(place.desk()).total == 0


# ---- goals -----------------------------------------------------------------------------------------------------
def test_where_a_goal_stands() -> None:
    place = Place()
    place.open("one", "c-1")
    goal = place.goal("one", look_on=(START + timedelta(days=20)).isoformat())

    def state() -> str:
        return goals_and_progress(place.desk()).rows[0].state

    assert state() == goals.NEW
    place.after(20)
    assert state() == goals.NOTHING_SINCE  # the day agreed for looking together has come
    place.moved("one", goal, "same", "“Nobody has rung.”")
    assert state() == SAME
    place.after(7)
    place.moved("one", goal, "same")
    assert state() == THINK_AGAIN  # twice the same
    place.after(7)
    place.moved("one", goal, "better", "“He laughs again.”")
    assert state() == BETTER
    place.after(7)
    place.do("one", MO, cmd.MarkLooked("seen in supervision"))
    assert state() == goals.NOTHING_SINCE
    row = goals_and_progress(place.desk()).rows[0]
    assert [one.progress for one in row.moved] == ["same", "same", "better"]
    assert row.newest and row.newest.family_words == "“He laughs again.”"
    place.moved("one", goal, "worse")
    assert state() == THINK_AGAIN


def test_a_decision_for_help_without_a_goal_is_found_when_it_is_asked_for() -> None:
    place = Place()
    place.open("help", "c-1")
    place.decide("help")
    place.open("none", "c-3")
    place.decide("none", help="no further action")
    assert goals_and_progress(place.desk()).total == 0
    assert [r.case for r in goals_and_progress(place.desk(), Wanted(state=goals.NO_GOAL)).rows] == [place.refs["help"]]


def test_goals_of_closed_cases_are_asked_for() -> None:
    place = Place()
    place.open("one", "c-1")
    place.goal("one")
    place.close("one")
    assert goals_and_progress(place.desk()).total == 0
    assert goals_and_progress(place.desk(), closed=True).total == 1


# ---- did it last -----------------------------------------------------------------------------------------------
def test_the_question_opens_some_weeks_after_closing_and_is_answered_on_the_closed_case() -> None:
    place = Place()
    place.open("one", "c-1")
    place.close("one")
    (row,) = look_backs(place.desk()).rows
    assert row.state == looking_back.LATER and row.due == START + timedelta(weeks=13)
    place.on(START + timedelta(weeks=13))
    assert look_backs(place.desk()).rows[0].state == looking_back.DUE
    place.record("one", "look-back", looked_on=place.today.isoformat(), lasted="better for a while",
                 helped="“One person who knew us.”")  # fmt: skip
    (row,) = look_backs(place.desk()).rows
    assert (row.state, row.lasted, row.helped) == (
        looking_back.ANSWERED,
        "better for a while",
        "“One person who knew us.”",
    )
    assert place.desk().today - row.about.closed == timedelta(weeks=13)  # type: ignore[operator]


def test_how_long_after_is_settled_locally_by_those_who_keep_the_store() -> None:
    place = Place()
    place.open("one", "c-1")
    place.close("one")
    with pytest.raises(NotFound):
        set_look_back_weeks(place.desk(SAM), 4, 20)
    with pytest.raises(CaseReviewError):
        set_look_back_weeks(place.desk(CHI), 9, 4)
    assert set_look_back_weeks(place.desk(CHI), 4, 20) == look_back_weeks(place.desk(SAM)) == (4, 20)
    place.on(START + timedelta(weeks=4))
    assert look_backs(place.desk()).rows[0].state == looking_back.DUE
    assert look_backs(place.desk(), weeks=10).rows[0].state == looking_back.LATER
    place.on(START + timedelta(weeks=20, days=1))
    assert look_backs(place.desk()).rows == ()


def test_a_case_closed_without_a_decision_is_not_asked_about() -> None:
    place = Place()
    place.open("one", "c-1")
    place.do("one", MO, cmd.TakeStep("to-section-47", "a new injury"))
    assert look_backs(place.on(START + timedelta(weeks=20)).desk()).rows == ()


# ---- repeats, continuity ---------------------------------------------------------------------------------------
def test_repeated_concern_is_told_across_brothers_and_sisters_newest_first() -> None:
    place = Place()
    place.open("first", "c-1", title="Tired at school")
    place.record("first", "referral", MO, received_on=START.isoformat(), said="He sleeps in lessons")
    place.after(5)
    place.close("first", help="no further action")
    place.after(100)
    place.open("second", "c-2", title="Late again")
    place.open("other", "c-3")
    (row,) = repeated_concern(place.desk()).rows
    assert (row.family, row.children, row.times, row.state) == ("f-1", ("c-1", "c-2"), 2, repeats.TWICE)
    assert [one.about.case for one in row.concerns] == [place.refs["second"], place.refs["first"]]
    assert (row.concerns[1].concern, row.concerns[1].help) == ("He sleeps in lessons", "no further action")
    assert repeated_concern(place.desk(), Wanted(text="sleeps in")).total == 1
    assert repeated_concern(place.desk(), Wanted(text="nothing like it")).total == 0
    assert repeated_concern(place.desk(), Wanted(child="c-3")).total == 0
    assert repeated_concern(place.desk(), Wanted(until=START)).total == 0
    place.record("other", "referral", MO, received_on=place.today.isoformat())
    place.after(40)
    place.record("other", "referral", MO, received_on=place.today.isoformat())
    assert {one.family for one in repeated_concern(place.desk()).rows} == {"f-1", "f-3"}


def test_changes_of_worker_are_counted_for_the_child_across_cases() -> None:
    place = Place()
    place.open("first", "c-1")
    place.after(5)
    place.do("first", MO, cmd.Assign(ROBIN))
    place.after(5)
    place.close("first", by=ROBIN)
    place.after(30)
    place.open("second", "c-1", worker=WREN)
    place.open("steady", "c-3")
    place.open("nobody", "c-4", worker=None)
    rows = continuity_for_children(place.desk()).rows
    assert [(r.child, r.state) for r in rows] == [("c-4", NOBODY), ("c-1", CHANGED), ("c-3", STEADY)]
    row = rows[1]
    assert (row.people, row.changes, row.begins, row.now) == (2, 2, 1, (WREN,))
    assert [w.worker for w in row.story] == [WREN, ROBIN, WREN]


# ---- referrers, voices -----------------------------------------------------------------------------------------
def test_a_referrer_is_answered_by_what_they_hear_after_the_decision() -> None:
    place = Place()
    place.open("one", "c-1")
    place.do("one", WREN, cmd.SetRoster("school", "The school", referrer=True))
    assert referrers_answered(place.desk()).total == 0  # nothing is decided: there is nothing to tell
    place.do("one", WREN, cmd.Tell("started", ("school",)))
    place.after(2)
    place.decide("one")
    place.after(6)
    (row,) = referrers_answered(place.desk()).rows
    assert (row.state, row.days, row.label) == (referrers.BEFORE, 6, "The school")
    assert row.command == f"casereview tell {place.refs['one']} --kind decision --to school --by-way letter"
    place.do("one", WREN, cmd.Tell("decision", ("school",)))
    assert referrers_answered(place.desk()).rows == ()
    assert referrers_answered(place.desk(), Wanted(state=referrers.TOLD)).total == 1


def test_a_lawful_exception_is_an_answer_until_it_ends() -> None:
    place = Place()
    place.open("one", "c-1")
    place.do("one", WREN, cmd.SetRoster("aunt", "An aunt", referrer=True))
    place.decide("one")
    assert referrers_answered(place.desk()).rows[0].state == referrers.NOT_TOLD
    until = place.today + timedelta(days=30)
    place.do("one", MO, cmd.ExceptTelling("aunt", "police advice", until))
    assert referrers_answered(place.desk()).total == 0
    place.on(until)
    assert referrers_answered(place.desk()).rows[0].state == referrers.NOT_TOLD


def test_voices_are_heard_from_records_and_from_what_was_said_when_told() -> None:
    place = Place()
    place.open("one", "c-1")
    place.record(
        "one", "childs-words", heard_on=START.isoformat(), child="c-1", words="“I like Sundays.”", hopes="A desk"
    )
    place.do("one", WREN, cmd.SetRoster("mother", "Mother", "mother", True),
             cmd.SetRoster("school", "The school", referrer=True))  # fmt: skip
    place.after(1)
    place.do("one", WREN, cmd.Tell("started", ("mother",), said="I would rather have been asked first."),
             cmd.Tell("started", ("school",), said="Thank you for ringing."))  # fmt: skip
    number = place.record(
        "one", "family-view", heard_on=place.today.isoformat(), whose="Father", view="Nights are hard"
    )
    found = voices_heard(place.desk())
    assert {(one.voice, one.who, one.text) for one in found.rows} == {
        ("child", "the child", "“I like Sundays.”"), ("child", "the child", "A desk"),
        ("family", "Mother", "I would rather have been asked first."), ("family", "Father", "Nights are hard"),
    }  # fmt: skip
    assert found.rows[0].on == place.today and found.rows[-1].on == START
    assert {one.text for one in voices_heard(place.desk(), Wanted(case=place.refs["one"])).rows} == {
        one.text for one in found.rows
    }
    assert voices_heard(place.desk(), kind="family-told").total == 1
    assert voices_heard(place.desk(), Wanted(state="child", text="sundays")).total == 1
    place.withdraw("one", number)
    assert voices_heard(place.desk(), kind="family-view").total == 0
    with pytest.raises(CaseReviewError, match="childs-words"):
        kind_named("childswords")


def test_where_not_every_contact_is_read_the_list_says_back_to_when(monkeypatch: pytest.MonkeyPatch) -> None:
    place = Place()
    place.open("one", "c-1")
    place.do("one", WREN, cmd.SetRoster("mother", "Mother", "mother", True))
    for number in range(3):
        place.after(1)
        place.do("one", WREN, cmd.Tell("progress", ("mother",), said=f"Word {number}"))
    assert voices_heard(place.desk()).total == 3 and not any(
        "back to" in line for line in voices_heard(place.desk()).says
    )
    monkeypatch.setattr("casereview.service.quality_stories.NEWEST", 2)
    found = voices_heard(place.desk())
    assert found.total == 2 and f"back to {START + timedelta(days=2)}" in found.says[-1]
    assert voices_heard(place.desk(), Wanted(case=place.refs["one"])).total == 3


# ---- beside, and answers ---------------------------------------------------------------------------------------
def test_beside_a_case_stands_what_is_known_of_help() -> None:
    place = Place()
    place.open("one", "c-1")
    goal = place.goal("one")
    place.after(2)
    place.close("one", early=True)
    place.look("one", history_used="not yet")
    place.moved("one", goal, "better")
    place.after(30)
    place.open("again", "c-2")
    place.do("again", MO, cmd.LinkChild("c-1"))
    desk = place.desk()
    with desk.reading() as work:
        case = desk.case(work, place.refs["one"])
        told = beside(desk, work, [case])[case.id]
        alone = beside(desk, work, [case], with_others=False)[case.id]
    assert (told.goals, told.progress, told.early, told.again) == (1, "better", True, (place.refs["again"],))
    assert dict(told.grades)["history_used"] == "not yet" and told.decided == START + timedelta(days=2)
    assert alone.again == () and told.of_a_child
    assert beside_of(desk, [place.refs["one"], "SA-2024-77777"]) == {place.refs["one"]: told}
    place.do("one", CHI, cmd.Restrict("a colleague's child", (WREN,)))
    assert beside_of(place.desk(SAM), [place.refs["one"]]) == {}


def test_every_list_has_a_question_and_a_place_for_the_answer() -> None:
    place = Place()
    desk = place.desk()
    for read in (quality_looks, closed_early, goals_and_progress, look_backs, repeated_concern,
                 continuity_for_children, referrers_answered, voices_heard):  # fmt: skip
        figure = read(desk).figure
        answer(desk, figure, f"What {figure} means here")
        assert answers(desk, figure)[-1].text == f"What {figure} means here"


def test_an_unknown_case_is_not_found_whichever_list_is_asked() -> None:
    place = Place()
    for read in (quality_looks, goals_and_progress, referrers_answered, voices_heard):
        with pytest.raises(NotFound):
            read(place.desk(ADA), Wanted(case="SA-2024-77777"))


def test_nothing_is_listed_in_an_empty_store_and_it_says_so() -> None:
    desk = Place(today=date(2024, 1, 1)).desk()
    assert quality_looks(desk).total == goals_and_progress(desk).total == voices_heard(desk).total == 0
    assert all(line for read in (closed_early, repeated_concern) for line in read(desk).says)
