"""Facts of the registry: people, teams, days without work, children, and the workflows in use."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from casereview.events.base import Event


@dataclass(frozen=True, slots=True)
class StoreBegun(Event):
    kind: ClassVar[str] = "store-begun"
    store: str
    practice: bool
    nation: str


@dataclass(frozen=True, slots=True)
class PersonSet(Event):
    kind: ClassVar[str] = "person-set"
    person: str
    name: str
    login: str = ""
    left: bool = False


@dataclass(frozen=True, slots=True)
class OfficeSet(Event):
    """Someone holds an office from a day until another (exclusive), for a team where the office is a team's."""

    kind: ClassVar[str] = "office-set"
    person: str
    office: str
    team: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TeamSet(Event):
    kind: ClassVar[str] = "team-set"
    team: str
    name: str


@dataclass(frozen=True, slots=True)
class ClosureSet(Event):
    """A day on which a team (or, with no team, everyone) does not work, a late bank holiday included."""

    kind: ClassVar[str] = "closure-set"
    day: date
    name: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class ChildSet(Event):
    """A child by opaque id; the details, if any, live in the body only and can be disposed of."""

    kind: ClassVar[str] = "child-set"
    child: str
    family: str = ""
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DefinitionKept(Event):
    """A workflow's text, kept the first time a case uses it."""

    kind: ClassVar[str] = "definition-kept"
    name: str
    version: str
    hash: str


@dataclass(frozen=True, slots=True)
class KeptSet(Event):
    """Something kept for the whole authority and not for one case: a saved view, a blockage, a story on a chart.

    what   its kind; key: its name within that kind; owner: a person id where it is one person's own
    body   all of it as it now stands; `gone` takes it out of use
    """

    kind: ClassVar[str] = "kept-set"
    what: str
    key: str
    owner: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    gone: bool = False


@dataclass(frozen=True, slots=True)
class BundleReceived(Event):
    """A bundle from another store was read in; the head of its chain is kept, as an anchor of its own."""

    kind: ClassVar[str] = "bundle-received"
    store: str
    seq: int
    hash: str
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BodiesDisposed(Event):
    """Bodies disposed of under a recorded decision: the chain still verifies, and says that they are gone."""

    kind: ClassVar[str] = "bodies-disposed"
    seqs: tuple[int, ...]
    basis: str
