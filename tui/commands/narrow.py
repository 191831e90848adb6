"""What lists of a review have in common: only lines with these words, by a column, and into a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from casereview.errors import CaseReviewError, nearest
from casereview.text import shown

if TYPE_CHECKING:
    from tui.start import Settings

R = TypeVar("R")
EMPTY: tuple[object, ...] = (None, "", [], ())
ONLY = typer.Option("", "--only", metavar="WORDS", help="Only lines with all of these words somewhere in them.")
SORT = typer.Option("", "--sort", metavar="COLUMN", help="By a column of the --csv; with - in front, backwards.")
NONE_LIKE_THAT = "No line has all of these words in it."
CSV = typer.Option(None, "--csv", metavar="FILE", help="Write the lines to a new spreadsheet file.")


def narrowed(
    rows: Sequence[R], flat: Callable[[R], Mapping[str, Any]], columns: Sequence[str], only: str, sort: str
) -> list[R]:
    """The rows with every word of `only` in one of these columns, in the order of `sort`."""
    words = only.casefold().split()
    found = [row for row in rows if all(word in _said(flat(row), columns) for word in words)]
    return by_column(found, flat, columns, sort)


def by_column(
    rows: Sequence[R], flat: Callable[[R], Mapping[str, Any]], columns: Sequence[str], word: str
) -> list[R]:
    """The rows by a column; with - in front backwards, and as they came without a word.

    What is empty stands last either way, and what is alike keeps its order. Raises CaseReviewError for no column.
    """
    if not word:
        return list(rows)
    name, backwards = word.removeprefix("-"), word.startswith("-")
    if name not in columns:
        near = nearest(name[:80], columns)
        meant = f"Did you mean {near}? " if near else ""
        raise CaseReviewError(
            f"{shown(name, width=40)!r} is no column of this list", where="--sort",
            remedy=f"{meant}It has: {', '.join(columns)}.",
        )  # fmt: skip
    values = [(flat(row)[name], row) for row in rows]
    full = [pair for pair in values if pair[0] not in EMPTY]
    empty = [row for value, row in values if value in EMPTY]
    return [row for _, row in sorted(full, key=lambda pair: _key(pair[0]), reverse=backwards)] + empty


def into_spreadsheet(
    settings: Settings, path: Path, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]
) -> None:
    """A new file in place of a printed list: several answers in one cell are parted by semicolons."""
    from tui.commands.lists import into_new_csv

    into_new_csv(settings, path, [{name: _cell(row[name]) for name in columns} for row in rows], columns)


def _said(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    return "\n".join(str(_cell(row[name])) for name in columns if row[name] not in EMPTY).casefold()


def _cell(value: Any) -> Any:
    """As the file and a word typed to narrow the list see it."""
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _key(value: Any) -> tuple[int, Any]:
    if isinstance(value, list | tuple):
        return 0, len(value)  # how many, such as gaps
    if isinstance(value, int | float):
        return 1, value
    return 2, str(value).casefold()
