"""The pages of a PDF report: their furniture, the styles of text, and charts drawn straight onto them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from reportlab.platypus.doctemplate import IndexingFlowable

from casereview.reports.chart import Box, Dot, Label, Picture, Stroke

DRAFT = "DRAFT"
SIDE, EDGE = 51.0, 62.0  # points: the margins at the sides, and above and below
WIDE = A4[0] - 2 * SIDE
INK, DEEP, QUIET, SOFT = HexColor("#1a1a1a"), HexColor("#1f4e79"), HexColor("#555555"), HexColor("#f2f5f9")


class Styles(dict[str, ParagraphStyle]):
    """How each kind of text looks, by name."""

    regular, bold = "CasereviewSans", "CasereviewSans-Bold"

    def __init__(self) -> None:
        super().__init__()
        self._add("body", 9.5, spaceAfter=6)
        self._add("title", 24, bold=True, colour=DEEP, spaceAfter=8)
        self._add("subtitle", 13, spaceAfter=22)
        for level, size in ((1, 16.0), (2, 12.0), (3, 10.0)):
            self._add(f"head-{level}", size, bold=True, colour=DEEP if level < 3 else INK,
                      spaceBefore=18 - 4 * level, spaceAfter=8 - 2 * level)  # fmt: skip
        self._add("contents-head", 16, bold=True, colour=DEEP, spaceAfter=8)
        self._add("contents", 10, spaceAfter=3)
        self._add("caption", 9.5, bold=True, spaceBefore=8, spaceAfter=4)
        self._add("item", 9.5, spaceAfter=2)
        self._add("small", 8, colour=QUIET, spaceAfter=3)
        self._add("line", 7.6, spaceBefore=2, spaceAfter=8)
        self._add("cell", 8.3)
        self._add("cell-right", 8.3, alignment=TA_RIGHT)
        self._add("head-cell", 8.3, bold=True)
        self._add("head-right", 8.3, bold=True, alignment=TA_RIGHT)
        self._add("fact", 9, bold=True)
        for kind, colour in (("note", "#888888"), ("caveat", "#8a5a00"), ("question", "#1f4e79"), ("words", "#c8c8c8")):
            self._add(kind, 9.2, borderColor=HexColor(colour), borderWidth=0.8, borderPadding=(5, 6, 6, 8),
                      backColor=SOFT if kind == "question" else None, spaceBefore=12, spaceAfter=18,
                      leftIndent=8, rightIndent=6)  # fmt: skip

    def _add(self, name: str, size: float, *, bold: bool = False, colour: Any = INK, **more: Any) -> None:
        self[name] = ParagraphStyle(
            name, fontName=self.bold if bold else self.regular, fontSize=size, leading=size * 1.36, textColor=colour,
            splitLongWords=1, **more,
        )  # fmt: skip


class Whole(IndexingFlowable):
    """Knows after the first setting how many pages there are, and asks for another where that has changed."""

    def __init__(self) -> None:
        super().__init__()
        self.pages, self.set = 0, 0  # as of the last whole setting, and of the one going on

    def isSatisfied(self) -> bool:
        return self.set == self.pages

    def beforeBuild(self) -> None:
        self.pages = self.set

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        """Nothing to see."""


class Pages(BaseDocTemplate):
    """A4 pages with a line on top (not on the first) and, below, where it comes from and which page it is.

    facts: title, author, subject of the file. running: the line on top and the one below. marking: on every page.
    """

    def __init__(
        self, target: BinaryIO, facts: tuple[str, str, str], running: tuple[str, str], day: date, language: str,
        marking: str = "",
    ) -> None:  # fmt: skip
        title, author, subject = facts
        super().__init__(
            target, pagesize=A4, title=title, author=author, subject=subject, creator="casereview", invariant=1,
            lang=language, displayDocTitle=1, pageCompression=1, keywords=[marking] if marking else [],
        )  # fmt: skip
        self._running, self._day, self._deepest, self._marking = running, day, -1, marking
        self.whole = Whole()
        frame = Frame(SIDE, EDGE, WIDE, A4[1] - 2 * EDGE, 0, 0, 0, 0)
        self.addPageTemplates(PageTemplate("page", [frame], onPage=self._furniture))

    def beforeDocument(self) -> None:
        """The only date in the file is the day the report speaks of, whatever the environment says."""
        self._deepest = -1
        canvas: Any = self.canv
        canvas._doc.signature = hashlib.md5(b"casereview report", usedforsecurity=False)
        stamp = canvas._doc._timeStamp
        noon = datetime.combine(self._day, time(12), UTC)
        stamp.t, stamp.lt = noon.timestamp(), noon.timetuple()
        stamp.YMDhms, stamp.tzname, stamp.dhh, stamp.dmm = tuple(noon.timetuple())[:6], "UTC", 0, 0

    def _furniture(self, canvas: Any, _: Any) -> None:
        top, foot = self._running
        canvas.saveState()
        if self._marking:
            self._mark(canvas)
        canvas.setFillColor(QUIET)
        canvas.setFont(Styles.regular, 7.5)
        if self.page > 1:
            canvas.drawString(SIDE, A4[1] - 38, top)
            canvas.setStrokeColor(HexColor("#c8c8c8"))
            canvas.line(SIDE, A4[1] - 43, A4[0] - SIDE, A4[1] - 43)
        canvas.drawString(SIDE, 34, foot)
        canvas.drawRightString(A4[0] - SIDE, 34, f"page {self.page} of {max(self.whole.pages, self.page)}")
        canvas.restoreState()

    def _mark(self, canvas: Any) -> None:
        """The marking in the corner on top; a draft is seen to be one across the page too, behind the text."""
        canvas.setFillColor(HexColor("#8a5a00"))
        canvas.setFont(Styles.bold, 8.5)
        canvas.drawRightString(A4[0] - SIDE, A4[1] - 26, self._marking)
        if not self._marking.startswith(DRAFT):
            return
        canvas.setFillColor(HexColor("#f3efe8"))
        canvas.setFont(Styles.bold, 110)
        canvas.translate(A4[0] / 2, A4[1] / 2)
        canvas.rotate(52)
        canvas.drawCentredString(0, -40, DRAFT)
        canvas.rotate(-52)
        canvas.translate(-A4[0] / 2, -A4[1] / 2)

    def afterPage(self) -> None:
        self.whole.set = self.page

    def afterFlowable(self, flowable: Flowable) -> None:
        outline = getattr(flowable, "outline", None)
        if outline is None:
            return
        level, text, key = outline
        self.canv.bookmarkPage(key)
        self._deepest = min(level, self._deepest + 1)  # an outline has no gaps
        self.canv.addOutlineEntry(text, key, self._deepest, closed=self._deepest > 0)
        if level == 0:
            self.notify("TOCEntry", (0, escape(text), self.page, key))


class Picturing(Flowable):
    """A chart, drawn as shapes; `drawable` replaces letters that the font lacks."""

    def __init__(self, shapes: Picture, scale: float, drawable: Callable[[str], str]) -> None:
        super().__init__()
        self._shapes, self._scale, self._drawable = shapes, scale, drawable
        self.width, self.height = shapes.width * scale, shapes.height * scale + 6

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.scale(self._scale, self._scale)
        for shape in self._shapes.shapes:
            _draw(self.canv, shape, self._shapes.height, self._drawable)


def _draw(canvas: Any, shape: Box | Stroke | Dot | Label, height: float, drawable: Callable[[str], str]) -> None:
    match shape:
        case Box():
            canvas.setFillColor(HexColor(shape.fill))
            canvas.rect(shape.x, height - shape.y - shape.height, shape.width, shape.height, stroke=0, fill=1)
        case Stroke():
            canvas.setStrokeColor(HexColor(shape.colour))
            canvas.setLineWidth(shape.width)
            canvas.setDash([5, 4] if shape.dashed else [])
            path = canvas.beginPath()
            for at, (x, y) in enumerate(shape.points):
                (path.lineTo if at else path.moveTo)(x, height - y)
            canvas.drawPath(path, stroke=1, fill=0)
            canvas.setDash([])
        case Dot():
            canvas.setFillColor(HexColor(shape.fill))
            canvas.setStrokeColor(INK)
            canvas.setLineWidth(0.6)
            canvas.circle(shape.x, height - shape.y, shape.radius, stroke=1, fill=1)
        case Label():
            canvas.setFillColor(HexColor(shape.colour))
            canvas.setFont(Styles.bold if shape.bold else Styles.regular, shape.size)
            say = {"start": canvas.drawString, "middle": canvas.drawCentredString, "end": canvas.drawRightString}
            say[shape.anchor](shape.x, height - shape.y, drawable(shape.text))
