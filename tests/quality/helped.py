"""Assessments told for the tests of help and quality: small families, real commands, any store."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from casereview import commands as cmd
from casereview.decide.opening import OpenCase
from casereview.events import ChildSet, OfficeSet, PersonSet, TeamSet
from casereview.ports import Store
from casereview.service.desk import Desk, Refused
from casereview.testing import FixedClock, MemoryStore
from workflows.catalogue import Catalogue

CATALOGUE = Catalogue()
START = date(2024, 6, 3)
WREN, ROBIN, MO, ADA, CHI, SAM = "wren", "robin", "mo", "ada", "chi", "sam"
OFFICES = {MO: "manager", ADA: "auditor", CHI: "service-manager"}
FAMILIES = {"c-1": "f-1", "c-2": "f-1", "c-3": "f-3", "c-4": ""}
LOOK = ("childs_voice", "history_used", "analysis", "decision", "family_shared")
DECISION = {
    "decision": "Help in the mornings", "grounds": "Seen and heard", "enough_because": "It was checked with them",
    "uncertain": "Nights", "would_change": "A new worry", "help": "early help",
}  # fmt: skip


class Place:
    """A store and the people in it; every act by its own person on its own day."""

    def __init__(self, store: Store | None = None, today: date = START, *, practice: bool = True) -> None:
        self.clock = FixedClock(date(2020, 1, 1))
        self.store = store or MemoryStore(clock=self.clock, practice=practice)
        self.chance = random.Random(3)
        self.refs: dict[str, str] = {}
        facts: list[Any] = [TeamSet("north", "North team"), TeamSet("south", "South team")]
        facts += [PersonSet(p, p.title()) for p in (WREN, ROBIN, MO, ADA, CHI, SAM)]
        for person, office in OFFICES.items():
            teams = ("north", "south") if office == "manager" else ("",)
            facts += [OfficeSet(person, office, team, date(2000, 1, 1)) for team in teams]
        facts += [ChildSet(child, family) for child, family in FAMILIES.items()]
        desk = self.desk(MO)
        with desk.writing() as work:
            desk.register(work, *facts)
        self.clock.set(today)

    def desk(self, person: str = MO) -> Desk:
        return Desk(self.store, self.clock, CATALOGUE, person, chance=self.chance)

    @property
    def today(self) -> date:
        return self.clock.today()

    def on(self, day: date) -> Place:
        self.clock.set(day)
        return self

    def after(self, days: int) -> Place:
        return self.on(self.today + timedelta(days=days))

    # ---- acting ------------------------------------------------------------------------------------------------
    def open(
        self, name: str, *children: str, team: str = "north", worker: str | None = WREN, title: str = "",
        workflow: str = "single-assessment",
    ) -> str:  # fmt: skip
        command = OpenCase(workflow, title or f"About {name}", None, team, worker, children)
        self.refs[name] = self.desk(MO).open(command).case.ref
        return self.refs[name]

    def do(self, name: str, person: str, *commands: cmd.Command) -> None:
        for command in commands:
            self.desk(person).do(self.refs[name], command)

    def record(self, name: str, kind: str, by: str = WREN, **values: Any) -> int:
        done = self.desk(by).do(self.refs[name], cmd.AddRecord(kind, values))
        return done.entries[0].number

    def step(self, name: str, step: str, by: str = MO, reason: str = "as agreed") -> None:
        """Takes a step, a manager setting aside what is expected and not there."""
        ref = self.refs[name]
        try:
            self.desk(by).do(ref, cmd.TakeStep(step, reason))
        except Refused as no:
            for one in no.refusal.unmet:
                if one.strength == "expected":
                    self.desk(MO).do(ref, cmd.SetRequirementAside(one.requirement, "not here", step))
            self.desk(by).do(ref, cmd.TakeStep(step, reason))

    # ---- everyday sentences ------------------------------------------------------------------------------------
    def decide(self, name: str, *, early: bool = False, by: str = WREN, **values: Any) -> None:
        self.step(name, "begin-at-once")
        self.step(name, "enough-known" if early else "turn-to-analysis")
        self.record(name, "decision", by, **{**DECISION, "decided_on": self.today.isoformat(), **values})

    def close(self, name: str, *, early: bool = False, by: str = WREN, **values: Any) -> None:
        """From the beginning to its end on one day."""
        self.decide(name, early=early, by=by, **values)
        for step, who in (("submit", by), ("authorise", MO), ("share", MO), ("close", MO)):
            self.step(name, step, who)

    def look(self, name: str, by: str = ADA, theme: str = "", **words: str) -> int:
        values = dict.fromkeys(LOOK, "clearly") | words | ({"theme": theme} if theme else {})
        return self.record(name, "quality-look", by, looked_on=self.today.isoformat(), **values)

    def goal(self, name: str, goal: str = "Calm mornings", by: str = WREN, **more: Any) -> int:
        values = {"goal": goal, "agreed": "yes", "baseline": "Late each day", "how_known": "The child says so",
                  "set_on": self.today.isoformat(), **more}  # fmt: skip
        return self.record(name, "goal", by, **values)

    def moved(self, name: str, goal: int, progress: str, words: str = "", by: str = WREN) -> int:
        return self.record(
            name, "goal-progress", by, goal=goal, on=self.today.isoformat(), progress=progress, family_words=words
        )

    def withdraw(self, name: str, number: int) -> None:
        self.do(name, MO, cmd.CorrectRecord(number, "by mistake", withdraw=True))
