"""Every version of a record, who relies on it, and going back to an earlier one: by a correction, never by erasing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casereview.case import Case
from casereview.commands import CorrectRecord
from casereview.describe import Names
from casereview.differences import Difference, differences
from casereview.errors import CaseReviewError, NotFound
from casereview.events import Corrected, Entry, inner_event
from casereview.ports import Reading
from casereview.record_readers import points_to
from casereview.service.desk import Desk, Done
from casereview.service.record_access import access_of, as_seen
from casereview.service.record_reads import NotForYou, note_reads
from casereview.service.records import changed_rows
from casereview.views import RecordRow
from workflows.definition import Definition, RecordKind


@dataclass(frozen=True, slots=True)
class Version:
    """A record as somebody left it. number: from 1 · entry: of the journal · why: of the correction."""

    number: int
    entry: int
    on: date
    recorded_at: datetime
    by: str
    by_name: str
    why: str
    values: dict[str, Any]
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Versions:
    """A record through time. relied: what else stands on it, in words; a correction says to them why."""

    ref: str
    number: int
    kind: str
    title: str
    form: RecordKind | None
    names: Names
    seen: int  # the number of the case when it was read
    versions: tuple[Version, ...]
    relied: tuple[str, ...]

    @property
    def newest(self) -> Version:
        return self.versions[-1]

    def version(self, number: int) -> Version:
        """Raises NotFound where there was none."""
        found = next((one for one in self.versions if one.number == number), None)
        if found is None:
            remedy = f"There are versions 1 to {len(self.versions)}."
            raise NotFound(f"record {self.number} has no version {number}", where=self.ref, remedy=remedy)
        return found

    def between(self, first: int, second: int) -> tuple[Difference, ...]:
        order = tuple(self.form.fields) if self.form else ()
        return differences(self.version(first).values, self.version(second).values, order)


def versions(desk: Desk, ref: str, number: int) -> Versions:
    """Raises NotFound where there is no such record, NotForYou where it is kept to others."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        row = _row(desk, work, case, number)
        definition, names = desk.definition_of(work, case), desk.known(work).names
        form = definition.records.get(row.kind)
        title = form.title if form else row.kind
        told = tuple(_told(work.history(case.id), row, names))
        relied = tuple(_relied(desk, work, case, definition, row))
    if form and form.logged:
        note_reads(desk, case.id, [row])
    if not told:
        raise NotFound(f"what record {number} first said was disposed of", where=case.ref)
    return Versions(case.ref, number, row.kind, title, form, names, case.number, told, relied)


def _row(desk: Desk, work: Reading, case: Case, number: int) -> RecordRow:
    row = work.record(case.id, number)
    if row is None:
        raise NotFound(f"{case.ref} has no record {number}", remedy=f"See: casereview records {case.ref}")
    kept = as_seen(desk, work, case, [row])[0].kept_to
    if kept:
        raise NotForYou(f"record {number} is kept to: {kept}", where=case.ref, remedy="Ask one of them.")
    return row


def _told(entries: Iterable[Entry], row: RecordRow, names: Names) -> Iterator[Version]:
    count = 0
    for entry in entries:
        event = inner_event(entry.event)
        if isinstance(event, Corrected):
            if event.number != row.number:
                continue
            values, why, withdrawn = dict(event.values), event.reason, event.withdrawn
        else:
            first = next((one for one in changed_rows(entry, None) if one.number == row.number), None)
            if first is None:
                continue
            values, why, withdrawn = first.values, "", False
        count += 1
        yield Version(
            count, entry.number, entry.on, entry.recorded_at, entry.actor, names.person(entry.actor), why, values,
            withdrawn,
        )  # fmt: skip


# ---- who relies on it ------------------------------------------------------------------------------------------
def relied_on(desk: Desk, ref: str, number: int) -> tuple[str, ...]:
    """What stands on a record, in words, as far as whoever asks may read it; empty where nothing does."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        row = work.record(case.id, number)
        return tuple(_relied(desk, work, case, desk.definition_of(work, case), row)) if row else ()


def _relied(desk: Desk, work: Reading, case: Case, definition: Definition, row: RecordRow) -> Iterator[str]:
    pointing = [k.name for k in definition.records.values() if any(f.of == row.kind for f in k.fields.values())]
    for name in pointing:
        kind, total = definition.records[name], work.records(case.id, kind=name, limit=1).total
        rows = as_seen(desk, work, case, work.records(case.id, kind=name, limit=max(total, 1)).rows)
        for other in sorted(rows, key=lambda one: one.number):
            if not other.withdrawn and not other.kept_to and (row.kind, row.number) in points_to(kind, other.values):
                yield f"{kind.title}, no. {other.number}, points to it"
    form, gate = definition.records.get(row.kind), access_of(desk, work, case)
    for role, stage in form.readers_from if form and gate else ():
        if gate and stage in gate.been and role in definition.roles:
            reached = definition.stages[stage].title if stage in definition.stages else stage
            yield f"{definition.roles[role].title} has been able to read it since “{reached}”"


# ---- going back ------------------------------------------------------------------------------------------------
def go_back(desk: Desk, ref: str, number: int, version: int, reason: str, seen: int | None = None) -> Done:
    """Corrects a record to what an earlier version of it said; what stands there now stays readable.

    Raises what `Desk.do` raises, and CaseReviewError where there is nothing to go back from.
    """
    found = versions(desk, ref, number)
    back, now = found.version(version), found.newest
    if now.withdrawn:
        remedy = "Write it down again; what it said can be read in its versions."
        raise CaseReviewError(f"record {number} was withdrawn", where=found.ref, remedy=remedy)
    values = {
        name: back.values.get(name, "")
        for name in {**back.values, **now.values}
        if back.values.get(name) != now.values.get(name)
    }
    return desk.do(found.ref, CorrectRecord(number, reason, values), seen)
