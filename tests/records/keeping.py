"""A made-up review with one record of every kind, written by whoever may, in words that a test chooses."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

from casereview import commands as cmd
from casereview.case import Case
from casereview.decide.opening import OpenCase
from casereview.events import REGISTRY, Event, Happening, OfficeSet, PersonSet
from casereview.ports import Store
from casereview.record_readers import open_to
from casereview.service.desk import Desk
from casereview.service.identities import add_identity
from casereview.testing import FixedClock
from tests.stories import CATALOGUE
from workflows.definition import Definition, Field, RecordKind

DAY = date(2012, 3, 5)
FLOW = "learning-together"
# one person for each role; cho holds the chair by office, ada audits, sam has no part
HOLDS = {
    "lex": "lead-reviewer", "sue": "supervisor", "rio": "review-team", "gus": "case-group", "bod": "board-member",
    "abe": "agency-link", "biz": "business-manager", "cap": "champion", "cho": "chair", "ada": "auditor",
}  # fmt: skip
SAM = "sam"
WHO = {role: person for person, role in HOLDS.items()}
NAMES = {"name": "Perpetua Quillfeather", "school": "Emberdown Primary School"}
Words = Callable[[str], str]


def begin(store: Store, clock: FixedClock) -> None:
    facts: list[Event] = [PersonSet(person, person.title(), person) for person in (*HOLDS, SAM)]
    facts += [OfficeSet("cho", "chair", "", date(2000, 1, 1)), OfficeSet("ada", "auditor", "", date(2000, 1, 1))]
    with store.write() as work:
        work.append(REGISTRY, 0, [Happening(fact, DAY) for fact in facts], actor="cho", at=clock.now())


class Review:
    """`number`: of the newest record of each kind."""

    def __init__(self, store: Store, flow: str = FLOW) -> None:
        self.store, self.clock, self.chance = store, FixedClock(DAY), random.Random(3)
        begin(store, self.clock)
        self.ref = self.desk("cho").open(OpenCase(flow, "A review", None)).case.ref
        for person, role in HOLDS.items():
            if role in self.definition.roles and self.definition.roles[role].office not in ("chair", "auditor"):
                self.do("cho", cmd.Appoint(person, role))
        self.number: dict[str, int] = {}

    def desk(self, person: str) -> Desk:
        return Desk(self.store, self.clock, CATALOGUE, person, chance=self.chance)

    def do(self, person: str, command: cmd.Command, seen: int | None = None) -> int:
        return self.desk(person).do(self.ref, command, seen).entries[0].number

    @property
    def case(self) -> Case:
        with self.store.read() as work:
            case = work.case(None, self.ref)
            assert case is not None
            return case

    @property
    def definition(self) -> Definition:
        desk = self.desk("cho")
        with desk.reading() as work:
            return desk.definition_of(work, desk.case(work, self.ref))

    # ---- writing ---------------------------------------------------------------------------------------
    def fill(self, words: Words) -> Review:
        """One record of every kind, each corrected once; and the identity key."""
        for kind in self.definition.records.values():
            author = WHO[kind.by[0]]
            self.number[kind.name] = self.do(author, cmd.AddRecord(kind.name, self.values(kind, words(kind.name))))
            text = next((f.name for f in kind.fields.values() if f.type in ("long", "line")), "")
            if text:
                said = words(kind.name)
                correction = cmd.CorrectRecord(self.number[kind.name], f"{said} was meant", {text: f"{said}, rather"})
                self.do(author, correction)
        for kept, text in NAMES.items():
            add_identity(self.desk("lex"), self.ref, kept, f"{text} {words('identity')}", stands_for="Child E")
        return self

    def values(self, kind: RecordKind, words: str) -> dict[str, Any]:
        found = {f.name: self._value(f, words) for f in kind.fields.values()}
        return {name: value for name, value in found.items() if value is not None}

    def _value(self, field: Field, words: str) -> Any:
        match field.type:
            case "line" | "long":
                return f"{words} on {field.name}"
            case "lines":
                return [f"{words} {n}" for n in range(len(words) % 3 + 1)]
            case "date":
                return DAY.isoformat()
            case "number":
                return 7
            case "yes-no":
                return True
            case "choice":
                return field.options[0]
            case "choices":
                return [field.options[0]]
            case "record":
                return self.number.get(field.of)
            case _:
                return None


def kept_from(review: Review, person: str) -> set[str]:
    """Kinds whose records somebody may neither read by a role nor wrote: a second opinion beside the gate."""
    roles = {role for holder, role in HOLDS.items() if holder == person}
    been = set(review.case.visits)
    return {
        kind.name
        for kind in review.definition.records.values()
        if not open_to(kind, roles, been) and WHO[kind.by[0]] != person
    }
