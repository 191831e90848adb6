"""On the screens too: what is withheld says nothing of itself; versions, two at one record, who read what, the key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from casereview import commands as cmd
from casereview.service.identities import identities
from casereview.service.record_reads import reads
from casereview.service.versions import versions
from casereview.service.written import record
from casereview.testing import FixedClock
from storage import open_store
from tests.records.keeping import DAY, Review, kept_from
from tests.tui.screens.playing import Player, play
from tui.screens.case import CaseScreen
from tui.screens.recording import correct_record
from tui.screens.versions import VersionsScreen, open_versions
from tui.screens.workbench import open_tool
from tui.screens.workbench_menu import TOOLS

MARK = "Zyzzyvine"
WIDE = (140, 50)


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    store = open_store(str(tmp_path / "x.db"), create=True, practice=True, clock=FixedClock(DAY))
    yield Review(store)
    store.close()


def test_no_screen_of_a_review_shows_what_is_withheld(review: Review) -> None:
    hidden = kept_from(review, "biz") | {"identity"}
    review.fill(lambda kind: f"{MARK} {kind}" if kind in hidden else kind)
    opened = []

    async def look(p: Player) -> None:
        def clean(where: str) -> None:
            assert MARK not in p.text + p.said, where

        p.app.push_screen(CaseScreen(review.ref))
        await p.settle()
        for tab in "12345":
            await p.press(tab)
            clean(f"tab {tab}")
        assert "(kept to Lead reviewer" in p.text
        await p.press("4")
        assert "Kept to: Lead reviewer" in p.text
        for _ in range(3):
            await p.press("down", "enter")
            clean("a record")
            await p.press("escape")
        await p.press("h")
        clean("history")
        await p.press("escape")
        page = p.app.screen
        assert isinstance(page, CaseScreen)
        for tool in TOOLS:
            open_tool(page, tool, review.ref)
            await p.settle()
            clean(tool.name)
            opened.append(tool.name)
            for _ in range(4):
                if p.app.screen is not page:
                    await p.press("escape")

    play(review.desk("biz"), look, size=WIDE)
    assert len(opened) == len(TOOLS) > 2


def test_a_record_is_read_through_its_versions_compared_and_gone_back_to(review: Review) -> None:
    review.fill(str)
    number = review.number["finding"]

    async def back(p: Player) -> None:
        p.app.push_screen(CaseScreen(review.ref))
        await p.settle()
        page = p.app.screen
        assert isinstance(page, CaseScreen)
        open_versions(page, review.ref, number)
        await p.settle()
        assert "finding was meant" in p.text and "as first written" in p.text
        assert "points to it" in p.words  # others rely on it
        await p.press("d")
        assert "version 1 to 2" in p.text and "struck through" in p.text
        await p.press("escape", "down", "b")
        assert "will read why" in p.words
        await p.type("it said enough")
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, VersionsScreen) and "it said enough" in p.text
        await p.press("escape")
        assert p.app.screen.heading == "Case"

    play(review.desk("lex"), back, size=WIDE)
    found = versions(review.desk("lex"), review.ref, number).versions
    assert [one.values["statement"] for one in found] == [
        "finding on statement", "finding, rather", "finding on statement",
    ]  # fmt: skip


def test_whoever_comes_second_to_a_record_sees_what_changed_and_loses_nothing(review: Review) -> None:
    review.fill(str)
    number = review.number["additional-learning"]
    row = record(review.desk("lex"), review.ref, number)

    async def both(p: Player) -> None:
        p.app.push_screen(CaseScreen(review.ref))
        await p.settle()
        page = p.app.screen
        assert isinstance(page, CaseScreen) and page.view is not None
        correct_record(page, page.view, row)
        await p.settle()
        await p.type("mine, and why")
        change = cmd.CorrectRecord(number, "told so", {"for_whom": "every school"})
        review.do("rio", change)
        form = p.app.screen
        form.box("learning").entry.focus()  # type: ignore[attr-defined]
        await p.settle()
        await p.type(" and more")
        await p.press("ctrl+s")
        assert "every school" in p.words and "What you typed is still here" in p.words
        assert p.app.screen is form
        await p.press("ctrl+s")
        assert p.app.screen is page

    play(review.desk("lex"), both, size=WIDE)
    newest = versions(review.desk("lex"), review.ref, number).newest
    assert newest.values["for_whom"] == "every school" and "and more" in newest.values["learning"]
    assert newest.why == "mine, and why"


def test_the_review_team_says_what_the_key_is_for_and_it_is_written_down(review: Review) -> None:
    review.fill(str)

    async def ask(p: Player) -> None:
        p.app.push_screen(CaseScreen(review.ref))
        await p.settle()
        page = p.app.screen
        assert isinstance(page, CaseScreen)
        tool = next(one for one in TOOLS if one.name == "identity")
        open_tool(page, tool, review.ref)
        await p.settle()
        assert "Quillfeather" not in p.text
        await p.type("to find a file")
        await p.press("ctrl+s")
        assert "Quillfeather" in p.text and "Add" not in p.text.splitlines()[-1]

    play(review.desk("rio"), ask, size=WIDE)
    assert [(one.person, one.purpose) for one in reads(review.desk("cho"), review.ref)] == [("rio", "to find a file")]


def test_a_line_of_the_key_is_added_on_the_screen(review: Review) -> None:
    async def add(p: Player) -> None:
        p.app.push_screen(CaseScreen(review.ref))
        await p.settle()
        page = p.app.screen
        assert isinstance(page, CaseScreen)
        open_tool(page, next(one for one in TOOLS if one.name == "identity"), review.ref)
        await p.settle()
        await p.press("n")
        form = p.app.screen
        form.box("text").entry.focus()  # type: ignore[attr-defined]
        await p.settle()
        await p.type("Tobias Quillfeather")
        await p.press("ctrl+s")
        assert "Tobias" in p.text

    play(review.desk("lex"), add, size=WIDE)
    assert [one.text for one in identities(review.desk("lex"), review.ref)] == ["Tobias Quillfeather"]
