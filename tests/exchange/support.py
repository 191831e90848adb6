"""Census files, desks and stores for tests of what comes in and goes out."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from casereview.case import Case
from casereview.codec import dumps, to_plain
from casereview.events import REGISTRY, Event, Happening, OfficeSet, PersonSet, TeamSet
from casereview.exchange.cin import CinAssessment, CinEpisode, CinHeader
from casereview.exchange.cin_write import synthetic_header, write_cin
from casereview.ports import Store
from casereview.service.desk import Desk
from casereview.service.whole import Verified, verify
from casereview.testing import FixedClock, MemoryStore
from storage import open_store
from tests.stories import ADA, CATALOGUE, CHI, CHO, DOT, MAX, MO, OFFICES, SAM, TEAM, WREN

TODAY = date(2024, 6, 3)
YEAR = synthetic_header(2024)
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
NAMES = {person: person.title() for person in (WREN, MO, MAX, CHI, CHO, ADA, SAM, DOT)}


# ---- stores and desks ----------------------------------------------------------------------------------------
def with_people(store: Store, names: dict[str, str] = NAMES) -> Store:
    """The team and people of the stories, with their offices."""
    facts: list[Event] = [TeamSet(TEAM, "North team")]
    facts += [PersonSet(person, name) for person, name in names.items()]
    facts += [
        OfficeSet(person, office, TEAM if office == "manager" else "", date(2000, 1, 1))
        for person, office in OFFICES.items()
        if person in names
    ]
    clock = FixedClock(date(2001, 1, 1))
    with store.write() as work:
        work.append(REGISTRY, 0, [Happening(fact, clock.today()) for fact in facts], actor=MO, at=clock.now())
    return store


def in_memory(names: dict[str, str] = NAMES) -> Store:
    return with_people(MemoryStore(clock=FixedClock(date(2001, 1, 1)), practice=False), names)


def in_file(path: Path, *, people: bool = True) -> Store:
    store = open_store(str(path), create=True, clock=FixedClock(date(2001, 1, 1)))
    return with_people(store) if people else store


_CHANCE = random.Random(1)  # one for all desks, so that no two cases come by the same id


def desk(store: Store, person: str = DOT, today: date = TODAY) -> Desk:
    return Desk(store, FixedClock(today), CATALOGUE, person, chance=_CHANCE)


def verified(store: Store, **more: Any) -> Verified:
    return verify(desk(store, ADA), **more)


def head(store: Store) -> tuple[int, str]:
    with store.read() as work:
        found = work.head()
    return found.seq, found.hash


def cases(store: Store) -> list[Case]:
    with store.read() as work:
        found = [work.snapshot(case_id) for case_id in work.case_ids()]
    return sorted((case for case in found if case), key=lambda case: (case.import_key, case.ref))


def alike(case: Case, *but: str) -> str:
    """Everything of a case but its id and reference, to compare it with one landed elsewhere."""
    plain = to_plain(replace(case, id="", ref=""))
    return dumps({name: value for name, value in plain.items() if name not in but})


# ---- census files --------------------------------------------------------------------------------------------
def assessment(start: date = date(2024, 1, 8), authorised: date | None = None, **more: Any) -> CinAssessment:
    return CinAssessment(start, authorised=authorised, **more)


def episode(child: str = "C1", *assessments: CinAssessment, **more: Any) -> CinEpisode:
    plain = CinEpisode(
        child, "999", birth_date=date(2015, 5, 5), sex_or_gender="2", ethnicity="WBRI", upn="A123456789012",
        referral_date=date(2024, 1, 5), referral_source="6", referral_nfa=False, primary_need="N1",
        assessments=assessments or (assessment(),),
    )  # fmt: skip
    return replace(plain, **more)


def census(path: Path, *episodes: CinEpisode, header: CinHeader = YEAR) -> Path:
    """A file as an authority would send it; an earlier one of the same name goes."""
    path.unlink(missing_ok=True)
    write_cin(path, header, episodes)
    return path


def many(count: int, seed: int = 7) -> Iterable[CinEpisode]:
    """Children with an assessment each, most of them finished in the census year."""
    chance = random.Random(seed)
    for number in range(count):
        referral = date(2023, 4, 1) + timedelta(days=chance.randrange(360))
        start = referral + timedelta(days=chance.randrange(4))
        end = start + timedelta(days=chance.randrange(10, 90))
        done = end if end <= date(2024, 3, 31) else None
        yield episode(
            f"C{number:06}",
            assessment(start, done, factors=("1A", "2B") if done else ()),
            referral_date=referral,
            birth_date=date(2010, 1, 1) + timedelta(days=number % 3000),
        )


def broken(text: str, changes: Sequence[tuple[str, str]]) -> str:
    """A file with some of its text exchanged; every change must find what it changes."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
