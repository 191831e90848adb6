"""Conditions of a list being put together, with their values in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from storage import rows
from storage.dialects import Dialect, Wire
from storage.visible import visible_in_lists

AT_ONCE = 500
"""Values in one statement, and rows fetched at a time where a whole store is walked through."""


@dataclass(slots=True)
class Where:
    """Conditions joined by AND, with their values in the same order."""

    conditions: list[str]
    values: list[Any]

    def add(self, condition: str, *values: Any) -> None:
        self.conditions.append(condition)
        self.values.extend(values)

    @property
    def sql(self) -> str:
        return " AND ".join(self.conditions)


def marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def portions(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """So many at a time as a statement may name."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def seen(wire: Wire, viewer: str | None, alias: str, key: str = "id") -> Where:
    condition, values = visible_in_lists(wire, viewer, alias, key)
    return Where([condition], list(values))


def mentioned(dialect: Dialect, alias: str, text: str) -> tuple[str, list[Any]]:
    """Text found in what the case is called or in the name of its worker or team; never NULL."""
    at, sought = dialect.position, rows.folded(text)
    sql = (
        f"({at}({alias}.search, ?) > 0"
        f" OR coalesce({alias}.worker IN (SELECT id FROM person WHERE {at}(folded, ?) > 0), 1 = 0)"
        f" OR coalesce({alias}.team IN (SELECT id FROM team WHERE {at}(folded, ?) > 0), 1 = 0))"
    )
    return sql, [sought, sought, sought]


def mentions(where: Where, dialect: Dialect, alias: str, text: str) -> None:
    """Only what mentions the text, where there is one."""
    if text:
        sql, values = mentioned(dialect, alias, text)
        where.add(sql, *values)
