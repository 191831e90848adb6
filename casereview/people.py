"""Who people are and what offices they hold on a day: data, never code."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

TEAM_OFFICES = ("manager",)  # held for a team; the other offices hold for the whole store


@dataclass(frozen=True, slots=True)
class Office:
    """An office held from a day until another (exclusive); None means open-ended."""

    office: str
    team: str = ""
    since: date | None = None
    until: date | None = None

    def held_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Person:
    id: str
    name: str
    login: str = ""
    left: bool = False
    offices: tuple[Office, ...] = ()

    def holds(self, office: str, day: date, team: str | None = None) -> bool:
        """Whether the office is held that day; a team's office only for that team."""
        for held in self.offices:
            if held.office == office and held.held_on(day):
                if office not in TEAM_OFFICES or (team is not None and held.team == team):
                    return True
        return False


@dataclass(frozen=True, slots=True)
class Team:
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Closure:
    day: date
    name: str
    team: str = ""  # empty: everyone


@dataclass(frozen=True, slots=True)
class Child:
    """An opaque id; `details` (such as a name or a date of birth) are kept apart and may be gone."""

    id: str
    family: str = ""
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """Something of the whole authority's, as it now stands; `owner` is empty where it is everyone's."""

    what: str
    key: str
    owner: str = ""
    body: dict[str, Any] = field(default_factory=dict)


def holds_any(person: Person, offices: tuple[str, ...], day: date) -> bool:
    """Whether the person holds one of these offices of the whole store on a day."""
    return any(person.holds(office, day) for office in offices)
