"""A store of the first schema is brought up to date whole: copied, migrated, and its lists made again."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import files, migrate
from storage.dialects import Sqlite
from tests.tui.conftest import Ran

Cli = Callable[..., Ran]

KEPT = ("store_info", "journal", "journal_body", "journal_head", "person", "office", "team", "closure", "child",
        "definition")  # fmt: skip


def first_schema(now: Path, then: Path, folder: Path) -> None:
    """The same journal and registry in a file of schema 1, with nothing folded."""
    shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", "v000[2-9]*"))
    files.make_private(then)
    old = Sqlite(then)
    with sqlite3.connect(then) as file:
        file.execute(f"PRAGMA application_id = {files.APPLICATION_ID}")
    migrate.migrate(old, migrations=folder)
    with sqlite3.connect(then) as file:
        file.execute("ATTACH ? AS new", (str(now),))
        for table in KEPT:
            file.execute(f"DELETE FROM {table}")
            file.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")


def test_an_older_store_is_upgraded_and_shows_what_it_showed(cli: Cli, store: Path, tmp_path: Path) -> None:
    now, then = store, tmp_path / "then.db"
    first_schema(now, then, tmp_path / "migrations")
    place = str(then)
    refused = cli("cases", "--store", place)
    assert refused.status == 2 and "casereview upgrade" in refused.err
    ran = cli("upgrade", "--json", "--store", place)
    assert ran.status == 0 and ran.json["cases"] == len(cli("cases", "--json").json)
    assert Path(ran.json["copy"]).exists()
    for words in (("cases",), ("overdue",), ("today",)):
        assert json.loads(cli(*words, "--json", "--store", place).out) == cli(*words, "--json").json
    assert cli("upgrade", "--json", "--store", place).json == {"store": place, "copy": None, "cases": 0}


@pytest.mark.parametrize("fresh", [False, True])
def test_a_practice_store_of_an_older_program_opens_all_the_same(
    cli: Cli, store: Path, tmp_path: Path, fresh: bool
) -> None:
    then = tmp_path / "demo.db"
    first_schema(store, then, tmp_path / "migrations")
    words = ("demo", "--store", str(then), "--no-screen", "--scale", "0.01", *(("--fresh", "--yes") if fresh else ()))
    ran = cli(*words)
    assert "brought up to date" in ran.err and "Traceback" not in ran.err
    assert ("Building a practice store" in ran.err) == fresh
    assert list(tmp_path.glob("demo.db.schema-1-*"))
    assert cli("cases", "--json", "--store", str(then)).status == 0
