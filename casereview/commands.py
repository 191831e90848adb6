"""Everything a person can ask of a case, named in the imperative; `decide` answers with facts or a refusal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from casereview.events import (
    AnswerDecision,
    ConflictDecision,
    ConflictKind,
    ContactKind,
    ExceptionCode,
    Values,
)


@dataclass(frozen=True, slots=True)
class Command:
    """The base of all commands. `on`, where a command has it, is the day it happened (not later than today)."""


@dataclass(frozen=True, slots=True)
class TakeStep(Command):
    step: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetRequirementAside(Command):
    """`requirement` is a key as `why` prints it; `step` is needed only where two open steps share the key."""

    requirement: str
    reason: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Reopen(Command):
    reason: str


@dataclass(frozen=True, slots=True)
class AddRecord(Command):
    """Values may be text as typed; they are checked against the record kind and kept as JSON values."""

    record: str
    values: Values = field(default_factory=dict)
    on: date | None = None


@dataclass(frozen=True, slots=True)
class CorrectRecord(Command):
    number: int
    reason: str
    values: Values = field(default_factory=dict)
    withdraw: bool = False


@dataclass(frozen=True, slots=True)
class SeeChild(Command):
    on: date | None = None
    by: str = ""  # a person id; the one who records it when empty
    alone: bool = False
    with_whom: str = ""
    where: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Assign(Command):
    worker: str | None = None
    team: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class MarkLooked(Command):
    """Whoever oversees the case has looked at it. Several may be marked at once; nothing is justified by it."""

    note: str = ""


@dataclass(frozen=True, slots=True)
class Appoint(Command):
    person: str
    role: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class EndAppointment(Command):
    person: str
    role: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LinkChild(Command):
    child: str


@dataclass(frozen=True, slots=True)
class GiveReason(Command):
    """`expectation` may be empty: the first one on the register is meant (so in the commands below)."""

    code: str
    text: str
    effect: str
    expectation: str = ""
    proposed: date | None = None
    action: str = ""
    action_owner: str = ""
    action_due: date | None = None


@dataclass(frozen=True, slots=True)
class GiveAnswer(Command):
    decision: AnswerDecision
    text: str = ""
    until: date | None = None
    expectation: str = ""


@dataclass(frozen=True, slots=True)
class AgreeDate(Command):
    agreed: date
    text: str = ""
    code: str = ""
    expectation: str = ""
    action: str = ""
    action_owner: str = ""
    action_due: date | None = None


@dataclass(frozen=True, slots=True)
class HoldReview(Command):
    """Worker and manager look together; all that comes of it in one go, or nothing of it.

    outcome   "enough-known", "carry-on" or "change-direction"; `text`: why, or which question is still open
    known     what is now understood that was not; child_seen: None is read from the case, `seen_on` records a sight
    agreed    a new date for this child: agreed where the person may agree dates, else proposed (that takes a `code`)
    step      the step a change of direction takes, where there is more than one way; or its word as `direction`
    contact   the family told in the same go, everyone who must be; thought: a supervision note beside it
    set_aside lets go, with this reason, what the step still expects; stay: the case stays at the review
    """

    outcome: str
    known: str = ""
    text: str = ""
    held_on: date | None = None
    next_review: date | None = None
    child_seen: bool | None = None
    seen_on: date | None = None
    seen_alone: bool = False
    seen_where: str = ""
    agreed: date | None = None
    code: str = ""
    effect: str = ""
    action: str = ""
    action_owner: str = ""
    action_due: date | None = None
    direction: str = ""
    step: str = ""
    contact: str = ""
    told: str = ""
    said: str = ""
    method: str = ""
    promised_on: date | None = None
    thought: str = ""
    tasks: tuple[str, ...] = ()
    set_aside: str = ""
    stay: bool = False


@dataclass(frozen=True, slots=True)
class SetLane(Command):
    """Into an urgent lane with the trigger that applies; an empty `lane` leaves it, with the reason."""

    lane: str
    because: str


@dataclass(frozen=True, slots=True)
class StartWaiting(Command):
    on_whom: str
    what: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class EndWaiting(Command):
    number: int
    on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SetRoster(Command):
    """Adds someone to the roster or changes what is known of them; None leaves a value as it was."""

    person: str
    label: str | None = None
    relation: str | None = None
    parental_responsibility: bool | None = None
    must_be_told: bool | None = None
    language: str | None = None
    advocate: str | None = None
    referrer: bool | None = None
    left: bool = False


@dataclass(frozen=True, slots=True)
class Tell(Command):
    """`people` empty: everyone who must be told. `said`: what they said."""

    contact: ContactKind
    people: tuple[str, ...] = ()
    on: date | None = None
    method: str = ""
    language: str = ""
    said: str = ""
    text: str = ""
    promised_on: date | None = None


@dataclass(frozen=True, slots=True)
class ExceptTelling(Command):
    person: str
    code: ExceptionCode
    until: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class ChangeProfile(Command):
    """To another timescale profile, by NAME, NAME@VERSION or hash; "none": the workflow's own times."""

    profile: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeepScan(Command):
    """What looking through the texts to be published found: made by the scan itself, never typed."""

    texts: int
    digest: str
    key: int
    protected: int
    close: int = 0
    pointers: int = 0


@dataclass(frozen=True, slots=True)
class AnswerFind(Command):
    """Why a find of the scan is not who the identity key means."""

    find: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Restrict(Command):
    """Whoever restricts stays admitted, so that a case is never hidden from everyone."""

    reason: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unrestrict(Command):
    reason: str


@dataclass(frozen=True, slots=True)
class Admit(Command):
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class EndAccess(Command):
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeclareConflict(Command):
    """Anyone may declare their own; deciding on it (accept, restrict, replace) takes a chair or manager."""

    person: str
    interest: ConflictKind
    decision: ConflictDecision = "declared"
    text: str = ""
    role: str = ""
