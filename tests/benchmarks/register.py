"""The register's first page and counts against the same question in raw SQL, as the number of cases grows.

Run `python -m tests.benchmarks.register [sizes…]`. Rows come from random facts: about 7% open, 5% over, 1%
restricted, a few conflicts of interest. Goals: at most 4 times raw at 100,000 assessments, 2 times at
1,000,000; the first page alone flat; a search or a saved view at most 3 times the register.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from casereview.calendar import calendar_for
from casereview.case import Case, Visit
from casereview.ports import Store
from casereview.query import parse
from casereview.query.compiling import Setting, register_query
from casereview.testing import FixedClock
from casereview.views import CaseQuery, Projected, RegisterQuery, Word
from storage import open_store
from storage.compiled import INSERT
from storage.dialects import Row
from storage.headings import Order, page_of
from storage.rows import access_values, case_values, expectation_values
from storage.standings import slices
from storage.store import SqlStore
from storage.where import seen

TODAY = date(2026, 6, 1)
VIEWER = "p-7"
WORDS: tuple[Word, ...] = ("", "reason", "agreed", "not agreed")
REASONS = (("", ""), ("SPEC", "only with an owned action"), ("JUDG", "can justify"), ("CAPA", "system cause"))
# Views as people save them; the calendars of terms in working days are the service's work, not measured here.
SETTING = Setting(
    TODAY,
    VIEWER,
    lambda: ["t-7", "t-8"],
    list,
    list,
    lambda of, everywhere: {},
    lambda: [("england-wales", "", calendar_for("england-wales")), ("scotland", "", calendar_for("scotland"))],
)
VIEWS = {
    "view: lapsed": "overdue:lapsed my-teams",
    "view: told": "overdue told:no",
    "view: no date": "no-date",
    "view: look": "overdue:justified look-again<7d",
    "view: beyond": "beyond>10 class:system sort:beyond",
    "view: waits": "waiting group:waiting",
    "view: team": "group:team",
    "view: worker": "sort:worker",
    "view: by worker": "overdue group:worker",
}
DONE = ("done_within", "done_early", "done_longer_justified", "done_longer_unexplained")


def day(chance: random.Random, low: int, high: int) -> date:
    return TODAY + timedelta(days=chance.randint(low, high))


def projected(chance: random.Random) -> Projected:
    """One expectation: 93 of 100 ended, 5 of the other 7 past a date."""
    started = day(chance, -900, -300)
    if chance.random() >= 0.07:
        return Projected(
            "assessment", "Assessment", True, started, started + timedelta(days=60), chance.choice(DONE),
            asks_from=started + timedelta(days=63), beyond_after=started + timedelta(days=63),
        )  # fmt: skip
    over = chance.random() < 0.72
    asks = day(chance, -200, -1) if over else day(chance, 0, 60)
    measured = asks + timedelta(days=chance.randint(-20, 20)) if chance.random() < 0.3 else None
    return Projected(
        "assessment", "Assessment", True, started, asks_from=asks, measured=measured,
        beyond_after=min(asks, measured or asks),
        target=day(chance, -30, 30) if chance.random() < 0.02 else None,
        next_checkpoint=day(chance, -5, 30) if chance.random() < 0.5 else None,
        word=chance.choice(WORDS) if over else "", live_until=day(chance, -30, 60), promised_on=day(chance, -5, 20),
        details={"reason": {"code": "awaiting", "text": "Waiting for the health assessment."}},
        reason=(reason := chance.choice(REASONS))[0], reason_class=reason[1],
        untold_from=chance.choice((None, None, date.min)),
        waiting="Clinic" if chance.random() < 0.2 else "", look_on=day(chance, -30, 60) if over else None,
    )  # fmt: skip


def case(chance: random.Random, number: int) -> Case:
    made = Case(
        f"{chance.getrandbits(128):032x}", f"SA-{2020 + number % 7}-{number:07X}",
        f"Assessment of need {number}", "single-assessment", "1", "0" * 64,
    )  # fmt: skip
    made.opened, made.main = day(chance, -900, -300), Visit("assessing", 1, TODAY, 1)
    made.team, made.worker = f"t-{chance.randrange(40)}", f"p-{chance.randrange(400)}"
    made.children = [f"child-{chance.getrandbits(48):012x}"]
    made.restricted, made.number = chance.random() < 0.01, 5
    if made.restricted:
        made.admitted = [f"p-{chance.randrange(400)}" for _ in range(3)]
    if chance.random() < 0.002:
        made.conflicts = {f"p-{chance.randrange(400)}": "declared"}
    return made


def fill(store: Store, path: Path, size: int) -> None:
    """Straight into the tables: how rows got there does not matter to a reader."""
    chance = random.Random(size)
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        for start in range(0, size, 20_000):
            tables: dict[str, list[Row]] = {"case_file": [], "expectation": [], "access": []}
            for number in range(start, min(start + 20_000, size)):
                made, row = case(chance, number), projected(chance)
                file = case_values(made, [row], "assessment", "Assessing")
                tables["case_file"].append(file)
                tables["expectation"].append(expectation_values(made, 0, row, file[-1], "assessment"))
                tables["access"] += access_values(made)
            for table, rows in tables.items():
                connection.executemany(INSERT[table], rows)
        for number in range(400):
            connection.execute(INSERT["person"], (f"p-{number}", f"Worker {number}", "", False, f"worker {number}"))
        for number in range(40):
            connection.execute(INSERT["team"], (f"t-{number}", f"Team {number}", f"team {number}"))
        connection.execute("COMMIT")
    connection.close()


# ---- the same question in raw SQL, without access rules, names or any Python in between ----------------------
_D = TODAY.isoformat()
_BEYOND = f"listed AND beyond_after < '{_D}' AND (target IS NULL OR target >= '{_D}')"
RAW_COUNTS = f"""
    SELECT word, count(*), sum(live_until > '{_D}'),
           sum(measured < '{_D}' AND (asks_from IS NULL OR asks_from >= '{_D}'))
    FROM expectation WHERE word IN ('', 'agreed', 'not agreed', 'reason') AND {_BEYOND} GROUP BY word
