"""What came of a file that was read in: the counts, and every problem in a list that can be filtered and exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.screens.look import MISSING, QUIET
from tui.screens.page import Offer
from tui.screens.rows import RowsPage
from tui.screens.sheet import TextScreen
from tui.screens.table import Column


@dataclass(frozen=True, slots=True)
class Line:
    """One problem: where in the file, whom it is about, what is wrong and what was done about it."""

    line: int | None
    child: str
    says: str
    done: str
    refused: bool = False


class ReportScreen(RowsPage[Line]):
    heading = "What came of it"
    about = (
        "The counts of everything that was read, and every problem with its line in the file. / filters, e writes "
        "what is listed into a CSV file for whoever keeps the records it came from. Enter shows one in full. After a "
        "trial, i reads the same file in."
    )
    columns = (
        Column("Line", 8, right=True),
        Column("About", 10),
        Column("What is wrong", 24, grow=4),
        Column("What was done", 16, grow=2, from_width=90),
    )
    header = ("line", "about", "what is wrong", "what was done", "left out")
    file_name = "problems"
    CSS_PATH: ClassVar[list[str]] = ["listing.tcss", "office.tcss"]  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "land", "Read it in", id="report.land", tooltip="Read the file in that was only tried"),
    ]

    def __init__(self, told: Text, lines: Sequence[Line], then: Callable[[ReportScreen], None] | None = None) -> None:
        """then: what reads the file in for good, after a trial."""
        super().__init__()
        self._told, self._lines, self._then = told, list(lines), then

    def body(self) -> ComposeResult:
        with VerticalScroll(id="report", can_focus=False):
            yield Static(self._told, markup=False)
        yield from super().body()

    def reader(self) -> Callable[[], list[Line]]:
        lines = self._lines
        return lambda: lines

    def cells(self, row: Line) -> Sequence[str | Text]:
        says = Text(f"✗ {row.says}", MISSING) if row.refused else row.says
        return "" if row.line is None else f"{row.line:,}", row.child, says, row.done

    def exported(self, row: Line) -> Sequence[object]:
        return row.line, row.child, row.says, row.done, "yes" if row.refused else "no"

    def says(self) -> str:
        return "problems; ✗ was left out · enter shows one in full"

    def nothing(self) -> str:
        return "No problem was found."

    def choose(self, row: Line) -> None:
        text = Text().append(f"Line {row.line:,}\n" if row.line is not None else "", "bold")
        text.append(f"{row.child}\n" if row.child else "", QUIET)
        text.append(f"{row.says}\n").append(row.done, QUIET)
        self.app.push_screen(TextScreen(text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "land":
            return self._then is not None
        return super().check_action(action, parameters)

    def action_land(self) -> None:
        if self._then is not None:
            self._then(self)

    def offers(self) -> Iterator[Offer]:
        if self._then is not None:
            yield Offer("Read it in", "The file that was only tried", self.action_land)
        yield from super().offers()
