"""What of a review is with the public, and what runs beside it, as one person may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casereview.case import Visit
from casereview.method.processes import Process, Suspended, Suspension, processes, suspended, suspensions
from casereview.method.publication import KIND, Artefact, artefacts
from casereview.method.review import Review
from casereview.service.desk import Desk
from casereview.service.review import read_review


@dataclass(frozen=True, slots=True)
class Publishing:
    """stage: where the publication track stands, in the workflow's words; "" where it has none.

    looked  whether what would be published was looked through as it reads now
    kept    decisions on publication there are that this person may not read
    """

    review: Review
    day: date
    artefacts: tuple[Artefact, ...]
    stage: str
    looked: str = ""
    kept: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be known of the whole of it, in a sentence each."""
        kept = "Decisions on publication are kept to others: where a document stands is not yours to read"
        return (self.looked, *([kept] if self.kept else []))


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
    kept = review.withheld.get(KIND, 0)
    shown = () if kept else artefacts(review)
    return Publishing(review, desk.today, shown, _stage(review, "publication"), _looked(review), kept)


def _looked(review: Review) -> str:
    case = review.case
    if case.scan is None or case.scan.entry <= case.worded:
        return "What would be published has not been looked through as it reads now"
    found = f"{case.scan.protected} of the identity key stood in it" if case.scan.protected else "nobody stood in it"
    if not case.scan.key:
        found = "the identity key had nobody in it"
    return f"What would be published was looked through on {case.scan.on}: {found}"


def beside(desk: Desk, ref: str) -> Beside:
    review = read_review(desk, ref).review
    with desk.reading() as work:
        times = suspensions(review, work.history(review.case.id))
    return Beside(review, desk.today, processes(review), suspended(review), _stage(review, "proceedings"), times)


def _stage(review: Review, track: str) -> str:
    declared = review.definition.tracks.get(track)
    visit: Visit | None = review.case.tracks.get(track)
    return declared.stages[visit.stage].title if declared is not None and visit is not None else ""
