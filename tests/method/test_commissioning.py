"""Reviewers and the commissioning of a review: looked at, warned about, never held up; load and ties as they are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.kept import wrong_with
from casereview.method.commissioning import PARTS
from casereview.method.reviewers import STATES, Reviewer, body_of, of_kept
from casereview.people import Kept
from casereview.service.commissioning import commissioning
from casereview.service.registry import add_child
from casereview.service.reviewers import ORDERS, add, change, in_order, one_of, register, remove
from tests.stories import ADA, CHI, CHO, MAX, MO, SAM, WREN, Story
from workflows.definition import Definition

LEAD = "lead-reviewer"
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


def review(**more: Any) -> Story:
    return Story("learning-together", worker=None, **more)


def told(story: Story, person: str, role: str = LEAD) -> str:
    return "\n".join(story.do(CHO, cmd.Appoint(person, role)).says)


# ---- the register ------------------------------------------------------------------------------------------------
@given(st.sampled_from(STATES), words, words, st.lists(words, max_size=3), st.dates(date(2000, 1, 1), date(2024, 6, 3)))
@settings(max_examples=40, deadline=None)
def test_what_is_kept_of_a_reviewer_reads_back_and_is_of_its_shape(
    state: str, training: str, note: str, works_for: list[str], on: date
) -> None:
    story = review()
    given = {"state": state, "training": training, "note": note, "works_for": works_for, "accredited_on": on}
    one = add(story.desk(CHO), SAM, given).reviewer
    assert (one.state, one.accredited_on) == (state, on) and one.acts[0].by == CHO
    kept = Kept("reviewer", SAM, "", body_of(one))
    assert wrong_with(kept) == "" and of_kept(kept) == one
    assert one.works_for == tuple(dict.fromkeys(one.works_for)) and all(one.works_for)


def test_keeping_it_takes_an_office_a_reason_and_somebody_known_here() -> None:
    story = review()
    with pytest.raises(NotFound, match="takes an office"):
        add(story.desk(WREN), SAM, {})
    with pytest.raises(NotFound, match="nobody here"):
        add(story.desk(CHO), "nemo", {})
    with pytest.raises(CaseReviewError, match="says nothing of a reviewer"):
        add(story.desk(CHO), SAM, {"state": "acredited"})
    with pytest.raises(CaseReviewError, match="a day to come"):
        add(story.desk(CHO), SAM, {"accredited_on": story.today + timedelta(days=1)})
    add(story.desk(CHO), SAM, {"training": "course"})
    with pytest.raises(CaseReviewError, match="in the register already"):
        add(story.desk(CHO), SAM, {})
    with pytest.raises(CaseReviewError, match="nothing would change"):
        change(story.desk(CHO), SAM, {"training": "course"}, "again")
    with pytest.raises(CaseReviewError):
        change(story.desk(CHO), SAM, {"training": "two courses"}, "  ")
    changed = change(story.desk(CHO), SAM, {"state": "accredited", "training": "two courses"}, "assessed").reviewer
    assert [a.act for a in changed.acts] == ["entered", "changed state, training"]
    assert changed.acts[-1].text == "assessed"
    remove(story.desk(CHO), SAM, "moved away")
    assert register(story.desk(CHO)) == []
    with pytest.raises(NotFound, match="not in the register"):
        one_of(story.desk(CHO), SAM)


def test_what_is_in_hand_is_live_in_open_reviews_that_the_reader_may_know_of() -> None:
    a = review()
    add(a.desk(CHO), SAM, {"state": "accredited"})
    b, c = review(store=a.store, seed=2), review(store=a.store, seed=3)
    for story in (a, b, c):
        story.do(CHO, cmd.Appoint(SAM, LEAD, story.due(9)))
    assert one_of(a.desk(CHO), SAM).load == 3
    b.do(CHO, cmd.EndAppointment(SAM, LEAD))
    assert one_of(a.desk(CHO), SAM).leads == tuple(sorted((a.ref, c.ref)))
    c.do(CHO, cmd.Restrict("a colleague", (SAM, CHO)))
    assert one_of(a.desk(CHO), SAM).load == 2
    assert one_of(a.desk(ADA), SAM).leads == (a.ref,)  # law 7: not even as a number
    a.after(9)
    assert one_of(a.desk(CHO), SAM).load == 0  # the appointment is over


@given(st.lists(st.tuples(st.sampled_from(STATES), st.integers(0, 3)), min_size=1, max_size=5))
def test_orders_are_whole_and_turn_round(made: list[tuple[str, int]]) -> None:
    from casereview.service.reviewers import Listed

    rows = [Listed(Reviewer(f"p{n}", s), f"N{n}", False, tuple(f"R{i}" for i in range(k)), ())
            for n, (s, k) in enumerate(made)]  # fmt: skip
    for order in ORDERS:
        there, back = in_order(rows, order), in_order(rows, f"-{order}")
        assert sorted(r.name for r in there) == sorted(r.name for r in back) == sorted(r.name for r in rows)
    assert [r.load for r in in_order(rows, "load")] == sorted(r.load for r in rows)
    assert [r.load for r in in_order(rows, "-load")] == sorted((r.load for r in rows), reverse=True)


# ---- appointing --------------------------------------------------------------------------------------------------
def test_an_appointment_is_never_held_up_by_the_register_and_what_it_says_is_said() -> None:
    story = review()
    assert "not in the register" in told(story, SAM) and "reviewer add sam" in told(story, SAM)
    add(story.desk(CHO), SAM, {"state": "accredited"})
    assert told(story, SAM).count("\n") == 0
    add(story.desk(CHO), MAX, {"state": "in training"})
    assert "in training" not in told(story, MAX)  # beside somebody accredited
    story.do(CHO, cmd.EndAppointment(SAM, LEAD))
    assert "no accredited reviewer leads" in told(story, MAX)
    add(story.desk(CHO), ADA, {"state": "not accredited"})
    assert "not accredited as methodological supervisor" in told(story, ADA, "supervisor")
    assert told(story, WREN, "review-team").count("\n") == 0  # nothing to say of other roles


def test_a_tie_with_an_agency_that_takes_part_is_said() -> None:
    story = review()
    story.do(CHO, cmd.AddRecord("scope", {"why_this_case": "w", "questions": "q", "option": "full",
                                          "agencies_in": "Schools and colleges; Police"}))  # fmt: skip
    add(story.desk(CHO), SAM, {"state": "accredited", "works_for": ["Schools", "Health"]})
    assert "worked for Schools, which takes part" in told(story, SAM)
    [row] = [r for r in commissioning(story.desk(CHO), story.ref).rows if r.part == "Roles"]
    assert row.notice and "works for Schools" in row.state and "Health" not in row.state


def test_who_was_the_worker_of_the_same_child_is_said_to_those_who_may_know_of_it() -> None:
    story = review()
    child = add_child(story.desk(MO)).id
    work = Story("single-assessment", store=story.store, children=(child,), worker=SAM, seed=5)
    story.do(CHO, cmd.LinkChild(child))
    assert f"Sam was the worker of {work.ref} about the same child" in told(story, SAM)
    work.do(CHI, cmd.Restrict("a colleague", (CHI,)))
    assert work.ref not in told(story, SAM)


def test_no_other_case_is_looked_at_for_it() -> None:
    story = Story()
    assert story.do(CHI, cmd.Appoint(SAM, "adviser")).says == ("Appointed Sam as Adviser",)


# ---- who led it had no part in it ----------------------------------------------------------------------------------
def test_nobody_leads_who_had_a_part_whichever_came_first() -> None:
    story = review()
    story.do(CHO, cmd.Appoint(SAM, LEAD))
    assert "Lead reviewer" in story.refused(CHO, cmd.Appoint(SAM, "case-group")).says
    story.do(CHO, cmd.Appoint(WREN, "case-group"))
    story.after(5)
    story.do(CHO, cmd.EndAppointment(WREN, "case-group"))
    no = story.refused(CHO, cmd.Appoint(WREN, LEAD))
    assert "Case group member" in no.says and no.remedy
    story.do(CHO, cmd.Appoint(MAX, "case-group"))
    story.do(CHO, cmd.EndAppointment(MAX, "case-group"))  # a slip, put right on the same day
    story.do(CHO, cmd.Appoint(MAX, LEAD))


def test_who_managed_the_work_is_not_accepted_as_lead_and_stops_leading() -> None:
    story = review()
    story.do(CHO, cmd.Appoint(SAM, LEAD))
    story.do(SAM, cmd.DeclareConflict(SAM, "line-managed", text="I led the team", role=LEAD))
    no = story.refused(CHO, cmd.DeclareConflict(SAM, "line-managed", "accept"))
    assert "cannot be accepted" in no.says and "--end" in no.remedy
    done = story.do(CHO, cmd.DeclareConflict(SAM, "line-managed", "replace", "somebody else takes it"))
    assert [e.event.kind for e in done.entries] == ["conflict-declared", "appointment-ended"]
    story.do(MO, cmd.DeclareConflict(MO, "line-managed"))
    story.do(CHO, cmd.DeclareConflict(MO, "line-managed", "accept"))
    story.do(CHO, cmd.Appoint(MO, "review-team"))
    assert "managed the work" in story.refused(CHO, cmd.Appoint(MO, LEAD)).says
    declared = {r.what: r.state for r in commissioning(story.desk(CHO), story.ref).rows if "Conflict" in r.part}
    assert declared["Sam, Lead reviewer: line-managed"].startswith("replace, by Cho")
    assert "accept" in declared["Mo: line-managed"]
    for person, words in ((CHO, True), (ADA, True), (WREN, False)):  # what was said is for those who weigh it
        shown = commissioning(story.desk(person), story.ref).rows
        assert any("I led the team" in answer for row in shown for _, answer in row.detail) == words


# ---- the view ------------------------------------------------------------------------------------------------------
WRITTEN = {
    "criterion": {"criterion": "c", "met": "not met", "because": "b"},
    "learning-option": {"way": "audit", "effort": "little", "chosen": "not chosen", "why": "done before"},
    "peer-challenge": {"asked_of": "a chair", "asked_on": "2024-06-03", "question": "is it in proportion?"},
    "reviewer-proposal": {"reviewer": "sam", "for_what": "lead reviewer", "why": "knows", "state": "proposed",
                          "independence": "independent of both"},
}  # fmt: skip


def test_what_is_not_written_down_is_said_to_be_missing_and_what_is_comes_in_its_part() -> None:
    story = review()
    found = commissioning(story.desk(CHO), story.ref)
    assert [r.part for r in found.rows] == [part for part, _, _ in PARTS] and all(r.empty for r in found.rows)
    numbers = {kind: story.do(CHO, cmd.AddRecord(kind, v)).case.number for kind, v in WRITTEN.items()}
    rows = {r.kind: r for r in commissioning(story.desk(CHO), story.ref).rows if r.kind}
    assert {kind: rows[kind].rec for kind in WRITTEN} == numbers
    assert rows["criterion"].state == "not met" and "effort: little" in rows["learning-option"].what
    assert rows["peer-challenge"].notice and rows["reviewer-proposal"].notice  # not answered; not in the register
    assert all(ask and answer for row in rows.values() for ask, answer in row.detail)


def test_a_no_says_how_will_be_learned_instead_or_that_it_is_not_said() -> None:
    story = review()
    no = {"outcome": "no review", "reasons": "known already", "decided_on": "2024-06-03"}
    number = story.do(CHO, cmd.AddRecord("review-decision", no)).case.number

    def decision() -> Any:
        return next(r for r in commissioning(story.desk(CHO), story.ref).rows if r.kind == "review-decision")

    assert decision().notice and "not said" in decision().state
    story.do(CHO, cmd.CorrectRecord(number, "said", {"other_learning": "an audit"}))
    assert not decision().notice and "an audit" in decision().what


@pytest.mark.parametrize(("until", "past"), [("2024-06-02", True), ("2024-06-03", False), ("", None)])
def test_a_dispensation_says_until_when_and_when_that_is_past(until: str, past: bool | None) -> None:
    story = review()
    values = {"requirement": "r", "from_whom": "m", "why": "w", "state": "granted", "until": until}
    story.do(CHO, cmd.AddRecord("dispensation", values))
    row = next(r for r in commissioning(story.desk(CHO), story.ref).rows if r.kind == "dispensation")
    assert ("which is past" in row.state) == bool(past) and row.notice == (past is not False)


def test_parts_a_board_does_not_keep_are_left_out() -> None:
    story = Story("rapid-review", worker=None)
    found = commissioning(story.desk(CHO), story.ref)
    definition: Definition = found.review.definition
    assert {r.kind for r in found.rows if r.kind} <= set(definition.records)
    assert found.option is None
