"""The frozen types a workflow file parses into; one definition is shared by every case that follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from workflows.span import Span
from workflows.written import BUILT_IN_RECORDS as BUILT_IN_RECORDS
from workflows.written import Answers as Answers
from workflows.written import Field as Field
from workflows.written import FieldType as FieldType
from workflows.written import OnlyWith as OnlyWith
from workflows.written import Option as Option
from workflows.written import RecordKind as RecordKind

Strength = Literal["must", "expected"]
RequirementKind = Literal["has", "told", "record", "seen", "track", "field", "each", "appointed", "scanned"]
ReasonClass = Literal["can justify", "only with an owned action", "system cause", "not a delay", "none found"]
AnchorKind = Literal["opened", "enters", "leaves", "record", "field"]

# What `has` may ask for, and the sentence a person reads. Closed on purpose: a definition is never evaluated.
HAS: Mapping[str, str] = {
    "agreed-date": "a date agreed for this child or review",
    "worker": "a named worker",
    "team": "a team",
    "child": "at least one child the case is about",
    "roster": "the people who must be told are listed",
}
TOLD = ("family", "referrer")
# Offices a role may be filled by; `manager` is held for a team, the others for the whole store.
OFFICES = ("manager", "service-manager", "chair", "business-manager", "data-officer", "auditor")


@dataclass(frozen=True, slots=True)
class Role:
    """Who may act. Held by appointment to the case; also by the assigned worker, or by an office."""

    name: str
    title: str
    assigned: bool = False  # the worker the case is assigned to holds it
    office: str | None = None  # one of OFFICES: whoever holds it (for the case's team) holds this role
    says: str = ""
    apart_from: tuple[str, ...] = ()  # roles nobody holds in one case beside it; nor who was responsible in the case


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing a step asks for. `must` is a duty; `expected` may be set aside with a reason.

    key       unique within its step; what `set-aside` names, such as "record-decision"
    name      what is asked: a HAS name, "family", a record kind, "child", a track, "kind.field", a role
    when      it is asked only while the newest record of a kind has one of these answers in "kind.field", or has
              none, or there is no such record; more than one: all of them
    this_visit  only what was recorded since the stage being left was last entered counts
    at        track: the stages of that track that satisfy it; told: what they must have been told about
    where     record, field: only records whose field has one of these values; each: only such count as pointing
    points    each: "kind.field", whose records point to those of the kind in `name`
    except_where  each: records with any of these values need none pointing to them
    among     field: every record's field holds one of these values (empty: is filled at all)
    at_least  record, appointed: how many; each: how many for every one
    newest    record: the newest of its kind is the one that counts
    if_any    field, each: satisfied too while there is no such record at all
    """

    key: str
    kind: RequirementKind
    name: str
    strength: Strength
    says: str
    who: tuple[str, ...]
    source: str = ""
    this_visit: bool = False
    at: tuple[str, ...] = ()
    where: Answers = ()
    among: tuple[str, ...] = ()
    at_least: int = 1
    if_any: bool = False
    when: Answers = ()
    newest: bool = False
    points: str = ""
    except_where: Answers = ()


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    title: str
    says: str = ""
    end: bool = False
    void: bool = False  # an end for what was opened by mistake: no concern is counted from it


@dataclass(frozen=True, slots=True)
class Step:
    """A way from one stage to another. `loop` steps go back and always ask a reason."""

    name: str
    title: str
    sources: tuple[str, ...]  # `from` in the file
    to: str
    by: tuple[str, ...]
    track: str | None = None  # None: the main path
    loop: bool = False
    asks_reason: bool = False  # a reason is asked although it is no loop (discontinuing, for instance)
    enough_known: bool = False  # taking it says that enough is known: stopping early is a success
    requirements: tuple[Requirement, ...] = ()
    says: str = ""
    when: Answers = ()  # it is a way only while the newest record says so, as a requirement's `when`


