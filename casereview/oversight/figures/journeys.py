"""The two measures Cumbria looked at: end-to-end time and right first time; one story per child, not per form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casereview.calendar import Calendar
from casereview.oversight.figures.durations import (
    ALWAYS,
    Period,
    Quartiles,
    Spread,
    quartiles,
    spread,
    within,
)
from casereview.oversight.figures.facts import CaseFacts, Interval, Known
from casereview.oversight.figures.suppress import SMALLEST, Part, line, part, shown

HANDED_ON = timedelta(days=7)
"""A case of the same child opened no later than this after the one before was closed goes on with it."""


@dataclass(frozen=True, slots=True)
class Story:
    """Cases that follow on from each other about the same children, from first contact to the decision being told."""

    refs: tuple[str, ...]
    contact_on: date
    ended: date | None  # the family had been told the decision; or, untold, the last case was closed
    told: bool
    imported: bool
    days: int
    waiting: int  # working days in it on which a recorded wait ran
    overseen: int  # working days in it on which it waited for those who oversee


@dataclass(frozen=True, slots=True)
class EndToEnd:
    """Working days from first contact until the family had been told the decision, across cases that follow on.

    untold    ended without it being recorded that the family was told: not among the durations
    imported  stories left out because all of them came from a return of finished work, which carries no telling
    handed_on of those told: stories of more than one case; waiting, overseen: working days in each of them
    """

    told: Spread
    open: Spread
    ended: int | None
    untold: Part
    handed_on: Part
    waiting: Quartiles | None
    overseen: Quartiles | None
    imported: int | None = 0


def end_to_end(
    facts: Sequence[CaseFacts], known: Iterable[Known], day: date, calendar: Calendar, *,
    period: Period = ALWAYS, smallest: int = SMALLEST,
) -> EndToEnd:  # fmt: skip
    """Of stories with a case of the selection in them. Days are counted by one calendar: a story may cross teams."""
    selected = {case.ref for case in facts}
    found_all = [one for one in stories_of(known, day, calendar) if selected & set(one.refs)]
    stories = [one for one in found_all if not one.imported]
    ended = [one for one in stories if one.ended is not None and within(one.ended, period)]
    told = [one for one in ended if one.told]
    found = spread([one.days for one in told], smallest)
    few = found.count is None
    untold = part(len(ended) - len(told), len(ended), smallest)
    if untold.hidden:  # or it would be what is left when those who were told are taken away
        untold = Part(None, None, untold.hidden)
    return EndToEnd(
        found, spread([one.days for one in stories if one.ended is None], smallest),
        None if untold.hidden else shown(len(ended), smallest), untold,
        part(sum(len(one.refs) > 1 for one in told), len(told), smallest),
        None if few else quartiles([one.waiting for one in told]),
        None if few else quartiles([one.overseen for one in told]),
        shown(len(found_all) - len(stories), smallest),
    )  # fmt: skip


def stories_of(known: Iterable[Known], day: date, calendar: Calendar) -> list[Story]:
    """Cases put together that share a child and follow on: one opened while another ran, or within a week of it."""
    cases = sorted(known, key=lambda one: (one.opened, one.ref))
    leader = list(range(len(cases)))

    def find(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    # of each child: where its story stands, and until when it runs
    latest: dict[str, tuple[int, date]] = {}
    for at, one in enumerate(cases):
        for child in one.children:
            before = latest.get(child)
            end = one.closed or date.max
            if before is not None and (before[1] == date.max or one.opened <= before[1] + HANDED_ON):
                leader[find(at)] = find(before[0])
                end = max(end, before[1])
            latest[child] = (at, end)
    parts: dict[int, list[Known]] = defaultdict(list)
    for at, one in enumerate(cases):
        parts[find(at)].append(one)
    return [_story(part, day, calendar) for part in parts.values()]


def _story(cases: Sequence[Known], day: date, calendar: Calendar) -> Story:
    start = min(one.contact_on for one in cases)
    running = [one for one in cases if one.closed is None]
    newest = max(cases, key=lambda one: (one.opened, one.ref))
    told = newest.told_on
    closed = max((one.closed for one in cases if one.closed is not None), default=None)
    ended = told if told is not None else (None if running else closed)
    upto = ended or day
    waits = _days(calendar, [w for one in cases for w in one.waits], start, upto, day)
    overseen = _days(calendar, [w for one in cases for w in one.overseen], start, upto, day)
    refs = tuple(one.ref for one in cases)
    days = max(calendar.working_days(start, upto), 0)
    return Story(refs, start, ended, told is not None, all(one.imported for one in cases), days, waits, overseen)


def _days(calendar: Calendar, spans: Iterable[Interval], start: date, end: date, day: date) -> int:
    """Working days covered by at least one of some intervals, inside a story: overlapping ones count once."""
    found, reached = 0, start
    for since, until in sorted((a, b or day) for a, b in spans):
        first, last = max(since, reached), min(until, end)
        if last > first:
            found += max(calendar.working_days(first, last), 0)
            reached = last
    return found


# ---- right first time --------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class RightFirstTime:
    """Of cases closed at least a year ago: how many needed no second go, and what happened with the others.

    again     a case of the same child was opened within a year; returned: sent back at least once before sign-off
    too_early closed less than a year before the day: nothing can be said of them yet
    """

    settled: int | None
    right: Part
    again: int | None
    returned: int | None
    both: int | None
    too_early: int | None


def right_first_time(
    facts: Sequence[CaseFacts], day: date, *, period: Period = ALWAYS, smallest: int = SMALLEST
) -> RightFirstTime:
    """Of cases closed in the period and worked here. What a return brought is left out: it says nothing of rework."""
    closed = [c for c in facts if c.closed is not None and within(c.closed, period) and not c.imported]
    settled = [c for c in closed if c.watched]
    again = sum(bool(c.later) and not c.returned for c in settled)
    returned = sum(bool(c.returned) and not c.later for c in settled)
    both = sum(bool(c.returned) and bool(c.later) for c in settled)
    counts = [len(settled) - again - returned - both, again, returned, both]
    cells = line(counts, smallest)
    right = part(counts[0], len(settled), smallest) if cells[0] is not None else _veiled(counts, smallest)
    return RightFirstTime(
        shown(len(settled), smallest), right, cells[1], cells[2], cells[3],
        shown(len(closed) - len(settled), smallest),
    )  # fmt: skip


def _veiled(counts: Sequence[int], smallest: int) -> Part:
    """Hidden so that what is hidden beside it cannot be worked out."""
    of = shown(sum(counts), smallest)
    return Part(None, of, "few" if 0 < counts[0] < smallest else "veiled")
