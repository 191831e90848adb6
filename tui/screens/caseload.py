"""The list of cases: a person's own or everyone's, with where each is and how its time looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.service.reading import cases
from casereview.views import BY_CONCERN, CaseQuery, CaseRow
from casereview.words import standing_word
from tui.screens.listing import Listing, ListPage
from tui.screens.look import QUIET, day, standing
from tui.screens.narrowing import said_of
from tui.screens.page import Offer
from tui.screens.picking import Choice, PickScreen
from tui.screens.table import Column

ORDERS = {
    "concern": "most concern first",
    "-opened": "newest first",
    "opened": "oldest first",
    "worker": "by worker",
    "stage": "by stage",
    "reference": "by reference",
}
HEADER = ("case", "title", "workflow", "stage", "opened", "closed", "worker", "team", "standing")


class CaseloadScreen(ListPage[CaseRow]):
    heading = "Cases"
    about = (
        "Your cases, or everyone's that you may know of: where each one is, who works on it, and how its time "
        "looks in words. Opening a case shows its next steps, its dates with the help and the quality of the work "
        "beside them, what the family was told, and everything recorded."
    )
    hint = "/ to filter: reference, title, worker, team or child"
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
        Binding("b", "order", "Order", id="cases.order", show=False, tooltip="In which order they are listed"),
        Binding("x", "closed", "Closed", id="cases.closed", show=False, tooltip="With closed cases, or only open ones"),
        Binding("n", "open_new", "New", id="cases.new", tooltip="Open a new case"),
        Binding("d", "child", "Child", id="cases.child", show=False,
                tooltip="Enter a child, so that a case can be about them"),
        Binding("f3", "app.go('overdue')", "Overdue", id="cases.overdue", tooltip="The overdue register"),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self.asked = CaseQuery(order="concern", open=True)
        self.mine = True

    def cells(self, row: CaseRow) -> Sequence[str | Text]:
        title = f"(restricted) {row.title}" if row.restricted else row.title
        return (
            row.case, title, row.stage_title, row.worker_name or "–", row.team_name or "–", day(row.opened),
            standing(row.standing),
        )  # fmt: skip

    def query_now(self, offset: int, limit: int) -> CaseQuery:
        worker = self.desk.person if self.mine else self.asked.worker
        return replace(self.asked, worker=worker, offset=offset, limit=limit)

    def reader(self, offset: int, limit: int) -> Callable[[], Listing[CaseRow]]:
        desk, query = self.desk, self.query_now(offset, limit)

        def read() -> Listing[CaseRow]:
            page = cases(desk, query)
            return Listing(page.rows, page.total)

        return read

    def reference(self, row: CaseRow) -> str:
        return row.case

    def state(self, total: int) -> Text:
        parts = ["your cases" if self.mine else "everyone's cases"]
        parts.append("open" if self.asked.open else "open and closed")
        if self.asked.team:
            parts.append(f"team {self.asked.team}")
        if self.asked.standings:
            parts.append(standing_word(self.asked.standings[0]).words)
        parts += said_of(self.asked)
        parts.append(ORDERS[self.asked.order])
        return Text.assemble((f" {total:,} ", "bold"), (" · ".join(parts), QUIET))

    def nothing(self) -> str:
        asked = self.asked
        if asked.text or asked.team or asked.standings or said_of(asked):
            return "Nothing matches.\n\nesc clears the words, c clears every filter, m looks among everyone's cases."
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
            "x   shows closed ones too\n\n"
            "o   opens the office: a file of cases is read in there\n\n"
            "An example to look around in is made with: casereview demo"
        )

    # ---- filters ---------------------------------------------------------------------------------------------
    def narrow(
        self, *, text: str | None = None, team: str | None = None, standings: tuple[str, ...] | None = None
    ) -> None:
        now = self.asked
        self.asked = replace(
            now,
            text=now.text if text is None else text,
            team=now.team if team is None else team,
            standings=now.standings if standings is None else standings,
        )

    def asked_now(self) -> CaseQuery:
        return self.asked

    def narrow_to(self, part: str, value: str) -> None:
        changed: dict[str, Any] = {part: value}
        self.asked = replace(self.asked, **changed)
        self.mine = self.mine and part != "worker"

    def standing_choices(self) -> list[Choice]:
        return [
            Choice("", "any standing"),
            *(Choice(s, standing(s), standing_word(s).means) for s in BY_CONCERN),
        ]

    def action_clear(self) -> None:
        self.asked, self.mine = CaseQuery(order="concern", open=True), True
        self.action_back()
        self.reload()

    def action_mine(self) -> None:
        self.mine = not self.mine
        self.reload()

    def action_closed(self) -> None:
        self.asked = replace(self.asked, open=None if self.asked.open else True)
        self.reload()

    def action_order(self) -> None:
        choices = [Choice(order, says) for order, says in ORDERS.items()]

        def chosen(order: str | None) -> None:
            if order is not None:
                self.asked = replace(self.asked, order=order)
                self.reload()

        self.app.push_screen(PickScreen("In which order?", choices, self.asked.order), chosen)

    # ---- acts ------------------------------------------------------------------------------------------------
    def action_export(self) -> None:
        from tui.screens.export import ask_where

        ask_where(self, "cases", HEADER, lambda o, n: self.reader(o, n)().rows, _exported)

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
        yield Offer("Order of the list", ORDERS[self.asked.order], self.action_order)
        yield Offer("Open a new case", "Choose a workflow", self.action_open_new)
        yield Offer("Enter a child", "So that a case can be about them", self.action_child)


def _exported(row: CaseRow) -> tuple[object, ...]:
    return (
        row.case, row.title, row.workflow, row.stage_title, row.opened, row.closed, row.worker_name, row.team_name,
        standing_word(row.standing).words,
    )  # fmt: skip
