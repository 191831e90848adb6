"""One durable command through the store against the same work in bare sqlite3, on disk and in memory.

Run `python -m tests.benchmarks.durable_step`. A step reads its case, chains one fact, and keeps the case, its
snapshot and its two expectations. "By hand" does the same work written out over sqlite3: the same statements,
JSON read and written, hashes and a salt. "Statements" issues them alone, with values ready made. Goal: at least
0.6 of by hand in memory; one sync per command with a WAL, one per batch. Where `strace` is there, syncs are
counted.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from casereview.case import Case, Run, Tally, Visit
from casereview.codec import dumps, to_plain
from casereview.events import Happening, StepTaken, event_to_plain
from casereview.testing import FixedClock
from casereview.views import Projected
from storage import open_store
from storage.compiled import INSERT, UPSERT
from storage.dialects import PostgresWire, Sqlite
from storage.rows import case_values, expectation_values
from storage.store import SqlStore
from tests.support import postgres_url

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
CASES = 100
STEP = Happening(StepTaken("decide", "assessing", "deciding", reason="The plan is agreed with the family."), DAY)
ROWS = tuple(
    Projected(name, name.title(), True, DAY, asks_from=DAY + timedelta(days=60), beyond_after=DAY + timedelta(days=60))
    for name in ("assessment", "referral")
)


def case(number: int) -> Case:
    made = Case(f"{number:032x}", f"SA-2026-{number:05}", f"Assessment {number}", "single-assessment", "1", "0" * 64)
    made.opened, made.main, made.children = DAY, Visit("assessing", 1, DAY, 1), [f"child-{number}"]
    made.runs = {one.expectation: Run(DAY, "calendar-1", asks_from=one.asks_from) for one in ROWS}
    made.records = {kind: Tally(list(range(10))) for kind in ("conversation", "visit", "view of the child")}
    return made


def in_file(folder: Path, *, wal: bool) -> SqlStore:
    path = folder / f"store-{time.time_ns()}.db"
    open_store(str(path), create=True, clock=FixedClock(DAY)).close()
    return filled(SqlStore(Sqlite(path, wal=wal)))


def on_server() -> SqlStore:
    store = open_store(postgres_url(), create=True, clock=FixedClock(DAY))
    assert isinstance(store, SqlStore)
    return filled(store)


def filled(store: SqlStore) -> SqlStore:
    with store.write() as writing:
        for number in range(CASES):
            made = case(number)
            writing.append(made.id, 0, [STEP], actor="p-1", at=AT)
            made.number = 1
            writing.save(made, ROWS, kind="assessment", stage_title="Assessing")
    return store


def through_store(store: SqlStore, turn: int, batch: int) -> None:
    with store.write() as writing:
        for one in range(turn * batch, turn * batch + batch):
            found = writing.case(None, f"SA-2026-{one % CASES:05}")
            assert found is not None
            found.number = writing.append(found.id, found.number, [STEP], actor="p-1", at=AT)[0].number
            writing.save(found, ROWS, kind="assessment", stage_title="Assessing")


class Bare:
    """The same statements over sqlite3 itself; with `by_hand`, JSON, salts and hashes are made as well."""

    def __init__(self, store: SqlStore, *, by_hand: bool) -> None:
        self.wire = store.dialect.connect()
        self.run: Callable[..., Any] = self.wire.connection.execute
        if isinstance(self.wire, PostgresWire):
            cursor = self.wire.cursor
            words: dict[str, str] = {}

            def run(sql: str, values: Sequence[Any] = ()) -> Any:
                return cursor.execute(words.setdefault(sql, sql.replace("?", "%s")), values)

            self.run = run
        self.by_hand = by_hand
        made = [case(number) for number in range(CASES)]
        self.ids = [one.id for one in made]
        self.refs = [one.ref for one in made]
        self.files = [case_values(one, ROWS, "assessment", "Assessing") for one in made]
        self.rows = [[expectation_values(one, n, row, "", "assessment") for n, row in enumerate(ROWS)] for one in made]
        self.body, self.snapshot = dumps(event_to_plain(STEP.event)), dumps(to_plain(made[0]))
        self.seq = self.run("SELECT seq FROM journal_head").fetchone()[0]
        self.begin = "BEGIN IMMEDIATE" if store.dialect.name == "sqlite" else "BEGIN"
        self.lock = f"SELECT seq, hash FROM journal_head WHERE id = 1{store.dialect.for_update}"

    def step(self, turn: int, batch: int) -> None:
        run = self.run
        run(self.begin)
        run(self.lock).fetchone()
        for one in range(turn * batch, turn * batch + batch):
            self.one(one % CASES)
        run("UPDATE journal_head SET seq = ?, hash = ? WHERE id = 1", (self.seq, "0" * 64))
        run("COMMIT")

    def one(self, place: int) -> None:
        run = self.run
        found = run("SELECT s.snapshot FROM case_file c JOIN case_snapshot s ON s.case_id = c.id WHERE c.ref = ?",
                    (self.refs[place],)).fetchone()[0]  # fmt: skip
        number = run("SELECT max(number) FROM journal WHERE stream = ?", (self.ids[place],)).fetchone()[0] + 1
        self.seq += 1
        salt, body, pledge, digest = "5" * 64, self.body, "c" * 64, f"{self.seq:064x}"
        if self.by_hand:
            plain = json.loads(found)
            plain["number"] = number
            found = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            fact = {"step": "decide", "source": "assessing", "to": "deciding", "reason": "The plan is agreed."}
            body = json.dumps(fact, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
            salt = secrets.token_hex(32)
            pledge = hashlib.sha256(bytes.fromhex(salt) + body.encode()).hexdigest()
            chained = json.dumps([self.seq, self.ids[place], number, pledge, AT.isoformat()])
            digest = hashlib.sha256(chained.encode()).hexdigest()
        run(INSERT["journal"], (self.seq, self.ids[place], number, "step-taken", "2026-03-02",
            "2026-03-02T10:00:00.000000Z", "p-1", "", pledge, "p" * 64, digest))  # fmt: skip
        run(INSERT["journal_body"], (self.seq, salt, body))
        run(UPSERT["case_file"], self.files[place])
        run(UPSERT["case_snapshot"], (self.ids[place], found))
        run("DELETE FROM expectation WHERE case_id = ?", (self.ids[place],))
        for row in self.rows[place]:
            run(INSERT["expectation"], row)


def per_second(acts: dict[str, Callable[[int], None]], turns: int, rounds: int = 7) -> dict[str, float]:
    """Steps per second, each act in turn, the median of the rounds."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for place in range(rounds):
        for name, act in acts.items():
            began = time.perf_counter()
            for turn in range(turns):
                act(place * turns + turn)
            found[name].append(turns / (time.perf_counter() - began))
    return {name: statistics.median(times) for name, times in found.items()}


