"""The lists on screen asked in words: faults, headings, saved views, marks, many at once; and with few keys."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from casereview.service.reading import show
from casereview.service.views import save_view, views
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, BEN, CLEO
from tests.tui.screens.playing import Player, play
from tui.screens.bulk import BulkScreen
from tui.screens.form import FormScreen


def fill(p: Player, **answers: object) -> None:
    screen = p.app.screen
    assert isinstance(screen, FormScreen), screen
    for name, value in answers.items():
        screen.box(name).put(value)


# ---- words in the filter -------------------------------------------------------------------------------------------
def test_the_filter_takes_terms_and_points_at_mistakes(world: World) -> None:
    async def look(p: Player) -> None:
        await p.filter("overdue:explained told:no")
        assert " 1 beyond" in p.words and world.refs["explained"] in p.text
        await p.press("enter")
        await p.filter("beyond>x")
        assert "'x' is not a number of days" in p.words and "^" in p.text
        assert world.refs["explained"] in p.text, "the list stays while one types"
        await p.press("escape")
        assert "^" not in p.text and world.refs["lapsed"] in p.text
        await p.filter("team:nroth")
        assert "there is no team 'nroth'" in p.words and "Did you mean north?" in p.words

    play(world.desk(CLEO), look, first="overdue", size=(110, 30))


def test_the_list_of_cases_takes_the_same_words(world: World) -> None:
    async def look(p: Player) -> None:
        await p.filter("worker:ben -overdue:of-concern")
        assert "2 everyone's cases · open" in p.text and "Moved twice" not in p.text
        await p.press("escape", "l")
        assert "look-again<7d" in p.text and "not mine" in p.text

    play(world.desk(CLEO), look, size=(110, 40))


def test_headings_and_order_are_chosen_and_written_as_terms(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("h", "3")
        assert "group:worker" in p.text and "Amira Khan  " in p.text and "Ben O'Neill  3" in p.text
        await p.press("b", "3")
        assert "sort:opened" in p.text and "by worker · oldest first" in p.words
        await p.press("h", "1")
        assert "group:" not in p.text and "longer, lapsed" not in p.text, "no headings in another order"
        await p.press("c")
        assert "sort:" not in p.text and "longer, lapsed" in p.text

    play(world.desk(CLEO), look, first="overdue", size=(110, 30))


# ---- saved views ---------------------------------------------------------------------------------------------------
def test_a_view_is_chosen_saved_shared_and_taken_off(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("v")
        await p.type("not told")
        await p.press("enter")
        assert "overdue told:no" in p.text and "view Family not told" in p.text
        await p.filter("worker:ben")
        await p.press("enter", "v")
        await p.type("save")
        await p.press("enter")
        fill(p, name="Ben's families", shared="yes")
        await p.press("ctrl+s")
        assert "view Ben's families" in p.text
        await p.press("c", "v")
        await p.type("ben's")
        await p.press("enter")
        assert "overdue told:no worker:ben" in p.text
        await p.press("v")
        await p.type("take")
        await p.press("enter", "1", "y")
        assert "is taken off" in p.said

    play(world.desk(CLEO), look, first="overdue", size=(110, 40))
    assert all(view.whose == "shipped" for view in views(world.desk(CLEO)))


def test_somebody_elses_view_lists_ones_own_cases(world: World) -> None:
    save_view(world.desk(CLEO), "Caseload", "mine open sort:opened", of="cases", shared=True)

    async def look(p: Player) -> None:
        await p.press("v", "1")
        assert "3 view Caseload" in p.words and "Moved twice" in p.text and "Amira" not in p.text

    play(world.desk(BEN), look, size=(110, 40))


# ---- many at once --------------------------------------------------------------------------------------------------
def test_marked_cases_are_handed_over_after_a_look_at_each(world: World) -> None:
    async def hand(p: Player) -> None:
        await p.filter("worker:ben")
        await p.press("enter", "x", "down", "x", "down", "x", "up", "x")
        assert "2 marked" in p.text and "✓" in p.text
        await p.press("i")
        fill(p, worker=AMIRA, note="Ben moves to another team")
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, BulkScreen)
        assert "2 of 2 would be done" in p.words and "handed over to Amira Khan" in p.words
        await p.press("y")
        assert "2 of 2 done" in p.words
        await p.press("escape")
        assert "marked" not in p.text and " 1 beyond" in p.words

    play(world.desk(CLEO), hand, first="overdue", size=(110, 30))
    kept = [show(world.desk(CLEO), world.refs[name]).case for name in ("lapsed", "concern", "unexplained")]
    assert sorted(case.worker or "" for case in kept) == [AMIRA, AMIRA, BEN]


def test_what_may_not_be_done_is_refused_line_by_line(world: World) -> None:
    async def hand(p: Player) -> None:
        await p.press("space", "k", "ctrl+s")
        assert "✗ refused" in p.text and "0 of 1 would be done" in p.words
        await p.press("y")
        assert "would be done" in p.words, "nothing is there to do"

    play(world.desk(BEN), hand, size=(110, 30))
    assert show(world.desk(BEN), world.refs["concern"]).case.looks == []


def test_the_row_in_hand_is_marked_as_seen_with_few_keys(world: World) -> None:
    async def seen(p: Player) -> None:
        await p.filter("grandmother")
        await p.press("enter", "k")
        await p.type("Spoke with Amira")
        await p.press("ctrl+s", "y", "escape", "r")
        assert "Last looked at" in p.text and "Cleo Weißmann on 14 Jun 2024: Spoke with Amira" in p.words

    play(world.desk(CLEO), seen, first="overdue", size=(110, 60))
    assert [look.note for look in show(world.desk(CLEO), world.refs["explained"]).case.looks] == ["Spoke with Amira"]


# ---- at most ten keys from the row under the cursor ------------------------------------------------------------------
Typing = Callable[[Player], Awaitable[None]]


async def reason(p: Player) -> None:
    await p.press("g")
    await p.type("JUDG")
    await p.press("enter")
    await p.type("Two accounts differ")
    await p.press("tab")
    await p.type("She waits")
    await p.press("ctrl+s")


async def answer(p: Player) -> None:
    await p.press("a", "1")
    await p.type("28 Jun 2024")
    await p.press("tab")
    await p.type("Until both homes are seen")
    await p.press("ctrl+s")


async def review(p: Player) -> None:
    await p.press("p", "2")
    await p.type("Both homes are known now")
    await p.press("tab")
    await p.type("Whether school changes")
    await p.press("tab")
    await p.type("28 Jun 2024")
    await p.press("tab", "enter", "down", "enter", "ctrl+s")


async def family(p: Player) -> None:
    await p.press("w", "3", "tab")
    await p.type("She would rather it were done well")
    await p.press("tab")
    await p.type("Why it takes longer")
    await p.press("tab")
    await p.type("21 Jun 2024")
    await p.press("ctrl+s")


@pytest.mark.parametrize(
    ("person", "case", "doing"),
    [(BEN, "unexplained", reason), (CLEO, "explained", answer), (CLEO, "justified", review),
     (AMIRA, "justified", family)],
)  # fmt: skip
def test_at_most_ten_keys_from_the_row_to_the_record(world: World, person: str, case: str, doing: Typing) -> None:
    before = show(world.desk(person), world.refs[case]).case.number

    async def at_it(p: Player) -> None:
        await p.filter(world.refs[case])
        await p.press("enter")
        p.presses = 0
        await doing(p)
        assert p.presses <= 10, p.presses
        assert not isinstance(p.app.screen, FormScreen), p.text

    play(world.desk(person), at_it, first="overdue", size=(110, 40))
    after = show(world.desk(person), world.refs[case]).case
    assert after.number > before
    run = after.runs["decision"]
    holds: dict[Typing, bool] = {
        reason: run.reason is not None and run.reason.effect == "She waits",
        answer: run.answer is not None and run.answer.until == date(2024, 6, 28),
        review: run.agreed == date(2024, 6, 28) or run.held > 0 or "review" in after.records,
        family: after.roster.get("mother") is not None and after.roster["mother"].promised_on == date(2024, 6, 21),
    }
    assert holds[doing]
