"""What the lists have in common: a filter as you type, pages from the store, choices of team and standing, export."""

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
from casereview.text import shown
from casereview.views import CaseQuery, RegisterQuery
from tui.screens.messages import PageWanted, RowChosen
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.table import PAGE, Column, Group, PageTable

PAUSE = 0.12  # seconds without a key before the filter asks

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Listing(Generic[R]):
    """A page of a list, how many rows there are in all, and how many stand under each heading."""

    rows: Sequence[R]
    total: int
    groups: tuple[Group, ...] = ()


class Nothing(Static, can_focus=True):
    """Stands in place of an empty list and takes its keys."""


class ListPage(Page, Generic[R]):
    """A list of cases in some way. Subclasses say what to read and how a row looks."""

    columns: ClassVar[tuple[Column, ...]] = ()
    hint: ClassVar[str] = "Type to filter"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter", "Filter", id="list.filter", key_display="/",
                tooltip="Type part of a reference, title, worker, team or child; enter goes back to the list"),
        Binding("t", "team", "Team", id="list.team", tooltip="Only one team"),
        Binding("s", "standing", "Standing", id="list.standing", show=False, tooltip="Only one standing"),
        Binding("f", "only", "Only", id="list.only", show=False,
                tooltip="Only one workflow, kind, stage, worker or child"),
        Binding("c", "clear", "Clear", id="list.clear", show=False, tooltip="Every filter as it was at first"),
        Binding("o", "app.office", "Office", id="list.office",
                tooltip="People, teams, days without work, workflows, files in and out, the store"),
        Binding("e", "export", "Export", id="list.export", show=False,
                tooltip="Everything that is listed, into a new CSV file"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._pause: Timer | None = None
        self.loaded = False

    # ---- what subclasses give ----------------------------------------------------------------------------------
    def cells(self, row: R) -> Sequence[str | Text]:
        raise NotImplementedError

    def reader(self, offset: int, limit: int) -> Callable[[], Listing[R]]:
        """Reads one page of what is asked for now; runs in a thread."""
        raise NotImplementedError

    def state(self, total: int) -> Text:
        """What is listed, in words."""
        raise NotImplementedError

    def nothing(self) -> str:
        """What to do next, when the list is empty."""
        raise NotImplementedError

    def reference(self, row: R) -> str:
        raise NotImplementedError

    def narrow(
        self, *, text: str | None = None, team: str | None = None, standings: tuple[str, ...] | None = None
    ) -> None:
        """Changes what is asked for; None leaves a part as it is."""
        raise NotImplementedError

    def asked_now(self) -> CaseQuery | RegisterQuery:
        raise NotImplementedError

    def narrow_to(self, part: str, value: str) -> None:
        """Only what has this value in a part of `asked_now`; "" takes the limit away."""
        raise NotImplementedError

    def standing_choices(self) -> list[Choice]:
        raise NotImplementedError

    def action_clear(self) -> None:
        raise NotImplementedError

    def action_export(self) -> None:
        raise NotImplementedError

    # ---- on the screen -----------------------------------------------------------------------------------------
    def body(self) -> ComposeResult:
        yield Input(placeholder=self.hint, id="filter", compact=True)
        yield Static(id="state", markup=False)
        yield PageTable[R](self.columns, self.cells, id="rows")
        yield Nothing(id="nothing", markup=False)

    @property
    def table(self) -> PageTable[R]:
        return self.query_one("#rows", PageTable)

    def on_mount(self) -> None:
        self.query_one("#filter", Input).cursor_blink = False
        self.query_one("#nothing").display = False
        self.query_one("#state", Static).update("Reading…")
        self.table.focus()
        self.reload()

    def reload(self, *, keep: bool = False) -> None:
        """Asks anew, from the first page to where the cursor stands."""
        upto = (self.table.cursor // PAGE + 1) * PAGE if keep else PAGE
        if upto > 3 * PAGE:
            upto = PAGE  # a far place is read when it comes into view
        self.ask("rows", self.reader(0, upto), partial(self._show, keep=keep), failed=self._show_error)

    def look_again(self) -> None:
        self.reload(keep=True)

    def _show(self, listing: Listing[R], *, keep: bool) -> None:
        self.loaded = True
        empty = listing.total == 0
        self._swap(Text(self.nothing()) if empty else None)
        self.table.begin(listing.rows, listing.total, listing.groups, keep=keep)
        self.query_one("#state", Static).update(self.state(listing.total))

    def _show_error(self, error: CaseReviewError) -> None:
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
        offset = message.offset
        self.ask("rows", self.reader(offset, PAGE), lambda part: self.table.fill(offset, part.rows), again=False)

    def on_row_chosen(self, message: RowChosen) -> None:
        row = self.table.row(message.index)
        if row is not None:
            self.house.open_case(self.reference(row))

    # ---- filters -----------------------------------------------------------------------------------------------
    def action_filter(self) -> None:
        self.query_one("#filter", Input).focus()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Asks once the fingers rest: a question for every key would only make late answers."""
        if self._pause is not None:
            self._pause.stop()
        self.forget("rows")
        self._pause = self.set_timer(PAUSE, partial(self._filter, message.value))

    def _filter(self, text: str) -> None:
        self.narrow(text=text)
        self.reload()

    def on_input_submitted(self) -> None:
        self.table.focus()

    def on_key(self, event: object) -> None:
        """Down from the filter goes into the list; everything else is a key of the table or of this screen."""
        if getattr(event, "key", "") == "down" and self.query_one("#filter", Input).has_focus:
            self.table.focus()

    def action_back(self) -> None:
        field = self.query_one("#filter", Input)
        if field.has_focus or field.value:
            field.value = ""
            self.table.focus()
        else:
            super().action_back()

    def action_team(self) -> None:
        from casereview.service.registry import teams

        def choose(choices: list[Choice]) -> None:
            self.app.push_screen(PickScreen("Which team?", choices), self._team_chosen)

        desk = self.desk
        self.ask("teams", lambda: [Choice("", "every team"), *(Choice(t.id, t.name) for t in teams(desk))], choose)

    def _team_chosen(self, team: str | None) -> None:
        if team is not None:
            self.narrow(team=team)
            self.reload()

    def action_only(self) -> None:
        from tui.screens.narrowing import parts_of, values_of

        def chosen(part: str | None) -> None:
            if part is not None:
                desk, now = self.desk, str(getattr(self.asked_now(), part) or "")
                self.ask("only", partial(values_of, desk, part), partial(choose, part, now))

        def choose(part: str, now: str, choices: list[Choice]) -> None:
            def narrowed(value: str | None) -> None:
                if value is not None:
                    self.narrow_to(part, value)
                    self.reload()

            self.app.push_screen(PickScreen("Which one?", choices, now), narrowed)

        self.app.push_screen(PickScreen("Only what?", parts_of(self.asked_now())), chosen)

    def action_standing(self) -> None:
        self.app.push_screen(PickScreen("Which standing?", self.standing_choices()), self._standing_chosen)

    def _standing_chosen(self, standing: str | None) -> None:
        if standing is not None:
            self.narrow(standings=(standing,) if standing else ())
            self.reload()

    def case_in_hand(self) -> str:
        row = self.table.row()
        return self.reference(row) if row is not None else ""

    def offers(self) -> Iterator[Offer]:
        row = self.table.row()
        if row is not None:
            yield Offer("Open the case under the cursor", self.reference(row), self.table.action_choose)
            yield Offer("Export the list", "Everything that is listed, into a new CSV file", self.action_export)
        yield Offer("Filter", "Part of a reference, title, worker, team or child", self.action_filter)
        yield Offer("Only one team", "", self.action_team)
        yield Offer("Only one standing", "", self.action_standing)
        yield Offer("Only one workflow, stage, worker or child", "", self.action_only)
        yield Offer("Clear the filters", "", self.action_clear)
