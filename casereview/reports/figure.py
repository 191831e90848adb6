"""Lays out the figures that are no plain charts: episodes on an axis of time, and bars made of parts."""

from __future__ import annotations

from collections.abc import Callable

from casereview.reports.chart import (
    BAR_GAP,
    BAR_HEIGHT,
    GRID,
    INK,
    LETTER,
    QUIET,
    SIZE,
    WIDTH,
    Box,
    Label,
    Picture,
    Shape,
    Stroke,
    picture,
)
from casereview.reports.document import Chart, Figure, Shares, Spans, line_of

LEFT, RIGHT = 205.0, 74.0  # points for what stands before and after the bars
LONGEST = 36  # letters before the bars, in one line
SMALL = 7.8
ROW = BAR_HEIGHT + BAR_GAP
# Told apart by how dark they are as well as by their colour; each also bears its number.
FILLS = (("#1f4e79", "#ffffff"), ("#c9862b", "#1a1a1a"), ("#d5dbe3", "#1a1a1a"), ("#6b6b6b", "#ffffff"))


def drawn(block: Chart | Figure) -> Picture:
    """Any of the pictures a report may hold, as shapes."""
    if isinstance(block, Chart):
        return picture(block)
    return _spans(block.drawn) if isinstance(block.drawn, Spans) else _shares(block.drawn)


def _cut(text: str, most: int) -> str:
    said = line_of(text)
    return said if len(said) <= most else f"{said[: most - 1].rstrip()}…"


def _label(y: float, text: str) -> list[Shape]:
    """What stands before a bar, on two lines where it is long."""
    said = line_of(text)
    if len(said) <= LONGEST:
        return [Label(LEFT - 8, y + BAR_HEIGHT - 3.5, said, "end")]
    first = said[: LONGEST + 4].rpartition(" ")[0] or said[:LONGEST]
    rest = _cut(said[len(first) :].strip(), LONGEST + 4)
    return [Label(LEFT - 8, y + 5.5, first, "end", size=SMALL), Label(LEFT - 8, y + 14.5, rest, "end", size=SMALL)]


# ---- an axis of time ---------------------------------------------------------------------------------------------
def _spans(said: Spans) -> Picture:
    right = WIDTH - (RIGHT if any(span.mark for span in said.spans) else 10.0)
    whole = max(said.end - said.begin, 1e-9)

    def x(at: float) -> float:
        return LEFT + (right - LEFT) * min(max((at - said.begin) / whole, 0.0), 1.0)

    top = 18.0
    bottom = top + ROW * max(len(said.spans), 1)
    shapes: list[Shape] = [Stroke(((x(at), top - 6), (x(at), bottom)), GRID, 0.75) for at, _ in said.ticks]
    if said.marks:
        shapes.append(Label(right + 6, 9, _cut(said.marks, 16), colour=QUIET, size=8))
    for at, span in enumerate(said.spans):
        y = top + at * ROW
        base = y + BAR_HEIGHT - 3.5
        shapes += _label(y, span.label)
        start, end = x(span.first), x(span.last)
        if end - start < 5:  # a single moment is still to be seen
            start = min(start, right - 5)
            end = start + 5
        shapes.append(Box(start, y, end - start, BAR_HEIGHT))
        if span.mark:
            shapes.append(Label(right + 6, base, _cut(span.mark, 13), colour=INK))
    shapes.append(Stroke(((LEFT, bottom), (right, bottom)), INK, 1.0))
    shapes += _ticks(said, x, bottom)
    return Picture(WIDTH, bottom + SIZE + 12, tuple(shapes))


def _ticks(said: Spans, x: Callable[[float], float], bottom: float) -> list[Shape]:
    """Names of ticks, those left out that would run into the one before."""
    shapes: list[Shape] = []
    free = 0.0
    for at, name in said.ticks:
        wide, here = len(name) * SIZE * LETTER, x(at)
        if here - wide / 2 >= free:
            shapes.append(Label(here, bottom + SIZE + 4, line_of(name), "middle", QUIET))
            free = here + wide / 2 + 6
    return shapes


# ---- bars of parts -----------------------------------------------------------------------------------------------
def _shares(said: Shares) -> Picture:
    room = WIDTH - LEFT - 40.0
    top = max((sum(counts) for _, counts in said.rows), default=0) or 1
    shapes: list[Shape] = []
    y = 4.0
    for label, counts in said.rows:
        base = y + BAR_HEIGHT - 3.5
        shapes += _label(y, label)
        at = LEFT
        for (fill, ink), count in zip(FILLS, counts, strict=False):
            wide = room * count / top
            if count:
                shapes.append(Box(at, y, wide, BAR_HEIGHT, fill))
                if wide > 8 * len(str(count)):
                    shapes.append(Label(at + wide / 2, base, str(count), "middle", ink, bold=True))
            at += wide
        shapes.append(Label(at + 5, base, str(sum(counts)), colour=INK if sum(counts) else QUIET))
        y += ROW
    shapes.append(Stroke(((LEFT, 0.0), (LEFT, y - BAR_GAP + 4)), QUIET))
    at, y = LEFT, y + 8
    for (fill, _), key in zip(FILLS, said.keys, strict=False):
        shapes += [Box(at, y, 9, 9, fill), Label(at + 13, y + 8, _cut(key, 24), colour=QUIET)]
        at += 13 + len(_cut(key, 24)) * SIZE * LETTER + 14
    return Picture(WIDTH, y + 16, tuple(shapes))
