"""The computer goes off in the middle of writing: what was said to be kept is kept, and the store is whole."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests.journeys.program import BEGUN, Program, environment

KILLS = int(os.environ.get("CASEREVIEW_TEST_KILLS", "12"))
# Ben at work, until the end comes. Each line is printed once the command is done: a word only it holds.
WRITER = """
import itertools, sys
from casereview import commands as cmd
from casereview.decide.opening import OpenCase
from tui.start import Settings, open_desk
store, today, turn = sys.argv[1:]
desk = open_desk(Settings(store=store, person="ben", today=today))
for count in itertools.count():
    word = f"word-{turn}-{count}."
    if count % 20 == 0:
        ref = desk.open(OpenCase("single-assessment", word, None, "north", "ben")).case.ref
        desk.do(ref, cmd.SetRoster("mother", parental_responsibility=True))
    elif count % 3 == 0:
        desk.do(ref, cmd.AddRecord("childs-words", {"heard_on": today, "words": word}))
    elif count % 3 == 1:
        desk.do(ref, cmd.Tell("progress", text=word))
    else:
        desk.do(ref, cmd.SeeChild(note=word))
    print(word, flush=True)
"""


def killed(program: Program, turn: int, chance: random.Random) -> list[str]:
    """Lets Ben write for a moment, then ends him without warning; the words he was told are kept."""
    victim = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(program.store), BEGUN, str(turn)], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env=environment(program.store),
    )  # fmt: skip
    assert victim.stdout is not None
    first = victim.stdout.readline()  # from here on every moment is one of writing
    time.sleep(chance.random() * 0.2)
    victim.send_signal(signal.SIGKILL)
    rest, said = victim.communicate()
    assert first, said
    return [line for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]


def written(program: Program) -> str:
    """Every body of the journal, as it stands in the file."""
    connection = sqlite3.connect(program.store)
    bodies = [body for (body,) in connection.execute("SELECT body FROM journal_body ORDER BY seq")]
    connection.close()
    return "\n".join(bodies)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_nothing_acknowledged_is_lost(program: Program) -> None:
    """`CASEREVIEW_TEST_KILLS=100` for a longer run."""
    chance = random.Random(11)
    kept: list[str] = []
    interrupted = 0
    for turn in range(KILLS):
        kept += [line.strip() for line in killed(program, turn, chance)]
        interrupted += program.store.with_name(f"{program.store.name}-journal").exists()
        checked = program.run("verify", "--json")
        assert checked.status == 0 and checked.json["ok"], (turn, checked)
        bodies = written(program)
        lost = [word for word in kept if word not in bodies]
        assert not lost, (turn, lost)
    assert len(kept) > KILLS, "too little was written to say anything"
    print(f"{KILLS} kills, {interrupted} in the middle of a transaction, {len(kept)} commands acknowledged, none lost")
    assert program.run("cases", "--limit", "1", "--json").status == 0
