"""The list a board sees of what was set aside: every override with its author and its reason (law 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casereview.case import Case
from casereview.events import Event, ProfileChanged, RequirementSetAside, TellingExcepted, inner_event
from casereview.service.desk import Desk
from workflows.definition import Definition

KINDS = (RequirementSetAside.kind, TellingExcepted.kind, ProfileChanged.kind)
NEWEST = 500


@dataclass(frozen=True, slots=True)
class Override:
    """Something expected that a named person let go, in one case, with the reason they gave."""

    on: date
    case: str
    title: str
    what: str
    by: str
    by_name: str
    reason: str


def overrides(desk: Desk, limit: int = NEWEST) -> list[Override]:
    """Expectations set aside, people lawfully not told, and cases moved to another timescale profile.

    Newest first, in every case this person may know of.
    """
    with desk.reading() as work:
        me, names = desk.me(work), desk.known(work).names
        found = []
        for entry in work.entries_of_kind(me.id, KINDS, limit=limit):
            case = desk.case(work, entry.stream)
            what, reason = _said(inner_event(entry.event), case, desk.definition_of(work, case))
            by = names.person(entry.actor)
            found.append(Override(entry.on, case.ref, case.title, what, entry.actor, by, reason))
        return found


def _said(event: Event, case: Case, definition: Definition) -> tuple[str, str]:
    if isinstance(event, TellingExcepted):
        listed = case.roster.get(event.person)
        who = listed.label if listed else event.person
        return f"{who} lawfully not told: {event.code}, until {event.until}", event.text
    if isinstance(event, ProfileChanged):
        return f"Measured by another timescale profile: {event.title}, before {event.before_title}", event.reason
    assert isinstance(event, RequirementSetAside)  # KINDS names no other
    step = definition.steps[event.step]
    asked = next((r.says for r in step.requirements if r.key == event.requirement), event.requirement)
    return f"{step.title}: {asked}", event.reason
