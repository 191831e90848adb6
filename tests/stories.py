"""A tiny language for tests: open a case in a store in memory, move days, act as persons, look at standings."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from casereview import commands as cmd
from casereview.case import Case
from casereview.commands import Command
from casereview.decide import Refusal
from casereview.decide.opening import OpenCase
from casereview.events import REGISTRY, Entry, Event, Happening, OfficeSet, PersonSet, TeamSet
from casereview.fold import fold
from casereview.project import project
from casereview.rows import standing_of_row
from casereview.service.desk import Desk, Done, Refused
from casereview.standing import Judged, judge
from casereview.testing import FixedClock, MemoryStore
from workflows.catalogue import Catalogue
from workflows.definition import Definition

STORY = str(Path(__file__).parent / "scenarios" / "story.toml")
SHIPPED = ("single-assessment", "single-assessment-2013", "learning-together", "learning-together-2008", "rapid-review")
CATALOGUE = Catalogue()
START = date(2024, 6, 3)  # a Monday with no bank holiday until 26 August

# wren works, mo and max manage the team, chi is service manager, cho chairs, ada audits, sam has no part
WREN, MO, MAX, CHI, CHO, ADA, SAM, DOT = "wren", "mo", "max", "chi", "cho", "ada", "sam", "dot"
OFFICES = {MO: "manager", MAX: "manager", CHI: "service-manager", CHO: "chair", ADA: "auditor", DOT: "data-officer"}
TEAM = "north"


@cache
def definition(workflow: str = STORY) -> Definition:
    return CATALOGUE.find(workflow)


def new_store(*, practice: bool = True) -> MemoryStore:
    """A store with a team and the people above, whose offices have been held for a long time."""
    clock = FixedClock(date(2001, 1, 1))
    store = MemoryStore(clock=clock, practice=practice)
    facts: list[Event] = [TeamSet(TEAM, "North team"), TeamSet("south", "South team")]
    facts += [PersonSet(person, person.title()) for person in (WREN, MO, MAX, CHI, CHO, ADA, SAM, DOT)]
    facts += [
        OfficeSet(person, office, TEAM if office == "manager" else "", date(2000, 1, 1))
        for person, office in OFFICES.items()
    ]
    with store.write() as work:
        work.append(REGISTRY, 0, [Happening(fact, clock.today()) for fact in facts], actor=MO, at=clock.now())
    return store


class Story:
    """One case and what happens to it. Every act goes through the desk of whoever acts."""

    def __init__(
        self, workflow: str = STORY, *, today: date = START, opened: date | None = None, roster: bool = True,
        store: MemoryStore | None = None, practice: bool = True, children: tuple[str, ...] = (),
        worker: str | None = WREN, title: str = "A matter", seed: int = 1,
    ) -> None:  # fmt: skip
        self.store = store or new_store(practice=practice)
        self.clock = FixedClock(today)
        self.chance = random.Random(seed)
        self.workflow = workflow
        command = OpenCase(workflow, title, opened, TEAM, worker, children)
        self.ref = self.desk(MO).open(command).case.ref
        if roster:
            self.do(CHI, cmd.SetRoster("mother", parental_responsibility=True))

    # ---- acting --------------------------------------------------------------------------------------
    def desk(self, person: str) -> Desk:
        return Desk(self.store, self.clock, CATALOGUE, person, chance=self.chance)

    def do(self, person: str, command: Command, seen: int | None = None) -> Done:
        return self.desk(person).do(self.ref, command, seen)

    def refused(self, person: str, command: Command) -> Refusal:
        """The refusal of a command that must not be carried out; nothing may have changed."""
        before = self.case
        try:
            self.do(person, command)
        except Refused as no:
            assert self.case == before
            return no.refusal
        raise AssertionError(f"{command} should have been refused")

    def on(self, day: date) -> Story:
        self.clock.set(day)
        return self

    def after(self, working_days: int, since: date = START) -> Story:
        """Moves to a day counted in working days from the start."""
        return self.on(self.due(working_days, since))

    # ---- everyday sentences ----------------------------------------------------------------------------
    def tell(self, kind: str = "progress", *people: str, on: date | None = None) -> Done:
        return self.do(WREN, cmd.Tell(kind, people, on))  # type: ignore[arg-type]

    def see(self, on: date | None = None) -> Done:
        return self.do(WREN, cmd.SeeChild(on))

    def reason(self, code: str = "JUDG", by: str = WREN, **more: Any) -> Done:
        return self.do(by, cmd.GiveReason(code, "a question is open", "she is safe", **more))

    def agree_until(self, until: date, by: str = MO) -> Done:
        return self.do(by, cmd.GiveAnswer("agreed", "", until))

    def justify(self, until: date) -> Story:
        """Everything a justification needs, today."""
        self.reason()
        self.agree_until(until)
        self.tell("delay explained")
        self.see()
        return self

    def finish(self) -> Story:
        """To the end of the path by its shortest way, with every expectation set aside."""
        if self.case.main.stage == "new":
            self.step(MO, "begin")
        self.step(MO, "go-on")
        self.do(WREN, cmd.AddRecord("decision", {"decision": "help", "grounds": "seen", "checked": "yes"}))
        return self.step(MO, "decide")

    def step(self, person: str, step: str, reason: str = "as agreed") -> Story:
        """Takes a step, a manager setting aside every expectation that is not met."""
        try:
            self.do(person, cmd.TakeStep(step, reason))
        except Refused as no:
            for one in no.refusal.unmet:
                if one.strength == "expected":
                    self.do(MO, cmd.SetRequirementAside(one.requirement, "not here", step))
            self.do(person, cmd.TakeStep(step, reason))
        return self

    # ---- looking ---------------------------------------------------------------------------------------
    @property
    def today(self) -> date:
        return self.clock.today()

    @property
    def case(self) -> Case:
        with self.store.read() as work:
            case = work.case(None, self.ref)
        assert case is not None
        return case

    @property
    def definition(self) -> Definition:
        return definition(self.workflow)

    @property
    def entries(self) -> list[Entry]:
        case_id = self.case.id
        with self.store.read() as work:
            return work.history(case_id)

    def due(self, working_days: int, since: date = START) -> date:
        case = self.case
        with self.store.read() as work:
            return self.desk(MO).calendar(work, case.nation, case.team).add_working_days(since, working_days)

    def judged(self, expectation: str = "decision", day: date | None = None) -> Judged:
        """The standing, which the projected row must share."""
        case, day = self.case, day or self.today
        with self.store.read() as work:
            calendar = self.desk(MO).calendar(work, case.nation, case.team)
            rows = {row.expectation: row for row in work.projected(case.id)}
        judged = judge(case, self.definition.expectations[expectation], calendar, day)
        assert judged is not None
        assert standing_of_row(rows[expectation], day) == judged.standing
        return judged

    def standing(self, expectation: str = "decision", day: date | None = None) -> str:
        return self.judged(expectation, day).standing

    def check(self) -> None:
        """The case kept is the fold of its journal, and the rows kept are those of the case."""
        case = self.case
        folded = fold(case.id, self.entries, self.definition)
        assert folded == case
        with self.store.read() as work:
            calendar = self.desk(MO).calendar(work, case.nation, case.team)
            assert work.projected(case.id) == project(case, self.definition, calendar)


def days(start: date, count: int) -> list[date]:
    return [start + timedelta(days=n) for n in range(count)]
