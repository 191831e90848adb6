"""Tables as programs write them, and as strangers could: encodings, separators, quotes, workbooks that are none."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from casereview.errors import CaseReviewError
from casereview.exchange import sheets_in
from casereview.exchange.table_in import open_table
from casereview.exchange.table_in_import import import_table
from casereview.exchange.table_in_values import EITHER, read_day, read_id
from tests.exchange.sheets import COLUMNS, MAPPING, mapping, table
from tests.exchange.support import cases, desk, in_memory

WANTED = ("Child ID", "Start")
EIGHTH = datetime(2024, 1, 8)  # noqa: DTZ001 - as a workbook holds a day


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def read(path: Path, **more: Any) -> list[tuple[object, ...]]:
    return [line.cells for line in open_table(path, wanted=WANTED, **more).lines()]


# ---- CSV --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encoding_is_told_by_the_file(encoding: str, tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "Child ID,Start\nRenée,Ł\n".encode(encoding))
    assert read(path) == [("Renée", "Ł")]
    assert not open_table(path, wanted=WANTED).notes


def test_windows_text_is_read_and_said_aloud(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "Child ID,Start\nC1,x\nRenée – “the” £5,x\n".encode("cp1252"))
    opened = open_table(path, wanted=WANTED)
    assert [line.cells[0] for line in opened.lines()] == ["C1", "Renée – “the” £5"]
    assert len(opened.notes) == 1 and "Line 3 is not UTF-8" in opened.notes[0] and "cp1252" in opened.notes[0]
    assert not open_table(path, wanted=WANTED, encoding="cp1252").notes


@pytest.mark.parametrize(
    ("content", "encoding", "says"),
    [
        (b"Child ID,Start\nC1,\x81\xff\n", "", "line 2 is not text in utf-8"),
        (b"Child ID,Start\n\n\nC1,\xff\n", "utf-8", "line 4 is not text in utf-8"),
        (b"Child ID,Start\n", "latin-42", "'latin-42' is not an encoding read here"),
        (b"", "", "the file is empty"),
        (b"PK\x03\x04rest", "", "packed file"),
        (b"\n\n\n", "", "none of the headings"),
        (b"Kind,Begin\n1,2\n", "", "the fullest row holds: Kind, Begin"),
        (b'Child ID,Start\nC1,"open\nC2,x\n', "", "a quotation mark on line 2 is not closed"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(
    content: bytes, encoding: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(CaseReviewError, match=says.replace("(", r"\(")) as refused:
        list(open_table(written(tmp_path / "t.csv", content), wanted=WANTED, encoding=encoding).lines())
    assert refused.value.remedy and "\n" not in str(refused.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_the_separator_and_the_line_ends_are_told_by_the_file(delimiter: str, ending: str, tmp_path: Path) -> None:
    lines = [delimiter.join(cells) for cells in (("Child ID", "Start", "Note"), ("C1", "x", '"a,b;c\td|e"'))]
    assert read(written(tmp_path / "t.csv", ending.join(lines).encode())) == [("C1", "x", "a,b;c\td|e")]


def test_quotes_lines_within_cells_and_empty_rows(tmp_path: Path) -> None:
    content = b'Child ID,Start\nC1,"two\nlines, ""quoted"""\n\n ,\nC2,5" nail\nC3,"a"b\nC4,x\n'
    lines = list(open_table(written(tmp_path / "t.csv", content), wanted=WANTED).lines())
    assert [(line.number, line.cells[0]) for line in lines] == [(2, "C1"), (6, "C2"), (7, "C3"), (8, "C4")]
    assert lines[0].cells[1] == 'two\nlines, "quoted"' and lines[1].cells[1] == '5" nail'
    assert [bool(line.fault) for line in lines] == [False, False, True, False]


def test_the_headings_are_found_below_titles_in_any_order_whatever_their_capitals(tmp_path: Path) -> None:
    content = b"Report of the day\n,,\nStart , note,CHILD  id\n08/01/2024,x,C1\n"
    opened = open_table(written(tmp_path / "t.csv", content), wanted=WANTED)
    assert (opened.heading_line, opened.column("Child ID"), opened.column("start")) == (3, 2, 0)
    assert [line.number for line in opened.lines()] == [4]


