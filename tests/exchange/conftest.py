"""The stores on which files are landed: in memory, in an SQLite file and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from casereview.ports import Store
from tests.contract.conftest import Backend, backend
from tests.exchange.support import with_people

__all__ = ["backend"]


@pytest.fixture
def store(backend: Backend) -> Store:
    return with_people(backend.new(practice=False))


@pytest.fixture
def sqlite_path(tmp_path: Path) -> Path:
    return tmp_path / "cases.db"
