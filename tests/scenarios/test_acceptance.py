"""Acceptance scenarios of the assessment side, by name, on the shipped workflows."""

from __future__ import annotations

from datetime import date, timedelta

from casereview import commands as cmd
from casereview import events as ev
from casereview.service.closures import add_closure
from casereview.service.dates import explain_dates
from casereview.service.reading import register, show
from casereview.views import RegisterQuery
from tests.stories import CHI, MO, START, WREN, Story

DAY = timedelta(days=1)
SA, SA2013 = "single-assessment", "single-assessment-2013"


def test_1_thirty_five_days_is_a_date_for_this_child_not_a_rule() -> None:
    """Wandsworth: the workflow has no limit; a manager who writes "35 days" has agreed a date, with why."""
    story = Story(SA)
    story.do(MO, cmd.AgreeDate(story.due(35), "35 days, as the team always did"))
    run = story.case.runs["decision"]
    assert (run.agreed, run.indicative, run.asks_from) == (story.due(35), None, None)
    agreed = story.entries[-1].event
    assert isinstance(agreed, ev.DateAgreed) and agreed.text == "35 days, as the team always did"
    assert story.definition.expectations["decision"].indicative is None
    other = Story(SA, store=story.store, seed=2)  # the next child is measured by nothing of it
    assert other.case.runs["decision"].agreed is None
    assert other.on(START + 900 * DAY).standing() == "checkpoint_missed"
    assert story.on(story.due(36)).standing() == "past_agreed"


def test_2_an_unowned_action_lapses_and_ranks_above_a_longer_one_that_is_justified() -> None:
    """Day 52, police decision awaited, nobody owns the next move: above a day-70 case whose reason holds."""
    longer = Story(SA2013, seed=1)
    shorter = Story(SA2013, store=longer.store, seed=2, opened=longer.due(18), today=longer.due(18))
    shorter.clock = longer.clock
    longer.after(58).do(WREN, cmd.GiveReason(
        "POLC", "charging decision", "he stays with his aunt", action="ring the officer", action_owner="DC Hill",
        action_due=longer.today + DAY,
    ))  # fmt: skip
    shorter.do(WREN, cmd.GiveReason(
        "POLC", "charging decision", "he stays with his aunt", action="ring the officer", action_owner="DC Hill",
        action_due=longer.today + DAY,
    ))  # fmt: skip
    shorter.agree_until(shorter.today + 60 * DAY)
    shorter.tell("delay explained")
    shorter.see()
    longer.after(66)
    longer.reason("JUDG")
    longer.agree_until(longer.today + 30 * DAY)
    longer.tell("delay explained")
    longer.see()
    longer.after(70)
    rows = [r for r in register(longer.desk(MO), RegisterQuery()).rows if r.expectation.expectation == "decision"]
    assert [(r.row.case, r.row.standing, r.working_days) for r in rows] == [
        (shorter.ref, "longer_lapsed", 52),
        (longer.ref, "longer_justified", 70),
    ]
    assert rows[0].expectation.details["missing"] == ["an action with an owner and a date still ahead"]


def test_3_a_homeless_young_person_at_day_12_is_urgent_and_late_though_under_45() -> None:
    story = Story(SA2013)
    story.do(MO, cmd.SetLane("urgent", "homeless 16-17"))
    assert story.after(10).standing() != "urgent_late"
    assert story.after(12).standing() == "urgent_late"
    assert story.case.runs["decision"].indicative > story.today  # type: ignore[operator]
    (first, *_) = register(story.desk(MO), RegisterQuery()).rows
    assert first.row.standing == "urgent_late"
    story.see()
    assert story.standing("first-sight") == "done_longer_unexplained"  # its target was one working day


def test_4_a_bank_holiday_proclaimed_late_moves_open_dates_and_the_journal_explains() -> None:
    """Both values are journalled; what is closed never moves; looks already held stay held."""
    done = Story(seed=1).finish()
    story = Story(store=done.store, seed=2)
    story.after(5).do(MO, cmd.AddRecord("look-note", {"outcome": "carry on", "next_look": "2024-07-12"}))
    before, closed = story.case.runs["decision"], done.case
    assert before.checkpoints == [story.due(10), date(2024, 7, 12)]
    holiday = date(2024, 6, 12)
    moved = add_closure(story.desk(CHI), holiday, "Bank holiday by proclamation")
    run = story.case.runs["decision"]
    assert moved == 1
    assert (run.indicative, run.asks_from) == (story.due(20), story.due(25, story.due(0)))
    assert run.indicative > before.indicative  # type: ignore[operator]
    assert run.checkpoints == [story.due(10), date(2024, 7, 12)]  # the planned one is a person's: it stays
    assert (run.held, run.late) == (1, 0)
    entry = story.entries[-1]
    assert isinstance(entry.event, ev.DatesMoved)
    assert str(before.indicative) in entry.event.before["decision"]
    assert entry.event.clocks[0].indicative == run.indicative
    assert "Bank holiday by proclamation on 2024-06-12" in entry.event.reason
    assert done.case == closed
    told = next(s for s in explain_dates(story.desk(MO), story.ref) if s.what == "indicative")
    assert told.counted is not None and told.date == run.indicative
    assert any(s.date == holiday and "proclamation" in s.why for s in told.counted.skipped)
    story.check()
    done.check()


def test_5_a_reason_written_the_day_after_authorisation_is_explained_afterwards() -> None:
    story = Story(SA2013).after(50)
    for step in ("begin-at-once", "turn-to-analysis"):
        story.step(MO, step)
    story.do(WREN, cmd.AddRecord("decision", {
        "decision": "help", "grounds": "seen", "enough_because": "clear", "uncertain": "little",
        "would_change": "a move", "help": "early help", "decided_on": story.today,
    }))  # fmt: skip
    story.step(WREN, "submit").step(MO, "authorise")
    assert story.standing() == "done_longer_unexplained"
    story.on(story.today + DAY).reason("JUDG")
    assert story.standing() == "done_explained_afterwards"
    view = show(story.desk(MO), story.ref)
    assert next(e for e in view.expectations if e.expectation.name == "decision").working_days == 50
    story.check()


def test_6_a_father_who_cannot_be_reached_is_lawfully_excepted_by_a_manager() -> None:
    story = Story(SA2013).after(50)
    story.do(WREN, cmd.SetRoster("father", parental_responsibility=True))
    story.justify(story.today + 20 * DAY)
    story.do(WREN, cmd.SetRoster("grandmother", must_be_told=False))
    story.do(WREN, cmd.SetRoster("uncle"))
    assert story.judged().missing == ("the family told since the answer, or lawfully excepted",)
    exception = cmd.ExceptTelling("uncle", "whereabouts unknown", story.today + 10 * DAY, "letters came back")
    assert "Team manager" in story.refused(WREN, exception).says
    story.do(MO, exception)
    assert story.standing() == "longer_justified"
    listed = story.case.roster["uncle"]
    assert (listed.excepted, listed.excepted_by) == ("whereabouts unknown", MO)
    assert story.on(story.today + 10 * DAY).standing() == "longer_lapsed"
