"""A look back some weeks after closing: were things better for the child, and did it last?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casereview.oversight.figures.suppress import SMALLEST, shown
from casereview.oversight.quality.listed import About, day_of, text_of
from casereview.oversight.quality.words import LASTED, about, in_counts
from casereview.views import RecordRow

KIND = "look-back"
WEEKS, ASKED_FOR = 13, 52
"""Local defaults, in weeks after closing: when the question opens, and until when it is asked."""

DUE, ANSWERED, LATER = "ask now", "answered", "later"
STATES = (DUE, ANSWERED, LATER)


@dataclass(frozen=True, slots=True)
class LookBack:
    """A closed case and whether it lasted. due: the day on which the question opens."""

    about: About
    due: date
    day: date  # asked about
    goals: int
    early: bool
    again: tuple[str, ...]
    looked_on: date | None = None
    lasted: str = ""
    from_whom: str = ""
    helped: str = ""
    keep_doing: str = ""

    @property
    def case(self) -> str:
        return self.about.case

    @property
    def state(self) -> str:
        if self.looked_on is not None:
            return ANSWERED
        return DUE if self.due <= self.day else LATER

    @property
    def words(self) -> str:
        return (f"{self.case} {self.about.title} {self.lasted} {self.from_whom} {self.helped} {self.keep_doing} "
                f"{' '.join(self.again)}")  # fmt: skip


def look_back_of(
    about: About, weeks: int, day: date, newest: RecordRow | None, *, goals: int, early: bool, again: tuple[str, ...]
) -> LookBack:
    """Of a closed case. newest: the newest look back written down since it was closed, if there is one."""
    assert about.closed is not None
    due = about.closed + timedelta(weeks=weeks)
    if newest is None:
        return LookBack(about, due, day, goals, early, again)
    said = newest.values
    return LookBack(
        about, due, day, goals, early, again, day_of(said.get("looked_on")) or newest.on, text_of(said.get("lasted")),
        text_of(said.get("from_whom")), text_of(said.get("helped")), text_of(said.get("keep_doing")),
    )  # fmt: skip


def in_order(rows: Iterable[LookBack]) -> list[LookBack]:
    """What is to be asked now first, longest waiting first; then the answers, newest first; then what is to come."""

    def key(one: LookBack) -> tuple[int, int, str]:
        days = one.due.toordinal() if one.looked_on is None else -one.looked_on.toordinal()
        return STATES.index(one.state), days, one.case

    return sorted(rows, key=key)


def summed(rows: Sequence[LookBack], smallest: int = SMALLEST) -> list[str]:
    """What the answers so far say; small numbers left out."""
    answers = [one.lasted for one in rows if one.state == ANSWERED]
    due = sum(one.state == DUE for one in rows)
    lines = [f"{about(due, smallest, 'closed case').capitalize()} to ask about now."]
    if not answers:
        return [*lines, "No answer yet."]
    if shown(len(answers), smallest) is None:
        return [*lines, "Too few answers to say anything about them together."]
    return [*lines, f"{about(len(answers), smallest, 'answer').capitalize()}: {in_counts(answers, LASTED, smallest)}."]