def compare(where: str, new: Callable[[], SqlStore]) -> None:
    for batch, turns in ((1, 60), (200, 2)):
        ours = new()
        by_hand, only = (Bare(new(), by_hand=hand) for hand in (True, False))
        found = per_second(
            {
                "store": partial(through_store, ours, batch=batch),
                "by hand": partial(by_hand.step, batch=batch),
                "statements": partial(only.step, batch=batch),
            },
            turns,
        )
        print(f"{where:<24} {batch:>4} to a transaction: store {found['store'] * batch:6.0f} commands/s; "
              f"{found['store'] / found['by hand']:.2f} of by hand, "
              f"{found['store'] / found['statements']:.2f} of statements", flush=True)  # fmt: skip
        for one in (by_hand, only):
            one.wire.close()
        ours.close()


def syncs(folder: Path, *, wal: bool) -> None:
    """Counts the syncs of 50 commands in a process of its own, then of one batch of 50."""
    if not shutil.which("strace"):
        print("strace is not here: syncs not counted")
        return
    for batch in (1, 50):
        command = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", sys.executable, "-m", __spec__.name]
        counted: list[int] = []
        for turns in (0, 50 // batch):
            place = folder / f"sync-{batch}-{turns}"
            place.mkdir(exist_ok=True)
            done = subprocess.run([*command, str(place), str(turns), str(batch), str(int(wal))],
                                  capture_output=True, text=True, check=True, env=dict(os.environ))  # fmt: skip
            table = [line.split() for line in done.stderr.splitlines()]
            counted.append(sum(int(row[3]) for row in table if row and row[-1] in ("fsync", "fdatasync")))
        mode = "WAL" if wal else "rollback journal"
        print(f"{mode}, {batch} to a transaction: {(counted[1] - counted[0]) / (50 // batch):.2f} syncs each")


def main() -> None:
    if len(sys.argv) == 5:  # the process whose syncs are counted
        store = in_file(Path(sys.argv[1]), wal=sys.argv[4] == "1")
        for turn in range(int(sys.argv[2])):
            through_store(store, turn, int(sys.argv[3]))
        return
    with tempfile.TemporaryDirectory() as disk:
        for wal in (True, False):
            compare(f"disk, {'WAL' if wal else 'rollback journal'}", partial(in_file, Path(disk), wal=wal))
            syncs(Path(disk), wal=wal)
    if Path("/dev/shm").is_dir():
        with tempfile.TemporaryDirectory(dir="/dev/shm") as memory:
            for wal in (True, False):
                compare(f"memory, {'WAL' if wal else 'rollback journal'}", partial(in_file, Path(memory), wal=wal))
    compare("PostgreSQL, no syncs", on_server)


if __name__ == "__main__":
    main()
