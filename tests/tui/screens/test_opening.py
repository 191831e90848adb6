"""The first words stand on the screen while the store is opened; what goes wrong there is said once it is gone."""

from __future__ import annotations

import asyncio
import threading

import pytest

from casereview.errors import StoreProblem
from casereview.service.desk import Desk
from tests.tui.screens.conftest import World
from tests.tui.screens.fiction import CLEO
from tui.screens.app import CaseReviewApp
from tui.screens.morning import MorningScreen


def shown(app: CaseReviewApp) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in strip) for strip in strips)


async def until(app: CaseReviewApp, kind: type[object]) -> None:
    for _ in range(500):
        if isinstance(app.screen, kind):
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{kind.__name__} never came")


def test_words_come_before_the_store_is_open_and_no_key_goes_anywhere_yet(world: World) -> None:
    release, threads = threading.Event(), list[int]()

    def opening() -> Desk:
        threads.append(threading.get_ident())
        release.wait(5)
        return world.desk(CLEO)

    async def run() -> None:
        app = CaseReviewApp(opening)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("f3", "f4", "f1")
            assert "Reading from the store who you are" in shown(app)
            assert not isinstance(app.screen, MorningScreen)
            release.set()
            await until(app, MorningScreen)
        assert threading.get_ident() not in threads, "the screen waited for the store"

    asyncio.run(run())


def test_a_store_that_cannot_be_opened_is_no_screen(world: World) -> None:
    def opening() -> Desk:
        raise StoreProblem("There is no store here.", where="elsewhere")

    async def run() -> CaseReviewApp:
        app = CaseReviewApp(opening)
        async with app.run_test(size=(80, 24)):
            for _ in range(500):
                if app.problem is not None:
                    break
                await asyncio.sleep(0.01)
        return app

    with pytest.raises(StoreProblem, match="no store"):
        problem = asyncio.run(run()).problem
        assert problem is not None
        raise problem
