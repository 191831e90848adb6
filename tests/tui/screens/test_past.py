"""An earlier day on the screens: read once, shown everywhere, never written, and left with one key."""

from __future__ import annotations

from datetime import date

from casereview.service.asof import desk_at
from casereview.service.reading import register
from casereview.text import shown
from casereview.views import RegisterQuery
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import CLEO
from tests.tui.screens.playing import Player, play
from tui.screens.register import RegisterScreen

EARLIER = date(2024, 5, 15)


async def go(p: Player) -> None:
    await p.press("f3", "f8")
    await p.type(EARLIER.isoformat())
    await p.press("ctrl+s")
    await p.until(lambda text: "finished" in text or "has been read" in text)
    if "has been read" not in p.text:
        await p.press("enter")
    await p.press("enter")


def test_the_register_of_an_earlier_day_and_back(world: World) -> None:
    today = [row.row.case for row in register(world.desk(CLEO), RegisterQuery()).rows]
    earlier = register(desk_at(world.desk(CLEO), EARLIER), RegisterQuery()).rows
    assert [row.row.case for row in earlier] != today

    async def look(p: Player) -> None:
        await go(p)
        assert isinstance(p.app.screen, RegisterScreen)
        assert "as on 15 May" in p.words and "F8: back to today" in p.words
        for row in earlier:
            assert shown(row.row.case) in p.text
        assert not [ref for ref in set(today) - {row.row.case for row in earlier} if ref in p.text]
        await p.press("f8")
        assert "F8: back to today" not in p.text
        for ref in today:
            assert ref in p.text

    play(world.desk(CLEO), look, size=(140, 60))


def test_nothing_is_written_on_an_earlier_day(world: World) -> None:
    with world.store.read() as work:
        before = work.head()

    async def look(p: Player) -> None:
        await go(p)
        await p.press("d")
        await p.type("2024-09-01")
        await p.press("ctrl+s")
        assert "can only be looked at" in p.words
        await p.press("escape", "escape", "f8")

    play(world.desk(CLEO), look, size=(140, 60))
    with world.store.read() as work:
        assert work.head() == before


def test_a_day_to_come_is_refused_in_the_form(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("f3", "f8")
        await p.type("2030-01-01")
        await p.press("ctrl+s")
        assert "A day before today." in p.words

    play(world.desk(CLEO), look)
