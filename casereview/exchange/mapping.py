"""What a mapping file says: which column of a table is what of a case; read with every fault at once."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from casereview.errors import CaseReviewError, nearest
from casereview.exchange.sheets_in import open_file
from casereview.exchange.table_in import same
from casereview.exchange.table_in_text import ENCODINGS
from casereview.exchange.table_in_values import DATE_FORMATS
from casereview.text import shown
from workflows.lines import Lines

LARGEST = 1_000_000  # bytes of a mapping file
ONE = "one column"
SEVERAL = "one column or several"
# What a column may be, how many columns may be it, and what it means to whoever writes the mapping.
FIELDS: dict[str, tuple[str, str]] = {
    "child": (ONE, "the child's id: opaque, never a name"),
    "opened": (ONE, "the day the work began"),
    "key": (ONE, "what tells one case from every other, such as the number it has in the other system"),
    "referral": (ONE, "the day it was referred"),
    "closed": (ONE, "the day it was closed or authorised; empty while it goes on"),
    "stage": (ONE, "where it stands, in the words of the workflow (translate others under [values.stage])"),
    "team": (ONE, "the team, by id or name"),
    "worker": (ONE, "who works on it, by id or name"),
    "agreed": (ONE, "the day agreed for this child"),
    "agreed-on": (ONE, "when that day was agreed; without it, when the work began"),
    "reason": (ONE, "the code of the reason why it takes longer (translate others under [values.reason])"),
    "reason-text": (ONE, "the reason in words"),
    "reason-effect": (ONE, "the effect on the child"),
    "reason-on": (ONE, "when the reason was given; without it, the day it is read in"),
    "reviews": (SEVERAL, "days on which somebody looked at it together; a day to come is a look planned"),
    "seen": (SEVERAL, "days on which the child was seen"),
}
REQUIRED = ("child", "opened")
TOP = ("format", "name", "workflow", "authority", "sheet", "encoding", "separator", "date-format", "also-keep",
       "columns", "values", "constants", "details")  # fmt: skip
LEVELS = 3  # of record.KIND.FIELD; what is nested deeper is no field
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_CODE = re.compile(r"[A-Za-z0-9-]{1,20}")
_RECORD = re.compile(r"record\.([^.]+)\.([^.]+)")
_AT = re.compile(r" ?\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend in a mapping: its line, the place in the file, what is wrong and what to write instead."""

    line: int | None
    place: str
    says: str
    remedy: str = ""

    def __str__(self) -> str:
        at = f"line {self.line}: " if self.line else ""
        place = f"{self.place}: " if self.place else ""
        return f"{at}{place}{self.says}{f' ({self.remedy})' if self.remedy else ''}"


class MappingFaulty(CaseReviewError):
    """The mapping cannot be used; all that is wrong with it is in `faults`."""

    def __init__(self, where: str, faults: Collection[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda one: one.line or 0))
        count = "" if len(self.faults) == 1 else f"{len(self.faults)} faults: "
        super().__init__(count + "; ".join(map(str, self.faults)), where=where,
                         remedy="See docs/importing.md, “The mapping file”.")  # fmt: skip


@dataclass(slots=True)
class Columns:
    """A mapping file read, and not yet held against a table or a workflow.

    authority  the code a child's id begins with, as in a census
    columns    field: headings; a field may also be record.KIND.FIELD
    values     field: {what stands in the table, as `same` compares it: what is meant}
    constants  field: what every row has
    details    detail of the child: heading (such as born = "Date of birth")
    """

    where: str
    name: str = ""
    workflow: str = ""
    authority: str = ""
    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    date_format: str = ""
    also_keep: tuple[str, ...] = ()
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    lines: Lines | None = None

    def headings(self) -> list[str]:
        """Every heading the mapping names, each once, in its order."""
        held = [one for names in self.columns.values() for one in names]
        return list(dict.fromkeys([*held, *self.details.values(), *self.also_keep]))

    def records(self) -> dict[str, list[str]]:
        """The fields of records that a column or a constant fills: kind: fields."""
        found: dict[str, list[str]] = {}
        for name in (*self.columns, *self.constants):
            if parts := _RECORD.fullmatch(name):
                found.setdefault(parts[1], []).append(parts[2])
        return found

    def fault(self, place: tuple[str, ...], says: str, remedy: str = "") -> None:
        line = self.lines.of(place) if self.lines and place else None
        self.faults.append(Fault(line, ".".join(shown(part, width=60) for part in place), says, remedy))

    def must_be_whole(self) -> None:
        if self.faults:
            raise MappingFaulty(self.where, self.faults)


