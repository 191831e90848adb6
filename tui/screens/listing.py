"""What the lists have in common: asked in the words of the query language, pages from the store, marks, export."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Generic, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input, Static

from casereview.errors import CaseReviewError
from casereview.query import Query, QueryFault
from casereview.text import shown
from tui.screens.asked_page import AskedPage
from tui.screens.look import MISSING, QUIET
from tui.screens.messages import PageWanted, RowChosen
from tui.screens.page import Offer
from tui.screens.table import PAGE, Column, Group, PageTable

PAUSE = 0.12  # seconds without a key before the filter asks
FOLLOWED = 20 * PAGE  # so far down the cursor follows a row that moved

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Listing(Generic[R]):
    """A page of a list, how many rows there are in all, and how many stand under each heading."""

    rows: Sequence[R]
    total: int
    groups: tuple[Group, ...] = ()


class Nothing(Static, can_focus=True):
    """Stands in place of an empty list and takes its keys."""


class ListPage(AskedPage, Generic[R]):
    """A list of cases in some way. Subclasses say what to read and how a row looks."""

    columns: ClassVar[tuple[Column, ...]] = ()
    hint: ClassVar[str] = "/ to filter: words, or terms such as team:north beyond>10 mine"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="list.filter", key_display="/",
                tooltip="Words or terms, such as team:north beyond>10 -mine; enter goes back to the list"),
        Binding("o", "app.office", "Office", id="list.office",
                tooltip="People, teams, days without work, workflows, files in and out, the store"),
        Binding("e", "export", "Export", id="list.export", show=False,
                tooltip="Everything that is listed, into a new CSV file"),
        Binding("backspace", "place", "Back to where I was", id="list.place", show=False,
                tooltip="After a row moved on in the list and the cursor with it: back to where it stood before"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._pause: Timer | None = None
        self.loaded = False
        self._place: int | None = None  # where the cursor stood, once it has gone with its row

    # ---- what subclasses give ----------------------------------------------------------------------------------
    def cells(self, row: R) -> Sequence[str | Text]:
        raise NotImplementedError

    def reader(self, query: Query, offset: int, limit: int) -> Callable[[], Listing[R]]:
        """Reads one page of what a query asks; runs in a thread."""
        raise NotImplementedError

    def identity(self, row: R) -> object:
        """What makes a row the same one after it was read again; the case, where it stands once only."""
        return self.reference(row)

    def state(self, total: int) -> Text:
        """What is listed, in words."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What to do next, when the list is empty."""
        raise NotImplementedError

    def reference(self, row: R) -> str:
        raise NotImplementedError

    def action_export(self) -> None:
        raise NotImplementedError

    def page_reader(self, offset: int, limit: int) -> Callable[[], Listing[R]]:
        """Reads another page of what was asked last."""
        return self.reader(self.asked, offset, limit)

    # ---- on the screen -----------------------------------------------------------------------------------------
    def body(self) -> ComposeResult:
        yield Input(placeholder=self.hint, id="filter", compact=True, select_on_focus=False)
        yield Static(id="fault", markup=False)
        yield Static(id="state", markup=False)
        yield PageTable[R](self.columns, self.cells, id="rows", is_marked=self._is_marked)
        yield Nothing(id="nothing", markup=False)

    @property
    def table(self) -> PageTable[R]:
        return self.query_one("#rows", PageTable)

    def on_mount(self) -> None:
        self.query_one("#filter", Input).cursor_blink = False
        self.query_one("#nothing").display = False
        self.query_one("#fault").display = False
        self.query_one("#state", Static).update("Reading…")
        self.table.focus()
        self.reload()

    def reload(self, *, keep: bool = False) -> None:
        """Asks anew, from the first page to where the cursor stands."""
        upto = (self.table.cursor // PAGE + 1) * PAGE if keep else PAGE
        if upto > 3 * PAGE:
            upto = PAGE  # a far place is read when it comes into view
        if not keep:
            self._place = None
        try:
            self.asked = self.wanted()
            read = self.reader(self.asked, 0, upto)
        except QueryFault as fault:
            self.forget("rows")
            self._show_fault(fault)
            return
        self.ask("rows", read, partial(self._show, keep=keep), failed=self._show_error)

    def look_again(self) -> None:
        self.reload(keep=True)

    def _show(self, listing: Listing[R], *, keep: bool) -> None:
        self.loaded = True
        self.query_one("#fault").display = False
        self._swap(None if listing.total else Text(self.nothing()))
        before = self.table.row() if keep else None
        self.table.begin(listing.rows, listing.total, listing.groups, keep=keep)
        if before is not None:
            self._follow(before, listing.rows)
        self._say_state()

    def _follow(self, before: R, rows: Sequence[R]) -> None:
        """The cursor goes where its row went: what is recorded next must not land on another case."""
        at = self._at(before, rows)
        if at is not None:
            self._go_with(at)
        else:  # it went further down than what was read
            upto = min(self.table.total, FOLLOWED)
            parts = [(offset, self.page_reader(offset, PAGE)) for offset in range(len(rows), upto, PAGE)]

            def look() -> int | None:  # in a thread
                places = ((offset, self._at(before, read().rows)) for offset, read in parts)
                return next((offset + at for offset, at in places if at is not None), None)

            self.ask("follow", look, self._go_with)

    def _at(self, row: R, rows: Sequence[R]) -> int | None:
        same = self.identity(row)
        return next((at for at, one in enumerate(rows) if self.identity(one) == same), None)

    def _go_with(self, at: int | None) -> None:
        if at is not None and at != self.table.cursor:
            self._place, self.table.cursor = self.table.cursor, at
            self._say_state()

    def action_place(self) -> None:
        """On with the list, where the row stood before it moved."""
        if self._place is not None:
            self.table.cursor, self._place = self._place, None
            self._say_state()

    def _say_state(self) -> None:
        said = self.state(self.table.total)
        if self._place is not None:
            said = Text(" The row moved, the cursor with it; backspace: back to where it stood ·", MISSING) + said
        if self.marked:
            said = Text(f" {len(self.marked)} marked: i hands over, k marks seen ·", MISSING).append_text(said)
        self.query_one("#state", Static).update(said)

    def _show_fault(self, fault: QueryFault) -> None:
        """Under the filter, with the place; the list stays as it was."""
        line, caret = fault.pointed
        text = Text.assemble((f" {line}\n", QUIET), (f" {caret} ", MISSING), (shown(fault.says), MISSING))
        if fault.remedy:
            text.append(f"\n {shown(fault.remedy)}", QUIET)
        static = self.query_one("#fault", Static)
        static.update(text)
        static.display = True

    def _show_error(self, error: CaseReviewError) -> None:
        if isinstance(error, QueryFault):
            self._show_fault(error)
        else:
            self._swap(Text(f"This could not be read: {shown(str(error))}\n\nF5 tries again."))

    def _swap(self, instead: Text | None) -> None:
        """The table, or words in its place; whichever is on show keeps the keys."""
        words = self.query_one("#nothing", Nothing)
        shown_now, hidden = (self.table, words) if instead is None else (words, self.table)
        words.update(instead or "")
        shown_now.display = True
        if self.focused in (None, hidden):
            self.set_focus(shown_now)
        hidden.display = False

    def on_page_wanted(self, message: PageWanted) -> None:
        at = message.offset
        self.ask("rows", self.page_reader(at, PAGE), lambda part: self.table.fill(at, part.rows), again=False)

    def on_row_chosen(self, message: RowChosen) -> None:
        if (row := self.table.row(message.index)) is not None:
            self.house.open_case(self.reference(row))

    # ---- the filter --------------------------------------------------------------------------------------------
    def action_filter(self) -> None:
        """Into the filter, ready for one more term."""
        field = self.query_one("#filter", Input)
        if field.value and not field.value.endswith(" "):
            with field.prevent(Input.Changed):
                field.value += " "
        field.cursor_position = len(field.value)
        field.focus()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Asks once the fingers rest: a question for every key would only make late answers."""
        if self._pause is not None:
            self._pause.stop()
        self.forget("rows")
        self._pause = self.set_timer(PAUSE, partial(self._filter, message.value))

    def _filter(self, text: str) -> None:
        self.typed, self.viewed = text, ""
        self.reload()

    def on_input_submitted(self) -> None:
        self.table.focus()

    def on_key(self, event: object) -> None:
        """Down from the filter goes into the list; everything else is a key of the table or of this screen."""
        if getattr(event, "key", "") == "down" and self.query_one("#filter", Input).has_focus:
            self.table.focus()

    def put(self, text: str, view: str = "") -> None:
        if self._pause is not None:
            self._pause.stop()  # or what was typed before would be asked afterwards
        super().put(text, view)

    def action_clear(self) -> None:
        self.table.focus()
        super().action_clear()

    def action_back(self) -> None:
        field = self.query_one("#filter", Input)
        if field.has_focus or field.value:
            self.table.focus()
            self.put("")
        else:
            super().action_back()

    # ---- marks -------------------------------------------------------------------------------------------------
    def _is_marked(self, row: R) -> bool:
        return self.reference(row) in self.marked

    def action_mark(self) -> None:
        row = self.table.row()
        if row is None:
            return
        ref = self.reference(row)
        if ref in self.marked:
            del self.marked[ref]
        else:
            self.marked[ref] = None
        self.table.refresh()
        self._say_state()

    def case_in_hand(self) -> str:
        row = self.table.row()
        return self.reference(row) if row is not None else ""

    def offers(self) -> Iterator[Offer]:
        row = self.table.row()
        if row is not None:
            ref = self.reference(row)
            several = f"{len(self.marked)} marked" if self.marked else ref
            yield Offer("Open the case under the cursor", ref, self.table.action_choose)
            yield Offer("Mark the row", ref, self.action_mark)
            yield Offer("Hand over to another worker", several, self.action_hand_over)
            yield Offer("Note that you looked", several, self.action_mark_seen)
            yield Offer("Export the list", "Everything that is listed, into a new CSV file", self.action_export)
        yield Offer("Filter", "Words, or terms such as team:north beyond>10 mine", self.action_filter)
        yield Offer("Words the filter takes", "Every term, with what it means", self.action_words)
        yield Offer("Saved views", "Choose one, save what is listed now, take one off", self.action_views)
        yield Offer("Only one team", "", self.action_team)
        yield Offer("Only one standing", "", self.action_standing)
        yield Offer("Only one workflow, stage, worker, child or reason", "", self.action_only)
        yield Offer("Order of the list", "", self.action_order)
        yield Offer("Clear the filters", "", self.action_clear)
