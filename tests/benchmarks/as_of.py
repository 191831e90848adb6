"""What looking at everything on an earlier day costs, against checking the same store, and whether it stays linear.

Run `python -m tests.benchmarks.as_of`, or with `--store FILE --day DATE` on a store of any size. Goals: reading the
past of a whole store takes no longer than `verify` of it (both fold every case again); and per entry no more than
1.3 times as much where there is four times as much of it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from casereview.clock import PinnedClock
from casereview.service import whole
from casereview.service.asof import PastDesk, desk_at
from casereview.service.desk import Desk
from casereview.service.reading import register
from casereview.simulation.demo import build_demo
from casereview.testing import FixedClock
from casereview.views import RegisterQuery
from storage import open_store
from tests.benchmarks.timing import compare, medians
from workflows.catalogue import Catalogue

TODAY = date(2026, 11, 20)
BACK = timedelta(days=182)
SCALES = (0.1, 0.4)
ROUNDS = 3


def built(folder: Path, scale: float) -> Desk:
    clock = FixedClock(TODAY)
    store = open_store(str(folder / f"{scale}.db"), create=True, practice=True, clock=clock)
    desk = Desk(store, clock, Catalogue(), "runner")
    build_demo(desk, scale=scale, name="The runner", login="runner")
    return Desk(store, PinnedClock(TODAY), Catalogue(), "runner")


def look_back(desk: Desk, day: date) -> int:
    past = desk_at(desk, day)
    assert isinstance(past, PastDesk)
    found = register(past, RegisterQuery()).total
    past.close()
    return found


def entries(desk: Desk) -> int:
    with desk.reading() as work:
        return work.head().seq


def one_store(place: str, day: date) -> None:
    """Times a store that is there already, with what `desk_at` says on its way."""
    store = open_store(place, clock=PinnedClock(TODAY))
    with store.read() as work:
        person = next(p.id for p in work.people() if p.offices)
    desk = Desk(store, PinnedClock(TODAY), Catalogue(), person)
    shown = [0]

    def say(what: str, done: int, of: int) -> None:
        if of and 20 * done // of > shown[0]:
            shown[0] = 20 * done // of
            print(f"{what}: {done:,} of {of:,}", flush=True)

    began = time.perf_counter()
    past = desk_at(desk, day, say)
    read = time.perf_counter()
    total = register(past, RegisterQuery()).total
    took = time.perf_counter()
    said = f"{total:,} overdue on {day} in {took - read:.3f} s"
    print(f"{entries(desk):,} entries: past read in {read - began:.1f} s, {said}")


def main() -> bool:
    if "--store" in sys.argv:
        one_store(sys.argv[sys.argv.index("--store") + 1], date.fromisoformat(sys.argv[sys.argv.index("--day") + 1]))
        return True
    met, each = True, []
    with tempfile.TemporaryDirectory() as folder:
        for scale in SCALES:
            desk = built(Path(folder), scale)
            took = medians(
                {"past": partial(look_back, desk, TODAY - BACK), "verify": partial(whole.verify, desk)}, ROUNDS
            )
            count = entries(desk)
            met &= compare(f"{count:,} entries as on {TODAY - BACK}", took["past"], "verify", took["verify"], 1.0)
            each.append(took["past"] / count)
    met &= compare("per entry, four times as many", each[1], "the fewer", each[0], 1.3)
    return met


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
