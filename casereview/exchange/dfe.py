"""Reads the Department for Education's published statistics: figures as numbers, marks as the marks they are."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from casereview.errors import CaseReviewError
from casereview.exchange.dfe_sets import LICENCE, PARTS, SAYS_WHICH, DataSet, set_of
from casereview.text import clean, shown

MAX_BYTES = 200 * 1024**2
MAX_ROWS, MAX_COLUMNS, MAX_CELL, MAX_AREAS, MAX_PROBLEMS = 500_000, 300, 2_000, 2_000, 200
ENGLAND = "E92000001"
LEVELS = {"national": "country", "regional": "region", "local authority": "authority"}
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,9})?")
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,9})?")
_MARK = re.compile(r"[a-z~:.*-]{1,5}", re.IGNORECASE)
_CODE = re.compile(r"[EKNSW][0-9]{8}")
_YEAR = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})?")
MOST_OF_ANYTHING = 100_000_000  # more than live in England: no count of children, nor of days, comes near it
Progress = Callable[[int, int], None]
Value = int | float | str
"""A number, or the mark that stands in its place: "c", "x", "z", "u" and others. A mark is never a zero."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row, or a cell of it, that could not be used, and what was done."""

    line: int
    says: str
    done: str


@dataclass(slots=True)
class Area:
    """One country, region or authority with its figures: year -> column -> number or mark."""

    code: str
    name: str
    level: str
    region: str = ""
    years: dict[str, dict[str, Value]] = field(default_factory=dict)


@dataclass(slots=True)
class Published:
    """One file as read: which set it is, the newest year in it (its release), and every area."""

    path: str
    of: DataSet
    areas: dict[str, Area] = field(default_factory=dict)
    rows: int = 0
    passed_over: int = 0  # rows of a level that is no area, such as a median of neighbours
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def years(self) -> list[str]:
        return sorted({year for area in self.areas.values() for year in area.years})

    @property
    def release(self) -> str:
        return self.years[-1]

    @property
    def source(self) -> str:
        return f"{self.of.publication}: {self.of.title}; figures up to {self.release}; {LICENCE}"


def read_published(path: str, *, max_bytes: int = MAX_BYTES, progress: Progress | None = None) -> Published:
    """Reads one file to its end, row by row; only its figures are held. Rows that cannot be used are listed.

    Raises CaseReviewError, naming the line, when the file as a whole cannot be used: not CSV, not UTF-8, too
    large, no published table, or without one row that can be used.
    """
    where = shown(Path(path).name, width=120)
    with opened(path, max_bytes, where) as file, io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as stream:
        size = os.fstat(file.fileno()).st_size
        lines = csv_rows(stream, where)
        _, header = next(lines, (0, []))
        header = [cell.strip() for cell in header]
        _check_header(header, where)
        found = Published(path, set_of(header, where))
        for line, cells in lines:
            found.rows += 1
            if found.rows > MAX_ROWS:
                raise CaseReviewError(f"it has more than {MAX_ROWS:,} rows", where=where)
            _row(found, line, header, cells)
            if progress is not None and not found.rows % 500:
                progress(min(file.tell(), size), size)
    if not found.areas:
        raise CaseReviewError("it holds no row that can be used", where=where, remedy="Check that it is not cut short.")
    return found


def opened(path: str, max_bytes: int, where: str) -> BinaryIO:
    try:
        if not Path(path).is_file():
            raise OSError(None, "there is no such file")
        file = Path(path).open("rb")  # noqa: SIM115 - closed by the caller's `with`
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "its name cannot be used").lower()
        raise CaseReviewError(f"the file cannot be read ({reason})", where=where, remedy="Check the path.") from None
    if os.fstat(file.fileno()).st_size > max_bytes:
        file.close()
        raise CaseReviewError(f"the file is larger than {max_bytes // 1024**2} MB", where=where)
    return file


