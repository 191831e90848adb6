"""Law 7 on every store: what a person may not know of answers exactly as if it had never existed."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from casereview.case import Appointment, Case
from casereview.events import ChildSet
from casereview.ports import Reading, Store
from casereview.testing import FixedClock, MemoryStore
from casereview.views import CaseQuery, RegisterQuery
from tests.contract import brute
from tests.contract.builders import (
    CHILDREN,
    DAY,
    KINDS,
    PEOPLE,
    REFS,
    STRANGER,
    TEAMS,
    case_id,
    case_queries,
    keep,
    listed_cases,
    make_case,
    make_row,
    projected_rows,
    register_queries,
    seed,
    tell_registry,
)
from tests.contract.conftest import Backend

NUMBERS = range(4)
LEAD = Appointment("p-amira", "lead", DAY)
numbers = st.sampled_from(NUMBERS)
viewers = st.sampled_from([*sorted(PEOPLE), STRANGER, ""])
contents = st.tuples(st.one_of([listed_cases(n) for n in NUMBERS]), projected_rows(), st.sampled_from(KINDS))
word_of_conflict = st.sampled_from(["declared", "accept", "restrict", "replace"])


def save(store: Store, kept: brute.Kept) -> None:
    with store.write() as writing:
        writing.save(kept.case, kept.rows, kind=kept.kind, stage_title=kept.case.main.stage.title())


def without(hidden: set[str], every: list[brute.Kept]) -> Store:
    """A store in which the hidden cases never were."""
    store = MemoryStore(clock=FixedClock(DAY), empty=True)
    seed(store)
    for kept in every:
        if kept.case.id not in hidden:
            save(store, kept)
    return store


class Secrecy(RuleBasedStateMachine):
    """People keep, restrict, open up and fall out over cases; now and then someone looks."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, brute.Kept] = {}
        with self.store.write() as writing:
            writing.forget_projections()

    def change(self, case_id: str, case: Case) -> None:
        self.kept[case_id].case = case
        save(self.store, self.kept[case_id])

    @rule(content=contents, restricted=st.booleans(), admitted=st.lists(viewers, max_size=2, unique=True))
    def keep(self, content: tuple[Case, tuple[()], str], restricted: bool, admitted: list[str]) -> None:
        case, rows, kind = content
        case = replace(case, restricted=restricted, admitted=admitted)
        self.kept[case.id] = brute.Kept(case, rows, kind)
        self.change(case.id, case)

    @rule(n=numbers, restricted=st.booleans())
    def restrict(self, n: int, restricted: bool) -> None:
        if kept := self.kept.get(case_id(n)):
            self.change(case_id(n), replace(kept.case, restricted=restricted))

    @rule(n=numbers, person=viewers)
    def admit_or_not(self, n: int, person: str) -> None:
        if kept := self.kept.get(case_id(n)):
            case = kept.case
            others = [one for one in case.admitted if one != person]
            was = person in case.admitted
            self.change(case.id, replace(case, admitted=others if was else [*others, person]))

    @rule(n=numbers, person=viewers, word=word_of_conflict)
    def fall_out(self, n: int, person: str, word: str) -> None:
        if kept := self.kept.get(case_id(n)):
            self.change(case_id(n), replace(kept.case, conflicts={**kept.case.conflicts, person: word}))

    @rule(viewer=viewers, query=case_queries, asked=register_queries)
    def look(self, viewer: str, query: CaseQuery, asked: RegisterQuery) -> None:
        every = list(self.kept.values())
        hidden = {kept.case.id for kept in every if not kept.case.known_to(viewer)}
        # Some of what the hidden cases hold is asked for by name.
        titles = [self.kept[one].case.title for one in sorted(hidden)]
        queries = [query, CaseQuery(limit=1), *[replace(query, text=text) for text in titles]]
        registers = [asked, RegisterQuery(), *[replace(asked, text=text, standings=()) for text in titles]]
        registers += [RegisterQuery(case=one) for one in sorted(hidden)]
        twin = without(hidden, every)
        with self.store.read() as reading, twin.read() as other:
            for ask in queries:
                page = reading.cases(viewer, ask, DAY)
                assert page == other.cases(viewer, ask, DAY)
                assert hidden.isdisjoint(row.id for row in page.rows)
            for about in registers:
                found = reading.register(viewer, about, DAY)
                expected = other.register(viewer, about, DAY)
                assert found == replace(expected, counts=found.counts)
                assert counted(found.counts) == counted(expected.counts)
                assert hidden.isdisjoint(row.row.id for row in found.rows)
            self.look_up(viewer, hidden, reading, other)

    def look_up(self, viewer: str, hidden: set[str], reading: Reading, other: Reading) -> None:
        for n in NUMBERS:
            for name in (case_id(n), REFS[n]):
                assert reading.case(viewer, name) == other.case(viewer, name)
                assert case_id(n) not in hidden or reading.case(viewer, name) is None
                assert (reading.find(viewer, name) is None) == (reading.case(viewer, name) is None)
        asked = {"teams": sorted(TEAMS), "worker": viewer, "kinds": KINDS}
        by_part = {"teams": (), "appointed": viewer}
        for some in ({"teams": asked["teams"]}, {"teams": (), "kinds": KINDS}, asked, by_part):
            mine = reading.open_cases(viewer, **some)
            assert mine == other.open_cases(viewer, **some)
            assert hidden.isdisjoint(case.id for case in mine)
        rows = reading.cases_of(viewer, CHILDREN, DAY)
        assert rows == other.cases_of(viewer, CHILDREN, DAY)
        assert hidden.isdisjoint(row.id for row in rows)

    @invariant()
    def nothing_is_lost(self) -> None:
        """Who needs the whole store still gets it."""
        with self.store.read() as reading:
            assert set(reading.case_ids()) == set(self.kept)
            assert reading.cases(None, CaseQuery(), DAY).total == len(self.kept)


