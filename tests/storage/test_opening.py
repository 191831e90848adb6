"""What is opened, what is refused, and that every refusal says what happened, where, and what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import storage
from casereview.errors import StoreProblem
from casereview.events import StoreBegun
from casereview.testing import FixedClock
from storage import files, open_store
from storage.dialects import WAL_IS_SAFE, Sqlite, without_password
from storage.store import SqlStore
from tests.storage.made import AT, DAY, assert_whole, noted
from tests.support import postgres_url

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="file modes of POSIX")


def refused(place: Path | str, *, create: bool = False) -> StoreProblem:
    with pytest.raises(StoreProblem) as caught:
        open_store(str(place), create=create, clock=FixedClock(DAY))
    problem = caught.value
    assert "\n" not in str(problem)
    return problem


def test_a_new_store_begins_with_its_own_fact(place: str) -> None:
    made = open_store(place, create=True, practice=True, nation="scotland", clock=FixedClock(DAY))
    with made.read() as reading:
        info, registry, links = reading.info(), reading.registry(), list(reading.links())
        assert assert_whole(reading) == 1
    made.close()
    assert (info.practice, info.nation) == (True, "scotland")
    assert (registry.store, registry.practice, registry.nation) == (info.store, True, "scotland")
    assert (links[0].kind, links[0].actor, links[0].on) == (StoreBegun.kind, "system", DAY.isoformat())


def test_an_empty_store_takes_a_chain(place: str) -> None:
    made = open_store(place, create=True, practice=True, empty=True, clock=FixedClock(DAY))
    with made.read() as reading:
        assert reading.head().seq == 0
        assert reading.registry().store == ""
        assert reading.info().practice
    made.close()


def test_a_store_is_made_only_where_nothing_is(place: str) -> None:
    open_store(place, create=True, clock=FixedClock(DAY)).close()
    assert "already" in refused(place, create=True).says
    open_store(place, clock=FixedClock(DAY)).close()


def test_nothing_there(tmp_path: Path) -> None:
    problem = refused(tmp_path / "none.db")
    assert problem.where == str(tmp_path / "none.db")
    assert problem.remedy and "casereview init" in problem.remedy and "casereview demo" in problem.remedy
    assert not (tmp_path / "none.db").exists()
    assert "casereview init" in (refused(postgres_url()).remedy or "")


@pytest.mark.parametrize("place", ["mysql://host/db", "http://host", "", " ", "a\0b"])
def test_no_place_at_all(place: str) -> None:
    refused(place)


def test_a_url_of_a_file(tmp_path: Path) -> None:
    made = open_store(f"sqlite:///{tmp_path / 'a b%20?c.db'}", create=True, clock=FixedClock(DAY))
    made.close()
    assert (tmp_path / "a b%20?c.db").exists()
    open_store(str(tmp_path / "a b%20?c.db"), clock=FixedClock(DAY)).close()


def test_a_server_that_is_not_there() -> None:
    problem = refused("postgresql+psycopg://ann:secret@127.0.0.1:1/none?connect_timeout=2&password=secret")
    assert "secret" not in str(problem)
    assert problem.where == "postgresql+psycopg://ann@127.0.0.1:1/none?connect_timeout=2"


def test_an_address_is_shown_without_its_password() -> None:
    assert without_password("postgresql://u:p@h:5/d?a=b") == "postgresql://u@h:5/d?a=b"
    assert without_password("postgresql:///d?host=/tmp") == "postgresql:///d?host=/tmp"


def test_who_the_server_says_it_is(tmp_path: Path) -> None:
    assert storage.current_login(postgres_url()) == "postgres"
    assert storage.current_login(str(tmp_path / "a.db")) is None


# ---- files that are not a whole store of ours ---------------------------------------------------------------
def test_a_folder(tmp_path: Path) -> None:
    refused(tmp_path)


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch(mode=0o600)
    assert "empty" in refused(tmp_path / "a.db").says


@pytest.mark.parametrize("content", [b"Dear all,\n" * 50, b"x", b"\0" * 8192, b"SQLite format 3\0"])
def test_some_other_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.db").write_bytes(content)
    (tmp_path / "a.db").chmod(0o600)
    refused(tmp_path / "a.db")
    assert (tmp_path / "a.db").read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as other:
        other.execute("CREATE TABLE t (a)")
    other.close()
    (tmp_path / "a.db").chmod(0o600)
    assert "another program" in refused(tmp_path / "a.db").says


def test_a_newer_schema(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {files.SCHEMA + 1}")
    connection.close()
    problem = refused(path)
    assert "newer" in problem.says and "Update" in (problem.remedy or "")
    with pytest.raises(StoreProblem):
        storage.upgrade(str(path), now=AT)


def test_a_newer_schema_on_a_server() -> None:
    import psycopg

    place = postgres_url()
    open_store(place, create=True, clock=FixedClock(DAY)).close()
    with psycopg.connect(place.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert "newer" in refused(place).says


@pytest.mark.parametrize("left", [50, 100, 4096, 40_000])
def test_a_file_cut_short(path: Path, left: int) -> None:
    os.truncate(path, left)
    assert "casereview restore" in (refused(path).remedy or "")


def test_damage_inside_is_one_line_when_it_is_met(path: Path) -> None:
    with path.open("rb+") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    made = open_store(str(path), clock=FixedClock(DAY))
    with pytest.raises(StoreProblem) as caught, made.read() as reading:
        list(reading.links())
    assert "damaged" in caught.value.says and "restore" in (caught.value.remedy or "")
    made.close()


def test_a_write_cut_off_has_the_whole_file_checked(path: Path) -> None:
    with path.open("rb+") as file:
        file.seek(path.stat().st_size - 4096)
        file.write(b"\xff" * 4096)
    open_store(str(path), clock=FixedClock(DAY)).close()  # not looked at without a reason
    path.with_name(f"{path.name}-journal").write_bytes(b"\0" * 512)
    assert "damaged" in refused(path).says


@POSIX
def test_a_link(path: Path, tmp_path: Path) -> None:
    (tmp_path / "other.db").symlink_to(path)
    assert str(path) in (refused(tmp_path / "other.db").remedy or "")
    (tmp_path / "broken.db").symlink_to(tmp_path / "nowhere")
    refused(tmp_path / "broken.db")
    refused(tmp_path / "broken.db", create=True)


@POSIX
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
def test_a_file_others_may_read(path: Path, mode: int) -> None:
    path.chmod(mode)
    assert "chmod 600" in (refused(path).remedy or "")


@POSIX
def test_a_new_store_is_private_whatever_the_mask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = open_store(str(tmp_path / "new" / "folders" / "a.db"), create=True, clock=FixedClock(DAY))
        with made.write() as writing:
            writing.append("x", 0, [noted("a")], actor="p", at=AT)
        made.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new" / "folders" / "a.db").stat().st_mode) == 0o600
    for folder in ("new", "new/folders"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700
    assert [one.name for one in (tmp_path / "new" / "folders").iterdir()] == ["a.db"]


# ---- how a connection is set up -------------------------------------------------------------------------------
@pytest.mark.parametrize("wal", [True, False])
def test_every_connection_keeps_what_it_acknowledged(path: Path, wal: bool) -> None:
    wire = Sqlite(path, wal=wal).connect()

    def pragma(name: str) -> object:
        found = wire.one(f"PRAGMA {name}")
        return found[0] if found else None

    assert pragma("journal_mode") == ("wal" if wal else "delete")
    assert pragma("synchronous") == (2 if wal else 3)  # FULL, EXTRA
    assert pragma("busy_timeout") == 30_000
    assert (pragma("foreign_keys"), pragma("recursive_triggers"), pragma("secure_delete")) == (1, 1, 1)
    assert (pragma("trusted_schema"), pragma("cell_size_check")) == (0, 1)
    assert pragma("application_id") == files.APPLICATION_ID
    assert pragma("user_version") == files.SCHEMA
    wire.close()


def test_the_journal_mode_follows_the_version() -> None:
    assert (sqlite3.sqlite_version_info >= (3, 51, 3)) == WAL_IS_SAFE
    assert Sqlite(Path("a")).wal == WAL_IS_SAFE


def test_a_statement_that_is_wrong_is_not_hidden(store: SqlStore) -> None:
    with pytest.raises(Exception, match="no_such_table") as caught, store.read() as reading:
        reading._wire.all("SELECT * FROM no_such_table")
    if store.dialect.name == "postgresql":
        assert not isinstance(caught.value, StoreProblem)
    with store.read() as reading:
        assert_whole(reading)  # and the store goes on


# ---- disks that cannot be written ----------------------------------------------------------------------------
AS_NOBODY = """
import os, sys
from casereview.errors import StoreProblem
from casereview.testing import FixedClock
from storage import open_store
from tests.storage.made import AT, DAY, noted
import casereview.service, storage.opening, storage.store, storage.migrate, encodings.idna
os.seteuid(65534)
store = open_store(sys.argv[1], clock=FixedClock(DAY))
with store.read() as reading:
    print(reading.head().seq)
