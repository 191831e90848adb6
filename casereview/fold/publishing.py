"""What was found before publication, and whether anything was written since."""

from __future__ import annotations

from casereview import events as ev
from casereview.case import Case, Look, Scan
from casereview.events import Entry
from workflows.definition import Definition


def scanned(case: Case, entry: Entry, event: ev.Scanned, definition: Definition) -> None:
    case.scan = Scan(entry.number, entry.on, event.protected, event.key, event.digest)


def key_changed(case: Case, entry: Entry, event: ev.KeyChanged, definition: Definition) -> None:
    """Somebody stands in the key now who was not looked for; a find that was nobody's may be theirs."""
    case.scan = None
    case.finds_answered.clear()


def find_answered(case: Case, entry: Entry, event: ev.FindAnswered, definition: Definition) -> None:
    case.finds_answered[event.find] = Look(entry.actor, entry.on, event.reason)


def worded(case: Case, kind: str, number: int, definition: Definition) -> None:
    """A record of a kind that is published was written or changed."""
    declared = definition.records.get(kind)
    if declared is not None and declared.published:
        case.worded = number
