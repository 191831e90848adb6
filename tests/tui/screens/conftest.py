"""A fictional store on disk for each test of the screens: built once, copied for each."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casereview.ports import Store
from casereview.service.desk import Desk
from casereview.testing.clock import FixedClock
from storage import open_store
from tests.tui.screens.fiction import CATALOGUE, TODAY, Fiction, full

DeskOf = Callable[[str], Desk]


class World:
    """A store of one's own with the fiction in it. `refs`: the references of its cases by name."""

    def __init__(self, path: Path, refs: dict[str, str]) -> None:
        self.clock = FixedClock(TODAY)
        self.store: Store = open_store(str(path), clock=self.clock)
        self.refs = refs
        self._chance = random.Random(11)

    def desk(self, person: str) -> Desk:
        return Desk(self.store, self.clock, CATALOGUE, person, chance=self._chance)


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("fiction") / "fiction.db"
    fiction = full(path)
    fiction.store.close()
    return path, fiction.refs


@pytest.fixture
def world(_built: tuple[Path, dict[str, str]], tmp_path: Path) -> Iterator[World]:
    path = tmp_path / "world.db"
    shutil.copyfile(_built[0], path)
    path.chmod(0o600)
    made = World(path, dict(_built[1]))
    yield made
    made.store.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Fiction]:
    """People and children, and not one case."""
    fiction = Fiction(tmp_path / "empty.db")
    fiction.clock.set(TODAY)
    yield fiction
    fiction.store.close()
