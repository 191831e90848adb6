"""What was closed early beside what came again: stopping early is a success where it lasts."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.case import Case
from casereview.oversight.figures.suppress import SMALLEST, part
from casereview.oversight.quality.beside import told
from casereview.oversight.quality.listed import About
from casereview.oversight.quality.words import ONE_TIME, WITHIN, came_again

ENOUGH, SAME_DAY, UNSEEN = "enough was known", "closed the same day", "closed before the child was seen"
EARLY, AGAIN, BOTH, NEITHER = "early", "came again", "early and came again", "neither"
STATES = (BOTH, EARLY, AGAIN)
MOST_AGAIN = 50  # a longer row of cases within a year is that of an id many children were given


@dataclass(frozen=True, slots=True)
class Again:
    """A later case about the same child, or about a brother or sister."""

    case: str
    title: str
    opened: date
    after: int  # calendar days since the earlier one closed
    sibling: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """A case that ended. how: in which ways it ended early, if it did; again: what came afterwards, within a year."""

    about: About
    days: int  # working days from opening to closing
    how: tuple[str, ...]
    decided: date | None
    seen: date | None
    looked: date | None
    again: tuple[Again, ...]

    @property
    def case(self) -> str:
        return self.about.case

    @property
    def state(self) -> str:
        if self.how and self.again:
            return BOTH
        return EARLY if self.how else AGAIN if self.again else NEITHER

    @property
    def words(self) -> str:
        again = " ".join(f"{one.case} {one.title}" for one in self.again)
        return f"{self.case} {self.about.title} {' '.join(self.about.children)} {', '.join(self.how)} {again}"


def how_early(case: Case, sees: bool) -> tuple[str, ...]:
    """In which ways a closed case ended early. sees: whether its workflow asks for sight of the child.

    Of one read in from a return nothing but its dates is known.
    """
    how = [ENOUGH] if case.enough_known else []
    if case.closed == case.opened:
        how.append(SAME_DAY)
    if sees and not case.imported and case.seen_first is None:
        how.append(UNSEEN)
    return tuple(how)


def by_family(cases: Iterable[About], families: Mapping[str, str]) -> dict[str, list[About]]:
    """Cases of each family group, or of each child where there is none, as they were opened.

    families: child -> its group.
    """
    found: defaultdict[str, list[About]] = defaultdict(list)
    for one in sorted(cases, key=lambda case: (case.opened, case.case)):
        for family in {families.get(child, child) for child in one.children}:
            found[family].append(one)
    return found


def came_after(ended: About, later: Mapping[str, Sequence[About]], families: Mapping[str, str]) -> tuple[Again, ...]:
    """Later cases about its children, or their brothers and sisters, opened within a year of its closing.

    later: as `by_family` made it. At most the first `MOST_AGAIN` of a family.
    """
    if ended.closed is None:
        return ()
    own, found = set(ended.children), dict[str, Again]()
    for family in sorted({families.get(child, child) for child in own}):
        cases, told = later.get(family, ()), 0
        for at in range(bisect_left(cases, ended.closed, key=lambda case: case.opened), len(cases)):
            one = cases[at]
            if not came_again(ended.closed, one.opened) or told == MOST_AGAIN:
                break
            sibling = not own & set(one.children)
            # brothers and sisters taken on together, one of them closed at once: nothing came again
            together = sibling and (one.opened - ended.opened).days <= ONE_TIME
            if one.id != ended.id and not together:
                told += 1
                found[one.id] = Again(one.case, one.title, one.opened, (one.opened - ended.closed).days, sibling)
    return tuple(sorted(found.values(), key=lambda again: (again.opened, again.case)))


def in_order(rows: Iterable[Ended]) -> list[Ended]:
    """Those that came again after ending early first; then the newest closing."""
    return sorted(rows, key=lambda one: (one.state != BOTH, -(one.about.closed or date.min).toordinal(), one.case))


def summed(rows: Sequence[Ended], day: date, smallest: int = SMALLEST) -> list[str]:
    """Of those closed early and of the others, how many came again; a year has to be over before that is settled."""
    lines = []
    for early, called in ((True, "closed early"), (False, "closed later")):
        some = [one for one in rows if bool(one.how) == early]
        settled = [one for one in some if one.about.closed and (day - one.about.closed).days >= WITHIN]
        so_far = told(part(sum(bool(one.again) for one in some), len(some), smallest))
        if not some:
            lines.append(f"None was {called}.")
            continue
        says = f"Of those {called}, the child or a brother or sister came again within a year: {so_far} so far"
        if settled:
            over = part(sum(bool(one.again) for one in settled), len(settled), smallest)
            says += f"; of those whose year is over: {told(over)}"
        lines.append(f"{says}.")
    return lines
