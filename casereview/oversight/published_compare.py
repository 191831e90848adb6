"""How long assessments took here, beside England and any areas chosen: the same bands, never in order of speed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.oversight import published
from casereview.oversight.figures.beside import Beside, beside
from casereview.oversight.figures.drawing import NOT_SHOWN, number, part_short, percent
from casereview.oversight.figures.durations import DFE, Spread, ended_in, spread
from casereview.oversight.figures.facts import CaseFacts
from casereview.oversight.published import Area, PublishedDurations
from casereview.oversight.questions import answers, question_of
from casereview.service.desk import Desk
from casereview.service.figures import Selection, gather
from casereview.text import shown

ENGLAND = "England"
HERE = "here"
MOST_AREAS = 12
FIGURE = "published"  # under which its question and the answers to it are kept
CAVEATS = (
    "Days are working days. Came again: of the referrals published, those within twelve months of an earlier one; of "
    "ours, assessments whose child had come within a year before. Cases to a worker: to one full-time.",
    "Quick is not good and slow is not poor: this says how long, never whether children were helped. Areas stand in "
    "the order they were asked for; nothing here ranks them.",
    "Places differ in whom they assess, when they say that the work began, and when they write down that it ended. "
    "A difference is a question to ask, not an answer.",
    "Days here are working days after the day the work began, up to and including the day it was authorised. How the "
    "department counts could not be read; that it names a band of the same day suggests the same.",
)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Column:
    """One place: what is shown of each band, and what stands beside it. Texts are ready to show.

    shares   of all completed, 0 to 1; None where it is hidden or not published
    note     why there is nothing, where there is nothing
    """

    name: str
    own: bool
    completed: str
    counts: tuple[str, ...]
    shares: tuple[float | None, ...]
    quarters: tuple[str, str, str]
    again: str
    caseload: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`columns`: ours first, then the areas as asked. `smallest`: counts below it are not shown.

    answers   what people here have said it means, oldest first
    """

    year: int
    own_year: int
    team: str
    columns: tuple[Column, ...]
    beside: Beside
    smallest: int
    question: str
    caveats: tuple[str, ...]
    sources: tuple[str, ...]
    answers: tuple[str, ...]


def compare(
    desk: Desk, names: Sequence[str] = (ENGLAND,), year: int | None = None, *, team: str = "",
    own_year: int | None = None, progress: Progress | None = None,
) -> Comparison:  # fmt: skip
    """Compares the assessments completed in the year to 31 March `year` (the newest published when None).

    Ours may be of another year, for figures are published long after. They are those of the cases this person may
    know of (law 7), of one team if asked; small numbers are not shown.
    Raises NotFound for an area or a year that nothing was published of.
    """
    chosen = _year(desk, year)
    if len(names) > MOST_AREAS:
        raise CaseReviewError(
            f"{len(names)} areas are more than can be read side by side", remedy=f"At most {MOST_AREAS}."
        )
    areas = published.find_areas(desk, names or (ENGLAND,), chosen)
    ours = own_year or chosen
    if not 2000 <= ours <= desk.today.year + 1:
        raise CaseReviewError(f"{ours} is not a year there can be figures of", where="--ours")
    facts, smallest, title = _own_facts(desk, ours, team, progress)
    columns = [_ours(title if ours == chosen else f"{title}, {ours}", facts, smallest, ours)]
    columns += [_theirs(desk, area, chosen) for area in areas]
    keys = ("c2", "c1", "workforce")
    return Comparison(
        chosen, ours, team, tuple(columns), beside([case for case, _ in facts], smallest), smallest,
        question_of(FIGURE), CAVEATS, tuple(source for key in keys if (source := published.source_of(desk, key))),
        tuple(f"{one.by_name}, {one.on}: {one.text}" for one in answers(desk, FIGURE)),
    )  # fmt: skip


def _year(desk: Desk, year: int | None) -> int:
    known = published.years(desk)
    if not known:
        remedy = "Read the table of assessments (c2) in: casereview import dfe FILE"
        raise NotFound("no published figures of how long assessments take are kept here", remedy=remedy)
    if year is not None and year not in known:
        span = f"{known[-1]} to {known[0]}"
        raise NotFound(f"nothing is published of the year {year}", remedy=f"Kept here are {span}.")
    return year or known[0]


