"""The whole store: is it as it was written, and is everything shown really the fold of what is journalled."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from casereview.case import Case
from casereview.chain import GENESIS, Link, fault_of, instant
from casereview.errors import CaseReviewError, NotFound
from casereview.events import REGISTRY, BodiesDisposed, Event
from casereview.people import holds_any
from casereview.ports import Reading
from casereview.project import project
from casereview.rows import standing_of_row
from casereview.service.desk import Desk
from casereview.service.refold import UNREADABLE, Progress, event_of, fold_registry, rebuild, refold
from casereview.views import CaseQuery, CaseRow, Head, RegisterQuery
from workflows.definition import Definition

WHOLE_STORE = ("auditor", "data-officer")
MOST_PROBLEMS = 100
PAGE = 500
Counted = tuple[str | None, str]  # for whom (None: everyone's, "": a stranger's), standing


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


def require_whole(
    desk: Desk, work: Reading, doing: str, refused: type[CaseReviewError] = NotFound
) -> None:
    """Acts on the whole store see every case, hidden ones included; so they take an office (decision 16)."""
    if not holds_any(desk.me(work), WHOLE_STORE, desk.today):
        raise refused(f"{doing} takes the office of auditor or data officer", remedy="Ask someone who holds it.")


# ---- anchors -----------------------------------------------------------------------------------------------------
_ANCHOR = re.compile(r"\bcasereview anchor (\d{1,12}) ([0-9a-f]{64})\b")


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

    Names the first bad entry first. Holds one case at a time, and the registry. Against a change of everything
    at once, the chain and all that follows from it, only an anchor kept elsewhere helps.
    """
    with desk.reading() as work:
        require_whole(desk, work, "Verifying", CaseReviewError)  # status 2: 1 would say that something was altered
        head = work.head()
        problems: list[Trouble] = []
        entries, opened = _verify_chain(work, head, anchors, problems, progress)
        cases = _verify_cases(desk, work, opened, problems, progress)
        _verify_registry(work, problems)
    return Verified(not problems, entries, cases, head, tuple(problems[:MOST_PROBLEMS]))


def _verify_chain(
    work: Reading, head: Head, anchors: Sequence[Head], problems: list[Trouble], progress: Progress | None
) -> tuple[int, int]:
    """How many entries there are, and how many of them begin a case."""
    prev, seq, opened, missing = GENESIS, 0, 0, []
    awaited: dict[int, set[str]] = {}
    for one in anchors:
        awaited.setdefault(one.seq, set()).add(one.hash)
    # Place 0: of a report by somebody who may not know how many entries there are; an empty journal says nothing.
    anywhere = awaited.pop(0, set()) - {GENESIS}
    for link in work.links():
        fault = _fault_of(link, seq + 1, prev)
        if fault is not None and len(problems) < MOST_PROBLEMS:
            problems.append(Trouble(f"entry {link.seq}: {fault}", link.seq, link.stream))
        if link.body is None:
            missing.append(link.seq)
        if awaited.pop(link.seq, {link.hash}) != {link.hash}:
            problems.append(Trouble(f"entry {link.seq} is not the one the anchor was made of", link.seq))
        anywhere.discard(link.hash)
        opened += link.number == 1 and link.stream != REGISTRY
        prev, seq = link.hash, link.seq
        if progress and seq % 1000 == 0:
            progress("entries", seq, head.seq)
    if (seq, prev) != (head.seq, head.hash if head.seq else GENESIS):
        other = str(head.seq) if seq != head.seq else "that entry is another"
        problems.append(Trouble(f"the journal ends at entry {seq}, its head says {other}", seq))
    problems += [
        Trouble(f"entry {gone} of the anchor is missing: the end of the journal was cut off", gone)
        for gone in sorted(awaited)
    ]
    problems += [Trouble(f"no entry has the hash {gone[:16]}… of the anchor") for gone in sorted(anywhere)]
    _verify_disposed(work, missing, problems)
    return seq, opened


def _fault_of(link: Link, expected_seq: int, expected_prev: str) -> str | None:
    if (link.salt is None) != (link.body is None):
        return "its body was changed"  # a body without its salt could say anything
    try:
        return fault_of(link, expected_seq, expected_prev)
    except UNREADABLE:
        return "it was changed into something no store writes"


def _verify_disposed(work: Reading, missing: list[int], problems: list[Trouble]) -> None:
    if not missing:
        return
    allowed: set[int] = set()
    for link in work.links(stream=REGISTRY):
        if link.kind == BodiesDisposed.kind and isinstance(event := _or_none(link), BodiesDisposed):
            allowed.update(event.seqs)
    problems += [
        Trouble(f"entry {seq}: its body is gone without a recorded decision", seq)
        for seq in missing
        if seq not in allowed
    ]


def _or_none(link: Link) -> Event | None:
    try:
        return event_of(link)
    except CaseReviewError:
        return None


def _verify_cases(
    desk: Desk, work: Reading, opened: int, problems: list[Trouble], progress: Progress | None
) -> int:
    done, counts = 0, Counter[Counted]()
    for done, case_id in enumerate(work.case_ids(), start=1):
        if len(problems) >= MOST_PROBLEMS:
            return opened
        try:
            problems += _verify_case(desk, work, case_id, counts)
        except (CaseReviewError, *UNREADABLE) as error:
            problems.append(Trouble(f"this case cannot be folded: {error!s}", case=case_id))
        if progress and done % 100 == 0:
            progress("cases", done, opened)
    if done < opened:
        _name_lost(work, problems)
    if not problems:
        _verify_lists(desk, work, counts, problems)
    return done


