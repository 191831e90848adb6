"""What tampering `verify` finds by itself, what it finds only against an anchor, and that it says where."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from casereview import commands as cmd
from casereview.chain import GENESIS, Link, link_hash, make_link
from casereview.decide.opening import OpenCase
from casereview.errors import CaseReviewError, StoreProblem
from casereview.exchange.landing import import_cin
from casereview.ports import Store
from casereview.service import whole
from casereview.service.refold import rebuild
from casereview.service.whole import anchor, backup, read_anchors
from casereview.testing import FixedClock
from casereview.views import Head
from storage import open_store
from tests.contract.conftest import Backend
from tests.exchange.support import (
    TODAY,
    assessment,
    census,
    desk,
    episode,
    head,
    in_file,
    many,
    verified,
    with_people,
)  # fmt: skip
from tests.stories import ADA, CHI, CHO, DOT, MO, SAM, STORY, TEAM, WREN


def lived_in(store: Store, folder: Path) -> Store:
    """A store with cases of every kind of keeping: imported, worked on, restricted, with records."""
    done = episode("A", assessment(authorised=date(2024, 3, 8)))
    import_cin(desk(store), census(folder / "c.xml", done, episode("B")))
    for number in range(3):
        ref = desk(store, MO).open(OpenCase(STORY, f"Matter {number}", TODAY, TEAM, WREN, ())).case.ref
        desk(store, MO).do(ref, cmd.SetRoster("mother", parental_responsibility=True))
        desk(store, WREN).do(ref, cmd.SeeChild(TODAY, where="at home"))
        desk(store, WREN).do(ref, cmd.GiveReason("JUDG", "a question is open", "she is safe"))
    desk(store, MO).do(ref, cmd.Restrict("a colleague is family", (WREN,)))
    return store


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A whole store in a file, with the anchor printed of it."""
    folder = tmp_path_factory.mktemp("original")
    store = lived_in(in_file(folder / "cases.db"), folder)
    line = anchor(desk(store, ADA))
    store.close()
    return folder / "cases.db", line


def reopened(path: Path) -> Store:
    store: Store = open_store(str(path), clock=FixedClock(TODAY))
    return store


