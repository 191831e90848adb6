"""A long piece of work as it goes on: how far it has come, what leaving it means, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from casereview.text import shown
from tui.screens.look import MET, MISSING, QUIET
from tui.screens.page import Page
from tui.screens.picking import ConfirmScreen
from tui.screens.work import Work

LOOK = 0.2  # seconds between two looks at how far it has come
BAR = 40  # columns


class WorkScreen(Page):
    heading = "At work"
    about = (
        "Something that may take a while. It goes on whatever else you look at: esc leaves it running, and the "
        "office (o, or F4) lists it. x stops it where that is safe; what that means for what was done so far is said "
        "below the line."
    )
    CSS_PATH = "office.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "stop", "Stop", id="work.stop", tooltip="Stop it where that is safe"),
        Binding("r", "again", "Again", id="work.again", tooltip="Back to the form, as it was filled in"),
    ]

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.work = work
        self._ready = False

    def body(self) -> ComposeResult:
        with VerticalScroll(id="work"):
            yield Static(id="how-far", markup=False)

    def on_mount(self) -> None:
        self._ready = True
        self.query_one("#work").focus()
        self.set_interval(LOOK, self.look)
        self.look()

    def on_screen_resume(self) -> None:
        self.look()

    def look(self) -> None:
        """Shows how far it has come; once it has ended well, what came of it."""
        if not self._ready:
            return  # it ended before it was shown
        self.say_where(self.work.label)
        if self.work.ended and self.work.result is not None:
            self.call_later(self._open)
            return
        self.query_one("#how-far", Static).update(how_far(self.work))
        self.refresh_bindings()

    def _open(self) -> None:
        if self.app.screen is self:
            self._ready = False
            self.work.seen = True
            self.app.switch_screen(self.work.report(self.work.result))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "stop":
            return not self.work.ended and not self.work.stopping
        if action == "again":
            return self.work.ended and self.work.again is not None
        return True

    def action_stop(self) -> None:
        def decided(yes: bool | None) -> None:
            if yes:
                self.work.stop()
                self.look()

        self.app.push_screen(ConfirmScreen(f"Stop: {self.work.label}?", self.work.stays), decided)

    def action_again(self) -> None:
        again = self.work.again
        self.house.works.remove(self.work)
        self.app.pop_screen()
        if again is not None:
            again()


def how_far(work: Work) -> Text:
    """The work in words, with a line that grows; or why it ended without a result."""
    text = Text().append(f"{shown(work.label)}\n\n", "bold")
    if work.error is not None:
        text.append(f"{shown(str(work.error), one_line=False)}\n", MISSING)
        return text.append("\nr goes back to the form, esc leaves." if work.again else "\nesc leaves.", QUIET)
    if work.stopped:
        return text.append(f"Stopped. {work.stays}\n").append("\nesc leaves.", QUIET)
    what, done, of = work.at
    filled = BAR * done // of if of else 0
    text.append("█" * filled, MET).append("░" * (BAR - filled), QUIET)
    text.append(f"  {100 * done // of} %" if of else "", "bold")
    says = "It stops at the next place where that is safe." if work.stopping else f"{what or 'beginning'}…"
    text.append(f"\n{shown(says)}\n")
    text.append(f"\nesc leaves it running; you will be told when it is done. {work.stays}", QUIET)
    return text
