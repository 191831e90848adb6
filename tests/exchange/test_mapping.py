"""The mapping file: every fault at once with its line and the nearest spelling; one to begin with out of headings."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.errors import CaseReviewError
from casereview.exchange.mapping import FIELDS, MappingFaulty, parse_mapping, read_mapping
from casereview.exchange.mapping_sample import likely_fields, sample_mapping, written_for
from casereview.exchange.table_in import Table
from casereview.exchange.table_in_import import import_table
from casereview.exchange.table_in_wanted import Known
from casereview.people import Person
from tests.exchange.sheets import COLUMNS, MAPPING, mapping, table
from tests.exchange.support import cases, desk, in_memory

ALL_WRONG = """nmae = "ours"
name = "Ours!"
workflow = "single-assesment-2013"
encoding = "utf8"
separator = "::"
date-format = "mm/yy"
also-keep = "Notes"

[columns]
child = "Child Id"
opened = "Strat"
workr = "Worker"
agreed-on = "Agreed"
stage = ["a", "b"]
closed = 17
"record.referral" = "x"

[values.reason]
old = 4

[constants]
key = "1"
child = "C1"
worker = "Wren"

[details]
born = 4
"""


def faults_of(text: str, folder: Path, columns: tuple[str, ...] = COLUMNS) -> list[str]:
    path = table(folder / "t.csv", [["C1", "08/01/2024"]], columns)
    store = in_memory()
    with pytest.raises(MappingFaulty) as refused:
        import_table(desk(store), path, mapping(folder / "m.toml", text))
    assert not cases(store) and "\n" not in str(refused.value)
    return [str(fault) for fault in refused.value.faults]


def test_everything_wrong_with_a_mapping_is_said_at_once_by_its_line(tmp_path: Path) -> None:
    faults = faults_of(ALL_WRONG, tmp_path)
    for expected in (
        "line 1: nmae: this is not a part of a mapping (did you mean “name”?)",
        "line 2: name: a short name for where the table comes from is needed",
        "line 3: workflow: ",
        "line 4: encoding: “utf8” is not an encoding read here (did you mean “utf-8”?)",
        "line 5: separator: one character is expected",
        "line 6: date-format: “mm/yy” is not a way of writing days",
        "line 7: also-keep: a list of headings is expected",
        "line 12: columns.workr: a case has no such part (did you mean “worker”?, or record.KIND.FIELD)",
        "line 13: columns.agreed-on: there is no agreed day for it to belong to",
        "line 14: columns.stage: only one column can be this",
        "line 15: columns.closed: the heading of a column is expected, in quotes",
        "line 16: columns.record.referral: a case has no such part",
        "line 18: values.reason: what stands in the table = what is meant",
        "line 22: constants.key: this cannot be the same for every row",
        "line 23: constants.child: this cannot be the same for every row",
        "line 27: details.born: the heading of a column is expected",
    ):
        assert any(fault.startswith(expected) or expected in fault for fault in faults), (expected, faults)
    assert "single-assessment-2013" in next(fault for fault in faults if "workflow" in fault)


def test_headings_stages_reasons_and_records_are_held_against_what_there_is(tmp_path: Path) -> None:
    text = """name = "ours"
