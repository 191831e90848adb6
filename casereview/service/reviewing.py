"""The checkpoint reviews of a case so far, and where each outcome would lead from where it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casereview.commands import HoldReview
from casereview.errors import NotFound
from casereview.review_routes import CHANGE, ENOUGH, OUTCOMES, directions, review_kind, route
from casereview.service.desk import Desk
from casereview.service.reading import CaseView, records, show
from casereview.views import RecordRow
from casereview.words import STOPPED_EARLY

NEWEST = 50


@dataclass(frozen=True, slots=True)
class Reviews:
    """next: the next planned look, None where there is none · outcomes: each with where it leads, in words."""

    view: CaseView
    title: str
    next: date | None
    held: int
    late: int
    outcomes: tuple[tuple[str, str], ...]
    rows: tuple[RecordRow, ...]


def reviews(desk: Desk, ref: str) -> Reviews:
    """What was found at each review, newest first. Raises NotFound where the workflow has no such review."""
    view = show(desk, ref)
    kind = review_kind(view.definition)
    if kind is None:
        remedy = f"The records it has: casereview record {view.case.ref}"
        says = "this workflow has no checkpoint review that ends in an outcome"
        raise NotFound(says, where=view.case.ref, remedy=remedy)
    rows = tuple(r for r in records(desk, view.case.ref, kind=kind.name, limit=NEWEST).rows if not r.withdrawn)
    looked = {e.name for e in view.definition.expectations.values() if e.checkpoint_record == kind.name}
    runs = [run for name, run in view.case.runs.items() if name in looked]
    planned = [run.checkpoints[0] for run in runs if run.checkpoints and run.ended is None]
    held, late = max((r.held for r in runs), default=0), max((r.late for r in runs), default=0)
    return Reviews(view, kind.title, min(planned, default=None), held, late, outcomes(view), rows)


def outcomes(view: CaseView) -> tuple[tuple[str, str], ...]:
    """Each outcome with where it would lead now, in words."""
    if view.case.closed is not None:
        return ()
    return tuple((word, _leads(view, word)) for word in OUTCOMES)


def _leads(view: CaseView, word: str) -> str:
    if word == CHANGE:
        ways = directions(view.case, view.definition)
        names = "; ".join(f"{step.title} (--step {step.name})" for step, _ in ways)
        return names or "no change of direction is declared from here"
    way = route(view.case, HoldReview(word), view.definition)
    if isinstance(way, str):
        return way
    if way.after is None:
        return "the review and any new date are recorded; the case stays where it is"
    title = view.definition.stages[way.after.to].title
    return f"{title}. {STOPPED_EARLY}" if word == ENOUGH else f"{title}, to a new date"
