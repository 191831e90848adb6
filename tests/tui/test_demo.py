"""A first five minutes in the demo: the lines a newcomer would try, on a small one made for a fixed day."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from casereview.simulation.demo import build_demo
from tests.tui.conftest import Ran, run_here
from tui.start import Settings, create_desk, os_login

Line = Callable[..., Ran]
TODAY = date(2026, 11, 20)  # a Friday
ASSESSMENTS = ("--workflow", "single-assessment-2013")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("demo") / "demo.db"
    settings = Settings(store=str(place), today=TODAY.isoformat())
    desk = create_desk(settings, practice=True, nation="england-wales", person="newcomer")
    build_demo(desk, scale=0.1, name="New Comer", login=os_login())
    settings.close()
    return place


@pytest.fixture
def line(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    """A command line on a copy of the demo, on its day, as whoever is logged in."""
    copy = tmp_path / "demo.db"
    shutil.copy(built, copy)
    monkeypatch.setenv("CASEREVIEW_STORE", str(copy))
    monkeypatch.setenv("CASEREVIEW_TODAY", TODAY.isoformat())
    return run_here


def one(line: Line, flag: str) -> str:
    """The reference of an assessment on the register under that flag."""
    ran = line("overdue", flag, *ASSESSMENTS, "--json")
    assert ran.status == 0 and ran.json, flag
    ref: str = ran.json[0]["case"]
    return ref


@pytest.mark.parametrize(
    "flag", ["--justified", "--unexplained", "--explained", "--lapsed", "--of-concern", "--past-agreed", "--urgent"]
)
def test_every_part_of_the_register_has_somebody_on_it(line: Line, flag: str) -> None:
    ref = one(line, flag)
    assert ref in line("overdue", flag).out


@pytest.mark.parametrize("command", ["show", "why", "history", "records", "explain-date"])
def test_a_case_can_be_looked_at_from_every_side(line: Line, command: str) -> None:
    ran = line(command, one(line, "--justified"))
    assert ran.status == 0 and len(ran.out.splitlines()) > 3


def test_a_childs_journey_is_told(line: Line) -> None:
    shown: Any = line("show", one(line, "--lapsed"), "--json").json
    child = shown["children"][0]
    ran = line("journey", child)
    assert ran.status == 0 and child in ran.out


def test_a_reason_can_be_answered_and_then_it_is_looked_at_again(line: Line) -> None:
    ref = one(line, "--explained")
    until = (TODAY + timedelta(days=21)).isoformat()
    agreed = line("answer", ref, "--agree-until", until, "--text", "Let us look again then.")
    assert agreed.status == 0, agreed.err
    told = line("tell", ref, "--kind", "delay explained", "--said", "Thank you for saying so.")
    assert told.status == 0, told.err
    assert ref not in {row["case"] for row in line("overdue", "--explained", "--json").json}


def test_an_unexplained_one_can_be_given_its_reason(line: Line) -> None:
    ref = one(line, "--unexplained")
    given = line("reason", ref, "HIST", "--text", "Files came late.", "--effect", "The child waits to hear.")
    assert given.status == 0, given.err
    refused = line("answer", ref, "--agree-until", (TODAY + timedelta(days=9)).isoformat())
    assert refused.status == 1 and "author" in refused.err  # nobody answers their own reason


def test_reviews_made_up_and_published_are_told_apart(line: Line) -> None:
    reviews = line("cases", "--kind", "review", "--json").json
    made_up = [row for row in reviews if row["title"].endswith("(made up)")]
    published = [row for row in reviews if row["title"].startswith("Published review: ")]
    assert len(made_up) == 2 and len(published) == 4 and len(reviews) == 6
    assert "[imported]" in line("show", published[0]["case"]).out
    assert "follow-on-2" in {row["stage"] for row in made_up}
    assert all(line("why", row["case"]).status == 0 for row in made_up)


def test_the_newcomer_keeps_the_store(line: Line) -> None:
    assert line("verify").status == 0
    people = line("people", "--json").json
    me = next(row for row in people if row["login"] == os_login())
    assert {office["office"] for office in me["offices"]} == {"manager", "data-officer", "chair"}
    assert line("people", "add", "A Colleague").status == 0


def test_other_people_of_the_story_can_be_tried_out(line: Line) -> None:
    ran = line("overdue", "--as", "auditor")
    assert ran.status == 0
    assert line("cases", "--kind", "review", "--as", "board-police", "--json").json
    walled = {row["title"] for row in line("cases", "--kind", "review", "--as", "board-police", "--json").json}
    assert not any("Lantern" in title for title in walled)
