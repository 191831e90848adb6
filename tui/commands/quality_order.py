"""Puts a list of help and quality in the order of one of its columns, by the name the spreadsheet gives it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from casereview.errors import CaseReviewError, nearest
from casereview.text import shown

if TYPE_CHECKING:
    from tui.commands.quality_rows import Laid

R = TypeVar("R")


def ordered(laid: Laid, rows: Sequence[R], word: str) -> list[R]:
    """The rows by a column such as `working_days`; with - in front backwards, and as they came without a word.

    What is empty stands last either way, and what is alike keeps its order. Raises CaseReviewError for no column.
    """
    if not word or not rows:
        return list(rows)
    name, backwards = word.removeprefix("-"), word.startswith("-")
    known = list(laid.flat(rows[0]))
    if name not in known:
        near = nearest(name[:80], known)
        meant = f"Did you mean {near}? " if near else ""
        raise CaseReviewError(
            f"{shown(name, width=40)!r} is no column of this list", where="--sort",
            remedy=f"{meant}It has: {', '.join(known)}.",
        )  # fmt: skip
    values = [(laid.flat(row)[name], row) for row in rows]
    full = [pair for pair in values if pair[0] not in (None, "", [])]
    empty = [row for value, row in values if value in (None, "", [])]
    return [row for _, row in sorted(full, key=lambda pair: _key(pair[0]), reverse=backwards)] + empty


def _key(value: Any) -> tuple[int, Any]:
    if isinstance(value, list):
        return 0, len(value)  # how many, such as ways of ending early
    if isinstance(value, int | float):
        return 1, value
    return 2, str(value).casefold()
