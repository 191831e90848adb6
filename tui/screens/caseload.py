"""The list of cases: a person's own or everyone's, with where each is and how its time looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.query import Query
from casereview.query.terms import SORTS
from casereview.service.reading import cases
from casereview.views import CaseRow
from casereview.words import standing_word
from tui.screens.listing import Listing, ListPage
from tui.screens.look import QUIET, data, day, standing
from tui.screens.page import Offer
from tui.screens.table import Column

HEADER = ("case", "title", "workflow", "stage", "opened", "closed", "worker", "team", "standing")


class CaseloadScreen(ListPage[CaseRow]):
    heading = "Cases"
    about = (
        "Your cases, or everyone's that you may know of: where each one is, who works on it, and how its time "
        "looks in words. Opening a case shows its next steps, its dates with the help and the quality of the work "
        "beside them, what the family was told, and everything recorded. The filter takes words and terms, such as "
        "stage:analysis team:north -mine; casereview queries lists them all."
    )
    of = "cases"
    columns = (
        Column("Case", 13),
        Column("Title", 14, grow=3),
        Column("Stage", 14, grow=1),
        Column("Worker", 12, grow=1),
        Column("Team", 12, grow=1, from_width=110),
        Column("Opened", 11, from_width=100),
        Column("Standing", 21),
    )
    CSS_PATH = "listing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "mine", "Mine/all", id="cases.mine", tooltip="Your own cases, or everyone's"),
        Binding("z", "closed", "Closed", id="cases.closed", show=False, tooltip="With closed cases, or only open ones"),
        Binding("space", "mark", "Mark", id="cases.mark", show=False, tooltip="Mark the row, as x does"),
        Binding("n", "open_new", "New", id="cases.new", tooltip="Open a new case"),
        Binding("d", "child", "Child", id="cases.child", show=False,
                tooltip="Enter a child, so that a case can be about them"),
        Binding("f3", "app.go('overdue')", "Overdue", id="cases.overdue", tooltip="The overdue register"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.reset()

    def reset(self) -> None:
        self.mine, self.open = True, True

    def base(self, typed: Query) -> str:
        """Yours, open, most concern first: unless what is typed says otherwise."""
        terms = [] if typed.has("sort") else ["sort:concern"]
        whose = typed.has("mine", "my-part", "worker", "no-worker", "my-teams")
        terms += ["my-part"] if self.mine and not whose else []
        terms += ["open"] if self.open and not typed.has("open", "closed") else []
        return " ".join(terms)

    def nothing_beside(self) -> None:
        self.mine = self.open = False

    def cells(self, row: CaseRow) -> Sequence[str | Text]:
        title = f"(restricted) {row.title}" if row.restricted else row.title
        return (
            row.case, title, row.stage_title, row.worker_name or "–", row.team_name or "–", day(row.opened),
            standing(row.standing),
        )  # fmt: skip

    def reader(self, query: Query, offset: int, limit: int) -> Callable[[], Listing[CaseRow]]:
        desk = self.desk

        def read() -> Listing[CaseRow]:
            from casereview.service.register import ask_cases

            page = cases(desk, ask_cases(desk, query, offset=offset, limit=limit))
            return Listing(page.rows, page.total)

        return read

    def reference(self, row: CaseRow) -> str:
        return row.case

    def state(self, total: int) -> Text:
        text = Text.assemble((f" {total:,} ", "bold"))
        if self.viewed:
            return text.append("view ", QUIET).append_text(data(self.viewed, QUIET))
        asked = self.asked
        parts = ["your cases" if asked.has("mine", "my-part") else "everyone's cases"]
        parts.append("open" if asked.has("open") else "open and closed")
        order = asked.value("sort")
        parts.append(SORTS[order.removeprefix("-")] + (", turned round" if order.startswith("-") else ""))
        return text.append(" · ".join(parts), QUIET)

    def nothing(self) -> str:
        if self.typed:
            return "Nothing matches.\n\nesc clears the filter, c every filter, m looks among everyone's cases."
        if self.mine:
            return (
                "You have no open cases.\n\n"
                "m   shows everyone's that you may know of\n"
                "n   opens a new one\n"
                "F3  goes to the overdue register"
            )
        return (
            "There are no open cases that you may know of.\n\n"
            "n   opens the first one\n"
            "z   shows closed ones too\n\n"
            "o   opens the office: a file of cases is read in there\n\n"
            "An example to look around in is made with: casereview demo"
        )

    # ---- filters ---------------------------------------------------------------------------------------------
    def action_mine(self) -> None:
        self.mine = not self.mine
        self.reload()

    def action_closed(self) -> None:
        self.open = not self.open
        self.reload()

    # ---- acts ------------------------------------------------------------------------------------------------
    def action_export(self) -> None:
        from tui.screens.export import ask_where

        ask_where(self, "cases", HEADER, lambda at, count: self.page_reader(at, count)().rows, _exported)

    def action_open_new(self) -> None:
        from tui.screens.beginning import open_new_case

        open_new_case(self)

    def action_child(self) -> None:
        from tui.screens.beginning import enter_child

        enter_child(self)

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        other = "Everyone's cases" if self.mine else "Only your own cases"
        yield Offer(other, "", self.action_mine)
        yield Offer("Open a new case", "Choose a workflow", self.action_open_new)
        yield Offer("Enter a child", "So that a case can be about them", self.action_child)


def _exported(row: CaseRow) -> tuple[object, ...]:
    return (
        row.case, row.title, row.workflow, row.stage_title, row.opened, row.closed, row.worker_name, row.team_name,
        standing_word(row.standing).words,
    )  # fmt: skip
