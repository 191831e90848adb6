"""What workers and widgets tell a screen: small messages, because a worker may touch no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from tui.screens.work import Work


@dataclass
class Answered(Message):
    """A question put to the store was answered; `deliver` shows the answer, on the thread of the screen.

    `number` is the number of the question: an answer to an older one than the newest `topic` is dropped.
    """

    topic: str
    number: int
    deliver: Callable[[], None]


@dataclass
class PageWanted(Message):
    """A table (by its id) has come to rows it does not hold: those from `offset` on."""

    table: str
    offset: int


@dataclass
class CursorMoved(Message):
    """The cursor of a table is on another row."""

    table: str
    index: int


@dataclass
class RowChosen(Message):
    """A row was opened, with enter or two clicks."""

    table: str
    index: int



@dataclass
class WorkEnded(Message):
    """A long piece of work has come to its end, well or not; sent from its thread."""

    work: Work
