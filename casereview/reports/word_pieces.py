"""Small pieces of the Word format that python-docx has no words for: fields, lines, shades, and fixed bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

from casereview.reports.document import text_of

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph as WordParagraph

LINE = "C8C8C8"
# The order of what a paragraph says of itself is fixed: borders come before any of these.
AFTER_BORDERS = (
    "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE",
    "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents",
    "suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle",
    "rPr", "sectPr", "pPrChange",
)  # fmt: skip


def element(name: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    return made


def put(paragraph: WordParagraph, text: str, *, bold: bool = False, size: float = 0) -> None:
    """Text of people as a run: its lines stay lines, nothing of it is a field or markup."""
    from docx.shared import Pt

    run = paragraph.add_run(text_of(text))
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)


def add_field(paragraph: WordParagraph, code: str) -> None:
    from docx.shared import Pt

    for piece in (_mark("begin"), _code(code), _mark("separate"), None, _mark("end")):
        run = paragraph.add_run("1" if piece is None else "")
        run.font.size = Pt(8)
        if piece is not None:
            run._r.append(piece)


def contents_field(file: WordFile, heads: list[str]) -> None:
    """The parts of the report, as a field that Word can bring up to date with their pages (F9)."""
    lines = [file.add_paragraph(style="List Bullet") for _ in heads]
    for at, (line, head) in enumerate(zip(lines, heads, strict=True)):
        if at == 0:
            for piece in (_mark("begin"), _code(' TOC \\o "1-1" \\h \\z \\u '), _mark("separate")):
                line.add_run()._r.append(piece)
        put(line, head)
    if lines:
        lines[-1].add_run()._r.append(_mark("end"))


def _mark(kind: str) -> Any:
    return element("w:fldChar", {"w:fldCharType": kind})


def _code(text: str) -> Any:
    words = element("w:instrText", {"xml:space": "preserve"})
    words.text = text
    return words


def shade(cell: _Cell, colour: str) -> None:
    shading = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": colour})
    said = cell._tc.get_or_add_tcPr()
    said.insert_element_before(shading, "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign")


def edge(paragraph: WordParagraph, colour: str) -> None:
    """A bar at the left of a paragraph that is set apart."""
    from docx.shared import Cm

    borders = element("w:pBdr")
    borders.append(element("w:left", {"w:val": "single", "w:sz": "24", "w:space": "8", "w:color": colour}))
    said = paragraph._p.get_or_add_pPr()
    said.insert_element_before(borders, *(f"w:{name}" for name in AFTER_BORDERS))
    paragraph.paragraph_format.left_indent = Cm(0.4)


class NumberedLists:
    """Numbered lists that each begin at 1: Word would go on counting."""

    def __init__(self, file: WordFile) -> None:
        self._file = file

    def restart(self, paragraphs: list[WordParagraph]) -> None:
        from docx.oxml.ns import qn

        numbering: Any = self._file.part.numbering_part.element
        style: Any = self._file.styles["List Number"]
        used = style.element.pPr.numPr.numId.val
        kept = next(num for num in numbering.num_lst if num.numId == used)
        made = numbering.add_num(kept.abstractNumId.val)
        made.add_lvlOverride(ilvl=0).add_startOverride(1)
        for paragraph in paragraphs:
            said: Any = paragraph._p.get_or_add_pPr()
            number = said.get_or_add_numPr()
            number.get_or_add_ilvl().set(qn("w:val"), "0")
            number.get_or_add_numId().set(qn("w:val"), str(made.numId))


def only_row_lines(table: Any) -> None:
    """Only lines between the rows: a table to read, not a cage."""
    borders = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        none = side in ("left", "right", "insideV")
        kind = {"w:val": "nil"} if none else {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": LINE}
        borders.append(element(f"w:{side}", kind))
    said = table._tbl.tblPr
    said.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def fixed(made: bytes, day: date) -> bytes:
    """The same archive with one date on every part: zip files otherwise keep the moment of writing."""
    stamp = (max(day.year, 1980), day.month, day.day, 12, 0, 0)
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = zipfile.ZipInfo(info.filename, stamp)
            part.compress_type, part.external_attr, part.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(part, old.read(info.filename))
    return kept.getvalue()