def test_headings_that_stand_twice_are_told(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", [("C1", "08/01/2024", "")], ["Child ID", "Start", "start"])
    with pytest.raises(CaseReviewError, match=r"line 6: columns\.opened: the table has more than one column “Start”"):
        import_table(desk(in_memory()), path, mapping(tmp_path / "m.toml", MAPPING.partition("closed")[0]))


# ---- workbooks ----------------------------------------------------------------------------------------------------
def book(path: Path, *rows: Sequence[object], more: Callable[[Any], object] | None = None) -> Path:
    made: Any = Workbook()
    for row in rows:
        made.active.append(row)
    if more:
        more(made)
    made.save(path)
    return path


def test_a_workbook_gives_its_cells_as_they_are_and_works_nothing_out(tmp_path: Path) -> None:
    heads, one, two = ["Child ID", "Start", "Note"], [17, EIGHTH, "=1+1"], ["C2", "x", True]
    path = book(tmp_path / "t.xlsx", heads, one, two)
    rows = read(path)
    assert rows == [(17, date(2024, 1, 8), "=1+1"), ("C2", "x", True)]
    assert isinstance(rows[0][2], sheets_in.Formula)


def test_merged_and_blank_headings(tmp_path: Path) -> None:
    def merge(made: Any) -> None:
        made.active.merge_cells("A1:C1")

    rows: list[list[object]] = [["A title over all", None, None], ["Child ID", None, "Start"], ["C1", None, "x"]]
    assert read(book(tmp_path / "t.xlsx", *rows, more=merge)) == [("C1", None, "x")]


def test_a_formula_where_a_day_should_be_is_refused_and_said(tmp_path: Path) -> None:
    store = in_memory()
    path = book(tmp_path / "t.xlsx", list(COLUMNS), ["C1", "=TODAY()"], ["=A1", EIGHTH], [7, 45300])
    report = import_table(desk(store), path, mapping(tmp_path / "m.toml"))
    assert report.refused == 3 and not cases(store)
    assert "“Start” holds a formula (=TODAY()), which is not worked out here" in report.problems[0].says
    assert "“Child ID” holds a formula (=A1)" in report.problems[1].says
    assert "“Start” holds the number 45300 and not a day" in report.problems[2].says


def test_which_sheet_is_meant(tmp_path: Path) -> None:
    def two(made: Any) -> None:
        made.active.title = "First"
        for name in ("Second", "Notes"):
            made.create_sheet(name).append(["Child ID", "Start"] if name == "Second" else ["Read me"])
        made["Second"].append(["C2", "y"])

    path = book(tmp_path / "t.xlsx", ["Child ID", "Start"], ["C1", "x"], more=two)
    with pytest.raises(CaseReviewError, match="more than one sheet could be meant: First, Second"):
        read(path)
    assert read(path, sheet="second") == [("C2", "y")]
    with pytest.raises(CaseReviewError, match=r"no sheet “Secnd”.*Did you mean Second"):
        read(path, sheet="Secnd")


def test_a_cell_far_to_the_right_is_no_row_of_the_table(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", ["Child ID", "Start"], ["C1", "x", None, "astray"])
    (line,) = open_table(path, wanted=WANTED).lines()
    assert "to the right of the last heading" in line.fault

    def far(made: Any) -> None:
        made.active["ZZZ3"] = "astray"

    with pytest.raises(CaseReviewError, match="goes beyond"):
        read(book(tmp_path / "u.xlsx", ["Child ID", "Start"], more=far))


def repacked(path: Path, change: Callable[[str, bytes], bytes], **more: bytes) -> Path:
    """The same workbook with the content of its parts changed, and further ones."""
    target = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return target


def plain(tmp_path: Path) -> Path:
    return book(tmp_path / "t.xlsx", ["Child ID", "Start"], ["C1", "x"])


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda p: repacked(p, lambda n, c: c.replace(b"<worksheet", LAUGHS + b"<worksheet")), "inner definition"),
        (lambda p: repacked(p, lambda n, c: c, **{"bomb.bin": b"\0" * 20_000_000}), "several hundred times"),
        (lambda p: repacked(p, lambda n, c: c[: len(c) // 2] if "sheet1" in n else c), "damaged"),
        (lambda p: repacked(p, lambda n, c: b"<a/>" if "workbook.xml" in n else c), "damaged|no text in it"),
        (lambda p: repacked(p, lambda n, c: c.replace(b'r="2"', b'r="99999999"')), "goes beyond|damaged"),
        (lambda p: written(p, p.read_bytes()[:-60]), "not a whole workbook"),
        (lambda p: written(p, b"PK\x03\x04" + b"\x07" * 500), "not a whole workbook"),
        (lambda p: written(p, b"\xd0\xcf\x11\xe0" + b"\0" * 500), "older workbook"),
        (lambda p: written(p, b""), "empty"),
        (lambda p: written(p.with_suffix(".xls"), b"\xd0\xcf\x11\xe0"), "a file ending in .xls is not read"),
        (lambda p: p.with_name("no.xlsx"), "No such file"),
        (lambda p: p.parent / "a\0b.xlsx", "cannot be used"),
    ],
)  # fmt: skip
def test_what_is_no_whole_workbook_is_refused_in_one_line(
    make: Callable[[Path], Path], says: str, tmp_path: Path
) -> None:
    path = make(plain(tmp_path))
    began = time.monotonic()
    with pytest.raises(CaseReviewError, match=says) as refused:
        read(path)
    assert "\n" not in str(refused.value) and refused.value.remedy and time.monotonic() - began < 20


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "u.xlsx", ["Child ID", "Start"], *[["C1", "x"]] * 9_000)
    with pytest.raises(CaseReviewError, match="unpacks to more than"):
        read(path, max_bytes=path.stat().st_size + 1)
    monkeypatch.setattr(sheets_in, "MAX_PARTS", 3)
    with pytest.raises(CaseReviewError, match="packed from more than"):
        read(plain(tmp_path))


def test_a_file_past_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    for name in ("t.csv", "t.xlsx"):
        path = table(tmp_path / name, [(f"C{n}", "08/01/2024") for n in range(500)])
        with pytest.raises(CaseReviewError, match="larger than") as refused:
            open_table(path, wanted=WANTED, max_bytes=1000)
        assert "--max-size" in str(refused.value)


def test_nothing_is_changed_where_the_file_breaks_off_at_its_end(tmp_path: Path) -> None:
    store = in_memory()
    path = table(tmp_path / "t.csv", [(f"C{n}", "08/01/2024") for n in range(700)])
    path.write_bytes(path.read_bytes() + b'C9,"open\n\n')
    with pytest.raises(CaseReviewError, match="line 702 is not closed"):
        import_table(desk(store), path, mapping(tmp_path / "m.toml"))
    assert not cases(store)


# ---- single cells ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("08/01/2024", date(2024, 1, 8)), ("8/1/2024", date(2024, 1, 8)), ("2024-01-08", date(2024, 1, 8)),
        ("08/01/2024 00:00", date(2024, 1, 8)), ("2024-01-08T09:30:00", date(2024, 1, 8)),
        (date(2024, 1, 8), date(2024, 1, 8)), (None, None), ("  ", None),
        ("01/13/2024", None), ("8/1/24", None), ("8 Jan 2024", None), (45299, None), (45299.5, None), (True, None),
        ("2024/01/08", None), ("٠٨/٠١/٢٠٢٤", None), (date(2345, 1, 1), None), ("08/01/1824", None), ("today", None),
    ],
)  # fmt: skip
def test_days_are_read_and_never_guessed(cell: object, expected: date | None) -> None:
    empty = cell is None or str(cell).isspace()
    if expected is None and not empty:
        with pytest.raises(CaseReviewError):
            read_day(cell, EITHER)  # type: ignore[arg-type]
    else:
        assert read_day(cell, EITHER) == expected  # type: ignore[arg-type]


