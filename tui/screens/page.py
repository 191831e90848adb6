"""What every whole screen has: a line on top that says where you are, the keys at the foot, help and a way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, Static

from casereview.text import shown
from tui.screens.background import Asking
from tui.screens.look import QUIET, day

if TYPE_CHECKING:
    from casereview.service.desk import Desk
    from tui.screens.app import CaseReviewApp


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be done on this screen now, as the command palette lists it."""

    label: str
    says: str
    run: Callable[[], object]


class Page(Asking):
    """`heading` names the screen; `about` says what it is for (shown by help)."""

    heading: ClassVar[str] = ""
    _where: str | None = None  # what the line on top says instead of the heading
    about: ClassVar[str] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", id="page.back", show=False, tooltip="Back to where you came from"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._changes_seen = 0

    # ---- what subclasses give --------------------------------------------------------------------------------
    def body(self) -> ComposeResult:
        raise NotImplementedError

    def look_again(self) -> None:
        """Reads everything on show from the store again."""

    def case_in_hand(self) -> str:
        """The reference of the case on show or under the cursor, if there is one."""
        return ""

    def offers(self) -> Iterator[Offer]:
        """What can be done here now, beside what every screen offers."""
        yield from ()

    # ---- what they all share ----------------------------------------------------------------------------------
    @property
    def desk(self) -> Desk:
        return self.house.desk

    @property
    def house(self) -> CaseReviewApp:
        return cast("CaseReviewApp", self.app)

    def compose(self) -> ComposeResult:
        yield Static(id="bar", markup=False)
        yield from self.body()
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self._changes_seen = self.house.changes
        self.say_where()
        if not self.house.who:
            self.ask("who", lambda: _who(self.desk), self._told_who)

    def on_screen_resume(self) -> None:
        self.say_where()
        if self._changes_seen != self.house.changes:
            self._changes_seen = self.house.changes
            self.look_again()
        if not self.house.who:
            self.ask("who", lambda: _who(self.desk), self._told_who)

    def on_resize(self) -> None:
        self.say_where()

    def _told_who(self, who: str) -> None:
        self.house.who = who
        self.say_where()

    def say_where(self, where: str | None = None) -> None:
        """The line on top: this screen on the left; the person, the day and the store on the right.

        Once said, `where` stays: the line is drawn again when the window changes or the person is known.
        """
        self._where = where or self._where
        left = Text(" ")
        if len(self.app.screen_stack) > 1:
            left.append("esc ‹ ", QUIET)
        left.append(shown(self._where or self.heading), "bold")
        right = Text(f"{self.house.who} ", style=QUIET)
        room = self.app.size.width - left.cell_len - right.cell_len
        if room < 1:
            right, room = Text(), self.app.size.width - left.cell_len
        self.query_one("#bar", Static).update(Text.assemble(left, " " * max(room, 0), right))

    def action_back(self) -> None:
        if len(self.app.screen_stack) > 1:
            self.app.pop_screen()

    def kept(self, says: tuple[str, ...]) -> None:
        """After a write of this screen's own: tell the person, and show how things stand now."""
        self.house.written(says)
        self._changes_seen = self.house.changes
        self.look_again()


def _who(desk: Desk) -> str:
    with desk.reading() as work:
        name = desk.me(work).name
        practice = " · practice store" if work.info().practice else ""
    past = "as on " if hasattr(desk, "past_head") else ""
    back = " · F8: back to today" if past else practice
    return f"{shown(name, width=24)} · {past}{day(desk.today)}{back}"
