"""Reading a whole review at once, by whoever may: what every view, prompt and report of a review begins from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casereview.case import Case
from casereview.describe import Names
from casereview.errors import CaseReviewError, NotFound
from casereview.method.review import Review, review_of_rows
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.record_access import readable
from casereview.service.record_reads import note_reads
from casereview.service.written import record
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


def read_review(desk: Desk, ref: str, *, showing: Sequence[str] = ()) -> Read:
    """The review by its reference. Raises NotFound, or CaseReviewError where the case is no review.

    showing   kinds of record whose words are shown though reading them is written down (`logged` in the workflow
              file, such as conversations): it is, record by record, before they are given out. Without it such a
              record comes in outline, its accounts left out.
    """
    with desk.reading() as work:
        case, names = desk.case(work, ref), desk.known(work).names
        review = review_in(desk, work, case, showing=showing)
        kinds = [k for k in showing if k in review.definition.records and review.definition.records[k].logged]
        rows = _rows(work, case) if kinds else ()
    note_reads(desk, case.id, [row for row in rows if row.kind in kinds and review.one(row.kind, row.number)])
    return Read(review, names)


def review_in(desk: Desk, work: Reading, case: Case, *, showing: Sequence[str] = ()) -> Review:
    """The same inside a transaction that is open already; `showing`: whoever asks has written the reading down."""
    definition = desk.definition_of(work, case)
    if definition.kind != KIND:
        raise CaseReviewError(
            f"this belongs to a review, and {case.ref} is of the kind {definition.kind}", where=case.ref,
            remedy="Reviews: casereview cases kind:review",
        )  # fmt: skip
    rows, withheld = readable(desk, work, case, _rows(work, case), showing)
    return review_of_rows(case, definition, rows, withheld)


def _rows(work: Reading, case: Case) -> tuple[RecordRow, ...]:
    total = work.records(case.id, limit=1).total
    return work.records(case.id, limit=max(total, 1)).rows


def record_of(desk: Desk, ref: str, number: int) -> RecordRow:
    """One record of a case in full, if this person may read it; one answer for unknown and withheld."""
    row = record(desk, ref, number)
    if row.kept_to:
        raise NotFound(f"{ref} has no record {number} for you", remedy=f"See: casereview records {ref}")
    return row
