"""Looks at the quality of the work, newest first, with what was seen; and decisions nobody has looked at yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.oversight.figures.suppress import SMALLEST, shown
from casereview.oversight.quality.listed import About, day_of, text_of
from casereview.oversight.quality.words import ASPECTS, CLEARLY, GRADES, IN_PART, NOT_YET, about, in_counts
from casereview.views import RecordRow

THROUGHOUT, NONE_YET = "clearly throughout", "no look yet"
STATES = (NOT_YET, IN_PART, THROUGHOUT, NONE_YET)


@dataclass(frozen=True, slots=True)
class Look:
    """One look, or a decision without one (`number` 0).

    on      when it was looked at; of a decision without a look, when it was decided
    grades  aspect -> word; seen: aspect -> what was seen
    """

    about: About
    on: date
    number: int = 0
    by: str = ""
    by_name: str = ""
    grades: tuple[tuple[str, str], ...] = ()
    seen: tuple[tuple[str, str], ...] = ()
    good: str = ""
    better: str = ""
    theme: str = ""

    @property
    def case(self) -> str:
        return self.about.case

    @property
    def state(self) -> str:
        words = {word for _, word in self.grades}
        if not self.number:
            return NONE_YET
        return next((word for word in (NOT_YET, IN_PART) if word in words), THROUGHOUT)

    @property
    def less(self) -> str:
        """What is not yet clear, in words."""
        if not self.number:
            return NONE_YET
        said = [f"{ASPECTS.get(name, name)} {word}" for name, word in self.grades if word != CLEARLY]
        return ", ".join(said) or THROUGHOUT

    @property
    def words(self) -> str:
        seen = " ".join(text for _, text in self.seen)
        return (
            f"{self.case} {self.about.title} {self.by_name} {self.less} {seen} {self.good} {self.better} {self.theme}"
        )


def look_of(about: About, row: RecordRow, name: str) -> Look:
    """A record of a look as the list has it."""
    values = row.values
    return Look(
        about, day_of(values.get("looked_on")) or row.on, row.number, row.by, name,
        tuple((aspect, str(values[aspect])) for aspect in ASPECTS if values.get(aspect)),
        tuple((a, text_of(values[f"{a}_seen"])) for a in ASPECTS if values.get(f"{a}_seen")),
        text_of(values.get("good")), text_of(values.get("better")), text_of(values.get("theme")),
    )  # fmt: skip


def in_order(looks: Iterable[Look]) -> list[Look]:
    """Newest first; of one day, by reference."""
    return sorted(looks, key=lambda one: (-one.on.toordinal(), one.case, one.number))


def tallied(looks: Sequence[Look], smallest: int = SMALLEST) -> list[str]:
    """What they found, a sentence to each question: never about one person's work, and small numbers left out."""
    made = [one for one in looks if one.number]
    if shown(len(made), smallest) is None:
        return ["Too few looks to say anything about them together."]
    without = len(looks) - len(made)
    lines = [f"{about(len(made), smallest, 'look').capitalize()} at the quality of the work."] if made else []
    for aspect, called in ASPECTS.items():
        said = [word for one in made for name, word in one.grades if name == aspect]
        if len(said) < smallest or not said:
            continue
        lines.append(f"{called.capitalize()}: {in_counts(said, GRADES, smallest)}.")
    if without and shown(without, smallest) is not None:
        lines.append(f"{about(without, smallest, 'decision').capitalize()} without a look yet.")
    return lines
