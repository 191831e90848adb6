"""Lists 2 to 5 of an Annex A workbook: found by their names and headings, in whatever order they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from casereview.errors import CaseReviewError
from casereview.exchange.sheets_in import Cell, Workbook
from casereview.text import shown

LOOKED_AT = 20  # rows among which the headings are looked for
NEAR = 0.85  # how alike a heading must be to be taken for one that is misspelt
_LIST = re.compile(r"\blist[ _-]*0?(\d{1,2})\b", re.IGNORECASE)

# Headings as the workbook of 2020 has them, and as authorities are known to shorten them.
_COMMON: dict[str, tuple[str, ...]] = {
    "child": ("Child Unique ID", "Child Unique Identifier", "Child ID", "Unique ID", "Person ID"),
    "gender": ("Gender", "Sex"),
    "ethnicity": ("Ethnicity",),
    "born": ("Date of Birth", "DoB"),
    "age": ("Age", "Age of Child (Years)"),
    "disability": ("Does the Child have a Disability", "Disability"),
    "team": ("Allocated Team", "Team"),
    "worker": ("Allocated Worker", "Worker", "Allocated Social Worker"),
    "name": ("Child Name", "Name", "Child's Name", "Full Name"),
    "forename": ("Forename", "First Name", "Given Name"),
    "surname": ("Surname", "Last Name", "Family Name"),
}


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: what it is about, its headings, and the fields without which it cannot be read."""

    number: int
    title: str
    fields: dict[str, tuple[str, ...]]
    needed: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"List {self.number}"


