"""A census import against bare XML parsing plus raw inserts of the same rows; memory as the file grows; verify.

Run `python -m tests.benchmarks.import_cin [assessments]`. Goals: at least 0.3 of bare; memory flat but for the
marks of what was seen; verify linear. Each figure is the median of three runs, taken in turns.
"""

from __future__ import annotations

import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import iterparse

from casereview.exchange.landing import BATCH, import_cin
from casereview.testing import FixedClock
from storage import open_store
from storage.compiled import COLUMNS
from tests.exchange.support import TODAY, census, desk, in_file, many, verified

ROUNDS = 3
TABLES = (
    "journal", "journal_body", "case_file", "case_snapshot", "expectation", "access", "case_child", "child", "record",
)  # fmt: skip


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def parsed(path: Path) -> int:
    """Every element with its text, each child let go of once it was seen: the least any reader must do."""
    seen = 0
    for _, element in iterparse(path):
        seen += bool(element.tag and element.text)
        if element.tag == "Child":
            element.clear()
    return seen


def rows_of(store: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(store) as raw:
        return {table: raw.execute(f"SELECT {COLUMNS[table]} FROM {table}").fetchall() for table in TABLES}


def inserted(place: Path, rows: dict[str, list[tuple[object, ...]]], batches: int) -> None:
    """The same rows into the same tables, as many to a transaction."""
    raw = sqlite3.connect(place, isolation_level=None)
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("PRAGMA synchronous = FULL")
    for turn in range(batches):
        raw.execute("BEGIN IMMEDIATE")
        for table, found in rows.items():
            part = found[turn * len(found) // batches : (turn + 1) * len(found) // batches]
            marks = ", ".join("?" * len(part[0])) if part else ""
            if part:
                raw.executemany(f"INSERT OR REPLACE INTO {table} ({COLUMNS[table]}) VALUES ({marks})", part)
        raw.execute("COMMIT")
    raw.close()


def compare(folder: Path, where: str, size: int) -> None:
    path, ours, parsing, inserting = census(folder / "census.xml", *many(size)), [], [], []
    for turn in range(ROUNDS):
        place, bare = folder / f"ours-{turn}.db", folder / f"bare-{turn}.db"
        store = in_file(place)
        ours.append(timed(lambda store=store: import_cin(desk(store), path)))  # type: ignore[misc]
        store.close()
        in_file(bare, people=False).close()
        rows = rows_of(place)
        parsing.append(timed(lambda: parsed(path)))
        inserting.append(timed(lambda bare=bare, rows=rows: inserted(bare, rows, -(-size // BATCH))))  # type: ignore[misc]
    mine, xml, sql = (statistics.median(times) for times in (ours, parsing, inserting))
    print(
        f"{where}: import {size / mine:.0f} assessments/s; bare XML {size / xml:.0f}/s, raw inserts"
        f" {size / sql:.0f}/s; ratio {(xml + sql) / mine:.2f} (goal 0.3)",
        flush=True,
    )


def memory(folder: Path, size: int) -> float:
    """The peak of a process of its own that imports a file of so many children, in megabytes."""
    path, place = census(folder / f"{size}.xml", *many(size)), folder / f"{size}.db"
    in_file(place).close()
    done = subprocess.run([sys.executable, "-m", __spec__.name, "import", str(place), str(path)],
                          check=True, capture_output=True, text=True)  # fmt: skip
    return float(done.stdout.split()[-1]) / 1024


def main() -> None:
    if sys.argv[1:2] == ["import"]:
        import_cin(desk(open_store(sys.argv[2], clock=FixedClock(TODAY))), sys.argv[3])
        # not getrusage: its peak begins with that of whoever started the process
        print(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[0])
        return
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000
    with tempfile.TemporaryDirectory() as disk:
        compare(Path(disk), "disk", size)
    if not Path("/dev/shm").is_dir():
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as ram:
        compare(Path(ram), "memory", size)
        small, large = memory(Path(ram), 4_000), memory(Path(ram), 40_000)
        print(f"peak memory: {small:.0f} MB at 4,000 children, {large:.0f} MB at 40,000;"
              f" {(large - small) * 1024 * 1024 / 36_000:.0f} bytes for each more", flush=True)  # fmt: skip
        each = []
        for count in (4_000, 16_000):
            store = in_file(Path(ram) / f"verify-{count}.db")
            import_cin(desk(store), census(Path(ram) / f"verify-{count}.xml", *many(count)))
            began = time.process_time()  # of this process alone: growth is what is asked, not speed
            verified(store)
            each.append((time.process_time() - began) / count)
            store.close()
        print(f"verify: {1 / each[0]:.0f} cases/s at 4,000, {1 / each[1]:.0f}/s at 16,000 (linear: ratio"
              f" {each[1] / each[0]:.2f})", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
