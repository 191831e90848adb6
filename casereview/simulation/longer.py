"""What is done about time in one made-up assessment: the date agreed, the reason, the answer, what the family hears."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Literal

from casereview.calendar import Calendar
from casereview.simulation.generator import Assessment

INDICATIVE = 45  # working days, as single-assessment-2013 ships it
SOMEWHAT = 75  # working days: longer than usual and not the very longest
DATES = (10, 15, 20, 25, 30, 35, 40, 45)
# Drawn independently, so that what is justified is a real part of what has a reason (assumptions).
REASON_RECORDED, FAMILY_TOLD, ANSWERED = 0.75, 0.60, 0.80
CAN_JUSTIFY = ("JUDG", "HIST", "INTP", "NEWR", "PLDN")
WITH_ACTION = ("RAPP", "SPEC", "AGIN", "POLC", "SIBS", "DISE")
SYSTEM = ("WKCH", "CAPA", "UNAL", "MGRQ")

How = Literal["", "in time", "after", "afterwards", "new date"]
Reply = Literal["", "agreed", "not agreed", "tell me more"]
Settled = dict[tuple[str, date], tuple[Assessment, "Fate"]]  # by child and start
SOONER: tuple[How, ...] = ("new date", "after", "")


@dataclass(frozen=True, slots=True)
class Fate:
    """How time is dealt with; all numbers are working days from the start.

    agreed   the date first agreed; how and reply: what becomes of it when that, or 45, is passed
    told     whether the family is told; until: when the manager looks again (None: after some days)
    renewed  whether an agreement that runs out is taken up again
    looks    whether the planned looks are held; restricted: only those named may know of the case
    """

    agreed: int
    code: str
    how: How = ""
    reply: Reply = ""
    told: bool = True
    until: int | None = None
    renewed: bool = True
    looks: bool = True
    restricted: bool = False

    @property
    def beyond(self) -> int:
        return min(self.agreed, INDICATIVE)

    @property
    def can_be_agreed(self) -> bool:
        return self.code in CAN_JUSTIFY or self.code in WITH_ACTION


def fate_of(one: Assessment, chance: random.Random) -> Fate:
    """Drawn from what is assumed of an ordinary authority."""
    agreed = _agreed(one, chance)
    code = _code(one, chance)
    told, looks = chance.random() < FAMILY_TOLD, chance.random() < 0.95
    reply = _reply(code, chance)
    fate = Fate(agreed, code, told=told, reply=reply, renewed=chance.random() < 0.6, looks=looks)
    if one.days <= fate.beyond:
        return replace(fate, reply="")
    if one.days <= INDICATIVE:  # past this child's date, not past what is usual
        how: How = chance.choices(SOONER, (0.45, 0.25, 0.30))[0]
        return replace(fate, how=how, reply=reply if how == "after" else "")
    if chance.random() >= REASON_RECORDED:
        return replace(fate, how="afterwards" if chance.random() < 0.2 else "", reply="")
    in_time = fate.can_be_agreed and agreed >= 35 and chance.random() < 0.25
    return replace(fate, how="in time" if in_time else "after")


def _agreed(one: Assessment, chance: random.Random) -> int:
    if one.urgent:
        return 10
    kept = [days for days in DATES if days >= one.days]
    if one.days > INDICATIVE:
        return chance.choice(DATES[-3:])
    passed = [days for days in DATES if days < one.days]
    if passed and chance.random() < 0.12:
        return passed[-1]
    return kept[0] if chance.random() < 0.7 else chance.choice(kept[:3])


def _code(one: Assessment, chance: random.Random) -> str:
    system = 0.45 if one.pressed else 0.18
    group = chance.choices((CAN_JUSTIFY, WITH_ACTION, SYSTEM, ("NONE",)), (0.42, 0.36, system, 0.04))[0]
    return chance.choice(group)


def _reply(code: str, chance: random.Random) -> Reply:
    if chance.random() >= ANSWERED:
        return ""
    if code in SYSTEM or code == "NONE":
        return "not agreed" if chance.random() < 0.4 else "tell me more"
    return chance.choices(("agreed", "not agreed", "tell me more"), (0.78, 0.14, 0.08))[0]


# ---- so that the day of the demo shows every standing ------------------------------------------------------------
def shown(opened: Sequence[Assessment], calendar: Calendar, today: date) -> Settled:
    """A few open assessments whose part is settled, so that even a small demo has one of each standing.

    Those open somewhat longer than usual take the standings beyond; nearly all the rest is left to chance.
    """
    ages = [(calendar.working_days(one.start, today), one) for one in opened if not one.urgent]
    ages.sort(key=lambda aged: (INDICATIVE < aged[0] <= SOMEWHAT, aged[0], aged[1].child), reverse=True)
    settled: Settled = {}
    for low, high, urgent, make in _WANTED:
        free = ((age, one) for age, one in ages if low <= age <= high and (one.child, one.start) not in settled)
        for age, one in islice(free, 1):
            settled[one.child, one.start] = (replace(one, urgent=urgent), make(age))
    return settled


def _early(age: int) -> int:
    """A date far enough back for everything that follows it to have happened."""
    return min(INDICATIVE, age - 10)


# (youngest and oldest age that suits, urgent or not, its fate at that age); the first needs to be past both dates
_WANTED: tuple[tuple[int, int, bool, Callable[[int], Fate]], ...] = (
    (14, 999, False, lambda age: Fate(_early(age), "NONE", "")),
    (14, 999, False, lambda age: Fate(_early(age), "JUDG", "after", "agreed", True, age + 9)),
    (14, 999, False, lambda age: Fate(_early(age), "HIST", "after", "agreed", False, age + 7)),
    (14, 999, False, lambda age: Fate(_early(age), "AGIN", "after", "not agreed", True)),
    (14, 999, False, lambda age: Fate(_early(age), "SPEC", "after", "")),
    (14, 999, False, lambda age: Fate(_early(age), "INTP", "after", "agreed", True, age - 1, renewed=False)),
    (14, INDICATIVE - 3, False, lambda age: Fate(age - 4, "JUDG")),
    (12, 36, False, lambda age: Fate(age + 8, "JUDG", looks=False)),
    (11, 30, True, lambda age: Fate(10, "AGIN")),
    (2, 36, False, lambda age: Fate(min(INDICATIVE, age + 8), "JUDG", restricted=True)),
)