def tampered(original: Path, folder: Path, *statements: str) -> Path:
    """A copy altered behind the program's back, by somebody who may drop whatever guards there are."""
    path = folder / "altered.db"
    shutil.copy(original, path)
    with sqlite3.connect(path, isolation_level=None) as raw:
        for (guard,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {guard}")
        changed = 0
        for statement in statements:
            changed += raw.execute(statement).rowcount
    raw.close()
    assert changed > 0, "nothing was altered"
    return path


def checked(path: Path, line: str = "") -> whole.Verified:
    store = reopened(path)
    try:
        return verified(store, anchors=read_anchors(line, "minutes") if line else ())
    finally:
        store.close()


MIDDLE = "(SELECT seq FROM journal WHERE kind = 'reason-given' LIMIT 1)"


def test_a_store_nobody_touched_is_whole(original: tuple[Path, str]) -> None:
    path, line = original
    found = checked(path, line)
    assert (found.ok, found.cases, found.problems) == (True, 5, ())


@pytest.mark.parametrize(
    "change",
    [
        f"UPDATE journal_body SET body = replace(body, 'she is safe', 'she is fine') WHERE seq = {MIDDLE}",
        f"UPDATE journal_body SET body = '{{}}', salt = NULL WHERE seq = {MIDDLE}",
        f"UPDATE journal_body SET salt = 'zz' WHERE seq = {MIDDLE}",
        f"UPDATE journal_body SET body = NULL, salt = NULL WHERE seq = {MIDDLE}",
        f"UPDATE journal SET actor = 'sam' WHERE seq = {MIDDLE}",
        f"UPDATE journal SET acting_as = 'someone' WHERE seq = {MIDDLE}",
        f"UPDATE journal SET recorded_at = '2024-06-03T00:00:00.000000Z' WHERE seq = {MIDDLE}",
        f"UPDATE journal SET day = '2024-06-01' WHERE seq = {MIDDLE}",
        f"UPDATE journal SET kind = 'waiting-ended' WHERE seq = {MIDDLE}",
        f"UPDATE journal SET hash = '{'0' * 64}' WHERE seq = {MIDDLE}",
    ],
)  # fmt: skip
def test_an_altered_entry_is_found_and_named_first(original: tuple[Path, str], tmp_path: Path, change: str) -> None:
    with sqlite3.connect(original[0]) as raw:
        (seq,) = raw.execute(f"SELECT {MIDDLE}").fetchone()
    raw.close()
    found = checked(tampered(original[0], tmp_path, change))
    assert not found.ok
    assert found.problems[0].seq == seq


def test_an_entry_taken_out_is_found_and_named(original: tuple[Path, str], tmp_path: Path) -> None:
    gone = [f"DELETE FROM {table} WHERE seq = 20" for table in ("journal_body", "journal")]
    found = checked(tampered(original[0], tmp_path, *gone))
    assert found.problems[0] == whole.Trouble("entry 21: entry 20 is missing", 21, found.problems[0].case)


def test_a_tail_cut_off_is_found_where_the_head_was_left(original: tuple[Path, str], tmp_path: Path) -> None:
    last = "(SELECT max(seq) FROM journal)"
    gone = [f"DELETE FROM journal_body WHERE seq = {last}", f"DELETE FROM journal WHERE seq = {last}"]
    found = checked(tampered(original[0], tmp_path, *gone))
    assert "its head says" in found.problems[0].says


KEPT = {
    "a snapshot": "UPDATE case_snapshot SET snapshot = replace(snapshot, 'Matter 1', 'Matter 9')",
    "a snapshot beyond reading": "UPDATE case_snapshot SET snapshot = '{'",
    "a date listed": "UPDATE expectation SET asks_from = '2030-01-01' WHERE asks_from IS NOT NULL",
    "what is on the register": "UPDATE expectation SET listed = 0 WHERE listed",
    "a row of the register hidden": "UPDATE expectation SET restricted = 1 WHERE NOT restricted AND listed",
    "a title in a list": "UPDATE case_file SET title = 'Something else' WHERE title = 'Matter 1'",
    "a worker in a list": "UPDATE case_file SET worker = 'sam' WHERE worker = 'wren'",
    "a restricted case opened": "UPDATE case_file SET restricted = 0 WHERE restricted",
    "somebody let in": "INSERT INTO access SELECT 'sam', 'admitted', id FROM case_file WHERE restricted",
    "somebody shut out": "DELETE FROM access WHERE kind = 'admitted'",
    "a record": "UPDATE record SET fields = replace(fields, 'at home', 'at school')",
    "a record taken out": "DELETE FROM record WHERE kind = 'seen'",
    "a person": "UPDATE person SET login = 'intruder' WHERE id = 'ada'",
    "an office": "INSERT INTO office (person_id, office, team) VALUES ('sam', 'auditor', '')",
    "a child": "UPDATE child SET family = 'other'",
    "being for practice": "UPDATE store_info SET practice = 1",
    "a workflow": "UPDATE definition SET text = text || ' '",
}  # fmt: skip


@pytest.mark.parametrize("what", list(KEPT))
def test_what_is_shown_must_be_what_is_journalled(original: tuple[Path, str], tmp_path: Path, what: str) -> None:
    found = checked(tampered(original[0], tmp_path, KEPT[what]))
    assert not found.ok and found.problems


def test_a_case_taken_out_of_the_lists_is_missed(original: tuple[Path, str], tmp_path: Path) -> None:
    victim = "(SELECT id FROM case_file WHERE title = 'Matter 1')"
    tables = ("case_snapshot", "expectation", "access", "case_child", "record")
    gone = [f"DELETE FROM {table} WHERE case_id = {victim}" for table in tables]
    found = checked(tampered(original[0], tmp_path, *gone, f"DELETE FROM case_file WHERE id = {victim}"))
    assert "missing from the lists" in found.problems[0].says


# ---- only against an anchor -------------------------------------------------------------------------------------
def cut(links: list[Link]) -> list[Link]:
    return links[:-3]


def rewritten(links: list[Link]) -> list[Link]:
    """One entry says something else, and everything after it follows from that."""
    at = next(n for n, link in enumerate(links) if link.kind == "reason-given")
    made, prev = links[:at], links[at].prev
    for link in links[at:]:
        body = (link.body or "").replace("she is safe", "she is fine")
        again = make_link(
            seq=link.seq, stream=link.stream, number=link.number, kind=link.kind, on=date.fromisoformat(link.on),
            recorded_at=link.recorded_at, actor=link.actor, acting_as=link.acting_as, body=body, prev=prev,
            salt=link.salt or "",
        )  # fmt: skip
        made.append(again)
        prev = again.hash
    return made


def backdated(links: list[Link]) -> list[Link]:
    last = replace(links[-1], recorded_at="2020-01-01T00:00:00.000000Z")
    return [*links[:-1], replace(last, hash=link_hash(last))]


@pytest.mark.parametrize("forge", [cut, rewritten, backdated])
def test_a_journal_made_anew_with_all_that_follows_is_found_by_an_anchor_only(
    original: tuple[Path, str], tmp_path: Path, forge: Callable[[list[Link]], list[Link]]
) -> None:
    path, line = original
    store = reopened(path)
    with store.read() as work:
        links, texts = forge(list(work.links())), work.definitions()
    store.close()
    forged = open_store(str(tmp_path / "forged.db"), create=True, empty=True, clock=FixedClock(TODAY))
    with forged.write() as work:
        for digest, name, version, text in texts:
            work.keep_definition(digest, name, version, text)
        work.append_links(links)
        rebuild(desk(forged, ADA), work)
    forged.close()
    assert checked(tmp_path / "forged.db").ok  # why an anchor belongs elsewhere
    found = checked(tmp_path / "forged.db", line)
    assert not found.ok and "anchor" in found.problems[0].says


def test_an_old_backup_brought_back_is_found_by_an_anchor_only(tmp_path: Path) -> None:
    store = lived_in(in_file(tmp_path / "cases.db"), tmp_path)
    backup(desk(store, ADA), str(tmp_path / "old.db"))
    before = anchor(desk(store, ADA))
    desk(store, MO).open(OpenCase(STORY, "Later", TODAY, TEAM, WREN, ()))
    after = anchor(desk(store, ADA))
    store.close()
    assert checked(tmp_path / "old.db", before).ok
    assert checked(tmp_path / "old.db").ok
    found = checked(tmp_path / "old.db", f"Minutes of 3 June.\n{before}\nand later:\n{after}\n")
    assert "cut off" in found.problems[0].says


def test_random_bytes_changed_in_the_tables_never_pass_or_crash(original: tuple[Path, str], tmp_path: Path) -> None:
    """Any one value of the journal, exchanged for another of its column, is found."""
    chance = random.Random(11)
    with sqlite3.connect(original[0]) as raw:
        (last,) = raw.execute("SELECT max(seq) FROM journal").fetchone()
    raw.close()
    columns = ["stream", "kind", "day", "recorded_at", "actor", "acting_as", "commitment", "prev", "hash"]
    columns += ["body", "salt"]
    for turn in range(25):
        column, seq = chance.choice(columns), chance.randint(1, last)
        table = "journal_body" if column in ("body", "salt") else "journal"
        (folder := tmp_path / str(turn)).mkdir()
        change = f"UPDATE {table} SET {column} = substr({column}, 2) || 'x' WHERE seq = {seq}"
        found = checked(tampered(original[0], folder, change))
        assert not found.ok, change
        assert found.problems[0].seq in (seq, seq + 1), change


# ---- anchors, offices, copies -------------------------------------------------------------------------------------
def test_an_anchor_is_read_out_of_any_text(original: tuple[Path, str]) -> None:
    line = original[1]
    (one,) = read_anchors(f"Dear chair,\r\n{line}\r\nYours", "letter")
    assert line.startswith(f"casereview anchor {one.seq} {one.hash} ")
    with pytest.raises(CaseReviewError, match="no anchor"):
        read_anchors("casereview anchor 12 beef", "letter")


def test_two_anchors_of_one_entry_cannot_both_be_right(original: tuple[Path, str]) -> None:
    path, line = original
    (one,) = read_anchors(line, "minutes")
    store = reopened(path)
    assert verified(store, anchors=[one, one, Head(0, GENESIS)]).ok
    assert not verified(store, anchors=[one, Head(one.seq, "f" * 64)]).ok
    assert not verified(store, anchors=[Head(one.seq, "f" * 64), one]).ok
    store.close()


@pytest.mark.parametrize("person", [SAM, MO, CHO, CHI])
def test_the_whole_store_takes_an_office(person: str, original: tuple[Path, str], tmp_path: Path) -> None:
    store = reopened(original[0])
    # of `verify`, status 1 says that something was altered
    for act, status in ((whole.verify, 2), (anchor, 1), (lambda desk: backup(desk, str(tmp_path / "b.db")), 1)):
        with pytest.raises(CaseReviewError, match="auditor or data officer") as refused:
            act(desk(store, person))
        assert refused.value.status == status
    store.close()


def test_every_store_verifies_what_was_lived_in(backend: Backend, tmp_path: Path) -> None:
    store = lived_in(with_people(backend.new(practice=False)), tmp_path)
    found = verified(store)
    assert (found.ok, found.problems, found.entries) == (True, (), head(store)[0])
    with store.write() as work:
        rebuild(desk(store, ADA), work)
    assert verified(store).ok


def test_a_copy_opens_and_verifies_where_files_are_kept(backend: Backend, tmp_path: Path) -> None:
    store = lived_in(with_people(backend.new(practice=False)), tmp_path)
    target = tmp_path / "copy.db"
    if backend.name == "sqlite":
        backup(desk(store, DOT), str(target))
        copy = reopened(target)
        assert verified(copy).ok and head(copy) == head(store)
        assert target.stat().st_mode & 0o077 == 0
        copy.close()
        with pytest.raises(StoreProblem, match="something here already"):
            backup(desk(store, DOT), str(target))
    else:
        with pytest.raises(StoreProblem) as refused:
            backup(desk(store, DOT), str(target))
        assert ("pg_dump" in str(refused.value)) == (backend.name == "postgresql")
        assert not target.exists()


def test_verify_holds_one_case_at_a_time(tmp_path: Path) -> None:
    import tracemalloc

    peaks = []
    for size in (50, 400):
        store = in_file(tmp_path / f"{size}.db")
        import_cin(desk(store), census(tmp_path / f"{size}.xml", *many(size)))
        tracemalloc.start()
        try:
            assert verified(store).ok
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
            store.close()
    # the registry is held, children with it; cases and entries pass by (500 at a time)
    assert peaks[1] < peaks[0] + 350 * 6_000, peaks
