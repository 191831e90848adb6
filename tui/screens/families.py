"""Families owed news, across cases: broken promises, who was not told, and the telling one key away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.commands import Command
from casereview.oversight.family_words import owed_lines
from casereview.service.families import FamilyRow, families
from casereview.service.reading import CaseView, show
from tui.screens.acts import act_named
from tui.screens.asks import Answers, Ask, Known, typed
from tui.screens.doing import fill
from tui.screens.look import MISSING, QUIET, days, short
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.rows import RowsPage
from tui.screens.table import Column

LISTS = {
    "broken": "promises of news whose day has passed",
    "owed": "news promised and not yet given",
    "not-told": "people who must be told and have not been",
    "all": "everyone on a list",
}
NOTHING = {
    "broken": "No promise of news is broken.",
    "owed": "No news is promised and still to be given.",
    "not-told": "Everyone who must be told has been told, or is lawfully excepted.",
    "all": "Nobody is on a list yet.",
}


def show_families(page: Page) -> None:
    page.app.push_screen(FamiliesScreen())


class FamiliesScreen(RowsPage[FamilyRow]):
    heading = "Families"
    about = (
        "Who is owed news in the open cases you may know of: a promise whose day has passed, a changed date nobody has "
        "told them of, or nothing told at all. A family that hears nothing fills the silence. Enter opens the ledger "
        "of the case; t records what they were told. Somebody lawfully excepted is owed nothing until that ends."
    )
    columns = (
        Column("Case", 13),
        Column("Who", 12, grow=1),
        Column("What is owed", 20, grow=4),
        Column("Waits", 15),
        Column("Last told", 9),
        Column("Worker", 12, grow=1, from_width=100),
    )
    header = (
        "case", "title", "team", "worker", "who", "relation", "language", "advocate", "must be told", "last told",
        "promised by", "promises", "kept late or not at all", "not told", "not told since", "working days",
        "lawfully not told", "until", "decided by", "beside",
    )  # fmt: skip
    file_name = "families"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "tell", "Tell", id="families.tell", tooltip="Record what the person under the cursor was told"),
        Binding("w", "which", "Which", id="families.which", tooltip="Promises broken, news owed, not told, or all"),
        Binding("x", "closed", "Closed", id="families.closed", show=False,
                tooltip="In closed cases too: a promise does not end with the case"),
        Binding("m", "team", "Team", id="families.team", tooltip="Only one team"),
    ]

    def __init__(self, which: str = "broken") -> None:
        super().__init__()
        self.which, self.team, self.closed = which, "", False
        self.looked_at, self.broken = 0, 0

    def reader(self) -> Callable[[], list[FamilyRow]]:
        desk, which, team, closed = self.desk, self.which, self.team, self.closed

        def read() -> list[FamilyRow]:
            found = families(desk, which, team=team, closed=closed)
            self.looked_at, self.broken = found.cases, found.broken
            return list(found.rows)

        return read

    def cells(self, row: FamilyRow) -> Sequence[str | Text]:
        today = self.desk.today
        excepted = f"lawfully not told: {row.exception}" if row.exception else "–"
        owed = "; ".join(owed_lines(row.owed, today)) or excepted
        if row.owed.broken:  # the day first: what is cut off on a narrow screen is the least of it
            owed = f"{short(row.owed.promised_on, today)}: {owed}"
        return (
            row.case,
            row.label,
            Text(owed, MISSING if row.days else QUIET if owed == "–" else ""),
            days(row.days) if row.days else "–",
            short(row.told_on, today),
            row.worker or "–",
        )

    def exported(self, row: FamilyRow) -> Sequence[object]:
        owed = row.owed
        return (
            row.case, row.title, row.team, row.worker, row.label, row.relation, row.language, row.advocate,
            row.must_be_told, row.told_on, owed.promised_on, owed.made, owed.broken_times, owed.untold,
            owed.untold_since, row.days, row.exception, row.exception_until, row.exception_by, row.beside,
        )  # fmt: skip

    def says(self) -> str:
        team = (f" · team {self.team}" if self.team else "") + (" · with closed cases" if self.closed else "")
        broken = f" · {self.broken} promises to them kept late or not at all so far" if self.broken else ""
        return f"{LISTS[self.which]} · {self.looked_at:,} cases looked at{team}{broken}"

    def nothing(self) -> str:
        return f"{NOTHING[self.which]}\n\nWhether a family feels informed is for them to say.\n\nw  another list"

    def case_in_hand(self) -> str:
        row = self.table.row()
        return row.case if row is not None else ""

    # ---- acting ------------------------------------------------------------------------------------------------
    def choose(self, row: FamilyRow) -> None:
        from tui.screens.ledger import LedgerScreen

        self.app.push_screen(LedgerScreen(row.case))

    def action_tell(self) -> None:
        row = self.table.row()
        if row is not None:
            desk, ref = self.desk, row.case
            self.ask("act", lambda: show(desk, ref), lambda view: tell_some(self, view, (row.person,)))

    def action_which(self) -> None:
        choices = [Choice(name, label) for name, label in LISTS.items()]
        self.app.push_screen(PickScreen("Which list?", choices, self.which), self._narrow)

    def _narrow(self, which: str | None) -> None:
        if which is not None:
            self.which = which
            self.look_again()

    def action_closed(self) -> None:
        self.closed = not self.closed
        self.look_again()

    def action_team(self) -> None:
        from casereview.service.registry import teams

        desk = self.desk

        def choose(choices: list[Choice]) -> None:
            self.app.push_screen(PickScreen("Which team?", choices, self.team), self._narrow_team)

        every = Choice("", "every case you may know of")
        self.ask("teams", lambda: [every, *(Choice(t.id, t.name) for t in teams(desk))], choose)

    def _narrow_team(self, team: str | None) -> None:
        if team is not None:
            self.team = team
            self.look_again()

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        if self.table.row() is not None:
            yield Offer("Tell the person under the cursor", "", self.action_tell)
        yield Offer("Another list", "Broken promises, news owed, not told, or everyone", self.action_which)
        yield Offer("Only one team", "", self.action_team)
        yield Offer("With closed cases, or without", "A promise does not end with the case", self.action_closed)


def tell_some(page: Page, view: CaseView, people: Sequence[str]) -> None:
    """The act of telling, with these people ticked already."""
    act = act_named("tell")
    there = [person for person in people if person in view.case.roster]
    if act.pick is None:
        return

    def chosen(kind: str | None) -> None:
        if kind is not None:
            asked = act.asks(view, Known(), kind)
            asks = tuple(replace(ask, start=there) if ask.name == "people" else ask for ask in asked)
            fill(page, view, act.label, asks, partial(_telling, kind, asks, page.desk.today), says=act.says)

    page.app.push_screen(PickScreen(f"{act.pick.title}  {view.case.ref}", act.pick.choices(view, Known())), chosen)


def _telling(kind: str, asks: tuple[Ask, ...], today: date, answers: Answers) -> Command:
    return act_named("tell").build(kind, typed(asks, answers, today))
