"""CSV files and spreadsheets by a mapping: each row becomes a case once, or is refused and said why."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.case import Case
from casereview.errors import CaseReviewError, NotFound
from casereview.exchange.landing import import_cin
from casereview.exchange.table_in import WHY, as_it_was, neutral
from casereview.exchange.table_in_import import import_table
from casereview.exchange.table_in_wanted import SheetReport
from casereview.ports import Store
from casereview.service.reading import show
from casereview.service.registry import add_person
from tests.exchange.sheets import COLUMNS, MAPPING, mapping, table
from tests.exchange.support import (
    TODAY,
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
from tests.stories import ADA, CHI, MO, WREN

pytestmark = pytest.mark.filterwarnings("ignore:.*:UserWarning")


def counts(report: SheetReport) -> tuple[int, int, int, int, int]:
    return report.read, report.created, report.updated, report.unchanged, report.refused


def outcomes(report: SheetReport) -> list[tuple[int, str, str]]:
    return [(row.line, row.outcome, row.says) for row in report.rows]


def says(report: SheetReport) -> str:
    return "\n".join(f"{p.line}: {p.says}; {p.done}" for p in report.problems)


def row(child: str = "C1", start: Any = "08/01/2024", end: Any = "", **more: Any) -> list[Any]:
    named = {"Child ID": child, "Start": start, "End": end, **{key.title(): value for key, value in more.items()}}
    return [named.get(name, "") for name in COLUMNS]


def take(store: Store, folder: Path, rows: list[list[Any]], name: str = "t.csv", **more: Any) -> SheetReport:
    text = more.pop("text", MAPPING)
    path = table(folder / name, rows, **{key: more.pop(key) for key in ("encoding", "columns") if key in more})
    return import_table(desk(store, **{k: more.pop(k) for k in ("person", "today") if k in more}), path,
                        mapping(folder / "m.toml", text), **more)  # fmt: skip


def only(store: Store) -> Case:
    (case,) = cases(store)
    return case


# ---- what a case holds -----------------------------------------------------------------------------------------
def test_a_row_becomes_a_case_with_everything_it_says(store: Store, tmp_path: Path) -> None:
    full = row(team="north team", worker=" WREN ", seen="10/01/2024", why="judg", words="A new fact came up",
               effect="She waits", agreed="01/04/2024", source="police")  # fmt: skip
    report = take(store, tmp_path, [full])
    assert counts(report) == (1, 1, 0, 0, 0) and not report.problems
    case = only(store)
    run = case.runs["decision"]
    assert (case.main.stage, case.opened, case.children) == ("in-progress", date(2024, 1, 8), ["C1"])
    assert case.imported
    assert (case.team, case.worker, case.seen_on) == ("north", WREN, date(2024, 1, 10))
    assert (run.agreed, run.agreed_on, run.imported) == (date(2024, 4, 1), date(2024, 1, 8), True)
    assert run.reason is not None and (run.reason.code, run.reason.effect) == ("JUDG", "She waits")
    assert run.reason.text == "A new fact came up\n(as read in from t.csv)"
    assert case.runs["first-sight"].ended == date(2024, 1, 10)
    with store.read() as work:
        (referral,) = work.records(case.id, kind="referral").rows
    assert referral.values == {"source": "police"}
    assert verified(store).ok


def test_a_reason_and_a_date_that_were_read_in_justify_nothing(tmp_path: Path) -> None:
    """Law 3: no row can say that a manager agreed; the date of a row is a date, and no agreement."""
    store = in_memory()
    take(store, tmp_path, [row(why="JUDG", words="Much to find out", effect="None", agreed="31/12/2024")])
    seen = show(desk(store), only(store).ref)
    assert next(e for e in seen.expectations if e.expectation.name == "decision").standing == "longer_explained"


def test_a_closed_row_is_done_with_the_standing_it_ended_with(tmp_path: Path) -> None:
    store = in_memory()
    take(store, tmp_path, [row(end="11/03/2024"), row("C2", end="12/03/2024")])
    with store.read() as work:
        standing = {one: work.cases_of(ADA, [one], TODAY)[0].standing for one in ("C1", "C2")}
    assert standing == {"C1": "done_within", "C2": "done_longer_unexplained"}
    assert all(case.main.stage == "closed" and case.runs["decision"].imported for case in cases(store))


def test_names_nobody_has_here_are_kept_in_the_row_and_said_once(tmp_path: Path) -> None:
    store = in_memory()
    rows = [row(f"C{n}", worker="Lexie Defore", team="Locality 4") for n in range(8)]
    report = take(store, tmp_path, rows)
    assert report.created == 8 and len(report.problems) == 2
    assert "nobody, or more than one person, here is called “Lexie Defore” (8 rows: 2, 3, 4, 5, 6, …)" in says(report)
    assert all(case.worker is None and case.team is None for case in cases(store))
    add_person(desk(store), "Lexie Defore", person_id="lexie")
    report = take(store, tmp_path, rows)  # by now there is someone of that name
    assert counts(report) == (8, 0, 8, 0, 0) and {case.worker for case in cases(store)} == {"lexie"}
    assert take(store, tmp_path, rows).unchanged == 8


def test_a_misspelt_team_is_told_with_the_nearest_there_is(tmp_path: Path) -> None:
    report = take(in_memory(), tmp_path, [row("C1", team="Nroth team"), row("C2", team="Hospital")])
    assert (report.created, says(report).splitlines()) == (2, [
        "2: no team here is called “Nroth team” (did you mean “North team”?); kept in the row",
        "3: no team here is called “Hospital”; kept in the row",
    ])  # fmt: skip


def test_two_people_of_one_name_are_nobody_in_particular(tmp_path: Path) -> None:
    store = in_memory()
    for one in ("lee-1", "lee-2"):
        add_person(desk(store), "Sam Lee", person_id=one)
    assert "more than one person" in says(take(store, tmp_path, [row(worker="Sam Lee")]))
    take(store, tmp_path, [row("C2", worker="lee-2")])
    assert {case.worker for case in cases(store)} == {None, "lee-2"}


def test_days_to_come_are_looks_planned_and_days_gone_by_looks_held(tmp_path: Path) -> None:
    text = MAPPING + 'reviews = ["Review 1", "Review 2"]\n'
    columns = [*COLUMNS, "Review 1", "Review 2"]
    store = in_memory()
    take(store, tmp_path, [[*row(), "01/02/2024", "01/07/2024"]], text=text, columns=columns)
    run = only(store).runs["decision"]
    assert (run.held, run.checkpoints) == (1, [date(2024, 7, 1)])


def test_constants_translations_stages_and_columns_to_keep(tmp_path: Path) -> None:
    text = """
