"""Questions to the store in threads of their own: the screen never waits, and late answers are dropped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from textual.screen import Screen
from textual.worker import get_current_worker

from casereview.errors import CaseReviewError
from tui.screens.in_turn import KeysInTurn
from tui.screens.messages import Answered
from workflows.errors import WorkflowError

T = TypeVar("T")
OF_LISTS = ("rows", "story", "follow", "who", "today", "renew")  # answers that open nothing a key could be meant for
Failed = Callable[[CaseReviewError], None]


class Asking(Screen[Any]):
    """A screen that asks the store. Nothing in `read` or `act` may touch a widget; `then` may."""

    def __init__(self) -> None:
        super().__init__()
        self._newest: dict[str, int] = {}
        self._numbers = threading.Lock()
        self._given = 0

    # ---- asking ------------------------------------------------------------------------------------------
    def ask(
        self, topic: str, read: Callable[[], T], then: Callable[[T], None], *,
        failed: Failed | None = None, again: bool = True,
    ) -> None:  # fmt: skip
        """Reads in a thread and hands the answer to `then`, unless a newer question of this topic was put.

        again: a new question, which makes earlier ones late; False asks for more of the same one.
        """
        number = self._new_number(topic) if again else self._newest.get(topic, 0)
        if topic not in OF_LISTS and isinstance(self.app, KeysInTurn):
            self.app.hold_keys()
        self.run_worker(partial(self._read, topic, number, read, then, failed), group=topic, thread=True)

    def act(self, write: Callable[[], T], then: Callable[[T], None], *, failed: Failed | None = None) -> None:
        """Writes in a thread. Never dropped and never cancelled by another: each has a topic of its own."""
        self._given += 1
        topic = f"write {self._given}"
        number = self._new_number(topic)
        self.run_worker(partial(self._read, topic, number, write, then, failed), group=topic, thread=True)

    def is_late(self, topic: str, number: int) -> bool:
        return number != self._newest.get(topic, 0)

    def forget(self, topic: str) -> None:
        """Whatever was asked under this topic is no longer wanted."""
        self._new_number(topic)

    def _new_number(self, topic: str) -> int:
        with self._numbers:
            self._newest[topic] = self._newest.get(topic, 0) + 1
            return self._newest[topic]

    def _read(
        self, topic: str, number: int, read: Callable[[], T], then: Callable[[T], None], failed: Failed | None
    ) -> None:
        """In the thread. Errors of ours are answers; anything else is a fault of ours and ends the program."""
        if self.is_late(topic, number):
            return
        try:
            deliver: Callable[[], None] = partial(then, read())
        except CaseReviewError as error:
            deliver = partial(failed or self.say_error, error)
        except WorkflowError as error:
            wrong = CaseReviewError(error.says, where=error.where, remedy=error.remedy)
            deliver = partial(failed or self.say_error, wrong)
        if not get_current_worker().is_cancelled:
            self.post_message(Answered(topic, number, deliver))

    # ---- answers -----------------------------------------------------------------------------------------
    def on_answered(self, message: Answered) -> None:
        message.stop()
        if message.topic not in OF_LISTS and isinstance(self.app, KeysInTurn):
            self.app.free_keys()
        if not self.is_late(message.topic, message.number):
            message.deliver()

    def say_error(self, error: CaseReviewError) -> None:
        self.app.notify(str(error), severity="warning", timeout=10, markup=False)
