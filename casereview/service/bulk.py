"""Doing one thing to many cases: what would happen to each, then what did. There is no bulk justifying, on purpose.

Each case is its own transaction and its own entry of the journal: what is refused on one stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from casereview.case import Case
from casereview.commands import Assign, Command, MarkLooked
from casereview.errors import CaseReviewError
from casereview.ports import Reading
from casereview.query import Query, parse
from casereview.service.desk import Desk, Refused
from casereview.service.reading import cases
from casereview.service.register import ask_cases
from casereview.text import required

if TYPE_CHECKING:
    from casereview.decide import Refusal

MOST = 2_000
"""Cases at a time."""
PAGE = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One case: what would happen to it, or did; or why not. `number` is what it was seen at."""

    case: str
    title: str
    says: str
    refused: bool = False
    number: int = 0


Make = Callable[[Case], Command]
Progress = Callable[[int, int], None]


# ---- which cases -------------------------------------------------------------------------------------------------
def cases_of(desk: Desk, query: Query, worker: str = "") -> list[str]:
    """References of every case a query lists, in order; only a worker's (an id) where one is given.

    Raises CaseReviewError for more than MOST, and QueryFault.
    """
    asked = replace(ask_cases(desk, query, limit=PAGE), worker=worker)
    found: list[str] = []
    while True:
        page = cases(desk, replace(asked, offset=len(found), order="reference"))
        if page.total > MOST:
            raise CaseReviewError(
                f"these are {page.total:,} cases; at most {MOST:,} are done at a time", remedy="Narrow it further."
            )
        found += [row.case for row in page.rows]
        if len(found) >= page.total or not page.rows:
            return found


def of_worker(desk: Desk, worker: str, query: Query) -> list[str]:
    """The open cases of a worker (an id) that a query leaves."""
    return cases_of(desk, query.with_terms("open"), worker)


def of_query(desk: Desk, query: str) -> list[str]:
    """The open cases a query lists."""
    return cases_of(desk, parse(query).with_terms("open"))


# ---- what is done ------------------------------------------------------------------------------------------------
def handing_over(worker: str, note: str) -> Make:
    """Each case to this worker (an id), with one note. Raises CaseReviewError when it says nothing."""
    said = required(note, "a note", one_line=False)
    return lambda case: Assign(worker=worker, note=said)


def marking_seen(note: str) -> Make:
    """That whoever oversees each case looked at it; neither an answer nor a justification."""
    return lambda case: MarkLooked(note)


# ---- before and after --------------------------------------------------------------------------------------------
def preview(desk: Desk, refs: Sequence[str], make: Make, says: str) -> list[Row]:
    """What would happen to each case, one reading, nothing written. `says`: the words where nothing refuses it."""
    with desk.reading() as work:
        return [_planned(desk, work, ref, make, says) for ref in dict.fromkeys(refs)]


def _planned(desk: Desk, work: Reading, ref: str, make: Make, says: str) -> Row:
    from casereview.decide import Refusal, decide

    try:
        case = desk.case(work, ref)
    except CaseReviewError as error:
        return Row(ref, "", error.says, refused=True)
    command = make(case)
    try:
        decision = decide(case, command, desk.context(work, case, command))
    except CaseReviewError as error:
        return Row(case.ref, case.title, str(error), True, case.number)
    if isinstance(decision, Refusal):
        return Row(case.ref, case.title, _why(decision), True, case.number)
    return Row(case.ref, case.title, says, number=case.number)


def _why(refusal: Refusal) -> str:
    return f"{refusal.says} {refusal.remedy or ''}".strip()


def carry_out(desk: Desk, planned: Sequence[Row], make: Make, progress: Progress | None = None) -> Iterator[Row]:
    """Does it, case by case, as each was seen; yields what came of each. What was refused before is not tried."""
    for done, row in enumerate(planned, 1):
        yield row if row.refused else _done(desk, row, make)
        if progress is not None:
            progress(done, len(planned))


def _done(desk: Desk, row: Row, make: Make) -> Row:
    try:
        with desk.writing() as work:
            case = desk.case(work, row.case)
            done = desk.do_in(work, row.case, make(case), row.number)
    except Refused as error:
        return replace(row, says=_why(error.refusal), refused=True)
    except CaseReviewError as error:
        return replace(row, says=str(error), refused=True)
    return replace(row, says="; ".join(done.says))
