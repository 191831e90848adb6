"""The office: people, teams, days without work, children, workflows, files in and out, and the store itself."""

from __future__ import annotations

import csv
import threading
from datetime import date
from pathlib import Path

import pytest

from casereview.service.reading import show
from casereview.service.registry import children, closures, find_person, give_office, people, teams
from casereview.views import CaseQuery
from storage import open_store
from tests.exchange.support import assessment, census, episode
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, BEN, CLEO, DAN, EFUA
from tests.tui.screens.playing import Player, play
from tui.screens.form import FormScreen
from tui.screens.office import OfficeScreen
from tui.screens.office_menu import entries_of, entry_named
from tui.screens.report import ReportScreen
from tui.screens.sheet import TextScreen
from tui.screens.work_view import WorkScreen

FAULTY = """
workflow = "ours"
version = "1"
"""


def fill(p: Player, **answers: object) -> None:
    screen = p.app.screen
    assert isinstance(screen, FormScreen), screen
    for name, value in answers.items():
        screen.box(name).put(value)


async def office(p: Player, name: str) -> None:
    """Opens a line of the office, or of oversight, as a person does: the page, down to the line, enter."""
    group = entry_named(name).group
    if not isinstance(p.app.screen, OfficeScreen):
        await p.press("o" if group == "office" else "f7")
    works = len(p.app.works)
    await p.press("home")
    for _ in range(works + [entry.name for entry in entries_of(group)].index(name)):
        await p.pilot.press("down")
    await p.press("enter")


@pytest.fixture
def keeper(world: World) -> World:
    """The business manager is data officer too: the whole store is theirs to check and copy."""
    give_office(world.desk(DAN), EFUA, "data-officer")
    return world


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two children's assessments; one of the three has a start that is no day."""
    path = census(tmp_path / "census.xml", episode("C1", assessment()), episode("C2", assessment(), assessment()))
    text = path.read_text("utf-8")
    begin, end = "<AssessmentActualStartDate>", "</AssessmentActualStartDate>"
    before, _, rest = text.rpartition(begin)
    path.write_text(f"{before}{begin}2023-99-99{end}{rest.partition(end)[2]}", "utf-8")
    return path


def imported(world: World) -> int:
    with world.desk(CLEO).reading() as work:
        return sum(row.imported for row in work.cases(CLEO, CaseQuery(limit=200), world.clock.today()).rows)


# ---- lists -----------------------------------------------------------------------------------------------------
def test_a_person_is_entered_given_an_office_and_leaves(world: World) -> None:
    async def keep(p: Player) -> None:
        await office(p, "people")
        assert "manager of north" in p.text and "5 · enter" in p.text
        await p.press("n")
        fill(p, name="Zuri Adeyemi", login="zuri")
        await p.press("ctrl+s")
        assert "Zuri Adeyemi is known as zuri-adeyemi." in p.said
        await p.press("end", "enter", "2")
        fill(p, office="auditor", since="1/6/2024")
        await p.press("ctrl+s", "enter", "3", "1")
        fill(p, until="1/7/2024")
        await p.press("ctrl+s")
        assert "auditor until 1 Jul 2024" in p.text
        await p.press("enter", "1")
        fill(p, login="")
        await p.press("ctrl+s")
        assert "no login" in p.text
        await p.press("enter", "4", "y")
        assert "has left" in p.text

    play(world.desk(EFUA), keep, size=(120, 40))
    with world.desk(CLEO).reading() as work:
        zuri = find_person(work, "zuri-adeyemi")
    (held,) = zuri.offices
    assert (held.office, held.since, held.until) == ("auditor", date(2024, 6, 1), date(2024, 7, 1))
    assert zuri.left and not zuri.login


def test_a_list_is_filtered_and_whoever_may_not_change_it_is_told_so(world: World) -> None:
    async def look(p: Player) -> None:
        await office(p, "people")
        await p.press("slash")
        await p.type("WEISSMANN")
        assert "1 of 5" in p.text and "Cleo Weißmann" in p.text
        await p.press("escape", "n")
        fill(p, name="Nobody")
        await p.press("ctrl+s")
        assert "keeping people, teams and children takes an office" in p.words

    play(world.desk(AMIRA), look)
    assert len(people(world.desk(AMIRA))) == 5


