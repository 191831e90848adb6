"""Bundles: the whole store, or one case, as lines of JSON with the journal in it; nothing is lost on the way.

Into an empty store the chain arrives identical. Into another, each case is taken in as further entries that
keep what the source said, who wrote it there, when, and the digest it had; the head of the source is kept.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from casereview.chain import instant
from casereview.codec import dumps
from casereview.errors import CaseReviewError
from casereview.events import ChildSet, ClosureSet, Event, KeptSet, PersonSet, TeamSet, event_to_plain, inner_event
from casereview.exchange.bundle_read import FORMAT, read_bundle, sound
from casereview.exchange.bundle_take import BundleReport, Progress, take_all
from casereview.people import holds_any
from casereview.ports import Reading
from casereview.profiles import WHAT as PROFILES
from casereview.profiles import from_kept, profiles_of, travelling
from casereview.service import record_access, record_reads
from casereview.service.desk import Desk
from casereview.service.refold import event_of, rebuild
from casereview.service.whole import WHOLE_STORE, require_whole

__all__ = ["BundleReport", "export_bundle", "import_bundle", "restore_bundle"]

MOST_NAMED = 3


class _Undo(Exception):
    """Ends a dry run: everything it did is taken back."""


# ---- out ---------------------------------------------------------------------------------------------------------
def export_bundle(desk: Desk, target: str, case: str | None = None, progress: Progress | None = None) -> int:
    """Writes a bundle to a path that does not exist yet (mode 0600). Returns how many entries it holds.

    A case takes being able to see it and to read every record of it: left-out words would break the proof that
    nothing was left out. Readings that are written down are, before anything leaves. The whole store takes an auditor
    or data officer.
    """
    if case is not None:
        _may_take_out(desk, case)
    with desk.reading() as work:
        if case is None:
            require_whole(desk, work, "Exporting the whole store")
            stream = None
        else:
            stream = desk.case(work, case).id
        out = _new_file(target)
        try:
            with out:
                return _write(desk, work, out, stream, progress)
        except BaseException as error:
            Path(target).unlink(missing_ok=True)  # half a bundle is none
            if isinstance(error, OSError):  # such as a full disk
                raise _cannot_write(target, error) from None
            raise


def _may_take_out(desk: Desk, ref: str) -> None:
    """Raises NotForYou where the case holds what this person may not read."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        gate = record_access.access_of(desk, work, case)
        if gate is None:
            return
        total = work.records(case.id, limit=1).total
        seen = [gate.seen(row) for row in work.records(case.id, limit=max(total, 1)).rows]
        whole = holds_any(desk.me(work), WHOLE_STORE, desk.today)  # they may take everything out
    kept = sorted({gate.titled(row.kind) for row in seen if row.kept_to})
    if kept and not whole:
        more = f" and {len(kept) - MOST_NAMED} more kinds of record" if len(kept) > MOST_NAMED else ""
        raise record_reads.NotForYou(
            f"it holds what is kept to others than you: {', '.join(kept[:MOST_NAMED])}{more}", where=case.ref,
            remedy="Whoever may read all of it can export it, or an auditor or data officer.",
        )  # fmt: skip
    if kept or any(row.outline for row in seen):
        record_reads.note_other(desk, case.id, record_reads.BUNDLE)


