"""The full-screen terminal: which screens there are, how one gets from one to another, and what all share."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import ScreenResume
from textual.screen import Screen
from textual.widgets import Static

from tui.screens.in_turn import KeysInTurn
from tui.screens.look import THEME

if TYPE_CHECKING:
    from casereview.service.asof import PastDesk
    from casereview.service.desk import Desk
    from tui.screens.messages import WorkEnded
    from tui.screens.work import Work


def _offers() -> type[Provider]:
    from tui.screens.palette import Offers

    return Offers


def _tidy() -> None:
    """What has been imported by now stays: the collector, off until here in a run of its own, need not look at it."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


class CaseReviewApp(KeysInTurn):
    """Two lists to begin from, the cases and the overdue register; everything else opens on top of them."""

    CSS_PATH = "app.tcss"
    TITLE = "casereview"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_offers}
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "help", "Help", id="app.help", key_display="?",
                tooltip="What this screen is for, its keys, and what the signs mean"),
        Binding("f2", "go('cases')", "Cases", id="app.cases", show=False, tooltip="The list of cases"),
        Binding("f3", "go('overdue')", "Overdue", id="app.overdue", show=False, tooltip="The overdue register"),
        Binding("f4", "office", "Office", id="app.office", show=False,
                tooltip="People, teams, days without work, workflows, files in and out, the store"),
        Binding("f5", "look_again", "Look again", id="app.reload", show=False, tooltip="Read it again from the store"),
        Binding("f6", "go('today')", "Today", id="app.today", show=False, tooltip="Questions that wait for you"),
        Binding("f7", "oversight", "Oversight", id="app.oversight", show=False,
                tooltip="Families, blockages, help and quality, figures, reports"),
        Binding("f8", "earlier_day", "Earlier day", id="app.past", show=False,
                tooltip="Everything as it was known at the end of an earlier day; from there, back to today"),
        Binding("f9", "learning", "Learning", id="app.learning", show=False,
                tooltip="Across reviews: patterns, what other boards found, recommendations, reviewers"),
        Binding("ctrl+q", "quit", "Leave", id="app.quit", show=False, priority=True,
                tooltip="Leave casereview; everything recorded is kept"),
    ]  # fmt: skip

    desk: Desk  # from the moment the store is open
    today_desk: Desk

    def __init__(
        self, desk: Desk | Callable[[], Desk], first: str | None = None, own_workflows: Path | None = None
    ) -> None:
        """desk: or what opens the store, which then is done while the first words are on the screen already."""
        super().__init__()
        self.register_theme(THEME)
        self.theme = THEME.name  # before anything is drawn, so that the style sheets are read once
        self.animation_level = "none"  # calm, and as quick on a slow line as on a fast one
        self._opening: Callable[[], Desk] | None = None
        if callable(desk):
            self._opening = desk
        else:
            self.desk = self.today_desk = desk
        self.problem: Exception | None = None  # why the store could not be opened
        self.first = first
        self.own_workflows = own_workflows  # the folder of the board's own
        self.works: list[Work] = []  # long pieces of work, going on or ended and not yet looked at
        self.who = ""  # the person and the store, once read
        self.changes = 0  # how often something was written: a list that comes back into view looks again
        self.add_mode("cases", self._cases)
        self.add_mode("overdue", self._overdue)
        self.add_mode("today", self._today)

    def _cases(self) -> Screen[object]:
        from tui.screens.caseload import CaseloadScreen

        return CaseloadScreen()

    def _overdue(self) -> Screen[object]:
        from tui.screens.register import RegisterScreen

        return RegisterScreen()

    def _today(self) -> Screen[object]:
        from tui.screens.morning import MorningScreen

        return MorningScreen()

    def compose(self) -> ComposeResult:
        """What stands there until the first list does."""
        words = "casereview\n\nReading from the store who you are and what is yours…"
        yield Static(words, id="beginning", markup=False)

    def on_mount(self) -> None:
        if self._opening is None and self.first:
            self._begin_as_asked()
        else:  # once the first words are painted: what is imported and read would hold them up
            self.call_after_refresh(self.run_worker, self._find_first, group="first", thread=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action == "quit" or hasattr(self, "desk")  # without a store there is nothing to go to

    def _find_first(self) -> None:
        """In a thread: whoever oversees something begins with what waits for an answer, others with the cases."""
        if self._opening is not None:
            try:
                self.desk = self.today_desk = self._opening()
            except Exception as problem:  # said by whoever ran the screens, once they are gone
                self.problem = problem
                self.call_from_thread(self.exit)
                return
        if self.first:
            self.call_from_thread(self._begin_as_asked)
            return
        from casereview.errors import CaseReviewError
        from casereview.service.morning import oversees

        try:
            first = "today" if oversees(self.desk) else "cases"
        except CaseReviewError:
            first = "cases"  # the list says what is wrong with the store
        self.call_from_thread(self._begin, first)

    def _begin_as_asked(self) -> None:
        if self.first:
            self._begin({"register": "overdue"}.get(self.first, self.first))

    def _begin(self, first: str) -> None:
        self.call_after_refresh(_tidy)
        lists = ("cases", "overdue", "today")
        self.switch_mode(first if first in lists else "cases")
        if first not in lists:
            self.call_after_refresh(self.open_case, first)

    # ---- going about ---------------------------------------------------------------------------------------
    def open_case(self, ref: str) -> None:
        from tui.screens.case import CaseScreen

        self.push_screen(CaseScreen(ref))

    def open_journey(self, child: str) -> None:
        from tui.screens.journey import JourneyScreen

        self.push_screen(JourneyScreen(child))

    def open_history(self, ref: str) -> None:
        from tui.screens.history import HistoryScreen

        self.push_screen(HistoryScreen(ref))

    def action_go(self, mode: str) -> None:
        self.switch_mode(mode)

    def action_help(self) -> None:
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen.about(self.screen))

    def action_office(self) -> None:
        self._open_menu("OfficeScreen")

    def action_oversight(self) -> None:
        self._open_menu("OversightScreen")

    def action_learning(self) -> None:
        self._open_menu("LearningScreen")

    def _open_menu(self, name: str) -> None:
        from tui.screens import office
        from tui.screens.page import Page

        if isinstance(self.screen, Page) and type(self.screen) is not getattr(office, name):
            opened = getattr(office, name)(self.screen.case_in_hand())
            from_menu = isinstance(self.screen, office.OfficeScreen)  # one takes the place of another
            self.switch_screen(opened) if from_menu else self.push_screen(opened)

    def action_earlier_day(self) -> None:
        from tui.screens.page import Page
        from tui.screens.past import ask_day

        if isinstance(self.screen, Page):
            ask_day(self.screen)

    def go_to(self, past: PastDesk | None) -> None:
        """Shows everything as on an earlier day, or with None as it stands today."""
        earlier, self.desk = self.desk, past or self.today_desk
        while len(self.screen_stack) > 1:  # what lies on top was read from the other day
            self.pop_screen()
        self.who, self.changes = "", self.changes + 1
        if earlier is not self.today_desk:
            earlier.store.close()
        self.switch_mode("overdue")
        self.screen.post_message(ScreenResume())

    def action_look_again(self) -> None:
        from tui.screens.page import Page

        if isinstance(self.screen, Page):
            self.screen.look_again()

    def written(self, says: Iterable[str]) -> None:
        """Something was kept: say what, and let every screen know that it may show something old."""
        self.changes += 1
        self.notify("\n".join(says) or "Kept.", timeout=6, markup=False)

    # ---- long work ---------------------------------------------------------------------------------------------
    def begin(self, work: Work) -> None:
        """Begins a piece of work that may take long, and shows how far it comes."""
        self.works.append(work)
        self.run_worker(partial(self._do, work), group="work", thread=True)
        self.show_work(work)

    def _do(self, work: Work) -> None:
        """In the thread."""
        from tui.screens.messages import WorkEnded

        work.do()
        self.post_message(WorkEnded(work))

    def show_work(self, work: Work) -> None:
        """How far it has come; or, once it has ended well, what came of it."""
        if work.ended and work.result is not None:
            work.seen = True
            self.push_screen(work.report(work.result))
            return
        from tui.screens.work_view import WorkScreen

        self.push_screen(WorkScreen(work))

    def on_work_ended(self, message: WorkEnded) -> None:
        from tui.screens.work_view import WorkScreen

        work = message.work
        if work.writes:
            self.changes += 1
        if isinstance(self.screen, WorkScreen) and self.screen.work is work:
            self.screen.look()
        elif not work.seen:
            self.notify(f"{work.label}: {work.state}. The office (F4) shows it.", timeout=10, markup=False)

    async def action_quit(self) -> None:
        """Leaves; while something is at work, only after saying what that means for it."""
        from tui.screens.picking import ConfirmScreen

        going_on = [work for work in self.works if not work.ended]
        if not going_on:
            self.exit()
        elif not isinstance(self.screen, ConfirmScreen):
            says = "\n".join(f"{work.label}: it is stopped where that is safe. {work.stays}" for work in going_on)
            self.push_screen(ConfirmScreen("Leave while something is at work?", says), self._leave)

    def _leave(self, yes: bool | None) -> None:
        if yes:
            for work in self.works:
                work.stop()
            self.exit()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        return ()


def run_screens(
    desk: Desk | Callable[[], Desk], first: str | None = None, own_workflows: Path | None = None
) -> int:
    """Shows the screens until the person leaves; the exit status.

    desk           or what opens the store; whatever that raises is raised again once the screen is gone
    first          "cases", "overdue" or "today" to begin there, or the reference of a case to open at once; None:
                   where this person's day begins
    own_workflows  the folder a board keeps workflows of its own in
    """
    app = CaseReviewApp(desk, first, own_workflows)
    app.run()
    if app.problem is not None:
        raise app.problem
    return app.return_code or 0
