"""What was acknowledged is there: with several writers, with threads, after a kill at any moment."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casereview.errors import CaseReviewError, Conflict, StoreProblem
from casereview.testing import FixedClock
from storage import open_store
from storage.dialects import Sqlite
from storage.store import SqlStore
from tests.storage.made import AT, DAY, assert_whole, case, noted, row

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("CASEREVIEW_TEST_KILLS", "20"))

WRITER = """
import sys
from casereview.errors import Conflict
from casereview.testing import FixedClock
from storage import open_store
from tests.storage.made import AT, DAY, case, noted, row
place, stream, times = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
store = open_store(place, clock=FixedClock(DAY))
mine = case(stream, number=0)
with store.read() as reading:
    found = reading.case(None, mine.id)
mine = found or mine
while times:
    with store.write() as writing:
        mine.number = writing.append(mine.id, mine.number, [noted("n"), noted("m")], actor="p", at=AT)[-1].number
        writing.save(mine, [row()], kind="assessment", stage_title="Assessing")
    print(mine.number, flush=True)
    times -= 1
store.close()
"""


def writer(place: str, stream: int, times: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, place, str(stream), str(times)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def test_two_programs_lose_nothing_of_each_other(store: SqlStore, place: str) -> None:
    writers = [writer(place, stream, 40) for stream in (1, 2)]
    for one in writers:
        _, said = one.communicate(timeout=120)
        assert one.returncode == 0, said
    with store.read() as reading:
        assert assert_whole(reading) == 1 + 2 * 40 * 2
        for stream in (1, 2):
            kept = reading.case(None, case(stream).id)
            assert kept and kept.number == 80


def test_threads_share_a_store(store: SqlStore) -> None:
    def work(stream: int) -> None:
        for number in range(20):
            with store.write() as writing:
                writing.append(f"s{stream}", number, [noted("n")], actor="p", at=AT)
            with store.read() as reading:
                assert len(reading.history(f"s{stream}")) == number + 1

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, stream) for stream in range(4)]:
            done.result()
    with store.read() as reading:
        assert assert_whole(reading) == 81


def test_only_one_of_many_wins_the_same_number(store: SqlStore) -> None:
    barrier, won = threading.Barrier(4), []

    def work(who: int) -> None:
        barrier.wait()
        try:
            with store.write() as writing:
                writing.append("s", 0, [noted("n")], actor=f"p-{who}", at=AT)
            won.append(who)
        except Conflict as conflict:
            assert "p-" in str(conflict)

    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(work, who) for who in range(4)]:
            done.result()
    assert len(won) == 1


def test_a_reader_does_not_keep_writers_from_finishing(path: Path) -> None:
    """In rollback mode a commit waits for readers; none of ours stays longer than its own questions."""
    store = SqlStore(Sqlite(path, wal=False))
    reading, done = threading.Event(), threading.Event()

    def read() -> None:
        with store.read() as one:
            one.head()
            reading.set()
            time.sleep(0.3)
        done.set()

    reader = threading.Thread(target=read)
    reader.start()
    reading.wait()
    with store.write() as writing:
        writing.append("s", 0, [noted("n")], actor="p", at=AT)
    assert done.is_set()
    reader.join()
    store.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_child_process_uses_connections_of_its_own(path: Path) -> None:
    store = open_store(str(path), clock=FixedClock(DAY))
    with store.read() as reading:
        reading.head()
    child = os.fork()
    if not child:
        try:
            with store.write() as writing:
                writing.append("child", 0, [noted("n")], actor="p", at=AT)
            os._exit(0)
        except BaseException:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    with store.write() as writing:
        writing.append("parent", 0, [noted("n")], actor="p", at=AT)
    with store.read() as reading:
        assert assert_whole(reading) == 3
    store.close()


def test_a_waiting_writer_gives_up_with_one_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.dialects.WAIT_SECONDS", 0)
    first, second = (open_store(str(path), clock=FixedClock(DAY)) for _ in range(2))
    with first.write() as writing:
        writing.append("s", 0, [noted("n")], actor="p", at=AT)
        with pytest.raises(StoreProblem) as caught, ThreadPoolExecutor(1) as pool:
            pool.submit(lambda: second.write().__enter__()).result()
    assert "Try again" in (caught.value.remedy or "") and "\n" not in str(caught.value)
    first.close()
    second.close()


def test_a_transaction_that_failed_leaves_the_store_usable(store: SqlStore) -> None:
    for _ in range(3):
        with pytest.raises(CaseReviewError), store.write() as writing:
            writing.append("s", 0, [noted("n")], actor="p", at=AT)
            writing.save(case(1), [row()], kind="assessment", stage_title="Assessing")
            raise CaseReviewError("No.")
    with store.read() as reading:
        assert assert_whole(reading) == 1
        assert list(reading.case_ids()) == []


def test_two_cases_cannot_have_one_reference(store: SqlStore) -> None:
    with pytest.raises(StoreProblem) as caught, store.write() as writing:
        for n in (1, 2):
            writing.save(case(n, ref="SA-1"), [], kind="assessment", stage_title="Assessing")
    assert "rules" in caught.value.says


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL here")
def test_a_kill_at_any_moment_loses_nothing_acknowledged(store: SqlStore, place: str) -> None:
    """`CASEREVIEW_TEST_KILLS=100` for a longer run."""
    chance = random.Random(7)
    acknowledged = 0
    for turn in range(KILLS if store.dialect.name == "sqlite" else KILLS // 4):
        victim = writer(place, 1, -1)
        assert victim.stdout is not None and victim.stderr is not None
        first = victim.stdout.readline()  # it is writing now
        time.sleep(chance.random() * 0.15)
        victim.send_signal(signal.SIGKILL)
        rest, said = victim.communicate()
        assert first, said
        acknowledged = max(acknowledged, *map(int, (first + rest).split()))
        again = open_store(place, clock=FixedClock(DAY))
        with again.read() as reading:
            kept = reading.case(None, case(1).id)
            total = assert_whole(reading)
            assert kept is not None and kept.number == total - 1
            assert kept.number >= acknowledged, f"turn {turn}"
            assert kept.number <= acknowledged + 2, "at most the command in hand"
        again.close()
        acknowledged = kept.number
