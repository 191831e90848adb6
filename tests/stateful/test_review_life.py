"""Any life of a review: loops back, suspensions, publications, corrections and withdrawals, and what always holds.

The ten invariants are those of the method (no finding agreed with a part left empty, nothing opened by a way back, no
name that leaves, and so on); each is looked for after every act, or at the very act it is about.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from typing import Any

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
from casereview.case import Case, empty_values
from casereview.commands import Command
from casereview.decide.life import open_steps
from casereview.errors import CaseReviewError
from casereview.method.conversations import counted, people
from casereview.requirements import asked_by
from casereview.service import identities, scanning
from casereview.service.desk import Done, Refused
from casereview.service.method import answer_prompt, thinking
from casereview.service.publishing import beside
from casereview.service.reading import show
from casereview.service.register_story import story_of
from casereview.service.review import read_review
from casereview.service.versions import versions
from casereview.standing import beyond_after
from casereview.views import OVERDUE, RecordRow
from tests.stateful.solver import Team
from tests.stories import ADA, CHI, CHO, DOT, MAX, MO, SAM, WREN
from workflows.definition import RecordKind, Requirement, Step

DAY = timedelta(days=1)
PUBLISHED = "published"
AGREED = ("agreed", "accepted by the board", "responded to", "evaluated")
SUB_ANSWERS = ("manifested_in_case", "underlying_not_specific", "geographic_spread", "how_usual", "implications")
RESPECTED = ("declined", "unable", "left the post", "advised by police to wait")
ONE_ROLE = {SAM: "review-team", WREN: "case-group", DOT: "agency-link", CHI: "board-member", MAX: "champion"}
NAME = "Zebedee Quarrow"
SPELT = ("Zebedee", "QUARROW", "zebedee quarrow's", "Zébedée", "Zebe-\ndee", "the Quarrows")
WORDS = st.sampled_from(["what was said", "They ought to have asked twice", "As it looked then", *SPELT])
UNKIND = re.compile(r"non.engag|not engag|failed to engage|disengag|unco.?operat|hard to reach", re.IGNORECASE)


def letters(text: str) -> str:
    """The letters alone, in one case and without accents: another way of looking for a name than the scan's."""
    plain = text.casefold().translate(str.maketrans("éèëáàíóúñ", "eeeaaioun"))
    return re.sub(r"[^a-z]", "", plain)


