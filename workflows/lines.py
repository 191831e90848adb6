"""On which line of a TOML text each table, key and list item stands; `tomllib` reads values but not places."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

Path = tuple[str | int, ...]

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'  # the longest run of closing quotes belongs to the string
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\r\n]*")


def place(path: Path) -> str:
    """A path as a person reads it: steps.plan.expected[0]."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


class Lines:
    """Where each path of an already accepted TOML text stands."""

    def __init__(self, text: str) -> None:
        self._text = text.removeprefix("\ufeff")
        self._at = 0
        self._counted_to = 0
        self._line = 1
        self._found: dict[Path, int] = {}
        self._lists: dict[Path, int] = {}
        for _ in self._statements():
            pass

    def of(self, path: Path) -> int | None:
        """The line of a path, or of the nearest table that holds it; None when nothing of it is in the text."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._found:
                return self._found[path[:length]]
        return None

    def _statements(self) -> Iterator[None]:
        table: Path = ()
        while self._skip() < len(self._text):
            if self._text[self._at] == "[":
                table = self._header()
            else:
                self._pair(table)
            yield

    def _header(self) -> Path:
        many = self._text.startswith("[[", self._at)
        self._at += 2 if many else 1
        path = self._real(self._key())
        if many:
            count = self._lists.get(path, -1) + 1
            self._lists[path] = count
            path = (*path, count)
        for length in range(1, len(path) + 1):  # a table that is only spoken of in those below it begins there
            self._note(path[:length])
        self._skip()
        self._at += 2 if many else 1
        return path

    def _real(self, key: list[str]) -> Path:
        """A header inside [[lists]] speaks of the newest item of each."""
        path: Path = ()
        for number, part in enumerate(key):
            path = (*path, part)
            if number < len(key) - 1 and path in self._lists:
                path = (*path, self._lists[path])
        return path

    def _pair(self, table: Path) -> None:
        started = self._at
        path = (*table, *self._key())
        for length in range(len(table) + 1, len(path) + 1):
            self._note(path[:length], started)
        self._skip()
        self._at += 1  # the = sign
        self._value(path)

    def _key(self) -> list[str]:
        parts = []
        while True:
            self._skip()
            found = _BARE.match(self._text, self._at) or _STRING.match(self._text, self._at)
            if found is None:
                raise ValueError("not a TOML text")
            self._at = found.end()
            word = found.group()
            parts.append(word if word[0] not in "\"'" else str(tomllib.loads(f"x = {word}")["x"]))
            self._skip()
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _value(self, path: Path) -> None:
        self._skip()
        first = self._text[self._at : self._at + 1]
        if first == "[":
            self._items(path)
        elif first == "{":
            self._pairs(path)
        else:
            found = _STRING.match(self._text, self._at) or _SCALAR.match(self._text, self._at)
            if found is None:
                raise ValueError("not a TOML text")
            self._at = found.end()

    def _items(self, path: Path) -> None:
        self._at += 1
        number = 0
        while self._skip() < len(self._text) and self._text[self._at] != "]":
            self._note((*path, number))
            self._value((*path, number))
            number += 1
            self._past_comma()
        self._at += 1

    def _pairs(self, path: Path) -> None:
        self._at += 1
        while self._skip() < len(self._text) and self._text[self._at] != "}":
            self._pair(path)
            self._past_comma()
        self._at += 1

    def _past_comma(self) -> None:
        if self._skip() < len(self._text) and self._text[self._at] == ",":
            self._at += 1

    def _skip(self) -> int:
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _note(self, path: Path, at: int | None = None) -> None:
        where = self._at if at is None else at
        self._line += self._text.count("\n", self._counted_to, where)
        self._counted_to = max(self._counted_to, where)
        self._found.setdefault(path, self._line)
