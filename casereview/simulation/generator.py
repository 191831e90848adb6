"""A year of assessments of a made-up authority: who is referred when, and how long each takes. No engine here."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from casereview.calendar import Calendar
from casereview.simulation.calibration import draw_days, figures, urgent_chances

YEAR = timedelta(days=365)
BEFORE = timedelta(days=457)  # fifteen months, so that the year's beginning is as full as its end
OFF_DAY = 0.03  # weight of a day that is no working day, beside 1 (assumption)
LAGS = ((0, 0.80), (1, 0.12), (2, 0.04), (3, 0.02), (5, 0.02))  # working days from referral to start (assumption)
IN_GROUPS = 0.40  # children referred together with siblings (assumption)
GROUP_SIZES = ((2, 0.6), (3, 0.3), (4, 0.1))
SIBLINGS_ALIKE = 0.4  # how often a sibling's assessment takes exactly as long
TEAMS = ("north", "south", "east", "west")


@dataclass(slots=True)
class Family:
    """Children who are referred together; `free_from` is the first day they could be referred again."""

    number: int
    children: tuple[str, ...]
    team: str
    theme: int
    free_from: date = date.min
    referrals: int = 0


@dataclass(frozen=True, slots=True)
class Assessment:
    """One child's assessment as it truly was. `days` and `end` are known to the generator even while it is open.

    referral, start   the day the referral came and the day the work began
    days, end         working days from start to authorisation, and that day
    urgent            whether it needed to be faster
    again             how often the family had been referred in this simulation before
    worker            number of the worker within the team; pressed: the worker held far more than usual
    """

    child: str
    family: Family = field(repr=False)
    referral: date
    source: str
    start: date
    days: int
    end: date
    urgent: bool
    again: int
    worker: int = 0
    pressed: bool = False

    @property
    def team(self) -> str:
        return self.family.team


@dataclass(frozen=True, slots=True)
class Year:
    """What is completed in the year up to `today`, what is open on it, and how many workers each team has."""

    today: date
    completed: tuple[Assessment, ...]
    open: tuple[Assessment, ...]
    workers: dict[str, int]

    @property
    def children(self) -> dict[str, Family]:
        return {a.child: a.family for a in (*self.completed, *self.open)}


def generate(today: date, seed: int, scale: float, calendar: Calendar) -> Year:
    """A year ending on `today`; the same for the same arguments. Raises ValueError for a scale that is not positive."""
    if scale <= 0:
        raise ValueError("the scale is more than 0")
    chance = random.Random(f"{seed} {today} {scale}")
    drawn = list(_assessments(today, chance, scale, calendar))
    first = today - YEAR
    completed = [a for a in drawn if first < a.end <= today]
    opened = [a for a in drawn if a.end > today and a.start > first]
    workers = _workers(len(opened))
    placed = _placed([*completed, *opened], workers, chance)
    return Year(
        today,
        tuple(a for a in placed if a.end <= today),
        tuple(a for a in placed if a.end > today),
        workers,
    )


def _workers(opened: int) -> dict[str, int]:
    """As many as the published cases per worker allow, and at least one to a team."""
    each, rest = divmod(round(opened / figures().per_worker), len(TEAMS))
    return {team: max(1, each + (place < rest)) for place, team in enumerate(TEAMS)}


def _assessments(today: date, chance: random.Random, scale: float, calendar: Calendar) -> list[Assessment]:
    families: list[Family] = []
    found: list[Assessment] = []
    groups = _mean_group()
    for day, mean in _daily(today, figures().completed * scale, calendar):
        for _ in range(_poisson(mean / groups, chance)):
            family = _referred(families, day, chance)
            if (start := _start(day, chance, calendar)) <= today:
                found += _of_family(family, day, start, chance, calendar)
    return found


def _daily(today: date, yearly: float, calendar: Calendar) -> list[tuple[date, float]]:
    """The expected number of children referred on each day: the month's share, spread over its days."""
    days = [today - BEFORE + timedelta(days=n) for n in range(BEFORE.days + 1)]
    weights: dict[tuple[int, int], float] = {}
    for day in _whole_months(days):
        key = (day.year, day.month)
        weights[key] = weights.get(key, 0.0) + _weight(day, calendar)
    months = figures().months
    return [
        (day, yearly * months[day.month - 1] * _weight(day, calendar) / weights[day.year, day.month]) for day in days
    ]


