"""The family ledger and sight of the child, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.acts import Work
from tests.tui.test_act_steps import CASE_ROW


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path)


def test_people_are_listed_under_a_short_name(work: Work) -> None:
    row = work.done("amina", "tell", "CASE", "--add", "Zoë's grandmother", "--relation", "grandmother", "--pr",
                    "--language", "Polish", "--advocate", "Ms Lee", "--json").json  # fmt: skip
    assert row.keys() >= CASE_ROW
    [person] = row["family"]
    assert person["id"] == "zoe-s-grandmother" and person["must_be_told"] and person["parental_responsibility"]
    assert (person["language"], person["advocate"]) == ("Polish", "Ms Lee")
    again = ("--add", "Zoë's grandmother", "--id", "zoe-s-grandmother")
    refused = work.refused("amina", "tell", "CASE", *again, "--optional")
    assert "must be told" in refused  # law 3: nobody lets their own duty to tell go
    work.done("ben", "tell", "CASE", *again, "--no-pr", "--optional")
    [person] = work.done("amina", "tell", "CASE", "--json").json["family"]
    assert not person["parental_responsibility"] and not person["must_be_told"] and person["relation"] == "grandmother"


def test_nobody_is_taken_over_by_accident(work: Work) -> None:
    work.done("amina", "tell", "CASE", "--add", "Mother")
    assert "--id mother" in work.refused("amina", "tell", "CASE", "--add", "mother", status=2)
    assert "--id" in work.refused("amina", "tell", "CASE", "--add", "母", status=2)
    assert "left empty" in work.refused("amina", "tell", "CASE", "--add", " ", status=2)
    assert "small letters" in work.refused("amina", "tell", "CASE", "--add", "X", "--id", "A B", status=2)


def test_telling_and_the_ledger(work: Work) -> None:
    assert "Nobody is listed" in work.done("amina", "tell", "CASE").out
    assert "--add LABEL" in work.refused("amina", "tell", "CASE", "--kind", "progress")
    work.done("amina", "tell", "CASE", "--add", "Mother")
    work.done("amina", "tell", "CASE", "--add", "Head teacher", "--referrer", "--optional")
    done = work.done("amina", "tell", "CASE", "--kind", "started", "--on", "1/3/2012", "--by-way", "visit", "--said",
                     "Thank you", "--promised", "2012-03-20")  # fmt: skip
    assert "mother" in done.out and "head-teacher" not in done.out
    work.done("amina", "tell", "CASE", "--to", "referrer", "--to", "mother", "--kind", "progress", "--text", "Going on")
    ledger = work.done("amina", "tell", "CASE").out
    assert "Mother" in ledger and "They said: Thank you" in ledger
    data = work.done("amina", "tell", "CASE", "--json").json
    assert [one["kind"] for one in data["contacts"]] == ["progress", "started"]
    assert data["contacts"][0]["people"] == ["head-teacher", "mother"] and data["contacts"][1]["on"] == "2012-03-01"
    work.done("amina", "tell", "CASE", "--remove", "Head teacher")
    assert len(work.done("amina", "tell", "CASE", "--json").json["family"]) == 1


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        (("--kind", "progres"), 2, "progress"),
        (("--kind", "progress", "--to", "mothr"), 1, "mother"),
        (("--kind", "progress", "--on", "2012-03-06"), 2, "future"),
        (("--kind", "progress", "--promised", "2012-03-01"), 2, "passed"),
        (("--kind", "progress", "--add", "Father"), 2, "together"),
        (("--kind", "progress", "--pr"), 2, "--add"),
        (("--to", "mother"), 2, "--kind"),
        (("--remove", "father"), 1, "nobody on the list"),
        (("--remove", "mother", "--text", "x"), 2, "means nothing"),
        (("--except", "mother"), 2, "--because"),
        (("--because", "police advice"), 2, "--except"),
        (("--add", "Father", "--until", "2012-05-01"), 2, "--except"),
    ],
)  # fmt: skip
def test_telling_refused(work: Work, line: tuple[str, ...], status: int, says: str) -> None:
    work.done("amina", "tell", "CASE", "--add", "Mother")
    assert says in work.refused("amina", "tell", "CASE", *line, status=status)


def test_not_telling_is_a_managers_act(work: Work) -> None:
    work.done("amina", "tell", "CASE", "--add", "Mother")
    lawful = ("tell", "CASE", "--except", "mother", "--because", "police advice", "--until", "2012-04-01")
    assert "lawful exception is for" in work.refused("amina", *lawful)
    assert "lawful exceptions" in work.refused("ben", *lawful[:5], "busy", *lawful[6:], status=2)
    assert "still ahead" in work.refused("ben", *lawful[:-1], "2012-03-05", status=2)
    [person] = work.done("ben", *lawful, "--json").json["family"]
    assert (person["exception"], person["exception_until"]) == ("police advice", "2012-04-01")
    assert "police advice, until 2012-04-01" in work.done("ben", "tell", "CASE").out


def test_sight_of_the_child(work: Work) -> None:
    row = work.done("amina", "seen", "CASE", "--on", "2/3/2012", "--by", "Ben Okoro", "--with", "an aunt", "--where",
                    "school", "--note", "-", "--json", stdin=b"Drew a house").json  # fmt: skip
    assert row.keys() >= CASE_ROW and row["record"] == row["number"]
    [seen] = work.done("amina", "records", "CASE", "seen", "--json").json
    where = {"with_whom": "an aunt", "where": "school", "note": "Drew a house"}
    assert seen["values"] == {"by": "ben", "alone": False, **where}
    assert seen["on"] == "2012-03-02"
    assert "future" in work.refused("amina", "seen", "CASE", "--on", "2012-03-06", status=2)
    assert "together" in work.refused("amina", "seen", "CASE", "--alone", "--with", "x", status=2)
    assert "ben" in work.refused("amina", "seen", "CASE", "--by", "bem")
    assert "no part" in work.refused("sue", "seen", "CASE")
    assert "alone" in work.done("amina", "seen", "CASE", "--alone").out
