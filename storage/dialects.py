"""Everything in which SQLite and PostgreSQL differ once a connection stands, and the errors each raises."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from casereview.errors import StoreProblem

Row = tuple[Any, ...]
WAIT_SECONDS = 30
"""How long a writer waits for another before it gives up; then it may simply be repeated."""


class Dialect(Protocol):
    """One kind of database.

    position    the SQL function telling where a text holds another (0: nowhere)
    for_update  what locks a row that is read
    row_place   where a row lies within its table, known to every index; good for one statement only
    failures    the errors a database raises that are not faults of ours
    """

    name: str
    place: str
    position: str
    for_update: str
    row_place: str
    failures: tuple[type[Exception], ...]

    def connect(self) -> Wire: ...
    def problem(self, error: Exception) -> StoreProblem: ...


class Wire:
    """One connection, used through its driver's cursor. SQL is written with `?` for values."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        rows: list[Row] = self.connection.execute(sql, values).fetchall()
        return rows

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        row: Row | None = self.connection.execute(sql, values).fetchone()
        return row

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        self.connection.execute(sql, values)

    def many(self, sql: str, rows: Sequence[Row]) -> None:
        if rows:
            self.connection.executemany(sql, rows)

    @contextmanager
    def together(self) -> Iterator[Wire]:
        """Statements that need no answer before the next one, sent in one go where there is a network."""
        yield self

    def begin(self, *, write: bool) -> None:
        raise NotImplementedError

    def commit(self) -> None:
        self.connection.execute("COMMIT")

    def rollback(self) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self.connection.close()


# ---- SQLite -----------------------------------------------------------------------------------------------
# Before 3.51.3 two writers at a checkpoint could, very rarely, damage a file in WAL mode; and without WAL
# only EXTRA keeps the last commit through a power cut.
WAL_IS_SAFE = sqlite3.sqlite_version_info >= (3, 51, 3)


