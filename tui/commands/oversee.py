"""The overdue register, and what opens when no command is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from tui.start import Settings


def register(app: typer.Typer) -> None:
    """Adds `overdue`."""


def open_screens(settings: Settings) -> None:
    """The screens at a terminal; anywhere else the overdue register."""
