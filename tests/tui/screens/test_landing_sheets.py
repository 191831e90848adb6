"""Annex A workbooks and tables on the screens: tried row by row, then read in; a mapping begun from headings."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from casereview.views import CaseQuery
from tests.exchange.sheets import MAPPING, annex, table
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, CLEO
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_office import fill, office
from tui.screens.form import FormScreen
from tui.screens.landing_sheets import RowsReport
from tui.screens.sheet import TextScreen
from tui.screens.work_view import WorkScreen


def landed(world: World) -> int:
    with world.desk(CLEO).reading() as work:
        return sum(row.imported for row in work.cases(CLEO, CaseQuery(limit=200), world.clock.today()).rows)


def test_a_workbook_is_tried_row_by_row_then_read_in(world: World, tmp_path: Path) -> None:
    path = annex(tmp_path / "a.xlsx", {
        3: [("C1", date(2024, 1, 5), "q) 6: Police", "No")],
        4: [("C1", date(2024, 1, 8), "Yes", None), ("C2", "the 8th", "Yes", None)],
    })  # fmt: skip

    async def land(p: Player) -> None:
        await office(p, "import-annex")
        fill(p, file=str(path))
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, RowsReport)
        assert "3 rows: 2 would be new" in p.words and "1 left out" in p.words and "the 8th" in p.words
        assert landed(world) == 0
        await p.press("i", "y")
        assert "3 rows: 2 new" in p.words and "trial" not in p.words

    play(world.desk(CLEO), land, size=(140, 40))
    assert landed(world) == 1


def test_a_table_is_tried_its_refused_rows_are_mended_and_only_they_are_done(world: World, tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", [("C1", "08/01/2024", ""), ("C2", "8.1.24", "")])
    mapping, left = tmp_path / "m.toml", tmp_path / "left.csv"
    mapping.write_text(MAPPING, "utf-8")

    async def land(p: Player) -> None:
        await office(p, "import-table")
        fill(p, file=str(path), mapping=str(mapping), errors=str(left))
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, RowsReport) and "2 rows: 1 would be new" in p.words
        await p.press("i", "y")
        assert "2 rows: 1 new" in p.words

    async def again(p: Player) -> None:
        await office(p, "import-table")
        fill(p, file=str(left), mapping=str(mapping), what="land")
        await p.press("ctrl+s", "y")
        assert "1 row: 1 new" in p.words and "only they are read" in p.words

    play(world.desk(CLEO), land, size=(140, 40))
    assert landed(world) == 1
    left.write_text(left.read_text("utf-8-sig").replace("8.1.24\"", "08/01/2024\""), "utf-8")
    play(world.desk(CLEO), again, size=(140, 40))
    assert landed(world) == 2


def test_a_mapping_is_begun_from_the_headings(world: World, tmp_path: Path) -> None:
    path, mapping = table(tmp_path / "t.csv", [("C1", "08/01/2024", "")]), tmp_path / "m.toml"

    async def begin(p: Player) -> None:
        await office(p, "import-table")
        fill(p, file=str(path), mapping=str(mapping), what="sample")
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, TextScreen) and 'child = "Child ID"' in p.words

    play(world.desk(CLEO), begin, size=(140, 40))
    assert "[columns]" in mapping.read_text("utf-8")


def test_what_is_refused_is_said_and_the_form_comes_back_as_it_was(world: World, tmp_path: Path) -> None:
    path = annex(tmp_path / "a.xlsx", {4: [("C1", date(2024, 1, 8), "Yes", None)]})

    async def land(p: Player) -> None:
        await office(p, "import-annex")
        fill(p, file=str(path), details="yes")
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, WorkScreen) and "takes an office" in p.words
        await p.press("r")
        screen = p.app.screen
        assert isinstance(screen, FormScreen) and screen.box("file").value == str(path)
        assert screen.box("details").value == "yes"

    play(world.desk(AMIRA), land, size=(140, 40))


def test_the_refused_rows_are_a_file_anyone_can_open(world: World, tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", [("=1+1", "no day", "")])
    (tmp_path / "m.toml").write_text(MAPPING, "utf-8")

    async def land(p: Player) -> None:
        await office(p, "import-table")
        fill(p, file=str(path), mapping=str(tmp_path / "m.toml"), errors=str(tmp_path / "left.csv"))
        await p.press("ctrl+s")

    play(world.desk(CLEO), land, size=(140, 40))
    with (tmp_path / "left.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["Child ID"] == "'=1+1" and "no day" in next(iter(row.values()))
