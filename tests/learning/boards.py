"""Reviews with findings put straight into a store, as a board's own list of closed reviews would be read in."""

from __future__ import annotations

from datetime import date
from typing import Any

from casereview import commands as cmd
from casereview.case import Case
from casereview.events import ChildSet, Happening, Imported, OfficeSet, PersonSet
from casereview.service.desk import Desk
from casereview.testing import FixedClock, MemoryStore
from tests.stories import CATALOGUE, CHO, new_store

TODAY = date(2026, 11, 20)
AGREED: dict[str, Any] = {
    "category": "tools", "effect": "hinders", "level": "local board and agencies", "strength": "finding",
    "state": "agreed",
}  # fmt: skip
CONTACT = "Board office, 01632 960 001"
Records = tuple[tuple[str, dict[str, Any]], ...]


def desk_of(store: MemoryStore | None = None, person: str = CHO) -> Desk:
    return Desk(store or new_store(), FixedClock(TODAY), CATALOGUE, person)


def finding(statement: str, **more: Any) -> tuple[str, dict[str, Any]]:
    return "finding", {**AGREED, "statement": statement, **more}


def review(desk: Desk, *records: tuple[str, dict[str, Any]], title: str = "A review", **more: Any) -> str:
    """A closed review with these records, numbered 1, 0, -1 and so on; its reference."""
    return case(desk, "learning-together", "closed", records, title, **more)


def case(
    desk: Desk, workflow: str, stage: str, records: Records, title: str, *, key: str = "",
    children: tuple[str, ...] = (),
) -> str:  # fmt: skip
    with desk.writing() as work:
        definition = desk.keep(work, desk.catalogue.find(workflow))
        event = Imported(
            ref=desk.new_reference(work, definition, desk.today), title=title, workflow=definition.name,
            version=definition.version, hash=definition.hash, nation="england-wales", stage=stage, opened=desk.today,
            key=key or f"test:{desk.new_id()}", source="a list", children=children,
            records=tuple((kind, values, desk.today) for kind, values in records),
        )  # fmt: skip
        desk.land(work, Case(desk.new_id()), (Happening(event, desk.today),), definition)
    return event.ref


def hide(desk: Desk, ref: str) -> None:
    desk.do(ref, cmd.Restrict("somebody here is kin"))


def somebody(desk: Desk, person: str, name: str, office: str = "") -> None:
    with desk.writing() as work:
        desk.register(work, PersonSet(person, name))
        if office:
            desk.register(work, OfficeSet(person, office, "", date(2000, 1, 1)))


def child(desk: Desk, key: str, family: str, details: dict[str, str]) -> str:
    with desk.writing() as work:
        desk.register(work, ChildSet(key, family, details))
    return key
