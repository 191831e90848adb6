"""Brings the tables of a store to the newest schema, whole steps at a time (Alembic)."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from casereview.errors import StoreProblem
from storage.dialects import Dialect, Postgres

logging.getLogger("alembic").setLevel(logging.WARNING)


def engine_of(dialect: Dialect) -> Engine:
    """SQLAlchemy on a connection of ours, so that schema changes keep the same transaction rules."""
    if isinstance(dialect, Postgres):
        return create_engine(dialect.url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=StaticPool)
    engine = create_engine("sqlite://", creator=lambda: dialect.connect().connection, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(dialect: Dialect, *, migrations: Path | None = None) -> None:
    """Runs every migration not yet run, each in one transaction. Raises StoreProblem on a broken reference.

    `migrations`: another folder of them than the one shipped.
    """
    engine = engine_of(dialect)
    config = Config()
    config.set_main_option("script_location", str(migrations or MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    try:
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            if dialect.name == "sqlite":
                _migrate_file(config, connection, dialect)
            else:
                command.upgrade(config, "head")
                connection.commit()
    except DBAPIError as error:
        raise error.orig or error from None  # as the driver said it, like everywhere else
    finally:
        engine.dispose()


def _migrate_file(config: Config, connection: Connection, dialect: Dialect) -> None:
    # A rebuilt table would take its children's rows along, and the pragma is deaf inside a transaction.
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        command.upgrade(config, "head")
        broken = raw.execute("PRAGMA foreign_key_check").fetchone()
    finally:
        raw.execute("PRAGMA foreign_keys = ON")
    if broken:
        raise StoreProblem(
            f"After the upgrade a row of {broken[0]} points nowhere.",
            where=dialect.place,
            remedy="Go back to the copy made before the upgrade.",
        )
