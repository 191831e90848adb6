"""Reads an Annex A workbook in: List 4 becomes cases, Lists 2, 3 and 5 lines of the children's journeys."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from casereview.errors import CaseReviewError
from casereview.events import Values
from casereview.exchange.annex_lists import LISTS, Found, find_lists
from casereview.exchange.annex_rows import Said, read_row
from casereview.exchange.annex_story import Told, keep_stories, told_of
from casereview.exchange.landing import BATCH, PAGE, Progress
from casereview.exchange.landing_rows import landing_place
from casereview.exchange.mapping_reader import not_known
from casereview.exchange.sheets_in import MAX_BYTES, Workbook
from casereview.exchange.table_in_land import Fate, Landing, create, fate, keep_children, no_workflow, update
from casereview.exchange.table_in_wanted import Known, RowOutcome, SheetReport, Wanted
from casereview.ports import Writing
from casereview.service.desk import Desk
from casereview.service.registry import require_keeper
from casereview.text import clean, shown
from casereview.views import CaseQuery
from workflows.definition import Definition

REFERRAL_WITHIN = timedelta(days=28)
"""A referral of List 3 goes with the assessment of the same child that began on that day or in the weeks after it."""
SOURCE = "Annex A"
_T = TypeVar("_T")


@dataclass(slots=True)
class _Run:
    """One run over a workbook. lists: every row of Lists 2 to 5 that could be read, by list."""

    landing: Landing
    report: SheetReport
    known: Known
    named: Definition | None
    lists: dict[int, list[Said]] = field(default_factory=dict)
    details: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    about: dict[int, dict[str, list[Said]]] = field(default_factory=dict)  # the usable rows of a list, by child


def import_annex(
    desk: Desk, path: str | os.PathLike[str], *, authority: str = "", dry_run: bool = False,
    workflow: str | None = None, with_details: bool = False, max_bytes: int = MAX_BYTES,
    progress: Progress | None = None,
) -> SheetReport:  # fmt: skip
    """Reads Lists 2 to 5 in. The same workbook again changes nothing; good rows are kept beside bad ones.

    authority: the code children's ids begin with, as those of a census do ("301" makes 301-12345)
    A dry run changes nothing and reports what the real run would. Cut off half-way, the next run goes on.
    Raises CaseReviewError when the workbook as a whole cannot be used; then nothing is changed.
    """
    named = desk.catalogue.find(workflow) if workflow else None
    if named is not None:
        landing_place(named)
        if named.kind != "assessment":
            raise CaseReviewError(f"workflow {named.name} is one for a {named.kind}, and List 4 holds assessments",
                                  remedy="Name an assessment workflow. See: casereview workflows list")  # fmt: skip
    authority = clean(authority, limit=20).strip()
    landing = Landing(desk, SOURCE, f"annexa:{authority}/")
    with desk.reading() as work:
        require_keeper(desk, work)
        run = _Run(landing, SheetReport(dry_run=dry_run), Known(work.people(), work.teams()), named)
    _read_all(run, path, authority, with_details, max_bytes, progress)
    wanted = [one for said in run.lists.get(4, ()) if (one := _wanted(run, said)) is not None]
    told = told_of([said for number in (2, 3, 5) for said in run.lists.get(number, ()) if not said.wrong], SOURCE)
    _land_all(run, wanted, told, progress)
    _note_missing(run)
    run.report.finish()
    return run.report


# ---- reading -------------------------------------------------------------------------------------------------------
def _read_all(
    run: _Run, path: str | os.PathLike[str], authority: str, with_details: bool, max_bytes: int,
    progress: Progress | None,
) -> None:  # fmt: skip
    """The whole workbook to its end: nothing is landed before."""
    where = shown(os.fspath(path), width=200)
    with Workbook(path, max_bytes=max_bytes) as book:
        found = find_lists(book, where)
        _notes(run, found, with_details)
        others = [shown(name, width=40) for name in book.names if name not in {held.sheet for held in found.values()}]
        if others:
            run.report.notes.append(f"Sheets that are not read: {', '.join(others)}.")
        for number, held in found.items():
            run.lists[number] = []
            for count, row in enumerate(held.rows(book)):
                if progress is not None and not count % 500:
                    progress(f"checking {held.listing.name}", count, 0)
                said = read_row(row, authority, run.landing.desk.today, with_details)
                run.lists[number].append(said)
    if not any(run.lists.values()):
        raise CaseReviewError("there are no rows in Lists 2 to 5", where=where, remedy="Check the file.")
    for number in (4, 3, 5, 2):
        for said in run.lists.get(number, ()):
            _tell_problems(run, said)
            if not said.wrong:
                _child(run, said)
                run.about.setdefault(number, {}).setdefault(said.child, []).append(said)


def _notes(run: _Run, found: dict[int, Found], with_details: bool) -> None:
    for held in found.values():
        run.report.notes += held.notes
        if not with_details and {"name", "forename", "surname"} & held.columns.keys():
            run.report.notes.append(f"{held.listing.name}: names of children were not taken; --with-details does.")
    missing = [f"List {number}" for number in (2, 3, 4, 5) if number not in found]
    if missing:
        run.report.notes.append(f"Not in this workbook: {', '.join(missing)}.")


def _tell_problems(run: _Run, said: Said) -> None:
    if said.wrong:
        refuse(run.report, said, "; ".join(said.wrong))
    for says in () if said.wrong else said.says:
        run.report.tell_more(said.row.number, said.child, says, said.row.listing.name)


def refuse(report: SheetReport, said: Said, says: str) -> None:
    report.tell(RowOutcome(said.row.number, said.child, "refused", "", says, said.row.listing.name))


def _child(run: _Run, said: Said) -> None:
    """Each child as the workbook first gives it: were a second giving to win, the same file would never settle."""
    first = run.details.setdefault(said.child, said.details)
    other = [name for name, value in said.details.items() if first.get(name, value) != value]
    if other:
        says = f"this child has another {' and '.join(other)} in an earlier row, which was kept"
        run.report.tell_more(said.row.number, said.child, says, said.row.listing.name)
    run.details[said.child] = {**said.details, **first}


# ---- assessments -----------------------------------------------------------------------------------------------------
def _wanted(run: _Run, said: Said) -> Wanted | None:
    """The case of a row of List 4; None when it was refused, which is then told."""
    if said.wrong or said.start is None:
        return None
    key = f"{run.landing.space}{said.child}/{said.start.isoformat()}"
    earlier = run.keys.setdefault(key, said.row.number)
    definition = run.named or run.landing.definition_on(said.start)
    if earlier != said.row.number or definition is None:
        same = f"row {earlier} has the same child and start"
        refuse(run.report, said, no_workflow(said.start) if definition is None else same)
        return None
    referral = _referral_of(run, said)
    mine: Values = {"list": said.row.listing.name, **said.values}
    names = {what: _here(run, what, said) for what in ("team", "worker")}
    says = [not_known(what, given) for what, given in (("team", said.team), ("worker", said.worker))
            if given and not names[what]]  # fmt: skip
    both = mine | ({"referral": referral.values} if referral else {}) | _enquiries(run, said)
    return Wanted(
        said.row.number, said.child, key, definition, said.start, said.end,
        team=names["team"], worker=names["worker"],
        records=_records(definition, referral), seen=(said.seen,) if said.seen else (), said=both, mark=mine,
        details=run.details[said.child], says=tuple(says),
    )  # fmt: skip


def _here(run: _Run, what: str, said: Said) -> str:
    """The id of a team or worker; "" where nobody, or more than one, has that name here: it is kept in the row."""
    return run.known.team(said.team) if what == "team" else run.known.person(said.worker)


def _referral_of(run: _Run, said: Said) -> Said | None:
    """The newest referral of the same child on the day the assessment began, or in the weeks before it."""
    assert said.start is not None
    start = said.start
    held = run.about.get(3, {}).get(said.child, ())
    near = [r for r in held if r.start and start - REFERRAL_WITHIN <= r.start <= start]
    return max(near, key=lambda r: (r.start, -r.row.number), default=None)


def _enquiries(run: _Run, said: Said) -> Values:
    """Section 47 enquiries that began while the assessment went on."""
    until = said.end or run.landing.desk.today
    held = run.about.get(5, {}).get(said.child, ())
    within = [e.values for e in held if e.start and said.start and said.start <= e.start <= until]
    return {"section_47": within} if within else {}


def _records(definition: Definition, referral: Said | None) -> tuple[tuple[str, Values, date], ...]:
    """The referral as the workflow writes it down, where it has such a record."""
    kind = definition.records.get("referral")
    if kind is None or referral is None or referral.start is None:
        return ()
    values: Values = {}
    if "received_on" in kind.fields:
        values["received_on"] = referral.start.isoformat()
    source = referral.values.get("source_words")
    if source and "source" in kind.fields and source in kind.fields["source"].options:
        values["source"] = source
    return (("referral", values, referral.start),) if values else ()


# ---- landing -----------------------------------------------------------------------------------------------------
def _land_all(run: _Run, wanted: list[Wanted], told: list[Told], progress: Progress | None) -> None:
    desk, dry, total, done = run.landing.desk, run.report.dry_run, len(wanted) + len(told), 0
    for batch in _batches(wanted):
        _come_to(progress, dry, done, total)
        if dry:
            with desk.reading() as work:
                for one in batch:
                    _tell(run, one, fate(run.landing, work, one))
        else:
            with desk.writing() as writing:
                _land(run, writing, batch)
        done += len(batch)
    for lines in _batches(told):
        _come_to(progress, dry, done, total)
        if dry:
            with desk.reading() as work:
                keep_stories(desk, work, None, lines, run.report)
        else:
            with desk.writing() as writing:
                keep_children(desk, writing, {t.child: run.details.get(t.child, {}) for t in lines})
                keep_stories(desk, writing, writing, lines, run.report)
        done += len(lines)


def _come_to(progress: Progress | None, dry_run: bool, done: int, total: int) -> None:
    if progress is not None:
        progress("trying" if dry_run else "landing", done, total)


def _batches(held: list[_T]) -> Iterator[list[_T]]:
    """300 at a time: each is kept as a whole or not at all, and what is kept is found again by the next run."""
    them = iter(held)
    while batch := list(islice(them, BATCH)):
        yield batch


def _land(run: _Run, work: Writing, batch: list[Wanted]) -> None:
    keep_children(run.landing.desk, work, {one.child: one.details for one in batch})
    for one in batch:
        found = fate(run.landing, work, one)
        if found.outcome == "created":
            found = Fate("created", create(run.landing, work, one))
        elif found.outcome == "updated" and found.case is not None:
            update(run.landing, work, found.case, one)
        _tell(run, one, found)


def _tell(run: _Run, wanted: Wanted, found: Fate) -> None:
    case, name = found.case, LISTS[4].name
    ref = case.ref if case is not None and case.known_to(run.landing.desk.person) else ""
    run.report.tell(RowOutcome(wanted.line, wanted.child, found.outcome, ref, found.says, name))
    for says in wanted.says if found.outcome in ("created", "updated") else ():
        run.report.alike(says, name, wanted.line)


def _note_missing(run: _Run) -> None:
    """Open cases read from an earlier workbook of this authority that List 4 no longer holds: told, never removed."""
    if 4 not in run.lists:
        return
    desk, offset = run.landing.desk, 0
    with desk.reading() as work:
        while True:
            query = CaseQuery(open=True, order="reference", offset=offset, limit=PAGE)
            page = work.cases(desk.person, query, desk.today)
            for row in page.rows:
                case = work.snapshot(row.id) if row.imported else None
                if case and case.import_key.startswith(run.landing.space) and case.import_key not in run.keys:
                    run.report.missing.append(case.ref)
            offset += PAGE
            if offset >= page.total:
                return
