"""Keys typed faster than the screen follows: each lands where it was meant, as if there had been time."""

from __future__ import annotations

import asyncio
from datetime import date

from textual import events

from casereview.service.reading import show
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import CLEO
from tests.tui.screens.playing import Player, play
from tui.screens.register import RegisterScreen


def at_once(p: Player, *keys: str) -> None:
    """All of them in one go, as a terminal hands on what was typed while it was busy; a word is its letters."""
    names = {" ": "space", "/": "slash", ".": "full_stop", ":": "colon", "\t": "tab", "\n": "enter"}
    for key in keys:
        letters = [key] if key in ("ctrl+s", "escape", "end", "down") else list(key)
        for letter in letters:
            name = names.get(letter, letter)
            p.app.post_message(events.Key(name, letter if len(letter) == 1 else None))


async def rest(p: Player) -> None:
    for _ in range(200):
        await asyncio.sleep(0.01)
        turn = p.app._turn
        if turn is None or turn.done():
            break
    await p.settle()


def test_an_answer_typed_ahead_lands_in_its_fields(world: World) -> None:
    async def answer(p: Player) -> None:
        await p.filter("grandmother")
        await p.press("enter")
        at_once(p, "a1", "28 Jun 2024", "\t", "Tuesday will tell", "ctrl+s")
        await rest(p)
        assert isinstance(p.app.screen, RegisterScreen)

    play(world.desk(CLEO), answer, first="overdue")
    given = show(world.desk(CLEO), world.refs["explained"]).case.runs["decision"].answer
    assert given is not None and (given.until, given.text) == (date(2024, 6, 28), "Tuesday will tell")


def test_what_follows_the_slash_is_filtered_by(world: World) -> None:
    async def narrow(p: Player) -> None:
        at_once(p, "/", "grandmother", "\n", "end")
        await rest(p)
        await asyncio.sleep(0.3)
        await p.settle()
        assert p.app.screen.typed == "grandmother" and isinstance(p.app.screen, RegisterScreen)  # type: ignore[attr-defined]
        assert p.app.screen.case_in_hand() == world.refs["explained"]

    play(world.desk(CLEO), narrow, first="overdue")
