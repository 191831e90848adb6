"""A store of this process alone: the past is folded into it, looked at, and gone when it is closed."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from casereview.chain import GENESIS
from casereview.errors import StoreProblem
from casereview.views import StoreInfo
from storage.compiled import SCHEMA
from storage.dialects import Sqlite, SqliteWire, Wire
from storage.store import SqlStore


class _Passing(Sqlite):
    """A database without a name: SQLite keeps it in memory, spills what does not fit, and leaves nothing behind."""

    def __init__(self, place: str) -> None:
        super().__init__(Path())
        self.place = place

    def connect(self) -> Wire:
        connection = sqlite3.connect("", isolation_level=None, check_same_thread=False, cached_statements=256)
        connection.execute("PRAGMA journal_mode = MEMORY")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -64000")  # kB
        connection.execute("PRAGMA trusted_schema = OFF")
        return SqliteWire(connection)


class Replica(SqlStore):
    """Its one connection is the database, so threads wait for each other."""

    def __init__(self, info: StoreInfo) -> None:
        super().__init__(_Passing(info.place))
        self._only: Wire | None = self.dialect.connect()
        self._free = threading.Lock()
        for ddl in SCHEMA:
            self._only.run(ddl)
        self._only.run("INSERT INTO journal_head (id, seq, hash) VALUES (1, 0, ?)", (GENESIS,))
        values = (info.store, info.practice, info.nation)
        self._only.run("INSERT INTO store_info (id, store, practice, nation) VALUES (1, ?, ?, ?)", values)

    def _lend(self) -> Wire:
        self._free.acquire()
        if self._only is None:
            self._free.release()
            raise StoreProblem("This look at the past is over.", where=self.dialect.place)
        return self._only

    def _take_back(self, wire: Wire) -> None:
        self._free.release()

    def close(self) -> None:
        with self._free:
            if self._only is not None:
                self._only.close()
                self._only = None
