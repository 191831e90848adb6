"""Opening a case, steps, setting aside and reopening, from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tui.acts import Work

CASE_ROW = {"case", "title", "workflow", "version", "stage", "opened", "closed", "worker", "team", "standing"}


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path)


def test_opening_prints_the_reference_and_nothing_else(work: Work) -> None:
    begun = ("--opened", "1 March 2012", "--team", "North")
    done = work.done("amina", "open", "single-assessment", "--title", "Two", *begun)
    assert done.out.strip().startswith("SA-2012-") and len(done.out.split()) == 1
    assert "casereview why" in done.err
    shown = work.done("amina", "show", done.out.strip(), "--json").json
    assert (shown["opened"], shown["team"], shown["worker"]) == ("2012-03-01", "north", None)


def test_opening_as_json_is_the_case_row(work: Work) -> None:
    row = work.done("amina", "open", "single-assessment", "--title", "Two", "--worker", "Amina Shah", "--json").json
    assert row.keys() >= CASE_ROW
    assert row["worker"] == "amina" and row["stage"] == "accepted" and row["says"]


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        (("single-assesment", "--title", "T"), 1, "single-assessment"),
        (("single-assessment", "--title", "T", "--opened", "2012-04-01"), 2, "future"),
        (("single-assessment", "--title", "T", "--opened", "04/25/2012"), 2, "25/04/2012"),
        (("single-assessment", "--title", " "), 2, "title"),
        (("single-assessment",), 2, "still needed"),
        (("single-assessment", "--title", "T", "--team", "nroth"), 1, "north"),
        (("single-assessment", "--title", "T", "--worker", "Amina Sha"), 1, "Amina Shah"),
        (("single-assessment", "--title", "T", "--child", "c-9"), 1, "casereview child add"),
        (("single-assessment", "--title", "T", "--nation", "mars"), 2, "nation"),
        (("/nowhere/at-all.toml", "--title", "T"), 1, "at-all"),
    ],
)  # fmt: skip
def test_opening_refused(work: Work, line: tuple[str, ...], status: int, says: str) -> None:
    assert says in work.refused("amina", "open", *line, status=status)


def test_a_step_says_what_began_what_ended_and_who_has_to_hear(work: Work) -> None:
    work.done("amina", "tell", "CASE", "--add", "Mother")
    work.done("amina", "tell", "CASE", "--kind", "started", "--promised", "2012-03-20")
    done = work.done("amina", "step", "CASE", "begin-at-once", "--reason", "a bruise")
    assert "now at “In progress”" in done.out
    assert "Mother (last told 5 March 2012, news promised by 20 March 2012)" in done.out
    assert "look-together" in done.out
    again = work.done("amina", "step", "CASE", "to-section-47", "--reason", "harm", "--json").json
    assert again.keys() >= CASE_ROW and again["stage"] == "section-47" and again["closed"] == "2012-03-05"
    assert again["next"] == [] and "harm" in again["says"][0]


def test_a_refused_step_lists_everything_who_and_how(work: Work) -> None:
    said = work.refused("ben", "step", "CASE", "allocate")
    assert "the child or children this is about" in said and "who: Social worker or Team manager" in said
    assert f"run: casereview record {work.ref} referral" in said
    assert f"casereview set-aside {work.ref} record-referral --step allocate --reason …" in said
    data = json.loads(work.refused("ben", "step", "CASE", "allocate", "--json"))
    assert {one["requirement"] for one in data["unmet"]} == {"has-child", "record-referral"}
    assert data.keys() >= {"error", "where", "remedy"}


def test_a_step_of_another_role_or_no_step_at_all(work: Work) -> None:
    assert "is for: Team manager" in work.refused("amina", "step", "CASE", "allocate")
    assert "no step" in work.refused("amina", "step", "CASE", "alocate")
    assert "does not lead on from" in work.refused("amina", "step", "CASE", "close")
    assert "a reason for this step" in work.refused("amina", "step", "CASE", "begin-at-once")


def test_setting_aside(work: Work) -> None:
    assert "is for: Team manager" in work.refused("amina", "set-aside", "CASE", "has-child", "--reason", "x")
    assert "has-child" in work.refused("ben", "set-aside", "CASE", "has-chidl", "--reason", "x")
    assert "is a duty" in work.refused("ben", "set-aside", "CASE", "has-worker", "--step", "allocate", "--reason", "x")
    assert "asks for a reason" in work.refused("ben", "set-aside", "CASE", "has-child", "--reason", " ")
    assert "--reason" in work.refused("ben", "set-aside", "CASE", "has-child", status=2)
    assert "set aside" in work.done("ben", "set-aside", "CASE", "has-child", "--reason", "no id yet").out.casefold()
    row = work.done("ben", "set-aside", "CASE", "record-referral", "--reason", "by telephone", "--json").json
    assert row.keys() >= CASE_ROW and "by telephone" in row["says"][0]
    work.done("ben", "step", "CASE", "allocate")


def test_reopening(work: Work) -> None:
    assert "is open" in work.refused("ben", "reopen", "CASE", "--reason", "x")
    work.done("ben", "step", "CASE", "record-error", "--reason", "opened twice")
    assert "Reopening is for" in work.refused("amina", "reopen", "CASE", "--reason", "x")
    assert f"casereview reopen {work.ref}" in work.refused("ben", "step", "CASE", "allocate")
    row = work.done("ben", "reopen", "CASE", "--reason", "it was not", "--json").json
    assert row["stage"] == "in-progress" and row["closed"] is None and row["next"]


def test_a_real_store_is_not_written_on_another_day(tmp_path: Path) -> None:
    from tests.tui.acts import run

    store = tmp_path / "real.db"
    assert run(store, "init").status == 0
    found = run(store, "open", "single-assessment", "--title", "T", "--today", "2012-03-05")
    assert found.status == 2 and "--today" in found.err
