"""Where cases are kept: one store, on SQLite or PostgreSQL. Importing this loads nothing; opening does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from casereview.ports import Clock, Store

__all__ = ["current_login", "needs_upgrade", "open_store", "upgrade"]


def open_store(
    place: str,
    *,
    create: bool = False,
    practice: bool = False,
    nation: str = "england-wales",
    empty: bool = False,
    clock: Clock,
) -> Store:
    """The store at a path, a `sqlite:///` URL or a `postgresql+psycopg://` URL.

    `create` makes a new one, begun by the registry's first fact; `empty` leaves even that out, for a bundle
    whose chain is taken in word for word. Raises StoreProblem where there is none, or one already.
    """
    from storage import opening

    dialect = opening.dialect_of(place)
    if create:
        return opening.create(dialect, practice=practice, nation=nation, clock=clock, empty=empty)
    return opening.open_dialect(dialect)


def needs_upgrade(place: str) -> bool:
    """Whether a store of an older schema is there. Raises StoreProblem for what cannot be a store."""
    from storage import files, opening

    return 0 < opening.schema_of(opening.dialect_of(place)) < files.SCHEMA


def upgrade(place: str, *, now: datetime) -> str | None:
    """Brings an older store to this program's schema; the path of the copy made first, None if none was."""
    from storage import opening

    return opening.upgrade(place, now=now)


def current_login(place: str) -> str | None:
    """The login the server knows this person by; None for a file, where the operating system says who it is."""
    from storage import opening

    if not opening.is_postgres(place):
        return None
    with opening._connected(opening.dialect_of(place)) as wire:
        row = wire.one("SELECT session_user")
        return str(row[0]) if row else None
