"""Time in each stage, whose days they were, what was returned, and on whom cases waited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casereview.oversight.figures.durations import ALWAYS, Oldest, Period, Quartiles, quartiles, within
from casereview.oversight.figures.facts import CaseFacts, Stayed
from casereview.oversight.figures.suppress import SMALLEST, Part, hide_line, part, shown


@dataclass(frozen=True, slots=True)
class StageTime:
    """Working days in one stage of one workflow. Visits that ended in the period; `here` are there on the day.

    overseen  only those who oversee can take a case on from here: these days are theirs
    returned  visits from which the case was sent back as not finished, of all that ended
    back      visits that began by a way back into this stage
    """

    workflow: str
    stage: str
    title: str
    overseen: bool
    ended: int | None
    quartiles: Quartiles | None
    returned: Part
    back: int | None
    here: int | None
    oldest: Oldest | None


@dataclass(frozen=True, slots=True)
class Shared:
    """Of the cases that were closed: working days the worker had them, and those who oversee, for each case.

    returned  cases sent back at least once; times: how often in all
    """

    cases: int | None
    worker: Quartiles | None
    overseers: Quartiles | None
    returned: Part
    times: int | None


@dataclass(frozen=True, slots=True)
class Stages:
    stages: tuple[StageTime, ...]
    shared: Shared
    left_out: int | None  # imported cases: the time before the import is not known stage by stage


def stages(
    facts: Sequence[CaseFacts], day: date, *, period: Period = ALWAYS, smallest: int = SMALLEST
) -> Stages:
    """Stages in the order in which cases first reach them. `day`: how old what is there now is."""
    found: dict[tuple[str, str], list[tuple[CaseFacts, Stayed]]] = defaultdict(list)
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for case in facts:
        for at, stay in enumerate(case.stays):
            key = (case.workflow, stay.stage)
            found[key].append((case, stay))
            places[key].append(at)
    order = sorted(found, key=lambda key: (key[0], sum(places[key]) / len(places[key]), key[1]))
    rows = tuple(_stage(key[0], found[key], period, smallest) for key in order)
    return Stages(rows, _shared(facts, period, smallest), shown(sum(case.imported for case in facts), smallest))


def _stage(workflow: str, found: Sequence[tuple[CaseFacts, Stayed]], period: Period, smallest: int) -> StageTime:
    ended = [stay for _, stay in found if stay.until is not None and within(stay.until, period)]
    here = [(case, stay) for case, stay in found if stay.until is None and case.closed is None]
    oldest = min(here, key=lambda one: (-one[1].days, one[0].ref), default=None)
    one = found[0][1]
    count = shown(len(ended), smallest)
    return StageTime(
        workflow, one.stage, one.title, one.overseen, count,
        quartiles([stay.days for stay in ended]) if count is not None else None,
        part(sum(stay.returned for stay in ended), len(ended), smallest),
        shown(sum(stay.back for stay in ended), smallest), shown(len(here), smallest),
        Oldest(oldest[0].ref, oldest[1].days) if oldest and shown(len(here), smallest) else None,
    )  # fmt: skip


def _shared(facts: Sequence[CaseFacts], period: Period, smallest: int) -> Shared:
    closed = [c for c in facts if c.closed is not None and within(c.closed, period) and not c.imported and c.stays]
    count = shown(len(closed), smallest)
    ours = [sum(s.days for s in c.stays if s.overseen) for c in closed]
    theirs = [sum(s.days for s in c.stays if not s.overseen) for c in closed]
    returned = part(sum(c.returned > 0 for c in closed), len(closed), smallest)
    times = shown(sum(c.returned for c in closed), smallest) if returned.count is not None else None
    if count is None:
        return Shared(None, None, None, returned, None)
    return Shared(count, quartiles(theirs), quartiles(ours), returned, times)


# ---- waiting ---------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class WaitedOn:
    """On whom cases waited. Beside the time, never taken from it: intervals may overlap and work may go on."""

    on_whom: str
    cases: int | None
    over: int | None  # intervals that ended
    quartiles: Quartiles | None  # of those that ended, in working days
    now: int | None  # intervals that still run
    oldest: Oldest | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whom cases waited for, in alphabetical order."""

    rows: tuple[WaitedOn, ...]


OTHERS = "others, each in too few cases to show"


def waiting(
    facts: Sequence[CaseFacts], day: date, *, period: Period = ALWAYS, smallest: int = SMALLEST
) -> Waiting:
    """By whom cases waited for, in alphabetical order; whoever only few cases waited for are put together.

    Intervals that ended in the period, and all that still run on the day.
    """
    found: dict[str, list[tuple[CaseFacts, int, bool]]] = defaultdict(list)
    for case in facts:
        for wait in case.waits:
            if wait.until is None or within(wait.until, period):
                found[wait.on_whom.casefold()].append((case, wait.days, wait.until is None))
    spelt = {w.on_whom.casefold(): w.on_whom for c in sorted(facts, key=lambda c: c.ref) for w in c.waits}
    names = sorted(found)
    hidden = hide_line([len({c.ref for c, _, _ in found[name]}) for name in names], smallest)
    rows = [_waited(spelt[name], found[name], smallest) for at, name in enumerate(names) if at not in hidden]
    rest = [one for at, name in enumerate(names) if at in hidden for one in found[name]]
    if rest:
        rows.append(_waited(OTHERS, rest, smallest))
    return Waiting(tuple(rows))


def _waited(name: str, found: Sequence[tuple[CaseFacts, int, bool]], smallest: int) -> WaitedOn:
    over = [days for _, days, now in found if not now]
    running = [(case, days) for case, days, now in found if now]
    oldest = min(running, key=lambda one: (-one[1], one[0].ref), default=None)
    count = shown(len(over), smallest)
    return WaitedOn(
        name, shown(len({c.ref for c, _, _ in found}), smallest), count,
        quartiles(over) if count is not None else None, shown(len(running), smallest),
        Oldest(oldest[0].ref, oldest[1]) if oldest and shown(len(running), smallest) else None,
    )  # fmt: skip
