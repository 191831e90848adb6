"""What differs between two versions of a record, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from casereview.case import empty_values

Mark = Literal["same", "gone", "new"]
MOST = 4_000  # words: longer texts are compared line by line, or reading them would take minutes
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words that stayed, went or came."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs. The pieces that are not new make up the old text, those that are not gone the new one."""

    name: str
    pieces: tuple[Piece, ...]


def between(old: str, new: str) -> tuple[Piece, ...]:
    """The words of two texts beside each other."""
    was, now = _WORDS.findall(old), _WORDS.findall(new)
    if len(was) + len(now) > MOST:
        was, now = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(was) + len(now) > MOST:
        return tuple(Piece(mark, text) for mark, text in (("gone", old), ("new", new)) if text)  # type: ignore[arg-type]
    pieces: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, was, now, autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(was[first:last])))
            continue
        pieces += [Piece("gone", "".join(was[first:last]))] if last > first else []
        pieces += [Piece("new", "".join(now[start:end]))] if end > start else []
    return tuple(pieces)


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any], order: Sequence[str] = ()
) -> tuple[Difference, ...]:  # fmt: skip
    """Every field whose answer is another, in the order of the form."""
    names = [*order, *(name for name in (*old, *new) if name not in order)]
    found = []
    for name in dict.fromkeys(names):
        was, now = as_text(old.get(name)), as_text(new.get(name))
        if was != now:
            found.append(Difference(name, between(was, now)))
    return tuple(found)


def as_text(value: Any) -> str:
    """An answer as it is compared: a list as lines."""
    if empty_values(value):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
