"""The few times that law or statutory guidance sets: in their years only, a standing of their own, blocking nothing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview import events as ev
from casereview.calendar import calendar_for
from casereview.clocks import start_clock
from casereview.service.closures import add_closure
from casereview.service.dates import explain_dates
from casereview.service.morning import morning
from casereview.service.reading import register, show
from casereview.service.whole import rebuild_store, verify
from casereview.views import OVERDUE, RegisterQuery
from storage import open_store
from tests.stories import ADA, CATALOGUE, CHI, CHO, MO, START, Story, definition, new_store

RAPID = "rapid-review"
DAY = timedelta(days=1)
FIRST = date(2018, 6, 29)


def review(opened: date, *, today: date | None = None, seed: int = 1, story: Story | None = None) -> Story:
    store = story.store if story else None
    return Story(RAPID, opened=opened, today=today or opened, roster=False, store=store, seed=seed)


def test_past_five_working_days_a_notification_stands_as_past_a_legal_time_limit() -> None:
    story = review(START)
    assert story.case.runs["notification"].statutory == story.due(5)
    assert story.on(story.due(5)).standing("notification") == "on_course"
    assert story.on(story.due(5) + DAY).standing("notification") == "past_statutory"
    assert "past_statutory" in OVERDUE
    (row,) = register(story.desk(MO), RegisterQuery(standings=("past_statutory",))).rows
    assert (row.row.case, row.expectation.statutory) == (story.ref, story.due(5))
    assert row.beyond == 1


def test_it_blocks_nothing_and_the_steps_are_the_same_on_every_date() -> None:
    story = review(START)
    before = [view.step.name for view in show(story.desk(CHO), story.ref).steps]
    story.on(START + 400 * DAY)
    assert [view.step.name for view in show(story.desk(CHO), story.ref).steps] == before
    story.do(CHO, cmd.SetRequirementAside("record-incident", "written up elsewhere", "notify"))
    story.do(CHO, cmd.TakeStep("notify"))
    assert story.case.main.stage == "notified"
    assert story.standing("notification") == "done_longer_unexplained"
    assert story.case.runs["rapid-review"].statutory == story.due(15, story.today)


def test_what_a_manager_agrees_neither_hides_nor_ends_it() -> None:
    story = review(START).after(4)
    story.do(CHO, cmd.Appoint("wren", "agency-link"))
    story.do("wren", cmd.GiveReason("NEWI", "another agency was found", ""))
    story.do(CHO, cmd.GiveAnswer("agreed", "", story.today + 60 * DAY))
    assert story.standing("notification") == "on_course"
    assert story.after(6).standing("notification") == "past_statutory"
    story.do(CHO, cmd.SetRequirementAside("record-incident", "written up elsewhere", "notify"))
    story.do(CHO, cmd.TakeStep("notify"))
    assert story.standing("notification") == "done_longer_justified"  # as any other time is told once it has ended


@pytest.mark.parametrize(("opened", "counts"), [(FIRST - DAY, False), (FIRST, True)])
def test_only_a_case_opened_in_the_rules_years_is_measured_by_it(opened: date, counts: bool) -> None:
    story = review(opened)
    assert (story.case.runs["notification"].statutory is not None) is counts
    standing = story.on(opened + 300 * DAY).standing("notification")
    assert standing == ("past_statutory" if counts else "on_course")


def test_a_time_that_starts_later_in_an_older_case_is_not_measured_by_it() -> None:
    story = review(FIRST - 20 * DAY, today=FIRST + DAY)
    story.do(CHO, cmd.SetRequirementAside("record-incident", "written up elsewhere", "notify"))
    story.do(CHO, cmd.TakeStep("notify"))
    assert story.case.runs["rapid-review"].started > FIRST
    assert story.case.runs["rapid-review"].statutory is None


def test_a_day_without_work_moves_it_with_both_values_and_every_date_is_explained() -> None:
    story = review(START)
    before = story.due(5)
    add_closure(story.desk(CHI), START + 2 * DAY, "flood")
    run = story.case.runs["notification"]
    assert run.statutory == story.due(5) > before
    assert isinstance(story.entries[-1].event, ev.DatesMoved)
    (found,) = [one for one in explain_dates(story.desk(MO), story.ref) if one.expectation == "notification"]
    assert (found.what, found.date) == ("legal time limit", run.statutory)
    assert [s.date for s in found.counted.skipped if "flood" in s.why] == [START + 2 * DAY]  # type: ignore[union-attr]


def test_urgent_and_late_comes_first_then_the_law_then_what_a_manager_does_not_agree_to() -> None:
    """On a real store: the row, the page and the order of the register."""
    story = review(START)
    other = Story(store=story.store, seed=2)
    other.clock = story.clock
    other.after(30).reason()
    other.do(MO, cmd.GiveAnswer("not agreed", "see her this week"))
    urgent = Story(store=story.store, seed=3, today=START)
    urgent.do(MO, cmd.SetLane("urgent", "infant injury"))
    rows = register(story.desk(MO), RegisterQuery()).rows
    order = [row.row.standing for row in rows]
    assert order == sorted(order, key=["urgent_late", "past_statutory", "longer_of_concern"].index)
    assert len(set(order)) == 3


def test_the_morning_asks_about_it_from_half_its_days_on_and_is_never_quiet() -> None:
    story = review(START)
    asked = [[q.kind for q in morning(story.after(n).desk(CHO)).questions] for n in (1, 4, 6)]
    assert [kinds.count("legal") for kinds in asked] == [0, 1, 1]
    (past,) = [q for q in morning(story.desk(CHO)).questions if q.kind == "legal"]
    assert "has passed" in past.says and past.by == story.due(5) and past.days == 1
    assert not [q for q in morning(story.desk("sam")).questions if q.kind == "legal"]


def test_a_store_on_disk_keeps_it_and_folds_it_again(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "s.db"), create=True, empty=True, clock=Story().clock)
    with store.write() as work:
        source = new_store()
        with source.read() as known:
            work.append_links(known.links(), apart=True)
    story = Story(RAPID, roster=False, store=store, worker=None)  # type: ignore[arg-type]
    story.after(6)
    assert [r.row.standing for r in register(story.desk(ADA), RegisterQuery()).rows] == ["past_statutory"]
    assert verify(story.desk(ADA)).problems == ()
    rebuild_store(story.desk(ADA))
    assert story.case.runs["notification"].statutory == story.due(5)


@settings(max_examples=60)
@given(st.dates(date(2018, 1, 1), date(2026, 12, 1)), st.integers(0, 40))
def test_the_clock_follows_the_years_of_the_rule_for_any_day(opened: date, later: int) -> None:
    expectation = CATALOGUE.find(RAPID).expectations["notification"]
    calendar = calendar_for("england-wales")
    started = opened + later * DAY
    clock = start_clock(expectation, started, calendar, opened=opened)
    expected = calendar.add_working_days(started, 5) if opened >= FIRST else None
    assert clock.statutory == expected and clock.indicative is None
    assert start_clock(definition().expectations["decision"], started, calendar, opened=opened).statutory is None
