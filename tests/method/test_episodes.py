"""Episodes: half of the method is never the whole of it, empty heads are shown, and nothing points at a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview.method.episode_said import episode_said, none_said
from casereview.method.episodes import Episode, episode, episodes
from casereview.method.factors import HEADS, LEVELS
from casereview.method.lines import laid_out
from casereview.method.review import Review
from tests.method.reviews import learning_together, review_of

BASE = {"title": "The letter", "description": "A letter came", "why_key": "It set the direction"}
JUDGED = ("", "good", "as expected", "fell short", "mixed")
WORDS = st.sampled_from(("", "It was the sixtieth that day"))
HEAD_NAMES = [head.name for head in HEADS]


def one(*more: tuple[str, dict[str, Any]], **values: Any) -> tuple[Review, Episode]:
    """An episode (record 2) and what else is recorded after it."""
    filled = {name: value for name, value in {**BASE, **values}.items() if value}
    review = review_of(("key-practice-episode", filled), *more)
    return review, episode(review, review.of("key-practice-episode")[0])


def factor(head: str, **values: Any) -> tuple[str, dict[str, Any]]:
    return "contributory-factor", {"episode": 2, "head": head, "factor": f"about {head}", "effect": "hinders", **values}


def text_of(review: Review, found: Episode, width: int = 76) -> str:
    return "\n".join(line for line, _ in laid_out(episode_said(review, found), width))


@given(st.sampled_from(JUDGED), WORDS)
def test_it_is_complete_only_with_an_appraisal_and_an_explanation(judged: str, explained: str) -> None:
    review, found = one(judgement=judged, local_rationality=explained)
    assert found.is_complete == bool(judged and explained)
    said = text_of(review, found)
    assert ("not complete yet" in said) != found.is_complete
    if judged == "fell short" and not explained:
        assert "fell short" in next(question.asks for question in found.open if question.blocks)


@given(st.lists(st.sampled_from(HEAD_NAMES), max_size=12), st.integers(40, 110))
def test_every_head_is_shown_and_every_empty_one_as_empty(heads: list[str], width: int) -> None:
    review, found = one(*(factor(head) for head in heads))
    assert set(found.empty_heads) == set(HEAD_NAMES) - set(heads)
    assert len(found.factors) == len(heads)
    said = " ".join(text_of(review, found, width).split())
    for head in HEAD_NAMES:
        assert (f"{head}: empty" in said) == (head not in heads)
        assert said.count(f"about {head};") + said.count(f"about {head} hinders") == heads.count(head)


def test_the_heads_offered_by_the_workflow_are_those_of_the_framework() -> None:
    kind = learning_together().records["contributory-factor"]
    assert list(kind.fields["head"].options) == HEAD_NAMES
    assert [level.name for level in one()[1].levels] == list(LEVELS)


@pytest.mark.parametrize(
    ("standard", "flagged"),
    [("", ""), ("2024-01-01", ""), ("2024-03-01", ""), ("2024-03-02", "came in while"), ("2024-03-20", "came in while"),
     ("2024-03-21", "a later day")],
)
def test_a_standard_of_a_later_day_is_flagged(standard: str, flagged: str) -> None:
    review, found = one(date_from="2024-03-01", date_to="2024-03-20", standard="Guidance", standard_date=standard)
    assert flagged in found.late_standard and bool(found.late_standard) == bool(flagged)
    said = " ".join(text_of(review, found).split())
    assert flagged in said and ("This guidance" in said) == bool(flagged)


def test_factors_all_about_people_or_none_beyond_the_front_line_are_asked_about() -> None:
    personal, front, wide = (
        {question.asks for question in one(*(factor(head) for head in heads))[1].open}
        for heads in (["personal aspects"], ["personal aspects", "own team"], ["own team", "wider political context"])
    )
    assert any("about people themselves" in asks for asks in personal)
    assert any("beyond the front line" in asks for asks in front)
    assert not any("front line" in asks or "people themselves" in asks for asks in wide)


def test_sources_and_findings_hang_on_it_whichever_record_links_them() -> None:
    talk = ("conversation", {"participant": 3, "held_by": ["Lena"], "status": "held"})
    review, found = one(
        ("participant", {"pseudonym": "Teacher 1", "role": "t", "agency": "School", "in_case_group": True}), talk,
        ("episode-evidence", {"episode": 2, "conversation": 4, "shows": "What was meant"}),
        ("finding", {"statement": "Forms ask for needs", "episode": 2, "state": "candidate"}),
        ("finding", {"statement": "Nothing here", "state": "candidate"}),
        sources=["The letter"],
    )  # fmt: skip
    said = text_of(review, found)
    assert [finding.text("statement") for finding in found.findings] == ["Forms ask for needs"]
    assert "One-to-one conversation: Teacher 1" in said and "What was meant" in said and "Nothing here" not in said
    assert not any("Where is it known from" in question.asks for question in found.open)


def test_who_could_know_what_by_its_end_comes_from_the_story() -> None:
    part = ("narrative-segment", {"order": 1, "title": "T", "date_from": "2024-02-01", "agreed": "A"})
    view = ("perspective", {"segment": 3, "whose": "Mother", "thought": "They will come"})
    early, late = (
        ("known-when", {"fact": f"Fact {day}", "known_to": ["Mother"], "known_from": f"2024-03-{day:02}"})
        for day in (3, 9)
    )
    _, found = one(part, view, early, late, date_from="2024-03-01", date_to="2024-03-05")
    [mother] = found.knew
    assert [fact.text("fact") for fact in mother.facts] == ["Fact 3"]
    assert [rec.text("thought") for rec in mother.views] == ["They will come"]


def test_they_come_in_the_order_of_time_and_what_is_withheld_is_not_called_missing() -> None:
    days = ("2024-05-01", "", "2024-03-01")
    review = review_of(*(("key-practice-episode", {**BASE, **({"date_from": d} if d else {})}) for d in days))
    assert [found.rec.number for found in episodes(review)] == [4, 2, 3]
    assert "No episode is chosen yet" in none_said(review_of()).text
    hidden = Review(review.case, review.definition, {}, {"key-practice-episode": 2})
    assert "not yours to read" in none_said(hidden).text


BLAME = ("fault", "blame", "failed", "careless", "should have", "culpable", "negligen")


@settings(max_examples=40)
@given(st.sampled_from(JUDGED), WORDS, st.lists(st.sampled_from(HEAD_NAMES), max_size=3), st.booleans())
def test_nothing_the_page_says_of_itself_blames(judged: str, explained: str, heads: list[str], late: bool) -> None:
    late_date = "2025-01-01" if late else "2020-01-01"
    review, found = one(
        *(factor(head) for head in heads), judgement=judged, local_rationality=explained, date_from="2024-03-01",
        standard="Guidance", standard_date=late_date,
    )  # fmt: skip
    said = text_of(review, found).lower()
    assert [word for word in BLAME if word in said] == []
    assert date(2024, 3, 1).strftime("%B") in text_of(review, found)


@given(st.dates(date(2000, 1, 1), date(2020, 1, 1)), st.integers(-40, 40))
def test_an_episode_that_ends_before_it_begins_is_asked_about(begins: date, days: int) -> None:
    ends = date.fromordinal(begins.toordinal() + days)
    _, found = one(date_from=begins.isoformat(), date_to=ends.isoformat())
    assert any("before it begins" in question.asks for question in found.open) == (days < 0)
