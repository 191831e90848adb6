"""How long after closing it is asked whether things lasted: settled on the screen for the whole authority."""

from __future__ import annotations

from casereview.errors import CaseReviewError
from casereview.service.quality_local import look_back_weeks, set_look_back_weeks
from tui.screens.asks import Answers, Ask, FieldFaults, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.page import Page


def ask_weeks(page: Page) -> None:
    desk = page.desk

    def form(now: tuple[int, int]) -> None:
        asks = (
            Ask("weeks", "How many weeks after closing is it asked?", required=True, start=str(now[0])),
            Ask("until", "Until how many weeks after?", required=True, start=str(now[1])),
        )

        def submit(answers: Answers, seen: int | None) -> tuple[int, int]:
            given = typed(asks, answers, desk.today)
            return set_look_back_weeks(desk, *(_whole(given, name) for name in ("weeks", "until")))

        says = "For everyone who uses this store: data officer, business manager, service manager, chair or manager."
        offer_form(page, FormScreen("Look back after closing", asks, submit, says=says), done)

    def done(kept: tuple[int, int]) -> None:
        opens, until = kept
        page.kept((f"Asked from {opens} to {until} weeks after closing.",))

    page.ask("weeks", lambda: look_back_weeks(desk), form)


def _whole(given: Answers, name: str) -> int:
    try:
        return int(str(given[name]))
    except (ValueError, CaseReviewError):
        raise FieldFaults({name: "A whole number of weeks is expected here."}) from None
