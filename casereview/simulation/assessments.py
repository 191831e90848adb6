"""Puts a made-up year of assessments into a store: the earlier part read in, the rest lived through the engine."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from casereview.calendar import Calendar
from casereview.commands import Restrict
from casereview.events import ChildSet
from casereview.exchange.cin_records import CinAssessment, CinEpisode
from casereview.exchange.landing_rows import create, row_of
from casereview.ports import Writing
from casereview.simulation.authority import Staff
from casereview.simulation.children import AUTHORITY, details_of
from casereview.simulation.generator import Assessment, Year
from casereview.simulation.life import WORKFLOW, child_id, opening, tell
from casereview.simulation.longer import Settled, fate_of, shown
from casereview.simulation.phrases import theme
from casereview.simulation.playing import Player
from casereview.simulation.telling import Act, Telling

AT_ONCE = 25  # assessments in one transaction: several hundred commands
BEGAN = timedelta(days=150)  # how long before the day of the demo the made-up authority began to use casereview
SOURCES = {"police": "6", "school": "2A", "health service": "3A", "another council service": "5A",
           "family, relative or carer": "1A", "other": "8"}  # fmt: skip
WHY_RESTRICTED = "A relative of the family works for the council: only those who need to may know of it."
Progress = Callable[[str, int, int], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lived:
    """How many assessments there are, and how many of the completed ones were only read in."""

    completed: int
    open: int
    read_in: int
    children: int


def put_in(player: Player, year: Year, staff: Staff, calendar: Calendar, seed: int, progress: Progress) -> Lived:
    """Every assessment of the year. Deterministic for the same arguments."""
    began = year.today - BEGAN
    before = [a for a in year.completed if a.end < began]
    after = [a for a in year.completed if a.end >= began]
    known: set[str] = set()
    _read_in(player, before, year.today, known, progress)
    stories = _stories([*after, *year.open], shown(year.open, calendar, year.today), staff, calendar, seed)
    done, of = 0, len(after) + len(year.open)
    for batch in _batches(stories, AT_ONCE):
        progress("Assessments", done, of)
        with player.writing() as work:
            _register(player, work, [told.one for told in batch], known, year.today)
            for told in batch:
                _live(player, work, told, year.today)
        done += len(batch)
    return Lived(len(year.completed), len(year.open), len(before), len(known))


def _batches(items: Sequence[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def _register(player: Player, work: Writing, batch: list[Assessment], known: set[str], today: date) -> None:
    """Children by opaque ids, siblings under one family, with what a census return asks of each."""
    new = {a.child: a for a in batch if a.child not in known}
    if not new:
        return
    desk = player.as_if(player.runs, min(a.referral for a in batch))
    desk.register(
        work,
        *(
            ChildSet(child_id(child), f"{AUTHORITY}-F{one.family.number:05d}", details_of(one, today))
            for child, one in new.items()
        ),
    )
    known.update(new)


# ---- the earlier part of the year -----------------------------------------------------------------------------
def _read_in(player: Player, before: list[Assessment], today: date, known: set[str], progress: Progress) -> None:
    """As a real authority begins: what was finished earlier comes from its census return, one entry each."""
    definition = player.desk.catalogue.find(WORKFLOW)
    done = 0
    for batch in _batches(before, 10 * AT_ONCE):
        progress("Earlier assessments", done, len(before))
        with player.writing() as work:
            _register(player, work, batch, known, today)
            desk = player.as_if("data-officer", today - BEGAN)
            for one in batch:
                told = theme(one.family.theme)
                episode = CinEpisode(
                    one.child, AUTHORITY, referral_date=one.referral, referral_source=SOURCES[one.source],
                    primary_need=told["need"], referral_nfa=False,
                )  # fmt: skip
                returned = CinAssessment(one.start, authorised=one.end, factors=tuple(told["factors"]))
                create(desk, work, "CIN census (made-up authority)", definition, row_of(episode, returned))
        done += len(batch)


# ---- the part that is lived through ----------------------------------------------------------------------------
def _stories(
    assessments: list[Assessment], settled: Settled, staff: Staff, calendar: Calendar,
    seed: int,
) -> list[Telling]:  # fmt: skip
    found = []
    for one in assessments:
        chance = random.Random(f"{seed} {one.child} {one.start}")
        one, fate = settled.get((one.child, one.start)) or (one, fate_of(one, chance))
        found.append(tell(Telling(one, fate, staff, calendar, chance)))
    return found


def _live(player: Player, work: Writing, told: Telling, today: date) -> None:
    case = player.open(work, told.manager, told.one.start, opening(told))
    acts = told.in_order(today)
    if told.fate.restricted:
        admitted = (told.manager, told.worker(0), player.runs)
        acts.append(Act(acts[-1].on, "service-manager", Restrict(WHY_RESTRICTED, admitted)))
    player.play(work, case, acts)
