"""Goals agreed with the family, where each stands beside its beginning, and where it is time to think again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.case import Case
from casereview.oversight.figures.suppress import SMALLEST, shown
from casereview.oversight.quality.listed import About, day_of, text_of
from casereview.oversight.quality.words import BETTER, SAME, THINK_AGAIN, WORSE, about, in_counts
from casereview.views import RecordRow

GOAL, MOVED = "goal", "goal-progress"
# Looks of worker and manager at which progress would be spoken of.
LOOKS = ("checkpoint-review", "quality-look", "supervision", "progress-look")
NOTHING_SINCE, NEW, NO_GOAL = "nothing since the last look", "new", "no goal yet"
STATES = (THINK_AGAIN, NOTHING_SINCE, SAME, NEW, BETTER, NO_GOAL)
AGREED = ("yes", "in part", "no, it is ours")


@dataclass(frozen=True, slots=True)
class Moved:
    """One look at a goal together."""

    on: date
    progress: str
    seen_from: str
    family_words: str


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal, or a decision for help without one (`number` 0).

    looked  the last day worker and manager looked, or had agreed to look at this goal by then
    moved   every look at it, oldest first
    """

    about: About
    number: int
    goal: str
    agreed: str
    agreed_with: str
    baseline: str
    how_known: str
    set_on: date
    look_on: date | None
    looked: date | None
    moved: tuple[Moved, ...]

    @property
    def case(self) -> str:
        return self.about.case

    @property
    def newest(self) -> Moved | None:
        return self.moved[-1] if self.moved else None

    @property
    def progress(self) -> str:
        return self.moved[-1].progress if self.moved else ""

    @property
    def state(self) -> str:
        """Worse, or twice the same, is time to think again, whichever word was chosen."""
        if not self.number:
            return NO_GOAL
        last = self.moved[-1].on if self.moved else self.set_on
        words = [one.progress for one in self.moved]
        if words and (words[-1] in (THINK_AGAIN, WORSE) or words[-2:] == [SAME, SAME]):
            return THINK_AGAIN
        if self.looked is not None and self.looked > last:
            return NOTHING_SINCE
        return NEW if not words else SAME if words[-1] == SAME else BETTER

    @property
    def words(self) -> str:
        said = " ".join(f"{one.progress} {one.seen_from} {one.family_words}" for one in self.moved)
        return f"{self.case} {self.about.title} {self.goal} {self.baseline} {self.how_known} {self.state} {said}"


def goals_of(about: About, case: Case, records: Sequence[RecordRow], today: date) -> list[Goal]:
    """The goals of one case out of its records, whichever kinds they are of; `today` tells which days have passed."""
    moved: dict[int, list[Moved]] = {}
    for row in records:
        if row.kind == MOVED:
            said = row.values
            one = Moved(
                day_of(said.get("on")) or row.on, text_of(said.get("progress")), text_of(said.get("seen_from")),
                text_of(said.get("family_words")),
            )  # fmt: skip
            moved.setdefault(_number(said.get("goal")), []).append(one)
    looked = last_look(case)
    found = []
    for row in records:
        if row.kind != GOAL:
            continue
        said, look_on = row.values, day_of(row.values.get("look_on"))
        days = [day for day in (looked, look_on) if day is not None and day <= today]
        found.append(
            Goal(
                about,
                row.number,
                text_of(said.get("goal")),
                text_of(said.get("agreed")),
                text_of(said.get("agreed_with")),
                text_of(said.get("baseline")),
                text_of(said.get("how_known")),
                day_of(said.get("set_on")) or row.on,
                look_on,
                max(days, default=None),
                tuple(sorted(moved.get(row.number, ()), key=lambda one: one.on)),
            )
        )  # fmt: skip
    return found


def without_goal(about: About, decided: date) -> Goal:
    """A decision for help that has no goal of the family's beside it yet."""
    return Goal(about, 0, "", "", "", "", "", decided, None, None, ())


def last_look(case: Case) -> date | None:
    """The last day on which those who oversee the case looked at it with the worker, or marked it as looked at."""
    days = [t.newest_on for kind in LOOKS if (t := case.records.get(kind)) and t.live and t.newest_on]
    return max([*days, *(look.on for look in case.looks)], default=None)


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def in_order(rows: Iterable[Goal]) -> list[Goal]:
    """What to think about first; within that, what has waited longest."""
    return sorted(rows, key=lambda one: (STATES.index(one.state), _last(one), one.case, one.number))


def _last(one: Goal) -> date:
    return one.moved[-1].on if one.moved else one.set_on


def summed(rows: Sequence[Goal], smallest: int = SMALLEST) -> list[str]:
    """How many goals stand where, and how many the family agreed; small numbers left out."""
    goals = [one for one in rows if one.number]
    if not goals:
        return ["No goal is written down yet."]
    many = about(len(goals), smallest, "goal").capitalize()
    if shown(len({one.case for one in goals}), smallest) is None:
        return [f"{many}, in too few cases to say anything about them together."]
    cases = about(len({one.case for one in goals}), smallest, "case")
    return [
        f"{many} in {cases}: {in_counts([g.state for g in goals], STATES[:-1], smallest)}.",
        f"Does the family agree? {in_counts([g.agreed for g in goals], AGREED, smallest)}.",
    ]
