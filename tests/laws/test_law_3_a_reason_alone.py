"""Law 3: a reason alone is no justification: a manager, a date ahead, the family told and the child seen make one."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest

from casereview import commands as cmd
from casereview.service.reading import show
from tests.stories import CHI, MAX, MO, WREN, Story

DAY = timedelta(days=1)
PARTS = ("reason", "answer", "told", "seen")


def late() -> Story:
    return Story().after(26)


def live(story: Story, parts: tuple[str, ...]) -> None:
    if "reason" in parts:
        story.reason()
    if "answer" in parts and "reason" in parts:
        story.agree_until(story.today + 20 * DAY)
    if "told" in parts:
        story.tell("delay explained")
    if "seen" in parts:
        story.see()


@pytest.mark.parametrize("parts", [c for n in range(len(PARTS) + 1) for c in combinations(PARTS, n)], ids="+".join)
def test_only_all_of_it_together_justifies(parts: tuple[str, ...]) -> None:
    story = late()
    live(story, parts)
    assert (story.standing() == "longer_justified") == (set(parts) == set(PARTS))


def test_neither_the_author_nor_the_worker_can_answer() -> None:
    """Not agree, and not ask for more either: each would change what the register says about their own work."""
    story = late()
    story.reason(by=MO)
    for decision in ("agreed", "not agreed", "tell me more"):
        no = story.refused(MO, cmd.GiveAnswer(decision, "more", story.today + DAY))
        assert "someone other than its author" in no.says
    story.do(MAX, cmd.GiveAnswer("agreed", "", story.today + DAY))
    other = late()
    other.reason(by=WREN)
    other.do(MO, cmd.Assign(worker=MAX))
    assert "their own work" in other.refused(MAX, cmd.GiveAnswer("agreed", "", other.today + DAY)).says
    other.do(CHI, cmd.Assign(worker=WREN))
    assert "their own work" in other.refused(MAX, cmd.GiveAnswer("agreed", "", other.today + DAY)).says
    other.on(other.today + DAY)
    other.do(MAX, cmd.GiveAnswer("agreed", "", other.today + DAY))


def test_a_worker_without_an_overseeing_role_cannot_answer() -> None:
    story = late()
    story.reason()
    no = story.refused(WREN, cmd.GiveAnswer("agreed", "", story.today + DAY))
    assert "Manager or Service manager" in no.says and "Ask them" in no.remedy


@pytest.mark.parametrize(
    ("code", "why"), [("UNAL", "cause in the system"), ("S47C", "not a delay"), ("NONE", "no reason was found")]
)
def test_a_class_that_cannot_justify_is_refused_with_why(code: str, why: str) -> None:
    story = late()
    story.reason(code)
    assert why in story.refused(MO, cmd.GiveAnswer("agreed", "", story.today + DAY)).says
    assert why in story.refused(MO, cmd.AgreeDate(story.today + 90 * DAY, "because", code)).says
    expected = "longer_unexplained" if code == "NONE" else "longer_explained"
    assert story.standing() == expected


def test_an_owned_action_needs_its_action_owner_and_date() -> None:
    story = late()
    whole: dict[str, Any] = {"action": "ask", "action_owner": "police", "action_due": story.today + 2 * DAY}
    for left_out in whole:
        story.reason("POLC", **{k: v for k, v in whole.items() if k != left_out})
        no = story.refused(MO, cmd.GiveAnswer("agreed", "", story.today + DAY))
        assert "an action, its owner and a date" in no.says
    story.reason("POLC", **whole)
    story.agree_until(story.today + 20 * DAY)
    story.tell("delay explained")
    story.see()
    assert story.standing(day=story.today + 2 * DAY) == "longer_justified"
    gone = story.judged(day=story.today + 3 * DAY)
    assert gone.missing == ("an action with an owner and a date still ahead",)


def test_telling_before_the_answer_or_only_that_it_started_is_not_enough() -> None:
    story = late()
    story.tell("progress")
    story.on(story.today + DAY)
    story.reason()
    story.agree_until(story.today + 20 * DAY)
    story.see()
    assert story.standing() == "longer_lapsed"
    story.tell("copy given")
    story.tell("started")
    assert story.standing() == "longer_lapsed"
    story.tell("progress")
    assert story.standing() == "longer_justified"


def test_a_mother_who_referred_herself_is_still_told_as_family() -> None:
    story = late()
    story.do(WREN, cmd.SetRoster("mother", referrer=True))
    story.do(WREN, cmd.SetRoster("school", referrer=True))
    story.reason()
    story.agree_until(story.today + 20 * DAY)
    story.see()
    story.do(WREN, cmd.Tell("progress", ("school",)))
    assert story.standing() == "longer_lapsed"
    story.do(WREN, cmd.Tell("progress"))
    assert story.standing() == "longer_justified"


def test_an_empty_roster_is_not_told() -> None:
    story = Story(roster=False).after(26)
    story.reason()
    story.agree_until(story.today + 20 * DAY)
    story.see()
    assert story.judged().missing == ("the family told since the answer, or lawfully excepted",)


def test_a_reason_given_after_the_work_was_finished_is_explained_afterwards() -> None:
    story = late().finish()
    assert story.standing() == "done_longer_unexplained"
    story.on(story.today + DAY).reason()
    assert story.standing() == "done_explained_afterwards"
    assert "has ended" in story.refused(MO, cmd.GiveAnswer("agreed", "", story.today + DAY)).says


def test_on_the_last_day_it_does_not_matter_what_was_written_down_first() -> None:
    for first in (True, False):
        story = late()
        story.reason()
        story.agree_until(story.today + 20 * DAY)
        if first:
            story.tell("decision")
            story.see()
        story.finish()
        assert story.standing() == ("done_longer_justified" if first else "done_longer_unexplained")
        if not first:
            story.tell("decision")
            assert story.standing() == "done_longer_unexplained"
            story.see()
        assert story.standing() == "done_longer_justified"
        story.check()


def test_telling_the_family_a_day_later_no_longer_counts_for_the_end() -> None:
    story = late()
    story.reason()
    story.agree_until(story.today + 20 * DAY)
    story.see()
    story.finish()
    story.on(story.today + DAY).tell("decision")
    assert story.standing() == "done_longer_unexplained"


def test_someone_put_on_the_list_on_the_last_day_is_to_be_told_too() -> None:
    story = late()
    story.justify(story.today + 20 * DAY).finish()
    assert story.standing() == "done_longer_justified"
    story.do(WREN, cmd.SetRoster("father"))
    assert story.standing() == "done_longer_unexplained"
    story.do(MO, cmd.ExceptTelling("father", "whereabouts unknown", story.today + DAY))
    assert story.standing() == "done_longer_justified"


def test_an_agreed_date_before_this_ended_counts_and_an_answer_after_a_backdated_end_does_not() -> None:
    """First sight may be written down days later: what was agreed in between was not live on that day."""
    story = Story()
    story.do(MO, cmd.AgreeDate(story.due(2), expectation="first-sight"))
    story.after(6)
    story.do(WREN, cmd.GiveReason("JUDG", "t", "e", "first-sight"))
    story.do(MO, cmd.GiveAnswer("agreed", "", story.today + 9 * DAY, "first-sight"))
    assert story.standing("first-sight") == "longer_justified"
    story.see(on=story.due(4))
    assert story.case.runs["first-sight"].ended == story.due(4)
    assert story.standing("first-sight") == "done_explained_afterwards"


def test_a_lapsed_or_refused_one_gets_no_better_by_another_reason() -> None:
    story = late()
    story.reason()
    story.do(MO, cmd.GiveAnswer("not agreed", "go and see her"))
    assert story.standing() == "longer_of_concern"
    story.reason("POLC")
    assert story.standing() == "longer_of_concern"
    assert show(story.desk(MO), story.ref).row.standing == "longer_of_concern"


def test_an_exception_recorded_after_the_day_it_ended_was_not_there_on_that_day() -> None:
    for offset, expected in ((3, "done_longer_justified"), (6, "done_longer_unexplained")):
        story = Story("single-assessment-2013")
        story.do(MO, cmd.AgreeDate(story.due(2), expectation="first-sight"))
        story.after(3).do(WREN, cmd.GiveReason("JUDG", "t", "e", "first-sight"))
        story.do(MO, cmd.GiveAnswer("agreed", "", story.due(20), "first-sight"))
        story.after(offset).do(MO, cmd.ExceptTelling("mother", "police advice", story.due(30)))
        story.after(7).see(on=story.due(4))
        assert story.standing("first-sight") == expected
