"""`casereview today`: the questions of a morning, their commands, what an empty list says, and a day's work by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casereview.oversight.matter import KINDS
from tests.tui.acts import Work
from tests.tui.conftest import Known, Ran
from tests.tui.test_act_all import as_typed

Cli = Callable[..., Ran]
KEYS = {"kind", "case", "title", "expectation", "asks", "since", "by", "days", "command", "beside"}


def test_the_list_is_grouped_and_each_entry_names_its_command(cli: Cli, known: Known) -> None:
    rows = cli("today", "--json").json
    assert rows and all(set(row) == KEYS for row in rows)
    order = [list(KINDS).index(row["kind"]) for row in rows]
    assert order == sorted(order)
    page = cli("today").out
    assert f"{len(rows)} questions for you on 2024-09-02" in page
    for kind in {row["kind"] for row in rows}:
        assert f"{KINDS[kind]} ({sum(row['kind'] == kind for row in rows)})" in page
    words = " ".join(page.split())
    for row in rows:
        assert row["command"] in page and row["title"] in page and row["beside"] in words and row["asks"] in words
        assert (row["since"] is None) != (row["by"] is None)


def test_every_command_it_prints_is_one_the_command_line_takes(cli: Cli, known: Known) -> None:
    commands = [row["command"] for who in ("ada", "mia", "ben") for row in cli("today", "--as", who, "--json").json]
    assert {command.split()[1] for command in commands} >= {"review", "agree-date", "show"}
    for command in dict.fromkeys(commands):
        found = cli(*as_typed(command), "--as", "mia")
        assert found.status in (0, 1) or "--help" not in found.err, (command, found)


def test_another_day_asks_other_questions(cli: Cli, known: Known) -> None:
    """The case justified until 20 September speaks from the 13th on, and not before."""

    def about(day: str) -> set[str]:
        rows = cli("today", "--today", day, "--json").json
        return {row["kind"] for row in rows if row["case"] == known.justified}

    assert about("2024-09-02") & {"justification", "reason", "checkpoint", "silence"} == set()
    assert "justification" not in about("2024-09-12")
    assert "justification" in about("2024-09-13") and "justification" in about("2024-10-10")
    assert "family" not in about("2024-09-05") and "family" in about("2024-09-06")  # promised by the 10th


def test_days_of_silence_are_a_choice(cli: Cli) -> None:
    def silent(*more: str) -> int:
        return sum(row["kind"] == "silence" for row in cli("today", "--json", *more).json)

    assert silent("--days-of-silence", "500") == 0 < silent() <= silent("--days-of-silence", "1")
    assert cli("today", "--days-of-silence", "0").status == 2


def test_a_worker_has_their_own_list_and_a_stranger_an_empty_one(cli: Cli, known: Known) -> None:
    ben = cli("today", "--as", "ben", "--json").json
    assert {"silence", "checkpoint"} & {row["kind"] for row in ben}
    assert "date" not in {row["kind"] for row in ben}  # a manager's act
    cat = cli("today", "--as", "cat")
    assert cat.status == 0 and "No open case is yours" in cat.out and "casereview cases" in cat.out
    assert cli("today", "--as", "cat", "--json").json == []


def test_an_empty_list_says_what_that_means(cli: Cli, known: Known) -> None:
    cli("team", "add", "South team", "--id", "south")
    assert "No open case is yours" in cli("today", "--team", "south").out
    before = cli("today", "--today", "2024-05-07", "--as", "ben", "--days-of-silence", "400")
    assert before.status == 0
    assert cli("today", "--team", "nowhere").status == 1


def test_a_hidden_case_asks_nothing_of_those_who_may_not_know_of_it(cli: Cli, known: Known) -> None:
    assert any(row["case"] == known.hidden for row in cli("today", "--as", "ada", "--json").json)
    for page in (cli("today", "--as", "mia"), cli("today", "--as", "mia", "--team", "north", "--json")):
        assert known.hidden not in page.out and "Kept close" not in page.out


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path, "single-assessment-2013")


def test_a_morning_is_worked_through_by_its_own_commands(work: Work) -> None:
    """A reason, the manager's answer, the family, and then it is quiet until the week before it ends."""

    def about(person: str, kind: str) -> list[str]:
        rows = work.done(person, "today", "--json").json
        return [row["command"] for row in rows if row["kind"] == kind]

    assert about("amina", "date") == []
    (first_sight,) = about("ben", "date")
    work.done("ben", *as_typed(first_sight.replace("DATE", "2012-04-27")))
    assert about("ben", "date") == []
    work.done("amina", "tell", "CASE", "--add", "Mother")
    work.day = "2012-07-02"  # past the 45 working days
    text = "A sibling came home; both are seen next week."
    work.done("amina", "reason", "CASE", "JUDG", "--text", text, "--effect", "He waits to hear.")
    (answer,) = about("ben", "reason")
    assert about("amina", "reason") == []
    work.done("ben", *as_typed(answer.replace("DATE", "2012-07-31")), "--text", "Worth the wait.")
    assert about("ben", "reason") == []
    (tell,) = about("amina", "justification")
    work.done("amina", *as_typed(tell), "--said", "Thank you.", "--promised", "2012-07-10")
    (seen,) = about("amina", "justification")
    assert seen == f"casereview seen {work.ref}"
    work.done("amina", *as_typed(seen))
    assert about("amina", "justification") == about("ben", "justification") == []
    work.day = "2012-07-09"
    (promised,) = about("amina", "family")
    work.done("amina", *as_typed(promised))
    assert about("amina", "family") == []
    work.day = "2012-07-23"
    assert about("ben", "justification") == []
    work.day = "2012-07-24"
    (again,) = about("ben", "justification")
    assert again == f"casereview answer {work.ref} --agree-until DATE"
    work.done("ben", *as_typed(again.replace("DATE", "2012-08-31")), "--text", "Still worth it.")
