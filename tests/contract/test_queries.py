"""Every query, on every store, lists what its words say: held against a reading of them row by row."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.calendar import Calendar, calendar_for
from casereview.case import Appointment, Case
from casereview.people import Person, Team
from casereview.ports import Reading, Store
from casereview.query import Query, parse
from casereview.query.compiling import Setting, case_query, register_query
from casereview.query.parsing import quoted
from casereview.views import Projected, RegisterPage, RegisterRow
from tests.contract import asked, brute
from tests.contract.builders import (
    CHILDREN,
    DAY,
    KINDS,
    PEOPLE,
    REFS,
    STAGES,
    TEAMS,
    WORKFLOWS,
    keep,
    listed_cases,
    make_case,
    make_row,
    near,
    projected_rows,
    seed,
)
from tests.contract.conftest import Backend
from tests.contract.test_lists import fill

CLOSED = (("t-duty", DAY - timedelta(2)), ("t-duty", DAY - timedelta(1)), ("", DAY - timedelta(3)))
NATIONS = ("england-wales", "england-wales", "scotland")
REASONS = (("", ""), ("JUDG", "can justify"), ("SYST", "system cause"), ("NONE", "none found"))
WAITS = ("", "Clinic", "the CLINIC\nPolice", "Straße 3")


def calendar(nation: str, team: str) -> Calendar:
    return calendar_for(nation, [(day, "closed") for whose, day in CLOSED if whose in ("", team)])  # type: ignore[arg-type]


def calendar_of(case: Case) -> Calendar:
    return calendar(case.nation, case.team or "")


def setting(today: date) -> Setting:
    names = {"stage": STAGES, "workflow": WORKFLOWS, "kind": KINDS, "reason": ("JUDG", "SYST", "NONE"),
             "lane": ("urgent",)}  # fmt: skip
    return Setting(
        today, asked.ME, lambda: asked.MINE, lambda: [Person(key, name) for key, name in PEOPLE.items()],
        lambda: [Team(key, name) for key, name in TEAMS.items()],
        lambda of, everywhere: {one.casefold(): (one,) for one in names[of]},
        lambda: [(one, team, calendar(one, team)) for one in dict.fromkeys(NATIONS) for team in ("", "t-duty")],
    )  # fmt: skip


# ---- stores and queries ------------------------------------------------------------------------------------------
@st.composite
def told(draw: st.DrawFn, row: Projected) -> Projected:
    reason, group = draw(st.sampled_from(REASONS))
    return replace(
        row, reason=reason, reason_class=group, waiting=draw(st.sampled_from(WAITS)),
        untold_from=draw(st.sampled_from([None, date.min]) | near), look_on=draw(st.none() | near),
        lane=draw(st.sampled_from(["", "", "urgent"])), started=draw(near),
    )  # fmt: skip


@st.composite
def stores(draw: st.DrawFn) -> list[brute.Kept]:
    found = []
    for n in draw(st.lists(st.integers(0, len(REFS) - 1), unique=True, min_size=1, max_size=len(REFS))):
        case = draw(listed_cases(n))
        case.nation = draw(st.sampled_from(NATIONS))
        roles = st.tuples(st.sampled_from(sorted(PEOPLE)), st.booleans())
        case.appointments = [
            Appointment(person, "lead-reviewer", case.opened, ended=over)
            for person, over in draw(st.lists(roles, max_size=2, unique_by=lambda one: one[0]))
        ]
        rows = [draw(told(row)) for row in draw(projected_rows())]
        found.append(brute.Kept(case, rows, draw(st.sampled_from(KINDS))))
    return found


def _some(name: str, values: Any) -> st.SearchStrategy[str]:
    chosen = st.lists(st.sampled_from(sorted(values)), min_size=1, max_size=2, unique=True)
    return chosen.map(lambda found: f"{name}:{','.join(map(quoted, found))}")


_comparing = st.sampled_from([":", "<", "<=", ">", ">="])
_day = st.one_of(near.map(str), st.just("today"), st.integers(-4, 4).map(lambda n: f"{n}d"))
_days = [st.tuples(st.just(name), _comparing, _day).map("".join)
         for name in ("opened", "started", "agreed", "look-again", "promised", "checkpoint")]  # fmt: skip
_ranges = st.tuples(near, st.integers(0, 5)).map(lambda one: f"opened:{one[0]}..{one[0] + timedelta(one[1])}")
_numbers = [st.tuples(st.just(name), _comparing, st.integers(0, 5).map(str)).map("".join)
            for name in ("beyond", "working-days")]  # fmt: skip
_spans = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda one: f"beyond:{one[0]}..{sum(one)}")
_ends = st.sampled_from(["beyond:2..", "working-days:..2", "agreed:2024-06-13..", "promised:..2024-06-14"])
_flags = st.sampled_from(["mine", "my-part", "my-teams", "no-worker", "no-team", "no-reason", "no-date", "restricted",
                          "imported", "open", "closed", "waiting", "overdue"])  # fmt: skip
_words = st.sampled_from(["CR", "sa-2024", "STRASSE", '"north team"', "%", "khan", "child-a"])
terms = st.one_of(
    _flags, _words, _ranges, _spans, _ends, *_days, *_numbers, *_numbers,
    _some("team", [*TEAMS, *TEAMS.values()]), _some("worker", [*PEOPLE, *PEOPLE.values()]), _some("stage", STAGES),
    _some("workflow", WORKFLOWS), _some("kind", KINDS), _some("child", CHILDREN), _some("reason", ["JUDG", "SYST"]),
    _some("class", asked.CLASSES), _some("waiting", ["clinic", "STRASSE", "e"]),
    _some("told", ["yes", "no", "excepted"]),
    st.just("lane:urgent"), _some("standing", [*asked.WORDS, "any"]), _some("overdue", ["lapsed", "justified"]),
)  # fmt: skip
turned = st.tuples(st.sampled_from(["", "", "-", "not "]), terms).map("".join)
sorts = st.tuples(st.sampled_from(["", "-"]), st.sampled_from(["concern", "beyond", "opened", "worker", "stage"]))
queries = st.lists(turned, min_size=1, max_size=2).map(" ".join).map(parse)


def seeded(backend: Backend) -> Store:
    store = backend.fresh()
    seed(store)
    return store


def listed(page: RegisterPage) -> list[tuple[str, str]]:
    return [(row.row.case, row.expectation.expectation) for row in page.rows]


# ---- what is listed ----------------------------------------------------------------------------------------------
def test_the_register_lists_what_the_words_say(backend: Backend) -> None:
    store = seeded(backend)

    @backend.examples(memory=200, disk=60)
    @given(stores(), st.lists(queries, min_size=4, max_size=8), near)
    def holds(every: list[brute.Kept], wanted: list[Query], day: date) -> None:
        fill(store, every)
        with store.read() as reading:
            for query in wanted:
                page = reading.register(None, register_query(query, setting(day), limit=1000), day)
                assert sorted(listed(page)) == sorted(asked.register(every, query, day, calendar_of)), str(query)

    holds()


def test_a_list_of_cases_lists_what_the_words_say(backend: Backend) -> None:
    store = seeded(backend)

    @backend.examples(memory=200, disk=60)
    @given(stores(), st.lists(queries, min_size=4, max_size=8), near)
    def holds(every: list[brute.Kept], wanted: list[Query], day: date) -> None:
        fill(store, every)
        with store.read() as reading:
            for query in wanted:
                page = reading.cases(None, case_query(query, setting(day), limit=1000), day)
                assert {row.case for row in page.rows} == asked.cases(every, query, day, calendar_of), str(query)

    holds()


def test_a_term_and_the_same_turned_round_make_the_whole(backend: Backend) -> None:
    store = seeded(backend)

    @backend.examples(memory=100, disk=30)
    @given(stores(), st.lists(terms, min_size=4, max_size=8), near)
    def holds(every: list[brute.Kept], wanted: list[str], day: date) -> None:
        fill(store, every)
        with store.read() as reading:
            for term in wanted:
                halves = [refs_of(reading, f"{dash}{term}", day) for dash in ("", "-")]
                assert sorted(halves[0] + halves[1]) == sorted(kept.case.ref for kept in every), term

    holds()


def refs_of(reading: Reading, text: str, day: date) -> list[str]:
    return [row.case for row in reading.cases(None, case_query(parse(text), setting(day), limit=1000), day).rows]


# ---- order and headings ------------------------------------------------------------------------------------------
def test_the_register_is_in_the_order_asked_for_and_under_its_headings(backend: Backend) -> None:
    store = seeded(backend)

    @backend.examples(memory=150, disk=50)
    @given(stores(), sorts, st.sampled_from(["", "team", "worker", "reason", "waiting"]), st.integers(1, 4))
    def holds(every: list[brute.Kept], by: tuple[str, str], group: str, limit: int) -> None:
        fill(store, every)
        text = f"standing:any sort:{by[0]}{by[1]}" + (f" group:{group}" if group else "")
        query = register_query(parse(text), setting(DAY), limit=1000)
        with store.read() as reading:
            whole = reading.register(None, query, DAY)
            assert sorted(listed(whole)) == sorted(asked.register(every, parse(text), DAY, calendar_of))
            pages = [
                reading.register(None, replace(query, offset=offset, limit=limit), DAY)
                for offset in range(0, whole.total + limit, limit)
            ]
        assert tuple(row for page in pages for row in page.rows) == whole.rows
        assert {page.groups for page in pages} == {whole.groups}
        headings = [group_of(row, group) for row in whole.rows]
        assert [(one.key, one.count) for one in whole.groups] == (list(Counter(headings).items()) if group else [])
        assert headings == sorted(headings, key=headings.index)
        titles = [one.title.casefold() for one in whole.groups if one.key]
        assert titles == sorted(titles) and all(one.key for one in whole.groups[:-1])
        for heading in set(headings):
            rows = [row for row, its in zip(whole.rows, headings, strict=True) if its == heading]
            keys = [order_of(row, by[1]) for row in rows]
            assert keys == sorted(keys, reverse=by[0] == "-")
            for key in keys:
                same = [row.row.case for row, its in zip(rows, keys, strict=True) if its == key]
                assert same == sorted(same), "ties are in order of reference"

    holds()


def group_of(row: RegisterRow, group: str) -> str:
    of = {"team": row.row.team or "", "worker": row.row.worker or "", "reason": row.expectation.reason,
          "waiting": row.expectation.waiting}  # fmt: skip
    return of.get(group, "")


def order_of(row: RegisterRow, by: str) -> Any:
    seen = row.expectation
    standing = brute.standing(seen, DAY)
    since = late(seen, DAY)
    return {"concern": (brute.ORDER.index(standing), since), "beyond": since, "opened": row.row.opened,
            "worker": row.row.worker_name, "stage": row.row.stage}[by]  # fmt: skip


def test_cases_longest_past_their_date_come_first(backend: Backend) -> None:
    store = seeded(backend)

    @backend.examples(memory=80, disk=25)
    @given(stores(), st.sampled_from(["", "-"]), near)
    def holds(every: list[brute.Kept], dash: str, day: date) -> None:
        fill(store, every)
        with store.read() as reading:
            found = refs_of(reading, f"sort:{dash}beyond", day)
        keys = [min((late(row, day) for row in kept.rows), default=10**9) for kept in ordered(every, found)]
        assert sorted(found) == sorted(kept.case.ref for kept in every)
        assert keys == sorted(keys, reverse=dash == "-")

    holds()


def ordered(every: list[brute.Kept], refs: list[str]) -> list[brute.Kept]:
    by_ref = {kept.case.ref: kept for kept in every}
    return [by_ref[ref] for ref in refs]


def late(row: Projected, day: date) -> int:
    if not row.on_register or row.ended:
        return 10**9
    own = {"urgent_late": row.target, "past_statutory": row.statutory}
    since = own.get(brute.standing(row, day), row.beyond_after)
    return since.toordinal() if since else 10**9


def test_one_row_of_everything_by_hand(store: Store) -> None:
    """A restricted case is found only by who may know of it, whatever is asked."""
    why = {"reason": "SPEC", "reason_class": "only with an owned action"}
    late_row = make_row(asks_from=DAY - timedelta(20), **why)
    keep(store, make_case(1, worker="p-ben", team="t-north"), rows=[late_row])
    keep(store, make_case(2, worker="p-ben", restricted=True, admitted=["p-cleo"]), rows=[late_row])
    names = setting(DAY)
    for text, known, admitted in (
        ("told:no", 1, 2), ("restricted", 0, 1), ("-restricted", 1, 1), ("mine", 1, 2), ("beyond>10", 1, 2),
        ("class:owned-action", 1, 2), ("no-date group:team", 1, 2), ("not told:no", 0, 0), ("my-teams", 0, 0),
        ("team:north", 1, 1), ("no-team", 0, 1), ("group:worker", 1, 2),
    ):  # fmt: skip
        for viewer, found in (("p-ben", known), ("p-cleo", admitted)):
            with store.read() as reading:
                page = reading.register(viewer, register_query(parse(text), names), DAY)
            assert (page.total, sum(page.counts.values()), len(page.rows)) == (found, found, found), (text, viewer)
            assert sum(one.count for one in page.groups) == (found if "group" in text else 0)


CONTRADICTIONS = ("standing:lapsed standing:explained", "overdue -overdue", "beyond<0", "-standing:any")


@pytest.mark.parametrize("text", CONTRADICTIONS)
def test_what_contradicts_itself_lists_nothing(store: Store, text: str) -> None:
    keep(store, make_case(1), rows=[make_row(asks_from=DAY - timedelta(1))])
    with store.read() as reading:
        assert reading.register(None, register_query(parse(text), setting(DAY)), DAY).total == 0


def test_the_longest_query_there_can_be_is_answered(store: Store) -> None:
    keep(store, make_case(1), rows=[make_row(asks_from=DAY - timedelta(1), waiting="the clinic")])
    many = ",".join(f"w{n}" for n in range(19))
    words = [f"waiting:clinic,{many}"] * 20 + ["matter"] * 10 + ["beyond<9"] * 10
    for text in (" ".join(words), " ".join([*words[:39], "group:waiting"])):
        with store.read() as reading:
            assert reading.register(None, register_query(parse(text), setting(DAY)), DAY).total == 1
    with store.read() as reading:
        assert reading.cases(None, case_query(parse(" ".join(words)), setting(DAY)), DAY).total == 1
