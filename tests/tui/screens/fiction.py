"""A small authority that never was: a store with people, children and cases in every standing a manager meets."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from casereview import commands as cmd
from casereview.commands import Command
from casereview.decide.opening import OpenCase
from casereview.events import ChildSet, Event, OfficeSet, PersonSet, TeamSet
from casereview.ports import Store
from casereview.service.desk import Desk
from casereview.testing.clock import FixedClock
from casereview.testing.memory import MemoryStore
from storage import open_store
from workflows.catalogue import Catalogue

TODAY = date(2024, 6, 14)
BEGAN = date(2023, 1, 3)
CATALOGUE = Catalogue()
AMIRA, BEN, CLEO, DAN, EFUA = "amira", "ben", "cleo", "dan", "efua"
PEOPLE = {
    AMIRA: "Amira Khan", BEN: "Ben O'Neill", CLEO: "Cleo Weißmann", DAN: "Dan Ó Briain", EFUA: "Efua Mensah",
}  # fmt: skip
HOSTILE = "[red]x[/red] [/] [@click=app.quit]q[/] \x1b[2J\x1b]0;t\x07 \u202egpj.exe"
HOSTILE_SHOWN = "[red]x[/red] [/] [@click=app.quit]q[/] �[2J�]0;t� �gpj.exe"


class Fiction:
    """A store on disk and the clock it was written by. `desk` gives anyone's place at it."""

    def __init__(self, path: Path | None) -> None:
        """On disk at `path`, or in memory."""
        self.clock = FixedClock(BEGAN)
        self.store: Store = MemoryStore(clock=self.clock) if path is None else _on_disk(path, self.clock)
        self.chance = random.Random(7)
        self.refs: dict[str, str] = {}
        self._people()

    def desk(self, person: str) -> Desk:
        return Desk(self.store, self.clock, CATALOGUE, person, chance=self.chance)

    def _people(self) -> None:
        facts: list[Event] = [TeamSet("north", "North team"), TeamSet("south", "South team")]
        facts += [PersonSet(key, name, key) for key, name in PEOPLE.items()]
        facts += [OfficeSet(CLEO, "manager", "north", BEGAN), OfficeSet(DAN, "service-manager", "", BEGAN)]
        facts += [OfficeSet(EFUA, "chair", "", BEGAN), OfficeSet(EFUA, "business-manager", "", BEGAN)]
        facts += [ChildSet(f"child-{n}", f"family-{n // 2}", {"name": f"Child {n}"}) for n in range(1, 7)]
        desk = self.desk(CLEO)
        with desk.writing() as work:
            desk.register(work, *facts)

    # ---- a case ----------------------------------------------------------------------------------------
    def open(
        self, name: str, day: date, title: str, *, workflow: str = "single-assessment-2013", worker: str = AMIRA,
        children: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.clock.set(day)
        opening = OpenCase(workflow, title, team="north", worker=worker, children=children)
        self.refs[name] = self.desk(CLEO).open(opening).case.ref

    def do(self, name: str, person: str, *commands: Command, day: date | None = None) -> None:
        if day is not None:
            self.clock.set(day)
        for command in commands:
            self.desk(person).do(self.refs[name], command)


def _on_disk(path: Path, clock: FixedClock) -> Store:
    return open_store(str(path), create=True, practice=True, clock=clock)


def full(path: Path | None) -> Fiction:
    """Everything the screens have to show; today is TODAY."""
    f = Fiction(path)
    _justified(f)
    _lapsed(f)
    _plain(f)
    _urgent(f)
    _review(f)
    _closed(f)
    f.clock.set(TODAY)
    return f


def _family(f: Fiction, name: str) -> None:
    mother = cmd.SetRoster("mother", "Mother", "mother", True, True, "Polish", "")
    f.do(name, AMIRA, mother, cmd.SetRoster("child", "The child", "child", False, True))


def _justified(f: Fiction) -> None:
    f.open("justified", date(2024, 2, 26), "Three households, one plan", children=("child-1", "child-2"))
    _family(f, "justified")
    goal = {"goal": "Home each night by eight", "agreed": "yes", "baseline": "Out late most nights",
            "how_known": "The family's own calendar", "set_on": "2024-03-20"}  # fmt: skip
    f.do("justified", AMIRA, cmd.TakeStep("begin-at-once", "Needs to be seen today"), cmd.SeeChild(alone=True),
         cmd.AddRecord("goal", goal), day=date(2024, 3, 20))  # fmt: skip
    f.do("justified", AMIRA, cmd.GiveReason("JUDG", "The two households tell it differently; both are seen next week",
         "Safe with his aunt, and asks when it will be over", proposed=date(2024, 6, 28)),
         day=date(2024, 5, 2))  # fmt: skip
    f.do("justified", CLEO, cmd.GiveAnswer("agreed", "See both homes, then decide", date(2024, 6, 28)),
         day=date(2024, 5, 7))  # fmt: skip
    f.do("justified", AMIRA, cmd.Tell("delay explained", promised_on=date(2024, 6, 21), said="Please do not rush it"),
         day=date(2024, 5, 10))  # fmt: skip
    f.do("justified", AMIRA, cmd.SeeChild(on=date(2024, 6, 10), where="school"), day=date(2024, 6, 10))


def _lapsed(f: Fiction) -> None:
    f.open("lapsed", date(2024, 2, 12), "New baby, old worries", worker=BEN, children=("child-3",))
    f.do("lapsed", BEN, cmd.SetRoster("father", "Father", "father", True), day=date(2024, 4, 2))
    f.do("lapsed", BEN, cmd.GiveReason("SPEC", "The paediatric report is not here", "Waiting is hard on both parents",
         action="Ring the clinic", action_owner="Ben O'Neill", action_due=date(2024, 5, 31)),
         day=date(2024, 4, 18))  # fmt: skip
    f.do("lapsed", CLEO, cmd.GiveAnswer("agreed", "Until the clinic answers", date(2024, 6, 3)), day=date(2024, 4, 19))


def _plain(f: Fiction) -> None:
    f.open("unexplained", date(2024, 3, 4), "School worried about weekends", worker=BEN)
    f.open("explained", date(2024, 3, 11), "Grandmother asks for help")
    f.do("explained", AMIRA,
         cmd.GiveReason("INTP", "An interpreter is booked for Tuesday", "He has waited to be heard"),
         day=date(2024, 5, 28))  # fmt: skip
    f.open("concern", date(2024, 1, 29), "Moved twice this spring", worker=BEN)
    f.do("concern", BEN, cmd.GiveReason("RAPP", "Trust grows slowly", "Unsettled", action="Visit weekly",
         action_owner="Ben", action_due=date(2024, 6, 30)), day=date(2024, 5, 1))  # fmt: skip
    f.do("concern", CLEO, cmd.GiveAnswer("not agreed", "Three months is long for her. See her this week"),
         day=date(2024, 5, 3))  # fmt: skip
    f.open("course", date(2024, 5, 20), "Young carer", workflow="single-assessment")
    f.open("hostile", date(2024, 6, 3), HOSTILE, workflow="single-assessment")


def _urgent(f: Fiction) -> None:
    f.open("urgent", date(2024, 5, 20), "Infant, unexplained bruise", workflow="single-assessment",
           children=("child-4",))  # fmt: skip
    f.do("urgent", AMIRA, cmd.SetLane("urgent", "infant injury"))


def _review(f: Fiction) -> None:
    f.open("review", date(2024, 1, 8), "Learning from a move between areas", workflow="learning-together", worker=EFUA)


def _closed(f: Fiction) -> None:
    f.open("closed", date(2023, 9, 4), "Opened twice", children=("child-1",))
    f.do("closed", CLEO, cmd.TakeStep("to-section-47", "The same referral came by two ways"), day=date(2023, 9, 5))
