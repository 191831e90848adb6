"""The four writers: the same document gives the same bytes, text of people stays text, nothing is ever dropped."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from casereview.errors import CaseReviewError
from casereview.reports.chart import picture
from casereview.reports.document import (
    Answer,
    Block,
    Chart,
    Column,
    Document,
    Figure,
    Heading,
    Items,
    Line,
    NewPage,
    Note,
    Pairs,
    Paragraph,
    Shares,
    Span,
    Spans,
    Table,
    Words,
    line_of,
    text_of,
)
from casereview.reports.writing import FORMS, checked, made, write_report

DAY = date(2024, 6, 28)
NASTY = (
    "<script>alert(1)</script>", "**bold** _it_ `code` [a](http://b.example) ![x](y)", "</para><br/>&amp;&#65;",
    "1. not a list", "- nor this", "# nor a heading", "> nor a quotation", "=====", "| a | b |", "\x1b[31mred\x07\x00",
    "=HYPERLINK(1)", "www.a.example x@b.example https://c.example", "Łukasz Żółć, Siân Ŵyn", "漢字 🙂", "\u202eesrever",
    "{{x}} ${y} %s", "~~~\ncode\n~~~", "$x$ \\alpha", "]]>", "\ud800",
)  # fmt: skip
TEXT = st.one_of(st.sampled_from(NASTY), st.text(max_size=60), st.lists(st.sampled_from(NASTY)).map("\n".join))
LINES = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))


def document(text: str, line: str, *, charts: bool = True) -> Document:
    blocks: tuple[Block, ...] = (
        Heading(f"Part {line}"), Paragraph(text, lead=line), Items((text, line)), Items((line, text), numbered=True),
        Heading(line, 2), Table(line, (Column("A"), Column(line, right=True)), ((text, line), (line, text))),
        Table("None", (Column("A"),), (), "There is none."), Pairs(((line, text), ("Second", line))),
        Note(text, "caveat"), Words(text, line), Answer(line, 2), Line(line), NewPage(), Heading("Last", 3),
        Chart(line, "bars", ("one", line), (3, None), line, text, "hidden", notes=((1, text),)),
        Chart(line, "line", ("a", "b", "c"), (1.5, None, 2), line, text, lines=(("level", 1.0),), notes=((1, text),)),
        Figure(line, Spans((Span(line[:30], 1, 2, text), Span("b", 2, 2)), 0, 3, ((1, "x"), (2, "y")), line), text,
               Table(line, (Column("A"),), ((text,),))),
        Figure(line, Shares((line, "k"), ((text, (1, 2)), ("none", (0, 0)))), text, Table(line, (Column("A"),), ())),
    )  # fmt: skip
    blocks = tuple(block for block in blocks if charts or not isinstance(block, Chart | Figure))
    facts = (("As at", "28 June 2024"), (line or "x", text))
    return Document(f"Report {line}", line, DAY, line, blocks, facts, line, line, marking=line)


PLAIN = document("Plain text.", "A line")


# ---- the same bytes ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMS)
@given(text=TEXT, line=LINES)
@settings(max_examples=5, deadline=None)
def test_any_text_is_written_and_gives_the_same_bytes(form: str, text: str, line: str) -> None:
    first = made(document(text, line, charts=False), form)
    assert first and first == made(document(text, line, charts=False), form)


@pytest.mark.parametrize("form", FORMS)
def test_charts_give_the_same_bytes(form: str) -> None:
    assert made(document(NASTY[0], NASTY[11]), form) == made(document(NASTY[0], NASTY[11]), form)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_the_machine_gets_into_a_file(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(PLAIN, form)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("LANG", "cy_GB.UTF-8")
    assert made(PLAIN, form) == first


def test_the_only_date_in_word_is_the_day_of_the_report() -> None:
    from docx import Document as opened

    content = made(PLAIN, ".docx")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(2024, 6, 28, 12, 0, 0)}
    about = opened(io.BytesIO(content)).core_properties
    assert about.created is not None and about.created.date() == DAY and about.modified == about.created


def test_the_only_date_in_pdf_is_the_day_of_the_report() -> None:
    about = pdf(made(PLAIN, ".pdf")).metadata
    assert about.creation_date.date() == DAY and about.modification_date.date() == DAY
    assert about.title == "A line: Report A line"


# ---- text is data ----------------------------------------------------------------------------------------------------
class Read(HTMLParser):
    """What a browser would make of a page: its tags, and its text outside of the style."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text: list[str] = []
        self._skip = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self._skip = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._skip = self._skip and tag != "style"

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.text.append(data)


