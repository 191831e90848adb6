"""The record rows that entries leave: what is shown is always what the journal says."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from casereview.events import ChildSeen, Corrected, Entry, Imported, Recorded, inner_event
from casereview.views import RecordRow


@dataclass(slots=True)
class RecordFold:
    """The records of one case by number, folded entry by entry."""

    rows: dict[int, RecordRow] = field(default_factory=dict)

    def take(self, entry: Entry) -> list[RecordRow]:
        """The rows an entry adds or changes, as they then stand."""
        event = inner_event(entry.event)
        if isinstance(event, Corrected):
            changed = [_corrected(self.rows[event.number], event)] if event.number in self.rows else []
        else:
            changed = _added(entry, event)
        self.rows.update((row.number, row) for row in changed)
        return changed


def changed_rows(entry: Entry, earlier: RecordRow | None) -> list[RecordRow]:
    """The same for one entry, given the record a correction is about."""
    fold = RecordFold({earlier.number: earlier} if earlier else {})
    return fold.take(entry)


def _corrected(old: RecordRow, event: Corrected) -> RecordRow:
    return replace(old, values=event.values, withdrawn=event.withdrawn, corrected=old.corrected + 1)


def _added(entry: Entry, event: object) -> list[RecordRow]:
    if isinstance(event, Recorded):
        return [_row(entry, entry.number, event.record, event.values)]
    if isinstance(event, ChildSeen):
        seen = {"by": event.by, "alone": event.alone, "with_whom": event.with_whom, "where": event.where}
        values = {k: v for k, v in {**seen, "note": event.note}.items() if v != ""}
        return [_row(entry, entry.number, "seen", values)]
    if isinstance(event, Imported):
        return [
            replace(_row(entry, entry.number - place, kind, values), on=on)
            for place, (kind, values, on) in enumerate(event.records)
        ]
    return []


def _row(entry: Entry, number: int, kind: str, values: dict[str, Any]) -> RecordRow:
    return RecordRow(number, kind, entry.on, entry.actor, "", entry.recorded_at, values)
