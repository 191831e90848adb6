"""Landing a census file: assessments become cases of the workflow in force when they started (decision 25).

Two passes: the whole file is read and checked first, then landed in batches that are safe to run again.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Literal

from casereview.case import Case
from casereview.exchange.cin import CinAssessment, CinEpisode, CinHeader, Problem, read_cin
from casereview.exchange.landing_rows import create, digest_of, keep_child, key_of, landing_place, update
from casereview.exchange.xmlstream import MAX_BYTES
from casereview.ports import Reading, Writing
from casereview.service.desk import Desk
from casereview.service.registry import require_keeper
from casereview.views import CaseQuery
from workflows.definition import Definition

BATCH = 300  # assessments to a transaction
NATIONAL_START = date(2013, 4, 15)  # Working Together 2013 in force; earlier starts need a workflow named
Progress = Callable[[str, int, int], None]  # what, done, of (bytes)
Outcome = Literal["created", "updated", "unchanged", "refused"]


@dataclass(slots=True)
class ImportReport:
    """What a file held and what became of it. `read` counts assessments; every problem names its line."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)  # open imported cases that this file no longer holds
    dry_run: bool = False


@dataclass(slots=True)
class _Landing:
    """One run over a file. `keys` holds 64 bits for each assessment seen, never the assessments."""

    desk: Desk
    report: ImportReport
    workflow: str | None
    header: CinHeader | None = None
    keys: set[int] = field(default_factory=set)

    def source(self) -> str:
        return f"CIN census {self.header.year}" if self.header and self.header.year else "CIN census"


def import_cin(
    desk: Desk, path: str | os.PathLike[str], *, dry_run: bool = False, workflow: str | None = None,
    max_bytes: int = MAX_BYTES, progress: Progress | None = None,
) -> ImportReport:  # fmt: skip
    """Reads a census file in. The same file again changes nothing; valid rows are kept beside bad ones.

    Raises CaseReviewError when the file as a whole cannot be used; then nothing is changed.
    """
    landing = _Landing(desk, ImportReport(dry_run=dry_run), workflow)
    if workflow is not None:
        landing_place(desk.catalogue.find(workflow))
    with desk.reading() as work:
        require_keeper(desk, work)
    _check(landing, path, max_bytes, progress)
    rows = _assessments(path, max_bytes, _stage(progress, "landing"))
    while batch := list(islice(rows, BATCH)):
        if dry_run:
            with desk.reading() as work:
                for episode, assessment in batch:
                    _count(landing, _preview(landing, work, episode, assessment))
        else:
            with desk.writing() as writing:
                for episode, assessment in batch:
                    _count(landing, _land(landing, writing, episode, assessment))
    _note_missing(landing)
    return landing.report


def _stage(progress: Progress | None, what: str) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress(what, done, total)


def _check(landing: _Landing, path: str | os.PathLike[str], max_bytes: int, progress: Progress | None) -> None:
    """The first pass: to the end of the file, every problem listed, nothing changed."""
    for piece in read_cin(path, max_bytes=max_bytes, progress=_stage(progress, "checking")):
        if isinstance(piece, CinHeader):
            landing.header = piece
        elif isinstance(piece, Problem):
            landing.report.problems.append(piece)
            landing.report.refused += piece.refused and "assessment" in piece.done
    landing.report.read += landing.report.refused


def _assessments(
    path: str | os.PathLike[str], max_bytes: int, progress: Callable[[int, int], None] | None
) -> Iterator[tuple[CinEpisode, CinAssessment]]:
    for piece in read_cin(path, max_bytes=max_bytes, progress=progress):
        if isinstance(piece, CinEpisode):
            for assessment in piece.assessments:
                yield piece, assessment


def _count(landing: _Landing, outcome: Outcome) -> None:
    landing.report.read += 1
    setattr(landing.report, outcome, getattr(landing.report, outcome) + 1)


def _refuse(landing: _Landing, episode: CinEpisode, assessment: CinAssessment, says: str) -> Outcome:
    problem = Problem(assessment.line, episode.child_id, says, "this assessment was left out", True)
    landing.report.problems.append(problem)
    return "refused"


