"""A store's file before SQLite sees it: is it there, is it ours, is it whole, and who else may read it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import struct
from dataclasses import dataclass
from pathlib import Path

from casereview.errors import StoreProblem

APPLICATION_ID = 0x43525657
"""Marks our files among all SQLite files ("CRVW")."""
SCHEMA = 3
"""The schema this program reads and writes: the number of the newest migration."""
MAGIC = b"SQLite format 3\0"
BEGIN = "Make a new store with: casereview init. Or look around first: casereview demo."
RESTORE = "Bring back the latest backup: casereview restore."
_PRIVATE = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Header:
    """What the first 100 bytes say (sqlite.org, "Database File Format", 1.3)."""

    page_size: int
    pages: int
    pages_valid: bool
    schema: int
    application: int


def look(path: Path) -> Header:
    """Everything that can be told without opening the file; cheap enough for every command.

    Raises StoreProblem for anything that is not a whole store of ours. Damage inside pages is found by
    SQLite as it reads them, and by `verify`, whose chain sees what SQLite cannot.
    """
    _one_private_file(path)
    try:
        with path.open("rb") as file:
            start = file.read(100)
    except OSError as error:
        raise StoreProblem(f"The store cannot be read: {error.strerror}.", where=str(path)) from error
    if not start:
        raise StoreProblem("The file is empty: not a store, or all that is left of one.", where=str(path),
                           remedy=f"If a store was here: {RESTORE} If not, remove the file.")  # fmt: skip
    if len(start) < 100 or not start.startswith(MAGIC):
        raise StoreProblem("This is not a casereview store, or its beginning is damaged.", where=str(path),
                           remedy=f"Check the path. {RESTORE}")  # fmt: skip
    header = _header(start)
    if header.application != APPLICATION_ID:
        raise StoreProblem("This is a database of another program.", where=str(path), remedy="Check the path.")
    if header.schema > SCHEMA:
        raise StoreProblem(
            f"This store was written by a newer casereview (schema {header.schema}, this one knows {SCHEMA}).",
            where=str(path),
            remedy="Update casereview.",
        )
    if header.pages_valid and not _in_use(path) and path.stat().st_size < header.pages * header.page_size:
        raise StoreProblem("The file is cut short.", where=str(path), remedy=RESTORE)
    return header


def _header(start: bytes) -> Header:
    size = struct.unpack(">H", start[16:18])[0]
    changes, pages = struct.unpack(">II", start[24:32])
    schema, application = struct.unpack(">I", start[60:64])[0], struct.unpack(">I", start[68:72])[0]
    valid_for = struct.unpack(">I", start[92:96])[0]
    return Header(65536 if size == 1 else size, pages, changes == valid_for, schema, application)


def _one_private_file(path: Path) -> None:
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        raise StoreProblem("There is no store here.", where=str(path), remedy=BEGIN) from None
    except (OSError, ValueError) as error:
        says = getattr(error, "strerror", None) or str(error)
        raise StoreProblem(f"The store cannot be read: {says}.", where=str(path)) from error
    if stat.S_ISLNK(found.st_mode):
        # Two names would have two journals beside them, and one could be lost.
        raise StoreProblem("This is a link, and a store must have one name only.", where=str(path),
                           remedy=f"Use {os.path.realpath(path)}.")  # fmt: skip
    if not stat.S_ISREG(found.st_mode):
        raise StoreProblem("This is not a file.", where=str(path), remedy="Give the path of a store.")
    if os.name == "posix" and found.st_mode & _PRIVATE:
        raise StoreProblem("Other people of this computer may read or write this store.", where=str(path),
                           remedy=f"Keep it to yourself: chmod 600 {path}")  # fmt: skip


def unfinished(path: Path) -> bool:
    """Whether a write was cut off (or is going on): SQLite's rollback journal is still beside the file."""
    return _there(f"{path}-journal")


def _in_use(path: Path) -> bool:
    # While somebody writes, or pages wait in a WAL, the header may be ahead of the file.
    return unfinished(path) or _there(f"{path}-wal")


def _there(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # a folder that may not be entered: opening will say so
        return False


def check_after_crash(connection: sqlite3.Connection, path: Path) -> None:
    """SQLite's own quick check: run when a write was cut off, because it reads the whole file."""
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise StoreProblem(f"The store is damaged: {' '.join(found.split())}.", where=str(path), remedy=RESTORE)


def in_the_way(path: Path) -> Path | None:
    """What keeps a new file from this name: the name itself, or what a store that was here left beside it.

    SQLite would play such a left-over write into whatever store stands at the name next.
    """
    for one in (path, Path(f"{path}-journal"), Path(f"{path}-wal")):
        if os.path.lexists(one):  # says no, rather than raising, where a path cannot be one
            return one
    return None


def make_private(path: Path) -> None:
    """An empty file that nobody else may read, in folders (where new) that nobody else may enter."""
    for folder in reversed([one for one in path.parents if not one.exists()]):
        folder.mkdir(mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


def put_in_place(new: Path, path: Path) -> None:
    """Gives a finished file its name, without ever replacing another; the name survives a power cut.

    Raises FileExistsError.
    """
    try:
        os.link(new, path)
        new.unlink()
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        if path.exists():
            raise FileExistsError(path) from None
        new.rename(path)
    sync_folder(path.parent)


def discard(new: Path) -> None:
    """Removes a file that never got its name, with whatever SQLite left beside it."""
    with contextlib.suppress(OSError, ValueError):  # a name no file can have was never made
        for end in ("", "-journal", "-wal", "-shm"):
            Path(f"{new}{end}").unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # other systems neither need nor allow it
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
