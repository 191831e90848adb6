"""The view from the tunnel shows nobody anything before they could know it, and hides nothing without counting it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview.errors import NotFound
from casereview.method.lines import laid_out
from casereview.method.narrative import Viewpoint, Voices, story
from casereview.method.review import Review
from casereview.method.side_by_side import abreast_lines, tunnel_lines
from casereview.method.story_said import story_said
from casereview.method.tunnel import Tunnel, tunnel
from casereview.method.tunnel_said import tunnel_said
from tests.method.reviews import review_of
from tests.method.stories import BEGAN, DAYS, Made, known_from, made_up, seen_from
from tui.commands.narrative import tunnel_json

EVERY_DAY = [BEGAN + timedelta(days=n) for n in range(-1, DAYS + 1, 3)]
chances = st.randoms(use_true_random=False)


def review(made: Made) -> Review:
    return review_of(*made.resolved({place: place + 2 for place in range(len(made.records))}))


def place_of(made: Made, whose: Viewpoint) -> object:
    return whose.number - 2 if whose.number is not None else whose.key[1:]


def text_of(seen: Tunnel, width: int = 70) -> str:
    return "\n".join(line for line, _ in laid_out(tunnel_said(seen), width))


@settings(max_examples=50, deadline=None)
@given(chances)
def test_nobody_is_shown_a_fact_before_the_day_from_which_they_knew_it(chance: Random) -> None:
    made = made_up(chance)
    looked = review(made)
    for whose in Voices(looked).all:
        person = place_of(made, whose)
        known = {word: known_from(made, person, fact) for fact, word in made.facts.items()}
        for day in EVERY_DAY:
            seen = tunnel(looked, whose, day)
            told, as_json = text_of(seen), str(tunnel_json(seen))
            for word, since in known.items():
                may = since is not None and since <= day
                assert (word in told) == (word in as_json) == may, (whose, day, word, since)


@settings(max_examples=50, deadline=None)
@given(chances)
def test_views_are_their_own_and_only_once_they_had_them(chance: Random) -> None:
    made = made_up(chance)
    looked = review(made)
    for whose in Voices(looked).all:
        mine = {v.rec.number for part in story(looked).parts for v in part.views if v.whose == whose}
        for day in EVERY_DAY:
            told = text_of(tunnel(looked, whose, day))
            for view, word in made.views.items():
                since = seen_from(made, view)
                assert (word in told) == (view + 2 in mine and since is not None and since <= day)


@settings(max_examples=40, deadline=None)
@given(chances)
def test_what_was_written_with_hindsight_is_in_no_tunnel(chance: Random) -> None:
    made = made_up(chance)
    looked = review(made)
    for whose in Voices(looked).all:
        seen = tunnel(looked, whose, date.max)
        shown = text_of(seen) + str(tunnel_json(seen))
        assert [word for word in made.hindsight if word in shown] == []


@settings(max_examples=50, deadline=None)
@given(chances, st.sampled_from(EVERY_DAY))
def test_all_that_is_hidden_is_counted(chance: Random, day: date) -> None:
    made = made_up(chance)
    looked = review(made)
    for whose in Voices(looked).all:
        seen = tunnel(looked, whose, day)
        hidden = seen.hidden
        facts = hidden.facts_later + hidden.facts_undated + hidden.facts_of_agency + hidden.facts_of_others
        assert len(seen.facts) + facts == len(made.facts)
        views = hidden.views_later + hidden.views_undated + hidden.views_of_others
        assert sum(len(part.views) for part in seen.parts) + views == len(made.views)
        parts = len(looked.of("narrative-segment"))
        assert hidden.accounts + hidden.parts_later + hidden.parts_undated == parts


@settings(max_examples=40, deadline=None)
@given(chances)
def test_going_from_day_to_day_passes_over_no_change(chance: Random) -> None:
    looked = review(made_up(chance))
    for whose in Voices(looked).all:
        days = tunnel(looked, whose, date.max).days
        at = tunnel(looked, whose, BEGAN - timedelta(days=1))
        assert at.is_empty
        walked = []
        while (to := at.later()) is not None:
            before = tunnel(looked, whose, to - timedelta(days=1))
            same = (before.facts, before.moments) == (at.facts, at.moments)
            assert same and [p.views for p in before.parts if p.views] == [p.views for p in at.parts if p.views]
            at = tunnel(looked, whose, to)
            walked.append(to)
        assert tuple(walked) == days


@settings(max_examples=30, deadline=None)
@given(chances, st.integers(40, 100))
def test_beside_each_other_each_keeps_to_their_own_side(chance: Random, width: int) -> None:
    made = made_up(chance)
    looked = review(made)
    people = Voices(looked).all
    for one, other in pairwise(people):
        left, right = (tunnel(looked, whose, EVERY_DAY[7]) for whose in (one, other))
        lines = [line.partition("│") for line, _ in tunnel_lines(left, right, width)]
        for side, seen in ((0, left), (2, right)):
            shown = "".join(line[side] for line in lines)
            facts = {fact.fact for fact in seen.facts}
            assert {word for word in made.facts.values() if word in shown} == facts


@settings(max_examples=30, deadline=None)
@given(chances, st.integers(30, 120))
def test_from_outside_everything_is_told_in_lines_that_fit(chance: Random, width: int) -> None:
    made = made_up(chance)
    looked = review(made)
    lines = [line for line, _ in laid_out(story_said(looked, story(looked)), width)]
    words = [*made.facts.values(), *made.views.values()]
    assert [word for word in words if word not in "\n".join(lines)] == []
    people = Voices(looked).all
    if len(people) > 1:
        lines += [line for line, _ in abreast_lines(looked, people[0], people[1], width)]
    assert max(map(len, lines)) <= width


# ---- by hand -----------------------------------------------------------------------------------------------------
TEACHER = ("participant", {"pseudonym": "Teacher 1", "role": "teacher", "agency": "School", "in_case_group": True})


def test_a_fact_known_to_an_agency_is_not_known_to_whoever_works_there() -> None:
    fact = ("known-when", {"fact": "Seven notes", "known_to": ["School"], "known_from": "2024-01-02"})
    looked = review_of(TEACHER, fact)
    teacher, school = (tunnel(looked, Voices(looked).find(name), date(2024, 6, 1)) for name in ("Teacher 1", "school"))
    assert teacher.facts == () and teacher.hidden.facts_of_agency == 1
    assert [one.fact for one in school.facts] == ["Seven notes"]


def test_one_came_to_know_later_than_the_day_written_for_all() -> None:
    fact = ("known-when", {"fact": "A cold room", "known_to": ["Teacher 1", "Mother"], "known_from": "2024-01-02"})
    own = ("came-to-know", {"fact": 3, "whose": "Teacher 1", "known_from": "2024-03-04", "how": "told"})
    looked = review_of(TEACHER, fact, own)
    at = date(2024, 2, 1)
    voices = Voices(looked)
    assert tunnel(looked, voices.find("teacher"), at).hidden.facts_later == 1
    assert len(tunnel(looked, voices.find("mother"), at).facts) == 1


def test_a_label_that_two_share_is_neither_and_says_so() -> None:
    fact = ("known-when", {"fact": "A cold room", "known_to": ["Teacher 1"], "known_from": "2024-01-02"})
    looked = review_of(TEACHER, TEACHER, fact)
    voices = Voices(looked)
    with pytest.raises(NotFound, match="more than one"):
        voices.find("Teacher 1")
    assert [len(tunnel(looked, voices.find(str(number)), date(2024, 6, 1)).facts) for number in (2, 3)] == [0, 0]


def test_moments_told_in_a_conversation_are_of_their_day_and_their_teller() -> None:
    talk = ("conversation", {"participant": 2, "held_by": ["Lena", "Omar"], "status": "held"})
    moment = ("turning-point", {"conversation": 3, "moment": "The reply", "on": "2024-02-05", "foremost": "Relief"})
    undated = ("turning-point", {"conversation": 3, "moment": "Some time"})
    looked = review_of(TEACHER, talk, moment, undated, ("known-when", {"fact": "x", "known_to": ["Mother"]}))
    teacher, mother = (Voices(looked).find(name) for name in ("teacher", "mother"))
    before, after = (tunnel(looked, teacher, date(2024, 2, day)) for day in (4, 5))
    assert (before.moments, before.hidden.moments_later) == ((), 1)
    assert [one.answers[0][2] for one in after.moments] == ["Relief"] and after.hidden.moments_undated == 1
    assert tunnel(looked, mother, date(2024, 2, 5)).moments == ()


def test_a_view_of_a_board_with_more_fields_shows_only_those_known_to_be_of_then() -> None:
    part = ("narrative-segment", {"order": 1, "title": "T", "date_from": "2024-01-02", "agreed": "A"})
    view = ("perspective", {"segment": 2, "whose": "Mother", "saw": "A cold room", "in_the_end": "It was mended"})
    looked = review_of(part, view)
    told = text_of(tunnel(looked, Voices(looked).find("mother"), date(2024, 6, 1)))
    assert "A cold room" in told and "mended" not in told
