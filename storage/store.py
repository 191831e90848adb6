"""A store on SQLite or PostgreSQL: connections lent out one transaction at a time."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from casereview.errors import StoreProblem
from casereview.views import StoreInfo
from storage.dialects import Dialect, Wire
from storage.reading import SqlReading
from storage.writing import SqlWriting


class SqlStore:
    """The port `Store`. Threads may share it: each transaction has a connection of its own.

    A transaction inside another of the same thread raises StoreProblem. What a database refuses becomes a
    StoreProblem that says what happened, where, and what to do.
    """

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self._idle: list[Wire] = []
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._busy = threading.local()

    @contextmanager
    def read(self) -> Iterator[SqlReading]:
        with self._transaction(write=False) as wire:
            reading = SqlReading(wire, self.dialect)
            try:
                yield reading
            finally:
                reading._end()

    @contextmanager
    def write(self) -> Iterator[SqlWriting]:
        with self._transaction(write=True) as wire:
            writing = SqlWriting(wire, self.dialect)
            try:
                yield writing
                writing._finish()
            finally:
                writing._end()

    @contextmanager
    def _transaction(self, *, write: bool) -> Iterator[Wire]:
        if getattr(self._busy, "open", False):
            raise StoreProblem("A transaction is open already.", where=self.dialect.place)
        self._busy.open = True
        try:
            wire = self._lend()
            try:
                wire.begin(write=write)
                yield wire
                wire.commit()
            except BaseException:
                self._undo(wire)
                raise
            self._take_back(wire)
        except self.dialect.failures as error:
            raise self.dialect.problem(error) from error
        finally:
            self._busy.open = False

    def _lend(self) -> Wire:
        with self._lock:
            if self._process != os.getpid():
                # A child process must neither use nor close what its parent has open.
                self._inherited, self._idle, self._process = self._idle, [], os.getpid()
            if self._idle:
                return self._idle.pop()
        return self.dialect.connect()

    def _take_back(self, wire: Wire) -> None:
        with self._lock:
            self._idle.append(wire)

    def _undo(self, wire: Wire) -> None:
        try:
            wire.rollback()
        except self.dialect.failures:
            wire.close()  # the connection is gone, and the transaction with it
        else:
            self._take_back(wire)

    def replica(self, info: StoreInfo) -> SqlStore:
        from storage.replica import Replica

        return Replica(info)

    def backup(self, target: str) -> None:
        from storage.backup import backup

        backup(self.dialect, target)

    def close(self) -> None:
        """Closes every connection not in use. The store may be used again afterwards."""
        with self._lock:
            idle, self._idle = self._idle, []
        if self._process == os.getpid():
            for wire in idle:
                wire.close()
