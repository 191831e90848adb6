"""Writes a report as a PDF with its own letters in it: the same bytes each time, whatever the machine has installed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    HRFlowable,
    KeepTogether,
    ListFlowable,
    ListItem,
    PageBreak,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Paragraph as Para
from reportlab.platypus import Table as Grid
from reportlab.platypus.tableofcontents import TableOfContents

from casereview.reports.chart import WIDTH
from casereview.reports.document import (
    Answer,
    Block,
    Chart,
    Document,
    Figure,
    Heading,
    Items,
    Line,
    NewPage,
    Note,
    Pair,
    Pairs,
    Paragraph,
    Table,
    Words,
    line_of,
    text_of,
)
from casereview.reports.drawn import BOLD, REGULAR
from casereview.reports.figure import drawn
from casereview.reports.pdf_pages import WIDE, Pages, Picturing, Styles
from casereview.reports.pdf_widths import widths
from casereview.text import REPLACEMENT

LOST = (
    "Some letters of this report are of a script this PDF has no letters for; each is shown as "
    f"{REPLACEMENT}. The Word and HTML forms of the same report hold every one of them."
)
FACTS = 0.28  # of the width, for what is on the left of a list of facts
MOST_LINES = 30  # of a cell kept as one piece: a longer one is told over several rows, for no page is so high
LONG = 8_000  # characters
ROOM = 110  # points: a heading, with the caption and the words that a chart is kept together with
LETTER = 4.6  # points: the width of a letter in a cell, on average
_CLOSE = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0),
          ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 2)]  # fmt: skip


def write(document: Document) -> bytes:
    """The whole report. Letters the embedded font lacks are shown as a replacement sign, and the report says so."""
    return _set(document)[0]


def pages_of(document: Document) -> int:
    """How many pages it takes."""
    return _set(document)[1]


def _set(document: Document) -> tuple[bytes, int]:
    writer = _Writer()
    flow: list[Flowable] = [*writer.title(document), Spacer(1, 10)]
    if document.cover:
        flow = [Spacer(1, 60), *flow, PageBreak()]
    for block, after in zip_longest(document.blocks, document.blocks[1:]):
        if isinstance(block, Heading) and isinstance(after, Chart | Figure):
            flow.append(CondPageBreak(_height(after) + ROOM))
        flow += writer.block(block)
    running = writer.plain(document.running or document.title), writer.plain(document.foot)
    facts = writer.plain(document.named), writer.plain(document.author), writer.plain(document.subtitle)
    marking = writer.plain(document.marking)
    if writer.lost:
        flow += writer.block(Note(LOST, "caveat"))
    kept = io.BytesIO()
    pages = Pages(kept, facts, running, document.day, document.language, marking)
    pages.multiBuild([*flow, pages.whole])
    return kept.getvalue(), pages.whole.pages


@cache
def fonts() -> frozenset[int]:
    """Makes the two fonts known to reportlab, once; the letters that both of them have."""
    faces: list[Any] = []
    for name, path in ((Styles.regular, REGULAR), (Styles.bold, BOLD)):
        font = TTFont(name, str(path))
        pdfmetrics.registerFont(font)
        faces.append(font.face)
    pdfmetrics.registerFontFamily(
        Styles.regular, normal=Styles.regular, bold=Styles.bold, italic=Styles.regular, boldItalic=Styles.bold
    )
    return frozenset(faces[0].charToGlyph) & frozenset(faces[1].charToGlyph)


class _Writer:
    """Turns blocks into what reportlab sets on pages; remembers whether a letter could not be drawn."""

    def __init__(self) -> None:
        self._letters = fonts()
        self.styles = Styles()
        self.lost = False
        self._heads = 0

    # ---- text ----------------------------------------------------------------------------------------------------
    def plain(self, text: str) -> str:
        """A line of text in letters the font has."""
        return self._drawable(line_of(text))

    def _drawable(self, text: str) -> str:
        found = "".join(c if c == "\n" or ord(c) in self._letters else REPLACEMENT for c in text)
        self.lost = self.lost or found != text
        return found

    def _rich(self, text: str) -> str:
        """Text of people as reportlab reads it: escaped, its lines kept."""
        return escape(self._drawable(text_of(text).strip("\n"))).replace("\n", "<br/>")

    def _para(self, text: str, style: str = "body", lead: str = "") -> Flowable:
        before = f"<b>{escape(self.plain(lead))}</b> " if lead else ""
        return Para(before + self._rich(text), self.styles[style])

    def _paras(self, text: str, style: str = "body", lead: str = "") -> list[Flowable]:
        """The same in parts where it is very long: setting it as one takes longer with every page."""
        parts = _pieces(text, WIDE) if len(text) > LONG else [text]
        return [self._para(part, style, "" if at else lead) for at, part in enumerate(parts)]

    # ---- pieces --------------------------------------------------------------------------------------------------
    def title(self, document: Document) -> Iterator[Flowable]:
        yield self._para(line_of(document.title), "title")
        if document.subtitle:
            yield self._para(line_of(document.subtitle), "subtitle")
        if document.cover:
            yield HRFlowable(width="100%", thickness=3, color=HexColor("#1f4e79"), spaceBefore=0, spaceAfter=18)
        if document.facts:
            yield self._pairs(document.facts)
        if document.contents:
            contents = TableOfContents(dotsMinLevel=0)
            contents.levelStyles = [self.styles["contents"]]
            contents.tableStyle = TableStyle([*_CLOSE, ("RIGHTPADDING", (0, 0), (-1, -1), 0)])
            yield Spacer(1, 24)
            yield self._para("Contents", "contents-head")
            yield contents

    def block(self, block: Block) -> list[Flowable]:
        match block:
            case Heading():
                self._heads += 1
                head: Any = self._para(line_of(block.text), f"head-{block.level}")
                head.outline = (block.level - 1, self.plain(block.text), f"h{self._heads}")
                return [CondPageBreak((170, 120, 90)[block.level - 1]), head]
            case Paragraph():
                return self._paras(block.text, lead=block.lead)
            case Items():
                return [self._items(block)]
            case Table():
                return [*self._table(block), Spacer(1, 10)]
            case Pairs():
                return [self._pairs(block.pairs), Spacer(1, 6)]
            case Note():
                return self._paras(block.text, block.kind, f"{block.label}.")
            case Words():
                return self._paras(f"{text_of(block.text)}\n— {line_of(block.by)}", "words")
            case Answer():
                return self._answer(block)
            case Chart():
                return self._chart(block)
            case Figure():
                return [self._picture(block)]
            case Line():
                return [self._para(line_of(block.text), "line")]
            case NewPage():
                return [PageBreak()]

    def _items(self, block: Items) -> Flowable:
        items: list[Any] = [ListItem(self._para(item, "item")) for item in block.items]
        kind = "1" if block.numbered else "bullet"
        start = None if block.numbered else "•"
        return ListFlowable(
            items, bulletType=kind, start=start, bulletFormat="%s." if block.numbered else None, leftIndent=16,
            bulletFontName=Styles.regular, bulletFontSize=9,
        )  # fmt: skip

    def _pairs(self, pairs: tuple[Pair, ...]) -> Flowable:
        rows = [
            [self._para(name if at == 0 else "", "fact"), self._para(piece, "cell")]
            for name, said in pairs
            for at, piece in enumerate(_pieces(said, WIDE * (1 - FACTS)))
        ]
        whole = WIDE
        grid = Grid(rows or [["", ""]], colWidths=[whole * FACTS, whole * (1 - FACTS)], hAlign="LEFT")
        grid.setStyle(_CLOSE)
        return grid

    def _table(self, table: Table) -> list[Flowable]:
        caption = self._para(line_of(table.caption), "caption")
        if not table.rows:
            return [caption, self._para(table.empty)]
        rights = [column.right for column in table.columns]
        head = [self._para(c.title, "head-right" if c.right else "head-cell") for c in table.columns]
        wide = widths(table, WIDE, Styles.regular, Styles.bold)
        rows = [
            [self._para(text, "cell-right" if right else "cell") for text, right in zip(row, rights, strict=True)]
            for whole_row in table.rows
            for row in _told_over(whole_row, wide)
        ]
        grid = Grid([head, *rows], colWidths=wide, repeatRows=1, hAlign="LEFT")
        line = HexColor("#c8c8c8")
        grid.setStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("BACKGROUND", (0, 0), (-1, 0), HexColor("#f2f5f9")),
                       ("LINEBELOW", (0, 0), (-1, 0), 1.2, HexColor("#1f4e79")),
                       ("LINEBELOW", (0, 1), (-1, -1), 0.5, line), ("TOPPADDING", (0, 0), (-1, -1), 3),
                       ("BOTTOMPADDING", (0, 0), (-1, -1), 4), ("LEFTPADDING", (0, 0), (-1, -1), 4),
                       ("RIGHTPADDING", (0, 0), (-1, -1), 4)])  # fmt: skip
        return [CondPageBreak(80), caption, grid]

    def _answer(self, block: Answer) -> list[Flowable]:
        lines = [HRFlowable(width="100%", thickness=0.5, spaceBefore=20, spaceAfter=0) for _ in range(block.lines)]
        return [Spacer(1, 12), KeepTogether([self._para("", lead=block.question), *lines, self._para("")])]

    def _picture(self, block: Chart | Figure) -> Flowable:
        """The caption, the picture and its words on one page."""
        seen = Picturing(drawn(block), min(WIDE / WIDTH, 1.0), self._drawable)
        return KeepTogether([self._para(line_of(block.title), "caption"), seen, self._para(block.tells)])

    def _chart(self, chart: Chart) -> list[Flowable]:
        numbers = "; ".join(f"{line_of(label)}: {chart.value(at)}" for at, label in enumerate(chart.labels))
        more = [self._para(f"The numbers ({line_of(chart.unit)}): {numbers}.", "small")]
        if chart.lines:
            levels = "; ".join(f"{line_of(name)} {value:,.10g}" for name, value in chart.lines)
            more.append(self._para(f"Drawn across: {levels}.", "small"))
        for at, (point, note) in enumerate(chart.notes, start=1):
            more.append(self._para(f"{at}. {line_of(chart.labels[point - 1])}: {line_of(note)}", "small"))
        return [self._picture(chart), *more]


def _height(block: Chart | Figure) -> float:
    return drawn(block).height * min(WIDE / WIDTH, 1.0)


def _told_over(row: tuple[str, ...], wide: list[float]) -> Iterator[list[str]]:
    """A row with a very long cell as several rows."""
    cells = [_pieces(text, width) for text, width in zip(row, wide, strict=True)]
    for at in range(max(len(cell) for cell in cells)):
        yield [cell[at] if at < len(cell) else "" for cell in cells]


def _pieces(text: str, width: float) -> list[str]:
    """Text in parts a page can hold in a column of that width, cut where a line or a word ends if there is one."""
    most = max(int(width / LETTER), 1) * MOST_LINES
    rest, found = text_of(text), []
    while len(rest) > most or rest.count("\n") > MOST_LINES:
        head = rest[:most]
        if head.count("\n") > MOST_LINES:
            head = "\n".join(head.split("\n")[:MOST_LINES])
        elif len(rest) > most and (at := max(head.rfind("\n"), head.rfind(" "))) > most // 2:
            head = head[:at]
        found.append(head)
        rest = rest[len(head) :].removeprefix("\n")
    return [*found, rest]
