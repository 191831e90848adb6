"""Opens a workbook (.xlsx) from a stranger and gives its cells as data: nothing in it is run, fetched or worked out."""

from __future__ import annotations

import os
import stat
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import IO, Any, TypeAlias

from casereview.errors import CaseReviewError
from casereview.text import shown

MAX_BYTES = 100 * 1024 * 1024
MAX_PARTS = 2_000
MAX_ROWS = 1_048_576  # what the format itself allows
MAX_COLUMNS = 500
MAX_CELL = 100_000  # characters
_RATIO, _RATIO_FROM = 300, 5 * 1024 * 1024  # no sheet of real text packs that small
_OLE = b"\xd0\xcf\x11\xe0"
_SAVE_AGAIN = "Open it in a spreadsheet program and save it again as a workbook (.xlsx) without a password."


class Formula(str):
    """A cell that holds a formula: its text. What it would come to is not worked out here."""

    __slots__ = ()


Cell: TypeAlias = str | int | float | bool | date | None
Row: TypeAlias = tuple[int, tuple[Cell, ...]]  # its number in the sheet, and its cells


class Workbook:
    """The sheets of one workbook, read row by row; use it in a `with`."""

    def __init__(self, path: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> None:
        self.path = path
        self._file = open_file(path, max_bytes)
        try:
            _must_be_safe(self._file, self._name(), max_bytes)
            self._book = self._load()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Workbook:
        return self

    def __exit__(self, *gone: object) -> None:
        self._book.close()
        self._file.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets, in their order, hidden ones included."""
        return tuple(sheet.title for sheet in self._book.worksheets)

    def rows(self, name: str) -> Iterator[Row]:
        """Every row of a sheet from the first, empty ones included. Raises CaseReviewError, naming the row."""
        at = 0
        with _named(f"{self._name()}, sheet {shown(name, width=60)}"):
            sheet = self._book[name]
            sheet.reset_dimensions()  # what a file says of its own size may be wrong
            for at, row in enumerate(sheet.iter_rows(), 1):
                if at > MAX_ROWS or len(row) > MAX_COLUMNS:
                    raise CaseReviewError(
                        f"row {at:,} goes beyond {MAX_ROWS:,} rows or {MAX_COLUMNS} columns",
                        where=f"{self._name()}, sheet {shown(name, width=60)}",
                        remedy="Take out what is not the table.",
                    )  # fmt: skip
                yield at, tuple(_value(cell) for cell in row)

    def _name(self) -> str:
        return shown(os.fspath(self.path), width=200)

    def _load(self) -> Any:
        from openpyxl import load_workbook

        warnings.filterwarnings("ignore", module="openpyxl")  # about what it leaves out, which nobody asked for
        with _named(self._name()):
            return load_workbook(self._file, read_only=True, data_only=False, keep_links=False)


def open_file(path: str | os.PathLike[str], max_bytes: int) -> IO[bytes]:
    """A regular file no larger than that, opened for reading. Raises CaseReviewError."""
    where = shown(os.fspath(path), width=200)
    try:
        file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0)))  # noqa: SIM115
    except (OSError, ValueError) as error:  # ValueError: a path that holds a NUL
        why = getattr(error, "strerror", None) or "the name cannot be used"
        raise CaseReviewError(f"this file cannot be read: {why}", where=where, remedy="Check the path.") from None
    about = os.fstat(file.fileno())
    says = ""
    if not stat.S_ISREG(about.st_mode):
        says = "this is not an ordinary file"
    elif about.st_size > max_bytes:
        says = f"the file is larger than {max_bytes // 1024**2 or 1} MB"
    elif not about.st_size:
        says = "the file is empty"
    if says:
        file.close()
        raise CaseReviewError(says, where=where, remedy="Check that it is the right one; --max-size allows a larger.")
    return file


def _must_be_safe(file: IO[bytes], where: str, most: int) -> None:
    """A workbook is a packed folder of XML: refuses one that unpacks to far more than it says, or that declares."""
    head = file.read(4)
    if head == _OLE:
        raise CaseReviewError("this is an older workbook (.xls), or one with a password", where=where,
                              remedy=_SAVE_AGAIN)  # fmt: skip
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            says = _too_much(parts, most) or next((s for part in parts if (s := _declares(packed, part))), "")
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zipfile.LargeZipFile):
        raise CaseReviewError("this is not a whole workbook (.xlsx)", where=where, remedy=_SAVE_AGAIN) from None
    if says:
        raise CaseReviewError(says, where=where, remedy="Save the sheet on its own; --max-size allows a larger one.")
    file.seek(0)


def _too_much(parts: list[zipfile.ZipInfo], most: int) -> str:
    if len(parts) > MAX_PARTS:
        return f"the workbook is packed from more than {MAX_PARTS:,} parts"
    if sum(part.file_size for part in parts) > most:
        return f"the workbook unpacks to more than {most // 1024**2 or 1} MB"
    for part in parts:
        if part.file_size > _RATIO_FROM and part.file_size > _RATIO * max(part.compress_size, 1):
            return "the workbook unpacks to several hundred times its size, as no real table does"
    return ""


def _declares(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> str:
    """An inner definition could make a small file grow without end, or read another file; no workbook needs one."""
    if not part.filename.casefold().endswith((".xml", ".rels", ".vml")):
        return ""
    with packed.open(part) as stream:
        head = stream.read(4096).replace(b"\0", b"").upper()  # in whichever width its letters are written
    return "the workbook holds an inner definition (DOCTYPE), which is not read" if b"<!DOCTYPE" in head else ""


@contextmanager
def _named(where: str) -> Iterator[None]:
    """Whatever the library stumbles over in a damaged or odd workbook, as one clear line."""
    try:
        yield
    except (CaseReviewError, GeneratorExit):
        raise
    except Exception:
        raise CaseReviewError("this workbook is damaged or not of the usual form", where=where,
                              remedy=_SAVE_AGAIN) from None  # fmt: skip


def _value(cell: Any) -> Cell:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f":
        text = getattr(value, "text", value)  # an array formula is an object of its own
        return Formula(text if isinstance(text, str) else str(text))
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, date | bool | int | float):
        return value
    return str(value)  # a time of day, a length of time
