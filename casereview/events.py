"""What can have happened: every journal entry is one of these facts, named in the past tense and never altered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from casereview.codec import Plain, from_plain, to_plain

Values = dict[str, Any]  # a record's fields: str, list of str, int, bool; dates as ISO text
AnswerDecision = Literal["agreed", "not agreed", "tell me more"]
ContactKind = Literal["started", "progress", "delay explained", "new date", "decision", "copy given"]
ExceptionCode = Literal["would increase risk", "police advice", "whereabouts unknown"]
ConflictKind = Literal["line-managed", "employed by agency", "prior review", "personal"]
ConflictDecision = Literal["declared", "accept", "restrict", "replace"]

CONTACT_KINDS: tuple[ContactKind, ...] = (
    "started", "progress", "delay explained", "new date", "decision", "copy given",
)  # fmt: skip
EXCEPTION_CODES: tuple[ExceptionCode, ...] = ("would increase risk", "police advice", "whereabouts unknown")
CONFLICT_KINDS: tuple[ConflictKind, ...] = ("line-managed", "employed by agency", "prior review", "personal")

_BY_KIND: dict[str, type[Event]] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """The base of all facts. `kind` is the word stored in the journal and must never change."""

    kind: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # slots=True makes a second class of the same name: the later one wins, which is the real one
        if cls.kind:
            _BY_KIND[cls.kind] = cls


@dataclass(frozen=True, slots=True)
class Clock:
    """An expectation starting to run, with the dates worked out that day and by which calendar.

    indicative   by when most are done; None where there is no yardstick
    asks_from    the last day before the register asks: `indicative` plus the local margin
    """

    expectation: str
    started: date
    calendar: str
    indicative: date | None = None
    asks_from: date | None = None
    checkpoints: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a fact does to the expectations: which start, which end, which further looks are planned."""

    started: tuple[Clock, ...] = ()
    ended: tuple[str, ...] = ()
    planned: tuple[tuple[str, date], ...] = ()  # (expectation, date of a further checkpoint)


NO_CLOCKS = Clocks()


# ---- the life of a case -----------------------------------------------------------------------------
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
    clocks: Clocks = NO_CLOCKS


@dataclass(frozen=True, slots=True)
class ImportUpdated(Event):
    """A later file says more of an imported case; only a case still where the import left it is moved."""

    kind: ClassVar[str] = "import-updated"
    stage: str
    source: str
    seen_by_import: str
    closed: date | None = None
    ended: tuple[tuple[str, date], ...] = ()  # expectations ended, and when


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
    """A correction is a new entry: {field: [before, after]}; `withdrawn` takes the record out of count."""

    kind: ClassVar[str] = "corrected"
    number: int
    record: str
    reason: str
    changes: dict[str, Any] = field(default_factory=dict)
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


# ---- people on the case -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Assigned(Event):
    kind: ClassVar[str] = "assigned"
    worker: str | None = None
    team: str | None = None
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
    """A conflict of interest. Until someone else accepts it, the case is absent to that person."""

    kind: ClassVar[str] = "conflict-declared"
    person: str
    interest: ConflictKind
    decision: ConflictDecision = "declared"
    text: str = ""


# ---- time -------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class DateAgreed(Event):
    """This child's own date, set by a manager. `justifies`: a long date agreed in good time (decision 4)."""

    kind: ClassVar[str] = "date-agreed"
    expectation: str
    agreed: date
    text: str = ""
    code: str = ""
    justifies: bool = False
    action: str = ""
    action_owner: str = ""
    action_due: date | None = None


@dataclass(frozen=True, slots=True)
class ReasonGiven(Event):
    """Why it takes longer: a local code, the account, the effect on the child, and a proposed date."""

    kind: ClassVar[str] = "reason-given"
    expectation: str
    code: str
    group: str
    text: str
    effect: str
    proposed: date | None = None
    action: str = ""
    action_owner: str = ""
    action_due: date | None = None


@dataclass(frozen=True, slots=True)
class Answered(Event):
    """The manager's reply to the newest reason. `until` is exclusive: the day to look again."""

    kind: ClassVar[str] = "answered"
    expectation: str
    decision: AnswerDecision
    text: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LaneSet(Event):
    """Into an urgent lane, or out of it (`lane` empty); targets are the dates that now count."""

    kind: ClassVar[str] = "lane-set"
    lane: str
    because: str
    calendar: str
    targets: dict[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DatesMoved(Event):
    """A calendar change moved open dates: both values are kept in the journal (never a closed one)."""

    kind: ClassVar[str] = "dates-moved"
    reason: str
    calendar: str
    clocks: tuple[Clock, ...] = ()
    targets: dict[str, date] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WaitingStarted(Event):
    """Waiting is recorded and shown beside the time taken; it is never subtracted from it (law 9)."""

    kind: ClassVar[str] = "waiting-started"
    on_whom: str
    what: str


@dataclass(frozen=True, slots=True)
class WaitingEnded(Event):
    kind: ClassVar[str] = "waiting-ended"
    number: int
    note: str = ""


# ---- the family -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class RosterSet(Event):
    """Someone to be kept informed, or what is known of them changed; `left` takes them off the list."""

    kind: ClassVar[str] = "roster-set"
    person: str  # an id within the case, such as "mother" or "referrer"
    label: str
    relation: str = ""
    parental_responsibility: bool = False
    must_be_told: bool = True
    language: str = ""
    advocate: str = ""
    referrer: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class FamilyTold(Event):
    kind: ClassVar[str] = "family-told"
    people: tuple[str, ...]
    contact: ContactKind
    method: str = ""
    language: str = ""
    said: str = ""
    text: str = ""
    promised_on: date | None = None


@dataclass(frozen=True, slots=True)
class TellingExcepted(Event):
    """A manager records one of three lawful reasons not to tell someone, until a date (exclusive)."""

    kind: ClassVar[str] = "telling-excepted"
    person: str
    code: ExceptionCode
    until: date
    text: str = ""


# ---- the registry: people, places, children ---------------------------------------------------------
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
class Happening:
    """A fact and the day it happened, before the journal numbers it."""

    event: Event
    on: date


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal.

    seq          its place in the store, without gaps
    stream       a case id, or REGISTRY
    number       its place within the stream, from 1
    on           the day it happened; recorded_at: the UTC instant we knew
    actor        a person id; acting_as: the login that acted for that person, where they differ
    """

    seq: int
    stream: str
    number: int
    on: date
    recorded_at: datetime
    actor: str
    event: Event
    acting_as: str = ""


REGISTRY = "registry"


def event_to_plain(event: Event) -> dict[str, Plain]:
    return to_plain(event)


def event_from_plain(kind: str, plain: dict[str, Plain]) -> Event:
    """The fact again. Raises KeyError for a kind this version does not know."""
    return from_plain(_BY_KIND[kind], plain)


def known_kinds() -> tuple[str, ...]:
    return tuple(sorted(_BY_KIND))
