"""Writes what is listed into a new CSV file that a spreadsheet opens as text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from casereview.errors import CaseReviewError
from casereview.sheets import write_csv
from tui.screens.asks import Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.page import Page

R = TypeVar("R")
CHUNK = 500


def ask_where(
    screen: Page, name: str, header: Sequence[str], read: Callable[[int, int], Sequence[R]],
    cells: Callable[[R], Sequence[object]],
) -> None:  # fmt: skip
    """Asks for the name of a new file, then writes every row of the list as it is filtered now."""
    ask = Ask("file", "Into which new file?", required=True, start=f"{name}-{screen.desk.today}.csv")

    def submit(answers: Answers, seen: int | None) -> tuple[Path, int]:
        path = new_path(typed([ask], answers, screen.desk.today)["file"])
        return path, write_new(path, header, (cells(row) for row in all_rows(read)))

    form = FormScreen(
        "Export what is listed", [ask], submit, keep_word="Write it",
        says="Only a new file is written, readable by you alone. What it holds about families is now in your care.",
    )  # fmt: skip
    offer_form(screen, form, lambda done: screen.app.notify(f"{done[1]:,} rows are in {done[0]}.", markup=False))


def all_rows(read: Callable[[int, int], Sequence[R]]) -> Iterator[R]:
    offset = 0
    while rows := read(offset, CHUNK):
        yield from rows
        offset += len(rows)


def new_path(written: str) -> Path:
    """The file a person named. Raises CaseReviewError where it cannot be a new one."""
    try:
        path = Path(written).expanduser()
        if path.suffix.lower() != ".csv":
            path = path.with_name(path.name + ".csv")
        if path.parent.is_dir():
            return path
    except (OSError, ValueError, RuntimeError):
        pass
    raise CaseReviewError("there is no such folder", where=written, remedy="Name a file in a folder that exists.")


def write_new(path: Path, header: Sequence[str], rows: Iterator[Sequence[object]]) -> int:
    """Writes a file that must not exist yet, for its owner's eyes only; how many rows it got."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        number = os.open(path, flags, 0o600)
    except FileExistsError:
        raise CaseReviewError("this file exists already", where=str(path), remedy="Choose another name.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "the name cannot be used"
        raise CaseReviewError(f"this file cannot be written: {why}", where=str(path)) from None
    with os.fdopen(number, "w", encoding="utf-8-sig", newline="") as stream:
        return write_csv(stream, header, rows)
