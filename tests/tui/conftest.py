"""A practice store with a few cases, and the command line on a copy of it for each test."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from casereview import commands as cmd
from casereview.decide.opening import OpenCase
from casereview.service import registry
from tui.start import Settings, create_desk, main, open_desk, os_login

TODAY = "2024-09-02"  # a Monday
FLOW = "single-assessment-2013"  # 45 working days: those opened on 1 May 2024 are past it on TODAY
ABSENT = "SA-2024-77777"  # never given to a case


@dataclass(frozen=True)
class Ran:
    """What a command line left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err)


@dataclass(frozen=True)
class Known:
    """The references of the cases in the store; the child both `justified` and `hidden` are about."""

    justified: str
    unexplained: str
    on_course: str
    hidden: str
    child: str = "kid-1"


def _settings(store: Path, today: str, person: str = "") -> Settings:
    return Settings(store=str(store), today=today, person=person)


def _do(store: Path, today: str, person: str, ref: str, *commands: cmd.Command) -> None:
    settings = _settings(store, today, person)
    desk = open_desk(settings)
    for command in commands:
        desk.do(ref, command)
    settings.close()


def _open(store: Path, today: str, title: str, *children: str) -> str:
    settings = _settings(store, today)
    done = open_desk(settings).open(OpenCase(FLOW, title, None, "north", "ben", children))
    settings.close()
    return done.case.ref


def _people(store: Path) -> None:
    settings = _settings(store, "2024-04-01")
    desk = create_desk(settings, practice=True, nation="england-wales", person="ada")
    registry.add_person(desk, "Ada Okafor", login=os_login(), person_id="ada")
    registry.add_team(desk, "North team", team_id="north")
    registry.give_office(desk, "ada", "data-officer")
    registry.give_office(desk, "ada", "manager", team="north")
    for person, name in (("ben", "Ben Lee"), ("cat", "Cat Shaw"), ("mia", "Mia Holt")):
        registry.add_person(desk, name, login=f"{person}-login", person_id=person)
    registry.give_office(desk, "mia", "manager", team="north")
    registry.add_child(desk, child_id="kid-1")
    registry.add_child(desk, child_id="kid-2", sibling_of="kid-1")
    settings.close()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Known]:
    """Built once: one case longer and justified, one longer and unexplained, one on course, one restricted."""
    store = tmp_path_factory.mktemp("store") / "practice.db"
    _people(store)
    justified = _open(store, "2024-05-01", "Two homes", "kid-1")
    unexplained = _open(store, "2024-05-02", "A long journey", "kid-2")
    hidden = _open(store, "2024-05-03", "Kept close", "kid-1")
    _do(store, "2024-05-03", "ada", hidden, cmd.Restrict("a relative works here"))
    on_course = _open(store, "2024-08-20", "Newly begun")
    _do(store, "2024-05-07", "ben", justified, cmd.SetRoster("mother", label="Mother"))
    why = "The history of three places is still being read."
    _do(store, "2024-08-27", "ben", justified, cmd.GiveReason("HIST", why, "She has to wait to be settled."))
    answer = cmd.GiveAnswer("agreed", "Worth the wait", date(2024, 9, 20))
    _do(store, "2024-08-27", "ada", justified, answer)
    told = cmd.Tell("delay explained", method="visit", said="Thank you for saying", promised_on=date(2024, 9, 10))
    _do(store, "2024-08-28", "ben", justified, cmd.SeeChild(alone=True, where="home"), told)
    return store, Known(justified, unexplained, on_course, hidden)


@pytest.fixture
def store(template: tuple[Path, Known], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the store, which the command line is pointed at, on TODAY."""
    copy = tmp_path / "cases.db"
    shutil.copy(template[0], copy)
    monkeypatch.setenv("CASEREVIEW_STORE", str(copy))
    monkeypatch.setenv("CASEREVIEW_TODAY", TODAY)
    monkeypatch.setenv("CASEREVIEW_WORKFLOWS", str(tmp_path / "own"))
    return copy


@pytest.fixture
def known(template: tuple[Path, Known]) -> Known:
    return template[1]


def run_here(*arguments: str) -> Ran:
    """The program in this process, with its output in strings."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(arguments)
    assert "Traceback" not in err.getvalue()
    assert "\x1b" not in out.getvalue() + err.getvalue()
    return Ran(status, out.getvalue(), err.getvalue())


def run_program(*arguments: str, stdin: str = "", **environment: str) -> Ran:
    """The program as another program starts it."""
    done = subprocess.run(
        [sys.executable, "-m", "casereview", *arguments],
        input=stdin, capture_output=True, encoding="utf-8", env={**os.environ, **environment}, check=False, timeout=60,
        cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def cli(store: Path) -> Iterator[Callable[..., Ran]]:
    """Runs a command line in this process on the test's own copy of the store."""
    yield run_here
