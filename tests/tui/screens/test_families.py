"""Reviews and families on the screens: few keys, the same acts as on the command line, and where a day begins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from casereview import commands as cmd
from casereview.service.desk import Refused
from casereview.service.families import families
from casereview.service.reading import show
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, CLEO, HOSTILE, TODAY, Fiction
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_acts import fill, form
from tests.tui.screens.test_around import (
    test_every_key_of_ours_says_what_it_does,
    test_no_screen_gives_one_key_to_two_things,
)
from tui.screens.case import CaseScreen
from tui.screens.families import FamiliesScreen, show_families
from tui.screens.ledger import LedgerScreen
from tui.screens.morning import MorningScreen
from tui.screens.page import Page


# ---- where a day begins ------------------------------------------------------------------------------------------
def test_a_manager_begins_with_the_morning_and_a_worker_with_the_cases(world: World) -> None:
    for person, screen in ((CLEO, "MorningScreen"), (AMIRA, "CaseloadScreen")):

        async def look(p: Player, screen: str = screen) -> None:
            assert type(p.app.screen).__name__ == screen
            await p.press("f3", "f6")
            assert isinstance(p.app.screen, MorningScreen)

        play(world.desk(person), look, first=None)


def test_somebody_nobody_knows_still_gets_a_screen_that_says_so(empty: Fiction) -> None:
    async def look(p: Player) -> None:
        assert "nobody here is known" in p.words

    play(empty.desk("nobody"), look, first=None)


# ---- reviews -----------------------------------------------------------------------------------------------------
def test_a_review_from_the_register_takes_few_keys(world: World) -> None:
    ref = world.refs["unexplained"]
    world.desk(CLEO).do(ref, cmd.SetRoster("mother", "Mother"))

    async def review(p: Player) -> None:
        await p.filter("weekends")
        await p.press("enter")
        p.presses = 0
        await p.press("p", "1")
        await p.type("School sees him well fed")
        await p.press("tab")
        await p.type("What happens on Sundays?")
        await p.press("tab")
        await p.type("28 Jun 2024")
        await p.press("ctrl+s")
        assert "later than the indicative time" in p.words
        fill(p, contact="new date", code="HIST")
        await p.press("ctrl+s")
        assert p.presses <= 10

    play(world.desk(CLEO), review, first="overdue")
    run = show(world.desk(CLEO), ref).case.runs["decision"]
    assert run.held == 1 and run.agreed == date(2024, 6, 28)


def test_a_change_of_direction_is_chosen_by_where_it_leads(world: World) -> None:
    ref = world.refs["course"]

    async def review(p: Player) -> None:
        await p.press("v")
        assert "Carry on, to a new date" in p.words and "Enough is known" not in p.words  # not from here
        await p.press("2")
        fill(p, known="A baby is due", text="The unborn child comes first")
        await p.press("ctrl+s")
        assert "Taken on as a section 47 enquiry" in p.words

    play(world.desk(CLEO), review, first=ref, size=(120, 40))
    assert show(world.desk(CLEO), ref).case.closed == TODAY


def _on(world: World, ref: str, step: str) -> None:
    """Takes a step with whatever it expects set aside."""
    desk = world.desk(CLEO)
    try:
        desk.do(ref, cmd.TakeStep(step))
    except Refused as no:
        for one in no.refusal.unmet:
            desk.do(ref, cmd.SetRequirementAside(one.requirement, "not here", step))
        desk.do(ref, cmd.TakeStep(step))


def test_stopping_early_is_said_on_the_case(world: World) -> None:
    ref = world.refs["course"]
    for step in ("allocate", "plan"):
        _on(world, ref, step)
    world.desk(CLEO).do(ref, cmd.HoldReview("enough-known", "It was one bad week", set_aside="told by the school"))

    async def look(p: Player) -> None:
        await p.press("2")
        assert "a success, not an exception" in p.words

    play(world.desk(AMIRA), look, first=ref, size=(100, 40))


def test_a_missed_checkpoint_is_answered_by_a_review(world: World) -> None:
    async def answer(p: Player) -> None:
        screen = p.app.screen
        assert isinstance(screen, MorningScreen)
        rows = [(n, row) for n in range(screen.table.total) if (row := screen.table.row(n))]
        screen.table.cursor = next(n for n, row in rows if row.kind == "checkpoint")
        await p.settle()
        await p.press("a")
        assert "What comes of it?" in p.text
        await p.press("1")
        assert form(p).box("known").ask.required

    play(world.desk(CLEO), answer, first="today")


# ---- families ----------------------------------------------------------------------------------------------------
async def opened(p: Player) -> FamiliesScreen:
    assert isinstance(p.app.screen, Page)
    show_families(p.app.screen)
    await p.settle()
    assert isinstance(p.app.screen, FamiliesScreen)
    return p.app.screen


def broken(world: World) -> str:
    """A promise of news to a mother whose day has passed."""
    ref = world.refs["unexplained"]
    world.desk(CLEO).do(ref, cmd.SetRoster("mother", "Mother", language="Polish"))
    world.clock.set(date(2024, 6, 3))
    world.desk(CLEO).do(ref, cmd.Tell("started", said="When will I know?", promised_on=date(2024, 6, 6)))
    world.clock.set(TODAY)
    return ref


def test_a_broken_promise_is_one_key_from_being_told(world: World) -> None:
    ref = broken(world)

    async def tell(p: Player) -> None:
        screen = await opened(p)
        assert [row.case for row in screen.listed] == [ref]
        assert "news was promised by 2024-06-06" in p.words and "6 working days" in p.words
        p.presses = 0
        await p.press("t", "2")
        assert form(p).box("people").value == ["mother"]
        fill(p, said="Thank you for saying")
        await p.press("ctrl+s")
        assert p.presses <= 10
        assert "No promise of news is broken" in p.words

    play(world.desk(CLEO), tell, size=(120, 40))
    assert families(world.desk(CLEO), "broken").rows == ()


def test_the_ledger_is_reached_from_the_list_and_from_the_case(world: World) -> None:
    ref = broken(world)

    async def look(p: Player) -> None:
        await opened(p)
        await p.press("enter")
        assert isinstance(p.app.screen, LedgerScreen)
        assert "When will I know?" in p.words and "in Polish" in p.words and "broken" in p.words
        await p.press("enter", "3")
        assert isinstance(p.app.screen, CaseScreen) and "a promise is broken" in p.words
        await p.press("L")
        assert isinstance(p.app.screen, LedgerScreen)
        await p.press("t", "2")
        fill(p, said="Good")
        await p.press("ctrl+s")
        assert "1 promise of news made: 1 kept late" in p.words

    play(world.desk(CLEO), look, size=(120, 40))
    assert show(world.desk(CLEO), ref).case.roster["mother"].promises[0].kept_on == TODAY


def test_another_list_a_team_and_the_filter(world: World) -> None:
    broken(world)

    async def look(p: Player) -> None:
        screen = await opened(p)
        await p.press("w", "4")
        everyone = families(world.desk(CLEO), "all").rows
        assert len(screen.listed) == len(everyone) > 1
        await p.press("slash")
        await p.type("mother")
        assert 0 < len(screen.listed) <= len(everyone)
        await p.press("escape", "m")
        assert "South team" in p.text

    play(world.desk(CLEO), look, size=(120, 40))


def test_no_text_of_a_family_is_read_as_markup(world: World) -> None:
    ref = world.refs["hostile"]
    world.desk(CLEO).do(ref, cmd.SetRoster("mother", HOSTILE, relation=HOSTILE))
    world.desk(CLEO).do(ref, cmd.Tell("started", said=HOSTILE, promised_on=TODAY))

    async def look(p: Player) -> None:
        screen = await opened(p)
        await p.press("w", "2")
        assert any(row.case == ref for row in screen.listed)
        p.app.push_screen(LedgerScreen(ref))
        await p.settle()
        assert "\x1b" not in p.text

    play(world.desk(CLEO), look, size=(120, 40))


def test_an_export_of_the_morning_without_names(world: World, tmp_path: Path) -> None:
    target = tmp_path / "today.ics"

    async def write(p: Player) -> None:
        await p.press("e", "2")
        fill(p, file=str(target))
        await p.press("ctrl+s")
        assert "It is in" in p.said
        await p.press("k")
        await p.type("checkpoint")
        await p.press("enter")
        assert "only: Checkpoint reviews due" in p.words

    play(world.desk(CLEO), write, first="today", size=(120, 40))
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_the_numbers_of_the_morning_are_settled_on_the_screen(world: World) -> None:
    from casereview.service.morning import rules
    from tui.screens.morning_export import ask_settings

    async def settle(p: Player) -> None:
        assert isinstance(p.app.screen, Page)
        ask_settings(p.app.screen)
        await p.settle()
        fill(p, ahead="soon")
        await p.press("ctrl+s")
        assert "This is a whole number." in p.words
        fill(p, ahead="4")
        await p.press("ctrl+s")
        assert "goes by these numbers" in p.said

    play(world.desk(CLEO), settle, first="today")
    assert rules(world.desk(CLEO)).ahead == 4


def test_their_keys_are_their_own_and_say_what_they_do() -> None:
    for screen in (FamiliesScreen, LedgerScreen, MorningScreen):
        test_no_screen_gives_one_key_to_two_things(screen)
        test_every_key_of_ours_says_what_it_does(screen)
