"""Twelve traps others fell into, each as a test: what went wrong there must not be possible here.

The numbers are those of the list of traps the product was designed against; where the trap was reported in public,
the report is named.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.calendar import calendar_for
from casereview.case import Waiting
from casereview.clock import PinnedClock
from casereview.commands import Command
from casereview.decide.life import open_steps
from casereview.engine import path
from casereview.people import Closure
from casereview.service.closures import add_closure
from casereview.service.desk import Desk
from casereview.service.reading import cases, register, show
from casereview.service.whole import rebuild_store, verify
from casereview.sheets import cell
from casereview.testing import MemoryStore
from casereview.views import BY_CONCERN, CaseQuery, RegisterQuery
from tests.stateful.solver import Team
from tests.stories import CATALOGUE, CHI, DOT, MO, SAM, SHIPPED, START, STORY, WREN, Story, definition, new_store
from workflows.reading import parse

DAY = timedelta(days=1)
SA2013 = "single-assessment-2013"


# ---- 1. a flag that does nothing (open-zaak#747: suspended, and the planned end did not care) ---------------------
def test_1_what_is_marked_can_be_seen_and_says_what_it_changes() -> None:
    """Waiting, urgency, restriction and a look each show where somebody acts on them, and nowhere pretend more."""
    story = Story(SA2013).after(46)
    before = register(story.desk(MO), RegisterQuery()).rows[0]
    story.do(WREN, cmd.StartWaiting("CAMHS", "an appointment"))
    waiting = register(story.desk(MO), RegisterQuery()).rows[0]
    assert waiting.expectation.details["waiting"][0]["on"] == "CAMHS"
    assert (waiting.working_days, waiting.beyond) == (before.working_days, before.beyond)  # and says so (law 9)
    story.do(MO, cmd.SetLane("urgent", "section 47"))
    assert register(story.desk(MO), RegisterQuery()).rows[0].row.standing == "urgent_late"
    story.do(MO, cmd.MarkLooked("seen in supervision"))
    assert [look.by for look in story.case.looks] == [MO]
    story.do(CHI, cmd.Restrict("a colleague's family", (WREN,)))
    assert register(story.desk(MO), RegisterQuery()).total == 0


# ---- 2. one cumulative hold number (frappe: a single total, so no edit can ever be put right) ---------------------
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=1, max_size=5))
@settings(max_examples=25)
def test_2_every_wait_is_an_interval_of_its_own(waits: list[tuple[int, int]]) -> None:
    story = Story(SA2013).after(60)
    spans = [(START + a * DAY, START + (a + b) * DAY) for a, b in waits]
    numbers = []
    for since, _ in spans:
        story.do(WREN, cmd.StartWaiting("school", "a report", since))
        numbers.append(story.case.number)
    for number, (_, until) in zip(numbers, spans, strict=True):
        story.do(WREN, cmd.EndWaiting(number, until))
    assert [(w.since, w.until) for w in story.case.waited] == spans and story.case.waiting == {}
    assert Waiting.__slots__ == ("on_whom", "what", "since", "by")  # no total is kept anywhere


# ---- 3. a deadline as a state (iTop: at 100 % the ticket moves to another state) -----------------------------------
@pytest.mark.parametrize("workflow", SHIPPED)
def test_3_no_day_that_passes_moves_a_case(workflow: str) -> None:
    story = Story(workflow)
    stage, number = story.case.main.stage, story.case.number
    for days in (1, 44, 46, 90, 400, 4000):
        story.on(START + days * DAY)
        view = show(story.desk(MO), story.ref)
        assert (view.case.main.stage, view.case.number) == (stage, number)
    late = {"late", "overdue", "escalated", "breached", "lapsed", "expired"}
    assert not [name for name in story.definition.stages if late & set(name.split("-"))]


# ---- 4. a stage as the side effect of a form field (Primero: a date typed elsewhere ends the task) -----------------
@pytest.mark.parametrize("workflow", SHIPPED)
def test_4_nothing_that_is_written_down_moves_the_case(workflow: str) -> None:
    team = Team(workflow)
    here = (team.case.main.stage, {name: t.stage for name, t in team.case.tracks.items()})
    for kind in team.definition.records:
        team.record(kind)
        assert (team.case.main.stage, {name: t.stage for name, t in team.case.tracks.items()}) == here


# ---- 5. reopening without a reason (Primero keeps a day and a user) ------------------------------------------------
def test_5_reopening_takes_a_reason_and_keeps_what_was_closed() -> None:
    story = Story().finish()
    closed = [entry.number for entry in story.entries]
    for reason in ("", "   "):
        assert "reason" in story.refused(MO, cmd.Reopen(reason)).says
    story.do(MO, cmd.Reopen("new facts"))
    assert story.case.reopened == 1 and story.case.closed is None
    assert [entry.number for entry in story.entries][: len(closed)] == closed


# ---- 6. a repair tool that destroys history (Jira Service Management) ----------------------------------------------
def test_6_repairing_reads_the_journal_and_never_writes_it() -> None:
    store = new_store()
    story = Story(SA2013, store=store).after(50)
    story.justify(story.today + 20 * DAY)
    with store.read() as work:
        links, before = list(work.links()), work.case(None, story.ref)
    desk = story.desk(DOT)
    assert rebuild_store(desk) == 1
    with store.read() as work:
        assert list(work.links()) == links and work.case(None, story.ref) == before
    assert verify(desk).ok


# ---- 7. rules tied to a hash of the code (DBOS: any edit strands every waiting run) --------------------------------
def test_7_a_running_case_follows_its_own_text_whatever_is_shipped_later(tmp_path: Path) -> None:
    file = tmp_path / "local.toml"
    file.write_text(Path(STORY).read_text("utf-8"), "utf-8")
    story = Story(str(file))
    file.write_text("this is no workflow any more", "utf-8")
    story.do(MO, cmd.MarkLooked("as before"))
    file.unlink()
    assert show(story.desk(MO), story.ref).steps
    assert story.case.hash == definition(STORY).hash  # of the text: no line of ours is in it


# ---- 8. text of a guard that is evaluated (python-statemachine before 3.2) -----------------------------------------
CODE = ("__import__('os').system('x')", "open('/etc/passwd')", "1 if True else 2", "lambda: 1")


@pytest.mark.parametrize("text", CODE)
def test_8_a_requirement_is_a_name_of_a_registry_and_never_code(text: str) -> None:
    source = Path(STORY).read_text("utf-8")
    for put in (f'has = "{text}"', f'"{text}" = "worker"'):
        broken = source.replace('has = "worker"', put, 1)
        assert broken != source
        found, faults = parse(broken, "local.toml")
        assert found is None and faults and any(text in f.says or "key" in f.says for f in faults)


# ---- 9. a state that is saved though something after it failed (transitions: an error in `after` leaves it) ---------
@pytest.mark.parametrize("fails_at", ["append", "save", "put_record"])
def test_9_all_of_a_command_is_kept_or_nothing(fails_at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = new_store()
    story = Story(store=store)
    with store.read() as work:
        head, before = work.head(), work.case(None, story.ref)

    class Broken(Exception):
        pass

    def fail(self: Any, *args: Any, **named: Any) -> None:
        raise Broken

    with monkeypatch.context() as breaking:
        writing = next(c for c in _writers(store))
        breaking.setattr(writing, fails_at, fail)
        command: Command = cmd.SeeChild() if fails_at == "put_record" else cmd.MarkLooked("x")
        with pytest.raises(Broken):
            story.do(MO, command)
    with store.read() as work:
        assert work.head() == head and work.case(None, story.ref) == before


def _writers(store: MemoryStore) -> list[type]:
    with store.write() as work:
        return [type(work)]


# ---- 10. the way round: `to_X` (transitions makes one for every state unless told not to) --------------------------
@pytest.mark.parametrize("workflow", SHIPPED)
def test_10_there_is_no_way_between_stages_but_the_declared_steps(workflow: str) -> None:
    d = definition(workflow)
    for track in (None, *d.tracks):
        machine: Any = path(d, track)._machine
        declared = {s.name for s in d.steps.values() if s.track == track}
        assert set(machine.events) == declared
    story = Story(workflow)
    for stage in d.stages:
        for word in (f"to_{stage}", stage):
            if word not in d.steps:
                assert story.refused(MO, cmd.TakeStep(word, "so")).says
    assert {s.name for s in open_steps(story.case, d)} <= set(d.steps)


# ---- 11. a count or an export that tells of a restricted case -------------------------------------------------------
def test_11_counts_are_the_same_as_if_it_had_never_been() -> None:
    with_it, without = new_store(), new_store()
    for store in (with_it, without):
        Story(SA2013, store=store, seed=1).after(50)
    hidden = Story(SA2013, store=with_it, seed=2).after(50)
    hidden.do(CHI, cmd.Restrict("a colleague's family", (WREN,)))
    for person in (MO, SAM):
        desks = [Desk(store, PinnedClock(hidden.today), CATALOGUE, person) for store in (with_it, without)]
        lists = [(register(d, RegisterQuery(standings=BY_CONCERN)), cases(d, CaseQuery())) for d in desks]
        assert lists[0][0].counts == lists[1][0].counts and lists[0][1].total == lists[1][1].total == 1


@given(st.text(max_size=12))
def test_11_what_leaves_in_a_sheet_is_no_formula(text: str) -> None:
    assert not str(cell(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


# ---- 12. a clock that is wrong across reopening, a changed policy, summer time, a leap day, a changed calendar ------
def test_12_a_reopened_case_counts_what_its_interval_says() -> None:
    story = Story(SA2013).after(50)
    story.step(MO, "record-error", "opened twice")
    story.on(story.today + 30 * DAY).do(MO, cmd.Reopen("it was the right one"))
    calendar = calendar_for("england-wales", ())
    row = next(e for e in show(story.desk(MO), story.ref).expectations if e.expectation.name == "decision")
    assert row.working_days == calendar.working_days(START, story.today)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2024, 3, 29), 1, date(2024, 4, 2)),  # summer time begins on the 31st, and it is Easter
        (date(2024, 10, 25), 1, date(2024, 10, 28)),  # the clocks go back on the 27th
        (date(2024, 2, 28), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 1, date(2024, 3, 1)),
        (date(2023, 2, 28), 1, date(2023, 3, 1)),
    ],
)
def test_12_days_are_days_on_the_edge_of_summer_time_and_of_february(start: date, days: int, due: date) -> None:
    assert calendar_for("england-wales", ()).add_working_days(start, days) == due


def test_12_a_changed_calendar_moves_what_is_open_once_and_what_is_done_never() -> None:
    done = Story(seed=1).finish()
    story = Story(store=done.store, seed=2)
    kept, first = done.case, story.case.runs["decision"].indicative
    add_closure(story.desk(CHI), START + DAY, "flood")
    moved = story.case.runs["decision"].indicative
    assert first is not None and moved is not None and moved > first and done.case == kept
    assert rebuild_store(story.desk(DOT)) == 2
    assert story.case.runs["decision"].indicative == moved and done.case == kept
    with story.store.read() as work:
        assert work.closures() == [Closure(START + DAY, "flood", "")]
