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
from casereview.errors import CaseReviewError
from casereview.events import inner_event
from casereview.exchange.cin import CinEpisode, CinHeader, Problem, read_cin
from casereview.exchange.landing_own import own_cases, said_otherwise
from casereview.exchange.landing_rows import Row, create, keep_children, landing_place, row_of, update
from casereview.exchange.xmlstream import MAX_BYTES
from casereview.ports import Reading, Writing
from casereview.service.desk import Desk
from casereview.service.registry import require_keeper
from casereview.views import CaseQuery
from workflows.definition import Definition

BATCH = 300  # assessments to a transaction
PAGE = 500  # cases of a list looked through at a time
NATIONAL_START = date(2013, 4, 15)  # Working Together 2013 in force; earlier starts need a workflow named
LEFT_AS_LANDED = ("imported", "import-updated", "dates-moved")  # facts nobody has to work on a case for
Progress = Callable[[str, int, int], None]  # what, done, of (bytes)
Outcome = Literal["created", "updated", "unchanged", "refused"]


@dataclass(slots=True)
class ImportReport:
    """What a file held and what became of it. Counts are of assessments; every problem names its line.

    read      always created + updated + unchanged + refused
    missing   open imported cases that this file no longer holds: told, never removed
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    dry_run: bool = False


@dataclass(slots=True)
class _Landing:
    """One run over a file. The sets hold 64 bits for each assessment and child seen, never themselves."""

    desk: Desk
    report: ImportReport
    workflow: Definition | None
    header: CinHeader = field(default_factory=CinHeader)
    keys: set[int] = field(default_factory=set)
    children: set[int] = field(default_factory=set)
    in_force: list[Definition] | None = None  # the assessment workflows that say from when they were

    def source(self) -> str:
        return f"CIN census {self.header.year}" if self.header.year else "CIN census"


@dataclass(slots=True)
class _Fate:
    """What landing a row comes to, the case it is about, and what is to be said of it."""

    outcome: Outcome
    case: Case | None = None
    says: str = ""
    here: bool = False  # the case was recorded here, and no file brought it


def import_cin(
    desk: Desk, path: str | os.PathLike[str], *, dry_run: bool = False, workflow: str | None = None,
    max_bytes: int = MAX_BYTES, progress: Progress | None = None,
) -> ImportReport:  # fmt: skip
    """Reads a census file in. The same file again changes nothing; valid rows are kept beside bad ones.

    A dry run changes nothing and reports what the real run would. Cut off half-way, the next run goes on.
    Raises CaseReviewError when the file as a whole cannot be used; then nothing is changed.
    """
    named = desk.catalogue.find(workflow) if workflow is not None else None
    if named is not None:
        _must_take_assessments(named)
    landing = _Landing(desk, ImportReport(dry_run=dry_run), named)
    with desk.reading() as work:
        require_keeper(desk, work)
    _check(landing, path, max_bytes, progress)
    rows = _rows(path, max_bytes, _stage(progress, "landing"))
    while batch := list(islice(rows, BATCH)):
        if dry_run:
            with desk.reading() as work:
                for row, _, fate in _fates(landing, work, _accepted(landing, batch)):
                    _tell(landing, row, fate)
        else:
            with desk.writing() as writing:
                _land(landing, writing, _accepted(landing, batch))
    _note_missing(landing)
    return landing.report


def _must_take_assessments(definition: Definition) -> None:
    landing_place(definition)
    if definition.kind != "assessment":
        raise CaseReviewError(
            f"workflow {definition.name} is one for a {definition.kind}, and a census file holds assessments",
            remedy="Name an assessment workflow. See: casereview workflows list",
        )


def _stage(progress: Progress | None, what: str) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress(what, done, total)


def _check(landing: _Landing, path: str | os.PathLike[str], max_bytes: int, progress: Progress | None) -> None:
    """The first pass: to the end of the file, every problem listed, nothing changed."""
    report = landing.report
    for piece in read_cin(path, max_bytes=max_bytes, progress=_stage(progress, "checking")):
        if isinstance(piece, CinHeader):
            landing.header = piece
        elif isinstance(piece, Problem):
            report.problems.append(piece)
            report.refused += piece.lost
    report.read += report.refused


def _rows(
    path: str | os.PathLike[str], max_bytes: int, progress: Callable[[int, int], None] | None
) -> Iterator[Row]:
    for piece in read_cin(path, max_bytes=max_bytes, progress=progress):
        if isinstance(piece, CinEpisode):
            for assessment in piece.assessments:
                yield row_of(piece, assessment)


# ---- what becomes of a row: the same for a dry run and a real one --------------------------------------------
def _accepted(landing: _Landing, batch: list[Row]) -> list[tuple[Row, Definition]]:
    """The rows that can land, each with its workflow; the others are listed as refused."""
    accepted = []
    for row in batch:
        definition = _definition(landing, row.assessment.start)
        refusal = _refusal(landing, row, definition)
        if definition is None or refusal:
            _tell(landing, row, _Fate("refused", None, refusal))
        else:
            accepted.append((row, definition))
    return accepted


def _refusal(landing: _Landing, row: Row, definition: Definition | None) -> str:
    mark, start = _mark(row.key), row.assessment.start
    if mark in landing.keys:
        return "the same child, referral and start are in this file already"
    landing.keys.add(mark)
    if start > landing.desk.today:
        return f"it starts in the future ({start})"
    if definition is None:
        return (
            f"no workflow is in force for a start on {start}: name one with --workflow"
            " (before 15 April 2013 timescales differed by authority)"
        )
    return ""


def _definition(landing: _Landing, start: date) -> Definition | None:
    """The assessment workflow in force on a start date; None where one must be named."""
    if landing.workflow is not None:
        return landing.workflow
    if start < NATIONAL_START:
        return None
    if landing.in_force is None:
        usable = landing.desk.catalogue.usable()
        landing.in_force = [d for d in usable if d.kind == "assessment" and d.importing and d.importing.starts_from]
    for definition in landing.in_force:
        window = definition.importing
        if window and window.starts_from and window.starts_from <= start <= (window.starts_until or date.max):
            return definition
    return None


def _fates(
    landing: _Landing, work: Reading, rows: list[tuple[Row, Definition]]
) -> list[tuple[Row, Definition, _Fate]]:
    """What becomes of each row; one that tells of a case recorded here, as a return made here does, changes nothing."""
    cases = {row.key: work.case_by_key(row.key) for row, _ in rows}
    own = own_cases(landing.desk, work, [row for row, _ in rows if cases[row.key] is None])
    found = []
    for row, definition in rows:
        case, here = cases[row.key], own.get(row.key)
        if here is not None:
            fate = _Fate("unchanged", here, said_otherwise(landing.desk, work, here, row), here=True)
        else:
            fate = _fate(landing, work, row, case)
        found.append((row, definition, fate))
    return found


def _fate(landing: _Landing, work: Reading, row: Row, case: Case | None) -> _Fate:
    """Whether a row is new, says more, or finds its case as it is or worked on."""
    if case is None:
        return _Fate("created")
    if case.import_seen == row.digest:
        return _Fate("unchanged", case)
    if not _untouched(work, case):
        says = f"{case.ref} has been worked on here since it was imported, and the file now says something else"
        # a case this person may not know of is kept in silence (law 7)
        return _Fate("unchanged", case, says if case.known_to(landing.desk.person) else "")
    if case.closed is not None and row.assessment.authorised is None:
        ends = landing.header.reference_date
        if ends is not None and case.closed > ends:
            return _Fate("unchanged", case)  # the file tells how it stood on an earlier day
        says = f"{case.ref} was authorised on {case.closed} by an earlier file, and is open again in this one"
        return _Fate("unchanged", case, says)
    return _Fate("updated", case)


def _untouched(work: Reading, case: Case) -> bool:
    """Whether nobody has worked on the case here since it was imported."""
    if case.number == 1 or case.last_kind not in LEFT_AS_LANDED:
        return case.last_kind in LEFT_AS_LANDED
    return all(inner_event(entry.event).kind in LEFT_AS_LANDED for entry in work.history(case.id))


def _tell(landing: _Landing, row: Row, fate: _Fate) -> None:
    report, refused = landing.report, fate.outcome == "refused"
    report.read += 1
    setattr(report, fate.outcome, getattr(report, fate.outcome) + 1)
    if fate.says:
        done = "this assessment was left out" if refused else "the case was kept as it is"
        lost = 1 if refused else 0
        report.problems.append(Problem(row.assessment.line, row.episode.child_id, fate.says, done, refused, lost))


def _mark(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest())


# ---- landing -------------------------------------------------------------------------------------------------
def _land(landing: _Landing, work: Writing, rows: list[tuple[Row, Definition]]) -> None:
    fates = _fates(landing, work, rows)
    _keep_children(landing, work, [row for row, _, fate in fates if not fate.here])
    for row, definition, fate in fates:
        if fate.outcome == "created":
            create(landing.desk, work, landing.source(), definition, row)
        elif fate.outcome == "updated" and fate.case is not None:
            update(landing.desk, work, landing.source(), fate.case, row)
        _tell(landing, row, fate)


def _keep_children(landing: _Landing, work: Writing, rows: list[Row]) -> None:
    """Each child as the file first gives it: were a second giving to win, the same file would never settle."""
    new = {}
    for row in rows:
        mark = _mark(row.child)
        if mark not in landing.children:
            landing.children.add(mark)
            new[row.child] = row.episode
    keep_children(landing.desk, work, new)


def _note_missing(landing: _Landing) -> None:
    """Open imported cases of this authority that the file no longer holds: told, never removed."""
    desk, ours, offset = landing.desk, f"cin:{landing.header.authority}/", 0
    with desk.reading() as work:
        while True:
            query = CaseQuery(open=True, order="reference", offset=offset, limit=PAGE)
            page = work.cases(desk.person, query, desk.today)
            for row in page.rows:
                case = work.snapshot(row.id) if row.imported else None
                if case and case.import_key.startswith(ours) and _mark(case.import_key) not in landing.keys:
                    landing.report.missing.append(case.ref)
            offset += PAGE
            if offset >= page.total:
                return
