"""One made-up assessment told as acts: who does what on which working day, in the order it would be done."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from casereview.calendar import Calendar
from casereview.case import Case
from casereview.commands import Command
from casereview.simulation.authority import Staff
from casereview.simulation.generator import Assessment
from casereview.simulation.longer import Fate
from casereview.simulation.phrases import theme

# Parts of a working day, so that what happens on one day happens in an order that makes sense.
OPENING, PLANNING, SEEING, LOOKING, EXPLAINING, WRITING, DECIDING, SHARING, CLOSING = range(9)


@dataclass(frozen=True, slots=True)
class Act:
    """A command by somebody on a day; one that needs the case as it then stands is a function of it."""

    on: dt.date
    by: str
    command: Command | Callable[[Case], Command]


@dataclass(slots=True)
class Telling:
    """An assessment with everyone and everything needed to tell it. Days are counted in working days from the start."""

    one: Assessment
    fate: Fate
    staff: Staff
    calendar: Calendar
    chance: random.Random
    acts: list[tuple[int, int, int, Act]] = field(default_factory=list)
    changed_on: int | None = None  # the day another worker took over
    goal: int = 0  # which of the goals told was agreed, if any
    more: random.Random = field(init=False)  # for what may be added without moving anything else

    def __post_init__(self) -> None:
        self.more = random.Random(f"more {self.one.child} {self.one.start}")

    @property
    def theme(self) -> dict[str, Any]:
        return theme(self.one.family.theme)

    @property
    def manager(self) -> str:
        return self.staff.managers[self.one.team]

    def worker(self, day: int) -> str:
        team = self.staff.workers[self.one.team]
        later = self.changed_on is not None and day >= self.changed_on
        return team[(self.one.worker + later) % len(team)]

    def date(self, day: int) -> dt.date:
        return self.calendar.add_working_days(self.one.start, day)

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def seldom(self, share: float) -> bool:
        """As `often`, for what was added later: the rest of the story stays as it was."""
        return self.more.random() < share

    def of_theme_again(self, name: str) -> str:
        """What the theme says, by a draw of its own."""
        said = self.theme[name]
        return self.more.choice(said) if isinstance(said, list) else str(said)

    def of_theme(self, name: str) -> str:
        """What the theme says, one of several where there are several."""
        said = self.theme[name]
        return self.chance.choice(said) if isinstance(said, list) else str(said)

    def act(self, day: int, part: int, by: str, command: Command | Callable[[Case], Command]) -> None:
        self.acts.append((day, part, len(self.acts), Act(self.date(day), by, command)))

    def in_order(self, today: dt.date) -> list[Act]:
        """Everything that has happened by `today`."""
        return [act for *_, act in sorted(self.acts, key=lambda told: told[:3]) if act.on <= today]