"""
RAW_URGENT = f"SELECT count(*) FROM expectation WHERE listed AND target < '{_D}'"
RAW_PAGE = f"SELECT * FROM expectation WHERE listed AND target < '{_D}' ORDER BY target, ref LIMIT 50"
RAW_MORE = f"SELECT * FROM expectation WHERE word = 'not agreed' AND {_BEYOND} ORDER BY beyond_after, ref LIMIT 50"


def raw(connection: sqlite3.Connection) -> None:
    connection.execute(RAW_COUNTS).fetchall()
    connection.execute(RAW_URGENT).fetchall()
    raw_page(connection)


def raw_page(connection: sqlite3.Connection) -> None:
    if len(connection.execute(RAW_PAGE).fetchall()) < 50:
        connection.execute(RAW_MORE).fetchall()


# ---- measuring -----------------------------------------------------------------------------------------------
def quickest_ms(work: dict[str, Callable[[], Any]], repeats: int) -> dict[str, float]:
    """Each piece of work in turn; the quickest of the repeats, what is slower being the machine's other work."""
    times: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(repeats + 1):
        for name, act in work.items():
            began = time.perf_counter()
            act()
            times[name].append((time.perf_counter() - began) * 1000)
    return {name: min(found[1:]) for name, found in times.items()}


def measure(folder: Path, size: int) -> dict[str, float]:
    path = folder / f"{size}.db"
    store = open_store(str(path), create=True, practice=True, clock=FixedClock(TODAY))
    assert isinstance(store, SqlStore)
    fill(store, path, size)
    connection = sqlite3.connect(path)

    def register(query: RegisterQuery) -> Callable[[], object]:
        def act() -> object:
            with store.read() as reading:
                return reading.register(VIEWER, query, TODAY)

        return act

    def first_page() -> object:
        with store.read() as reading:
            wire = reading._wire
            # a standing with more than a page of rows at every size
            one = next(one for one in slices(TODAY) if one.standing == "longer_of_concern")
            order = Order(one.condition, one.order)
            found = page_of(wire, store.dialect, seen(wire, VIEWER, "x", "case_id"), order, 0, 50)
            assert len(found) == 50
            return found

    def cases(query: CaseQuery) -> Callable[[], object]:
        def act() -> object:
            with store.read() as reading:
                return reading.cases(VIEWER, query, TODAY)

        return act

    found = quickest_ms(
        {
            "raw": lambda: raw(connection),
            "raw page": lambda: raw_page(connection),
            "first page": first_page,
            "register": register(RegisterQuery()),
            "one team": register(RegisterQuery(team="t-7")),
            "search": register(RegisterQuery(text="need 123")),
            **{name: register(register_query(parse(text), SETTING)) for name, text in VIEWS.items()},
            "cases": cases(CaseQuery()),
            "cases search": cases(CaseQuery(text="need 123")),
            "cases overdue": cases(CaseQuery(standings=("urgent_late", "longer_unexplained"))),
            "cases concern": cases(CaseQuery(order="concern")),
        },
        9 if size > 200_000 else 25,
    )
    connection.close()
    store.close()
    return found


def lines(sizes: list[int]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            found = measure(Path(folder), size)
            yield f"{size:>9,} assessments: raw {found['raw']:.2f} ms"
            for name, took in found.items():
                of = "register" if name in ("search", "one team") or name in VIEWS else "raw"
                against = found[of]
                yield f"    {name:<14} {took:9.2f} ms  {took / against:6.2f} x {of}"


def main() -> None:
    for line in lines([int(size) for size in sys.argv[1:]] or [10_000, 100_000, 1_000_000]):
        print(line, flush=True)


if __name__ == "__main__":
    main()
