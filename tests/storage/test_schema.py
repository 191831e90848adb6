"""The schema: what migrations build is what the tables say, and an upgrade lands whole or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import storage
from casereview.errors import StoreProblem
from casereview.testing import FixedClock
from storage import compile, compiled, files, migrate, open_store, opening
from storage.migrate import engine_of
from storage.store import SqlStore
from storage.tables import Table
from tests.storage.made import AT, DAY, assert_whole, case, noted, row

ROOT = Path(__file__).parents[2]


def test_migrations_build_what_the_tables_say(store: SqlStore) -> None:
    engine = engine_of(store.dialect)

    def ours(thing: Any, name: str | None, kind: str, reflected: bool, other: Any) -> bool:
        for_one = getattr(thing, "_ddl_if", None)
        return for_one is None or for_one.dialect == store.dialect.name

    with engine.connect() as connection:
        options = {"compare_type": True, "include_object": ours, "target_metadata": Table.metadata}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


def test_columns_stand_in_the_order_of_the_tables(store: SqlStore) -> None:
    with store.read() as reading:
        for table, columns in compiled.COLUMNS.items():
            reading._wire.all(f"SELECT {columns} FROM {table}")  # every table and column is there


def test_the_compiled_statements_are_those_of_the_tables() -> None:
    fresh: dict[str, Any] = {}
    exec(compile.source(), fresh)
    for name in ("COLUMNS", "INSERT", "UPSERT", "SCHEMA"):
        assert getattr(compiled, name) == fresh[name], "run: python -m storage.compile"


def test_the_newest_migration_is_the_schema_we_know() -> None:
    numbers = [int(path.stem[1:5]) for path in (migrate.MIGRATIONS / "versions").glob("v*.py")]
    assert sorted(numbers) == list(range(1, files.SCHEMA + 1))


# ---- the journal only grows ------------------------------------------------------------------------------------
ACCIDENTS = {
    "sqlite": ("UPDATE journal SET actor = 'x'", "DELETE FROM journal WHERE seq = 1",
               "INSERT OR REPLACE INTO journal SELECT * FROM journal"),
    "postgresql": ("UPDATE journal SET actor = 'x'", "DELETE FROM journal WHERE seq = 1",
                   "TRUNCATE journal CASCADE"),
}  # fmt: skip


def test_the_journal_is_guarded_against_accidents(store: SqlStore) -> None:
    for accident in ACCIDENTS[store.dialect.name]:
        with pytest.raises(StoreProblem, match=r"only grows|rules"), store.write() as writing:
            writing._wire.run("DELETE FROM journal_body")  # so that no reference is in the way
            writing._wire.run(accident)
        with store.read() as reading:
            assert assert_whole(reading) == 1
            assert [link.actor for link in reading.links()] == ["system"]


# ---- upgrades --------------------------------------------------------------------------------------------------
NEXT = """
import os, signal
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{number:04}", "{before:04}", None, None


def killed(point):
    if os.environ.get("KILL_AT") == str(point):
        os.kill(os.getpid(), signal.SIGKILL)


def upgrade():
    killed(0)
    op.add_column("case_file", sa.Column("shelf", sa.Text(), nullable=True))
    killed(1)
    op.execute("UPDATE case_file SET shelf = 'top'")
    killed(2)
    with op.batch_alter_table("case_file", recreate="always" if {sqlite} else "auto") as batch:
        batch.alter_column("shelf", nullable=False, server_default="")
    killed(3)
"""
UPGRADING = """
import sys
from pathlib import Path
from storage import files, migrate, opening
from tests.storage.made import AT
files.SCHEMA = opening.SCHEMA = int(sys.argv[2])
migrate.MIGRATIONS = Path(sys.argv[3])
print(opening.upgrade(sys.argv[1], now=AT))
"""


@pytest.fixture
def newer(tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The program of tomorrow: one migration more."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    number = files.SCHEMA + 1
    text = NEXT.format(number=number, before=files.SCHEMA, sqlite=not opening.is_postgres(place))
    (folder / "versions" / f"v{number:04}_next.py").write_text(text, "utf-8")
    for module in (files, opening):
        monkeypatch.setattr(module, "SCHEMA", number)
    yield folder


def filled(place: str) -> None:
    made = open_store(place, create=True, clock=FixedClock(DAY))
    with made.write() as writing:
        for n in range(3):
            writing.append(case(n).id, 0, [noted("a")], actor="p", at=AT)
            writing.save(case(n, children=["child-a"]), [row()], kind="assessment", stage_title="Assessing")
    made.close()


def upgrading(place: str, migrations: Path, kill_at: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", UPGRADING, place, str(files.SCHEMA), str(migrations)]
    environment = {**os.environ, "KILL_AT": kill_at}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)


@pytest.fixture
def older(place: str) -> str:
    """A store of the schema of today, made before the program of tomorrow came."""
    filled(place)
    return place


def test_an_older_store_is_not_opened_but_upgraded(older: str, newer: Path) -> None:
    assert storage.needs_upgrade(older)
    with pytest.raises(StoreProblem) as caught:
        open_store(older, clock=FixedClock(DAY))
    assert "older" in caught.value.says and "casereview upgrade" in (caught.value.remedy or "")
    done = upgrading(older, newer)
    assert done.returncode == 0, done.stderr
    assert not storage.needs_upgrade(older)
    assert storage.upgrade(older, now=AT) is None
    assert_nothing_lost(older)
    copy = done.stdout.strip()
    if opening.is_postgres(older):
        assert copy == "None"
    else:
        assert Path(copy).is_file()
        assert files.look(Path(copy)).schema == files.SCHEMA - 1


def assert_nothing_lost(place: str) -> None:
    store = open_store(place, clock=FixedClock(DAY))
    with store.read() as reading:
        assert assert_whole(reading) == 4
        assert len(list(reading.case_ids())) == 3
        assert all(reading.projected(one) and reading.snapshot(one) for one in reading.case_ids())
        assert len(reading.cases_of(None, ["child-a"], DAY)) == 3
    store.close()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
@pytest.mark.parametrize("point", ["0", "1", "2", "3"])
def test_an_upgrade_killed_half_way_leaves_the_old_schema(
    older: str, newer: Path, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert upgrading(older, newer, kill_at=point).returncode == -signal.SIGKILL
    assert storage.needs_upgrade(older)
    with monkeypatch.context() as before:
        today = files.SCHEMA - 1
        for module in (files, opening):
            before.setattr(module, "SCHEMA", today)
        assert_nothing_lost(older)  # the program of today goes on with it
    if not opening.is_postgres(older):
        for copy in Path(older).parent.glob("*.schema-*"):
            copy.unlink()
    done = upgrading(older, newer)
    assert done.returncode == 0, done.stderr
    assert_nothing_lost(older)
