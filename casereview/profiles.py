"""Timescale profiles an authority has adopted: for whom, from when, and which one a case starts under."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from casereview.calendar import Calendar
from casereview.case import Case, Run
from casereview.clocks import lane_target, start_clock
from casereview.codec import from_plain, to_plain
from casereview.events import Clock, Event, Imported, KeptSet, Opened, ProfileChanged, inner_event
from casereview.people import Kept
from workflows.definition import Definition, Expectation
from workflows.profile import Profile

WHAT = "profile"


@dataclass(frozen=True, slots=True)
class Adoption:
    """The authority, or one team ("": everyone), works by a profile from a day to a last day, both included."""

    team: str
    since: date
    until: date | None
    by: str
    on: date

    def holds(self, team: str | None, day: date) -> bool:
        return self.team in ("", team or "") and self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to a profile: adopted, withdrawn, or come with a bundle."""

    on: date
    by: str
    act: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A profile kept in the store. Its text never changes: `hash` is that of the text, and its key."""

    hash: str
    name: str
    version: str
    title: str
    authority: str
    edition: str
    workflows: tuple[str, ...]
    text: str = field(repr=False)
    valid_from: date | None = None
    valid_to: date | None = None
    adoptions: tuple[Adoption, ...] = ()
    acts: tuple[Act, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.name}@{self.version}"

    def valid_during(self, first: date, last: date) -> bool:
        """Whether the profile was valid on any day of a span, both ends included."""
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or first <= self.valid_to
        )

    def did(self, act: Act) -> Adopted:
        return replace(self, acts=(*self.acts, act))


def adopted_from(profile: Profile) -> Adopted:
    """A profile as it is kept, adopted for nobody yet."""
    return Adopted(
        profile.hash, profile.name, profile.version, profile.title, profile.authority, profile.edition,
        tuple(profile.workflows), profile.text, profile.valid_from, profile.valid_to,
    )  # fmt: skip


def as_body(adopted: Adopted) -> dict[str, Any]:
    return to_plain(adopted)


def from_kept(kept: Kept) -> Adopted:
    return from_plain(Adopted, kept.body)


def travelling(adopted: Adopted) -> dict[str, Any]:
    """What of a profile goes with a case: its text, and nothing of who adopted it."""
    return as_body(replace(adopted, adoptions=(), acts=()))


def profile_in(event: KeptSet) -> Adopted | None:
    """The profile a fact of the registry keeps; None where it keeps none, or its text is not that of its key."""
    if event.what != WHAT or event.gone:
        return None
    found = from_plain(Adopted, event.body)
    return found if event.key == found.hash == digest_of(found.text) else None


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def profiles_of(events: Iterable[Event]) -> list[str]:
    """The hash of every profile a case has been under, in order of its journal."""
    found: dict[str, None] = {}
    for event in map(inner_event, events):
        for name in ("before", "profile"):
            if isinstance(event, Opened | Imported | ProfileChanged) and (digest := getattr(event, name, "")):
                found[digest] = None
    return list(found)


# ---- which one is in force -------------------------------------------------------------------------------------
def in_force(everything: Iterable[Adopted], workflow: str, team: str | None, day: date) -> str:
    """The hash of the profile a case of a workflow starts under; "" where there is none.

    A team's own comes before everyone's; of two, the one adopted from the later day.
    """
    found = [
        (adoption.team != "", adoption.since, adoption.on, adopted.label, adopted.hash)
        for adopted in everything
        if workflow in adopted.workflows and adopted.valid_during(day, day)
        for adoption in adopted.adoptions
        if adoption.holds(team, day)
    ]
    return max(found)[-1] if found else ""


# ---- another profile for a running case ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Redated:
    """What another profile does to the open times of a case; `before` holds what each was."""

    clocks: tuple[Clock, ...]
    targets: dict[str, date]
    before: dict[str, Any]


def redated(case: Case, old: Definition, new: Definition, calendar: Calendar, today: date) -> Redated:
    """Every open time worked out afresh from the day it began. What has ended keeps its dates.

    A look together whose day has passed stays missed; those still to come are the new profile's, and those a
    person planned stay as they are.
    """
    clocks: list[Clock] = []
    targets: dict[str, date] = {}
    before: dict[str, Any] = {}
    for name, run in case.runs.items():
        if run.ended is not None or name not in new.expectations:
            continue
        clock = _clock(case, run, old.expectations[name], new.expectations[name], calendar, today)
        if clock is not None:
            clocks.append(clock)
            before[name] = dates_of(run)
        target = lane_target(case, new, new.expectations[name], run.started, calendar)
        if target is not None and case.lane and case.lane.targets.get(name) != target:
            targets[name] = target
            was = case.lane.targets.get(name)
            before[f"{name} in the urgent lane"] = was.isoformat() if was else None
    return Redated(tuple(clocks), targets, before)


def _clock(case: Case, run: Run, old: Expectation, new: Expectation, calendar: Calendar, today: date) -> Clock | None:
    fresh = start_clock(new, run.started, calendar, opened=case.opened)
    planned = {calendar.due(run.started, span) for span in old.checkpoints}
    kept = {day for day in run.checkpoints if day < today or day not in planned}
    held = planned - set(run.checkpoints)  # a look held ahead of its day is not asked for again
    looks = tuple(sorted(kept | {day for day in fresh.checkpoints if day >= today and day not in held}))
    now = (run.indicative, run.asks_from, tuple(run.checkpoints), run.statutory)
    if (fresh.indicative, fresh.asks_from, looks, fresh.statutory) == now:
        return None
    return replace(fresh, checkpoints=looks)


def dates_of(run: Run | Clock) -> Mapping[str, Any]:
    """The dates of a time that a profile decides on, to be kept as they were."""
    found = {"indicative": run.indicative, "asks_from": run.asks_from, "statutory": run.statutory}
    dates: dict[str, Any] = {name: day.isoformat() for name, day in found.items() if day is not None}
    dates["checkpoints"] = [day.isoformat() for day in run.checkpoints]
    return dates
