"""Lists of cases and the register of every store against a second opinion worked out row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.ports import Store
from casereview.rows import standing_of_row
from casereview.views import OVERDUE, CaseQuery, CaseRow, RegisterQuery
from tests.contract import brute
from tests.contract.builders import (
    DAY,
    KINDS,
    REFS,
    case_id,
    case_queries,
    keep,
    listed_cases,
    make_case,
    make_row,
    near,
    projected_rows,
    register_queries,
    seed,
)
from tests.contract.conftest import Backend

BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


@st.composite
def stores(draw: st.DrawFn) -> list[brute.Kept]:
    numbers = draw(st.lists(st.integers(0, len(REFS) - 1), unique=True, max_size=len(REFS)))
    return [brute.Kept(draw(listed_cases(n)), draw(projected_rows()), draw(st.sampled_from(KINDS))) for n in numbers]


def fill(store: Store, every: Sequence[brute.Kept]) -> None:
    with store.write() as writing:
        writing.forget_projections()
        for kept in every:
            case = kept.case
            writing.save(case, kept.rows, kind=kept.kind, stage_title=case.main.stage.title())


def seeded(backend: Backend) -> Store:
    store = backend.fresh()
    seed(store)
    return store


# ---- the register -----------------------------------------------------------------------------------
def test_the_register_is_what_a_person_would_work_out(backend: Backend) -> None:
    store = seeded(backend)

    @backend.examples(memory=150, disk=40)
    @given(stores(), st.lists(register_queries, min_size=1, max_size=4), near)
    def holds(every: list[brute.Kept], queries: list[RegisterQuery], day: date) -> None:
        fill(store, every)
        by_ref = {kept.case.ref: kept for kept in every}
        with store.read() as reading:
            for query in queries:
                expected, counts = brute.register(every, query, day)
                page = reading.register(None, query, day)
                got = [(row.row.case, row.expectation.expectation) for row in page.rows]
                assert got == expected[query.offset : query.offset + query.limit]
                assert (page.total, page.offset) == (len(expected), query.offset)
                assert +Counter(page.counts) == counts
                for row in page.rows:
                    kept = by_ref[row.row.case]
                    assert row.expectation in kept.rows
                    assert (row.nation, row.working_days, row.beyond) == (kept.case.nation, 0, 0)
                    assert row.row == whole_list(reading, day)[kept.case.id]

    holds()


def whole_list(reading: Any, day: date) -> dict[str, CaseRow]:
    return {row.id: row for row in reading.cases(None, CaseQuery(limit=1000), day).rows}


def test_pages_of_the_register_make_the_whole(backend: Backend) -> None:
    store = seeded(backend)

    @backend.examples(disk=15)
    @given(stores(), register_queries, st.integers(1, 3))
    def holds(every: list[brute.Kept], query: RegisterQuery, limit: int) -> None:
        fill(store, every)
        with store.read() as reading:
            whole = reading.register(None, replace(query, offset=0, limit=1000), DAY)
            pages = [
                reading.register(None, replace(query, offset=offset, limit=limit), DAY)
                for offset in range(0, whole.total + limit, limit)
            ]
        assert tuple(row for page in pages for row in page.rows) == whole.rows
        assert {page.total for page in pages} == {whole.total} == {len(whole.rows)}
        assert all(page.counts == whole.counts for page in pages)

    holds()


def test_every_open_standing_in_the_order_of_concern(store: Store) -> None:
    """One case of each standing, written out by hand."""
    late: dict[str, Any] = {"asks_from": BEFORE}
    rows: dict[str, dict[str, Any]] = {
        "on_course": {"asks_from": DAY, "next_checkpoint": DAY, "target": DAY},
        "longer_justified": {**late, "word": "agreed", "live_until": AFTER},
        "checkpoint_missed": {"next_checkpoint": BEFORE},
        "past_agreed": {"measured": BEFORE, "asks_from": DAY},
        "longer_explained": {**late, "word": "reason"},
        "longer_unexplained": {**late, "measured": BEFORE},
        "longer_lapsed": {**late, "word": "agreed", "live_until": DAY},
        "longer_of_concern": {**late, "word": "not agreed"},
        "past_statutory": {**late, "word": "agreed", "live_until": AFTER, "statutory": BEFORE, "target": DAY},
        "urgent_late": {"target": BEFORE, "asks_from": AFTER, "statutory": BEFORE},
    }
    for n, (standing, dates) in enumerate(rows.items(), 1):
        keep(store, make_case(n, title=standing), rows=[make_row(**dates)])
    keep(store, make_case(20), rows=[make_row(on_register=False, asks_from=BEFORE)])
    keep(store, make_case(21), rows=[make_row(ended=BEFORE, done="done_within")])
    with store.read() as reading:
        overdue = reading.register(None, RegisterQuery(), DAY)
        every = reading.register(None, RegisterQuery(standings=tuple(rows)), DAY)
        cases = {row.title: row.standing for row in reading.cases(None, CaseQuery(), DAY).rows}
    in_order = [one for one in brute.ORDER if one in rows]
    assert [row.row.title for row in every.rows] == in_order
    assert [row.row.title for row in overdue.rows] == [one for one in in_order if one in OVERDUE]
    assert every.counts == overdue.counts == dict.fromkeys(rows, 1)
    assert {title: cases[title] for title in rows} == {title: title for title in rows}
    assert (cases["Matter 20"], cases["Matter 21"]) == ("", "done_within")


def test_longest_beyond_first_then_reference(store: Store) -> None:
    for n, days in enumerate([1, 5, 3, 5], 1):
        keep(store, make_case(n, ref=f"CR-{9 - n}"), rows=[make_row(asks_from=DAY - timedelta(days))])
    with store.read() as reading:
        page = reading.register(None, RegisterQuery(), DAY)
    assert [row.row.case for row in page.rows] == ["CR-5", "CR-7", "CR-6", "CR-8"]


def test_the_urgent_are_ordered_by_their_own_target(store: Store) -> None:
    for n, days in enumerate([1, 3, 2], 1):
        row = make_row(target=DAY - timedelta(days), asks_from=DAY - timedelta(10 - days))
        keep(store, make_case(n), rows=[row])
    with store.read() as reading:
        page = reading.register(None, RegisterQuery(), DAY)
    assert [row.row.id for row in page.rows] == [case_id(2), case_id(3), case_id(1)]
    assert page.counts == {"urgent_late": 3}


def test_open_and_closed_cases(store: Store) -> None:
    keep(store, make_case(1), make_case(2, closed=DAY), make_case(3, closed=AFTER))
    with store.read() as reading:
        found = {
            which: {row.id for row in reading.cases(None, CaseQuery(open=which), DAY).rows}
            for which in (None, True, False)
        }
    assert found[True] == {case_id(1)}
    assert found[False] == {case_id(2), case_id(3)}
    assert found[None] == found[True] | found[False]


def test_one_case_shows_everything_tracked(store: Store) -> None:
    rows = [
        make_row("decision", asks_from=BEFORE),
        make_row("report", on_register=False),
        make_row("visit", ended=BEFORE, done="done_early"),
    ]
    keep(store, make_case(), make_case(2), rows=rows)
    with store.read() as reading:
        page = reading.register(None, RegisterQuery(case=case_id(1)), DAY)
        assert reading.register(None, RegisterQuery(case="no such id"), DAY).total == 0
    assert [row.expectation for row in page.rows] == rows
    assert page.counts == {"longer_unexplained": 1, "on_course": 1, "done_early": 1}


# ---- cases ------------------------------------------------------------------------------------------
def sort_key(order: str, row: CaseRow) -> Any:
    keys = {
        "concern": brute.ORDER.index(row.standing), "opened": row.opened, "reference": row.case,
        "stage": row.stage, "worker": row.worker_name,
    }  # fmt: skip
    return keys[order.removeprefix("-")]


def test_a_list_of_cases_is_what_was_asked_for(backend: Backend) -> None:
    store = seeded(backend)

    @backend.examples(memory=150, disk=40)
    @given(stores(), st.lists(case_queries, min_size=1, max_size=4), near)
    def holds(every: list[brute.Kept], queries: list[CaseQuery], day: date) -> None:
        fill(store, every)
        with store.read() as reading:
            for query in queries:
                page = reading.cases(None, replace(query, offset=0, limit=1000), day)
                assert {row.id for row in page.rows} == brute.listed(every, query, day)
                assert page.total == len(page.rows)
                part = reading.cases(None, query, day)
                assert part.rows == page.rows[query.offset : query.offset + query.limit]
                assert (part.total, part.offset) == (page.total, query.offset)
                keys = [sort_key(query.order, row) for row in page.rows]
                assert keys == sorted(keys, reverse=query.order.startswith("-"))
                for key in set(keys):
                    refs = [row.case for row, its in zip(page.rows, keys, strict=True) if its == key]
                    assert refs == sorted(refs), "ties are in order of reference"
                assert all(row.standing == brute.of_case(kept, day) for row, kept in paired(page.rows, every))

    holds()


def paired(rows: Sequence[CaseRow], every: Sequence[brute.Kept]) -> list[tuple[CaseRow, brute.Kept]]:
    by_id = {kept.case.id: kept for kept in every}
    return [(row, by_id[row.id]) for row in rows]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {1, 2, 3}),
        ("STRASSE", {1}),
        ("straße", {1}),
        ("100%", {2, 3}),  # the title of one, the team of another
        ("0%_", set()),
        ("_", {2, 3}),
        ("\\", {1}),
        ("weissmann", {3}),
        ("ŞEHİR".casefold(), {2}),
        ("CHILD-A", {1}),
        ("child-achild-b", set()),  # two fields are not one text
        ("sa-2024-0000", {1, 2, 3}),
        ("amira", set()),
        (" matter ", set()),
    ],
)
def test_text_is_found_whatever_its_case(store: Store, text: str, found: set[int]) -> None:
    keep(
        store,
        make_case(1, title="Schloßstraße \\ back", children=["child-a", "child-b"]),
        make_case(2, title="100% done_now ŞEHİR"),
        make_case(3, worker="p-cleo", team="t-duty"),
    )
    for n in (1, 2, 3):
        with store.read() as reading:
            case = reading.snapshot(case_id(n))
        assert case is not None
        keep(store, case, rows=[make_row(asks_from=BEFORE)])
    with store.read() as reading:
        ids = {row.id for row in reading.cases(None, CaseQuery(text=text), DAY).rows}
        page = reading.register(None, RegisterQuery(text=text), DAY)
    assert ids == {row.row.id for row in page.rows} == {case_id(n) for n in found}
    assert sum(page.counts.values()) == page.total == len(found)


def test_a_page_past_the_end_is_empty_and_still_says_how_many(store: Store) -> None:
    keep(store, make_case(1), make_case(2), rows=[make_row(asks_from=BEFORE)])
    with store.read() as reading:
        cases = reading.cases(None, CaseQuery(offset=9), DAY)
        register = reading.register(None, RegisterQuery(offset=9), DAY)
    assert (cases.rows, cases.total, cases.offset) == ((), 2, 9)
    assert (register.rows, register.total, register.offset) == ((), 2, 9)
    assert register.counts == {"longer_unexplained": 2}


@given(projected_rows(), near)
def test_the_standing_of_a_row_has_one_answer(rows: Any, day: date) -> None:
    for row in rows:
        assert standing_of_row(row, day) == brute.standing(row, day)
