"""The board pack: everything a board needs to see of the oversight of assessments and reviews, in one paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from casereview.case import Case
from casereview.oversight.families import owed_to
from casereview.oversight.questions import Answer, answers
from casereview.ports import Reading
from casereview.reports import parts_around, parts_figures, parts_helped, parts_longer, parts_standing
from casereview.reports.document import Block, Document, Heading, Paragraph
from casereview.reports.parts_around import InTheWay, LetGo, OwedNews
from casereview.reports.parts_figures import Group
from casereview.reports.parts_longer import Longer
from casereview.reports.parts_trend import Story, months
from casereview.reports.provenance import Source, in_use
from casereview.reports.saying import listed, period, plain_dates
from casereview.service.blockages import board
from casereview.service.desk import Desk
from casereview.service.figure_notes import stories
from casereview.service.figures import Gathered, Selection, gather
from casereview.service.overrides import overrides
from casereview.service.reading import register
from casereview.service.reports import Progress, document, silent, source_of, steadily, team_named
from casereview.service.reports_helped import Helped, helped
from casereview.service.reports_longer import longer_ones
from casereview.views import BY_CONCERN, RegisterQuery, Scope

TITLE = "Oversight of assessments and reviews"
MOST = 100
"""Cases told one by one, those of most concern first."""
MOST_LET_GO = 5_000
"""Things set aside that are read, the newest."""
A_YEAR = timedelta(days=365)
OPEN = tuple(one for one in BY_CONCERN if not one.startswith("done"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a board pack is asked for.

    since    the first day of what was finished; a year before the day it is of, where it is None
    cases    whether cases are told one by one, by reference; without them every number below the smallest is hidden
    most     how many of them
    """

    team: str = ""
    since: date | None = None
    cases: bool = True
    most: int = MOST


@dataclass(frozen=True, slots=True)
class Read:
    """Everything the pack tells, read at one head of the journal."""

    source: Source
    counts: dict[str, int]
    longer: tuple[Longer, ...]
    late: int
    gathered: Gathered
    owed: tuple[OwedNews, ...]
    broken: int
    board: tuple[InTheWay, ...]
    let_go: tuple[LetGo, ...]
    helped: Helped
    stories: tuple[Story, ...]
    answers: tuple[Answer, ...]


def oversight(desk: Desk, asked: Asked | None = None, progress: Progress = silent) -> Document:
    """The board pack of a team or of everything this person may know of, as it stood on the desk's day.

    Raises CaseReviewError or NotFound for what it cannot be made of.
    """
    wanted = asked or Asked()
    first = wanted.since or desk.today - A_YEAR
    read = steadily(desk, partial(_read, desk, wanted, first, progress))
    return document(
        TITLE, read.source, _blocks(read, wanted, first),
        ("What was finished", period(first, read.source.day)),
        ("For", "the board, to ask questions from" if wanted.cases else "wider circulation: no case is told singly"),
    )  # fmt: skip


def _blocks(read: Read, asked: Asked, first: date) -> Iterator[Block]:
    singly, source = asked.cases, read.source
    yield from parts_standing.what_it_is(source, first)
    yield from parts_standing.standings(read.counts, source, listed=singly)
    if singly:
        yield from parts_longer.longer(read.longer, read.late)
    yield from _figures(read, first, singly)
    yield from parts_helped.reaching(read.helped.told, read.helped.again, singly=singly)
    yield from parts_around.families(read.owed, read.broken, source, listed=singly)
    yield from parts_around.blockages(read.board, source)
    yield from parts_around.set_aside(read.let_go, first, source, listed=singly)
    yield from parts_standing.cannot_say(source)
    yield from parts_standing.to_ask(read.counts, source, listed=singly)
    yield from in_use(source)


def _figures(read: Read, first: date, singly: bool) -> Iterator[Block]:
    every = [
        (name, Group(cases, (first, read.source.day), read.source, read.gathered.teams, read.answers, singly))
        for name, cases in parts_figures.kinds(read.gathered.facts)
    ]
    groups = [(name, group) for name, group in every if group.enough]
    few = [name for name, group in every if not group.enough]
    parts = (
        ("Urgent work", parts_figures.urgent_lanes),
        ("Help and quality", parts_figures.quality),
        ("How long it takes", parts_figures.how_long),
        ("Where the time went", parts_figures.where_time_went),
        ("The whole way of a child", partial(_two_measures, read)),
        ("Explained and not explained", parts_figures.reasons),
        ("Month by month", partial(months, stories=read.stories)),
        ("Teams", parts_figures.teams),
    )
    for title, part in parts:
        found = [(name, list(part(group))) for name, group in groups]
        if any(blocks for _, blocks in found):
            yield Heading(title)
            for name, blocks in found:
                yield from parts_figures.heading(name, len(groups) > 1) if blocks else ()
                yield from blocks
    if not groups or few:
        yield Heading("Too few to say anything of as a group" if few else "Help, quality and time")
        says = f"{listed(few)}: fewer than {read.source.smallest} ended in these days, and fewer are open."
        yield Paragraph(says if few else "There is no case to tell of.")


