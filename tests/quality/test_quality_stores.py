"""The lists on every store: law 7, any past day, and a reading of the tables that shares no code with them."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from casereview import commands as cmd
from casereview.clock import PinnedClock
from casereview.oversight.quality.listed import Wanted
from casereview.ports import Store
from casereview.service.asof import desk_at
from casereview.service.desk import Desk
from casereview.service.quality import (
    closed_early,
    goals_and_progress,
    look_backs,
    quality_looks,
    referrers_answered,
)
from casereview.service.quality_stories import continuity_for_children, repeated_concern, voices_heard
from casereview.service.quality_themes import all_themes, sample
from casereview.service.reading import cases
from casereview.simulation.demo import build_demo
from casereview.testing import FixedClock, MemoryStore
from casereview.views import CaseQuery
from storage import open_store
from tests.quality.helped import ADA, CATALOGUE, CHI, MO, ROBIN, START, WREN, Place
from tests.support import postgres_url

LISTS: tuple[Callable[..., Any], ...] = (
    quality_looks, closed_early, goals_and_progress, look_backs, referrers_answered, repeated_concern,
    continuity_for_children, voices_heard,
)  # fmt: skip
HIDING: tuple[Callable[[Place], object], ...] = (
    lambda p: p.do("hidden", CHI, cmd.Restrict("a colleague's child", (WREN, ADA))),
    lambda p: p.do("hidden", CHI, cmd.DeclareConflict(ROBIN, "line-managed", "restrict")),
)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    opened: list[Store] = []

    def make() -> Store:
        clock = FixedClock(date(2020, 1, 1))
        if request.param == "memory":
            opened.append(MemoryStore(clock=clock))
        else:
            place = str(tmp_path / f"q{len(opened)}.db") if request.param == "sqlite" else postgres_url()
            opened.append(open_store(place, create=True, practice=False, clock=clock))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def told(store: Store, hide: Callable[[Place], object] | None) -> Place:
    """Two families; with `hide` a further case of the first, hidden from robin, that would be on every list."""
    place = Place(store, practice=False)
    place.open("known", "c-1", worker=ROBIN)
    place.do("known", ROBIN, cmd.SetRoster("school", "The school", referrer=True))
    place.after(3)
    place.close("known", early=True, by=ROBIN)
    place.look("known", analysis="in part")
    place.record(
        "known", "family-view", ROBIN, heard_on=place.today.isoformat(), whose="Mother", view="Nights are hard"
    )
    place.after(60)
    place.open("other", "c-3", worker=ROBIN)
    goal = place.goal("other", by=ROBIN)
    place.moved("other", goal, "think again", "It does not fit us.", by=ROBIN)
    if hide is None:
        place.after(60)
        return place
    place.open("hidden", "c-2", title="The hidden matter")
    place.do("hidden", WREN, cmd.SetRoster("aunt", "An aunt", referrer=True), cmd.SetRoster("mother", "Mother"))
    place.do("hidden", WREN, cmd.Tell("started", ("mother",), said="The hidden words"))
    place.do("hidden", MO, cmd.Assign(ROBIN), cmd.Assign(WREN))
    goal = place.goal("hidden", "The hidden goal")
    place.moved("hidden", goal, "worse")
    place.after(20)
    place.close("hidden", early=True)
    place.look("hidden", history_used="not yet")
    hide(place)
    place.after(40)
    return place


def everything(desk: Desk) -> list[Any]:
    found: list[Any] = [read(desk) for read in LISTS]
    found += [read(desk, Wanted(text="hidden")) for read in LISTS]
    found += [repeated_concern(desk, Wanted(child="c-1")), continuity_for_children(desk, closed=True)]
    return found


def nameless(found: list[Any], place: Place) -> str:
    """What was read, with references and ids, which are drawn by chance, under the names of the story."""
    text = repr(found)
    with place.store.read() as work:
        for name, ref in place.refs.items():
            case = work.case(None, ref)
            text = text.replace(ref, f"<{name}>").replace(case.id if case else ref, f"<{name}>")
    return text


@pytest.mark.parametrize("hide", HIDING)
def test_a_hidden_case_is_on_no_list_and_in_no_number(
    store: Callable[[], Store], hide: Callable[[Place], object]
) -> None:
    hidden, known = told(store(), hide), told(store(), None)
    seen, other = everything(hidden.desk(ROBIN)), everything(known.desk(ROBIN))
    assert nameless(seen, hidden) == nameless(other, known)
    whole = everything(hidden.desk(ADA))
    assert nameless(whole, hidden) != nameless(other, known)
    assert all(one.total for one in whole[: len(LISTS)])  # the case would have been on every one of them


def test_every_list_of_an_earlier_day_is_what_it_was_then(store: Callable[[], Store]) -> None:
    """Read on each day of a story as it goes on, and again from the end."""
    then: dict[date, str] = {}
    place = Place(store(), practice=False)

    def evening() -> None:
        then[place.today] = repr(_all_of(place.desk(ADA)))
        place.after(1)

    place.open("one", "c-1")
    place.do("one", WREN, cmd.SetRoster("school", "The school", referrer=True))
    goal = place.goal("one")
    evening()
    place.moved("one", goal, "same")
    place.do("one", MO, cmd.Assign(ROBIN))
    evening()
    place.moved("one", goal, "better", by=ROBIN)
    place.close("one", early=True, by=ROBIN)
    evening()
    place.do("one", ROBIN, cmd.Tell("decision", ("school",), said="Thank you"))
    place.look("one", analysis="not yet")
    place.open("two", "c-2")
    evening()
    number = place.look("two", by=MO)
    sample(place.desk(ADA), "History", "We were asked", number=2, seed=1, given=(ADA,))
    evening()
    place.withdraw("two", number)
    place.on(START + timedelta(weeks=20))
    evening()
    desk = place.desk(ADA)
    for day, seen in then.items():
        past = desk_at(desk, day)
        assert repr(_all_of(past)) == seen, day
        if past is not desk:
            past.store.close()


def _all_of(desk: Desk) -> list[Any]:
    return [*(read(desk) for read in LISTS), all_themes(desk)]


# ---- against the tables ----------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Path]]:
    """A small made-up authority, as the demo builds it."""
    today = date(2026, 11, 20)
    path, clock = tmp_path_factory.mktemp("authority") / "authority.db", PinnedClock(today)
    store = open_store(str(path), create=True, practice=True, clock=clock)
    desk = Desk(store, clock, CATALOGUE, "me")
    build_demo(desk, today=today, scale=0.06, name="Me", login="me")
    for row in cases(desk, CaseQuery(kind="assessment", open=True, limit=3)).rows:  # too small to have such changes
        desk.do(row.case, cmd.Assign(next(f"worker-{t}-1" for t in ("north", "south") if t != row.team)))
    yield desk, path
    store.close()


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        return connection.execute(sql).fetchall()


def test_goals_looks_and_voices_against_the_tables(authority: tuple[Desk, Path]) -> None:
    desk, path = authority
    count = dict(rows(path, "SELECT kind, count(*) FROM record WHERE NOT withdrawn GROUP BY kind"))
    assert goals_and_progress(desk, closed=True).total == count["goal"] > 5
    looked = quality_looks(desk)
    assert sum(bool(row.number) for row in looked.rows) == min(count["quality-look"], len(looked.rows))
    undecided = rows(
        path,
        "SELECT count(DISTINCT case_id) FROM record d WHERE kind = 'decision' AND NOT EXISTS "
        "(SELECT 1 FROM record q WHERE q.case_id = d.case_id AND q.kind = 'quality-look')",
    )
    assert looked.total == count["quality-look"] + undecided[0][0]
    words = rows(path, "SELECT fields FROM record WHERE kind = 'childs-words'")
    spoken = sum(('"words"' in text) + ('"hopes"' in text) for (text,) in words)
    assert voices_heard(desk, kind="childs-words").total == spoken > 0


def test_repeated_concern_against_the_tables(authority: tuple[Desk, Path]) -> None:
    desk, path = authority
    opened: defaultdict[str, list[date]] = defaultdict(list)
    for family, day in rows(path, "SELECT ch.family, f.opened FROM case_child cc JOIN child ch ON ch.id = cc.child_id "
                                  "JOIN case_file f ON f.id = cc.case_id"):  # fmt: skip
        opened[family].append(date.fromisoformat(day))
    apart = set()
    for family, days in opened.items():  # in the made-up year families are referred weeks apart, or on one day
        if (max(days) - min(days)).days > 14:
            apart.add(family)
    found = repeated_concern(desk, Wanted(limit=10_000))
    assert {row.family for row in found.rows} == apart and len(apart) > 3


def test_continuity_and_what_came_again_against_the_journal(authority: tuple[Desk, Path]) -> None:
    desk, path = authority
    changes = Counter(stream for (stream,) in rows(path, "SELECT stream FROM journal WHERE kind = 'assigned'"))
    found = continuity_for_children(desk, Wanted(limit=10_000), closed=True)
    within = sum(row.changes - row.begins for row in found.rows)
    children = Counter(case for (case,) in rows(path, "SELECT case_id FROM case_child"))
    assert within == sum(count * children[case] for case, count in changes.items()) > 0
    again = {row.case for row in closed_early(desk, Wanted(limit=10_000)).rows if row.again}
    closed = rows(path, "SELECT a.ref FROM case_file a WHERE a.closed IS NOT NULL AND a.closed >= '2025-11-20' AND "
                        "EXISTS (SELECT 1 FROM case_child ca JOIN child k ON k.id = ca.child_id JOIN child kb ON "
                        "kb.family = k.family JOIN case_child cb ON cb.child_id = kb.id JOIN case_file b "
                        "ON b.id = cb.case_id WHERE ca.case_id = a.id AND b.id <> a.id AND b.opened >= a.closed "
                        "AND julianday(b.opened) - julianday(a.closed) <= 365 "
                        "AND (kb.id = k.id OR julianday(b.opened) - julianday(a.opened) > 14))")  # fmt: skip
    assert again == {ref for (ref,) in closed} and again


def test_each_list_of_the_made_up_authority_has_something_to_show(authority: tuple[Desk, Path]) -> None:
    desk, _ = authority
    for read in LISTS:
        assert read(desk).rows, read
    states = {row.state for row in goals_and_progress(desk, closed=True).rows}
    assert {"think again", "better", "new"} <= states
    assert {row.state for row in look_backs(desk).rows} >= {"ask now", "answered"}
    (theme,) = all_themes(desk)
    assert theme.cases and any(one.looks for one in theme.cases)
