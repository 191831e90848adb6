"""What was set aside, across cases: the board's list on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.text import Text

from casereview.service.overrides import Override, overrides
from tui.screens.look import day
from tui.screens.page import Page
from tui.screens.rows import RowsPage
from tui.screens.table import Column


def show_overrides(page: Page) -> None:
    page.app.push_screen(OverridesScreen())


class OverridesScreen(RowsPage[Override]):
    heading = "Set aside"
    about = (
        "Every expectation let go, everybody lawfully not told, every case moved to another profile: by whom, and why. "
        "A duty can never be set aside. Enter opens the case."
    )
    columns = (
        Column("On", 12),
        Column("Case", 14),
        Column("What was set aside", 24, grow=3),
        Column("By", 14, grow=1, from_width=90),
        Column("Reason", 16, grow=2),
    )
    header = ("on", "case", "what", "by", "reason")
    file_name = "set-aside"

    def reader(self) -> Callable[[], list[Override]]:
        return partial(overrides, self.desk)

    def cells(self, row: Override) -> Sequence[str | Text]:
        return day(row.on), row.case, row.what, row.by_name, row.reason or "–"

    def says(self) -> str:
        return "enter opens the case"

    def choose(self, row: Override) -> None:
        self.house.open_case(row.case)
