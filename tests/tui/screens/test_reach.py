"""Law 8: what the command line can do is reachable on the screens, and no screen does what no command does."""

from __future__ import annotations

import importlib
from typing import Any

import pytest
from typer.core import TyperGroup

from tui.commands.app import commands_of
from tui.commands.index import COMMANDS
from tui.screens.acts import ACTS
from tui.screens.office_menu import ENTRIES
from tui.screens.reach import BEFORE_A_STORE, ON_SCREENS, reached


def every_command() -> dict[str, Any]:
    """Each command by its words, such as "people add"; a group of commands is named by each of them."""
    found: dict[str, Any] = {}
    for part in dict.fromkeys(part for part, _ in COMMANDS.values()):
        for name, command in commands_of(part).items():
            if isinstance(command, TyperGroup):
                found |= {f"{name} {word}": one for word, one in command.commands.items()}
            else:
                found[name] = command
    return found


KNOWN = every_command()


def test_every_command_is_reached_on_the_screens_or_is_an_exception_with_its_reason() -> None:
    assert sorted(set(KNOWN) - reached() - set(BEFORE_A_STORE)) == []
    assert all(reason for reason in BEFORE_A_STORE.values())


def test_no_screen_names_a_command_that_there_is_not() -> None:
    assert sorted((reached() | set(BEFORE_A_STORE)) - set(KNOWN)) == []
    assert reached().isdisjoint(BEFORE_A_STORE)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_every_act_names_a_command_and_an_option_of_it(act: Any) -> None:
    words, _, option = act.name.partition(" --")
    assert words in KNOWN
    if option:
        assert f"--{option}" in {name for param in KNOWN[words].params for name in param.opts}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)
def test_what_the_office_opens_is_there(entry: Any) -> None:
    module, _, name = entry.opens.partition(":")
    assert callable(getattr(importlib.import_module(f"tui.screens.{module}"), name))


@pytest.mark.parametrize("command", ON_SCREENS)
def test_the_key_that_reaches_a_command_is_one_of_its_screen(command: str) -> None:
    screen, action = ON_SCREENS[command]
    module, _, name = screen.partition(":")
    page = getattr(importlib.import_module(f"tui.screens.{module}"), name)
    actions = {binding.action for cls in page.__mro__ for binding in vars(cls).get("BINDINGS", ())}
    assert action in actions
    assert hasattr(page, f"action_{action.partition('(')[0].removeprefix('app.')}") or action.startswith("app.")
