"""Figures of a store: gathered from cases as they were lived, the same on every store, and nothing of a hidden one."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.errors import CaseReviewError, NotFound
from casereview.oversight.figures.beside import beside
from casereview.oversight.figures.drawing import WIDTH
from casereview.oversight.figures.explained import Agreements, Explained, Ratio
from casereview.oversight.figures.facts import CaseFacts, Known
from casereview.oversight.figures.overseen import is_a_planned_look, only_overseers
from casereview.oversight.figures.said import beside_says
from casereview.oversight.figures.said_more import body
from casereview.oversight.figures.tables import as_data, table_of
from casereview.oversight.questions import DEPENDS, answer
from casereview.service.asof import desk_at
from casereview.service.figure_notes import add_story, parse_month, remove_story, set_smallest, smallest, stories
from casereview.service.figure_pages import KINDS, kind_named, page, page_lines
from casereview.service.figures import Gathered, Selection, gather
from casereview.testing import MemoryStore
from tests.contract.conftest import Backend
from tests.figures.lives import FLOW, begun, finished, peopled
from tests.figures.made import CALENDAR, some_cases
from tests.figures.made import DAY as FIGURES_DAY
from tests.stories import CATALOGUE, CHI, MAX, MO, SAM, START, WREN, Story, new_store

DAY = timedelta(days=1)


def lived(store: MemoryStore, *, hide: bool, finished_ones: int = 5) -> Story:
    """Assessments that were finished, one of them sent back, one in the urgent lane and waiting.

    hide  also one that max may not know of, about a child of theirs; begun last so that nothing else differs
    """
    for at in range(finished_ones):
        opened = START + at * 7 * DAY
        finished(begun(store, at, opened=opened, child=f"c{at}"), opened, 8 + at, returned=at == 1)
    again = begun(store, 6, opened=START + 80 * DAY, child="c0")
    again.do(MO, cmd.SetLane("urgent", "infant injury"))
    again.do(WREN, cmd.StartWaiting("the hospital", "an X-ray"))
    stop = begun(store, 7, opened=START + 81 * DAY, child="c1")
    stop.step(MO, "record-error")
    if hide:
        hidden = finished(begun(store, 9, opened=START + 30 * DAY, child="c1"), START + 30 * DAY, 3)
        hidden.do(CHI, cmd.Restrict("a colleague's child", (WREN,)))
    return again.on(START + 100 * DAY)


def gathered(story: Story, person: str = MAX, **asked: object) -> Gathered:
    return gather(story.desk(person), Selection(**asked))  # type: ignore[arg-type]


def test_a_hidden_case_and_none_give_the_same_figures_on_every_store(backend: Backend) -> None:
    """Law 7, for every figure there is: its numbers, what stands beside, its text, its rows, its data."""
    count = 5 if backend.name == "memory" else 2  # a disk is slow
    with_it, without = (lived(peopled(backend.new()), hide=hide, finished_ones=count) for hide in (True, False))
    for asked in ({}, {"team": "north", "by": "team"}):
        found, twin = gathered(with_it, **asked), gathered(without, **asked)
        for one in KINDS:
            seen, other = (page(s.desk(MAX), g, one.name) for s, g in ((with_it, found), (without, twin)))
            assert page_lines(seen, found) == page_lines(other, twin)
            assert table_of(seen.figure) == table_of(other.figure) and as_data(seen) == as_data(other)
    assert len(gathered(with_it, CHI).facts) == len(gathered(with_it).facts) + 1
    assert next(f for f in gathered(with_it, CHI).facts if "c1" in f.children and f.closed).later


def test_facts_are_what_was_lived() -> None:
    story = lived(new_store(), hide=False)
    found = gathered(story)
    assert found.void == 1 and len(found.facts) == 6
    by_child = {fact.children[0]: fact for fact in found.facts if fact.closed}
    for at in range(5):
        fact = by_child[f"c{at}"]
        (main,) = fact.of()
        assert main.days == 9 + at + (at == 1) and main.standing == "done_within" and main.indicative_days == 45
        assert (fact.decision, fact.words, fact.of_a_child, fact.seen_days) == (True, False, True, 2)
        assert fact.look is not None and dict(fact.look)["analysis"] == "not yet"
        assert fact.returned == (at == 1)
        queue = [stay for stay in fact.stays if stay.overseen]
        assert [stay.stage for stay in queue] == ["sign-off"] * (1 + (at == 1))
        assert sum(stay.days for stay in queue) == 1 + (at == 1)
        assert sum(stay.days for stay in fact.stays) == main.days
    urgent = next(fact for fact in found.facts if fact.lane)
    assert urgent.earlier and urgent.closed is None and urgent.waits[0].on_whom == "the hospital"
    assert by_child["c0"].later and not by_child["c0"].watched and not by_child["c2"].later


def test_a_wait_nobody_ended_is_over_with_its_case_and_takes_nothing_from_its_time() -> None:
    story = begun(new_store(), 1, child="c1")
    story.do(WREN, cmd.StartWaiting("the police", "their answer"))
    since = story.today
    finished(story, START, 12)
    (fact,) = gathered(story).facts
    (wait,) = fact.waits
    assert (wait.since, wait.until) == (since, fact.closed) and fact.of()[0].days == 13
    assert wait.days == CALENDAR.working_days(since, fact.closed or since)


def test_only_those_who_oversee_can_move_it_on_from_their_stages() -> None:
    for name, overseen in ((FLOW, {"checkpoint", "sign-off"}), ("single-assessment", {"checkpoint", "sign-off"})):
        found = CATALOGUE.find(name)
        assert {stage for stage in found.stages if only_overseers(found, stage)} == overseen
        assert is_a_planned_look(found, "checkpoint") and not is_a_planned_look(found, "sign-off")


def test_filters_narrow_and_what_there_is_not_is_refused_with_the_nearest() -> None:
    story = lived(new_store(), hide=False)
    assert gathered(story, team="south").facts == () and len(gathered(story, workflow=FLOW).facts) == 6
    assert len(gathered(story, kind="assessment").facts) == 6 and gathered(story, kind="review").facts == ()
    for asked, near in (({"measure": "decison"}, "decision"), ({"by": "tea"}, "team"), ({"what": "day"}, "days")):
        with pytest.raises(CaseReviewError) as wrong:
            gathered(story, **asked)
        assert near in (wrong.value.remedy or "")
    odd: tuple[dict[str, Any], ...] = ({"around": "0"}, {"around": "soon"}, {"since": START, "until": START - DAY})
    for wanted in odd:
        with pytest.raises(CaseReviewError):
            gathered(story, **wanted)
    with pytest.raises(NotFound, match="durations"):
        kind_named("duration")


def test_a_past_day_is_what_was_shown_then() -> None:
    """Computed live on that day, and computed later of that day."""
    store = new_store(practice=False)
    first = begun(store, 1, child="c1")
    live = gathered(first)
    day = first.today
    finished(first, START, 12)
    later = begun(store, 2, opened=START + 40 * DAY, child="c1")
    past = gather(desk_at(later.desk(MAX), day))
    assert past.facts == live.facts != gathered(later).facts
    first.on(day)
    for one in KINDS:
        then, now = page(desk_at(later.desk(MAX), day), past, one.name), page(first.desk(MAX), live, one.name)
        assert as_data(then.figure) == as_data(now.figure)


# ---- pages -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("width", [60, WIDTH, 120])
def test_every_page_fits_asks_its_question_and_is_safe_whatever_people_wrote(width: int) -> None:
    story = lived(new_store(), hide=False)
    story.do(WREN, cmd.StartWaiting("[red]the \x1b[31mhospital[/] of a very long name indeed, by the river", "x"))
    found = gathered(story, by="team")
    for one in KINDS:
        answer(story.desk(MO), one.name, "[b]It\x1b[2J is\u202e what it is[/b] " * 9)
        seen = page(story.desk(MAX), found, one.name)
        lines = page_lines(seen, found, width)
        text = "\n".join(lines)
        assert max(map(len, lines)) <= max(width, 72), (one.name, max(lines, key=len))
        assert "\x1b" not in text and "\u202e" not in text and "[b]It" in text
        assert "Is this good or bad? It depends on" in " ".join(text.split()) and one.name in DEPENDS
        assert "Beside it" in text
        header, rows = table_of(seen.figure)
        assert all(len(row) == len(header) for row in rows)
        json.dumps(as_data(seen.figure))


@settings(max_examples=40, deadline=None)
@given(some_cases(), st.sampled_from([1, 5]), st.sampled_from(["team", "month", "lane"]), st.sampled_from(["", "45"]))
def test_any_cases_can_be_put_into_words_rows_and_data(
    facts: list[CaseFacts], number: int, by: str, around: str
) -> None:
    known = [Known(c.ref, c.children, c.opened, c.opened, c.closed, c.closed, imported=c.imported) for c in facts]
    for what in ("days", "ended", "begun", "open"):
        asked = Selection(by=by, around=around, what=what)
        found = Gathered(FIGURES_DAY, asked, tuple(facts), tuple(known), number, CALENDAR)
        for kind in KINDS if what == "days" else [kind_named("trend"), kind_named("forecast")]:
            figure = kind.make(found)
            lines = [*body(figure, {}, number), *beside_says(beside(kind.about(found), number), number)]
            assert all(len(line) <= WIDTH for line in lines), (kind.name, max(lines, key=len))
            assert not any("None" in line for line in lines), (kind.name, lines)
            header, rows = table_of(figure)
            assert all(len(row) == len(header) for row in rows)
            json.dumps(as_data(figure))


def test_stories_stand_under_their_month_for_the_team_they_are_of() -> None:
    story = lived(new_store(), hide=False)
    set_smallest(story.desk(MO), 1)
    add_story(story.desk(WREN), "June 2024", "Two posts were empty.", team="north")
    add_story(story.desk(WREN), "2024-06", "Elsewhere.", team="south")
    found = gathered(story, team="north")
    lines = page_lines(page(story.desk(MAX), found, "trend"), found)
    at = next(n for n, line in enumerate(lines) if line.startswith("  2024-06"))
    assert "Two posts were empty. (Wren, 2024-09-11)" in lines[at + 1]
    assert not any("Elsewhere" in line for line in lines)


# ---- what is kept --------------------------------------------------------------------------------------------------
def test_the_smallest_number_is_set_by_those_who_keep_people_and_teams() -> None:
    story = lived(new_store(), hide=False)
    assert smallest(story.desk(SAM)) == 5 and gathered(story).smallest == 5
    assert page(story.desk(MAX), gathered(story), "urgent").figure.lanes[0].cases is None
    with pytest.raises(NotFound):
        set_smallest(story.desk(SAM), 1)
    for wrong in (0, 101):
        with pytest.raises(CaseReviewError):
            set_smallest(story.desk(MO), wrong)
    assert smallest(story.desk(SAM)) == 5
    set_smallest(story.desk(MO), 1)
    assert page(story.desk(MAX), gathered(story), "urgent").figure.lanes[0].cases == 1
    with story.store.read() as work:
        kept = work.kept_one("setting", "smallest")
    assert kept is not None and [entry["by"] for entry in kept.body["history"]] == [MO]


def test_a_story_is_its_authors_or_a_keepers_to_take_away() -> None:
    story = lived(new_store(), hide=False)
    told = add_story(story.desk(WREN), "2024-06", "Two posts were empty.")
    with pytest.raises(NotFound):
        remove_story(story.desk(SAM), told.key)
    assert stories(story.desk(SAM)) == [told]
    remove_story(story.desk(MO), told.key)
    assert stories(story.desk(SAM)) == []
    with pytest.raises(NotFound):
        add_story(story.desk(WREN), "2024-06", "x", team="norht")
    with pytest.raises(NotFound, match="no workflow"):
        add_story(story.desk(WREN), "2024-06", "x", workflow="\x1b[31msingle")


@pytest.mark.parametrize("said", ["2024-03", "03/2024", "3/2024", "March 2024", "mar 2024", " MARCH  2024 "])
def test_months_are_read_as_people_write_them(said: str) -> None:
    assert parse_month(said, date(2024, 9, 2)) == "2024-03"


@pytest.mark.parametrize("said", ["2024-13", "2024-00", "2024-10", "1880-01", "yesterday", "", "Marc 20244", "\x1b[2J"])
def test_what_is_no_month_or_has_not_come_is_refused(said: str) -> None:
    with pytest.raises(CaseReviewError) as wrong:
        parse_month(said, date(2024, 9, 2))
    assert wrong.value.remedy and "\x1b" not in str(wrong.value)


def test_a_page_says_what_its_shares_rest_on_and_nothing_of_none() -> None:
    """The words a reader stumbled over: no 0 of something to leave out, no year that is not over, no count unsaid."""
    story = lived(new_store(), hide=False)

    def words() -> dict[str, str]:
        found = gathered(story)
        pages = {kind.name: page_lines(page(story.desk(MAX), found, kind.name), found) for kind in KINDS}
        return {name: " ".join(" ".join(lines).split()) for name, lines in pages.items()}

    assert all("a share takes the middle of both ranges" in said for said in words().values())
    set_smallest(story.desk(CHI), 1)
    exact = words()
    assert "none whose year is over" in exact["same-day"] and "a return carries dates only" in exact["same-day"]
    assert "5 that ended." in exact["bunching"] and "one, and left out" not in exact["bunching"]
    assert "left: visits that are over" in exact["stages"]


def test_a_count_too_small_to_show_is_no_dot_within_a_sentence() -> None:
    few = Agreements(5, None, None, 30, None, None)
    figure = Explained(Ratio(5, (), 5, 0), Ratio(0, (), 0, 0), few, 0)
    says = " ".join(body(figure, {}))
    assert "Ending within 7 days: too few to show; agreed more than once: too few to show." in says
