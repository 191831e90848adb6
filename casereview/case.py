"""A case as it stands: the fold of its journal, small enough to keep beside it as a snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casereview.events import AnswerDecision
from casereview.stays import Look as Look
from casereview.stays import Promise as Promise
from casereview.stays import Stay as Stay
from casereview.stays import Visit as Visit
from casereview.stays import Worked as Worked


@dataclass(slots=True)
class Reason:
    entry: int
    code: str
    group: str
    text: str
    effect: str
    by: str
    on: date
    proposed: date | None = None
    action: str = ""
    action_owner: str = ""
    action_due: date | None = None


@dataclass(slots=True)
class Answer:
    """A manager's word. `until` is exclusive; `with_date`: given by agreeing a long date in good time."""

    entry: int
    decision: AnswerDecision
    text: str
    by: str
    on: date
    until: date | None = None
    with_date: bool = False
    own_work: bool = False  # given by whoever was the worker that day


@dataclass(slots=True)
class PastRun:
    """An earlier run of an expectation that started again; its standing was final."""

    started: date
    ended: date
    standing: str


@dataclass(slots=True)
class Run:
    """What is known of one expectation of one case.

    agreed        the date now agreed; agreed_first and agreed_changes keep its story
    measured      set once a date was moved after it had passed: the case is still measured from it
    checkpoints   planned looks not yet held, in order; held and late count those that were
    ended_*       frozen on the day it ended, because only what held that day counts: until when a
                  justification was live (exclusive), what it lacked, the lane's target, whether enough
                  was known, and whether it ended only because the case was closed
    """

    started: date
    calendar: str
    indicative: date | None = None
    asks_from: date | None = None
    statutory: date | None = None  # the last day of a time set by law, for a case of that law's years
    agreed: date | None = None
    agreed_first: date | None = None
    agreed_changes: int = 0
    agreed_on: date | None = None
    measured: date | None = None
    checkpoints: list[date] = field(default_factory=list)
    held: int = 0
    late: int = 0
    ended: date | None = None
    ended_entry: int = 0
    ended_live_until: date | None = None
    ended_lacks: list[str] = field(default_factory=list)
    ended_target: date | None = None
    enough_known: bool = False
    cut_short: bool = False
    reasons: list[Reason] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    past: list[PastRun] = field(default_factory=list)
    imported: bool = False

    @property
    def reason(self) -> Reason | None:
        return self.reasons[-1] if self.reasons else None

    @property
    def answer(self) -> Answer | None:
        return self.answers[-1] if self.answers else None


@dataclass(slots=True)
class Tally:
    """The records of one kind: entry numbers of those that count, and what requirements ask of them.

    failing   "step/requirement" -> records whose field does not satisfy a `field` requirement
    matching  "step/requirement" -> records that satisfy the `where` of a `record` or `each` requirement
    answers   field -> record (as text) -> its answers, for the fields that `when` and `each` go by
    """

    live: list[int] = field(default_factory=list)
    newest_on: date | None = None
    failing: dict[str, list[int]] = field(default_factory=dict)
    matching: dict[str, list[int]] = field(default_factory=dict)
    answers: dict[str, dict[str, list[str]]] = field(default_factory=dict)


@dataclass(slots=True)
class Appointment:
    person: str
    role: str
    since: date
    until: date | None = None  # exclusive
    ended: bool = False  # ended by a recorded act, whatever its dates were


@dataclass(slots=True)
class Listed:
    """Someone on the family roster, and what they have been told: {kind of contact: newest day}."""

    label: str
    relation: str = ""
    parental_responsibility: bool = False
    must_be_told: bool = True
    language: str = ""
    advocate: str = ""
    referrer: bool = False
    told: dict[str, date] = field(default_factory=dict)
    told_entry: dict[str, int] = field(default_factory=dict)  # {kind of contact: newest entry}
    promised_on: date | None = None
    promises: list[Promise] = field(default_factory=list)  # every one made, oldest first
    contacts: list[date] = field(default_factory=list)  # the day of every contact, oldest first
    excepted: str = ""
    excepted_by: str = ""
    excepted_since: date | None = None
    excepted_until: date | None = None  # exclusive

    @property
    def told_on(self) -> date | None:
        return max(self.told.values(), default=None)