def csv_rows(stream: io.TextIOWrapper, where: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its line."""
    reader = csv.reader(_short(stream, where), strict=True)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except UnicodeDecodeError:
        line = reader.line_num + 1
        raise CaseReviewError(
            f"it is not UTF-8 text near line {line}", where=where, remedy="Take the file as it was published."
        ) from None
    except csv.Error as error:
        raise CaseReviewError(
            f"line {reader.line_num} is not CSV ({error})", where=where, remedy="Take the file as it was published."
        ) from None


def _short(stream: io.TextIOWrapper, where: str) -> Iterator[str]:
    """Line by line, none longer than a row can be: a file without line breaks is not read into memory whole."""
    most, number = MAX_COLUMNS * MAX_CELL, 0
    while line := stream.readline(most):
        number += 1
        if len(line) == most:
            raise CaseReviewError(f"line {number} is longer than any row of a published table", where=where)
        if "\0" in line:
            raise CaseReviewError(f"line {number} holds a character that is no text", where=where)
        yield line


def _check_header(header: list[str], where: str) -> None:
    if not header:
        raise CaseReviewError("the file is empty", where=where)
    if len(header) > MAX_COLUMNS:
        raise CaseReviewError(f"it has more than {MAX_COLUMNS} columns", where=where)
    twice = next((name for place, name in enumerate(header) if name and name in header[:place]), None)
    if twice is not None:
        raise CaseReviewError(f"two columns are called {shown(twice, width=60)!r}", where=where)


# ---- one row ---------------------------------------------------------------------------------------------------------
def _row(found: Published, line: int, header: list[str], cells: list[str]) -> None:
    if len(cells) != len(header):
        _refuse(found, line, f"the row has {len(cells)} cells, and there are {len(header)} columns")
        return
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    level = LEVELS.get(row["geographic_level"].lower())
    if level is None:
        found.passed_over += 1
        return
    year, code, name = _year(row["time_period"]), _code(row, level), _name(row, level)
    if not year:
        year = row["time_period"]
        _refuse(found, line, f"time_period “{shown(year, width=20)}” is not a year")
        return
    if not code:
        _refuse(found, line, "the row does not say of which area it is")
        return
    area = found.areas.get(code)
    if area is None:
        if len(found.areas) == MAX_AREAS:
            raise CaseReviewError(
                f"it has more than {MAX_AREAS:,} areas", where=shown(Path(found.path).name, width=120)
            )
        area = found.areas[code] = Area(code, name, level, row.get("region_name") or row.get("region_code") or "")
    figures = _figures(found, line, row)
    if area.years.setdefault(year, figures) != figures:
        _refuse(found, line, f"{shown(area.name, width=60)} has two different rows for {year}", "the first is used")


def _refuse(found: Published, line: int, says: str, done: str = "the row was left out") -> None:
    if len(found.problems) < MAX_PROBLEMS:
        found.problems.append(RowProblem(line, says, done))


def _year(text: str) -> str:
    """The year in which the period ends: 2024 is that year, and so is 202324."""
    found = _YEAR.fullmatch(text)
    if not found or (found[2] and int(found[2]) != (int(found[1]) + 1) % 100):
        return ""
    return str(int(found[1]) + 1) if found[2] else found[1]


def _code(row: dict[str, str], level: str) -> str:
    """The area's code; of two authorities that publish together both codes, joined by a plus."""
    if level == "country":
        codes = [row.get("country_code") or ENGLAND]
    else:
        codes = re.split(r"\s*/\s*", row["new_la_code"] if level == "authority" else row["region_code"])
    return "+".join(codes) if all(_CODE.fullmatch(code) for code in codes) else ""


def _name(row: dict[str, str], level: str) -> str:
    named = {"country": "country_name", "region": "region_name", "authority": "la_name"}[level]
    name = row.get(named) or row.get("geo_breakdown") or row.get(named.replace("name", "code")) or ""
    return "England" if name == "National" else clean(name[:MAX_CELL], limit=MAX_CELL)


def _figures(found: Published, line: int, row: dict[str, str]) -> dict[str, Value]:
    kept: dict[str, Value] = {}
    for name, cell in row.items():
        if name in SAYS_WHICH or not name or not cell:
            continue
        value = _value(cell)
        wrong = "is neither a number nor a mark" if value is None else _cannot_be(name, value)
        if wrong:
            says = f"{shown(name, width=60)} “{shown(cell, width=20)}” {wrong}"
            _refuse(found, line, says, "the figure was left out")
        elif value is not None:
            kept[name] = value
    _within_whole(found, line, kept)
    return kept


def _cannot_be(name: str, value: Value) -> str:
    """Why a figure of this column cannot be this number; "" where it can. Columns may come that are not known here."""
    if isinstance(value, str):
        return ""
    called = name.lower()
    if value < 0 and not any(word in called for word in ("change", "difference")):
        return "is below nought"
    if value > 100 and called.endswith(("percent", "percentage")):
        return "is more than 100 per cent"
    return f"is more than {MOST_OF_ANYTHING:,}" if abs(value) > MOST_OF_ANYTHING else ""


def _within_whole(found: Published, line: int, kept: dict[str, Value]) -> None:
    """A part that is more than the whole is left out."""
    called, names = PARTS.get(found.of.key, ("", ()))
    whole = kept.get(called)
    if whole is None or isinstance(whole, str):
        return
    for name in names:
        part = kept.get(name)
        if isinstance(part, int | float) and part > whole:
            del kept[name]
            says = f"{name} “{part}” is more than {called}, which is {whole}"
            _refuse(found, line, says, "the figure was left out")


def _value(cell: str) -> Value | None:
    if _GROUPED.fullmatch(cell):
        cell = cell.replace(",", "")
    if _NUMBER.fullmatch(cell):
        return float(cell) if "." in cell else int(cell)
    return cell if _MARK.fullmatch(cell) else None
