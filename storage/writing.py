"""One write transaction: facts are chained in memory and kept in bulk, so a batch of many commands is quick."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from casereview.case import Case
from casereview.chain import Link, instant, make_link, new_salt
from casereview.codec import dumps
from casereview.errors import Conflict, StoreProblem
from casereview.events import REGISTRY, Entry, Happening, event_to_plain
from casereview.snapshot import pack, unpack
from casereview.views import CaseKey, Head, Projected, RecordRow
from storage import registry
from storage.compiled import INSERT, UPSERT
from storage.dialects import Dialect, Row, Wire
from storage.reading import SqlReading
from storage.rows import access_values, case_values, entry, expectation_values, link_values, record_values
from storage.where import AT_ONCE

NAMED = 5
"""Changes a conflict lists one by one."""
FOLDED = ("case_snapshot", "expectation", "access", "case_child", "record", "case_file")
"""What is folded from the streams of cases and nothing else, dependants first."""


@dataclass(frozen=True, slots=True)
class _Ties:
    """Rows of `access` and `case_child`: of most cases they never change."""

    access: list[Row]
    children: list[Row]


def _ties(case: Case) -> _Ties:
    return _Ties(access_values(case), [(case.id, child) for child in dict.fromkeys(case.children)])


@dataclass(frozen=True, slots=True)
class _Saved:
    """A case as last saved in this transaction and not yet in the tables; shares nothing with the caller's."""

    snapshot: str
    file: Row
    expectations: list[Row]
    ties: _Ties