def test_the_way_of_writing_days_can_be_named() -> None:
    assert read_day("01/08/2024", ("mm/dd/yyyy",)) == date(2024, 1, 8)
    assert read_day(20240108, ("yyyymmdd",)) == date(2024, 1, 8)
    with pytest.raises(CaseReviewError):
        read_day("2024-01-08", ("dd.mm.yyyy",))


def test_an_id_a_spreadsheet_has_rounded_is_refused() -> None:
    assert (read_id(17), read_id(17.0), read_id(" 0017 ")) == ("17", "17", "0017")
    for wrong in (1.5, 1e17, True, date(2024, 1, 8)):
        with pytest.raises(CaseReviewError):
            read_id(wrong)


def test_the_workbooks_of_these_tests_are_real_ones(tmp_path: Path) -> None:
    made: Any = load_workbook(plain(tmp_path))
    assert made.active["A2"].value == "C1"


def test_no_letter_of_a_refused_row_is_lost_to_the_encoding_the_mapping_names(tmp_path: Path) -> None:
    """A workbook holds any letter; a mapping made for the CSV files of another program names an encoding of few."""
    row = {"Child ID": "C1", "Start": "soon", "Words": "Łukasz said “no”"}
    book = table(tmp_path / "t.xlsx", [[row.get(name, "") for name in COLUMNS]])
    plan = mapping(tmp_path / "m.toml", f'encoding = "cp1252"\n{MAPPING}')
    left = tmp_path / "left.csv"
    assert import_table(desk(in_memory()), book, plan, errors=str(left)).refused == 1
    (line,) = open_table(left, wanted=COLUMNS, encoding="cp1252").lines()
    assert row["Words"] in line.cells
    again = import_table(desk(in_memory()), left, plan)
    assert (again.read, again.refused) == (1, 1)
