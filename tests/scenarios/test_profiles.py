"""Timescale profiles by scenario: what a case started under it keeps, and another one is a recorded decision."""

from __future__ import annotations

import hashlib
import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from casereview import commands as cmd
from casereview import events as ev
from casereview.codec import dumps
from casereview.errors import CaseReviewError, NotFound
from casereview.exchange.bundle import export_bundle, import_bundle
from casereview.reference import new_reference
from casereview.service.asof import desk_at
from casereview.service.overrides import overrides
from casereview.service.profiles import adopt, adopted, case_profile, withdraw
from casereview.service.reading import register, show
from casereview.service.whole import rebuild_store, verify
from casereview.testing import MemoryStore
from casereview.views import RegisterQuery
from tests.stories import ADA, CATALOGUE, CHI, DOT, MO, SAM, TEAM, WREN, Story, new_store
from workflows.definition import Definition
from workflows.profile import Profile
from workflows.profiles import Profiles

SA, SA2013 = "single-assessment", "single-assessment-2013"
PROFILES = Profiles(CATALOGUE)
BEGAN, FOLLOWING = date(2013, 4, 10), date(2013, 4, 15)  # under the old edition; the first day of the next
DAY = timedelta(days=1)


def shipped(name: str) -> Profile:
    return PROFILES.find(name)


def store_with(*names: str, today: date = date(2013, 4, 1)) -> MemoryStore:
    store = new_store()
    keeper = Story(SA, today=today, store=store, roster=False).desk(CHI)
    for name in names:
        adopt(keeper, shipped(name), since=shipped(name).valid_from or date(2010, 4, 1))
    return store


def followed(story: Story) -> Definition:
    """The workflow as this case follows it."""
    case = story.case
    with story.store.read() as work:
        return story.desk(MO).definition_of(work, case)


# ---- scenario 1 -----------------------------------------------------------------------------------------------
def test_1_thirty_five_days_where_no_limit_is_in_force_is_agreed_for_one_child_and_no_rule() -> None:
    """Wandsworth: the profile has no limit, a manager types "35 days"."""
    day = date(2012, 3, 5)
    store = store_with("trial-without-limit", today=day)
    story = Story(SA, today=day, store=store, seed=2)
    assert story.case.profile == shipped("trial-without-limit").hash
    assert followed(story).expectations["decision"].indicative is None
    story.do(MO, cmd.AgreeDate(story.due(35, day), "35 days, as the team always did"))
    run = story.case.runs["decision"]
    assert (run.agreed, run.indicative, run.asks_from, run.statutory) == (story.due(35, day), None, None, None)
    agreed = story.entries[-1].event
    assert isinstance(agreed, ev.DateAgreed) and agreed.text == "35 days, as the team always did"
    assert not agreed.justifies  # there is no yardstick it would go past
    other = Story(SA, today=story.today, store=store, seed=3)  # the next child is measured by nothing of it
    assert other.case.runs["decision"].agreed is None and followed(other).expectations["decision"].indicative is None
    assert story.on(story.due(36, day)).standing() == "past_agreed"


# ---- scenario 7 -----------------------------------------------------------------------------------------------
def straddling() -> Story:
    return Story(SA, today=BEGAN, store=store_with("working-together-2010", "working-together-2013"), seed=2)


def test_7_a_case_keeps_the_profile_it_started_under() -> None:
    story = straddling()
    before = story.case.runs["decision"]
    assert followed(story).expectations["decision"].indicative is not None
    assert before.indicative == story.due(35, BEGAN)
    story.on(FOLLOWING)
    assert story.case.profile == shipped("working-together-2010").hash
    assert story.case.runs["decision"] == before
    assert story.on(story.due(36, BEGAN)).standing() == "longer_unexplained"
    later = Story(SA, today=FOLLOWING, store=story.store, seed=3)
    assert later.case.profile == shipped("working-together-2013").hash
    assert later.case.runs["decision"].indicative == story.due(45, FOLLOWING)


