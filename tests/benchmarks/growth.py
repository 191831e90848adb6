"""Whether a case stays quick to open as its history grows, and whether looking back and checking stay linear.

Run `python -m tests.benchmarks.growth`. One case is worked on through the desk: contacts, sights, records,
waiting, changes of worker. Goals: a case of 10,000 entries opens (its page, the first page of its history and
of its records) in at most twice the time of one of 100; per entry, looking at a day in the past and verifying
the store take at 20,000 entries at most 1.3 times what they take at 5,000.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from casereview import commands as cmd
from casereview.commands import Command
from casereview.decide.opening import OpenCase
from casereview.events import REGISTRY, Event, Happening, OfficeSet, PersonSet, TeamSet
from casereview.ports import Store, Writing
from casereview.service import reading, whole
from casereview.service.desk import Desk
from casereview.testing import FixedClock
from storage import open_store
from tests.benchmarks.timing import compare, medians
from workflows.catalogue import Catalogue

START = date(2012, 1, 3)
SIZES = (100, 5_000, 10_000, 20_000)
BATCH = 500
ROUNDS = 7
CATALOGUE = Catalogue()


def turn(desk: Desk, work: Writing, ref: str, count: int, chance: random.Random) -> int:
    """What is written down in a week of a case that goes on and on, in a realistic mix; the newest entry."""
    words, worker = f"{chance.getrandbits(64):x} " * 6, ("wren", "robin")[count % 2]
    acts: list[Command] = [
        cmd.Tell("progress", method="visit", said=words),
        cmd.SeeChild(by=worker, where="at home", note=words),
        cmd.AddRecord("childs-words", {"heard_on": desk.today.isoformat(), "words": words, "setting": "at school"}),
        cmd.Tell("progress", text=words),
        cmd.AddRecord("family-view", {"heard_on": desk.today.isoformat(), "whose": "mother", "view": words}),
    ]
    if count % 4 == 0:
        number = desk.do_in(work, ref, cmd.StartWaiting("health", "the paediatrician's report")).case.number
        acts.append(cmd.EndWaiting(number))
    if count % 10 == 0:
        acts.append(cmd.Assign(("robin", "wren")[count // 10 % 2], note=words))
    if count % 20 == 0:
        acts.append(cmd.GiveReason("JUDG", words, words))
    return [desk.do_in(work, ref, act).case.number for act in acts][-1]


def begun(path: Path) -> tuple[Store, FixedClock, str]:
    clock = FixedClock(START)
    store = open_store(str(path), create=True, practice=True, clock=clock)
    facts: list[Event] = [TeamSet("north", "North"), *(PersonSet(p, p.title()) for p in ("mo", "wren", "robin", "ada"))]
    facts += [OfficeSet("mo", "manager", "north", START), OfficeSet("ada", "auditor", "", START)]
    with store.write() as work:
        work.append(REGISTRY, 0, [Happening(fact, START) for fact in facts], actor="mo", at=clock.now())
    ref = (
        Desk(store, clock, CATALOGUE, "mo")
        .open(OpenCase("single-assessment", "Growing", None, "north", "wren"))
        .case.ref
    )
    return store, clock, ref


def grown(folder: Path) -> Iterator[tuple[int, Path, str]]:
    """The store at each size: how many entries the case has, where the store is, the reference."""
    store, clock, ref = begun(folder / "growing.db")
    desk = Desk(store, clock, CATALOGUE, "mo")
    number, count, chance = (
        desk.do(ref, cmd.SetRoster("mother", parental_responsibility=True)).case.number,
        0,
        random.Random(7),
    )
    for size in SIZES:
        while number < size:
            with desk.writing() as work:
                until = min(number + BATCH, size)
                while number < until:
                    number = turn(desk, work, ref, count, chance)
                    count += 1
            clock.advance(7)
        copy = folder / f"{size}.db"
        store.backup(str(copy))
        yield number, copy, ref
    store.close()


def opened(desk: Desk, ref: str) -> None:
    reading.show(desk, ref)
    reading.history(desk, ref)
    reading.records(desk, ref)


def main() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        acts: dict[str, Callable[[], object]] = {}
        entries: dict[int, int] = {}
        stores: list[Store] = []
        for size, (number, path, ref) in zip(SIZES, grown(Path(folder)), strict=True):
            clock = FixedClock(date(2030, 1, 1))
            stores.append(open_store(str(path), clock=clock))
            mo, ada = (Desk(stores[-1], clock, CATALOGUE, person) for person in ("mo", "ada"))
            entries[size] = number
            acts[f"open {size}"] = partial(opened, mo, ref)
            acts[f"as at {size}"] = partial(reading.show, mo, ref, as_at=date(2029, 1, 1))
            acts[f"verify {size}"] = partial(verified, ada)
        took = medians(acts, ROUNDS)
        for store in stores:
            store.close()
    return all([*opening(took), *each(took, entries)])


def verified(desk: Desk) -> None:
    assert whole.verify(desk).ok


def opening(took: dict[str, float]) -> Iterator[bool]:
    for size in SIZES[1:]:
        goal = 2 if size <= 10_000 else None
        yield compare(f"opening a case of {size:,} entries", took[f"open {size}"], "one of 100", took["open 100"], goal)


def each(took: dict[str, float], entries: dict[int, int]) -> Iterator[bool]:
    """Per entry, at 20,000 against 5,000."""
    for what in ("as at", "verify"):
        many, few = (took[f"{what} {size}"] / entries[size] * 1000 for size in (20_000, 5_000))
        yield compare(f"{what}, per 1,000 of 20,000 entries", many, "of 5,000", few, 1.3)


if __name__ == "__main__":
    sys.exit(not main())
