"""What else a morning asks: changed dates, exceptions, one's own queue, silence, blockages, themes, and what rises."""

from __future__ import annotations

import contextlib
from datetime import timedelta

import pytest
from hypothesis import given, settings

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.oversight.matter import KINDS, ONE, RISES, RULES, Question
from casereview.service.blockages import own, raise_blockage, remove
from casereview.service.desk import Refused
from casereview.service.families import families
from casereview.service.morning import morning, oversees, rules, set_rules
from casereview.service.quality_themes import all_themes, give, sample
from casereview.service.registry import give_office
from tests.oversight.test_families import LIVES, live
from tests.stateful.solver import Team
from tests.stories import ADA, CHI, CHO, DOT, MAX, MO, SAM, START, WREN, Story, new_store

DAY = timedelta(days=1)


def asked(story: Story, kind: str, person: str = MO) -> list[Question]:
    return [one for one in morning(story.desk(person)).questions if one.kind == kind]


def test_every_kind_has_its_words() -> None:
    assert set(KINDS) == set(ONE) and set(RISES) < set(KINDS)


# ---- a changed date ----------------------------------------------------------------------------------------------
def changed() -> Story:
    story = Story()
    story.do(CHI, cmd.SetRoster("father", "Father"))
    story.tell("started")
    story.do(MO, cmd.AgreeDate(story.due(10)))
    story.on(story.due(3))
    story.do(MO, cmd.AgreeDate(story.due(15), "the school asks for a week", "JUDG"))
    return story


def test_a_changed_date_opens_telling_the_family_until_everyone_knows() -> None:
    story = changed()
    for person in (MO, WREN):
        (one,) = asked(story, "told", person)
        assert one.by == story.due(5) and one.days == -2  # within two working days of the change
        assert one.command == f"casereview tell {story.ref} --to father --to mother --kind 'new date'"
    story.do(WREN, cmd.Tell("new date", ("father",)))
    (one,) = asked(story, "told")
    assert "Mother" in one.says and "Father" not in one.says
    story.on(story.due(9))
    assert asked(story, "told")[0].days == 4
    story.do(MO, cmd.ExceptTelling("mother", "police advice", story.due(30)))
    assert asked(story, "told") == []


def test_it_is_never_quiet_though_the_time_is_justified() -> None:
    story = changed().after(30)
    story.reason()
    story.agree_until(story.due(60))
    assert asked(story, "told") and asked(story, "justification")


def test_with_nobody_on_the_list_listing_them_comes_first() -> None:
    story = Story(roster=False)
    story.do(MO, cmd.AgreeDate(story.due(10)))
    story.do(MO, cmd.AgreeDate(story.due(12), "one more visit", "JUDG"))
    (one,) = asked(story, "told")
    assert one.command == f"casereview tell {story.ref} --add LABEL"


@settings(max_examples=30)
@given(LIVES)
def test_it_is_asked_exactly_while_somebody_is_owed_the_date(life: list) -> None:  # type: ignore[type-arg]
    """By the list of families, which asks each person by themselves."""
    story = Story()
    story.do(CHI, cmd.SetRoster("father", "Father"))
    story.do(CHI, cmd.SetRoster("aunt", "Aunt", must_be_told=False))
    story.tell("started")
    for gap, act in life:
        story.on(story.today + gap * DAY)
        with contextlib.suppress(Refused):
            live(story, act)
        owed = families(story.desk(MO), "not-told").rows
        assert bool(asked(story, "told")) == any(row.owed.untold.startswith("the new date") for row in owed)


# ---- exceptions, sign-off, silence -------------------------------------------------------------------------------
def test_an_exception_is_asked_about_in_the_week_before_it_ends_and_until_something_is_said() -> None:
    story = Story()
    story.do(MO, cmd.ExceptTelling("mother", "police advice", START + 20 * DAY))
    story.on(START + 12 * DAY)
    assert asked(story, "exception") == []
    story.on(START + 13 * DAY)
    (one,) = asked(story, "exception")
    assert one.by == START + 20 * DAY and one.days < 0 and asked(story, "exception", WREN) == []
    assert one.command == f"casereview tell {story.ref} --except mother --because 'police advice' --until DATE"
    story.on(START + 21 * DAY)
    (one,) = asked(story, "exception")
    assert "was lawful until" in one.says and one.command == f"casereview tell {story.ref} --to mother --kind progress"
    story.tell("progress")
    assert asked(story, "exception") == []


def test_ones_own_queue_is_said_to_be_ones_own() -> None:
    story = Team("single-assessment")
    story.reach("sign-off")
    story.on(story.due(4))
    (one,) = asked(story, "sign-off")
    assert "Waiting with you: 4 working days, none of them the worker's." in one.says


def test_a_manager_who_only_looked_does_not_end_the_silence() -> None:
    story = Story().after(11)
    (before,) = asked(story, "silence", WREN)
    story.do(MO, cmd.MarkLooked("all of north, Monday"))
    story.do(CHI, cmd.SetRoster("aunt", "Aunt"))
    (after,) = asked(story, "silence", WREN)
    assert (before.since, before.days) == (after.since, after.days) == (START, 11)
    story.see()
    assert asked(story, "silence", WREN) == []


