"""Parts of the annual report: what people judge of the help given, how much there was, and whether it lasted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.oversight.figures.suppress import line, shown
from casereview.oversight.quality.words import LASTED, PROGRESS
from casereview.reports.document import Answer, Block, Column, Heading, Items, Note, Paragraph, Table, Words
from casereview.reports.parts_figures import Group
from casereview.reports.provenance import Source
from casereview.reports.saying import number, period

R = True
SOURCE = (
    "The Munro review asked that the annual report go to the Chief Executive and the Leader of the Council "
    "(recommendation 5), and that it hold an assessment of the effectiveness of the help being provided to children, "
    "young people and families, early help included (recommendation 6; progress report 2012, 3.15)."
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a person wrote of the help of the year; `earlier`: how many versions stood before it."""

    text: str
    by: str
    earlier: int


def begin(source: Source, first: date, last: date) -> Iterator[Block]:
    yield Heading("What this report is")
    yield Paragraph(
        f"It tells of the work of the year, {period(first, last)}, as it was recorded by "
        f"{period(None, source.day).removeprefix('up to ')}. {SOURCE}"
    )
    if source.day < last:
        yield Note("The year is not over: everything here is of the part of it that has passed.", "caveat")


def judgement(found: Judged | None) -> Iterator[Block]:
    """The assessment of the effectiveness of help, in the words of whoever wrote it, or room for it."""
    yield Heading("How effective the help was")
    yield Paragraph(
        "Numbers cannot say it. This is what people who know the work and have heard children and families judge."
    )
    if found is None:
        says = "Nobody has written it yet. A report without it does not say whether children were helped."
        yield Note(says, "caveat")
        for question in (
            "Were children and families helped by what was done, and how do we know?",
            "What did children say of it? What did families say?",
            "How effective was early help, and what was it worth?",
            "For whom did it not help, and what follows from that?",
        ):
            yield Answer(question, lines=3)
        return
    yield Words(found.text, found.by)
    if found.earlier:
        yield Paragraph(f"Earlier versions of it, which are kept: {found.earlier:,}.")


def how_much(groups: Sequence[tuple[str, Group]]) -> Iterator[Block]:
    yield Heading("How much work there was")
    rows = []
    for name, group in groups:
        first, last = group.period
        opened = sum(_inside(case.opened, first, last) for case in group.facts)
        closed = sum(case.closed is not None and _inside(case.closed, first, last) for case in group.facts)
        still = sum(case.closed is None or (last is not None and case.closed > last) for case in group.facts
                    if last is None or case.opened <= last)  # fmt: skip
        cells = [number(shown(count, group.source.smallest)) for count in (opened, closed, still)]
        rows.append((name, *cells))
    columns = (Column("Kind", weight=2), Column("Opened", R), Column("Closed", R), Column("Open at the end", R))
    yield Table("Cases of the year", columns, tuple(rows), "There was none.")


def _inside(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def lasted(found: Mapping[str, str], moved: Mapping[str, str], source: Source) -> Iterator[Block]:
    """found: case -> what the newest look back of the year said; moved: case -> the newest word on a goal."""
    yield Heading("Whether it lasted")
    yield from _tally(
        "Looks back after closing: were things better, and did it last?", list(found.values()), LASTED, source,
        "Nobody looked back at a closed case in the year.",
    )  # fmt: skip
    yield from _tally(
        "Goals agreed with families: how things were at the last look of the year, beside the beginning",
        list(moved.values()), PROGRESS, source, "No progress towards a goal was recorded in the year.",
    )  # fmt: skip
    yield Note("What helped, in the words of families? And what do we know of those at whom nobody looked?", "question")


def _tally(title: str, said: Sequence[str], words: Sequence[str], source: Source, none: str) -> Iterator[Block]:
    if said and shown(len(said), source.smallest) is None:
        yield Paragraph("Too few to show.", lead=f"{title}.")
        return
    found = Counter(said)
    counts = line([found[word] for word in words], source.smallest)
    rows = tuple((word, number(count)) for word, count in zip(words, counts, strict=True))
    yield Table(title, (Column("What was said", weight=3), Column("Cases", R)), rows if said else (), none)


@dataclass(frozen=True, slots=True)
class Compared:
    """Our assessments beside published ones: the year published, the places (ours first), the table and its notes."""

    year: int
    places: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def beside_published(found: Compared | None) -> Iterator[Block]:
    if found is None:
        return
    yield Heading("Beside what is published")
    columns = (Column("Of assessments completed", weight=1.6), *(Column(place, R) for place in found.places))
    yield Table(f"Year to 31 March {found.year}, in the order they were asked for", columns, found.rows)
    yield Items(found.notes)


def addressed(to: Sequence[tuple[str, str]], usual: Sequence[str]) -> Iterator[Block]:
    """to: (name, post) of those this report is sent to."""
    yield Heading("To whom it goes")
    if to:
        yield Table("Sent to", (Column("Name", weight=2), Column("Post", weight=3)), tuple(to))
    else:
        yield Paragraph("This copy is addressed to nobody yet.")
    yield Note(f"Boards whose papers this follows sent theirs to: {', '.join(usual)}. Whom it goes to is decided here.")
