"""Each figure as rows for a spreadsheet and as plain data for other programs; what is hidden is empty in both."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from functools import singledispatch
from typing import Any

from casereview.oversight.figures.bunching import Bunching
from casereview.oversight.figures.closures import SameDay
from casereview.oversight.figures.durations import Band, Durations, Quartiles, Spread
from casereview.oversight.figures.explained import Explained
from casereview.oversight.figures.forecast import Forecast
from casereview.oversight.figures.intime import InTime
from casereview.oversight.figures.journeys import EndToEnd, RightFirstTime
from casereview.oversight.figures.months import Trend
from casereview.oversight.figures.stages import Stages, Waiting
from casereview.oversight.figures.suppress import Part
from casereview.oversight.figures.urgent import Lanes

Table = tuple[tuple[str, ...], list[tuple[object, ...]]]
PROPERTIES = ("label", "share", "per_day", "to_one")


def as_data(value: Any) -> Any:
    """Dataclasses as objects with what they work out (shares, densities); dates as ISO text; hidden numbers null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        data = {field.name: as_data(getattr(value, field.name)) for field in dataclasses.fields(value)}
        kind = type(value)
        worked_out = [name for name in PROPERTIES if isinstance(getattr(kind, name, None), property)]
        return data | {name: as_data(getattr(value, name)) for name in worked_out}
    if isinstance(value, list | tuple):
        return [as_data(one) for one in value]
    if isinstance(value, dict):
        return {str(key): as_data(one) for key, one in value.items()}
    return value.isoformat() if isinstance(value, date) else value


@singledispatch
def table_of(figure: Any) -> Table:
    """A heading and rows."""
    raise TypeError(f"{type(figure).__name__} is not a figure")


def _three(found: Quartiles | None) -> tuple[object, object, object]:
    return (None, None, None) if found is None else (found.lower, found.median, found.upper)


def _parts(*found: Part) -> tuple[object, ...]:
    return tuple(value for one in found for value in (one.count, one.of))


# ---- rows ------------------------------------------------------------------------------------------------------
SPREAD = ("group", "what", "from working days", "to working days", "count", "share", "lower quartile", "median",
          "upper quartile", "longest")  # fmt: skip


def _spread(group: str, what: str, found: Spread) -> list[tuple[object, ...]]:
    q = _three(found.quartiles)
    whole: tuple[object, ...] = (group, what, None, None, found.count, None, *q, found.longest)
    return [whole, *(_band(group, f"{what}, band", one) for one in found.bands),
            *(_band(group, f"{what}, finer band", one) for one in found.finer)]  # fmt: skip


def _band(group: str, what: str, one: Band) -> tuple[object, ...]:
    return (group, what, one.low, one.high, one.count, one.share, None, None, None, None)


@table_of.register
def _durations(figure: Durations) -> Table:
    rows = [*_spread("all", "ended", figure.done), *_spread("all", "still open", figure.open)]
    for group in figure.groups:
        rows += _spread(group.name, "ended", group.spread)
    return SPREAD, rows


@table_of.register
def _bunching(figure: Bunching) -> Table:
    header = ("around", "from working days after", "to working days after", "count", "of", "share per working day",
              "times the ten days before")  # fmt: skip
    windows = ((figure.before, None), (figure.up_to, figure.ratio), (figure.after, None))
    return header, [(figure.around, w.first, w.last, w.count, w.of, w.per_day, ratio) for w, ratio in windows]


@table_of.register
def _same_day(figure: SameDay) -> Table:
    header = ("how it ended", "count", "share", "decision recorded", "of", "child seen", "of", "quality looked at",
              "of", "had come within a year", "of", "came again within a year", "of")  # fmt: skip
    return header, [
        (k.says, k.count, k.share, *_parts(k.decision, k.seen, k.looked, k.earlier, k.again)) for k in figure.kinds
    ]


