"""Parts of the board pack: families owed news, what stands in the way, what was set aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.oversight.figures.suppress import shown
from casereview.oversight.questions import question_of
from casereview.reports.document import Block, Column, Heading, Note, Paragraph, Table
from casereview.reports.provenance import Source
from casereview.reports.saying import counted, number, short_date

R = True
MOST = 100
STATUSES = {"open": "open", "escalated": "passed up", "removed": "taken away"}


@dataclass(frozen=True, slots=True)
class OwedNews:
    """Somebody who was promised news, or was not told something. `who` is a relation, never a name."""

    case: str
    team: str
    who: str
    owed: str
    since: date
    days: int


@dataclass(frozen=True, slots=True)
class InTheWay:
    """A blockage. `owner` is a manager's name: a manager answers for taking it away."""

    text: str
    team: str
    weight: str
    owner: str
    status: str
    raised: date
    looked: date
    cases: int


@dataclass(frozen=True, slots=True)
class LetGo:
    """Something expected that a named person set aside, with the reason they gave."""

    on: date
    case: str
    what: str
    by: str
    reason: str


def families(found: Sequence[OwedNews], broken: int, source: Source, *, listed: bool) -> Iterator[Block]:
    """broken: promises whose day passed without news so far, those kept late included."""
    yield Heading("Families owed news")
    yield Paragraph(
        "Families are told what is happening and when to expect a decision. A promise whose day has passed is broken "
        "until they are told; a date that was changed is owed to them from the day it changed."
    )
    if not listed:
        yield Paragraph(f"People who are owed news today: {number(shown(len(found), source.smallest))}.")
    else:
        rows = tuple((o.case, o.team, o.who, o.owed, short_date(o.since), f"{o.days:,}") for o in found[:MOST])
        columns = (Column("Case", weight=1.7), Column("Team", weight=1.5), Column("Who", weight=1.5),
                   Column("What they are owed", weight=2.6), Column("Since", weight=1.2),
                   Column("Working days", R))  # fmt: skip
        yield Table("Longest owed first", columns, rows, "Nobody is owed news today.")
        if len(found) > MOST:
            yield Note(f"{counted(len(found) - MOST, 'further person is', 'further people are')} not listed here.")
    yield Paragraph(
        f"Promises of news in these open cases whose day passed before it was kept: "
        f"{number(broken if listed else shown(broken, source.smallest))}."
    )
    yield Note("What did these families live with while they waited, and who tells them today?", "question")


def blockages(found: Sequence[InTheWay], source: Source) -> Iterator[Block]:
    yield Heading("What stands in the way of good work")
    yield Paragraph(
        "Teams name what the system puts in their way, and it is for managers to take it away. Nothing here is about "
        "one case or one person. Reasons that lie in the system explain why work takes longer; they never justify it."
    )
    rows = tuple(
        (one.text, one.team, one.owner or "nobody yet", STATUSES.get(one.status, one.status), short_date(one.raised),
         short_date(one.looked), number(shown(one.cases, source.smallest)))
        for one in found
    )  # fmt: skip
    columns = (Column("What", weight=4), Column("Team", weight=1.5), Column("Who answers for it", weight=1.7),
               Column("Standing", weight=1.2), Column("Raised", weight=1.3), Column("Last touched", weight=1.3),
               Column("Open cases that give it", R, 1.3))  # fmt: skip
    yield Table("The blockage board", columns, rows, "Nothing is on the board.")
    costs = [(one.text, one.weight) for one in found if one.weight]
    if costs:
        cost = (Column("What", weight=2), Column("Cost"))
        yield Table("What it costs, in the words of the teams", cost, tuple(costs))
    yield Note(question_of("waiting"), "question")


def set_aside(found: Sequence[LetGo], first: date, source: Source, *, listed: bool) -> Iterator[Block]:
    """What was expected and let go since a day (law 6)."""
    yield Heading("What was set aside")
    yield Paragraph(
        f"A duty cannot be set aside. What is expected can be, by a named person with a reason, and then it stands "
        f"here. Since {short_date(first)}:"
    )
    if not listed:
        yield Paragraph(f"Set aside: {number(shown(len(found), source.smallest))}.")
        return
    rows = tuple((short_date(o.on), o.case, o.what, o.by, o.reason or "no reason recorded") for o in found[:MOST])
    columns = (Column("On", weight=1.2), Column("Case", weight=1.7), Column("What", weight=3),
               Column("By", weight=1.4), Column("Reason", weight=2.6))  # fmt: skip
    yield Table("Newest first", columns, rows, "Nothing was set aside.")
    if len(found) > MOST:
        yield Note(f"{counted(len(found) - MOST, 'older one is', 'older ones are')} not listed here.")
