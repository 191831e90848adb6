"""The office: what is kept and done besides single cases, each line with what it takes; and the work going on."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from casereview.text import shown
from tui.screens.look import MISSING, QUIET
from tui.screens.office_menu import Entry, entries_of
from tui.screens.page import Offer, Page
from tui.screens.work import Work

LOOK = 0.5  # seconds between two looks at the work going on


class OfficeScreen(Page):
    heading = "Office"
    about = (
        "Everything that is kept and done besides single cases: people and their offices, teams, days without work, "
        "children, workflows, files in and out, and the store itself. Each line says which office it takes; what you "
        "may not do is refused with a sentence, and nothing is changed. Long work goes on while you look at something "
        "else, and is listed here."
    )
    CSS_PATH = "office.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "forget", "Forget", id="office.forget", show=False,
                tooltip="Take finished work under the cursor off the list"),
    ]  # fmt: skip

    group = "office"

    def __init__(self, case: str = "") -> None:
        """case: the reference of the case under the cursor where the office was opened, if there was one."""
        super().__init__()
        self.case = case
        self.entries = entries_of(self.group)
        self._shown: tuple[tuple[Work, str], ...] | None = None

    def body(self) -> ComposeResult:
        yield Static("enter opens it · what is still at work stands on top", id="office-says", markup=False)
        yield OptionList(id="office", markup=False)
        yield Static(id="office-about", markup=False)

    def case_in_hand(self) -> str:
        return self.case

    def on_mount(self) -> None:
        self.query_one("#office").focus()
        self.set_interval(LOOK, self.look)
        self.look()

    def on_screen_resume(self) -> None:
        self.look()

    def look(self) -> None:
        """Lists everything anew, when there is something new to say of the work going on."""
        now = tuple((work, work.state) for work in self.house.works)
        if now == self._shown:
            return
        options = self.query_one("#office", OptionList)
        more = len(now) - len(self._shown or ())
        at = None if options.highlighted is None else max(options.highlighted + more, 0)  # stays on its line
        self._shown = now
        options.clear_options()
        options.add_options(Option(_at_work(work, state)) for work, state in now)
        wide = max(len(entry.label) for entry in self.entries) + 2
        options.add_options(Option(menu_line(entry.label, entry.says, wide)) for entry in self.entries)
        options.highlighted = min(at or 0, options.option_count - 1)

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        works, at = self._shown or (), message.option_index
        about = _stays(works[at][0]) if at < len(works) else _about(self.entries[at - len(works)])
        self.query_one("#office-about", Static).update(about)

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        works = self._shown or ()
        if message.option_index < len(works):
            self.house.show_work(works[message.option_index][0])
        else:
            open_entry(self, self.entries[message.option_index - len(works)])

    def action_forget(self) -> None:
        at, works = self.query_one("#office", OptionList).highlighted, self._shown or ()
        if at is not None and at < len(works) and works[at][0].ended:
            self.house.works.remove(works[at][0])
            self.look()

    def offers(self) -> Iterator[Offer]:
        for entry in self.entries:
            yield Offer(entry.label, entry.says, partial(open_entry, self, entry))


class OversightScreen(OfficeScreen):
    heading = "Oversight"
    about = (
        "What whoever answers for the work of others looks at, sends and asks: families, blockages, help and quality, "
        "figures and what they cannot say, reports. No figure here stands alone: help and quality stand beside every "
        "time, and each asks a question that a person answers."
    )
    group = "oversight"


class LearningScreen(OfficeScreen):
    heading = "Learning"
    about = (
        "What a board learns across its reviews: patterns that recur, with what they are counted against; what other "
        "boards found and tried; recommendations and what became of each; who is accredited to lead a review."
    )
    group = "learning"


def open_entry(page: Page, entry: Entry) -> None:
    """Opens a list or a form of the office."""
    module, _, name = entry.opens.partition(":")
    getattr(importlib.import_module(f"tui.screens.{module}"), name)(page)


def menu_line(label: str, says: str, wide: int) -> Table:
    """One line of the menu; what it says goes on under itself where the screen is narrow."""
    line = Table.grid(padding=0)
    line.add_column(width=wide)
    line.add_column()
    line.add_row(Text(label, "bold"), Text(says))
    return line


def _about(entry: Entry) -> Text:
    """The line under the cursor: in full, what it takes, and how the command line calls it."""
    text = Text().append(f"{entry.says}.\n").append("Takes  ", QUIET).append(f"{entry.takes}\n")
    return text.append("On the command line  ", QUIET).append(", ".join(entry.commands), QUIET)


def _stays(work: Work) -> Text:
    return Text().append(f"{shown(work.label)}\n").append(work.stays, QUIET)


def _at_work(work: Work, state: str) -> Text:
    text = Text().append(f"▸ {shown(work.label, width=40)}   ", "bold").append(state, MISSING)
    return text.append("   enter shows it", QUIET)
