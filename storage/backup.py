"""A whole copy of a store, made while others go on working, and checked before it gets its name."""

from __future__ import annotations

import os
import sqlite3
import uuid
from pathlib import Path

from casereview.errors import StoreProblem
from storage import files
from storage.dialects import Dialect, Sqlite

_CHECKED = "The copy is not whole and was thrown away: {}."


def backup(dialect: Dialect, target: str) -> None:
    """Copies to `target`, which must not exist. Raises StoreProblem; then nothing is left behind."""
    if not isinstance(dialect, Sqlite):
        raise StoreProblem(
            "A store on PostgreSQL is copied by PostgreSQL's own tool.",
            where=dialect.place,
            remedy=f"Run: pg_dump --format=custom --file={target} '{dialect.place.replace('+psycopg', '')}'",
        )
    target = target.removeprefix("sqlite:///")
    if "://" in target:
        raise StoreProblem(
            "A copy is a file, not an address.", where=target.partition("://")[0],
            remedy="To move to a server, export a bundle and import it there.",
        )  # fmt: skip
    path = Path(target).expanduser().absolute()
    taken = files.in_the_way(path)
    if taken is not None:
        left = "It belongs to a store that was here: move it to that store."
        remedy = "Choose another name." if taken == path else left
        raise StoreProblem("There is something here already.", where=str(taken), remedy=remedy)
    new = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.new")
    try:
        files.make_private(new)
        _copy(dialect, new)
        files.sync_file(new)
        files.put_in_place(new, path)
    except FileExistsError:
        raise StoreProblem("There is something here already.", where=str(path)) from None
    except (OSError, ValueError) as error:
        raise StoreProblem(
            f"The copy cannot be made: {getattr(error, 'strerror', None) or error}.", where=str(path),
            remedy="Name a new file in a folder that you may write to.",
        ) from error  # fmt: skip
    except sqlite3.DatabaseError as error:
        raise dialect.problem(error) from error
    finally:
        files.discard(new)


def _copy(dialect: Sqlite, new: Path) -> None:
    wire = dialect.connect()
    try:
        # Into the empty file made above, which nobody else may read. Copying the file itself could catch it
        # in the middle of a change, or leave what is still in a journal behind.
        wire.run("VACUUM INTO ?", (os.fspath(new),))
        head = wire.one("SELECT seq, hash FROM journal_head")
    finally:
        wire.close()
    copied = sqlite3.connect(f"{new.as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        found = copied.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise StoreProblem(_CHECKED.format(found), where=str(new), remedy="Check the disk, then try again.")
        kept = copied.execute("SELECT h.seq, h.hash, j.seq, j.hash FROM journal_head h "
                              "LEFT JOIN journal j ON j.seq = h.seq").fetchone()  # fmt: skip
        if not kept or not head or kept[0] > head[0] or (kept[0] and kept[:2] != kept[2:]):
            raise StoreProblem(_CHECKED.format("its journal has no head"), where=str(new))
    finally:
        copied.close()
