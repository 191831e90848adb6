"""The blockage board: who may do what, what raises one by itself, and that it tells nobody of a hidden case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.oversight.blockages import SHARED, Blockage
from casereview.service.asof import desk_at
from casereview.service.blockages import board, debrief, escalate, look_at, mine, own, raise_blockage, remove
from casereview.service.reading import show
from tests.stories import ADA, CHI, MAX, MO, SAM, START, TEAM, WREN, Story

DAY = timedelta(days=1)
SA2013 = "single-assessment-2013"


def waiting(number: int, code: str = "CAPA") -> list[Story]:
    """So many cases of one team, each with the same system reason, given at the end of its time."""
    stories: list[Story] = []
    for seed in range(1, number + 1):
        stories.append(Story(SA2013, store=stories[0].store if stories else None, seed=seed).after(46))
        stories[-1].do(WREN, cmd.GiveReason(code, "nobody is free", "she waits"))
    return stories


def on_board(story: Story, person: str = MO) -> list[Blockage]:
    return [item.blockage for item in board(story.desk(person))]


# ---- scenario 10 ---------------------------------------------------------------------------------------------
def test_10_three_open_cases_of_a_team_with_one_system_reason_raise_it_by_themselves() -> None:
    few = waiting(SHARED - 1)
    assert on_board(few[0]) == []
    stories = waiting(SHARED)
    (item,) = board(stories[0].desk(MO))
    assert (item.blockage.code, item.blockage.team, item.blockage.status, item.cases) == ("CAPA", TEAM, "open", 3)
    assert item.raised_by == "" and item.blockage.owner == "" and item.yours
    fourth = Story(SA2013, store=stories[0].store, seed=9).after(46)
    fourth.do(WREN, cmd.GiveReason("CAPA", "nobody is free", "she waits"))
    assert len(on_board(fourth)) == 1  # once, however many more


def test_reasons_of_other_classes_other_codes_other_teams_and_closed_cases_raise_nothing() -> None:
    stories = waiting(SHARED, "JUDG")
    assert on_board(stories[0]) == []
    for story, code in zip(stories, ("CAPA", "WKCH", "CAPA"), strict=True):
        story.do(WREN, cmd.GiveReason(code, "nobody is free", "she waits"))
    assert on_board(stories[0]) == []
    moved = waiting(SHARED - 1)
    away = Story(SA2013, store=moved[0].store, seed=8).after(46)
    away.do(CHI, cmd.Assign(team="south"))
    away.do(WREN, cmd.GiveReason("CAPA", "nobody is free", "she waits"))
    assert on_board(moved[0]) == []


def test_a_later_reason_of_another_kind_takes_a_case_out_of_the_count() -> None:
    stories = waiting(SHARED - 1)
    stories[0].do(WREN, cmd.GiveReason("JUDG", "a question is open", "she is safe"))
    third = Story(SA2013, store=stories[0].store, seed=8).after(46)
    third.do(WREN, cmd.GiveReason("CAPA", "nobody is free", "she waits"))
    assert on_board(third) == []


def test_once_removed_it_takes_three_newer_reasons_to_come_back() -> None:
    stories = waiting(SHARED)
    (item,) = on_board(stories[0])
    own(stories[0].desk(MO), item.key)
    remove(stories[0].desk(MO), item.key, "two posts filled")
    assert on_board(stories[0]) == []
    for story in stories[:2]:
        story.on(story.today + DAY).do(WREN, cmd.GiveReason("CAPA", "nobody is free again", "she waits"))
    assert on_board(stories[0]) == []
    stories[2].on(stories[0].today).do(WREN, cmd.GiveReason("CAPA", "nobody is free again", "she waits"))
    (again,) = on_board(stories[2])
    assert again.key != item.key and again.acts[0].act == "raised again"


def test_a_case_somebody_may_not_know_of_never_raises_one_and_is_in_nobody_elses_count() -> None:
    """Law 7: otherwise the board would tell of a third case to whoever can see only two."""
    stories = waiting(SHARED - 1)
    hidden = Story(SA2013, store=stories[0].store, seed=8).after(46)
    hidden.do(CHI, cmd.Restrict("a colleague's family", (WREN,)))
    hidden.do(WREN, cmd.GiveReason("CAPA", "nobody is free", "she waits"))
    assert on_board(stories[0]) == []
    walled = Story(SA2013, store=stories[0].store, seed=9).after(46)
    walled.do(SAM, cmd.DeclareConflict(SAM, "personal"))
    walled.do(WREN, cmd.GiveReason("CAPA", "nobody is free", "she waits"))
    assert on_board(stories[0]) == []
    fourth = Story(SA2013, store=stories[0].store, seed=10).after(46)
    fourth.do(WREN, cmd.GiveReason("CAPA", "nobody is free", "she waits"))
    counts = {person: board(fourth.desk(person))[0].cases for person in (WREN, MO, SAM, CHI)}
    assert counts == {WREN: 5, MO: 4, SAM: 3, CHI: 5}


# ---- what people do about one --------------------------------------------------------------------------------
def test_anyone_raises_a_manager_owns_passes_up_and_takes_away() -> None:
    story = Story()
    item = raise_blockage(story.desk(SAM), "The court form is asked for twice", team=TEAM, weight="half a day a case")
    assert (item.key, item.status, item.acts[0].by) == ("B1", "open", SAM)
    assert [i.blockage.key for i in mine(story.desk(MO))] == ["B1"] and mine(story.desk(SAM)) == []
    with pytest.raises(CaseReviewError, match="no manager"):
        own(story.desk(MO), "B1", WREN)
    with pytest.raises(NotFound, match="for its owner"):
        remove(story.desk(WREN), "B1", "gone")
    with pytest.raises(NotFound, match="for its owner"):
        own(story.desk(SAM), "B1", MO)
    own(story.desk(MO), "b1")
    look_at(story.desk(WREN), "B1", "Still there")
    escalate(story.desk(MO), "B1", "The court decides on the form", to=CHI)
    assert [i.blockage.key for i in mine(story.desk(CHI))] == ["B1"] and mine(story.desk(MO)) == []
    remove(story.desk(CHI), "B1", "One form now")
    assert on_board(story) == []
    (kept,) = [i.blockage for i in board(story.desk(MO), removed=True)]
    assert [act.act for act in kept.acts] == ["raised", "owned", "looked at", "escalated", "removed"]
    with pytest.raises(CaseReviewError, match="taken away"):
        look_at(story.desk(WREN), "B1", "Back")


def test_it_names_nobody_and_no_case() -> None:
    story = Story()
    for text in ("Max is always late", f"Look at {story.ref.lower()}, it is stuck"):
        with pytest.raises(CaseReviewError, match="is named in it"):
            raise_blockage(story.desk(SAM), text if "Max" not in text else "Wren is always late")
    assert on_board(story) == []


def test_a_hidden_cases_reference_reads_like_any_other_word() -> None:
    """Being refused for a reference would say that there is such a case."""
    story = Story()
    story.do(CHI, cmd.Restrict("a colleague's family", (WREN, MO)))
    raised = raise_blockage(story.desk(SAM), f"Something about {story.ref}")
    assert raised.key == "B1"


def test_unknown_ones_are_answered_with_the_nearest() -> None:
    story = Story()
    raise_blockage(story.desk(SAM), "A queue")
    with pytest.raises(NotFound, match="B1"):
        own(story.desk(MO), "B11")


def test_the_weekly_look_is_due_after_seven_days_and_the_debrief_lists_the_week() -> None:
    story = Story()
    raise_blockage(story.desk(SAM), "A queue", team=TEAM)
    raise_blockage(story.desk(SAM), "A form")
    story.on(START + 6 * DAY)
    assert not any(item.waits for item in board(story.desk(MO)))
    look_at(story.desk(WREN), "B2", "Looked")
    story.on(START + 7 * DAY)
    week = debrief(story.desk(MO))
    assert [i.blockage.key for i in week.waiting] == ["B1"] and week.raised == ()
    assert [i.blockage.key for i in week.unowned] == ["B1", "B2"]
    assert [i.blockage.key for i in debrief(story.desk(MO), team=TEAM).unowned] == ["B1"]


def test_the_board_of_an_earlier_day_is_the_board_as_it_was() -> None:
    story = Story(practice=False)
    raise_blockage(story.desk(SAM), "A queue", team=TEAM)
    story.on(START + 3 * DAY)
    remove(story.desk(MO), "B1", "gone")
    past = desk_at(story.desk(MO), START + DAY)
    assert [i.blockage.status for i in board(past)] == ["open"]
    with pytest.raises(CaseReviewError, match="only be looked at"):
        raise_blockage(past, "Another")
    assert board(desk_at(story.desk(MO), START + 3 * DAY)) == [] == board(story.desk(ADA))


def test_raising_one_moves_no_case() -> None:
    story = waiting(SHARED)[0]
    assert show(story.desk(MO), story.ref).row.standing == "longer_explained"
    assert story.case.main.stage == "accepted"
    story.check()
    assert MAX not in {person for item in board(story.desk(MO)) for person in (item.blockage.owner,)}
