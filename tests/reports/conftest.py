"""The command line and the screens on practice stores, as the tests of the terminal have them."""
# ruff: noqa: F401 (fixtures are found by their names)

from __future__ import annotations

from tests.tui.conftest import cli, known, store, template
from tests.tui.screens.conftest import _built, world