def counted(counts: dict[str, int]) -> dict[str, int]:
    return {standing: number for standing, number in counts.items() if number}


def test_a_hidden_case_leaks_nowhere(backend: Backend) -> None:
    shared = backend.fresh()
    seed(shared)

    class OnThisStore(Secrecy):
        store = shared

    few = settings(backend.examples(memory=80, disk=10), stateful_step_count=25 if backend.name == "memory" else 20)
    run_state_machine_as_test(OnThisStore, settings=few)


def test_each_way_of_not_knowing(store: Store) -> None:
    """The same by hand, one case for each way."""
    ways: list[tuple[Case, bool]] = [
        (make_case(1), True),
        (make_case(2, restricted=True), False),
        (make_case(3, restricted=True, admitted=["p-ben"]), False),
        (make_case(4, restricted=True, admitted=["p-ben", "p-amira"]), True),
        (make_case(5, conflicts={"p-amira": "declared"}), False),
        (make_case(6, conflicts={"p-amira": "restrict"}), False),
        (make_case(7, conflicts={"p-amira": "replace"}), False),
        (make_case(8, conflicts={"p-amira": "accept"}), True),
        (make_case(9, conflicts={"p-ben": "declared"}), True),
        (make_case(10, restricted=True, admitted=["p-amira"], conflicts={"p-amira": "declared"}), False),
        (make_case(11, restricted=True, conflicts={"p-amira": "accept"}), False),
        (make_case(12, admitted=["p-ben"]), True),
        (make_case(13, worker="p-amira", restricted=True), False),
        (make_case(14, appointments=[LEAD], restricted=True), False),
        (make_case(15, appointments=[LEAD], conflicts={"p-amira": "declared"}), False),
        (make_case(16, appointments=[LEAD], restricted=True, admitted=["p-amira"]), True),
    ]
    late = make_row(asks_from=DAY.replace(day=1))
    keep(store, *[replace(case, children=["child-a"]) for case, _ in ways], rows=[late])
    known = {case.id for case, knows in ways if knows}
    with store.read() as reading:
        listed = reading.cases("p-amira", CaseQuery(), DAY)
        register = reading.register("p-amira", RegisterQuery(), DAY)
        journey = reading.cases_of("p-amira", ["child-a"], DAY)
        by_ref = {case.id for case, _ in ways if reading.case("p-amira", case.ref)}
        on_list = {case.id for case in reading.open_cases("p-amira", teams=(), worker="p-amira", kinds=KINDS)}
        by_part = {case.id for case in reading.open_cases("p-amira", teams=(), appointed="p-amira")}
        everything = reading.cases(None, CaseQuery(), DAY).total
    assert {row.id for row in listed.rows} == known
    assert {row.row.id for row in register.rows} == known
    assert {row.id for row in journey} == by_ref == on_list == known
    assert by_part == {case.id for case, knows in ways if knows and case.appointments}
    assert listed.total == register.total == sum(register.counts.values()) == len(known)
    assert everything == len(ways)


def test_a_child_only_a_hidden_case_is_about_is_on_no_list(store: Store) -> None:
    """Law 7: neither a restriction nor a wall may show through the list of children."""
    children = ("seen", "hidden", "walled", "both", "free")
    tell_registry(store, *(ChildSet(child) for child in children))
    keep(
        store,
        make_case(1, children=["seen", "both"]),
        make_case(2, children=["hidden", "both"], restricted=True, admitted=["ann"]),
        make_case(3, children=["walled"], conflicts={"ben": "declared"}),
    )
    with store.read() as work:
        known = {viewer: [c.id for c in work.known_children(viewer)] for viewer in ("ann", "ben", "cal", None)}
        assert [c.id for c in work.known_children("ben", ["walled", "seen", "nobody"])] == ["seen"]
        assert work.known_children("ben", []) == []
    assert known["ann"] == known[None] == sorted(children)
    assert known["ben"] == ["both", "free", "seen"]
    assert known["cal"] == ["both", "free", "seen", "walled"]
