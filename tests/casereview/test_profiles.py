"""Which profile is in force, and what another one does to open times: against plain second opinions."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview import events as ev
from casereview.errors import CaseReviewError
from casereview.people import Kept
from casereview.profiles import Adopted, Adoption, as_body, from_kept, in_force, profiles_of, travelling
from casereview.service.profiles import adopt, keep
from casereview.service.whole import verify
from tests.stories import ADA, CHI, MO, START, TEAM, WREN, Story, definition, new_store
from workflows.catalogue import Catalogue
from workflows.profile import Profile
from workflows.profile_reading import Known, parse

DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2024, 1, 20))
STORY = definition()


# ---- which one is in force --------------------------------------------------------------------------------------
adoptions = st.builds(
    lambda team, since, lasts, on: Adoption(team, since, None if lasts is None else since + lasts * DAY, "chi", on),
    st.sampled_from(["", "north", "south"]), DAYS, st.none() | st.integers(-1, 10), DAYS,
)  # fmt: skip


@st.composite
def several(draw: st.DrawFn) -> list[Adopted]:
    found = []
    for number in range(draw(st.integers(0, 4))):
        named = draw(st.sampled_from([("sa",), ("sa", "lt"), ("lt",)]))
        valid = (draw(st.none() | DAYS), draw(st.none() | DAYS))
        held = tuple(draw(st.lists(adoptions, max_size=3)))
        one = Adopted(f"h{number}", f"p{number}", "1", "t", "a", "local", named, "text", *valid, held)
        found.append(one)
    return found


@settings(max_examples=300)
@given(several(), st.sampled_from(["sa", "lt", "xx"]), st.sampled_from([None, "north", "south"]), DAYS)
def test_a_case_starts_under_the_profile_of_its_workflow_team_and_day(
    everything: list[Adopted], workflow: str, team: str | None, day: date
) -> None:
    holding = []
    for one in everything:
        if workflow not in one.workflows or (one.valid_from and day < one.valid_from):
            continue
        if one.valid_to and day > one.valid_to:
            continue
        for held in one.adoptions:
            if held.team in ("", team) and held.since <= day and (not held.until or day <= held.until):
                holding.append((held.team, held.since, one.hash))
    found = in_force(everything, workflow, team, day)
    if not holding:
        assert found == ""
        return
    own = [one for one in holding if one[0]] or holding
    newest = max(since for _, since, _ in own)
    assert found in {digest for _, since, digest in own if since == newest}


@given(several(), st.randoms(use_true_random=False))
def test_it_does_not_depend_on_the_order_they_are_read_in(everything: list[Adopted], chance: random.Random) -> None:
    shuffled = list(everything)
    chance.shuffle(shuffled)
    for day in (date(2024, 1, 5), date(2024, 1, 15)):
        assert in_force(everything, "sa", TEAM, day) == in_force(shuffled, "sa", TEAM, day)


@given(several())
def test_what_is_kept_is_read_back_and_what_travels_is_adopted_by_nobody(everything: list[Adopted]) -> None:
    for one in everything:
        assert from_kept(Kept("profile", one.hash, "", as_body(one))) == one
        gone = from_kept(Kept("profile", one.hash, "", travelling(one)))
        assert gone == replace(one, adoptions=(), acts=())


# ---- another profile for a running case -------------------------------------------------------------------------
def a_profile(name: str, indicative: str, looks: str = "", lane: int = 3) -> Profile:
    """A profile over the workflow of the stories."""
    text = f"""
