"""A sample pack for inspection: cases chosen for a reason, or at random so that anybody can draw them again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from casereview.errors import CaseReviewError
from casereview.reports import parts_sample
from casereview.reports.document import Block, Document
from casereview.reports.parts_sample import Chosen, Sampled
from casereview.reports.provenance import Source, in_use
from casereview.reports.saying import counted, short_date
from casereview.service.desk import Desk
from casereview.service.reports import Progress, document, silent, source_of, steadily
from casereview.service.reports_sampled import sampled
from casereview.text import LINE_LIMIT, required
from casereview.views import Scope

TITLE = "A sample of the work"
MOST = 200
"""Cases of one sample: a paper with more is read by nobody."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """Which cases, and why. Either `cases` by reference, or `random` of them drawn with `seed` from a selection.

    open        only open ones, only closed ones, or both
    closed_from  the first day on which a closed one was closed
    """

    reason: str
    cases: tuple[str, ...] = ()
    random: int = 0
    seed: str = ""
    team: str = ""
    workflow: str = ""
    open: bool | None = None
    closed_from: date | None = None

    @property
    def scope(self) -> Scope:
        return Scope(workflow=self.workflow, team=self.team, open=self.open, closed_from=self.closed_from)


def drawn(refs: Sequence[str], count: int, seed: str) -> list[str]:
    """So many references, the same for the same seed whatever their order, in order of reference.

    Every set of that size is as likely as any other: those with the smallest SHA-256 of "seed:reference".
    """
    by_chance = sorted(refs, key=lambda ref: hashlib.sha256(f"{seed}:{ref}".encode()).digest())
    return sorted(by_chance[:count])


def sample(desk: Desk, asked: Sampling, progress: Progress = silent) -> Document:
    """The sample pack. Raises CaseReviewError for a choice that is none, NotFound for a case nobody may know of."""
    checked(asked)
    source, chosen, found = steadily(desk, partial(_read, desk, asked, progress))
    why = ("Why these", chosen.reason)
    return document(TITLE, source, _blocks(source, chosen, found), why, subtitle="For inspection and learning")


def checked(asked: Sampling) -> None:
    """Refuses a sample without a reason, without a choice, or with both kinds of choice."""
    required(asked.reason, "--reason", limit=LINE_LIMIT)
    if bool(asked.cases) == bool(asked.random):
        remedy = "Give --cases with references, or --random N with --seed S."
        raise CaseReviewError("a sample is either chosen case by case or drawn at random", remedy=remedy)
    if asked.random < 0 or max(asked.random, len(asked.cases)) > MOST:
        raise CaseReviewError(f"a sample has from 1 to {MOST} cases", where="--random", remedy="Give a smaller number.")
    if asked.random and not asked.seed.strip():
        remedy = "Any word or number will do; it is printed, so that anybody can draw the same ones."
        raise CaseReviewError("a random sample needs a seed", where="--seed", remedy=remedy)


def _blocks(source: Source, chosen: Chosen, found: Sequence[Sampled]) -> Iterator[Block]:
    yield from parts_sample.begin(chosen, source, found)
    for one in found:
        yield from parts_sample.case(one)
    yield from parts_sample.learn()
    yield from in_use(source)


def _read(desk: Desk, asked: Sampling, progress: Progress) -> tuple[Source, Chosen, tuple[Sampled, ...]]:
    refs, population = _chosen(desk, asked)
    chosen = Chosen(
        asked.reason.strip(), len(refs), population, asked.seed.strip() if asked.random else "", _among(desk, asked)
    )
    found = []
    for at, ref in enumerate(refs):
        progress("reading cases", at, len(refs))
        found.append(sampled(desk, ref))
    with desk.reading() as work:
        source = source_of(desk, work, counted(len(refs), "case"), asked.scope if asked.random else Scope())
    return source, chosen, tuple(found)


def _chosen(desk: Desk, asked: Sampling) -> tuple[list[str], int | None]:
    with desk.reading() as work:
        if asked.cases:
            return sorted({desk.case(work, ref).ref for ref in asked.cases}), None
        all_refs = []
        for case in work.every_case(desk.me(work).id, asked.scope):
            if not desk.definition_of(work, case).stages[case.main.stage].void:
                all_refs.append(case.ref)
    if not all_refs:
        raise CaseReviewError("there is no case to draw from", remedy="Widen what it is drawn from.")
    return drawn(all_refs, asked.random, asked.seed.strip()), len(all_refs)


def _among(desk: Desk, asked: Sampling) -> str:
    parts = [{None: "open and closed ones", True: "open ones", False: "closed ones"}[asked.open]]
    if asked.workflow:
        parts.append(f"of {asked.workflow}")
    if asked.team:
        with desk.reading() as work:
            parts.append(f"of {desk.known(work).names.team(asked.team)}")
    if asked.closed_from:
        parts.append(f"closed since {short_date(asked.closed_from)}")
    return ", ".join(parts)
