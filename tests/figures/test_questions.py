"""Every figure raises its question, and there is a place for what people answer."""

from __future__ import annotations

from datetime import date

import pytest

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.oversight.questions import DEPENDS, answer, answers, question_of, take_back
from casereview.service.desk import Desk
from casereview.service.figure_notes import add_story
from casereview.testing import FixedClock, MemoryStore
from tests.stories import CATALOGUE, CHI, MO, SAM, WREN, Story, new_store


def _desk(store: MemoryStore, person: str, day: date = date(2024, 6, 3)) -> Desk:
    return Desk(store, FixedClock(day), CATALOGUE, person)


def test_every_figure_asks_whether_it_is_good_or_bad_and_never_says() -> None:
    for figure in (*DEPENDS, "something else"):
        assert question_of(figure).startswith("Is this good or bad? It depends on ")
    assert len({question_of(figure) for figure in DEPENDS}) == len(DEPENDS)


def test_what_people_answer_is_kept_with_author_and_day_beside_what_others_said() -> None:
    store = new_store()
    first = answer(_desk(store, MO), "bunching", "Sign-off meets on\nThursdays.")
    later = answer(_desk(store, WREN, date(2024, 6, 4)), "bunching", "We finish when we can.")
    answer(_desk(store, WREN), "trend", "A new team began.")
    found = answers(_desk(store, WREN), "bunching")
    assert found == [first, later]
    assert (first.text, first.by_name, first.on) == ("Sign-off meets on\nThursdays.", "Mo", date(2024, 6, 3))
    assert len(answers(_desk(store, MO))) == 3


def test_only_ones_own_answer_can_be_taken_back() -> None:
    store = new_store()
    given = answer(_desk(store, MO), "trend", "The bank holidays.")
    with pytest.raises(NotFound):
        take_back(_desk(store, WREN), given.key)
    take_back(_desk(store, MO), given.key)
    assert answers(_desk(store, MO)) == []
    with pytest.raises(NotFound):
        take_back(_desk(store, MO), given.key)


@pytest.mark.parametrize(
    ("figure", "text"),
    [("trend", " \n "), ("tend", "Because."), ("trend", "x" * 2_001), ("trend", "Wren was away.")],
)
def test_an_answer_says_something_about_a_figure(figure: str, text: str) -> None:
    store = new_store()
    with pytest.raises(CaseReviewError) as wrong:
        answer(_desk(store, MO), figure, text)
    assert wrong.value.remedy
    assert answers(_desk(store, MO)) == []


def test_an_answer_names_no_case_and_a_hidden_one_reads_like_any_other_word() -> None:
    """Everyone reads it; and being refused for a reference would say that there is such a case (law 7)."""
    story = Story()
    story.do(CHI, cmd.Restrict("a colleague's family", (WREN, MO)))
    for tell in (lambda who, text: answer(who, "trend", text), lambda who, text: add_story(who, "2024-06", text)):
        with pytest.raises(CaseReviewError, match="is named in it"):
            tell(story.desk(WREN), f"It is because of {story.ref.lower()}.")
        assert tell(story.desk(SAM), f"Something about {story.ref}").text