@table_of.register
def _stages(figure: Stages) -> Table:
    header = ("workflow", "stage", "title", "only those who oversee", "visits ended", "lower quartile", "median",
              "upper quartile", "sent back from here", "of", "came back to here", "here now",
              "longest here")  # fmt: skip
    return header, [
        (s.workflow, s.stage, s.title, s.overseen, s.ended, *_three(s.quartiles), *_parts(s.returned), s.back, s.here,
         s.oldest.days if s.oldest else None)
        for s in figure.stages
    ]  # fmt: skip


@table_of.register
def _waiting(figure: Waiting) -> Table:
    header = ("on whom", "cases", "waits that ended", "lower quartile", "median", "upper quartile", "going on",
              "longest going on")  # fmt: skip
    return header, [
        (w.on_whom, w.cases, w.over, *_three(w.quartiles), w.now, w.oldest.days if w.oldest else None)
        for w in figure.rows
    ]


@table_of.register
def _explained(figure: Explained) -> Table:
    rows: list[tuple[object, ...]] = []
    for what, ratio in (("open", figure.open), ("ended", figure.done)):
        rows += [(what, standing, count) for standing, count in ratio.standings]
        rows += [(what, "explained", ratio.explained), (what, "unexplained", ratio.unexplained)]
    agreed = figure.agreements
    rows += [("agreements that hold", name, value) for name, value in (
        ("count", agreed.live), ("median age in calendar days", agreed.age.median if agreed.age else None),
        ("oldest in calendar days", agreed.oldest), ("ending within 7 days", agreed.ending_soon),
        ("agreed more than once", agreed.renewed))]  # fmt: skip
    return ("what", "standing", "count"), rows


@table_of.register
def _end_to_end(figure: EndToEnd) -> Table:
    return SPREAD, [*_spread("all", "told", figure.told), *_spread("all", "going on", figure.open)]


@table_of.register
def _right(figure: RightFirstTime) -> Table:
    found = (
        ("right first time", figure.right.count), ("came again within a year", figure.again),
        ("sent back as not finished", figure.returned), ("both", figure.both),
        ("closed at least a year ago", figure.settled), ("too early to say", figure.too_early),
    )  # fmt: skip
    return ("what", "cases"), list(found)


@table_of.register
def _urgent(figure: Lanes) -> Table:
    header = ("lane", "cases", "what", "reached", "of", "lower quartile", "median", "upper quartile", "longest")
    rows: list[tuple[object, ...]] = []
    for lane in figure.lanes:
        soon = (("child seen", lane.seen), ("first action to protect", lane.protected), ("decided", lane.decided))
        for what, one in soon:
            rows.append((lane.lane, lane.cases, what, *_parts(one.reached), *_three(one.quartiles), one.longest))
        rows.append((lane.lane, lane.cases, "past a target of the lane", *_parts(lane.late), None, None, None, None))
    return header, rows


@table_of.register
def _trend(figure: Trend) -> Table:
    header = ("month", "cases", "value", "moved", "lower limit", "centre", "upper limit", "signals", "whole month")
    limits = figure.limits
    lines: Sequence[object] = (limits.lower, limits.centre, limits.upper) if limits else (None, None, None)
    rows: list[tuple[object, ...]] = [
        (p.month, p.cases, p.value, p.moved, *lines, "; ".join(p.signals), True) for p in figure.points
    ]
    last = figure.so_far
    return header, [*rows, (last.month, last.cases, last.value, None, *lines, "", False)]


@table_of.register
def _forecast(figure: Forecast) -> Table:
    header = ("what", "when", "value", "lower", "upper")
    months, found = figure.carried, figure.finishing
    rows: list[tuple[object, ...]] = []
    if months is not None:
        rows += [("if nothing changes", name, months.value, months.lower, months.upper) for name in months.months]
    rows += [("open ones ended", f"in {s.ahead} working days", s.ended, s.lower, s.upper) for s in found.steps]
    return header, rows


@table_of.register
def _in_time(figure: InTime) -> Table:
    header = ("month", "ended", "bunching ratio", "same day", "of", "within the indicative time", "of", "caveat")
    return header, [
        (m.name or "all", m.ended, m.bunching, *_parts(m.same_day, m.within), figure.caveat)
        for m in (*figure.months, figure.whole)
    ]
