"""The page about the screens names every view of the workbench and every line of learning, with keys they have."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import Binding

from tui.screens.office_menu import entries_of
from tui.screens.page import Page
from tui.screens.workbench_menu import TOOLS

PAGE = Path(__file__).parents[3] / "docs" / "screens.md"
EVERYWHERE = {"enter", "n", "c", "e", "/"}
OPENS = {**{tool.label: tool.opens for tool in TOOLS}, **{entry.label: entry.opens for entry in entries_of("learning")}}
FURTHER = {"View from the tunnel": ("side_by_side",)}  # what is opened from there


def rows(heading: str) -> dict[str, tuple[str, str]]:
    """What a table of the page says of each line: its label, what it shows, and its keys."""
    part = PAGE.read_text("utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line[:2] == "| "]
    return {label: (shows, keys) for label, shows, keys in cells[1:]}


ROWS = {**rows("The workbench of a review"), **rows("Learning across reviews")}


def keys_of(module: str) -> Iterator[str]:
    for found in vars(importlib.import_module(f"tui.screens.{module}")).values():
        if isinstance(found, type) and issubclass(found, Page):
            bindings = (one for kind in found.__mro__ for one in vars(kind).get("BINDINGS", ()))
            yield from (key for one in bindings if isinstance(one, Binding) for key in one.key.split(","))


def test_the_page_names_every_view_of_the_workbench_in_order() -> None:
    assert list(rows("The workbench of a review")) == [tool.label for tool in TOOLS]


def test_the_page_names_every_line_of_learning_in_order() -> None:
    assert list(rows("Learning across reviews")) == [entry.label for entry in entries_of("learning")]


@pytest.mark.parametrize("label", ROWS)
def test_every_key_the_page_gives_a_view_is_one_it_has(label: str) -> None:
    modules = (OPENS[label].partition(":")[0], *FURTHER.get(label, ()))
    there = {key for module in modules for key in keys_of(module)} | EVERYWHERE
    assert set(re.findall(r"`([^`]+)`", ROWS[label][1])) <= there
