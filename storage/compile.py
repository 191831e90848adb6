"""Writes `compiled.py`: the statements that keep rows, compiled once out of the SQLModel tables.

Run `python -m storage.compile` after changing a table. A command then needs neither SQLModel nor SQLAlchemy to
read or write, whose import alone takes longer than most commands do. A test compares the file with the tables.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Table as SqlTable
from sqlalchemy import create_mock_engine
from sqlalchemy.dialects import sqlite

from storage.tables import Table

COMPILED = Path(__file__).with_name("compiled.py")


def _insert(table: SqlTable) -> str:
    return " ".join(str(table.insert().compile(dialect=sqlite.dialect())).split())


def _upsert(table: SqlTable) -> str:
    """INSERT … ON CONFLICT … DO UPDATE: the same words on SQLite and PostgreSQL."""
    insert = sqlite.insert(table)
    keys = [column.name for column in table.primary_key]
    rest = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in keys}
    full = (
        insert.on_conflict_do_update(index_elements=keys, set_=rest)
        if rest
        else (insert.on_conflict_do_nothing(index_elements=keys))
    )
    return " ".join(str(full.compile(dialect=sqlite.dialect())).split())


def source() -> str:
    """The text of `compiled.py` as the tables stand now."""
    tables = Table.metadata.sorted_tables
    parts = [
        '"""Statements and column lists of every table. Written by `python -m storage.compile`: do not edit."""\n',
        _mapping("COLUMNS", {t.name: ", ".join(column.name for column in t.columns) for t in tables}),
        _mapping("INSERT", {t.name: _insert(t) for t in tables}),
        _mapping("UPSERT", {t.name: _upsert(t) for t in tables}),
        _sequence("SCHEMA", _schema()),
    ]
    return "\n".join(parts)


def _schema() -> list[str]:
    """What makes the tables and indexes in an empty SQLite database, in one go."""
    found: list[str] = []
    engine: Any = create_mock_engine(
        "sqlite://", lambda ddl, *_: found.append(" ".join(str(ddl.compile(dialect=engine.dialect)).split()))
    )
    Table.metadata.create_all(engine, checkfirst=False)
    tables, indexes = ([ddl for ddl in found if ddl.startswith(f"CREATE {what}")] for what in ("TABLE", "INDEX"))
    return [*tables, *sorted(indexes)]


def _sequence(name: str, values: list[str]) -> str:
    lines = [f"    (\n{_wrapped(text)}\n    )," for text in values]
    return "\n".join([f"{name}: tuple[str, ...] = (", *lines, ")", ""])


def _mapping(name: str, values: dict[str, str]) -> str:
    lines = [f"    {key!r}: (\n{_wrapped(text)}\n    ),".replace("'", '"') for key, text in sorted(values.items())]
    return "\n".join([f"{name}: dict[str, str] = {{", *lines, "}", ""])


def _wrapped(text: str, width: int = 96) -> str:
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line += word + " "
    lines.append(line.rstrip(" "))
    return "\n".join(f'        "{one}"' for one in lines)


if __name__ == "__main__":
    COMPILED.write_text(source(), "utf-8")