def test_7_moving_it_is_a_recorded_decision_with_both_values() -> None:
    story = straddling().on(FOLLOWING)
    was = story.case.runs["decision"]
    refusal = story.refused(WREN, cmd.ChangeProfile("working-together-2013", "the guidance changed"))
    assert "for: Team manager or Service manager" in refusal.says
    refusal = story.refused(MO, cmd.ChangeProfile("working-together-2013", " "))
    assert "asks for a reason" in refusal.says
    story.do(MO, cmd.ChangeProfile("working-together-2013", "the second stage would only repeat the first"))
    now, event = story.case.runs["decision"], story.entries[-1].event
    assert isinstance(event, ev.ProfileChanged)
    assert (event.before, event.profile) == (was_hash := shipped("working-together-2010").hash, story.case.profile)
    assert (event.before_title, event.title) == ("working-together-2010@1", "working-together-2013@1")
    assert was.indicative is not None and event.dates["decision"]["indicative"] == was.indicative.isoformat()
    assert now.indicative == story.due(45, BEGAN) != was.indicative  # still counted from the day it began
    seen = case_profile(story.desk(MO), story.ref)
    assert seen.profile == shipped("working-together-2013") and [by for _, by, _ in seen.changes] == ["Mo"]
    assert was_hash != story.case.profile
    (listed,) = overrides(story.desk(CHI))  # the board's list has it, with its author and reason
    assert (listed.by, listed.reason) == (MO, event.reason) and "working-together-2010@1" in listed.what
    check(story)


def test_what_has_ended_is_never_touched_and_what_was_missed_stays_missed() -> None:
    story = straddling()
    first = story.case.runs["first-sight"]
    story.see()
    story.on(story.due(12, BEGAN))  # the look of day 10 was not held
    missed = story.due(10, BEGAN)
    sight, looks = story.case.runs["first-sight"], story.case.runs["decision"].checkpoints
    assert first.ended is None and sight.ended == BEGAN and looks == [missed]
    story.do(MO, cmd.ChangeProfile("working-together-2013", "agreed with the family"))
    assert story.case.runs["first-sight"] == sight
    # the new profile leaves the workflow's own looks, days 10, 20 and 30: what was missed stays missed
    assert story.case.runs["decision"].checkpoints == [missed, story.due(20, BEGAN), story.due(30, BEGAN)]
    assert story.standing() == "checkpoint_missed"
    check(story)


def test_a_look_held_ahead_of_its_day_is_not_asked_for_again() -> None:
    story = straddling().after(8, BEGAN)
    held = {"held_on": story.today.isoformat(), "child_seen": "yes", "outcome": "carry on", "known_now": "she is safe"}
    story.do(MO, cmd.AddRecord("checkpoint-review", held))
    assert story.case.runs["decision"].checkpoints == []
    story.do(MO, cmd.ChangeProfile("none", "no profile fits"))
    assert story.case.profile == ""
    assert story.case.runs["decision"].checkpoints == [story.due(20, BEGAN), story.due(30, BEGAN)]
    assert story.case.runs["decision"].indicative is None
    check(story)


def test_a_closed_case_keeps_its_dates() -> None:
    story = straddling()
    story.do(MO, cmd.TakeStep("to-section-47", "she was hurt"))
    assert story.case.closed == BEGAN
    assert "closed" in story.refused(MO, cmd.ChangeProfile("working-together-2013", "late")).says


@pytest.mark.parametrize(
    ("named", "says"),
    [("trial-exemption", "valid on no day"), ("local-early-looks", "says nothing of single-assessment"),
     ("working-together-2010", "already")],
)  # fmt: skip
def test_a_profile_that_does_not_fit_is_refused_with_why(named: str, says: str) -> None:
    names = ("working-together-2010", "trial-exemption", "local-early-looks")
    store = store_with(*names, today=date(2013, 5, 1))
    keeper = Story(SA, today=date(2013, 5, 1), store=store, seed=9).desk(CHI)
    withdraw(keeper, "trial-exemption", on=date(2011, 3, 1), reason="never ours")
    story = Story(SA, today=date(2013, 5, 1), opened=BEGAN, store=store, seed=2)
    if named == "trial-exemption":
        story = Story(SA, today=date(2013, 5, 1), opened=date(2013, 5, 1), store=store, seed=4)
    assert says in story.refused(MO, cmd.ChangeProfile(named, "a try")).says


def test_the_worker_decides_nothing_about_the_time_of_their_own_work() -> None:
    story = straddling()
    story.do(CHI, cmd.Assign(MO))
    assert "own work" in story.refused(MO, cmd.ChangeProfile("working-together-2013", "more time")).says


