"""The register of reviewers, commissioning and opening by profile, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.acts import Work


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(tmp_path, "learning-together")


def test_the_register_is_kept_and_listed(work: Work) -> None:
    assert "Nobody is in the register" in work.done("ruth", "reviewer").out
    given = ("--accreditation", "accredited", "--accredited-on", "1/2/2012", "--training", "course of 2011")
    agencies = ("--works-for", "Health", "--works-for", "Police")
    done = work.done("ruth", "reviewer", "add", "Lena Berg", *given, *agencies)
    assert "Lena Berg is in the register" in done.out and "Not said yet: supervision, accountable to" in done.out
    work.done("ruth", "reviewer", "add", "omar", "--accreditation", "in training")
    assert "already" in work.refused("ruth", "reviewer", "add", "lena", status=2)
    assert "takes an office" in work.refused("lena", "reviewer", "remove", "omar", "--reason", "x")
    wrong = ("--accreditation", "in trainng", "--reason", "x")
    assert "in training" in work.refused("ruth", "reviewer", "change", "lena", *wrong, status=2)
    work.done("ruth", "reviewer", "change", "lena", "--supervised-by", "Peers", "--reason", "agreed")
    work.done("ruth", "appoint", "CASE", "lena", "lead-reviewer")
    lena, omar = work.done("ruth", "reviewer", "list", "--sort", "-load", "--json").json
    assert (lena["person"], lena["in_hand"], lena["leads"]) == ("lena", 1, [work.ref])
    assert lena["works_for"] == ["Health", "Police"] and lena["accredited_on"] == "2012-02-01"
    assert [act["act"] for act in lena["story"]] == ["entered", "changed supervised by"]
    assert (omar["accreditation"], omar["in_hand"]) == ("in training", 0)
    table = work.done("ruth", "reviewer", "list", "--accreditation", "accredited").out
    assert f"leads {work.ref}" in table and "Omar" not in table
    work.done("ruth", "reviewer", "remove", "omar", "--reason", "moved away")
    assert len(work.done("ruth", "reviewer", "list", "--json").json) == 1


def test_commissioning_says_what_there_is_and_how_to_write_what_is_missing(work: Work) -> None:
    page = work.done("ruth", "commissioning", "CASE").out
    assert f"casereview record {work.ref} criterion" in page and "2011-2019" in page
    before, work.day = work.day, "2012-03-20"
    work.done("ruth", "record", "CASE", "dispensation", "requirement=agency reports", "from_whom=the minister",
              "why=they settle what is to be found out", "state=granted", "until=2012-09-01")  # fmt: skip
    scope = ("why_this_case=w", "questions=q", "option=focused", "agencies_in=Health")
    work.done("ruth", "record", "CASE", "scope", *scope)
    work.done("ruth", "appoint", "CASE", "omar", "lead-reviewer")
    page = work.done("ruth", "commissioning", "CASE").out
    assert "granted until 1 September 2012" in page and "One day for everyone" in page
    assert "why that is in proportion is not said" in page and "not in the register" in page
    data = work.done("ruth", "commissioning", "CASE", "--json").json
    assert data["option"]["option"] == "focused" and data["profile"].startswith("Learning Together, 2011")
    missing = {part["part"] for part in data["parts"] if part["missing"]}
    assert "Criteria" in missing and "Dispensation" not in missing
    earlier = work.done("ruth", "commissioning", "CASE", "--as-at", before).out
    assert "1 September" not in earlier


def test_opening_says_which_edition_it_is_and_keeps_standard_output_to_the_reference(work: Work) -> None:
    done = work.done("ruth", "open", "learning-together-2008", "--title", "Two")
    assert done.out.strip().startswith("LTG-2012-") and "\n" not in done.out.strip()
    assert "guide of 2008" in done.err and "recommendations" in done.err
    listed = work.done("ruth", "workflows", "list")
    assert "learning-together-2008 (Learning Together, guide of 2008" in " ".join(listed.out.split())


def test_a_conflict_says_as_what(work: Work) -> None:
    work.done("ruth", "appoint", "CASE", "lena", "lead-reviewer")
    given = ("conflict", "CASE", "--interest", "prior review", "--role")
    assert "lead-reviewer" in work.refused("lena", *given, "lead-revewer")
    assert "Lead reviewer" in work.done("lena", *given, "lead-reviewer").out
