"""Figures on the screen: the list, each page, other cases and days, answers and stories."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from casereview.oversight.questions import answers
from casereview.service.figure_notes import smallest, stories
from casereview.service.figure_pages import KINDS
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import CLEO
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_acts import fill
from tui.screens.figure_page import FigureScreen
from tui.screens.figures import FiguresScreen


async def open_figures(p: Player) -> FiguresScreen:
    p.app.push_screen(FiguresScreen())
    await p.settle()
    screen = p.app.screen
    assert isinstance(screen, FiguresScreen)
    return screen


def test_every_figure_opens_and_left_and_right_go_through_them(world: World) -> None:
    async def look(p: Player) -> None:
        await open_figures(p)
        kinds = [kind for kind in KINDS if not kind.by_name]
        assert all(kind.title in p.text for kind in kinds) and "Within the indicative" not in p.text
        await p.press("enter")
        for kind in [*kinds[1:], kinds[0]]:
            await p.press("right")
            assert isinstance(p.app.screen, FigureScreen) and p.app.screen.kind is kind
            assert kind.title in p.text and "cases you may know of" in p.words
        await p.press("left")
        assert isinstance(p.app.screen, FigureScreen) and p.app.screen.kind is kinds[-1]

    play(world.desk(CLEO), look, size=(100, 60))


def test_a_figure_asked_for_by_name_begins_with_its_caveat(world: World) -> None:
    async def look(p: Player) -> None:
        await open_figures(p)
        await p.press("i")
        fill(p, name="in-time")
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, FigureScreen) and p.app.screen.kind.name == "in-time"
        assert "A share in time says nothing of whether help was good" in p.words

    play(world.desk(CLEO), look, size=(100, 60))


def test_other_cases_and_an_earlier_day(world: World) -> None:
    async def look(p: Player) -> None:
        screen = await open_figures(p)
        await p.press("f")
        fill(p, kind="review", as_at="2024-05-31")
        await p.press("ctrl+s")
        assert screen.as_at == date(2024, 5, 31) and "review · as at 2024-05-31" in p.words
        await p.press("enter")
        assert "kind review; as known on 2024-05-31" in p.words
        await p.press("f")
        fill(p, as_at="", around="soon")
        await p.press("ctrl+s")
        assert "bunching cannot be looked for around 'soon'" in p.words

    play(world.desk(CLEO), look, size=(100, 60))


def test_an_answer_a_story_and_the_smallest_number_are_kept(world: World) -> None:
    async def keep(p: Player) -> None:
        await open_figures(p)
        await p.press("enter", "a")
        fill(p, text="A backlog was closed.")
        await p.press("ctrl+s")
        assert "A backlog was closed." in p.words
        await p.press("s")
        fill(p, month="May 2024", text="Two posts were empty.")
        await p.press("ctrl+s", "escape", "m")
        fill(p, number="1")
        await p.press("ctrl+s")
        await p.press("enter")
        assert "are not shown, nor what" not in p.words
        await p.press("t")
        await p.press("enter")
        assert "A backlog was closed." not in p.words

    play(world.desk(CLEO), keep, size=(100, 60))
    desk = world.desk(CLEO)
    assert answers(desk) == [] and [one.month for one in stories(desk)] == ["2024-05"] and smallest(desk) == 1


def test_a_figure_is_written_into_a_new_file(world: World, tmp_path: Path) -> None:
    async def write(p: Player) -> None:
        await open_figures(p)
        await p.press("enter", "e")
        fill(p, file=str(tmp_path / "out.csv"))
        await p.press("ctrl+s")

    play(world.desk(CLEO), write, size=(100, 60))
    assert (tmp_path / "out.csv").read_text("utf-8-sig").startswith('"group","what"')
