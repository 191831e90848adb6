"""Cases and the registry afresh from the journal: to check what is kept, and to make it again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from casereview.case import Case
from casereview.chain import Link, read_instant
from casereview.errors import CaseReviewError
from casereview.events import REGISTRY, Entry, Event, event_from_plain, inner_event
from casereview.fold import apply
from casereview.ports import Reading, Writing
from casereview.registry import Registry
from casereview.service.desk import Desk
from casereview.service.records import RecordFold

Progress = Callable[[str, int, int], None]  # what, done, of
# what reading something altered can raise, whatever was done to it
UNREADABLE = (
    KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration, OverflowError, RecursionError,
)  # fmt: skip


def event_of(link: Link) -> Event | None:
    """The fact of an entry; None once its body has been disposed of. Raises CaseReviewError when unreadable."""
    if link.body is None:
        return None
    try:
        return event_from_plain(link.kind, json.loads(link.body))
    except UNREADABLE as error:
        raise CaseReviewError(
            f"entry {link.seq} cannot be read: {type(error).__name__}",
            remedy="It was altered, or written by a newer version.",
        ) from None


def entry_of(link: Link) -> Entry | None:
    event = event_of(link)
    if event is None:
        return None
    at = read_instant(link.recorded_at)
    return Entry(
        link.seq, link.stream, link.number, date.fromisoformat(link.on), at, link.actor, event, link.acting_as
    )


def _entries(links: Iterable[Link]) -> Iterable[Entry]:
    for link in links:
        entry = entry_of(link)
        if entry is not None:
            yield entry


def refold(desk: Desk, work: Reading, case_id: str) -> tuple[Case, RecordFold]:
    """A case and its records, afresh from its journal."""
    return fold_entries(desk, work, case_id, _whole(work.links(stream=case_id)))


def fold_entries(desk: Desk, work: Reading, case_id: str, entries: Iterable[Entry]) -> tuple[Case, RecordFold]:
    """A case and its records from the beginning of its stream up to wherever `entries` end."""
    case, records, definition = Case(case_id), RecordFold(), None
    for entry in entries:
        if definition is None:
            definition = desk.definition(work, digest_of(entry.event))
        under = case.profile
        apply(case, entry, definition)
        if case.profile != under:
            definition = desk.definition_of(work, case)
        records.take(entry)
    return case, records


def _whole(links: Iterable[Link]) -> Iterator[Entry]:
    for expected, link in enumerate(links, start=1):
        if link.number != expected:
            raise CaseReviewError(f"entry number {expected} of the case is missing")
        entry = entry_of(link)
        if entry is None:
            raise CaseReviewError(f"entry number {expected} has been disposed of")
        yield entry


def digest_of(event: Event) -> str:
    """The workflow an opening entry pins its case to."""
    digest = getattr(inner_event(event), "hash", None)
    if not isinstance(digest, str):
        raise CaseReviewError("its first entry does not open it")
    return digest


def fold_registry(work: Reading) -> Registry:
    registry = Registry()
    for entry in _entries(work.links(stream=REGISTRY)):
        registry.apply(entry.event)
    return registry


def rebuild(desk: Desk, work: Writing, progress: Progress | None = None) -> int:
    """Drops everything that is derived and folds it again from the journal. Returns how many cases."""
    streams = list(dict.fromkeys(link.stream for link in work.links() if link.stream != REGISTRY))
    work.forget_projections()
    for done, case_id in enumerate(streams, start=1):
        case, records = refold(desk, work, case_id)
        desk.save(work, case, desk.definition_of(work, case))
        for row in records.rows.values():
            work.put_record(case_id, row)
        if progress and done % 100 == 0:
            progress("cases", done, len(streams))
    return len(streams)