def _name_lost(work: Reading, problems: list[Trouble]) -> None:
    """Cases that are in the journal and no longer in the lists."""
    for link in work.links():
        if link.number == 1 and link.stream != REGISTRY and work.case(None, link.stream) is None:
            problems.append(Trouble("a case of the journal is missing from the lists", link.seq, link.stream))
            if len(problems) >= MOST_PROBLEMS:
                return


def _verify_lists(desk: Desk, work: Reading, counts: Counter[Counted], problems: list[Trouble]) -> None:
    """What lists show of each case, and what the register counts: kept apart from the cases themselves."""
    offset = 0
    while page := work.cases(None, CaseQuery(order="reference", offset=offset, limit=PAGE), desk.today).rows:
        for row in page:
            case = work.snapshot(row.id)
            if case is None or not _as_listed(desk.definition_of(work, case), case, row):
                problems.append(Trouble(f"case {row.case} is not listed as its journal says", case=row.id))
        offset += PAGE
    for viewer in (None, ""):
        found = work.register(viewer, RegisterQuery(limit=0), desk.today).counts
        if +Counter({(viewer, standing): n for standing, n in found.items()}) != given(counts, viewer):
            problems.append(Trouble("the register does not count what the journal gives"))


def given(counts: Counter[Counted], viewer: str | None) -> Counter[Counted]:
    return +Counter({key: n for key, n in counts.items() if key[0] == viewer})


def _as_listed(definition: Definition, case: Case, row: CaseRow) -> bool:
    said = (row.case, row.title, row.workflow, row.version, row.kind, row.stage, row.opened, row.closed)
    also = (row.worker, row.team, row.restricted, row.imported, row.number)
    return (said, also) == (
        (case.ref, case.title, case.workflow, case.version, definition.kind, case.main.stage, case.opened, case.closed),
        (case.worker, case.team, case.restricted, case.imported, case.number),
    )


def _verify_case(desk: Desk, work: Reading, case_id: str, counts: Counter[Counted]) -> list[Trouble]:
    case, records = refold(desk, work, case_id)
    definition = desk.definition_of(work, case)
    problems = []
    kept = work.snapshot(case_id)
    if kept != case:
        problems.append(Trouble(f"case {case.ref} is not shown as its journal says", case=case_id))
    rows = project(case, definition, desk.calendar(work, case.nation, case.team))
    listed = sorted(work.projected(case_id), key=lambda r: r.expectation)
    if listed != sorted(rows, key=lambda r: r.expectation):
        problems.append(Trouble(f"the dates listed for case {case.ref} are not what its journal gives", case=case_id))
    page = work.records(case_id, limit=max(len(records.rows), 1) + 1)
    if {r.number: r for r in page.rows} != records.rows:
        problems.append(Trouble(f"the records of case {case.ref} are not as journalled", case=case_id))
    if not _hidden_as_journalled(work, case):
        problems.append(Trouble(f"who may know of case {case.ref} is not as its journal says", case=case_id))
    for one in rows:
        if one.on_register and one.ended is None:
            standing = standing_of_row(one, desk.today)
            counts[None, standing] += 1
            counts["", standing] += case.known_to("")
    return problems


def _hidden_as_journalled(work: Reading, case: Case) -> bool:
    """Asks the store for the case as those would who it names, as a stranger, and where restricted as everyone."""
    viewers = {"", *case.admitted, *case.conflicts}
    if case.restricted:
        viewers |= {person.id for person in work.people()}
    return all((work.case(viewer, case.id) is not None) == case.known_to(viewer) for viewer in viewers)


def _verify_registry(work: Reading, problems: list[Trouble]) -> None:
    try:
        folded = fold_registry(work)
    except (CaseReviewError, *UNREADABLE) as error:
        problems.append(Trouble(f"people, teams and children cannot be folded: {error!s}"))
        return
    kept = work.registry()
    for what in ("people", "teams", "closures", "children", "definitions", "kept"):
        if getattr(folded, what) != getattr(kept, what):
            problems.append(Trouble(f"{what} are not as the journal says"))
    if folded.store and any(getattr(folded, w) != getattr(kept, w) for w in ("store", "practice", "nation")):
        problems.append(Trouble("what this store is (its name, nation, or being for practice) was changed"))
    for digest, name, version, text in work.definitions():
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            problems.append(Trouble(f"the text of workflow {name} {version} was changed"))


# ---- a copy ---------------------------------------------------------------------------------------------
def backup(desk: Desk, target: str) -> None:
    """A whole copy of the store, at a path that does not exist yet."""
    with desk.reading() as work:
        require_whole(desk, work, "A backup")
    desk.store.backup(target)


def rebuild_store(desk: Desk, progress: Progress | None = None) -> int:
    """Makes everything derived again from the journal, in one transaction. Returns how many cases."""
    with desk.store.write() as work:
        require_whole(desk, work, "Rebuilding")
        return rebuild(desk, work, progress)
