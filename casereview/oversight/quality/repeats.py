"""Repeated concern: families about whom somebody was concerned more than once, whatever the times were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.oversight.figures.suppress import SMALLEST, shown
from casereview.oversight.quality.listed import About
from casereview.oversight.quality.words import ONE_TIME, about

MANY = 3
TWICE, MORE = "twice", "three times or more"
STATES = (TWICE, MORE)


@dataclass(frozen=True, slots=True)
class Brief:
    """A case as grouping needs it: light enough to hold every case of an authority."""

    id: str
    opened: date
    children: tuple[str, ...]
    referrals: int


@dataclass(frozen=True, slots=True)
class Group:
    """A family with more than one time of concern. cases: ids, newest first."""

    family: str
    children: tuple[str, ...]
    times: int
    cases: tuple[str, ...]
    newest: date
    first: date


@dataclass(frozen=True, slots=True)
class Concern:
    """One case of a family: what was concerned and what was decided. referrals: written down in it, at least one."""

    about: About
    referrals: int
    concern: str = ""
    before: str = ""
    decided: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A child, or a group of brothers and sisters, and every time of concern, newest first.

    family  the id of the group, or of the child where there is no group
    times   cases opened within a fortnight of each other count as one time; further referrals within a case add one
    """

    family: str
    children: tuple[str, ...]
    times: int
    concerns: tuple[Concern, ...]

    @property
    def case(self) -> str:
        """The newest case."""
        return self.concerns[0].about.case

    @property
    def newest(self) -> date:
        return self.concerns[0].about.opened

    @property
    def first(self) -> date:
        return self.concerns[-1].about.opened

    @property
    def open(self) -> int:
        return sum(one.about.closed is None for one in self.concerns)

    @property
    def state(self) -> str:
        return MORE if self.times >= MANY else TWICE

    @property
    def words(self) -> str:
        told = " ".join(
            f"{c.about.case} {c.about.title} {c.concern} {c.before} {c.decided} {c.help}" for c in self.concerns
        )
        return f"{self.family} {' '.join(self.children)} {told}"


def times_of(cases: Iterable[Brief]) -> int:
    """How many times somebody was concerned: groups of cases opened close together, and referrals beyond the first.

    A fortnight is counted from the first case of a group, so that a long row of them is not all one time.
    """
    times, began = 0, date.min
    for one in sorted(cases, key=lambda case: case.opened):
        if times == 0 or (one.opened - began).days > ONE_TIME:
            times, began = times + 1, one.opened
        times += max(one.referrals - 1, 0)
    return times


def groups_of(cases: Iterable[Brief], families: Mapping[str, str]) -> list[Group]:
    """Families with more than one time of concern, newest first. families: child -> its group (or itself)."""
    by_family: dict[str, dict[str, Brief]] = {}
    for one in cases:
        for child in one.children:
            if child in families:  # one this viewer may not know of is in no group
                by_family.setdefault(families[child], {})[one.id] = one
    found = []
    for family, some in by_family.items():
        times = times_of(some.values())
        if times < 2:
            continue
        newest = sorted(some.values(), key=lambda c: (-c.opened.toordinal(), c.id))
        children = sorted({c for one in newest for c in one.children if families.get(c) == family})
        ids = tuple(one.id for one in newest)
        found.append(Group(family, tuple(children), times, ids, newest[0].opened, newest[-1].opened))
    return sorted(found, key=lambda one: (-one.newest.toordinal(), one.family))


def summed(rows: Sequence[Group], smallest: int = SMALLEST) -> list[str]:
    """How many families, and how many of them often; that others may know of more is always said."""
    if not rows:
        return ["No repeated concern in the cases you may know of."]
    many = sum(one.times >= MANY for one in rows)
    again = f", {about(many, smallest, 'family', 'families')} three times or more" if shown(many, smallest) else ""
    return [f"{about(len(rows), smallest, 'family', 'families').capitalize()} more than once{again}. "
            "Only through cases you may know of; others may know of more."]  # fmt: skip
