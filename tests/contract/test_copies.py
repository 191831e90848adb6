"""A whole chain taken elsewhere: into an empty store, with bodies disposed of, and as a backup."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.errors import Conflict, StoreProblem
from casereview.events import Event, Happening
from casereview.ports import Store
from tests.contract.builders import (
    AT,
    DAY,
    add,
    assert_whole,
    case_id,
    chain,
    events,
    keep,
    make_case,
    seed,
)
from tests.contract.conftest import Backend

ONE, TWO = case_id(1), case_id(2)


def test_a_whole_chain_can_be_taken_into_an_empty_store(backend: Backend) -> None:
    store = backend.new(practice=False, nation="scotland")
    seed(store)
    add(store, ONE, 0, "a", "b")
    given_away = chain(store)
    other = backend.fresh()
    with other.write() as writing:
        writing.append_links(iter(given_away))
    assert chain(other) == given_away
    with store.read() as mine, other.read() as theirs:
        assert theirs.head() == mine.head()
        assert theirs.history(ONE) == mine.history(ONE)
        assert theirs.registry() == mine.registry()
        for told in (theirs.info(), mine.info()):
            assert (told.store, told.practice, told.nation) == (mine.registry().store, False, "scotland")
    add(other, ONE, 2, "and on")
    assert_whole(chain(other))
    with pytest.raises(StoreProblem), other.write() as writing:
        writing.append_links(given_away)


def test_only_an_empty_journal_takes_a_chain(store: Store) -> None:
    before = chain(store)
    with pytest.raises(StoreProblem), store.write() as writing:
        writing.append_links(before)
    assert chain(store) == before


def test_a_body_that_was_disposed_of_is_left_out_of_history(backend: Backend) -> None:
    source, other = backend.fresh(), backend.fresh()
    add(source, ONE, 0, "a", "b", "c")
    links = chain(source)
    links[1] = replace(links[1], salt=None, body=None)
    with other.write() as writing:
        writing.append_links(links)
    with other.read() as reading:
        assert [entry.number for entry in reading.history(ONE)] == [1, 3]
        assert [entry.number for entry in reading.history(ONE, limit=2)] == [3, 1]
        assert list(reading.links()) == links
    assert_whole(chain(other))
    add(other, ONE, 3, "d")
    with pytest.raises(Conflict):
        add(other, ONE, 1, "mine")


def test_any_chain_of_facts_travels(backend: Backend) -> None:
    @backend.examples(memory=30, disk=4)
    @given(st.lists(st.tuples(st.sampled_from([ONE, TWO]), events()), max_size=6))
    def holds(facts: list[tuple[str, Event]]) -> None:
        source, other = backend.fresh(), backend.fresh()
        with source.write() as writing:
            for stream, event in facts:
                number = len(writing.history(stream))
                writing.append(stream, number, [Happening(event, DAY)], actor="x", at=AT)
        with other.write() as writing:
            writing.append_links(chain(source))
        assert chain(other) == chain(source)

    holds()


# ---- backup -----------------------------------------------------------------------------------------
def test_a_backup_is_a_whole_copy_or_refused(backend: Backend, store: Store) -> None:
    keep(store, make_case())
    add(store, ONE, 0, "a")
    target = backend.place()
    if backend.name != "sqlite":
        with pytest.raises(StoreProblem):
            store.backup(target)
        return
    store.backup(target)
    copy = backend.reopen(target)
    assert chain(copy) == chain(store)
    with copy.read() as reading:
        assert reading.snapshot(ONE) == make_case()
    add(store, ONE, 1, "later")
    assert len(chain(copy)) == len(chain(store)) - 1
    with pytest.raises(StoreProblem):
        store.backup(target)
    assert len(chain(copy)) == len(chain(store)) - 1, "a refused backup harms nothing that is there"
