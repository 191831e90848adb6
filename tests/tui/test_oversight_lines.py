"""Reviews, families and what a morning writes into files, from the command line."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.acts import Work
from tests.tui.conftest import Known, Ran
from tests.tui.test_act_steps import CASE_ROW

Cli = Callable[..., Ran]


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """An assessment in progress, with a mother who must be told."""
    made = Work(tmp_path)
    made.done("ben", "step", "CASE", "begin-at-once", "--reason", "she is three")
    made.done("amina", "tell", "CASE", "--add", "Mother", "--language", "Polish")
    return made


# ---- review ------------------------------------------------------------------------------------------------------
def test_a_review_is_one_line(work: Work) -> None:
    row = work.done("ben", "review", "CASE", "--outcome", "carry on", "--known", "-", "--text", "is it safe?", "--date",
                    "30/3/2012", "--told", "new date", "--said", "Good", "--promised", "20/3/2012", "--seen", "today",
                    "--next", "19/3/2012", "--supervision", "We went round it", "--task", "Amina rings", "--json",
                    stdin=b"A cousin takes her in").json  # fmt: skip
    assert row.keys() >= CASE_ROW and row["stage"] == "in-progress" and row["outcome"] == "carry on"
    [found] = work.done("ben", "records", "CASE", "checkpoint-review", "--json").json
    assert found["values"]["known_now"] == "A cousin takes her in" and found["values"]["child_seen"] is True
    page = work.done("amina", "review", "CASE").out
    assert "Held: 1" in page and "A cousin takes her in" in page and "success" in page and "--step plan-again" in page
    data = work.done("amina", "review", "CASE", "--json").json
    assert data["held"] == 1 and [one["outcome"] for one in data["outcomes"]] == [
        "enough-known", "carry-on", "change-direction",
    ]  # fmt: skip


def test_stopping_early_shows_as_a_success_everywhere_it_is_looked_at(work: Work) -> None:
    line = ("review", "CASE", "--outcome", "enough-known", "--known", "It was one bad week")
    refused = work.refused("ben", *line)
    assert "childs-words" in refused and f"casereview review {work.ref} --outcome enough-known --set-aside" in refused
    done = work.done("ben", *line, "--set-aside", "Said to the school nurse")
    assert "stopping early is a success" in done.out
    assert "a success, not an exception" in " ".join(work.done("amina", "show", "CASE").out.split())
    assert "Said to the school nurse" in work.done("ben", "overrides").out


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        (("--outcome", "carry-one"), 2, "carry-on"),
        (("--known", "x"), 2, "--outcome"),
        (("--outcome", "carry-on", "--known", "k", "--text", "t", "--step", "plan-again"), 2, "change-direction"),
        (("--outcome", "carry-on", "--known", "k", "--text", "t", "--said", "x"), 2, "--told"),
        (("--outcome", "carry-on", "--known", "k", "--text", "t", "--alone"), 2, "--seen"),
        (("--outcome", "carry-on", "--known", "k", "--text", "t", "--task", "x"), 2, "--supervision"),
        (("--outcome", "carry-on", "--known", "k", "--text", "t", "--date", "yesterweek"), 2, "date"),
        (("--outcome", "carry-on"), 1, "--known"),
        (("--outcome", "change-direction", "--known", "k", "--text", "t", "--step", "plan-agian"), 1, "plan-again"),
    ],
)  # fmt: skip
def test_a_review_refused(work: Work, line: tuple[str, ...], status: int, says: str) -> None:
    assert says in work.refused("ben", "review", "CASE", *line, status=status)


def test_no_review_is_the_workers_own(work: Work) -> None:
    refused = work.refused("amina", "review", "CASE", "--outcome", "carry-on", "--known", "k", "--text", "t")
    assert "Team manager" in refused


# ---- families ----------------------------------------------------------------------------------------------------
def test_families_owed_news_across_cases(work: Work, tmp_path: Path) -> None:
    work.done("amina", "tell", "CASE", "--kind", "started", "--promised", "2012-03-07", "--said", "When?")
    assert "No promise of news is broken" in work.done("ben", "families").out
    [row] = work.done("ben", "families", "--owed", "--json").json
    assert (row["person"], row["owed_by"], row["broken"], row["days"]) == ("mother", "2012-03-07", False, 0)
    work.day = "2012-03-12"
    [row] = work.done("ben", "families", "--json").json
    assert (row["broken"], row["broken_times"], row["days"], row["language"]) == (True, 1, 3, "Polish")
    page = work.done("ben", "families").out
    assert "1 person in 1 case" in page and row["command"] in page and "3 working days so far" in page
    file = tmp_path / "families.csv"
    work.done("ben", "families", "--all", "--csv", str(file))
    [told] = csv.DictReader(file.read_text("utf-8-sig").splitlines())
    assert told["label"] == "Mother" and told["broken"] == "yes"
    work.done("amina", *row["command"].split()[1:])
    assert work.done("ben", "families", "--json").json == []
    assert work.done("ben", "families", "--json", "--as-at", "2012-03-09").json[0]["broken"] is True
    ledger = work.done("amina", "tell", "CASE").out
    assert "1 promise of news made: 1 kept late" in ledger and "started (in Polish), by Amina Shah" in ledger
    [mother] = work.done("amina", "tell", "CASE", "--json").json["family"]
    assert mother["promises"] == [
        {"made_on": "2012-03-05", "by": "2012-03-07", "kept_on": "2012-03-12", "became": "kept late"}
    ]


def test_a_changed_date_is_on_the_list_until_it_is_told(work: Work) -> None:
    work.done("amina", "tell", "CASE", "--kind", "started")
    work.done("ben", "agree-date", "CASE", "2012-03-20")
    work.day = "2012-03-07"
    work.done("ben", "agree-date", "CASE", "2012-03-28", "--text", "a week for the school")
    [row] = work.done("ben", "families", "--not-told", "--json").json
    assert row["not_told"] == "the new date, 2012-03-28" and row["not_told_since"] == "2012-03-07"
    [asked] = [one for one in work.done("amina", "today", "--json").json if one["kind"] == "told"]
    assert asked["by"] == "2012-03-09"
    work.done("ben", "today-settings", "--tell-within", "5")
    [asked] = [one for one in work.done("amina", "today", "--json").json if one["kind"] == "told"]
    assert asked["by"] == "2012-03-14"
    work.done("amina", "tell", "CASE", "--kind", "new date")
    assert work.done("ben", "families", "--not-told", "--json").json == []


def test_which_families_are_wanted_is_said_once(work: Work) -> None:
    assert "together" in work.refused("ben", "families", "--owed", "--all", status=2)
    assert "north" in work.refused("ben", "families", "--team", "nroth")


def test_a_hidden_case_is_on_no_list_of_families(cli: Cli, known: Known) -> None:
    found = cli("families", "--all", "--as", "mia", "--json").json
    assert {row["case"] for row in found} == {known.justified}
    assert known.hidden not in cli("families", "--all", "--as", "mia").out


# ---- today, taken along ------------------------------------------------------------------------------------------
def test_a_morning_as_a_digest_and_a_calendar_without_names(cli: Cli, known: Known, tmp_path: Path) -> None:
    text = cli("today", "--digest", "-").out
    everything = cli("today", "--json").json
    rows = [row for row in everything if row["case"] != known.hidden]
    assert len(rows) < len(everything) and known.hidden not in text  # restricted: its reference leaves with nothing
    assert f"{len(rows)} questions for you" in text and all(row["case"] in text for row in rows)
    assert not any(row["title"] in text or row["asks"] in text for row in rows)
    assert any(row["title"] in cli("today", "--digest", "-", "--in-full").out for row in rows)
    ics, digest = tmp_path / "a.ics", tmp_path / "a.txt"
    for _ in range(2):
        found = cli("today", "--ics", str(ics), "--digest", str(digest), "--json").json
    assert [one["questions"] for one in found] == [len(rows), sum(row["by"] is not None for row in rows)]
    assert digest.read_text() == text
    ics.write_text("mine")
    refused = cli("today", "--ics", str(ics))
    assert refused.status == 2 and "something else is there" in refused.err
    assert cli("today", "--in-full").status == 2


def test_a_morning_is_filtered_and_exported(cli: Cli, tmp_path: Path) -> None:
    rows = cli("today", "--json").json
    kind = rows[0]["kind"]
    assert cli("today", "--json", "--kind", kind).json == [row for row in rows if row["kind"] == kind]
    assert "silence" in cli("today", "--kind", "quiet").err
    cli("today", "--csv", str(tmp_path / "today.csv"))
    listed = list(csv.DictReader((tmp_path / "today.csv").read_text("utf-8-sig").splitlines()))
    assert [row["case"] for row in listed] == [row["case"] for row in rows]


def test_the_numbers_of_the_morning_are_the_authoritys(cli: Cli) -> None:
    before = cli("today-settings", "--json").json
    assert before == {"silent_after": 10, "ahead": 2, "tell_within": 2, "unanswered_after": 5}
    assert cli("today-settings", "--ahead", "4", "--json").json == {**before, "ahead": 4}
    assert "4 working days ahead" in cli("today-settings").out
    assert cli("today-settings", "--ahead", "0").status == 2
    assert cli("today-settings", "--ahead", "3", "--as", "ben").status == 1