def tags_of(one: Document) -> list[str]:
    return Read(made(one, ".html").decode()).tags


@given(text=TEXT, line=LINES)
@settings(max_examples=20, deadline=None)
def test_html_has_the_tags_of_the_document_and_all_of_its_text(text: str, line: str) -> None:
    read = Read(made(document(text, line), ".html").decode())
    assert "script" not in read.tags and not any(name.startswith("on") for name in read.attributes)
    whole = " ".join("".join(read.text).split())
    for said in (text_of(text), line_of(line)):
        assert " ".join(said.split()) in whole


def test_html_needs_nothing_else_and_can_send_nothing() -> None:
    page = made(document(NASTY[0], NASTY[1]), ".html").decode()
    assert "default-src 'none'" in unescape(page) and '<html lang="en-GB">' in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert tags_of(document(*NASTY[:2])) == tags_of(document("Plain.", "A line"))


def markdown_text(content: bytes) -> tuple[str, set[str]]:
    """The text a reader of Markdown sees, and the kinds of token it came from."""
    reader = MarkdownIt("gfm-like")
    assert reader.linkify is not None
    reader.linkify.set({"fuzzy_link": False})  # GitHub links only what begins with www. or names its protocol
    kinds: set[str] = set()
    text: list[str] = []
    for token in reader.parse(content.decode()):
        kinds.add(token.type)
        if token.type == "fence":
            text.append(token.content)
        for child in token.children or ():
            kinds.add(child.type)
            is_text = child.type in ("text", "text_special")
            text.append(child.content if is_text else " " if "break" in child.type else "")
        text.append(" ")
    return " ".join("".join(text).split()), kinds


@given(text=TEXT, line=LINES)
@settings(max_examples=40, deadline=None)
def test_markdown_reads_as_it_was_written(text: str, line: str) -> None:
    said, kinds = markdown_text(made(document(text, line), ".md"))
    assert not kinds & {"link_open", "image", "code_inline", "html_block", "s_open", "em_open", "code_block"}
    assert " ".join(text_of(text).split()) in said
    assert " ".join(line_of(line).split()) in said


def test_word_holds_every_text_as_text() -> None:
    from docx import Document as opened

    rows = tuple((nasty, nasty) for nasty in NASTY)
    one = Document("All", "", DAY, "", (*map(Paragraph, NASTY), Table("T", (Column("a"), Column("b")), rows)))
    file = opened(io.BytesIO(made(one, ".docx")))
    paragraphs = [p.text for p in file.paragraphs]
    cells = [cell.text for row in file.tables[-1].rows for cell in row.cells]
    for nasty in NASTY:
        assert text_of(nasty) in paragraphs and cells.count(text_of(nasty)) == 2


def pdf(content: bytes) -> Any:
    from pypdf import PdfReader

    return PdfReader(io.BytesIO(content))


def pdf_text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf(content).pages).split())


def test_pdf_embeds_letters_of_polish_and_welsh() -> None:
    content = made(document("Łukasz Żółć, Siân Ŵyn, Ștefan", "Ŷ"), ".pdf")
    assert "Łukasz Żółć, Siân Ŵyn, Ștefan" in pdf_text(content)
    assert b"/FontFile2" in content


def test_a_letter_the_font_lacks_is_shown_as_missing_and_said() -> None:
    said = pdf_text(made(document("before 漢 after", "A line"), ".pdf"))
    assert "before \N{REPLACEMENT CHARACTER} after" in said and "no letters for" in said
    assert "no letters for" not in pdf_text(made(PLAIN, ".pdf"))


def test_a_cell_longer_than_a_page_is_told_over_several() -> None:
    words = " ".join(f"w{n}" for n in range(4000))
    long = Document("Long", "", DAY, "", (
        Table("Cells", (Column("a", weight=0.2), Column("b")), ((words, "x" * 5000),)), Pairs((("a", words),)),
        Paragraph("x" * 9000), Table("Lines", (Column("a"),), (("\n" * 300 + "end",),)),
    ))  # fmt: skip
    said = pdf_text(made(long, ".pdf")).replace(" ", "")
    assert said.count("w3999") == 2 and said.count("w0w1w2") == 2 and "end" in said


