"""Opens, makes and upgrades stores, after checking that there is a whole store of ours to open."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from casereview.chain import GENESIS
from casereview.errors import StoreProblem
from casereview.events import REGISTRY, Happening, StoreBegun
from casereview.ports import Clock
from storage import files
from storage.dialects import Dialect, Postgres, Sqlite, Wire
from storage.files import SCHEMA
from storage.store import SqlStore

UPGRADE = "Bring it up to date (a copy is made first): casereview upgrade."


def is_postgres(place: str) -> bool:
    return place.startswith(("postgresql://", "postgresql+psycopg://", "postgres://"))


def dialect_of(place: str) -> Dialect:
    """The database a place names. Raises StoreProblem for a URL of another kind."""
    if is_postgres(place):
        return Postgres(place.replace("postgres://", "postgresql://", 1))
    if place.startswith("sqlite:///"):
        return Sqlite(Path(place.removeprefix("sqlite:///")).absolute())
    if "://" in place:
        raise StoreProblem("A store is a path or a postgresql:// address.", where=place.partition("://")[0])
    if "\0" in place or not place.strip():
        raise StoreProblem("This is not a path.", where=place.replace("\0", "?"))
    return Sqlite(Path(place).expanduser().absolute())


def schema_of(dialect: Dialect) -> int:
    """The schema a store has; 0 where there is no store. Raises StoreProblem where something else is."""
    if isinstance(dialect, Sqlite):
        return files.look(dialect.path).schema
    with _connected(dialect) as wire:
        found = wire.one("SELECT to_regclass('alembic_version') IS NOT NULL AND to_regclass('journal') IS NOT NULL")
        if not found or not found[0]:
            return 0
        row = wire.one("SELECT version_num FROM alembic_version")
        return int(row[0]) if row else 0


def open_dialect(dialect: Dialect) -> SqlStore:
    """An existing store of this program's schema. Raises StoreProblem otherwise."""
    was_cut_off = isinstance(dialect, Sqlite) and files.unfinished(dialect.path)
    schema = schema_of(dialect)
    if not schema:
        raise StoreProblem("There is no store here.", where=dialect.place, remedy=files.BEGIN)
    if schema > SCHEMA:
        raise StoreProblem(
            f"This store was written by a newer casereview (schema {schema}, this one knows {SCHEMA}).",
            where=dialect.place,
            remedy="Update casereview.",
        )
    if schema < SCHEMA:
        raise StoreProblem("This store was written by an older casereview.", where=dialect.place, remedy=UPGRADE)
    if isinstance(dialect, Sqlite) and was_cut_off:
        with _connected(dialect) as wire:
            files.check_after_crash(wire.connection, dialect.path)
    return SqlStore(dialect)


def create(dialect: Dialect, *, practice: bool, nation: str, clock: Clock, empty: bool) -> SqlStore:
    """A new store. Raises StoreProblem where there is one already."""
    if isinstance(dialect, Sqlite):
        _create_file(dialect, practice, nation, clock, empty)
    else:
        if schema_of(dialect):
            raise _already(dialect)
        from storage.migrate import migrate

        with _translated(dialect):
            migrate(dialect)
        _begin(dialect, practice, nation, clock, empty)
    return open_dialect(dialect)


def _create_file(dialect: Sqlite, practice: bool, nation: str, clock: Clock, empty: bool) -> None:
    from storage.migrate import migrate

    path = dialect.path
    taken = files.in_the_way(path)
    if taken == path:
        raise _already(dialect)
    if taken is not None:
        raise StoreProblem("There is something here already.", where=str(taken),
                           remedy="It belongs to a store that was here: move it to that store.")  # fmt: skip
    new = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.new")
    made = Sqlite(new, wal=dialect.wal)
    try:
        with _translated(dialect):
            files.make_private(new)
            with _connected(made) as wire:
                wire.run(f"PRAGMA application_id = {files.APPLICATION_ID}")
            migrate(made)
            _begin(made, practice, nation, clock, empty)
            files.sync_file(new)
            files.put_in_place(new, path)
    except FileExistsError:
        raise _already(dialect) from None
    except OSError as error:
        raise StoreProblem(
            f"A store cannot be made here: {error.strerror or error}.", where=dialect.place,
            remedy="Choose a folder that you may write to.",
        ) from error  # fmt: skip
    finally:
        files.discard(new)


def _begin(dialect: Dialect, practice: bool, nation: str, clock: Clock, empty: bool) -> None:
    store = SqlStore(dialect)
    with store._transaction(write=True) as wire:
        wire.run("INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, ?)", (GENESIS,))
        wire.run(
            "INSERT INTO store_info (id, store, practice, nation) VALUES (1, ?, ?, ?)",
            ("", practice, nation),
        )
    if not empty:
        with store.write() as writing:
            begun = Happening(StoreBegun(str(uuid.uuid4()), practice, nation), clock.today())
            writing.append(REGISTRY, 0, [begun], actor="system", at=clock.now())
    store.close()


def _already(dialect: Dialect) -> StoreProblem:
    return StoreProblem(
        "There is something here already.", where=dialect.place, remedy="Open it, or choose another place."
    )


def upgrade(place: str, *, now: datetime) -> str | None:
    """Brings a store to the newest schema and returns the path of the copy made first; None if nothing to do.

    Each migration is one transaction: cut off, it leaves the old schema. On PostgreSQL the copy is left to
    its own tools, so nothing is returned. Raises StoreProblem.
    """
    from storage.backup import backup
    from storage.migrate import migrate

    dialect = dialect_of(place)
    schema = schema_of(dialect)
    if not schema:
        raise StoreProblem("There is no store here.", where=dialect.place, remedy=files.BEGIN)
    if schema == SCHEMA:
        return None
    copy = None
    if isinstance(dialect, Sqlite):
        copy = f"{dialect.path}.schema-{schema}-{now:%Y%m%dT%H%M%S}"
        backup(dialect, copy)
    with _translated(dialect):
        migrate(dialect)
    return copy


@contextmanager
def _connected(dialect: Dialect) -> Iterator[Wire]:
    with _translated(dialect):
        wire = dialect.connect()
        try:
            yield wire
        finally:
            wire.close()


@contextmanager
def _translated(dialect: Dialect) -> Iterator[None]:
    try:
        yield
    except dialect.failures as error:
        raise dialect.problem(error) from error
