"""The sliding scale changes what is asked and nothing else; of recommendations only the clear-cut ask for a target."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.decide.life import open_steps
from casereview.requirements import asked_by
from tests.stateful.solver import Team
from tests.stories import CHO, definition

LATER = definition("learning-together")
OPTIONS = tuple(option.answer for option in LATER.options.values())
KINDS = ("clear-cut", "a judgement for the board", "research or national action")
# How each comes to the findings: which stages it passes, and whether anybody is spoken with one to one.
COURSE = {
    "full": ("follow-on-2", True), "intensive": ("follow-on-2", True), "speed+": ("", True), "mid-range": ("", True),
    "focused": ("", False), "themed": ("follow-on-2", True),
}  # fmt: skip


def scoped(option: str, workflow: str = "learning-together") -> Team:
    team = Team(workflow)
    team.reach("commissioning")
    team.record("scope", {"option": option})
    return team


def keys(team: Team, step: str) -> set[str]:
    return {a.requirement for a in asked_by(team.case, team.definition.steps[step], team.definition)}


def everything(team: Team) -> set[tuple[str, str]]:
    return {(step, key) for step in LATER.steps for key in keys(team, step)}


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_comes_to_an_end_by_what_it_asks(option: str) -> None:
    team = scoped(option)
    second, talks = COURSE[option]
    if option == "themed":
        team.reach("audit")
        assert "record-gathering-look" in keys(team, "finish-audit")
    team.reach("preparation")
    one_day = {"field-key-practice-episode-local_rationality", "record-key-practice-episode"}
    assert len(one_day & keys(team, "go-to-patterns")) == (2 if option == "focused" else 0)
    for stage in ("follow-on-1",) if option == "focused" else ("data-gathering", "case-analysis", "follow-on-1"):
        team.reach(stage)
    team.reach("pattern-analysis")
    if second:
        team.reach(second)
    else:
        team.take(team.definition.steps["draft-after-event"])
    team.reach("closed")
    assert (bool(team.case.tally("conversation").live)) == talks
    assert not team.case.overrides  # met, not set aside
    team.check()


def test_the_lighter_the_option_the_less_is_asked() -> None:
    asked = {option: everything(scoped(option)) for option in OPTIONS}
    talks = {("start-analysis", "record-conversation"), ("start-analysis", "each-participant-conversation")}
    assert not talks & asked["focused"]
    assert talks & asked["mid-range"] == {("start-analysis", "record-conversation")}
    for fuller in ("full", "intensive", "speed+"):
        assert talks & asked[fuller] == {("start-analysis", "each-participant-conversation")}
    assert ("submit", "field-finding-strength") in asked["focused"]
    assert ("agree-scope", "record-gathering-look") in asked["themed"]
    assert asked["full"] == asked["intensive"]  # in blocks or spread out: the same is asked
    # what every review is held to does not slide
    always = ((s.name, r) for s in LATER.steps.values() for r in s.requirements if not r.when)
    duties = {(step, r.key) for step, r in always if r.strength == "must"}
    assert all(duties <= found for found in asked.values()) and len(duties) > 15


@given(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=5))
@settings(max_examples=6, deadline=None)
def test_the_newest_scope_counts_and_nothing_written_down_is_lost(options: list[str]) -> None:
    team = scoped(options[0])
    for option in options[1:]:
        team.record("scope", {"option": option})
    assert len(team.case.tally("scope").live) == len(options)
    assert everything(team) == everything(scoped(options[-1]))


def test_an_option_given_up_opens_no_way_any_more() -> None:
    team = scoped("focused")
    team.reach("preparation")
    team.record("scope", {"option": "full"})
    asked = asked_by(team.case, LATER.steps["hold-one-day-event"], LATER)
    assert [a.requirement for a in asked if a.strength == "must" and not a.met] == ["record-scope"]


@pytest.mark.parametrize("option", OPTIONS)
def test_a_way_of_another_option_is_neither_offered_nor_taken(option: str) -> None:
    team = scoped(option)
    ways = {name: {o for _, wanted in LATER.steps[name].when for o in wanted} for name in LATER.steps}
    assert sum(1 for wanted in ways.values() if wanted) == 3
    for stage in ("preparation", "pattern-analysis"):
        team.reach(stage)
        team.record("scope", {"option": option})  # on its way the team may have chosen another
        offered = {step.name for step in open_steps(team.case, LATER) if step.track is None}
        declared = {step.name for step in LATER.steps_from(stage)}
        assert offered == {name for name in declared if not ways[name] or option in ways[name]}
        for name in sorted(declared - offered):
            refusal = team.refused(CHO, cmd.TakeStep(name))
            assert "is not a way for this case" in refusal.says and "How full a review" in refusal.says


def test_before_there_is_a_scope_every_way_is_open() -> None:
    team = Team("learning-together")
    team.reach("commissioning")
    assert not team.case.tally("scope").live
    assert "start-audit" in {step.name for step in open_steps(team.case, LATER)}


def test_those_who_declined_or_could_not_are_not_asked_to_speak() -> None:
    team = scoped("full")
    answers = ("declined", "unable", "left the post", "advised by police to wait")
    for answer in answers:
        team.record("participant", {"response": answer, "in_case_group": "yes"})
    team.record("participant", {"response": "accepted", "in_case_group": "no"})
    asked = next(a for a in asked_by(team.case, LATER.steps["start-analysis"], LATER) if "participant" in a.requirement)
    assert asked.met
    willing = team.record("participant", {"response": "accepted", "in_case_group": "yes"})
    asked = next(a for a in asked_by(team.case, LATER.steps["start-analysis"], LATER) if "participant" in a.requirement)
    assert not asked.met and str(willing) in asked.says


# ---- the guide of 2008 -------------------------------------------------------------------------------------------
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.booleans()), max_size=6))
@settings(max_examples=12, deadline=None)
def test_only_a_clear_cut_recommendation_is_asked_for_a_target(made: list[tuple[str, bool]]) -> None:
    team = Team("learning-together-2008")
    finding = team.record("finding")
    expected = []
    for kind, withdrawn in made:
        values = {"kind": kind, "finding": finding, "state": "withdrawn" if withdrawn else "agreed"}
        number = team.record("system-recommendation", values)
        if kind == "clear-cut" and not withdrawn:
            expected.append(number)
    asked = asked_by(team.case, team.definition.steps["draft"], team.definition)
    target = next(a for a in asked if "measurable-target" in a.requirement)
    assert target.met == (not expected)
    title = team.definition.records["system-recommendation"].title
    named = target.says.partition(f"still without: {title} ")[2].rstrip(")")
    assert [int(number) for number in named.split(", ") if number] == expected


def test_the_two_profiles_are_never_mixed() -> None:
    earlier = definition("learning-together-2008")
    assert earlier.profile != LATER.profile and earlier.prefix != LATER.prefix
    assert all(d.choose and other.name in d.choose for d, other in ((earlier, LATER), (LATER, earlier)))
    categories = [set(d.records["finding"].fields["category"].options) for d in (earlier, LATER)]
    assert [len(c) for c in categories] == [6, 6] and categories[0] != categories[1]
    assert not earlier.options and "questions" not in earlier.records["finding"].fields
    assert "system-recommendation" not in LATER.records and "report-to-participants" not in LATER.records
    assert "no record" in Team("learning-together").refused(CHO, cmd.AddRecord("system-recommendation", {})).says


# Kinds of record that say something else in the two profiles; everything else is one question in both.
OWN = {
    "finding", "scope", "learning-option", "participant", "meeting", "comment", "board-position", "board-response",
    "action",
}  # fmt: skip


def test_what_both_profiles_ask_they_ask_in_the_same_way() -> None:
    earlier = definition("learning-together-2008")
    assert set(LATER.records) <= set(earlier.records), "what one profile writes down, the other does too"
    for name in LATER.records.keys() - OWN:
        ours, theirs = LATER.records[name].fields, earlier.records[name].fields
        assert [(f.name, f.type, f.options, f.required, f.of) for f in ours.values()] == [
            (f.name, f.type, f.options, f.required, f.of) for f in theirs.values()
        ], f"{name} differs between the profiles"
    assert set(LATER.reasons) == set(earlier.reasons) and set(LATER.tracks) == set(earlier.tracks)


def test_those_who_took_part_read_the_interim_report_and_the_draft() -> None:
    team = Team("learning-together-2008")
    team.reach("interim-report")
    assert "record-report-to-participants" in keys(team, "go-to-patterns")
    team.reach("report-drafting")
    assert "participants-saw-draft" in keys(team, "submit")
