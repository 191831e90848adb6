"""Every journal entry in one plain sentence: for the history, for what a command did, and for a conflict."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from casereview import events as ev
from casereview.events import Entry, Event, inner_event
from casereview.people import Person, Team
from workflows.definition import Definition


class Names:
    """Ids as people read them; an id nobody has is shown as it is."""

    def __init__(self, people: Iterable[Person] = (), teams: Iterable[Team] = ()) -> None:
        self._people = {p.id: p.name for p in people}
        self._teams = {t.id: t.name for t in teams}

    def person(self, person_id: str | None) -> str:
        return self._people.get(person_id, person_id) if person_id else "nobody"

    def team(self, team_id: str | None) -> str:
        return self._teams.get(team_id, team_id) if team_id else "no team"

    def people(self, ids: Iterable[str]) -> str:
        return ", ".join(self.person(i) for i in ids)


def day(on: date | None) -> str:
    """A date as people write it: 5 March 2024."""
    return f"{on.day} {on:%B %Y}" if on else "no date"


def describe(entry: Entry, definition: Definition | None, names: Names) -> str:
    """What happened, without who and when (lists show those beside it)."""
    event = inner_event(entry.event)
    return _SAYS[type(event)](event, definition, names)


def _expectation(definition: Definition | None, name: str) -> str:
    found = definition.expectations.get(name) if definition else None
    return f"“{found.title}”" if found else name


def _stage(definition: Definition | None, name: str, track: str | None = None) -> str:
    if definition is None:
        return name
    if track and track not in definition.tracks:
        return name
    stages = definition.tracks[track].stages if track else definition.stages
    return stages[name].title if name in stages else name


def _step(e: ev.StepTaken, d: Definition | None, n: Names) -> str:
    title = d.steps[e.step].title if d and e.step in d.steps else e.step
    reason = f", because: {e.reason}" if e.reason else ""
    early = ". Enough was known, and stopping early is a success" if e.enough_known else ""
    return f"{title}: now at “{_stage(d, e.to, e.track)}”{reason}{early}"


def _recorded(e: ev.Recorded, d: Definition | None, n: Names) -> str:
    kind = d.records[e.record].title if d and e.record in d.records else e.record
    return f"Recorded: {kind}"


def _corrected(e: ev.Corrected, d: Definition | None, n: Names) -> str:
    if e.withdrawn:
        return f"Withdrew record {e.number}, because: {e.reason}"
    return f"Corrected record {e.number} ({', '.join(e.changes)}), because: {e.reason}"


def _seen(e: ev.ChildSeen, d: Definition | None, n: Names) -> str:
    how = "alone" if e.alone else (f"with {e.with_whom}" if e.with_whom else "")
    place = f" ({e.where})" if e.where else ""
    return f"Child seen by {n.person(e.by)}{', ' + how if how else ''}{place}"


def _assigned(e: ev.Assigned, d: Definition | None, n: Names) -> str:
    parts = ([f"worker {n.person(e.worker)}"] if e.worker else []) + ([f"team {n.team(e.team)}"] if e.team else [])
    return f"Assigned: {', '.join(parts)}{': ' + e.note if e.note else ''}"


def _role(d: Definition | None, role: str) -> str:
    return d.roles[role].title if d and role in d.roles else role


def _reason(e: ev.ReasonGiven, d: Definition | None, n: Names) -> str:
    title = d.reasons[e.code].title if d and e.code in d.reasons else e.code
    return f"Reason for taking longer ({_expectation(d, e.expectation)}): {title}"


def _answered(e: ev.Answered, d: Definition | None, n: Names) -> str:
    until = f", look again on {day(e.until)}" if e.until else ""
    words = f": {e.text}" if e.text else ""
    return f"Manager's answer ({_expectation(d, e.expectation)}): {e.decision}{until}{words}"


def _date_agreed(e: ev.DateAgreed, d: Definition | None, n: Names) -> str:
    why = f", because: {e.text}" if e.text else ""
    return f"Date agreed ({_expectation(d, e.expectation)}): {day(e.agreed)}{why}"


def _told(e: ev.FamilyTold, d: Definition | None, n: Names) -> str:
    promised = f", news promised by {day(e.promised_on)}" if e.promised_on else ""
    method = f" ({e.method})" if e.method else ""
    return f"Told {', '.join(e.people)}{method}: {e.contact}{promised}"


def _roster(e: ev.RosterSet, d: Definition | None, n: Names) -> str:
    if e.left:
        return f"Off the list of people to tell: {e.label}"
    must = "must be told" if e.must_be_told else ("the referrer" if e.referrer else "may be told")
    return f"On the list of people to tell: {e.label} ({must})"


def _moved(e: ev.DatesMoved, d: Definition | None, n: Names) -> str:
    """Each date by when it is usual, and each urgent target, as it was and as it is now."""
    was = {name: re.search(r"indicative (\d{4}-\d{2}-\d{2})", str(text)) for name, text in e.before.items()}
    usual = [(_expectation(d, c.expectation), found[1], c.indicative)
             for c in e.clocks if c.indicative and (found := was.get(c.expectation))]  # fmt: skip
    urgent = [(f"the urgent target of {_expectation(d, name)}", str(e.before.get(f"{name} in the urgent lane")), target)
              for name, target in e.targets.items()]  # fmt: skip
    moves = [f"{what} from {_as_day(old)} to {day(new)}" for what, old, new in (*usual, *urgent) if old != str(new)]
    return f"Dates worked out again: {e.reason}{': ' + '; '.join(moves) if moves else ''}"


def _as_day(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:  # there was none before
        return "none"


def _lane(e: ev.LaneSet, d: Definition | None, n: Names) -> str:
    if not e.lane:
        return f"Out of the urgent lane, because: {e.because}"
    title = d.lanes[e.lane].title if d and e.lane in d.lanes else e.lane
    return f"Into the lane “{title}”: {e.because}"


def _conflict(e: ev.ConflictDeclared, d: Definition | None, n: Names) -> str:
    role = f", {_role(d, e.role)}" if e.role else ""
    return f"Conflict of interest of {n.person(e.person)}{role} ({e.interest}): {e.decision}"


def _closure(e: ev.ClosureSet, d: Definition | None, n: Names) -> str:
    return f"No work on {day(e.day)} ({e.name}), {n.team(e.team) if e.team else 'everyone'}"


def _scanned(e: ev.Scanned, d: Definition | None, n: Names) -> str:
    found = f"{e.protected} of the identity key" if e.protected else "nothing of the identity key"
    also = e.close + e.pointers
    return f"Looked through what would be published: {found}{f', {also} to look at' if also else ''}"


_SAYS: dict[type[Event], Callable[[Any, Definition | None, Names], str]] = {
    ev.Opened: lambda e, d, n: f"Opened, following {e.workflow} version {e.version}",
    ev.Imported: lambda e, d, n: f"Imported from {e.source} at “{_stage(d, e.stage)}”",
    ev.ImportUpdated: lambda e, d, n: f"Updated from {e.source}: now at “{_stage(d, e.stage)}”",
    ev.StepTaken: _step,
    ev.Reopened: lambda e, d, n: f"Reopened at “{_stage(d, e.to)}”, because: {e.reason}",
    ev.RequirementSetAside: lambda e, d, n: f"Set aside “{e.requirement}” of {e.step}, because: {e.reason}",
    ev.Recorded: _recorded,
    ev.Corrected: _corrected,
    ev.ChildSeen: _seen,
    ev.Assigned: _assigned,
    ev.LookedAt: lambda e, d, n: f"Looked at{': ' + e.note if e.note else ''}",
    ev.KeptSet: lambda e, d, n: f"Kept: {e.what.replace('-', ' ')} {e.key}{', gone' if e.gone else ''}",
    ev.Appointed: lambda e, d, n: f"Appointed {n.person(e.person)} as {_role(d, e.role)}",
    ev.AppointmentEnded: lambda e, d, n: f"Ended: {n.person(e.person)} as {_role(d, e.role)}",
    ev.ChildLinked: lambda e, d, n: f"Also about child {e.child}",
    ev.Restricted: lambda e, d, n: f"Restricted to {n.people(e.people)}, because: {e.reason}",
    ev.Unrestricted: lambda e, d, n: f"No longer restricted, because: {e.reason}",
    ev.AccessGranted: lambda e, d, n: f"Admitted {n.person(e.person)}",
    ev.AccessEnded: lambda e, d, n: f"Access ended for {n.person(e.person)}",
    ev.ConflictDeclared: _conflict,
    ev.DateAgreed: _date_agreed,
    ev.ReasonGiven: _reason,
    ev.Answered: _answered,
    ev.LaneSet: _lane,
    ev.DatesMoved: _moved,
    ev.ProfileChanged: lambda e, d, n: f"Timescale profile: from {e.before_title} to {e.title}, because: {e.reason}",
    ev.Scanned: _scanned,
    ev.FindAnswered: lambda e, d, n: f"A find of the scan is nobody's, because: {e.reason}",
    ev.KeyChanged: lambda e, d, n: "The identity key grew: what is published is to be looked through again",
    ev.WaitingStarted: lambda e, d, n: f"Waiting on {e.on_whom} for {e.what}",
    ev.WaitingEnded: lambda e, d, n: f"Waiting {e.number} ended{': ' + e.note if e.note else ''}",
    ev.RosterSet: _roster,
    ev.FamilyTold: _told,
    ev.TellingExcepted: lambda e, d, n: f"{e.person} is lawfully not told ({e.code}), until {day(e.until)}",
    ev.StoreBegun: lambda e, d, n: "Practice store begun" if e.practice else "Store begun",
    ev.PersonSet: lambda e, d, n: f"{e.name} ({e.person}){' has left' if e.left else ''}",
    ev.OfficeSet: lambda e, d, n: f"{n.person(e.person)}: {e.office}{' of ' + n.team(e.team) if e.team else ''}",
    ev.TeamSet: lambda e, d, n: f"Team {e.name} ({e.team})",
    ev.ClosureSet: _closure,
    ev.ChildSet: lambda e, d, n: f"Child {e.child} entered",
    ev.BundleReceived: lambda e, d, n: f"Bundle read in from store {e.store}: {len(e.cases)} cases",
    ev.BodiesDisposed: lambda e, d, n: f"{len(e.seqs)} entries disposed of, because: {e.basis}",
    ev.DefinitionKept: lambda e, d, n: f"Workflow {e.name} version {e.version} kept",
}
