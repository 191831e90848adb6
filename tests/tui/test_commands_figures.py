"""`casereview figures`: pages, rows and data, what people add to them, and bad input told in one line."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from casereview.oversight.questions import DEPENDS
from casereview.service.figure_pages import KINDS
from tests.tui.conftest import Known, Ran

Cli = Callable[..., Ran]
KEYS = {"figure", "as_at", "cases", "smallest", "found", "beside", "question", "answers", "stories", "notes"}


def test_every_figure_is_a_page_rows_and_data_with_its_question(cli: Cli, known: Known, tmp_path: Path) -> None:
    for kind in KINDS:
        text, data = cli("figures", kind.name), cli("figures", kind.name, "--json", "--csv", str(tmp_path / kind.name))
        assert (text.status, data.status, data.err) == (0, 0, ""), (kind.name, text.err, data.err)
        assert set(data.json) == KEYS and data.json["figure"] == kind.name
        assert data.json["question"] in " ".join(text.out.split()) and DEPENDS[kind.name] in data.json["question"]
        with (tmp_path / kind.name).open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = list(csv.reader(stream))
        assert len(set(header)) == len(header) and all(len(row) == len(header) for row in rows)
    again = cli("figures", "durations", "--csv", str(tmp_path / "durations"))
    assert again.status == 2 and "a file already" in again.err


def test_no_share_in_time_unless_it_is_asked_for_by_name(cli: Cli, known: Known) -> None:
    for kind in KINDS:
        page = cli("figures", kind.name).out
        assert ("within the indicative time" in page.lower()) == kind.by_name
        assert ("says nothing of whether help was good" in " ".join(page.split())) == kind.by_name


def test_a_hidden_case_is_in_no_figure(cli: Cli, known: Known) -> None:
    """Ben may not know of one that Ada does."""
    assert cli("figures", "settings", "--smallest", "1").status == 0
    mine, theirs = (cli("figures", "durations", "--as", who, "--json").json["cases"] for who in ("ada", "ben"))
    listed = [len(cli("cases", "--as", who, "--json").json) for who in ("ada", "ben")]
    assert [mine, theirs] == listed


def test_answers_and_stories_are_kept_shown_and_taken_away(cli: Cli, known: Known) -> None:
    assert cli("figures", "answer", "bunching", "Sign-off meets on Thursdays.").status == 0
    (given,) = cli("figures", "answers", "--json").json
    assert given["text"] in cli("figures", "bunching").out and given["on"] == "2024-09-02"
    assert cli("figures", "answer", "bunching", given["key"], "--take-back").status == 0
    assert cli("figures", "answers").out.startswith("Nobody has answered")
    assert cli("figures", "story", "add", "May 2024", "A [b]new[/b] team began.").status == 0
    (story,) = cli("figures", "story", "list", "--json").json
    page = cli("figures", "trend", "--of", "begun").out
    assert "A [b]new[/b] team began." in page and story["month"] == "2024-05"
    assert cli("figures", "story", "remove", story["key"]).status == 0
    assert cli("figures", "story", "list").out.startswith("No story")


def test_the_smallest_number_hides_and_shows(cli: Cli, known: Known) -> None:
    assert "from 1 to 4 are not shown" in cli("figures", "settings").out
    few = cli("figures", "durations", "--json").json
    assert few["found"]["open"]["count"] is None and few["smallest"] == 5
    assert cli("figures", "settings", "--smallest", "1", "--json").json == {"smallest": 1}
    assert cli("figures", "durations", "--json").json["found"]["open"]["count"] > 0


def test_a_past_day_is_looked_at_with_as_at(cli: Cli, known: Known) -> None:
    then = cli("figures", "trend", "--of", "begun", "--as-at", "2024-05-31", "--json")
    assert then.status == 0 and then.json["as_at"] == "2024-05-31"
    assert then.json["found"]["so_far"]["month"] == "2024-05"
    assert cli("figures", "trend", "--as-at", "2031-01-01").status == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("durations", "--by", "worker"), "--by"), (("durations", "--team", "nowhere"), "nowhere"),
        (("durations", "--expectation", "decison"), "Did you mean decision?"),
        (("durations", "--from", "2024-02-30"), "--from"), (("bunching", "--around", "soon"), "--around"),
        (("trend", "--of", "speed"), "--of"), (("trend", "--months", "0"), "months"), (("league",), "league"),
        (("settings", "--smallest", "0"), "--smallest"), (("answer", "bunchin", "x"), "Did you mean bunching?"),
        (("answer", "bunching", " "), "the answer"), (("story", "add", "soon", "x"), "month"),
        (("story", "remove", "nothing"), "story list"),
        (("answer", "trend", "no-key", "--take-back"), "no such answer"),
    ],
)  # fmt: skip
def test_bad_input_is_one_line_that_says_where(cli: Cli, known: Known, words: tuple[str, ...], says: str) -> None:
    ran = cli("figures", *words)
    assert ran.status in (1, 2) and ran.out == ""
    error = [line for line in ran.err.splitlines() if not line.endswith("…")]
    assert len(error) == 1 and error[0].startswith("error: ") and says in error[0]