name = "ours"
also-keep = ["Notes"]
[columns]
child = "Child ID"
opened = "Start"
stage = "Where"
[constants]
team = "North team"
[values.stage]
"With the manager" = "Checkpoint"
[details]
name = "Name"
"""
    store, columns = in_memory(), ["Child ID", "Start", "Where", "Notes", "Name"]
    line = ["C1", "08/01/2024", "with  the manager", "told by telephone", "Kim"]
    report = take(store, tmp_path, [line], text=text, columns=columns)
    case = only(store)
    assert (report.created, case.team, case.main.stage) == (1, "north", "checkpoint")
    with store.read() as work:
        said = work.history(case.id)[0].event.row  # type: ignore[attr-defined]
        assert said["also"] == {"Notes": "told by telephone"} and "Kim" not in str(said)
        assert not work.children(["C1"])[0].details
    assert any("--with-details" in note for note in report.notes)
    take(store, tmp_path, [line], text=text, columns=columns, with_details=True)
    with store.read() as work:
        assert dict(work.children(["C1"])[0].details) == {"name": "Kim"}


def test_a_child_is_the_one_a_census_told_of_where_the_authority_is_given(tmp_path: Path) -> None:
    store = in_memory()
    import_cin(desk(store), census(tmp_path / "c.xml", episode("C1", assessment(date(2024, 1, 8)))))
    report = take(store, tmp_path, [row()], text='authority = "999"' + MAPPING)
    assert counts(report) == (1, 0, 0, 1, 0) and f"{only(store).ref} is about this child" in says(report)


# ---- what is refused ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("given_row", "expected"),
    [
        (row(""), "“Child ID” is empty"),
        (row(start=""), "“Start” is empty"),
        (row(start="8/1/24"), "“Start” holds “8/1/24”, which is not a day written as dd/mm/yyyy or yyyy-mm-dd"),
        (row(start="01/13/2024"), "there is no such day"),
        (row(start="04/06/2024"), "“Start” is 2024-06-04, which is still to come"),
        (row(end="07/01/2024"), "it is closed on 2024-01-07, before it began on 2024-01-08"),
        (row(why="LATE"), "“Why” holds “LATE”, which is no reason"),
        (row(words="because"), "“Why” is empty, and there are words for a reason"),
        (row(source="pollice"), "record referral: source: 'pollice' is not one of the answers"),
        (row(seen="yesterday"), "“Seen” holds “yesterday”"),
        (row(end="x", seen="y"), "“End” holds “x”"),
        (["C1", "08/01/2024"], "it has 2 cells where the headings are 11"),
        ([*row(), "more"], "it has 12 cells where the headings are 11: a text holds the separator"),
        (row("C\0"), "NUL bytes"),
        (row(words="w" * 120_000, why="JUDG"), "longer than 100,000 characters"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_is_refused_by_its_line(given_row: list[Any], expected: str, tmp_path: Path) -> None:
    store = in_memory()
    path = tmp_path / "t.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, row("Good"), given_row, row("Good too")])
    report = import_table(desk(store), path, mapping(tmp_path / "m.toml"))
    assert counts(report) == (3, 2, 0, 0, 1)
    (problem,) = report.problems
    assert problem.line == 3 and expected in problem.says and problem.refused
    assert len(cases(store)) == 2 and verified(store).ok


def test_everything_wrong_with_a_row_is_said_at_once(tmp_path: Path) -> None:
    report = take(in_memory(), tmp_path, [row("", start="x", end="y", seen="z")])
    assert all(f"“{name}”" in says(report) for name in ("Child ID", "Start"))
    report = take(in_memory(), tmp_path, [row(end="y", seen="z", why="q")])
    assert all(f"“{name}”" in says(report) for name in ("End", "Seen", "Why"))


def test_the_same_child_and_start_twice_is_one_case_and_a_refusal(tmp_path: Path) -> None:
    store = in_memory()
    report = take(store, tmp_path, [row(start="bad"), row(), row(end="01/02/2024")])
    assert counts(report) == (3, 1, 0, 0, 2) and "line 3 has the same child and day it began" in says(report)
    text = MAPPING + 'key = "Words"\n'
    text = text.replace('reason-text = "Words"\n', "")
    keyed = [row(words="k1"), row(words="k2"), row(words="")]
    report = take(store, tmp_path, keyed, text=text.replace("ours", "keyed"))
    assert counts(report)[1:] == (0, 0, 2, 1)  # both are about the case read in above, and say so
    assert "began on the same day: it was not taken in a second time" in says(report)


# ---- again, and later -------------------------------------------------------------------------------------------
def test_the_same_file_again_changes_nothing_not_even_the_journal(store: Store, tmp_path: Path) -> None:
    rows = [row(worker="Wren", seen="10/01/2024", agreed="01/04/2024"), row("C2", end="01/03/2024"), row("C3", "x")]
    first = take(store, tmp_path, rows)
    before = head(store)
    again = take(store, tmp_path, rows)
    assert counts(first) == (3, 2, 0, 0, 1) and counts(again) == (3, 0, 0, 2, 1)
    assert head(store) == before and [p.says for p in again.problems] == [p.says for p in first.problems]


def test_a_later_file_adds_what_it_says_more_and_takes_nothing_away(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, [row(seen="10/01/2024", source="police")])
    later = take(store, tmp_path, [row(end="01/03/2024", seen="12/02/2024", source="school", worker="Wren")])
    assert counts(later) == (1, 0, 1, 0, 0)
    case = only(store)
    assert (case.closed, case.main.stage, case.worker) == (date(2024, 3, 1), "closed", WREN)
    assert sorted(case.sights.values()) == [date(2024, 1, 10), date(2024, 2, 12)]
    with store.read() as work:
        (referral,) = work.records(case.id, kind="referral").rows
    assert (referral.values, referral.corrected) == ({"source": "school"}, 1)
    open_again = take(store, tmp_path, [row()])
    assert counts(open_again) == (1, 0, 0, 1, 0) and "is open again in this one" in says(open_again)
    assert only(store).closed == date(2024, 3, 1) and verified(store).ok


def test_a_date_moved_after_it_had_passed_is_still_measured_from(tmp_path: Path) -> None:
    store = in_memory()
    take(store, tmp_path, [row(agreed="01/03/2024")])
    take(store, tmp_path, [row(agreed="01/09/2024")])
    run = only(store).runs["decision"]
    assert (run.agreed, run.agreed_first, run.measured) == (date(2024, 9, 1), date(2024, 3, 1), date(2024, 3, 1))
    assert run.agreed_on == TODAY


def test_a_referral_day_put_right_moves_what_is_counted_from_it(store: Store, tmp_path: Path) -> None:
    text = MAPPING.replace('agreed = "Agreed"', 'referral = "Agreed"')
    take(store, tmp_path, [row(agreed="05/01/2024")], text=text)
    assert only(store).runs["from-referral"].started == date(2024, 1, 5)
    report = take(store, tmp_path, [row(agreed="02/01/2024")], text=text)
    assert report.updated == 1 and only(store).runs["from-referral"].started == date(2024, 1, 2)
    assert take(store, tmp_path, [row(agreed="02/01/2024")], text=text).unchanged == 1
    closed = [row(agreed="02/01/2024", end="01/03/2024")]  # a case that only files have touched follows them
    assert take(store, tmp_path, closed, text=text).updated == 1
    assert verified(store).ok


def test_a_case_somebody_has_worked_on_is_kept_and_listed(store: Store, tmp_path: Path) -> None:
    take(store, tmp_path, [row(worker="Wren", team="North team", agreed="01/04/2024")])
    ref = only(store).ref
    desk(store, WREN).do(ref, cmd.SeeChild(on=date(2024, 5, 1)))
    kept = only(store)
    later = take(store, tmp_path, [row(end="01/03/2024", worker="Wren", team="North team")])
    assert counts(later) == (1, 0, 0, 1, 0) and f"{ref} has been worked on here" in says(later)
    assert only(store) == kept


def test_rows_a_later_file_leaves_out_stay(tmp_path: Path) -> None:
    store = in_memory()
    take(store, tmp_path, [row(), row("C2")])
    assert counts(take(store, tmp_path, [row("C3")])) == (1, 1, 0, 0, 0)
    assert len(cases(store)) == 3


def test_a_start_that_moved_is_refused_where_a_key_finds_the_case(tmp_path: Path) -> None:
    text = MAPPING.replace('reason-text = "Words"\n', 'key = "Words"\n')
    store = in_memory()
    take(store, tmp_path, [row(words="17")], text=text)
    report = take(store, tmp_path, [row(words="17", start="09/01/2024")], text=text)
    assert report.refused == 1 and f"{only(store).ref}, read in earlier, began on 2024-01-08" in says(report)


# ---- who may, and who may know -----------------------------------------------------------------------------------
def test_reading_in_takes_an_office(tmp_path: Path) -> None:
    store = in_memory()
    with pytest.raises(NotFound, match="takes an office"):
        take(store, tmp_path, [row()], person=WREN)
    assert not cases(store)


def test_a_case_that_is_hidden_is_never_named(tmp_path: Path) -> None:
    store = in_memory()
    take(store, tmp_path, [row(team="North team", worker="Wren")])
    ref = only(store).ref
    desk(store, MO).do(ref, cmd.Restrict("a reason", (WREN,)))
    text = MAPPING.replace('"ours"', '"others"')
    for report in (
        take(store, tmp_path, [row(team="North team", worker="Wren", end="01/02/2024")]),
        take(store, tmp_path, [row(team="North team", worker="Wren")], dry_run=True),
        take(store, tmp_path, [row()], dry_run=True, text=text),
    ):
        assert ref not in says(report) + str(report.rows) + str(report.missing) and report.refused == 0
    assert counts(report) == (1, 1, 0, 0, 0)  # as if there were none


# ---- properties -------------------------------------------------------------------------------------------------
DAYS = st.sampled_from(["08/01/2024", "2024-02-29", "29/02/2023", "", "01/01/2030", "soon", "1/3/2024"])
ROWS = st.lists(
    st.builds(
        row,
        st.sampled_from(["C1", "C2", "C3", "=C4", ""]),
        DAYS,
        DAYS,
        seen=DAYS,
        worker=st.sampled_from(["", "Wren", "Nobody at all"]),
        why=st.sampled_from(["", "JUDG", "other"]),
        words=st.sampled_from(["", '=cmd|"x"', "a, b\nand c", "'=quoted"]),
        source=st.sampled_from(["", "police", "nowhere"]),
    ),
    max_size=6,
)
QUICK = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def everything(store: Store) -> list[str]:
    return [alike(case) for case in cases(store)]


@QUICK
@given(ROWS)
def test_every_row_is_counted_once_and_a_trial_says_what_happens(tmp_path: Path, rows: list[list[Any]]) -> None:
    store = in_memory()
    trial = take(store, tmp_path, rows, dry_run=True)
    assert not cases(store)
    done = take(store, tmp_path, rows)
    assert outcomes(trial) == outcomes(done) and says(trial) == says(done)
    assert done.read == done.created + done.updated + done.unchanged + done.refused == len(done.rows)
    assert len(cases(store)) == done.created
    assert take(store, tmp_path, rows).unchanged == done.created


@QUICK
@given(ROWS)
def test_a_workbook_and_a_csv_of_the_same_rows_give_the_same_cases(tmp_path: Path, rows: list[list[Any]]) -> None:
    one, other = in_memory(), in_memory()
    first = take(one, tmp_path, rows, dry_run=False)
    second = take(other, tmp_path, rows, name="t.xlsx")
    # a workbook holds what looks like a formula as one: it is refused there, and text in CSV
    if not any(str(cell).startswith("=") for line in rows for cell in line):
        assert [o[1] for o in outcomes(first)] == [o[1] for o in outcomes(second)]
        assert everything(one) == everything(other)


@QUICK
@given(ROWS)
def test_refused_rows_fed_back_as_they_are_are_refused_alike(tmp_path: Path, rows: list[list[Any]]) -> None:
    store, left = in_memory(), tmp_path / "left.csv"
    left.unlink(missing_ok=True)
    first = take(store, tmp_path, rows, errors=str(left))
    assert left.exists() == bool(first.refused)
    if not first.refused:
        return
    before = head(store)
    again = import_table(desk(store), left, tmp_path / "m.toml")
    assert again.read == first.refused and again.created == again.updated == 0
    with left.open(encoding="utf-8-sig", newline="") as stream:
        written = list(csv.reader(stream))
    refused = {o[0] for o in outcomes(first) if o[1] == "refused"}
    # a row that was refused only because an earlier one was the same may be found to be that case now
    assert again.unchanged <= sum("has the same child" in line[0] for line in written) and head(store) == before
    assert len(written) == 1 + len(refused) and written[0][0] == WHY
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in written for cell in line)


def test_mended_rows_make_the_store_what_the_right_file_would_have_made_it(tmp_path: Path) -> None:
    wrong = [row(), row("C2", "soon", words="=1+1", why="JUDG"), row("C3", end="01/01/2023"), row("C4")]
    right = [row(), row("C2", words="=1+1", why="JUDG"), row("C3", end="01/02/2024"), row("C4")]
    store, left = in_memory(), tmp_path / "left.csv"
    assert take(store, tmp_path, wrong, errors=str(left)).refused == 2
    text = left.read_text("utf-8-sig").replace("soon", "08/01/2024").replace("01/01/2023", "01/02/2024")
    left.write_text(text, "utf-8")
    mended = import_table(desk(store), left, tmp_path / "m.toml")
    assert counts(mended) == (2, 2, 0, 0, 0)
    other = in_memory()
    take(other, tmp_path, right)
    # but for what they were read from, which the notes of their facts name
    assert [(c.import_key, c.closed, c.import_seen) for c in cases(store)] == [
        (c.import_key, c.closed, c.import_seen) for c in cases(other)
    ]
    (case,) = [c for c in cases(store) if c.children == ["C2"]]
    assert case.runs["decision"].reason is not None and case.runs["decision"].reason.text.startswith("=1+1\n")


@given(st.text(max_size=8) | st.text("'=+-@ \t＝a", max_size=8))
def test_a_cell_made_harmless_is_given_back_as_it_was(text: str) -> None:
    assert as_it_was(neutral(text)) == text
    assert not neutral(text).lstrip().startswith(("=", "+", "-", "@", "＝"))


def test_cut_off_half_way_and_run_again_gives_the_same_store(tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    def kill(what: str, done: int, of: int) -> None:
        if what == "landing" and done >= 300:
            raise Killed

    rows = [row(f"C{n}", worker="Wren", seen="10/01/2024") for n in range(650)]
    store, whole = in_memory(), in_memory()
    with pytest.raises(Killed):
        take(store, tmp_path, rows, progress=kill)
    assert len(cases(store)) == 300
    assert counts(take(store, tmp_path, rows)) == (650, 350, 0, 300, 0)
    take(whole, tmp_path, rows)
    assert everything(store) == everything(whole) and verified(store).ok


def test_a_restricted_case_stays_with_those_who_may_know_of_it(tmp_path: Path) -> None:
    store = in_memory()
    take(store, tmp_path, [row(team="North team", worker="Wren")])
    desk(store, MO).do(only(store).ref, cmd.Restrict("a reason", (WREN,)))
    take(store, tmp_path, [row(team="North team", worker="Wren", seen="01/02/2024")])
    with pytest.raises(CaseReviewError):
        show(desk(store, CHI), only(store).ref)
