"""Every figure of an authority against reading its cases and nothing more, as the number of cases grows.

Run `python -m tests.benchmarks.figures [sizes…]`. Cases are made-up ones in the store's own form: closed and open
assessments with their stages, reasons and waits, a third imported, children who come again. Goals: gathering at most
8 times as long as reading every snapshot; all figures together, worked out and put into words, at most as long as
that again; 20,000 cases in under 10 seconds, all in all.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from casereview.calendar import calendar_for
from casereview.case import Answer, Case, Listed, Reason, Run, Stay, Tally, Visit, Waited
from casereview.events import REGISTRY, Event, Happening, PersonSet, TeamSet
from casereview.ports import Store
from casereview.project import project
from casereview.service.desk import Desk
from casereview.service.figure_pages import KINDS, page, page_lines
from casereview.service.figures import Selection, gather
from casereview.testing import FixedClock
from casereview.views import Scope
from storage import open_store
from tests.benchmarks.timing import compare, medians
from workflows.catalogue import Catalogue
from workflows.definition import Definition

TODAY = date(2026, 6, 1)
VIEWER = "p-7"
FLOW = "single-assessment-2013"
CALENDAR = calendar_for("england-wales")
CATALOGUE = Catalogue()


def case(chance: random.Random, number: int, definition: Definition) -> Case:
    """An assessment of the last three years, closed after some weeks or still open."""
    opened = TODAY - timedelta(days=chance.randrange(1, 1100))
    closed = opened + timedelta(days=min(int(chance.expovariate(1 / 40)) + chance.choice((0, 14)), 400))
    ended = closed if closed < TODAY and chance.random() < 0.97 else None
    made = Case(
        f"{chance.getrandbits(128):032x}", f"SA-{number:07X}", f"Assessment {number}", FLOW, definition.version,
        definition.hash, opened=opened, closed=ended, number=20, team=f"t-{chance.randrange(12)}",
        worker=f"p-{chance.randrange(200)}", children=[f"child-{chance.randrange(number // 2 + 1):07x}"],
        imported=chance.random() < 0.3, seen_first=opened + timedelta(days=3), last_on=opened,
    )  # fmt: skip
    made.sights, made.seen_on = {"3": opened + timedelta(days=3)}, opened + timedelta(days=3)
    made.main = Visit("closed" if ended else "in-progress", 1, opened, 1)
    made.runs = {name: _run(chance, opened, ended) for name in ("decision", "first-sight", "from-referral")}
    at = opened
    for stage in ("accepted", "allocated", "planned", "in-progress", "analysis", "sign-off", "authorised", "shared"):
        until = min(at + timedelta(days=chance.randrange(9)), ended or TODAY)
        made.stays.append(Stay(stage, 1, at, until if ended or stage != "sign-off" else None))
        at = until
    made.records = {kind: Tally([4, 5], opened) for kind in ("decision", "childs-words", "quality-look") if ended}
    made.roster = {"m": Listed("Mother", told={"decision": ended} if ended else {})}
    if chance.random() < 0.2:
        made.waited = [Waited(chance.choice(("police", "school", "hospital")), "news", opened, opened)]
    return made


def _run(chance: random.Random, opened: date, ended: date | None) -> Run:
    run = Run(opened, CALENDAR.version, indicative=CALENDAR.add_working_days(opened, 45), ended=ended)
    run.asks_from, run.agreed = run.indicative, CALENDAR.add_working_days(opened, chance.randrange(20, 60))
    if chance.random() < 0.2:
        run.reasons = [Reason(8, "JUDG", "can justify", "a question is open", "she is safe", "p-1", opened)]
        run.answers = [Answer(9, "agreed", "", "p-2", opened, TODAY + timedelta(days=9))]
    return run


def fill(store: Store, size: int) -> None:
    chance, definition = random.Random(size), CATALOGUE.find(FLOW)
    people: list[Event] = [PersonSet(f"p-{n}", f"Person {n}") for n in range(200)]
    people += [TeamSet(f"t-{n}", f"Team {n}") for n in range(12)]
    with store.write() as work:
        now = FixedClock(TODAY).now()
        work.append(REGISTRY, 0, [Happening(one, TODAY) for one in people], actor=VIEWER, at=now)
        work.keep_definition(definition.hash, definition.name, definition.version, definition.text)
    for start in range(0, size, 5000):
        with store.write() as work:
            for number in range(start, min(start + 5000, size)):
                made = case(chance, number, definition)
                rows = project(made, definition, CALENDAR)
                work.save(made, rows, kind=definition.kind, stage_title="Stage")


def bare(store: Store) -> int:
    """Every case of the viewer's, folded, and nothing more."""
    with store.read() as work:
        return sum(1 for _ in work.every_case(VIEWER, Scope()))


def measure(folder: Path, size: int) -> bool:
    clock = FixedClock(TODAY)
    store = open_store(str(folder / f"{size}.db"), create=True, practice=True, clock=clock)
    fill(store, size)
    desk = Desk(store, clock, CATALOGUE, VIEWER)
    asked = Selection(by="team")
    gathered = gather(desk, asked)

    def words() -> None:
        for kind in KINDS:
            page_lines(page(desk, gathered, kind.name), gathered)

    rounds = 3 if size <= 20_000 else 1
    found = medians(
        {"read": lambda: bare(store), "gather": lambda: gather(desk, asked), "figures": words}, rounds
    )  # fmt: skip
    print(f"{size:,} cases", flush=True)
    met = compare("gathering the facts", found["gather"], "reading every case", found["read"], 8)
    met &= compare("every figure, in words", found["figures"], "gathering", found["gather"], 1)
    began = time.perf_counter()
    again = gather(desk, asked)
    for kind in KINDS:
        page_lines(page(desk, again, kind.name), again)
    took = time.perf_counter() - began
    print(f"{'all in all':<44} {took:9.2f} s", flush=True)
    store.close()
    return met and (size > 20_000 or took < 10)


def main() -> bool:
    sizes = [int(size) for size in sys.argv[1:]] or [2_000, 20_000]
    met = True
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            met &= measure(Path(folder), size)
    return met


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
