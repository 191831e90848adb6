"""Bundles: the whole store, or one case, as lines of JSON with the journal in it; nothing is lost on the way.

Into an empty store the chain arrives identical. Into another, each case is taken in as further entries that
keep what the source said, who wrote it there, when, and the digest it had; the head of the source is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, TextIO

from casereview.case import Case
from casereview.chain import Link, instant
from casereview.codec import dumps
from casereview.errors import CaseReviewError, NotFound
from casereview.events import (
    REGISTRY,
    BundleReceived,
    ChildSet,
    ClosureSet,
    Event,
    FromBundle,
    Happening,
    PersonSet,
    TeamSet,
    event_from_plain,
    event_to_plain,
)
from casereview.exchange.bundle_read import FORMAT, Bundle, read_bundle
from casereview.ports import Reading, Writing
from casereview.service.desk import Desk
from casereview.service.whole import digest_of, event_of, rebuild, require_whole

BATCH = 200  # cases to a transaction
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class BundleReport:
    """What a bundle held and what became of it."""

    read: int = 0  # cases
    created: int = 0
    unchanged: int = 0
    refused: int = 0
    entries: int = 0
    identical: bool = False  # the chain arrived as it was
    problems: list[str] = field(default_factory=list)
    dry_run: bool = False


# ---- out ---------------------------------------------------------------------------------------------------------
def export_bundle(desk: Desk, target: str, case: str | None = None, progress: Progress | None = None) -> int:
    """Writes a bundle to a path that does not exist yet (mode 0600). Returns how many entries it holds.

    A case takes being able to see it; the whole store takes an auditor or data officer.
    """
    with desk.reading() as work:
        if case is None:
            require_whole(desk, work, "Exporting the whole store")
            stream = None
        else:
            stream = desk.case(work, case).id
        with _new_file(target) as out:
            return _write(desk, work, out, stream, progress)


def _new_file(target: str) -> TextIO:
    """Opens a named new file; an existing one, or a link, is refused rather than written over."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        return os.fdopen(os.open(target, flags, 0o600), "w", encoding="utf-8", newline="\n")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a name for a file"
        raise CaseReviewError(
            f"cannot be written ({reason})", where=str(target), remedy="Name a new file in a folder you may write to."
        ) from None


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
    return count


def _named(work: Reading, stream: str) -> Iterator[Event]:
    """The people, teams and children a case names: names and offices of others do not travel."""
    case = work.snapshot(stream)
    if case is None:
        return
    actors = {link.actor for link in work.links(stream=stream)}
    actors |= {a.person for a in case.appointments} | {case.worker or ""} | set(case.admitted) | set(case.conflicts)
    for person in work.people():
        if person.id in actors:
            yield PersonSet(person.id, person.name, "", person.left)
    for team in work.teams():
        if team.id == case.team:
            yield TeamSet(team.id, team.name)
    for child in work.children(case.children):
        yield ChildSet(child.id, child.family, dict(child.details))
    for closure in work.closures():
        if closure.team in ("", case.team or ""):
            yield ClosureSet(closure.day, closure.name, closure.team)


# ---- in ----------------------------------------------------------------------------------------------------------
def import_bundle(desk: Desk, path: str, *, dry_run: bool = False, progress: Progress | None = None) -> BundleReport:
    """Takes a bundle in. A whole store into an empty one: identical. Otherwise case by case, once each."""
    bundle = read_bundle(path)
    report = BundleReport(dry_run=dry_run)
    with desk.reading() as work:
        require_whole(desk, work, "Reading a bundle in")
    for start in _batches(bundle):
        if dry_run:
            with desk.reading() as work:
                _preview(work, start, report)
        else:
            with desk.writing() as writing:
                _take(desk, writing, bundle, start, report)
        if progress:
            progress("cases", report.read, report.read)
    if not report.read:
        report.problems.append("the bundle holds no case")
    return report


def restore_bundle(desk: Desk, path: str, progress: Progress | None = None) -> BundleReport:
    """A whole store's bundle into a journal without a single entry: the same chain, to the last digest."""
    bundle = read_bundle(path)
    if bundle.header.get("case") is not None:
        raise CaseReviewError("holds one case, not a whole store", where=path, remedy="Use: casereview import bundle")
    with desk.store.write() as work:
        for line in bundle.workflows:
            work.keep_definition(line["hash"], line["workflow"], line["version"], line["text"])
        work.append_links(bundle.links())
        cases = rebuild(desk, work, progress)
        return BundleReport(cases, cases, entries=work.head().seq, identical=work.head().hash == _head(bundle))


