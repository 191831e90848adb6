"""Any life of a case, on every workflow: random people ask for random things, and what must hold always holds."""

from __future__ import annotations

import contextlib
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from casereview import commands as cmd
from casereview.case import Case
from casereview.codec import dumps, from_plain, to_plain
from casereview.decide.life import open_steps
from casereview.errors import CaseReviewError, Conflict
from casereview.events import CONTACT_KINDS
from casereview.requirements import asked_by, unmet
from casereview.rows import standing_of_row
from casereview.service.closures import add_closure
from casereview.service.desk import Refused
from casereview.service.profiles import adopt
from casereview.service.reading import register, show
from casereview.standing import judge
from casereview.views import OVERDUE, RegisterQuery
from tests.stateful.solver import EVERYONE, Team
from tests.stories import CHI, CHO, MO, SHIPPED, STORY, WREN
from workflows.definition import Definition
from workflows.profile import Profile
from workflows.profile_reading import Known, parse

DAY = timedelta(days=1)
people = st.sampled_from([CHO, CHO, CHO, *EVERYONE])
some_days = st.integers(-3, 40)


def a_profile(definition: Definition) -> Profile:
    """A yardstick of its own over the main time of a workflow."""
    main = definition.main_expectation()
    assert main is not None
    text = f"""
format = 1
name = "ours"
version = "1"
title = "Ours"
authority = "made up"
edition = "local"
valid-from = 2000-01-01
source = "here"
trust = "L"
[workflows.{definition.name}.expectations.{main.name}]
indicative = "30 working days"
source = "here"
trust = "L"
"""
    profile, faults = parse(text, "ours", Known([definition.name], lambda name: definition))
    assert profile is not None, faults
    return profile


# Shrinking a life takes minutes and rarely helps: what is printed is short enough to read.
_PHASES = (Phase.explicit, Phase.generate)


