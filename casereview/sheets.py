"""Writes tables that open in a spreadsheet as the text they are, never as formulas to run."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TextIO

from casereview.text import shown

# A cell beginning with one of these is run by at least one spreadsheet (CWE-1236). The second line holds
# full-width and small forms, which some read as the plain ones.
_STARTS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠﹢﹣﹦﹫−")


def cell(value: object) -> str:
    """One value as the text of a cell: nothing for None, yes/no, ISO dates, plain numbers, safe text.

    Text that a spreadsheet would run as a formula gets a leading apostrophe, also when it is the text of a
    number ("-1"); numbers themselves (-1) stay numbers.
    """
    if value is None:
        return ""
    if isinstance(value, Enum):
        return cell(value.value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _is_number(value):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return _harmless(str(value))


def write_csv(stream: TextIO, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a heading and rows by the rules of `cell`, and return how many rows were written.

    Open the stream with newline="" (and encoding="utf-8-sig" where Excel will read it). All text is quoted,
    so that a spreadsheet set to split at semicolons cannot cut a cell in two and run its second half.
    """
    writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([cell(name) for name in header])
    count = 0
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"row {count + 1} has {len(row)} cells, the heading {len(header)}")
        writer.writerow([value if _is_number(value) else cell(value) for value in row])
        count += 1
    return count


def _is_number(value: object) -> bool:
    if isinstance(value, bool | Enum):
        return False
    return isinstance(value, int | float | Decimal) and math.isfinite(value)


def _harmless(text: str) -> str:
    safe = shown(text, one_line=False)
    # Spreadsheets skip leading spaces before deciding what a cell is, so look past them.
    risky = text.startswith(_STARTS_A_FORMULA) or safe.lstrip().startswith(_STARTS_A_FORMULA)
    return f"'{safe}" if risky else safe
