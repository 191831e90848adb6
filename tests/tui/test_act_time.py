"""Reasons, answers, dates, lanes and waiting, from the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.tui.acts import Work
from tests.tui.test_act_steps import CASE_ROW

REASON = ("reason", "CASE", "hist", "--text", "Two old files", "--effect", "seen weekly")


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path)


def test_without_a_code_the_codes_are_listed_and_nothing_is_done(work: Work) -> None:
    before = work.number()
    found = work.run("amina", "reason", "CASE")
    assert found.status == 2 and work.number() == before
    assert "JUDG" in found.out and "Which question is still open" in found.out
    assert len(found.err.splitlines()) == 1 and f"casereview reason {work.ref} CODE" in found.err
    listed = work.run("amina", "reason", "CASE", "--json")
    assert {one["code"] for one in listed.json} >= {"HIST", "NONE"} and json.loads(listed.err)["error"]


def test_a_reason_explains(work: Work) -> None:
    row = work.done("amina", *REASON, "--proposed", "20/4/2012", "--json").json
    assert row.keys() >= CASE_ROW
    reason = row["reason"]
    assert (reason["code"], reason["class"], reason["proposed"]) == ("HIST", "can justify", "2012-04-20")
    assert "casereview answer" in work.done("amina", *REASON).out


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        (("HSIT", "--text", "x", "--effect", "y"), 2, "HIST"),
        (("HIST", "--text", "x"), 1, "--effect"),
        (("HIST",), 1, "--text"),
        (("HIST", "--text", "x", "--effect", "y", "--proposed", "soon"), 2, "date"),
        (("HIST", "--text", "x", "--effect", "y", "--expectation", "decison"), 1, "decision"),
        (("HIST", "--text", "x", "--effect", "y", "--expectation", "manager-queue"), 1, "has not started"),
    ],
)  # fmt: skip
def test_a_reason_refused(work: Work, line: tuple[str, ...], status: int, says: str) -> None:
    assert says in work.refused("amina", "reason", "CASE", *line, status=status)


def test_what_was_written_in_the_editor_is_shown_again_when_refused(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.py"
    script.write_text("import pathlib, sys\npathlib.Path(sys.argv[1]).write_text('An hour of work')\n", "utf-8")
    monkeypatch.setenv("VISUAL", f'"{sys.executable}" "{script}"')
    refused = work.run("amina", "reason", "CASE", "nosuch", "--edit")
    assert refused.status == 2 and "--text 'An hour of work'" in refused.err


def test_somebody_without_a_part_gives_no_reason(work: Work) -> None:
    assert "no part" in work.refused("sue", *REASON)


def test_an_answer_shows_the_reason_it_is_about(work: Work) -> None:
    assert "no reason to answer" in work.refused("ben", "answer", "CASE", "--agree-until", "2012-05-01")
    work.done("amina", *REASON)
    row = work.done("ben", "answer", "CASE", "--tell-me-more", "Which files?", "--json").json
    assert row["reason"]["text"] == "Two old files" and "tell me more" in row["says"][0]
    said = work.done("ben", "answer", "CASE", "--agree-until", "1 May 2012", "--text", "Fine").out
    assert "Two old files" in said and "look again on 1 May 2012" in said and "delay explained" in said
    assert "not agreed" in work.done("ben", "answer", "CASE", "--not-agreed", "Decide now").out


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        ((), 2, "--agree-until"),
        (("--agree-until", "2012-05-01", "--not-agreed", "x"), 2, "together"),
        (("--not-agreed", "x", "--text", "y"), 2, "means nothing here"),
        (("--agree-until", "2012-03-05"), 1, "still ahead"),
        (("--agree-until", "05/13/2012"), 2, "13/05/2012"),
        (("--not-agreed", " "), 1, "own words"),
    ],
)
def test_an_answer_refused(work: Work, line: tuple[str, ...], status: int, says: str) -> None:
    work.done("amina", *REASON)
    assert says in work.refused("ben", "answer", "CASE", *line, status=status)


def test_nobody_answers_their_own_reason_or_a_cause_in_the_system(work: Work) -> None:
    work.done("ben", *REASON)
    assert "other than its author" in work.refused("ben", "answer", "CASE", "--agree-until", "2012-05-01")
    work.done("amina", "reason", "CASE", "CAPA", "--text", "Too many", "--effect", "waits")
    assert "cannot be agreed" in work.refused("mina", "answer", "CASE", "--agree-until", "2012-05-01")
    work.done("amina", "reason", "CASE", "SPEC", "--text", "A report", "--effect", "waits")
    assert "--owner" in work.refused("mina", "answer", "CASE", "--agree-until", "2012-05-01")
    work.done("amina", "reason", "CASE", "SPEC", "--text", "A report", "--effect", "waits", "--action", "ring them",
              "--owner", "Amina", "--due", "2012-03-20")  # fmt: skip
    work.done("mina", "answer", "CASE", "--agree-until", "2012-05-01")


def test_agreeing_a_date(work: Work) -> None:
    assert "Agreeing a date is for" in work.refused("amina", "agree-date", "CASE", "2012-04-30")
    assert "ahead" in work.refused("ben", "agree-date", "CASE", "2012-03-01")
    assert "date" in work.refused("ben", "agree-date", "CASE", "later", status=2)
    row = work.done("ben", "agree-date", "CASE", "30 April 2012", "--json").json
    assert row["agreed_date"] == "2012-04-30" and row.keys() >= CASE_ROW
    assert "agreed already" in work.refused("ben", "agree-date", "CASE", "2012-04-30")


def test_a_long_date_asks_for_its_reason(tmp_path: Path) -> None:
    work = Work(tmp_path, "single-assessment-2013")
    assert f"casereview reason {work.ref}" in work.refused("ben", "agree-date", "CASE", "2012-07-13")
    long = ("agree-date", "CASE", "2012-07-13", "--reason")
    assert "cannot be agreed" in work.refused("ben", *long, "CAPA", "--text", "x")
    assert "PREB" in work.refused("ben", *long, "PREP", "--text", "x", status=2)
    assert "'new date'" in work.done("ben", *long, "PREB", "--text", "Paced to the birth").out


def test_the_urgent_lane(work: Work) -> None:
    assert "infant injury" in work.done("amina", "lane", "CASE").out
    assert "urgent" in work.refused("amina", "lane", "CASE", "urgnet", "--because", "infant injury")
    assert "infant injury" in work.refused("amina", "lane", "CASE", "urgent", "--because", "infant injuries")
    assert "LANE" in work.refused("amina", "lane", "CASE", "--because", "x", status=2)
    assert "together" in work.refused("amina", "lane", "CASE", "urgent", "--leave", "--because", "x", status=2)
    assert "no urgent lane" in work.refused("amina", "lane", "CASE", "--leave", "--because", "x")
    row = work.done("amina", "lane", "CASE", "urgent", "--because", "infant injury", "--json").json
    assert row["lane"] == "urgent" and row["targets"]["first-sight"] == "2012-03-06"
    assert [one["in"] for one in work.done("amina", "lane", "CASE", "--json").json] == [True]
    assert "asks for a reason" in work.refused("amina", "lane", "CASE", "--leave")
    assert "Out of the urgent lane" in work.done("amina", "lane", "CASE", "--leave", "--because", "safe now").out


def test_waiting_is_listed_and_ends(work: Work) -> None:
    assert "nobody" in work.done("amina", "waiting", "CASE").out
    assert "Give --on WHOM" in work.refused("amina", "waiting", "CASE", "--on", "the hospital", status=2)
    begin = ("waiting", "CASE", "--on", "the hospital", "--for", "a report", "--since")
    assert "future" in work.refused("amina", *begin, "2012-04-01", status=2)
    number = str(work.done("amina", *begin, "1/3/2012", "--json").json["waiting"])
    said = work.done("amina", "waiting", "CASE", "--on", "school", "--for", "a chronology").out
    assert f"casereview waiting {work.ref} --end {int(number) + 1}" in said
    first, _ = work.done("amina", "waiting", "CASE", "--json").json
    assert (first["number"], first["on"], first["for"]) == (int(number), "the hospital", "a report")
    assert (first["since"], first["until"]) == ("2012-03-01", None)
    assert "Still waiting" in work.refused("amina", "waiting", "CASE", "--end", "999")
    early = ("--end", number, "--date", "2012-02-01")
    assert "before it began" in work.refused("amina", "waiting", "CASE", *early, status=2)
    assert "--end" in work.refused("amina", "waiting", "CASE", "--date", "today", status=2)
    assert "means nothing" in work.refused("amina", "waiting", "CASE", "--end", number, "--on", "x", status=2)
    assert "ended" in work.done("amina", "waiting", "CASE", "--end", number, "--note", "it came").out
    untils = [one["until"] for one in work.done("amina", "waiting", "CASE", "--json").json]
    assert untils == [None, "2012-03-05"]
