"""Each figure in plain words and blocks, for the command line, the screens and reports alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import singledispatch
from typing import Any

from casereview.oversight.figures.beside import Beside
from casereview.oversight.figures.bunching import Bunching
from casereview.oversight.figures.closures import SameDay
from casereview.oversight.figures.drawing import (
    WIDTH,
    bar,
    columns,
    heights,
    in_prose,
    number,
    part_says,
    percent,
    quartiles_say,
    said,
    several,
)
from casereview.oversight.figures.durations import Band, Durations, Oldest, Spread
from casereview.oversight.figures.explained import Explained, Ratio
from casereview.oversight.figures.suppress import SMALLEST, Part

Names = Mapping[str, str]


@singledispatch
def body(figure: Any, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    """The lines of a figure, none longer than `width`. names: team ids and what they are called."""
    raise TypeError(f"{type(figure).__name__} is not a figure")


# ---- durations -------------------------------------------------------------------------------------------------
@body.register
def _durations(figure: Durations, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    lines = said(f"{figure.title}: {figure.unit}.", width)
    lines += ["", *spread_says("Ended", figure.done, width), "", *spread_says("Still open, so far", figure.open, width)]
    if figure.oldest:
        lines += said(f"Open longest: {oldest_say(figure.oldest)}.", width, "  ")
    if figure.groups:
        lines += ["", f"By {figure.by}, in order of name; a longer time may be the better one:"]
        rows = [
            (names.get(one.name, one.name), one.spread.count, *_quarters(one.spread),
             heights([band.share for band in one.spread.bands]))
            for one in figure.groups
        ]  # fmt: skip
        lines += columns((figure.by, "ended", "quarter", "half", "3 quarters", "bands"), rows, width)
    return lines


def spread_says(what: str, found: Spread, width: int) -> list[str]:
    if not found.count:
        return [f"{what}: {'none' if found.count == 0 else 'too few to show'}."]
    lines = said(f"{what}: {found.count:,}; {quartiles_say(found.quartiles)}, the longest {found.longest:,}.", width)
    lines += bands(found.bands, width)
    if found.finer:
        lines += [f"  in finer bands, per day: ▕{heights([_density(one) for one in found.finer])}▏"]
    return lines


def _density(one: Band) -> float | None:
    """Height per day; the open last band as if it were 20 days wide, as the one before it is."""
    return one.share / 20 if one.high is None and one.share is not None else one.per_day


def bands(found: Sequence[Band], width: int = WIDTH) -> list[str]:
    """A bar for each band, with its count and its share."""
    most = max((one.share or 0.0 for one in found), default=0.0) or 1.0
    room = max(width - 36, 10)
    head = f"  {'days':<11} {'':<{room}} {'count':>8} {'share':>6}"
    return [head] + [
        f"  {one.label:<11} {bar(None if one.share is None else one.share / most, room):<{room}} "
        f"{number(one.count):>8} {percent(one.share):>6}"
        for one in found
    ]


def _quarters(found: Spread) -> tuple[object, object, object]:
    q = found.quartiles
    return (None, None, None) if q is None else (q.lower, q.median, q.upper)


def oldest_say(found: Sequence[Oldest]) -> str:
    return ", ".join(f"{one.case} {number(one.days)}" for one in found) + " working days"


# ---- bunching --------------------------------------------------------------------------------------------------
AROUND = {"indicative": "the indicative time", "agreed": "the date agreed for the child or review"}


@body.register
def _bunching(figure: Bunching, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    date = AROUND.get(figure.around, f"{figure.around} working days after the start")
    if not figure.counted:
        few = "Nothing that ended" if figure.counted == 0 else "Too little that ended"
        return said(f"{few} can be looked at around {date}; {in_prose(figure.left_out)} without one.", width)
    rows = [
        (what, window.count, percent(window.per_day, 2), bar(_height(window.per_day, figure), 24))
        for what, window in (
            ("the ten days before those", figure.before), ("the five days up to it", figure.up_to),
            ("the five days after it", figure.after),
        )
    ]  # fmt: skip
    without = "" if figure.left_out == 0 else f"; without one, and left out: {in_prose(figure.left_out)}"
    lines = said(f"Around {date}: {figure.counted:,} that ended{without}.", width)
    lines += ["", *columns(("working days", "ended", "each day", ""), rows, width), ""]
    if figure.ratio is None:
        return lines + said("Too few to say how many times as many end on each of the last days.", width)
    lines += said(
        f"Each of the five days up to it saw {number(figure.ratio, 2)} times as many end as each of the ten before. "
        f"{_meaning(figure.ratio)}", width,
    )  # fmt: skip
    return lines


def _height(per_day: float | None, figure: Bunching) -> float | None:
    most = max(w.per_day or 0.0 for w in (figure.before, figure.up_to, figure.after)) or 1.0
    return None if per_day is None else per_day / most


def _meaning(ratio: float) -> str:
    if ratio > 1.25:
        return "It may mean that work ends because the date comes; or that people meet on it. The cases can tell."
    if ratio < 0.8:
        return "Fewer end as the date comes near: most were done before, or the date is not what they work to."
    return "About 1 means that the date as such changes little."


# ---- same day --------------------------------------------------------------------------------------------------
@body.register
def _same_day(figure: SameDay, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    if not figure.total:
        return [f"{'Nothing' if figure.total == 0 else 'Too little to show'} ended in this time."]
    lines = said(f"{figure.total:,} ended. Of each way of ending, how many have, had or were:", width)
    for kind in figure.kinds:
        lines += ["", *said(f"{kind.says}: {number(kind.count)} ({percent(kind.share)})", width)]
        if kind.count:
            lines += [
                f"  decision recorded      {part_says(kind.decision, smallest)}",
                f"  child seen             {part_says(kind.seen, smallest)}",
                f"  quality looked at      {part_says(kind.looked, smallest)}",
                f"  had come within a year {part_says(kind.earlier, smallest)}",
                f"  came again in a year   {_again_says(kind.again, smallest)}",
            ]
    again = (
        "Came again: a case of the same child opened within a year of closing, of those whose year is over, among the "
        "cases you may know of. Decision, sight of the child and look at quality: of the cases recorded here, since a "
        "return carries dates only. Stopping because enough is known is a success."
    )
    return [*lines, "", *said(again, width)]


def _again_says(found: Part, smallest: int) -> str:
    return "none whose year is over" if found.of == 0 else part_says(found, smallest)


# ---- explained -------------------------------------------------------------------------------------------------
STANDINGS = {
    "past_statutory": "past a time set by law",
    "longer_of_concern": "of concern: the manager did not agree",
    "longer_lapsed": "agreed, but lapsed",
    "longer_unexplained": "no reason recorded",
    "longer_explained": "a reason nobody has answered yet",
    "past_agreed": "past the agreed date, no reason yet",
    "longer_justified": "agreed, and looked at again in time",
    "done_longer_unexplained": "ended without an agreement that held",
    "done_explained_afterwards": "explained only afterwards",
    "done_longer_justified": "ended while an agreement held",
}


@body.register
def _explained(figure: Explained, names: Names, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    lines = [*_ratio("Open and longer than expected", figure.open, width), ""]
    lines += [*_ratio("Ended, and took longer than expected", figure.done, width), ""]
    agreed = figure.agreements
    if not agreed.live:
        lines.append(f"Agreements that hold: {'none' if agreed.live == 0 else 'too few to show'}.")
    else:
        lines += said(
            f"Agreements that hold: {agreed.live:,}. Calendar days since the one in force: "
            f"{quartiles_say(agreed.age)}, the oldest {number(agreed.oldest)}; since the first one: "
            f"{quartiles_say(agreed.since_first)}. Ending within 7 days: {in_prose(agreed.ending_soon)}; agreed more "
            f"than once: {in_prose(agreed.renewed)}.", width,
        )  # fmt: skip
    if figure.imported != 0:
        lines += said(f"{several(figure.imported, 'imported case')} left out: a return carries no reasons.", width)
    return lines


def _ratio(what: str, found: Ratio, width: int) -> list[str]:
    if not found.total:
        return [f"{what}: {'none' if found.total == 0 else 'too few to show'}."]
    lines = [f"{what}: {found.total:,}"]
    lines += [f"  {STANDINGS[name]:<40} {number(count):>7}" for name, count in found.standings if count != 0]
    to_one = f", {number(found.to_one, 1)} to 1" if found.to_one is not None else ""
    ratio = f"explained {number(found.explained)} : unexplained {number(found.unexplained)}{to_one}"
    return lines + said(f"{ratio}. Explained: a reason was given while it ran.", width, "  ")


# ---- beside ----------------------------------------------------------------------------------------------------
def beside_says(found: Beside, smallest: int = SMALLEST, width: int = WIDTH) -> list[str]:
    """Help and quality of the same cases, in a few lines."""
    if not found.cases:
        return [f"Beside it: {'no cases' if found.cases == 0 else 'too few cases to show'}."]
    lines = [f"Beside it, for the same {several(found.cases, 'case')}:"]
    rows = [
        ("decision recorded", found.decision), ("child's words recorded", found.words),
        ("family's view recorded", found.family_view), ("quality looked at", found.looked),
        ("had come within a year before", found.earlier), ("came again within a year after", found.again),
        ("from a return, dates only", found.imported),
    ]  # fmt: skip
    lines += [f"  {label:<32} {part_says(one, smallest)}" for label, one in rows if one.of != 0]
    if found.found:
        table = [(one.question, one.clearly, one.in_part, one.not_yet) for one in found.found]
        lines += ["  What the looks found:", *columns(("", "clearly", "in part", "not yet"), table, width, "    ")]
    return lines


