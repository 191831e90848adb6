"""The desk, the registry, and closures: one transaction, one answer, nothing half done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from casereview import commands as cmd
from casereview.decide.opening import OpenCase
from casereview.errors import CaseReviewError, Conflict, NotFound
from casereview.service.closures import add_closure
from casereview.service.desk import Desk
from casereview.service.journey import journey
from casereview.service.reading import history, show
from casereview.service.registry import (
    add_child,
    add_person,
    add_team,
    change_person,
    closures,
    find_person,
    give_office,
    people,
    teams,
)
from casereview.testing import FixedClock, MemoryStore
from tests.stories import CATALOGUE, CHI, CHO, DOT, MAX, MO, SAM, START, STORY, WREN, Story

DAY = timedelta(days=1)


def test_a_conflict_says_what_changed_and_who_changed_it_and_changes_nothing() -> None:
    story = Story()
    looked_at = story.case.number
    story.see()
    story.do(MO, cmd.AgreeDate(story.due(10)))
    before = story.case
    with pytest.raises(Conflict) as caught:
        story.do(MAX, cmd.Tell("progress"), seen=looked_at)
    says = str(caught.value)
    assert "Wren: Child seen" in says and "Mo: Date agreed" in says and story.ref in says
    assert caught.value.status == 1 and story.case == before
    story.do(WREN, cmd.Tell("progress"), seen=before.number)
    with pytest.raises(Conflict, match="and 3 more"):
        for n in range(2):
            story.see()
            story.do(WREN, cmd.Tell("progress"), seen=looked_at if n else None)


def test_someone_who_has_left_or_is_unknown_does_nothing() -> None:
    story = Story()
    with pytest.raises(NotFound, match="nobody here is known as"):
        story.do("nobody", cmd.Tell("progress"))
    change_person(story.desk(CHI), WREN, left=True)
    with pytest.raises(NotFound, match="nobody here is known as"):
        story.do(WREN, cmd.Tell("progress"))
    assert "has left" in story.refused(MO, cmd.Appoint(WREN, "adviser")).says
    assert history(story.desk(MO), story.ref)[-1].by == "Mo"


def test_a_reference_may_be_typed_small_wherever_a_case_is_named() -> None:
    story = Story()
    desk, small = story.desk(MO), f" {story.ref.lower()} "
    assert show(desk, small).case.ref == story.ref
    assert history(desk, small) == history(desk, story.ref)


def test_opening_checks_every_name_and_no_day_to_come() -> None:
    story = Story()
    desk = story.desk(MO)
    for command, says in (
        (OpenCase(STORY, "t", team="nroth"), "no team"),
        (OpenCase(STORY, "t", worker="nobody"), "nobody is known"),
        (OpenCase(STORY, "t", children=("c",)), "no child is known"),
        (OpenCase(STORY, "t", START + DAY), "in the future"),
        (OpenCase(STORY, " "), "title"),
        (OpenCase(STORY, "t", nation="atlantis"), "not a nation"),
    ):
        with pytest.raises(CaseReviewError, match=says):
            desk.open(command)
    with story.store.read() as work:
        assert len(list(work.case_ids())) == 1


def test_a_case_opened_late_counts_from_the_day_the_work_began() -> None:
    story = Story(opened=START - 28 * DAY)
    run = story.case.runs["decision"]
    assert (story.case.opened, run.started) == (START - 28 * DAY, START - 28 * DAY)
    assert story.entries[0].recorded_at.date() == START


# ---- the registry ------------------------------------------------------------------------------------------
def test_the_first_person_begins_a_store_and_then_it_takes_an_office() -> None:
    clock = FixedClock(START)
    desk = Desk(MemoryStore(clock=clock), clock, CATALOGUE, "ann")
    ann = add_person(desk, "Ann Lee", login="al", person_id="ann")
    give_office(desk, ann.id, "data-officer", since=START - DAY)
    bob = add_person(desk, "Ann Lee")
    assert bob.id == "ann-lee"
    with pytest.raises(NotFound, match="takes an office"):
        add_person(Desk(desk.store, clock, CATALOGUE, bob.id), "Cy")
    with pytest.raises(CaseReviewError, match="belongs to someone already"):
        add_person(desk, "Cy", login="al")
    with pytest.raises(CaseReviewError, match="it is taken or not"):
        add_person(desk, "Cy", person_id="ann")
    assert [p.id for p in people(desk)] == ["ann", "ann-lee"]
    with desk.reading() as work:
        assert find_person(work, "AL").id == "ann"
        with pytest.raises(CaseReviewError, match="more than one person"):
            find_person(work, "ann lee")
        with pytest.raises(NotFound, match="nobody here"):
            find_person(work, "zoe")


def test_a_login_is_one_persons_and_a_new_name_brings_nobody_back() -> None:
    desk = Story().desk(DOT)
    change_person(desk, WREN, login="wren1")
    change_person(desk, WREN, name="Wren B.", login="wren1")  # one's own again
    with pytest.raises(CaseReviewError, match="belongs to someone already"):
        change_person(desk, SAM, login="wren1")
    with pytest.raises(CaseReviewError, match="belongs to someone already"):
        add_person(desk, "Someone", login="wren1")
    change_person(desk, WREN, left=True)
    assert change_person(desk, WREN, name="Wren C.").left
    assert change_person(desk, WREN, login="").left
    assert not change_person(desk, WREN, login="wren2").left


def test_a_store_is_never_left_without_a_keeper() -> None:
    story = Story()
    for person in (MO, MAX, CHI, CHO):
        change_person(story.desk(DOT), person, left=True)
    desk = story.desk(DOT)
    acts: list[Callable[[], object]] = [
        lambda: change_person(desk, DOT, left=True),
        lambda: give_office(desk, DOT, "data-officer", until=story.today),
        lambda: give_office(desk, DOT, "data-officer", since=story.today + DAY),
    ]
    for act in acts:
        with pytest.raises(CaseReviewError, match="nobody would be left"):
            act()
    add_person(desk, "Still kept")
    give_office(desk, SAM, "chair")
    assert change_person(desk, DOT, left=True).left


def test_an_office_is_held_from_a_day_until_another() -> None:
    story = Story()
    desk = story.desk(CHI)
    give_office(desk, SAM, "manager", team="north", since=START + DAY, until=START + 3 * DAY)
    for offset, held in ((0, False), (1, True), (2, True), (3, False)):
        view = show(story.on(START + offset * DAY).desk(SAM), story.ref)
        assert ("manager" in view.roles) == held
    for office, team, says in (("king", "", "not an office"), ("manager", "", "held for a team")):
        with pytest.raises(CaseReviewError, match=says):
            give_office(desk, SAM, office, team=team)
    assert give_office(desk, SAM, "chair", team="north").holds("chair", START + 3 * DAY)


def test_teams_and_children_keep_their_ids() -> None:
    desk = Story().desk(DOT)
    assert add_team(desk, "West & Co").id == "west-co"
    assert {t.id for t in teams(desk)} == {"north", "south", "west-co"}
    first = add_child(desk, details={"born": "2015", "empty": " "})
    second = add_child(desk, sibling_of=first.id)
    assert first.details == (("born", "2015"),) and second.family
    story = journey(desk, first.id)
    assert [c.id for c in story.siblings] == [second.id] and story.child.details == (("born", "2015"),)
    with pytest.raises(CaseReviewError, match="known as"):
        add_child(desk, child_id=first.id)
    with pytest.raises(NotFound, match="no child"):
        journey(desk, "nobody")


def test_a_journey_tells_one_story_and_shows_repeated_concern() -> None:
    first = Story()
    add_child(first.desk(MO), child_id="c-1")
    add_child(first.desk(MO), child_id="c-2", sibling_of="c-1")
    first.do(MO, cmd.LinkChild("c-1"))
    first.finish()
    second = Story(store=first.store, today=START + 300 * DAY, children=("c-2",), seed=2)
    third = Story(store=first.store, today=START + 700 * DAY, children=("c-1",), seed=3)
    told = journey(third.desk(MO), "c-1")
    assert [row.case for row in told.cases] == [first.ref, second.ref, third.ref]
    assert told.repeated == (second.ref,)
    assert [line.on for line in told.lines] == sorted(line.on for line in told.lines)
    assert {line.child for line in told.lines if line.case == second.ref} == {"c-2"}


# ---- closures --------------------------------------------------------------------------------------------------
def test_a_teams_closure_moves_only_that_teams_dates() -> None:
    north = Story()
    south = Story(store=north.store, seed=2)
    south.do(CHI, cmd.Assign(team="south"))
    before = south.case.runs["decision"].indicative
    assert add_closure(north.desk(MO), START + DAY, "Training", team="north") == 1
    assert south.case.runs["decision"].indicative == before
    assert north.case.runs["decision"].indicative > before  # type: ignore[operator]
    assert [(c.day, c.team) for c in closures(north.desk(MO))] == [(START + DAY, "north")]
    with pytest.raises(CaseReviewError, match="already"):
        add_closure(north.desk(MO), START + DAY, "Again", team="north")
    with pytest.raises(NotFound, match="no team"):
        add_closure(north.desk(MO), START + DAY, "x", team="nroth")
    assert add_closure(north.desk(MO), START + 2000 * DAY, "Far away") == 0


def test_a_closure_moves_the_target_of_a_lane_and_how_long_a_sight_counts() -> None:
    story = Story().after(26)
    story.justify(story.today + 60 * DAY)
    last = story.due(10, story.today)
    assert story.standing(day=last + DAY) == "longer_lapsed"
    add_closure(story.desk(MO), story.today + DAY, "Snow")
    assert story.standing(day=last + DAY) == "longer_justified"
    urgent = Story()
    urgent.do(MO, cmd.SetLane("urgent", "infant injury"))
    target = urgent.case.lane.targets["decision"]  # type: ignore[union-attr]
    add_closure(urgent.desk(MO), date(2024, 6, 4), "Snow")
    assert urgent.case.lane.targets["decision"] == target + DAY  # type: ignore[union-attr]
    urgent.check()
    story.check()


def test_a_date_moved_after_it_passed_says_what_it_does_not_do() -> None:
    story = Story("single-assessment")
    story.do(MO, cmd.AgreeDate(story.due(10), "as planned"))
    assert len(story.do(MO, cmd.AgreeDate(story.due(12), "a little longer")).says) == 1
    said = story.after(15).do(MO, cmd.AgreeDate(story.due(20), "school is late")).says
    assert len(said) == 2 and f"casereview reason {story.ref}" in said[1] and "still counted from" in said[1]
    story.reason()
    assert len(story.do(MO, cmd.AgreeDate(story.due(25), "longer still")).says) == 1
