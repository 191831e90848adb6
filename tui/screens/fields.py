"""One question of a form: its words, the place to answer, and what is wrong with the answer."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Select, SelectionList, Static, TextArea

from casereview.text import shown
from tui.screens.asks import YES_NO, Ask
from tui.screens.choosing import One, Ticks, are_many
from tui.screens.look import MISSING, QUIET
from tui.screens.pasting import LongText, OneLine, TooMuch

LENGTHS = {
    "today": "20/11/2026, or 15 working days from today",
    "start": "20/11/2026, 35 working days from the start, 2 weeks from today",
}
HINTS = {"date": "day first, such as 20/11/2026", "number": "a whole number", "lines": "one to a line"}
"""Shown in the empty field."""


class FieldBox(Vertical):
    """`value` is the answer as typed: text, a list of values for several choices, "" where nothing is given."""

    def __init__(self, ask: Ask) -> None:
        super().__init__()
        self.ask = ask
        self.began: Any = ask.start if ask.start is not None else ([] if ask.type == "choices" else "")

    def compose(self) -> ComposeResult:
        text = Text.assemble(("• " if self.ask.required else "", MISSING), shown(self.ask.ask))
        many = self.ask.type == "choices" and are_many(self.ask.options)
        read_by = f"read by {self.ask.reader}" if self.ask.reader else ""
        for note in (self.ask.says, read_by, "type part of one to find it" if many else ""):
            if note:
                text.append(f"  ({shown(note)})", QUIET)
        yield Static(text, classes="asks", markup=False)
        yield self._widget()
        fault = Static(classes="fault", markup=False)
        fault.display = False
        yield fault
        noticed = Static(classes="noticed", markup=False)
        noticed.display = False
        yield noticed

    def _widget(self) -> Widget:
        ask, start = self.ask, self.began
        match ask.type:
            case "long" | "lines":
                area = LongText(
                    str(start), soft_wrap=True, tab_behavior="focus", compact=True, classes="entry",
                    placeholder=HINTS.get(ask.type, ""),
                )  # fmt: skip
                area.cursor_blink = False
                return area
            case "choice" | "yes-no":
                options = YES_NO if ask.type == "yes-no" else ask.options
                return One(ask.ask, options, str(start), required=ask.required)
            case "choices":
                return Ticks(ask.ask, ask.options, set(start))
            case _:
                hint = LENGTHS.get(ask.length) or HINTS.get(ask.type, "")
                entry = OneLine(str(start), placeholder=hint, classes="entry", compact=True)
                entry.cursor_blink = False
                return entry

    @property
    def entry(self) -> Widget:
        return self.query_one(".entry", Widget)

    @property
    def value(self) -> Any:
        entry = self.entry
        if isinstance(entry, TextArea):
            return entry.text
        if isinstance(entry, Input):
            return entry.value
        if isinstance(entry, SelectionList):
            order = [value for _, value in self.ask.options]
            return sorted(entry.selected, key=order.index)
        assert isinstance(entry, Select)
        return "" if entry.is_blank() else entry.value

    def put(self, value: Any) -> None:
        """Writes an answer into the field, as a person would."""
        entry = self.entry
        if isinstance(entry, TextArea):
            entry.text = value
        elif isinstance(entry, Input | Select):
            entry.value = value
        elif isinstance(entry, SelectionList):
            for one in value:
                entry.select(one)

    def on_too_much(self, message: TooMuch) -> None:
        message.stop()
        self.say_fault(message.says)

    def say_noticed(self, says: str) -> None:
        """A question about the words as they stand; they may stay as they are."""
        noticed = self.query_one(".noticed", Static)
        lines = "\n".join(f"  ~ {shown(line)}" for line in says.splitlines())
        noticed.update(Text(lines, style=QUIET))
        noticed.display = bool(says)

    def say_fault(self, says: str) -> None:
        fault = self.query_one(".fault", Static)
        fault.update(Text(f"  ! {shown(says)}", style=MISSING))
        fault.display = bool(says)

