"""Around every screen: help, the palette, keys that are unique, errors that are said, and a start that stays light."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from casereview.views import BY_CONCERN
from casereview.words import standing_word
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, CLEO
from tests.tui.screens.playing import Player, play
from tui.screens.case import CaseScreen
from tui.screens.caseload import CaseloadScreen
from tui.screens.help import help_text
from tui.screens.history import HistoryScreen
from tui.screens.journey import JourneyScreen
from tui.screens.look import THEME, colour_of
from tui.screens.palette import Offers
from tui.screens.register import RegisterScreen

PAGES = (CaseloadScreen, RegisterScreen, CaseScreen, HistoryScreen, JourneyScreen)


def test_help_is_on_every_screen_and_lists_every_key_with_what_it_does(world: World) -> None:
    async def look(p: Player) -> None:
        for keys in (("m",), ("f3",), ("enter",), ("h",), ("escape", "c")):
            await p.press(*keys)
            screen = p.app.screen
            text = help_text(screen).plain
            assert screen.about in text, screen  # type: ignore[attr-defined]
            await p.press("f1")
            assert "Keys" in p.text or screen.heading in p.text  # type: ignore[attr-defined]
            await p.press("escape")
            assert p.app.screen is screen
        assert "The child's journey across cases" not in text

    play(world.desk(AMIRA), look)


def test_help_explains_every_sign(world: World) -> None:
    async def look(p: Player) -> None:
        text = help_text(p.app.screen).plain
        for standing in BY_CONCERN:
            assert f"{standing_word(standing).sign} {standing_word(standing).words}" in text
            assert standing_word(standing).means in text

    play(world.desk(AMIRA), look)


async def offered(p: Player) -> list[str]:
    offers = Offers(p.app.screen)
    return [offer.label for offer in offers._offers()]


def test_the_palette_offers_only_what_applies_now(world: World) -> None:
    async def look(p: Player) -> None:
        assert "Open the case under the cursor" in await offered(p)
        await p.filter("nothing at all")
        assert "Open the case under the cursor" not in await offered(p)
        await p.press("escape", "f3", "end")
        assert "Answer the reason" in await offered(p)
        await p.press("enter")
        labels = await offered(p)
        assert "Step: Hold a checkpoint review" in labels and "Tell the family" in labels
        assert "Reopen the case" not in labels and "Admit somebody" not in labels

    play(world.desk(AMIRA), look)


def test_the_palette_does_what_it_offers(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("ctrl+p")
        await p.type("History")
        await p.pilot.pause(0.4)
        await p.press("enter")
        await p.pilot.pause(0.2)
        await p.settle()
        assert isinstance(p.app.screen, HistoryScreen)

    play(world.desk(AMIRA), look, first=world.refs["justified"])


def test_a_closed_case_offers_to_be_opened_again(world: World) -> None:
    async def look(p: Player) -> None:
        labels = await offered(p)
        assert "Reopen the case" in labels and "Waiting on somebody" not in labels
        await p.press("w")
        assert isinstance(p.app.screen, CaseScreen)
        await p.press("R", "y")
        await p.type("Closed too soon")
        await p.press("ctrl+s")
        assert "▸In progress" in p.text

    play(world.desk(CLEO), look, first=world.refs["closed"])


@pytest.mark.parametrize("page", PAGES)
def test_no_screen_gives_one_key_to_two_things(page: type) -> None:
    ours = (cls for cls in page.__mro__ if cls.__module__.startswith("tui."))
    keys = Counter(key for cls in ours for binding in vars(cls).get("BINDINGS", ()) for key in binding.key.split(","))
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_key_of_ours_says_what_it_does(page: type) -> None:
    for cls in page.__mro__:
        if cls.__module__.startswith("tui."):
            for binding in vars(cls).get("BINDINGS", ()):
                assert binding.id and binding.tooltip and binding.description, binding


def test_red_is_only_for_the_urgent_lane() -> None:
    def reddish(colour: str) -> bool:
        digits = colour.split("#")[1]
        red, green, blue = (int(digits[n : n + 2], 16) for n in (0, 2, 4))
        return red > 150 and green < red * 0.55 and blue < red * 0.55

    assert reddish(colour_of("urgent_late"))
    assert [s for s in BY_CONCERN if s != "urgent_late" and reddish(colour_of(s))] == []
    assert THEME.error and not reddish(THEME.error)


def test_without_colour_every_standing_is_told_apart(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    async def look(p: Player) -> None:
        await p.press("m")
        assert "▸" in p.text  # the cursor
        for standing in ("urgent_late", "longer_lapsed", "longer_justified", "on_course"):
            word = standing_word(standing)
            assert f"{word.sign} {word.words}" in p.text

    play(world.desk(CLEO), look)
    assert len({standing_word(s).sign for s in BY_CONCERN}) == len(BY_CONCERN)


def test_the_screens_fit_again_after_the_window_changes(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("m")
        assert "North team" not in p.text
        await p.pilot.resize_terminal(140, 30)
        await p.until(lambda text: "North team" in text)
        await p.pilot.resize_terminal(60, 15)
        await p.until(lambda text: "North team" not in text)
        assert "! urgent" in p.text and "x longer" in p.text and world.refs["urgent"] in p.text

    play(world.desk(CLEO), look)


def test_the_mouse_opens_a_case(world: World) -> None:
    async def look(p: Player) -> None:
        await p.press("m")
        await p.pilot.click("#rows", offset=(5, 2), times=2)
        await p.settle()
        assert isinstance(p.app.screen, CaseScreen)
        assert "Moved twice this spring" in p.text

    play(world.desk(CLEO), look)


def test_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    """Forms, cases and the store come when they are wanted; the screens never know which store it is."""
    script = (
        "import sys, tui.screens.app; "
        "print([m for m in ('sqlalchemy', 'sqlmodel', 'typer', 'pendulum', 'transitions', 'storage', "
        "'tui.screens.case', 'tui.screens.form', 'textual.widgets._text_area') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("[]", "['transitions']"), done.stdout
