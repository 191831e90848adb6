"""Text whose lines keep their indentation where they are too long for the screen and go on below."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.text import Text

SIGNS = ("✓ ", "✗ ", "– ", "→ ", "↩ ")  # what goes on stands under the words, not under the sign
LEAST = 20  # columns that are left for words, however far a line is indented


class Hanging:
    """Draws a text; each of its lines goes on as far to the right as it began."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text.plain

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        for line in self.text.split("\n", allow_blank=True):
            yield from _wrapped(line, console, options.max_width)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self.text)


def _wrapped(line: Text, console: Console, width: int) -> Iterator[Text]:
    plain = line.plain
    indent = len(plain) - len(plain.lstrip(" "))
    words = line[indent:]
    deeper = 2 if plain[indent : indent + 2] in SIGNS else 0
    indent = min(indent, max(width - LEAST, 0))
    first, *more = words.wrap(console, max(width - indent, 1)) or [Text("")]
    if more and deeper:
        rest = words[len(first.plain) :]
        rest = rest[len(rest.plain) - len(rest.plain.lstrip(" ")) :]
        more = list(rest.wrap(console, max(width - indent - deeper, 1)))
    yield Text(" " * indent) + first
    for part in more:
        yield Text(" " * (indent + deeper)) + part
