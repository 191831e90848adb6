"""Small Annex A workbooks, tables and mappings for tests of what is read in."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADINGS: dict[int, tuple[str, ...]] = {
    2: ("Child Unique ID", "Assessment start date", "Assessment completion date", "Organisation completing assessment"),
    3: ("Child Unique ID", "Date of Referral", "Referral Source", "Referral NFA?"),
    4: ("Child Unique ID", "Continuous Assessment Start Date", "Child Seen During Continuous Assessment",
        "Continuous Assessment Date of Authorisation", "Allocated Team", "Allocated Worker"),
    5: ("Child Unique ID", "Strategy discussion initiating Section 47 Enquiry Start Date",
        "Was an Initial Child Protection Conference deemed unnecessary?", "Date of Initial Child Protection Conference",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan"),
}  # fmt: skip
COLUMNS = ("Child ID", "Start", "End", "Team", "Worker", "Seen", "Why", "Words", "Effect", "Agreed", "Source")
MAPPING = """
name = "ours"
workflow = "single-assessment-2013"
[columns]
child = "Child ID"
opened = "Start"
closed = "End"
team = "Team"
worker = "Worker"
seen = "Seen"
reason = "Why"
reason-text = "Words"
reason-effect = "Effect"
agreed = "Agreed"
"record.referral.source" = "Source"
"""


def annex(
    path: Path, lists: Mapping[int, Sequence[Sequence[Any]]], *, headings: Mapping[int, Sequence[str]] = HEADINGS,
    above: int = 0, names: Mapping[int, str] | None = None,
) -> Path:  # fmt: skip
    """A workbook with these rows in its lists; `above`: how many rows of titles stand over the headings."""
    book: Any = Workbook()
    book.remove(book.active)
    for number, rows in lists.items():
        sheet = book.create_sheet((names or {}).get(number, f"List {number}"))
        for line in range(above):
            sheet.append([f"Annex A, line {line}"])
        sheet.append(list(headings[number]))
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def table(
    path: Path, rows: Sequence[Sequence[Any]], columns: Sequence[str] = COLUMNS, *, encoding: str = "utf-8",
    delimiter: str = ",",
) -> Path:  # fmt: skip
    """A table as CSV or, by its ending, as a workbook; short rows are filled up."""
    full = [[*row, *[""] * (len(columns) - len(row))] for row in rows]
    if path.suffix == ".xlsx":
        book: Any = Workbook()
        book.active.append(list(columns))
        for row in full:
            book.active.append([None if cell == "" else cell for cell in row])
        book.save(path)
        return path
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows([columns, *full])
    return path


def mapping(path: Path, text: str = MAPPING) -> Path:
    path.write_text(text, "utf-8")
    return path
