"""What a review gathers: what is still to come is on the list, nobody's silence is held against them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.method.agencies import OPEN, agencies, to_chase
from casereview.method.conversations import MINDSET, PARTS, RESPECTED, counted, people, talk_of
from casereview.method.gathering_said import comment_said, meeting_said, talk_said
from casereview.method.lines import laid_out
from casereview.method.meetings import comments, meetings
from tests.method.reviews import DAY, review_of

Record = tuple[str, dict[str, Any]]
AGENCIES = ("Health", "Police", "The School", "school")


def asked(agency: str, **more: Any) -> Record:
    return "agency-return", {"agency": agency, "asked_for": ["notes"], "asked_on": "2024-05-01", **more}


@st.composite
def returns(draw: st.DrawFn) -> list[Record]:
    made: list[Record] = []
    for _ in range(draw(st.integers(0, 6))):
        more: dict[str, Any] = {}
        if draw(st.booleans()):
            more["received_on"] = "2024-05-20"
        if draw(st.booleans()):
            more["gaps"] = ["a page"]
        if draw(st.integers(0, 5)) == 0:
            more["nothing_held"] = True
        made.append(asked(draw(st.sampled_from(AGENCIES)), **more))
    for number in range(2, 2 + len(made)):
        if draw(st.booleans()):
            promised = {"promised_on": "2024-06-10"} if draw(st.booleans()) else {}
            made.append(("chase", {"return": number, "on": "2024-05-10", **promised}))
    return made


@given(returns())
def test_the_list_to_chase_by_is_exactly_what_has_not_come(made: list[Record]) -> None:
    scope: Record = ("scope", {"agencies_in": ["Nursery: since the spring", "Health"]})
    review = review_of(*made, scope)
    waiting = {
        number for number, (kind, values) in enumerate(made, 2)
        if kind == "agency-return" and "received_on" not in values and not values.get("nothing_held")
    }  # fmt: skip
    rows = to_chase(agencies(review, DAY), DAY)
    assert {one.rec.number for _, one in rows if one} == waiting
    never = {agency.name for agency, one in rows if one is None}
    assert "Nursery" in never and not never & {"Police"}
    assert all(one.state in OPEN for _, one in rows if one)


@given(returns())
def test_an_agency_is_one_however_it_is_written_and_nothing_of_it_is_lost(made: list[Record]) -> None:
    found = agencies(review_of(*made), DAY)
    assert len({one.name.casefold().removeprefix("the ") for one in found}) == len(found)
    numbers = [one.rec.number for agency in found for one in agency.asked]
    assert sorted(numbers) == [n for n, (kind, _) in enumerate(made, 2) if kind == "agency-return"]


def test_what_is_late_comes_first_and_days_are_counted_from_the_asking() -> None:
    review = review_of(asked("Health"), asked("Police", hoped_by="2024-05-10", asked_on="2024-05-30"))
    (_, first), (_, second) = to_chase(agencies(review, DAY), DAY)
    assert first is not None and second is not None
    assert (first.rec.text("agency"), first.late(DAY), first.waits) == ("Police", True, 4)
    assert (second.late(DAY), second.waits) == (False, 33)
    assert second.waits == (DAY - timedelta(days=33) - DAY).days * -1


ANSWERS = {
    "declined": "declined", "unable": "unable", "left the post": "left the post",
    "advised by police to wait": "advised to wait",
}  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS)
def test_somebody_who_does_not_speak_is_respected_and_never_counted_as_missing(answer: str) -> None:
    review = review_of(("participant", {"pseudonym": "Nurse 1", "agency": "Health", "response": answer}))
    [nurse] = people(review)
    assert nurse.state == ANSWERS[answer] and nurse.respected and nurse.state in RESPECTED
    words = counted([nurse])
    assert f"respected: 1 {nurse.state}" in words
    assert not any(word in words for word in ("refus", "fail", "missing", "non-"))


@given(st.sets(st.sampled_from(MINDSET)), st.sets(st.sampled_from([n for _, names in PARTS for n in names])))
def test_a_conversation_is_told_in_its_parts_and_what_was_passed_over_says_so(asks: set[str], parts: set[str]) -> None:
    yes_no = {"introduction": True}
    review = review_of(
        ("participant", {"pseudonym": "Nurse 1", "agency": "Health"}),
        ("conversation", {"participant": 2, "status": "held", **{n: yes_no.get(n, f"said {n}") for n in parts}}),
        ("turning-point", {"conversation": 3, "moment": "The call", **{name: f"thought {name}" for name in asks}}),
    )
    rec = review.one("conversation", 3)
    assert rec is not None
    talk = talk_of(review, rec)
    assert [part.title for part in talk.parts] == [title for title, _ in PARTS]
    assert talk.moments[0].passed_over == len(MINDSET) - len(asks)
    text = "\n".join(line for line, _ in laid_out(talk_said(talk), 80))
    for name in asks:
        assert f"thought {name}" in text
    for name in parts - set(yes_no) - {"turning_points"}:
        assert f"said {name}" in text
    empty = sum(1 for title, names in PARTS if not parts & set(names) and title != "Turning points")
    assert text.count("  passed over\n") == empty


OUTCOMES = ("accepted", "kept as a differing view", "not accepted, with the reason", "not yet answered")


@given(st.lists(st.tuples(st.sampled_from(OUTCOMES), st.sampled_from(("", "because"))), max_size=6))
def test_a_comment_waits_until_it_is_answered_and_a_no_until_it_has_its_reason(made: list[tuple[str, str]]) -> None:
    records: list[Record] = [("meeting", {"kind": "first joint meeting", "on": "2024-05-01"})]
    for outcome, answer in made:
        said = {"from_whom": "Nurse 1", "about": "the account", "comment": "I knew", "meeting": 2}
        records.append(("comment", {**said, "outcome": outcome, "answer": answer}))
    review = review_of(*records)
    waiting = sum(o == OUTCOMES[3] or (o == OUTCOMES[2] and not a) for o, a in made)
    found = comments(review)
    assert [one.open for one in found] == sorted((one.open for one in found), reverse=True)
    assert sum(one.open for one in found) == waiting == meetings(review)[0].open
    for one in found:
        assert "I knew" in "\n".join(line for line, _ in laid_out(comment_said(one, "LT-1"), 80))
    assert list(meeting_said(meetings(review)[0]))


def scope(option: str) -> Record:
    return "scope", {"agencies_in": ["Health"], "option": option}


def participant(response: str) -> Record:
    return "participant", {"pseudonym": "Nurse 1", "role": "nurse", "agency": "Health", "response": response}


@pytest.mark.parametrize("option", ["full", "intensive", "speed+", "mid-range", "focused", "themed"])
def test_only_where_everyone_is_heard_one_to_one_is_a_conversation_still_to_be_planned(option: str) -> None:
    (one,) = people(review_of(scope(option), participant("accepted")))
    assert (one.state == "to be planned") is (option in ("full", "intensive", "speed+"))
    assert counted([one]) == f"0 of 1 spoken with; 1 {one.state}"
    (declined,) = people(review_of(scope(option), participant("declined")))
    assert declined.state == "declined" and declined.respected


@pytest.mark.parametrize("response", ["declined", "unable", "left the post", "advised by police to wait"])
def test_whoever_says_no_after_one_was_planned_is_not_waited_for(response: str) -> None:
    planned: Record = ("conversation", {"participant": 2, "held_by": ["A"], "status": "planned"})
    (one,) = people(review_of(participant(response), planned))
    assert one.respected
    held: Record = ("conversation", {"participant": 2, "held_by": ["A"], "status": "held"})
    assert people(review_of(participant(response), planned, held))[0].state == "held"
