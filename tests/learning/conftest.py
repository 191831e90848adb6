"""The command line on a store of its own, as the tests of the other commands have it."""

from __future__ import annotations

from tests.tui.conftest import cli, known, store, template

__all__ = ["cli", "known", "store", "template"]
