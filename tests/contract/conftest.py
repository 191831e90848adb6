"""The stores under test: one in memory, one in an SQLite file, one on a real PostgreSQL server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from casereview.ports import Store
from casereview.testing import FixedClock, MemoryStore
from storage import open_store
from tests.contract.builders import DAY, seed
from tests.support import postgres_url


class Backend:
    """One kind of store; opens as many of them as a test asks for and closes them afterwards."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder
        self._opened: list[Store] = []

    def fresh(self) -> Store:
        """A new store without an entry, a case or a person in it."""
        return self.new(empty=True)

    def new(self, *, practice: bool = True, nation: str = "england-wales", empty: bool = False) -> Store:
        """A new store, begun by its first fact unless `empty`."""
        clock = FixedClock(DAY)
        store: Store
        if self.name == "memory":
            store = MemoryStore(practice=practice, nation=nation, empty=empty, clock=clock)
        else:
            place = postgres_url() if self.name == "postgresql" else self.place()
            store = open_store(place, create=True, practice=practice, nation=nation, empty=empty, clock=clock)
        self._keep(store)
        return store

    def _keep(self, store: Store) -> None:
        """Idle connections of earlier stores are given back: a server has only so many. They open again on use."""
        for earlier in self._opened[-2:]:
            earlier.close()
        self._opened.append(store)

    def place(self) -> str:
        """A path where nothing is yet."""
        return str(self._folder / f"store-{len(list(self._folder.iterdir()))}-{len(self._opened)}.db")

    def reopen(self, place: str) -> Store:
        """A store that exists already, opened once more."""
        store: Store = open_store(place, create=False, clock=FixedClock(DAY))
        self._keep(store)
        return store

    def examples(self, memory: int = 60, disk: int = 12) -> settings:
        """How many examples of a property this store is asked for: a disk is slow."""
        wanted = memory if self.name == "memory" else disk
        return settings(max_examples=min(wanted, settings().max_examples))

    def close(self) -> None:
        for store in self._opened:
            store.close()


@pytest.fixture(scope="session", params=["memory", "sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    backend = Backend(request.param, tmp_path_factory.mktemp("stores"))
    yield backend
    backend.close()


@pytest.fixture
def store(backend: Backend) -> Store:
    """A new store that knows the people and teams of `builders`."""
    store = backend.fresh()
    seed(store)
    return store
