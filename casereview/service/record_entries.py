"""The journal of a case in sentences, for whoever asks: without the words of records kept to others.

An entry about such a record still says that it was made, by whom and when; its fields, its values and the reason of a
correction stay with those who may read the record itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from casereview.case import Case
from casereview.describe import Names, describe
from casereview.differences import as_text, between
from casereview.events import Corrected, Entry, Event, FromBundle, Imported, Recorded, event_to_plain, inner_event
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.record_access import Access, access
from casereview.service.records import changed_rows
from casereview.text import shown

if TYPE_CHECKING:
    from workflows.definition import Definition

SHOWN = 60  # characters of a field, where somebody else changed it meanwhile


def told(desk: Desk, work: Reading, case_id: str, digest: str, entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    """Each entry as they may see it, and what it says."""
    gate, definition = access(desk, work, case_id, digest), desk.definition(work, digest)
    names = desk.known(work).names
    for entry in entries:
        yield _told(gate, work, entry, definition, names)


def _told(
    gate: Access | None, work: Reading, entry: Entry, definition: Definition, names: Names
) -> tuple[Entry, str]:  # fmt: skip
    event = inner_event(entry.event)
    if gate is None or not isinstance(event, Recorded | Corrected | Imported):
        return entry, describe(entry, definition, names)
    if isinstance(event, Imported):
        kept = tuple((kind, values if gate.open(kind) else {}, on) for kind, values, on in event.records)
        row = event.row if all(gate.open(kind) for kind, _, _ in event.records) else {}
        return _with(entry, replace(event, records=kept, row=row)), describe(entry, definition, names)
    kind = gate.kind(event.record)
    whole = kind is None or not (kind.readers or kind.logged)
    if whole:
        return entry, describe(entry, definition, names)
    if _readable(gate, work, entry, event):  # a line of the journal shows no account: it carries none either
        return _with(entry, replace(event, values={}, **_no_changes(event))), describe(entry, definition, names)
    title, to = kind.title if kind else event.record, gate.kept_to(event.record)
    if isinstance(event, Recorded):
        return _with(entry, replace(event, values={})), f"Recorded: {title} (kept to {to})"
    said = "Withdrew" if event.withdrawn else "Corrected"
    bare = _with(entry, replace(event, values={}, changes={}, reason=""))
    return bare, f"{said} record {event.number}: {title} (kept to {to})"


def _no_changes(event: Recorded | Corrected) -> dict[str, Any]:
    return {"changes": dict.fromkeys(event.changes)} if isinstance(event, Corrected) else {}


def _readable(gate: Access, work: Reading, entry: Entry, event: Recorded | Corrected) -> bool:
    if gate.open(event.record):
        return True
    number = entry.number if isinstance(event, Recorded) else event.number
    row = work.record(entry.stream, number) or next(iter(changed_rows(entry, None)), None)
    return row is not None and gate.theirs(row)


def _with(entry: Entry, event: Event) -> Entry:
    """The entry with this event in it, wrapped again where it came from another store."""
    if isinstance(entry.event, FromBundle):
        return replace(entry, event=replace(entry.event, body=event_to_plain(event)))
    return replace(entry, event=event)


def meanwhile(desk: Desk, work: Reading, case: Case, seen: int) -> str:
    """What somebody did to a case since it was looked at, a correction with what it changed."""
    newer, names = work.history(case.id, after=seen), desk.known(work).names
    lines = [
        f"{names.person(old.actor)}: {says}{_difference(desk, work, case.hash, old, new)}"
        for old, (new, says) in zip(newer, told(desk, work, case.id, case.hash, newer), strict=True)
    ]
    more = f" and {len(newer) - 3} more" if len(newer) > 3 else ""
    return f"the case has changed since you looked ({'; '.join(lines[:3])}{more}); nothing of yours was kept"


def _difference(desk: Desk, work: Reading, digest: str, old: Entry, new: Entry) -> str:
    """The fields a correction changed, as they were and are: two people may have the same record before them."""
    event, kept = inner_event(old.event), inner_event(new.event)
    if not isinstance(event, Corrected) or event.withdrawn or (event.reason and not getattr(kept, "reason", "")):
        return ""
    kind = desk.definition(work, digest).records.get(event.record)
    if kind is None or kind.logged:
        return ""
    pairs = (f"{name}: {_changed(as_text(was), as_text(now))}" for name, (was, now) in event.changes.items())
    return f" [{'; '.join(pairs)}]"


def _changed(was: str, now: str) -> str:
    """Short texts as they were and are; of longer ones the words that went and came."""
    if max(len(was), len(now)) > SHOWN:
        pieces = between(was, now)
        was, now = (" … ".join(p.text.strip() for p in pieces if p.mark == mark) for mark in ("gone", "new"))
    return f"“{shown(was, width=SHOWN)}” → “{shown(now, width=SHOWN)}”"
