"""How long a person waits before anything happens: --help, one-line commands, and the first screen.

Run `python -m tests.benchmarks.start_up`. Each is another process, from its start to its end; a screen is
timed at a terminal of its own, from its start until the row of a case has been painted. Goals: --help at most
8 times `python -c pass`, a one-line command at most 2.5 times `import sqlmodel`, the first screen at most 1.6
times a Textual app that shows one line, and so the words that say what is being read before that.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from casereview.decide.opening import OpenCase
from casereview.service.registry import add_person, add_team, give_office
from tests.benchmarks.timing import compare, medians
from tui.start import Settings, create_desk, os_login

ROUNDS = 15
TITLE = "Matter-of-measure"
WORDS = "who you are"  # while the store is being opened and read
PATIENCE = 20.0  # seconds until a screen that shows nothing is given up
PYTHON = [sys.executable]
PROGRAM = [*PYTHON, "-m", "casereview"]
MINIMAL = """
from textual.app import App
from textual.widgets import Static

class Minimal(App):
    def compose(self):
        yield Static("minimal-is-here")

Minimal().run()
"""


def environment(store: Path) -> dict[str, str]:
    """Programs as they run once installed: with compiled modules kept, here in the folder of the store."""
    left_out = ("CASEREVIEW_", "NO_COLOR", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    compiled = {"PYTHONPYCACHEPREFIX": str(store.parent / "compiled")}
    return {**kept, **compiled, "CASEREVIEW_STORE": str(store), "TERM": "xterm-256color", "PYTHONUTF8": "1"}


def once(command: Sequence[str], env: dict[str, str]) -> None:
    subprocess.run(command, env=env, check=True, capture_output=True)


def painted(command: Sequence[str], env: dict[str, str], words: str) -> None:
    """From the start of a program at a terminal until the words are on its screen; then it is ended."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, start_new_session=True)
    os.close(theirs)
    try:
        seen, until = b"", time.monotonic() + PATIENCE
        while words.encode() not in seen:
            if time.monotonic() > until or not select.select([ours], [], [], PATIENCE)[0]:
                raise TimeoutError(f"{words!r} was never shown: {seen[-400:]!r}")
            seen += os.read(ours, 65536)
    finally:
        os.close(ours)
        process.send_signal(signal.SIGKILL)
        process.wait()


def board(store: Path) -> str:
    """A practice store with 60 cases of whoever runs this; the reference of the newest."""
    settings = Settings(store=str(store))
    desk = create_desk(settings, practice=True, nation="england-wales", person="me")
    add_person(desk, "Somebody", login=os_login(), person_id="me")
    add_team(desk, "North", team_id="north")
    give_office(desk, "me", "manager", team="north")
    opened = [
        desk.open(OpenCase("single-assessment", f"{TITLE} {number}", None, "north", "me"))
        for number in range(60)
    ]
    settings.close()
    return opened[-1].case.ref


def main() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "board.db"
        env = environment(store)
        ref = board(store)
        acts: dict[str, Callable[[], None]] = {
            "python": partial(once, [*PYTHON, "-c", "pass"], env),
            "import sqlmodel": partial(once, [*PYTHON, "-c", "import sqlmodel"], env),
            "--help": partial(once, [*PROGRAM, "--help"], env),
            "cases": partial(once, [*PROGRAM, "cases"], env),
            "why": partial(once, [*PROGRAM, "why", ref], env),
            "overdue": partial(once, [*PROGRAM, "overdue"], env),
            "a minimal app": partial(painted, [*PYTHON, "-c", MINIMAL], env, "minimal-is-here"),
            "first words": partial(painted, PROGRAM, env, WORDS),
            "first screen": partial(painted, PROGRAM, env, TITLE),
        }
        took = medians(acts, ROUNDS)
    met = [compare("--help", took["--help"], "python -c pass", took["python"], 8)]
    for name in ("cases", "why", "overdue"):
        met.append(compare(name, took[name], "import sqlmodel", took["import sqlmodel"], 2.5))
    for name in ("first words", "first screen"):
        met.append(compare(name, took[name], "a minimal Textual app", took["a minimal app"], 1.6))
    return all(met)


if __name__ == "__main__":
    sys.exit(not main())
