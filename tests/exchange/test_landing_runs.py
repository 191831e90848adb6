"""An import that is killed can be run again, and a large file needs hardly more memory than a small one."""

from __future__ import annotations

import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

from casereview.exchange.landing import import_cin
from casereview.testing import FixedClock
from storage import open_store
from tests.exchange.support import TODAY, alike, cases, census, desk, in_file, in_memory, many, verified

CHILD = """
import sys
from casereview.exchange import landing
from storage import open_store
from tests.exchange.support import desk
from casereview.testing import FixedClock
from tests.exchange.support import TODAY
landing.BATCH = 25
store = open_store(sys.argv[1], clock=FixedClock(TODAY))
print("ready", flush=True)
landing.import_cin(desk(store), sys.argv[2])
print("done", flush=True)
"""


def landed(place: Path) -> int:
    store = open_store(str(place), clock=FixedClock(TODAY))
    with store.read() as work:
        found = sum(1 for _ in work.case_ids())
    store.close()
    return found


def test_killed_in_the_middle_and_run_again_it_ends_as_one_whole_run(tmp_path: Path) -> None:
    path, place = census(tmp_path / "census.xml", *many(600)), tmp_path / "cases.db"
    in_file(place).close()
    import_cin(desk(whole := in_memory()), path)
    partial: list[int] = []
    for wait in (0.05, 0.2, 0.4):
        run = subprocess.Popen([sys.executable, "-c", CHILD, str(place), str(path)], stdout=subprocess.PIPE, text=True)
        assert run.stdout is not None and run.stdout.readline() == "ready\n"
        goal = (partial[-1] if partial else 0) + 25
        for _ in range(400):
            if run.poll() is not None or landed(place) >= goal:
                break
            time.sleep(0.01)
        time.sleep(wait)
        run.kill()
        run.wait()
        run.stdout.close()
        partial.append(landed(place))
        assert partial[-1] % 25 == 0  # whole batches only
    assert 0 < partial[0] < 600 and partial == sorted(partial)
    store = open_store(str(place), clock=FixedClock(TODAY))
    report = import_cin(desk(store), path)
    assert (report.read, report.created, report.unchanged) == (600, 600 - partial[-1], partial[-1])
    assert list(map(alike, cases(store))) == list(map(alike, cases(whole)))
    assert verified(store).ok
    store.close()


def test_memory_grows_by_the_marks_of_what_was_seen_only(tmp_path: Path) -> None:
    peaks = []
    for size in (300, 3_000):
        path, store = census(tmp_path / f"{size}.xml", *many(size)), in_file(tmp_path / f"{size}.db")
        tracemalloc.start()
        try:
            report = import_cin(desk(store), path, dry_run=True)
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
            store.close()
        assert report.created == size
    # A mark for each child and each assessment, in sets that keep room for several times as many: under
    # 600 bytes. A row kept would be some thousands.
    assert peaks[1] - peaks[0] < 2_700 * 600, peaks
