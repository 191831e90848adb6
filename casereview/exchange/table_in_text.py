"""Reads a CSV file whatever program wrote it: its encoding, its separator, its quotes; one clear fault for each row."""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from casereview.errors import CaseReviewError, did_you_mean
from casereview.exchange.sheets_in import MAX_CELL, open_file
from casereview.text import shown

ENCODINGS = {"utf-8": "utf-8-sig", "utf-8-sig": "utf-8-sig", "cp1252": "cp1252", "windows-1252": "cp1252",
             "utf-16": "utf-16"}  # fmt: skip
DELIMITERS = (",", ";", "\t", "|")
_BLOCK = 1 << 18
_LOOKED_AT = 8  # rows by which the separator is told
_MEND = "Correct the file at its source and try again."


class TextRow(NamedTuple):
    number: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(slots=True)
class TextTable:
    """A CSV file whose encoding is known and which was read to its end once."""

    path: str
    encoding: str
    size: int
    max_bytes: int
    delimiter: str = ","
    notes: list[str] = field(default_factory=list)

    @classmethod
    def opened(cls, path: str, encoding: str, max_bytes: int) -> TextTable:
        """Finds the encoding by reading the whole file. Raises CaseReviewError, naming the line, where none fits."""
        if encoding and encoding.casefold() not in ENCODINGS:
            raise CaseReviewError(f"{shown(encoding, width=40)!r} is not an encoding read here", where="encoding",
                                  remedy=did_you_mean(encoding, ENCODINGS))  # fmt: skip
        notes = []
        with open_file(path, max_bytes) as file:
            size = os.fstat(file.fileno()).st_size
            head = file.read(4)
            marked = head.startswith(codecs.BOM_UTF8)
            used = ENCODINGS[encoding.casefold()] if encoding and not marked else "utf-8-sig"
            if not encoding and head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                used = "utf-16"
            where = shown(path, width=200)
            if head[:2] == b"PK":
                raise CaseReviewError("this is a packed file, such as a workbook, and not CSV", where=where,
                                      remedy="Give it the ending .xlsx if it is a workbook.")  # fmt: skip
            line = _first_bad_line(file, used)
            if line and not encoding and used == "utf-8-sig":
                bad = _first_bad_line(file, "cp1252")
                if not bad:
                    notes.append(f"Line {line} is not UTF-8: the file was read as Windows-1252 (cp1252). "
                                 "Check that names with accents look right.")  # fmt: skip
                    used, line = "cp1252", 0
            if line:
                raise CaseReviewError(f"line {line} is not text in {used.removesuffix('-sig')}", where=where,
                                      remedy="Save it as “CSV UTF-8”, or name its encoding.")  # fmt: skip
        return cls(path, used, size, max_bytes, notes=notes)

    def rows(self, progress: Callable[[int, int], None] | None = None) -> Iterator[TextRow]:
        """Every row with the line it begins on. A row that cannot be read is given with its fault."""
        with open_file(self.path, self.max_bytes) as file:
            stream = io.TextIOWrapper(file, encoding=self.encoding, newline="")
            lines = _Lines(stream)
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            while True:
                lines.taken.clear()
                began = lines.number + 1
                try:
                    row = next(reader, None)
                except csv.Error as error:
                    yield self._faulty(began, lines.taken, str(error))
                    continue
                if row is None:
                    return
                yield TextRow(began, tuple(row), _wrong_in(row))
                if progress is not None and not began % 500:
                    progress(file.tell(), self.size)

    def first(self, count: int) -> list[TextRow]:
        found = []
        for row in self.rows():
            found.append(row)
            if len(found) == count:
                break
        return found

    def likely_delimiter(self, wanted: Sequence[str]) -> str:
        """The one by which most of the headings are found, or by which the rows have most cells alike."""

        def fits(delimiter: str) -> tuple[int, int]:
            self.delimiter = delimiter
            try:
                rows = self.first(_LOOKED_AT)
            except CaseReviewError:
                return 0, 0
            held = {" ".join(cell.split()).casefold() for row in rows for cell in row.cells}
            widths = [len(row.cells) for row in rows if len(row.cells) > 1]
            return len(held & set(wanted)), max(map(widths.count, widths), default=0) * max(widths, default=0)

        return max(DELIMITERS, key=lambda one: (*fits(one), -DELIMITERS.index(one)))

    def _faulty(self, began: int, raw: list[str], error: str) -> TextRow:
        """A row whose quotes do not close. Where that runs on over further lines, nobody can tell the rows apart."""
        where = shown(self.path, width=200)
        if len(raw) > 1:
            raise CaseReviewError(f"a quotation mark on line {began} is not closed where the cell ends", where=where,
                                  remedy="Close it, or double it if it belongs to the text.") from None  # fmt: skip
        text = raw[0] if raw else ""
        big = "field larger" in error
        says = f"a cell is longer than {MAX_CELL:,} characters" if big else "its quotation marks do not close"
        return TextRow(began, tuple(text.rstrip("\r\n").split(self.delimiter)), says)  # as it came, quotes and all


class _Lines:
    """The lines of a file, those of the row now being read kept."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self.number = 0
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._stream)
        self.number += 1
        self.taken.append(line)
        return line


def _wrong_in(row: list[str]) -> str:
    if any("\0" in cell for cell in row):
        return "a cell holds NUL bytes: the file was damaged, or is not text"
    if any(len(cell) > MAX_CELL for cell in row):
        return f"a cell is longer than {MAX_CELL:,} characters"
    return ""


def _first_bad_line(file: io.BufferedIOBase | object, encoding: str) -> int:
    """The line of the first byte that is no text in this encoding; 0 when there is none."""
    assert hasattr(file, "seek") and hasattr(file, "read")
    file.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    line = 1
    while True:
        block = file.read(_BLOCK)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as wrong:
            return line + bytes(wrong.object)[: wrong.start].count(b"\n")
        line += text.count("\n")
        if not block:
            return 0
