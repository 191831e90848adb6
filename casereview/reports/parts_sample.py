"""A sample for inspection: how it was chosen, and each case with its journey, oversight, supervision and help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casereview.reports.document import (
    NOT_RECORDED,
    Answer,
    Block,
    Column,
    Heading,
    Items,
    NewPage,
    Note,
    Pair,
    Pairs,
    Paragraph,
    Table,
    Words,
)
from casereview.reports.provenance import Source, seen_by

R = True


@dataclass(frozen=True, slots=True)
class Chosen:
    """How a sample was chosen. `population`: of how many it could have been drawn; seed: "" for a reasoned choice."""

    reason: str
    cases: int
    population: int | None = None
    seed: str = ""
    among: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """One record as a report prints it: a line on who and when, and every answer in it."""

    head: str
    answers: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Sampled:
    """One case of a sample. Every text has been through the taking out of names.

    others    (reference, opened, closed, standing) of the cases of the same children and their siblings
    happened  (day, what) of its journal, oldest first
    helped    what children and families said of the help, record by record; heard: of anything at all
    """

    ref: str
    facts: tuple[Pair, ...]
    repeated: str
    others: tuple[tuple[str, ...], ...]
    happened: tuple[tuple[str, str], ...]
    left_out: int
    oversight: tuple[Pair, ...]
    reviews: tuple[Said, ...]
    supervision: tuple[Said, ...]
    looks: tuple[Said, ...]
    decided: tuple[Said, ...]
    helped: tuple[tuple[str, str], ...]
    heard: tuple[Said, ...]


def begin(chosen: Chosen, source: Source, cases: Sequence[Sampled]) -> Iterator[Block]:
    yield Heading("What this is, and how it was chosen")
    yield Paragraph(
        "A sample of the work, for whoever inspects it or wants to learn from it: each case with its journey, the "
        "oversight it had, supervision, looks at its quality, and what children and families said. It tells what is "
        f"recorded. Where there is nothing it says “{NOT_RECORDED}”, which does not mean that nothing was done."
    )
    how: list[Pair] = [("Why these", chosen.reason), ("Cases", f"{chosen.cases:,}")]
    if chosen.seed:
        how += [
            ("How", "at random, and so that anybody can draw the same ones again"),
            ("Drawn from", f"{chosen.population or 0:,} cases: {chosen.among}"),
            ("Seed", chosen.seed),
            ("To draw them again", "for each reference take SHA-256 of the seed, a colon and the reference; those with "
             "the smallest values are the sample, in the order of their references"),
        ]  # fmt: skip
    else:
        how.append(("How", "chosen one by one, for the reason given"))
    yield Pairs(tuple(how))
    yield seen_by(source)
    yield Note(
        "Names of children and families known to the store are taken out; other details that tell who somebody is may "
        "stand in what was written. Keep this paper as safe as the cases themselves.", "caveat",
    )  # fmt: skip
    columns = (Column("Case", weight=2), Column("What it is", weight=3), Column("Opened", weight=1.4),
               Column("Closed", weight=1.4))  # fmt: skip
    yield Table("The cases", columns, tuple(_line(one) for one in cases))


def _line(one: Sampled) -> tuple[str, str, str, str]:
    known = dict(one.facts)
    return one.ref, known.get("Workflow", ""), known.get("Opened", ""), known.get("Closed", "")


def case(one: Sampled) -> Iterator[Block]:
    yield NewPage()
    yield Heading(one.ref)
    yield Pairs(one.facts)
    yield Heading("The child's journey", 2)
    yield Paragraph(one.repeated)
    columns = (Column("Case", weight=2), Column("What it is", weight=3), Column("Opened", weight=1.4),
               Column("Closed", weight=1.4), Column("About", weight=2))  # fmt: skip
    yield Table("Other cases of the child, or of brothers and sisters", columns, one.others, f"None is {_KNOWN}.")
    yield Table(
        "What happened, in order", (Column("Day", weight=1.2), Column("What", weight=7)), one.happened, NOT_RECORDED
    )
    if one.left_out:
        yield Note(f"{one.left_out:,} later entries are not listed here; the whole history is in the store.", "caveat")
    yield Heading("Oversight", 2)
    yield Pairs(one.oversight)
    yield from _records("Checkpoint reviews", one.reviews)
    yield from _records("Supervision", one.supervision)
    yield from _records("Looks at the quality of the work", one.looks)
    yield from _records("What was decided, and what it aims at", one.decided)
    yield Heading("Was the child helped, and did the child feel it?", 2)
    if one.helped:
        for whose, said in one.helped:
            yield Words(said, whose)
    else:
        yield Paragraph(f"Whether the child felt helped: {NOT_RECORDED}.")
    yield from _records("What the child and the family said of anything", one.heard)
    yield Answer("What the reader of this case noticed", lines=4)


_KNOWN = "known to whoever made this"


def _records(title: str, found: Sequence[Said]) -> Iterator[Block]:
    if not found:
        yield Paragraph(f"{NOT_RECORDED}.", lead=f"{title}:")
        return
    yield Heading(title, 2)
    for one in found:
        yield Heading(one.head, 3)
        yield Pairs(one.answers)


def learn() -> Iterator[Block]:
    yield NewPage()
    yield Heading("Questions across the sample")
    yield Items((
        "Where was a child helped most, and what made it possible?",
        "Where did time go without the child being better for it?",
        "Whose voice is missing from these pages?",
        "What recurs, and is it about these cases or about how the work is set up?",
    ), numbered=True)  # fmt: skip
    yield Answer("What was noticed across the cases", lines=8)
