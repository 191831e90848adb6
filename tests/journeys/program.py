"""The real program in another process: once, many times over, or at a terminal of its own."""

from __future__ import annotations

import json
import os
import re
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE = 30.0  # seconds until a terminal that says nothing is given up
_PROGRAM = [sys.executable, "-m", "casereview"]
# Starting Python takes longer than most commands: one process runs the program's main again and again.
_AGAIN = """
import contextlib, io, json, sys
from tui.start import main
for line in sys.stdin:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(json.loads(line))
    sys.__stdout__.write(json.dumps([status, out.getvalue(), err.getvalue()]) + "\\n")
    sys.__stdout__.flush()
"""


@dataclass(frozen=True)
class Ran:
    """What a command line left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def environment(store: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CASEREVIEW_")}
    return {**kept, "CASEREVIEW_STORE": str(store), "NO_COLOR": "1", "PYTHONUTF8": "1"}


def run_once(store: Path, *arguments: str, stdin: str = "") -> Ran:
    """The program as a person starts it."""
    done = subprocess.run(
        [*_PROGRAM, *arguments], input=stdin, capture_output=True, text=True, env=environment(store), check=False,
        encoding="utf-8",
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


class Program:
    """The program on one store; every call is one command line."""

    def __init__(self, store: Path) -> None:
        self.store = store
        self._process = subprocess.Popen(
            [sys.executable, "-c", _AGAIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            encoding="utf-8", env=environment(store),
        )  # fmt: skip

    def run(self, *arguments: str) -> Ran:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the program ended in the middle of {arguments}"
        return Ran(*json.loads(answer))

    def close(self) -> None:
        self._process.communicate()

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()


class Terminal:
    """The program at a terminal: what it shows is read, what a person types is written."""

    def __init__(self, store: Path, *arguments: str, also: dict[str, str] | None = None) -> None:
        import pty

        self._ours, theirs = pty.openpty()
        self._process = subprocess.Popen(
            [*_PROGRAM, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
            env={**environment(store), "TERM": "dumb", "COLUMNS": "200", **(also or {})},
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""
        self._from = 0  # what comes before has been waited for already

    def wait_for(self, words: str) -> None:
        """Reads until the words appear after those of an earlier wait."""
        until = time.monotonic() + PATIENCE
        while words not in self.shown[self._from :]:
            assert time.monotonic() < until, f"never saw {words!r} in:\n{self.shown}"
            if not self._read():
                assert words in self.shown[self._from :], f"ended before {words!r}:\n{self.shown}"
        self._from = self.shown.index(words, self._from) + len(words)

    def type(self, line: str) -> None:
        os.write(self._ours, f"{line}\n".encode())

    def answer(self, *pairs: tuple[str, str]) -> None:
        """For each question that appears, what a person types."""
        for words, line in pairs:
            self.wait_for(words)
            self.type(line)

    def end(self) -> int:
        """Reads on to the end; the exit status."""
        while self._read():
            pass
        return self._process.wait(PATIENCE)

    def close(self) -> None:
        """Ends the program if it still runs, as when a test has failed half-way."""
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def _read(self) -> bool:
        if not select.select([self._ours], [], [], PATIENCE)[0]:
            self._process.kill()
            return False
        try:
            piece = os.read(self._ours, 65536)
        except OSError:  # Linux says so when the other side is closed
            return False
        self.shown += piece.decode(errors="replace").replace("\r\n", "\n")
        return bool(piece)


# ---- a board to work on ------------------------------------------------------------------------------------------
BEGUN = "2012-03-05"
PEOPLE = {
    "ruth": ("Ruth Hall", ("chair",)), "sam": ("Sam Reid", ("business-manager",)),
    "vera": ("Vera Lunt", ("service-manager",)),
    "ben": ("Ben Okoro", ("manager", "--team", "north")), "mina": ("Mina Patel", ("manager", "--team", "north")),
    "amina": ("Amina Shah", ()), "lena": ("Lena Berg", ()), "omar": ("Omar Diaz", ()), "tess": ("Tess Cole", ()),
    "raj": ("Raj Nair", ()), "sue": ("Sue Ward", ()),
}  # fmt: skip


def found_board(run: Any) -> None:
    """A practice store with a team and the people of a board; `run` takes a command line and returns a Ran."""
    today = ("--today", BEGUN)
    lines: list[Sequence[str]] = [("init", "--practice", "--name", "Data Officer")]
    lines.append(("team", "add", "North", "--id", "north"))
    for person, (name, office) in PEOPLE.items():
        lines.append(("people", "add", name, "--id", person))
        if office:
            lines.append(("people", "office", person, *office))
    for line in lines:
        done = run(*line, *today)
        assert done.status == 0, (line, done)


def reference(text: str) -> str:
    """The first case reference in a text."""
    found = re.search(r"\b[A-Z]{2}-\d{4}-[0-9A-Z]+", text)
    assert found, text
    return found[0]
