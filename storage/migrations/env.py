"""Alembic's entrance: runs migrations on the connection it is handed, each in a transaction of its own."""

from collections.abc import Collection, Mapping
from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo

from storage.tables import Table

connection = context.config.attributes["connection"]


def _number_the_file(
    ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]
) -> None:
    # In the same transaction, so that the file's header never says more or less than its tables hold.
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {int(step.up_revision_id or 0)}")


context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=True,  # SQLite alters a table by rebuilding it
    transactional_ddl=True,
    transaction_per_migration=True,
    on_version_apply=_number_the_file,
)
with context.begin_transaction():
    context.run_migrations()