def write():
    with store.write() as writing:
        writing.append("x", 0, [noted("a")], actor="p", at=AT)
for act in (write, lambda: open_store(sys.argv[2], create=True, clock=FixedClock(DAY))):
    try:
        act()
    except StoreProblem as problem:
        print(problem)
"""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can act as somebody else")
def test_a_folder_that_cannot_be_written(path: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        place = folder / "store.db"
        shutil.copy(path, place)
        for one in (place, folder):
            os.chown(one, 65534, 65534)
        place.chmod(0o400)
        folder.chmod(0o500)
        command = [sys.executable, "-c", AS_NOBODY, str(place), str(folder / "new.db")]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
        folder.chmod(0o700)
    assert done.returncode == 0, done.stderr
    seq, written, made = done.stdout.splitlines()
    assert seq == "1"
    assert "read-only" in written and str(place) in written
    assert "cannot be made here" in made


@pytest.fixture
def small_disk(tmp_path: Path) -> object:
    """A disk of 2 MB."""
    disk = tmp_path / "disk"
    disk.mkdir(mode=0o700)
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("a small disk needs root")
    command = ["mount", "-t", "tmpfs", "-o", "size=2m,mode=700", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_full_disk_loses_nothing_that_was_acknowledged(small_disk: Path) -> None:
    place = small_disk / "store.db"
    store = open_store(str(place), create=True, clock=FixedClock(DAY))
    kept = 0

    def fill() -> None:
        nonlocal kept
        while True:
            with store.write() as writing:
                writing.append("x", kept, [noted("n" * 20_000)], actor="p", at=AT)
            kept += 1

    with pytest.raises(StoreProblem) as caught:
        fill()
    assert "full" in caught.value.says and "MB" in (caught.value.remedy or "") and caught.value.where == str(place)
    assert kept > 10
    with store.read() as reading:
        assert assert_whole(reading) == kept + 1
    with pytest.raises(StoreProblem, match="full"):
        store.backup(str(small_disk / "copy.db"))
    with pytest.raises(StoreProblem):
        open_store(str(small_disk / "second.db"), create=True, clock=FixedClock(DAY))
    assert sorted(one.name for one in small_disk.iterdir()) == ["store.db"]
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    with store.write() as writing:
        writing.append("x", kept, [noted("room again")], actor="p", at=AT)
    store.close()


# ---- cost ------------------------------------------------------------------------------------------------------
def test_reading_a_store_loads_no_database_toolkit(path: Path) -> None:
    script = (
        "import sys, storage; before = set(sys.modules)\n"
        "assert 'sqlite3' not in before and 'casereview.ports' not in before\n"
        "from casereview.testing import FixedClock; from datetime import date\n"
        "from casereview.views import RegisterQuery\n"
        "store = storage.open_store(sys.argv[1], clock=FixedClock(date(2024, 1, 1)))\n"
        "with store.read() as reading: reading.register('p', RegisterQuery(), date(2024, 1, 1))\n"
        "with store.write() as writing: writing.case('p', 'x')\n"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & "
        "{'sqlmodel', 'sqlalchemy', 'alembic', 'pydantic', 'psycopg'}))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert done.stdout == "[]\n", done.stderr