# ---- whose, and from when ---------------------------------------------------------------------------------------
def test_a_teams_own_profile_comes_before_everyones_and_the_later_one_before_the_earlier() -> None:
    store = store_with("working-together-2013", today=date(2024, 6, 3))
    keeper = Story(SA2013, today=date(2024, 6, 3), store=store, seed=2).desk(CHI)
    adopt(keeper, shipped("local-early-looks"), team="south")
    elsewhere = Story(SA2013, today=date(2024, 6, 3), store=store, seed=3)
    assert elsewhere.case.profile == shipped("working-together-2013").hash
    adopt(keeper, shipped("local-early-looks"), team=TEAM, since=date(2024, 1, 1))
    adopt(keeper, shipped("local-enquiry-beside"), team=TEAM, since=date(2024, 7, 1))
    assert Story(SA2013, today=date(2024, 6, 30), store=store, seed=4).case.profile == shipped("local-early-looks").hash
    late = Story(SA2013, today=date(2024, 7, 1), store=store, seed=5)
    assert late.case.profile == shipped("local-enquiry-beside").hash
    # the enquiry runs beside the assessment there: no step ends it
    steps = {view.step.name for view in show(late.desk(MO), late.ref).steps}
    assert "to-section-47" not in steps
    refusal = late.refused(MO, cmd.TakeStep("to-section-47", "she was hurt"))
    assert "not taken under this case's timescale profile" in refusal.says and "case of its own" in refusal.says
    withdraw(keeper, "local-enquiry-beside", reason="not as we work after all", on=date(2024, 7, 1))
    assert Story(SA2013, today=date(2024, 7, 2), store=store, seed=6).case.profile == shipped("local-early-looks").hash
    assert late.case.profile == shipped("local-enquiry-beside").hash  # what is under it stays under it


def test_only_a_keeper_adopts_and_days_must_fit() -> None:
    story = Story(SA, today=BEGAN, store=new_store())
    profile = shipped("working-together-2013")
    with pytest.raises(NotFound, match="takes an office"):
        adopt(story.desk(SAM), profile)
    with pytest.raises(CaseReviewError, match="valid from 2013-04-15"):
        adopt(story.desk(CHI), profile, since=BEGAN)
    with pytest.raises(NotFound, match="no team"):
        adopt(story.desk(CHI), profile, team="nort")
    with pytest.raises(CaseReviewError, match="from which day"):
        adopt(story.desk(CHI), shipped("working-together-2010"))
    adopt(story.desk(CHI), profile)
    with pytest.raises(CaseReviewError, match="already"):
        adopt(story.desk(CHI), profile)
    with pytest.raises(CaseReviewError, match="reason"):
        withdraw(story.desk(CHI), profile.name)


def test_a_version_that_was_adopted_never_changes(tmp_path: Path) -> None:
    story = Story(SA, today=BEGAN, store=new_store())
    adopt(story.desk(CHI), shipped("working-together-2013"))
    changed = tmp_path / "changed.toml"
    changed.write_text(shipped("working-together-2013").text.replace("45 working", "40 working"), "utf-8")
    with pytest.raises(CaseReviewError, match="with another text"):
        adopt(story.desk(CHI), PROFILES.find(str(changed)), since=date(2014, 1, 1))


def test_how_recent_a_sight_of_the_child_must_be_is_the_profiles_to_say() -> None:
    """The local protocol of the example asks for ten working days, the workflow for twenty."""
    store = store_with("local-early-looks", today=date(2024, 6, 3))
    story = Story(SA2013, today=date(2024, 6, 3), store=store, seed=2)
    plain = Story(SA2013, today=date(2024, 6, 3), store=new_store(), seed=3)
    for one in (story, plain):
        one.after(52).justify(one.due(90))
        one.after(63)
    found = [
        {r.expectation.expectation: r.row.standing for r in register(one.desk(MO), RegisterQuery()).rows}["decision"]
        for one in (story, plain)
    ]
    assert found == ["longer_lapsed", "longer_justified"]
    (row,) = [r for r in register(story.desk(MO), RegisterQuery()).rows if r.expectation.expectation == "decision"]
    assert row.expectation.details["missing"] == ["the child seen within 10 working days"]
    check(story)


def test_a_case_somebody_may_not_know_of_has_no_profile_for_them_either() -> None:
    """Law 7: hidden and never there answer alike."""
    story = straddling()
    story.do(CHI, cmd.Restrict("a relative works here"))
    said = []
    for ref in (story.ref, new_reference("SA", 2013, random.Random(5))):
        with pytest.raises(NotFound) as looked:
            case_profile(story.desk(WREN), ref)
        with pytest.raises(NotFound) as moved:
            story.desk(WREN).do(ref, cmd.ChangeProfile("working-together-2013", "x"))
        said.append((str(looked.value).replace(ref, "REF"), str(moved.value).replace(ref, "REF")))
    assert said[0] == said[1]


# ---- it goes wherever the case goes -----------------------------------------------------------------------------
def check(story: Story) -> None:
    """Kept as its journal folds, with the dates its profile gives; made again from the journal it is the same."""
    auditor = story.desk(ADA)
    assert verify(auditor).problems == ()
    before = story.case
    rebuild_store(auditor)
    assert story.case == before
    assert verify(auditor).problems == ()


