"""What deciding needs besides the case: who acts, on which day, by which definition and calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from casereview.calendar import Calendar
from casereview.case import Case
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import Event, Happening
from casereview.people import Person, holds_any
from casereview.roles import roles_of
from casereview.text import LATEST, clean
from casereview.views import RecordRow
from workflows.definition import Definition, Expectation, Strength

LINE = 200  # characters of a name


@dataclass(frozen=True, slots=True)
class Unmet:
    """One thing that is missing, who can supply it, and the command that does (law 5)."""

    requirement: str
    strength: Strength
    says: str
    who: str
    command: str
    set_aside: str = ""  # the command that sets it aside, where that is possible


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a command was not carried out: everything that is missing at once, never only the first thing."""

    says: str
    unmet: tuple[Unmet, ...] = ()
    remedy: str = ""


Decision = tuple[Happening, ...] | Refusal


@dataclass(frozen=True, slots=True)
class Context:
    actor: Person
    today: date
    definition: Definition
    calendar: Calendar
    people: Mapping[str, Person] = field(default_factory=dict)
    teams: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()  # known children among those the command names
    record: RecordRow | None = None  # the record a correction is about
    offered: object = None  # the timescale profile a case is to move to (`decide.profile.Offered`)

    # ---- who may act ------------------------------------------------------------------------------------
    def roles(self, case: Case) -> frozenset[str]:
        return roles_of(self.actor, case, self.definition, self.today)

    def oversees(self, case: Case) -> bool:
        """Whether the actor holds a role that answers reasons and agrees dates on this case."""
        return bool(self.roles(case) & set(self.definition.set_aside_by))

    def has_part(self, case: Case) -> bool:
        """Whether the actor works on this case in any way that is written down."""
        return bool(self.roles(case)) or holds_any(self.actor, WIDE_OFFICES, self.today)

    def overseers(self) -> str:
        return in_words(role_titles(self.definition, self.definition.set_aside_by))

    # ---- checking input -----------------------------------------------------------------------------------
    def day(self, on: date | None, what: str = "the day it happened") -> date:
        """`on`, or today; a day still to come is refused."""
        if on is None:
            return self.today
        if on > self.today:
            raise CaseReviewError(
                f"{what} cannot be in the future ({on})", remedy=f"Today is {self.today}; give that day or before."
            )
        if on.year < 1990:
            raise CaseReviewError(f"{what} cannot be {on}", remedy="Check the year.")
        return on

    def ahead(self, *days: date | None) -> None:
        """A date to come that no case can last until is a slip of the pen, not a plan."""
        for day in days:
            if day is not None and day > LATEST:
                raise CaseReviewError(f"{day} is too far ahead", remedy="Check the year.")

    def person(self, person_id: str) -> Person:
        """A person by id; raises NotFound with the nearest spelling."""
        found = self.people.get(person_id)
        if found is None:
            raise NotFound(f"nobody is known as {clean(person_id, limit=LINE)}", remedy="See: casereview people")
        return found

    def expectation(self, name: str) -> Expectation:
        """The expectation named, or the main one; raises NotFound where there is none."""
        if name:
            found = self.definition.expectations.get(name)
            if found is None:
                remedy = did_you_mean(name, self.definition.expectations)
                raise NotFound(f"this workflow has no expectation {clean(name, limit=LINE)}", remedy=remedy)
            return found
        main = self.definition.main_expectation()
        if main is None:
            raise NotFound("this workflow tracks no time", remedy="Its definition declares no expectation.")
        return main


# Offices that may do the paperwork of any case they may know of.
WIDE_OFFICES = ("service-manager", "chair", "business-manager")


def role_titles(definition: Definition, roles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(definition.roles[r].title if r in definition.roles else r for r in roles)


def in_words(names: tuple[str, ...]) -> str:
    """"A", "A or B", "A, B or C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} or {names[-1]}"


def no_part(case: Case) -> Refusal:
    return Refusal(
        "You have no part in this case.",
        remedy=f"Someone who oversees it can appoint you: casereview appoint {case.ref} PERSON ROLE",
    )


def not_yours(doing: str, who: str) -> Refusal:
    return Refusal(f"{doing} is for: {who}.", remedy="Ask them, or have yourself appointed.")


def happened(event: Event, on: date) -> tuple[Happening, ...]:
    return (Happening(event, on),)


def line(text: str) -> str:
    return clean(text).strip()


def note(text: str) -> str:
    """Text of any length; nothing but spaces is nothing said, so that no blank passes for a reason."""
    return clean(text, one_line=False).strip()
