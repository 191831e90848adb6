"""What leaves the store as digest or calendar: no name, no title, nothing anybody wrote; and safe to write again."""

from __future__ import annotations

import itertools
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Component

from casereview import commands as cmd
from casereview.errors import CaseReviewError
from casereview.events import PersonSet, TeamSet
from casereview.oversight.matter import KINDS, ONE
from casereview.service.blockages import raise_blockage
from casereview.service.morning import Morning, morning
from casereview.service.morning_out import CALENDAR_BEGINS, DIGEST_BEGINS, calendar, digest, uid, write_over
from casereview.service.quality_themes import give, sample
from casereview.service.registry import add_child
from tests.stories import CHI, MAX, MO, START, WREN, Story

DAY = timedelta(days=1)
WORD = st.text("bdfghjklmnprstvz", min_size=7, max_size=9)  # no such word is one of ours


def markers(word: str) -> Iterator[str]:
    return (f"{word}{number}q" for number in itertools.count())


def planted(word: str) -> Story:
    """A case of which everything that a person can write holds the marker, with as many questions as there can be."""
    text = markers(word)
    story = Story("single-assessment-2013", title=next(text))
    named = [PersonSet(MO, next(text)), PersonSet(WREN, next(text)), TeamSet("north", next(text))]
    with story.store.write() as work:
        story.desk(MO).register(work, *named)
    add_child(story.desk(MO), child_id=f"{word}-child")
    story.do(MO, cmd.LinkChild(f"{word}-child"))
    story.do(CHI, cmd.SetRoster(f"{word}-father", next(text), next(text), language=next(text), advocate=next(text)))
    contact = (next(text), next(text), next(text), next(text))
    story.do(WREN, cmd.Tell("started", (), None, *contact, promised_on=story.due(4)))
    story.do(MO, cmd.AgreeDate(story.due(8), next(text)))
    story.on(story.due(2))
    story.do(MO, cmd.AgreeDate(story.due(9), next(text), "JUDG"))
    story.do(WREN, cmd.GiveReason("JUDG", next(text), next(text), action=next(text), action_owner=next(text)))
    story.do(WREN, cmd.StartWaiting(next(text), next(text)))
    story.do(MO, cmd.MarkLooked(next(text)))
    story.do(MO, cmd.ExceptTelling("mother", "police advice", story.due(6), next(text)))
    story.do(WREN, cmd.SetLane("urgent", next(iter(story.definition.lanes["urgent"].when))))
    raise_blockage(story.desk(WREN), next(text), team="north", weight=next(text))
    sample(story.desk(CHI), next(text), next(text), number=1, seed=1)
    theme = _theme(story)
    give(story.desk(CHI), theme, story.ref, MO)
    return story


def _theme(story: Story) -> str:
    from casereview.service.quality_themes import all_themes

    return all_themes(story.desk(CHI))[0].key


@settings(max_examples=15, deadline=None)
@given(WORD, st.integers(0, 40))
def test_nothing_that_anybody_wrote_leaves_with_them(word: str, later: int) -> None:
    story = planted(word)
    story.on(story.due(2 + later))
    for person in (MO, MAX, WREN, CHI):
        found = morning(story.desk(person), silent_after=1)
        for out in (digest(found), calendar(story.desk(person), found).decode().replace("\r\n ", "")):
            assert word.casefold() not in out.casefold()
            assert not any(name in out for name in ("Max", "Chi", "mother", "Mother", "Wren"))
        assert not found.questions or story.ref in digest(found) or "B1" in digest(found)
    assert word in digest(morning(story.desk(MO)), in_full=True)  # the marker is where it could have leaked from


def test_a_calendar_has_an_all_day_event_for_each_question_with_a_day() -> None:
    story = planted("bdfgh")
    desk = story.desk(MO)
    found = morning(desk)
    events = list(Calendar.from_ical(calendar(desk, found)).walk("VEVENT"))
    dated = [one for one in found.questions if one.by is not None]
    assert len(events) == len(dated) > 3
    for event, one in zip(events, dated, strict=True):
        assert one.by is not None
        assert event.decoded("dtstart") == one.by and event.decoded("dtend") == one.by + DAY
        assert type(event.decoded("dtstart")) is date  # a day, not an hour
        assert str(event["SUMMARY"]) == f"{one.case}: {ONE[one.kind]}"
        assert str(event["CLASS"]) == "PRIVATE"
    assert len({str(event["UID"]) for event in events}) == len(events)


