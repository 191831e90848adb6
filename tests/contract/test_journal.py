"""The journal of every store: numbered, chained, all or nothing, and never written over."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.chain import GENESIS
from casereview.errors import CaseReviewError, Conflict
from casereview.events import REGISTRY, Event, Happening, PersonSet, StoreBegun, TeamSet
from casereview.ports import Store
from casereview.views import Head, RecordRow
from tests.contract.builders import (
    AT,
    DAY,
    PEOPLE,
    add,
    assert_whole,
    case_id,
    chain,
    events,
    instants,
    keep,
    make_case,
    noted,
    opened,
    texts,
)
from tests.contract.conftest import Backend

ONE, TWO = case_id(1), case_id(2)


def test_an_untouched_store_has_no_entry(backend: Backend) -> None:
    with backend.fresh().read() as reading:
        assert reading.head() == Head(0, GENESIS)
        assert list(reading.links()) == []
        assert list(reading.case_ids()) == []
        assert reading.history(ONE) == []


@pytest.mark.parametrize(("practice", "nation"), [(True, "england-wales"), (False, "scotland")])
def test_a_store_begins_with_what_it_is(backend: Backend, practice: bool, nation: str) -> None:
    with backend.new(practice=practice, nation=nation).read() as reading:
        info = reading.info()
        (begun,) = reading.history(REGISTRY)
        kept = reading.registry()
        other = backend.new()
    assert (info.backend, info.practice, info.nation) == (backend.name, practice, nation)
    assert info.store and info.place
    assert begun.event == StoreBegun(info.store, practice, nation)
    assert (kept.store, kept.practice, kept.nation) == (info.store, practice, nation)
    with other.read() as reading:
        assert reading.info().store != info.store


def test_entries_are_numbered_by_stream_and_by_store(store: Store) -> None:
    add(store, ONE, 0, "a", "b")
    add(store, TWO, 0, "c")
    add(store, ONE, 2, "d")
    numbers = [(link.stream, link.number) for link in chain(store) if link.stream != REGISTRY]
    assert numbers == [(ONE, 1), (ONE, 2), (TWO, 1), (ONE, 3)]
    assert_whole(chain(store))


def test_append_gives_back_what_history_tells(store: Store) -> None:
    happenings = [opened(make_case()), noted("later")]
    with store.write() as writing:
        entries = writing.append(ONE, 0, happenings, actor="p-ben", at=AT, acting_as="bob")
    with store.read() as reading:
        assert reading.history(ONE) == entries
        assert [entry.seq for entry in entries] == [reading.head().seq - 1, reading.head().seq]
    assert [Happening(entry.event, entry.on) for entry in entries] == happenings
    assert {(one.stream, one.actor, one.acting_as, one.recorded_at) for one in entries} == {(ONE, "p-ben", "bob", AT)}


def test_every_kind_of_fact_comes_back(backend: Backend) -> None:
    store = backend.fresh()

    @backend.examples(memory=200, disk=60)
    @given(events(), st.dates(date(1990, 1, 1)), instants, texts, texts)
    def holds(event: Event, on: date, at: datetime, actor: str, acting_as: str) -> None:
        with store.write() as writing:
            number = len(list(writing.links(stream=ONE)))
            (entry,) = writing.append(ONE, number, [Happening(event, on)], actor=actor, at=at, acting_as=acting_as)
        with store.read() as reading:
            assert reading.history(ONE, limit=1) == [entry]
        assert (entry.event, entry.on, entry.recorded_at) == (event, on, at)
        assert (entry.actor, entry.acting_as, entry.number) == (actor, acting_as, number + 1)

    holds()
    assert_whole(chain(store))


def test_an_instant_is_kept_in_utc_and_needs_its_zone(store: Store) -> None:
    summer = timezone(timedelta(hours=1))
    with store.write() as writing:
        (entry,) = writing.append(ONE, 0, [noted("")], actor="p-ben", at=AT.astimezone(summer))
    assert entry.recorded_at == AT
    assert entry.recorded_at.utcoffset() == timedelta(0)
    with pytest.raises(ValueError, match="zone"), store.write() as writing:
        writing.append(ONE, 1, [noted("")], actor="p-ben", at=AT.replace(tzinfo=None))


@pytest.mark.parametrize("number", [0, 1, 3, 9])
def test_a_stream_that_has_moved_on_is_not_appended_to(store: Store, number: int) -> None:
    add(store, ONE, 0, "a", "b")
    before = chain(store)
    with pytest.raises(Conflict):
        add(store, ONE, number, "mine")
    assert chain(store) == before


def test_a_conflict_says_what_changed_and_by_whom(store: Store) -> None:
    keep(store, make_case())
    with store.write() as writing:
        writing.append(ONE, 0, [opened(make_case())], actor="p-amira", at=AT)
    add(store, ONE, 1, "in the meantime", actor="p-ben")
    with pytest.raises(Conflict) as caught:
        add(store, ONE, 1, "mine")
    said = str(caught.value).replace("-", " ")
    assert PEOPLE["p-ben"] in said
    assert "waiting ended" in said
    assert PEOPLE["p-amira"] not in said, "the first entry was known"


def test_a_conflict_names_someone_the_registry_does_not_know_by_id(store: Store) -> None:
    add(store, ONE, 0, "theirs", actor="p-gone")
    with pytest.raises(Conflict, match="p-gone"):
        add(store, ONE, 0, "mine")


def test_the_registry_takes_entries_from_any_number(store: Store) -> None:
    with store.write() as writing:
        for number in (0, 99):
            writing.append(REGISTRY, number, [Happening(TeamSet("t", str(number)), DAY)], actor="x", at=AT)
    with store.read() as reading:
        assert [entry.number for entry in reading.history(REGISTRY)][-2:] == [7, 8]
        assert next(team for team in reading.teams() if team.id == "t").name == "99"


# ---- all or nothing ---------------------------------------------------------------------------------
class Broken(Exception):
    pass


def test_a_failure_leaves_nothing_behind(store: Store) -> None:
    keep(store, make_case(2))
    with store.read() as reading:
        before = (reading.head(), reading.registry(), reading.snapshot(TWO))
    with pytest.raises(Broken), store.write() as writing:
        writing.append(ONE, 0, [opened(make_case())], actor="x", at=AT)
        writing.append(REGISTRY, 0, [Happening(PersonSet("p-new", "New"), DAY)], actor="x", at=AT)
        writing.save(make_case(), [], kind="review", stage_title="Planning")
        writing.save(make_case(2, title="Other"), [], kind="review", stage_title="Planning")
        writing.put_record(TWO, RecordRow(1, "note", DAY, "x", "", AT, {}))
        writing.keep_definition("hash", "name", "1", "text")
        assert writing.case(None, ONE) is not None, "a transaction sees its own work"
        raise Broken
    with store.read() as reading:
        assert (reading.head(), reading.registry(), reading.snapshot(TWO)) == before
        assert reading.case(None, ONE) is None
        assert reading.record(TWO, 1) is None
        assert reading.records(TWO).total == 0
        assert reading.definition_text("hash") is None
    add(store, ONE, 0, "as if nothing had been")
    assert_whole(chain(store))


def test_forgetting_can_be_taken_back_too(store: Store) -> None:
    keep(store, make_case())
    with pytest.raises(Broken), store.write() as writing:
        writing.forget_projections()
        raise Broken
    with store.read() as reading:
        assert reading.snapshot(ONE) == make_case()


def test_a_batch_lands_together(store: Store) -> None:
    with store.write() as writing:
        for n in range(1, 60):
            case = make_case(n)
            assert writing.append(case.id, 0, [opened(case), noted("")], actor="x", at=AT)[1].number == 2
            writing.save(case, [], kind="review", stage_title="Planning")
    with store.read() as reading:
        assert len(list(reading.case_ids())) == 59
    assert_whole(chain(store))


def test_one_transaction_at_a_time_for_each_thread(store: Store) -> None:
    with store.write(), pytest.raises(CaseReviewError), store.write():
        pytest.fail("a second transaction inside the first was let in")  # pragma: no cover
    add(store, ONE, 0, "and the store goes on")


def test_two_people_at_once_never_both_win(store: Store) -> None:
    """Each of several threads adds to the same stream, reading it again after a conflict."""
    start, failed = threading.Barrier(4), []

    def work(name: str) -> None:
        start.wait()
        done = 0
        while done < 5:
            with store.read() as reading:
                number = len(reading.history(ONE))
            try:
                add(store, ONE, number, f"{name} {done}", actor=name)
                done += 1
            except Conflict:
                continue
            except Exception as error:
                failed.append(error)
                return

    threads = [threading.Thread(target=work, args=(f"p-{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failed == []
    with store.read() as reading:
        notes = [entry.event.note for entry in reading.history(ONE)]  # type: ignore[attr-defined]
    assert sorted(notes) == sorted(f"p-{n} {done}" for n in range(4) for done in range(5))
    assert_whole(chain(store))


def test_a_reader_keeps_the_view_it_began_with(backend: Backend) -> None:
    if backend.name == "sqlite":
        # Where SQLite is too old for safe WAL, a writer waits for readers: the view holds by force.
        timeout = 0.5
    else:
        timeout = 10.0
    store = backend.fresh()
    add(store, ONE, 0, "before")
    with store.read() as reading:
        before = reading.head()
        writer = threading.Thread(target=add, args=(store, ONE, 1, "after"))
        writer.start()
        writer.join(timeout)
        assert reading.head() == before
        assert len(reading.history(ONE)) == 1
    writer.join(60)
    with store.read() as reading:
        assert len(reading.history(ONE)) == 2


# ---- reading back -----------------------------------------------------------------------------------
def test_history_pages(backend: Backend) -> None:
    store = backend.fresh()
    add(store, ONE, 0, *map(str, range(1, 13)))
    add(store, TWO, 0, "another case")

    @backend.examples(disk=40)
    @given(st.none() | st.integers(0, 15), st.none() | st.integers(1, 15), st.integers(0, 15))
    def holds(before: int | None, limit: int | None, after: int) -> None:
        with store.read() as reading:
            got = [e.number for e in reading.history(ONE, before=before, limit=limit, after=after)]
        within = [n for n in range(1, 13) if n > after and (before is None or n < before)]
        assert got == (within if limit is None else within[::-1][:limit])

    holds()


def test_links_stream_in_order(store: Store) -> None:
    add(store, ONE, 0, "a", "b")
    add(store, TWO, 0, "c")
    add(store, ONE, 2, "d")
    with store.read() as reading:
        every = list(reading.links())
        assert list(reading.links(after=every[2].seq)) == every[3:]
        assert [link.number for link in reading.links(stream=ONE)] == [1, 2, 3]
        assert list(reading.links(stream=ONE)) == [link for link in every if link.stream == ONE]
        assert list(reading.links(after=every[-1].seq)) == []
    assert every[-1].kind == "waiting-ended"
    assert every[-1].recorded_at == "2024-06-14T09:30:15.123456Z"
