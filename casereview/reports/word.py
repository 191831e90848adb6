"""Writes a report as a Word document: real headings, repeated table heads, page numbers, charts with their words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

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
from casereview.reports.drawn import png
from casereview.reports.figure import drawn
from casereview.reports.word_pieces import (
    LINE,
    NumberedLists,
    add_field,
    contents_field,
    edge,
    element,
    fixed,
    only_row_lines,
    put,
    shade,
)

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.table import _Cell

FONT = "Arial"
DEEP, SOFT = "1F4E79", "F2F5F9"
PAGE_WIDTH_CM = 17.0  # A4 less its margins
WIDEST_FACTS_CM = 4.6


def write(document: Document) -> bytes:
    """The whole report. The same document gives the same bytes."""
    from docx import Document as new_file

    file = new_file()
    _set_up(file, document)
    _title(file, document)
    lists = NumberedLists(file)
    for block in document.blocks:
        _block(file, block, lists)
    kept = io.BytesIO()
    file.save(kept)
    return fixed(kept.getvalue(), document.day)


# ---- the page and its styles -------------------------------------------------------------------------------------
def _set_up(file: WordFile, document: Document) -> None:
    from docx.shared import Cm, Pt

    for section in file.sections:
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.0)
        section.top_margin = section.bottom_margin = Cm(2.2)
        section.different_first_page_header_footer = True
        head = f"{document.marking}   ·   " if document.marking else ""
        put(section.header.paragraphs[0], head, bold=True, size=8.5)
        put(section.header.paragraphs[0], document.running or document.title, size=8.5)
        if document.marking:
            put(section.first_page_header.paragraphs[0], document.marking, bold=True, size=11)
        for footer in (section.footer, section.first_page_footer):
            line = footer.paragraphs[0]
            put(line, f"{document.foot}   ·   page " if document.foot else "page ", size=8)
            for code, between in (("PAGE", " of "), ("NUMPAGES", "")):
                add_field(line, code)
                line.add_run(between).font.size = Pt(8)
    _styles(file, document.language)
    about, day = file.core_properties, _noon(document.day)
    about.title, about.author, about.last_modified_by = line_of(document.named), line_of(document.author), ""
    about.subject, about.comments, about.keywords = line_of(document.subtitle), "", line_of(document.marking)
    about.content_status = line_of(document.marking)
    about.created = about.modified = day
    about.revision, about.language = 1, document.language


def _noon(day: date) -> datetime:
    """python-docx writes the numbers as they are and calls them UTC."""
    return datetime.combine(max(day, date(1980, 1, 1)), time(12), UTC).replace(tzinfo=None)


def _styles(file: WordFile, language: str) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    sizes = {"Normal": 10.5, "Title": 26, "Subtitle": 13, "Heading 1": 17, "Heading 2": 13, "Heading 3": 11,
             "Caption": 10, "Quote": 10.5, "List Bullet": 10.5, "List Number": 10.5}  # fmt: skip
    for name, size in sizes.items():
        style: Any = file.styles[name]
        style.font.name, style.font.size, style.font.italic = FONT, Pt(size), False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
        for kind in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(kind), FONT)
        deep = name == "Title" or name.startswith("Heading")
        style.font.color.rgb = RGBColor.from_string(DEEP if deep else "1A1A1A")
        style.font.bold = name.startswith("Heading") or name == "Caption"
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.keep_with_next = name.startswith("Heading") or name == "Caption"
    for lang in file.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)


def _title(file: WordFile, document: Document) -> None:
    from docx.enum.text import WD_BREAK

    put(file.add_paragraph(style="Title"), document.title)
    if document.subtitle:
        put(file.add_paragraph(style="Subtitle"), document.subtitle)
    if document.facts:
        _pairs(file, document.facts)
    if document.contents:
        file.add_paragraph("Contents", style="Heading 2")
        heads = [block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1]
        contents_field(file, heads)
    if document.cover:
        file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


# ---- blocks ------------------------------------------------------------------------------------------------------
def _block(file: WordFile, block: Block, lists: NumberedLists) -> None:
    match block:
        case Heading():
            put(file.add_paragraph(style=f"Heading {block.level}"), line_of(block.text))
        case Paragraph():
            made = file.add_paragraph()
            if block.lead:
                put(made, f"{line_of(block.lead)} ", bold=True)
            put(made, block.text)
        case Items():
            style = "List Number" if block.numbered else "List Bullet"
            made_items = [file.add_paragraph(style=style) for _ in block.items]
            for paragraph, item in zip(made_items, block.items, strict=True):
                put(paragraph, item)
            if block.numbered:
                lists.restart(made_items)
        case Table():
            _table(file, block)
        case Pairs():
            _pairs(file, block.pairs)
        case Note():
            made = file.add_paragraph()
            edge(made, {"note": "888888", "caveat": "8A5A00", "question": DEEP}[block.kind])
            put(made, f"{block.label}. ", bold=True)
            put(made, block.text)
        case Words():
            made = file.add_paragraph(style="Quote")
            edge(made, LINE)
            put(made, f"{text_of(block.text)}\n")
            put(made, f"— {line_of(block.by)}", size=9)
        case Answer():
            put(file.add_paragraph(), block.question, bold=True)
            for _ in range(block.lines):
                file.add_paragraph("_" * 78)
        case Chart():
            _chart(file, block)
        case Figure():
            _picture(file, block)
        case Line():
            put(file.add_paragraph(), line_of(block.text), size=7.5)
        case NewPage():
            from docx.enum.text import WD_BREAK

            file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _pairs(file: WordFile, pairs: tuple[Pair, ...]) -> None:
    """A table without a head: what on the left, what it is on the right."""
    table: Any = file.add_table(rows=0, cols=2)
    table.autofit = False
    for name, said in pairs:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
        for cell, text, bold in zip(row.cells, (name, said), (True, False), strict=True):
            _fill(cell, text, bold=bold)
    _set_widths(table, _halves())
    file.add_paragraph().paragraph_format.space_after = 0


def _set_widths(table: Any, wide: Sequence[Any]) -> None:
    """On the grid and on every cell: some programs read the one, some the other."""
    for column, width in zip(table.columns, wide, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, wide, strict=True):
            cell.width = width


def _halves() -> tuple[Any, Any]:
    from docx.shared import Cm

    return Cm(WIDEST_FACTS_CM), Cm(PAGE_WIDTH_CM - WIDEST_FACTS_CM)


def _fill(cell: _Cell, text: str, *, bold: bool = False, right: bool = False, size: float = 9.5) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    put(paragraph, text, bold=bold, size=size)


def _table(file: WordFile, table: Table) -> None:
    from docx.shared import Cm, Pt

    put(file.add_paragraph(style="Caption"), line_of(table.caption))
    if not table.rows:
        put(file.add_paragraph(), table.empty)
        return
    made: Any = file.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    made.autofit = False
    only_row_lines(made)
    whole = sum(column.weight for column in table.columns)
    wide = [Cm(PAGE_WIDTH_CM * column.weight / whole) for column in table.columns]
    head = made.rows[0]
    head._tr.get_or_add_trPr().append(element("w:cantSplit"))
    head._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for cell, column in zip(head.cells, table.columns, strict=True):
        _fill(cell, line_of(column.title), bold=True, right=column.right, size=9)
        shade(cell, SOFT)
    for row in table.rows:
        cells = made.add_row().cells
        for cell, text, column in zip(cells, row, table.columns, strict=True):
            _fill(cell, text, right=column.right, size=9)
    _set_widths(made, wide)
    file.add_paragraph().paragraph_format.space_after = Pt(2)


def _picture(file: WordFile, block: Chart | Figure) -> None:
    """The caption, the picture with its text alternative, and the same words beneath it."""
    from docx.shared import Cm

    put(file.add_paragraph(style="Caption"), line_of(block.title))
    shapes = drawn(block)
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    wide = PAGE_WIDTH_CM * min(shapes.width / WIDTH, 1) * 0.92
    inside = paragraph.add_run().add_picture(io.BytesIO(png(shapes)), width=Cm(wide))._inline
    inside.docPr.set("descr", line_of(block.tells)[:2000])
    inside.docPr.set("title", line_of(block.title)[:255])
    put(file.add_paragraph(), block.tells)


def _chart(file: WordFile, chart: Chart) -> None:
    _picture(file, chart)
    numbers = "; ".join(f"{line_of(label)}: {chart.value(at)}" for at, label in enumerate(chart.labels))
    put(file.add_paragraph(), f"The numbers ({line_of(chart.unit)}): {numbers}.", size=8.5)
    for number, (at, note) in enumerate(chart.notes, start=1):  # as they are numbered in the picture
        put(file.add_paragraph(), f"{number}. {line_of(chart.labels[at - 1])}: {line_of(note)}", size=9)
    if chart.lines:
        levels = "; ".join(f"{line_of(name)} {value:,.10g}" for name, value in chart.lines)
        put(file.add_paragraph(), f"Drawn across: {levels}.", size=8.5)