def test_a_team_and_a_day_without_work_are_entered_and_dates_move(world: World) -> None:
    async def keep(p: Player) -> None:
        await office(p, "teams")
        await p.press("n")
        fill(p, name="West team")
        await p.press("ctrl+s")
        assert "West team" in p.text
        await p.press("escape")
        await office(p, "closures")
        assert "None is entered" in p.text
        await p.press("n")
        fill(p, day="13/6/2024", name="Flood")
        await p.press("ctrl+s")
        assert "No work on 13 Jun 2024, for everyone: Flood?" in p.words
        await p.press("n")
        assert "None is entered" in p.text
        await p.press("n")
        fill(p, day="1/5/2024", name="Flood", team="north")
        await p.press("ctrl+s", "y")
        assert "open cases moved" in p.said and "Flood" in p.text

    before = show(world.desk(CLEO), world.refs["justified"]).case.runs["decision"].indicative
    play(world.desk(CLEO), keep)
    assert [(one.day, one.team) for one in closures(world.desk(CLEO))] == [(date(2024, 5, 1), "north")]
    assert {one.id for one in teams(world.desk(CLEO))} == {"north", "south", "west-team"}
    after = show(world.desk(CLEO), world.refs["justified"]).case.runs["decision"].indicative
    assert before is not None and after is not None
    assert (before, after) == (date(2024, 5, 1), date(2024, 5, 2))  # the day of the flood is no longer counted


def test_a_child_is_entered_with_a_family_and_details_and_has_a_journey(world: World) -> None:
    async def keep(p: Player) -> None:
        await office(p, "children")
        await p.press("n")
        fill(p, child_id="child-9", family="family-9", details="no equals sign")
        await p.press("ctrl+s")
        assert "Each line as: name = value" in p.words
        fill(p, details="year of birth = 2014")
        await p.press("ctrl+s", "end")
        assert "year of birth: 2014" in p.text
        await p.press("home", "enter")
        assert "Journey of child-1" in p.text and "Opened twice" in p.text

    play(world.desk(AMIRA), keep, size=(120, 40))
    new = next(child for child in children(world.desk(AMIRA)) if child.id == "child-9")
    assert (new.family, dict(new.details)) == ("family-9", {"year of birth": "2014"})


def test_workflows_are_read_mapped_and_checked(world: World, tmp_path: Path) -> None:
    broken = tmp_path / "ours.toml"
    broken.write_text(FAULTY, "utf-8")
    mermaid = tmp_path / "map.mmd"

    async def look(p: Player) -> None:
        await office(p, "workflows")
        assert "learning-together" in p.text and "shipped" in p.text
        await p.press("enter", "1")
        assert "Learning Together review" in p.text and "A case is a review" in p.text
        await p.press("escape", "enter", "2")
        assert "1  Referred to the board" in p.text
        await p.press("escape", "enter", "3")
        fill(p, file=str(mermaid))
        await p.press("ctrl+s", "k")
        fill(p, file=str(broken))
        await p.press("ctrl+s")
        assert "One fault" in p.text and "format = 1" in p.text

    play(world.desk(AMIRA), look, size=(120, 40))
    assert mermaid.read_text("utf-8").startswith("stateDiagram-v2")


def test_the_map_of_a_case_says_where_it_stands(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("m")
        assert "In progress  [here]" in p.text

    play(world.desk(AMIRA), look, first=world.refs["justified"], size=(120, 80))


def test_any_length_of_time_is_counted_from_any_day(world: World) -> None:
    async def count(p: Player) -> None:
        await office(p, "dates")
        fill(p, start="26 Feb 2024", span="half a year")
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, FormScreen) and "!" in p.text
        fill(p, span="45 working days")
        await p.press("ctrl+s")
        assert "45 working days after 26 Feb 2024 is 1 May 2024." in p.text
        assert "Good Friday" in p.text

    play(world.desk(AMIRA), count, size=(120, 40))


# ---- files in and out ------------------------------------------------------------------------------------------
def test_a_census_is_tried_first_then_read_in_and_its_problems_are_exported(
    world: World, file: Path, tmp_path: Path
) -> None:
    problems = tmp_path / "problems.csv"

    async def land(p: Player) -> None:
        await office(p, "import-cin")
        fill(p, file=str(file))
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, ReportScreen)
        assert "3 assessments: 2 would be new" in p.words and "1 left out" in p.words
        assert imported(world) == 0
        await p.press("e")
        fill(p, file=str(problems))
        await p.press("ctrl+s", "i")
        assert "goes on from there" in p.words
        await p.press("y")
        assert "3 assessments: 2 new" in p.words and "trial" not in p.words
        await p.press("enter")
        assert isinstance(p.app.screen, TextScreen) and "left out" in p.words

    play(world.desk(CLEO), land, size=(120, 40))
    assert imported(world) == 2
    with problems.open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["left out"] == "yes" and row["line"].isdecimal() and row["what is wrong"]


def test_a_file_without_a_problem_can_be_read_in_with_the_next_key(world: World, tmp_path: Path) -> None:
    whole = census(tmp_path / "whole.xml", episode("C1", assessment()))

    async def land(p: Player) -> None:
        await office(p, "import-cin")
        fill(p, file=str(whole))
        await p.press("ctrl+s")
        assert "No problem was found." in p.text
        await p.press("i", "y")
        assert "1 assessment: 1 new" in p.words

    play(world.desk(CLEO), land, size=(120, 40))
    assert imported(world) == 1


