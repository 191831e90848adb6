"""How things look: standings in words, sign and colour, dates, and text that is never read as markup."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from rich.text import Text
from textual.theme import Theme

from casereview.text import shown
from casereview.words import standing_word

QUIET = "#8d99a6"
STRONG = "bold"
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
        "input-cursor-text-style": "reverse",
    },
)

_COLOURS = {
    "urgent_late": "bold #f0635a",
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


def days(number: int) -> str:
    return f"{number} working day{'' if number == 1 else 's'}"


def joined(parts: Iterable[Text], between: str = "  ·  ") -> Text:
    return Text(between, style=QUIET).join([part for part in parts if part.plain])


def paragraph(*parts: tuple[str, str] | str) -> Text:
    """A text out of pieces; a piece may bring its style. Each piece is made safe."""
    text = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(shown_lines(words), style)
    return text


def shown_lines(words: str) -> str:
    """Safe to show, with its line breaks and its leading and trailing spaces."""
    return shown(words, one_line=False)
