"""The morning list on the screen: the same questions as on the command line, and the way from each to its answer."""

from __future__ import annotations

from datetime import date

from casereview import commands as cmd
from casereview.oversight.matter import KINDS
from casereview.service.morning import morning
from casereview.service.reading import show
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, CLEO, EFUA, HOSTILE_SHOWN, Fiction
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_around import (
    test_every_key_of_ours_says_what_it_does,
    test_no_screen_gives_one_key_to_two_things,
)
from tui.screens.case import CaseScreen
from tui.screens.morning import MorningScreen


async def to(p: Player, kind: str) -> None:
    """The cursor onto the first question of a kind."""
    screen = p.app.screen
    assert isinstance(screen, MorningScreen)
    at = next(n for n in range(screen.table.total) if (row := screen.table.row(n)) and row.kind == kind)
    screen.table.cursor = at
    await p.settle()


def test_it_shows_what_the_service_finds_in_its_groups(world: World) -> None:
    found = morning(world.desk(CLEO))

    async def look(p: Player) -> None:
        await p.press("f6")
        assert f"{len(found.questions)} questions from {found.cases} open cases" in p.words
        for kind in {one.kind for one in found.questions}:
            count = sum(one.kind == kind for one in found.questions)
            assert f"{KINDS[kind]}  {count}" in p.text
        first = found.questions[0]
        assert first.command in p.words and first.beside in p.words and first.says in p.words
        await p.press("end")
        assert found.questions[-1].command in p.words

    play(world.desk(CLEO), look, size=(120, 60))


def test_enter_opens_the_case_and_escape_comes_back(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("f6", "enter")
        assert isinstance(p.app.screen, CaseScreen)
        await p.press("escape")
        assert isinstance(p.app.screen, MorningScreen)

    play(world.desk(CLEO), look)


def test_a_reason_is_answered_from_the_list_and_leaves_it(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("f6")
        await to(p, "reason")
        await p.press("a", "1")
        assert "An interpreter is booked for Tuesday" in p.words  # the whole story stands above the form
        await p.type("2024-07-05")
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, MorningScreen)
        assert "reason" not in {row.kind for n in range(99) if (row := p.app.screen.table.row(n))}

    assert "reason" in {one.kind for one in morning(world.desk(CLEO)).questions}
    play(world.desk(CLEO), look)
    answer = show(world.desk(CLEO), world.refs["explained"]).case.runs["decision"].answer
    assert answer is not None and answer.decision == "agreed"


def test_every_question_leads_somewhere(world: World) -> None:
    """`a` on the first of each kind: a form, a choice, or the case; `escape` comes back."""

    async def look(p: Player) -> None:
        await p.press("f6")
        for kind in sorted({one.kind for one in morning(world.desk(CLEO)).questions}):
            await to(p, kind)
            await p.press("a")
            assert not isinstance(p.app.screen, MorningScreen), kind
            await p.press("escape")
            if not isinstance(p.app.screen, MorningScreen):
                await p.press("y")  # leaving a form may ask
            assert isinstance(p.app.screen, MorningScreen), kind

    play(world.desk(CLEO), look)


def test_where_nobody_is_listed_to_be_told_the_answer_is_to_list_them(world: World) -> None:
    desk = world.desk(CLEO)
    desk.do(world.refs["concern"], cmd.GiveAnswer("agreed", "After all", date(2024, 8, 1)))
    (row,) = (q for q in morning(desk).questions if (q.kind, q.case) == ("justification", world.refs["concern"]))
    assert row.command == f"casereview tell {row.case} --add LABEL"

    async def look(p: Player) -> None:
        await p.press("f6")
        screen = p.app.screen
        assert isinstance(screen, MorningScreen)
        screen.table.cursor = next(n for n in range(screen.table.total) if screen.table.row(n) == row)
        await p.settle()
        await p.press("a")
        assert "Who must be told" in p.text

    play(desk, look)


def test_a_team_and_the_days_of_silence_are_chosen(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("f6", "t")
        assert "South team" in p.text
        await p.press("3")
        assert "No open case is yours" in p.words and "F2" in p.text
        await p.press("c")
        usual = morning(world.desk(CLEO)).questions
        assert f" {len(usual)} questions" in p.text
        await p.press("n", "5")
        fewer = morning(world.desk(CLEO), silent_after=30).questions
        assert f" {len(fewer)} questions" in p.text and len(fewer) <= len(usual)

    play(world.desk(CLEO), look)


def test_a_worker_and_a_chair_have_their_own(world: World) -> None:
    for person, ref in ((AMIRA, world.refs["urgent"]), (EFUA, world.refs["review"])):

        async def look(p: Player, ref: str = ref) -> None:
            await p.press("f6")
            assert ref in p.text

        play(world.desk(person), look)


def test_text_of_people_is_never_read_as_markup(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("f6")
        screen = p.app.screen
        assert isinstance(screen, MorningScreen)
        rows = [(n, row) for n in range(screen.table.total) if (row := screen.table.row(n))]
        screen.table.cursor = next(n for n, row in rows if row.case == world.refs["hostile"])
        await p.settle()
        assert HOSTILE_SHOWN in p.text

    play(world.desk(CLEO), look, size=(120, 40))


def test_an_empty_store_says_what_an_empty_list_means(empty: Fiction) -> None:
    async def look(p: Player) -> None:
        await p.press("f6")
        assert "No open case is yours" in p.words
        await p.press("a", "enter")
        assert isinstance(p.app.screen, MorningScreen)

    play(empty.desk(CLEO), look)


def test_its_keys_are_its_own_and_say_what_they_do() -> None:
    test_no_screen_gives_one_key_to_two_things(MorningScreen)
    test_every_key_of_ours_says_what_it_does(MorningScreen)
