"""Commissioning and the register of reviewers on screen: looked at, written down and put right with few keys."""

from __future__ import annotations

from casereview import commands as cmd
from casereview.requirements import asked_by
from casereview.service.commissioning import commissioning
from casereview.service.reading import StepView, show
from casereview.service.review import read_review
from casereview.service.reviewers import add, register
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, BEN, DAN, EFUA, HOSTILE, HOSTILE_SHOWN
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_acts import fill, form
from tui.screens.case import CaseScreen
from tui.screens.commissioning import CommissioningScreen, show_commissioning
from tui.screens.meeting import meet
from tui.screens.page import Page
from tui.screens.reviewers import ReviewersScreen, show_reviewers


async def opened(p: Player, ref: str) -> None:
    assert isinstance(p.app.screen, Page)
    show_commissioning(p.app.screen, ref)
    await p.settle()


def test_what_is_missing_is_written_where_the_cursor_stands(world: World) -> None:
    ref = world.refs["review"]

    async def write(p: Player) -> None:
        await opened(p, ref)
        assert "not written down yet" in p.text and "2011-2019" in p.words
        await p.press("down", "enter")  # the criteria
        fill(p, criterion="Serious harm", met="not met", because="A doctor saw both")
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, CommissioningScreen)
        assert "Serious harm" in p.text and "not met" in p.text
        await p.press("c")
        fill(p, met="met")
        fill(p, __reason="read again")
        await p.press("ctrl+s")

    play(world.desk(EFUA), write)
    [rec] = read_review(world.desk(EFUA), ref).review.of("criterion")
    assert (rec.text("met"), rec.corrected) == ("met", 1)


def test_a_reviewer_is_proposed_out_of_the_register_the_least_busy_first(world: World) -> None:
    ref = world.refs["review"]
    add(world.desk(EFUA), AMIRA, {"state": "accredited"})
    add(world.desk(EFUA), BEN, {"state": "accredited"})
    world.desk(EFUA).do(ref, cmd.Appoint(AMIRA, "lead-reviewer"))

    async def propose(p: Player) -> None:
        await opened(p, ref)
        await p.filter("Reviewers proposed")
        await p.press("enter", "enter")
        first = p.text.index("Ben O'Neill")
        assert first < p.text.index("Amira Khan") and "1 in hand" in p.text
        await p.press("1")
        fill(p, for_what="lead reviewer", why="Knows schools", independence="independent of both", state="proposed")
        await p.press("ctrl+s")
        assert "Ben O'Neill (accredited, 0 in hand)" in p.words

    play(world.desk(EFUA), propose, size=(120, 40))
    row = next(r for r in commissioning(world.desk(EFUA), ref).rows if r.kind == "reviewer-proposal")
    assert row.rec is not None and not row.notice


def test_the_register_is_kept_by_a_form_and_what_people_wrote_is_harmless(world: World) -> None:
    async def keep(p: Player) -> None:
        assert isinstance(p.app.screen, Page)
        show_reviewers(p.app.screen)
        await p.settle()
        assert "Nobody is in the register" in p.text
        await p.press("n")
        fill(p, person=AMIRA, state="accredited", accountable=HOSTILE, works_for="Health\nPolice")
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, ReviewersScreen)
        await p.press("enter")
        assert HOSTILE_SHOWN in p.text
        await p.press("c")
        fill(p, works_for="Health", reason="left the police")
        await p.press("ctrl+s")
        assert "Health, Police" not in p.text
        await p.press("s")
        assert "by load" in p.text

    play(world.desk(EFUA), keep, size=(140, 40))
    [one] = register(world.desk(DAN))
    assert one.reviewer.works_for == ("Health",) and one.reviewer.acts[-1].text == "left the police"


def test_somebody_without_the_office_is_told_so_and_nothing_changes(world: World) -> None:
    async def no(p: Player) -> None:
        assert isinstance(p.app.screen, Page)
        show_reviewers(p.app.screen)
        await p.settle()
        await p.press("n")
        fill(p, person=BEN, state="accredited")
        await p.press("ctrl+s")
        assert "takes an office" in p.words

    play(world.desk(AMIRA), no)
    assert register(world.desk(DAN)) == []


def test_what_each_still_lacks_is_met_by_the_form_with_the_link_filled_in(world: World) -> None:
    ref, desk = world.refs["review"], world.desk(EFUA)
    desk.do(ref, cmd.Appoint(EFUA, "lead-reviewer"))
    finding = {"statement": "Notes meet nobody", "category": "tools", "effect": "hinders", "level": "front line",
               "strength": "finding", "state": "drafted"}  # fmt: skip
    number = desk.do(ref, cmd.AddRecord("finding", finding)).case.number

    async def answer(p: Player) -> None:
        screen = p.app.screen
        assert isinstance(screen, CaseScreen)
        view = show(desk, ref)
        step = view.definition.steps["receive"]
        step_view = StepView(step, asked_by(view.case, step, view.definition), yours=True, asks_reason=False)
        meet(screen, view, step_view)
        await p.press("1")
        assert form(p).box("finding").value == str(number)
        fill(p, position="accepted", taken_on="14/6/2024")
        await p.press("ctrl+s")

    play(world.desk(EFUA), answer, first=ref)
    [rec] = read_review(world.desk(EFUA), ref).review.of("board-position")
    assert rec.link("finding") == number
