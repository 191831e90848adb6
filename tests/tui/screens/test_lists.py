"""Filtering as one types, choices, export, and answers that come too late to count."""

from __future__ import annotations

import csv
import threading
import time
from pathlib import Path

import pytest

from casereview.commands import Assign
from casereview.service.reading import show
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, BEN, CLEO
from tests.tui.screens.playing import Player, play
from tui.screens import listing, table
from tui.screens.blockages import show_blockages
from tui.screens.caseload import CaseloadScreen
from tui.screens.register import RegisterScreen


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_filtering_as_one_types_finds_and_escape_shows_all_again(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("m")
        await p.filter("grandmother")
        assert "1 everyone's cases" in p.text and "Grandmother" in p.text and "Young carer" not in p.text
        await p.press("escape")
        await p.filter("")
        assert "9 everyone's cases" in p.text

    play(world.desk(CLEO), look)


def test_a_filter_that_finds_nothing_says_how_to_go_on(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("m")
        await p.filter("nobody at all [red]")
        assert "Nothing matches" in p.text
        await p.press("escape", "c")
        await p.filter("")
        assert "You have no open cases" in p.text

    play(world.desk(CLEO), look)


def test_only_one_standing_one_team_and_closed_ones_too(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("m", "s")
        await p.type("of concern")
        await p.press("enter")
        assert "1 everyone's cases" in p.text and "Moved twice" in p.text
        await p.press("c", "m", "z")
        assert "10 everyone's cases" in p.text
        await p.press("t", "3")
        assert "0 everyone's cases" in p.text and "team:south" in p.text

    play(world.desk(CLEO), look)


def test_a_list_is_narrowed_to_one_workflow_one_worker_one_child(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("m", "f", "1")
        await p.press("down", "enter")  # the first there is
        assert "1 everyone's cases" in p.text and world.refs["review"] in p.text
        assert "workflow:learning-together" in p.text
        await p.press("c", "f", "5", "4", "m")
        assert "1 everyone's cases" in p.text and world.refs["lapsed"] in p.text
        await p.press("c", "f3", "f", "4", "3")
        assert "worker:ben" in p.text and " 3 beyond" in p.words and world.refs["urgent"] not in p.text

    play(world.desk(CLEO), look)


def test_a_worker_begins_with_their_own_cases(world: World) -> None:
    async def look(p: Player) -> None:
        assert "3 your cases" in p.text and "Ben O'Neill" in p.text and "Amira Khan" not in p.text
        await p.press("enter")
        assert "Moved twice this spring" in p.text
        await p.press("escape")
        assert "3 your cases" in p.text

    play(world.desk(BEN), look)


def test_what_is_filtered_is_exported_to_a_new_file_only(world: World, tmp_path: Path) -> None:
    target = tmp_path / "list.csv"

    async def look(p: Player) -> None:
        await p.press("m")
        await p.filter("a")
        await p.press("enter", "e", "ctrl+u")
        await p.type(str(target))
        await p.press("ctrl+s")
        assert target.exists()
        await p.press("e", "ctrl+u")
        await p.type(str(target))
        await p.press("ctrl+s")
        assert "this file exists already" in p.words
        await p.press("ctrl+u")
        await p.type(str(tmp_path / "no" / "such.csv"))
        await p.press("ctrl+s")
        assert "there is no such folder" in p.words

    play(world.desk(CLEO), look)
    rows = rows_of(target)
    assert len(rows) == 9 and {row["standing"] for row in rows} >= {"longer, justified", "urgent and late"}
    assert target.stat().st_mode & 0o077 == 0


def test_the_register_is_exported_with_its_reasons(world: World, tmp_path: Path) -> None:
    target = tmp_path / "overdue.csv"

    async def look(p: Player) -> None:
        await p.press("e", "ctrl+u")
        await p.type(str(target))
        await p.press("ctrl+s")

    play(world.desk(CLEO), look, first="overdue")
    rows = rows_of(target)
    agreed = next(row for row in rows if row["standing"] == "longer, justified")
    assert agreed["effect on the child"].startswith("Safe with his aunt") and agreed["look again on"] == "2024-06-28"


def test_an_answer_that_comes_late_is_dropped(world: World) -> None:
    """The first question is slow and finds everything; the second is quick and finds one: one stays on show."""
    slow, released = threading.Event(), threading.Event()

    async def look(p: Player) -> None:
        screen = p.app.screen
        assert isinstance(screen, CaseloadScreen)
        await p.press("m")
        before = p.store.reads

        def hold(number: int) -> None:
            if number == before + 1:
                slow.set()
                released.wait(10)

        p.store.hold = hold
        screen.reload()
        while not slow.is_set():
            await p.pilot.pause(0.01)
        screen.put("grandmother")
        deadline = time.monotonic() + 10
        while "1 everyone's cases" not in p.text and time.monotonic() < deadline:
            await p.pilot.pause(0.01)
        released.set()
        await p.settle()
        assert "1 everyone's cases" in p.text

    play(world.desk(CLEO), look)


def test_a_list_that_comes_back_into_view_shows_what_was_done_meanwhile(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("m")
        await p.filter("young carer")
        await p.press("enter")
        assert "Amira Khan" in p.text
        await p.press("enter", "i", "enter", "down", "down", "enter", "ctrl+s")
        assert show(world.desk(CLEO), world.refs["course"]).case.worker != AMIRA
        await p.press("escape")
        assert "Amira Khan" not in p.text and "1 everyone's cases" in p.text

    play(world.desk(CLEO), look)


def test_the_cursor_goes_with_its_row_however_far_and_back_to_its_place(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (table, listing):
        monkeypatch.setattr(module, "PAGE", 5)  # so that a row moves past what is read at first

    async def look(p: Player) -> None:
        page = p.app.screen
        assert isinstance(page, RegisterScreen)
        await p.filter("sort:worker")
        await p.press("enter")
        moved = page.case_in_hand()
        world.desk(CLEO).do(moved, Assign(worker=CLEO))
        await p.press("f5")
        await p.until(lambda text: "backspace" in text and page.case_in_hand() != "")
        assert page.case_in_hand() == moved and page.table.cursor > 4
        await p.press("backspace")
        assert page.table.cursor == 0 and page.case_in_hand() != moved and "backspace" not in p.text

    play(world.desk(CLEO), look, first="overdue")


def test_an_empty_list_offers_nothing_to_open_and_says_all_of_its_line(world: World) -> None:
    async def look(p: Player) -> None:
        show_blockages(p.app.screen)  # type: ignore[arg-type]
        await p.settle()
        assert "Nothing is on the board" in p.text and "Open" not in p.text.splitlines()[-1]
        await p.press("n")
        await p.type("One printer for four teams")
        await p.press("ctrl+s")
        assert "the weekly look is due" in p.words

    play(world.desk(CLEO), look, first="overdue")
