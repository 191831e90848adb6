"""Help on any screen: what it is for, every key with what it does, and what the signs of the standings mean."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import ActiveBinding, Binding, BindingType
from textual.screen import Screen

from casereview.views import BY_CONCERN
from casereview.words import standing_word
from tui.screens.look import QUIET, colour_of
from tui.screens.sheet import TextScreen

KEYS = {
    "question_mark": "?", "slash": "/", "full_stop": ".", "escape": "esc", "pageup": "pgup", "pagedown": "pgdn",
}  # fmt: skip
EVERYWHERE = (
    ("arrows", "Move; pgup, pgdn, home and end move further"),
    ("enter", "Open, choose or go on"),
    ("tab", "To the next part of the screen"),
    ("ctrl+p", "Everything that can be done here, by typing part of its name"),
)


class HelpScreen(TextScreen):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "dismiss(None)", "Back", id="help.back", tooltip="Back to the screen"),
    ]

    @classmethod
    def about(cls, screen: Screen[object]) -> HelpScreen:
        """Help for a screen as it is now: the keys that work there at this moment."""
        return cls(help_text(screen))


def help_text(screen: Screen[object]) -> Text:
    text = Text()
    heading, about = getattr(screen, "heading", ""), getattr(screen, "about", "")
    if heading:
        text.append(f"{heading}\n", "bold")
    if about:
        text.append(f"{about}\n")
    text.append("\nKeys\n", "bold")
    for key, does in (*keys_of(screen), *EVERYWHERE):
        text.append(f"  {key:<10}", "bold")
        text.append(f" {does}\n")
    text.append("\nSigns\n", "bold")
    for standing in BY_CONCERN:
        word = standing_word(standing)
        text.append(f"  {word.sign} {word.words:<27}", colour_of(standing))
        text.append(f" {word.means}\n", QUIET)
    text.append(
        "\nA time here never moves, blocks or closes a case. It shows, asks and remembers.\n"
        "Everything on these screens can also be done on the command line: casereview --help",
        QUIET,
    )
    return text


def keys_of(screen: Screen[object]) -> list[tuple[str, str]]:
    """Each key that works on the screen now, and what it does in a sentence or a word."""
    found: dict[str, tuple[list[str], str]] = {}
    for key, active in screen.active_bindings.items():
        says = _says(active)
        if says and active.binding.id:  # ours; what Textual itself binds is said once, in EVERYWHERE
            found.setdefault(active.binding.action, ([], says))[0].append(KEYS.get(key, key))
    return [("  ".join(keys), says) for keys, says in found.values()]


def _says(active: ActiveBinding) -> str:
    binding = active.binding
    if binding.system or not binding.description:
        return ""
    return binding.tooltip or active.tooltip or binding.description
