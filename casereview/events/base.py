"""What every fact of the journal has in common, and the words its fields are limited to."""

from __future__ import annotations

from dataclasses import dataclass
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
RESPONSIBLE: ConflictKind = "line-managed"  # managed the work that a review looks at

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
    target: date | None = None  # of the urgent lane the case is in
    statutory: date | None = None  # the last day of a time set by law, where the case is of that law's years


@dataclass(frozen=True, slots=True)
class Ended:
    """An expectation reached its end.

    live_until  until when its justification was live (exclusive)
    lacks       what an agreed justification lacked that day (`standing` has the conditions)
    on          the day, where it is not the day of the entry
    cut_short   the case was closed before it reached an end of its own: reopening lets it run on
    """

    expectation: str
    live_until: date | None = None
    lacks: tuple[str, ...] = ()
    on: date | None = None
    cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a fact does to the expectations: which start, which end, which further looks are planned."""

    started: tuple[Clock, ...] = ()
    ended: tuple[Ended, ...] = ()
    planned: tuple[tuple[str, date], ...] = ()  # (expectation, date of a further checkpoint)


NO_CLOCKS = Clocks()


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


def inner_event(event: Event) -> Event:
    """The fact itself, where it came wrapped in another store's entry."""
    kind, body = getattr(event, "inner", ""), getattr(event, "body", None)
    return event_from_plain(kind, body) if kind and isinstance(body, dict) else event
