"""People, teams, closures, children and definitions: the fold of their stream, in every store."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.events import (
    REGISTRY,
    ChildSet,
    ClosureSet,
    DefinitionKept,
    Event,
    Happening,
    OfficeSet,
    PersonSet,
    StoreBegun,
    TeamSet,
)
from casereview.people import Child, Closure
from casereview.ports import Store
from casereview.registry import Registry
from tests.contract.builders import (
    AT,
    DAY,
    PEOPLE,
    anything,
    make_case,
    opened,
    tell_registry,
)
from tests.contract.conftest import Backend

people = st.sampled_from(["p-1", "p-2"])
registry_facts = st.one_of(
    anything(PersonSet).flatmap(lambda f: people.map(lambda p: replace(f, person=p))),
    anything(OfficeSet).flatmap(lambda f: people.map(lambda p: replace(f, person=p))),
    anything(TeamSet),
    anything(ClosureSet),
    anything(ChildSet),
)


def test_the_registry_is_the_fold_of_its_stream(backend: Backend) -> None:
    store = backend.fresh()
    expected = Registry()
    first: list[Event] = [StoreBegun("store-1", True, "england-wales"), PersonSet("p-1", "A"), PersonSet("p-2", "B")]
    for fact in first:
        expected.apply(fact)
    tell_registry(store, *first)

    @backend.examples(disk=40)
    @given(st.lists(registry_facts, max_size=4))
    def holds(facts: list[Event]) -> None:
        tell_registry(store, *facts)
        for fact in facts:
            expected.apply(fact)
        with store.read() as reading:
            kept = reading.registry()
            assert (kept.people, kept.teams) == (expected.people, expected.teams)
            assert (kept.closures, kept.children) == (expected.closures, expected.children)
            assert by_id(reading.people()) == by_id(expected.people.values())
            assert by_id(reading.teams()) == by_id(expected.teams.values())
            assert set(reading.closures()) == set(expected.closures.values())
            assert by_id(reading.children(sorted(expected.children))) == by_id(expected.children.values())

    holds()
    folded = Registry()
    with store.read() as reading:
        for entry in reading.history(REGISTRY):
            folded.apply(entry.event)
    assert folded.people == expected.people


def by_id(found: Any) -> list[Any]:
    return sorted(found, key=lambda one: str(one.id))


def test_the_registry_is_a_copy(store: Store) -> None:
    with store.read() as reading:
        reading.registry().people.clear()
        assert sorted(reading.registry().people) == sorted(PEOPLE)


def test_children_and_families(store: Store) -> None:
    facts = [ChildSet("c-1", "f-1", {"name": "Ann", "born": "2015-02-03"}), ChildSet("c-2", "f-1"), ChildSet("c-3")]
    tell_registry(store, *facts, ChildSet("c-4"))
    ann = Child("c-1", "f-1", (("born", "2015-02-03"), ("name", "Ann")))
    with store.read() as reading:
        assert by_id(reading.children(["c-3", "c-1", "c-9"])) == [ann, Child("c-3")]
        assert by_id(reading.family("f-1")) == [ann, Child("c-2", "f-1")]
        assert reading.family("") == [], "children of no known family are not siblings"
        assert reading.children([]) == []
    tell_registry(store, ChildSet("c-1", "f-2"))
    with store.read() as reading:
        assert reading.children(["c-1"]) == [Child("c-1", "f-2")]


def test_one_closure_for_a_day_and_team(store: Store) -> None:
    tell_registry(store, ClosureSet(DAY, "Training"), ClosureSet(DAY, "Flood", "t-north"), ClosureSet(DAY, "Move"))
    with store.read() as reading:
        assert set(reading.closures()) == {Closure(DAY, "Move"), Closure(DAY, "Flood", "t-north")}


def test_a_fact_of_a_case_is_none_of_the_registry(store: Store) -> None:
    with store.read() as reading:
        before = reading.head()
    with pytest.raises(TypeError), store.write() as writing:
        writing.append(REGISTRY, 0, [opened(make_case())], actor="x", at=AT)
    with store.read() as reading:
        assert reading.head() == before


def test_definitions_are_kept_once(store: Store) -> None:
    digest, text = "ab" * 32, "# “Straße”\nformat = 1\n"
    for _ in range(2):
        with store.write() as writing:
            writing.keep_definition(digest, "single-assessment", "1", text)
            fact = DefinitionKept("single-assessment", "1", digest)
            writing.append(REGISTRY, 0, [Happening(fact, DAY)], actor="x", at=AT)
    with store.write() as writing:
        writing.keep_definition("cd" * 32, "single-assessment", "2", "format = 1\n")
    with store.read() as reading:
        assert reading.definition_text(digest) == text
        assert (digest, "single-assessment", "1", text) in reading.definitions()
        assert len(reading.definitions()) == 2
        assert reading.registry().definitions[digest] == ("single-assessment", "1")


def test_any_person_reads_back(backend: Backend) -> None:
    store = backend.fresh()

    @backend.examples()
    @given(anything(PersonSet))
    def holds(fact: PersonSet) -> None:
        with store.write() as writing:
            writing.append(REGISTRY, 0, [Happening(fact, DAY)], actor="x", at=AT)
        with store.read() as reading:
            person = reading.person(fact.person)
        assert person is not None
        assert (person.name, person.login, person.left) == (fact.name, fact.login, fact.left)

    holds()
