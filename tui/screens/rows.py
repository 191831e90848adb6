"""A short list of anything that is read as a whole: filtered as one types, opened, added to, exported."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from casereview.errors import CaseReviewError
from casereview.text import shown
from tui.screens.listing import Nothing
from tui.screens.look import QUIET
from tui.screens.messages import RowChosen
from tui.screens.page import Offer, Page
from tui.screens.table import Column, PageTable

R = TypeVar("R")


class RowsPage(Page, Generic[R]):
    """Subclasses say what to read and how a row looks; `rows` is everything, `listed` what the filter leaves."""

    columns: ClassVar[tuple[Column, ...]] = ()
    header: ClassVar[tuple[str, ...]] = ()  # of the exported file
    file_name: ClassVar[str] = "list"
    AUTO_FOCUS = ""  # the list, once it is there: a key pressed before must not go into the filter
    CSS_PATH = "listing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="rows.open", tooltip="What there is to know or do about this one"),
        Binding("n", "new", "Add", id="rows.new", tooltip="Add one to this list"),
        Binding("slash", "filter", "Filter", id="rows.filter", key_display="/",
                tooltip="Type any part of a line; enter goes back to the list"),
        Binding("e", "export", "Export", id="rows.export", tooltip="Everything that is listed, into a new CSV file"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.loaded = False
        self.rows: list[R] = []
        self.listed: list[R] = []

    # ---- what subclasses give ----------------------------------------------------------------------------------
    def reader(self) -> Callable[[], list[R]]:
        """Reads the whole list; runs in a thread."""
        raise NotImplementedError

    def cells(self, row: R) -> Sequence[str | Text]:
        raise NotImplementedError

    def exported(self, row: R) -> Sequence[object]:
        return [str(cell) for cell in self.cells(row)]

    def says(self) -> str:
        """What is listed, in a few words."""
        return ""

    def nothing(self) -> str:
        return "There is nothing here yet.\n\nn adds one."

    def choose(self, row: R) -> None:
        """What enter does with a row."""

    def action_new(self) -> None:
        """What n does, where one can be added."""

    @property
    def adds(self) -> bool:
        return type(self).action_new is not RowsPage.action_new

    # ---- on the screen -----------------------------------------------------------------------------------------
    def body(self) -> ComposeResult:
        yield Input(placeholder="/ to filter by any part of a line", id="filter", compact=True)
        yield Static("Reading…", id="state", classes="inset", markup=False)
        yield PageTable[R](self.columns, self.cells, id="rows")
        yield Nothing(id="nothing", markup=False)

    @property
    def table(self) -> PageTable[R]:
        return self.query_one("#rows", PageTable)

    @property
    def filter(self) -> Input:
        return self.query_one("#filter", Input)

    def on_mount(self) -> None:
        self.filter.cursor_blink = False
        self.query_one("#nothing").display = False
        self.look_again()

    def look_again(self) -> None:
        self.ask("rows", self.reader(), self._show, failed=self._show_error)

    def _show(self, rows: list[R]) -> None:
        self.rows = rows
        self._list(keep=True)

    def _list(self, *, keep: bool = False) -> None:
        part = folded(self.filter.value.strip())
        self.listed = [row for row in self.rows if not part or part in self._words(row)]
        said = f" · {self.says()}" if self.says() else ""
        of = f" of {len(self.rows):,}" if part else ""
        self.query_one("#state", Static).update(
            Text.assemble((f"{len(self.listed):,}", "bold"), (f"{of}{shown(said, one_line=False)}", QUIET))
        )
        words = None if self.listed else "Nothing matches. esc clears the filter." if self.rows else self.nothing()
        self._swap(Text(words) if words else None)
        self.table.begin(self.listed, len(self.listed), keep=keep)
        self.refresh_bindings()

    def _words(self, row: R) -> str:
        return folded(" ".join(str(cell) for cell in self.cells(row)))

    def _show_error(self, error: CaseReviewError) -> None:
        self.query_one("#state", Static).update("")
        self._swap(Text(shown(str(error), one_line=False)))

    def _swap(self, instead: Text | None) -> None:
        words = self.query_one("#nothing", Nothing)
        words.update(instead or "")
        now, before = (self.table, words) if instead is None else (words, self.table)
        now.display = True
        if not self.loaded or self.focused in (None, before):
            self.set_focus(now)  # or the first key would go into the filter
        before.display = False
        self.loaded = True

    # ---- keys --------------------------------------------------------------------------------------------------
    def on_input_changed(self, message: Input.Changed) -> None:
        self._list()

    def on_input_submitted(self) -> None:
        self.table.focus()

    def on_key(self, event: object) -> None:
        if getattr(event, "key", "") == "down" and self.filter.has_focus:
            self.table.focus()

    def action_filter(self) -> None:
        self.filter.focus()

    def action_back(self) -> None:
        if self.filter.has_focus or self.filter.value:
            self.filter.value = ""
            self.table.focus()
        else:
            super().action_back()

    def on_row_chosen(self, message: RowChosen) -> None:
        self.action_open()

    def action_open(self) -> None:
        row = self.table.row()
        if row is not None:
            self.choose(row)

    def action_export(self) -> None:
        from tui.screens.export import ask_where

        listed = list(self.listed)
        ask_where(self, self.file_name, self.header, lambda at, count: listed[at : at + count], self.exported)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "new":
            return self.adds
        if action == "open":
            return bool(self.listed) and type(self).choose is not RowsPage.choose
        return True

    def offers(self) -> Iterator[Offer]:
        if self.adds:
            yield Offer("Add one", f"To: {self.heading}", self.action_new)
        if self.table.row() is not None and type(self).choose is not RowsPage.choose:
            yield Offer("Open the line under the cursor", "", self.action_open)
        yield Offer("Filter", "Any part of a line", self.action_filter)
        yield Offer("Export the list", "Everything that is listed, into a new CSV file", self.action_export)


def folded(text: str) -> str:
    """Words as they are compared: whatever the keyboard sends, small letters or large."""
    return unicodedata.normalize("NFC", text).casefold()
