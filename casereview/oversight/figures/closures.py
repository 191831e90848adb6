"""Ended on the same day, ended early, ended with the case: beside what was decided, and who came again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.oversight.figures.durations import ALWAYS, Period, ended_in
from casereview.oversight.figures.facts import CaseFacts, Timed
from casereview.oversight.figures.suppress import SMALLEST, Part, hide_line, line, parts, shown, times


@dataclass(frozen=True, slots=True)
class Closures:
    """One way of ending, and what stands beside it. Numbers are None where they are hidden.

    again    a case of the same child opened within a year of closing, of those whose year is over
    earlier  a case of the same child had closed within a year before
    """

    name: str
    says: str
    count: int | None
    share: float | None
    decision: Part
    seen: Part
    looked: Part
    earlier: Part
    again: Part


@dataclass(frozen=True, slots=True)
class SameDay:
    total: int | None
    kinds: tuple[Closures, ...]


# Told apart in this order: the first that fits counts, so that they add up.
KINDS: tuple[tuple[str, str, Callable[[CaseFacts, Timed], bool]], ...] = (
    ("cut-short", "ended because the case was closed, before what was expected was reached", lambda c, t: t.cut_short),
    ("same-day", "ended on the day it began", lambda c, t: t.days == 0),
    ("early", "ended sooner, because enough was known", lambda c, t: t.standing == "done_early"),
    ("first-ten", "ended within 10 working days", lambda c, t: t.days <= 10),
    ("later", "ended later", lambda c, t: True),
)


Ended = Sequence[tuple[CaseFacts, Timed]]


def same_day(
    facts: Sequence[CaseFacts], day: date, *, measure: str = "", period: Period = ALWAYS, smallest: int = SMALLEST
) -> SameDay:
    """Every way of ending beside the others. `day`: what came again is known up to then, and only then settled."""
    groups: dict[str, list[tuple[CaseFacts, Timed]]] = {name: [] for name, _, _ in KINDS}
    for case, one in ended_in(facts, measure, period):
        groups[next(name for name, _, fits in KINDS if fits(case, one))].append((case, one))
    counts = [len(found) for found in groups.values()]
    total = shown(sum(counts), smallest)
    hidden = hide_line(counts, smallest) if total is not None else frozenset(range(len(counts)))
    cells = line(counts, smallest) if total is not None else (None,) * len(counts)
    columns = [_column(list(groups.values()), counted, smallest, hidden) for counted in COLUMNS]
    kinds = []
    for at, (name, says, _) in enumerate(KINDS):
        beside = [column[at] for column in columns]
        count = cells[at]
        kinds.append(Closures(name, says, count, times(count, total, smallest), *beside))
    return SameDay(total, tuple(kinds))


Counted = tuple[Callable[[CaseFacts], bool], Callable[[CaseFacts], bool]]
# What is counted beside each way of ending, and among which cases: a return carries no records and no looks.
COLUMNS: tuple[Counted, ...] = (
    (lambda c: c.worked_here, lambda c: c.decision),
    (lambda c: c.of_a_child and c.worked_here, lambda c: c.seen_days is not None),
    (lambda c: c.worked_here, lambda c: c.look is not None),
    (lambda c: True, lambda c: c.earlier),
    (lambda c: c.watched, lambda c: bool(c.later)),
)


def _column(groups: Sequence[Ended], counted: Counted, smallest: int, hidden: Collection[int]) -> tuple[Part, ...]:
    among, has = counted
    of = [[case for case in {c.ref: c for c, _ in found}.values() if among(case)] for found in groups]
    return parts([sum(map(has, cases)) for cases in of], [len(cases) for cases in of], smallest, hidden)
