"""The whole story of a row: every part of it is told, and what is missing is said to be missing."""

from __future__ import annotations

from datetime import date

import pytest

from casereview import commands as cmd
from casereview.service.reading import show
from casereview.service.register_story import Line, story_of
from tests.tui.screens.fiction import CLEO, TODAY, Fiction, full


@pytest.fixture(scope="module")
def fiction() -> Fiction:
    return full(None)


def told(fiction: Fiction, case: str) -> list[Line]:
    return story_of(show(fiction.desk(CLEO), fiction.refs[case]))


def about(lines: list[Line], what: str) -> list[Line]:
    return [line for line in lines if line.about == what]


def test_a_justified_row_tells_until_when_it_holds(fiction: Fiction) -> None:
    lines = told(fiction, "justified")
    assert about(lines, "in their words")[0].says.startswith("The two households tell it differently")
    assert about(lines, "effect on the child")[0].says.startswith("Safe with his aunt")
    assert about(lines, "manager's words")[0].says == "See both homes, then decide"
    assert about(lines, "holds")[0].says.startswith("until 2024-06-28")
    (looks,) = about(lines, "looks together")
    assert looks.missing and "missed: 2024-03-11" in looks.says
    mother = next(line for line in about(lines, "family") if "Mother" in line.says)
    assert "Mother: told delay explained on 2024-05-10; news promised by 2024-06-21" in mother.says
    assert about(lines, "last done")[0].says.startswith("2024-06-10")
    assert about(lines, "child seen")[0].says == "last on 2024-06-10"


def test_a_lapsed_row_says_what_is_no_longer_there(fiction: Fiction) -> None:
    lines = told(fiction, "lapsed")
    (gone,) = about(lines, "no longer there")
    assert gone.missing and "a date to look again that is still ahead" in gone.says
    assert about(lines, "holds") == []
    assert about(lines, "action")[0].says == "Ring the clinic (Ben O'Neill, by 2024-05-31)"
    assert about(lines, "family")[0] == Line("family", "Father: not told yet", missing=True)


def test_a_row_nobody_explained_says_so_and_names_what_is_not_there(fiction: Fiction) -> None:
    lines = told(fiction, "unexplained")
    missing = {line.about for line in lines if line.missing}
    assert {"why", "family", "child seen"} <= missing
    assert about(lines, "last looked at")[0].says == "no manager has noted a look yet"


def test_a_second_reason_waits_beside_the_answered_one(fiction: Fiction) -> None:
    fiction.do("concern", CLEO, cmd.StartWaiting("the school", "her reports", date(2024, 6, 4)), day=TODAY)
    fiction.do("concern", "ben", cmd.GiveReason("HIST", "Her file has come", "She is less unsettled"))
    fiction.do("concern", CLEO, cmd.MarkLooked("Read the new reason"))
    lines = told(fiction, "concern")
    assert "RAPP" in about(lines, "why")[0].says
    assert "HIST" in about(lines, "newer reason, not answered")[0].says
    assert about(lines, "waiting")[0].says == "on the school for her reports, since 2024-06-04, 10 calendar days"
    assert about(lines, "last looked at")[0].says == "Cleo Weißmann on 2024-06-14: Read the new reason"


def test_a_case_without_a_time_still_tells_of_the_family(fiction: Fiction) -> None:
    lines = told(fiction, "closed")
    assert about(lines, "family") and about(lines, "last looked at")
