"""Choosing in a form: few answers from a list that drops down, many by typing part of the one that is meant."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Select, SelectionList

from casereview.text import shown
from tui.screens.picking import MANY, Choice, PickScreen

Options = tuple[tuple[str, str], ...]  # (what a person reads, the value kept)


def are_many(options: Options) -> bool:
    return len(options) > MANY


class One(Select[str]):
    """One of the options. Where they are many, enter or any letter opens the list that narrows as one types."""

    def __init__(self, title: str, options: Options, start: str, *, required: bool) -> None:
        self.asked, self.pairs, self._required = title, options, required
        rows = [(Content(shown(label)), value) for label, value in options]
        if start and start not in {value for _, value in rows}:
            rows.append((Content(shown(start)), start))  # an answer kept earlier stays choosable
        super().__init__(
            rows, value=start if start else Select.NULL, prompt="type part of it" if are_many(options) else "choose",
            classes="entry", compact=True,
        )  # fmt: skip

    def action_show_overlay(self) -> None:
        if are_many(self.pairs):
            self._narrow("")
        else:
            super().action_show_overlay()

    def on_key(self, event: events.Key) -> None:
        if are_many(self.pairs) and not self.expanded and _is_a_letter(event):
            event.stop()
            self._narrow(event.character or "")

    def _narrow(self, typed: str) -> None:
        nobody = [] if self._required else [Choice("", "leave it empty")]
        choices = [Choice(value, label) for label, value in self.pairs] + nobody
        now = "" if self.is_blank() else str(self.value)
        self.app.push_screen(PickScreen(self.asked, choices, now, typed=typed), self._chosen)

    def _chosen(self, value: str | None) -> None:
        if value is not None:
            self.value = value if value else Select.NULL


class Ticks(SelectionList[str]):
    """Several of the options; what is ticked is told apart without colour as well. A letter narrows many of them."""

    def __init__(self, title: str, options: Options, chosen: set[str]) -> None:
        self.asked, self.pairs = title, options
        rows = ((Content(shown(label)), value, value in chosen) for label, value in options)
        super().__init__(*rows, classes="entry", compact=True)

    def render_line(self, y: int) -> Strip:
        drawn = super().render_line(y)
        _button, words, at = list(drawn)[:3], list(drawn)[3:], self.scroll_offset.y + y
        if at >= self.option_count or not words:
            return drawn
        sign = "[x]" if self.get_option_at_index(at).value in self.selected else "[ ]"
        return Strip([Segment(sign, (words[0].style or Style.null()) + Style(meta={"option": at})), *words])

    def on_key(self, event: events.Key) -> None:
        if are_many(self.pairs) and _is_a_letter(event):
            event.stop()
            ticked = set(self.selected)
            choices = [Choice(value, label, "ticked" if value in ticked else "") for label, value in self.pairs]
            self.app.push_screen(PickScreen(self.asked, choices, typed=event.character or ""), self._turned)

    def _turned(self, value: str | None) -> None:
        if value is not None:
            self.toggle(value)
            self.highlighted = next(at for at, (_, one) in enumerate(self.pairs) if one == value)


def _is_a_letter(event: events.Key) -> bool:
    return event.is_printable and event.character is not None and not event.character.isspace()
