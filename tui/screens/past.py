"""Looking at an earlier day: everything on the screens as it was known at its end, until one goes back to today."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from casereview.service.asof import PastDesk, desk_at
from casereview.service.desk import Desk
from tui.screens.asks import Answers, Ask, FieldFaults, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import day
from tui.screens.page import Page
from tui.screens.work import Progress, Work

STAYS = "Nothing is changed by it: what was read so far is let go."
SAYS = (
    "Every list, question and figure is then shown as it was known at the end of that day, as far as you may know of "
    "it today. Nothing can be written meanwhile. F8 goes back to today."
)


def ask_day(page: Page) -> None:
    """Asks for the day and reads the past; on a past day, goes back to today first."""
    house = page.house
    if isinstance(house.desk, PastDesk):
        house.go_to(None)
        return
    desk = house.desk
    asks = (Ask("day", "Which day?", "date", required=True),)

    def submit(answers: Answers, seen: int | None) -> Answers:
        given = typed(asks, answers, desk.today)
        if given["day"] >= desk.today:
            raise FieldFaults({"day": "A day before today."})
        return given

    form = FormScreen("Look at an earlier day", asks, submit, keep_word="Go there", says=SAYS)
    offer_form(page, form, lambda given: page.house.begin(_work(desk, given)))


def _work(desk: Desk, given: Answers) -> Work:
    def run(progress: Progress) -> Desk:
        return desk_at(desk, given["day"], progress)

    return Work(f"Reading how things stood on {day(given['day'])}", run, ArrivedScreen, STAYS)


class ArrivedScreen(ModalScreen[None]):
    """The past has been read: go there, or not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "Look around", id="past.go", tooltip="Show everything as it was known that day"),
        Binding("escape", "stay", "Stay today", id="past.stay", tooltip="Let it go and stay with today"),
    ]

    def __init__(self, past: PastDesk) -> None:
        super().__init__()
        self.past = past

    def compose(self) -> ComposeResult:
        with Vertical(classes="box", id="sheet"):
            yield Static(Text(f"{day(self.past.today)} has been read.\n", "bold"), markup=False)
            yield Static(SAYS, markup=False)
            yield Static("\nenter: look around as on that day · esc: stay with today", classes="quiet", markup=False)

    def action_go(self) -> None:
        from tui.screens.app import CaseReviewApp

        house = self.app
        assert isinstance(house, CaseReviewApp)
        self.dismiss(None)
        house.call_after_refresh(partial(house.go_to, self.past))

    def action_stay(self) -> None:
        self.past.close()
        self.dismiss(None)
