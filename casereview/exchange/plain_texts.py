"""The words of a file a report was written to, piece by piece, so that they can be looked through."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from casereview.errors import CaseReviewError
from casereview.method.scan import Passage
from casereview.text import clean, shown

LARGEST = 20_000_000
"""Bytes of a file, and of what it unpacks to."""
KINDS = (".md", ".txt", ".html", ".docx")


def passages_of(path: Path) -> list[Passage]:
    """Each paragraph of a file, by its number. Raises CaseReviewError for what cannot be read as one of KINDS."""
    where = shown(str(path), width=80)
    ending = path.suffix.lower()
    if ending not in KINDS:
        raise CaseReviewError(
            f"a file ending in {shown(ending) or 'nothing'} cannot be looked through", where=where,
            remedy=f"Give one ending in {', '.join(KINDS)}; save a PDF's report as .docx or .md instead.",
        )  # fmt: skip
    try:
        if path.stat().st_size > LARGEST:
            raise CaseReviewError("the file is larger than 20 MB", where=where, remedy="Give the report alone.")
        texts = _word(path, where) if ending == ".docx" else _lines(path, where, html=ending == ".html")
    except OSError as error:
        raise CaseReviewError(f"it cannot be read: {error.strerror}", where=where, remedy="Check the path.") from None
    limit = 10 * LARGEST
    return [
        Passage(f"{path.name}, paragraph {number}", clean(text, one_line=False, limit=limit))
        for number, text in enumerate(texts, 1)
        if text.strip()
    ]


def _lines(path: Path, where: str, *, html: bool) -> list[str]:
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise CaseReviewError("it is not UTF-8 text", where=where, remedy="Save it again as UTF-8.") from None
    if html:
        text = _without_markup(text)
    return re.split(r"\n\s*\n", text)


def _without_markup(text: str) -> str:
    from html.parser import HTMLParser

    pieces: list[str] = []

    class Words(HTMLParser):
        def handle_data(self, data: str) -> None:
            pieces.append(data)

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            pieces.append("" if tag in ("a", "b", "em", "i", "span", "strong") else "\n\n")
            pieces.extend(f"{value}\n\n" for name, value in attrs if name in ("alt", "title", "content") and value)

    words = Words()
    words.feed(text)
    words.close()
    return "".join(pieces)


def _word(path: Path, where: str) -> list[str]:
    """Every paragraph of a Word file wherever it stands: body, tables, headers, notes, comments, properties."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    texts: list[str] = []
    try:
        with zipfile.ZipFile(path) as package:
            parts = [one for one in package.infolist() if one.filename.endswith(".xml")]
            if "word/document.xml" not in {one.filename for one in parts}:
                raise zipfile.BadZipFile
            if sum(one.file_size for one in parts) > LARGEST:
                raise CaseReviewError("it unpacks to more than 20 MB", where=where, remedy="Give the report alone.")
            for one in parts:
                if one.filename.startswith(("word/", "docProps/")):
                    texts += _paragraphs(ElementTree.fromstring(package.read(one), forbid_dtd=True))
    except (zipfile.BadZipFile, ElementTree.ParseError, DefusedXmlException, RuntimeError, NotImplementedError):
        raise CaseReviewError("it is not a Word file", where=where, remedy="Save it again from Word.") from None
    return texts


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _paragraphs(root: object) -> list[str]:
    found = []
    for paragraph in root.iter(f"{_W}p"):  # type: ignore[attr-defined]
        pieces = [
            (piece.text or "") if piece.tag == f"{_W}t" else "\n"
            for piece in paragraph.iter()
            if piece.tag in (f"{_W}t", f"{_W}br", f"{_W}delText")
        ]
        found.append("".join(pieces))
    if not found:
        found = [text for text in root.itertext() if text.strip()]  # type: ignore[attr-defined]
    return found
