"""A practice store of one's own with one open case, and what must hold of every input it is given."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.program import Program, Ran

TODAY = "2024-06-03"
TITLE = "A matter of care"
# What must never reach a terminal, whoever wrote it. Line ends are our own.
UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
FOUNDING = (
    ("init", "--practice", "--name", "Data Officer"),
    ("team", "add", "North", "--id", "north"),
    ("people", "add", "Ben Okoro", "--id", "ben"),
    ("people", "office", "ben", "manager", "--team", "north"),
    ("people", "add", "Lena Berg", "--id", "lena"),
    ("child", "add", "--id", "kim"),
)


@dataclass
class Bed:
    """`ref`: the case, of Lena's, in the team Ben manages. Whoever runs the tests is the data officer."""

    program: Program
    store: Path
    ref: str

    @property
    def folder(self) -> Path:
        return self.store.parent

    def run(self, *arguments: str) -> Ran:
        return self.program.run("--store", str(self.store), "--today", TODAY, *arguments)

    def state(self) -> tuple[str, frozenset[str]]:
        """The store, byte for byte, and which files are beside it."""
        digest = hashlib.sha256(self.store.read_bytes()).hexdigest() if self.store.is_file() else "none"
        return digest, frozenset(one.name for one in self.folder.iterdir())

    def refused(self, *arguments: str, status: int = 2, says: str = "") -> None:
        """One clear line, the same as JSON, and nothing changed."""
        before = self.state()
        ran = self.run(*arguments)
        one_clear_line(ran, status, says)
        as_json = self.run("--json", *arguments)
        error_in_json(as_json, status, says)
        assert self.state() == before

    def taken(self, *arguments: str) -> Ran:
        """Accepted; nothing that could drive a terminal is printed, and what is kept is whole."""
        ran = self.run(*arguments)
        assert ran.status == 0, ran
        assert not UNSAFE.search(ran.out + ran.err), ran
        return ran

    def file(self, content: bytes, name: str = "given") -> str:
        path = self.folder / name
        path.write_bytes(content)
        return str(path)


def one_clear_line(ran: Ran, status: int, says: str) -> None:
    assert ran.status == status, ran
    assert ran.out == "", ran
    lines = [line for line in ran.err.splitlines() if not line.endswith("…")]  # what was going on until then
    assert len(lines) == 1 and lines[0].startswith("error: ") and ran.err.endswith("\n"), ran
    assert "Traceback" not in ran.err and "something unexpected" not in ran.err, ran
    assert not UNSAFE.search(ran.err), ran
    assert says.casefold() in ran.err.casefold(), ran


def error_in_json(ran: Ran, status: int, says: str) -> None:
    assert ran.status == status and ran.out == "", ran
    data = json.loads(ran.err)
    assert {"error", "where", "remedy"} <= set(data), ran
    assert data["error"] and (data["where"] or data["remedy"]), f"neither where nor what to do: {ran}"
    said = " ".join(str(data[key] or "") for key in ("where", "error", "remedy"))
    assert says.casefold() in said.casefold(), ran


def found(program: Program, store: Path) -> str:
    """Makes the store and its case; the reference."""

    def run(*line: str) -> Ran:
        ran = program.run("--store", str(store), "--today", TODAY, *line)
        assert ran.status == 0, (line, ran)
        return ran

    for line in FOUNDING:
        run(*line)
    opening: Sequence[str] = ("--team", "north", "--worker", "lena", "--child", "kim", "--json")
    return str(run("open", "single-assessment", "--title", TITLE, *opening).json["case"])


def copied(store: Path, folder: Path) -> Path:
    path = folder / "board.db"
    shutil.copy(store, path)
    path.chmod(0o600)
    return path
