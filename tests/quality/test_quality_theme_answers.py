"""What people say of one thematic sample stays beside it, and beside no other."""

from __future__ import annotations

import pytest

from casereview.errors import CaseReviewError
from casereview.oversight.questions import answer, answers, figure_of, question_of
from casereview.service.quality_themes import sample
from tests.quality.helped import ADA, SAM, Place


def test_an_answer_to_one_theme_is_not_one_to_another_nor_to_all_looks() -> None:
    place = Place()
    for number in range(4):
        place.open(f"n{number}", "c-1", title=f"Matter {number}", team="north")
    first = sample(place.desk(ADA), "Is the history used?", "Why not?", number=2, seed=1)
    other = sample(place.desk(ADA), "Who speaks for the baby?", "It was asked.", number=2, seed=1)
    kept = answer(place.desk(SAM), figure_of(first.key), "Old files come too late.")
    assert answers(place.desk(ADA), figure_of(first.key)) == [kept]
    assert answers(place.desk(ADA), figure_of(other.key)) == answers(place.desk(ADA), "quality") == []
    assert question_of(figure_of(first.key)) == question_of("quality")
    with pytest.raises(CaseReviewError) as wrong:
        answer(place.desk(SAM), figure_of("is-the-histori-used"), "Something.")
    assert figure_of(first.key) in (wrong.value.remedy or "")
