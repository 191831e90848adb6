"""Keys in turn: what is typed ahead waits until the key before it has had its effect, and lands where it was meant."""

from __future__ import annotations

import asyncio
from collections import deque
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

HELD = 0.7  # seconds at most that keys wait for a form or a choice that the key before them asked for
LOST = 0.25  # seconds at most for a key to come through: a widget may be gone before it was read


class KeysInTurn(App[int]):
    """Without this, letters typed right after tab or enter could reach the field that had the focus before."""

    def __init__(self) -> None:
        super().__init__()
        self._keys: deque[events.Key] = deque()
        self._turn: asyncio.Task[None] | None = None
        self._held = 0.0

    def hold_keys(self) -> None:
        """Something is being read that opens a form or a choice: the next key is meant for that."""
        self._held = monotonic() + HELD

    def free_keys(self) -> None:
        self._held = 0.0

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._turn is not None and not self._turn.done():
            self._keys.append(event)
        else:
            target = self.focused or self.screen
            await super().on_event(event)
            self._turn = asyncio.create_task(self._one_by_one(target))

    async def _one_by_one(self, target: MessagePump) -> None:
        """Until nothing waits: lets a key come through, then hands on the next."""
        await self._through(target)
        while self._keys and self.is_running:
            target = self.focused or self.screen
            await super().on_event(self._keys.popleft())
            await self._through(target)

    async def _through(self, target: MessagePump) -> None:
        """The key goes up from its widget to the app; then what came of it does; then what it opens comes up."""
        for _ in range(2):
            try:
                await asyncio.wait_for(self._up(target), LOST)
            except TimeoutError:
                break
        while self._keys and self.is_running and (monotonic() < self._held or not self.screen.is_mounted):
            await asyncio.sleep(0.005)
        if self._keys and self.is_running:
            await asyncio.wait((asyncio.ensure_future(self._up(self.screen)),), timeout=LOST)

    async def _up(self, pump: MessagePump | None) -> None:
        """Until everything sent so far was read, from this widget up to the app."""
        while pump is not None:
            passed = asyncio.Event()
            if pump.call_later(passed.set):
                await passed.wait()
            pump = None if pump is self else _above(pump)


def _above(pump: Any) -> MessagePump | None:
    parent: MessagePump | None = pump._parent
    return parent
