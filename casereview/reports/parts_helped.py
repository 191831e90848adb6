"""Parts of a report about whether help reaches children and families, beyond what one record or one time can tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casereview.calendar import Calendar
from casereview.oversight.figures.facts import Known
from casereview.oversight.figures.journeys import end_to_end, right_first_time
from casereview.oversight.questions import question_of
from casereview.reports.document import Block, Column, Heading, Items, Note, Paragraph, Table
from casereview.reports.parts_figures import Group
from casereview.reports.saying import asked, counted, number, of, plain_dates, quarters

R = True
MOST = 30


@dataclass(frozen=True, slots=True)
class Told:
    """What one list of help and quality comes to, in sentences in which small numbers are left out already."""

    title: str
    says: tuple[str, ...]
    figure: str


@dataclass(frozen=True, slots=True)
class LookAgain:
    """Something in one case that asks to be thought about again. `since`: when that was seen, as text."""

    case: str
    what: str
    since: str


def reaching(found: Sequence[Told], again: Sequence[LookAgain], *, singly: bool) -> Iterator[Block]:
    """Goals and progress, concern come again, changes of worker, referrers, looks back, voices."""
    yield Heading("Does help reach children and families?")
    yield Paragraph(
        "From what is recorded of goals and progress, of concern that came again, of who stays with a child, and of "
        "what people said. Sentences leave small numbers out."
    )
    for one in found:
        if one.says:
            yield Heading(one.title, 2)
            yield Items(tuple(plain_dates(line) for line in one.says))
            yield Paragraph(question_of(one.figure), lead="The question this raises.")
    if singly and again:
        rows = tuple((one.case, one.what, one.since) for one in again[:MOST])
        columns = (Column("Case", weight=1.6), Column("What", weight=4), Column("Since", weight=1.3))
        yield Table("To be thought about again", columns, rows)
        if len(again) > MOST:
            yield Note(f"{counted(len(again) - MOST, 'further one is', 'further ones are')} not listed here.")


# ---- Cumbria's two measures --------------------------------------------------------------------------------------
def two_measures(group: Group, known: Iterable[Known], calendar: Calendar) -> Iterator[Block]:
    """From first contact to the family being told, across cases; and whether once was enough (Munro 2012, 4.25)."""
    source = group.source
    whole = end_to_end(group.facts, known, source.day, calendar, period=group.period, smallest=source.smallest)
    yield Heading("From first contact until the family is told", 2)
    yield Paragraph(
        "Cumbria looked at the whole way of a child, whatever forms it took: cases that follow on from each other "
        "count as one. Whether the need was met is not recorded; the day on which the family was told the decision is."
    )
    if whole.told.count:
        lower, median, upper = quarters(whole.told.quartiles)
        yield Table(
            "Working days, across cases", (Column("What", weight=4), Column("Days or number", R, 2)),
            (
                ("Told, so many", number(whole.told.count)),
                ("A quarter within", lower), ("Half within", median), ("Three quarters within", upper),
                ("Of that, recorded waiting: half no more than", quarters(whole.waiting)[1]),
                ("Of that, waiting for a manager: half no more than", quarters(whole.overseen)[1]),
                ("Went through more than one case", of(whole.handed_on)),
                ("Ended without it being recorded that the family was told", of(whole.untold)),
            ),
        )  # fmt: skip
    else:
        yield Paragraph("Too few to show.")
    yield from asked("end-to-end", group.answers)
    yield from _once(group)


def _once(group: Group) -> Iterator[Block]:
    once = right_first_time(group.facts, group.source.day, smallest=group.source.smallest)
    yield Heading("Right first time", 2)
    if once.settled == 0:
        yield Paragraph("No case that was worked here has been closed for a year yet, so nothing can be said of it.")
        return
    yield Paragraph(
        f"Of cases closed a year ago or longer, neither sent back nor followed by another within a year: "
        f"{of(once.right)}. Sent back: {number(once.returned)}; came again: {number(once.again)}; both: "
        f"{number(once.both)}. Closed too lately to say: {number(once.too_early)}."
    )
    yield from asked("right-first-time", group.answers)


# ---- service information -----------------------------------------------------------------------------------------
def service(found: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[Block]:
    """What children and parents tell of the service itself, beside its numbers (progress report 2012, 5.7 to 5.9)."""
    yield Heading("What children and parents tell of the service")
    for title, lines in found:
        yield Heading(plain_dates(title), 2)
        yield Items(tuple(plain_dates(line) for line in lines))
