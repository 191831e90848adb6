"""The annual report: the year's figures beside a person's assessment of the help given, for named recipients."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from casereview.errors import CaseReviewError
from casereview.oversight import published
from casereview.oversight.published_compare import ENGLAND, compare, notes, rows
from casereview.oversight.quality.words import LASTED, PROGRESS
from casereview.oversight.questions import Answer, answers
from casereview.oversight.service_information import service_page
from casereview.oversight.service_information_says import blocks
from casereview.reports import parts_annual, parts_around, parts_figures, parts_helped, parts_standing
from casereview.reports.document import Block, Document, Heading
from casereview.reports.parts_annual import Compared, Judged
from casereview.reports.parts_around import InTheWay
from casereview.reports.parts_figures import Group
from casereview.reports.parts_trend import Story, months
from casereview.reports.provenance import Source, in_use, seen_by
from casereview.reports.saying import period, short_date
from casereview.service import record_access
from casereview.service.blockages import board
from casereview.service.desk import Desk
from casereview.service.figure_notes import stories
from casereview.service.figures import Gathered, Selection, gather
from casereview.service.reports import Progress, document, silent, source_of, steadily
from casereview.service.reports_helped import Helped, helped
from casereview.service.reports_papers import USUAL, Recipient, checked_year, judgements
from casereview.views import Scope

TITLE = "Annual report"


def year_of(year: int, *, calendar: bool = False) -> tuple[date, date]:
    """The first and last day: from 1 April to 31 March, or of the calendar year."""
    return (date(year, 1, 1), date(year, 12, 31)) if calendar else (date(year, 4, 1), date(year + 1, 3, 31))


def year_named(year: int, *, calendar: bool = False) -> str:
    return f"{year}" if calendar else f"{year}–{(year + 1) % 100:02d}"


@dataclass(frozen=True, slots=True)
class Read:
    """Everything the report tells, read at one head of the journal. `day`: the last day of the year that has passed."""

    source: Source
    day: date
    gathered: Gathered
    judged: Judged | None
    lasted: dict[str, str]
    moved: dict[str, str]
    helped: Helped
    service: tuple[tuple[str, tuple[str, ...]], ...]
    board: tuple[InTheWay, ...]
    stories: tuple[Story, ...]
    answers: tuple[Answer, ...]
    compared: Compared | None


def annual(
    desk: Desk, year: int, to: Sequence[Recipient] = (), *, calendar: bool = False, areas: Sequence[str] = (),
    progress: Progress = silent,
) -> Document:  # fmt: skip
    """The report of a year, beside the published figures of some areas (England where figures of it are kept).

    Raises CaseReviewError for a year that has not begun, NotFound for an area nothing is published of.
    """
    checked_year(year, desk.today)
    first, last = year_of(year, calendar=calendar)
    if first > desk.today:
        says = f"the year {year_named(year, calendar=calendar)} has not begun"
        raise CaseReviewError(says, where="--year", remedy=f"It begins on {first}; give an earlier one.")
    read = steadily(desk, partial(_read, desk, year, first, last, areas, progress))
    groups = [
        (name, Group(cases, (first, read.day), read.source, read.gathered.teams, read.answers, False))
        for name, cases in parts_figures.kinds(read.gathered.facts)
    ]
    posts = "; ".join(f"{one.name}{f', {one.post}' if one.post else ''}" for one in to)
    return document(
        f"{TITLE} {year_named(year, calendar=calendar)}", read.source, _blocks(read, groups, first, last, to),
        ("The year", period(first, last)), ("Sent to", posts or "nobody yet"),
        subtitle="The work of the year, and how effective the help was",
    )  # fmt: skip


def _blocks(
    read: Read, groups: Sequence[tuple[str, Group]], first: date, last: date, to: Sequence[Recipient]
) -> Iterator[Block]:
    yield from parts_annual.begin(read.source, first, last)
    yield seen_by(read.source)
    yield from parts_annual.judgement(read.judged)
    yield from parts_annual.how_much(groups)
    parts = (
        ("Help and quality", parts_figures.quality),
        ("How long it took", parts_figures.how_long),
        ("Explained and not explained", parts_figures.reasons),
        ("Urgent work", parts_figures.urgent_lanes),
        ("Month by month", partial(months, stories=read.stories)),
    )
    enough = [(name, group) for name, group in groups if group.enough]
    for title, part in parts:
        found = [(name, list(part(group))) for name, group in enough]
        if any(blocks for _, blocks in found):
            yield Heading(title)
            for name, blocks in found:
                yield from parts_figures.heading(name, len(enough) > 1) if blocks else ()
                yield from blocks
        if title == "Help and quality":
            yield from parts_annual.lasted(read.lasted, read.moved, read.source)
            yield from parts_helped.reaching(read.helped.told, (), singly=False)
            yield from parts_helped.service(read.service)
    yield from parts_annual.beside_published(read.compared)
    yield from parts_around.blockages(read.board, read.source)
    yield from parts_standing.cannot_say(read.source)
    yield from parts_annual.addressed([(one.name, one.post or "–") for one in to], USUAL)
    yield from in_use(read.source)


# ---- reading -----------------------------------------------------------------------------------------------------
def _read(desk: Desk, year: int, first: date, last: date, areas: Sequence[str], progress: Progress) -> Read:
    day = min(last, desk.today)
    with desk.reading() as work:
        source = source_of(desk, work, "the work of every team", Scope(opened_to=last))
    gathered = gather(desk, Selection(since=first, until=day), progress)
    return Read(
        source, day, gathered, _judged(desk, year), _newest(desk, "look-back", "lasted", LASTED, first, day),
        _newest(desk, "goal-progress", "progress", PROGRESS, first, day), helped(desk, "", first, day, progress),
        _service(desk, first, day), _board(desk, first, day), _stories(desk), tuple(answers(desk)),
        _compared(desk, last.year, areas),
    )  # fmt: skip


def _judged(desk: Desk, year: int) -> Judged | None:
    found = judgements(desk, year)
    if not found:
        return None
    newest = found[-1]
    return Judged(newest.text, f"{newest.by_name}, {short_date(newest.on)}", len(found) - 1)


def _newest(desk: Desk, kind: str, field: str, words: Sequence[str], first: date, last: date) -> dict[str, str]:
    """By case, what the newest record of a kind in the year said."""
    found: dict[str, tuple[date, str]] = {}
    with desk.reading() as work:
        for case_id, row in record_access.each(desk, work, (kind,), Scope()):
            said = str(row.values.get(field, ""))
            if first <= row.on <= last and said in words and found.get(case_id, (first, ""))[0] <= row.on:
                found[case_id] = (row.on, said)
    return {case_id: said for case_id, (_, said) in found.items()}


def _compared(desk: Desk, year: int, areas: Sequence[str]) -> Compared | None:
    """Our assessments of the year to its 31 March beside what is published; None where nothing is kept to compare."""
    if not areas and not published.years(desk):
        return None
    found = compare(desk, list(areas) or [ENGLAND], own_year=year)
    names = tuple(one.name for one in found.columns)
    return Compared(found.year, names, tuple(rows(found)), tuple(notes(found)))


def _service(desk: Desk, first: date, last: date) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = service_page(desk, since=first, until=last)
    return tuple((title, tuple(lines)) for title, lines in blocks(desk, found) if lines)


def _board(desk: Desk, first: date, last: date) -> tuple[InTheWay, ...]:
    """What was on the board in the year, or is: raised by its end, and not taken away before it began."""
    found = []
    for item in board(desk, removed=True):
        one = item.blockage
        if one.raised_on <= last and (one.removed_on is None or one.removed_on >= first):
            found.append(InTheWay(one.text, item.team_name, one.weight, item.owner_name, one.status, one.raised_on,
                                  one.looked_on, item.cases))  # fmt: skip
    return tuple(found)


def _stories(desk: Desk) -> tuple[Story, ...]:
    return tuple((one.month, f"{one.text} ({one.by_name})") for one in stories(desk) if one.team == "")