class Watched(Team):
    """A team whose every act is held against what may never happen by it."""

    def __init__(self, **more: Any) -> None:
        self.watching = False
        self.said: dict[int, list[dict[str, Any]]] = {}  # what each record has said, version by version
        super().__init__("learning-together", worker=None, **more)
        for person, role in (*ONE_ROLE.items(), (MO, "lead-reviewer"), (ADA, "review-team")):
            self.do(CHO, cmd.Appoint(person, role))
        self.watching = True

    def do(self, person: str, command: Command, seen: int | None = None) -> Done:
        if not self.watching:
            return super().do(person, command, seen)
        before, rows = self.case, self.rows()
        loop = isinstance(command, cmd.TakeStep) and self.leads_back(before, command.step)
        seen_before = {one: self.reads(one) for one in ONE_ROLE} if loop else {}
        done = super().do(person, command, seen)
        self.keep_in_mind()
        if isinstance(command, cmd.TakeStep):
            self.step_was_right(before, command.step)
        if loop:
            assert self.rows() == rows  # 6: a way back deletes nothing and changes nothing
            for one, could in seen_before.items():
                assert self.reads(one) <= could, f"{one} reads more by the way back"  # 7
        return done

    def leads_back(self, case: Case, step: str) -> bool:
        """A lighter review may come to the case group by a loop for the first time: that is no way back."""
        been = {*case.visits, *(stage for visits in case.track_visits.values() for stage in visits)}
        return self.definition.steps[step].loop and self.definition.steps[step].to in been

    def rows(self) -> dict[int, RecordRow]:
        with self.store.read() as work:
            case = work.case(None, self.ref)
            assert case is not None
            return {row.number: row for row in work.records(case.id, limit=100_000).rows}

    def live(self, kind: str) -> list[RecordRow]:
        return [row for row in self.rows().values() if row.kind == kind and not row.withdrawn]

    def reads(self, person: str) -> set[int]:
        review = read_review(self.desk(person), self.ref).review
        return {rec.number for kind in review.definition.records for rec in review.of(kind)}

    def _meet_scanned(self, step: Step, asks: Requirement) -> None:
        """Looked through in earnest; what is found is put right, or is nobody's."""
        found, _ = scanning.keep(self.desk(CHO), self.ref)
        for find in found.open:
            field = find.hit.place.rpartition(", ")[2]
            if find.record is None or self.rows()[find.record].values.get(field) == "put right":
                continue
            with suppress(Refused):
                self.do(CHO, cmd.CorrectRecord(find.record, "a name", {field: "put right"}))
        scanning.keep(self.desk(CHO), self.ref)

    def keep_in_mind(self) -> None:
        for number, row in self.rows().items():
            kept = self.said.setdefault(number, [])
            if not kept or kept[-1] != row.values:
                kept.append(dict(row.values))

    # ---- at the act itself -----------------------------------------------------------------------------------
    def step_was_right(self, before: Case, step: str) -> None:
        if step == "publish":
            aside = any(one.requirement == "record-board-response" and one.reason for one in before.set_asides)
            assert self.live("board-response") or aside  # 1
            assert not self.named()  # 10
        if step == "share-case-analysis":  # 3: it explains, and it does not excuse
            for episode in self.live("key-practice-episode"):
                assert says(episode, "judgement") and says(episode, "local_rationality")

    def named(self) -> list[str]:
        """Texts of records that are published in which the planted name stands, found without the scan."""
        held = {"".join(letters(part)) for part in NAME.split()} if self.keyed else set()
        answered = {find.hit.place for find in scanning.look(self.desk(CHO), self.ref).finds if find.answered}
        found = []
        for kind in self.definition.records.values():
            for row in self.live(kind.name) if kind.published else ():
                for name, text in texts(kind, row):
                    place = f"{kind.title} {row.number}, {name}"
                    if place not in answered and any(one in letters(text) for one in held):
                        found.append(place)
        return found

    @property
    def keyed(self) -> bool:
        return bool(identities.identities(self.desk(CHO), self.ref))


def says(row: RecordRow, field: str) -> bool:
    return not empty_values(row.values.get(field))


def texts(kind: RecordKind, row: RecordRow) -> list[tuple[str, str]]:
    values = ((name, row.values.get(name)) for name, f in kind.fields.items() if f.type in ("line", "long", "lines"))
    return [(name, "\n".join(v) if isinstance(v, list) else v) for name, v in values if v]


