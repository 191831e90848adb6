"""A list of one review's records: read as a whole, each line added to or corrected by the form of its kind."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from textual.binding import Binding, BindingType

from casereview.service.reading import CaseView, show
from casereview.service.review import record_of
from casereview.views import RecordRow
from tui.screens.page import Page
from tui.screens.recording import add_record, correct_record
from tui.screens.rows import RowsPage

R = TypeVar("R")


class ReviewRows(RowsPage[R]):
    """Subclasses say which record a line stands for; `c` corrects it, enter opens it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "correct", "Correct", id="review.correct",
                tooltip="The form of the record under the cursor; what was first written stays readable"),
    ]  # fmt: skip

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = ref

    def record(self, row: R) -> int | None:
        """The number of the record a line stands for; None where it is none."""
        return None

    def case_in_hand(self) -> str:
        return self.ref

    def on_mount(self) -> None:
        super().on_mount()
        self.say_where(f"{self.heading} {self.ref}")

    def action_correct(self) -> None:
        row = self.table.row()
        number = self.record(row) if row is not None else None
        if number is not None:
            correct_in(self, self.ref, number)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "correct":
            row = self.table.row() if self.loaded else None
            return row is not None and self.record(row) is not None
        return super().check_action(action, parameters)


def add_in(page: Page, ref: str, kind: str, start: dict[str, Any] | None = None) -> None:
    """The form of a kind of record, with some fields filled in already; then the page reads itself again."""

    def form(view: CaseView) -> None:
        if kind in view.definition.records:
            add_record(page, view, view.definition.records[kind], start)
        else:
            page.app.notify(f"The workflow of this review has no record of that kind ({kind}).", markup=False)

    page.ask("act", lambda: show(page.desk, ref), form)


def correct_in(page: Page, ref: str, number: int) -> None:
    """The same form with what stands there now; only what differs is kept, with the reason."""
    desk = page.desk

    def read() -> tuple[CaseView, RecordRow]:
        return show(desk, ref), record_of(desk, ref, number)

    page.ask("act", read, lambda found: correct_record(page, *found))
