"""What one person cannot do alone: bring a justification back, push a date on, hide a case, take an office."""

from __future__ import annotations

from datetime import date

import pytest

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.service.registry import add_person, give_office
from tests.stories import CHO, DOT, MO, WREN, Story


def test_a_worker_brings_no_lapsed_justification_back_by_telling_fewer_people() -> None:
    story = Story().after(30)
    story.do(WREN, cmd.SetRoster("father"))
    story.reason()
    story.agree_until(story.due(60))
    story.tell("delay explained", "mother")
    story.see()
    assert story.standing() == "longer_lapsed"
    story.refused(WREN, cmd.SetRoster("father", left=True))
    story.refused(WREN, cmd.SetRoster("father", must_be_told=False))
    assert story.standing() == "longer_lapsed"
    story.do(MO, cmd.SetRoster("father", must_be_told=False))
    assert story.standing() == "longer_justified"


def test_a_later_date_for_ones_own_work_takes_somebody_else() -> None:
    story = Story("single-assessment", worker=MO)
    story.do(MO, cmd.AgreeDate(story.due(10)))
    story.refused(MO, cmd.AgreeDate(story.due(20), "more time"))
    assert story.case.runs["decision"].agreed == story.due(10)
    story.do(MO, cmd.AgreeDate(story.due(5)))
    assert story.case.runs["decision"].agreed == story.due(5)


def test_declaring_somebody_elses_conflict_asks_for_a_reason() -> None:
    story = Story()
    story.refused(MO, cmd.DeclareConflict(CHO, "personal"))
    story.do(MO, cmd.DeclareConflict(CHO, "personal", text="they told me"))
    story.do(WREN, cmd.DeclareConflict(WREN, "personal"))


def test_a_sight_of_the_child_before_the_work_began_ends_nothing() -> None:
    story = Story("single-assessment")
    story.see(on=date(1995, 1, 1))
    assert story.case.runs["first-sight"].ended is None
    story.see()
    assert story.case.runs["first-sight"].ended == story.today


@pytest.mark.parametrize("day", [date.max, date(2200, 1, 1)])
def test_no_date_lies_past_every_case(day: date) -> None:
    story = Story().after(30)
    with pytest.raises(CaseReviewError, match="too far ahead"):
        story.do(MO, cmd.AgreeDate(day, "long", "JUDG"))
    with pytest.raises(CaseReviewError, match="too far ahead"):
        story.do(WREN, cmd.GiveReason("JUDG", "x", "y", proposed=day))


def test_offices_of_the_whole_store_are_given_by_a_keeper_to_another() -> None:
    story = Story()
    with pytest.raises(NotFound):
        give_office(story.desk(MO), MO, "auditor")
    with pytest.raises(NotFound):
        give_office(story.desk(MO), WREN, "data-officer")
    new = add_person(story.desk(DOT), "Una Ferris")
    assert give_office(story.desk(DOT), new.id, "auditor").offices
    with pytest.raises(NotFound):
        give_office(story.desk(DOT), DOT, "chair")
    with pytest.raises(CaseReviewError, match="before it begins"):
        give_office(story.desk(DOT), new.id, "chair", since=date(2024, 2, 1), until=date(2024, 1, 1))
