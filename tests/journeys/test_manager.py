"""A manager's tasks at a real terminal: the full screen, the keys a person presses, and what is kept afterwards."""

from __future__ import annotations

import fcntl
import os
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.program import _PROGRAM, Program, Terminal, environment

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal of this kind")

TODAY = ("--today", "2026-11-16")
BEN = ("--as", "manager-south", *TODAY)
ESCAPES = re.compile(r"\x1b\[[0-9;:?<>=]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[=>()][0-9A-B]?")
F3, UP, ENTER, SAVE, QUIT = "\x1bOR", "\x1b[A", "\r", "\x13", "\x11"


@pytest.fixture(scope="module")
def _authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up authority, small and the same each time."""
    store = tmp_path_factory.mktemp("authority") / "authority.db"
    with Program(store) as program:
        done = program.run("demo", "--store", str(store), "--scale", "0.1", "--no-screen", *TODAY)
    assert done.status == 0, done.err
    return store


@pytest.fixture
def authority(_authority: Path, tmp_path: Path) -> Iterator[Program]:
    store = tmp_path / "authority.db"
    shutil.copy(_authority, store)
    with Program(store) as program:
        yield program


class FullScreen(Terminal):
    """The screens at a terminal of 120 columns and 40 lines: words are read without what places and colours them."""

    def __init__(self, store: Path, *arguments: str) -> None:
        import pty

        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self._process = subprocess.Popen(
            [*_PROGRAM, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True, start_new_session=True,
            env={**environment(store), "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "40"},
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""
        self._from = 0

    def press(self, keys: str) -> None:
        """When the screen has come to rest, as a person waits for what they see."""
        while select.select([self._ours], [], [], 0.25)[0] and self._read():
            pass
        self._from = len(self.shown)
        os.write(self._ours, keys.encode())

    def press_until(self, keys: str, words: str) -> None:
        """Presses, and reads until the words appear: what was on the screen before does not count."""
        self.press(keys)
        self.wait_for(words)

    def _read(self) -> bool:
        if not super()._read():
            return False
        self.shown = self.shown[: self._from] + ESCAPES.sub("", self.shown[self._from :])
        return True


@pytest.fixture
def screens(authority: Program) -> Iterator[Callable[..., FullScreen]]:
    opened: list[FullScreen] = []

    def start(*line: str) -> FullScreen:
        opened.append(FullScreen(authority.store, *line))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_a_manager_starts_the_day_answers_a_reason_tells_the_family_and_leaves(
    authority: Program, screens: Callable[..., FullScreen]
) -> None:
    [row] = authority.run("overdue", "--explained", "--json", *BEN).json
    ref = row["case"]
    screen = screens(*BEN)
    screen.wait_for("Reasons waiting for your answer")
    screen.press_until("a", "1")  # the first question of the day is this reason
    screen.press_until("1", "ctrl+s")
    screen.press("25/11/2026")
    screen.press("\t")
    screen.press("Ask for the short report")
    screen.press_until(SAVE, "25 November 2026")
    screen.press_until(F3, "Overdue register")
    screen.press("/")
    screen.press(ref)
    screen.press(ENTER)
    screen.press_until("w", "delay explained")
    screen.press_until("3", "Tell the family")
    screen.press_until(SAVE, "Told")
    screen.press(QUIT)
    assert screen.end() == 0, screen.shown[-2000:]
    [kept] = authority.run("overdue", "--justified", ref, "--json", *BEN).json
    assert kept["answer"]["until"] == "2026-11-25" and kept["answer"]["text"] == "Ask for the short report"
    assert kept["family"]["told_on"] == "2026-11-16"


def test_a_manager_hands_a_caseload_over_and_sees_what_was_refused(authority: Program, tmp_path: Path) -> None:
    """What would happen is shown first, then it is asked, then each case says what came of it."""
    long = [row["case"] for row in authority.run("overdue", "team:north", "beyond>3", "--json", *TODAY).json]
    known = ("--interest", "personal", "--text", "They are neighbours")
    done = authority.run("conflict", long[-1], "--person", "worker-south-1", *known, *TODAY)
    assert done.status == 0 and len(long) == 2, done.err
    at_work = Terminal(authority.store, "reassign", "--from", "worker-north-1", "--to", "worker-south-1", "--note",
                       "Uma is away", "beyond>3", *TODAY)  # fmt: skip
    try:
        at_work.wait_for("what would happen")
        at_work.wait_for("1 of 2; 1 refused")
        at_work.type("y")
        at_work.wait_for("what happened")
        assert at_work.end() == 1
    finally:
        at_work.close()
    assert "Wren Modelby has a declared conflict of interest in this case." in at_work.shown
    workers = [authority.run("show", case, "--json", *TODAY).json["worker"] for case in long]
    assert workers == ["worker-south-1", "worker-north-1"]


def test_a_board_pack_is_made_and_its_head_can_be_verified(authority: Program, tmp_path: Path) -> None:
    """Made again it is the same to the letter; and a store put back to before it does not hold what it says."""
    earlier = tmp_path / "earlier.db"
    shutil.copy(authority.store, earlier)
    [ref] = [row["case"] for row in authority.run("overdue", "--explained", "--json", *BEN).json]
    answered = authority.run("answer", ref, "--agree-until", "2026-11-25", "--text", "Ask for the report", *BEN)
    assert answered.status == 0, answered.err
    packs = [tmp_path / name for name in ("pack.md", "again.md")]
    for pack in packs:
        made = authority.run("report", "oversight", "--out", str(pack), *TODAY)
        assert made.status == 0, made.err
    assert packs[0].read_bytes() == packs[1].read_bytes()
    told = packs[0].read_text(encoding="utf-8")
    assert "Ask for the report" in told and "Questions for the board" in told
    assert "Uma Testerley" not in told  # no worker is named
    assert authority.run("verify", "--anchor", str(packs[0]), *TODAY).status == 0
    put_back = authority.run("verify", "--anchor", str(packs[0]), "--store", str(earlier), *TODAY)
    assert put_back.status == 1 and "anchor" in (put_back.out + put_back.err)
