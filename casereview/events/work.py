"""Facts of the work itself: a case opened, moved and written down in, and who is on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from casereview.events.base import NO_CLOCKS, Clocks, ConflictDecision, ConflictKind, Event, Values


@dataclass(frozen=True, slots=True)
class Opened(Event):
    kind: ClassVar[str] = "opened"
    ref: str
    title: str
    workflow: str
    version: str
    hash: str
    nation: str
    team: str | None = None
    worker: str | None = None
    children: tuple[str, ...] = ()
    clocks: Clocks = NO_CLOCKS
    profile: str = ""  # the hash of the timescale profile in force that day


@dataclass(frozen=True, slots=True)
class Imported(Event):
    """A case read from a return lands at a stage with no requirement evaluated; `key` finds it again."""

    kind: ClassVar[str] = "imported"
    ref: str
    title: str
    workflow: str
    version: str
    hash: str
    nation: str
    stage: str
    opened: date
    key: str
    source: str  # what it was read from, such as "CIN census 2024"
    team: str | None = None
    children: tuple[str, ...] = ()
    closed: date | None = None
    seen_by_import: str = ""  # digest of the row, so that a changed row can be told from the same one
    records: tuple[tuple[str, Values, date], ...] = ()  # (kind, values, on) that came with it
    row: Values = field(default_factory=dict)  # everything else the return said, as it said it
    reviews: tuple[date, ...] = ()  # checkpoint reviews held before the import
    tracks: dict[str, str] = field(default_factory=dict)  # where work beside the path stood, where it is known
    clocks: Clocks = NO_CLOCKS
    profile: str = ""  # the hash of the timescale profile in force on the day the work began


@dataclass(frozen=True, slots=True)
class ImportUpdated(Event):
    """A later file says more of an imported case; only a case still where the import left it is moved."""

    kind: ClassVar[str] = "import-updated"
    stage: str
    source: str
    seen_by_import: str
    closed: date | None = None
    row: Values = field(default_factory=dict)
    reviews: tuple[date, ...] = ()  # checkpoint reviews that this file is the first to tell of
    ended: tuple[tuple[str, date], ...] = ()  # expectations that ended, and when


@dataclass(frozen=True, slots=True)
class StepTaken(Event):
    kind: ClassVar[str] = "step-taken"
    step: str
    source: str
    to: str
    track: str | None = None
    reason: str = ""
    enough_known: bool = False
    clocks: Clocks = NO_CLOCKS


@dataclass(frozen=True, slots=True)
class Reopened(Event):
    kind: ClassVar[str] = "reopened"
    to: str
    reason: str
    clocks: Clocks = NO_CLOCKS


@dataclass(frozen=True, slots=True)
class RequirementSetAside(Event):
    """An expectation of a step set aside, for this visit to the stage only."""

    kind: ClassVar[str] = "set-aside"
    step: str
    requirement: str
    reason: str


# ---- what is written down ---------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Recorded(Event):
    """A record of a kind the workflow declares. Its id within the case is the number of this entry."""

    kind: ClassVar[str] = "recorded"
    record: str  # the kind of record
    values: Values = field(default_factory=dict)
    clocks: Clocks = NO_CLOCKS


@dataclass(frozen=True, slots=True)
class Corrected(Event):
    """A correction is a new entry: {field: [before, after]}; `withdrawn` takes the record out of count.

    `values` is the whole record as it now stands.
    """

    kind: ClassVar[str] = "corrected"
    number: int
    record: str
    reason: str
    changes: dict[str, Any] = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ChildSeen(Event):
    kind: ClassVar[str] = "child-seen"
    by: str
    alone: bool = False
    with_whom: str = ""
    where: str = ""
    note: str = ""
    clocks: Clocks = NO_CLOCKS


@dataclass(frozen=True, slots=True)
class Assigned(Event):
    kind: ClassVar[str] = "assigned"
    worker: str | None = None
    team: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LookedAt(Event):
    """Whoever oversees the case has looked at it. It justifies nothing, and changes no standing."""

    kind: ClassVar[str] = "looked-at"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Appointed(Event):
    kind: ClassVar[str] = "appointed"
    person: str
    role: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AppointmentEnded(Event):
    kind: ClassVar[str] = "appointment-ended"
    person: str
    role: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChildLinked(Event):
    kind: ClassVar[str] = "child-linked"
    child: str


@dataclass(frozen=True, slots=True)
class Restricted(Event):
    """The case is absent to everyone but the people named (law 7); `people` are those who may know of it."""

    kind: ClassVar[str] = "restricted"
    reason: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unrestricted(Event):
    kind: ClassVar[str] = "unrestricted"
    reason: str


@dataclass(frozen=True, slots=True)
class AccessGranted(Event):
    kind: ClassVar[str] = "access-granted"
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class AccessEnded(Event):
    kind: ClassVar[str] = "access-ended"
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConflictDeclared(Event):
    """A conflict of interest. Until someone else accepts it, the case is absent to that person.

    role: what they were to do, or did, in the case; "" where it was not said
    """

    kind: ClassVar[str] = "conflict-declared"
    person: str
    interest: ConflictKind
    decision: ConflictDecision = "declared"
    text: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class FromBundle(Event):
    """An entry of another store's journal, taken in with its case: what it said, who wrote it there and when."""

    kind: ClassVar[str] = "from-bundle"
    inner: str  # the kind of the entry there
    body: dict[str, Any]
    store: str
    seq: int
    hash: str
    actor: str
    recorded_at: str
