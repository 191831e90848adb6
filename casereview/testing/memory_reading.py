"""One consistent view of a store in memory: every question answered by walking over everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from casereview.case import Case
from casereview.chain import GENESIS, Link
from casereview.errors import StoreProblem
from casereview.events import Entry
from casereview.kept import readable
from casereview.people import Child, Closure, Person, Team
from casereview.people import Kept as KeptItem
from casereview.registry import Registry
from casereview.testing import lists
from casereview.testing.lists import Kept, case_row, copied
from casereview.testing.state import State, entry_of, registry_copied
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

PLACE = "memory"


class MemoryReading:
    """One consistent view: the state as it was committed when this was opened."""

    def __init__(self, state: State) -> None:
        self._view: State | None = state

    @property
    def _state(self) -> State:
        if self._view is None:
            raise StoreProblem("This transaction is over.", where=PLACE)
        return self._view

    def _end(self) -> None:
        self._view = None

    def info(self) -> StoreInfo:
        known = self._state.registry
        return StoreInfo(known.store, known.practice, known.nation, place=PLACE, backend=PLACE)

    # ---- the registry ------------------------------------------------------------------------------
    def people(self) -> list[Person]:
        return sorted(self._state.registry.people.values(), key=lambda person: person.id)

    def person(self, person_id: str) -> Person | None:
        return self._state.registry.people.get(person_id)

    def teams(self) -> list[Team]:
        return sorted(self._state.registry.teams.values(), key=lambda team: team.id)

    def closures(self) -> list[Closure]:
        return sorted(self._state.registry.closures.values(), key=lambda closed: (closed.day, closed.team))

    def children(self, ids: Sequence[str]) -> list[Child]:
        return [child for child in self._children() if child.id in set(ids)]

    def family(self, family: str) -> list[Child]:
        # Children of no known family are not each other's siblings.
        return [child for child in self._children() if family and child.family == family]

    def known_children(self, viewer: str | None, ids: Sequence[str] | None = None) -> list[Child]:
        inside = {child for kept in self._state.cases.values() for child in kept.case.children}
        known = {child for kept in self._known(viewer) for child in kept.case.children}
        open_to = [child for child in self._children() if child.id in known or child.id not in inside]
        return [child for child in open_to if ids is None or child.id in set(ids)]

    def _children(self) -> list[Child]:
        return sorted(self._state.registry.children.values(), key=lambda child: child.id)

    def registry(self) -> Registry:
        return registry_copied(self._state.registry)

    def kept(self, what: str, owner: str | None = None) -> list[KeptItem]:
        found = [one for _, one in sorted(self._state.registry.kept.items()) if one.what == what]
        return [copied(one) for one in found if (owner is None or one.owner == owner) and readable(one)]

    def kept_one(self, what: str, key: str) -> KeptItem | None:
        found = self._state.registry.kept.get((what, key))
        return copied(found) if found and readable(found) else None

    def definition_text(self, digest: str) -> str | None:
        kept = self._state.definitions.get(digest)
        return kept[2] if kept else None

    def definitions(self) -> list[tuple[str, str, str, str]]:
        return [(digest, *kept) for digest, kept in sorted(self._state.definitions.items())]

    # ---- cases -------------------------------------------------------------------------------------
    def case(self, viewer: str | None, ref: str) -> Case | None:
        for kept in self._known(viewer):
            if ref in (kept.case.id, kept.case.ref):
                return copied(kept.case)
        return None

    def find(self, viewer: str | None, ref: str) -> CaseKey | None:
        found = self.case(viewer, ref)
        return CaseKey(found.id, found.ref, found.hash) if found else None

    def case_by_key(self, import_key: str) -> Case | None:
        for kept in self._state.cases.values():
            if import_key and kept.case.import_key == import_key:
                return copied(kept.case)
        return None

    def cases_of(self, viewer: str | None, children: Sequence[str], today: date) -> list[CaseRow]:
        about = [kept for kept in self._known(viewer) if set(children) & set(kept.case.children)]
        rows = [case_row(kept, self._state.registry, today) for kept in about]
        return sorted(rows, key=lambda row: (row.opened, row.case))

    def open_cases(
        self, viewer: str | None, *, teams: Sequence[str], worker: str = "", kinds: Sequence[str] = (),
        appointed: str = "",
    ) -> list[Case]:  # fmt: skip
        return lists.open_cases(self._known(viewer), teams, worker, kinds, appointed)

    def every_case(self, viewer: str | None, scope: Scope) -> Iterator[Case]:
        found = [kept.case for kept in self._known(viewer) if scope.has(kept.case, kept.kind)]
        yield from (copied(case) for case in sorted(found, key=lambda case: case.ref))

    def every_record(self, viewer: str | None, kinds: Sequence[str], scope: Scope) -> Iterator[tuple[str, RecordRow]]:
        for case in self.every_case(viewer, scope):
            for _, row in sorted(self._state.records.get(case.id, {}).items()):
                if row.kind in kinds and not row.withdrawn:
                    yield case.id, copied(row)

    def cases(self, viewer: str | None, query: CaseQuery, today: date) -> Page[CaseRow]:
        return lists.cases(self._known(viewer), self._state.registry, query, today)

    def register(self, viewer: str | None, query: RegisterQuery, today: date) -> RegisterPage:
        return lists.register(self._known(viewer), self._state.registry, query, today)

    def _known(self, viewer: str | None) -> list[Kept]:
        """Law 7, in one place: every query for a person starts from here."""
        return [kept for kept in self._state.cases.values() if viewer is None or kept.case.known_to(viewer)]

    # ---- what was written down ---------------------------------------------------------------------
    def history(
        self, case_id: str, *, before: int | None = None, limit: int | None = None, after: int = 0
    ) -> list[Entry]:
        links = [
            link
            for link in self._state.streams.get(case_id, ())
            if link.number > after and (before is None or link.number < before) and link.body is not None
        ]
        return [entry_of(link) for link in (links if limit is None else links[::-1][:limit])]

    def entries_of_kind(self, viewer: str | None, kinds: Sequence[str], *, limit: int = 200) -> list[Entry]:
        streams = [self._state.streams.get(kept.case.id, ()) for kept in self._known(viewer)]
        links = [link for links in streams for link in links if link.kind in kinds and link.body is not None]
        return [entry_of(link) for link in sorted(links, key=lambda link: -link.seq)[:limit]]

    def records(self, case_id: str, *, kind: str = "", offset: int = 0, limit: int = 50) -> Page[RecordRow]:
        kept = self._state.records.get(case_id, {})
        rows = [copied(row) for _, row in sorted(kept.items(), reverse=True) if not kind or row.kind == kind]
        return Page(tuple(rows[offset : offset + limit]), len(rows), offset)

    def record(self, case_id: str, number: int) -> RecordRow | None:
        row = self._state.records.get(case_id, {}).get(number)
        return copied(row) if row else None

    # ---- the whole store ---------------------------------------------------------------------------
    def head(self) -> Head:
        last = self._state.links[-1:]
        return Head(last[0].seq, last[0].hash) if last else Head(0, GENESIS)

    def links(self, *, after: int = 0, stream: str | None = None) -> Iterator[Link]:
        links = self._state.links if stream is None else self._state.streams.get(stream, ())
        yield from (link for link in links if link.seq > after)

    def case_ids(self, viewer: str | None = None) -> Iterator[str]:
        return iter(sorted(kept.case.id for kept in self._known(viewer)))

    def snapshot(self, case_id: str) -> Case | None:
        kept = self._state.cases.get(case_id)
        return copied(kept.case) if kept else None

    def projected(self, case_id: str) -> list[Projected]:
        kept = self._state.cases.get(case_id)
        return [copied(row) for row in kept.rows] if kept else []