def test_what_an_office_refuses_is_one_sentence_and_the_form_comes_back_as_it_was(world: World, file: Path) -> None:
    async def land(p: Player) -> None:
        await office(p, "import-cin")
        fill(p, file=str(file.with_name("not there.xml")))
        await p.press("ctrl+s")
        assert "There is no such file" in p.words
        fill(p, file=str(file))
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, WorkScreen) and "takes an office" in p.words
        await p.press("r")
        screen = p.app.screen
        assert isinstance(screen, FormScreen) and screen.box("file").value == str(file)

    play(world.desk(AMIRA), land)


def test_a_bundle_of_the_case_under_the_cursor_is_written_and_read_in(keeper: World, tmp_path: Path) -> None:
    target = tmp_path / "case.bundle"

    async def carry(p: Player) -> None:
        await p.press("m")
        await p.filter("grandmother")
        await p.press("enter")
        await office(p, "export-bundle")
        screen = p.app.screen
        assert isinstance(screen, FormScreen) and screen.box("case").value == keeper.refs["explained"]
        fill(p, file=str(target))
        await p.press("ctrl+s")
        assert "entries of" in p.words
        await p.press("escape")
        await office(p, "import-bundle")
        fill(p, file=str(target), what="land")
        await p.press("ctrl+s", "y")
        assert "1 case: 0 taken in, 1 as they were" in p.words

    play(keeper.desk(EFUA), carry)
    assert target.stat().st_mode & 0o077 == 0


def test_the_whole_store_goes_out_only_by_those_who_keep_it(world: World, tmp_path: Path) -> None:
    target = tmp_path / "all.bundle"

    async def carry(p: Player) -> None:
        await office(p, "export-bundle")
        fill(p, case="", file=str(target))
        await p.press("ctrl+s")
        assert "takes the office of auditor or data officer" in p.words

    play(world.desk(BEN), carry)
    assert not target.exists()


# ---- the store -------------------------------------------------------------------------------------------------
def test_the_store_is_checked_against_an_anchor_and_its_lists_made_again(keeper: World, tmp_path: Path) -> None:
    anchor = tmp_path / "anchor.txt"

    async def check(p: Player) -> None:
        await office(p, "verify")
        fill(p, keep=str(anchor))
        await p.press("ctrl+s")
        assert "Whole:" in p.text and "casereview anchor" in p.words
        await p.press("escape")
        await office(p, "verify")
        fill(p, what="rebuild", anchor=str(anchor), print="no")
        await p.press("ctrl+s")
        assert "Make every list again from the journal?" in p.text
        await p.press("y")
        assert "it holds what 1 anchor says" in p.words

    play(keeper.desk(EFUA), check)
    assert anchor.read_text("utf-8").startswith("casereview anchor ")


def test_the_store_is_copied_to_a_new_file_only(keeper: World, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"

    async def copy(p: Player) -> None:
        await office(p, "backup")
        fill(p, file=str(tmp_path))
        await p.press("ctrl+s")
        assert "There is something of that name already" in p.words
        fill(p, file=str(target))
        await p.press("ctrl+s")
        assert "Copied, and checked" in p.words

    play(keeper.desk(EFUA), copy)
    copied = open_store(str(target), clock=keeper.clock)
    with copied.read() as work:
        assert len(work.people()) == 5
    copied.close()


# ---- long work -------------------------------------------------------------------------------------------------
def test_long_work_goes_on_beside_other_screens_and_stops_where_it_is_safe(world: World, file: Path) -> None:
    """Held while it reads; left; found again in the office; leaving casereview asks; stopping keeps the store whole."""
    begun, released = threading.Event(), threading.Event()

    async def land(p: Player) -> None:
        await office(p, "import-cin")
        fill(p, file=str(file), what="land")
        await p.press("ctrl+s")
        number = p.store.reads

        def hold(read: int) -> None:
            if threading.current_thread() is not threading.main_thread() and read == number + 1:
                begun.set()
                assert released.wait(20)

        p.store.hold = hold
        await p.pilot.press("y")
        while not begun.is_set():
            await p.pilot.pause(0.01)
        await p.until(lambda text: "esc leaves it running" in text)
        await p.pilot.press("escape")
        await p.until(lambda text: "▸ Reading in" in text)
        await p.pilot.press("ctrl+q")
        await p.until(lambda text: "Leave while something is at work?" in text)
        await p.pilot.press("n")
        await p.until(lambda text: "▸ Reading in" in text)
        await p.pilot.press("home", "enter")
        await p.until(lambda text: "esc leaves it running" in text)
        await p.pilot.press("x")
        await p.until(lambda text: "Stop:" in text)
        await p.pilot.press("y")
        released.set()
        await p.settle()
        await p.until(lambda text: "Stopped." in text)
        assert "goes on from there" in p.words
        await p.press("escape", "home", "x")
        assert "Reading in" not in p.text

    play(world.desk(CLEO), land, size=(120, 40))
    assert imported(world) == 0
