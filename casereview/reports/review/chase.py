"""The list to chase by: agency by agency what is still to come, for whoever picks up the telephone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from casereview.method.agencies import OPEN, Agency, Asked, to_chase
from casereview.reports.document import Answer, Block, Heading, Items, Note, Paragraph, Table
from casereview.reports.review.columns import wide
from casereview.reports.saying import counted, short_date

SAYS = (
    "What agencies were asked for and has not come yet, those first that were hoped for by a day that has passed. A "
    "gap is a fact and nobody’s fault: an agency that holds nothing has answered too. Days are calendar days."
)
COLUMNS = wide(("Asked for", 2.6), ("Of whom", 1.5), ("Asked on", 1.1), ("Days", 0.6), ("Hoped or promised by", 1.2),
               ("Asked again", 1.4))  # fmt: skip


def chase(agencies: Sequence[Agency], today: date) -> Iterator[Block]:
    rows = to_chase(agencies, today)
    yield Paragraph(SAYS)
    if not rows:
        yield Note("Nothing that was asked for is still to come.")
    for agency in dict.fromkeys(row[0].name for row in rows):
        yield from _agency(agency, [one for found, one in rows if found.name == agency], today)
    yield from _rest(agencies, {found.name for found, _ in rows})


def _agency(name: str, asked: Sequence[Asked | None], today: date) -> Iterator[Block]:
    yield Heading(name, 2)
    found = [one for one in asked if one is not None]
    if len(found) < len(asked):
        yield Paragraph("It takes part by the scope, and was not asked for anything yet.")
    if found:
        yield Table("Still to come", COLUMNS, tuple(_row(one, today) for one in found))
    yield Answer("What they said, and by when", 2)


def _row(one: Asked, today: date) -> tuple[str, ...]:
    again = [day for rec in one.chased if (day := rec.day("on"))]
    by = one.promised_on or one.hoped_by
    return (
        "; ".join(one.what), one.rec.text("contact") or "–", short_date(one.asked_on), str(one.waits),
        f"{short_date(by)}{', passed' if one.late(today) else ''}" if by else "–",
        f"{counted(len(again), 'time')}, last {short_date(max(again))}" if again else "not yet",
    )  # fmt: skip


def _rest(agencies: Sequence[Agency], shown: set[str]) -> Iterator[Block]:
    """What came with gaps, and the agencies nothing is waited for from."""
    gaps = tuple(
        ("; ".join(one.what), agency.name, "\n".join(one.gaps), one.rec.text("gaps_why") or "–")
        for agency in agencies for one in agency.asked if one.gaps and one.state not in OPEN
    )  # fmt: skip
    if gaps:
        yield Heading("Came with gaps", 2)
        yield Table("What is missing in what came", wide(("Asked for", 2), ("Agency", 1.3), ("Missing", 2.2),
                                                         ("Why", 1.8)), gaps)  # fmt: skip
    done = [agency.name for agency in agencies if agency.name not in shown]
    if done:
        yield Heading("Nothing is waited for from", 2)
        yield Items(tuple(done))