@dataclass(slots=True)
class Waiting:
    on_whom: str
    what: str
    since: date
    by: str


@dataclass(slots=True)
class Waited:
    on_whom: str
    what: str
    since: date
    until: date


@dataclass(slots=True)
class InLane:
    lane: str
    because: str
    since: date
    targets: dict[str, date] = field(default_factory=dict)


@dataclass(slots=True)
class SetAside:
    step: str
    requirement: str
    entry: int
    by: str
    reason: str


@dataclass(slots=True)
class Scan:
    """A look through what would be published, made at an entry: how much of the identity key stood in it."""

    entry: int
    on: date
    protected: int
    key: int
    digest: str


@dataclass(slots=True)
class Case:
    """One case. `number` is the entry it is folded up to, the sequence that guards concurrent work."""

    id: str
    ref: str = ""
    title: str = ""
    workflow: str = ""
    version: str = ""
    hash: str = ""
    profile: str = ""  # the hash of the timescale profile it is under; "" for the workflow as written
    nation: str = "england-wales"
    opened: date = date.min
    closed: date | None = None
    number: int = 0
    main: Visit = field(default_factory=lambda: Visit("", 0, date.min, 0))
    visits: dict[str, int] = field(default_factory=dict)  # main path: stage -> visits so far
    stays: list[Stay] = field(default_factory=list)  # every visit of the main path, oldest first
    tracks: dict[str, Visit] = field(default_factory=dict)
    track_visits: dict[str, dict[str, int]] = field(default_factory=dict)
    exempt: dict[str, list[str]] = field(default_factory=dict)  # track -> steps that may continue
    team: str | None = None
    worker: str | None = None
    worker_since: date | None = None
    workers_that_day: list[str] = field(default_factory=list)  # everyone who was, on the day of the change
    worker_changes: int = 0
    workers: list[Worked] = field(default_factory=list)  # everyone who was, oldest first
    looks: list[Look] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    roster: dict[str, Listed] = field(default_factory=dict)
    seen_first: date | None = None
    seen_on: date | None = None
    seen_count: int = 0
    seen_entry: int = 0
    sights: dict[str, date] = field(default_factory=dict)  # entry number (as text) -> the day, while it counts
    records: dict[str, Tally] = field(default_factory=dict)
    set_asides: list[SetAside] = field(default_factory=list)
    overrides: int = 0
    runs: dict[str, Run] = field(default_factory=dict)
    waiting: dict[str, Waiting] = field(default_factory=dict)  # entry number (as text) -> still waiting
    waited: list[Waited] = field(default_factory=list)
    lane: InLane | None = None
    enough_known: bool = False
    restricted: bool = False
    admitted: list[str] = field(default_factory=list)  # who may know of it while restricted
    conflicts: dict[str, str] = field(default_factory=dict)  # person -> declared|accept|restrict|replace
    responsible: list[str] = field(default_factory=list)  # who managed the work it looks at, where roles ask for it
    worded: int = 0  # the newest entry that wrote or changed what would be published
    scan: Scan | None = None  # the newest look through it
    finds_answered: dict[str, Look] = field(default_factory=dict)  # find -> who said why it is nobody's
    last_by: str = ""
    last_on: date | None = None
    last_kind: str = ""
    purpose_on: date | None = None  # the latest day on which something was done, not only administered
    purpose_kind: str = ""
    imported: bool = False
    import_key: str = ""
    import_seen: str = ""
    reopened: int = 0

    def tally(self, kind: str) -> Tally:
        return self.records.setdefault(kind, Tally())

    def known_to(self, person: str) -> bool:
        """Whether this person may know of the case at all (law 7)."""
        if self.conflicts.get(person) in ("declared", "restrict", "replace"):
            return False
        return not self.restricted or person in self.admitted


def empty_values(value: Any) -> bool:
    """Whether a field counts as not filled in."""
    return value is None or value == "" or value == [] or (isinstance(value, str) and not value.strip())
