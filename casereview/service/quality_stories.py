"""Repeated concern, changes of worker and what was said: across a child's cases, as far as the viewer may know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from casereview.case import Case, Worked
from casereview.errors import CaseReviewError, did_you_mean
from casereview.events import FamilyTold, inner_event
from casereview.oversight.quality import continuity, repeats, voices
from casereview.oversight.quality.continuity import Continuity
from casereview.oversight.quality.listed import EVERYTHING, About, Found, Wanted, found, narrowed, text_of, within
from casereview.oversight.quality.repeats import Brief, Concern, Group, Repeat
from casereview.oversight.quality.voices import NEWEST, SOURCES, TOLD, Said, Voice
from casereview.service import record_access
from casereview.service.desk import Desk
from casereview.service.quality_reading import Lookup, looking
from casereview.text import shown
from casereview.views import Scope


# ---- repeated concern ------------------------------------------------------------------------------------------
def repeated_concern(desk: Desk, wanted: Wanted = EVERYTHING) -> Found[Repeat]:
    """Children and groups of brothers and sisters about whom somebody was concerned more than once, newest first.

    Over every case, whenever it was; `since` and `until` are about the newest time of concern. With a team or a
    workflow, families of which any case is one of it; what is told of them is told in full.
    """
    with looking(desk) as look:
        briefs, of_team = [], set()
        for case in look.cases(Scope()):
            if not case.children:
                continue
            tally = case.records.get("referral")
            briefs.append(Brief(case.id, case.opened, tuple(case.children), max(len(tally.live) if tally else 0, 1)))
            if wanted.team in ("", case.team) and wanted.workflow in ("", case.workflow):
                of_team.add(case.id)
        families = look.families(child for brief in briefs for child in brief.children)
        groups = [
            group
            for group in repeats.groups_of(briefs, families)
            if within(group.newest, wanted) and of_team & set(group.cases) and wanted.child in ("", *group.children)
        ]
        says = repeats.summed(groups, look.smallest)
        if not wanted.text and not wanted.state:  # only what is shown is read in full
            rows = [_repeat(look, group) for group in groups[: wanted.limit]]
            return Found(tuple(rows), len(groups), tuple(says), "repeats", repeats.STATES)
        lines = narrowed((_repeat(look, group) for group in groups), wanted)
        return found(lines, wanted, says, "repeats", repeats.STATES)


def _repeat(look: Lookup, group: Group) -> Repeat:
    concerns = [_concern(look, case) for one in group.cases if (case := look.case(one)) is not None]
    return Repeat(group.family, group.children, group.times, tuple(concerns))


def _concern(look: Lookup, case: Case) -> Concern:
    referral, decision = look.newest(case, "referral"), look.newest(case, "decision")
    said = referral.values if referral else {}
    decided = decision.values if decision else {}
    tally = case.records.get("referral")
    return Concern(
        look.about(case), max(len(tally.live) if tally else 0, 1), text_of(said.get("said")),
        text_of(said.get("before")), text_of(decided.get("decision")), text_of(decided.get("help")),
    )  # fmt: skip


# ---- continuity ------------------------------------------------------------------------------------------------
def continuity_for_children(desk: Desk, wanted: Wanted = EVERYTHING, *, closed: bool = False) -> Found[Continuity]:
    """Children with an open case (with `closed`, with any), and everyone who has been their worker in any case.

    Cases read in from a return tell of no worker. `since` and `until` are about the day of the newest case.
    """
    with looking(desk) as look:
        by_child: defaultdict[str, list[tuple[About, list[Worked]]]] = defaultdict(list)
        names: dict[str, str] = {}
        here = None if closed else {child for case in _with_workers(look, Scope(open=True)) for child in case.children}
        for case in _with_workers(look, Scope()):
            for child in case.children if here is None else here.intersection(case.children):
                by_child[child].append((look.about(case), case.workers))
                names |= {one.worker: look.name(one.worker) for one in case.workers}
        known = look.families(by_child)
        lines = []
        for child, cases in by_child.items():
            line = continuity.continuity_of(child, cases, names) if child in known else None
            if line is not None and (closed or line.open) and _concerns(line, wanted):
                lines.append(line)
        lines = continuity.in_order(lines)
        says = continuity.summed(lines, look.smallest)
        return found(narrowed(lines, wanted), wanted, says, "continuity", continuity.STATES)


def _with_workers(look: Lookup, scope: Scope) -> Iterator[Case]:
    """A review has its reviewers, and nobody is the child's worker in it."""
    for case in look.cases(scope):
        if any(role.assigned for role in look.definition(case).roles.values()):
            yield case