def _own_facts(
    desk: Desk, year: int, team: str, progress: Progress | None
) -> tuple[list[tuple[CaseFacts, int]], int, str]:
    """Each of our cases that was completed in the year, with its working days."""
    since, until = date(year - 1, 4, 1), date(year, 3, 31)
    asked = Selection(kind="assessment", team=team, since=since, until=until)
    found = gather(desk, asked, progress) if progress else gather(desk, asked)
    if team and team not in found.teams:
        raise NotFound(f"no team is known as {shown(team, width=60)!r}", remedy=did_you_mean(team, found.teams))
    ended = [(case, timed.days) for case, timed in ended_in(found.facts, "", asked.period)]
    return ended, found.smallest, found.teams.get(team, HERE)


def _ours(title: str, facts: Sequence[tuple[CaseFacts, int]], smallest: int, year: int) -> Column:
    found: Spread = spread([days for _, days in facts], smallest)
    nothing = tuple(NOT_SHOWN for _ in DFE)
    quartiles = found.quartiles
    quarters = [number(q, 1) for q in (quartiles.lower, quartiles.median, quartiles.upper)] if quartiles else ["–"] * 3
    around = beside([case for case, _ in facts], smallest)
    note = ""
    if found.count is None:
        note = f"Fewer than {smallest} were completed here in the year to 31 March {year}: too few to show."
    elif found.count == 0:
        note = (
            f"None was completed here in the year to 31 March {year}, among the cases you may know of. Another year of "
            "ours can stand beside what is published (--ours YEAR; f on the screens)."
        )
    return Column(
        title, True, number(found.count), tuple(number(b.count) for b in found.bands) or nothing,
        tuple(b.share for b in found.bands) or tuple(None for _ in DFE), (quarters[0], quarters[1], quarters[2]),
        part_short(around.earlier, smallest), "–", note,
    )  # fmt: skip


def _theirs(desk: Desk, area: Area, year: int) -> Column:
    found: PublishedDurations = published.durations(desk, area, year)
    again = published.re_referrals(desk, area, year)["Re_referrals_percent"]
    return Column(
        area.name, False, found.completed.says, tuple(b.count.says for b in found.bands),
        tuple(b.share for b in found.bands), (found.lower.says, found.median.says, found.upper.says),
        f"{again.says}%" if again.value is not None else again.says,
        published.caseload(desk, area, year)["caseload_fte"].says, found.note,
    )  # fmt: skip


# ---- as text and rows ------------------------------------------------------------------------------------------------
LABELS = tuple("same day" if high == 0 else f"{low}+" if high is None else f"{low}–{high}" for low, high in DFE)
HEADINGS = ("a quarter within", "half within", "¾ within")


def rows(found: Comparison) -> list[tuple[str, ...]]:
    """The table as it is shown: a label, then a cell for each column. Shares where there are any, else the mark."""
    table = [("completed", *(c.completed for c in found.columns))]
    for at, label in enumerate(LABELS):
        table.append((f"{label} days" if at else label, *(_cell(c, at) for c in found.columns)))
    table += [(heading, *(c.quarters[at] for c in found.columns)) for at, heading in enumerate(HEADINGS)]
    table.append(("came again", *(c.again for c in found.columns)))
    table.append(("cases to a worker", *(c.caseload for c in found.columns)))
    return table


def _cell(column: Column, at: int) -> str:
    share = column.shares[at]
    return percent(share) if share is not None else column.counts[at]


def notes(found: Comparison) -> list[str]:
    """What is to be read with the table: what is missing and why, what the marks mean, where it comes from."""
    said = [c.note for c in found.columns if c.note]
    marks = sorted({count for c in found.columns if not c.own for count in c.counts if count in published.MARKS})
    said += [f"{mark}: {published.MARKS[mark]}." for mark in marks]
    if any(count == NOT_SHOWN for c in found.columns if c.own for count in c.counts):
        said.append(
            f"{NOT_SHOWN}: not shown; fewer than {found.smallest}, or it could be worked out from what is shown."
        )
    told = [f"Answered by {answer}" for answer in found.answers[-3:]]
    return [
        *found.caveats[:2],
        *said,
        *found.caveats[2:],
        found.question,
        *told,
        *(f"Source: {source}." for source in found.sources),
    ]
