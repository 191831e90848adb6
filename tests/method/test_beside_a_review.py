"""Other processes and publication, read from records: each document has its own state, nothing is subtracted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from casereview.method.processes import processes, suspended
from casereview.method.publication import artefacts, detail
from tests.method.reviews import DAY, review_of

DOCUMENTS = ("report", "board response", "learning brief", "executive summary", "report and response")
DECISIONS = {"publish": "published", "hold": "held", "do not publish": "not published", "withdraw": "withdrawn"}


@given(st.lists(st.tuples(st.sampled_from(DOCUMENTS), st.sampled_from(sorted(DECISIONS))), max_size=8))
def test_each_document_stands_where_its_own_newest_decision_left_it(made: list[tuple[str, str]]) -> None:
    expected = dict.fromkeys(DOCUMENTS[:4], "not decided")
    for document, decision in made:
        for one in ("report", "board response") if document == "report and response" else (document,):
            expected[one] = DECISIONS[decision]
    records = [("publication-decision", _decision(document, decision)) for document, decision in made]
    assert {one.document: one.state for one in artefacts(review_of(*records))} == expected


def _decision(document: str, decision: str) -> dict[str, Any]:
    return {"document": document, "decision": decision, "why": "weighed", "decided_on": "2024-06-03"}


def test_a_held_document_says_when_to_look_again_and_whether_that_day_has_come() -> None:
    held = {**_decision("report", "hold"), "look_again": "2024-07-01"}
    [report] = [one for one in artefacts(review_of(("publication-decision", held))) if one.document == "report"]
    assert not report.late(date(2024, 6, 30)) and report.late(date(2024, 7, 1))
    assert "2024-07-01" in detail(report, DAY) and "has come" in detail(report, date(2024, 8, 1))


PROCESS = {"kind": "coroner's inquest", "lead_body": "The coroner", "status": "open"}


def test_a_process_says_what_has_not_been_agreed_about_it() -> None:
    whole = {**PROCESS, "touches": ["publication"], "plan": "wait", "agreed_with": "officer", "review_on": "2024-07-01"}
    bare, full = processes(review_of(("parallel-process", PROCESS), ("parallel-process", whole)))[::-1]
    assert set(bare.missing) == {"what it touches", "when to look again"}
    assert full.missing == () and full.look_now(date(2024, 7, 1)) and not full.look_now(date(2024, 6, 30))


def test_one_that_is_over_comes_last_and_asks_nothing() -> None:
    over = {**PROCESS, "ended_on": "2024-05-01", "review_on": "2024-01-01"}
    first, last = processes(review_of(("parallel-process", over), ("parallel-process", PROCESS)))
    assert (first.over, last.over) == (False, True)
    assert not last.look_now(DAY)


@given(st.integers(0, 400), st.lists(st.sampled_from(("submit", "rework-patterns", "back-to-case-group")), unique=True))
def test_a_suspension_keeps_what_may_continue_and_waits_with_the_rest(days: int, free: list[str]) -> None:
    since = DAY - timedelta(days=days)
    told = {"why": "Witnesses", "may_continue": free, "suspended_on": since.isoformat(), "look_again": "2024-07-01"}
    now = suspended(review_of(("suspension", told), stage="report-drafting", tracks={"proceedings": "suspended"}))
    assert now is not None and now.since == since
    titles = {step.title for step in review_of().definition.steps_from("report-drafting")}
    assert set(now.waits) == titles - set(now.may_continue)
    assert len(now.may_continue) == len(free)


def test_without_the_track_standing_there_nothing_is_suspended() -> None:
    told = {"why": "Witnesses", "suspended_on": "2024-06-03", "look_again": "2024-07-01"}
    assert suspended(review_of(("suspension", told))) is None