LISTS: dict[int, Listing] = {
    2: Listing(2, "early help assessments", _COMMON | {
        "start": ("Assessment start date", "Early Help Assessment Start Date", "Start date"),
        "end": ("Assessment completion date", "Early Help Assessment Completion Date", "Completion date"),
        "organisation": ("Organisation completing assessment", "Organisation"),
    }, ("child", "start")),
    3: Listing(3, "referrals", _COMMON | {
        "start": ("Date of Referral", "Referral Date"),
        "source": ("Referral Source", "Source of Referral"),
        "nfa": ("Referral NFA?", "Referral NFA", "NFA"),
        "earlier": ("Number of Referrals in Last 12 Months", "Referrals in last 12 months"),
    }, ("child", "start")),
    4: Listing(4, "assessments", _COMMON | {
        "start": ("Continuous Assessment Start Date", "Assessment Start Date", "Single Assessment Start Date",
                  "Child and Family Assessment Start Date", "Start date"),
        "seen": ("Child Seen During Continuous Assessment", "Child Seen During Assessment", "Child Seen",
                 "Date Child Seen", "Date Child Last Seen"),
        "end": ("Continuous Assessment Date of Authorisation", "Assessment Authorisation Date",
                "Date of Authorisation", "Assessment Date of Authorisation", "Authorisation date"),
        "support": ("Was the child assessed as requiring LA children's social care support?",
                    "Assessed as requiring LA children's social care support"),
    }, ("child", "start", "end")),
    5: Listing(5, "section 47 enquiries and conferences", _COMMON | {
        "start": ("Strategy discussion initiating Section 47 Enquiry Start Date", "Strategy Discussion Date",
                  "Section 47 Enquiry Start Date", "S47 Start Date"),
        "unnecessary": ("Was an Initial Child Protection Conference deemed unnecessary?", "ICPC unnecessary?"),
        "conference": ("Date of Initial Child Protection Conference", "ICPC Date", "Date of ICPC"),
        "plan": ("Did the Initial Child Protection Conference Result in a Child Protection Plan",
                 "Did the ICPC result in a Child Protection Plan"),
        "enquiries": ("Number of Section 47 Enquiries in the last 12 months",),
        "conferences": ("Number of ICPCs in the last 12 months",),
    }, ("child", "start")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One row of a list: its number in the sheet and the cells of its fields, empty ones left out."""

    listing: Listing
    number: int
    cells: dict[str, Cell]


@dataclass(slots=True)
class Found:
    """Where a list stands: its sheet, its row of headings, and which column is which field."""

    listing: Listing
    sheet: str
    heading_row: int
    columns: dict[str, int]
    headings: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    def rows(self, book: Workbook) -> Iterator[AnnexRow]:
        for number, cells in book.rows(self.sheet):
            if number > self.heading_row and any(cell is not None for cell in cells):
                held = {name: cells[at] for name, at in self.columns.items() if at < len(cells)}
                yield AnnexRow(self.listing, number, {name: cell for name, cell in held.items() if cell is not None})


def find_lists(book: Workbook, where: str) -> dict[int, Found]:
    """The lists of a workbook by number. Raises CaseReviewError where there is none, or one lacks what it needs."""
    found: dict[int, Found] = {}
    others = []
    for sheet in book.names:
        named = _LIST.search(sheet)
        number = int(named[1]) if named else 0
        if number in LISTS and number not in found:
            found[number] = _find(book, sheet, LISTS[number], where)
        elif number in found:
            raise CaseReviewError(f"List {number} is there twice ({shown(sheet, width=40)})", where=where,
                                  remedy="Take one of the two sheets out.")  # fmt: skip
        elif not number:
            others.append(sheet)
    for sheet in others:  # a list whose sheet has another name is known by its headings
        for number, listing in LISTS.items():
            if number not in found and (seen := _fits(book, sheet, listing)) is not None:
                found[number] = seen
                break
    if not found:
        held = ", ".join(shown(name, width=40) for name in book.names[:12])
        raise CaseReviewError(f"none of Lists 2 to 5 of Annex A is in this workbook; its sheets: {held}", where=where,
                              remedy="Name the sheets List 2 to List 5.")  # fmt: skip
    return dict(sorted(found.items()))


def plain(heading: object) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", str(heading).casefold().replace("'", "").replace("’", "")).split())


def _find(book: Workbook, sheet: str, listing: Listing, where: str) -> Found:
    rows = _first(book, sheet)
    best = max(range(len(rows)), key=lambda at: (len(_exact(rows[at], listing)), -at), default=None)
    if best is None:
        return Found(listing, sheet, 0, {}, notes=[f"{listing.name} is empty."])
    cells = rows[best]
    columns, notes = _exact(cells, listing), []
    _must_be_single(cells, listing, where)
    for name, heading, at in _nearly(cells, listing, columns):
        columns[name] = at
        notes.append(f"{listing.name}: “{shown(heading, width=60)}” was read as “{listing.fields[name][0]}”.")
    missing = [listing.fields[name][0] for name in listing.needed if name not in columns]
    headings = tuple("" if cell is None else str(cell) for cell in cells)
    if missing:
        held = ", ".join(shown(one, width=40) for one in headings[:12] if one)
        raise CaseReviewError(f"{listing.name} has no column “{missing[0]}”; its row {best + 1} holds: {held}",
                              where=where, remedy="Give the column that heading.")  # fmt: skip
    taken = set(columns.values())
    left = [shown(one, width=40) for at, one in enumerate(headings) if one and at not in taken]
    if left:
        notes.append(f"{listing.name}: columns that are not taken: {', '.join(left)}.")
    return Found(listing, sheet, best + 1, columns, headings, notes)


def _fits(book: Workbook, sheet: str, listing: Listing) -> Found | None:
    """The list in a sheet of another name, where its own headings, not only those all lists share, are there."""
    own = {name for name in listing.fields if name not in _COMMON}
    for at, cells in enumerate(_first(book, sheet)):
        columns = _exact(cells, listing)
        if set(listing.needed) <= columns.keys() and len(own & columns.keys()) >= min(3, len(own)):
            note = f"The sheet “{shown(sheet, width=40)}” was read as {listing.name}, {listing.title}, by its headings."
            headings = tuple("" if cell is None else str(cell) for cell in cells)
            return Found(listing, sheet, at + 1, columns, headings, [note])
    return None


def _first(book: Workbook, sheet: str) -> list[tuple[Cell, ...]]:
    rows = []
    for number, cells in book.rows(sheet):
        rows.append(cells)
        if number == LOOKED_AT:
            break
    return rows


def _exact(cells: tuple[Cell, ...], listing: Listing) -> dict[str, int]:
    """The columns whose headings are those of a field, capitals, points and spaces aside."""
    places: dict[str, int] = {}
    for at, cell in enumerate(cells):
        if isinstance(cell, str):
            places.setdefault(plain(cell), at)
    found: dict[str, int] = {}
    for name, spellings in listing.fields.items():
        at_ = next((places[plain(one)] for one in spellings if plain(one) in places), None)
        if at_ is not None and at_ not in found.values():
            found[name] = at_
    return found


def _must_be_single(cells: tuple[Cell, ...], listing: Listing, where: str) -> None:
    held = [plain(cell) for cell in cells if isinstance(cell, str) and plain(cell)]
    known = {plain(one) for spellings in listing.fields.values() for one in spellings}
    twice = next((one for one in held if held.count(one) > 1 and one in known), None)
    if twice is not None:
        raise CaseReviewError(f"{listing.name} has more than one column “{shown(twice, width=60)}”", where=where,
                              remedy="Take one of the two out, or give it another heading.")  # fmt: skip


def _nearly(
    cells: tuple[Cell, ...], listing: Listing, columns: dict[str, int]
) -> Iterator[tuple[str, str, int]]:  # fmt: skip
    """Headings that are misspelt: close to one of a field that has no column yet, and to no other."""
    import difflib

    open_ = {plain(one): name for name, held in listing.fields.items() if name not in columns for one in held}
    done: set[str] = set()
    for at, cell in enumerate(cells):
        if not isinstance(cell, str) or at in columns.values():
            continue
        near = difflib.get_close_matches(plain(cell), list(open_), n=1, cutoff=NEAR)
        if near and open_[near[0]] not in done:
            done.add(open_[near[0]])
            yield open_[near[0]], cell, at


