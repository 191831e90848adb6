"""Returns, published figures and service information on the screens, as a person would use them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from casereview.commands import AddRecord, LinkChild
from casereview.oversight import published
from casereview.oversight.service_information import information, population
from casereview.service.registry import give_office
from tests.exchange.test_cin_out import episodes_in
from tests.exchange.test_dfe import c2, england, place
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, CLEO, DAN, EFUA
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_office import fill, office
from tui.screens.compare import CompareScreen, PublishedScreen
from tui.screens.report import ReportScreen
from tui.screens.returns import ReturnScreen
from tui.screens.service import ServiceScreen
from tui.screens.work_view import WorkScreen


@pytest.fixture
def keeper(world: World) -> World:
    give_office(world.desk(DAN), EFUA, "data-officer")
    return world


async def finish(p: Player) -> None:
    """Waits for the work that was begun and looks at what came of it."""
    await p.settle()
    if isinstance(p.app.screen, WorkScreen):
        await p.press("enter")


def test_a_return_is_checked_then_written_and_each_finding_explained(keeper: World, tmp_path: Path) -> None:
    async def make(p: Player) -> None:
        await office(p, "export-cin")
        fill(p, year="2025", authority="999")
        await p.press("ctrl+s")
        await finish(p)
        assert isinstance(p.app.screen, ReturnScreen), p.app.screen
        assert "Census year 2025" in p.text and "Nothing was written" in p.text
        await p.press("enter")
        assert "What was done:" in p.words or "What to do:" in p.words
        await p.press("escape", "e")
        fill(p, file=str(tmp_path / "findings.csv"))
        await p.press("ctrl+s", "escape")

    play(keeper.desk(EFUA), make, size=(120, 50))
    with (tmp_path / "findings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.DictReader(file))) > 1

    ref = next(ref for ref in sorted(keeper.refs.values()) if ref.startswith("SA-2024"))
    keeper.desk(CLEO).do(ref, AddRecord("referral", {"received_on": "2024-04-02"}))
    keeper.desk(CLEO).do(ref, LinkChild("child-1"))

    async def write(p: Player) -> None:
        await office(p, "export-cin")
        fill(p, year="2025", authority="999", what="write", file=str(tmp_path / "cin.xml"))
        await p.press("ctrl+s")
        await finish(p)
        assert "It is in" in p.text

    play(keeper.desk(EFUA), write, size=(120, 50))
    assert all(one.referral_date for one in episodes_in(tmp_path / "cin.xml"))


def test_whoever_may_not_make_a_whole_return_is_told_whom_to_ask(world: World) -> None:
    async def ask(p: Player) -> None:
        await office(p, "export-cin")
        fill(p, year="2025", authority="999")
        await p.press("ctrl+s")
        await finish(p)
        assert "office of auditor or data officer" in p.words.replace("\n", " ")

    play(world.desk(AMIRA), ask, size=(120, 40))


def test_published_figures_are_read_in_and_ours_stand_beside(world: World, tmp_path: Path) -> None:
    path = c2(tmp_path / "given.csv", england(), place())

    async def compare(p: Player) -> None:
        await office(p, "compare")
        assert isinstance(p.app.screen, CompareScreen) and "import dfe" in p.words
        await p.press("p")
        assert isinstance(p.app.screen, PublishedScreen)
        await p.press("n")
        fill(p, files=path)
        await p.press("ctrl+s")
        await finish(p)
        assert isinstance(p.app.screen, ReportScreen) and "nothing was changed" in p.words
        await p.press("i")
        await finish(p)

    play(world.desk(EFUA), compare, size=(120, 45))
    assert [area.name for area in published.areas(world.desk(AMIRA))] == ["England", "Testshire"]

    async def look(p: Player) -> None:
        await office(p, "compare")
        assert "England" in p.text and "11.0%" in p.text and "Quick is not good" in p.words
        await p.press("f")
        fill(p, areas="Testshire\nEngland")
        await p.press("ctrl+s")
        (heads,) = [line for line in p.text.splitlines() if "Year to 31 March" in line]
        assert heads.split()[-2:] == ["Testshire", "England"]  # as they were asked for
        await p.press("e")
        fill(p, file=str(tmp_path / "out.csv"))
        await p.press("ctrl+s", "a")
        fill(p, text="They count from allocation.")
        await p.press("ctrl+s")
        assert "They count from allocation." in p.words
        await p.press("f")
        fill(p, areas="Nowhere")
        await p.press("ctrl+s")
        assert "no area is published" in p.words

    play(world.desk(EFUA), look, size=(120, 60))
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.reader(file))[1:] == ["here", "Testshire", "England"]


def test_service_information_is_entered_read_in_and_shown_with_its_questions(world: World, tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    path.write_text("area,year,measure,value,source\nT,2024,Poverty,21%,Census\nT,2024,Absence,5%,\n")

    async def keep(p: Player) -> None:
        await office(p, "service")
        assert isinstance(p.app.screen, ServiceScreen) and p.words.count("Not recorded") == 3
        await p.press("n")
        fill(p, measure="children-safer", value="30", of="41", since="1/1/2024", until="31/5/2024", source="Survey")
        await p.press("ctrl+s")
        await p.press("i")
        fill(p, file=str(path))
        await p.press("ctrl+s")
        assert "source is empty" in p.words
        await p.press("escape")
        assert "30 of 41" in p.words and "Poverty, T, 2024: 21%. Source: Census." in p.words
        assert p.words.count("Not recorded") == 2 and "Safer from what" in p.words
        await p.press("t", "1")
        assert "30 of 41" not in p.words

    play(world.desk(EFUA), keep, size=(120, 60))
    assert [one.value for one in population(world.desk(AMIRA))] == ["21%"]
    assert information(world.desk(AMIRA)) == []
