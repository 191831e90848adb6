"""Exported tables: nothing runs in a spreadsheet, and everything reads back."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.sheets import cell, write_csv
from casereview.text import shown

any_text = st.text(
    st.one_of(st.sampled_from("=+-@\t\r\n＝＋－＠ ,;\"'\x1b\x00\u200b"), st.characters(exclude_categories=()))
)
FORMULA_STARTS = set("=+-@\t\r\n＝＋－＠")


class Reply(StrEnum):
    AGREED = "agreed"
    SNEAKY = "=1+1"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("+44 20 7946 0000", "'+44 20 7946 0000"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "' =1+1"),
        ("\tindented", "' indented"),
        ("\r=1+1", "'\n=1+1"),
        ("  =1+1", "'  =1+1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ("a=b", "a=b"),
        ("plain", "plain"),
        ("", ""),
        ("\x1b[2J", "\ufffd[2J"),
    ],
)
def test_text_is_never_a_formula(text: str, written: str) -> None:
    assert cell(text) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (-1, "-1"),
        (0, "0"),
        (2.5, "2.5"),
        (Decimal("-3.10"), "-3.10"),
        (float("-inf"), "'-inf"),
        (True, "yes"),
        (False, "no"),
        (date(2026, 11, 20), "2026-11-20"),
        (datetime(2026, 11, 20, 9, 30, tzinfo=UTC), "2026-11-20T09:30:00+00:00"),
        (Reply.AGREED, "agreed"),
        (Reply.SNEAKY, "'=1+1"),
    ],
)
def test_values_that_are_not_text(value: object, written: str) -> None:
    assert cell(value) == written


def _written(header: list[str], rows: list[list[object]]) -> str:
    stream = io.StringIO(newline="")
    assert write_csv(stream, header, rows) == len(rows)
    return stream.getvalue()


def test_a_table_reads_back() -> None:
    rows: list[list[object]] = [['a, "b"\nc; d', -1, None], ["=x", Decimal("2.50"), date(2026, 1, 2)]]
    text = _written(["what", "=days", "on"], rows)
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["what", "'=days", "on"],
        ['a, "b"\nc; d', "-1", ""],
        ["'=x", "2.50", "2026-01-02"],
    ]
    assert ",-1," in text, "a number is written as a number, not as text"


def test_a_spreadsheet_set_to_semicolons_cannot_cut_a_cell() -> None:
    assert _written(["x"], [["harmless;=1+1"]]).splitlines()[1] == '"harmless;=1+1"'


def test_a_row_of_the_wrong_length_is_a_fault() -> None:
    with pytest.raises(ValueError, match="row 2 has 1 cells, the heading 2"):
        write_csv(io.StringIO(), ["a", "b"], [[1, 2], [3]])


@given(any_text)
def test_no_text_starts_a_formula(text: str) -> None:
    written = cell(text)
    assert not FORMULA_STARTS & set(written.lstrip()[:1])
    assert written.removeprefix("'") in (
        shown(text, one_line=False),
        shown(text, one_line=False).removeprefix("'"),
    )


@given(st.lists(st.lists(any_text, min_size=3, max_size=3), max_size=5))
def test_any_table_reads_back(rows: list[list[str]]) -> None:
    header = ["one", "two", "three"]
    table: list[list[object]] = [list(row) for row in rows]
    read = list(csv.reader(io.StringIO(_written(header, table), newline="")))
    assert read == [header, *[[cell(value) for value in row] for row in rows]]