class Life(RuleBasedStateMachine):
    """One review. Most acts are the chair's, who holds nearly every role; some are of people who hold one."""

    @initialize(far=st.integers(0, 16), full=st.booleans(), keyed=st.booleans())
    def begin(self, far: int, full: bool, keyed: bool) -> None:
        self.team = Watched()
        if keyed:
            self.key()
        self.by_way_of = ["data-gathering", "follow-on-2"] if full else []
        self.suspended_days = 0
        for _ in range(far):
            self.on()

    def try_to(self, person: str, command: Command) -> bool:
        before = self.team.case
        try:
            self.team.do(person, command)
        except CaseReviewError as no:
            assert self.team.case == before and no.says
            return False
        return True

    # ---- the path ----------------------------------------------------------------------------------------------
    @rule()
    def on(self) -> None:
        """The next step on the way to the close, with whatever it asks supplied."""
        if self.team.case.closed is None:
            visits = self.team.case.visits
            target = next((stage for stage in self.by_way_of if stage not in visits), "closed")
            with suppress(CaseReviewError):
                self.team.take(self.team.way_to(target)[0])

    @rule(stage=st.sampled_from(["suspended", "none-known", "suspended"]))
    def proceedings(self, stage: str) -> None:
        if self.team.case.closed is None:
            with suppress(CaseReviewError):
                self.team.reach(stage, "proceedings")

    def somewhere(self, data: st.DataObject) -> list[Any]:
        """Steps open now; those that end it early only now and then, so that most lives get far."""
        early = data.draw(st.integers(0, 19)) == 0
        ends = {name: not early for name, one in self.team.definition.stages.items() if one.end and name != "closed"}
        return [step for step in open_steps(self.team.case, self.team.definition) if not ends.get(step.to, False)]

    @rule(data=st.data())
    def anywhere(self, data: st.DataObject) -> None:
        steps = self.somewhere(data)
        if steps:
            name = data.draw(st.sampled_from([step.name for step in steps]))
            with suppress(CaseReviewError):
                self.team.take(self.team.definition.steps[name])

    @rule(data=st.data())
    def back(self, data: st.DataObject) -> None:
        steps = [step for step in open_steps(self.team.case, self.team.definition) if step.loop]
        if steps:
            name = data.draw(st.sampled_from([step.name for step in steps]))
            with suppress(CaseReviewError):
                self.team.take(self.team.definition.steps[name])

    @rule(data=st.data())
    def unprepared(self, data: st.DataObject) -> None:
        """A step as it is, without supplying anything; sometimes with what is expected set aside."""
        steps = self.somewhere(data)
        if not steps:
            return
        step = self.team.definition.steps[data.draw(st.sampled_from([step.name for step in steps]))]
        if data.draw(st.booleans()):
            for asked in asked_by(self.team.case, step, self.team.definition):
                self.try_to(CHO, cmd.SetRequirementAside(asked.requirement, "not in this review", step.name))
        self.try_to(CHO, cmd.TakeStep(step.name, "so that it goes on"))

    @rule()
    def reopen(self) -> None:
        self.try_to(CHO, cmd.Reopen("new facts"))

    @rule(days=st.sampled_from([1, 7, 40, 120]))
    def wait(self, days: int) -> None:
        if self.team.case.tracks["proceedings"].stage == "suspended":
            self.suspended_days += days
        self.team.on(self.team.today + days * DAY)

    # ---- written down ----------------------------------------------------------------------------------------------
    @rule(data=st.data(), words=WORDS)
    def record(self, data: st.DataObject, words: str) -> None:
        """Any record, with some of its questions left out."""
        kinds = self.team.definition.records
        kind = kinds[data.draw(st.sampled_from(["finding", "key-practice-episode", "finding", *sorted(kinds)]))]
        values: dict[str, Any] = {}
        for field in kind.fields.values():
            if field.type == "record" and not self.team.live(field.of):
                continue
            if field.required or data.draw(st.booleans()):
                values[field.name] = words if field.type in ("line", "long") else self.value(data, field)
        self.try_to(data.draw(st.sampled_from([CHO, SAM])), cmd.AddRecord(kind.name, values))

    def value(self, data: st.DataObject, field: Any) -> Any:
        if field.type in ("choice", "choices"):
            return data.draw(st.sampled_from(field.options))
        if field.type == "record":
            return data.draw(st.sampled_from([row.number for row in self.team.live(field.of)]))
        return self.team.value(field)

    @precondition(lambda self: self.team.rows())
    @rule(data=st.data(), words=WORDS, withdraw=st.sampled_from([False, False, True]))
    def correct(self, data: st.DataObject, words: str, withdraw: bool) -> None:
        row = self.team.rows()[data.draw(st.sampled_from(sorted(self.team.rows())))]
        kind = self.team.definition.records[row.kind]
        field = kind.fields[data.draw(st.sampled_from(sorted(kind.fields)))]
        value = "" if data.draw(st.booleans()) else words if field.type in ("line", "long") else None
        if value is None:
            value = "" if field.type == "record" and not self.team.live(field.of) else self.value(data, field)
        change = {} if withdraw else {field.name: value}
        self.try_to(data.draw(st.sampled_from([CHO, SAM])), cmd.CorrectRecord(row.number, "a slip", change, withdraw))

    @rule(data=st.data(), kind=st.sampled_from(["suspension", "prevalence-evidence"]), withdraw=st.booleans())
    def take_away(self, data: st.DataObject, kind: str, withdraw: bool) -> None:
        """What a suspension says, or what bears out a finding."""
        numbers = [row.number for row in self.team.live(kind)]
        if numbers:
            findings = [row.number for row in self.team.live("finding")]
            change = {"finding": data.draw(st.sampled_from(findings))} if findings and kind != "suspension" else {}
            number = data.draw(st.sampled_from(numbers))
            self.try_to(CHO, cmd.CorrectRecord(number, "a slip", {} if withdraw else change, withdraw))

    @rule(judged=st.sampled_from(["fell short", "good", ""]), why=st.booleans())
    def episode(self, judged: str, why: bool) -> None:
        values = {"title": "A visit", "description": "It was made", "why_key": "It set the direction"}
        values |= {"judgement": judged, "local_rationality": "It was how the office works" if why else ""}
        done = self.try_to(CHO, cmd.AddRecord("key-practice-episode", values))
        assert done == (judged != "fell short" or why)

    @rule(response=st.sampled_from(RESPECTED), name=st.sampled_from(["Nurse 1", "Teacher 2"]))
    def decline(self, response: str, name: str) -> None:
        """Somebody is asked, and prefers not to, or cannot: nothing more is asked because of it."""
        before = self.missing()
        values = {"pseudonym": name, "role": "one of them", "agency": "Health", "in_case_group": "yes",
                  "response": response, "information_given_on": self.team.today, "support_person": "M."}  # fmt: skip
        if self.try_to(CHO, cmd.AddRecord("participant", values)):
            assert self.missing() <= before

    @rule()
    def family_declines(self) -> None:
        before = self.missing()
        values = {"kind": "offered, not wanted", "on": self.team.today, "whom": "the mother"}
        if self.try_to(CHO, cmd.AddRecord("family-involvement", values)):
            assert self.missing() <= before

    def missing(self) -> set[tuple[str, str]]:
        steps = open_steps(self.team.case, self.team.definition)
        asked = ((s.name, a) for s in steps for a in asked_by(self.team.case, s, self.team.definition))
        return {(step, one.requirement) for step, one in asked if not one.met}

    # ---- prompts ------------------------------------------------------------------------------------------------
    @rule(data=st.data(), outcome=st.sampled_from(["answered", "kept", "silenced"]))
    def answer(self, data: st.DataObject, outcome: str) -> None:
        """Every prompt can be answered, kept or silenced with a reason, and nothing waits for it."""
        if self.team.case.closed is not None:
            return
        desk = self.team.desk(CHO)
        prompts = [one for one in thinking(desk, self.team.ref).prompts if one.open]
        assert not any(UNKIND.search(f"{one.says} {one.asks}") for one in prompts)  # 9
        if not prompts:
            return
        one = prompts[data.draw(st.integers(0, len(prompts) - 1))]
        missing, stages = self.missing(), {s.name for s in open_steps(self.team.case, self.team.definition)}
        with suppress(CaseReviewError):
            answer_prompt(desk, self.team.ref, one.id, outcome, " ")
            raise AssertionError("a prompt was answered without a word why")
        answer_prompt(desk, self.team.ref, one.id, outcome, "we looked, and it is so")
        left = {p.id for p in thinking(desk, self.team.ref).prompts if p.open}
        assert one.id not in left
        assert self.missing() == missing
        assert {s.name for s in open_steps(self.team.case, self.team.definition)} == stages

    # ---- people and names --------------------------------------------------------------------------------------
    @rule(person=st.sampled_from([CHO, WREN, MO, ADA, SAM]), role=st.sampled_from(["lead-reviewer", "case-group"]),
          end=st.booleans())  # fmt: skip
    def appoint(self, person: str, role: str, end: bool) -> None:
        self.try_to(CHO, cmd.EndAppointment(person, role) if end else cmd.Appoint(person, role))
        if person == CHO and role == "lead-reviewer" and end:
            self.try_to(CHO, cmd.Appoint(CHO, role))

    @rule(person=st.sampled_from([MO, ADA]), decision=st.sampled_from(["accept", "restrict", "replace"]))
    def managed_the_work(self, person: str, decision: Any) -> None:
        self.try_to(CHO, cmd.DeclareConflict(person, "line-managed", "declared", "I did"))
        self.try_to(CHI, cmd.DeclareConflict(person, "line-managed", decision, "so decided"))

    @rule()
    def key(self) -> None:
        with suppress(CaseReviewError):  # it is there already
            identities.add_identity(self.team.desk(CHO), self.team.ref, "name", NAME, stands_for="Child Q")

    @rule(answers=st.booleans())
    def scan(self, answers: bool) -> None:
        found, _ = scanning.keep(self.team.desk(CHO), self.team.ref)
        if answers and found.open:
            scanning.answer(self.team.desk(CHO), self.team.ref, found.open[0].id, "a street of that name")

    # ---- time ---------------------------------------------------------------------------------------------------
    @rule(code=st.sampled_from(["CRIM", "FAMT", "NONE"]), agreed=st.booleans(), told=st.booleans())
    def takes_longer(self, code: str, agreed: bool, told: bool) -> None:
        ahead = self.team.today + 20 * DAY
        self.try_to(CHO, cmd.GiveReason(code, "t", "e", "", None, "ask", "police", ahead))
        if agreed:
            self.try_to(CHI, cmd.GiveAnswer("agreed", "w", ahead))
        if told:
            self.try_to(CHO, cmd.Tell("delay explained"))

    # ---- what always holds -----------------------------------------------------------------------------------------
    @invariant()
    def findings_and_episodes_are_whole(self) -> None:
        shown = {row.values.get("finding") for row in self.team.live("prevalence-evidence")}
        for row in self.team.live("finding"):
            if row.values["state"] in AGREED:  # 2
                assert row.number in shown and all(says(row, name) for name in SUB_ANSWERS)
        for row in self.team.live("key-practice-episode"):
            assert row.values.get("judgement") != "fell short" or says(row, "local_rationality")  # 3

    @invariant()
    def whoever_leads_had_no_part(self) -> None:
        """4: nobody leads who was in the case group, or managed the work."""
        case, today = self.team.case, self.team.today
        held = [a for a in case.appointments if not a.ended and (a.until is None or a.until > today)]
        leads = {a.person for a in held if a.role == "lead-reviewer"}
        assert not leads & {a.person for a in held if a.role == "case-group"}
        known = {person for person in leads if case.known_to(person)}
        assert not known & set(case.responsible)

    @invariant()
    def longer_says_why_and_whether_the_family_knows(self) -> None:
        view = show(self.team.desk(CHO), self.team.ref)  # 5
        for one in view.expectations:
            if one.expectation.shown_only or one.standing not in OVERDUE:
                continue
            lines = {line.about: line for line in story_of(view, one.expectation.name)}
            run = one.run
            if run.ended is None and one.beyond:
                assert bool(run.reason) != lines["why"].missing
            assert lines["family"].says
            if one.standing == "longer_justified":
                assert run.reason is not None and run.answer is not None
                day = run.answer.on
                assert all(
                    any(on >= day for on in listed.told.values()) or listed.excepted_until
                    for listed in view.case.roster.values() if listed.must_be_told
                )  # fmt: skip

    @invariant()
    def suspended_has_a_next_look_and_takes_no_time_away(self) -> None:
        case = self.team.case  # 8
        found = beside(self.team.desk(CHO), self.team.ref)
        if case.tracks["proceedings"].stage == "suspended":
            assert found.suspended is not None and found.suspended.look_again is not None
            assert found.suspensions[-1].until is None
        days = [case.opened, *(day for one in found.suspensions for day in (one.since, one.until or self.team.today))]
        assert days == sorted(days)
        assert sum(one.days(self.team.today) for one in found.suspensions) == self.suspended_days
        with self.team.store.read() as work:
            calendar = self.team.desk(MO).calendar(work, case.nation, case.team)
        for one in show(self.team.desk(CHO), self.team.ref).expectations:
            end = one.run.ended or self.team.today
            assert one.working_days == calendar.working_days(one.run.started, end)
            assert one.run.ended or one.beyond_after == beyond_after(one.run)

    @invariant()
    def to_decline_is_not_held_against_anybody(self) -> None:
        review = read_review(self.team.desk(CHO), self.team.ref).review  # 9
        found = people(review)
        talks = {talk.link("participant") for talk in review.of("conversation")}
        for one in found:
            assert one.respected or one.rec.text("response") not in RESPECTED or one.rec.number in talks
        assert not UNKIND.search(counted(found))

    def teardown(self) -> None:
        """6: every version of every record is there, word for word."""
        if not hasattr(self, "team"):
            return
        desk = self.team.desk(CHO)
        for number, kept in self.team.said.items():
            told = [one.values for one in versions(desk, self.team.ref, number).versions]
            assert [one for n, one in enumerate(told) if n == 0 or one != told[n - 1]] == kept
        self.team.check()


def test_any_life_of_a_review() -> None:
    quick = settings(max_examples=25, stateful_step_count=30, phases=(Phase.explicit, Phase.generate))
    run_state_machine_as_test(Life, settings=quick)
