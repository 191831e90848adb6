"""Help and quality on the screens: what a list comes to, its question and the answer, and what is done from it."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from casereview import commands as cmd
from casereview.decide.opening import OpenCase
from casereview.oversight.questions import answers, question_of
from casereview.service.quality_local import look_back_weeks
from casereview.service.quality_themes import theme_of
from casereview.service.reading import records, show
from casereview.service.registry import give_office
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, CLEO, DAN, EFUA, TODAY
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_office import fill, office
from tui.screens.case import CaseScreen
from tui.screens.journey import JourneyScreen
from tui.screens.quality import QualityPage
from tui.screens.quality_samples import ThemeScreen

NAMES = ("quality", "goals", "early", "look-back", "repeats", "continuity", "referrers", "voices")
DECISION = {
    "decision": "Help in the mornings", "grounds": "Seen and heard", "enough_because": "Checked with them",
    "uncertain": "Nights", "would_change": "A new worry", "help": "early help", "decided_on": "2024-03-01",
}  # fmt: skip
LOOK = dict.fromkeys(("childs_voice", "history_used", "analysis", "decision", "family_shared"), "clearly")


def do(world: World, person: str, name: str, *commands: cmd.Command) -> None:
    for command in commands:
        world.desk(person).do(world.refs[name], command)


@pytest.fixture
def helped(world: World) -> World:
    """One case with something for every list, and one that was closed in March and never looked back at."""
    world.clock.set(date(2024, 3, 1))
    do(world, AMIRA, "justified", cmd.AddRecord("childs-words", {
        "heard_on": "2024-03-01", "words": "“I like Sundays.”"}))  # fmt: skip
    opening = OpenCase("single-assessment-2013", "Closed in spring", team="north", worker=AMIRA, children=("child-2",))
    world.refs["spring"] = world.desk(CLEO).open(opening).case.ref
    do(world, AMIRA, "spring", cmd.SetRoster("school", "The school", referrer=True),
       cmd.AddRecord("referral", {"received_on": "2024-03-01"}), cmd.TakeStep("begin-at-once", "today"),
       cmd.SeeChild(), cmd.AddRecord("childs-words", {"heard_on": "2024-03-01", "words": "“Enough now.”"}),
       cmd.TakeStep("enough-known"), cmd.AddRecord("decision", DECISION),
       cmd.AddRecord("family-view", {"heard_on": "2024-03-01", "whose": "Mother", "view": "We can do this"}),
       cmd.TakeStep("submit"))  # fmt: skip
    do(world, CLEO, "spring", cmd.AddRecord("quality-look", {"looked_on": "2024-03-01", **LOOK}),
       cmd.TakeStep("authorise"))  # fmt: skip
    for step in ("share", "close"):
        view = show(world.desk(CLEO), world.refs["spring"])
        asked = next(one for one in view.steps if one.step.name == step)
        do(world, CLEO, "spring", *(cmd.SetRequirementAside(one.requirement, "not here", step)
                                    for one in asked.asked if not one.met), cmd.TakeStep(step))  # fmt: skip
    world.clock.set(TODAY)
    return world


def test_every_list_shows_its_question_and_opens_what_it_is_about(helped: World) -> None:
    async def look(p: Player) -> None:
        for name in NAMES:
            await office(p, name)
            page = p.app.screen
            assert isinstance(page, QualityPage) and page.rows and page.found, name
            assert question_of(page.figure) in p.words and all(line in p.words for line in page.found.says)
            await p.press("enter")
            assert isinstance(p.app.screen, JourneyScreen if name in ("repeats", "continuity") else CaseScreen)
            await p.press("escape", "escape")

    play(helped.desk(CLEO), look, size=(120, 40))


def test_an_answer_is_given_and_stands_above_the_list(helped: World) -> None:
    async def answer(p: Player) -> None:
        await office(p, "quality")
        await p.press("a")
        fill(p, text="We read the history first now.")
        await p.press("ctrl+s")
        assert "Cleo Weißmann, 14 Jun 2024: We read the history first now." in p.words

    play(helped.desk(CLEO), answer, size=(120, 40))
    (kept,) = answers(helped.desk(DAN), "quality")
    assert (kept.by, kept.text) == (CLEO, "We read the history first now.")


def test_whether_it_lasted_is_recorded_on_the_closed_case_from_the_list(helped: World) -> None:
    async def record(p: Player) -> None:
        await office(p, "look-back")
        assert "Closed in spring" in p.text and "ask now" in p.text
        await p.press("w")
        fill(p, lasted="better and lasting", helped="“Somebody asked.”")
        await p.press("ctrl+s")
        assert "No closed case to look back at" in p.words  # it is answered
        await p.press("s", "3")
        assert "better and lasting" in p.text

    play(helped.desk(AMIRA), record, size=(140, 40))
    (row,) = records(helped.desk(AMIRA), helped.refs["spring"], kind="look-back").rows
    assert row.values["lasted"] == "better and lasting" and row.by == AMIRA


def test_how_a_goal_moves_is_recorded_from_the_list(helped: World) -> None:
    async def move(p: Player) -> None:
        await office(p, "goals")
        assert "Home each night by eight" in p.text
        await p.press("p")
        fill(p, progress="better", family_words="“He is home by nine.”")
        await p.press("ctrl+s")
        assert "better, 2024-06-14" in p.words and "think again" not in p.words

    play(helped.desk(AMIRA), move, size=(140, 40))
    (row,) = records(helped.desk(AMIRA), helped.refs["justified"], kind="goal-progress").rows
    (goal,) = records(helped.desk(AMIRA), helped.refs["justified"], kind="goal").rows
    assert (row.values["goal"], row.values["progress"]) == (goal.number, "better")


def test_when_it_is_asked_is_settled_on_the_screen(helped: World) -> None:
    async def settle(p: Player) -> None:
        await office(p, "look-back")
        await p.press("l")
        fill(p, weeks="20", until="soon")
        await p.press("ctrl+s")
        assert "whole number of weeks" in p.words
        fill(p, until="40")
        await p.press("ctrl+s")
        assert "Asked from 20 to 40 weeks" in p.said

    play(helped.desk(DAN), settle, size=(120, 40))
    assert look_back_weeks(helped.desk(AMIRA)) == (20, 40)


def test_whoever_referred_is_told_from_the_list(helped: World) -> None:
    async def tell(p: Player) -> None:
        await office(p, "referrers")
        assert "The school" in p.text and "not told" in p.text
        await p.press("t", "5")
        fill(p, text="Help is agreed.")
        await p.press("ctrl+s")
        assert "Everybody who referred has been told" in p.words

    play(helped.desk(AMIRA), tell, size=(140, 40))
    assert show(helped.desk(AMIRA), helped.refs["spring"]).case.roster["school"].told == {"decision": TODAY}


def test_a_list_is_narrowed_filtered_and_exported_whole(helped: World, tmp_path: Path) -> None:
    target = tmp_path / "voices"

    async def narrow(p: Player) -> None:
        await office(p, "voices")
        await p.press("s", "2")
        assert "“Enough now.”" in p.text and "We can do this" not in p.text
        await p.filter("sundays")
        await p.press("enter")
        assert "1 of 2" in p.words
        await p.press("e")
        fill(p, file=str(target))
        await p.press("ctrl+s")
        assert "1 rows are in" in p.said

    play(helped.desk(CLEO), narrow, size=(120, 40))
    with target.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as stream:
        head, line = csv.reader(stream)
    assert dict(zip(head, line, strict=True))["text"] == "“I like Sundays.”"


def test_lists_take_the_same_limits_as_the_command_line(helped: World) -> None:
    async def limit(p: Player) -> None:
        await office(p, "voices")
        await p.press("k", "4")
        assert "family-view" in p.words and "We can do this" in p.text and "Enough now" not in p.text
        await p.press("k", "1", "t")
        assert "every case" in p.text
        await p.press("1", "f")
        fill(p, case=helped.refs["justified"], since="1/3/2024")
        await p.press("ctrl+s")
        assert "“I like Sundays.”" in p.text and "Enough now" not in p.text and "from 1 Mar 2024" in p.words
        await p.press("f")
        fill(p, case="", child="child-9", since="")
        await p.press("ctrl+s")
        assert "Nothing that a child or a family said" in p.words
        await p.press("escape")
        await office(p, "continuity")
        await p.press("x")
        assert "closed ones too" in p.words and "child-2" in p.text

    play(helped.desk(CLEO), limit, size=(120, 40))


def test_a_theme_is_drawn_given_looked_at_and_told(helped: World) -> None:
    give_office(helped.desk(EFUA), AMIRA, "auditor")

    async def theme(p: Player) -> None:
        await office(p, "themes")
        assert "No thematic sample yet." in p.text
        await p.press("n")
        fill(p, theme="Who is heard?", reason="Children told us", number="3", seed="two")
        await p.press("ctrl+s")
        assert "whole number" in p.words
        fill(p, seed="2")
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, ThemeScreen) and "0 of 3 cases looked at" in p.words
        await p.press("g")
        people = [choice.value for choice in p.app.screen._all]  # type: ignore[attr-defined]
        await p.press(str(people.index(AMIRA) + 1))
        assert "Amira Khan" in p.text
        await p.press("l")
        fill(p, **LOOK)
        await p.press("ctrl+s")
        assert "1 of 3 cases looked at" in p.words
        await p.press("f")
        fill(p, text="Heard where somebody sits down.")
        await p.press("ctrl+s")
        assert "Heard where somebody sits down." in p.words

    play(helped.desk(AMIRA), theme, size=(140, 40))
    kept = theme_of(helped.desk(CLEO), "who-is-heard")
    (looked,) = [one for one in kept.cases if one.looks]
    assert looked.looks[0].theme == "Who is heard?" and looked.given_to == AMIRA
    assert (TODAY - kept.on) == timedelta(0)


def test_a_list_can_be_put_in_another_order(helped: World) -> None:
    async def look(p: Player) -> None:
        await office(p, "voices")
        page = p.app.screen
        assert isinstance(page, QualityPage)
        days = [row.on for row in page.rows]
        assert len(set(days)) > 1 and days == sorted(days, reverse=True)
        page.order = "on"
        page.look_again()
        await p.settle()
        assert [row.on for row in page.rows] == sorted(days) and "by on" in p.words
        await p.press("b")
        assert "In which order?" in p.words

    play(helped.desk(CLEO), look, size=(120, 40))
