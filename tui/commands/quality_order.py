"""Puts a list of help and quality in the order of one of its columns, by the name the spreadsheet gives it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from tui.commands.narrow import by_column

if TYPE_CHECKING:
    from tui.commands.quality_rows import Laid

R = TypeVar("R")


def ordered(laid: Laid, rows: Sequence[R], word: str) -> list[R]:
    """The rows by a column such as `working_days`; with - in front backwards, and as they came without a word.

    What is empty stands last either way, and what is alike keeps its order. Raises CaseReviewError for no column.
    """
    return by_column(rows, laid.flat, list(laid.flat(rows[0])), word) if rows else []
