"""Prompts: each can be answered, kept or silenced with a reason; none blocks, scores or changes a word."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError
from casereview.method.checks import everything_noticed
from casereview.method.features import features
from casereview.method.hindsight import hits
from casereview.method.lists import Lists, markers, shipped, with_local
from casereview.method.markers import LOOK, checklist
from casereview.method.prompts import ANSWER, OUTCOMES, Prompt, prompts
from casereview.service.method import answer_prompt, prompts_about, thinking
from casereview.service.method_settings import change_settings, lists
from casereview.service.reading import steps_of
from tests.method.reviews import learning_together, review_of
from tests.stateful.solver import Team
from tests.stories import CATALOGUE, CHO, MO, SAM, WREN

TERMS = sorted(shipped().terms)
PLAIN = st.text(st.characters(codec="utf-8"), max_size=40).filter(lambda t: not _found(t))
SPELLINGS = (str, str.upper, str.title, lambda t: t.replace(" ", "  "), lambda t: t.replace(" ", "\n"),
             lambda t: t.replace("'", "\u2019"))  # fmt: skip
PROFILES = ("learning-together", "learning-together-2008")
Row = tuple[str, dict[str, Any]]
EPISODE = {"title": "The letter", "description": "It came", "why_key": "It set the way"}


def _found(text: str) -> list[str]:
    return [hit.term for hit in hits(text, shipped())]


def noticed(*recs: Row, lists: Lists | None = None, names: tuple[str, ...] = ()) -> dict[str, Prompt]:
    """What is noticed whatever the stage, by check; the first of each."""
    found: dict[str, Prompt] = {}
    for one in everything_noticed(review_of(*recs), lists or shipped(), names):
        found.setdefault(one.check, one)
    return found


# ---- words that look back -------------------------------------------------------------------------------------------
@given(st.sampled_from(TERMS), st.sampled_from(SPELLINGS), PLAIN, PLAIN)
def test_every_word_of_the_list_is_found_however_it_is_spelt(term: str, spelt: Any, before: str, after: str) -> None:
    text = f"{before} {spelt(term)} {after}"
    found = [hit for hit in hits(text, shipped()) if hit.term == term]
    assert found, (term, text)
    for hit in found:
        assert text[hit.start : hit.start + len(hit.words)] == hit.words  # the words as they stand, nothing rewritten
        assert hit.asks.endswith("?")


@given(st.sampled_from(TERMS), st.sampled_from(["x", "9", "é", "_"]))
def test_a_part_of_another_word_is_not_the_word(term: str, glued: str) -> None:
    assert term not in [hit.term for hit in hits(f"{glued}{term}{glued}", shipped())]


def test_somebodys_own_words_are_told_apart() -> None:
    own, ours = hits("They said: “I should have called.” She should have called.", shipped())
    assert own.quoted and not ours.quoted
    asked = noticed(("conversation", {"overview": "“I should have called,” they say", "held_by": ["a", "b"]}))
    assert asked["hindsight"].quoted and shipped().quoted in asked["hindsight"].asks


def test_a_long_text_takes_no_longer_for_each_word_of_it() -> None:
    """Two megabytes full of hits, one line long, are looked through once."""
    text = "it was obviously so and they should have known " * 44_000
    assert len(hits(text, shipped())) == 88_000


@pytest.mark.parametrize("word", TERMS)
def test_a_board_may_leave_any_word_out_and_add_its_own(word: str) -> None:
    own_words = {"Heroic  Effort": "What made it needed?"}
    without = with_local(shipped(), added=own_words, left_out=(word.upper(),), share=None)
    assert word not in [hit.term for hit in hits(f"it {word} was", without)]
    own = next(hit for hit in hits("a heroic effort", without) if hit.term == "heroic effort")
    assert own.asks == "What made it needed?"


def test_only_texts_about_practice_are_looked_at() -> None:
    words = "They should have known"
    assert "hindsight" in noticed(("key-practice-episode", {**EPISODE, "appraisal": words}))
    assert "hindsight" not in noticed(("family-involvement", {"told_us": words, "kind": "conversation"}))
    assert "hindsight" not in noticed(("comment", {"comment": words}))


# ---- each check ---------------------------------------------------------------------------------------------------
FACTOR = {"episode": 2, "factor": "tired", "effect": "hinders"}
FINDING = {"statement": "Forms hide worry", "state": "drafted"}
NOTICED: list[tuple[str, list[Row], list[Row]]] = [
    ("factors-only-personal",
     [("key-practice-episode", EPISODE), ("contributory-factor", {**FACTOR, "head": "personal aspects"})],
     [("contributory-factor", {**FACTOR, "head": "own team"})]),
    ("no-higher-level",
     [("key-practice-episode", EPISODE), ("contributory-factor", {**FACTOR, "head": "own team"})],
     [("contributory-factor", {**FACTOR, "head": "wider political context"})]),
    ("why-missing", [("key-practice-episode", {**EPISODE, "local_rationality": ""})], []),
    ("fell-short-alone", [("key-practice-episode", {**EPISODE, "local_rationality": "It was usual"})], []),
    ("guidance-later",
     [("key-practice-episode", {**EPISODE, "date_to": "2020-01-05", "standard_date": "2020-01-06"})], []),
    ("known-when-undated", [("known-when", {"fact": "The heater was broken"})],
     [("came-to-know", {"fact": 2, "whose": "School", "known_from": "2020-01-05"})]),
    ("no-prevalence", [("finding", FINDING)],
     [("prevalence-evidence", {"finding": 2, "kind": "audit", "shows": "so"})]),
    ("this-case-only",
     [("finding", FINDING), ("prevalence-evidence", {"finding": 2, "kind": "review team", "shows": "so"})],
     [("prevalence-evidence", {"finding": 2, "kind": "research", "shows": "so"})]),
    ("one-agency", [("finding", FINDING), ("finding-source", {"finding": 2, "agency": "School"})],
     [("finding-source", {"finding": 2, "agency": "Health"})]),
    ("one-source", [("finding", FINDING), ("finding-source", {"finding": 2, "source": "The log"})],
     [("finding-source", {"finding": 2, "source": "The chart"})]),
    ("nothing-against", [("finding", FINDING)],
     [("prevalence-evidence", {"finding": 2, "kind": "audit", "shows": "no", "against": True})]),
    ("no-supervision", [], [("supervision", {"kind": "group", "themes": "x"})]),
    ("no-limitations", [], [("limitations", {"cannot_say": "much"})]),
    ("few-took-part",
     [("participant", {"pseudonym": "A", "in_case_group": True}),
      ("participant", {"pseudonym": "B", "in_case_group": True})],
     [("conversation", {"participant": 2, "status": "held"}), ("participant", {"pseudonym": "C", "attended": ["none"]}),
      ("conversation", {"participant": 3, "status": "held"})]),
    ("sub-question-empty", [("finding", FINDING)], []),
]  # fmt: skip


@pytest.mark.parametrize(("check", "there", "then"), NOTICED, ids=[row[0] for row in NOTICED])
def test_what_is_noticed_is_no_longer_asked_once_it_is_there(
    check: str, there: list[Row], then: list[Row]
) -> None:
    assert check in noticed(*there)
    if then:
        assert check not in noticed(*there, *then)


def test_there_is_a_check_for_everything_and_every_check_can_happen() -> None:
    everything = {row[0] for row in NOTICED} | {"hindsight", "heads-empty", "role-as-cause", "scope-question",
                  "claims-more", "episode-one-source", "heard-by-one", "no-joint-meeting"}  # fmt: skip
    assert everything == set(shipped().checks)


@pytest.mark.parametrize(
    "text", ["Social workers did not share what they knew", "Because of poor forms, Health Visitor 1 failed"]
)
def test_a_finding_that_names_a_role_as_the_cause_is_asked_about(text: str) -> None:
    who = ("participant", {"pseudonym": "Health Visitor 1", "role": "health visitor"})
    assert "role-as-cause" in noticed(who, ("finding", {**FINDING, "statement": text}))
    about_forms = {**FINDING, "statement": "Forms did not ask what was feared"}
    assert "role-as-cause" not in noticed(who, ("finding", about_forms))


@pytest.mark.parametrize("question", ["Who failed to act?", "What did Ada Okafor know?", "Why did Teacher 1 wait?"])
def test_a_question_of_the_scope_about_a_person_is_asked_about(question: str) -> None:
    who = ("participant", {"pseudonym": "Teacher 1"})
    scope = {"questions": ["How does worry travel?", question], "option": "full"}
    found = noticed(who, ("scope", scope), names=("Ada Okafor",))
    assert found["scope-question"].id.endswith(".2")
    clean = {**scope, "questions": ["How does worry travel?"]}
    assert "scope-question" not in noticed(who, ("scope", clean), names=("Ada Okafor",))


def test_a_check_waits_for_the_stage_it_belongs_to() -> None:
    early = {one.check for one in prompts(review_of(stage="commissioning"), shipped())}
    late = {one.check for one in prompts(review_of(stage="report-drafting"), shipped())}
    assert "no-supervision" not in early and {"no-supervision", "no-limitations", "no-joint-meeting"} <= late


# ---- answering ------------------------------------------------------------------------------------------------------
TEXTS = st.sampled_from(["They should have known", "It was obvious", "A letter came", ""])
WHEN_READ = st.lists(TEXTS, min_size=2, max_size=4)


@settings(max_examples=12, deadline=None)
@given(WHEN_READ, st.randoms(use_true_random=False))
def test_every_prompt_can_be_answered_and_none_changes_what_a_step_asks(
    texts: list[str], chance: random.Random
) -> None:
    team = Team("learning-together", seed=chance.randrange(10**6))
    for text in texts:
        team.do(CHO, cmd.AddRecord("key-practice-episode", {**EPISODE, "appraisal": text, "judgement": "mixed"}))
    finding = {"statement": "Workers did not ask", "category": "tools", "effect": "hinders", "level": "national"}
    team.do(CHO, cmd.AddRecord("finding", {**finding, "strength": "finding", "state": "candidate"}))
    asked = [one for one in thinking(team.desk(CHO), team.ref).prompts if one.open]
    assert asked
    before = [(s.step.name, s.asked) for s in steps_of(team.case, team.definition, frozenset())]
    for one in asked:
        with pytest.raises(CaseReviewError):
            answer_prompt(team.desk(CHO), team.ref, one.id, "kept", " ")
        answer_prompt(team.desk(CHO), team.ref, one.id, chance.choice(OUTCOMES), "thought of")
    after = thinking(team.desk(CHO), team.ref).prompts
    assert not [one.id for one in after if one.open]
    assert {one.id for one in asked} <= {one.id for one in after}
    assert [(s.step.name, s.asked) for s in steps_of(team.case, team.definition, frozenset())] == before


def test_no_step_of_a_shipped_review_asks_for_an_answer_to_a_prompt_or_a_marker() -> None:
    definition = learning_together()
    assert {ANSWER, LOOK} <= set(definition.records)
    for step in definition.steps.values():
        for asks in step.requirements:
            assert asks.name.partition(".")[0] not in (ANSWER, LOOK), step.name


@pytest.fixture
def team() -> Team:
    return Team("learning-together", seed=3)


def test_when_the_words_change_it_is_asked_again_and_when_other_words_do_it_is_not(team: Team) -> None:
    text = "It was obvious that help was needed. A letter came."
    number = team.do(CHO, cmd.AddRecord("key-practice-episode", {**EPISODE, "appraisal": text})).case.number
    asked = next(one for one in prompts_about(team.desk(CHO), team.ref, number) if one.check == "hindsight")
    answer_prompt(team.desk(CHO), team.ref, asked.id, "kept", "the mother's own word")

    def now() -> Prompt:
        return next(one for one in thinking(team.desk(CHO), team.ref).prompts if one.id == asked.id)

    assert now().answer is not None
    team.do(CHO, cmd.CorrectRecord(number, "a date", {"appraisal": text.replace("A letter", "Two letters")}))
    assert not now().open
    team.do(CHO, cmd.CorrectRecord(number, "more", {"appraisal": text.replace("help", "urgent help")}))
    again = now()
    assert again.open and again.before is not None and again.before.reason == "the mother's own word"
    team.do(CHO, cmd.CorrectRecord(number, "kinder", {"appraisal": "Help was needed, it was felt later."}))
    assert asked.id not in {one.id for one in thinking(team.desk(CHO), team.ref).prompts}


def test_prompts_are_for_those_who_do_the_review(team: Team) -> None:
    team.record("finding")
    for person in (WREN, SAM, MO):
        with pytest.raises(CaseReviewError, match="for those who do it"):
            thinking(team.desk(person), team.ref)
        assert prompts_about(team.desk(person), team.ref, team.case.records["finding"].live[0]) == ()


def test_what_a_board_settles_holds_for_its_prompts(team: Team) -> None:
    text = {**EPISODE, "appraisal": "A heroic effort, obviously"}
    number = team.do(CHO, cmd.AddRecord("key-practice-episode", text)).case.number
    change_settings(team.desk(CHO), add={"heroic effort": ""}, leave_out=("obviously",), share=80)
    terms = {one.words for one in prompts_about(team.desk(CHO), team.ref, number) if one.check == "hindsight"}
    assert terms == {"heroic effort"} and lists(team.desk(CHO)).share == 80
    change_settings(team.desk(CHO), take_back=("heroic effort", "obviously"))
    assert lists(team.desk(CHO)).terms == shipped().terms
    with pytest.raises(CaseReviewError):
        change_settings(team.desk(SAM), share=10)
    with pytest.raises(CaseReviewError):
        change_settings(team.desk(CHO), share=101)


# ---- features and markers -----------------------------------------------------------------------------------------
def test_every_prompt_is_under_one_of_the_four_features_and_what_supports_it_is_counted(team: Team) -> None:
    for kind in ("contributory-factor", "known-when", "prevalence-evidence", "supervision", "limitations"):
        team.record(kind)
    found = thinking(team.desk(CHO), team.ref)
    assert [one.feature.key for one in found.features] == ["context", "why", "wider", "method"]
    assert all(one.there for one in found.features)
    assert sum(len(one.prompts) for one in found.features) == len(found.prompts)
    empty = features(review_of(), (), shipped())
    assert not any(one.there for one in empty)


def test_the_eighteen_markers_belong_to_stages_and_keep_their_newest_answer() -> None:
    assert len(markers()) == 18
    options = learning_together().records[LOOK].fields["marker"].options
    assert list(options) == [one.key for one in markers()]
    stages = {stage for profile in PROFILES for stage in CATALOGUE.find(profile).stages}
    assert all(one.stages and set(one.stages) <= stages for one in markers())
    assert all(set(check.since) <= stages for check in shipped().checks.values())
    looks = [(LOOK, {"marker": "analysis", "answer": answer}) for answer in ("no", "partly")]
    found = {one.marker.key: one for one in checklist(review_of(*looks, stage="case-analysis"))}
    assert found["analysis"].answer == "partly" and len(found["analysis"].looks) == 2 and found["analysis"].now
    assert found["publication"].answer == "" and not found["publication"].now
