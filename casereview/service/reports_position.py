"""The position paper a board receives on a set of recommendations: made of what is kept about each, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.reports.document import Block, Document, long_date
from casereview.reports.parts_position import blocks
from casereview.reports.position_of import Line, Paper
from casereview.reports.provenance import Source, in_use, seen_by
from casereview.service.desk import Desk
from casereview.service.recommendations import Asked, Followed, followed
from casereview.service.reports import document, source_of, steadily
from casereview.text import shown
from casereview.views import Scope


def position(desk: Desk, asked: Asked) -> Document:
    """The paper on one set, or on the only one there is, as it stood on a day.

    Raises NotFound where nothing is followed, CaseReviewError where several sets match.
    """
    rows, source = steadily(desk, partial(_read, desk, asked))
    names = sorted({row.one.set for row in rows})
    if not rows:
        raise NotFound(
            "no recommendation of that name is followed here" if asked.set else "no recommendation is followed here",
            remedy=did_you_mean(asked.set, sets(desk)) or "Read some in: casereview recommendation example",
        )
    if len(names) > 1:
        listed = "; ".join(shown(name, width=60) for name in names)
        raise CaseReviewError(f"a paper is about one set, and these match: {listed}", where="--set",
                              remedy="Give more of the name of one.")  # fmt: skip
    day = asked.until or desk.today
    lines = tuple(Line(row.one, row.gaps) for row in rows)
    facts = [("Local side of", asked.place)] if asked.place else []
    facts += [("Only what had been said by", long_date(day))] if asked.until else []
    where = f"in {asked.place}" if asked.place else "locally"
    subtitle = f"{names[0]}: where each stands, nationally and {where}"
    return document("Position on recommendations", source, _blocks(Paper(names[0], day, lines, asked.place), source),
                    *facts, subtitle=subtitle)  # fmt: skip


def _read(desk: Desk, asked: Asked) -> tuple[tuple[Followed, ...], Source]:
    rows = followed(desk, asked)
    with desk.reading() as work:
        source = source_of(desk, work, "recommendations and what became of them", Scope(kind="recommendation"))
    return rows, source


def _blocks(paper: Paper, source: Source) -> Iterator[Block]:
    yield from blocks(paper)
    yield seen_by(source)
    yield from in_use(source)


def sets(desk: Desk) -> list[str]:
    """The names of the sets followed here, as far as somebody may know of them."""
    return sorted({row.one.set for row in followed(desk) if row.one.set}, key=str.casefold)