@dataclass(frozen=True, slots=True)
class Hold:
    """While a track stands in one of `stages`, steps of the main path are expected to wait.

    A step named in the newest `record`'s `field` (of type "steps") may continue.
    """

    stages: tuple[str, ...]
    says: str
    who: tuple[str, ...]
    record: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Track:
    """Work beside the main path: a second flat machine in the same case; may go round and need not end."""

    name: str
    title: str
    start: str
    stages: Mapping[str, Stage]
    hold: Hold | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an expectation starts or ends: "opened", "enters S", "leaves S", "record K", "field F of K"."""

    kind: AnchorKind
    name: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Justified:
    """What an agreed reason needs to stay live, besides its manager (never its author) and its date."""

    family_told: bool = False  # told on or after the day of the answer, or lawfully excepted
    child_seen: Span | None = None  # seen no longer ago than this


@dataclass(frozen=True, slots=True)
class Expectation:
    """One tracked interval. It shows, asks and remembers; it never moves, blocks or closes a case (law 1)."""

    name: str
    title: str
    start: Anchor  # `from` in the file
    end: Anchor  # `to` in the file
    agreed: bool = False  # this child's own date is asked for
    indicative: Span | None = None  # the yardstick: by when most are done
    look_after: Span | None = None  # how far past the yardstick before the register asks
    checkpoints: tuple[Span, ...] = ()
    checkpoint_record: str = "checkpoint-review"  # the record kind that holds a checkpoint
    checkpoint_fields: tuple[tuple[str, str], ...] = ()  # (kind, date field) that plan a further checkpoint
    justified: Justified = field(default_factory=Justified)
    statutory: Span | None = None  # a time limit set by law: shown as passed, and still never blocks
    statutory_from: date | None = None  # the first day that rule was in force; always there with `statutory`
    statutory_to: date | None = None  # its last day, where it no longer is
    shown_only: bool = False  # displayed beside the others, never on the register
    restart: bool = False  # a second arrival at `from`, or reopening, starts a new run
    says: str = ""
    source: str = ""

    def statutory_for(self, opened: date) -> Span | None:
        """The time limit set by law for a case opened on a day: only in the years of the rule (decision 12)."""
        begun = self.statutory_from is not None and self.statutory_from <= opened
        return self.statutory if begun and (self.statutory_to is None or opened <= self.statutory_to) else None


@dataclass(frozen=True, slots=True)
class Lane:
    """Some need it faster: targets that replace the indicative time of the expectations named."""

    name: str
    title: str
    when: tuple[str, ...]
    expect: Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class ReasonCode:
    code: str
    title: str
    group: ReasonClass  # `class` in the file
    asks: str = ""
    says: str = ""

    @property
    def can_be_agreed(self) -> bool:
        """System causes, 'not a delay' and 'none found' explain or inform; they never justify."""
        return self.group in ("can justify", "only with an owned action")


@dataclass(frozen=True, slots=True)
class Importing:
    """Where cases read from a return land, and which start dates this workflow is in force for."""

    open: str
    done: str
    starts_from: date | None = None
    starts_until: date | None = None


@dataclass(frozen=True, slots=True)
class Reopening:
    to: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A whole workflow, pinned to a case by `name`, `version` and `hash` (sha256 of the file's bytes, hex)."""

    name: str
    version: str
    title: str
    kind: str  # "assessment", "review", ...
    says: str
    source: str
    prefix: str  # the first part of a case reference, such as "SA"
    start: str
    roles: Mapping[str, Role]
    stages: Mapping[str, Stage]
    steps: Mapping[str, Step]  # every step, the tracks' included; names are unique in a definition
    tracks: Mapping[str, Track]
    records: Mapping[str, RecordKind]
    expectations: Mapping[str, Expectation]
    lanes: Mapping[str, Lane]
    reasons: Mapping[str, ReasonCode]
    set_aside_by: tuple[str, ...]
    importing: Importing | None
    reopening: Reopening | None
    text: str
    hash: str
    profile: str = ""  # which edition of a method or guidance this is
    under: str = ""  # the hash of the timescale profile laid over it; "" where it stands as written
    choose: str = ""  # when to choose it, said where a case is opened
    option_of: str = ""  # "kind.field": the question whose answer is one of `options`
    options: Mapping[str, Option] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(self.hash)  # its parts are mappings; what follows from a whole definition is kept by it

    @property
    def key(self) -> str:
        """What tells it from every other definition, the same workflow under another profile included."""
        return f"{self.hash}:{self.under}" if self.under else self.hash

    def option(self, answer: str) -> Option | None:
        """The option an answer chooses; None when it chooses none."""
        return next((option for option in self.options.values() if option.answer == answer), None)

    def apart(self, role: str) -> tuple[str, ...]:
        """The roles nobody may be appointed to in one case who was appointed to this one, whichever says so."""
        own = self.roles[role].apart_from if role in self.roles else ()
        return tuple(dict.fromkeys((*own, *(r.name for r in self.roles.values() if role in r.apart_from))))

    def steps_from(self, stage: str, track: str | None = None) -> tuple[Step, ...]:
        """The steps declared out of a stage of the main path (or of a track), in the file's order."""
        return tuple(s for s in self.steps.values() if s.track == track and stage in s.sources)

    def main_expectation(self) -> Expectation | None:
        """The expectation a reason or a date is about when none is named: the first on the register."""
        on_register = [e for e in self.expectations.values() if not e.shown_only]
        asked = [e for e in on_register if e.agreed]
        return next(iter(asked or on_register), None)
