"""An open case as it concerns one person, and the form of a question that it asks of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casereview.calendar import Calendar
from casereview.case import Case, Reason
from casereview.fold.people import workers_on
from casereview.help_and_quality import ASKED_FOR
from workflows.definition import Definition, Expectation, Step

KINDS: dict[str, str] = {
    "reason": "Reasons waiting for your answer",
    "justification": "Justifications that end within a week, or have lapsed",
    "checkpoint": "Checkpoint reviews due, or missed",
    "family": "Families promised news",
    "urgent": "Urgent: half the time has gone, or all of it",
    "sign-off": "Waiting for you to take it on",
    "date": "No date agreed yet",
    "silence": "Nothing recorded for a while",
}
"""What can be asked, in the order of the list, and the heading over each."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing a case asks of a person.

    since, by    since when it waits, or by when it is wanted: one of the two is given
    days         working days from that day to the day asked about; negative while it lies ahead
    command      the command line that answers it; what a person fills in is in capitals or is …
    beside       what is known of help and quality, in one line (decision 30)
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

    @property
    def on(self) -> date:
        return self.by or self.since or date.max


@dataclass(frozen=True, slots=True)
class Matter:
    """An open case as it concerns one person: their roles on it, and the calendar it is counted by."""

    case: Case
    definition: Definition
    calendar: Calendar
    person: str
    roles: frozenset[str]

    @property
    def concerns(self) -> bool:
        """Whether the person has any part in the case."""
        return bool(self.roles) or self.case.worker == self.person

    @property
    def oversees(self) -> bool:
        return bool(self.roles & set(self.definition.set_aside_by))

    @property
    def in_hand(self) -> bool:
        """The worker, whoever oversees it, and whoever may take it on from where it is."""
        on = {role for step in self.ways_on() for role in step.by}
        return self.case.worker == self.person or self.oversees or bool(self.roles & on)

    def ways_on(self) -> tuple[Step, ...]:
        """Steps out of where the main path is; not the exits that are open from several stages alike."""
        stages = self.definition.stages
        steps = self.definition.steps_from(self.case.main.stage)
        return tuple(s for s in steps if not (stages[s.to].end and len(s.sources) > 1))

    def may_answer(self, reason: Reason | None, day: date) -> bool:
        """Decision 7: a manager who is neither the author of the reason nor the worker."""
        author = reason is not None and reason.by == self.person
        return self.oversees and not author and self.person not in workers_on(self.case, day)

    def ask(
        self, kind: str, says: str, command: str, day: date, *,
        since: date | None = None, by: date | None = None, about: Expectation | None = None,
    ) -> Question:  # fmt: skip
        days = self.calendar.working_days(by or since or day, day)
        title = about.title if about else ""
        beside = help_beside(self.case, self.definition)
        command = f"casereview {command.replace('CASE', self.case.ref, 1)}"
        return Question(kind, self.case.ref, self.case.title, title, says, since, by, days, command, beside)


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