def _head(bundle: Bundle) -> str:
    return str(bundle.header.get("head", {}).get("hash", ""))


def _batches(bundle: Bundle) -> Iterator[dict[str, list[Link]]]:
    """Cases with all their entries, some at a time. A case's entries may lie far apart: gathered by stream."""
    gathered: dict[str, list[Link]] = {}
    for link in bundle.links():
        if link.stream != REGISTRY:
            gathered.setdefault(link.stream, []).append(link)
    streams = list(gathered)
    for start in range(0, len(streams), BATCH):
        yield {s: gathered[s] for s in streams[start : start + BATCH]}


def _ref_of(links: list[Link]) -> str:
    event = event_of(links[0])
    return str(getattr(event, "ref", "")) or str(getattr(event, "body", {}).get("ref", ""))


def _clash(work: Reading, stream: str, links: list[Link]) -> str | None:
    """ "held" when the case is here already, a sentence when it cannot come, None when it can."""
    if work.snapshot(stream) is not None:
        return "held"
    ref = _ref_of(links)
    if work.case(None, ref) is not None:
        return f"another case is known as {ref} here"
    if any(link.body is None for link in links):
        return f"{ref} has entries that were disposed of; it cannot be folded here"
    return None


def _preview(work: Reading, batch: dict[str, list[Link]], report: BundleReport) -> None:
    for stream, links in batch.items():
        _tally(report, _clash(work, stream, links))


def _tally(report: BundleReport, clash: str | None) -> bool:
    report.read += 1
    if clash is None:
        report.created += 1
    elif clash == "held":
        report.unchanged += 1
    else:
        report.refused += 1
        report.problems.append(clash)
    return clash is None


def _take(desk: Desk, work: Writing, bundle: Bundle, batch: dict[str, list[Link]], report: BundleReport) -> None:
    wanted = [(s, links) for s, links in batch.items() if _tally(report, _clash(work, s, links))]
    if not wanted:
        return
    _take_names(desk, work, bundle)
    head, store = bundle.header["head"], str(bundle.header["store"])
    desk.register(work, BundleReceived(store, int(head["seq"]), str(head["hash"]), tuple(s for s, _ in wanted)))
    for line in bundle.workflows:
        if work.definition_text(line["hash"]) is None:
            definition = desk.catalogue.from_text(line["text"], line["hash"])
            desk.keep(work, definition)
    for stream, links in wanted:
        happenings = [_wrapped(link, store) for link in links]
        first = event_of(links[0])
        if first is None:
            raise NotFound(f"case {stream} has lost its first entry")
        desk.land(work, Case(stream), happenings, desk.definition(work, digest_of(first)))
        report.entries += len(happenings)


def _wrapped(link: Link, store: str) -> Happening:
    body = json.loads(link.body or "{}")
    if link.kind == FromBundle.kind:  # it came from elsewhere already: its first source stays named
        return Happening(event_from_plain(link.kind, body), date.fromisoformat(link.on))
    event = FromBundle(link.kind, body, store, link.seq, link.hash, link.actor, link.recorded_at)
    return Happening(event, date.fromisoformat(link.on))


def _take_names(desk: Desk, work: Writing, bundle: Bundle) -> None:
    """People, teams and children the cases name, where this store does not know them. Logins never travel."""
    known = desk.known(work)
    events = bundle.registry or [
        e for link in bundle.links() if link.stream == REGISTRY and (e := event_of(link)) is not None
    ]
    new: dict[tuple[str, str], Event] = {}
    for event in events:
        if isinstance(event, PersonSet) and event.person not in known.people:
            new["person", event.person] = PersonSet(event.person, event.name, "", event.left)
        elif isinstance(event, TeamSet) and event.team not in known.teams:
            new["team", event.team] = event
        elif isinstance(event, ChildSet) and not work.children([event.child]):
            new["child", event.child] = event
    if new:
        desk.register(work, *new.values())
