"""Plays a scenario on the real screens over a real store, and holds that the screen's own thread never used it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from textual import _wait, events
from textual.pilot import Pilot

from casereview.ports import Reading, Store, Writing
from casereview.service.desk import Desk
from casereview.views import StoreInfo
from tui.screens.app import CaseReviewApp
from tui.screens.listing import PAUSE

# The pilot waits for the processor to fall idle, twice for each key. `settle` waits for what is really going on.
_wait.SLEEP_GRANULARITY = 1 / 1000

Scenario = Callable[["Player"], Awaitable[None]]


class WatchedStore:
    """A store that remembers on which threads it was used; `hold` lets a test make answers late."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.threads: set[int] = set()
        self.reads = 0
        self.hold: Callable[[int], None] = lambda number: None

    @contextmanager
    def read(self) -> Iterator[Reading]:
        self.threads.add(threading.get_ident())
        self.reads += 1
        self.hold(self.reads)
        with self._store.read() as reading:
            yield reading

    @contextmanager
    def write(self) -> Iterator[Writing]:
        self.threads.add(threading.get_ident())
        with self._store.write() as writing:
            yield writing

    def replica(self, info: StoreInfo) -> Store:
        return self._store.replica(info)

    def backup(self, target: str) -> None:
        self._store.backup(target)

    def close(self) -> None:
        self._store.close()


class Player:
    """A person at the keyboard: presses keys, waits for the screen to settle, reads what it says."""

    def __init__(self, app: CaseReviewApp, pilot: Pilot[int], store: WatchedStore) -> None:
        self.app, self.pilot, self.store = app, pilot, store
        self.presses = 0

    async def settle(self) -> None:
        """Until every worker has ended and what it said is on the screen; an answer may ask again."""
        for _ in range(4):
            await self.app.workers.wait_for_complete()
            await self.pilot.pause(0)

    async def press(self, *keys: str) -> None:
        """One key after another, letting the screen settle after each."""
        for key in keys:
            await self.pilot.press(key)
            self.presses += 1
            await self.settle()

    async def type(self, text: str) -> None:
        """Words into whatever has the focus, as a paste brings them; not counted among the keys."""
        assert self.app.focused is not None, "nothing has the focus"
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def filter(self, text: str) -> None:
        await self.press("slash")
        await self.type(text)
        await asyncio.sleep(PAUSE * 1.5)
        await self.settle()

    async def until(self, holds: Callable[[str], bool]) -> None:
        """Waits for what comes with a change of the window, which no worker brings about."""
        for _ in range(500):
            if holds(self.text):
                return
            await self.pilot.pause(0.01)
        raise AssertionError(f"this did not change:\n{self.text}")

    @property
    def text(self) -> str:
        """What stands on the screen, as plain text."""
        screen: Any = self.app.screen
        strips = screen._compositor.render_strips()
        return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)

    @property
    def words(self) -> str:
        """The same as one line, however it was wrapped."""
        return " ".join(self.text.replace("│", " ").split())

    @property
    def said(self) -> str:
        """Every notice shown so far."""
        return "\n".join(str(notice.message) for notice in self.app._notifications)


def play(
    desk: Desk, scenario: Scenario, *, first: str | None = "cases", size: tuple[int, int] = (80, 24)
) -> WatchedStore:
    """Runs a scenario and returns the store, once it is certain that the screen's thread never touched it."""
    watched = WatchedStore(desk.store)
    desk.store = watched

    async def run() -> int:
        app = CaseReviewApp(desk, first)
        async with app.run_test(size=size, notifications=True) as pilot:
            player = Player(app, pilot, watched)
            await player.settle()
            await scenario(player)
            await player.settle()
        return threading.get_ident()

    screen_thread = asyncio.run(run())
    assert watched.threads, "nothing was read"
    assert screen_thread not in watched.threads, "the store was called on the screen's thread"
    return watched
