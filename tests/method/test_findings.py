"""Findings: graded by what is written down, never by what is claimed; agreed only when nothing of them is empty."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.method.finding_said import finding_said
from casereview.method.findings import GRADES, INDICATIVE, QUESTIONS, STATES, SUPPORTED, WEAK, Anatomy, findings
from casereview.method.lines import laid_out
from casereview.method.lists import shipped
from casereview.service.findings import Asked, Wanted, all_actions, finding_of, findings_of
from tests.method.reviews import learning_together, review_of
from tests.stateful.solver import Team
from tests.stories import CHO, SAM

KINDS = learning_together().records["prevalence-evidence"].fields["kind"].options
BARE = {"statement": "Forms ask what is needed and not what is feared", "category": "tools", "effect": "hinders",
        "level": "national", "strength": "finding", "state": "drafted"}  # fmt: skip
FULL = {"manifested_in_case": "A letter", "underlying_not_specific": "Eleven services use it", "how_usual": "8 of 20",
        "geographic_spread": "this area", "implications": "Fears are not added up"}  # fmt: skip
ROWS = st.lists(st.tuples(st.sampled_from(KINDS), st.sampled_from([True, False, None])), max_size=6)
BEYOND = STATES[STATES.index("agreed") :]


def evidence(kind: str, against: bool | None, finding: int = 2) -> tuple[str, dict[str, Any]]:
    return "prevalence-evidence", {"finding": finding, "kind": kind, "shows": f"shows {kind}", "against": against}


def one(*more: tuple[str, dict[str, Any]], **values: Any) -> Anatomy:
    return findings(review_of(("finding", {**BARE, **values}), *more), shipped())[0]


def text_of(found: Anatomy, width: int = 90) -> str:
    return " ".join(" ".join(line for line, _ in laid_out(finding_said(found), width)).split())


# ---- how firmly it stands ---------------------------------------------------------------------------------------
@given(ROWS, st.sampled_from(["finding", "indicative finding"]), st.sampled_from(["sure", "fairly sure", ""]))
def test_a_grade_is_the_number_of_kinds_that_speak_for_it(
    rows: list[tuple[str, bool | None]], claimed: str, sure: str
) -> None:
    found = one(*(evidence(kind, against) for kind, against in rows), strength=claimed, confidence=sure)
    kinds = {kind for kind, against in rows if not against}
    assert found.grade.word == (INDICATIVE if not kinds else WEAK if len(kinds) == 1 else SUPPORTED)
    assert set(found.grade.kinds) == kinds
    assert len(found.grade.speaks_for) + len(found.grade.speaks_against) == len(rows)
    said = text_of(found)
    assert said.count("against: ") == sum(against is True for _, against in rows)
    assert ("against it" in said) == any(against for _, against in rows)
    if claimed == "finding" and not kinds:
        assert found.grade.more and "more than the evidence carries" in said


@given(ROWS)
def test_evidence_against_is_shown_and_changes_no_grade(rows: list[tuple[str, bool | None]]) -> None:
    speaking = [evidence(kind, against) for kind, against in rows if not against]
    with_all = one(*(evidence(kind, against) for kind, against in rows))
    assert with_all.grade.word == one(*speaking).grade.word


def test_a_finding_that_rests_on_one_agency_or_source_says_so() -> None:
    letter = {"title": "A letter", "agencies": ["School"], "sources": ["Teacher 1"]}
    alone = one(("key-practice-episode", letter), episode=3)
    assert alone.rests.one_agency and alone.rests.one_source and "It rests on one agency alone." in text_of(alone)
    both = one(
        ("key-practice-episode", {"title": "A letter", "agencies": ["School", "school "], "sources": ["Teacher 1"]}),
        ("finding-source", {"finding": 2, "agency": "Health", "source": "The chart"}), episode=3,
    )  # fmt: skip
    assert both.rests.agencies == ("School", "Health") and not both.rests.one_agency and not both.rests.one_source


def test_what_a_reader_may_not_see_is_never_called_one_source_alone() -> None:
    from dataclasses import replace

    review = review_of(("finding", BARE))
    assert findings(review, shipped())[0].rests.one_source
    kept = findings(replace(review, withheld={"conversation": 2}), shipped())[0]
    assert not kept.rests.one_source and "kept to others" in text_of(kept)


@pytest.mark.parametrize(
    ("level", "to"),
    [("front line", "local"), ("local board and agencies", "local"), ("national", "national"),
     ("research needed", "research"), ("", "")],
)  # fmt: skip
def test_each_is_routed_to_the_level_that_can_act(level: str, to: str) -> None:
    assert one(level=level).routed == to


def test_every_level_a_finding_may_name_leads_somewhere() -> None:
    options = learning_together().records["finding"].fields["level"].options
    assert all(shipped().routed(option) for option in options)


def test_in_the_profile_of_2008_what_is_recommended_and_answered_belongs_to_its_pattern() -> None:
    old = Team("learning-together-2008", seed=4)
    pattern = old.record("finding")
    advice = old.record("system-recommendation", {"finding": pattern, "kind": "clear-cut"})
    old.record("measurable-target", {"recommendation": advice})
    old.record("board-position", {"recommendation": advice, "finding": "", "position": "accepted"})
    response = old.record("board-response", {"recommendation": advice, "finding": pattern})
    found = finding_of(old.desk(CHO), old.ref, pattern).one
    assert [r.rec.number for r in found.recommended] == [advice] and len(found.recommended[0].targets) == 1
    assert len(found.positions) == 1 and [r.number for r in found.responses] == [response]
    assert [a.field for a in found.answers] == ["manifested_in_case", "underlying_not_specific", "how_usual"]
    assert "target:" in text_of(found)


# ---- where it stands ----------------------------------------------------------------------------------------------
def test_a_state_ahead_of_what_is_there_says_what_is_missing() -> None:
    ahead = one(state="evaluated")
    assert len(ahead.ahead) >= len(QUESTIONS) + 4 and ahead.next_state == ""
    assert "“evaluated” is ahead of what is there" in text_of(ahead)


@pytest.mark.parametrize("kind", ["meeting", "comment", "prevalence-evidence"])
def test_what_a_reader_may_not_see_is_never_said_to_be_missing_for_its_state(kind: str) -> None:
    review = replace(review_of(("finding", {**BARE, "state": "evaluated"})), withheld={kind: 1})
    assert not findings(review, shipped())[0].ahead


def test_what_the_board_recorded_is_offered_as_the_next_state_and_nothing_before_it_is_agreed() -> None:
    board = [
        evidence("audit", False), ("meeting", {"kind": "second joint meeting"}),
        ("board-position", {"finding": 2, "position": "accepted with comment"}),
        ("board-response", {"finding": 2, "position": "accepted", "reasoning": "We see it"}),
    ]  # fmt: skip
    assert one(*board, **FULL, state="agreed").next_state == "responded to"
    assert one(*board, **FULL, state="drafted").next_state == ""
    done = [*board, ("action", {"finding": 2, "what": "Calls", "status": "done"}), ("impact", {"action": 7})]
    assert one(*done, **FULL, state="responded to").next_state == "evaluated"
    assert one(*done, **FULL, state="evaluated").ahead == ()


def test_good_practice_is_a_finding_and_patterns_come_in_the_order_of_the_workflow() -> None:
    options = learning_together().records["finding"].fields["category"].options
    recs = [("finding", {**BARE, "category": name, "effect": "supports"}) for name in reversed(options)]
    found = findings(review_of(*recs), shipped())
    assert [a.rec.text("category") for a in found] == list(options)
    assert all(a.good_practice and "supports good practice" in text_of(a) for a in found)


# ---- invariant 2: agreed only when whole --------------------------------------------------------------------------
@pytest.fixture(scope="module")
def team() -> Team:
    return Team("learning-together")


@settings(max_examples=30, deadline=None)
@given(empty=st.sets(st.sampled_from(sorted(FULL))), rows=st.integers(0, 2), state=st.sampled_from(STATES),
       at_once=st.booleans())  # fmt: skip
def test_no_finding_is_agreed_with_an_empty_answer_or_without_evidence(
    team: Team, empty: set[str], rows: int, state: str, at_once: bool
) -> None:
    values = {**BARE, **{name: value for name, value in FULL.items() if name not in empty}}
    if at_once:  # from the start: nothing can point to it yet
        command: cmd.Command = cmd.AddRecord("finding", {**values, "state": state})
        rows = 0
    else:
        values["state"] = "not taken forward"
        number = team.do(CHO, cmd.AddRecord("finding", values)).case.number
        for _ in range(rows):
            team.do(CHO, cmd.AddRecord("prevalence-evidence", {"finding": number, "kind": "audit", "shows": "so"}))
        command = cmd.CorrectRecord(number, "we are of one mind", {"state": state})
    if state not in BEYOND or (not empty and rows):
        team.do(CHO, command)
        return
    refusal = team.refused(CHO, command)
    asked = {u.requirement.removeprefix("finding-") for u in refusal.unmet}
    assert asked == empty | (set() if rows else {"prevalence-evidence"})  # everything that is missing, at once
    assert all(u.strength == "must" and u.who and u.command.startswith("casereview ") for u in refusal.unmet)


def test_what_alone_bears_an_agreed_finding_out_is_not_taken_away_and_other_corrections_are_not_held_up(
    team: Team,
) -> None:
    number = team.record("finding")
    row = findings_of(team.desk(CHO), team.ref, Wanted(state="agreed")).rows[-1]
    assert row.number == number
    *others, last = [e for e in team.case.records["prevalence-evidence"].live if e > number]
    for evidence in others:
        team.do(CHO, cmd.CorrectRecord(evidence, "it was of another team", {}, withdraw=True))
    refusal = team.refused(CHO, cmd.CorrectRecord(last, "it was of another team", {}, withdraw=True))
    assert f"Finding {number} rests on this alone" in refusal.says
    team.do(CHO, cmd.CorrectRecord(number, "in plainer words", {"statement": "Forms ask for things"}))
    team.do(CHO, cmd.CorrectRecord(number, "thought again", {"state": "drafted"}))
    team.do(CHO, cmd.CorrectRecord(last, "it was of another team", {}, withdraw=True))


# ---- the case closes; learning stays open -------------------------------------------------------------------------
def test_what_is_done_and_what_came_of_it_goes_on_after_the_review_is_closed() -> None:
    team = Team("learning-together", seed=5)
    team.reach("closed")
    assert team.case.closed is not None
    before = {one.number for one in all_actions(team.desk(CHO), Asked(open=False))}
    values = {"what": "Calls", "owner": "Head", "status": "under way"}
    action = team.do(CHO, cmd.AddRecord("action", values)).case.number
    listed = {one.number: one for one in all_actions(team.desk(CHO))}
    assert listed[action].stands == "to be done" and listed[action].closed
    team.do(CHO, cmd.CorrectRecord(action, "it is done", {"status": "done"}))
    look = {"action": action, "checked_on": "2024-06-03", "done": "yes", "helped": "yes", "evidence": "They say so"}
    team.do(CHO, cmd.AddRecord("impact", look))
    assert action not in {one.number for one in all_actions(team.desk(CHO))}
    assert {one.number for one in all_actions(team.desk(CHO), Asked(open=False))} == before | {action}


def test_actions_of_a_review_somebody_may_not_know_of_are_not_listed() -> None:
    team = Team("learning-together", seed=6)
    team.record("action")
    assert all_actions(team.desk(SAM), Asked(open=False))
    team.do(CHO, cmd.Restrict("a relative works here"))
    assert all_actions(team.desk(SAM), Asked(open=False)) == []


def test_findings_are_narrowed_by_what_is_asked(team: Team) -> None:
    desk, ref = team.desk(CHO), team.ref
    everything = findings_of(desk, ref)
    assert everything.total == len(everything.rows) > 0
    for grade in GRADES:
        rows = findings_of(desk, ref, Wanted(strength=grade)).rows
        assert {a.number for a in rows} == {a.number for a in everything.rows if a.grade.word == grade}
    national = findings_of(desk, ref, Wanted(level="NATIONAL")).rows
    assert {a.number for a in national} == {a.number for a in everything.rows if a.routed == "national"}