def read_mapping(path: str | os.PathLike[str]) -> Columns:
    """The mapping as it is written. Raises CaseReviewError where the file is no TOML; other faults are collected."""
    with open_file(path, LARGEST) as file:
        content = file.read()
    where = shown(os.fspath(path), width=200)
    try:
        return parse_mapping(content.decode("utf-8-sig"), where)
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise CaseReviewError(f"line {line} is not UTF-8", where=where, remedy="Save the mapping as UTF-8.") from None


def parse_mapping(text: str, where: str) -> Columns:
    mapping = Columns(where)
    try:
        written = tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as wrong:
        found = _AT.search(str(wrong))
        line = int(found[1]) if found and found[1] else None
        says = f"this is not TOML: {shown(_AT.sub('', str(wrong)), width=200)}"
        mapping.faults.append(Fault(line, "", says, "straight quotes, every bracket closed, each name once"))
        raise MappingFaulty(where, mapping.faults) from None
    mapping.lines = Lines(text)
    for key in written:
        if key not in TOP:
            mapping.fault((key,), "this is not a part of a mapping", near(key, TOP))
    _about(mapping, written)
    _columns(mapping, _table(mapping, written, "columns"))
    _values(mapping, _table(mapping, written, "values"))
    _plain(mapping, written)
    _needed(mapping)
    return mapping


def near(name: str, known: Collection[str]) -> str:
    """The nearest spelling, or what there is to choose from."""
    found = nearest(name, known) or next((one for one in known if same(one) == same(name)), None)
    if found is not None:
        return f"did you mean “{shown(found, width=60)}”?"
    held = sorted(known)
    more = ", …" if len(held) > 20 else ""
    return f"known: {', '.join(shown(one, width=40) for one in held[:20])}{more}" if held else "there is none"


def _about(mapping: Columns, written: Mapping[str, Any]) -> None:
    if written.get("format", 1) != 1 or isinstance(written.get("format", 1), bool):
        mapping.fault(("format",), "only format 1 is known here", "format = 1")
    for key in ("name", "workflow", "authority", "sheet", "encoding", "separator", "date-format"):
        value = written.get(key, "")
        if not isinstance(value, str):
            mapping.fault((key,), "text in quotes is expected")
            value = ""
        setattr(mapping, key.replace("-", "_"), value)
    if not _NAME.fullmatch(mapping.name):
        says = "a short name for where the table comes from is needed: a-z, 0-9 and -"
        mapping.fault(("name",), says, 'such as name = "old-system"; later files with the same name are the same cases')
    if mapping.authority and not _CODE.fullmatch(mapping.authority):
        mapping.fault(("authority",), "a short code is expected", 'such as authority = "301"')
    if mapping.encoding and mapping.encoding.casefold() not in ENCODINGS:
        mapping.fault(("encoding",), f"“{shown(mapping.encoding, width=40)}” is not an encoding read here",
                      near(mapping.encoding, ENCODINGS))  # fmt: skip
    if mapping.separator and (len(mapping.separator) != 1 or mapping.separator in "\"'\r\n\0"):
        mapping.fault(("separator",), "one character is expected", r'such as ";" or "\t"')
        mapping.separator = ""
    if mapping.date_format and mapping.date_format.casefold() not in DATE_FORMATS:
        mapping.fault(("date-format",), f"“{shown(mapping.date_format, width=40)}” is not a way of writing days",
                      near(mapping.date_format, DATE_FORMATS))  # fmt: skip
    mapping.date_format = mapping.date_format.casefold()
    keep = written.get("also-keep", [])
    if isinstance(keep, list) and all(isinstance(one, str) for one in keep):
        mapping.also_keep = tuple(keep)
    else:
        mapping.fault(("also-keep",), "a list of headings is expected", 'such as also-keep = ["Notes"]')


