"""The lists of a review on the command line: narrowed, in order, into a spreadsheet, and what to do while empty."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui.acts import Work
from tui.commands.narrow import narrowed

LISTS = {
    "agencies": "agency-return", "conversations": "participant", "meetings": "meeting", "comments": "comment",
    "episodes": "key-practice-episode",
}  # fmt: skip
ROWS = st.lists(st.fixed_dictionaries({"a": st.none() | st.integers(0, 9), "b": st.lists(st.text("xY", max_size=2))}))


@pytest.fixture
def work(tmp_path: Path) -> Work:
    made = Work(tmp_path, "learning-together")
    made.done("ruth", "appoint", "CASE", "lena", "lead-reviewer")
    return made


@given(ROWS, st.text("xY ", max_size=3), st.sampled_from(["", "a", "-a", "b", "-b"]))
def test_only_lines_with_every_word_and_none_of_them_lost(rows: list[dict[str, Any]], words: str, sort: str) -> None:
    found = narrowed(rows, dict, ("a", "b"), words, sort)
    wanted = [r for r in rows if all(any(w in one.casefold() for one in r["b"]) for w in words.casefold().split())]
    assert sorted(map(str, found)) == sorted(map(str, wanted))
    if sort.endswith("a"):
        full = [row["a"] for row in found if row["a"] is not None]
        assert [row["a"] for row in found][: len(full)] == full == sorted(full, reverse=sort.startswith("-"))


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_says_which_command_begins_it(work: Work, name: str) -> None:
    assert f"casereview record {work.ref} {LISTS[name]}" in work.done("lena", name, "CASE").out
    assert work.done("lena", name, "CASE", "--json").json == []
    assert "no column of this list" in work.refused("lena", name, "CASE", "--sort", "coluor", status=2)


def test_an_empty_story_says_which_command_begins_it(work: Work) -> None:
    assert f"casereview record {work.ref} narrative-segment" in work.done("lena", "story", "CASE").out


def test_somebody_who_is_nobody_in_the_story_is_told_once_who_is(work: Work) -> None:
    work.done("lena", "record", "CASE", "participant", "pseudonym=Nurse 1", "role=nurse", "agency=Health",
              "in_case_group=yes")  # fmt: skip
    for typed in ("Nrse 1", "[bold]x"):
        said = work.refused("lena", "tunnel", "CASE", "--as-seen-by", typed, "--on", "2012-01-01")
        assert said.count("Known:") == 1 and said.count("Did you mean") <= 1 and "Nurse 1" in said


def test_nothing_asked_of_an_agency_is_not_everything_come(work: Work) -> None:
    assert "Nothing was asked of an agency yet" in work.done("lena", "agencies", "CASE", "--chase").out
    assert "Every comment" not in work.done("lena", "comments", "CASE", "--open").out


def test_meetings_are_narrowed_put_in_order_and_written_out(work: Work, tmp_path: Path) -> None:
    for day, who in (("2012-03-01", "Nurse; Porter"), ("2012-02-01", "Teacher")):
        work.done("lena", "record", "CASE", "meeting", "kind=analysis", f"on={day}", f"attended={who}")
    days = [one["on"] for one in work.done("lena", "meetings", "CASE", "--sort", "-on", "--json").json]
    assert days == ["2012-03-01", "2012-02-01"]
    (one,) = work.done("lena", "meetings", "CASE", "--only", "ANALYSIS teach", "--json").json
    assert one["attended"] == ["Teacher"]
    assert "No line has" in work.done("lena", "meetings", "CASE", "--only", "[b]no").out
    path = tmp_path / "meetings.csv"
    work.done("lena", "meetings", "CASE", "--csv", str(path))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert [row["on"] for row in csv.DictReader(stream)] == ["2012-02-01", "2012-03-01"]
