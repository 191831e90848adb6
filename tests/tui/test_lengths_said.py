"""A length of time instead of a date ahead, with every command that asks for one."""

from __future__ import annotations

from pathlib import Path

from tests.tui.acts import Work


def test_every_date_ahead_may_be_given_as_a_length(tmp_path: Path) -> None:
    work = Work(tmp_path)
    case = ("CASE", "--json")
    reason = work.done(
        "amina", "reason", "CASE", "hist", "--text", "Two old files", "--effect", "weekly", "--proposed", "2 weeks",
        "--json",
    ).json["reason"]  # fmt: skip
    answer = work.done("ben", "answer", *case, "--agree-until", "4 weeks").json
    agreed = work.done("ben", "agree-date", *case, "8 weeks from today", "--text", "So long it takes").json
    work.done("amina", "tell", "CASE", "--add", "Mother")
    told = work.done("amina", "tell", *case, "--kind", "progress", "--promised", "1 week").json["family"]
    lawful = ("--except", "mother", "--because", "police advice", "--until", "3 weeks")
    [excepted] = work.done("ben", "tell", *case, *lawful).json["family"]
    assert reason["proposed"] == "2012-03-19" and answer["case"] == work.ref
    assert (agreed["agreed_date"], told[0]["promised_on"]) == ("2012-04-30", "2012-03-12")
    assert excepted["exception_until"] == "2012-03-26"
    assert "neither a date nor a length" in work.refused("ben", "agree-date", "CASE", "8 weaks", status=2)
