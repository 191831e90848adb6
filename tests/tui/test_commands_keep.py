"""Keeping a store from the command line: people, teams, closures, children, the store itself, workflows, exchange."""

from __future__ import annotations

import os
import re
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.conftest import FLOW, Known, Ran, run_here
from tui.start import Settings, create_desk, os_login
from workflows.catalogue import SHIPPED

Cli = Callable[..., Ran]


# ---- people, teams, closures, children --------------------------------------------------------------------------
def test_people_are_added_changed_given_offices_and_leave(cli: Cli) -> None:
    added = cli("people", "add", "Dee Marsh", "--login", "dee", "--json").json
    assert added == {"person": "dee-marsh", "name": "Dee Marsh", "login": "dee", "left": False, "offices": []}
    assert cli("people", "add", "Another", "--login", "dee").status == 2
    assert cli("people", "change", "dee", "--name", "Dee Marsh-Cole", "--json").json["name"] == "Dee Marsh-Cole"
    given = cli("people", "office", "dee", "manager", "--team", "north", "--until", "1/12/2024", "--json").json
    assert given["offices"] == [
        {"office": "manager", "team": "north", "since": "2024-09-02", "until": "2024-12-01"}
    ]
    assert cli("people", "office", "dee", "manager").status == 2
    shown = cli("people").out
    assert shown == cli("people", "list").out and "manager of north" in shown
    assert cli("people", "left", "Dee Marsh-Cole", "--json").json["left"] is True
    assert "has left" in cli("people").out
    assert {one["person"] for one in cli("people", "--json").json} == {"ada", "ben", "cat", "mia", "dee-marsh"}


@pytest.mark.parametrize(
    "line",
    [
        ["people", "add", "X"], ["people", "change", "ben", "--name", "X"], ["people", "left", "ben"],
        ["people", "office", "ben", "chair"], ["team", "add", "X"], ["closure", "add", "2024-12-24", "X"],
    ],
)  # fmt: skip
def test_keeping_people_takes_an_office(cli: Cli, line: list[str]) -> None:
    before = cli("people", "--json").out, cli("team", "--json").out, cli("closure", "--json").out
    refused = cli(*line, "--as", "cat")
    assert refused.status == 1 and "office" in refused.err
    assert before == (cli("people", "--json").out, cli("team", "--json").out, cli("closure", "--json").out)


def test_teams(cli: Cli) -> None:
    assert cli("team", "add", "South team", "--json").json == {"team": "south-team", "name": "South team"}
    assert [one["team"] for one in cli("team", "--json").json] == ["north", "south-team"]
    assert "South team" in cli("team", "list").out


def test_a_closure_moves_open_dates_and_says_how_many(cli: Cli, known: Known) -> None:
    assert "None entered" in cli("closure").out
    moved = cli("closure", "add", "2024-09-05", "Training day", "--json").json
    assert (moved["date"], moved["moved"]) == ("2024-09-05", 1)  # only the case that is not past its date yet
    assert cli("closure", "add", "2024-09-05", "Again").status == 2
    assert cli("closure", "--json").json == [{"date": "2024-09-05", "name": "Training day", "team": None}]
    assert "2024-09-05, Office closed: Training day" in cli("explain-date", known.on_course).out


def test_children_are_opaque_ids_with_details_apart(cli: Cli, known: Known) -> None:
    added = cli("child", "add", "year=2014", "--sibling-of", "kid-1", "--json").json
    assert added["child"].startswith("child-")
    shown = cli("child", "show", added["child"], "--json").json
    assert shown["details"] == {"year": "2014"} and set(shown["siblings"]) == {"kid-1", "kid-2"}
    assert {one["child"] for one in cli("child", "--json").json} == {"kid-1", "kid-2", added["child"]}
    assert "2014" not in cli("child", "list").out
    assert cli("child", "link", known.on_course, added["child"]).status == 0
    assert known.on_course in cli("child", "show", added["child"]).out
    assert cli("child", "show", "kid-9").status == 1
    assert cli("child", "add", "--id", "kid-1").status == 2


