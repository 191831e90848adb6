"""A board's practice store for each journey, copied from one that is made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.program import Program, Terminal, found_board


@pytest.fixture(scope="session")
def _board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("board") / "board.db"
    with Program(store) as program:
        found_board(program.run)
    return store


@pytest.fixture
def program(_board: Path, tmp_path: Path) -> Iterator[Program]:
    store = tmp_path / "board.db"
    shutil.copy(_board, store)
    with Program(store) as program:
        yield program


@pytest.fixture
def at_terminal(program: Program) -> Iterator[Callable[..., Terminal]]:
    """Starts a command line at a terminal, on the same store."""
    started: list[Terminal] = []

    def start(*line: str) -> Terminal:
        started.append(Terminal(program.store, *line))
        return started[-1]

    yield start
    for terminal in started:
        terminal.close()
