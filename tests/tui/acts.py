"""A practice store and the program's main in this process, for the tests of the acting commands."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.journeys.program import BEGUN, Ran, found_board
from tui.start import main


@cache
def _board() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    folder = tempfile.TemporaryDirectory(prefix="casereview-board-")
    store = Path(folder.name) / "board.db"
    found_board(lambda *line: run(store, *line))
    return folder, store


def run(store: Path, *line: str, stdin: bytes = b"") -> Ran:
    """One command line; nobody is at a terminal."""
    out, err, typed = io.StringIO(), io.StringIO(), io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _standard_input(typed):
        status = main(["--store", str(store), *line])
    return Ran(status, out.getvalue(), err.getvalue())


@contextlib.contextmanager
def _standard_input(typed: io.TextIOWrapper):  # type: ignore[no-untyped-def]
    import sys

    before, sys.stdin = sys.stdin, typed
    try:
        yield
    finally:
        sys.stdin = before


class Work:
    """A store of its own with one assessment (worker Amina, manager Ben, team North), opened on `BEGUN`."""

    def __init__(self, folder: Path, workflow: str = "single-assessment") -> None:
        self.store, self.day = folder / "work.db", BEGUN
        shutil.copy(_board()[1], self.store)
        opener = "amina" if workflow.startswith("single") else "ruth"
        done = self.run(opener, "open", workflow, "--title", "One", "--team", "north", "--worker", "amina")
        assert done.status == 0, done
        self.ref = done.out.strip()

    def run(self, person: str, *line: str, stdin: bytes = b"") -> Ran:
        """A command line; CASE stands for the reference."""
        words = [word.replace("CASE", self.ref) if hasattr(self, "ref") else word for word in line]
        done = run(self.store, *words, "--as", person, "--today", self.day, stdin=stdin)
        assert "Traceback" not in done.err and "something unexpected" not in done.err, (line, done)
        return done

    def done(self, person: str, *line: str, stdin: bytes = b"") -> Ran:
        found = self.run(person, *line, stdin=stdin)
        assert found.status == 0, (line, found)
        return found

    def number(self) -> int:
        """How many entries the case has."""
        return int(self.done("ben", "show", "CASE", "--json").json["number"])

    def refused(self, person: str, *line: str, status: int = 1, stdin: bytes = b"") -> str:
        """Refused with this status, on one line and what it lists, and nothing is changed."""
        before = self.number()
        found = self.run(person, *line, stdin=stdin)
        assert found.status == status, (line, found)
        assert found.err.startswith(("error: ", "{")), found.err
        assert self.number() == before
        return found.err
