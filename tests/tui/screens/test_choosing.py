"""Among many people one types part of a name, wherever a form asks for somebody."""

from __future__ import annotations

from casereview.service.reading import show
from casereview.service.registry import add_person
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import CLEO, DAN
from tests.tui.screens.playing import Player, play
from tui.screens.fields import FieldBox
from tui.screens.form import FormScreen


def add_many(world: World) -> None:
    for number in range(12):
        add_person(world.desk(DAN), f"Person Number {number}", person_id=f"extra-{number}")
    add_person(world.desk(DAN), "Zofia Inventley", person_id="zofia")


def form_of(p: Player) -> FormScreen[object]:
    assert isinstance(p.app.screen, FormScreen)
    return p.app.screen


def test_one_of_many_is_found_by_typing_part_of_the_name(world: World) -> None:
    add_many(world)
    ref = world.refs["course"]

    async def give(p: Player) -> None:
        await p.press("i", "n", "t", "l", "e", "y")
        assert "Zofia Inventley" in p.text and "Person Number" not in p.text
        await p.press("enter")
        assert form_of(p).box("worker").value == "zofia"
        await p.press("enter", "escape")
        assert form_of(p).box("worker").value == "zofia"  # leaving the list changes nothing
        await p.press("ctrl+s")

    play(world.desk(CLEO), give, first=ref)
    assert show(world.desk(CLEO), ref).case.worker == "zofia"


def test_what_may_stay_empty_can_be_emptied_again(world: World) -> None:
    add_many(world)

    async def give(p: Player) -> None:
        await p.press("i", "z", "o", "f", "enter", "e", "m", "p", "t", "y", "enter")
        assert form_of(p).box("worker").value == ""

    play(world.desk(CLEO), give, first=world.refs["course"])


def test_several_of_many_are_ticked_by_typing(world: World) -> None:
    add_many(world)

    async def hide(p: Player) -> None:
        screen = p.app.screen
        screen.action_act("restrict")  # type: ignore[attr-defined]
        await p.settle()
        await p.press("y", "tab")
        for name in ("zofia", "number 7", "number 3", "number 3"):
            first, *rest = ("space" if letter == " " else letter for letter in name)
            await p.press(first, *rest, "enter")
        people = next(box for box in p.app.screen.query(FieldBox) if box.ask.name == "people")
        assert people.value == ["extra-7", "zofia"] and "[x] Zofia" in p.text

    play(world.desk(CLEO), hide, first=world.refs["course"], size=(100, 40))
