"""Every screen draws itself at both sizes, says what to do when empty, and shows data exactly as data."""

from __future__ import annotations

import pytest

from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, CLEO, EFUA, HOSTILE_SHOWN, Fiction
from tests.tui.screens.playing import Player, play

SIZES = ((80, 24), (120, 40))


@pytest.mark.parametrize("size", SIZES)
def test_the_lists_draw(world: World, size: tuple[int, int]) -> None:
    async def look(p: Player) -> None:
        assert "9 everyone's cases" not in p.text
        await p.press("m")
        assert "9 everyone's cases" in p.text
        assert "Cleo Weißmann · 14 Jun 2024 · practice store" in p.text
        for words in ("! urgent and late", "x longer, of concern", "~ longer, lapsed", "? longer, unexplained",
                      ": longer, explained", "= longer, justified", ". on course"):  # fmt: skip
            assert words in p.text
        await p.press("f3")
        assert "Overdue register" in p.text and "= longer, justified  1" in p.text
        await p.press("f2")
        assert "9 everyone's cases" in p.text

    play(world.desk(CLEO), look, size=size)


@pytest.mark.parametrize(
    ("name", "size"), [("justified", SIZES[0]), ("review", SIZES[0]), ("review", SIZES[1]), ("closed", SIZES[1])]
)
def test_every_part_of_a_case_draws(world: World, name: str, size: tuple[int, int]) -> None:
    async def look(p: Player) -> None:
        assert f"Case {world.refs[name]}" in p.text
        for key in "54321":
            await p.press(key)
            assert "1 Next" in p.text and "Help and quality" in p.text
        await p.press("h")
        assert "entries" in p.text and "Opened, following" in p.text

    play(world.desk(EFUA), look, first=world.refs[name], size=size)


def test_a_case_tells_its_times_with_help_beside_them(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("2")
        text = p.text
        assert "began 26 Feb 2024: 75 working days, 30 beyond" in text
        assert "Reason  More understanding is needed for a sound decision" in text
        assert "effect on the child: Safe with his aunt" in text
        assert "agreed, look again on 28 Jun 2024" in text
        assert "Home each night by eight" in text and "Decision: none yet" in text

    play(world.desk(AMIRA), look, first=world.refs["justified"], size=(120, 40))


def test_a_lapsed_reason_says_what_is_missing(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("2")
        assert "no longer there: a date to look again that is still ahead" in p.text
        assert "no longer there: the family told since the answer" in p.text

    play(world.desk(CLEO), look, first=world.refs["lapsed"], size=(120, 40))


def test_what_a_step_asks_is_ticked_with_who_and_the_command(world: World) -> None:
    async def look(p: Player) -> None:
        ref = world.refs["justified"]
        assert "✓ the child has been seen" in p.text
        assert "✗ what the child said, in the child's own words or ways (expected)" in p.text
        assert f"Social worker: casereview record {ref} childs-words" in p.text
        assert "▸In progress (since 20 Mar 2024)" in p.text

    play(world.desk(AMIRA), look, first=world.refs["justified"], size=(120, 40))


def test_the_family_ledger_and_the_journey(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("3")
        assert "Mother: told 10 May 2024, news promised by 21 Jun 2024" in p.text
        await p.press("c", "1")
        assert "Journey of child-1" in p.text
        assert "concern came back within a year" in p.words
        await p.press("home", "enter")
        assert f"Case {world.refs['closed']}" in p.text

    play(world.desk(AMIRA), look, first=world.refs["justified"], size=(120, 40))


@pytest.mark.parametrize("size", SIZES)
def test_hostile_text_is_shown_as_it_is_and_drives_nothing(world: World, size: tuple[int, int]) -> None:
    async def look(p: Player) -> None:
        await p.press("m", "end")
        assert HOSTILE_SHOWN[:9] in p.text
        await p.press("enter")
        assert HOSTILE_SHOWN in p.words
        assert "\x1b" not in p.text and "\u202e" not in p.text

    play(world.desk(CLEO), look, size=size)


def test_empty_lists_say_what_to_do_next(empty: Fiction) -> None:
    async def look(p: Player) -> None:
        assert "You have no open cases" in p.text and "opens a new one" in p.text
        await p.press("m")
        assert "opens the first one" in p.text and "casereview demo" in p.text
        await p.press("f3")
        assert "Nothing is longer than agreed or usual" in p.text
        await p.press("f2", "n")
        assert "Open a new case" in p.text

    play(empty.desk(CLEO), look)


def test_a_case_that_is_not_there_is_said_to_be_so(world: World) -> None:
    async def look(p: Player) -> None:
        assert "there is no case SA-2024-NOPE" in p.text
        await p.press("r", "a", "full_stop", "1", "2", "enter", "escape")
        assert "You have no open cases" in p.text

    play(world.desk(CLEO), look, first="SA-2024-NOPE")


def test_looking_back_shows_the_case_as_it_was_and_records_nothing(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("k")
        await p.type("1 Mar 2024")
        await p.press("ctrl+s")
        assert "as it was on 1 Mar 2024" in p.text and "▸Referral accepted" in p.text
        await p.press("r", "g", "enter")
        assert "as it was on 1 Mar 2024" in p.text

    play(world.desk(AMIRA), look, first=world.refs["justified"])


def test_dates_are_explained_day_by_day(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("e")
        assert "45 working days from 26 Feb 2024" in p.text and "Good Friday" in p.text

    play(world.desk(AMIRA), look, first=world.refs["justified"], size=(120, 40))
