"""Help and quality on the command line: every list as text, JSON and CSV, on a past day, and with bad input."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from casereview.oversight.questions import question_of
from tests.tui.conftest import Known, Ran

Cli = Callable[..., Ran]
LISTS = (
    ("quality", "looks"), ("quality", "early"), ("quality", "goals"), ("quality", "look-back"), ("repeats",),
    ("continuity",), ("referrers",), ("voices",),
)  # fmt: skip
LOOK = ("childs_voice=clearly", "history_used=in part", "analysis=not yet", "decision=clearly", "family_shared=clearly")


@pytest.fixture
def told(cli: Cli, known: Known) -> str:
    """Something for every list, written on the command line itself; the reference of the case it is about."""
    case = known.justified
    for line in (
        ("record", case, "referral", "received_on=2024-05-01", "said==SUM(1) is what they wrote"),
        ("record", case, "referral", "received_on=2024-08-01", "said=Worried again"),
        ("tell", case, "--add", "The school", "--referrer", "--id", "school"),
        ("record", case, "childs-words", "heard_on=2024-08-28", "words=“I like Sundays.”"),
        ("record", case, "goal", "goal=Calm mornings", "agreed=yes", "baseline=Late each day", "how_known=She says so",
         "set_on=2024-08-01"),
    ):  # fmt: skip
        assert cli(*line, "--as", "ben").status == 0, line
    goal = cli("records", case, "goal", "--json").json[0]["number"]
    progress = ("on=2024-08-30", "progress=think again", "family_words=It does not fit us.")
    assert cli("record", case, "goal-progress", f"goal={goal}", *progress, "--as", "ben").status == 0
    assert cli("record", case, "quality-look", "looked_on=2024-09-01", *LOOK, "--as", "mia").status == 0
    assert cli("step", case, "begin-at-once", "--reason", "to be seen today", "--as", "ben").status == 0
    assert cli("step", case, "turn-to-analysis", "--as", "ben").status in (0, 1)
    decision = ("decision=Help", "grounds=Seen", "enough_because=Checked", "uncertain=Nights", "would_change=News",
                "help=early help", "decided_on=2024-09-02")  # fmt: skip
    assert cli("record", case, "decision", *decision, "--as", "ben").status == 0
    return case


@pytest.mark.parametrize("words", LISTS)
def test_every_list_carries_its_question_in_words_and_in_json(cli: Cli, told: str, words: tuple[str, ...]) -> None:
    page, data = cli(*words), cli(*words, "--json").json
    assert page.status == 0
    assert data["question"] == question_of(data["figure"]) and data["question"] in " ".join(page.out.split())
    assert all(line in " ".join(page.out.split()) for line in data["says"])
    assert set(data) == {"day", "says", "figure", "question", "answers", "total", "states", "rows"}
    assert len(data["rows"]) == data["total"]


@pytest.mark.parametrize("words", [one for one in LISTS if one[-1] not in ("early", "look-back")])
def test_what_was_written_down_is_found(cli: Cli, told: str, words: tuple[str, ...]) -> None:
    data = cli(*words, "--json").json
    assert told in str(data["rows"])
    assert told in cli(*words).out or "kid-1" in cli(*words).out


def test_lists_are_written_as_text_that_a_spreadsheet_does_not_run(cli: Cli, told: str, tmp_path: Path) -> None:
    for words in LISTS:
        target = tmp_path / f"{words[-1]}.csv"
        assert cli(*words, "--csv", str(target)).status == 0
        with target.open(encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.reader(stream))
        assert lines and all(len(line) == len(lines[0]) for line in lines)
        assert not any(cell.startswith(("=", "+", "@")) for line in lines for cell in line)
        again = cli(*words, "--csv", str(target))
        assert again.status == 2 and "there is a file already" in again.err


def test_a_past_day_is_read_as_it_was(cli: Cli, told: str) -> None:
    assert cli("quality", "goals", "--json").json["rows"][0]["state"] == "think again"
    then = cli("quality", "goals", "--as-at", "2024-08-31", "--json").json
    assert then["day"] == "2024-08-31" and then["total"] == 0  # nothing of it was written down yet
    assert cli("quality", "goals", "--as-at", "2024-09-03").status == 2


def test_lines_are_narrowed_by_what_they_say_their_state_and_their_day(cli: Cli, told: str) -> None:
    def total(*words: str) -> int:
        return int(cli(*words, "--json").json["total"])

    assert total("voices", "--find", "SUNDAYS") == 1 == total("voices", "--kind", "childs-words")
    assert total("voices", "--whose", "child") == 1
    assert total("voices", "--case", told, "--whose", "family") == 2  # when told, and of the goal
    assert total("quality", "goals", "--state", "think again") == 1 and total("quality", "goals", "--state", "new") == 0
    assert total("quality", "looks", "--since", "2024-09-02") == 0
    assert total("repeats", "--child", "kid-1") == 1 and total("repeats", "--team", "North team") == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("quality", "goals", "--state", "beter"), "Did you mean better?"),
        (("quality", "looks", "--since", "yesteryear"), "yesteryear"),
        (("voices", "--kind", "childs-word"), "childs-words"),
        (("voices", "--whose", "teacher"), "child; family"),
        (("quality", "theme", "nothing"), "Draw one"),
        (("quality", "sample", "--theme", "T", "--reason", "R", "nothing like it"), "draw from"),
        (("quality", "local", "--look-back", "9", "--ask-until", "3"), "weeks after closing"),
        (("referrers", "--team", "west"), "west"),
        (("quality", "goals", "--sort", "opend"), "Did you mean opened?"),
        (("quality", "looks", "--case", "SA-2024-77777"), "SA-2024-77777"),
    ],
)
def test_bad_input_is_one_line_with_what_to_do(cli: Cli, told: str, line: tuple[str, ...], says: str) -> None:
    found = cli(*line)
    assert found.status in (1, 2) and found.out == ""
    assert found.err.startswith("error:") and found.err.count("\n") == 1 and says in found.err


def test_a_theme_is_drawn_given_looked_at_and_gathered(cli: Cli, told: str) -> None:
    draw = ("quality", "sample", "--theme", "Who is heard?", "--reason", "Children told us", "--n", "2", "--seed", "4")
    tried = cli(*draw, "--dry-run", "--json").json
    assert cli("quality", "themes", "--json").json == []
    done = cli(*draw, "--to", "mia", "--json").json
    assert [one["case"] for one in done["cases"]] == tried["cases"] and done["theme"] == "who-is-heard"
    case = next(ref for ref in tried["cases"] if cli("show", ref, "--as", "mia").status == 0)  # one is hidden from her
    assert {one["given_to"] for one in done["cases"]} <= {"mia", None}
    assert cli("quality", "give", "who-is-heard", case, "ada").status == 0
    look = ("record", case, "quality-look", "looked_on=2024-09-02", "theme=Who is heard?", *LOOK)
    assert cli(*look, "--as", "mia").status == 0
    assert cli("quality", "found", "who-is-heard", "They are heard where somebody sits down.").status == 0
    page = cli("quality", "theme", "Who is heard?").out
    for words in ("1 of 2 cases looked at so far.", "They are heard where", "Children told us", case):
        assert words in " ".join(page.split())
    assert cli("quality", "themes").out.count("who-is-heard") == 1
    assert cli("voices", "--theme", "who-is-heard").status == 0


def test_the_time_of_the_look_back_is_settled_here(cli: Cli, told: str) -> None:
    assert "13 weeks" in cli("quality", "local").out
    assert cli("quality", "local", "--look-back", "20").status == 0
    assert cli("quality", "local", "--json").json == {"look_back_weeks": 20, "ask_until_weeks": 52}
    assert cli("quality", "local", "--look-back", "2", "--as", "ben").status == 1


def test_what_is_hidden_is_on_no_list(cli: Cli, known: Known, told: str) -> None:
    """Ada alone may know of the restricted case about the same child."""
    ada, mia = ({words: cli(*words, "--as", who, "--json").out for words in LISTS} for who in ("ada", "mia"))
    assert any(known.hidden in text for text in ada.values())
    assert not any(known.hidden in text for text in mia.values())
    assert cli("quality", "--as", "mia").status == 0  # with no word after it: the looks