def _new_file(target: str) -> TextIO:
    """Opens a named new file; an existing one, or a link, is refused rather than written over."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.fdopen(os.open(target, flags, 0o600), "w", encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        raise _cannot_write(target, error) from None


def _cannot_write(target: str, error: Exception) -> CaseReviewError:
    reason = getattr(error, "strerror", None) or "not a name for a file"
    return CaseReviewError(
        f"cannot be written ({reason})", where=str(target),
        remedy="Name a new file in a folder you may write to, on a disk with room.",
    )  # fmt: skip


def _write(desk: Desk, work: Reading, out: TextIO, stream: str | None, progress: Progress | None) -> int:
    head, digest, count = work.head(), hashlib.sha256(), 0

    def put(what: dict[str, Any]) -> None:
        text = dumps(what) + "\n"
        digest.update(text.encode())
        out.write(text)

    info = work.info()
    put({
        "casereview": "bundle", "format": FORMAT, "store": info.store, "nation": info.nation,
        "practice": info.practice, "case": stream, "head": {"seq": head.seq, "hash": head.hash},
        "made": instant(desk.clock.now()),
    })  # fmt: skip
    wanted = None
    if stream is not None:
        snapshot = work.snapshot(stream)
        wanted = snapshot.hash if snapshot else None
        for event in _named(work, stream):
            put({"registry": event.kind, "body": event_to_plain(event)})
    for key, name, version, text in work.definitions():
        if wanted is None or key == wanted:
            put({"workflow": name, "version": version, "hash": key, "text": text})
    for link in work.links(stream=stream):
        put({"entry": asdict(link)})
        count += 1
        if progress and count % 1000 == 0:
            progress("entries", count, head.seq)
    out.write(dumps({"end": count, "digest": digest.hexdigest()}) + "\n")
    out.flush()
    os.fsync(out.fileno())
    return count


def _named(work: Reading, stream: str) -> Iterator[Event]:
    """The people, team and children a case names: names, logins and offices of others do not travel."""
    case = work.snapshot(stream)
    if case is None:
        return
    named = {case.worker, *case.admitted, *case.conflicts, *(a.person for a in case.appointments)}
    for link in work.links(stream=stream):
        event = event_of(link)
        fact = inner_event(event) if event else None
        named |= {link.actor, getattr(fact, "person", None), getattr(fact, "worker", None)}
    for person in work.people():
        if person.id in named:
            yield PersonSet(person.id, person.name, "", person.left)
    for team in work.teams():
        if team.id == case.team:
            yield TeamSet(team.id, team.name)
    for digest in profiles_of(entry.event for entry in work.history(stream)):
        if (kept := work.kept_one(PROFILES, digest)) is not None:
            yield KeptSet(PROFILES, digest, "", travelling(from_kept(kept)))
    for child in work.children(case.children):
        yield ChildSet(child.id, child.family, dict(child.details))
    for closure in work.closures():
        if closure.team and closure.team == case.team:
            yield ClosureSet(closure.day, closure.name, closure.team)


# ---- in ----------------------------------------------------------------------------------------------------------
def import_bundle(desk: Desk, path: str, *, dry_run: bool = False, progress: Progress | None = None) -> BundleReport:
    """Takes the cases of a bundle in beside those that are here; each once, however often it is read.

    One transaction: it lands whole or not at all. A dry run does everything and takes it back. Takes an
    auditor or data officer. Raises CaseReviewError for a bundle that is not whole, or that knows somebody
    else by the id of a person or team of this store.
    """
    with desk.reading() as work:
        require_whole(desk, work, "Reading a bundle in")
    bundle = read_bundle(path)
    report = BundleReport(dry_run=dry_run)
    if not bundle.cases():
        report.problems.append("the bundle holds no case")
    with suppress(_Undo), desk.writing() as writing, sound(path):
        take_all(desk, writing, bundle, report, progress)
        if dry_run:
            raise _Undo
    desk.forget_calendars()  # a team that came with its closed days, or was taken back with them
    return report


def restore_bundle(desk: Desk, path: str, progress: Progress | None = None) -> BundleReport:
    """A whole store's bundle into a journal without a single entry: the same chain, to the last digest.

    Raises CaseReviewError for a bundle that is not whole, StoreProblem for a store that is not empty; then
    nothing is changed.
    """
    bundle = read_bundle(path)
    if bundle.case is not None:
        raise CaseReviewError(
            "holds one case, not a whole store", where=path,
            remedy="Make a store first: casereview init. Then: casereview import bundle",
        )  # fmt: skip
    with desk.store.write() as work, sound(path):
        for line in bundle.workflows:
            work.keep_definition(line["hash"], line["workflow"], line["version"], line["text"])
        work.append_links(bundle.links())
        cases = rebuild(desk, work, progress)
        head = work.head()
        if head != bundle.head:
            raise CaseReviewError("was altered while it was read", where=path, remedy="Nothing was changed. Try again.")
    return BundleReport(cases, cases, entries=head.seq, identical=True)