# ---- what makes it a document ----------------------------------------------------------------------------------------
def test_word_has_real_headings_repeated_heads_page_numbers_and_told_pictures() -> None:
    from docx import Document as opened
    from docx.oxml.ns import qn

    file = opened(io.BytesIO(made(PLAIN, ".docx")))
    styles = [p.style.name for p in file.paragraphs if p.style is not None]
    assert {"Title", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Caption"} <= set(styles)
    heads = [row for table in file.tables for row in table.rows if row._tr.trPr is not None
             and row._tr.trPr.find(qn("w:tblHeader")) is not None]  # fmt: skip
    assert [cell.text for cell in heads[0].cells] == ["A", "A line"]
    footer = file.sections[0].footer._element.xml
    assert "PAGE" in footer and "NUMPAGES" in footer
    described = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    assert described == ["Plain text."] * 4


# ECMA-376: the order in which Word wants what a paragraph and a table say of themselves.
_ORDER = """
pPr pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
  suppressAutoHyphens spacing ind contextualSpacing jc outlineLvl rPr sectPr
tblPr tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook
tcPr tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign
rPr rStyle rFonts b bCs i iCs caps color spacing kern sz szCs lang
"""
ORDER = {line.split()[0]: line.split()[1:] for line in _ORDER.replace("\n  ", " ").strip().splitlines()}


def test_word_says_everything_in_the_order_it_must_be_said_in() -> None:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(made(PLAIN, ".docx"))) as parts:
        tree = etree.fromstring(parts.read("word/document.xml"))
    for name, order in ORDER.items():
        found = list(tree.iter(f"{{*}}{name}"))
        assert found or name == "rPr"
        for one in found:
            places = [order.index(etree.QName(child).localname) for child in one]
            assert places == sorted(places), etree.tostring(one)


def test_pdf_has_an_outline_a_language_and_page_numbers() -> None:
    content = made(PLAIN, ".pdf")
    read = pdf(content)
    assert [one.title for one in read.outline if not isinstance(one, list)] == ["Part A line"]
    assert read.trailer["/Root"]["/Lang"] == "en-GB"
    count = len(read.pages)
    assert f"page {count} of {count}" in " ".join(read.pages[-1].extract_text().split())


def test_a_chart_is_told_in_words_and_numbers_in_every_form() -> None:
    chart = Chart("How long", "bars", ("same day", "1–10"), (12, None), "cases", "Most took a day.", "not shown")
    one = Document("T", "", DAY, "", (chart,))
    from docx import Document as opened

    word = "\n".join(p.text for p in opened(io.BytesIO(made(one, ".docx"))).paragraphs)
    forms = [made(one, ".md").decode(), made(one, ".html").decode(), word, pdf_text(made(one, ".pdf"))]
    for said in forms:
        for part in ("How long", "Most took a day.", "same day", "12", "not shown"):
            assert part in said
    assert "<svg" in forms[1] and "<desc" in forms[1]


@given(values=st.lists(st.one_of(st.none(), st.floats(0, 1e6)), max_size=40), kind=st.sampled_from(["bars", "line"]))
def test_any_chart_stays_inside_its_picture(values: list[float | None], kind: Any) -> None:
    labels = tuple(f"label {at}" for at in range(len(values)))
    lines = (("level", 5.0),) if kind == "line" else ()
    found = picture(Chart("T", kind, labels, tuple(values), "u", "t", lines=lines))
    for shape in found.shapes:
        for x, y in getattr(shape, "points", None) or [(getattr(shape, "x", 0), getattr(shape, "y", 0))]:
            assert 0 <= x <= found.width and -20 <= y <= found.height


# ---- files -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_new_whole_and_its_owners(form: str, tmp_path: Path) -> None:
    path = write_report(PLAIN, str(tmp_path / f"pack{form}"))
    assert path.read_bytes() == made(PLAIN, form) and path.stat().st_mode & 0o077 == 0
    path.write_text("mine", "utf-8")
    with pytest.raises(CaseReviewError, match="there is a file already"):
        write_report(PLAIN, str(path))
    assert path.read_text("utf-8") == "mine"
    write_report(PLAIN, str(path), overwrite=True)
    assert path.read_bytes() == made(PLAIN, form)
    assert [one.name for one in tmp_path.iterdir()] == [f"pack{form}"]


@pytest.mark.parametrize(
    ("name", "says"),
    [("pack.txt", "form of the report"), ("pack", "form of the report"), ("no/such/pack.md", "no such folder"),
     ("folder.md", "folder"), ("\0.md", "cannot be the name")],
)  # fmt: skip
def test_a_name_that_cannot_be_is_refused_in_a_sentence(name: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(CaseReviewError, match=says) as refused:
        checked(str(tmp_path / name) if "\0" not in name else name)
    assert refused.value.remedy
    assert [one.name for one in tmp_path.iterdir()] == ["folder.md"]
