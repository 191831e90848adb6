"""Reads single cells of a table: days, yes or no, ids and words; nothing is guessed."""

from __future__ import annotations

import re
from datetime import date

from casereview.errors import CaseReviewError
from casereview.exchange.sheets_in import Cell, Formula
from casereview.text import EARLIEST, LATEST, NAME_LIMIT, clean, shown

_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"  # a time of day beside it says nothing of the day
# Which of the three parts is which; two figures for a year are never taken.
DATE_FORMATS: dict[str, str] = {
    "dd/mm/yyyy": r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})",
    "yyyy-mm-dd": r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})",
    "dd-mm-yyyy": r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})",
    "dd.mm.yyyy": r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})",
    "yyyymmdd": r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})",
    "mm/dd/yyyy": r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})",
}
EITHER = ("dd/mm/yyyy", "yyyy-mm-dd")  # what is read where a mapping names none: neither can be taken for the other
YES = ("yes", "y", "true", "1")
NO = ("no", "n", "false", "0")
_OPTION = re.compile(r"[a-z]\)\s*", re.IGNORECASE)  # "a) Yes", as the lists of Annex A number their answers


def words(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, days as 2024-03-05; "" when it is empty."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return " ".join(clean(cell, limit=NAME_LIMIT).split()) if isinstance(cell, str) else str(cell)


def read_day(cell: Cell, formats: tuple[str, ...] = EITHER) -> date | None:
    """The day in a cell; None when it is empty. Raises CaseReviewError: a number or another form is not guessed at."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, Formula):
        raise CaseReviewError(f"holds a formula ({shown(cell, width=40)}), which is not worked out here: "
                              "save the sheet with its values")  # fmt: skip
    if isinstance(cell, date):
        return _within(cell)
    if isinstance(cell, bool | int | float) and "yyyymmdd" not in formats:
        raise CaseReviewError(f"holds the number {cell} and not a day: format the column as a date")
    text = str(cell).strip()
    for form in formats:
        if found := re.fullmatch(DATE_FORMATS[form] + _TIME, text, re.ASCII):
            try:
                return _within(date(int(found["y"]), int(found["m"]), int(found["d"])))
            except ValueError:
                raise CaseReviewError(f"holds “{shown(text, width=40)}”, and there is no such day ({form})") from None
    raise CaseReviewError(f"holds “{shown(text, width=40)}”, which is not a day written as {' or '.join(formats)}")


def _within(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise CaseReviewError(f"holds {day}, which lies outside {EARLIEST.year} to {LATEST.year}")
    return day


def read_yes_no(cell: Cell) -> bool | None:
    """Yes or no; None for an empty cell. Raises CaseReviewError for anything else."""
    text = _OPTION.sub("", words(cell), count=1).casefold()
    if not text:
        return None
    if text in YES or text in NO:
        return text in YES
    raise CaseReviewError(f"holds “{shown(words(cell), width=40)}”, which is neither yes nor no")


def read_id(cell: Cell) -> str:
    """An opaque id. Raises CaseReviewError where it is none, or where a spreadsheet has rounded it."""
    if isinstance(cell, Formula):
        raise CaseReviewError(f"holds a formula ({shown(cell, width=40)}): save the sheet with its values")
    if isinstance(cell, float) and not (cell.is_integer() and abs(cell) < 1e15):
        raise CaseReviewError(f"holds {cell}, no id: a spreadsheet has made a number of it; format the column as text")
    if isinstance(cell, bool | date):
        raise CaseReviewError("is no id: format the column as text")
    found = clean(words(cell), limit=60).strip()
    if found and not any(map(str.isalnum, found)):
        raise CaseReviewError("holds neither a letter nor a figure")
    return found
