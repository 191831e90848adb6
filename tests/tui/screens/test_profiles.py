"""Profiles and clocks on the screens: read, adopted, withdrawn, and changed on a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from casereview.service.profiles import adopted, case_profile
from casereview.service.reading import show
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import AMIRA, CLEO, EFUA
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_office import fill, office
from tui.screens.case import CaseScreen
from tui.screens.form import FormScreen
from workflows.profiles import SHIPPED_PROFILES

EXAMPLE = "working-together-2013"


def test_clocks_are_listed_with_how_far_to_rely_on_each(world: World) -> None:
    async def look(p: Player) -> None:
        await office(p, "clocks")
        assert "Initial assessment" in p.text and "not checked; an example" in p.words
        await p.press("slash")
        await p.type("rapid review")
        await p.press("enter", "enter")
        assert "15 working days" in p.words and "one county's chart" in p.words

    play(world.desk(AMIRA), look, size=(140, 40))


def test_an_example_is_read_adopted_for_a_team_and_withdrawn(world: World) -> None:
    async def keep(p: Player) -> None:
        await office(p, "profiles")
        assert "an example, or your own" in p.words
        await p.press("slash")
        await p.type(EXAMPLE)
        await p.press("enter", "enter", "1")
        assert "not checked; an example, not a rule" in p.words
        await p.press("escape", "enter", "2")
        fill(p, team="north", note="board of May")
        await p.press("ctrl+s")
        assert "Not checked, look it up: single-assessment-2013, decision" in p.said
        assert "yes" in p.words
        await p.press("enter", "4")
        assert "adopted for" in p.words
        await p.press("escape", "enter", "3")
        fill(p, reason="not ours after all", on="14/6/2024")
        await p.press("ctrl+s")
        assert "is withdrawn from 2024-06-14" in p.said

    play(world.desk(EFUA), keep, size=(140, 40))
    (kept,) = adopted(world.desk(CLEO))
    (adoption,) = kept.adoptions
    assert (adoption.team, adoption.since, adoption.until) == ("north", date(2013, 4, 15), date(2024, 6, 13))


def test_a_file_is_checked_and_adopted_by_its_path(world: World, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    text = (SHIPPED_PROFILES / f"{EXAMPLE}.toml").read_text("utf-8").replace('"1"', '"2"')
    good.write_text(text, "utf-8")
    bad.write_text(text.replace('"wt2013"', '"wt2031"'), "utf-8")

    async def keep(p: Player) -> None:
        await office(p, "profiles")
        await p.press("k")
        fill(p, file=str(bad))
        await p.press("ctrl+s")
        assert 'Did you mean "wt2013"?' in p.words and "line" in p.words
        await p.press("escape", "n")
        fill(p, file=str(good))
        await p.press("ctrl+s")
        assert isinstance(p.app.screen, FormScreen)
        await p.press("ctrl+s")
        assert f"{EXAMPLE}@2 is adopted for everyone" in p.said

    play(world.desk(EFUA), keep, size=(140, 40))
    assert [one.label for one in adopted(world.desk(CLEO))] == [f"{EXAMPLE}@2"]


def test_a_case_is_moved_by_whoever_oversees_it(world: World) -> None:
    from casereview.service.profiles import adopt
    from workflows.catalogue import Catalogue
    from workflows.profiles import Profiles

    adopt(world.desk(EFUA), Profiles(Catalogue()).find(EXAMPLE))
    ref = world.refs["justified"]

    async def move(p: Player) -> None:
        screen = p.app.screen
        assert isinstance(screen, CaseScreen)
        screen.action_act("profile change")
        await p.settle()
        assert "Working Together 2013 and later" in p.words and "No profile" in p.words
        await p.press("1")
        fill(p, reason="the national figure, as a yardstick only")
        await p.press("ctrl+s")
        assert EXAMPLE in p.words  # beside the head of the case

    play(world.desk(CLEO), move, first=ref, size=(140, 40))
    seen = case_profile(world.desk(CLEO), ref)
    assert seen.profile is not None and seen.profile.name == EXAMPLE
    assert [event.reason for _, _, event in seen.changes] == ["the national figure, as a yardstick only"]
    assert show(world.desk(CLEO), ref).profile.endswith(f"({EXAMPLE}@1)")
