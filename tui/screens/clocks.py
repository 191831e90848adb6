"""The clocks on the screen: every figure with its source and how far it can be relied on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from tui.screens.look import QUIET, data
from tui.screens.page import Page
from tui.screens.rows import RowsPage
from tui.screens.sheet import TextScreen
from tui.screens.table import Column
from workflows.clocks import Clock, Time, shipped
from workflows.profile_shown import kind, show_clock

Row = tuple[Clock, Time]


def show_clocks(page: Page) -> None:
    page.app.push_screen(ClocksScreen())


class ClocksScreen(RowsPage[Row]):
    heading = "Clocks"
    about = (
        "Times that guidance, law and local procedures have named. None of them measures a case by itself: workflows "
        "and profiles do. What was not checked is an example, not a rule. Enter shows one with its sources."
    )
    columns = (
        Column("Clock", 22, grow=1),
        Column("Time", 18, grow=2),
        Column("Kind", 16, grow=1),
        Column("Counts from", 16, grow=1, from_width=110),
        Column("How far to rely on it", 24, grow=2),
    )
    header = ("clock", "title", "time", "kind", "from", "to", "where", "trust", "source")
    file_name = "clocks"

    def reader(self) -> Callable[[], list[Row]]:
        return lambda: [(clock, time) for clock in shipped().clocks.values() for time in clock.times]

    def cells(self, row: Row) -> Sequence[str | Text]:
        clock, time = row
        trust = Text(time.short, "" if time.checked else QUIET)
        return clock.title, time.amount, kind(time), time.start, trust

    def exported(self, row: Row) -> Sequence[object]:
        clock, time = row
        where = time.where or ", ".join(time.editions)
        return (clock.id, clock.title, time.amount, kind(time), time.start, time.end, where, time.trust.label,
                time.source)  # fmt: skip

    def says(self) -> str:
        return "enter shows one with its sources"

    def choose(self, row: Row) -> None:
        self.app.push_screen(TextScreen(data(show_clock(row[0]), lines=True), wide=True))
