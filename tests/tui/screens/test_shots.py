"""A handful of screens held to the letter, as plain text: what a person reads does not change unnoticed.

To keep new ones after a change that is meant: CASEREVIEW_SHOTS=keep python -m pytest tests/tui/screens/test_shots.py
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import textual

from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, CLEO, full
from tests.tui.screens.playing import Player, play

SHOTS = Path(__file__).parent / "shots"
KEEP = os.environ.get("CASEREVIEW_SHOTS") == "keep"
SCREENS = {
    "cases": (CLEO, "cases", ("m",), (80, 24)),
    "register": (CLEO, "overdue", (), (80, 24)),
    "register-story": (CLEO, "overdue", ("end", "r"), (120, 40)),
    "case-time": (AMIRA, "justified", ("2",), (120, 40)),
    "answer": (CLEO, "explained", ("a", "1"), (80, 24)),
}


@pytest.mark.parametrize("name", SCREENS)
def test_the_screen_reads_as_kept(world: World, name: str) -> None:
    person, first, keys, size = SCREENS[name]
    read: list[str] = []

    async def look(p: Player) -> None:
        await p.press(*keys)
        read.append(p.text)

    play(world.desk(person), look, first=world.refs.get(first, first), size=size)
    kept = SHOTS / f"{name}.txt"
    if KEEP:
        assert textual.__version__.startswith("8.2."), "keep them with the version the project is locked to"
        kept.write_text(read[0] + "\n", "utf-8")
    assert read[0] + "\n" == kept.read_text("utf-8")


def test_the_store_in_memory_shows_the_same_register() -> None:
    """The screens know a store only through the service: any store will do."""
    fiction = full(None)
    read: list[str] = []

    async def look(p: Player) -> None:
        read.append(p.text)

    play(fiction.desk(CLEO), look, first="overdue")
    assert read[0] + "\n" == (SHOTS / "register.txt").read_text("utf-8")
