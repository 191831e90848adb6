"""Lays a chart out as plain shapes, once, for every kind of file that can show a picture."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from casereview.reports.document import Chart, line_of

WIDTH = 480.0  # points; every writer scales the whole picture
INK, BAR, GRID, QUIET = "#1a1a1a", "#1f4e79", "#c8c8c8", "#555555"
SIZE = 9.0
BAR_HEIGHT, BAR_GAP = 14.0, 7.0
LETTER = 0.6  # width of a letter beside its height, on average and a little more
PLOT_HEIGHT = 170.0
MOST_LABEL = 30


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str = BAR


@dataclass(frozen=True, slots=True)
class Stroke:
    points: tuple[tuple[float, float], ...]
    colour: str = INK
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float
    fill: str = BAR


@dataclass(frozen=True, slots=True)
class Label:
    """Text whose base line is at y; `anchor` says which part of it is at x."""

    x: float
    y: float
    text: str
    anchor: Literal["start", "middle", "end"] = "start"
    colour: str = INK
    bold: bool = False
    size: float = SIZE


Shape = Box | Stroke | Dot | Label


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes in points, y downwards from the top left corner."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def picture(chart: Chart) -> Picture:
    """A chart as shapes. A value that is not there is said in words, never drawn as nothing."""
    return _bars(chart) if chart.kind == "bars" else _line(chart)


def _cut(text: str, most: int = MOST_LABEL) -> str:
    return line_of(text) if len(text) <= most else f"{line_of(text)[: most - 1].rstrip()}…"


def top_of(highest: float) -> float:
    """The round number an axis ends at: not below `highest`, and easily parted in four."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    return next(power * step for step in (1, 2, 3, 4, 5, 6, 8, 10) if power * step >= highest - 1e-9)


# ---- bars --------------------------------------------------------------------------------------------------------
def _bars(chart: Chart) -> Picture:
    labels = [_cut(label) for label in chart.labels]
    left = max((len(label) for label in labels), default=0) * SIZE * LETTER + 10
    values = [chart.value(at) for at in range(len(labels))]
    right = max((len(value) for value in values), default=0) * SIZE * LETTER + 10
    room = WIDTH - left - right
    top = max((value for value in chart.values if value is not None), default=0) or 1.0
    shapes: list[Shape] = []
    y = 4.0
    for at, label in enumerate(labels):
        base = y + BAR_HEIGHT - 3.5
        value = chart.values[at]
        shapes.append(Label(left - 6, base, label, "end"))
        long = 0.0 if value is None else room * value / top
        if long > 0:
            shapes.append(Box(left, y, max(long, 0.75), BAR_HEIGHT))
        shapes.append(Label(left + long + 5, base, values[at], colour=INK if value is not None else QUIET))
        y += BAR_HEIGHT + BAR_GAP
    shapes.append(Stroke(((left, 0.0), (left, y - BAR_GAP + 4)), QUIET))
    shapes.append(Label(left, y + SIZE + 2, _cut(chart.unit, 70), colour=QUIET))
    return Picture(WIDTH, y + SIZE + 8, tuple(shapes))


# ---- a line ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Plot:
    left: float
    right: float
    bottom: float
    top: float  # the value at the upper edge
    count: int

    def x(self, at: int) -> float:
        return self.left + (self.right - self.left) * (at + 0.5) / max(self.count, 1)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - 24.0) * value / self.top


def _line(chart: Chart) -> Picture:
    known = [value for value in chart.values if value is not None]
    top = top_of(max([*known, *(value for _, value in chart.lines)], default=1.0))
    plot = _Plot(46.0, WIDTH - (80.0 if chart.lines else 12.0), PLOT_HEIGHT, top, len(chart.labels))
    shapes: list[Shape] = [Label(4, 10, _cut(chart.unit, 70), colour=QUIET), *_axis(plot)]
    for name, value in chart.lines:
        y = plot.y(value)
        shapes.append(Stroke(((plot.left, y), (plot.right, y)), QUIET, 1.0, dashed=True))
        shapes.append(Label(plot.right + 4, y + 3, _cut(name, 14), colour=QUIET, size=8))
    shapes += _run(chart, plot)
    shapes += _below(chart, plot)
    return Picture(WIDTH, PLOT_HEIGHT + 32, tuple(shapes))


def _axis(plot: _Plot) -> list[Shape]:
    shapes: list[Shape] = []
    for part in range(5):
        value = plot.top * part / 4
        y = plot.y(value)
        shapes.append(Stroke(((plot.left, y), (plot.right, y)), INK if part == 0 else GRID, 0.75))
        shapes.append(Label(plot.left - 6, y + 3, f"{value:,.4g}", "end", QUIET))
    return shapes


def _run(chart: Chart, plot: _Plot) -> list[Shape]:
    """The line, broken where a value is not there; a cross on the axis says so."""
    shapes: list[Shape] = []
    piece: list[tuple[float, float]] = []
    for at, value in enumerate([*chart.values, None]):
        if value is not None:
            piece.append((plot.x(at), plot.y(value)))
            continue
        if len(piece) > 1:
            shapes.append(Stroke(tuple(piece), BAR, 2.0))
        piece = []
        if at < len(chart.values):
            shapes.append(Label(plot.x(at), plot.bottom - 4, "×", "middle", QUIET))
    for at, value in enumerate(chart.values):
        if value is not None:
            x, y = plot.x(at), plot.y(value)
            shapes.append(Dot(x, y, 3.0))
            noted = [f"{number}" for number, (point, _) in enumerate(chart.notes, start=1) if point == at + 1]
            if noted:
                shapes.append(Dot(x, y - 13, 7.0, "#ffffff"))
                shapes.append(Label(x, y - 10, ",".join(noted), "middle", bold=True, size=8 if len(noted) < 2 else 5))
    return shapes


def _below(chart: Chart, plot: _Plot) -> list[Shape]:
    """As many labels as there is room for, the first and every so-manieth."""
    longest = max((len(_cut(label, 12)) for label in chart.labels), default=1)
    fit = max(int((plot.right - plot.left) / (longest * SIZE * LETTER + 6)), 1)
    step = max(math.ceil(len(chart.labels) / fit), 1)
    return [
        Label(plot.x(at), plot.bottom + 14, _cut(label, 12), "middle", QUIET)
        for at, label in enumerate(chart.labels)
        if at % step == 0
    ]
