"""What lists share: people and teams by any of their names, every page of a list, and files for spreadsheets."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casereview.errors import CaseReviewError
from tui.commands import acting

if TYPE_CHECKING:
    from casereview.service.desk import Desk
    from casereview.views import CaseQuery, CaseRow, RegisterQuery, RegisterRow
    from tui.start import Settings

PAGE = 500


def person_id(desk: Desk, name: str) -> str:
    """The id of a person by id, login or whole name; "" for "". Raises NotFound."""
    return acting.person_id(desk, name) if name else ""


def team_id(desk: Desk, name: str) -> str:
    """The id of a team by id or whole name; "" for "". Raises NotFound."""
    return acting.team_id(desk, name) if name else ""


def all_case_rows(desk: Desk, query: CaseQuery) -> Iterator[CaseRow]:
    from casereview.service.reading import cases

    query = replace(query, offset=0, limit=PAGE)
    while True:
        page = cases(desk, query)
        yield from page.rows
        query = replace(query, offset=query.offset + PAGE)
        if query.offset >= page.total:
            return


def all_register_rows(desk: Desk, query: RegisterQuery) -> Iterator[RegisterRow]:
    from casereview.service.reading import register

    query = replace(query, offset=0, limit=PAGE)
    while True:
        page = register(desk, query)
        yield from page.rows
        query = replace(query, offset=query.offset + PAGE)
        if query.offset >= page.total:
            return


def write_new_csv(path: Path, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> int:
    """Writes a file nobody else may read, never over another; "a.b" is key b of the object at key a."""
    from casereview.sheets import write_csv

    made = path.expanduser()
    try:
        handle = os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise CaseReviewError("there is a file already", where=str(path), remedy="Choose another name.") from None
    except (OSError, ValueError) as wrong:
        raise _cannot_write(path, wrong) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as stream:
            return write_csv(stream, columns, ([_value(row, name) for name in columns] for row in rows))
    except BaseException as wrong:
        made.unlink(missing_ok=True)  # half a list looks like a whole one
        if isinstance(wrong, OSError):
            raise _cannot_write(path, wrong) from None
        raise


def into_new_csv(settings: Settings, path: Path, rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> None:
    """The same in place of a printed list, saying how much was written and where."""
    from tui.commands.output import emit

    written = write_new_csv(path, rows, columns)
    says = f"{written} row{'' if written == 1 else 's'} written to {path}"
    emit({"rows": written, "file": str(path)}, settings, says)


def _cannot_write(path: Path, wrong: Exception) -> CaseReviewError:
    reason = getattr(wrong, "strerror", None) or str(wrong)
    remedy = "Name a new file in a folder you may write to, on a disk with room."
    return CaseReviewError(f"cannot be written: {reason}", where=str(path), remedy=remedy)


def _value(row: Mapping[str, Any], name: str) -> Any:
    outer, _, inner = name.partition(".")
    value = row.get(outer)
    if inner:
        value = value.get(inner) if isinstance(value, Mapping) else None
    return "; ".join(map(str, value)) if isinstance(value, list) else value
