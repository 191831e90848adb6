"""What a mapping makes of the columns of one table: which cells of a row are which field of a case."""

from __future__ import annotations

from dataclasses import dataclass, field

from casereview.decide.context import Context
from casereview.exchange.mapping import Columns
from casereview.exchange.sheets_in import Cell
from casereview.exchange.table_in import Line, Table, same
from casereview.exchange.table_in_land import Landing
from casereview.exchange.table_in_values import EITHER, words
from casereview.exchange.table_in_wanted import Known
from casereview.ports import Reading
from casereview.text import shown
from workflows.definition import Definition

DAYS = ("opened", "referral", "closed", "agreed", "agreed-on", "reason-on", "reviews", "seen")


def not_known(what: str, given: str) -> str:
    who = "no team" if what == "team" else "nobody, or more than one person,"
    return f"{who} here is called “{shown(given, width=60)}”"


class Refused(Exception):
    """A row cannot be used; `says` is everything that stands against it, `child` and `key` what is known of it."""

    def __init__(self, says: list[str], child: str, key: str) -> None:
        super().__init__("; ".join(says))
        self.child, self.key = child, key


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one table by one mapping.

    named     the workflow of every row; None: the one in force when each began
    unknown   what was kept in a row because nobody, or no team, has that name here
    """

    mapping: Columns
    table: Table
    landing: Landing
    named: Definition | None
    known: Known
    context: Context
    with_details: bool = False
    _at: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, headings in self.mapping.columns.items():
            places = [self.table.column(one) for one in headings]
            self._at[name] = tuple(at for at in places if at is not None)

    @classmethod
    def of(
        cls, mapping: Columns, table: Table, landing: Landing, named: Definition | None, work: Reading,
        with_details: bool,
    ) -> RowReader:  # fmt: skip
        desk = landing.desk
        definition = named or next(iter(desk.catalogue.usable()))
        calendar = desk.calendar(work, desk.known(work).info.nation, None)
        context = Context(desk.me(work), desk.today, definition, calendar, desk.known(work).people,
                          desk.known(work).teams)  # fmt: skip
        return cls(mapping, table, landing, named, Known(work.people(), work.teams()), context, with_details)

    # ---- cells -------------------------------------------------------------------------------------------------
    def cells(self, line: Line, name: str) -> list[Cell]:
        """What stands in the columns of a field, constants and translations done; empty ones left out."""
        if name in self.mapping.constants:
            return [self.mapping.constants[name]]
        found: list[Cell] = []
        for at in self._at.get(name, ()):
            cell = line.cells[at] if at < len(line.cells) else None
            if (table := self.mapping.values.get(name)) and cell is not None:
                cell = table.get(same(words(cell)), cell)
            if cell is not None and not (isinstance(cell, str) and not cell.strip()):
                found.append(cell)
        return found

    def formats(self) -> tuple[str, ...]:
        return (self.mapping.date_format,) if self.mapping.date_format else EITHER
