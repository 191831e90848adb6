"""Any past day is shown as it was shown then: the fold of the past against a store that has lived no longer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.chain import GENESIS
from casereview.errors import CaseReviewError
from casereview.ports import Store
from casereview.service.asof import PastDesk, desk_at
from casereview.service.reading import cases, register, show
from casereview.testing import FixedClock, MemoryStore
from casereview.views import BY_CONCERN, CaseQuery, RegisterQuery
from storage import open_store
from tests.oversight import lives
from tests.oversight.answers import ANSWERS
from tests.oversight.lives import Act, Team
from tests.stories import CHI, DOT, MO, START, TEAM, WREN, Story
from tests.support import postgres_url

DAY = timedelta(days=1)
LATER = 90
PHASES = (Phase.explicit, Phase.generate)  # shrinking a team's life takes minutes, and what is printed is short


def store_of(kind: str, folder: Path) -> Store:
    clock = FixedClock(date(2001, 1, 1))
    if kind == "memory":
        return MemoryStore(practice=False, clock=clock)
    place = postgres_url() if kind == "postgresql" else str(folder / f"{len(list(folder.iterdir()))}.db")
    return open_store(place, create=True, practice=False, clock=clock)


def held_against_the_day(kind: str, folder: Path, acts: list[Act], days: int, seed: int, person: str) -> None:
    """Lives the acts to the end and looks back; lives them only so far elsewhere; compares every answer."""
    day = START + days * DAY
    store = store_of(kind, folder)
    long = Team(store, seed).live(acts)
    long.clock.set(max(long.clock.today(), day) + LATER * DAY)
    then = Team(MemoryStore(practice=False, clock=FixedClock(date(2001, 1, 1))), seed).live(acts, until=day)
    past = desk_at(long.desk(person), day)
    assert isinstance(past, PastDesk)
    for name, answer in ANSWERS.items():
        assert answer(past) == answer(then.desk(person)), f"{name} on {day}"
    with then.store.read() as work:
        assert past.past_head.seq == work.head().seq
    past.close()
    store.close()


@given(lives.acts, st.integers(0, 120), st.integers(0, 9), st.sampled_from((MO, WREN, CHI, DOT)))
@settings(max_examples=12, phases=PHASES)
def test_a_past_day_is_shown_as_it_was_shown_then(acts: list[Act], days: int, seed: int, person: str) -> None:
    held_against_the_day("memory", Path(), acts, days, seed, person)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_same_on_stores_on_disk(kind: str, tmp_path: Path) -> None:
    @given(lives.acts, st.integers(0, 120), st.integers(0, 9), st.sampled_from((MO, WREN)))
    @settings(max_examples=2, phases=PHASES)
    def held(acts: list[Act], days: int, seed: int, person: str) -> None:
        held_against_the_day(kind, tmp_path, acts, days, seed, person)

    held()


# ---- one by one -----------------------------------------------------------------------------------------------
@pytest.fixture
def story() -> Iterator[Story]:
    yield Story("single-assessment-2013", practice=False)


def test_what_was_recorded_later_is_not_in_it_even_where_it_happened_before(story: Story) -> None:
    story.after(10).see(on=START + DAY)
    past = desk_at(story.desk(MO), START + 2 * DAY)
    assert show(past, story.ref).case.seen_on is None
    happened = desk_at(story.desk(MO), START + 2 * DAY, as_happened=True)
    assert show(happened, story.ref).case.seen_on == START + DAY


def test_before_the_case_there_is_nothing_and_before_the_store_nobody(story: Story) -> None:
    story.after(5)
    before = desk_at(story.desk(MO), START - DAY)
    assert cases(before, CaseQuery()).total == 0 and register(before, RegisterQuery()).total == 0
    with pytest.raises(CaseReviewError, match="nobody here"):
        cases(desk_at(story.desk(MO), date(2000, 6, 1)), CaseQuery())


def test_today_is_the_desk_itself_and_tomorrow_has_not_come(story: Story) -> None:
    desk = story.desk(MO)
    assert desk_at(desk, desk.today) is desk
    with pytest.raises(CaseReviewError, match="has not come yet"):
        desk_at(desk, desk.today + DAY)


def test_nothing_can_be_written_into_the_past(story: Story) -> None:
    story.after(5)
    past = desk_at(story.desk(MO), START)
    with pytest.raises(CaseReviewError, match="only be looked at"):
        past.do(story.ref, cmd.MarkLooked("now"))
    assert [e.event.kind for e in story.entries] == ["opened", "roster-set"]


def test_a_case_restricted_since_is_not_in_it_and_neither_is_its_child(story: Story) -> None:
    """Law 7 holds for the past as well: need-to-know is today's."""
    twin = Story("single-assessment-2013", practice=False)
    for one in (story, twin):
        one.after(20)
    desk = story.desk(CHI)
    from casereview.service.registry import add_child

    add_child(desk, child_id="kid-9", family="f")
    story.do(CHI, cmd.LinkChild("kid-9"))
    story.after(25).do(CHI, cmd.Restrict("a colleague's family", (WREN,)))
    story.after(60)
    past = desk_at(story.desk(MO), story.due(22))
    assert cases(past, CaseQuery()).total == 0
    assert register(past, RegisterQuery(standings=BY_CONCERN)).counts == {}
    with past.reading() as work:
        assert work.known_children(MO) == [] and list(work.case_ids()) == []
        assert all(story.ref not in (link.body or "") for link in work.links())
    assert cases(desk_at(story.desk(WREN), story.due(22)), CaseQuery()).total == 1


def test_a_case_restricted_then_was_not_shown_then_and_is_not_now(story: Story) -> None:
    story.after(5).do(CHI, cmd.Restrict("a colleague's family", (WREN,)))
    story.after(10).do(CHI, cmd.Unrestrict("over"))
    story.after(15)
    assert cases(desk_at(story.desk(MO), story.due(7)), CaseQuery()).total == 0
    assert cases(desk_at(story.desk(MO), story.due(12)), CaseQuery()).total == 1


def test_the_head_of_that_day_is_the_last_entry_recorded_by_its_end(story: Story) -> None:
    with story.store.read() as work:
        head = work.head()
    story.after(10).tell()
    past = desk_at(story.desk(MO), START + DAY)
    with past.reading() as work:
        assert past.head(work) == head
    with story.store.read() as work:
        assert work.head().seq == head.seq + 1
    first = desk_at(story.desk(MO), date(1999, 1, 1))
    assert isinstance(first, PastDesk) and first.past_head.hash == GENESIS


def test_a_late_bank_holiday_does_not_reach_into_the_past(story: Story) -> None:
    """What was shown before it was proclaimed counted without it."""
    from casereview.service.closures import add_closure

    before = show(story.desk(MO), story.ref).expectations
    story.after(10)
    assert add_closure(story.desk(CHI), story.due(20), "proclaimed") == 1
    assert show(story.desk(MO), story.ref).case.runs["decision"].indicative == story.due(45)
    past = show(desk_at(story.desk(MO), START), story.ref)
    assert past.expectations == before
    assert replace(past.row, number=0) == replace(show(desk_at(story.desk(MO), START), story.ref).row, number=0)
    assert past.case.team == TEAM
