"""A page of paragraphs: read in a thread, wrapped to the window, scrolled by the page keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from casereview.errors import CaseReviewError
from casereview.method.lines import Look, Say, laid_out
from casereview.method.review import Review
from casereview.service.review import read_review
from casereview.text import shown
from tui.screens.look import MISSING, QUIET
from tui.screens.page import Page

WIDEST = 110
STYLES: dict[Look, str] = {
    "head": "bold #e8d9b0", "title": "bold", "label": "bold #9cc4dd", "text": "", "quiet": QUIET, "ask": MISSING,
}  # fmt: skip


def styled(lines: Iterable[tuple[str, Look]]) -> Text:
    """Lines that are wrapped and safe already, each in its look."""
    text = Text(no_wrap=True)
    for line, look in lines:
        text.append(f"{line}\n", STYLES[look])
    return text


class SaidPage(Page):
    """Subclasses say what stands there: `said`, or `lines` where it is not wrapped as one text."""

    CSS_PATH = "said.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown,space", "turn(1)", "Further", id="said.further", show=False, tooltip="A page further down"),
        Binding("pageup", "turn(-1)", "Back up", id="said.back", show=False, tooltip="A page back up"),
        Binding("home", "ends(0)", "Top", id="said.top", show=False, tooltip="To the top"),
        Binding("end", "ends(1)", "End", id="said.end", show=False, tooltip="To the end"),
    ]

    showing: ClassVar[tuple[str, ...]] = ()  # kinds of record shown in full though that is written down as a reading

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = ref
        self.review: Review | None = None

    # ---- what subclasses give ----------------------------------------------------------------------------------
    def read(self) -> Any:
        """What else is wanted beside the review; runs in a thread."""
        return None

    def found(self, also: Any) -> None:
        """What was read is here."""

    def said(self) -> Iterable[Say]:
        return ()

    def lines(self, width: int) -> Iterable[tuple[str, Look]]:
        return laid_out(self.said(), width)

    def above(self) -> Text:
        """One line over the page that stays while it is scrolled."""
        return Text()

    # ---- on the screen -----------------------------------------------------------------------------------------
    def body(self) -> ComposeResult:
        yield Static(id="said-above", markup=False)
        with VerticalScroll(id="said-box", can_focus=False):
            yield Static("Reading…", id="said", markup=False)

    def case_in_hand(self) -> str:
        return self.ref

    def on_mount(self) -> None:
        self.say_where(f"{self.heading} {self.ref}")
        self.look_again()

    def look_again(self) -> None:
        desk, ref, showing = self.desk, self.ref, self.showing

        def both() -> tuple[Review, Any]:
            return read_review(desk, ref, showing=showing).review, self.read()

        self.ask("said", both, self._show, failed=self._cannot)

    def _show(self, read: tuple[Review, Any]) -> None:
        self.review, also = read
        self.found(also)
        self.draw()

    def _cannot(self, error: CaseReviewError) -> None:
        self.review = None
        self.query_one("#said", Static).update(Text(shown(str(error), one_line=False), MISSING))

    def draw(self) -> None:
        if self.review is None:
            return
        above = self.above()
        head = self.query_one("#said-above", Static)
        head.display = bool(above.plain)
        head.update(above)
        width = min(max(self.app.size.width - 4, 30), WIDEST)
        self.query_one("#said", Static).update(styled(self.lines(width)))
        self.refresh_bindings()

    def on_resize(self) -> None:
        super().on_resize()
        self.draw()

    @property
    def box(self) -> VerticalScroll:
        return self.query_one("#said-box", VerticalScroll)

    def action_turn(self, by: int) -> None:
        self.box.scroll_relative(y=by * max(self.box.size.height - 2, 1), animate=False)

    def action_ends(self, which: int) -> None:
        if which:
            self.box.scroll_end(animate=False)
        else:
            self.box.scroll_home(animate=False)


