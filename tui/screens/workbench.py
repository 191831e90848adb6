"""The workbench of a review: its views, one line each, in the order a review is lived."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import partial

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.look import QUIET
from tui.screens.office import menu_line
from tui.screens.page import Offer, Page
from tui.screens.workbench_menu import TOOLS, Tool


class WorkbenchScreen(Page):
    heading = "Workbench"
    about = (
        "One review as a whole: who is asked and heard, the story as it looked to each, the episodes, the patterns, "
        "what the board answered, and what may be published. Each line opens a view; what is written down there "
        "goes through the same forms as everywhere else."
    )
    CSS_PATH = "office.tcss"

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = ref

    def body(self) -> ComposeResult:
        wide = max(len(tool.label) for tool in TOOLS) + 2
        yield Static(f"{self.ref}  enter opens a view", id="office-says", markup=False)
        yield OptionList(*(Option(menu_line(tool.label, tool.says, wide)) for tool in TOOLS), id="office", markup=False)
        yield Static(id="office-about", markup=False)

    def case_in_hand(self) -> str:
        return self.ref

    def on_mount(self) -> None:
        self.say_where(f"Workbench {self.ref}")
        self.query_one("#office").focus()

    def on_option_list_option_highlighted(self, message: OptionList.OptionHighlighted) -> None:
        tool = TOOLS[message.option_index]
        text = Text().append(f"{tool.says}.\n").append("On the command line  ", QUIET)
        self.query_one("#office-about", Static).update(text.append(", ".join(tool.commands), QUIET))

    def on_option_list_option_selected(self, message: OptionList.OptionSelected) -> None:
        open_tool(self, TOOLS[message.option_index], self.ref)

    def offers(self) -> Iterator[Offer]:
        for tool in TOOLS:
            yield Offer(tool.label, tool.says, partial(open_tool, self, tool, self.ref))


def open_tool(page: Page, tool: Tool, ref: str) -> None:
    module, _, name = tool.opens.partition(":")
    getattr(importlib.import_module(f"tui.screens.{module}"), name)(page, ref)
