"""Reading a whole review at once, by whoever may: what every view, prompt and report of a review begins from."""

from __future__ import annotations

from dataclasses import dataclass

from casereview.case import Case
from casereview.describe import Names
from casereview.errors import CaseReviewError, NotFound
from casereview.method.review import Review, review_of_rows
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.record_access import readable
from casereview.views import RecordRow

KIND = "review"


@dataclass(frozen=True, slots=True)
class Read:
    """A review with the names of those who wrote in it."""

    review: Review
    names: Names

    @property
    def case(self) -> Case:
        return self.review.case


def read_review(desk: Desk, ref: str) -> Read:
    """The review by its reference. Raises NotFound, or CaseReviewError where the case is no review."""
    with desk.reading() as work:
        return Read(review_in(desk, work, desk.case(work, ref)), desk.known(work).names)


def review_in(desk: Desk, work: Reading, case: Case) -> Review:
    """The same inside a transaction that is open already."""
    definition = desk.definition_of(work, case)
    if definition.kind != KIND:
        raise CaseReviewError(
            f"this belongs to a review, and {case.ref} is of the kind {definition.kind}", where=case.ref,
            remedy="Reviews: casereview cases kind:review",
        )  # fmt: skip
    total = work.records(case.id, limit=1).total
    rows, withheld = readable(desk, work, case, work.records(case.id, limit=max(total, 1)).rows)
    return review_of_rows(case, definition, rows, withheld)


def record_of(desk: Desk, ref: str, number: int) -> RecordRow:
    """One record of a case, if this person may read it; one answer for unknown and withheld."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        row = work.record(case.id, number)
        rows, _ = readable(desk, work, case, (row,) if row is not None else ())
        if not rows:
            raise NotFound(f"{case.ref} has no record {number} for you", remedy=f"See: casereview records {case.ref}")
        return rows[0]
