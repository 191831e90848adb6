"""The whole store: is it as it was written, and is everything shown really the fold of what is journalled."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.case import Case
from casereview.chain import GENESIS, Link, fault_of, instant, read_instant
from casereview.codec import dumps, to_plain
from casereview.decide.context import holds_any
from casereview.errors import CaseReviewError, NotFound
from casereview.events import REGISTRY, BodiesDisposed, Entry, Event, event_from_plain, inner_event
from casereview.fold import apply
from casereview.ports import Reading, Writing
from casereview.project import project
from casereview.registry import Registry
from casereview.service.desk import Desk
from casereview.service.records import RecordFold
from casereview.views import Head

WHOLE_STORE = ("auditor", "data-officer")
MOST_PROBLEMS = 100
Progress = Callable[[str, int, int], None]  # what, done, of


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong, and where: an entry of the journal, or a case."""

    says: str
    seq: int | None = None
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    ok: bool
    entries: int
    cases: int
    head: Head
    problems: tuple[Trouble, ...]


def require_whole(desk: Desk, work: Reading, doing: str) -> None:
    """Acts on the whole store see every case, hidden ones included; so they take an office (decision 16)."""
    if not holds_any(desk.me(work), WHOLE_STORE, desk.today):
        raise NotFound(f"{doing} takes the office of auditor or data officer", remedy="Ask someone who holds it.")


# ---- anchors -----------------------------------------------------------------------------------------------------
_ANCHOR = re.compile(r"^casereview anchor (\d{1,12}) ([0-9a-f]{64}) \S+$", re.MULTILINE)


def anchor(desk: Desk) -> str:
    """One line to keep elsewhere (in board minutes, by letter): only against it is tampering evident."""
    with desk.reading() as work:
        require_whole(desk, work, "Printing an anchor")
        head = work.head()
    return f"casereview anchor {head.seq} {head.hash} {instant(desk.clock.now())}"


def read_anchors(text: str, where: str) -> list[Head]:
    """The anchors in a text; raises CaseReviewError where there is none."""
    found = [Head(int(seq), digest) for seq, digest in _ANCHOR.findall(text)]
    if not found:
        raise CaseReviewError("holds no anchor", where=where, remedy="Make one with: casereview verify --print-anchor")
    return found


# ---- verify ------------------------------------------------------------------------------------------------------
def verify(desk: Desk, anchors: Sequence[Head] = (), progress: Progress | None = None) -> Verified:
    """Checks every link of the chain, refolds every case and the registry, and compares with what is kept.

    Names the first bad row first. Reads in constant memory apart from one case at a time.
    """
    with desk.reading() as work:
        require_whole(desk, work, "Verifying")
        head = work.head()
        problems: list[Trouble] = []
        entries = _verify_chain(work, head, anchors, problems, progress)
        cases = _verify_cases(desk, work, problems, progress)
        _verify_registry(work, problems)
    return Verified(not problems, entries, cases, head, tuple(problems[:MOST_PROBLEMS]))


def _verify_chain(
    work: Reading, head: Head, anchors: Sequence[Head], problems: list[Trouble], progress: Progress | None
) -> int:
    prev, seq, missing = GENESIS, 0, []
    awaited = {a.seq: a.hash for a in anchors}
    for link in work.links():
        fault = fault_of(link, seq + 1, prev)
        if fault is not None and len(problems) < MOST_PROBLEMS:
            problems.append(Trouble(f"entry {link.seq}: {fault}", link.seq, link.stream))
        if link.body is None:
            missing.append(link.seq)
        if awaited.pop(link.seq, link.hash) != link.hash:
            problems.append(Trouble(f"entry {link.seq} is not the one the anchor was made of", link.seq))
        prev, seq = link.hash, link.seq
        if progress and seq % 1000 == 0:
            progress("entries", seq, head.seq)
    if (seq, prev) != (head.seq, head.hash if head.seq else GENESIS):
        problems.append(Trouble(f"the journal ends at entry {seq}, its head says {head.seq}", seq))
    problems += [
        Trouble(f"entry {gone} of the anchor is missing: the end of the journal was cut off", gone)
        for gone in sorted(awaited)
    ]
    _verify_disposed(work, missing, problems)
    return seq


def _verify_disposed(work: Reading, missing: list[int], problems: list[Trouble]) -> None:
    if not missing:
        return
    allowed: set[int] = set()
    for entry in _entries(work.links(stream=REGISTRY)):
        if isinstance(entry.event, BodiesDisposed):
            allowed.update(entry.event.seqs)
    problems += [
        Trouble(f"entry {seq}: its body is gone without a recorded decision", seq)
        for seq in missing
        if seq not in allowed
    ]


