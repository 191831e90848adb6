"""A store in memory: plain dictionaries, simple enough to be the measure of the stores on disk."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from casereview.case import Case
from casereview.chain import Link, instant, make_link, new_salt
from casereview.codec import dumps
from casereview.errors import Conflict, StoreProblem
from casereview.events import REGISTRY, Entry, Happening, StoreBegun, event_to_plain
from casereview.ports import Clock
from casereview.registry import Registry
from casereview.testing.lists import Kept, copied
from casereview.testing.memory_reading import PLACE, MemoryReading
from casereview.testing.state import State, entry_of
from casereview.views import (
    Projected,
    RecordRow,
    StoreInfo,
)


class _Writing(MemoryReading):
    def append(
        self, stream: str, number: int, happenings: Sequence[Happening], *,
        actor: str, at: datetime, acting_as: str = "",
    ) -> list[Entry]:  # fmt: skip
        recorded_at = instant(at)
        so_far = len(self._state.streams.get(stream, ()))
        if stream == REGISTRY:
            number = so_far
        if number != so_far:
            raise self._conflict(stream, number)
        new = []
        for happening in happenings:
            head, event, number = self.head(), happening.event, number + 1
            link = make_link(
                seq=head.seq + 1, stream=stream, number=number, kind=event.kind, on=happening.on,
                recorded_at=recorded_at, actor=actor, acting_as=acting_as,
                body=dumps(event_to_plain(event)), prev=head.hash, salt=new_salt(),
            )  # fmt: skip
            self._state.chain(link)
            new.append(entry_of(link))
        return new

    def _conflict(self, stream: str, number: int) -> Conflict:
        kept = self._state.cases.get(stream)
        where = kept.case.ref if kept else None
        newer = self._state.streams.get(stream, ())[number:]
        if not newer:
            return Conflict(f"The case has no entry {number} to go on from.", where=where, remedy="Read it again.")
        changes = ", ".join(f"{link.kind.replace('-', ' ')} by {self._name(link.actor)}" for link in newer)
        return Conflict(
            f"This was changed in the meantime: {changes}.",
            where=where,
            remedy="Look at it again, then repeat what you were doing; nothing of it was saved.",
        )

    def _name(self, person_id: str) -> str:
        person = self.person(person_id)
        return person.name if person else person_id

    def save(self, case: Case, rows: Sequence[Projected], *, kind: str, stage_title: str) -> None:
        for other in (kept.case for kept in self._state.cases.values() if kept.case.id != case.id):
            if other.ref == case.ref or (case.import_key and other.import_key == case.import_key):
                raise StoreProblem("Another case has this reference or import key.", where=case.ref)
        self._state.cases[case.id] = Kept(copied(case), tuple(map(copied, rows)), kind, stage_title)

    def put_record(self, case_id: str, row: RecordRow) -> None:
        self._state.records[case_id] = {**self._state.records.get(case_id, {}), row.number: copied(row)}

    def dispose(self, seqs: Sequence[int]) -> None:
        state, gone = self._state, set(seqs)
        state.links = [replace(link, salt=None, body=None) if link.seq in gone else link for link in state.links]
        state.streams = {
            stream: tuple(replace(link, salt=None, body=None) if link.seq in gone else link for link in links)
            for stream, links in state.streams.items()
        }

    def keep_definition(self, digest: str, name: str, version: str, text: str) -> None:
        self._state.definitions[digest] = (name, version, text)

    def append_links(self, links: Iterable[Link], *, apart: bool = False) -> None:
        if self._state.links and not apart:
            raise StoreProblem(
                "This store already holds entries.",
                where=PLACE,
                remedy="Take a whole chain into a new, empty store.",
            )
        for link in links:
            self._state.chain(link)

    def forget_projections(self) -> None:
        self._state.cases, self._state.records = {}, {}
        # What cannot be folded again stays: the texts of definitions are not in the journal.
        self._state.fold_registry()


class MemoryStore:
    """A whole store in this process, gone when it is. Safe to share between threads; writers wait in turn.

    Begun by the registry's first fact; `empty` leaves even that out, for a chain to be taken in word for
    word. A transaction inside another of the same thread raises StoreProblem, as no store could keep both
    apart.
    """

    def __init__(
        self, *, clock: Clock, practice: bool = True, nation: str = "england-wales", empty: bool = False
    ) -> None:
        self._state = State(registry=Registry(practice=practice, nation=nation))
        self._writers = threading.Lock()
        self._busy = threading.local()
        if not empty:
            begun = Happening(StoreBegun(str(uuid.uuid4()), practice, nation), clock.today())
            with self.write() as writing:
                writing.append(REGISTRY, 0, [begun], actor="system", at=clock.now())

    @contextmanager
    def read(self) -> Iterator[MemoryReading]:
        with self._alone():
            reading = MemoryReading(self._state)
            yield reading
            reading._end()

    @contextmanager
    def write(self) -> Iterator[_Writing]:
        with self._alone(), self._writers:
            work = self._state.copy()
            writing = _Writing(work)
            yield writing
            writing._end()
            self._state = work

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if getattr(self._busy, "open", False):
            raise StoreProblem("A transaction is open already.", where=PLACE)
        self._busy.open = True
        try:
            yield
        finally:
            self._busy.open = False

    def replica(self, info: StoreInfo) -> MemoryStore:
        store = MemoryStore.__new__(MemoryStore)
        store._state = State(registry=Registry(practice=info.practice, nation=info.nation))
        store._writers, store._busy = threading.Lock(), threading.local()
        return store

    def backup(self, target: str) -> None:
        raise StoreProblem(
            "A store in memory has no copy to keep.", where=target, remedy="Export what it holds instead."
        )

    def close(self) -> None:
        """Nothing is held open."""