# ---- the store ---------------------------------------------------------------------------------------------------
def test_init_makes_a_private_store_and_its_first_person(tmp_path: Path) -> None:
    place = tmp_path / "deep" / "down" / "cases.db"
    made = run_here("--store", str(place), "init", "--name", "Ada Okafor", "--office", "chair", "--json").json
    assert (made["practice"], made["login"], made["offices"]) == (False, os_login(), ["data-officer", "chair"])
    assert stat.S_IMODE(place.stat().st_mode) == 0o600 or os.name != "posix"
    people = run_here("--store", str(place), "people", "--json").json
    assert [(one["name"], one["login"]) for one in people] == [("Ada Okafor", os_login())]
    before = place.read_bytes()
    again = run_here("--store", str(place), "init")
    assert again.status == 2 and place.read_bytes() == before


def test_init_goes_on_where_it_was_cut_off(tmp_path: Path) -> None:
    place = str(tmp_path / "cases.db")
    settings = Settings(store=place)
    create_desk(settings, practice=True, nation="england-wales")
    settings.close()
    assert run_here("--store", place, "init").status == 0
    assert len(run_here("--store", place, "people", "--json").json) == 1


def test_without_a_place_the_store_is_the_persons_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    made = run_here("init", "--json").json
    assert made["store"].endswith("casereview.db") and Path(made["store"]).is_relative_to(tmp_path)


def test_verify_and_anchors(cli: Cli, store: Path, tmp_path: Path) -> None:
    whole = cli("verify", "--json").json
    assert whole.keys() >= {"ok", "entries", "cases", "head", "problems"}
    assert whole["ok"] and whole["cases"] == 4 and whole["problems"] == [] and len(whole["head"]) == 64
    printed = cli("verify", "--print-anchor")
    assert printed.status == 0 and whole["head"] in printed.out
    anchor = tmp_path / "anchor.txt"
    anchor.write_text(printed.out, "utf-8")
    assert cli("team", "add", "Later").status == 0
    assert "the anchor says" in cli("verify", "--anchor", str(anchor)).out
    assert cli("verify", "--as", "cat").status == 2
    anchor.write_text(printed.out.replace(whole["head"], "0" * 64), "utf-8")
    tampered = cli("verify", "--anchor", str(anchor), "--json")
    assert tampered.status == 1 and not tampered.json["ok"] and tampered.json["problems"]
    anchor.write_text("nothing", "utf-8")
    assert cli("verify", "--anchor", str(anchor)).status == 2


