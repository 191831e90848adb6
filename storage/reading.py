"""One consistent view of a store: the registry, single cases with their history and records, the chain."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from casereview.case import Case
from casereview.chain import GENESIS, Link
from casereview.errors import StoreProblem
from casereview.events import Entry
from casereview.kept import readable
from casereview.people import Child, Closure, Kept, Office, Person, Team
from casereview.registry import Registry
from casereview.views import (
    CaseKey,
    CaseQuery,
    CaseRow,
    Head,
    Page,
    Projected,
    RecordRow,
    RegisterPage,
    RegisterQuery,
    Scope,
    StoreInfo,
)
from storage import lists, register, rows, whole_cases
from storage.dialects import Dialect, Row, Wire
from storage.visible import visible
from storage.where import AT_ONCE, marks, portions

MOST = 2**31 - 1
"""The highest entry number a store can hold; databases refuse to compare with more, each in its own way."""
LINKS = f"SELECT {rows.LINK} FROM journal j LEFT JOIN journal_body b ON b.seq = j.seq"


class SqlReading:
    """The port `Reading` over one transaction."""

    def __init__(self, wire: Wire, dialect: Dialect) -> None:
        self._connected: Wire | None = wire
        self._dialect = dialect

    @property
    def _wire(self) -> Wire:
        if self._connected is None:
            raise StoreProblem("This transaction is over.", where=self._dialect.place)
        return self._connected

    def _end(self) -> None:
        self._connected = None

    def info(self) -> StoreInfo:
        row = self._wire.one("SELECT store, practice, nation FROM store_info WHERE id = 1")
        store, practice, nation = row or ("", False, "england-wales")
        return StoreInfo(store, bool(practice), nation, self._dialect.place, self._dialect.name)

    # ---- the registry ------------------------------------------------------------------------------
    def people(self) -> list[Person]:
        return self._people("", ())

    def person(self, person_id: str) -> Person | None:
        return next(iter(self._people(" WHERE p.id = ?", (person_id,))), None)

    def _people(self, where: str, values: Sequence[str]) -> list[Person]:
        found = self._wire.all(
            "SELECT p.id, p.name, p.login, p.gone, o.office, o.team, o.since, o.until "
            f"FROM person p LEFT JOIN office o ON o.person_id = p.id{where} ORDER BY p.id, o.office, o.team",
            values,
        )
        people: dict[str, Person] = {}
        for key, name, login, gone, office, team, since, until in found:
            held = people[key].offices if key in people else ()
            if office is not None:
                held = (*held, Office(office, team, rows.day(since), rows.day(until)))
            people[key] = Person(key, name, login, bool(gone), held)
        return list(people.values())

    def teams(self) -> list[Team]:
        return [Team(*row) for row in self._wire.all("SELECT id, name FROM team ORDER BY id")]

    def closures(self) -> list[Closure]:
        found = self._wire.all("SELECT day, name, team FROM closure ORDER BY day, team")
        return [Closure(date.fromisoformat(day), name, team) for day, name, team in found]

    def children(self, ids: Sequence[str]) -> list[Child]:
        found: list[Row] = []
        for some in portions(sorted(set(ids))):
            found += self._wire.all(
                f"SELECT id, family, details FROM child WHERE id IN ({marks(some)}) ORDER BY id", some
            )
        return [rows.child(row) for row in found]

    def family(self, family: str) -> list[Child]:
        if not family:  # children of no known family are not each other's siblings
            return []
        sql = "SELECT id, family, details FROM child WHERE family = ? ORDER BY id"
        return [rows.child(row) for row in self._wire.all(sql, (family,))]

    def known_children(self, viewer: str | None, ids: Sequence[str] | None = None) -> list[Child]:
        condition, values = visible(viewer, "f")
        sql = (
            "SELECT c.id, c.family, c.details FROM child c "
            "WHERE (NOT EXISTS (SELECT 1 FROM case_child k WHERE k.child_id = c.id) OR EXISTS "
            "(SELECT 1 FROM case_child k JOIN case_file f ON f.id = k.case_id "
            f"WHERE k.child_id = c.id AND {condition}))"
        )
        found: list[Row] = []
        if ids is None:
            found = self._wire.all(f"{sql} ORDER BY c.id", values)
        for some in portions(sorted(set(ids or ()))):
            found += self._wire.all(f"{sql} AND c.id IN ({marks(some)}) ORDER BY c.id", [*values, *some])
        return [rows.child(row) for row in found]

    def registry(self) -> Registry:
        info = self.info()
        told = self._wire.all("SELECT hash, name, version FROM definition WHERE journalled ORDER BY hash")
        children = self._wire.all("SELECT id, family, details FROM child ORDER BY id")
        return Registry(
            info.store, info.practice, info.nation,
            {person.id: person for person in self.people()},
            {team.id: team for team in self.teams()},
            {(closed.team, closed.day.isoformat()): closed for closed in self.closures()},
            {child.id: child for child in map(rows.child, children)},
            {digest: (name, version) for digest, name, version in told},
            {(one.what, one.key): one for one in self._kept_where("", ())},
        )  # fmt: skip

    def kept(self, what: str, owner: str | None = None) -> list[Kept]:
        if owner is None:
            found = self._kept_where(" WHERE what = ?", (what,))
        else:
            found = self._kept_where(" WHERE what = ? AND owner = ?", (what, owner))
        return [one for one in found if readable(one)]

    def kept_one(self, what: str, key: str) -> Kept | None:
        found = self._kept_where(" WHERE what = ? AND item = ?", (what, key))
        return next((one for one in found if readable(one)), None)

    def _kept_where(self, where: str, values: Sequence[str]) -> list[Kept]:
        found = self._wire.all(f"SELECT what, item, owner, body FROM kept{where} ORDER BY what, item", values)
        return [Kept(what, key, owner, json.loads(body)) for what, key, owner, body in found]

    def definition_text(self, digest: str) -> str | None:
        row = self._wire.one("SELECT text FROM definition WHERE hash = ?", (digest,))
        return row[0] if row else None

    def definitions(self) -> list[tuple[str, str, str, str]]:
        sql = "SELECT hash, name, version, text FROM definition WHERE text IS NOT NULL ORDER BY hash"
        return [(digest, name, version, text) for digest, name, version, text in self._wire.all(sql)]

    # ---- cases -------------------------------------------------------------------------------------
    def case(self, viewer: str | None, ref: str) -> Case | None:
        row = self._case(viewer, ref, "s.snapshot")
        return rows.case(row[0]) if row else None

    def find(self, viewer: str | None, ref: str) -> CaseKey | None:
        row = self._case(viewer, ref, "c.id, c.ref, c.hash")
        return CaseKey(*row) if row else None

    def _case(self, viewer: str | None, ref: str, columns: str) -> Row | None:
        seen, values = visible(viewer, "c")
        for column in ("ref", "id"):
            row = self._wire.one(
                f"SELECT {columns} FROM case_file c JOIN case_snapshot s ON s.case_id = c.id "
                f"WHERE c.{column} = ? AND {seen}",
                (ref, *values),
            )
            if row:
                return row
        return None

    def case_by_key(self, import_key: str) -> Case | None:
        row = self._wire.one(
            "SELECT s.snapshot FROM case_file c JOIN case_snapshot s ON s.case_id = c.id WHERE c.import_key = ?",
            (import_key,),
        )
        return rows.case(row[0]) if row else None

    def cases_of(self, viewer: str | None, children: Sequence[str], today: date) -> list[CaseRow]:
        return lists.cases_of(self._wire, viewer, children, today)

    def open_cases(
        self, viewer: str | None, *, teams: Sequence[str], worker: str = "", kinds: Sequence[str] = (),
        appointed: str = "",
    ) -> list[Case]:  # fmt: skip
        return lists.open_cases(self._wire, viewer, teams, worker, kinds, appointed)

    def every_case(self, viewer: str | None, scope: Scope) -> Iterator[Case]:
        return whole_cases.every_case(lambda: self._wire, viewer, scope)

    def every_record(self, viewer: str | None, kinds: Sequence[str], scope: Scope) -> Iterator[tuple[str, RecordRow]]:
        return whole_cases.every_record(lambda: self._wire, viewer, kinds, scope)

    def cases(self, viewer: str | None, query: CaseQuery, today: date) -> Page[CaseRow]:
        return lists.cases(self._wire, self._dialect, viewer, query, today)

    def register(self, viewer: str | None, query: RegisterQuery, today: date) -> RegisterPage:
        return register.register(self._wire, self._dialect, viewer, query, today)

    # ---- what was written down ---------------------------------------------------------------------
    def history(
        self, case_id: str, *, before: int | None = None, limit: int | None = None, after: int = 0
    ) -> list[Entry]:
        sql = f"{LINKS} WHERE j.stream = ? AND j.number > ? AND b.body IS NOT NULL"
        values: list[object] = [case_id, after]
        if before is not None:
            sql, values = f"{sql} AND j.number < ?", [*values, min(before, MOST)]
        sql = f"{sql} ORDER BY j.number"
        if limit is not None:
            sql, values = f"{sql} DESC LIMIT ?", [*values, limit]
        return [rows.entry(rows.link(row)) for row in self._wire.all(sql, values)]

    def entries_of_kind(self, viewer: str | None, kinds: Sequence[str], *, limit: int = 200) -> list[Entry]:
        condition, values = visible(viewer, "f")
        sql = (
            f"{LINKS} JOIN case_file f ON f.id = j.stream WHERE j.kind IN ({marks(kinds)}) "
            f"AND b.body IS NOT NULL AND {condition} ORDER BY j.seq DESC LIMIT ?"
        )
        return [rows.entry(rows.link(row)) for row in self._wire.all(sql, [*kinds, *values, limit])]

    def records(self, case_id: str, *, kind: str = "", offset: int = 0, limit: int = 50) -> Page[RecordRow]:
        where, values = "case_id = ?", [case_id]
        if kind:
            where, values = f"{where} AND kind = ?", [*values, kind]
        counted = self._wire.one(f"SELECT count(*) FROM record WHERE {where}", values)
        found = self._wire.all(
            f"SELECT {rows.RECORD} FROM record WHERE {where} ORDER BY number DESC LIMIT ? OFFSET ?",
            (*values, limit, offset),
        )
        return Page(tuple(map(rows.record, found)), counted[0] if counted else 0, offset)

    def record(self, case_id: str, number: int) -> RecordRow | None:
        if not -MOST <= number <= MOST:  # records that came with an import are numbered down from 1
            return None
        sql = f"SELECT {rows.RECORD} FROM record WHERE case_id = ? AND number = ?"
        row = self._wire.one(sql, (case_id, number))
        return rows.record(row) if row else None

    # ---- the whole store ---------------------------------------------------------------------------
    def head(self) -> Head:
        row = self._wire.one("SELECT seq, hash FROM journal_head WHERE id = 1")
        return Head(*row) if row else Head(0, GENESIS)

    def links(self, *, after: int = 0, stream: str | None = None) -> Iterator[Link]:
        here, values = ("", []) if stream is None else (" AND j.stream = ?", [stream])
        while True:
            sql = f"{LINKS} WHERE j.seq > ?{here} ORDER BY j.seq LIMIT {AT_ONCE}"
            found = self._wire.all(sql, (after, *values))
            yield from map(rows.link, found)
            if len(found) < AT_ONCE:
                return
            after = found[-1][0]

    def case_ids(self, viewer: str | None = None) -> Iterator[str]:
        condition, values = visible(viewer, "c")
        sql = f"SELECT c.id FROM case_file c WHERE {condition} AND c.id > ? ORDER BY c.id LIMIT {AT_ONCE}"
        after = ""
        while found := self._wire.all(sql, (*values, after)):
            yield from (row[0] for row in found)
            after = found[-1][0]

    def snapshot(self, case_id: str) -> Case | None:
        row = self._wire.one("SELECT snapshot FROM case_snapshot WHERE case_id = ?", (case_id,))
        return rows.case(row[0]) if row else None

    def projected(self, case_id: str) -> list[Projected]:
        sql = f"SELECT {rows.PROJECTED} FROM expectation x WHERE x.case_id = ? ORDER BY x.place"
        return [rows.projected(row) for row in self._wire.all(sql, (case_id,))]
