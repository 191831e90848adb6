"""What of a review is with the public, and what runs beside it, as one person may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casereview.case import Visit
from casereview.method.processes import Process, Suspended, Suspension, processes, suspended, suspensions
from casereview.method.publication import Artefact, artefacts
from casereview.method.review import Review
from casereview.service.desk import Desk
from casereview.service.review import read_review


@dataclass(frozen=True, slots=True)
class Publishing:
    """stage: where the publication track stands, in the workflow's words; "" where it has none."""

    review: Review
    day: date
    artefacts: tuple[Artefact, ...]
    stage: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The processes beside a review, the suspension in force because of them, and every time there was one."""

    review: Review
    day: date
    processes: tuple[Process, ...]
    suspended: Suspended | None
    stage: str
    suspensions: tuple[Suspension, ...] = ()


def publication(desk: Desk, ref: str) -> Publishing:
    review = read_review(desk, ref).review
    return Publishing(review, desk.today, artefacts(review), _stage(review, "publication"))


def beside(desk: Desk, ref: str) -> Beside:
    review = read_review(desk, ref).review
    with desk.reading() as work:
        times = suspensions(review, work.history(review.case.id))
    return Beside(review, desk.today, processes(review), suspended(review), _stage(review, "proceedings"), times)


def _stage(review: Review, track: str) -> str:
    declared = review.definition.tracks.get(track)
    visit: Visit | None = review.case.tracks.get(track)
    return declared.stages[visit.stage].title if declared is not None and visit is not None else ""