workflow = "single-assessment-2013"
[columns]
child = "Child Id"
opened = "Strat"
"record.refferal.source" = "Source"
"record.referral.sorce" = "Source"
[columns.record.goal-progress]
goal = "Words"
[values.stage]
"With her" = "in progres"
[values.reason]
old = "POLICE"
[constants]
stage = "close"
"""
    faults = faults_of(text, tmp_path)
    assert [fault.partition(":")[0] for fault in faults] == [f"line {n}" for n in (5, 6, 7, 9, 10, 12, 15)]
    assert "the table has no column “Strat” (did you mean “Start”?)" in faults[0]
    assert "no record “refferal” (did you mean “referral”?)" in faults[1]
    assert "no field “sorce” (did you mean “source”?)" in faults[2]
    assert "points to another record" in faults[3]
    assert "“in progres” is not a stage of single-assessment-2013 (did you mean “in-progress”?)" in faults[4]
    assert "“POLICE” is not a reason" in faults[5] and "“close” is not a stage" in faults[6]


def test_columns_that_must_be_there(tmp_path: Path) -> None:
    faults = faults_of('name = "ours"\n[columns]\nworker = "Worker"\n', tmp_path)
    assert len(faults) == 2 and all("is missing" in fault for fault in faults)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"name = \xe2\x80\x9cours\xe2\x80\x9d", "line 1: .*straight quotes"),
        (b"[columns]\nchild = 'a'\nchild = 'b'\n", "line 3: "),
        (b"name = 'caf\xe9'", "line 1 is not UTF-8"),
        (b"", "the file is empty"),
        (b"x = " + b"[" * 20_000, "m.toml: "),
        (b"#" * 1_000_001, "larger than"),
    ],
)  # fmt: skip
def test_what_is_no_mapping_at_all_is_one_clear_line(content: bytes, says: str, tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_bytes(content)
    with pytest.raises(CaseReviewError, match=says) as refused:
        read_mapping(path)
    assert "\n" not in str(refused.value)


@given(st.text(max_size=200))
def test_no_text_whatever_makes_the_reader_stumble(text: str) -> None:
    try:
        parse_mapping(text, "m.toml").must_be_whole()
    except CaseReviewError as refused:
        assert refused.says


def test_records_may_be_written_in_quotes_or_as_tables() -> None:
    head = 'name = "x"\n[columns]\nchild = "a"\nopened = "b"\n'
    quoted = parse_mapping(head + '"record.referral.source" = "c"\n', "")
    nested = parse_mapping(head + '[columns.record.referral]\nsource = "c"\n', "")
    dotted = parse_mapping(head + 'record.referral.source = "c"\n', "")
    assert quoted.columns == nested.columns == dotted.columns and not quoted.faults + nested.faults + dotted.faults


@pytest.mark.parametrize("part", ["columns", "values", "constants"])
def test_what_is_nested_without_end_is_no_field(part: str) -> None:
    deep = ".".join(["record", *("a" * 2_000)])
    found = parse_mapping(f'name = "x"\n[columns]\nchild = "a"\nopened = "b"\n[{part}.{deep}]\nx = "y"\n', "")
    assert [fault.place.split(".")[0] for fault in found.faults] == [part]


# ---- one to begin with --------------------------------------------------------------------------------------------
def test_a_mapping_to_begin_with_reads_the_table_it_was_written_from(tmp_path: Path) -> None:
    columns = ["Person ID", "Assessment Start Date", "Date of Authorisation", "Team", "Social Worker", "Last seen", "X"]
    rows = [["C1", "08/01/2024", "01/02/2024", "North team", "Wren", "10/01/2024", "x"]]
    store = in_memory()
    path = table(tmp_path / "t.csv", rows, columns)
    text = sample_mapping(path)
    assert '# "X"' in text and text.count("\n# ") > 10
    report = import_table(desk(store), path, mapping(tmp_path / "m.toml", text))
    assert (report.created, report.refused, report.problems) == (1, 0, [])
    (case,) = cases(store)
    assert (case.worker, case.team, case.closed is not None, case.seen_count) == ("wren", "north", True, 1)


def test_every_field_is_named_in_it(tmp_path: Path) -> None:
    text = sample_mapping(table(tmp_path / "t.xlsx", [], ["Something", "Else"]))
    assert all(f"# {name} = " in text for name in FIELDS) and '\nsheet = "Sheet"' in text


@given(st.lists(st.text(min_size=1, max_size=20) | st.sampled_from(["Child ID", "Start", "Team", "End", "Status"])))
def test_whatever_the_headings_what_is_written_is_a_mapping(headings: list[str]) -> None:
    text = written_for(Table("t.csv", 0, tuple(headings), 1), "t.csv")
    found = parse_mapping(text, "m.toml")
    needed = {"child", "opened"} & set(likely_fields(tuple(headings)))
    assert len(found.faults) == 2 - len(needed), found.faults


def test_the_mapping_of_these_tests_is_whole() -> None:
    parse_mapping(MAPPING, "m.toml").must_be_whole()


def test_a_name_two_people_have_is_nobodys_and_many_people_are_read_at_once() -> None:
    people = [Person(f"p{number}", f"Person {number}") for number in range(10_000)]
    begun = time.process_time()
    known = Known([*people, Person("q1", "person  7"), Person("q2", "Person 7")], [])
    assert time.process_time() - begun < 5
    assert (known.person("PERSON 8"), known.person("Person 7"), known.person("q2")) == ("p8", "", "q2")
