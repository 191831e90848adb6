"""The open cases of a team, a worker or a kind, whole: the same on every store as looking at each case by hand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from casereview.case import Appointment, Case
from casereview.ports import Store
from tests.contract.builders import DAY, KINDS, PEOPLE, TEAMS, keep, listed_cases, make_case, make_row, seed
from tests.contract.conftest import Backend

NUMBERS = range(4)
some_teams = st.lists(st.sampled_from([*sorted(TEAMS), "t-none"]), unique=True)
some_kinds = st.lists(st.sampled_from([*KINDS, "plan"]), unique=True)
appointments = st.lists(
    st.builds(Appointment, st.sampled_from(sorted(PEOPLE)), st.just("lead"), st.just(DAY), ended=st.booleans()),
    max_size=2,
)


@st.composite
def some_cases(draw: st.DrawFn, n: int) -> Case:
    return replace(draw(listed_cases(n)), appointments=draw(appointments))


contents = st.tuples(*(st.tuples(some_cases(n), st.sampled_from(KINDS)) for n in NUMBERS))
who = st.sampled_from(["", *sorted(PEOPLE)])


def test_it_is_what_looking_at_each_case_finds(backend: Backend) -> None:
    store = backend.fresh()
    seed(store)

    @backend.examples(memory=60, disk=15)
    @given(contents, some_teams, who, some_kinds, who)
    def holds(
        cases: tuple[tuple[Case, str], ...], teams: list[str], worker: str, kinds: list[str], appointed: str
    ) -> None:
        with store.write() as writing:
            writing.forget_projections()
            for case, kind in cases:
                writing.save(case, (), kind=kind, stage_title="Stage")
        expected = [
            case
            for case, kind in sorted(cases, key=lambda pair: pair[0].ref)
            if not case.closed
            and (
                case.team in teams
                or kind in kinds
                or (worker != "" and case.worker == worker)
                or appointed in [one.person for one in case.appointments if not one.ended]
            )
        ]
        with store.read() as reading:
            found = reading.open_cases(None, teams=teams, worker=worker, kinds=kinds, appointed=appointed)
            assert found == expected

    holds()


def test_nothing_asked_finds_nothing(store: Store) -> None:
    """Not every case: a person without a team, cases or reviews has an empty list."""
    keep(store, make_case(1, team=None, worker=None))
    with store.read() as reading:
        assert reading.open_cases(None, teams=()) == []
        assert reading.open_cases(None, teams=(), worker="", kinds=(), appointed="") == []


def test_a_case_comes_once_and_whole_whichever_way_it_is_found(store: Store) -> None:
    case = make_case(1, team="t-north", worker="p-amira", last_on=DAY, children=["child-a"])
    keep(store, case, replace(make_case(2, team="t-duty"), closed=DAY), rows=[make_row("decision"), make_row("visit")])
    with store.read() as reading:
        found = reading.open_cases("p-amira", teams=["t-north", "t-duty"], worker="p-amira", kinds=["assessment"])
    assert found == [case]


def test_a_case_is_found_by_an_appointment_until_it_is_ended(store: Store) -> None:
    """The row that finds it goes with the appointment, in the next transaction as in the same one."""
    case = make_case(1, team="t-duty", appointments=[Appointment("p-ben", "lead", DAY)])
    keep(store, case)
    with store.read() as reading:
        assert reading.open_cases("p-ben", teams=(), appointed="p-ben") == [case]
        assert reading.open_cases("p-ben", teams=(), appointed="p-amira") == []
    keep(store, replace(case, appointments=[Appointment("p-ben", "lead", DAY, ended=True)]))
    with store.read() as reading:
        assert reading.open_cases("p-ben", teams=(), appointed="p-ben") == []
