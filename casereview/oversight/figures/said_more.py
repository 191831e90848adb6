"""The rest of the figures in plain words: stages, waiting, journeys, the urgent lane, months, in time."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from casereview.oversight.figures.drawing import (
    WIDTH,
    columns,
    heights,
    number,
    part_says,
    part_short,
    quartiles_say,
    said,
    several,
    strip,
)
from casereview.oversight.figures.durations import Quartiles
from casereview.oversight.figures.forecast import Carried, Forecast, carried
from casereview.oversight.figures.intime import InTime
from casereview.oversight.figures.journeys import EndToEnd, RightFirstTime
from casereview.oversight.figures.months import LEAST, Limits, Point, Trend
from casereview.oversight.figures.said import Names, body, oldest_say, spread_says
from casereview.oversight.figures.stages import Stages, Waiting
from casereview.oversight.figures.suppress import SMALLEST
from casereview.oversight.figures.urgent import Lanes, Soon, Urgent

__all__ = ["body", "story_asked"]  # with every figure registered


def _three(found: Quartiles | None) -> tuple[object, object, object]:
    return (None, None, None) if found is None else (found.lower, found.median, found.upper)


# ---- stages and waiting ------------------------------------------------------------------------------------------
@body.register
def _stages(figure: Stages, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    lines: list[str] = []
    heads = ("stage", "left", "¼", "half", "¾", "came back", "here", "longest")
    for workflow in dict.fromkeys(one.workflow for one in figure.stages):
        rows = [
            (f"{one.title}{' *' if one.overseen else ''}", one.ended, *_three(one.quartiles), one.back, one.here,
             one.oldest.days if one.oldest else "–")
            for one in figure.stages if one.workflow == workflow
        ]  # fmt: skip
        lines += [f"{workflow}: working days in each stage", *columns(heads, rows, width), ""]
    lines += said(
        "* only those who oversee can take it on from here: their days, not the worker's. came back: visits that began "
        "by a way back. left: visits that are over. here, longest: on the day, in working days. ¼, half, ¾: so many of "
        "the visits were no longer.",
        width,
    )  # fmt: skip
    longest = sorted((one.oldest for one in figure.stages if one.oldest), key=lambda one: (-one.days, one.case))
    if longest:
        lines += said(f"Longest where it is: {oldest_say(longest[:3])}.", width)
    shared = figure.shared
    if shared.cases:
        lines += ["", *said(
            f"Of {several(shared.cases, 'closed case')}, working days for each case: with the worker: "
            f"{quartiles_say(shared.worker)}; with those who oversee: {quartiles_say(shared.overseers)}. "
            f"Sent back as not finished at least once: {part_says(shared.returned, smallest)}"
            f"{f', {shared.times:,} times in all' if shared.times else ''}.", width)]  # fmt: skip
    if figure.left_out != 0:
        lines += said(f"Of {several(figure.left_out, 'imported case')} the time before the import is not in it.", width)
    return lines


@body.register
def _waiting(figure: Waiting, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    if not figure.rows:
        return ["No waiting is recorded in these cases."]
    rows = [
        (one.on_whom, one.cases, one.over, *_three(one.quartiles), one.now, one.oldest.days if one.oldest else "–")
        for one in figure.rows
    ]
    heads = ("on whom", "cases", "over", "¼", "half", "¾", "now", "longest")
    return [*columns(heads, rows, width), "", *said(
        "Working days; ¼, half, ¾ of the waits were no longer. over: waits that have ended; now: those that go on, and "
        "the longest of them. Waits may overlap, work may go on meanwhile, and nothing is taken from the time of a "
        "case.", width)]  # fmt: skip


# ---- journeys --------------------------------------------------------------------------------------------------
@body.register
def _end_to_end(figure: EndToEnd, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    lines = said(
        "From the first contact until everyone who must be told had been told the decision, in working days; cases of "
        "the same child that follow on within 7 days are one story. It ends with the telling, not with the need being "
        "met: no record says when that was.", width,
    )  # fmt: skip
    lines += ["", *spread_says("Told", figure.told, width), "", *spread_says("Going on", figure.open, width), ""]
    untold = part_says(figure.untold, smallest)
    lines += said(f"Ended without it being recorded that the family was told: {untold}.", width)
    lines += said(f"Over more than one case: {part_says(figure.handed_on, smallest)}.", width)
    if figure.waiting is not None:
        lines += said(f"In each story, days on which a recorded wait ran: {quartiles_say(figure.waiting)}.", width)
    if figure.overseen is not None:
        lines += said(f"Days that waited for those who oversee: {quartiles_say(figure.overseen)}.", width)
    if figure.imported != 0:
        lines += said(f"{several(figure.imported, 'story', 'stories')} of imported cases left out: a return does not "
                      "say when the family was told.", width)  # fmt: skip
    return lines


@body.register
def _right(figure: RightFirstTime, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    if not figure.settled:
        none = "No case was" if figure.settled == 0 else "Too few to show were"
        return said(f"{none} closed long enough ago: it takes a year to know. Too early to say: "
                    f"{number(figure.too_early)}.", width)  # fmt: skip
    rows = [
        ("not sent back, nobody came again in a year", part_says(figure.right, smallest)),
        ("came again within a year", number(figure.again)), ("sent back as not finished", number(figure.returned)),
        ("both", number(figure.both)),
    ]  # fmt: skip
    lines = [f"Of {several(figure.settled, 'case')} closed at least a year ago:"]
    lines += [f"  {label:<43} {value}" for label, value in rows]
    lines += said(f"Closed since, too early to say: {number(figure.too_early)}.", width, "  ")
    return lines + said(
        "It does not know whether somebody who came again came with the same need, or whether the first team was the "
        "right one; and where nobody came again, help may have lasted, or nobody may have asked.", width,
    )  # fmt: skip


# ---- urgent ----------------------------------------------------------------------------------------------------
@body.register
def _urgent(figure: Lanes, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    if not figure.lanes:
        return ["No case is or was in an urgent lane."]
    lines: list[str] = []
    heads = ("", "reached", "¼", "half", "¾", "longest")
    for lane in figure.lanes:
        rows = [
            (what, part_short(one.reached, smallest), *_three(one.quartiles), one.longest) for what, one in _soon(lane)
        ]
        lines += [f"{lane.lane}: {several(lane.cases, 'case')}, in working days from the opening"]
        lines += [*columns(heads, rows, width), f"  past a target of the lane: {part_says(lane.late, smallest)}", ""]
    return lines[:-1]


def _soon(lane: Urgent) -> tuple[tuple[str, Soon], ...]:
    return (("child seen", lane.seen), ("first action to protect", lane.protected), ("decided", lane.decided))


# ---- months ----------------------------------------------------------------------------------------------------
@body.register
def _trend(figure: Trend, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    lines = [*said(f"{figure.says[:1].upper()}{figure.says[1:]}, month by month.", width), ""]
    values = [one.value for one in figure.points if one.value is not None]
    limits = figure.limits
    low = min([*values, limits.lower if limits else 0.0, 0.0], default=0.0)
    high = max([*values, limits.upper if limits else 1.0], default=1.0)
    room = max(width - 36, 16)
    lines.append(f"  month    cases    value  {heights([_height(one) for one in figure.points])}")
    for one in (*figure.points, figure.so_far):
        drawn = strip(one.value, limits, low, high, room, marked=bool(one.signals))
        value = "–" if one.value is None and one.cases == 0 else number(one.value, 1)
        lines.append(f"  {one.month} {number(one.cases):>6} {value:>8}  {drawn}".rstrip())
        lines += said("; ".join(one.signals), width, " " * 11)
    lines[-1] += "  so far"
    lines += ["", *_limits_say(figure, limits, values, width)]
    ahead = carried(figure)
    return [*lines, *_carried_says(ahead, width)] if ahead is not None else lines


def _height(one: Point) -> float | None:
    return 0.0 if one.value is None and one.cases == 0 else one.value


def _limits_say(figure: Trend, limits: Limits | None, values: Sequence[float], width: int) -> list[str]:
    if limits is None:
        months = several(len(values), "whole month")
        return said(f"{months} that can be shown: too few for limits, which take {LEAST}.", width)
    lines = said(
        f"Centre (│) {number(limits.centre, 1)}; single months lie between {number(limits.lower, 1)} and "
        f"{number(limits.upper, 1)} (┊) while nothing changes: the centre and 2.66 times the mean difference between "
        f"neighbouring months, worked out from {limits.months} months (without the one that has begun).", width,
    )  # fmt: skip
    if not figure.asks:
        lines += said("No month stands out: what goes up and down here goes up and down by itself.", width)
    return lines


def story_asked(figure: Trend, told: Collection[str], width: int = WIDTH) -> list[str]:
    """Asks for the story behind what stands out; not behind a stretch of months of which one has been told."""
    stretches: list[list[str]] = []
    before = False
    for one in figure.points:
        if one.signals and before:
            stretches[-1].append(one.month)
        elif one.signals:
            stretches.append([one.month])
        before = bool(one.signals)
    asked = [stretch for stretch in stretches if not set(stretch) & set(told)]
    if not asked:
        return []
    names = [months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}" for months in asked]
    named = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    how = "Pin it to its month: casereview figures story add MONTH TEXT"
    return said(f"What is the story behind {named}? {how}", width)


@body.register
def _forecast(figure: Forecast, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    lines = said(f"Looking ahead: {figure.says}.", width)
    if figure.carried is None:
        lines += said(f"Too few whole months to look ahead from: it takes {LEAST}.", width)
    else:
        lines += _carried_says(figure.carried, width)
    return [*lines, "", *_finishing(figure, width)]


def _carried_says(months: Carried, width: int) -> list[str]:
    since = " since the last lasting change" if months.shifted else ""
    return said(
        f"If nothing changes, each of {', '.join(months.months)} comes to about {number(months.value, 1)}, and lies "
        f"between {number(months.lower, 1)} and {number(months.upper, 1)}. It rests on {months.rests_on} whole "
        f"months{since}, and carries them on; it knows of no season and no plan.", width,
    )  # fmt: skip


def _finishing(figure: Forecast, width: int) -> list[str]:
    found = figure.finishing
    if not found.steps:
        return said("Too few to say by when what is open may end.", width)
    lines = said(
        f"Of {several(found.open, 'open one')}, going by how long others lasted ({number(found.rests_on)} that ended, "
        "and those that have not):", width,
    )  # fmt: skip
    lines += [
        f"  in {one.ahead} working days about {number(one.ended)} will have ended "
        f"(between {number(one.lower)} and {number(one.upper)})"
        for one in found.steps
    ]
    if found.median is not None:
        lines.append(f"  half of them in {found.median:,} working days")
    if found.beyond != 0:
        lines += said(f"{several(found.beyond, 'open one')} older than anything that has ended: the past says nothing "
                      "of them. Look at each.", width, "  ")  # fmt: skip
    return lines


# ---- in time ---------------------------------------------------------------------------------------------------
@body.register
def _in_time(figure: InTime, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    rows = [
        (one.name or "all of it", one.ended, number(one.bunching, 2), part_short(one.same_day, smallest),
         part_short(one.within, smallest))
        for one in (*figure.months, figure.whole)
    ]  # fmt: skip
    heads = ("month", "ended", "bunching", "same day", "within the indicative time")
    return [*said(figure.caveat, width), "", *columns(heads, rows, width)]
