"""Long pieces of work: each in a thread of its own, beside whatever else is on show, stopped only where it is safe."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from textual.screen import Screen

from casereview.errors import CaseReviewError
from workflows.errors import WorkflowError

Progress = Callable[[str, int, int], None]


class Stopped(BaseException):
    """Ends a piece of work from within, at a place where it says how far it has come; nothing may swallow it."""


@dataclass(eq=False)
class Work:
    """A piece of work and how far it has come. Everything but `run` is safe to look at from the screen.

    run      what is done, in the thread; it is handed a function to say how far it has come
    report   the screen that tells what came of it
    stays    what stopping it, or leaving casereview, means for what was done so far
    again    shows the form it was begun with, as it was filled in
    writes   whether lists must be read again afterwards
    """

    label: str
    run: Callable[[Progress], Any]
    report: Callable[[Any], Screen[Any]]
    stays: str
    again: Callable[[], None] | None = None
    writes: bool = False
    at: tuple[str, int, int] = ("", 0, 0)  # what is being done, how much of it, of how much
    ended: bool = False
    stopped: bool = False
    error: CaseReviewError | None = None
    result: Any = None
    seen: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)

    def stop(self) -> None:
        """Asks it to stop at the next place where that is safe."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        return self._stop.is_set() and not self.ended

    def do(self) -> None:
        """In the thread, from beginning to end."""
        try:
            self.result = self.run(self._come_to)
        except Stopped:
            self.stopped = True
        except CaseReviewError as error:
            self.error = error
        except WorkflowError as error:
            self.error = CaseReviewError(error.says, where=error.where, remedy=error.remedy)
        finally:
            self.ended = True

    def _come_to(self, what: str, done: int = 0, of: int = 0) -> None:
        self.at = (what, done, of)
        if self._stop.is_set():
            raise Stopped

    @property
    def state(self) -> str:
        """In a few words, for a list."""
        if self.error is not None:
            return "could not be done"
        if self.stopped:
            return "stopped"
        if self.ended:
            return "finished"
        what, done, of = self.at
        share = f" {100 * done // of} %" if of else ""
        return f"{'stopping' if self.stopping else what or 'beginning'}{share}"