class SqlWriting(SqlReading):
    """The port `Writing`. What is pending reaches the tables before anything else is read from them."""

    def __init__(self, wire: Wire, dialect: Dialect) -> None:
        super().__init__(wire, dialect)
        row = wire.one(f"SELECT seq, hash FROM journal_head WHERE id = 1{dialect.for_update}")
        if row is None:
            raise StoreProblem("The head of the journal is missing.", where=dialect.place)
        self._kept = SqlReading(wire, dialect)  # the tables as they are, without what is pending
        self._kept_head = self._head = Head(*row)
        self._numbers: dict[str, int] = {}
        self._links: list[tuple[Row, Row]] = []
        self._saves: dict[str, _Saved] = {}
        self._ids: dict[str, str] = {}  # reference of a case in _saves -> its id
        self._keys: dict[str, str] = {}  # import key of a case in _saves -> its id
        self._records: dict[tuple[str, int], RecordRow] = {}
        self._tied: dict[str, _Ties] = {}  # case id -> what the tables are known to hold of it

    @property
    def _wire(self) -> Wire:
        self._flush()
        return self._raw

    @property
    def _raw(self) -> Wire:
        return self._kept._wire

    def _end(self) -> None:
        super()._end()
        self._kept._end()
        self._saves, self._records = {}, {}

    # ---- reading what is pending ---------------------------------------------------------------------
    def case(self, viewer: str | None, ref: str) -> Case | None:
        saved = self._saves.get(self._ids.get(ref, ref))
        if saved is None:
            return self._read(self._kept.case(viewer, ref))
        case = unpack(saved.snapshot)
        return case if viewer is None or case.known_to(viewer) else None

    def find(self, viewer: str | None, ref: str) -> CaseKey | None:
        if self._ids.get(ref, ref) not in self._saves:
            return self._kept.find(viewer, ref)
        case = self.case(viewer, ref)
        return CaseKey(case.id, case.ref, case.hash) if case else None

    def case_by_key(self, import_key: str) -> Case | None:
        saved = self._saves.get(self._keys.get(import_key, ""))
        return unpack(saved.snapshot) if saved else self._read(self._kept.case_by_key(import_key))

    def _read(self, case: Case | None) -> Case | None:
        if case is not None and case.id not in self._tied:
            self._tied[case.id] = _ties(case)
        return case

    def record(self, case_id: str, number: int) -> RecordRow | None:
        return self._records.get((case_id, number)) or self._kept.record(case_id, number)

    def head(self) -> Head:
        return self._head

    # ---- the journal ---------------------------------------------------------------------------------
    def append(
        self, stream: str, number: int, happenings: Sequence[Happening], *,
        actor: str, at: datetime, acting_as: str = "",
    ) -> list[Entry]:  # fmt: skip
        recorded_at, recorded = instant(at), at.astimezone(UTC)
        so_far = self._number_of(stream)
        if stream != REGISTRY and number != so_far:
            raise self._conflict(stream, number)
        entries = []
        for number, happening in enumerate(happenings, so_far + 1):
            event = happening.event
            link = make_link(
                seq=self._head.seq + 1, stream=stream, number=number, kind=event.kind, on=happening.on,
                recorded_at=recorded_at, actor=actor, acting_as=acting_as,
                body=dumps(event_to_plain(event)), prev=self._head.hash, salt=new_salt(),
            )  # fmt: skip
            self._chain(link)
            entries.append(Entry(link.seq, stream, number, happening.on, recorded, actor, event, acting_as))
            if stream == REGISTRY:
                registry.apply(self._raw, event)
        return entries

    def _chain(self, link: Link) -> None:
        self._links.append(link_values(link))
        self._head = Head(link.seq, link.hash)
        self._numbers[link.stream] = link.number

    def _number_of(self, stream: str) -> int:
        if stream not in self._numbers:
            row = self._raw.one("SELECT max(number) FROM journal WHERE stream = ?", (stream,))
            self._numbers[stream] = row[0] if row and row[0] else 0
        return self._numbers[stream]

    def _conflict(self, stream: str, number: int) -> Conflict:
        case = self._kept.snapshot(stream)
        where = case.ref if case else None
        found = self._wire.all(
            "SELECT j.kind, coalesce(p.name, j.actor) FROM journal j LEFT JOIN person p ON p.id = j.actor "
            "WHERE j.stream = ? AND j.number > ? ORDER BY j.number",
            (stream, number),
        )
        if not found:
            says = f"The case has no entry {number} to go on from."
            return Conflict(says, where=where, remedy="Read it again.")
        changes = [f"{kind.replace('-', ' ')} by {name}" for kind, name in found]
        if len(changes) > NAMED:
            changes = [f"{len(changes) - NAMED} earlier", *changes[-NAMED:]]
        return Conflict(
            f"This was changed in the meantime: {', '.join(changes)}.",
            where=where,
            remedy="Look at it again, then repeat what you were doing; nothing of it was saved.",
        )

    def append_links(self, links: Iterable[Link], *, apart: bool = False) -> None:
        if self._head.seq and not apart:
            raise StoreProblem(
                "This store already holds entries.",
                where=self._dialect.place,
                remedy="Take a whole chain into a new, empty store.",
            )
        for link in links:
            self._chain(link)
            if link.stream == REGISTRY and link.body is not None:
                registry.apply(self._raw, entry(link).event)
            if len(self._links) >= AT_ONCE:
                self._flush()

    def dispose(self, seqs: Sequence[int]) -> None:
        self._wire.many("UPDATE journal_body SET salt = NULL, body = NULL WHERE seq = ?", [(seq,) for seq in seqs])

    # ---- what can be folded again ----------------------------------------------------------------------
    def save(self, case: Case, rows: Sequence[Projected], *, kind: str, stage_title: str) -> None:
        file = case_values(case, rows, kind, stage_title)
        expectations = [expectation_values(case, place, row, file[-1], kind) for place, row in enumerate(rows)]
        self._saves[case.id] = _Saved(pack(case), file, expectations, _ties(case))
        self._ids[case.ref] = case.id
        if case.import_key:
            self._keys[case.import_key] = case.id

    def put_record(self, case_id: str, row: RecordRow) -> None:
        self._records[case_id, row.number] = row

    def keep_definition(self, digest: str, name: str, version: str, text: str) -> None:
        registry.keep_definition(self._raw, digest, name, version, text)

    def forget_projections(self) -> None:
        for table in FOLDED:
            self._wire.run(f"DELETE FROM {table}")
        self._tied = {}
        registry.forget(self._raw)
        for link in self.links(stream=REGISTRY):
            if link.body is not None:
                registry.apply(self._raw, entry(link).event)

    # ---- keeping ---------------------------------------------------------------------------------------
    def _flush(self) -> None:
        """Everything pending into the tables, table by table."""
        if self._links or self._saves or self._records:
            with self._raw.together() as wire:
                self._keep(wire)

    def _finish(self) -> None:
        """The last act before the commit: everything kept, and the head moved once."""
        with self._raw.together() as wire:
            self._keep(wire)
            if self._head != self._kept_head:
                wire.run("UPDATE journal_head SET seq = ?, hash = ? WHERE id = 1", (self._head.seq, self._head.hash))

    def _keep(self, wire: Wire) -> None:
        links, self._links = self._links, []
        wire.many(INSERT["journal"], [chained for chained, _ in links])
        wire.many(INSERT["journal_body"], [body for _, body in links])
        saves, self._saves, self._ids, self._keys = self._saves, {}, {}, {}
        self._keep_cases(wire, saves)
        records, self._records = self._records, {}
        wire.many(UPSERT["record"], [record_values(key[0], row) for key, row in records.items()])

    def _keep_cases(self, wire: Wire, saves: dict[str, _Saved]) -> None:
        wire.many(UPSERT["case_file"], [saved.file for saved in saves.values()])
        wire.many(UPSERT["case_snapshot"], [(case_id, saved.snapshot) for case_id, saved in saves.items()])
        wire.many("DELETE FROM expectation WHERE case_id = ?", [(case_id,) for case_id in saves])
        wire.many(INSERT["expectation"], [row for saved in saves.values() for row in saved.expectations])
        changed = {key: saved.ties for key, saved in saves.items() if self._tied.get(key) != saved.ties}
        for table in ("access", "case_child"):
            wire.many(f"DELETE FROM {table} WHERE case_id = ?", [(case_id,) for case_id in changed])
        wire.many(INSERT["access"], [row for ties in changed.values() for row in ties.access])
        wire.many(INSERT["case_child"], [row for ties in changed.values() for row in ties.children])
        self._tied.update(changed)
