"""Facts about time and about keeping the family informed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from casereview.events.base import AnswerDecision, Clock, ContactKind, Event, ExceptionCode


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
class ProfileChanged(Event):
    """A decision to measure the case by another timescale profile. Both profiles and all dates moved are kept.

    profile, before         hashes; "" is the workflow as written. title, before_title: how they were called
    clocks, targets, dates  the open times afresh, and what each was before; what has ended is not among them
    """

    kind: ClassVar[str] = "profile-changed"
    profile: str
    title: str
    before: str
    before_title: str
    reason: str
    calendar: str
    clocks: tuple[Clock, ...] = ()
    targets: dict[str, date] = field(default_factory=dict)
    dates: dict[str, Any] = field(default_factory=dict)


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


