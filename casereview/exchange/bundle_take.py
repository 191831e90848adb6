"""Taking the cases of a bundle in: what was said, by whom and when stays; logins and offices never travel."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from casereview.case import Case
from casereview.chain import Link
from casereview.errors import CaseReviewError
from casereview.events import (
    BundleReceived,
    ChildSet,
    ClosureSet,
    Event,
    FromBundle,
    Happening,
    KeptSet,
    PersonSet,
    TeamSet,
    event_from_plain,
    inner_event,
)
from casereview.exchange.bundle_read import Bundle
from casereview.fold import apply
from casereview.ports import Reading, Writing
from casereview.profiles import WHAT as PROFILES
from casereview.profiles import adopted_from, profile_in, profiles_of, travelling
from casereview.service.definitions import read_profile
from casereview.service.desk import Desk
from casereview.service.records import RecordFold
from casereview.service.refold import digest_of, event_of
from casereview.text import shown
from workflows.definition import Definition

MOST_NAMED = 5
AT_ONCE = 500  # children looked up at a time
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class BundleReport:
    """What a bundle held and what became of it. Counts are of cases; `entries` of the journal's new entries.

    identical   the chain arrived as it was, to the last digest
    """

    read: int = 0
    created: int = 0
    unchanged: int = 0
    refused: int = 0
    entries: int = 0
    identical: bool = False
    problems: list[str] = field(default_factory=list)
    dry_run: bool = False


def take_all(desk: Desk, work: Writing, bundle: Bundle, report: BundleReport, progress: Progress | None) -> None:
    wanted = [case for case in bundle.cases() if _tally(report, *_clash(work, bundle, case))]
    if not wanted:
        return
    _take_names(desk, work, bundle)
    desk.register(work, BundleReceived(bundle.store, bundle.head.seq, bundle.head.hash, tuple(wanted)))
    take_profiles(desk, work, bundle, wanted)
    texts = {line["hash"]: line["text"] for line in bundle.workflows}
    for done, case_id in enumerate(wanted, start=1):
        report.entries += _take(desk, work, bundle, case_id, texts)
        if progress and done % 100 == 0:
            progress("cases", done, len(wanted))


def _clash(work: Reading, bundle: Bundle, case_id: str) -> tuple[str, str]:
    """("new" | "held" | "refused", what there is to say of it)."""
    held = work.snapshot(case_id)
    if held is not None:
        more = len(bundle.streams[case_id]) > held.number
        says = f"{held.ref} is here already; what was added to it elsewhere since is not taken in"
        return "held", says if more else ""
    links = bundle.links_of(case_id)
    first = event_of(next(links))
    fact = inner_event(first) if first else None
    ref, key = str(getattr(fact, "ref", "")), str(getattr(fact, "key", ""))
    if fact is None or any(link.body is None for link in links):
        return "refused", f"{ref or case_id} has entries that were disposed of; it cannot be folded here"
    if work.case(None, ref) is not None:
        return "refused", f"another case is known as {shown(ref, width=40)} here"
    if key and (same := work.case_by_key(key)) is not None:
        return "refused", f"{shown(ref, width=40)} is the assessment of a return that was imported here as {same.ref}"
    return "new", ""


def take_profiles(desk: Desk, work: Writing, bundle: Bundle, wanted: Iterable[str]) -> None:
    """The texts of the profiles these cases are under: kept for them, and adopted by nobody here."""
    events = (event for case in wanted for link in bundle.links_of(case) if (event := event_of(link)) is not None)
    needed = {digest for digest in profiles_of(events) if work.kept_one(PROFILES, digest) is None}
    if not needed:
        return
    found = {
        event.key: profile
        for event in bundle.named()
        if isinstance(event, KeptSet) and event.key in needed and (profile := profile_in(event)) is not None
    }
    if needed - found.keys():
        remedy = "Nothing was changed. Export the bundle again."
        raise CaseReviewError("the timescale profile of a case is not in it", where=bundle.path, remedy=remedy)
    # what the text says, and not what the line says of it
    read = {digest: adopted_from(read_profile(found[digest].text, digest)) for digest in sorted(needed)}
    desk.register(work, *(KeptSet(PROFILES, digest, "", travelling(one)) for digest, one in read.items()))


def _tally(report: BundleReport, outcome: str, says: str) -> bool:
    report.read += 1
    report.created += outcome == "new"
    report.unchanged += outcome == "held"
    report.refused += outcome == "refused"
    if says:
        report.problems.append(says)
    return outcome == "new"


def _take(desk: Desk, work: Writing, bundle: Bundle, case_id: str, texts: dict[str, str]) -> int:
    """One case, entry by entry. The author of each stays its author; who read it in stands beside them."""
    happenings = ((link.actor, _wrapped(link, bundle.store)) for link in bundle.links_of(case_id))
    case, records = Case(case_id), RecordFold()
    now, taker = desk.clock.now(), desk.acting_as or desk.person
    definition: Definition | None = None
    for actor, happening in happenings:
        if definition is None:
            definition = _definition(desk, work, bundle, digest_of(happening.event), texts)
        (entry,) = work.append(case_id, case.number, [happening], actor=actor, at=now, acting_as=taker)
        apply(case, entry, definition)
        if case.profile != definition.under:
            definition = desk.definition_of(work, case)
        for row in records.take(entry):
            work.put_record(case_id, row)
    if definition is not None:
        desk.save(work, case, definition)
    return case.number


def _definition(desk: Desk, work: Writing, bundle: Bundle, digest: str, texts: dict[str, str]) -> Definition:
    if digest in texts:
        return desk.keep(work, desk.catalogue.from_text(texts[digest], digest))
    if work.definition_text(digest) is None:
        remedy = "Nothing was changed. Export the bundle again."
        raise CaseReviewError("the workflow of a case is not in it", where=bundle.path, remedy=remedy)
    return desk.definition(work, digest)


def _wrapped(link: Link, store: str) -> Happening:
    body, on = json.loads(link.body or "{}"), date.fromisoformat(link.on)
    if link.kind == FromBundle.kind:  # it came from elsewhere already: its first source stays named
        return Happening(event_from_plain(link.kind, body), on)
    return Happening(FromBundle(link.kind, body, store, link.seq, link.hash, link.actor, link.recorded_at), on)


def _take_names(desk: Desk, work: Writing, bundle: Bundle) -> None:
    """People, teams and children this store does not know. Logins and offices never travel."""
    people, teams = {p.id: p.name for p in work.people()}, {t.id: t.name for t in work.teams()}
    new: dict[tuple[str, ...], Event] = {}
    for event in bundle.named():
        if isinstance(event, PersonSet):
            new["person", event.person] = PersonSet(event.person, event.name, "", event.left)
        elif isinstance(event, TeamSet):
            new["team", event.team] = event
        elif isinstance(event, ClosureSet) and event.team and event.team not in teams:
            new["closure", event.team, event.day.isoformat()] = event
    _same_people(bundle.path, new.values(), people, teams)
    unknown = [e for k, e in new.items() if k[1] not in {"person": people, "team": teams}.get(k[0], {})]
    if unknown:
        desk.register(work, *unknown)
        desk.forget_calendars()
    _take_children(desk, work, bundle)


def _same_people(path: str, events: Iterable[Event], people: dict[str, str], teams: dict[str, str]) -> None:
    """An id decides who may know of a case: nobody may come by it through sharing an id with a stranger."""
    others = []
    for event in events:
        if isinstance(event, PersonSet) and people.get(event.person, event.name) != event.name:
            others.append(f"{event.person} is {shown(event.name, width=60)} there and {people[event.person]} here")
        if isinstance(event, TeamSet) and teams.get(event.team, event.name) != event.name:
            others.append(f"{event.team} is {shown(event.name, width=60)} there and {teams[event.team]} here")
    if others:
        more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
        raise CaseReviewError(
            f"the two stores use one id for different names: {'; '.join(others[:MOST_NAMED])}{more}", where=path,
            remedy="Nothing was changed. If they are the same, give them the same name in both stores first.",
        )  # fmt: skip


def _take_children(desk: Desk, work: Writing, bundle: Bundle) -> None:
    waiting: dict[str, Event] = {}

    def take() -> None:
        known = {child.id for child in work.children(list(waiting))}
        unknown = [event for child, event in waiting.items() if child not in known]
        if unknown:
            desk.register(work, *unknown)
        waiting.clear()

    for event in bundle.named():
        if isinstance(event, ChildSet):
            waiting[event.child] = event
        if len(waiting) == AT_ONCE:
            take()
    take()
