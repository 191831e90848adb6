"""Long lines go on under where they began, and nothing of them is lost."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text

from tui.screens.hanging import Hanging

WORD = st.text(alphabet="abcéß", min_size=1, max_size=9)


def drawn(text: str, width: int) -> list[str]:
    console = Console(width=width, file=io.StringIO(), color_system=None)
    return ["".join(part.text for part in line).rstrip() for line in console.render_lines(Hanging(Text(text)))]


def test_what_goes_on_keeps_the_indentation_and_stands_under_the_words_of_a_sign() -> None:
    assert drawn("  one two three four five six\n  ✗ one two three four five", 24) == [
        "  one two three four", "  five six", "  ✗ one two three four", "    five",
    ]  # fmt: skip


@given(st.integers(0, 6), st.lists(WORD, max_size=12), st.integers(26, 60))
def test_no_word_is_lost_and_no_line_is_too_long(indent: int, words: list[str], width: int) -> None:
    lines = drawn(" " * indent + " ".join(words), width)
    assert " ".join(lines).split() == words
    assert all(len(line) <= width for line in lines)
    assert all(line.startswith(" " * indent) for line in lines if line)
