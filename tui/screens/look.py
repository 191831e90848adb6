"""How things look: standings in words, sign and colour, dates, and text that is never read as markup."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.text import Text
from textual.theme import Theme

from casereview.text import shown
from casereview.words import standing_word

QUIET = "#8d99a6"
MET, MISSING = "#7fb08a", "#d3a45c"

# Calm colours. Red is kept for the urgent lane alone; indicative time never counts down in red.
THEME = Theme(
    name="casereview",
    primary="#5b87a6",
    secondary="#7a8fa3",
    accent="#c9a66b",
    warning="#c9a66b",
    error="#c58a5c",
    success="#7fb08a",
    foreground="#d7dde3",
    background="#14191e",
    surface="#1a2127",
    panel="#242d35",
    dark=True,
    variables={
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#35566e",
        "block-cursor-text-style": "bold",
        "footer-key-foreground": "#c9a66b",
        "scrollbar": "#3b4c59",
        "scrollbar-hover": "#4d6475",
        "scrollbar-active": "#5b87a6",
        "scrollbar-background": "#1a2127",
        "scrollbar-background-hover": "#1a2127",
        "scrollbar-background-active": "#1a2127",
        "scrollbar-corner-color": "#1a2127",
        "input-cursor-background": "#d7dde3",
        "input-cursor-foreground": "#14191e",
        "input-cursor-text-style": "none",
    },
)

_COLOURS = {
    "urgent_late": "bold #f0635a",
    "past_statutory": "#e58a63",
    "longer_of_concern": "#e0a458",
    "longer_lapsed": "#dcb86a",
    "longer_unexplained": "#e3cf8b",
    "longer_explained": "#9cc4dd",
    "past_agreed": "#a9b8e0",
    "checkpoint_missed": "#b7a9d6",
    "longer_justified": "#86b894",
    "on_course": "#9fb3a5",
}


def colour_of(standing: str) -> str:
    return _COLOURS.get(standing, QUIET)


def standing(value: str) -> Text:
    """A standing as sign and words; the colour only repeats what they say."""
    word = standing_word(value)
    return Text(f"{word.sign} {word.words}", style=colour_of(value))


def data(text: object, style: str = "", *, lines: bool = False) -> Text:
    """Text from people or files, safe to show; with `lines`, its own line breaks are kept."""
    return Text(shown(str(text), one_line=not lines), style=style)


def day(on: date | str | None, *, today: date | None = None, none: str = "–") -> str:
    """A date in lists: "5 Mar 2024", or "5 Mar" in the year of `today`."""
    if isinstance(on, str):
        on = date.fromisoformat(on) if on else None
    if on is None:
        return none
    return f"{on.day} {on:%b}" if today is not None and on.year == today.year else f"{on.day} {on:%b %Y}"


def short(on: date | str | None, today: date) -> str:
    """A date in a narrow column: "5 Mar", or "5 Mar 23" in another year."""
    text = day(on, today=today)
    return f"{text[:-4]}{text[-2:]}" if text[-4:].isdigit() else text


def days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"


def joined(parts: Iterable[Text], between: str = "  ·  ") -> Text:
    text = Text()
    for part in parts:
        if part.plain:
            text.append(between if text.plain else "", QUIET).append_text(part)
    return text