class Life(RuleBasedStateMachine):
    """A case in which everyone does something now and then; most of the time it is the one who may do all."""

    workflow = STORY

    @initialize()
    def begin(self) -> None:
        self.team = Team(self.workflow)
        self.links: list[Any] = []
        adopt(self.team.desk(CHI), a_profile(self.team.definition))

    def try_to(self, person: str, command: cmd.Command) -> None:
        """Done, or refused with nothing changed."""
        before = self.team.case
        try:
            done = self.team.do(person, command)
            assert done.says and all(done.says) and done.case.number > before.number
        except CaseReviewError as no:
            assert self.team.case == before
            assert no.says and no.status in (1, 2)

    def on(self, offset: int) -> Any:
        return self.team.today + offset * DAY

    # ---- the path ------------------------------------------------------------------------------------------
    @rule(data=st.data(), person=people, reason=st.sampled_from(["", "as agreed", "as agreed"]))
    def step(self, data: st.DataObject, person: str, reason: str) -> None:
        steps = self.team.definition.steps
        case, step = self.team.case, steps[data.draw(st.sampled_from(sorted(steps)))]
        lacks = [a.requirement for a in unmet(case, step, self.team.definition)]
        try:
            self.team.do(person, cmd.TakeStep(step.name, reason))
        except Refused as no:
            if step in open_steps(case, self.team.definition):  # law 5: all of it
                named = [u.requirement for u in no.refusal.unmet if u.requirement != "reason"]
                assert named == lacks
            assert self.team.case == case
        else:
            assert step in open_steps(case, self.team.definition) and lacks == []
            assert reason or not (step.loop or step.asks_reason)

    @rule(data=st.data())
    def step_on(self, data: st.DataObject) -> None:
        steps = open_steps(self.team.case, self.team.definition)
        if steps:
            step = data.draw(st.sampled_from(steps))
            with contextlib.suppress(Refused):  # it may be for others: of this life, not of this rule
                self.team.take(step)

    @rule(data=st.data(), person=people)
    def set_aside(self, data: st.DataObject, person: str) -> None:
        asked = [
            (a.requirement, s.name)
            for s in open_steps(self.team.case, self.team.definition)
            for a in asked_by(self.team.case, s, self.team.definition)
        ]
        if asked:
            key, step = data.draw(st.sampled_from(asked))
            self.try_to(person, cmd.SetRequirementAside(key, "not here", step))

    @rule(person=people)
    def reopen(self, person: str) -> None:
        self.try_to(person, cmd.Reopen("new facts"))

    # ---- written down ----------------------------------------------------------------------------------------
    @rule(data=st.data())
    def record(self, data: st.DataObject) -> None:
        self.team.record(data.draw(st.sampled_from(sorted(self.team.definition.records))))

    @rule(data=st.data(), person=people, withdraw=st.booleans())
    def correct(self, data: st.DataObject, person: str, withdraw: bool) -> None:
        kinds = {k: t.live for k, t in self.team.case.records.items() if t.live}
        if not kinds:
            return
        kind = data.draw(st.sampled_from(sorted(kinds)))
        fields = self.team.definition.records[kind].fields
        name = data.draw(st.sampled_from(sorted(fields)))
        value = data.draw(st.sampled_from(["", self.team.value(fields[name])]))
        self.try_to(person, cmd.CorrectRecord(kinds[kind][-1], "a slip", {name: value}, withdraw))

    @rule(person=people, back=st.integers(0, 5))
    def see(self, person: str, back: int) -> None:
        self.try_to(person, cmd.SeeChild(self.on(-back)))

    # ---- time ---------------------------------------------------------------------------------------------------
    @rule(days=st.sampled_from([1, 2, 7, 30, 60]))
    def wait(self, days: int) -> None:
        self.team.on(self.team.today + days * DAY)

    def expectation(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(["", *self.team.definition.expectations]))

    @rule(data=st.data(), person=people, ahead=some_days)
    def reason(self, data: st.DataObject, person: str, ahead: int) -> None:
        code = data.draw(st.sampled_from(sorted(self.team.definition.reasons)))
        action = data.draw(st.sampled_from([("", "", None), ("ask", "police", self.on(ahead))]))
        self.try_to(person, cmd.GiveReason(code, "t", "e", self.expectation(data), None, *action))

    @rule(data=st.data(), person=people, ahead=some_days)
    def answer(self, data: st.DataObject, person: str, ahead: int) -> None:
        word: Any = data.draw(st.sampled_from(["agreed", "agreed", "not agreed", "tell me more"]))
        self.try_to(person, cmd.GiveAnswer(word, "w", self.on(ahead), self.expectation(data)))

    @rule(data=st.data(), ahead=some_days)
    def justify(self, data: st.DataObject, ahead: int) -> None:
        name = self.expectation(data)
        self.try_to(CHI, cmd.GiveReason("JUDG", "t", "e", name))
        self.try_to(CHO, cmd.GiveAnswer("agreed", "", self.on(ahead), name))
        self.try_to(CHO, cmd.Tell("progress"))

    @rule(data=st.data(), person=people, ahead=some_days)
    def agree_date(self, data: st.DataObject, person: str, ahead: int) -> None:
        code = data.draw(st.sampled_from(["", *sorted(self.team.definition.reasons)]))
        self.try_to(person, cmd.AgreeDate(self.on(ahead), "w", code, self.expectation(data)))

    @rule(data=st.data(), person=people)
    def lane(self, data: st.DataObject, person: str) -> None:
        lanes = list(self.team.definition.lanes.values())
        lane = data.draw(st.sampled_from([None, *lanes]))
        self.try_to(person, cmd.SetLane(lane.name, lane.when[0]) if lane else cmd.SetLane("", "settled"))

    @rule(person=people, named=st.sampled_from(["ours", "none", "another"]), why=st.sampled_from(["", "it fits"]))
    def change_profile(self, person: str, named: str, why: str) -> None:
        self.try_to(person, cmd.ChangeProfile(named, why))

    @rule(person=people, back=st.integers(0, 9))
    def start_waiting(self, person: str, back: int) -> None:
        self.try_to(person, cmd.StartWaiting("police", "a decision", self.on(-back)))

    @precondition(lambda self: self.team.case.waiting)
    @rule(person=people)
    def end_waiting(self, person: str) -> None:
        self.try_to(person, cmd.EndWaiting(int(next(iter(self.team.case.waiting)))))

    # ---- people -------------------------------------------------------------------------------------------------
    @rule(person=people, who=st.sampled_from(["mother", "father", "school"]), left=st.booleans(), must=st.booleans())
    def roster(self, person: str, who: str, left: bool, must: bool) -> None:
        self.try_to(person, cmd.SetRoster(who, must_be_told=must, referrer=who == "school", left=left))

    @rule(person=people, kind=st.sampled_from(CONTACT_KINDS), back=st.integers(0, 4), promised=st.none() | some_days)
    def tell(self, person: str, kind: Any, back: int, promised: int | None) -> None:
        promise = None if promised is None else self.on(promised)
        self.try_to(person, cmd.Tell(kind, (), self.on(-back), promised_on=promise))

    @rule(person=people, who=st.sampled_from(["mother", "father"]), ahead=some_days)
    def except_telling(self, person: str, who: str, ahead: int) -> None:
        self.try_to(person, cmd.ExceptTelling(who, "police advice", self.on(ahead)))

    @rule(person=people, who=people)
    def assign(self, person: str, who: str) -> None:
        self.try_to(person, cmd.Assign(worker=who))

    @rule(data=st.data(), person=people, who=st.sampled_from([WREN, MO, CHI]), ahead=some_days)
    def appoint(self, data: st.DataObject, person: str, who: str, ahead: int) -> None:
        role = data.draw(st.sampled_from(sorted(self.team.definition.roles)))
        until = data.draw(st.sampled_from([None, self.on(ahead)]))
        self.try_to(person, cmd.Appoint(who, role, until))
        if data.draw(st.booleans()):
            self.try_to(person, cmd.EndAppointment(who, role))

    @rule(ahead=some_days)
    def closure(self, ahead: int) -> None:
        closed_before = {n: r for n, r in self.team.case.runs.items() if r.ended is not None}
        before = {n: (r.indicative, r.asks_from) for n, r in self.team.case.runs.items() if r.ended is None}
        try:
            add_closure(self.team.desk(CHO), self.on(ahead), "Water in the cellar")
        except CaseReviewError:
            return
        after = self.team.case
        for name, dates in before.items():  # a day off never shortens a date
            run = after.runs[name]
            assert all(
                new >= old for old, new in zip(dates, (run.indicative, run.asks_from), strict=True) if old and new
            )
        assert {n: r for n, r in after.runs.items() if r.ended is not None} == closed_before

    @rule(person=people)
    def look_away(self, person: str) -> None:
        """Someone who looked earlier is told what changed since, and by whom."""
        case = self.team.case
        with pytest.raises(Conflict) as caught:
            self.team.do(CHO, cmd.Tell("progress"), seen=case.number - 1)
        assert case.last_by.title() in str(caught.value)
        assert self.team.case == case

    # ---- what always holds ----------------------------------------------------------------------------------------
    @invariant()
    def the_case_is_its_journal(self) -> None:
        self.team.check()
        case = self.team.case
        assert from_plain(Case, json.loads(dumps(to_plain(case)))) == case
        with self.team.store.read() as work:
            links = list(work.links())
        assert links[: len(self.links)] == self.links
        self.links = links

    @invariant()
    def lists_say_what_the_case_says(self) -> None:
        team, case = self.team, self.team.case
        with team.store.read() as work:
            rows = {row.expectation: row for row in work.projected(case.id)}
            calendar = team.desk(MO).calendar(work, case.nation, case.team)
        for name, expectation in team.definition.expectations.items():
            for day in (team.today, team.today + 9 * DAY, team.today + 400 * DAY):
                judged = judge(case, expectation, calendar, day)
                assert (judged.standing if judged else None) == (
                    standing_of_row(rows[name], day) if name in rows else None
                )

    @invariant()
    def overdue_is_on_the_register_and_time_opens_no_step(self) -> None:
        team = self.team
        view = show(team.desk(CHO), team.ref)
        overdue = {
            e.expectation.name for e in view.expectations if e.standing in OVERDUE and not e.expectation.shown_only
        }
        page = register(team.desk(CHO), RegisterQuery())
        assert {r.expectation.expectation for r in page.rows} == overdue
        later = show(team.desk(CHO), team.ref, as_at=team.today + 1000 * DAY)
        assert (later.steps, later.case) == (view.steps, view.case)
        if view.case.closed is not None:
            assert all(run.ended is not None for run in view.case.runs.values())


@pytest.mark.parametrize("workflow", [STORY, *SHIPPED], ids=lambda w: w.rsplit("/", 1)[-1])
def test_any_life(workflow: str) -> None:
    class This(Life):
        pass

    This.workflow = workflow
    examples = 40 if workflow == STORY else 10
    run_state_machine_as_test(This, settings=settings(max_examples=examples, stateful_step_count=30, phases=_PHASES))