def test_a_question_keeps_its_uid_while_its_day_moves_and_a_later_file_wins() -> None:
    story = Story()
    story.do(WREN, cmd.Tell("started", promised_on=story.due(2)))

    def event() -> Component:
        desk = story.desk(MO)
        (one,) = (q for q in morning(desk).questions if q.kind == "family")
        written = Calendar.from_ical(calendar(desk, Morning(desk.today, 1, (one,))))
        return written.walk("VEVENT")[0]

    first = event()
    story.on(story.due(2))
    story.do(WREN, cmd.Tell("progress", promised_on=story.due(4)))
    second = event()
    assert first["UID"] == second["UID"] and first.decoded("dtstart") != second.decoded("dtstart")
    assert second.decoded("sequence") > first.decoded("sequence")
    store = "another store"
    (one,) = (q for q in morning(story.desk(MO)).questions if q.kind == "family")
    assert uid(one, store) != second["UID"]


def test_the_digest_counts_what_waits_under_its_headings() -> None:
    story = planted("bdfgh")
    found = morning(story.desk(MO))
    text = digest(found)
    assert text.startswith(f"casereview, 5 June 2024: {len(found.questions)} questions for you.")
    for kind in {one.kind for one in found.questions}:
        assert f"{KINDS[kind]} ({sum(one.kind == kind for one in found.questions)})" in text
    assert text.count("\n  ") == len(found.questions)
    nothing = digest(Morning(START, 3, ()))
    assert "nothing waits for you" in nothing and "does not say that help is good" in nothing


def test_of_a_restricted_case_not_even_the_reference_leaves() -> None:
    story = planted("bdfgh")
    story.do(CHI, cmd.Restrict("a relative works here", (MO,)))
    found = morning(story.desk(MO))
    assert story.ref in {one.case for one in found.questions}
    outs = (digest(found), digest(found, in_full=True), calendar(story.desk(MO), found).decode())
    assert not any(story.ref in out for out in outs)
    assert digest(found).startswith("casereview, 5 June 2024: 1 question for you.")  # the blockage


# ---- files -------------------------------------------------------------------------------------------------------
def test_a_file_is_brought_up_to_date_and_never_written_over_somebody_elses(tmp_path: Path) -> None:
    path = tmp_path / "today.txt"
    write_over(path, f"{DIGEST_BEGINS}1".encode(), DIGEST_BEGINS)
    write_over(path, f"{DIGEST_BEGINS}2".encode(), DIGEST_BEGINS)
    assert path.read_text() == f"{DIGEST_BEGINS}2" and stat.S_IMODE(path.stat().st_mode) == 0o600
    for theirs, begins in (("Dear all", DIGEST_BEGINS), ("BEGIN:VCALENDAR\r\nPRODID:-//else//EN", CALENDAR_BEGINS)):
        path.write_text(theirs)
        with pytest.raises(CaseReviewError, match="something else is there"):
            write_over(path, b"x", begins)
        assert path.read_text() == theirs.replace("\r\n", "\n")
    for impossible in (tmp_path / "no" / "such" / "folder.txt", tmp_path):
        with pytest.raises(CaseReviewError, match="cannot be written"):
            write_over(impossible, b"x", DIGEST_BEGINS)
    assert [one.name for one in tmp_path.iterdir()] == ["today.txt"]  # nothing half-written is left


def test_a_calendar_written_twice_is_one_calendar(tmp_path: Path) -> None:
    story = planted("bdfgh")
    desk, path = story.desk(MO), tmp_path / "today.ics"
    for later in (0, 3):
        story.on(story.today + later * DAY)
        write_over(path, calendar(desk, morning(desk)), CALENDAR_BEGINS)
    assert path.read_bytes().count(b"BEGIN:VCALENDAR") == 1
