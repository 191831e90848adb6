"""The record rows that entries leave: what is shown is always what the journal says."""

from __future__ import annotations

from casereview.events import ChildSeen, Corrected, Entry, Imported, Recorded
from casereview.ports import Reading
from casereview.views import RecordRow


def record_rows(work: Reading, case_id: str, entry: Entry) -> list[RecordRow]:
    """The records an entry adds or changes, as they then stand."""
    event = entry.event
    if isinstance(event, Recorded):
        return [RecordRow(entry.number, event.record, entry.on, entry.actor, "", entry.recorded_at, event.values)]
    if isinstance(event, ChildSeen):
        values = {"by": event.by, "alone": event.alone, "with_whom": event.with_whom, "where": event.where}
        values = {k: v for k, v in {**values, "note": event.note}.items() if v not in ("", None)}
        return [RecordRow(entry.number, "seen", entry.on, entry.actor, "", entry.recorded_at, values)]
    if isinstance(event, Imported):
        return [
            RecordRow(entry.number - place, kind, on, entry.actor, "", entry.recorded_at, values)
            for place, (kind, values, on) in enumerate(event.records)
        ]
    if isinstance(event, Corrected):
        old = work.record(case_id, event.number)
        if old is not None:
            return [
                RecordRow(
                    old.number, old.kind, old.on, old.by, "", old.recorded_at, event.values,
                    event.withdrawn, old.corrected + 1,
                )
            ]
    return []
