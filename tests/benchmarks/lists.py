"""The lists over a whole store against reading its cases and nothing more, as the number of cases grows.

Run `python -m tests.benchmarks.lists [sizes…]`. The cases are those of the benchmark of figures, one in fifteen open,
with records of what was decided and of what children said. A list over every case is held against streaming every case;
one over the open ones against streaming those. Goal: at most 4 times as long.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from casereview.events import REGISTRY, Happening, KeptSet, OfficeSet
from casereview.oversight.blockages import WHAT, Act, Blockage, as_body
from casereview.service.blockages import board
from casereview.service.desk import Desk
from casereview.service.families import families
from casereview.service.morning import morning
from casereview.service.quality import closed_early, goals_and_progress, look_backs, quality_looks, referrers_answered
from casereview.service.quality_stories import continuity_for_children, repeated_concern, voices_heard
from casereview.testing import FixedClock
from casereview.views import RecordRow, Scope
from storage import open_store
from tests.benchmarks.figures import CATALOGUE, TODAY, VIEWER, fill
from tests.benchmarks.timing import compare, medians

GOAL = 4
AT = datetime(2026, 5, 1, tzinfo=UTC)
OF_ALL: dict[str, Callable[[Desk], object]] = {
    "families, closed too": lambda desk: families(desk, closed=True),
    "quality looks": quality_looks,
    "quality early": closed_early,
    "quality look-back": look_backs,
    "repeats": repeated_concern,
    "continuity": continuity_for_children,
    "referrers": referrers_answered,
    "voices": voices_heard,
}
OF_OPEN: dict[str, Callable[[Desk], object]] = {
    "today, for a service manager": morning,
    "families": families,
    "quality goals": goals_and_progress,
    "blockage list": board,
}


def write_down(desk: Desk) -> None:
    """What cases hold only in words: a look at the quality, and what the child said; and an item for every team."""
    with desk.store.read() as work:
        told = [(case.id, case.records) for case in work.every_case(VIEWER, Scope())]
    with desk.store.write() as work:
        for case_id, records in told:
            for number, kind, values in (
                (4, "decision", {"help": "early help"}),
                (5, "childs-words", {"words": "I like it when they listen.", "date": "2026-05-01"}),
            ):
                if kind in records:
                    by = RecordRow(number, kind, AT.date(), VIEWER, "Person 7", AT, values)
                    work.put_record(case_id, by)
        office = OfficeSet(VIEWER, "service-manager", since=TODAY - timedelta(days=900))
        acts = (Act(TODAY, "", "raised", "several open cases give this reason"),)
        board_of = (Blockage(f"B{n + 1}", "A wait", f"t-{n}", "WAIT", acts=acts) for n in range(12))
        items = [KeptSet(WHAT, one.key, "", as_body(one)) for one in board_of]
        facts = [Happening(one, TODAY) for one in (office, *items)]
        work.append(REGISTRY, 0, facts, actor=VIEWER, at=desk.clock.now())


def bare(desk: Desk, scope: Scope) -> int:
    """Every case of the viewer's, folded, and nothing more."""
    with desk.store.read() as work:
        return sum(1 for _ in work.every_case(VIEWER, scope))


def measure(folder: Path, size: int) -> bool:
    clock = FixedClock(TODAY)
    store = open_store(str(folder / f"{size}.db"), create=True, practice=True, clock=clock)
    fill(store, size)
    desk = Desk(store, clock, CATALOGUE, VIEWER)
    write_down(desk)
    every, still = Scope(), Scope(open=True)
    acts: dict[str, Callable[[], object]] = {
        "every case": partial(bare, desk, every), "open cases": partial(bare, desk, still)
    }  # fmt: skip
    acts |= {name: partial(act, desk) for name, act in (OF_ALL | OF_OPEN).items()}
    took = medians(acts, 3 if size <= 20_000 else 1)
    print(f"{size:,} cases, {bare(desk, still):,} of them open", flush=True)
    met = [compare(name, took[name], "every case", took["every case"], GOAL) for name in OF_ALL]
    met += [compare(name, took[name], "open cases", took["open cases"], GOAL) for name in OF_OPEN]
    store.close()
    return all(met)


def main() -> bool:
    sizes = [int(size) for size in sys.argv[1:]] or [2_000, 20_000]
    with tempfile.TemporaryDirectory() as folder:
        met = [measure(Path(folder), size) for size in sizes]
    return all(met)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
