"""An open case as it concerns one person, and the form of a question that it asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from casereview.calendar import Calendar
from casereview.case import Case, Reason
from casereview.fold.people import workers_on
from casereview.help_and_quality import ASKED_FOR
from casereview.oversight.figures.overseen import ways_on
from workflows.definition import Definition, Expectation, Step

KINDS: dict[str, str] = {
    "urgent": "Urgent: half the time has gone, or all of it",
    "legal": "Set by law: half the time has gone, or all of it",
    "reason": "Reasons waiting for your answer",
    "justification": "Justifications that end within a week, or have lapsed",
    "checkpoint": "Checkpoint reviews due, or missed",
    "family": "Families promised news",
    "told": "Changed dates a family has not been told",
    "exception": "Lawful exceptions from telling that end",
    "sign-off": "Waiting for you to take it on: your days, not the worker's",
    "blockage": "Blockages for you to take away",
    "theme": "Cases given to you to look at for a theme",
    "date": "No date agreed yet",
    "silence": "Nothing done for a while, as far as is written down",
    "unanswered": "Unanswered for long, by whoever was asked first",
}
"""What can be asked, in the order of the list, and the heading over each."""
ONE: dict[str, str] = {
    "urgent": "Urgent, half the time or all of it gone",
    "legal": "Set by law, half the time or all of it gone",
    "reason": "Reason to answer",
    "justification": "Justification that ends or has lapsed",
    "checkpoint": "Checkpoint review",
    "family": "News promised to a family",
    "told": "Changed date to tell a family",
    "exception": "Lawful exception that ends",
    "sign-off": "Waiting to be taken on",
    "blockage": "Blockage to take away",
    "theme": "To look at for a theme",
    "date": "Date to agree",
    "silence": "Nothing done for a while",
    "unanswered": "Unanswered for long",
}
"""The same of one question: all that a calendar or a digest says of it."""
RISES = ("urgent", "legal", "reason", "justification", "checkpoint", "family", "told", "exception", "sign-off")
"""What shows one level up as well, once it has waited long. It is asked there too; nothing moves."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The local defaults of the morning list, in working days: each authority may settle its own.

    silent_after      nothing purposeful was recorded for so long
    ahead             so long before a checkpoint or a promised day it is spoken of
    tell_within       a changed date is to be told within so long
    unanswered_after  a question that has waited so long shows one level up too
    """

    silent_after: int = 10
    ahead: int = 2
    tell_within: int = 2
    unanswered_after: int = 5


RULES = Rules()


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a case asks of a person.

    since, by    since when it waits, or by when it is wanted: one of the two is given
    days         working days from that day to the day asked about; negative while it lies ahead
    command      the command line that answers it; what a person fills in is in capitals or is …
    beside       what is known of help and quality, in one line (decision 30)
    key          tells two questions of one kind about one case apart: an expectation, a person, a theme; never shown
    restricted   about a case that only named people know of: not even its reference leaves with a digest
    """

    kind: str
    case: str
    title: str
    expectation: str
    says: str
    since: date | None
    by: date | None
    days: int
    command: str
    beside: str
    key: str = ""
    restricted: bool = False

    @property
    def on(self) -> date:
        return self.by or self.since or date.max


@dataclass(frozen=True)
class Matter:
    """An open case as it concerns one person: their roles on it, and the calendar it is counted by.

    What follows from these is worked out once: each question asks for it, and a service manager's list asks every
    question of every open case.
    """

    case: Case
    definition: Definition
    calendar: Calendar
    person: str
    roles: frozenset[str]

    @property
    def concerns(self) -> bool:
        """Whether the person has any part in the case."""
        return bool(self.roles) or self.case.worker == self.person

    @cached_property
    def oversees(self) -> bool:
        return bool(self.roles & set(self.definition.set_aside_by))

    @cached_property
    def in_hand(self) -> bool:
        """The worker, whoever oversees it, and whoever may take it on from where it is."""
        on = {role for step in self.ways_on for role in step.by}
        return self.case.worker == self.person or self.oversees or bool(self.roles & on)

    @cached_property
    def ways_on(self) -> tuple[Step, ...]:
        """Steps out of where the main path is; not the exits that are open from several stages alike."""
        return ways_on(self.definition, self.case.main.stage)

    def may_answer(self, reason: Reason | None, day: date) -> bool:
        """Decision 7: a manager who is neither the author of the reason nor the worker."""
        author = reason is not None and reason.by == self.person
        return self.oversees and not author and self.person not in workers_on(self.case, day)

    def ask(
        self, kind: str, says: str, command: str, day: date, *,
        since: date | None = None, by: date | None = None, about: Expectation | None = None, key: str = "",
    ) -> Question:  # fmt: skip
        days = self.calendar.working_days(by or since or day, day)
        title = about.title if about else ""
        beside = help_beside(self.case, self.definition)
        command = f"casereview {command.replace('CASE', self.case.ref, 1)}"
        key = key or (about.name if about else "")
        ref, name, hidden = self.case.ref, self.case.title, self.case.restricted
        return Question(kind, ref, name, title, says, since, by, days, command, beside, key, hidden)


@lru_cache(maxsize=256)
def is_of_a_child(definition: Definition) -> bool:
    """Whether the work is with a child who is to be seen; a review of practice is not."""
    return any(e.justified.child_seen is not None for e in definition.expectations.values())


def help_beside(case: Case, definition: Definition) -> str:
    """What is known of help and quality, in one line: sight of the child, the decision, looks at quality."""
    parts = []
    if is_of_a_child(definition) or case.seen_on:
        parts.append(f"child last seen {case.seen_on}" if case.seen_on else "child not seen yet")
    for kind in ASKED_FOR:
        if kind in definition.records:
            tally = case.records.get(kind)
            there = tally is not None and bool(tally.live)
            newest = f"{tally.newest_on}" if tally is not None and tally.newest_on else "recorded"
            parts.append(f"{definition.records[kind].title}: {newest if there else 'none yet'}")
    if case.waiting:
        parts.append(f"waiting on {', '.join(dict.fromkeys(w.on_whom for w in case.waiting.values()))}")
    parts.append(f"last recorded {case.last_on}")
    return " · ".join(parts)
