"""The morning list: who is asked what on which day, and that what is justified stays quiet until its week."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casereview import commands as cmd
from casereview.calendar import calendar_for
from casereview.errors import CaseReviewError
from casereview.oversight.matter import KINDS, Matter, Question
from casereview.oversight.morning import questions
from casereview.roles import roles_of
from casereview.service.desk import Refused
from casereview.service.morning import morning
from casereview.service.reading import show
from tests.stateful.solver import Team
from tests.stories import ADA, CHI, CHO, DOT, MAX, MO, SAM, WREN, Story

DAY = timedelta(days=1)
WEEK = 7 * DAY
CALENDAR = calendar_for("england-wales")
ABOUT_TIME = ("reason", "justification", "checkpoint", "date", "silence")


def asked(story: Story, person: str = MO, *, silent_after: int = 10) -> tuple[Question, ...]:
    return morning(story.desk(person), silent_after=silent_after).questions


def kinds(story: Story, person: str = MO) -> set[str]:
    return {one.kind for one in asked(story, person)}


def the(story: Story, kind: str, person: str = MO) -> Question:
    (found,) = (one for one in asked(story, person) if one.kind == kind)
    return found


def about_decision(story: Story, person: str = MO) -> set[str]:
    title = story.definition.expectations["decision"].title
    return {one.kind for one in asked(story, person) if one.expectation == title or one.kind == "silence"}


# ---- what is justified is quiet, and speaks in time ------------------------------------------------------------
@settings(max_examples=40)
@given(st.integers(26, 60), st.integers(1, 60), st.lists(st.integers(0, 90), min_size=1, max_size=5), st.booleans())
def test_what_is_justified_is_quiet_until_the_week_before_it_ends(
    late: int, lasts: int, later: list[int], told: bool
) -> None:
    """Judged by the standing of today and of today in a week, which the list itself does not ask."""
    story = Story().after(late)
    start = story.today
    story.reason()
    story.agree_until(start + lasts * DAY)
    if told:
        story.tell("delay explained")
    story.see()
    for more in sorted(later):
        story.on(start + more * DAY)
        now, soon = story.standing(), story.standing(day=story.today + WEEK)
        for person in (MO, WREN):
            found = about_decision(story, person) & set(ABOUT_TIME)
            if now == soon == "longer_justified":
                assert found == set()
            else:
                assert now == "longer_lapsed" or soon == "longer_lapsed"
                assert "justification" in found


def test_a_justification_says_what_it_needs_and_who_can_give_it() -> None:
    story = Story().after(26)
    until = story.today + 9 * DAY
    story.justify(until)
    assert "justification" not in kinds(story)
    story.on(until - WEEK)
    soon = the(story, "justification")
    assert (soon.by, soon.since) == (until, None) and soon.days < 0
    assert soon.command == f"casereview answer {story.ref} --agree-until DATE"
    assert the(story, "justification", WREN).command.startswith(f"casereview reason {story.ref} JUDG --text")
    story.on(until)
    assert (the(story, "justification").since, the(story, "justification").by) == (until, None)
    assert "look again" in the(story, "justification").says


def test_an_agreement_of_which_the_family_is_not_told_asks_for_that() -> None:
    story = Story().after(26)
    story.see()
    story.reason()
    story.agree_until(story.today + 60 * DAY)
    for person in (MO, WREN):
        assert the(story, "justification", person).command == f"casereview tell {story.ref} --kind 'delay explained'"
    story.tell("delay explained")
    assert "justification" not in kinds(story) | kinds(story, WREN)


def test_with_nobody_on_the_list_of_the_family_putting_them_there_comes_first() -> None:
    story = Story(roster=False).after(26)
    story.see()
    story.reason()
    story.agree_until(story.today + 60 * DAY)
    assert the(story, "justification").command == f"casereview tell {story.ref} --add LABEL"


def test_agreed_in_good_time_it_is_quiet_until_the_work_would_be_beyond() -> None:
    story = Story().after(5)
    story.reason()
    story.agree_until(story.today + 3 * DAY)
    story.on(story.today + 4 * DAY)
    assert story.standing() in ("on_course", "checkpoint_missed")
    assert "justification" not in kinds(story)


# ---- reasons ---------------------------------------------------------------------------------------------------
def test_a_reason_waits_for_those_who_may_answer_it_and_for_nobody_else() -> None:
    story = Story().after(26)
    story.reason()
    for person in (MO, MAX):
        one = the(story, "reason", person)
        assert (one.since, one.days) == (story.today, 0)
        assert one.command == f"casereview answer {story.ref} --agree-until DATE"
    for person in (WREN, SAM, ADA, CHO):
        assert "reason" not in kinds(story, person)
    story.do(MO, cmd.GiveAnswer("not agreed", "see her this week", None))
    assert "reason" not in kinds(story)
    story.on(story.today + DAY).reason()  # a new one after the manager's no waits again
    assert the(story, "reason").since == story.today


def test_the_author_of_a_reason_is_not_asked_to_answer_it() -> None:
    story = Story().after(26)
    story.reason(by=MO)
    assert "reason" not in kinds(story, MO) and "reason" in kinds(story, MAX)


def test_tell_me_more_is_a_question_to_the_worker() -> None:
    story = Story().after(26)
    story.reason()
    story.do(MO, cmd.GiveAnswer("tell me more", "what does she say?", None))
    assert "reason" not in kinds(story, MO)
    assert the(story, "reason", WREN).command.startswith(f"casereview reason {story.ref} JUDG")


def test_none_found_is_no_reason_to_answer() -> None:
    story = Story().after(26)
    code = next(r.code for r in story.definition.reasons.values() if r.group == "none found")
    story.reason(code)
    assert "reason" not in kinds(story)


# ---- the other questions ---------------------------------------------------------------------------------------
def test_a_promise_to_a_family_is_asked_about_two_working_days_ahead_and_until_it_is_kept() -> None:
    story = Story()
    promised = story.due(5)
    story.do(WREN, cmd.Tell("started", promised_on=promised))
    story.on(story.due(2))
    assert "family" not in kinds(story) | kinds(story, WREN)
    story.on(story.due(3))
    for person in (MO, WREN):
        one = the(story, "family", person)
        assert (one.by, one.days) == (promised, -2) and "Mother" in one.says
        assert one.command == f"casereview tell {story.ref} --to mother --kind progress"
    story.on(story.due(8))
    assert the(story, "family").days == 3 and "has not been given" in the(story, "family").says
    story.tell("progress")
    assert "family" not in kinds(story) | kinds(story, WREN)


def test_several_promises_of_one_case_are_one_question_the_earliest_first() -> None:
    story = Story()
    story.do(CHI, cmd.SetRoster("aunt", "Aunt"))
    story.do(WREN, cmd.Tell("started", ("mother",), promised_on=story.due(2)))
    story.do(WREN, cmd.Tell("started", ("aunt",), promised_on=story.due(1)))
    one = the(story, "family")
    assert one.by == story.due(1) and one.says.endswith("Aunt, Mother.")
    assert one.command == f"casereview tell {story.ref} --to aunt --to mother --kind progress"


def test_somebody_lawfully_not_told_is_owed_no_news() -> None:
    story = Story()
    story.do(WREN, cmd.Tell("started", promised_on=story.today))
    assert "family" in kinds(story)
    story.do(MO, cmd.ExceptTelling("mother", "police advice", story.today + 30 * DAY, "a threat was made"))
    assert "family" not in kinds(story)


def test_a_promise_is_asked_about_even_while_the_time_is_justified() -> None:
    story = Story().after(26)
    story.justify(story.today + 20 * DAY)
    story.do(WREN, cmd.Tell("progress", promised_on=story.today + DAY))
    assert kinds(story) == {"family"} | (kinds(story) & {"date"})


def test_checkpoints_are_asked_of_those_who_may_record_them() -> None:
    story = Story()
    planned = story.case.runs["decision"].checkpoints[0]
    record = story.definition.expectations["decision"].checkpoint_record
    ahead = next(n for n in range(40) if story.due(n) == planned)
    story.on(story.due(ahead - 3))
    assert "checkpoint" not in kinds(story)
    story.on(story.due(ahead - 2))
    found = [(p, one) for p in (MO, WREN, SAM) for one in asked(story, p) if one.kind == "checkpoint"]
    by = set(story.definition.records[record].by)
    with story.store.read() as work:
        people = {p.id: p for p in work.people()}
    able = {p for p in (MO, WREN, SAM) if by & roles_of(people[p], story.case, story.definition, story.today)}
    assert {person for person, _ in found} == able != set()
    assert {(one.by, one.command) for _, one in found} == {(planned, f"casereview record {story.ref} {record}")}
    story.on(story.due(ahead + 1))
    person = min(able)
    assert "is not recorded" in next(one.says for one in asked(story, person) if one.kind == "checkpoint")


def test_an_urgent_case_is_asked_about_from_half_its_time_on() -> None:
    story = Story()
    (lane,) = story.definition.lanes.values()
    story.do(WREN, cmd.SetLane(lane.name, lane.when[0]))
    name, target = min(story.case.lane.targets.items(), key=lambda item: item[1])  # type: ignore[union-attr]
    title, start = story.definition.expectations[name].title, story.case.runs[name].started
    for n in range((target - start).days + 3):
        story.on(start + n * DAY)
        found = {one.expectation for one in asked(story) if one.kind == "urgent"}
        assert (title in found) == (2 * n >= (target - start).days)
    assert "has passed" in next(one.says for one in asked(story) if one.expectation == title and one.kind == "urgent")


def test_what_only_a_manager_can_take_on_waits_for_managers() -> None:
    story = Team("single-assessment")
    for stage in ("accepted", "in-progress", "analysis"):  # the worker may take it on from each of these
        story.reach(stage)
        assert "sign-off" not in kinds(story) | kinds(story, WREN)
    story.reach("sign-off")
    story.on(story.due(5))
    assert "sign-off" not in kinds(story, WREN)
    for person in (MO, MAX):
        one = the(story, "sign-off", person)
        assert (one.since, one.days) == (story.case.main.since, 5)
        assert one.command == f"casereview step {story.ref} authorise"
    story.reach("authorised")
    assert "sign-off" not in kinds(story)


def test_where_no_date_is_agreed_the_manager_is_asked_for_one() -> None:
    story = Story("single-assessment")
    found = {one.expectation: one.command for one in asked(story) if one.kind == "date"}
    main = story.definition.expectations["decision"].title
    assert found[main] == f"casereview agree-date {story.ref} DATE"
    assert any(command.endswith("DATE --expectation first-sight") for command in found.values())
    assert "date" not in kinds(story, WREN)
    story.do(MO, cmd.AgreeDate(story.due(20)))
    assert main not in {one.expectation for one in asked(story) if one.kind == "date"}


@pytest.mark.parametrize("silent_after", [3, 10])
def test_silence_is_asked_about_after_as_many_working_days_as_wanted(silent_after: int) -> None:
    story = Story()
    for n in range(14):
        story.on(story.due(n))
        found = [one for one in asked(story, WREN, silent_after=silent_after) if one.kind == "silence"]
        assert bool(found) == (n >= silent_after)
        assert all(one.days == n for one in found)


def test_silence_is_not_asked_about_while_the_time_is_justified() -> None:
    story = Story().after(26)
    start = story.today
    story.justify(start + 60 * DAY)
    story.on(story.due(3, start))
    assert story.standing() == story.standing(day=story.today + WEEK) == "longer_justified"
    assert "silence" not in {one.kind for one in asked(story, WREN, silent_after=3)}
    story.do(MO, cmd.GiveAnswer("not agreed", "see her this week", None))
    story.on(story.due(3, story.today))
    assert "silence" in {one.kind for one in asked(story, WREN, silent_after=3)}


# ---- whose list ------------------------------------------------------------------------------------------------
def test_nobody_is_asked_about_cases_they_have_no_part_in() -> None:
    story = Story("single-assessment")
    for person in (SAM, ADA, CHO, CHI):
        assert morning(story.desk(person)).questions == ()
    assert morning(story.desk(CHI), team="north").questions  # a service manager may look at a team's list
    assert morning(story.desk(MO), team="south") == morning(story.desk(SAM), team="south")
    assert morning(story.desk(SAM), team="north").questions == ()


def test_whoever_is_appointed_is_asked_as_the_manager_is_while_the_appointment_lasts() -> None:
    """Dot manages no team of this case; the list, and with whom it begins the day, follow the appointment."""
    story = Story("single-assessment").after(12)
    managers = [(one.kind, one.key, one.says) for one in asked(story, MO)]
    assert asked(story, DOT) == () and managers
    story.do(CHI, cmd.Appoint(DOT, "manager", story.today + WEEK))
    asked_of = morning(story.desk(DOT))
    assert asked_of.cases == 1 and [(one.kind, one.key, one.says) for one in asked_of.questions] == managers
    assert morning(story.desk(DOT), team="north").questions == asked_of.questions
    story.on(story.today + WEEK)
    assert morning(story.desk(DOT)) == morning(story.desk(SAM))  # its days are over, though nobody ended it
    story.do(CHI, cmd.Appoint(DOT, "manager"))
    assert asked(story, DOT)
    story.do(CHI, cmd.EndAppointment(DOT, "manager"))
    assert morning(story.desk(DOT)).cases == 0


def test_law_7_an_appointment_lets_nobody_in() -> None:
    story = Story("single-assessment").after(12)
    story.do(CHI, cmd.Appoint(DOT, "manager"))
    assert asked(story, DOT)
    story.do(CHI, cmd.Restrict("a relative works here", (CHI, WREN)))
    assert (morning(story.desk(DOT)).cases, asked(story, DOT)) == (0, ())


def test_a_service_manager_appointed_to_a_case_is_asked_once() -> None:
    story = Story().after(26)
    story.do(CHI, cmd.Appoint(CHI, "manager"))
    story.reason()
    story.on(story.due(8, story.today))
    assert [one.kind for one in asked(story, CHI) if one.kind in ("reason", "unanswered")] == ["reason"]


def test_a_chair_is_asked_about_reviews() -> None:
    story = Story("learning-together")
    assert morning(story.desk(CHO)).cases == 1 and kinds(story, CHO) >= {"date"}


def test_law_7_a_hidden_case_asks_nothing() -> None:
    story = Story("single-assessment")
    assert asked(story, MO) and asked(story, MAX)
    story.do(CHI, cmd.Restrict("a relative works here", (CHI, WREN)))
    assert (morning(story.desk(MAX)).cases, asked(story, MAX)) == (0, ())


def test_a_closed_case_asks_nothing() -> None:
    story = Story().after(26)
    story.finish()
    assert (asked(story), asked(story, WREN)) == ((), ())


def test_silence_is_counted_from_one() -> None:
    with pytest.raises(CaseReviewError):
        morning(Story().desk(MO), silent_after=0)


# ---- any story -------------------------------------------------------------------------------------------------
ACTS = {
    "reason": lambda s: s.reason(),
    "agree": lambda s: s.agree_until(s.today + 12 * DAY),
    "no": lambda s: s.do(MO, cmd.GiveAnswer("not agreed", "look again", None)),
    "more": lambda s: s.do(MO, cmd.GiveAnswer("tell me more", "why?", None)),
    "date": lambda s: s.do(MO, cmd.AgreeDate(s.due(4, s.today))),
    "tell": lambda s: s.tell("delay explained"),
    "promise": lambda s: s.do(WREN, cmd.Tell("progress", promised_on=s.due(6, s.today))),
    "see": lambda s: s.see(),
    "urgent": lambda s: s.do(WREN, cmd.SetLane("urgent", next(iter(s.definition.lanes["urgent"].when)))),
    "begin": lambda s: s.step(MO, "begin"),
    "look": lambda s: s.step(MO, "look-together"),
    "back": lambda s: s.step(MO, "carry-on"),
}
lives = st.lists(st.tuples(st.integers(0, 12), st.sampled_from(sorted(ACTS))), min_size=1, max_size=8)


def matter(story: Story, person: str, day: date) -> Matter:
    """The case as it was known at the end of a day."""
    case = show(story.desk(person), story.ref, as_at=day, as_happened=False).case
    with story.store.read() as work:
        me = work.person(person)
    assert me is not None
    return Matter(case, story.definition, CALENDAR, person, roles_of(me, case, story.definition, day))


@settings(max_examples=25)
@given(lives)
def test_what_was_asked_on_a_day_follows_from_the_case_as_it_was_that_day(life: list[tuple[int, str]]) -> None:
    """And every question stands on its own: a kind, a day, a command on this case, and what is known beside it."""
    story = Story()
    lived: list[tuple[date, dict[str, tuple[Question, ...]]]] = []
    for gap, act in life:
        story.on(story.today + gap * DAY)
        with contextlib.suppress(Refused):
            ACTS[act](story)
        if lived and lived[-1][0] == story.today:
            lived.pop()
        lived.append((story.today, {person: asked(story, person) for person in (MO, WREN)}))
    story.on(story.today + DAY)
    for day, found in lived:
        for person, there in found.items():
            assert list(there) == questions(matter(story, person, day), day)
            for one in there:
                assert one.kind in KINDS and one.case == story.ref and one.says and one.beside
                assert (one.since is None) != (one.by is None)
                assert one.command.startswith("casereview ") and story.ref in one.command
