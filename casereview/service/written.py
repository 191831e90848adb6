"""What is written down in a case, for whoever looks: its journal, its records in pages, and one record in full."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from casereview.errors import NotFound
from casereview.events import Entry
from casereview.ports import Reading
from casereview.reference import no_case
from casereview.service.desk import Desk
from casereview.service.record_access import access
from casereview.views import CaseKey, Page, RecordRow


@dataclass(frozen=True, slots=True)
class HistoryLine:
    number: int
    on: date
    recorded_at: datetime
    by: str
    acting_as: str
    kind: str
    says: str
    entry: Entry


def key_of(desk: Desk, work: Reading, ref: str) -> CaseKey:
    """Which case it is, where nothing more of it is needed; the same answer as `Desk.case` where it is hidden."""
    found = work.find(desk.person, ref) or work.find(desk.person, ref.strip().upper())
    if found is None:
        raise no_case(ref)
    return found


def history(desk: Desk, ref: str, *, before: int | None = None, limit: int = 50) -> list[HistoryLine]:
    """The journal of a case, newest first; of records kept to others it says that they are there."""
    from casereview.service.record_entries import told

    with desk.reading() as work:
        case = key_of(desk, work, ref)
        names = desk.known(work).names
        entries = work.history(case.id, before=before, limit=limit)
        return [
            HistoryLine(
                e.number, e.on, e.recorded_at.astimezone(UTC), names.person(e.actor), e.acting_as, e.event.kind, says, e
            )
            for e, says in told(desk, work, case.id, case.hash, entries)
        ]


def records(
    desk: Desk, ref: str, *, kind: str = "", offset: int = 0, limit: int = 50, in_full: bool = False
) -> Page[RecordRow]:
    """Records, newest first. What may not be read is a row that says to whom it is kept.

    in_full   the words as well where reading them is written down; it is, before they are given out
    """
    with desk.reading() as work:
        case = key_of(desk, work, ref)
        names, gate = desk.known(work).names, access(desk, work, case.id, case.hash)
        page = work.records(case.id, kind=kind, offset=offset, limit=limit)
        rows = tuple(replace(row, by_name=names.person(row.by)) for row in page.rows)
        seen = tuple(gate.seen(row) for row in rows) if gate else rows
    if gate and in_full:
        from casereview.service.record_reads import note_reads

        note_reads(desk, case.id, [row for row in seen if row.outline])
        whole = {row.number: row for row in rows}
        seen = tuple(whole[row.number] if row.outline else row for row in seen)
        seen = tuple(replace(row, outline=False) for row in seen)
    return replace(page, rows=seen)


def record(desk: Desk, ref: str, number: int) -> RecordRow:
    """One record in full, its reading written down where its kind asks for that.

    Raises NotFound where there is none; a record kept to others is a row that says so.
    """
    with desk.reading() as work:
        case = key_of(desk, work, ref)
        row, gate = work.record(case.id, number), access(desk, work, case.id, case.hash)
        if row is None:
            raise NotFound(f"{case.ref} has no record {number}", remedy=f"See: casereview records {case.ref}")
        row = replace(row, by_name=desk.known(work).names.person(row.by))
        seen = gate.seen(row) if gate else row
    if seen.outline:
        from casereview.service.record_reads import note_reads

        note_reads(desk, case.id, [seen])
        return row
    return seen
