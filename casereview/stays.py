"""Where a case has been, who worked on it and looked at it, and what was promised: small parts of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(slots=True)
class Visit:
    """Where a path stands: the stage, the how-manieth visit to it, and since which day and entry."""

    stage: str
    visit: int
    since: date
    entry: int


@dataclass(slots=True)
class Stay:
    """A visit to a stage of the main path from its first day to the day it was left, or still going on."""

    stage: str
    visit: int
    since: date
    until: date | None = None


@dataclass(slots=True)
class Worked:
    """Someone was the worker from a day until another, or still is."""

    worker: str
    since: date
    until: date | None = None


@dataclass(slots=True)
class Look:
    """Whoever oversees the case looked at it: no answer, and no justification."""

    by: str
    on: date
    note: str = ""


@dataclass(slots=True)
class Promise:
    """News promised to someone by a day; kept by whatever they were next told."""

    by_day: date
    made_on: date
    kept_on: date | None = None