def _concerns(line: Continuity, wanted: Wanted) -> bool:
    return (
        wanted.child in ("", line.child)
        and any(wanted.team in ("", one.team) and wanted.workflow in ("", one.workflow) for one in line.cases)
        and within(line.cases[-1].opened, wanted)
    )


# ---- voices ----------------------------------------------------------------------------------------------------
def kind_named(kind: str) -> str:
    """A kind of record in which somebody is heard, or "" for all. Raises CaseReviewError with the nearest."""
    if kind and kind not in (*SOURCES, TOLD):
        known = (*SOURCES, TOLD)
        remedy = f"{did_you_mean(kind, known)} It is one of: {', '.join(known)}."
        raise CaseReviewError(f"{shown(kind, width=40)!r} is no kind of record with anybody's words", remedy=remedy)
    return kind


def voices_heard(
    desk: Desk, wanted: Wanted = EVERYTHING, *, kind: str = "", cases: frozenset[str] | None = None
) -> Found[Voice]:
    """What children and families said in a period, newest first.

    kind   of record ("childs-words", "family-view" …), or "family-told" for what was said when they were told
    cases  only these, by id: those of a thematic sample
    """
    with looking(desk) as look:
        only = look.desk.case(look.work, wanted.case).id if wanted.case else ""
        told, back_to = (list(_told_in(look, only)), None) if only else _told_anywhere(look)
        everything = _recorded(look, wanted, only) if kind != TOLD else ()
        said = [*everything, *(told if kind in ("", TOLD) else ())]
        lines = []
        for one in voices.in_order(one for one in said if within(one.on, wanted) and kind in ("", one.kind)):
            if cases is not None and one.case_id not in cases:
                continue
            if (voice := _voice(look, one, wanted)) is not None:
                lines.append(voice)
        says = voices.summed(lines, look.smallest)
        if back_to is not None and kind in ("", TOLD):
            says.append(f"What was said when told something: back to {back_to}; name a case to hear all of it.")
        return found(narrowed(lines, wanted), wanted, says, "voices", voices.STATES)


def _recorded(look: Lookup, wanted: Wanted, only: str) -> Iterator[Said]:
    kinds = list(SOURCES)
    if only:
        case = look.case(only)
        for row in look.live(case, *kinds) if case else ():
            yield from voices.said_in(only, row)
        return
    for case_id, row in record_access.each(look.desk, look.work, kinds, Scope(wanted.workflow, team=wanted.team)):
        yield from voices.said_in(case_id, row)


def _told_in(look: Lookup, case_id: str) -> Iterator[Said]:
    case = look.case(case_id)
    for entry in look.work.history(case_id) if case else ():
        event = inner_event(entry.event)
        if isinstance(event, FamilyTold) and case is not None:
            yield from voices.said_when_told(case_id, entry.on, entry.number, event, case.roster)


def _told_anywhere(look: Lookup) -> tuple[list[Said], date | None]:
    """What was said in the newest contacts; and back to which day, where there are more of them than are read."""
    entries = look.work.entries_of_kind(look.me, (TOLD,), limit=NEWEST)
    said: list[Said] = []
    for entry in entries:
        event = inner_event(entry.event)
        if isinstance(event, FamilyTold) and event.said and (known := look.known(entry.stream)) is not None:
            said += voices.said_when_told(entry.stream, entry.on, entry.number, event, known.roster)
    return said, min(entry.on for entry in entries) if len(entries) == NEWEST else None


def _voice(look: Lookup, one: Said, wanted: Wanted) -> Voice | None:
    known = look.known(one.case_id)
    if known is None or wanted.child not in ("", *known.about.children):
        return None
    if wanted.team not in ("", known.about.team) or wanted.workflow not in ("", known.about.workflow):
        return None
    title = "When told" if one.kind == TOLD else known.kind_title(one.kind)
    return Voice(known.about, one.on, one.number, one.kind, title, one.voice, one.who, one.text)
