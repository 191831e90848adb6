"""How a review was done, in numbers that are the same whoever asks; and the newest entry of its journal."""

from __future__ import annotations

from datetime import date

from casereview.case import Case
from casereview.events import Corrected, Recorded
from casereview.method.counts import Counts, counts
from casereview.method.review import review_of_rows
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.method_settings import lists_in
from casereview.views import Head


def numbers(desk: Desk, work: Reading, case: Case) -> Counts:
    """Counted over every record, also those this person may not read: a report has one number for everybody."""
    total = work.records(case.id, limit=1).total
    rows = work.records(case.id, limit=max(total, 1)).rows
    whole = review_of_rows(case, desk.definition_of(work, case), rows)
    return counts(whole, lists_in(work).heard, desk.today)


def touched_since(work: Reading, case: Case, day: date) -> dict[str, int]:
    """How many records of each kind were written or changed after a day; never what."""
    kinds: dict[int, str] = {}
    touched: set[int] = set()
    for entry in work.history(case.id):
        event = entry.event
        number = event.number if isinstance(event, Corrected) else entry.number
        if isinstance(event, Recorded | Corrected):
            kinds[number] = event.record
            touched |= {number} if entry.on > day else set()
    found: dict[str, int] = {}
    for number in sorted(touched):
        found[kinds[number]] = found.get(kinds[number], 0) + 1
    return found


def newest(desk: Desk, work: Reading, case: Case) -> Head:
    """The entry of the journal a case stands at: writing elsewhere in the store does not change it."""
    for link in work.links(stream=case.id):
        if link.number == case.number:
            return Head(link.seq, link.hash)
    return desk.head(work)
