"""The rows that were refused, exactly as they came and with the reason, to be mended and fed back in."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from casereview.errors import CaseReviewError
from casereview.exchange.sheets_in import Cell
from casereview.exchange.table_in import WHY, Line, Table, neutral
from casereview.text import shown


def must_be_free(path: str) -> None:
    """Raises CaseReviewError now, and not when everything has been read, where the file cannot be a new one."""
    where = shown(path, width=200)
    try:
        taken, folder = os.path.lexists(path), os.path.isdir(Path(path).absolute().parent)  # noqa: PTH112
    except (OSError, ValueError):
        raise CaseReviewError("this cannot be the name of a file", where=where, remedy="Choose another.") from None
    if taken:
        raise CaseReviewError("there is something of that name already", where=where, remedy="Choose another name.")
    if not folder:
        raise CaseReviewError("there is no such folder", where=where, remedy="Name a file in a folder that exists.")
    if Path(path).suffix.casefold() not in (".csv", ".tsv"):
        raise CaseReviewError("refused rows are written as .csv or .tsv", where=where, remedy="Give it that ending.")


def write_refused(
    path: str, table: Table, refused: Sequence[tuple[Line, str]], *, encoding: str, separator: str, date_format: str
) -> None:
    """Writes the file, for its owner's eyes only: the reason first, then the row as it came.

    In the separator and way of writing days that the mapping names, and in its encoding where that has every letter,
    so that it can be read back with it. Raises CaseReviewError.
    """
    text = io.StringIO(newline="")
    ending = Path(path).suffix.casefold()
    writer = csv.writer(text, delimiter=separator or ("\t" if ending == ".tsv" else ","), quoting=csv.QUOTE_ALL)
    writer.writerow([WHY, *(neutral(one) for one in table.headings)])
    for line, says in refused:
        why = neutral(f"line {line.number}: {shown(says)}")
        writer.writerow([why, *(neutral(_as_it_came(cell, date_format)) for cell in line.cells)])
    try:
        content = text.getvalue().encode(encoding or "utf-8-sig")
    except UnicodeEncodeError:  # a workbook holds any letter; the mark a file in UTF-8 begins with tells it when read
        content = text.getvalue().encode("utf-8-sig", errors="replace")
    save_new(path, content)


def save_new(path: str, content: bytes) -> None:
    """Writes a file that must not exist yet, for its owner's eyes only. Raises CaseReviewError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as stream:
            try:
                stream.write(content)
                stream.flush()
            except OSError:
                with suppress(OSError):
                    Path(path).unlink()  # half of it would pass for the whole
                raise
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the name cannot be used"
        raise CaseReviewError(f"this file cannot be written: {why}", where=shown(path, width=200),
                              remedy="Choose another name.") from None  # fmt: skip


def _as_it_came(cell: Cell, date_format: str) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        form = date_format or "yyyy-mm-dd"
        parts = {"yyyy": f"{cell.year:04}", "mm": f"{cell.month:02}", "dd": f"{cell.day:02}"}
        for name, text in parts.items():
            form = form.replace(name, text)
        return form
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)