def _table(mapping: Columns, written: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = written.get(name, {})
    if isinstance(found, dict):
        return found
    mapping.fault((name,), "a table is expected", f"[{name}]")
    return {}


def flat(table: Mapping[str, Any], before: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    """record.KIND.FIELD may be written in quotes or as nested tables: both are the same field."""
    found: dict[tuple[str, ...], Any] = {}
    for key, value in table.items():
        if isinstance(value, dict) and (before or key == "record") and len(before) < LEVELS - 1:
            found.update(flat(value, (*before, key)))
        else:
            found[(*before, key)] = value
    return found


def _columns(mapping: Columns, written: Mapping[str, Any]) -> None:
    for path, value in flat(written).items():
        name, at = ".".join(path), ("columns", *path)
        if not _known(mapping, name, at):
            continue
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not names or not all(isinstance(one, str) and one.strip() for one in names):
            mapping.fault(at, "the heading of a column is expected, in quotes")
        elif len(names) > 1 and FIELDS.get(name, (ONE, ""))[0] == ONE:
            mapping.fault(at, "only one column can be this")
        else:
            mapping.columns[name] = tuple(names)


def _known(mapping: Columns, name: str, at: tuple[str, ...]) -> bool:
    if name in FIELDS or _RECORD.fullmatch(name):
        return True
    remedy = near(name, FIELDS) + ", or record.KIND.FIELD"
    mapping.fault(at, "a case has no such part", remedy)
    return False


def _values(mapping: Columns, written: Mapping[str, Any]) -> None:
    for field_, table in written.items():
        nested = isinstance(table, dict) and field_ == "record"
        for path, value in (flat_values(table) if nested else {(field_,): table}).items():
            name, at = ".".join(path), ("values", *path)
            if not _known(mapping, name, at):
                continue
            if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
                mapping.fault(at, "what stands in the table = what is meant, both in quotes, is expected")
                continue
            mapping.values[name] = {same(old): new for old, new in value.items()}


def flat_values(table: Mapping[str, Any]) -> dict[tuple[str, ...], Any]:
    """[values.record.KIND.FIELD] written as nested tables."""
    found: dict[tuple[str, ...], Any] = {}
    for kind, fields in table.items():
        if not isinstance(fields, dict):
            found["record", kind] = fields
            continue
        for name, value in fields.items():
            found["record", kind, name] = value
    return found


def _plain(mapping: Columns, written: Mapping[str, Any]) -> None:
    for path, value in flat(_table(mapping, written, "constants")).items():
        name, at = ".".join(path), ("constants", *path)
        if _known(mapping, name, at):
            if not isinstance(value, str):
                mapping.fault(at, "text in quotes is expected")
            elif name in ("child", "key", "opened"):
                mapping.fault(at, "this cannot be the same for every row")
            elif name in mapping.columns:
                mapping.fault(at, "this has a column already", "keep one of the two")
            else:
                mapping.constants[name] = value
    for name, value in _table(mapping, written, "details").items():
        if isinstance(value, str) and value.strip():
            mapping.details[name] = value
        else:
            mapping.fault(("details", name), "the heading of a column is expected, in quotes")


def _needed(mapping: Columns) -> None:
    for name in REQUIRED:
        given = name in mapping.columns or any(fault.place == f"columns.{name}" for fault in mapping.faults)
        if not given:
            mapping.fault(("columns",), f"the column for {name} is missing: {FIELDS[name][1]}")
    for other in ("reason-text", "reason-effect", "reason-on"):
        if other in mapping.columns and not {"reason"} & {*mapping.columns, *mapping.constants}:
            mapping.fault(("columns", other), "there is no reason for it to belong to", "give reason as well")
    if "agreed-on" in mapping.columns and "agreed" not in mapping.columns:
        mapping.fault(("columns", "agreed-on"), "there is no agreed day for it to belong to", "give agreed as well")
