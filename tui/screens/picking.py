"""Choosing one thing out of a few, and saying yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.look import QUIET, data

MANY = 9  # more than there are digits: then one types part of a word


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen: the value given back, what a person reads, and a word of explanation.

    key: pressing it chooses; empty: the first nine get the digits 1 to 9.
    """

    value: str
    label: str | Text
    says: str = ""
    key: str = ""


class PickScreen(ModalScreen[str | None]):
    """Gives back the value chosen, or None. Few choices have digits; among many one types part of a word."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave it", id="pick.leave", tooltip="Choose nothing"),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], now: str = "", *, typed: str = "") -> None:
        """now: the value the cursor stands on at first; typed: what was typed already, where there are many."""
        super().__init__()
        self._title, self._now, self._typed = title, now, typed
        self._many = len(choices) > MANY
        digits = iter("" if self._many else "123456789")
        self._all = [replace(choice, key=choice.key or next(digits, "")) for choice in choices]
        self._listed = self._all

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(data(self._title), classes="title", markup=False)
            if self._many:
                yield Input(self._typed, placeholder="type part of it", id="part", compact=True, select_on_focus=False)
            yield OptionList(markup=False)
            yield Static("enter chooses · esc leaves it", classes="quiet", markup=False)

    def on_mount(self) -> None:
        self._list(self._all)
        options = self.query_one(OptionList)
        options.highlighted = next((n for n, c in enumerate(self._all) if c.value == self._now), 0)
        if self._typed:
            self._narrow(self._typed)
        if self._many:
            entry = self.query_one("#part", Input)
            entry.cursor_blink = False
            entry.focus()
        else:
            options.focus()

    def _list(self, choices: list[Choice]) -> None:
        self._listed = choices
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(_shown(choice)) for choice in choices)
        options.highlighted = 0 if choices else None

    def on_input_changed(self, message: Input.Changed) -> None:
        self._narrow(message.value)

    def _narrow(self, typed: str) -> None:
        part = typed.casefold()
        self._list([c for c in self._all if part in f"{c.value} {c.label} {c.says}".casefold()])

    def on_input_submitted(self) -> None:
        self.query_one(OptionList).action_select()

    def action_move(self, by: int) -> None:
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def on_key(self, event: events.Key) -> None:
        chosen = next((c for c in self._all if c.key and c.key == (event.character or event.key)), None)
        if chosen is not None:
            event.stop()
            self.dismiss(chosen.value)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self._listed[message.option_index].value)


def _shown(choice: Choice) -> Text:
    label = choice.label if isinstance(choice.label, Text) else data(choice.label)
    text = Text.assemble((f"{choice.key:>2} ", QUIET), label)
    if choice.says:
        text.append("  ").append_text(data(choice.says, QUIET))
    return text


class ConfirmScreen(ModalScreen[bool]):
    """Asks before something that cannot be taken back quietly. y or enter: yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Yes", id="confirm.yes", tooltip="Do it"),
        Binding("n,escape", "dismiss(False)", "No", id="confirm.no", tooltip="Leave everything as it is"),
    ]

    def __init__(self, question: str, says: str = "") -> None:
        super().__init__()
        self._question, self._says = question, says

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            yield Static(data(self._question), classes="title", markup=False)
            if self._says:
                yield Static(data(self._says, lines=True), markup=False)
            with Horizontal(classes="buttons"):
                yield Button("Yes (y)", id="yes", compact=True, variant="primary")
                yield Button("No (n, esc)", id="no", compact=True)

    def on_button_pressed(self, message: Button.Pressed) -> None:
        self.dismiss(message.button.id == "yes")
