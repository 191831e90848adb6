"""Assigning, appointing, restricting and conflicts of interest, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.acts import Work
from tests.tui.test_act_steps import CASE_ROW


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path)


def test_assigning(work: Work) -> None:
    assert "Assigning is for" in work.refused("amina", "assign", "CASE", "--worker", "tess")
    assert "--worker PERSON" in work.refused("ben", "assign", "CASE", status=2)
    assert "Tess Cole" in work.refused("ben", "assign", "CASE", "--worker", "Tess Col")
    assert "north" in work.refused("ben", "assign", "CASE", "--team", "noth")
    assert "Nothing would change" in work.refused("ben", "assign", "CASE", "--worker", "amina")
    given = ("--worker", "Tess Cole", "--team", "North", "--note", "leave")
    row = work.done("ben", "assign", "CASE", *given, "--json").json
    assert row.keys() >= CASE_ROW and row["worker"] == "tess"
    assert "Tess Cole" in work.done("ben", "show", "CASE").out


def test_appointing_and_ending(tmp_path: Path) -> None:
    review = Work(tmp_path, "learning-together")
    assert "Appointing is for" in review.refused("lena", "appoint", "CASE", "lena", "lead-reviewer")
    assert "lead-reviewer" in review.refused("ruth", "appoint", "CASE", "lena", "lead-reviewr")
    assert "nobody here" in review.refused("ruth", "appoint", "CASE", "nemo", "lead-reviewer")
    late = ("--until", "2012-03-01")
    assert "after today" in review.refused("ruth", "appoint", "CASE", "lena", "lead-reviewer", *late, status=2)
    row = review.done("ruth", "appoint", "CASE", "Lena Berg", "lead-reviewer", "--until", "2012-09-01", "--json").json
    assert "Lead reviewer" in row["says"][0]
    assert "--end" in review.refused("ruth", "appoint", "CASE", "lena", "lead-reviewer", "--reason", "x", status=2)
    assert "Ended" in review.done("ruth", "appoint", "CASE", "lena", "lead-reviewer", "--end", "--reason", "leave").out
    assert "no such appointment" in review.refused("ruth", "appoint", "CASE", "lena", "lead-reviewer", "--end")


def test_restricting_takes_a_reason_a_guard_and_a_yes(work: Work) -> None:
    assert "--yes" in work.refused("ben", "restrict", "CASE", "--reason", "a colleague", status=2)
    assert "is for" in work.refused("amina", "restrict", "CASE", "--reason", "x", "--yes")
    assert "asks for a reason" in work.refused("ben", "restrict", "CASE", "--yes")
    assert "together" in work.refused("ben", "restrict", "CASE", "--lift", "--admit", "amina", status=2)
    assert "--admit" in work.refused("ben", "restrict", "CASE", "--lift", "--person", "amina", status=2)
    assert "not restricted" in work.refused("ben", "restrict", "CASE", "--lift", "--reason", "x")
    only = ("--reason", "a colleague", "--person", "Amina Shah", "--yes")
    row = work.done("ben", "restrict", "CASE", *only, "--json").json
    assert row["restricted"] and "Amina Shah" in row["says"][0]
    assert "may know of it" not in work.done("ben", "restrict", "CASE", "--admit", "vera", "--reason", "covers").out
    assert "already" in work.refused("ben", "restrict", "CASE", "--admit", "vera", "--reason", "x")


def test_work_on_a_restricted_case_is_given_to_those_who_may_know_of_it(work: Work) -> None:
    work.done("ben", "restrict", "CASE", "--reason", "a colleague", "--yes")
    said = work.refused("ben", "assign", "CASE", "--worker", "tess")
    assert f"casereview restrict {work.ref} --admit tess --reason …" in said


def test_ending_your_own_access_says_so(work: Work) -> None:
    work.done("ben", "restrict", "CASE", "--reason", "a colleague", "--person", "vera", "--yes")
    done = work.done("ben", "restrict", "CASE", "--end-access", "ben", "--reason", "I know them")
    assert "You can no longer see this case" in done.out
    assert work.run("ben", "show", "CASE").status == 1


def test_a_conflict_is_declared_by_oneself_and_decided_by_another(work: Work) -> None:
    assert "line-managed" in work.refused("mina", "conflict", "CASE", "--interest", "line-manged", status=2)
    assert "--interest" in work.refused("mina", "conflict", "CASE", status=2)
    interest = ("conflict", "CASE", "--interest", "personal")
    assert "own conflict" in work.refused("mina", *interest, "--decision", "accept")
    assert "accept" in work.refused("ben", *interest, "--person", "mina", "--decision", "acept", status=2)
    assert "You can no longer see" in work.done("mina", *interest, "--text", "A neighbour").out
    assert "is for" in work.refused("amina", *interest, "--person", "mina", "--decision", "accept")
    row = work.done("ben", *interest, "--person", "Mina Patel", "--decision", "accept", "--json").json
    assert "accept" in row["says"][0]
    assert work.run("mina", "show", "CASE").status == 0
