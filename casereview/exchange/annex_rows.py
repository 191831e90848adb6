"""The rows of Annex A as plain values, each with everything that is wrong with it; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casereview.errors import CaseReviewError
from casereview.exchange.annex_lists import AnnexRow
from casereview.exchange.landing_rows import SOURCES
from casereview.exchange.sheets_in import Cell, Formula
from casereview.exchange.table_in_values import EITHER, read_day, read_id, read_yes_no, words
from casereview.text import shown

DAY_FORMATS = (*EITHER, "dd-mm-yyyy", "dd.mm.yyyy")  # the day first, or the year: none of them can be another
_LETTERED = re.compile(r"[a-z]{1,2}\)\s*", re.IGNORECASE)
_SOURCE = re.compile(r"(\d{1,2}[A-F]?)\b", re.IGNORECASE)
_GENDERS = {"male": "M", "m": "M", "1": "M", "female": "F", "f": "F", "2": "F"}
_NO_VALUE = ("#n/a", "#ref!", "#value!", "#name?", "n/a", "")  # what a lookup leaves that found nothing


@dataclass(slots=True)
class Said:
    """What one row said.

    values   everything in it but names of the child; days in ISO form
    start    the day it is about; end: of its end; seen: the day of a sight, where the list gives one
    wrong    why it cannot be used; says: what is to be told although it is kept
    """

    row: AnnexRow
    child: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None
    seen: date | None = None
    wrong: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)

    @property
    def team(self) -> str:
        return str(self.values.get("team", ""))

    @property
    def worker(self) -> str:
        return str(self.values.get("worker", ""))


def read_row(row: AnnexRow, authority: str, today: date, with_details: bool) -> Said:
    """One row of any of the lists, checked."""
    said = Said(row)
    child = _try(said, "child", read_id)
    if child:
        said.child = f"{authority}-{child}" if authority else str(child)
    elif "child" not in row.cells:
        said.wrong.append(f"“{_heading(row, 'child')}” is empty: nothing says whom it is about")
    said.start, said.end = _day(said, "start", today), _day(said, "end", today, needed=False)
    {2: _early_help, 3: _referral, 4: _assessment, 5: _enquiry}[row.listing.number](said, today)
    for name in ("team", "worker", "organisation"):
        text = _words(said, name)
        if text.casefold() not in _NO_VALUE:
            said.values[name] = text
    _details(said, today, with_details)
    return said


def _heading(row: AnnexRow, name: str) -> str:
    return row.listing.fields[name][0]


def _try(said: Said, name: str, read: Callable[[Cell], Any], keep: bool = False) -> Any:
    """The value of a field; what cannot be read refuses the row, or is told and left out where `keep`."""
    cell = said.row.cells.get(name)
    try:
        return read(cell) if cell is not None else None
    except CaseReviewError as error:
        says = f"“{_heading(said.row, name)}”{':' if error.says[:1].isupper() else ''} {error.says}"
        (said.says if keep else said.wrong).append(says)
        return None


def _day(said: Said, name: str, today: date, needed: bool = True) -> date | None:
    day: date | None = _try(said, name, lambda cell: read_day(cell, DAY_FORMATS))
    if day is not None and day > today:
        said.wrong.append(f"“{_heading(said.row, name)}” is {day}, which is still to come")
    elif day is None and needed and name not in said.row.cells and said.row.listing.number != 5:
        said.wrong.append(f"“{_heading(said.row, name)}” is empty: nothing says when it began")
    if day is not None:
        said.values[name] = day.isoformat()
    return day


def _words(said: Said, name: str) -> str:
    cell = said.row.cells.get(name)
    if isinstance(cell, Formula):
        said.says.append(f"“{_heading(said.row, name)}” holds a formula, which is not worked out here")
        return ""
    return " ".join(str(_try(said, name, words, keep=True) or "").split())


def _flag(said: Said, name: str) -> bool | None:
    """Yes or no; other words are kept as they are, and said."""
    found: bool | None = _try(said, name, read_yes_no, keep=True)
    if found is not None:
        said.values[name] = found
    elif text := _words(said, name):
        said.values[name] = text
    return found


# ---- the lists -----------------------------------------------------------------------------------------------------
def _early_help(said: Said, today: date) -> None:
    _must_end_after(said, "assessment")


def _must_end_after(said: Said, what: str) -> None:
    if said.start and said.end and said.end < said.start:
        said.wrong.append(f"the {what} ends on {said.end}, before it starts on {said.start}")


def _referral(said: Said, today: date) -> None:
    _flag(said, "nfa")
    text = _LETTERED.sub("", _words(said, "source"), count=1)
    if text:
        said.values["source"] = text
        code = _SOURCE.match(text)
        if code and code[1].upper() in SOURCES:
            said.values["source_code"] = code[1].upper()
        said.values["source_words"] = SOURCES.get(said.values.get("source_code", ""), text)
    _count(said, "earlier")


def _assessment(said: Said, today: date) -> None:
    _must_end_after(said, "assessment")
    cell = said.row.cells.get("seen")
    if isinstance(cell, date) or (isinstance(cell, str) and re.search(r"\d{4}", cell)):
        said.seen = _try(said, "seen", lambda one: read_day(one, DAY_FORMATS), keep=True)
        if said.seen is not None and said.seen > today:
            said.says.append(f"“{_heading(said.row, 'seen')}” is {said.seen}, which is still to come")
            said.seen = None
        if said.seen is not None:
            said.values["seen"] = said.seen.isoformat()
    else:
        _flag(said, "seen")
    text = _words(said, "support")
    if text:
        said.values["support"] = text


def _enquiry(said: Said, today: date) -> None:
    _flag(said, "unnecessary")
    _flag(said, "plan")
    _count(said, "enquiries")
    _count(said, "conferences")
    conference: date | None = _try(said, "conference", lambda cell: read_day(cell, DAY_FORMATS))
    if conference is not None:
        said.values["conference"] = conference.isoformat()
        if said.start and conference < said.start:
            says = f"the conference on {conference} lies before the strategy discussion on {said.start}"
            said.says.append(says)
    if said.start is None and conference is None and not said.wrong:
        said.wrong.append("neither the strategy discussion nor the conference has a day")
    elif said.start is None and conference is not None:
        said.start = min(conference, today)  # a conference without an enquiry here, as for a family that moved in


def _count(said: Said, name: str) -> None:
    text = _words(said, name)
    if text.isdecimal():
        said.values[name] = str(int(text))
    elif text:
        said.values[name] = text
        said.says.append(f"“{_heading(said.row, name)}” holds “{shown(text, width=40)}”, which is no number")


def _details(said: Said, today: date, with_details: bool) -> None:
    """What is known of the child, apart from the journal's chain; names only when they are asked for."""
    found: dict[str, str] = {}
    born = _try(said, "born", lambda cell: read_day(cell, DAY_FORMATS), keep=True)
    if born is not None:
        found["born"] = born.isoformat()
    gender = _LETTERED.sub("", _words(said, "gender"), count=1)
    if gender:
        found["sex or gender"] = _GENDERS.get(gender.casefold(), "U" if "not" in gender.casefold() else gender)
    ethnicity = _LETTERED.sub("", _words(said, "ethnicity"), count=1)
    if ethnicity:
        found["ethnicity"] = ethnicity
    disabled = _try(said, "disability", read_yes_no, keep=True)
    if disabled is not None:
        found["disabled"] = "yes" if disabled else "no"
    if with_details:
        name = _words(said, "name") or " ".join(filter(None, (_words(said, "forename"), _words(said, "surname"))))
        if name:
            found["name"] = name
    said.details = found
