"""Ended on the same day, ended early, ended with the case: beside what was decided, and who came again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.oversight.figures.durations import ALWAYS, Period, ended_in
from casereview.oversight.figures.facts import CaseFacts, Timed
from casereview.oversight.figures.suppress import SMALLEST, Part, hide_line, part, shown


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


def same_day(
    facts: Sequence[CaseFacts], day: date, *, measure: str = "", period: Period = ALWAYS, smallest: int = SMALLEST
) -> SameDay:
    """Every way of ending beside the others. `day`: what came again is known up to then, and only then settled."""
    groups: dict[str, list[tuple[CaseFacts, Timed]]] = {name: [] for name, _, _ in KINDS}
    for case, one in ended_in(facts, measure, period):
        groups[next(name for name, _, fits in KINDS if fits(case, one))].append((case, one))
    counts = [len(found) for found in groups.values()]
    total = shown(sum(counts), smallest)
    hidden = hide_line(counts, smallest)
    kinds = tuple(
        _kind(name, says, groups[name], sum(counts), smallest, hide=at in hidden or total is None)
        for at, (name, says, _) in enumerate(KINDS)
    )
    return SameDay(total, kinds)


def _kind(
    name: str, says: str, found: Sequence[tuple[CaseFacts, Timed]], total: int, smallest: int, *, hide: bool
) -> Closures:
    if hide:
        none = Part(None, None, "too few")
        return Closures(name, says, None, None, none, none, none, none, none)
    cases = list({case.ref: case for case, _ in found}.values())
    of_children = [c for c in cases if c.of_a_child and not c.imported]
    here = [c for c in cases if not c.imported]
    settled = [c for c in cases if c.watched]
    return Closures(
        name, says, len(found), len(found) / total if total else None,
        part(sum(c.decision for c in here), len(here), smallest),
        part(sum(c.seen_days is not None for c in of_children), len(of_children), smallest),
        part(sum(c.look is not None for c in here), len(here), smallest),
        part(sum(c.earlier for c in cases), len(cases), smallest),
        part(sum(bool(c.later) for c in settled), len(settled), smallest),
    )  # fmt: skip
