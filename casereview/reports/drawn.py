"""Draws a chart as a picture for files that hold pictures only as dots (Word)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from casereview.reports.chart import Box, Dot, Label, Picture, Stroke

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).parent / "fonts"
REGULAR, BOLD = FONTS / "DejaVuSans.ttf", FONTS / "DejaVuSans-Bold.ttf"
SCALE = 3  # dots for each point: sharp on paper
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def png(shapes: Picture) -> bytes:
    """The picture as PNG; the same shapes give the same bytes."""
    from PIL import Image, ImageDraw

    size = round(shapes.width * SCALE), round(shapes.height * SCALE)
    image = Image.new("RGB", size, "#ffffff")
    pen = ImageDraw.Draw(image)
    fonts: dict[tuple[bool, float], FreeTypeFont] = {}
    for shape in shapes.shapes:
        _draw(pen, shape, fonts)
    kept = io.BytesIO()
    image.quantize(64).save(kept, "PNG", optimize=True)
    return kept.getvalue()


def _draw(pen: ImageDraw, shape: Box | Stroke | Dot | Label, fonts: dict[tuple[bool, float], FreeTypeFont]) -> None:
    match shape:
        case Box():
            left, top = shape.x * SCALE, shape.y * SCALE
            pen.rectangle((left, top, left + shape.width * SCALE, top + shape.height * SCALE), fill=shape.fill)
        case Stroke():
            points = [(x * SCALE, y * SCALE) for x, y in shape.points]
            for piece in _dashes(points) if shape.dashed else [points]:
                pen.line(piece, fill=shape.colour, width=max(round(shape.width * SCALE), 1), joint="curve")
        case Dot():
            x, y, radius = shape.x * SCALE, shape.y * SCALE, shape.radius * SCALE
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=shape.fill, outline="#1a1a1a")
        case Label():
            font = _font(shape.bold, shape.size, fonts)
            at = shape.x * SCALE, shape.y * SCALE
            pen.text(at, shape.text, fill=shape.colour, font=font, anchor=ANCHORS[shape.anchor])


def _font(bold: bool, size: float, fonts: dict[tuple[bool, float], FreeTypeFont]) -> FreeTypeFont:
    from PIL import ImageFont

    if (bold, size) not in fonts:
        # the simple layout: the other depends on what is installed beside this program
        path = str(BOLD if bold else REGULAR)
        fonts[bold, size] = ImageFont.truetype(path, size * SCALE, layout_engine=ImageFont.Layout.BASIC)
    return fonts[bold, size]


def _dashes(points: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """A level line cut into dashes."""
    (x, y), (end, other) = points[0], points[-1]
    on, off = 5.0 * SCALE, 4.0 * SCALE
    pieces, at, whole = [], 0.0, max(end - x, 1e-6)
    while at < whole:
        to = min(at + on, whole)
        slope = (other - y) / whole
        pieces.append([(x + at, y + slope * at), (x + to, y + slope * to)])
        at += on + off
    return pieces
