"""Counting any length of time from any day, with every day that is left out and why."""

from __future__ import annotations

from rich.text import Text

from casereview.calendar import NATIONS, DateExplanation
from casereview.service.dates import explain_span
from casereview.service.registry import teams
from casereview.text import shown
from tui.screens.asks import Answers, Ask, FieldFaults, Pairs, pairs, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MISSING, QUIET, day
from tui.screens.page import Page
from tui.screens.sheet import TextScreen
from workflows.span import Span


def count_date(page: Page) -> None:
    desk = page.desk

    def read() -> tuple[Pairs, str]:
        with desk.reading() as work:
            nation = desk.known(work).info.nation
        return tuple((t.name, t.id) for t in teams(desk)), nation

    def ask(read: tuple[Pairs, str]) -> None:
        known, nation = read
        asks = (
            Ask("start", "From which day?", "date", required=True, start="today"),
            Ask("span", "How long?", required=True, start="45 working days", says="such as 10 working days, 6 months"),
            Ask("nation", "Whose bank holidays?", "choice", True, pairs(NATIONS), start=nation),
            Ask("team", "Whose days without work, besides everyone's?", "choice", options=known),
        )

        def submit(answers: Answers, seen: int | None) -> DateExplanation:
            given = typed(asks, answers, desk.today)
            try:
                span = Span.parse(given["span"])
            except ValueError as wrong:
                raise FieldFaults({"span": str(wrong)}) from None
            return explain_span(desk, given["start"], span, given["nation"], given.get("team"))

        form = FormScreen("Count a date", asks, submit, keep_word="Count")

        def tell(found: DateExplanation) -> None:
            page.app.push_screen(TextScreen(_told(found), wide=True))

        offer_form(page, form, tell)

    page.ask("calendar", read, ask)


def _told(found: DateExplanation) -> Text:
    text = Text().append(f"{found.amount} {found.unit} after {day(found.start)} is {day(found.date)}.\n", "bold")
    for skipped in found.skipped:
        text.append(f"  not counted: {day(skipped.date)}, {shown(skipped.why)}\n", QUIET)
    return text.append(f"{shown(found.warning)}\n", MISSING) if found.warning else text
