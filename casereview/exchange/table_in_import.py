"""Reads a table in by a mapping: the whole file first, then row by row, in batches that are safe to run again."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from casereview.errors import CaseReviewError
from casereview.exchange.landing import BATCH, Progress
from casereview.exchange.mapping import Columns, read_mapping
from casereview.exchange.mapping_check import check, unused
from casereview.exchange.mapping_reader import Refused, RowReader
from casereview.exchange.mapping_rows import read_row
from casereview.exchange.sheets_in import MAX_BYTES
from casereview.exchange.table_in import BOOKS, Line, Table, open_table
from casereview.exchange.table_in_errors import must_be_free, write_refused
from casereview.exchange.table_in_land import Fate, Landing, create, fate, keep_children, update
from casereview.exchange.table_in_wanted import RowOutcome, SheetReport, Wanted
from casereview.ports import Writing
from casereview.service.desk import Desk
from casereview.service.registry import require_keeper
from casereview.text import shown


@dataclass(slots=True)
class _Run:
    """One run over one table."""

    landing: Landing
    table: Table
    reader: RowReader
    report: SheetReport
    lines_of_keys: dict[str, int] = field(default_factory=dict)
    children: set[str] = field(default_factory=set)
    refused: list[tuple[Line, str]] = field(default_factory=list)


def import_table(
    desk: Desk, path: str | os.PathLike[str], mapping: str | os.PathLike[str], *, sheet: str = "",
    dry_run: bool = False, errors: str = "", with_details: bool = False, max_bytes: int = MAX_BYTES,
    progress: Progress | None = None,
) -> SheetReport:  # fmt: skip
    """Reads a .csv, .tsv or .xlsx file in. The same file again changes nothing; good rows are kept beside bad ones.

    errors: where the refused rows go; nothing is written where none is refused. A dry run changes nothing and
    reports what the real run would. Cut off half-way, the next run goes on.
    Raises CaseReviewError when the file or the mapping as a whole cannot be used; then nothing is changed.
    """
    with desk.reading() as work:
        require_keeper(desk, work)
    if errors:
        must_be_free(errors)
    columns = read_mapping(mapping)
    landing = Landing(desk, shown(Path(path).name, width=60), f"table:{columns.name}/")
    if columns.faults:
        check(columns, landing, None)
    if Path(path).suffix.casefold() in BOOKS:
        sheet = sheet or columns.sheet  # a file of refused rows is CSV, whatever the mapping was written for
    table = open_table(path, wanted=columns.headings(), sheet=sheet, encoding=columns.encoding,
                       delimiter=columns.separator, max_bytes=max_bytes)  # fmt: skip
    named = check(columns, landing, table)
    stamp, total = _stamp(path), _to_the_end(table, progress)
    with desk.reading() as work:
        reader = RowReader.of(columns, table, landing, named, work, with_details)
    run = _Run(landing, table, reader, SheetReport(dry_run=dry_run, notes=_notes(columns, table, with_details)))
    if _stamp(path) != stamp:
        raise CaseReviewError("the file was changed while it was being read", where=shown(os.fspath(path), width=200),
                              remedy="Read it in again.")  # fmt: skip
    _land_all(run, dry_run, total, progress)
    run.report.finish()
    if errors and run.refused:
        write_refused(errors, table, run.refused, encoding=columns.encoding, separator=columns.separator,
                      date_format=columns.date_format)  # fmt: skip
        run.report.errors_file = errors
    return run.report


def _stamp(path: str | os.PathLike[str]) -> tuple[int, int]:
    about = Path(path).stat()
    return about.st_size, about.st_mtime_ns


def _to_the_end(table: Table, progress: Progress | None) -> int:
    """Reads the file once to its end, so that nothing is landed of one that is cut short; how many rows it has."""
    if progress is not None:
        progress("checking", 0, 0)
    return sum(1 for _ in table.lines(_stage(progress, "checking")))


def _stage(progress: Progress | None, what: str) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, total: progress(what, done, total)


def _notes(columns: Columns, table: Table, with_details: bool) -> list[str]:
    notes = list(table.notes)
    left = [shown(one, width=40) for one in unused(columns, table)]
    if left:
        notes.append(f"Columns the mapping says nothing of, which are not taken: {', '.join(left)}.")
    if columns.details and not with_details:
        notes.append("The details of the children were not taken: --with-details takes them.")
    if table.mended:
        notes.append("These are rows that were refused earlier: only they are read.")
    return notes


# ---- the rows ------------------------------------------------------------------------------------------------------
def _land_all(run: _Run, dry_run: bool, total: int, progress: Progress | None) -> None:
    lines, done = run.table.lines(), 0
    while batch := list(islice(lines, BATCH)):
        if progress is not None:
            progress("trying" if dry_run else "landing", done, total)
        if dry_run:
            with run.landing.desk.reading() as work:
                for line in batch:
                    wanted = _read(run, line)
                    if wanted is not None:
                        _tell(run, line, wanted, fate(run.landing, work, wanted))
        else:
            with run.landing.desk.writing() as writing:
                _land(run, writing, batch)
        done += len(batch)


def _land(run: _Run, work: Writing, batch: list[Line]) -> None:
    read = [(line, wanted) for line in batch if (wanted := _read(run, line)) is not None]
    new = {w.child: w.details for _, w in reversed(read) if w.child not in run.children}  # the first giving wins
    run.children |= new.keys()
    keep_children(run.landing.desk, work, new)
    for line, wanted in read:
        found = fate(run.landing, work, wanted)
        if found.outcome == "created":
            found = Fate("created", create(run.landing, work, wanted))
        elif found.outcome == "updated" and found.case is not None:
            update(run.landing, work, found.case, wanted)
        _tell(run, line, wanted, found)


def _read(run: _Run, line: Line) -> Wanted | None:
    """The case of a row; None when it was refused, which is then told."""
    try:
        wanted = read_row(run.reader, line)
    except Refused as no:
        if no.key:  # a mended row must not pass for another of the same key
            run.lines_of_keys.setdefault(no.key, line.number)
        _refuse(run, line, no.child, str(no))
        return None
    earlier = run.lines_of_keys.setdefault(wanted.key, line.number)
    if earlier != line.number:
        by = "key" if "key" in run.reader.mapping.columns else "child and day it began"
        more = "" if by == "key" else "; a column given as key in the mapping would tell them apart"
        _refuse(run, line, wanted.child, f"line {earlier} has the same {by}{more}")
        return None
    return wanted


def _refuse(run: _Run, line: Line, child: str, says: str, case: str = "") -> None:
    run.refused.append((line, says))
    run.report.tell(RowOutcome(line.number, child, "refused", case, says))


def _tell(run: _Run, line: Line, wanted: Wanted, found: Fate) -> None:
    desk, case = run.landing.desk, found.case
    ref = case.ref if case is not None and case.known_to(desk.person) else ""
    if found.outcome == "refused":
        _refuse(run, line, wanted.child, found.says, ref)
        return
    run.report.tell(RowOutcome(line.number, wanted.child, found.outcome, ref, found.says))
    for says in wanted.says if found.outcome != "unchanged" else ():
        if says.startswith("it began"):
            run.report.tell_more(line.number, wanted.child, says)
        else:
            run.report.alike(says, "", line.number)