format = 1
name = "{name}"
version = "1"
title = "{name}"
authority = "made up"
edition = "local"
source = "here"
trust = "L"
[workflows.{STORY.name}.expectations.decision]
indicative = "{indicative}"
{looks}
source = "here"
trust = "L"
[workflows.{STORY.name}.lanes.urgent]
expect = {{ decision = "{lane} working days" }}
source = "here"
trust = "L"
"""
    profile, faults = parse(text, name, Known([STORY.name], lambda _: STORY))
    assert profile is not None, faults
    return profile


OURS = a_profile("ours", "30 working days", 'checkpoints = ["8 working days", "16 working days"]')
OTHER = a_profile("other", "none", "checkpoints = []", lane=4)


def story_under(profile: Profile, *also: Profile) -> Story:
    store = new_store()
    desk = Story(store=store, roster=False, seed=9).desk(CHI)
    adopt(desk, profile, since=START)
    for one in also:
        adopt(desk, one, since=date(2030, 1, 1))
    return Story(store=store)


acts = st.lists(st.sampled_from(["look", "see", "date", "reason", "lane", "tell", "wait"]), max_size=6)


@settings(max_examples=40, deadline=None)
@given(acts, st.lists(st.integers(0, 6), min_size=6, max_size=6), st.booleans())
def test_moving_a_case_touches_only_what_profiles_decide_and_folds_like_any_fact(
    done: list[str], waits: list[int], finished: bool
) -> None:
    story = story_under(OURS, OTHER)
    for what, wait in zip(done, waits, strict=False):
        _act(story.on(story.today + wait * DAY), what)
    if finished:
        story.finish()
        assert "closed" in story.refused(MO, cmd.ChangeProfile("other", "why not")).says
        return
    before, story_before = story.case, story.entries
    story.do(MO, cmd.ChangeProfile("other", "it fits this child"))
    after, event = story.case, story.entries[-1].event
    assert isinstance(event, ev.ProfileChanged)
    run, was = after.runs["decision"], before.runs["decision"]
    assert (run.indicative, run.asks_from) == (None, None)
    assert event.dates["decision"]["indicative"] == (was.indicative.isoformat() if was.indicative else None)
    assert [day.isoformat() for day in was.checkpoints] == event.dates["decision"]["checkpoints"]
    # what was missed stays missed; what a person planned or agreed, and all that happened, stays as it was
    assert [day for day in was.checkpoints if day < story.today] == [d for d in run.checkpoints if d < story.today]
    kept = ("started", "agreed", "agreed_first", "agreed_changes", "measured", "held", "late", "ended", "reasons")
    assert [getattr(run, name) for name in kept] == [getattr(was, name) for name in kept]
    if after.lane:
        assert after.lane.targets["decision"] == story.due(4)
    assert (after.main, after.roster, after.waiting, after.sights) == (
        before.main, before.roster, before.waiting, before.sights,
    )  # fmt: skip
    assert story.entries[:-1] == story_before  # nothing recorded is altered
    assert verify(story.desk(ADA)).problems == ()
    assert profiles_of(e.event for e in story.entries) == [OURS.hash, OTHER.hash]


def _act(story: Story, what: str) -> None:
    match what:
        case "look":
            story.do(MO, cmd.AddRecord("look-note", {"outcome": "carry on"}))
        case "see":
            story.see()
        case "date":
            story.do(MO, cmd.AgreeDate(story.today + 9 * DAY))
        case "reason":
            story.reason()
        case "lane":
            story.do(MO, cmd.SetLane("urgent", "infant injury"))
        case "tell":
            story.tell()
        case "wait":
            story.do(WREN, cmd.StartWaiting("the school", "a report"))


def test_there_and_back_on_one_day_leaves_every_date_as_it_was() -> None:
    story = story_under(OURS, OTHER)
    story.after(3)
    before = story.case.runs
    story.do(MO, cmd.ChangeProfile("other", "a try"))
    assert story.case.runs != before
    story.do(MO, cmd.ChangeProfile("ours", "it was right before"))
    assert story.case.runs == before


def test_a_days_steps_are_the_same_under_any_profile() -> None:
    """Law 1: a profile carries times; which steps are open is the workflow's to say."""
    from casereview.service.reading import show

    story = story_under(OURS, OTHER)
    before = [view.step.name for view in show(story.desk(MO), story.ref).steps]
    story.on(START + 300 * DAY).do(MO, cmd.ChangeProfile("other", "a try"))
    assert [view.step.name for view in show(story.desk(MO), story.ref).steps] == before


def test_a_store_without_the_profile_of_a_case_says_so() -> None:
    story = story_under(OURS)
    with story.store.write() as work:
        story.desk(CHI).register(work, ev.KeptSet("profile", OURS.hash, "", {}, gone=True))
    found = verify(story.desk(ADA)).problems
    assert any("timescale profile" in one.says for one in found)


def test_its_text_is_held_to_its_hash() -> None:
    story = story_under(OURS)
    with story.store.write() as work:
        kept = from_kept(work.kept("profile")[0])
        keep(story.desk(CHI), work, replace(kept, text=kept.text.replace("30 working", "60 working")))
    with pytest.raises(CaseReviewError, match="not the one its cases started under"):
        story.see()


def test_a_definition_in_the_catalogue_is_never_changed() -> None:
    story = story_under(OURS)
    assert story.case.runs["decision"].indicative == story.due(30)
    assert (
        Catalogue().find(story.workflow).expectations["decision"].indicative
        == STORY.expectations["decision"].indicative
    )