def test_bundles_carry_the_profiles_a_case_has_been_under(tmp_path: Path) -> None:
    story = straddling().on(FOLLOWING)
    story.do(MO, cmd.ChangeProfile("working-together-2013", "the guidance changed"))
    one, whole = tmp_path / "case.jsonl", tmp_path / "whole.jsonl"
    export_bundle(story.desk(MO), str(one), story.ref)
    export_bundle(story.desk(DOT), str(whole))
    for number, path in enumerate((one, whole)):
        other = Story(SA, today=FOLLOWING, store=new_store(), seed=40 + number)
        report = import_bundle(other.desk(DOT), str(path))
        assert report.created >= 1 and not report.problems
        with other.store.read() as work:
            taken = work.case(None, story.ref)
            assert taken is not None
            under = other.desk(MO).definition_of(work, taken)
        assert taken.profile == story.case.profile and taken.runs == story.case.runs
        assert under.expectations["decision"].indicative is not None
        kept = adopted(other.desk(MO))
        assert {p.hash for p in kept} == {shipped(f"working-together-{y}").hash for y in (2010, 2013)}
        assert not any(p.adoptions for p in kept)  # the text comes with the case; nobody here adopted it
        assert verify(other.desk(ADA)).ok


def test_a_bundle_whose_profile_was_altered_is_not_taken(tmp_path: Path) -> None:
    story = straddling()
    path = tmp_path / "case.jsonl"
    export_bundle(story.desk(MO), str(path), story.ref)
    text = path.read_text("utf-8")
    assert "35 working days" in text
    path.write_text(text.replace("35 working days", "53 working days"), "utf-8")
    other = Story(SA, today=FOLLOWING, store=new_store(), seed=50)
    with pytest.raises(CaseReviewError, match="profile that was altered"):
        import_bundle(other.desk(DOT), str(path))


@pytest.mark.parametrize("body", [{}, {"text": None}, {"workflows": 3}])
def test_a_bundle_whose_profile_is_none_at_all_is_refused_in_one_line(body: dict[str, object], tmp_path: Path) -> None:
    story = straddling()
    path = tmp_path / "case.jsonl"
    export_bundle(story.desk(MO), str(path), story.ref)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        if line.get("registry") == "kept-set":
            line["body"]["body"] = {**line["body"]["body"], **body} if body else {}
    path.write_text("".join(dumps(line) + "\n" for line in lines), "utf-8")
    with pytest.raises(CaseReviewError, match=r"the profile .* cannot be read"):
        import_bundle(Story(SA, today=FOLLOWING, store=new_store(), seed=51).desk(DOT), str(path))


def test_what_a_bundle_says_beside_a_profiles_text_counts_for_nothing(tmp_path: Path) -> None:
    story = straddling()
    path = tmp_path / "case.jsonl"
    export_bundle(story.desk(MO), str(path), story.ref)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        if line.get("registry") == "kept-set":
            line["body"]["body"] |= {"title": "Something else", "workflows": ["learning-together"]}
    texts = [dumps(line) + "\n" for line in lines[:-1]]
    last = dumps({**lines[-1], "digest": hashlib.sha256("".join(texts).encode()).hexdigest()})
    path.write_text("".join(texts) + last + "\n", "utf-8")
    other = Story(SA, today=FOLLOWING, store=new_store(), seed=60)
    assert import_bundle(other.desk(DOT), str(path)).created == 1
    (kept,) = adopted(other.desk(MO))
    assert (kept.title, kept.workflows) == ("Working Together 2010", (SA,))


def test_an_earlier_day_shows_the_profile_of_that_day() -> None:
    story = straddling().on(FOLLOWING)
    story.do(MO, cmd.ChangeProfile("working-together-2013", "the guidance changed"))
    story.on(FOLLOWING + 5 * DAY)
    past = desk_at(story.desk(MO), FOLLOWING - DAY)
    seen = show(past, story.ref)
    assert seen.case.profile == shipped("working-together-2010").hash
    assert seen.case.runs["decision"].indicative == story.due(35, BEGAN)
    assert show(story.desk(MO), story.ref, as_at=FOLLOWING - DAY).case.profile == seen.case.profile


def test_a_case_without_a_profile_still_folds_and_follows_its_workflow_as_written() -> None:
    story = Story(SA2013)
    assert story.case.profile == "" and followed(story) == story.definition
    assert story.case.runs["decision"].indicative == story.due(45)
    story.check()
