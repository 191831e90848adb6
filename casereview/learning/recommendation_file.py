"""Recommendations in a TOML file, as the product ships the fifteen of the Munro review: read, checked, never guessed.

The form is the one of data/munro.toml: [set] with key, name, made_by, made_when, on; [sources] with short names for
papers; and for each [[recommendation]] its text and any number of responses, positions, actions, promises, minutes
and impacts, each with the day `on` by which it was known. Fields are those of the workflow's records.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from casereview.errors import CaseReviewError, did_you_mean
from casereview.text import LINE_LIMIT, NAME_LIMIT, clean, shown
from workflows.definition import Definition, Field

LARGEST = 2_000_000
"""Bytes of a file that is read."""
MOST = 500
"""Recommendations in one file."""
PARTS = {
    "response": "response", "position": "position", "action": "action", "promise": "promise",
    "minutes": "minutes-action", "impact": "impact",
}  # fmt: skip
HEAD = ("number", "title", "text", "about", "addressed_to", "source")
REMEDY = "Nothing was changed. Compare it with the example: casereview recommendation example --print"
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True, slots=True)
class FileRecommendation:
    """One recommendation of a file. `records`: kind, values and day, ready to be kept."""

    number: str
    title: str
    records: tuple[tuple[str, dict[str, Any], date], ...]

    @property
    def stage(self) -> str:
        kinds = {kind for kind, _, _ in self.records}
        return "in-hand" if kinds & {"action", "position"} else "answered" if "response" in kinds else "made"


@dataclass(frozen=True, slots=True)
class FileSet:
    key: str
    name: str
    found: tuple[FileRecommendation, ...]
    sources: tuple[tuple[str, str], ...]  # short name, paper


def example_text() -> str:
    """The shipped example, as it may be copied."""
    return (files(__package__) / "data" / "munro.toml").read_text("utf-8")


def read_set(text: str, where: str, definition: Definition) -> FileSet:
    """A file, checked to the last field. Raises CaseReviewError, naming the place, before anything is kept."""
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as wrong:
        says = shown(str(wrong), width=200) or type(wrong).__name__
        raise CaseReviewError(f"cannot be read as TOML: {says}", where=where, remedy=REMEDY) from None
    return _Reader(where, definition).read(data)


class _Reader:
    def __init__(self, where: str, definition: Definition) -> None:
        self.where, self.definition = where, definition
        self.sources: dict[str, str] = {}

    def fault(self, place: str, says: str) -> CaseReviewError:
        return CaseReviewError(f"{place}: {says}", where=self.where, remedy=REMEDY)

    def read(self, data: dict[str, Any]) -> FileSet:
        self._only(data, ("set", "sources", "recommendation"), "the file")
        head = self._table(data, "set")
        self._only(head, ("key", "name", "title", "made_by", "made_when", "on"), "[set]")
        key, name = str(head.get("key", "")), self._line(head.get("name"), "[set] name")
        if not _KEY.fullmatch(key):
            raise self.fault("[set] key", "give a short one of small letters, figures and dashes")
        if not name:
            raise self.fault("[set] name", "say which report or paper the recommendations are from")
        for short, paper in self._table(data, "sources").items() if "sources" in data else ():
            self.sources[short] = self._line(paper, f"[sources] {short}")
        items = data.get("recommendation")
        if not isinstance(items, list) or not items or not all(isinstance(one, dict) for one in items):
            raise self.fault("[[recommendation]]", "there is none")
        if len(items) > MOST:
            raise self.fault("[[recommendation]]", f"there are {len(items):,}; at most {MOST} are read at once")
        found = tuple(self._one(one, head, name, place) for place, one in enumerate(items, 1))
        numbers = [one.number for one in found]
        twice = next((n for n in numbers if numbers.count(n) > 1), None)
        if twice is not None:
            raise self.fault("[[recommendation]]", f"number {twice or '(empty)'} stands there twice")
        return FileSet(key, name, found, tuple(self.sources.items()))

    def _one(self, data: dict[str, Any], head: Mapping[str, Any], name: str, place: int) -> FileRecommendation:
        number = self._line(data.get("number", ""), f"recommendation {place}, number")
        label = f"recommendation {number or place}"
        self._only(data, (*HEAD, *PARTS), label)
        began = head.get("on")
        values = {"set": name} | {k: v for k, v in data.items() if k in HEAD and k != "title" and v != ""}
        values |= {k: head[k] for k in ("made_by", "made_when") if k in head}
        day = began if isinstance(began, date) and not isinstance(began, datetime) else None
        if day is None:
            raise self.fault("[set] on", "give the day by which they were made, such as 2011-05-31")
        records = [("recommendation", self._values("recommendation", values, label), day)]
        for part, kind in PARTS.items():
            entries = data.get(part, [])
            if not isinstance(entries, list) or not all(isinstance(one, dict) for one in entries):
                raise self.fault(f"{label}, {part}", f"write it as [[recommendation.{part}]]")
            records += [self._record(kind, one, f"{label}, {part} {n}") for n, one in enumerate(entries, 1)]
        title = self._line(data.get("title", ""), f"{label}, title", NAME_LIMIT)
        return FileRecommendation(number, title or f"{name}: {number or place}", tuple(records))

    def _record(self, kind: str, data: Mapping[str, Any], label: str) -> tuple[str, dict[str, Any], date]:
        day = data.get("on")
        if not isinstance(day, date) or isinstance(day, datetime):
            raise self.fault(label, 'say by which day it was known: on = 2012-05-22')
        return kind, self._values(kind, {k: v for k, v in data.items() if k != "on"}, label), day

    def _values(self, kind: str, data: Mapping[str, Any], label: str) -> dict[str, Any]:
        fields = self.definition.records[kind].fields
        values = {}
        for name, value in data.items():
            if name not in fields:
                raise self.fault(label, f"there is no {shown(name, width=40)!r}. {did_you_mean(name, fields)}".strip())
            values[name] = self._value(fields[name], value, f"{label}, {name}")
        missing = [f.name for f in fields.values() if f.required and values.get(f.name) in (None, "")]
        if missing:
            raise self.fault(label, f"still needs {', '.join(missing)}")
        return values

    def _value(self, field: Field, value: Any, label: str) -> Any:
        if field.type == "date":
            if not isinstance(value, date) or isinstance(value, datetime):
                raise self.fault(label, "give a date, such as 2012-05-22, without quotation marks")
            return value.isoformat()
        if not isinstance(value, str):
            raise self.fault(label, "give it as text, in quotation marks")
        if field.type == "choice" and value not in field.options:
            raise self.fault(label, f"is one of: {'; '.join(field.options)}")
        if field.name == "source":
            value = self._spelt_out(value)
        return self._line(value, label) if field.type != "long" else self._long(value, label)

    def _spelt_out(self, text: str) -> str:
        """A short name of [sources] at the beginning of a part becomes the name of the paper."""
        return "; ".join(self._papers(text))

    def _papers(self, text: str) -> Iterator[str]:
        for part in text.split(";"):
            short, mark, rest = part.strip().partition(",")
            yield f"{self.sources.get(short, short)}{mark}{rest}"

    def _line(self, value: Any, label: str, limit: int = LINE_LIMIT) -> str:
        if not isinstance(value, str):
            raise self.fault(label, "give it as text, in quotation marks")
        try:
            return clean(value, limit=limit)
        except CaseReviewError as wrong:
            raise self.fault(label, wrong.says) from None

    def _long(self, value: str, label: str) -> str:
        try:
            return clean(value, one_line=False)
        except CaseReviewError as wrong:
            raise self.fault(label, wrong.says) from None

    def _table(self, data: Mapping[str, Any], name: str) -> dict[str, Any]:
        found = data.get(name)
        if not isinstance(found, dict):
            raise self.fault(f"[{name}]", "there is none")
        return found

    def _only(self, data: Mapping[str, Any], names: tuple[str, ...], label: str) -> None:
        for name in data:
            if name not in names:
                near = did_you_mean(name, names)
                raise self.fault(label, f"there is no {shown(name, width=40)!r} in it. {near}".strip())
