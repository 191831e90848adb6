"""What is read back: plain rows and pages, without any trace of how they are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from casereview.conditions import Condition

Standing = Literal[
    "urgent_late", "past_statutory", "longer_of_concern", "longer_lapsed", "longer_unexplained", "longer_explained",
    "past_agreed", "checkpoint_missed", "longer_justified", "on_course",
    "done_longer_unexplained", "done_explained_afterwards", "done_longer_justified", "done_within", "done_early",
]  # fmt: skip

# Decision 5: the order of concern. The position in this tuple is the rank stores sort by.
BY_CONCERN: tuple[Standing, ...] = (
    "urgent_late", "past_statutory", "longer_of_concern", "longer_lapsed", "longer_unexplained", "longer_explained",
    "past_agreed", "checkpoint_missed", "longer_justified", "on_course",
    "done_longer_unexplained", "done_explained_afterwards", "done_longer_justified", "done_within", "done_early",
)  # fmt: skip
RANK: dict[str, int] = {standing: rank for rank, standing in enumerate(BY_CONCERN)}
# "Overdue" is every open standing but on_course and checkpoint_missed (decision 5).
OVERDUE: tuple[Standing, ...] = (
    "urgent_late", "past_statutory", "longer_of_concern", "longer_lapsed", "longer_unexplained", "longer_explained",
    "past_agreed", "longer_justified",
)  # fmt: skip

# What the newest word of the manager, or else the worker, is: the one code a list query needs.
Word = Literal["", "reason", "agreed", "not agreed"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Projected:
    """One expectation of one case, reduced to the dates and codes from which a list can tell its standing.

    For any day on or after the last fact: beyond when day > beyond_after; justified when `word` is
    "agreed" and day < live_until; urgent and late when day > target; past a legal time limit when
    day > statutory. Dates are None where there are none.
    """

    expectation: str
    title: str
    on_register: bool
    started: date
    ended: date | None = None
    done: str | None = None  # the standing it ended with
    indicative: date | None = None
    asks_from: date | None = None  # indicative plus the local margin: the yardstick is passed after it
    agreed: date | None = None
    measured: date | None = None  # the agreed date it is measured from (a passed one stays)
    beyond_after: date | None = None  # the earliest of asks_from, measured and statutory
    target: date | None = None  # of the urgent lane
    next_checkpoint: date | None = None
    word: Word = ""
    live_until: date | None = None  # exclusive
    promised_on: date | None = None  # next news promised to the family
    details: dict[str, Any] = field(default_factory=dict)  # reason, answer, family: as the register prints them
    reason: str = ""  # the code of the reason a list shows, and its class
    reason_class: str = ""
    waiting: str = ""  # on whom, a line each, the longest wait first
    untold_from: date | None = date.min  # from when somebody who must be told is not, and not lawfully excepted
    look_on: date | None = None  # the day a manager who agreed wants to look again
    lane: str = ""
    statutory: date | None = None  # the last day of a time set by law, for a case opened in that law's years


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. `standing` is the one of most concern on the day asked about; "" where none runs."""

    id: str
    case: str
    title: str
    workflow: str
    version: str
    kind: str
    stage: str
    stage_title: str
    opened: date
    closed: date | None
    worker: str | None  # person id
    worker_name: str
    team: str | None
    team_name: str
    standing: str
    restricted: bool = False
    imported: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A case and one of its expectations, as the overdue register lists it.

    From the service, `row.standing` is the standing of this expectation; `case_standing` the one of most
    concern among all of the case's.
    """

    row: CaseRow
    expectation: Projected
    nation: str
    working_days: int = 0  # (start, end] to the day asked about, or to the end
    beyond: int = 0  # working days past the earlier of agreed and indicative
    case_standing: str = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    rows: tuple[T, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class RegisterPage:
    rows: tuple[RegisterRow, ...]
    counts: dict[str, int]  # standing -> how many, over everything the filter leaves but the standing
    total: int  # rows the whole filter leaves
    offset: int = 0
    groups: tuple[GroupCount, ...] = ()  # over all pages, in their order; empty where none were asked for


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cases a figure or a list over whole cases is about. Days are inclusive; None leaves an end open.

    open         only open ones, only closed ones, or both
    closed_from, closed_to   by when they were closed; with either given, open ones are left out
    """

    workflow: str = ""
    kind: str = ""
    team: str = ""
    worker: str = ""
    open: bool | None = None
    opened_from: date | None = None
    opened_to: date | None = None
    closed_from: date | None = None
    closed_to: date | None = None

    def has(self, case: Any, kind: str) -> bool:
        """Whether a folded case, of a workflow of this kind, is among them."""
        return (
            self.workflow in ("", case.workflow)
            and self.kind in ("", kind)
            and self.team in ("", case.team)
            and self.worker in ("", case.worker)
            and (self.open is None or self.open == (case.closed is None))
            and _within(case.opened, self.opened_from, self.opened_to)
            and _within(case.closed, self.closed_from, self.closed_to)
        )


def _within(day: date | None, first: date | None, last: date | None) -> bool:
    if day is None:
        return first is None and last is None
    return (first is None or first <= day) and (last is None or day <= last)


@dataclass(frozen=True, slots=True)
class GroupCount:
    """A heading of a list: the value its rows share ("": none), what people call it, and how many rows."""

    key: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class CaseQuery:
    """What a list of cases asks. Text matches reference, title, child id, worker and team, any case.

    order: "-opened" (newest first), "concern", "beyond" (longest past its date first), "opened", "reference",
    "stage" or "worker"; a leading dash turns any of them round.
    also: all of these hold as well.
    """

    text: str = ""
    workflow: str = ""
    kind: str = ""
    stage: str = ""
    team: str = ""
    worker: str = ""
    child: str = ""
    standings: tuple[str, ...] = ()
    open: bool | None = None
    order: str = "-opened"
    offset: int = 0
    limit: int = 50
    also: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """What the register asks; `standings` empty means everything that is overdue.

    order: "concern", "beyond" (longest past its date first), "opened", "worker" or "stage"; a leading dash turns
    any of them round; ties are in order of reference.
    group: "team", "worker", "reason" or "waiting" puts rows under headings, in order of what people call them.
    """

    standings: tuple[str, ...] = ()
    text: str = ""
    workflow: str = ""
    team: str = ""
    worker: str = ""
    case: str = ""  # one case id: every expectation of it, whatever its standing
    offset: int = 0
    limit: int = 50
    also: tuple[Condition, ...] = ()
    order: str = "concern"
    group: str = ""


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record as it stands after corrections. `number` is its id within the case.

    kept_to   where whoever asked may not read it: to whom it is kept, in words; then it says nothing else
    outline   its account was left out, because reading that is written down and a list is no reading
    """

    number: int
    kind: str
    on: date
    by: str
    by_name: str
    recorded_at: datetime
    values: dict[str, Any]
    withdrawn: bool = False
    corrected: int = 0  # how often
    kept_to: str = ""
    outline: bool = False


@dataclass(frozen=True, slots=True)
class CaseKey:
    """Which case it is, and the workflow it is pinned to."""

    id: str
    ref: str
    hash: str


@dataclass(frozen=True, slots=True)
class StoreInfo:
    store: str  # id
    practice: bool
    nation: str
    place: str  # path or URL without a password, for messages
    backend: str  # "sqlite", "postgresql", "memory"


@dataclass(frozen=True, slots=True)
class Head:
    seq: int
    hash: str
