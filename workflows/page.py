"""A workflow file while it is being read: its values by type, and every fault met so far."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from workflows.errors import Fault, did_you_mean, quoted, visible
from workflows.grammar import TIME_NEVER_DECIDES, TIME_REMEDY, speaks_of_time
from workflows.lines import Lines, Path, place
from workflows.span import Span

Table = Mapping[str, Any]

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
FIELD_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")
LONGEST_NAME = 60
LONGEST_TEXT = 2000


class Page:
    """Reads typed values out of tables; what is wrong is noted and a harmless value given, so reading goes on."""

    def __init__(self, where: str, text: str) -> None:
        self.where = where
        self._text = text
        self._lines: Lines | None = None
        self._faults: list[Fault] = []

    def fault(self, path: Path, says: str, remedy: str = "") -> None:
        """Note a fault at a table or key."""
        self._faults.append(Fault(self.where, self._line(path), visible(place(path)), says, remedy))

    def add(self, fault: Fault) -> None:
        """Note a fault whose line is known already."""
        self._faults.append(fault)

    @property
    def faults(self) -> list[Fault]:
        """Every fault so far, in the order of the file, each once."""
        return sorted(dict.fromkeys(self._faults), key=lambda fault: (fault.line or 0, fault.place, fault.says))

    def _line(self, path: Path) -> int | None:
        if self._lines is None:  # only a file with a fault pays for finding its lines
            try:
                self._lines = Lines(self._text)
            except (ValueError, RecursionError):
                return None
        return self._lines.of(path)

    # ---- tables ----------------------------------------------------------------------------------------

    def table(self, holder: Table, path: Path, key: str) -> Table:
        """A table by name; empty when absent or not a table."""
        value = holder.get(key, {})
        if isinstance(value, dict):
            return value
        self.fault((*path, key), "This should be a table.", f"Write [{place((*path, key))}] and its keys below it.")
        return {}

    def tables(self, holder: Table, path: Path, key: str, pattern: re.Pattern[str] = NAME) -> dict[str, Table]:
        """The named tables below a key, such as every [steps.NAME]; a bare title stands for { title = ... }."""
        found: dict[str, Table] = {}
        for name, value in self.table(holder, path, key).items():
            here = (*path, key, name)
            self.name(name, here, pattern)
            if isinstance(value, dict):
                found[name] = value
            elif isinstance(value, str) and key in ("stages", "roles"):
                found[name] = {"title": value}
            else:
                self.fault(here, "This should be a table.", f"Write [{place(here)}] and its keys below it.")
        return found

    def listed(self, holder: Table, path: Path, key: str, example: str) -> list[tuple[Table, Path]]:
        """The tables in a list, such as those under `must`, each with its place; empty when absent."""
        items = holder.get(key, [])
        if not isinstance(items, list):
            self.fault((*path, key), "This should be a list.", f"Write {key} = [{{ ... }}].")
            return []
        found: list[tuple[Table, Path]] = []
        for number, item in enumerate(items):
            here = (*path, key, number)
            if isinstance(item, dict):
                found.append((item, here))
            else:
                self.fault(here, "This should be a table in braces.", example)
        return found

    def name(self, name: str, path: Path, pattern: re.Pattern[str] = NAME) -> None:
        """A name must be spelt as names are."""
        if pattern.fullmatch(name) and len(name) <= LONGEST_NAME:
            return
        how = {
            NAME: "small letters, digits and single dashes, such as share-findings",
            FIELD_NAME: "small letters, digits and underscores, such as next_review",
            CODE: "2 to 12 capital letters and digits, such as JUDG",
        }[pattern]
        self.fault(path, f"The name {quoted(name)} cannot be used.", f"Names are written in {how}.")

    def only(self, table: Table, path: Path, known: Collection[str]) -> None:
        """Refuse keys that are not in the grammar; time limits with their own reason."""
        for key in table:
            if key in known:
                continue
            if speaks_of_time(key):
                self.fault((*path, key), f"{quoted(key)} would let time decide. {TIME_NEVER_DECIDES}", TIME_REMEDY)
            else:
                self.fault((*path, key), f"The key {quoted(key)} is not known here.", did_you_mean(key, known))

    # ---- values ----------------------------------------------------------------------------------------

    def text(self, table: Table, path: Path, key: str, *, needed: str = "", default: str = "") -> str:
        """A text; `needed` says what it is for when it may not be missing."""
        if key not in table:
            if needed:
                self.fault(path, f"{quoted(key)} is missing: {needed}.", f'Add {key} = "...".')
            return default
        value = table[key]
        if not isinstance(value, str):
            self.fault((*path, key), f"This should be a text, not {_kind(value)}.", f'Write {key} = "...".')
            return default
        if needed and not value.strip():
            self.fault((*path, key), f"{quoted(key)} is empty: {needed}.", "Write it in a few words.")
        return self._clean(value, (*path, key))

    def _clean(self, value: str, path: Path) -> str:
        tidy = " ".join(value.split())
        if not all(c.isprintable() for c in tidy):
            self.fault(path, "The text has characters that cannot be shown.", "Type the text again without them.")
            tidy = "".join(c if c.isprintable() else "\ufffd" for c in tidy)
        if len(tidy) > LONGEST_TEXT:
            self.fault(path, f"The text is longer than {LONGEST_TEXT} characters.", "Say it in fewer words.")
        return tidy

    def texts(self, table: Table, path: Path, key: str, *, needed: str = "") -> tuple[str, ...]:
        """A text or a list of texts, as a tuple; a text given twice is a fault."""
        if key not in table:
            if needed:
                self.fault(path, f"{quoted(key)} is missing: {needed}.", f'Add {key} = ["..."].')
            return ()
        value = table[key]
        if isinstance(value, str):
            return (self.text(table, path, key, needed=needed),)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault((*path, key), "This should be a text or a list of texts.", f'Write {key} = ["...", "..."].')
            return ()
        if needed and not value:
            self.fault((*path, key), f"{quoted(key)} is empty: {needed}.", f'Write {key} = ["..."].')
        found = tuple(self._clean(item, (*path, key, number)) for number, item in enumerate(value))
        for number, item in enumerate(found):
            if item in found[:number]:
                self.fault((*path, key, number), f"{quoted(item)} stands here twice.", "Keep one of them.")
            if not item:
                self.fault((*path, key, number), "This text is empty.", "Take it out, or write what is meant.")
        return found

    def flag(self, table: Table, path: Path, key: str) -> bool:
        """true or false; false when absent."""
        value = table.get(key, False)
        if isinstance(value, bool):
            return value
        self.fault((*path, key), f"This should be true or false, not {_kind(value)}.", f"Write {key} = true.")
        return False

    def phrase(self, table: Table, path: Path, key: str, wanted: str, why: str) -> bool:
        """A key that knows one phrase only, such as loop = "asks a reason"."""
        if key not in table:
            return False
        if table[key] != wanted:
            self.fault((*path, key), f"This can only be {quoted(wanted)}: {why}.", f'Write {key} = "{wanted}".')
        return True

    def number(self, table: Table, path: Path, key: str, default: int) -> int:
        """A whole number from 1 to 99."""
        value = table.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 99:
            return value
        self.fault((*path, key), f"{quoted(value)} is not a number from 1 to 99.", f"Write {key} = 2, for instance.")
        return default

    def date(self, table: Table, path: Path, key: str) -> date | None:
        """A TOML date without quotes; None when absent."""
        value = table.get(key)
        if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
            return value
        self.fault((*path, key), f"This should be a date, not {_kind(value)}.", f"Write {key} = 2013-04-15, no quotes.")
        return None

    def span(self, value: object, path: Path, *, hours: bool = False) -> Span | None:
        """A length of time; hours only where they are allowed (lanes), and never none at all."""
        try:
            span = Span.parse(value)
        except ValueError as wrong:
            says, _, remedy = str(wrong).partition(". ")
            self.fault(path, f"{says.removesuffix('.')}.", remedy or 'Write "45 working days", for instance.')
            return None
        if span.amount == 0:
            self.fault(path, "A length of time of nothing says nothing.", 'Write "1 working day", for instance.')
            return None
        if span.unit == "hours" and not hours:
            self.fault(path, "Hours are kept for lanes.", "Use working days, days, weeks or months here.")
            return None
        return span


    def spans(self, table: Table, path: Path, key: str) -> tuple[Span, ...]:
        """A list of lengths of time; empty when absent."""
        given = table.get(key, [])
        here = (*path, key)
        if not isinstance(given, list):
            remedy = f'Write {key} = ["10 working days", "20 working days"].'
            self.fault(here, "This should be a list of times.", remedy)
            return ()
        found = [self.span(item, (*here, number)) for number, item in enumerate(given)]
        return tuple(span for span in found if span is not None)


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table", str: "a text"}
    return names.get(type(value), "a date or time")