def _two_measures(read: Read, group: Group) -> Iterator[Block]:
    """Only of what follows a child from a first contact: a review of practice does not."""
    if any(case.of_a_child for case in group.facts):
        yield from parts_helped.two_measures(group, read.gathered.known, read.gathered.calendar)


# ---- reading -----------------------------------------------------------------------------------------------------
def _read(desk: Desk, asked: Asked, first: date, progress: Progress) -> Read:
    with desk.reading() as work:
        name = team_named(work, asked.team)
        about = f"the work of {name}" if name else "the work of every team"
        source = source_of(desk, work, about, Scope(team=asked.team))
    page = register(desk, RegisterQuery(standings=parts_standing.LATE, team=asked.team, limit=asked.most))
    progress("the longer ones", 0, len(page.rows))
    found = longer_ones(desk, page.rows) if asked.cases else ()
    owed, broken = _owed(desk, asked.team)
    counts: dict[str, int] = {str(one): count for one, count in page.counts.items() if count and one in OPEN}
    gathered = gather(desk, Selection(team=asked.team, since=first, until=desk.today), progress)
    return Read(
        source, counts, found, page.total, gathered, owed, broken, _board(desk, asked.team),
        _let_go(desk, asked.team, first), helped(desk, asked.team, first, desk.today, progress),
        tuple(_stories(desk, asked.team)), tuple(answers(desk)),
    )  # fmt: skip


def _owed(desk: Desk, team: str) -> tuple[tuple[OwedNews, ...], int]:
    """Who is owed news in open cases, longest owed first, and how many promises were not kept by their day."""
    found: list[OwedNews] = []
    broken = 0
    with desk.reading() as work:
        for case in work.every_case(desk.me(work).id, Scope(team=team, open=True)):
            for one, times in _owed_in(desk, work, case):
                broken += times
                if one is not None:
                    found.append(one)
    return tuple(sorted(found, key=lambda one: (-one.days, one.case, one.who))), broken


def _owed_in(desk: Desk, work: Reading, case: Case) -> Iterator[tuple[OwedNews | None, int]]:
    definition, calendar = desk.definition_of(work, case), desk.calendar(work, case.nation, case.team)
    team = desk.known(work).names.team(case.team) if case.team else "no team"
    for person, one in case.roster.items():
        owed = owed_to(case, definition, person, desk.today)
        waits: list[tuple[date, str]] = []
        if owed.broken and owed.promised_on:
            waits.append((owed.promised_on, "promised news"))
        if owed.untold_since:
            waits.append((owed.untold_since, owed.untold))
        if not waits:
            yield None, owed.broken_times
            continue
        since, what = min(waits)
        days = max(calendar.working_days(since, desk.today), 0)
        who = one.relation or ("the referrer" if one.referrer else "somebody on the family's list")
        yield OwedNews(case.ref, team, who, what, since, days), owed.broken_times


def _board(desk: Desk, team: str) -> tuple[InTheWay, ...]:
    return tuple(
        InTheWay(
            one.blockage.text, one.team_name, one.blockage.weight, one.owner_name, one.blockage.status,
            one.blockage.raised_on, one.blockage.looked_on, one.cases,
        )
        for one in board(desk, team=team)
    )  # fmt: skip


def _let_go(desk: Desk, team: str, first: date) -> tuple[LetGo, ...]:
    """What was set aside since a day, in the cases of the pack."""
    from casereview.service.reports import names_out

    found = []
    for one in overrides(desk, MOST_LET_GO):
        if one.on < first:
            continue
        with desk.reading() as work:
            case = desk.case(work, one.case)
            if team in ("", case.team):
                hide = names_out(work, case)
                found.append(LetGo(one.on, one.case, plain_dates(hide(one.what)), one.by_name, hide(one.reason)))
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def _stories(desk: Desk, team: str) -> Sequence[Story]:
    return [(one.month, f"{one.text} ({one.by_name})") for one in stories(desk, team=team)]