class SqliteWire(Wire):
    def begin(self, *, write: bool) -> None:
        """A writer locks at once: nobody can come between what it reads and what it writes."""
        if not write:
            self.connection.execute("BEGIN")
            return
        for left in (1, 0):  # nothing is done yet, so waiting once more is safe
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                if not left or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise

    def rollback(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")


class Sqlite:
    name = "sqlite"
    position = "instr"
    for_update = ""
    row_place = "rowid"
    failures: tuple[type[Exception], ...] = (sqlite3.DatabaseError,)

    def __init__(self, path: Path, *, wal: bool = WAL_IS_SAFE) -> None:
        self.path = path
        self.place = str(path)
        self.wal = wal

    def connect(self) -> Wire:
        """A connection set up for keeping: see the notes on each pragma. Raises sqlite3.Error."""
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode=rw",  # never makes a file
            uri=True,
            isolation_level=None,  # transactions begin and end where we say
            check_same_thread=False,  # one thread at a time, but not always the same one
            cached_statements=256,
        )
        run = connection.execute
        try:
            run(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")  # first, so that the rest waits too
            mode = run("PRAGMA journal_mode").fetchone()[0]
            wanted = "wal" if self.wal else "delete"
            if mode != wanted:
                mode = self._switch(connection, mode, wanted)
            run(f"PRAGMA synchronous = {'FULL' if mode == 'wal' else 'EXTRA'}")
            run("PRAGMA foreign_keys = ON")
            run("PRAGMA recursive_triggers = ON")  # or INSERT OR REPLACE would pass the journal's guards
            run("PRAGMA cache_size = -16000")  # kB: a batch that outgrew the cache would sync half-way
            run("PRAGMA trusted_schema = OFF")
            run("PRAGMA cell_size_check = ON")
            run("PRAGMA secure_delete = ON")  # what is disposed of is overwritten
        except BaseException:
            connection.close()
            raise
        return SqliteWire(connection)

    def _switch(self, connection: sqlite3.Connection, mode: str, wanted: str) -> str:
        try:
            got: str = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()[0]
        except sqlite3.OperationalError:
            return mode  # read-only, or in use by somebody in the other mode: both still read and write
        return got

    def problem(self, error: Exception) -> StoreProblem:
        if isinstance(error, sqlite3.ProgrammingError | sqlite3.InterfaceError):
            raise error  # a fault of ours: not to be hidden
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        says, remedy = _SQLITE_SAYS.get(code, (f"SQLite refused: {error}.", None))
        if code == sqlite3.SQLITE_FULL:
            free = shutil.disk_usage(self.path.parent).free // 1_000_000
            remedy = f"Make room on the disk ({free} MB are left), then repeat it."
        return StoreProblem(says, where=self.place, remedy=remedy)


_DAMAGED = ("The store is damaged.", "Bring back the latest backup: casereview restore.")
_SQLITE_SAYS: dict[int, tuple[str, str | None]] = {
    sqlite3.SQLITE_BUSY: (
        f"Somebody else has been writing for more than {WAIT_SECONDS} seconds; nothing was saved.",
        "Try again in a moment.",
    ),
    sqlite3.SQLITE_FULL: ("The disk is full; nothing of this was saved, nothing saved before is lost.", None),
    sqlite3.SQLITE_READONLY: (
        "The store can be read but not written: the file or its disk is read-only.",
        "Make the file and its folder writable, or copy the store to another disk.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "The store cannot be opened.",
        "Check that you may read and write the file and its folder, and that its disk is not read-only.",
    ),
    sqlite3.SQLITE_IOERR: ("The disk failed to read or write; nothing of this was saved.", "Check the disk."),
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_PERM: ("You may not use this file.", "Ask whoever keeps the store."),
    sqlite3.SQLITE_CONSTRAINT: (
        "The store's own rules refused this; nothing of it was saved.",
        "Run: casereview verify.",
    ),
}


# ---- PostgreSQL -------------------------------------------------------------------------------------------
@cache
def _percent(sql: str) -> str:
    return sql.replace("%", "%%").replace("?", "%s")


class PostgresWire(Wire):
    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self.cursor = connection.cursor()

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        rows: list[Row] = self.cursor.execute(_percent(sql), values).fetchall()
        return rows

    def one(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        row: Row | None = self.cursor.execute(_percent(sql), values).fetchone()
        return row

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        self.cursor.execute(_percent(sql), values)

    def many(self, sql: str, rows: Sequence[Row]) -> None:
        if len(rows) == 1:  # executemany asks the server more than one question
            self.cursor.execute(_percent(sql), rows[0])
        elif rows:
            self.cursor.executemany(_percent(sql), rows)

    @contextmanager
    def together(self) -> Iterator[Wire]:
        with self.connection.pipeline():
            yield self

    def begin(self, *, write: bool) -> None:
        # Writers take turns at the head's row, so each statement may see the newest state; a reader keeps one.
        self.cursor.execute("BEGIN" if write else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def commit(self) -> None:
        self.cursor.execute("COMMIT")

    def rollback(self) -> None:
        if not self.connection.closed:
            self.connection.rollback()


class Postgres:
    name = "postgresql"
    position = "strpos"
    for_update = " FOR UPDATE"
    row_place = "ctid"

    def __init__(self, url: str) -> None:
        self.url = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self.place = without_password(url)
        self.failures: tuple[type[Exception], ...] = (_psycopg().Error,)

    def connect(self) -> Wire:
        """A connection whose days are ISO text, as SQLite gives them. Raises psycopg.Error."""
        psycopg = _psycopg()
        settings = f"-c datestyle=ISO -c lock_timeout={WAIT_SECONDS}s"
        connection = psycopg.connect(self.url, autocommit=True, options=settings)
        connection.adapters.register_loader("date", psycopg.types.string.TextLoader)
        return PostgresWire(connection)

    def problem(self, error: Exception) -> StoreProblem:
        errors = _psycopg().errors
        theirs = errors.InsufficientPrivilege | errors.RaiseException
        if isinstance(error, errors.ProgrammingError) and not isinstance(error, theirs):
            raise error  # a fault of ours: not to be hidden
        line = " ".join(str(error).split()) or type(error).__name__
        remedy: str | None = None
        if isinstance(error, errors.LockNotAvailable):
            says, remedy = _SQLITE_SAYS[sqlite3.SQLITE_BUSY]
        elif isinstance(error, errors.DiskFull):
            says, remedy = "The server's disk is full; nothing of this was saved.", "Make room on the server."
        elif isinstance(error, errors.IntegrityError):
            says, remedy = _SQLITE_SAYS[sqlite3.SQLITE_CONSTRAINT]
        elif isinstance(error, errors.InsufficientPrivilege | errors.ReadOnlySqlTransaction):
            says, remedy = "The server does not let you do this.", "Ask whoever keeps the store."
        elif isinstance(error, errors.OperationalError):
            says, remedy = f"The server cannot be used: {line}.", "Check the address and that the server runs."
        else:
            says = f"PostgreSQL refused: {line}."
        return StoreProblem(says, where=self.place, remedy=remedy)


def without_password(url: str) -> str:
    """The address as it may be shown."""
    scheme, _, rest = url.partition("://")
    address, _, query = rest.partition("?")
    login, at, where = address.rpartition("@")
    shown = f"{scheme}://{login.partition(':')[0]}{at}{where}"
    kept = "&".join(part for part in query.split("&") if not part.startswith("password="))
    return f"{shown}?{kept}" if kept else shown


@cache
def _psycopg() -> Any:
    try:
        import psycopg
        import psycopg.types.string
    except ImportError as error:
        raise StoreProblem(
            "A store on PostgreSQL needs the psycopg package.", remedy="Install casereview[postgres]."
        ) from error
    return psycopg
