"""A refusal shown whole: everything that is missing, who can supply it, and the command that does (law 5)."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from casereview.decide import Refusal
from casereview.text import shown
from tui.screens.look import MISSING, QUIET


def unmet_lines(refusal: Refusal) -> Text:
    """What is refused, and a few lines for each thing that is missing."""
    text = Text().append(shown(refusal.says), "bold")
    for unmet in refusal.unmet:
        duty = "a duty" if unmet.strength == "must" else "expected"
        text.append(f"\n\n✗ {shown(unmet.says)}", MISSING)
        text.append(f"  ({duty})", QUIET)
        if unmet.who:
            text.append(f"\n  by: {shown(unmet.who)}", QUIET)
        text.append(f"\n  {shown(unmet.command)}", QUIET)
        if unmet.set_aside:
            text.append(f"\n  or, with a reason: {shown(unmet.set_aside)}", QUIET)
    if refusal.remedy:
        text.append(f"\n\n{shown(refusal.remedy)}")
    return text


class RefusalScreen(ModalScreen[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss(None)", "Back", id="refusal.back", tooltip="Back to the case"),
    ]

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self._refusal = refusal

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            with VerticalScroll():
                yield Static(unmet_lines(self._refusal), id="refusal", markup=False)
            yield Static("esc or enter: back; each of these can be done from the case", classes="quiet", markup=False)
