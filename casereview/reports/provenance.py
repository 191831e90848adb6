"""Where a report comes from: the day, the store, the head of its journal, the workflows, and who prepared it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casereview.reports.document import Block, Column, Heading, Line, Note, Pair, Paragraph, Table, long_date
from casereview.views import Head


@dataclass(frozen=True, slots=True)
class InUse:
    """A workflow that cases of the report follow, or a timescale profile laid over one; `hash` is of its whole text."""

    name: str
    version: str
    hash: str
    profile: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """asked_on: the day the report was made, where it looks back on an earlier one; None otherwise"""

    day: date
    store: str
    practice: bool
    head: Head
    prepared_by: str
    about: str
    workflows: tuple[InUse, ...] = ()
    smallest: int = 5
    asked_on: date | None = None
    login: str = ""  # who made it for somebody else


def facts(source: Source, *more: Pair) -> tuple[Pair, ...]:
    """What the title page says."""
    found = [("As at", f"the end of {long_date(source.day)}" if source.asked_on else long_date(source.day)),
             ("About", source.about), *more, ("Prepared by", source.prepared_by)]  # fmt: skip
    if source.login:
        found.append(("In their name, by the login", source.login))
    if source.practice:
        found.append(("Practice store", "Everything in it is made up, for practice."))
    found += [
        ("Store", source.store),
        ("Journal", f"entry {source.head.seq:,}" if source.head.seq else "up to the entry with this hash"),
        ("Hash of that entry", source.head.hash),
    ]
    return tuple(found)


def foot(source: Source) -> str:
    entry = f"journal entry {source.head.seq:,}" if source.head.seq else "journal"
    return f"Store {source.store[:8]} · {entry} · {source.head.hash[:16]}"


def seen_by(source: Source) -> Note:
    """Law 7, said aloud: a report holds what its author may know, and nothing tells whether there is more."""
    return Note(
        f"This report holds only what {source.prepared_by} may know of. Cases with restricted access, and cases kept "
        "from somebody because of a conflict of interest, are in no list, number or chart here unless the person "
        "who prepared it is among those admitted to them. Somebody else may therefore get other numbers."
    )


def _texts(caption: str, found: list[InUse]) -> Table:
    columns = (Column("Name", weight=2), Column("Version", weight=0.8), Column("Hash of its text", weight=4.6))
    rows = sorted((one.name, one.version, one.hash) for one in found)
    return Table(caption, columns, tuple(rows), "No case follows one.")


def in_use(source: Source) -> Iterable[Block]:
    """The workflows and how to check what is said here against the store."""
    yield Heading("What this rests on", 1)
    yield _texts("The workflows these cases follow", [one for one in source.workflows if not one.profile])
    profiles = [one for one in source.workflows if one.profile]
    if profiles:
        yield _texts("The timescale profiles some of them are under", profiles)
    yield Paragraph(
        "A case keeps the workflow it began under, and the timescales. The hash names its text to the letter, so that "
        "anybody can see which wording and which times held."
    )
    yield Paragraph("The anchor of the journal, to be kept in the minutes:")
    yield Line(f"casereview anchor {source.head.seq} {source.head.hash}")
    yield Paragraph(
        "Whoever keeps the store can check at any later time that nothing up to that entry was altered: "
        "casereview verify --anchor FILE, where FILE is any text that holds the line above. It makes tampering "
        "evident; it is no proof of what was never recorded."
    )
