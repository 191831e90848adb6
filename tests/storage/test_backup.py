"""Copies: whole, private, never over something else."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from casereview.errors import StoreProblem
from casereview.testing import FixedClock
from storage import open_store
from storage.store import SqlStore
from tests.storage.made import AT, DAY, assert_whole, case, noted, row
from tests.support import postgres_url


def test_a_copy_holds_everything_and_opens_like_the_original(path: Path, tmp_path: Path) -> None:
    store = open_store(str(path), clock=FixedClock(DAY))
    with store.write() as writing:
        writing.append(case(1).id, 0, [noted("a")], actor="p", at=AT)
        writing.save(case(1, children=["child-a"]), [row()], kind="assessment", stage_title="Assessing")
    target = tmp_path / "copies" / "copy.db"
    store.backup(str(target))
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert [one.name for one in target.parent.iterdir()] == ["copy.db"]
    copy = open_store(str(target), clock=FixedClock(DAY))
    with store.read() as ours:
        head, info = ours.head(), ours.info()
    with copy.read() as theirs:
        assert assert_whole(theirs) == 2
        assert theirs.head() == head
        assert theirs.info().store == info.store
        assert theirs.snapshot(case(1).id) == case(1, children=["child-a"])
    with copy.write() as writing:
        writing.append(case(1).id, 1, [noted("b")], actor="p", at=AT)
    copy.close()
    store.close()


def test_nothing_is_ever_replaced(path: Path, tmp_path: Path) -> None:
    store = open_store(str(path), clock=FixedClock(DAY))
    (tmp_path / "here").write_text("mine", "utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for target in (tmp_path / "here", tmp_path / "link", tmp_path, path):
        with pytest.raises(StoreProblem, match="already"):
            store.backup(str(target))
    assert (tmp_path / "here").read_text("utf-8") == "mine"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["here", "link", "store.db"]
    store.close()


def test_a_copy_is_a_file(path: Path, tmp_path: Path) -> None:
    store = open_store(str(path), clock=FixedClock(DAY))
    with pytest.raises(StoreProblem, match="bundle"):
        store.backup("postgresql+psycopg://ann:secret@host/db")
    store.backup(f"sqlite:///{tmp_path / 'copy.db'}")
    assert (tmp_path / "copy.db").is_file()
    store.close()


def test_a_copy_made_while_others_write_is_whole(path: Path, tmp_path: Path) -> None:
    store = open_store(str(path), clock=FixedClock(DAY))
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            with store.write() as writing:
                writing.append("s", number, [noted("n")], actor="p", at=AT)
            number += 1
            stop.wait(0.02)  # a person pauses; without, the copy would wait for its turn

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(5):
            store.backup(str(tmp_path / f"copy-{n}.db"))
    finally:
        stop.set()
        writer.join()
    store.close()
    seen = 0
    for n in range(5):
        copy = open_store(str(tmp_path / f"copy-{n}.db"), clock=FixedClock(DAY))
        with copy.read() as reading:
            whole = assert_whole(reading)
        assert whole >= seen
        seen = whole
        copy.close()


def test_a_server_is_copied_by_its_own_tool() -> None:
    store = open_store(postgres_url(), create=True, clock=FixedClock(DAY))
    assert isinstance(store, SqlStore)
    with pytest.raises(StoreProblem) as caught:
        store.backup("copy.dump")
    assert caught.value.remedy and caught.value.remedy.startswith("Run: pg_dump --format=custom --file=copy.dump")
    store.close()
