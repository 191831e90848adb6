"""Stores for these tests: an SQLite file and a PostgreSQL database, each new."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casereview.testing import FixedClock
from storage import open_store
from storage.store import SqlStore
from tests.storage.made import DAY
from tests.support import postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store can be made, on either kind of database."""
    return postgres_url() if request.param == "postgresql" else str(tmp_path / "store.db")


@pytest.fixture
def store(place: str) -> Iterator[SqlStore]:
    made = open_store(place, create=True, practice=True, clock=FixedClock(DAY))
    assert isinstance(made, SqlStore)
    yield made
    made.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An SQLite store, made and closed."""
    made = tmp_path / "store.db"
    open_store(str(made), create=True, practice=True, clock=FixedClock(DAY)).close()
    return made