def event_of(link: Link) -> Event | None:
    """The fact of an entry; None once its body has been disposed of. Raises CaseReviewError when unreadable."""
    if link.body is None:
        return None
    try:
        return event_from_plain(link.kind, json.loads(link.body))
    except (KeyError, TypeError, ValueError) as error:
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


def _verify_cases(desk: Desk, work: Reading, problems: list[Trouble], progress: Progress | None) -> int:
    ids = list(work.case_ids())
    for done, case_id in enumerate(ids, start=1):
        if len(problems) >= MOST_PROBLEMS:
            break
        try:
            problems += _verify_case(desk, work, case_id)
        except (CaseReviewError, KeyError, TypeError, ValueError, StopIteration) as error:
            problems.append(Trouble(f"the journal of this case cannot be folded: {error}", case=case_id))
        if progress and done % 100 == 0:
            progress("cases", done, len(ids))
    return len(ids)


def refold(desk: Desk, work: Reading, case_id: str) -> tuple[Case, RecordFold]:
    """A case and its records, afresh from its journal."""
    case, records, definition = Case(case_id), RecordFold(), None
    for expected, link in enumerate(work.links(stream=case_id), start=1):
        if link.number != expected:
            raise CaseReviewError(f"entry number {expected} of the case is missing")
        entry = entry_of(link)
        if entry is None:
            raise CaseReviewError(f"entry number {expected} has been disposed of")
        if definition is None:
            definition = desk.definition(work, digest_of(entry.event))
        apply(case, entry, definition)
        records.take(entry)
    return case, records


def digest_of(event: Event) -> str:
    """The workflow an opening entry pins its case to."""
    digest = getattr(inner_event(event), "hash", None)
    if not isinstance(digest, str):
        raise CaseReviewError("its first entry does not open it")
    return digest


def _verify_case(desk: Desk, work: Reading, case_id: str) -> list[Trouble]:
    case, records = refold(desk, work, case_id)
    definition = desk.definition(work, case.hash)
    problems = []
    kept = work.snapshot(case_id)
    if kept is None or dumps(to_plain(kept)) != dumps(to_plain(case)):
        problems.append(Trouble(f"case {case.ref} is not shown as its journal says", case=case_id))
    rows = project(case, definition, desk.calendar(work, case.nation, case.team))
    listed = sorted(work.projected(case_id), key=lambda r: r.expectation)
    if listed != sorted(rows, key=lambda r: r.expectation):
        problems.append(Trouble(f"the dates listed for case {case.ref} are not what its journal gives", case=case_id))
    page = work.records(case_id, limit=max(len(records.rows), 1) + 1)
    if {r.number: r for r in page.rows} != records.rows:
        problems.append(Trouble(f"the records of case {case.ref} are not as journalled", case=case_id))
    return problems


def _verify_registry(work: Reading, problems: list[Trouble]) -> None:
    folded = fold_registry(work)
    kept = work.registry()
    for what in ("people", "teams", "closures", "children", "definitions"):
        if getattr(folded, what) != getattr(kept, what):
            problems.append(Trouble(f"{what} are not as the journal says"))
    for digest, name, version, text in work.definitions():
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            problems.append(Trouble(f"the text of workflow {name} {version} was changed"))


def fold_registry(work: Reading) -> Registry:
    registry = Registry()
    for entry in _entries(work.links(stream=REGISTRY)):
        registry.apply(entry.event)
    return registry


# ---- rebuild, backup ---------------------------------------------------------------------------------------------
def rebuild(desk: Desk, work: Writing, progress: Progress | None = None) -> int:
    """Drops everything that is derived and folds it again from the journal. Returns how many cases."""
    streams = list(dict.fromkeys(link.stream for link in work.links() if link.stream != REGISTRY))
    work.forget_projections()
    for done, case_id in enumerate(streams, start=1):
        case, records = refold(desk, work, case_id)
        desk.save(work, case, desk.definition(work, case.hash))
        for row in records.rows.values():
            work.put_record(case_id, row)
        if progress and done % 100 == 0:
            progress("cases", done, len(streams))
    return len(streams)


def backup(desk: Desk, target: str) -> None:
    """A whole copy of the store, at a path that does not exist yet."""
    with desk.reading() as work:
        require_whole(desk, work, "A backup")
    desk.store.backup(target)
