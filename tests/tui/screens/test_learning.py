"""Learning across reviews on the screens: every view opens, and what is done there is done as by a command."""

from __future__ import annotations

from pathlib import Path

from casereview.learning import pack as form
from casereview.learning.pack_check import read_pack
from casereview.service.learning import pool
from casereview.service.learning_packs import packs
from casereview.service.recommendations import followed, one_followed
from casereview.simulation.learned import pack as made_up_pack
from tests.learning.boards import finding, review
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import EFUA
from tests.tui.screens.playing import Player, play
from tests.tui.screens.test_acts import fill
from tui.screens.packs import PacksScreen, ask_pack_in, ask_pack_out, show_packs
from tui.screens.page import Page
from tui.screens.pool import FindingsScreen, PoolScreen, show_pool
from tui.screens.pool_similar import LinksScreen, SimilarScreen
from tui.screens.recommendations import RecommendationsScreen, ask_position, ask_read_in, show_recommendations


def page(p: Player) -> Page:
    assert isinstance(p.app.screen, Page)
    return p.app.screen


def came(tmp_path: Path) -> str:
    path = tmp_path / "came.json"
    path.write_text(form.as_text(made_up_pack()), "utf-8", newline="\n")
    return str(path)


def test_a_pack_comes_in_is_pooled_and_two_findings_are_linked(world: World, tmp_path: Path) -> None:
    desk, beside = world.desk(EFUA), world.desk(EFUA)

    async def look(p: Player) -> None:
        show_packs(page(p))
        await p.settle()
        assert isinstance(p.app.screen, PacksScreen) and "No pack of another board" in p.words
        ask_pack_in(page(p))
        await p.settle()
        fill(p, file=came(tmp_path), what="do")
        await p.press("ctrl+s")
        assert "Kept as" in p.words and len(packs(beside)) == 1
        await p.press("escape")
        assert "Harrowdale" in p.words
        show_pool(page(p))
        await p.settle()
        assert isinstance(p.app.screen, PoolScreen) and "1 of 1" in p.words and "Coded: " in p.words
        await p.press("k")
        assert "not coded, which is not the same as without it" in " ".join(p.words.split())
        await p.press("escape", "enter")
        assert isinstance(p.app.screen, FindingsScreen)
        await p.press("enter", "2")
        assert isinstance(p.app.screen, SimilarScreen)
        await p.press("enter", "3")
        fill(p, reason="Both lack a place for what is feared")
        await p.press("ctrl+s")
        assert len(pool(beside).links) == 1
        p.app.push_screen(LinksScreen())
        await p.settle()
        await p.press("x")
        fill(p, reason="Read again: they differ")
        await p.press("ctrl+s")
        assert not pool(beside).links

    play(desk, look)


def test_recommendations_are_read_in_read_and_written_in(world: World) -> None:
    desk = world.desk(EFUA)

    async def look(p: Player) -> None:
        show_recommendations(page(p))
        await p.settle()
        assert isinstance(p.app.screen, RecommendationsScreen) and "n reads some in" in p.words
        ask_read_in(page(p))
        await p.settle()
        fill(p, what="do")
        await p.press("ctrl+s")
        assert "not adopted as asked"[:10] in p.words
        await p.press("l")
        assert len(page(p).listed) == 3  # type: ignore[attr-defined]
        await p.press("l", "enter", "1")
        assert "Nationally" in p.words
        await p.press("escape", "enter", "3")
        fill(p, whose="local", who="Northshire", text="Nothing is needed here.")
        await p.press("ctrl+s")
        ask_position(page(p))
        await p.settle()
        assert "Write the position paper" in p.words

    play(desk, look)
    first = followed(desk)[0].one
    assert "Northshire" in one_followed(desk, first.ref).one.places


def test_a_pack_is_looked_through_and_sent_only_once_somebody_has_looked(world: World, tmp_path: Path) -> None:
    desk, file = world.desk(EFUA), tmp_path / "ours.json"
    plain = review(desk, finding("They met at Mossgate Primary School each week"))
    named = review(desk, finding("Then Amira Khan said so"))

    async def look(p: Player) -> None:
        show_packs(page(p))
        await p.settle()
        for ref, says in ((named, "In the way: 1"), (plain, "May point to somebody")):
            ask_pack_out(page(p))
            await p.settle()
            fill(p, cases=ref, name="Northshire Board", contact="Board office, 01632 960 001")
            fill(p, file=str(file), what="do")
            await p.press("ctrl+s")
            assert says in p.words and not file.exists()
            if ref == named:
                await p.press("w", "escape")
                assert not file.exists()
        await p.press("w")
        assert "Has somebody looked" in p.words
        await p.press("y")
        assert "Hash: sha256:" in p.words and file.exists()

    play(desk, look)
    assert read_pack(str(file))["board"]["name"] == "Northshire Board"
