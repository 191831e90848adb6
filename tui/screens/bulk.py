"""One thing done to many cases on the screen: what would happen to each, then what did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets import Static

from casereview.service.bulk import Make, Row, carry_out, handing_over, marking_seen, preview
from casereview.service.registry import people
from tui.screens.asks import Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MET, MISSING, QUIET
from tui.screens.rows import RowsPage
from tui.screens.table import Column

if TYPE_CHECKING:
    from tui.screens.asked_page import AskedPage

Plan = tuple[Make, str]  # what is done to each case, and in words


def hand_over(page: AskedPage, refs: list[str]) -> None:
    """Asks to whom and with what note, then shows what would happen."""
    if not refs:
        return
    desk = page.desk

    def ask(known: list[tuple[str, str]]) -> None:
        asks = (
            Ask("worker", "To whom?", "choice", True, tuple(known)),
            Ask("note", "What is said with it?", "long", True, says="each case keeps it; no case is justified by it"),
        )

        def submit(answers: Answers, seen: int | None) -> Plan:
            given = typed(asks, answers, desk.today)
            name = next(label for label, key in known if key == given["worker"])
            return handing_over(given["worker"], given["note"]), f"handed over to {name}"

        form = FormScreen(f"Hand over {_cases(refs)}", asks, submit, keep_word="Show what would happen")
        offer_form(page, form, partial(_look_first, page, "Hand over", refs))

    page.ask("known", lambda: [(p.name, p.id) for p in people(desk) if not p.left], ask)


def mark_seen(page: AskedPage, refs: list[str]) -> None:
    if not refs:
        return
    desk = page.desk
    asks = (Ask("note", "A note", "long", says="it answers nothing, justifies nothing and hides nothing"),)

    def submit(answers: Answers, seen: int | None) -> Plan:
        return marking_seen(typed(asks, answers, desk.today).get("note", "")), "looked at today"

    form = FormScreen(f"You looked at {_cases(refs)}", asks, submit, keep_word="Show what would happen")
    offer_form(page, form, partial(_look_first, page, "Looked at", refs))


def _cases(refs: Sequence[str]) -> str:
    return refs[0] if len(refs) == 1 else f"{len(refs)} cases"


def _look_first(page: AskedPage, heading: str, refs: list[str], plan: Plan) -> None:
    page.app.push_screen(BulkScreen(page, heading, refs, *plan))


class BulkScreen(RowsPage[Row]):
    """First what would happen to each case; after `y`, what came of each."""

    heading = "Many at once"
    about = (
        "Each line says what would happen to a case, or why it is refused; y does it. Every case is done by itself: "
        "what is refused on one stops no other. Afterwards each line says what came of it, and e exports that. "
        "Justifying is never done to many at once: a reason is about one child."
    )
    columns = (Column("Case", 14), Column("Title", 16, grow=2), Column("", 9), Column("What", 24, grow=3))
    header = ("case", "title", "result", "what")
    file_name = "result"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "carry_out", "Do it", id="bulk.do", tooltip="Do it, case by case"),
    ]

    def __init__(self, page: AskedPage, heading: str, refs: Sequence[str], make: Make, words: str) -> None:
        super().__init__()
        self._page, self._refs, self._make, self._would = page, refs, make, words
        self._where = f"{heading}: {_cases(refs)}"
        self.done: list[Row] | None = None

    def reader(self) -> Callable[[], list[Row]]:
        if self.done is not None:
            return partial(list, self.done)
        return partial(preview, self.desk, self._refs, self._make, self._would)

    def cells(self, row: Row) -> Sequence[str | Text]:
        sign = Text("✗ refused", MISSING) if row.refused else Text("✓", MET if self.done is not None else QUIET)
        return row.case, row.title, sign, row.says

    def says(self) -> str:
        refused = sum(row.refused for row in self.rows)
        left = f"{len(self.rows) - refused} of {len(self.rows)}"
        return f"{left} done; esc goes back" if self.done is not None else f"{left} would be done; y does it"

    def action_carry_out(self) -> None:
        if self.done is not None or not self.loaded or all(row.refused for row in self.rows):
            return
        desk, planned, make = self.desk, list(self.rows), self._make
        self.done = []  # asked once
        self.query_one("#state", Static).update(Text(f" At it: {len(planned)} cases, one by one…", QUIET))
        self.act(lambda: list(carry_out(desk, planned, make)), self._told)

    def _told(self, done: list[Row]) -> None:
        self.done = done
        refused = sum(row.refused for row in done)
        said = f"{len(done) - refused} of {len(done)} done" + (f", {refused} refused" if refused else "")
        self._page.marked.clear()
        self.kept((said,))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "carry_out":
            return self.done is None
        return super().check_action(action, parameters)

    def choose(self, row: Row) -> None:
        self.house.open_case(row.case)
