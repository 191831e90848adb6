"""The journal of a case on a screen of its own: every entry, the one under the cursor in full, and looking back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from casereview.errors import CaseReviewError
from casereview.service.reading import HistoryLine, show
from casereview.text import shown
from tui.screens import journal
from tui.screens.look import MISSING, QUIET, data
from tui.screens.messages import CursorMoved, PageWanted, RowChosen
from tui.screens.page import Offer, Page
from tui.screens.table import PAGE, PageTable


class HistoryScreen(Page):
    heading = "History"
    about = (
        "Everything recorded about a case, newest first: what happened, on which day, who recorded it and when. "
        "Nothing here is ever changed or removed; a correction is a new entry. Enter shows the case as it was known "
        "at the end of the day on which the entry was recorded."
    )
    CSS_PATH = "history.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,k", "as_it_was", "As it was then", id="history.as_at",
                tooltip="The case as it was known at the end of the day of this entry"),
    ]  # fmt: skip

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = ref
        self._total = 0

    def body(self) -> ComposeResult:
        yield Static("Reading…", id="head", markup=False)
        yield PageTable[HistoryLine | None](journal.COLUMNS, journal.cells, id="journal")
        with VerticalScroll(id="entry-box", can_focus=False):
            yield Static(id="entry", markup=False)

    @property
    def table(self) -> PageTable[HistoryLine | None]:
        return self.query_one("#journal", PageTable)

    def on_mount(self) -> None:
        self.table.focus()
        self.look_again()

    def look_again(self) -> None:
        desk, ref = self.desk, self.ref

        def read() -> tuple[str, int, list[HistoryLine | None]]:
            case = show(desk, ref).case
            return case.title, case.number, journal.reader(desk, ref, case.number, 0, PAGE)()

        self.ask("journal", read, self._show, failed=self._cannot_show)

    def _show(self, read: tuple[str, int, list[HistoryLine | None]]) -> None:
        title, self._total, rows = read
        head = Text.assemble((f"{self.ref}  ", "bold"), (f"{self._total:,} entries   ", QUIET), data(title))
        self.query_one("#head", Static).update(head)
        self.table.begin(rows, self._total, keep=True)

    def _cannot_show(self, error: CaseReviewError) -> None:
        self.query_one("#head", Static).update(Text(shown(str(error), one_line=False), MISSING))

    def on_page_wanted(self, message: PageWanted) -> None:
        read = journal.reader(self.desk, self.ref, self._total, message.offset, PAGE)
        self.ask("journal", read, lambda rows: self.table.fill(message.offset, rows), again=False)

    def on_cursor_moved(self, message: CursorMoved) -> None:
        line = self.table.row()
        self.query_one("#entry", Static).update(journal.whole_entry(line) if line else "")

    def on_row_chosen(self, message: RowChosen) -> None:
        self.action_as_it_was()

    def action_as_it_was(self) -> None:
        line = self.table.row()
        if line is not None:
            from casereview.when import london_day
            from tui.screens.case import CaseScreen

            day = london_day(line.recorded_at)
            self.app.push_screen(CaseScreen(self.ref, day if day < self.desk.today else line.on))

    def offers(self) -> Iterator[Offer]:
        yield Offer("The case as it was then", "At the end of the day of this entry", self.action_as_it_was)
