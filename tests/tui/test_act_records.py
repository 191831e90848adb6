"""Writing down, deciding and correcting, from the command line."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.tui.acts import Work
from tests.tui.test_act_steps import CASE_ROW

REFERRAL = ("record", "CASE", "referral", "received_on=today")


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path)


def values(work: Work, kind: str) -> dict[str, object]:
    [row] = work.done("amina", "records", "CASE", kind, "--json").json
    found: dict[str, object] = row["values"]
    return found


def test_the_kinds_you_may_record(work: Work) -> None:
    listed = work.done("amina", "record", "CASE")
    assert "childs-words" in listed.out and "quality-look" not in listed.out and "--fields" in listed.out
    kinds = {one["kind"] for one in work.done("ben", "record", "CASE", "--json").json}
    assert {"quality-look", "referral"} <= kinds


def test_the_fields_of_a_kind(work: Work) -> None:
    said = work.done("amina", "record", "CASE", "decision", "--fields").out
    assert "enough_because (required)" in said and "early help" in said
    data = work.done("amina", "record", "CASE", "decision", "--fields", "--json").json
    assert [f["field"] for f in data["fields"] if f["required"]][:2] == ["decision", "grounds"]
    assert "Did you mean decision" in work.refused("amina", "record", "CASE", "decisoin", "--fields")


def test_a_record_keeps_what_was_given(work: Work, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("First line\nSecond line\n", encoding="utf-8")
    given = (f"said=@{words}", "asked_for=-", "source=School")
    done = work.done("amina", *REFERRAL, *given, stdin="Warm meals é".encode())
    assert "It is record 2" in done.out
    kept = values(work, "referral")
    assert kept["said"] == "First line\nSecond line" and kept["asked_for"] == "Warm meals é"
    assert kept["received_on"] == "2012-03-05" and kept["source"] == "school"


def test_a_field_given_twice_is_a_list(work: Work) -> None:
    row = work.done("amina", "record", "CASE", "plan", "purpose=p", "decision_needed=d", "history_sources=GP; school",
                    "others_to_hear=aunt", "others_to_hear=coach", "--on", "4/3/2012", "--json").json  # fmt: skip
    assert row.keys() >= CASE_ROW and row["record"] == row["number"]
    kept = values(work, "plan")
    assert kept["history_sources"] == ["GP", "school"] and kept["others_to_hear"] == ["aunt", "coach"]


@pytest.mark.parametrize(
    ("line", "status", "says"),
    [
        (("referral", "received_on"), 2, "field=value"),
        (("referral", "recieved_on=today"), 2, "received_on"),
        (("referral", "received_on=03/25/2012"), 2, "25/03/2012"),
        (("referral", "received_on=today", "source=scool"), 2, "school"),
        (("referral", "received_on=today", "said=@/no/such/file"), 2, "cannot be read"),
        (("referral", "received_on=today", "--on", "2012-03-06"), 2, "future"),
        (("referral",), 1, "received_on"),
        (("quality-look", "looked_on=today"), 1, "is for"),
        (("referal", "received_on=today"), 1, "referral"),
        (("seen",), 1, "casereview seen"),
        (("goal-progress", "goal=7", "on=today", "progress=better"), 2, "goal 7"),
    ],
)  # fmt: skip
def test_a_record_refused(work: Work, line: tuple[str, ...], status: int, says: str) -> None:
    assert says in work.refused("amina", "record", "CASE", *line, status=status)


def test_text_that_is_not_text(work: Work, tmp_path: Path) -> None:
    odd = tmp_path / "odd.bin"
    odd.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in work.refused("amina", *REFERRAL, f"said=@{odd}", status=2)
    assert "not a file" in work.refused("amina", *REFERRAL, f"said=@{tmp_path}", status=2)
    work.done("amina", *REFERRAL, "said=@@home he is quiet")
    assert values(work, "referral")["said"] == "@home he is quiet"


def test_deciding_is_the_record_an_assessment_is_for(work: Work) -> None:
    said = work.refused("amina", "decide", "CASE", "decision=Help", status=1)
    assert "would_change" in said
    work.done("amina", "decide", "CASE", "decision=Help", "grounds=g", "enough_because=e", "uncertain=u",
              "would_change=w", "help=early help", "decided_on=today")  # fmt: skip
    assert values(work, "decision")["help"] == "early help"


def test_a_review_has_a_decision_of_another_name(tmp_path: Path) -> None:
    review = Work(tmp_path, "learning-together")
    assert "review-decision" in review.refused("ruth", "decide", "CASE", "outcome=no review")


def test_correcting_and_withdrawing(work: Work) -> None:
    number = str(work.done("amina", *REFERRAL, "source=school", "--json").json["record"])
    assert "asks for a reason" in work.refused("amina", "correct", "CASE", number, "source=police")
    assert "Nothing would change" in work.refused("amina", "correct", "CASE", number, "source=school", "--reason", "x")
    assert "cannot be emptied" in work.refused("amina", "correct", "CASE", number, "received_on=", "--reason", "x")
    assert "no record 99" in work.refused("amina", "correct", "CASE", "99", "source=police", "--reason", "x")
    assert "someone else's" in work.refused("sue", "correct", "CASE", number, "source=police", "--reason", "x")
    row = work.done("amina", "correct", "CASE", number, "source=police", "--reason", "heard so", "--json").json
    assert row.keys() >= CASE_ROW and row["record"] == int(number)
    withdraw = ("correct", "CASE", number, "--withdraw", "--reason", "another child")
    assert "--yes" in work.refused("amina", *withdraw, status=2)
    assert "means nothing here" in work.refused("amina", *withdraw, "source=school", "--yes", status=2)
    work.done("amina", *withdraw, "--yes")
    assert "withdrawn already" in work.refused("amina", *withdraw, "--yes")
    assert "number" in work.refused("amina", "correct", "CASE", "two", "--reason", "x", status=2).casefold()


def test_a_long_text_is_written_in_the_editor(work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "asks = path.read_text(encoding='utf-8')\n"
        "path.write_text(asks + ('He is quiet\\n# gone\\n' if 'in their words' in asks else ''), encoding='utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{script}"')
    monkeypatch.delenv("VISUAL", raising=False)
    work.done("amina", *REFERRAL, "--edit")
    kept = values(work, "referral")
    assert kept["said"] == "He is quiet" and "asked_for" not in kept
    monkeypatch.setenv("EDITOR", os.devnull if os.name != "nt" else "no-such-editor")
    assert "editor" in work.refused("amina", *REFERRAL, "--edit", status=2)


def test_errors_are_json_too(work: Work) -> None:
    said = json.loads(work.refused("amina", "record", "CASE", "referral", "x=1", "--json", status=2))
    assert said.keys() >= {"error", "where", "remedy"}
