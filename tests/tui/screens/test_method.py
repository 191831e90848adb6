"""Findings, prompts, markers and actions on the screens and the command line, over a real store."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from casereview import commands as cmd
from casereview.method.findings import Anatomy
from casereview.service.findings import Wanted, all_actions, finding_of, findings_of
from casereview.service.method import quality_markers, thinking
from casereview.service.method_settings import settings
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, EFUA, HOSTILE, HOSTILE_SHOWN
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_acts import fill, form
from tests.tui.screens.test_around import (
    test_every_key_of_ours_says_what_it_does,
    test_no_screen_gives_one_key_to_two_things,
)
from tests.tui.screens.test_story import led, run, written
from tui.screens.actions import ActionsScreen
from tui.screens.findings import FindingScreen, FindingsScreen, LearnedScreen
from tui.screens.markers import MarkersScreen
from tui.screens.prompting import FeaturesScreen, PromptsScreen

SCREENS = (FindingScreen, FindingsScreen, LearnedScreen, MarkersScreen, FeaturesScreen, PromptsScreen, ActionsScreen)
FINDING = {
    "statement": f"Forms ask what is needed {HOSTILE}", "category": "tools", "effect": "supports", "level": "national",
    "strength": "finding", "state": "drafted", "manifested_in_case": "A letter", "underlying_not_specific": "Eleven",
    "geographic_spread": "this area", "how_usual": "8 of 20", "implications": "They should have known",
}  # fmt: skip
TALL = (120, 100)


@pytest.fixture
def found(world: World) -> tuple[str, int]:
    """A review with somebody who leads it, and one finding in which words look back."""
    ref = led(world)
    return ref, written(world, ref, ("finding", FINDING))[0]


def one(world: World, found: tuple[str, int]) -> Anatomy:
    return finding_of(world.desk(AMIRA), *found).one


def test_a_finding_goes_from_draft_to_agreed_with_evidence_from_its_own_page(
    world: World, found: tuple[str, int]
) -> None:
    ref, number = found

    async def walk(p: Player) -> None:
        p.app.push_screen(FindingsScreen(ref))
        await p.settle()
        assert "indicative only" in p.text
        await p.press("enter")
        assert HOSTILE_SHOWN[:30] in p.words
        await p.press("m")
        assert "Move it to?" in p.text
        await p.press("3")
        await p.type("We agreed")
        await p.press("ctrl+s")
        assert "when something shows how usual it is" in p.words and f"finding={number}" in p.words
        await p.press("escape", "y", "v")
        assert form(p).box("finding").value == str(number)
        fill(p, kind="audit", shows="So in 8 of 20", against="no")
        await p.press("ctrl+s")
        assert "Weak: one kind of evidence (audit)." in p.words
        await p.press("m", "3")
        await p.type("We agreed on Tuesday")
        await p.press("ctrl+s")
        assert "agreed, weak" in p.words

    play(world.desk(AMIRA), walk, size=TALL)
    assert (one(world, found).state, one(world, found).grade.word) == ("agreed", "weak")


def test_what_the_board_says_and_does_is_written_from_the_page_with_the_finding_filled_in(
    world: World, found: tuple[str, int]
) -> None:
    ref, number = found
    world.desk(EFUA).do(ref, cmd.Appoint(AMIRA, "board-member"))

    async def walk(p: Player) -> None:
        p.app.push_screen(FindingScreen(ref, number))
        await p.settle()
        await p.press("i")
        assert "no action yet" in p.said
        for keys, answers in (
            (("n", "p"), {"position": "accepted", "taken_on": "today"}),
            (("r",), {"reasoning": "We see it", "kind": "clear answer, all can do it", "responded_on": "today"}),
            (("w",), {"to_whom": "The forum", "passed_on": "today"}),
            (("a",), {"what": "Calls", "owner": "Head of service"}),
            (("i",), {"done": "yes", "helped": "in part", "evidence": "They say so"}),
        ):
            await p.press(*keys)
            fill(p, **answers)
            await p.press("ctrl+s")
        assert "passed to The forum" in p.words and "helped in part" in p.words

    play(world.desk(AMIRA), walk, size=TALL)
    after = one(world, found)
    assert after.responses[0].text("position") == "accepted"  # as the board's position was
    assert after.passed_on[0].text("level") == "national"  # as it is routed
    assert after.actions[0].impacts[0].text("helped") == "in part"


def test_words_that_look_back_are_asked_about_while_they_are_typed_and_never_changed(
    world: World, found: tuple[str, int]
) -> None:
    ref, number = found
    written_words = "It was obvious. They should have known."

    async def walk(p: Player) -> None:
        p.app.push_screen(FindingScreen(ref, number))
        await p.settle()
        await p.press("c")
        noticed = form(p).box("statement").query_one(".noticed")
        assert not noticed.display
        fill(p, statement=written_words)
        await p.settle()
        assert noticed.display and "“obvious”: To whom was it plain" in p.words
        assert form(p).box("statement").value == written_words
        fill(p, statement="To the school it looked plain then.")
        await p.settle()
        assert not noticed.display
        fill(p, statement=written_words, __reason="in our words")
        await p.press("ctrl+s")  # a prompt is in nobody's way

    play(world.desk(AMIRA), walk, size=TALL)
    assert one(world, found).rec.text("statement") == written_words


def test_a_prompt_is_kept_with_a_reason_and_leaves_the_list(world: World, found: tuple[str, int]) -> None:
    ref, number = found

    async def walk(p: Player) -> None:
        p.app.push_screen(PromptsScreen(ref))
        await p.settle()
        await p.filter("should have known")
        await p.press("enter", "enter")
        assert "What was known, to whom, and from when?" in p.words
        await p.press("k")
        await p.press("ctrl+s")
        assert "This is needed." in p.text
        await p.type("The mother's own words")
        await p.press("ctrl+s")
        assert "Nothing matches" in p.text
        await p.press("escape", "a", "f")
        assert "This case, or wider?" in p.text and "1 finding by their evidence" in p.words

    play(world.desk(AMIRA), walk, size=TALL)
    kept = [p for p in thinking(world.desk(AMIRA), ref).prompts if p.answer]
    assert [p.answer.reason for p in kept if p.answer] == ["The mother's own words"] and kept[0].number == number


def test_a_marker_is_answered_and_what_a_chair_may_not_see_is_said(world: World, found: tuple[str, int]) -> None:
    ref, _ = found

    async def answer(p: Player) -> None:
        p.app.push_screen(MarkersScreen(ref))
        await p.settle()
        assert "18 ·" in p.text and "> Referral" in p.words
        await p.press("enter")
        assert "Was it put forward soon, with what the decision needs and no more?" in p.words
        await p.press("a")
        fill(p, answer="partly", note="It came late")
        await p.press("ctrl+s")
        assert "It came late" in p.text

    play(world.desk(AMIRA), answer, size=TALL)
    assert quality_markers(world.desk(AMIRA), ref).looked[0].answer == "partly"

    async def look(p: Player) -> None:
        p.app.push_screen(PromptsScreen(ref))
        await p.settle()
        assert "for those who do it" in p.words
        p.app.push_screen(FindingsScreen(ref))
        await p.settle()
        assert "1 finding is kept to those who do the review" in p.words

    play(world.desk(EFUA), look, size=TALL)


def test_actions_across_reviews_are_ordered_looked_at_and_lead_to_their_finding(
    world: World, found: tuple[str, int]
) -> None:
    ref, number = found
    world.desk(EFUA).do(ref, cmd.Appoint(AMIRA, "board-member"))
    action = {"what": "Calls", "owner": "Head", "status": "done", "by_about": "2024-09-01", "finding": number}
    action_number = written(world, ref, ("action", action))[0]

    async def walk(p: Player) -> None:
        p.app.push_screen(ActionsScreen())
        await p.settle()
        assert "not looked at" in p.text
        for order in ("review", "owner", "where it stands", "the last look", "the day meant"):
            await p.press("o")
            assert f"in order of {order}" in p.text
        await p.press("i")
        fill(p, done="yes", helped="yes", evidence="They say so")
        await p.press("ctrl+s")
        assert "No action waits" in p.text
        await p.press("a", "enter")
        assert "What is done, and whether it helped" in p.text

    play(world.desk(AMIRA), walk, size=TALL)
    assert all_actions(world.desk(AMIRA)) == []
    assert finding_of(world.desk(AMIRA), *found).one.actions[0].action.number == action_number


def test_the_words_that_are_noticed_are_settled_on_the_screen(world: World) -> None:
    from tui.screens.actions import ask_words

    async def walk(p: Player) -> None:
        ask_words(p.app.screen)  # type: ignore[arg-type]  # the first screen is a page
        await p.settle()
        fill(p, added="heroic effort=What made it needed?", left_out="clearly\nobvious", share="much")
        await p.press("ctrl+s")
        assert "whole number" in p.text
        fill(p, share="75")
        await p.press("ctrl+s")

    play(world.desk(EFUA), walk, size=TALL)
    now = settings(world.desk(EFUA))
    assert now.added == {"heroic effort": "What made it needed?"}
    assert (now.left_out, now.share) == (("clearly", "obvious"), 75)


# ---- the command line ------------------------------------------------------------------------------------------------
def test_the_command_line_says_the_same_and_writes_the_same(
    world: World, found: tuple[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ref, number = found
    world.store.close()

    def program(*line: str, person: str = AMIRA) -> Any:
        return run(world, tmp_path, monkeypatch, *line, person=person)

    shows = ("prevalence-evidence", f"finding={number}", "kind=audit", "shows=They failed to")
    status, out, _ = program("record", ref, *shows)
    assert status == 0 and "failed to" in out and "What did they do instead" in " ".join(out.split())
    page = program("finding", ref, str(number))[1]
    assert "Weak: one kind of evidence (audit)." in page and "\x1b" not in page
    data = json.loads(program("findings", ref, "--strength", "weak", "--json")[1])
    assert [row["record"] for row in data["findings"]] == [number] and data["findings"][0]["routed"] == "national"
    assert program("findings", ref, "--state", "nowhere")[0] == 2
    assert program("finding", ref, "9999")[0] == 1
    listed = tmp_path / "findings.csv"
    assert program("findings", ref, "--csv", str(listed))[0] == 0
    with listed.open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["evidence"] for row in rows] == ["weak"]
    asked = json.loads(program("prompts", ref, "--json")[1])["prompts"]
    one_of = next(p["id"] for p in asked if p["check"] == "hindsight")
    assert program("prompts", ref, "--keep", one_of)[0] == 2  # without a reason
    assert program("prompts", ref, "--keep", one_of, "--reason", "their words")[0] == 0
    assert one_of not in program("prompts", ref)[1]
    assert one_of in program("prompts", ref, "--all")[1]
    assert program("prompts", ref, person=EFUA)[0] == 1
    assert program("markers", ref, "--marker", "analysis", "--answer", "yes", "--note", "well seen")[0] == 0
    assert "well seen" in program("markers", ref)[1]
    assert program("markers", ref, "--marker", "analysis")[0] == 2
    assert program("actions")[0] == 0 and program("actions", "--order", "no")[0] == 2
    assert "own" in program("method-settings", "--add-word", "brave face=What did it cost?", person=EFUA)[1]


def test_findings_in_the_words_of_a_filter_that_could_mean_two_are_asked_about(
    world: World, found: tuple[str, int]
) -> None:
    from casereview.errors import CaseReviewError

    with pytest.raises(CaseReviewError, match="not a pattern"):
        findings_of(world.desk(AMIRA), found[0], Wanted(category="working together"))


# ---- the keys -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("screen", SCREENS)
def test_keys(screen: Any) -> None:
    test_every_key_of_ours_says_what_it_does(screen)
    test_no_screen_gives_one_key_to_two_things(screen)
