"""What a report is made of: plain frozen pieces of text and figures, with no trace of the file they end up in.

Every text may come from people. Writers treat it as data: nothing in it is markup, in any format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from casereview.text import shown

Pair = tuple[str, str]
NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class Heading:
    """level 1 begins a part of the report, 2 a section, 3 one case or item."""

    text: str
    level: Literal[1, 2, 3] = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`lead` is printed in bold before the text."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Items:
    """A list; numbered where the order counts or items will be spoken of by number."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """`weight` is the share of the width it takes beside the others."""

    title: str
    right: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """`caption` says what the rows are; `empty` is printed instead of a table without rows."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = "None."

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{self.caption}: a row has {len(row)} cells, the table {len(self.columns)} columns")


@dataclass(frozen=True, slots=True)
class Pairs:
    """What is known of one thing, line by line: (what, what it is)."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something set apart from the text: a caveat, or the question a figure raises."""

    text: str
    kind: Literal["note", "caveat", "question"] = "note"

    @property
    def label(self) -> str:
        return {"note": "Note", "caveat": "Read this with care", "question": "The question this raises"}[self.kind]


@dataclass(frozen=True, slots=True)
class Words:
    """What a person wrote, printed as it was written, with who and when."""

    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A place for people to write in: the question, and how many lines are left free."""

    question: str
    lines: int = 3


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars or a line over labelled points.

    values  one for each label; None where there is none or where it is withheld
    notes   (number of the point from 1, what is to be said of it), for stories pinned to points
    lines   (label, value): levels drawn across, such as a usual range
    tells   the text alternative: what a person who cannot see the picture needs to know
    """

    title: str
    kind: Literal["bars", "line"]
    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    unit: str
    tells: str
    withheld: str = "not shown"
    lines: tuple[tuple[str, float], ...] = ()
    notes: tuple[tuple[int, str], ...] = ()

    def __post_init__(self) -> None:
        if len(self.labels) != len(self.values):
            raise ValueError(f"{self.title}: {len(self.labels)} labels and {len(self.values)} values")

    def value(self, at: int) -> str:
        """The value of one point as a person reads it."""
        found = self.values[at]
        return self.withheld if found is None else f"{found:,.10g}"


@dataclass(frozen=True, slots=True)
class Span:
    """Something with a place on an axis; `mark` is said beside it."""

    label: str
    first: float
    last: float
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Spans:
    """Bars on one axis from `begin` to `end`; ticks: (where, what is written there). `marks`: what the marks are."""

    spans: tuple[Span, ...]
    begin: float
    end: float
    ticks: tuple[tuple[float, str], ...]
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Shares:
    """Bars made of parts: for each label, how many of each key."""

    keys: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of something else than one number for each label.

    tells    the text alternative: what a person who cannot see the picture needs to know
    numbers  the same as a table, where the form of the file has room for it
    """

    title: str
    drawn: Spans | Shares
    tells: str
    numbers: Table


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be copied as it stands, such as a command; it is never broken or escaped where it is read."""

    text: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page of its own, where there are pages."""


Block = Heading | Paragraph | Items | Table | Pairs | Note | Words | Answer | Chart | Figure | Line | NewPage


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report.

    day      the day it speaks of: also the only date written into the properties of the file
    facts    what the title page says: as-of date, who prepared it, the head of the journal
    running  the line on top of every page; `foot` the one below, beside the page number
    marking  what stands on every page and in the properties of the file, such as "DRAFT of entry 12"
    cover    the title has a page of its own
    """

    title: str
    subtitle: str
    day: date
    author: str
    blocks: tuple[Block, ...]
    facts: tuple[Pair, ...] = ()
    running: str = ""
    foot: str = ""
    contents: bool = True
    marking: str = ""
    cover: bool = True
    language: str = field(default="en-GB")

    @property
    def named(self) -> str:
        """The title as the properties of a file and its window show it, with the marking before it."""
        return f"{self.marking}: {self.title}" if self.marking else self.title


def text_of(text: str) -> str:
    """Text as every writer prints it: cleaned of what drives, hides or cannot be stored; lines kept."""
    return shown(text, one_line=False)


def line_of(text: str) -> str:
    """The same on one line, for headings, cells of a heading and captions."""
    return shown(text)


def long_date(day: date) -> str:
    """Such as 21 November 2026: for people, on any machine."""
    months = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
              "November", "December")  # fmt: skip
    return f"{day.day} {months[day.month - 1]} {day.year}"
