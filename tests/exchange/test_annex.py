"""An Annex A workbook: List 4 becomes cases, Lists 2, 3 and 5 lines of the children's journeys; nothing is lost."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.exchange.annex import import_annex
from casereview.exchange.annex_lists import LISTS, AnnexRow
from casereview.exchange.annex_rows import Said
from casereview.exchange.annex_story import told_of
from casereview.exchange.landing import import_cin
from casereview.exchange.table_in_wanted import SheetReport
from casereview.ports import Store
from casereview.service.journey import journey
from tests.exchange.sheets import HEADINGS, annex
from tests.exchange.support import (
    SHARED,
    alike,
    assessment,
    cases,
    census,
    desk,
    episode,
    head,
    in_memory,
    verified,
)
from tests.stories import CHI, MO, WREN

WORKBOOK = SHARED / "annex_a" / "Annex_A.xlsx"
Held = dict[int, list[tuple[Any, ...]]]
START, SEEN_ON = date(2024, 1, 8), date(2024, 1, 10)


def counts(report: SheetReport) -> tuple[int, int, int, int, int]:
    return report.read, report.created, report.updated, report.unchanged, report.refused


def says(report: SheetReport) -> str:
    return "\n".join(f"{p.line} {p.child}: {p.says}; {p.done}" for p in report.problems)


def told(store: Store, child: str, person: str = MO) -> list[tuple[date, str]]:
    return [(line.on, line.says) for line in journey(desk(store, person), child).lines if not line.case]


def everything(store: Store) -> list[str]:
    with store.read() as work:
        kept = [(one.key, one.body) for one in work.kept("annex-a")]
    return [*(alike(case) for case in cases(store)), str(sorted(kept, key=lambda one: one[0]))]


# ---- the workbook itself -----------------------------------------------------------------------------------------
@pytest.mark.skipif(not WORKBOOK.is_file(), reason="the published Annex A workbook is not here")
def test_the_published_workbook_lands_whole(store: Store) -> None:
    trial = import_annex(desk(store), WORKBOOK, dry_run=True)
    done = import_annex(desk(store), WORKBOOK)
    assert counts(trial) == counts(done) == (21, 21, 0, 0, 0) and says(trial) == says(done)
    assert sorted((c.opened, c.closed) for c in cases(store)) == [
        (date(2019, 5, 16), date(2021, 2, 8)), (date(2019, 10, 30), date(2021, 1, 19)),
        (date(2019, 12, 26), date(2020, 11, 11)), (date(2020, 2, 26), date(2021, 2, 2)),
        (date(2020, 2, 26), date(2021, 2, 2)),
    ]  # fmt: skip
    assert {case.workflow for case in cases(store)} == {"single-assessment-2013"}
    assert "nobody, or more than one person, here is called “Hallie Erwin” (2 rows: 3, 4)" in says(done)
    referral, enquiry = told(store, "6537810")
    assert referral[0] == enquiry[0] == date(2020, 9, 16) and "a child protection plan was made" in enquiry[1]
    assert "Top Town Academy; completed on 30 September 2020" in told(store, "612306")[0][1]
    before = head(store)
    assert counts(import_annex(desk(store), WORKBOOK)) == (21, 0, 0, 21, 0)
    assert head(store) == before and verified(store).ok


# ---- what becomes of each list --------------------------------------------------------------------------------------
def lists(**more: Any) -> Held:
    held: Held = {
        2: [("C2", date(2023, 11, 1), date(2023, 12, 1), "Top Town Academy")],
        3: [("C1", date(2024, 1, 5), "q) 6: Police", "b) No"), ("C3", date(2023, 6, 1), "e) 2A: Schools", "a) Yes")],
        4: [("C1", START, SEEN_ON, None, "North team", "Wren")],
        5: [("C1", date(2024, 2, 1), "No", date(2024, 2, 20), "Yes"), ("C4", None, "", date(2024, 3, 1), "No")],
    }
    return held | {int(name[1:]): rows for name, rows in more.items()}


def test_an_assessment_lands_with_its_referral_team_worker_and_dated_sight(store: Store, tmp_path: Path) -> None:
    report = import_annex(desk(store), annex(tmp_path / "a.xlsx", lists()))
    assert counts(report) == (6, 6, 0, 0, 0) and not report.problems
    (case,) = cases(store)
    assert (case.main.stage, case.opened, case.closed, case.imported) == ("in-progress", START, None, True)
    assert (case.team, case.worker, case.children, case.seen_on) == ("north", WREN, ["C1"], SEEN_ON)
    assert case.runs["from-referral"].started == date(2024, 1, 5)
    with store.read() as work:
        (referral,) = work.records(case.id, kind="referral").rows
        said = work.history(case.id)[0].event.row  # type: ignore[attr-defined]
    assert referral.values == {"received_on": "2024-01-05", "source": "police"}
    assert said["section_47"][0]["start"] == "2024-02-01" and said["referral"]["nfa"] is False
    assert said["worker"] == "Wren" and verified(store).ok


def test_a_yes_without_a_day_makes_up_no_sight(tmp_path: Path) -> None:
    store = in_memory()
    import_annex(desk(store), annex(tmp_path / "a.xlsx", {4: [("C1", START, "a) Yes", None)]}))
    (case,) = cases(store)
    assert not case.sights and case.seen_on is None
    with store.read() as work:
        assert work.history(case.id)[0].event.row["seen"] is True  # type: ignore[attr-defined]


def test_what_is_about_no_case_is_told_in_the_journey_of_the_child(store: Store, tmp_path: Path) -> None:
    import_annex(desk(store), annex(tmp_path / "a.xlsx", lists()))
    assert told(store, "C2") == [(date(2023, 11, 1), "Early help assessment begun by Top Town Academy; completed on "
                                  "1 December 2023 (from Annex A)")]  # fmt: skip
    assert told(store, "C3") == [
        (date(2023, 6, 1), "Referral from: school; no further action was taken (from Annex A)")
    ]
    assert told(store, "C4") == [(date(2024, 3, 1), "Initial child protection conference on 1 March 2024; no child "
                                  "protection plan was made (from Annex A)")]  # fmt: skip
    assert [on for on, _ in told(store, "C1")] == [date(2024, 1, 5), date(2024, 2, 1)]
    assert [line.on for line in journey(desk(store, MO), "C1").lines] == sorted(
        line.on for line in journey(desk(store, MO), "C1").lines
    )


def test_a_later_workbook_says_more_and_takes_nothing_away(store: Store, tmp_path: Path) -> None:
    import_annex(desk(store), annex(tmp_path / "a.xlsx", lists()))
    later = lists(
        _4=[("C1", START, SEEN_ON, date(2024, 3, 1), "North team", "Wren"), ("C9", START, "No", None)],
        _2=[("C2", date(2023, 11, 1), date(2023, 12, 1), "Another school")],
        _5=[], _3=[("C1", date(2024, 1, 5), "q) 6: Police", "b) No"), ("C1", date(2024, 4, 2), "x) Who knows", "")],
    )  # fmt: skip
    report = import_annex(desk(store), annex(tmp_path / "b.xlsx", later))
    assert counts(report) == (5, 2, 2, 1, 0)
    assert [(row.list, row.outcome) for row in report.rows] == [
        ("List 2", "updated"), ("List 3", "unchanged"), ("List 3", "created"), ("List 4", "updated"),
        ("List 4", "created"),
    ]  # fmt: skip
    assert len(told(store, "C1")) == 3 and told(store, "C4") and "Another school" in told(store, "C2")[0][1]
    (case,) = [one for one in cases(store) if one.children == ["C1"]]
    assert (case.closed, case.main.stage) == (date(2024, 3, 1), "closed") and verified(store).ok


def test_open_cases_the_workbook_no_longer_holds_are_told_and_stay(tmp_path: Path) -> None:
    store = in_memory()
    import_annex(desk(store), annex(tmp_path / "a.xlsx", lists()))
    (case,) = cases(store)
    report = import_annex(desk(store), annex(tmp_path / "b.xlsx", {4: [("C8", START, "Yes", None)]}))
    assert report.missing == [case.ref] and len(cases(store)) == 2
    assert "Not in this workbook: List 2, List 3, List 5." in report.notes
    other = import_annex(desk(store), annex(tmp_path / "c.xlsx", {4: [("C8", START, "Yes", None)]}), authority="301")
    assert not other.missing and {case.children[0] for case in cases(store)} == {"C1", "C8", "301-C8"}


def test_what_a_census_brought_already_is_not_taken_in_twice(tmp_path: Path) -> None:
    store = in_memory()
    import_cin(desk(store), census(tmp_path / "c.xml", episode("C1", assessment(START))))
    (case,) = cases(store)
    path = annex(tmp_path / "a.xlsx", {4: [("C1", START, "Yes", None)]})
    report = import_annex(desk(store), path, authority="999")
    assert counts(report) == (1, 0, 0, 1, 0) and len(cases(store)) == 1
    assert f"{case.ref} is about this child and began on the same day" in says(report)


def test_a_case_somebody_has_worked_on_is_kept_and_listed(tmp_path: Path) -> None:
    store = in_memory()
    import_annex(desk(store), annex(tmp_path / "a.xlsx", lists()))
    (case,) = cases(store)
    desk(store, WREN).do(case.ref, cmd.SeeChild(on=date(2024, 5, 1)))
    later = lists(_4=[("C1", START, SEEN_ON, date(2024, 3, 1), "North team", "Wren")])
    report = import_annex(desk(store), annex(tmp_path / "b.xlsx", later))
    assert report.updated == 0 and f"List 4: {case.ref} has been worked on here" in says(report)
    assert cases(store)[0].closed is None


# ---- names and hidden cases ---------------------------------------------------------------------------------------
NAMED = {4: ("Child Unique ID", "Child Name", "DoB", "Gender", "Continuous Assessment Start Date",
             "Continuous Assessment Date of Authorisation")}  # fmt: skip


def test_names_of_children_are_not_taken_unless_they_are_asked_for(tmp_path: Path) -> None:
    rows = {4: [("C1", "Kim Secret", date(2015, 5, 5), "b) Female", START, None)]}
    path = annex(tmp_path / "a.xlsx", rows, headings=NAMED)
    store = in_memory()
    report = import_annex(desk(store), path)
    with store.read() as work:
        assert dict(work.children(["C1"])[0].details) == {"born": "2015-05-05", "sex or gender": "F"}
        assert "Secret" not in str(list(work.links()))
    assert any("names of children were not taken" in note for note in report.notes)
    import_annex(desk(store), path, with_details=True)
    with store.read() as work:
        assert dict(work.children(["C1"])[0].details)["name"] == "Kim Secret"


def test_what_is_told_of_a_child_of_a_hidden_case_reaches_nobody_else(tmp_path: Path) -> None:
    store = in_memory()
    import_annex(desk(store), annex(tmp_path / "a.xlsx", lists()))
    (case,) = cases(store)
    desk(store, MO).do(case.ref, cmd.Restrict("a reason", (WREN,)))
    with pytest.raises(NotFound):
        told(store, "C1", CHI)
    report = import_annex(desk(store), annex(tmp_path / "b.xlsx", lists(_4=[("C1", START, "No", None, "", "")])))
    assert case.ref not in says(report) + str(report.rows) + str(report.missing)
    assert told(store, "C1", WREN)


def test_reading_in_takes_an_office(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="takes an office"):
        import_annex(desk(in_memory(), WREN), annex(tmp_path / "a.xlsx", lists()))


# ---- headings and sheets ------------------------------------------------------------------------------------------
def test_headings_are_found_by_name_in_any_order_below_titles_and_near_spellings_are_said(tmp_path: Path) -> None:
    misspelt = "Continuos Assesment Start Date"
    headings = {4: ("", "ALLOCATED   WORKER", misspelt, "Date of authorisation", "child unique id")}
    rows = {4: [(None, "Wren", START, None, "C1")]}
    store = in_memory()
    report = import_annex(desk(store), annex(tmp_path / "a.xlsx", rows, headings=headings, above=3))
    assert report.created == 1 and cases(store)[0].worker == WREN
    assert any(f"“{misspelt}” was read as “Continuous Assessment Start Date”" in note for note in report.notes)
    assert report.rows[0].line == 5


def test_sheets_are_found_by_their_number_or_else_by_their_headings(tmp_path: Path) -> None:
    names = {2: "Early help", 3: "list_3 referrals", 4: "Annex A List 4 - Assessments", 5: "S47"}
    report = import_annex(desk(in_memory()), annex(tmp_path / "a.xlsx", lists(), names=names))
    assert counts(report) == (6, 6, 0, 0, 0)
    assert any("“Early help” was read as List 2" in note for note in report.notes)


@pytest.mark.parametrize(
    ("held", "headings", "expected"),
    [
        ({4: [("C1", START)]}, {4: ("Child Unique ID", "Continuous Assessment Start Date")},
         "List 4 has no column “Continuous Assessment Date of Authorisation”; its row 1 holds: Child Unique ID, Cont"),
        ({4: [("C1", START, START)]}, {4: (*HEADINGS[4][:2], HEADINGS[4][1], HEADINGS[4][3])},
         "List 4 has more than one column “continuous assessment start date”"),
        ({9: [("C1",)]}, {9: ("Child Unique ID",)}, "none of Lists 2 to 5 of Annex A is in this workbook"),
        ({4: []}, HEADINGS, "there are no rows in Lists 2 to 5"),
    ],
)  # fmt: skip
def test_a_workbook_that_cannot_be_used_is_refused_and_nothing_is_changed(
    held: Any, headings: Any, expected: str, tmp_path: Path
) -> None:
    store = in_memory()
    before = head(store)
    with pytest.raises(CaseReviewError) as refused:
        import_annex(desk(store), annex(tmp_path / "a.xlsx", held, headings=headings))
    assert expected in str(refused.value) and "\n" not in str(refused.value) and head(store) == before


# ---- rows ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("number", "row", "expected"),
    [
        (4, (None, START, "Yes", None), "List 4: “Child Unique ID” is empty"),
        (4, ("C1", None, "Yes", None), "List 4: “Continuous Assessment Start Date” is empty"),
        (4, ("C1", "8 Jan 24", "Yes", None), "“Continuous Assessment Start Date” holds “8 Jan 24”, which is not a day"),
        (4, ("C1", 45299, "Yes", None), "holds the number 45299 and not a day"),
        (4, ("C1", "=A1", "Yes", None), "holds a formula (=A1)"),
        (4, ("C1", START, "Yes", date(2024, 1, 7)), "the assessment ends on 2024-01-07, before it starts"),
        (4, ("C1", date(2024, 6, 4), "Yes", None), "which is still to come"),
        (4, ("C1", date(2013, 4, 14), "Yes", None), "no workflow is in force for a start on 2013-04-14"),
        (4, (1.5, START, "Yes", None), "no id"),
        (2, ("C1", START, date(2023, 1, 1), "x"), "List 2: the assessment ends on 2023-01-01"),
        (3, ("C1", "soon", "x", "No"), "List 3: “Date of Referral” holds “soon”"),
        (5, ("C1", None, "No", None, ""), "List 5: neither the strategy discussion nor the conference has a day"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_is_refused_by_its_list_and_row(
    number: int, row: tuple[Any, ...], expected: str, tmp_path: Path
) -> None:
    store = in_memory()
    good: dict[int, list[tuple[Any, ...]]] = {4: [("Good", START, "Yes", None)]}
    held = {number: [*(good[4] if number == 4 else []), row], **({} if number == 4 else good)}
    report = import_annex(desk(store), annex(tmp_path / "a.xlsx", held))
    assert report.refused == 1 and report.created == 1 and len(cases(store)) == 1
    (problem,) = [p for p in report.problems if p.refused]
    assert expected in problem.says and problem.line == (3 if number == 4 else 2)
    assert problem.child in (None, "C1")


def test_odd_words_are_kept_and_said(tmp_path: Path) -> None:
    held: Held = {3: [("C1", START, "Z9: Somewhere", "perhaps")], 4: [("C1", START, "in part", None)],
                  5: [("C1", START, "maybe", date(2023, 1, 1), "")]}  # fmt: skip
    store = in_memory()
    report = import_annex(desk(store), annex(tmp_path / "a.xlsx", held))
    assert counts(report) == (3, 3, 0, 0, 0)
    for expected in ("“perhaps”, which is neither yes nor no", "“in part”, which is neither", "lies before the"):
        assert expected in says(report)
    assert "Referral from: Z9: Somewhere" in told(store, "C1")[0][1]


def test_a_workflow_can_be_named_for_early_starts(tmp_path: Path) -> None:
    path = annex(tmp_path / "a.xlsx", {4: [("C1", date(2012, 4, 2), "Yes", None)]})
    store = in_memory()
    assert import_annex(desk(store), path, workflow="single-assessment").created == 1
    assert cases(store)[0].workflow == "single-assessment"
    with pytest.raises(CaseReviewError, match="is one for a review"):
        import_annex(desk(store), path, workflow="learning-together")


# ---- properties -----------------------------------------------------------------------------------------------------
CELL = st.sampled_from([None, "C1", "C2", START, date(2024, 2, 1), "08/01/2024", "x", "Yes", 7, True, 45299.5, "=1+1"])
SHEETS = st.dictionaries(
    st.sampled_from([2, 3, 4, 5]), st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=5), min_size=1
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SHEETS)
def test_every_row_is_counted_once_a_trial_says_what_happens_and_again_changes_nothing(
    tmp_path: Path, held: dict[int, list[tuple[Any, ...]]]
) -> None:
    if not any(cell is not None for rows in held.values() for row in rows for cell in row):
        return
    store = in_memory()
    path = annex(tmp_path / "a.xlsx", held)
    trial = import_annex(desk(store), path, dry_run=True)
    assert not cases(store)
    done = import_annex(desk(store), path)
    assert (counts(trial), says(trial)) == (counts(done), says(done))
    filled = sum(any(cell is not None for cell in row) for rows in held.values() for row in rows)
    assert done.read == len(done.rows) == done.created + done.refused == filled
    assert all(row.says for row in done.rows if row.outcome == "refused")
    before = head(store)
    again = import_annex(desk(store), path)
    assert (again.unchanged, again.refused, head(store)) == (done.created, done.refused, before)


def test_cut_off_half_way_and_run_again_gives_the_same_store(tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    def kill(what: str, done: int, of: int) -> None:
        if what == "landing" and done >= 600:
            raise Killed

    held: Held = {4: [(f"C{n}", START, "Yes", None) for n in range(350)],
                  3: [(f"C{n}", date(2024, 1, 5), "6: Police", "No") for n in range(700)]}  # fmt: skip
    path = annex(tmp_path / "a.xlsx", held)
    store, whole = in_memory(), in_memory()
    with pytest.raises(Killed):
        import_annex(desk(store), path, progress=kill)
    assert len(cases(store)) == 350
    report = import_annex(desk(store), path)
    assert counts(report) == (1050, 450 - 50, 0, 650, 0)
    import_annex(desk(whole), path)
    assert everything(store) == everything(whole) and verified(store).ok


def test_many_rows_with_one_id_take_no_longer_than_others() -> None:
    """A column filled with one value by mistake: asking every line kept so far for each new one took minutes."""
    rows = [Said(AnnexRow(LISTS[3], number, {}), child="0", start=date(2024, 5, 1)) for number in range(20_000)]
    begun = time.process_time()
    (told,) = told_of(rows, "Annex A")
    assert time.process_time() - begun < 5
    assert list(told.lines)[:2] == ["3/2024-05-01/1", "3/2024-05-01/2"] and len(told.lines) == len(rows)
