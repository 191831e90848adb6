"""Law 4: nothing recorded is lost or altered; the present is the fold of the past, and any day can be looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview import events as ev
from casereview.chain import fault_of
from casereview.errors import CaseReviewError, NotFound
from casereview.fold import fold
from casereview.service.reading import history, records, show
from casereview.standing import judge
from tests.laws.second_opinion import CALENDAR
from tests.stories import CATALOGUE, CHI, MO, START, STORY, WREN, Story, definition, new_store

DAY = timedelta(days=1)
acts: st.SearchStrategy[tuple[str, cmd.Command]] = st.sampled_from(
    [
        (WREN, cmd.Tell("progress")),
        (WREN, cmd.SeeChild()),
        (WREN, cmd.GiveReason("JUDG", "t", "e")),
        (MO, cmd.GiveAnswer("not agreed", "do this")),
        (MO, cmd.Assign(team="south")),
        (MO, cmd.AddRecord("look-note", {"outcome": "carry on"})),
        (MO, cmd.TakeStep("begin")),
        (WREN, cmd.StartWaiting("police", "a decision")),
        (MO, cmd.SetLane("urgent", "infant injury")),
        (MO, cmd.SetLane("", "settled")),
        (MO, cmd.AddRecord("suspension", {"may_continue": "begin"})),
        (MO, cmd.TakeStep("suspend")),
        (MO, cmd.TakeStep("resume", "over")),
    ]
)
lives = st.lists(st.tuples(acts, st.integers(0, 9)), max_size=14)


def live(story: Story, life: list[tuple[tuple[str, cmd.Command], int]]) -> None:
    for (person, command), wait in life:
        story.on(story.today + wait * DAY)
        try:
            story.do(person, command)
        except CaseReviewError:
            continue


@settings(max_examples=40)
@given(lives)
def test_the_journal_only_grows_and_the_present_is_its_fold(life: Any) -> None:
    story = Story()
    before: list[Any] = []
    for one in life:
        live(story, [one])
        with story.store.read() as work:
            links = list(work.links())
        assert links[: len(before)] == before
        before = links
    prev = "0" * 64
    for seq, link in enumerate(before, start=1):
        assert fault_of(link, seq, prev) is None
        prev = link.hash
    story.check()


@settings(max_examples=40)
@given(lives, st.integers(0, 60))
def test_any_day_is_seen_as_the_fold_of_what_was_known_by_then(life: Any, back: int) -> None:
    story = Story()
    live(story, life)
    day = max(START, story.today - back * DAY)
    seen = show(story.desk(MO), story.ref, as_at=day, as_happened=False)
    by_then = [e for e in story.entries if e.recorded_at < datetime(day.year, day.month, day.day, 23, tzinfo=UTC)]
    assert seen.case == fold(story.case.id, by_then, definition())
    for view in seen.expectations:
        judged = judge(seen.case, view.expectation, CALENDAR, day)
        assert judged is not None and judged.standing == view.standing


def test_a_correction_keeps_what_was_first_written() -> None:
    story = Story()
    number = story.do(WREN, cmd.AddRecord("decision", {"decision": "help", "grounds": ""})).case.number
    story.do(WREN, cmd.CorrectRecord(number, "left out", {"grounds": "seen twice", "checked": "yes"}))
    corrected = story.entries[-1].event
    assert isinstance(corrected, ev.Corrected)
    assert corrected.changes == {"grounds": ["", "seen twice"], "checked": [None, True]}
    first = next(e.event for e in story.entries if e.number == number)
    assert isinstance(first, ev.Recorded) and first.values == {"decision": "help", "grounds": ""}
    (row,) = records(story.desk(WREN), story.ref).rows
    assert (row.values["grounds"], row.corrected, row.withdrawn) == ("seen twice", 1, False)
    story.do(MO, cmd.CorrectRecord(number, "wrong case", withdraw=True))
    (row,) = records(story.desk(WREN), story.ref).rows
    assert (row.corrected, row.withdrawn, row.values["grounds"]) == (2, True, "seen twice")
    assert "withdrawn already" in story.refused(MO, cmd.CorrectRecord(number, "again", withdraw=True)).says
    story.check()


def test_a_withdrawn_record_meets_nothing_any_more() -> None:
    story = Story()
    number = story.do(WREN, cmd.AddRecord("goal", {"goal": "school"})).case.number
    assert story.case.records["goal"].live == [number]
    story.do(WREN, cmd.CorrectRecord(number, "wrong case", withdraw=True))
    assert story.case.records["goal"].live == []


def test_what_happened_and_when_it_was_known_are_both_kept() -> None:
    """Decision 9: told on Monday, written down on Thursday. On Tuesday it had happened but was not known."""
    story = Story(today=START + 7 * DAY)
    story.tell("progress", on=START + 3 * DAY)
    story.on(START + 30 * DAY)
    tuesday = START + 4 * DAY
    with pytest.raises(NotFound, match="there was no case"):
        show(story.desk(MO), story.ref, as_at=tuesday, as_happened=False)
    told = history(story.desk(MO), story.ref)[0]
    assert (told.on, told.recorded_at.date()) == (START + 3 * DAY, START + 7 * DAY)


def test_as_it_happened_counts_by_the_day_of_the_fact() -> None:
    story = Story(opened=START, today=START + 10 * DAY)
    story.see(on=START + 2 * DAY)
    story.tell("progress", on=START + 2 * DAY)  # before anyone put the mother on the list
    story.on(START + 20 * DAY)
    view = show(story.desk(MO), story.ref, as_at=START + 3 * DAY, as_happened=True)
    assert view.case.seen_on == START + 2 * DAY
    assert view.case.roster == {}
    with pytest.raises(NotFound, match="there was no case"):
        show(story.desk(MO), story.ref, as_at=START - DAY, as_happened=True)


def test_a_day_ends_in_london() -> None:
    """Half past eleven at night in London is half past ten in UTC in summer: still that day; an hour later not."""
    story = Story(today=START)
    late = datetime(START.year, START.month, START.day, 22, 30, tzinfo=UTC)
    for moment, by in ((late, START), (late + timedelta(hours=1), START + DAY)):
        story.clock._next = moment
        number = story.see().case.number
        story.on(START + 5 * DAY)
        for day in (START, START + DAY):
            seen = show(story.desk(MO), story.ref, as_at=day, as_happened=False)
            assert (seen.case.number >= number) == (day >= by)
        story.on(START)


def test_today_never_dates_back_when_it_was_recorded() -> None:
    """Decision 10: on another day only a practice store is written, and the instant is the real one."""
    for practice in (True, False):
        story = Story(practice=practice)
        desk = story.desk(WREN)
        desk.today_set = True
        story.clock._today = START - 30 * DAY
        if not practice:
            with pytest.raises(CaseReviewError, match="practice store"):
                desk.do(story.ref, cmd.Tell("progress"))
            assert show(desk, story.ref).case == story.case  # looking is allowed
            continue
        (entry,) = desk.do(story.ref, cmd.Tell("progress")).entries
        assert (entry.on, entry.recorded_at.date()) == (START - 30 * DAY, START)


def imported(closed: date | None) -> Story:
    """A case as a census row lands it: started in June, read in August."""
    d = definition()
    story = Story(today=START + 60 * DAY)
    desk = story.desk(MO)
    from casereview.clocks import start_clock

    clock = start_clock(d.expectations["decision"], START, CALENDAR)
    ended = (ev.Ended("decision"),) if closed else ()
    event = ev.Imported(
        "ST-2024-QQQQQ", "row", d.name, d.version, d.hash, "england-wales", "done" if closed else "working", START,
        "cin:1", "CIN census 2024", closed=closed, records=(("referral", {"received_on": "2024-06-03"}, START),),
        reviews=(START + 10 * DAY,), clocks=ev.Clocks(started=(clock,), ended=ended),
    )  # fmt: skip
    with desk.writing() as work:
        from casereview.case import Case

        desk.keep(work, CATALOGUE.find(STORY))
        desk.land(work, Case("1" * 32), (ev.Happening(event, story.today),), d)
    story.ref = event.ref
    story.check()
    return story


def test_an_imported_row_that_is_done_keeps_the_standing_of_its_dates() -> None:
    """Decision 25: a closed row has its computed standing; nothing is known of a justification."""
    in_time, late = imported(START + 20 * DAY), imported(START + 50 * DAY)
    assert in_time.standing() == "done_within"
    assert late.standing() == "done_longer_unexplained"
    assert late.case.runs["decision"].ended == START + 50 * DAY
    assert late.case.imported and late.case.runs["decision"].imported
    late.reason(by=CHI)
    assert late.standing() == "done_explained_afterwards"


def test_an_imported_open_row_counts_checkpoints_only_from_the_day_of_the_import() -> None:
    story = imported(None)
    run = story.case.runs["decision"]
    assert (run.checkpoints, run.held, run.late) == ([], 1, 0)
    assert story.standing() == "longer_unexplained"
    assert story.case.opened == START


def test_an_import_can_be_looked_at_as_it_happened() -> None:
    story = imported(START + 50 * DAY)
    for offset, stage, expected in (
        (30, "working", "on_course"),
        (45, "working", "longer_unexplained"),
        (50, "done", "done_longer_unexplained"),
    ):
        view = show(story.desk(MO), story.ref, as_at=START + offset * DAY, as_happened=True)
        assert (view.case.main.stage, view.row.standing) == (stage, expected)
    with pytest.raises(NotFound):
        show(story.desk(MO), story.ref, as_at=START + 30 * DAY, as_happened=False)
    with pytest.raises(NotFound):
        show(story.desk(MO), story.ref, as_at=START - DAY, as_happened=True)


def test_a_later_file_finishes_an_imported_case() -> None:
    story = imported(None)
    desk, d = story.desk(MO), definition()
    done = START + 59 * DAY
    event = ev.ImportUpdated("done", "CIN census 2025", "x", done, ended=(("decision", done),))
    with desk.writing() as work:
        case = desk.case(work, story.ref)
        desk.land(work, case, (ev.Happening(event, story.today),), d)
    assert (story.case.main.stage, story.case.closed, story.standing()) == ("done", done, "done_longer_unexplained")
    story.check()


def test_a_whole_new_store_has_nothing_to_show() -> None:
    with new_store().read() as work:
        assert list(work.case_ids()) == []