def _whole_months(days: list[date]) -> list[date]:
    first = days[0].replace(day=1)
    last = (days[-1].replace(day=28) + timedelta(days=4)).replace(day=1)
    return [first + timedelta(days=n) for n in range((last - first).days)]


def _weight(day: date, calendar: Calendar) -> float:
    return 1.0 if calendar.is_working(day) else OFF_DAY


def _poisson(mean: float, chance: random.Random) -> int:
    """Knuth's method: exact, and quick enough for the few dozen a day there are."""
    limit, count, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        count += 1
        product *= chance.random()
    return count


def _pick(options: tuple[tuple[int, float], ...], chance: random.Random) -> int:
    return chance.choices([value for value, _ in options], [weight for _, weight in options])[0]


def _group_share() -> float:
    """How many referrals are of siblings, so that the wanted share of children is."""
    size = sum(size * weight for size, weight in GROUP_SIZES)
    return IN_GROUPS / (size - IN_GROUPS * (size - 1))


def _mean_group() -> float:
    size = sum(size * weight for size, weight in GROUP_SIZES)
    return 1 + _group_share() * (size - 1)


def _referred(families: list[Family], day: date, chance: random.Random) -> Family:
    """A family not seen before, or (as often as is published) one assessed within the last twelve months."""
    if chance.random() < figures().again:
        for _ in range(60):  # a few tries find one: most earlier families are free by now
            if families and day - YEAR < (known := chance.choice(families)).free_from <= day:
                known.referrals += 1
                return known
    size = _pick(GROUP_SIZES, chance) if chance.random() < _group_share() else 1
    number = len(families) + 1
    children = tuple(f"C{number:05d}{'abcd'[place]}" for place in range(size))
    family = Family(number, children, chance.choice(TEAMS), chance.randrange(1000), referrals=1)
    families.append(family)
    return family


def _start(day: date, chance: random.Random, calendar: Calendar) -> date:
    return calendar.add_working_days(day, _pick(LAGS, chance))


def _of_family(family: Family, day: date, start: date, chance: random.Random, calendar: Calendar) -> list[Assessment]:
    first = draw_days(chance)
    luck = chance.random()
    source = _source(chance)
    found = []
    for child in family.children:
        days = first
        if child != family.children[0] and chance.random() >= SIBLINGS_ALIKE:
            days = draw_days(chance)
        end = calendar.add_working_days(start, days)
        urgent = luck < urgent_chances()[days]
        found.append(Assessment(child, family, day, source, start, days, end, urgent, family.referrals - 1))
    family.free_from = max(a.end for a in found) + timedelta(days=30)
    return found


def _source(chance: random.Random) -> str:
    known = figures().sources
    rest = 1 - sum(known.values())
    return chance.choices([*known, "other"], [*known.values(), rest])[0]


# ---- who does the work -----------------------------------------------------------------------------------------
def _placed(assessments: list[Assessment], workers: dict[str, int], chance: random.Random) -> list[Assessment]:
    """Gives each referral to whoever in the team holds least that day; siblings go to one worker.

    Published figures show hardly any link between caseload and time taken, so being pressed changes no
    duration; it changes which reasons are likely to be given.
    """
    held: dict[tuple[str, int], list[date]] = {(t, w): [] for t in TEAMS for w in range(workers[t])}
    given: dict[tuple[int, date], int] = {}
    placed = []
    for one in sorted(assessments, key=lambda a: (a.start, a.child)):
        key = (one.family.number, one.start)
        if key not in given:
            team = range(workers[one.team])
            for worker in team:
                held[one.team, worker] = [end for end in held[one.team, worker] if end > one.start]
            given[key] = min(team, key=lambda w: (len(held[one.team, w]), chance.random()))
        ends = held[one.team, given[key]]
        ends.append(one.end)
        pressed = len(ends) > 1.2 * figures().per_worker
        placed.append(replace(one, worker=given[key], pressed=pressed))
    return placed