# ---- besides cases -----------------------------------------------------------------------------------------------
def test_blockages_are_asked_of_their_owner_and_of_the_managers_of_a_team_nobody_owns_them_for() -> None:
    story = Story()
    raised = raise_blockage(story.desk(WREN), "Reports from the clinic take a month", team="north")
    for person in (MO, MAX):
        (one,) = asked(story, "blockage", person)
        assert one.case == raised.key and one.command == f"casereview blockage own {raised.key}"
    assert asked(story, "blockage", SAM) == [] == asked(story, "blockage", CHI)
    own(story.desk(MAX), raised.key)
    story.on(story.due(7))
    assert asked(story, "blockage", MO) == []
    (one,) = asked(story, "blockage", MAX)
    assert "weekly look is due" in one.says and one.days == 7
    remove(story.desk(MAX), raised.key, "the clinic sends a short note first")
    assert asked(story, "blockage", MAX) == []


def test_a_case_given_to_somebody_for_a_theme_is_asked_of_them() -> None:
    story = Story("single-assessment")
    sample(story.desk(CHI), "The child's voice", "as every spring", number=1, seed=7)
    (theme,) = all_themes(story.desk(CHI))
    give(story.desk(CHI), theme.key, story.ref, MO)
    (one,) = asked(story, "theme", MO)
    assert one.case == story.ref and "The child's voice" in one.says
    assert asked(story, "theme", MAX) == []


# ---- one level up ------------------------------------------------------------------------------------------------
def test_what_is_unanswered_for_long_shows_a_service_manager_by_whom_and_moves_nothing() -> None:
    story = Story().after(26)
    story.reason()
    start = story.today
    story.on(story.due(4, start))
    assert [one for one in asked(story, "unanswered", CHI) if one.key.startswith("reason")] == []
    story.on(story.due(5, start))
    before = story.case
    (one,) = (one for one in asked(story, "unanswered", CHI) if one.key.startswith("reason"))
    assert "by Max, Mo." in one.says and "unanswered for 5 working days" in one.says
    assert asked(story, "unanswered", MO) == [] and len(asked(story, "reason")) == 1
    assert story.case == before  # a question, never a move
    story.do(MO, cmd.GiveAnswer("tell me more", "why?", None))
    assert [one for one in asked(story, "unanswered", CHI) if one.key.startswith("reason")] == []


def test_the_author_of_a_reason_is_not_among_those_who_left_it_unanswered() -> None:
    story = Story().after(26)
    story.reason(by=MO)
    story.on(story.due(9, story.today))
    (one,) = (one for one in asked(story, "unanswered", CHI) if one.key.startswith("reason"))
    assert "by Max." in one.says


def test_a_team_without_a_manager_is_said_to_have_none() -> None:
    story = Story().after(26)
    story.do(CHI, cmd.Assign(team="south"))
    story.reason()
    story.on(story.due(8, story.today))
    found = asked(story, "unanswered", CHI)
    assert any("nobody, for want of a manager" in one.says for one in found)


def test_nobody_is_said_to_leave_unanswered_what_they_may_not_know_of() -> None:
    story = Story().after(26)
    story.reason()
    story.do(CHI, cmd.Restrict("a relative works here", (WREN, MAX)))
    story.on(story.due(8, story.today))
    (one,) = (one for one in asked(story, "unanswered", CHI) if one.key.startswith("reason"))
    assert "by Max." in one.says


def test_a_service_manager_who_manages_the_team_is_asked_once() -> None:
    story = Story().after(26)
    story.reason()
    story.on(story.due(8, story.today))
    give_office(story.desk(DOT), CHI, "manager", team="north")
    assert asked(story, "unanswered", CHI) == [] and len(asked(story, "reason", CHI)) == 1


def test_law_7_nothing_rises_from_a_case_the_service_manager_may_not_know() -> None:
    store = new_store()
    known, hidden = Story(store=store).after(26), Story(store=store, seed=5, opened=START, today=START)
    hidden.after(26).reason()
    hidden.do(CHI, cmd.DeclareConflict(CHI, "personal"))
    known.on(known.due(9, known.today))
    found = morning(known.desk(CHI))
    assert found.above == 1 and all(one.case == known.ref for one in found.questions)


# ---- numbers and filters -----------------------------------------------------------------------------------------
def test_an_authority_settles_its_own_numbers() -> None:
    story = changed()
    assert rules(story.desk(MO)) == RULES
    set_rules(story.desk(CHI), tell_within=4, silent_after=3)
    assert asked(story, "told")[0].by == story.due(7)
    story.on(story.due(6))
    assert asked(story, "silence", WREN)
    assert [one for one in morning(story.desk(WREN), silent_after=30).questions if one.kind == "silence"] == []
    with pytest.raises(NotFound, match="takes an office"):
        set_rules(story.desk(WREN), ahead=5)
    with pytest.raises(CaseReviewError, match="working days from 1"):
        set_rules(story.desk(CHI), ahead=0)
    with pytest.raises(CaseReviewError, match="working days from 1"):
        morning(story.desk(MO), unanswered_after=0)


def test_only_some_kinds() -> None:
    story = changed().after(30)
    everything = morning(story.desk(MO)).questions
    some = morning(story.desk(MO), kinds=("told", "date")).questions
    assert some == tuple(one for one in everything if one.kind in ("told", "date")) != ()
    with pytest.raises(CaseReviewError, match="kind of question"):
        morning(story.desk(MO), kinds=("tolt",))


def test_whose_day_begins_with_it() -> None:
    story = Story()
    assert [p for p in (WREN, MO, MAX, CHI, CHO, ADA, SAM, DOT) if oversees(story.desk(p))] == [MO, MAX, CHI, CHO]
