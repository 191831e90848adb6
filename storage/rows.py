"""Rows of the tables to plain dataclasses and back; the only place that knows the order of columns."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from casereview.case import Case
from casereview.chain import Link, instant, read_instant
from casereview.codec import dumps
from casereview.errors import StoreProblem
from casereview.events import Entry, event_from_plain
from casereview.people import Child
from casereview.rows import LEAST_CONCERN, most_concern
from casereview.snapshot import unpack
from casereview.views import RANK, CaseRow, Projected, RecordRow

Row = tuple[Any, ...]

CASE_ROW = (
    "c.id, c.ref, c.title, c.workflow, c.version, c.kind, c.stage, c.stage_title, c.opened, c.closed, "
    "c.worker, p.name, c.team, t.name, c.restricted, c.imported, c.number"
)
NAMES = "LEFT JOIN person p ON p.id = c.worker LEFT JOIN team t ON t.id = c.team"
PROJECTED = (
    "x.name, x.title, x.on_register, x.started, x.ended, x.done, x.indicative, x.asks_from, x.agreed, "
    "x.measured, x.beyond_after, x.target, x.next_checkpoint, x.word, x.live_until, x.promised_on, x.details, "
    "x.reason, x.reason_class, x.waiting, x.untold_from, x.look_on, x.lane, x.statutory"
)
LINK = (
    "j.seq, j.stream, j.number, j.kind, j.day, j.recorded_at, j.actor, j.acting_as, j.commitment, j.prev, "
    "j.hash, b.salt, b.body"
)
RECORD = "number, kind, day, author, author_name, recorded_at, fields, withdrawn, corrected"


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def iso(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def folded(text: str) -> str:
    """Text as it is looked for: any case."""
    return text.casefold()


# ---- reading ----------------------------------------------------------------------------------------------
def case_row(row: Row, standing: str) -> CaseRow:
    return CaseRow(
        id=row[0], case=row[1], title=row[2], workflow=row[3], version=row[4], kind=row[5],
        stage=row[6], stage_title=row[7], opened=date.fromisoformat(row[8]), closed=day(row[9]),
        worker=row[10], worker_name=row[11] or "", team=row[12], team_name=row[13] or "",
        standing=standing, restricted=bool(row[14]), imported=bool(row[15]), number=row[16],
    )  # fmt: skip


def projected(row: Row) -> Projected:
    return Projected(
        expectation=row[0], title=row[1], on_register=bool(row[2]), started=date.fromisoformat(row[3]),
        ended=day(row[4]), done=row[5], indicative=day(row[6]), asks_from=day(row[7]), agreed=day(row[8]),
        measured=day(row[9]), beyond_after=day(row[10]), target=day(row[11]), next_checkpoint=day(row[12]),
        word=row[13], live_until=day(row[14]), promised_on=day(row[15]), details=json.loads(row[16]),
        reason=row[17], reason_class=row[18], waiting=row[19], untold_from=day(row[20]),
        look_on=day(row[21]), lane=row[22], statutory=day(row[23]),
    )  # fmt: skip


def link(row: Row) -> Link:
    return Link(*row)


def entry(link: Link) -> Entry:
    """The fact a link holds; its body must still be there. Raises StoreProblem for a kind unknown here."""
    try:
        event = event_from_plain(link.kind, json.loads(link.body or "{}"))
    except (KeyError, TypeError, ValueError) as error:
        raise StoreProblem(
            f"Entry {link.seq} ({link.kind}) cannot be read by this version of casereview.",
            remedy="Update casereview; if it is up to date, run: casereview verify.",
        ) from error
    on, recorded_at = date.fromisoformat(link.on), read_instant(link.recorded_at)
    return Entry(link.seq, link.stream, link.number, on, recorded_at, link.actor, event, link.acting_as)


def record(row: Row) -> RecordRow:
    return RecordRow(
        row[0], row[1], date.fromisoformat(row[2]), row[3], row[4], read_instant(row[5]),
        json.loads(row[6]), bool(row[7]), row[8],
    )  # fmt: skip


def child(row: Row) -> Child:
    return Child(row[0], row[1], tuple(sorted(json.loads(row[2]).items())))


def case(snapshot: str) -> Case:
    try:
        return unpack(snapshot)
    except (KeyError, TypeError, ValueError) as error:
        raise StoreProblem(
            "A case was folded by another version of casereview and cannot be read as it is.",
            remedy="Make the lists again from the journal: casereview verify --rebuild",
        ) from error


# ---- keeping ----------------------------------------------------------------------------------------------
def link_values(link: Link) -> tuple[Row, Row]:
    """A row of `journal` and one of `journal_body`."""
    chained = (
        link.seq, link.stream, link.number, link.kind, link.on, link.recorded_at, link.actor, link.acting_as,
        link.commitment, link.prev, link.hash,
    )  # fmt: skip
    return chained, (link.seq, link.salt, link.body)


def case_values(case: Case, rows: Sequence[Projected], kind: str, stage_title: str) -> Row:
    """A row of `case_file`."""
    running = any(row.on_register and row.ended is None for row in rows)
    settled = RANK.get(most_concern(rows, date.max), LEAST_CONCERN)
    return (
        case.id, case.ref, case.title, case.workflow, case.version, case.hash, case.nation, kind,
        case.main.stage, stage_title, case.opened.isoformat(), iso(case.closed), case.worker, case.team,
        case.restricted, case.imported, case.import_key or None, case.number, running,
        LEAST_CONCERN if running else settled, search_of(case),
    )  # fmt: skip


def search_of(case: Case) -> str:
    # A line each, so that no text runs from one into the next.
    return folded("\n".join((case.ref, case.title, *case.children)))


def expectation_values(case: Case, place: int, row: Projected, search: str, kind: str) -> Row:
    """A row of `expectation`; `place` keeps the order in which they were given."""
    return (
        case.id, row.expectation, place, row.title, row.on_register, row.started.isoformat(), iso(row.ended),
        row.done, iso(row.indicative), iso(row.asks_from), iso(row.agreed), iso(row.measured),
        iso(row.beyond_after), iso(row.target), iso(row.next_checkpoint), row.word, iso(row.live_until),
        iso(row.promised_on), dumps(row.details) if row.details else "{}", row.on_register and row.ended is None,
        case.ref, case.restricted, case.team, case.worker, case.workflow, search,
        kind, case.main.stage, case.opened.isoformat(), case.nation, case.imported, row.reason, row.reason_class,
        row.waiting, folded(row.waiting), iso(row.untold_from), iso(row.look_on), row.lane,
        iso(row.statutory),
    )  # fmt: skip


def access_values(case: Case) -> list[Row]:
    """Rows of `access`: the same people `Case.known_to` admits or walls off, and those appointed to a role."""
    if not case.admitted and not case.conflicts and not case.appointments:
        return []
    walled = [p for p, decision in case.conflicts.items() if decision in ("declared", "restrict", "replace")]
    appointed = [one.person for one in case.appointments if not one.ended]
    tied = (("admitted", case.admitted), ("walled", walled), ("appointed", appointed))
    return [(person, kind, case.id) for kind, people in tied for person in dict.fromkeys(people)]


def record_values(case_id: str, row: RecordRow) -> Row:
    return (
        case_id, row.number, row.kind, row.on.isoformat(), row.by, row.by_name, instant(row.recorded_at),
        dumps(row.values), row.withdrawn, row.corrected,
    )  # fmt: skip
