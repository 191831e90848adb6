"""What figures need to know of a case: days already counted, nothing of what was written, no worker's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WHOLE_CASE = "whole-case"
"""The measure that runs from the opening of a case to its closing, whatever its workflow expects."""

Interval = tuple[date, date | None]
"""From a day to another; None where it still runs."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One stretch of time of one case: an expectation that ran, or the whole case.

    days            working days in (start, end], to the day asked about where it still runs
    indicative      the date most are done by; indicative_days: how many working days after the start it lies
    agreed          the date agreed for this child (the one it is measured from), and its distance likewise
    past_indicative, past_agreed   working days the end lies after that date, negative before it; None while it runs
    explained       a reason that says something was given while it ran
    answered_on, first_answered_on  the day of the agreement in force, and of the first one
    live_until      the first day the agreement is no longer live
    cut_short       it ended only because the case was closed
    """

    measure: str
    title: str
    started: date
    ended: date | None
    days: int
    standing: str = ""
    on_register: bool = True
    indicative: date | None = None
    indicative_days: int | None = None
    agreed: date | None = None
    agreed_days: int | None = None
    past_indicative: int | None = None
    past_agreed: int | None = None
    explained: bool = False
    explained_afterwards: bool = False
    answered_on: date | None = None
    first_answered_on: date | None = None
    live_until: date | None = None
    cut_short: bool = False
    enough_known: bool = False
    target: date | None = None
    protects: bool = False  # it ends with the first action to protect


@dataclass(frozen=True, slots=True)
class Stayed:
    """One visit of a case to a stage of its main path. days: working days, to the day asked about where it is there.

    overseen  only those who oversee can take the case on from here: their days, not the worker's
    back      it came here by a way back
    returned  it was sent back from here as not finished (not a planned look that lets the work go on)
    """

    stage: str
    title: str
    visit: int
    since: date
    until: date | None
    days: int
    overseen: bool = False
    back: bool = False
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Waited:
    """A recorded waiting interval. Shown beside the time, never taken from it (law 9)."""

    on_whom: str
    since: date
    until: date | None
    days: int


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case of the selection, on the day asked about.

    earlier       a case of the same child closed within a year before this one was opened
    later         a case of the same child opened within a year after this one was closed; None: not closed
    watched       a whole year has passed since it was closed, so that `later` is settled
    look          what the newest look at quality found: (question, answer); None without a look
    seen_days, protected_days   working days from the opening to the child seen, and to the first action to protect
    """

    ref: str
    workflow: str
    kind: str
    team: str
    opened: date
    closed: date | None
    imported: bool = False
    main: str = ""
    timed: tuple[Timed, ...] = ()
    stays: tuple[Stayed, ...] = ()
    waits: tuple[Waited, ...] = ()
    children: tuple[str, ...] = ()
    earlier: bool = False
    later: bool | None = None
    watched: bool = False
    look: tuple[tuple[str, str], ...] | None = None
    decision: bool = False
    words: bool = False
    family_view: bool = False
    of_a_child: bool = False
    lane: str = ""
    seen_days: int | None = None
    protected_days: int | None = None

    def of(self, measure: str = "") -> tuple[Timed, ...]:
        """What ran of a measure: "" is the main expectation of its own workflow."""
        return tuple(one for one in self.timed if one.measure == (measure or self.main))

    @property
    def worked_here(self) -> bool:
        """Not finished elsewhere: a return of finished work carries dates, and nothing of decisions or looks."""
        return not self.imported or self.closed is None or bool(self.stays)

    @property
    def returned(self) -> int:
        return sum(stay.returned for stay in self.stays)


@dataclass(frozen=True, slots=True)
class Known:
    """Any case the viewer may know of, reduced to what links it to others of the same child.

    contact_on  the first day anything is known of: the referral where it is dated, or the opening
    told_on     the newest day by which everyone who must be told had been told the decision; None before that
    """

    ref: str
    children: tuple[str, ...]
    contact_on: date
    opened: date
    closed: date | None
    told_on: date | None
    waits: tuple[Interval, ...] = ()
    overseen: tuple[Interval, ...] = ()
    imported: bool = False  # finished elsewhere: whether the family was told is not known
