"""Continuity for a child: how many people have been their worker, across their cases, and how often it changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from casereview.case import Worked
from casereview.oversight.figures.suppress import SMALLEST, part, shown
from casereview.oversight.quality.beside import told
from casereview.oversight.quality.listed import About
from casereview.oversight.quality.words import about

STEADY, CHANGED, NOBODY = "the same worker", "changed", "nobody now"
STATES = (NOBODY, CHANGED, STEADY)


@dataclass(frozen=True, slots=True)
class With:
    """Who worked with the child in which case, from when until when (None: still)."""

    case: str
    worker: str
    worker_name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Continuity:
    """One child's workers, oldest first.

    people   how many different ones; changes: how often another took over, within a case or from one case to the next
    begins   how many of those changes came with a new case: the family begins again with somebody else
    now      who it is in an open case: ids
    """

    child: str
    cases: tuple[About, ...]
    story: tuple[With, ...]
    people: int
    changes: int
    begins: int
    now: tuple[str, ...]
    now_names: str
    now_since: date | None

    @property
    def case(self) -> str:
        """The newest case."""
        return self.cases[-1].case

    @property
    def open(self) -> bool:
        return any(one.closed is None for one in self.cases)

    @property
    def state(self) -> str:
        if self.open and not self.now:
            return NOBODY
        return CHANGED if self.changes else STEADY

    @property
    def words(self) -> str:
        names = " ".join(one.worker_name for one in self.story)
        return f"{self.child} {' '.join(f'{c.case} {c.title}' for c in self.cases)} {names} {self.state}"


def continuity_of(
    child: str, cases: Sequence[tuple[About, Sequence[Worked]]], names: Mapping[str, str]
) -> Continuity | None:
    """Of one child, over cases in any order; None where nobody has worked on any of them yet and all are closed."""
    ordered = sorted(cases, key=lambda one: (one[0].opened, one[0].case))
    story = [
        With(about.case, w.worker, names.get(w.worker, w.worker), w.since, w.until or about.closed)
        for about, workers in ordered
        for w in workers
    ]
    if not story and all(about.closed for about, _ in ordered):
        return None
    within = sum(one.worker != other.worker for _, workers in ordered for one, other in pairwise(workers))
    begins = 0
    last = ""
    for _, workers in ordered:
        if workers:
            begins += bool(last) and last != workers[0].worker
            last = workers[-1].worker
    now = [(w.worker, w.since) for about, workers in ordered if about.closed is None for w in workers[-1:]]
    return Continuity(
        child, tuple(about for about, _ in ordered), tuple(story), len({one.worker for one in story}),
        within + begins, begins, tuple(dict.fromkeys(worker for worker, _ in now)),
        ", ".join(dict.fromkeys(names.get(worker, worker) for worker, _ in now)),
        max((since for _, since in now), default=None),
    )  # fmt: skip


def in_order(rows: Iterable[Continuity]) -> list[Continuity]:
    """Most changes first: it is the child's list, and says nothing about any worker."""
    return sorted(rows, key=lambda one: (not one.open, one.state != NOBODY, -one.changes, -one.people, one.child))


def summed(rows: Sequence[Continuity], smallest: int = SMALLEST) -> list[str]:
    if shown(len(rows), smallest) is None:
        return ["Too few children to say anything about them together."]
    changed = told(part(sum(one.changes > 0 for one in rows), len(rows), smallest))
    begun = told(part(sum(one.begins > 0 for one in rows), len(rows), smallest))
    nobody = told(part(sum(one.state == NOBODY for one in rows), len(rows), smallest))
    many = about(len(rows), smallest, "child", "children").capitalize()
    return [f"{many}. Another worker took over: {changed}; began again with "
            f"somebody else in a new case: {begun}; nobody named now: {nobody}."]  # fmt: skip
