"""One store made once and copied for each bad input."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bad_inputs.bed import Bed, copied, found
from tests.journeys.program import Program


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Program, Path, str]]:
    store = tmp_path_factory.mktemp("founded") / "board.db"
    with Program(store) as program:
        yield program, store, found(program, store)


@pytest.fixture
def bed(_founded: tuple[Program, Path, str], tmp_path: Path) -> Bed:
    program, store, ref = _founded
    folder = tmp_path / "bed"
    folder.mkdir(mode=0o700)
    return Bed(program, copied(store, folder), ref)
