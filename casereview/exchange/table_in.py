"""A table somebody kept elsewhere, CSV or workbook: its headings, and its rows with what is wrong with each."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casereview.errors import CaseReviewError, did_you_mean
from casereview.exchange.sheets_in import MAX_BYTES, MAX_CELL, MAX_COLUMNS, Cell, Workbook
from casereview.exchange.table_in_text import TextRow, TextTable
from casereview.text import shown

WHY = "left out because (casereview)"
"""The first column of a file of refused rows: what it says is for the person who mends them."""
BOOKS = (".xlsx", ".xlsm")
LOOKED_AT = 20  # rows among which the headings are looked for
_SPACES = re.compile(r"\s+")
# As in casereview/sheets.py: a cell that begins so is run by at least one spreadsheet (CWE-1236).
_RISKY = tuple("=+-@\t\r\n＝＋－＠﹢﹣﹦﹫−")


def same(heading: object) -> str:
    """A heading as it is compared: neither capitals nor spaces make another of it."""
    return _SPACES.sub(" ", str(heading)).strip().casefold()


def neutral(text: str) -> str:
    """Text that no spreadsheet runs; `as_it_was` gives it back, whatever it was."""
    return f"'{text}" if text.lstrip("' ").startswith(_RISKY) or text.startswith(_RISKY) else text


def as_it_was(text: str) -> str:
    return text[1:] if text.startswith("'") and neutral(text[1:]) != text[1:] else text


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file (the line on which it begins), its cells, and why it cannot be used."""

    number: int
    cells: tuple[Cell, ...]
    fault: str = ""


@dataclass(slots=True)
class Table:
    """Where the table of a file stands: read it with `lines`, as often as wanted.

    headings  as they were found, "" for a column without one
    notes     what the reader had to decide, to be said aloud
    mended    it is a file of rows refused earlier: the first column said why, and is gone
    """

    path: str
    max_bytes: int
    headings: tuple[str, ...]
    heading_line: int
    sheet: str = ""
    text: TextTable | None = None
    notes: list[str] = field(default_factory=list)
    mended: bool = False

    def lines(self, progress: Callable[[int, int], None] | None = None) -> Iterator[Line]:
        """The rows below the headings, empty ones left out. Raises CaseReviewError for the file as a whole."""
        if self.text is not None:
            for row in self.text.rows(progress):
                if row.number > self.heading_line and not _is_empty(row.cells):
                    yield self._text_line(row)
            return
        with Workbook(self.path, max_bytes=self.max_bytes) as book:
            for number, cells in book.rows(self.sheet):
                if number > self.heading_line and not _is_empty(cells):
                    yield self._sheet_line(number, cells)
                if progress is not None and not number % 500:
                    progress(number, 0)

    def column(self, heading: str) -> int | None:
        """The place of a heading; of two alike, the first."""
        wanted = same(heading)
        return next((at for at, held in enumerate(self.headings) if same(held) == wanted), None)

    def twice(self) -> list[str]:
        """Headings that stand over more than one column."""
        names = [same(held) for held in self.headings]
        return [held for at, held in enumerate(self.headings) if held and same(held) in names[:at]]

    def _text_line(self, row: TextRow) -> Line:
        cells, fault = row.cells, row.fault
        if self.mended:
            cells = tuple(as_it_was(cell) for cell in cells[1:])
        wide, count = len(self.headings), len(cells)
        if not fault and (count < wide or any(cells[wide:])):
            fault = (
                f"it has {count} cells where the headings are {wide}: a cell is missing, or the row was cut short"
                if count < wide
                else f"it has {count} cells where the headings are {wide}: a text holds the separator without quotes"
            )
        return Line(row.number, cells, fault)

    def _sheet_line(self, number: int, cells: tuple[Cell, ...]) -> Line:
        if self.mended:
            cells = tuple(as_it_was(cell) if type(cell) is str else cell for cell in cells[1:])
        wide = len(self.headings)
        fault = ""
        if any(cell is not None for cell in cells[wide:]):
            fault = f"it has a cell to the right of the last heading (column {wide + 1} or later)"
        elif any(isinstance(cell, str) and len(cell) > MAX_CELL for cell in cells):
            fault = f"a cell is longer than {MAX_CELL:,} characters"
        return Line(number, cells[:wide] + (None,) * (wide - len(cells)) if not fault else cells, fault)