def test_verify_tells_when_the_file_was_altered(cli: Cli, store: Path) -> None:
    with sqlite3.connect(store) as altered:
        tables = {row[0] for row in altered.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert "journal" in tables
        for (trigger,) in altered.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            altered.execute(f'DROP TRIGGER "{trigger}"')
        altered.execute("UPDATE journal SET actor = 'cat' WHERE seq = 7")
    altered.close()
    found = cli("verify")
    assert found.status == 1 and "NOT as it was written" in found.out and "entry 7" in found.out


def test_a_store_that_cannot_be_read_is_status_2(cli: Cli, store: Path) -> None:
    content = store.read_bytes()
    store.write_bytes(b"This is not a store" + content[19:])
    assert cli("verify").status == 2
    store.write_bytes(content[: len(content) // 2])
    assert cli("verify").status == 2 and cli("cases").status == 2


def test_backup_and_restore(cli: Cli, store: Path, tmp_path: Path, known: Known) -> None:
    copy = tmp_path / "copy.db"
    assert cli("backup", str(copy)).status == 0
    assert cli("backup", str(copy)).status == 2
    assert cli("backup", str(tmp_path / "other.db"), "--as", "cat").status == 1
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600 or os.name != "posix"
    before = cli("cases", "--json").out
    assert cli("restore", str(copy)).status == 2  # never over a store that is there
    store.rename(tmp_path / "aside.db")
    left = Path(f"{store}-wal")  # what a killed program leaves: it would be played into the backup
    left.write_bytes(b"from the store that was here")
    for refused in (cli("restore", str(copy)), cli("init", "--practice")):
        assert refused.status == 2 and left.name in refused.err and not store.exists()
    left.unlink()
    assert cli("restore", str(copy)).status == 0
    assert cli("cases", "--json").out == before and cli("verify").status == 0
    assert cli("restore", str(tmp_path / "nothing.db")).status == 1


def test_upgrade_has_nothing_to_do_on_a_new_store(cli: Cli) -> None:
    assert cli("upgrade", "--json").json["copy"] is None
    assert cli("upgrade", "--store", "/no/such/store.db").status == 2


# ---- workflows -----------------------------------------------------------------------------------------------------
def test_workflows_list_show_and_map(cli: Cli, known: Known) -> None:
    listed = cli("workflows", "--json").json
    assert {one["workflow"] for one in listed} >= {FLOW, "single-assessment", "learning-together"}
    assert all(one["usable"] and one["shipped"] for one in listed)
    assert FLOW in cli("workflows", "list").out
    assert "Referral accepted" in cli("workflows", "show", FLOW).out
    shown = cli("workflows", "show", FLOW, "--json").json
    assert shown["workflow"] == FLOW and {"allocate", "record-error"} <= {one["step"] for one in shown["steps"]}
    assert cli("workflows", "map", FLOW, "--mermaid").out.startswith("stateDiagram")
    standing = cli("workflows", "map", "--case", known.justified, "--json").json
    assert standing["at"] == "accepted" and "here" in standing["map"]
    missing = cli("workflows", "show", "single-asessment")
    assert missing.status == 1 and "single-assessment" in missing.err


def test_every_fault_of_a_workflow_is_listed(cli: Cli, tmp_path: Path) -> None:
    assert cli("workflows", "check").status == 0
    own = tmp_path / "own"
    own.mkdir()
    text = (SHIPPED / f"{FLOW}.toml").read_text("utf-8")
    faulty = own / "mine.toml"
    text = re.sub(r'(?m)^(name +=) ".*"', r'\1 "mine"', text, count=1)
    faulty.write_text(re.sub(r'(?m)^to +=(?= ")', "too =", text), "utf-8")
    found = cli("workflows", "check", str(faulty), "--json")
    assert found.status == 2 and not found.json["ok"] and len(found.json["faults"]) > 3
    assert all(one["line"] and one["says"] for one in found.json["faults"])
    assert cli("workflows", "check").status == 2
    assert "has faults" in cli("workflows", "list").out
    assert cli("workflows", "check", FLOW).status == 0


# ---- exchange --------------------------------------------------------------------------------------------------------
def test_a_bundle_of_the_whole_store_becomes_the_same_store(cli: Cli, tmp_path: Path, known: Known) -> None:
    out = tmp_path / "whole.jsonl"
    assert cli("export", "bundle", str(out), "--json").json["entries"] > 10
    assert cli("export", "bundle", str(out)).status == 2
    assert cli("export", "bundle", str(tmp_path / "no.jsonl"), "--as", "cat").status == 1
    head = cli("verify", "--json").json["head"]
    fresh = str(tmp_path / "fresh.db")
    taken = cli("import", "bundle", str(out), "--store", fresh, "--json").json
    assert taken["identical"] and taken["created"] == 4 and taken["problems"] == []
    assert cli("verify", "--store", fresh, "--json").json["head"] == head
    assert cli("cases", "--store", fresh, "--json").out == cli("cases", "--json").out


def test_a_bundle_that_is_refused_leaves_no_store_behind(cli: Cli, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"casereview": "bundle"}\n', "utf-8")
    fresh = tmp_path / "fresh.db"
    ran = cli("import", "bundle", str(bad), "--store", str(fresh))
    assert ran.status == 2 and not fresh.exists() and ran.err.count("\n") == 1


def test_one_case_goes_to_another_store_once(cli: Cli, tmp_path: Path, known: Known) -> None:
    out, other = tmp_path / "case.jsonl", str(tmp_path / "other.db")
    assert cli("export", "bundle", str(out), "--case", known.justified.lower()).status == 0
    assert cli("init", "--practice", "--store", other).status == 0
    tried = cli("import", "bundle", str(out), "--store", other, "--dry-run", "--json").json
    assert (tried["dry_run"], tried["created"]) == (True, 1)
    assert cli("cases", "--store", other, "--json").json == []
    assert cli("import", "bundle", str(out), "--store", other, "--json").json["created"] == 1
    assert [row["case"] for row in cli("cases", "--store", other, "--json").json] == [known.justified]
    assert cli("import", "bundle", str(out), "--store", other, "--json").json["unchanged"] == 1


CIN = """<?xml version="1.0" encoding="utf-8"?>
<Message>
 <Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year><ReferenceDate>2024-03-31</ReferenceDate>
 </CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>999</LEA></Source></Header>
 <Children>
{children} </Children>
</Message>
"""
CHILD = """  <Child><ChildIdentifiers><LAchildID>{id}</LAchildID></ChildIdentifiers>
   <CINdetails><CINreferralDate>2023-05-02</CINreferralDate><ReferralSource>1A</ReferralSource>
    <Assessments><AssessmentActualStartDate>{start}</AssessmentActualStartDate>{end}</Assessments>
   </CINdetails></Child>
"""


def test_a_census_is_tried_taken_in_and_taken_in_again(cli: Cli, tmp_path: Path) -> None:
    end = "<AssessmentAuthorisationDate>{}</AssessmentAuthorisationDate>"
    children = [
        CHILD.format(id="C1", start="2023-05-03", end=""),
        CHILD.format(id="C2", start="2023-05-03", end=end.format("2023-06-20")),
        CHILD.format(id="C3", start="2023-05-03", end=end.format("2023-04-01")),
    ]
    file = tmp_path / "cin.xml"
    file.write_text(CIN.format(children="".join(children)), "utf-8")
    tried = cli("import", "cin", str(file), "--dry-run", "--json")
    assert tried.status == 0, tried.err
    assert tried.json.keys() >= {"read", "created", "updated", "unchanged", "refused", "problems"}
    assert len(cli("cases", "--json").json) == 4
    taken = cli("import", "cin", str(file), "--json").json
    assert (taken["read"], taken["created"], taken["refused"]) == (3, 2, 1)
    assert {one["child"] for one in taken["problems"] if one["refused"]} == {"C3"}
    assert all(one.keys() >= {"line", "child", "says"} and one["line"] > 1 for one in taken["problems"])
    assert len(cli("cases", "--json").json) == 6
    again = cli("import", "cin", str(file))
    assert "unchanged: 2" in again.out and "C3" in again.out
    assert cli("import", "cin", str(file), "--max-size", "1KB").status == 2
    assert cli("import", "cin", str(file), "--as", "cat").status == 1


def test_a_hostile_census_is_refused_whole(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "bomb.xml"
    file.write_text('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Message>&a;</Message>', "utf-8")
    assert cli("import", "cin", str(file)).status == 2
    (tmp_path / "empty.xml").touch()
    assert cli("import", "cin", str(tmp_path / "empty.xml")).status == 2
    assert len(cli("cases", "--json").json) == 4


# ---- the demo ---------------------------------------------------------------------------------------------------
def test_the_demo_has_a_store_of_its_own_and_opens_it_again(
    cli: Cli, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.delenv("CASEREVIEW_TODAY")
    monkeypatch.setenv("CASEREVIEW_USER", "ben")  # of the store of every day
    before = store.read_bytes()
    first = cli("demo", "--no-screen", "--json", "--scale", "0.05")
    assert first.status == 0, first.err
    assert store.read_bytes() == before
    standings = {row["standing"] for row in first.json}
    assert "longer_justified" in standings and len(standings) > 2
    made = list((tmp_path / "home").rglob("demo.db"))
    assert len(made) == 1 and not list((tmp_path / "home").rglob("*.building*"))
    content = made[0].read_bytes()
    again = cli("demo", "--json")
    assert again.out == first.out and made[0].read_bytes() == content
    assert cli("demo", "--fresh").status == 2  # nobody there to ask, and no --yes
    assert made[0].read_bytes() == content
    # Whoever is logged in is somebody there, and may write.
    monkeypatch.delenv("CASEREVIEW_USER")
    assert cli("verify", "--store", str(made[0]), "--as", "ben").status in (1, 2)
    me = [one for one in cli("people", "--store", str(made[0]), "--json").json if one["login"] == os_login()]
    assert len(me) == 1