# ---- which workflow, which stage ----------------------------------------------------------------------------
def _definition(landing: _Landing, start: date) -> Definition | None:
    """The assessment workflow in force on a start date; None where one must be named."""
    catalogue = landing.desk.catalogue
    if landing.workflow is not None:
        return catalogue.find(landing.workflow)
    if start < NATIONAL_START:
        return None
    for definition in catalogue.usable():
        window = definition.importing
        if definition.kind != "assessment" or window is None or window.starts_from is None:
            continue
        if window.starts_from <= start and (window.starts_until is None or start <= window.starts_until):
            return definition
    return None


def _mark(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest())


def _seen_before(landing: _Landing, key: str) -> bool:
    mark = _mark(key)
    if mark in landing.keys:
        return True
    landing.keys.add(mark)
    return False


def _preview(landing: _Landing, work: Reading, episode: CinEpisode, assessment: CinAssessment) -> Outcome:
    """What landing would do; tells of the same problems, changes nothing."""
    refusal = _refusal(landing, episode, assessment)
    if refusal:
        return _refuse(landing, episode, assessment, refusal)
    case = work.case_by_key(key_of(episode, assessment))
    if case is None:
        return "created"
    if case.import_seen == digest_of(episode, assessment):
        return "unchanged"
    return "updated" if _untouched(case) else _worked_on(landing, case, episode, assessment)


def _refusal(landing: _Landing, episode: CinEpisode, assessment: CinAssessment) -> str:
    if _seen_before(landing, key_of(episode, assessment)):
        return "the same child, referral and start are in this file already"
    if assessment.start > landing.desk.today:
        return f"it starts in the future ({assessment.start})"
    if _definition(landing, assessment.start) is None:
        return (
            f"no workflow is in force for a start on {assessment.start}: name one with --workflow"
            " (before 15 April 2013 timescales differed by authority)"
        )
    return ""


def _land(landing: _Landing, work: Writing, episode: CinEpisode, assessment: CinAssessment) -> Outcome:
    refusal = _refusal(landing, episode, assessment)
    if refusal:
        return _refuse(landing, episode, assessment, refusal)
    definition = _definition(landing, assessment.start)
    assert definition is not None  # else refused just above
    keep_child(landing.desk, work, episode)
    case = work.case_by_key(key_of(episode, assessment))
    if case is None:
        create(landing.desk, work, landing.source(), definition, episode, assessment)
        return "created"
    if case.import_seen == digest_of(episode, assessment):
        return "unchanged"
    if not _untouched(case):
        return _worked_on(landing, case, episode, assessment)
    update(landing.desk, work, landing.source(), case, episode, assessment)
    return "updated"


def _untouched(case: Case) -> bool:
    """Whether nobody has worked on the case here since it was imported."""
    return case.last_kind in ("imported", "import-updated", "dates-moved")


def _worked_on(landing: _Landing, case: Case, episode: CinEpisode, assessment: CinAssessment) -> Outcome:
    says = f"{case.ref} has been worked on here since it was imported, and the file now says something else"
    problem = Problem(assessment.line, episode.child_id, says, "the case was kept as it is")
    landing.report.problems.append(problem)
    return "unchanged"


def _note_missing(landing: _Landing) -> None:
    """Open imported cases of this authority that the file no longer holds: told, never removed."""
    desk, authority = landing.desk, landing.header.authority if landing.header else ""
    offset, page_size = 0, 500
    while True:
        with desk.reading() as work:
            query = CaseQuery(open=True, order="reference", offset=offset, limit=page_size)
            page = work.cases(desk.person, query, desk.today)
            for row in page.rows:
                if row.imported and (case := work.snapshot(row.id)) is not None:
                    held = case.import_key.startswith(f"cin:{authority}/")
                    if held and _mark(case.import_key) not in landing.keys:
                        landing.report.missing.append(case.ref)
        offset += page_size
        if offset >= page.total:
            return
