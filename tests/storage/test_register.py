"""The register's SQL against the rules worked out row by row, over random facts, people and days."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from casereview.case import Case
from casereview.events import REGISTRY, Happening, PersonSet, TeamSet
from casereview.testing import FixedClock
from casereview.views import CaseQuery, Projected, RegisterQuery
from storage import open_store
from storage.register import _counted
from storage.standings import rank, slices
from storage.store import SqlStore
from storage.where import seen
from tests.storage.made import AT, DAY, case, row

PEOPLE = {"p-1": "Ann Ó Briain", "p-2": "Ben Straße", "p-3": "Cy"}
TEAMS = {"t-1": "North", "t-2": "100% duty_team"}
VIEWERS = (None, "p-1", "p-2", "p-3", "p-nobody")
WORKFLOWS = ("single-assessment", "chapter-8")
ORDER = (
    "urgent_late", "past_statutory", "longer_of_concern", "longer_lapsed", "longer_unexplained",
    "longer_explained", "past_agreed", "checkpoint_missed", "longer_justified", "on_course",
    "done_longer_unexplained", "done_explained_afterwards", "done_longer_justified", "done_within", "done_early",
)  # fmt: skip
OVER = {*ORDER[:7], "longer_justified"}
TEXTS = ("", "matter 1", "MATTER", "ó br", "STRASSE", "duty", "child-2", "0%", "_", "\\", "zzz", "SA-2024-0000")


# ---- random facts ------------------------------------------------------------------------------------------
def near(chance: random.Random, none: float = 0.3) -> date | None:
    return None if chance.random() < none else DAY + timedelta(days=chance.randint(-6, 6))


def a_row(chance: random.Random, name: str) -> Projected:
    if chance.random() < 0.3:
        return row(name, ended=DAY, done=chance.choice(ORDER[10:]), beyond_after=near(chance),
                   on_register=chance.random() < 0.8)  # fmt: skip
    return row(
        name, on_register=chance.random() < 0.85, asks_from=near(chance), measured=near(chance),
        beyond_after=near(chance, 0.2), target=near(chance, 0.8), next_checkpoint=near(chance, 0.5),
        word=chance.choice(("", "", "reason", "agreed", "not agreed")), live_until=near(chance),
        agreed=near(chance), promised_on=near(chance), details={"n": chance.random()},
        statutory=near(chance, 0.85),
    )  # fmt: skip


def a_case(chance: random.Random, n: int) -> tuple[Case, list[Projected]]:
    made = case(
        n, title=chance.choice(("Matter", "ma_tter 100%", "back\\slash")) + f" {n}",
        worker=chance.choice((None, *PEOPLE, "p-unknown")), team=chance.choice((None, *TEAMS)),
        workflow=chance.choice(WORKFLOWS),
        children=chance.sample(["child-1", "child-2", "child-3"], chance.randint(0, 2)),
        restricted=chance.random() < 0.3, admitted=chance.sample(list(PEOPLE), chance.randint(0, 2)),
        opened=DAY - timedelta(days=chance.randint(0, 5)), closed=DAY if chance.random() < 0.3 else None,
    )  # fmt: skip
    if chance.random() < 0.2:
        made.conflicts = {chance.choice(list(PEOPLE)): chance.choice(("declared", "accept", "restrict", "replace"))}
    names = chance.sample(["assessment", "referral", "visit"], chance.randint(0, 3))
    return made, [a_row(chance, name) for name in names]


Kept = dict[str, tuple[Case, list[Projected]]]


def save(store: SqlStore, made: list[tuple[Case, list[Projected]]]) -> None:
    with store.write() as writing:
        for one, rows in made:
            writing.save(one, rows, kind="assessment", stage_title="Assessing")


@pytest.fixture
def kept(store: SqlStore) -> Kept:
    """120 cases in the store, some of them saved twice."""
    with store.write() as writing:
        facts = [PersonSet(key, name) for key, name in PEOPLE.items()]
        facts_ = [Happening(fact, DAY) for fact in [*facts, *(TeamSet(key, name) for key, name in TEAMS.items())]]
        writing.append(REGISTRY, 0, facts_, actor="p-1", at=AT)
    chance = random.Random(11)
    made = [a_case(chance, n) for n in range(120)]
    save(store, made)
    again = [a_case(chance, n) for n in chance.sample(range(120), 30)]
    save(store, again)
    return {one.id: (one, rows) for one, rows in [*made, *again]}


# ---- the rules, row by row ---------------------------------------------------------------------------------
def standing(one: Projected, d: date) -> str:
    def before(day: date | None) -> bool:
        return day is not None and day < d

    if one.ended:
        return one.done or ""
    if before(one.target):
        return "urgent_late"
    if before(one.statutory):
        return "past_statutory"
    if not before(one.beyond_after):
        return "checkpoint_missed" if before(one.next_checkpoint) else "on_course"
    if one.word == "not agreed":
        return "longer_of_concern"
    if one.word == "agreed":
        return "longer_justified" if one.live_until and d < one.live_until else "longer_lapsed"
    if one.word == "reason":
        return "longer_explained"
    return "past_agreed" if before(one.measured) and not before(one.asks_from) else "longer_unexplained"


def may_know(one: Case, viewer: str | None) -> bool:
    if viewer is None:
        return True
    walled = one.conflicts.get(viewer, "accept") != "accept"
    return not walled and (not one.restricted or viewer in one.admitted)


def fits(one: Case, query: RegisterQuery | CaseQuery) -> bool:
    names = [PEOPLE.get(one.worker or "", ""), TEAMS.get(one.team or "", ""), one.ref, one.title, *one.children]
    return (
        any(query.text.casefold() in name.casefold() for name in names)
        and query.team in ("", one.team)
        and query.worker in ("", one.worker)
        and query.workflow in ("", one.workflow)
    )


def expected(
    kept: Kept, viewer: str | None, query: RegisterQuery, d: date
) -> tuple[list[tuple[str, str]], Counter[str]]:
    """(reference, expectation) in order, and the counts."""
    found: list[tuple[int, date, str, str, str]] = []
    for one, rows in kept.values():
        if may_know(one, viewer) and fits(one, query):
            for this in rows:
                if this.on_register and not this.ended:
                    is_now = standing(this, d)
                    since = this.target if is_now == "urgent_late" else this.beyond_after
                    since = this.statutory if is_now == "past_statutory" else since
                    found.append((ORDER.index(is_now), since or date.max, one.ref, this.expectation, is_now))
    wanted = query.standings or OVER
    listed = [(ref, name) for _, _, ref, name, is_now in sorted(found) if is_now in wanted]
    return listed, Counter(is_now for *_, is_now in found)


def worst(rows: list[Projected], d: date) -> str:
    return min((standing(one, d) for one in rows if one.on_register), key=ORDER.index, default="")


# ---- tests -------------------------------------------------------------------------------------------------
def a_query(chance: random.Random) -> dict[str, Any]:
    return {
        "text": chance.choice(TEXTS) if chance.random() < 0.4 else "",
        "team": chance.choice(("", "", *TEAMS)),
        "worker": chance.choice(("", "", "", *PEOPLE)),
        "workflow": chance.choice(("", "", *WORKFLOWS)),
        "standings": tuple(chance.sample(ORDER, chance.randint(1, 4))) if chance.random() < 0.5 else (),
    }


def test_the_register_says_what_the_rules_say(store: SqlStore, kept: Kept) -> None:
    chance = random.Random(12)
    shown = 0
    for _ in range(150):
        d, viewer = DAY + timedelta(days=chance.randint(-7, 7)), chance.choice(VIEWERS)
        query = RegisterQuery(**a_query(chance), offset=chance.choice((0, 0, 3, 40)), limit=chance.choice((5, 50, 500)))
        with store.read() as reading:
            page = reading.register(viewer, query, d)
        listed, counts = expected(kept, viewer, query, d)
        window = listed[query.offset : query.offset + query.limit]
        assert [(one.row.case, one.expectation.expectation) for one in page.rows] == window
        assert (page.total, page.counts, page.offset) == (len(listed), dict(counts), query.offset)
        for one in page.rows:
            this, rows = kept[one.row.id]
            assert one.expectation in rows
            assert one.row.standing == worst(rows, d)
            assert (one.row.worker_name, one.nation) == (PEOPLE.get(this.worker or "", ""), this.nation)
        shown += len(window)
    assert shown > 500, "the queries must not all be empty"


@pytest.mark.parametrize("order", ["concern", "-concern", "opened", "-opened", "reference", "worker", "-stage"])
def test_lists_of_cases_say_what_the_rules_say(store: SqlStore, kept: Kept, order: str) -> None:
    keys: dict[str, Callable[[date, tuple[Case, list[Projected]]], Any]] = {
        "concern": lambda d, pair: [*ORDER, ""].index(worst(pair[1], d)),
        "opened": lambda d, pair: pair[0].opened,
        "reference": lambda d, pair: pair[0].ref,
        "worker": lambda d, pair: PEOPLE.get(pair[0].worker or "", ""),
        "stage": lambda d, pair: pair[0].main.stage,
    }
    chance = random.Random(order)
    for _ in range(40):
        d, viewer = DAY + timedelta(days=chance.randint(-7, 7)), chance.choice(VIEWERS)
        query = CaseQuery(**a_query(chance), order=order, open=chance.choice((None, None, True, False)),
                          offset=chance.choice((0, 2)), limit=chance.choice((7, 500)))  # fmt: skip
        with store.read() as reading:
            page = reading.cases(viewer, query, d)
        found = [
            (one, rows)
            for one, rows in sorted(kept.values(), key=lambda pair: pair[0].ref)
            if may_know(one, viewer) and fits(one, query) and query.open in (None, one.closed is None)
            and (not query.standings or worst(rows, d) in query.standings)
        ]  # fmt: skip
        key = partial(keys[order.removeprefix("-")], d)
        found.sort(key=key, reverse=order.startswith("-"))
        window = found[query.offset : query.offset + query.limit]
        assert [row.case for row in page.rows] == [one.ref for one, _ in window]
        assert [row.standing for row in page.rows] == [worst(rows, d) for _, rows in window]
        assert page.total == len(found)


def test_every_open_row_is_in_one_slice_and_its_rank_says_which(store: SqlStore, kept: Kept) -> None:
    for d in (DAY + timedelta(days=n) for n in range(-7, 8)):
        with store.read() as reading:
            wire = reading._wire
            counted = _counted(wire, seen(wire, None, "x", "case_id"), d)
            ranked = wire.all(f"SELECT {rank(d)}, count(*) FROM expectation x WHERE x.listed GROUP BY 1 ORDER BY 1")
            everything = wire.one("SELECT count(*) FROM expectation x WHERE x.listed")
        by_slice: Counter[int] = Counter()
        for one, here in counted:
            by_slice[ORDER.index(one.standing)] += here
        assert dict(ranked) == dict(+by_slice)
        assert (sum(by_slice.values()),) == everything


# ---- how it is read ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("viewer", [None, "p-1"])
def test_the_register_is_read_from_indexes_of_open_rows_alone(path: Path, viewer: str | None) -> None:
    """On SQLite: each slice is a range of a covering index, already in order; no table is walked."""
    store = open_store(str(path), clock=FixedClock(DAY))
    assert isinstance(store, SqlStore)
    with store.read() as reading:
        wire = reading._wire
        where = seen(wire, viewer, "x", "case_id")
        for one in slices(DAY):
            sql = (
                f"SELECT x.case_id, x.name FROM expectation x WHERE x.listed AND {one.condition} AND {where.sql} "
                f"ORDER BY {one.order} LIMIT 50"
            )
            plan = [step[3] for step in wire.all(f"EXPLAIN QUERY PLAN {sql}", where.values)]
            assert plan[0].startswith("SEARCH x USING COVERING INDEX ix_expectation_"), (one, plan)
            assert not any(step.startswith("SCAN") for step in plan), (one, plan)
            if one.standing.startswith("longer") or one.standing in ("urgent_late", "past_agreed"):
                assert not any("TEMP B-TREE" in step for step in plan), (one, plan)
    store.close()
