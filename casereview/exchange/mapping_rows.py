"""One row of a table, read by a mapping: the case it is to become, or everything that stands against it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from casereview.case import Case, empty_values
from casereview.decide.records import checked_values
from casereview.errors import CaseReviewError, meant
from casereview.events import Values
from casereview.exchange.mapping_reader import DAYS, Refused, RowReader, not_known
from casereview.exchange.sheets_in import Cell, Formula
from casereview.exchange.table_in import Line, same
from casereview.exchange.table_in_land import no_workflow
from casereview.exchange.table_in_values import read_day, read_id, words
from casereview.exchange.table_in_wanted import Reason, Wanted
from casereview.text import clean, shown
from workflows.definition import Definition


def read_row(reader: RowReader, line: Line) -> Wanted:
    """The case of a row. Raises Refused, with everything that stands against it."""
    return _Row(reader, line).wanted()


class _Row:
    """One row being read: what is wrong with it is collected."""

    def __init__(self, reader: RowReader, line: Line) -> None:
        self.reader, self.line = reader, line
        self.wrong: list[str] = [line.fault] if line.fault else []
        self.says: list[str] = []

    def wanted(self) -> Wanted:
        child = self.text("child", read_id)
        if child and self.reader.mapping.authority:
            child = f"{self.reader.mapping.authority}-{child}"
        opened = self.day("opened", past=True)
        key = self._key(child, opened)
        if self.line.fault:
            raise Refused([self.line.fault], child, "")  # its cells may stand under the wrong headings
        if not child and not self._said_of("child"):
            self._no("child", "is empty: nothing says whom it is about")
        if opened is None and not self._said_of("opened"):
            self._no("opened", "is empty: nothing says when it began")
        if "key" in self.reader.mapping.columns and not self._said_of("key"):
            self._no("key", "is empty: nothing tells it from other cases")
        definition = self._definition(opened)
        if self.wrong or opened is None or definition is None:
            raise Refused(self.wrong, child, key)
        return self._case(child, key, opened, definition)

    def _case(self, child: str, key: str, opened: date, definition: Definition) -> Wanted:
        closed = self.day("closed", past=True)
        if closed and closed < opened:
            self.wrong.append(f"it is closed on {closed}, before it began on {opened}")
        referral = self.day("referral", past=True)
        if referral and referral > opened:
            self.says.append(f"it began on {opened}, before the referral on {referral}")
        stage = self._stage(definition, closed)
        reviews, today = self.days("reviews"), self.reader.landing.desk.today
        reason = self._reason(definition)
        records = self._records(definition, child, referral, opened)
        agreed, agreed_on, seen = self.day("agreed"), self.day("agreed-on", past=True), self.days("seen", past=True)
        said, details = self._said(), self._details()
        team, worker = self._known("team"), self._known("worker")
        if self.wrong:
            raise Refused(self.wrong, child, key)
        return Wanted(
            self.line.number, child, key, definition, opened, closed, stage, team, worker, records,
            tuple(day for day in reviews if day <= today), tuple(day for day in reviews if day > today),
            tuple(seen), agreed, agreed_on, reason, said, details, tuple(self.says),
        )  # fmt: skip

    # ---- single fields --------------------------------------------------------------------------------------------
    def _no(self, name: str, says: str) -> None:
        headings = self.reader.mapping.columns.get(name, (name,))
        self.wrong.append(f"“{shown(headings[0], width=60)}”{':' if says[:1].isupper() else ''} {says}")

    def _said_of(self, name: str) -> bool:
        return bool(self.reader.cells(self.line, name))

    def text(self, name: str, read: Any = words) -> str:
        for cell in self.reader.cells(self.line, name):
            try:
                return str(read(cell))
            except CaseReviewError as error:
                self._no(name, error.says)
        return ""

    def long(self, name: str) -> str:
        cells = self.reader.cells(self.line, name)
        try:
            return clean(str(cells[0]), one_line=False).strip() if cells else ""
        except CaseReviewError as error:
            self._no(name, error.says)
            return ""

    def day(self, name: str, past: bool = False) -> date | None:
        return next(iter(self.days(name, past)), None)

    def days(self, name: str, past: bool = False) -> list[date]:
        found = []
        for cell in self.reader.cells(self.line, name):
            try:
                day = read_day(cell, self.reader.formats())
            except CaseReviewError as error:
                self._no(name, error.says)
                continue
            if day is not None and past and day > self.reader.landing.desk.today:
                self._no(name, f"is {day}, which is still to come")
            elif day is not None:
                found.append(day)
        return found

    def _key(self, child: str, opened: date | None) -> str:
        """What finds the case again: its key in the other system, or the child and the days."""
        space = self.reader.landing.space
        if "key" in self.reader.mapping.columns:
            key = self.text("key", read_id)
            return f"{space}{key}" if key else ""
        return f"{space}{child}/{opened.isoformat()}" if child and opened else ""

    def _definition(self, opened: date | None) -> Definition | None:
        if self.reader.named is not None:
            return self.reader.named
        found = self.reader.landing.definition_on(opened) if opened else None
        if opened and found is None:
            self.wrong.append(no_workflow(opened))
        return found

    def _stage(self, definition: Definition, closed: date | None) -> str:
        given = self.text("stage")
        if not given:
            return ""
        stage = next((s for s in definition.stages.values() if same(given) in (same(s.name), same(s.title))), None)
        if stage is None:
            near = meant(given, frozenset(s.title for s in definition.stages.values()))
            says = f"holds “{shown(given, width=40)}”, which is no stage{near}: translate it in [values.stage]"
            self._no("stage", says)
            return ""
        if stage.end and closed is None:
            self.wrong.append(f"it stands at “{stage.title}”, an end, and has no day on which it was closed")
        if not stage.end and closed is not None:
            self.wrong.append(f"it was closed on {closed}, and stands at “{stage.title}”, which is no end")
        return stage.name

    def _reason(self, definition: Definition) -> Reason | None:
        given = self.text("reason")
        text, effect, on = self.long("reason-text"), self.long("reason-effect"), self.day("reason-on", past=True)
        if not given:
            if text or effect:
                self._no("reason", "is empty, and there are words for a reason")
            return None
        code = next((c for c in definition.reasons.values() if same(c.code) == same(given)), None)
        if code is None:
            self._no("reason", f"holds “{shown(given, width=40)}”, which is no reason: translate it in [values.reason]")
            return None
        return Reason(code.code, code.group, text, effect, on)

    def _known(self, name: str) -> str:
        """The id of a team or worker; a name nobody has here is kept in the row, and said."""
        given = self.text(name)
        found = (self.reader.known.team if name == "team" else self.reader.known.person)(given) if given else ""
        if given and not found:
            near = meant(given, self.reader.known.teams) if name == "team" else ""
            self.says.append(not_known(name, given) + near)
        return found

    # ---- records and everything else --------------------------------------------------------------------------------
    def _records(
        self, definition: Definition, child: str, referral: date | None, opened: date
    ) -> tuple[tuple[str, Values, date], ...]:
        found = []
        wanted = dict(self.reader.mapping.records())
        if referral and "referral" in definition.records:
            wanted.setdefault("referral", [])
        for kind, names in wanted.items():
            fields = definition.records[kind].fields
            given = {name: value for name in names if (value := self._value(kind, name, fields[name].type)) is not None}
            if kind == "referral" and referral and "received_on" in fields:
                given.setdefault("received_on", referral)
            try:
                case = Case("", children=[child])
                context = replace(self.reader.context, definition=definition)
                values = checked_values(case, definition.records[kind], given, context)
            except CaseReviewError as error:
                self.wrong.append(f"record {kind}: {error.says}")
                continue
            values = {name: value for name, value in values.items() if not empty_values(value)}
            if values:
                found.append((kind, values, self._on(definition, kind, values, opened)))
        return tuple(found)

    def _on(self, definition: Definition, kind: str, values: Values, opened: date) -> date:
        """The first day the record itself names, or the day the work began."""
        for name, held in definition.records[kind].fields.items():
            if held.type == "date" and values.get(name):
                return min(date.fromisoformat(values[name]), self.reader.landing.desk.today)
        return opened

    def _value(self, kind: str, name: str, type_: str) -> Any:
        name = f"record.{kind}.{name}"
        cell = next(iter(self.reader.cells(self.line, name)), None)
        if cell is None:
            return None
        if isinstance(cell, Formula):
            self._no(name, f"holds a formula ({shown(cell, width=40)}): save the sheet with its values")
            return None
        if type_ == "date":
            return self.day(name)
        if type_ == "person":
            found = self.reader.known.person(words(cell))
            if not found:
                self._no(name, f"holds “{shown(words(cell), width=60)}”, and nobody here is called so")
            return found or None
        if type_ == "yes-no" and isinstance(cell, bool):
            return cell
        return cell if isinstance(cell, str) else words(cell)

    def _said(self) -> Values:
        """Everything the row said in the columns of the mapping, as it said it."""
        said: Values = {}
        for name in self.reader.mapping.columns:
            cells = [self._as_said(name, cell) for cell in self.reader.cells(self.line, name)]
            if cells:
                said[name] = cells if len(cells) > 1 else cells[0]
        said.update({name: value for name, value in self.reader.mapping.constants.items() if value})
        kept = {}
        for heading in self.reader.mapping.also_keep:
            at = self.reader.table.column(heading)
            cell = self.line.cells[at] if at is not None and at < len(self.line.cells) else None
            if cell is not None and str(cell).strip():
                kept[heading] = self._plain(cell)
        return said | ({"also": kept} if kept else {})

    def _as_said(self, name: str, cell: Cell) -> str:
        """A day in one spelling, so that the same row out of a workbook and out of CSV is the same."""
        if name in DAYS:
            with suppress(CaseReviewError):
                return words(read_day(cell, self.reader.formats()))
        return self._plain(cell)

    def _plain(self, cell: Cell) -> str:
        try:
            return clean(cell, one_line=False).strip() if isinstance(cell, str) else words(cell)
        except CaseReviewError as error:
            self.wrong.append(error.says)
            return ""

    def _details(self) -> dict[str, str]:
        found: dict[str, str] = {}
        if not self.reader.with_details:
            return found
        for name, heading in self.reader.mapping.details.items():
            at = self.reader.table.column(heading)
            text = self._plain(self.line.cells[at]) if at is not None and at < len(self.line.cells) else ""
            if text:
                found[clean(name, limit=60)] = clean(text, limit=200)
        return found
