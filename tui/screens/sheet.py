"""A page of text over the screen: a record in full, an entry of the journal, dates explained day by day, help."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.screens.hanging import Hanging


class TextScreen(ModalScreen[str | None]):
    """Gives back the key of `keys` that was pressed, or None; each key comes with what it does."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss(None)", "Back", id="sheet.back", tooltip="Back to the screen"),
    ]

    def __init__(
        self, text: Text, keys: dict[str, str] | None = None, *, wide: bool = False, hang: bool = True
    ) -> None:
        """wide: as wide as the window, for what is long to read · hang: lines go on under where they began."""
        super().__init__()
        self._text, self._wide, self._hang = text, wide, hang
        for key, says in (keys or {}).items():
            self._bindings.bind(key, f"dismiss('{key}')", says)
        self._foot = " · ".join([*(f"{key}: {says}" for key, says in (keys or {}).items()), "esc: back"])

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="box wide" if self._wide else "box", id="sheet"):
            yield Static(Hanging(self._text) if self._hang else self._text, markup=False)
            yield Static(self._foot, classes="quiet", markup=False)
