"""What a view of a review says, line by line, before a terminal, a screen or a file gives it a look."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from casereview.text import shown

Look = Literal["head", "title", "label", "text", "quiet", "ask"]  # ask: something still to be asked
LEAST = 12  # columns left for words, however far a line is indented


@dataclass(frozen=True, slots=True)
class Say:
    """One paragraph. `text` is as people wrote it; it is made safe when it is wrapped."""

    text: str
    look: Look = "text"
    indent: int = 0


def day_words(day: date | None, none: str = "no date") -> str:
    """Such as 5 March 2024."""
    return f"{day.day} {day:%B %Y}" if day else none


def span_words(first: date | None, last: date | None) -> str:
    if first and last and first != last:
        return f"{day_words(first)} to {day_words(last)}"
    return day_words(first or last)


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def laid_out(said: Iterable[Say], width: int) -> Iterator[tuple[str, Look]]:
    """Lines no wider than `width` columns, each with its look; what people wrote keeps its own line breaks."""
    for one in said:
        indent = " " * one.indent
        for line in shown(one.text, one_line=False).splitlines() or [""]:
            for part in wrap(line, max(width - one.indent, LEAST)):
                yield (indent + part).rstrip(), one.look


def two_columns(left: Sequence[Say], right: Sequence[Say], width: int) -> Iterator[tuple[str, Look]]:
    """Two texts beside each other, with a line between them. A line on which only one has words keeps its look."""
    room = max((width - 3) // 2, LEAST)
    ours, theirs = list(laid_out(left, room)), list(laid_out(right, room))
    for at in range(max(len(ours), len(theirs))):
        one = ours[at] if at < len(ours) else ("", "text")
        other = theirs[at] if at < len(theirs) else ("", "text")
        look = one[1] if one[1] == other[1] or not other[0] else other[1] if not one[0] else "text"
        yield f"{padded(one[0], room)} │ {other[0]}".rstrip(), look


def columns_of(text: str) -> int:
    """Terminal columns that safe text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def padded(text: str, width: int) -> str:
    return text + " " * (width - columns_of(text))


def wrap(text: str, width: int) -> list[str]:
    """A safe line over several, broken between words where it can be."""
    lines, line = [], ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if columns_of(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while columns_of(line) > width:
            cut = _fits(line, width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line]


def _fits(word: str, width: int) -> int:
    """How many characters of a word fit; at least one, or nothing would ever be said."""
    used = 0
    for at, character in enumerate(word):
        used += columns_of(character)
        if used > width:
            return max(at, 1)
    return len(word)