def _is_empty(cells: tuple[Cell, ...] | tuple[str, ...]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


# ---- opening ---------------------------------------------------------------------------------------------------
def open_table(
    path: str | os.PathLike[str], *, wanted: Collection[str] = (), sheet: str = "", encoding: str = "",
    delimiter: str = "", max_bytes: int = MAX_BYTES,
) -> Table:  # fmt: skip
    """The table of a .csv, .tsv or .xlsx file, its headings found by the names `wanted` (or as the widest row).

    Raises CaseReviewError when the file as a whole cannot be read to its end; nothing has been changed then.
    """
    name = os.fspath(path)
    ending = Path(name).suffix.casefold()
    if ending in BOOKS:
        table = _of_workbook(name, wanted, sheet, max_bytes)
    elif ending in (".csv", ".tsv", ".txt", ".tab"):
        if sheet:
            raise CaseReviewError(f"a {ending} file has no sheets", where=shown(name, width=200),
                                  remedy="Leave out --sheet.")  # fmt: skip
        table = _of_text(name, wanted, encoding, delimiter or ("\t" if ending in (".tsv", ".tab") else ""), max_bytes)
    else:
        raise CaseReviewError(
            f"a file ending in {shown(ending, width=20) or 'nothing'} is not read here", where=shown(name, width=200),
            remedy="Save it as .csv, .tsv or .xlsx.",
        )  # fmt: skip
    if table.headings and same(table.headings[0]) == same(WHY):
        table.headings, table.mended = table.headings[1:], True
    return table


def _of_text(path: str, wanted: Collection[str], encoding: str, delimiter: str, max_bytes: int) -> Table:
    text = TextTable.opened(path, encoding, max_bytes)
    text.delimiter = delimiter or text.likely_delimiter([same(one) for one in wanted])
    first = text.first(LOOKED_AT)
    at = _heading_row([tuple(row.cells) for row in first], wanted)
    if at is None:
        raise _no_headings(path, wanted, [tuple(row.cells) for row in first])
    headings = tuple(_SPACES.sub(" ", cell).strip() for cell in first[at].cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    if len(headings) > MAX_COLUMNS:
        raise CaseReviewError(f"the table has more than {MAX_COLUMNS} columns", where=shown(path, width=200),
                              remedy="Take out the columns that are not needed.")  # fmt: skip
    return Table(path, max_bytes, headings, first[at].number, text=text, notes=list(text.notes))


def _of_workbook(path: str, wanted: Collection[str], sheet: str, max_bytes: int) -> Table:
    with Workbook(path, max_bytes=max_bytes) as book:
        names = book.names
        chosen = next((name for name in names if same(name) == same(sheet)), "") if sheet else ""
        if sheet and not chosen:
            raise CaseReviewError(f"the workbook has no sheet “{shown(sheet, width=60)}”", where=shown(path, width=200),
                                  remedy=did_you_mean(sheet, [shown(name, width=60) for name in names]))  # fmt: skip
        found: list[tuple[str, int, tuple[Cell, ...]]] = []
        tried: list[tuple[Cell, ...]] = []
        for name in [chosen] if chosen else names:
            first = _first_rows(book, name)
            tried += first
            at = _heading_row(first, wanted)
            if at is not None:
                found.append((name, at + 1, first[at]))
    if not found:
        raise _no_headings(path, wanted, tried)
    if len(found) > 1:
        held = ", ".join(shown(name, width=40) for name, _, _ in found)
        raise CaseReviewError(f"more than one sheet could be meant: {held}", where=shown(path, width=200),
                              remedy="Name it with --sheet.")  # fmt: skip
    name, number, cells = found[0]
    headings = tuple("" if cell is None else _SPACES.sub(" ", str(cell)).strip() for cell in cells)
    while headings and not headings[-1]:
        headings = headings[:-1]
    return Table(path, max_bytes, headings, number, sheet=name)


def _first_rows(book: Workbook, sheet: str) -> list[tuple[Cell, ...]]:
    rows = []
    for number, cells in book.rows(sheet):
        rows.append(cells)
        if number == LOOKED_AT:
            break
    return rows


def _heading_row(rows: list[tuple[Cell, ...]], wanted: Collection[str]) -> int | None:
    """The row with most of the headings wanted; with none wanted, the first of the rows with most texts."""
    names = {same(one) for one in wanted}

    def count(row: tuple[Cell, ...]) -> int:
        texts = {same(cell) for cell in row if isinstance(cell, str) and cell.strip()}
        return len(texts & (names | {same(WHY)})) if names else len(texts)

    best = max(range(len(rows)), key=lambda at: (count(rows[at]), -at), default=None)
    return None if best is None or not count(rows[best]) else best


def _no_headings(path: str, wanted: Collection[str], rows: list[tuple[Cell, ...]]) -> CaseReviewError:
    where = shown(path, width=200)
    if not wanted:
        return CaseReviewError("there is no row of headings", where=where, remedy="The first row names the columns.")
    held = max(rows, key=lambda row: sum(isinstance(cell, str) for cell in row), default=())
    names = [shown(cell, width=40) for cell in held if isinstance(cell, str) and cell.strip()]
    here = f"the fullest row holds: {', '.join(names[:12])}" if names else "there is no text in it"
    missing = shown(", ".join(list(wanted)[:6]), width=200)
    return CaseReviewError(f"none of the headings of the mapping is in its first {LOOKED_AT} rows ({missing}); {here}",
                           where=where, remedy="Check that it is the right file, sheet and mapping.")  # fmt: skip
