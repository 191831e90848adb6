"""Every fault of meaning in a definition: names that lead nowhere, paths nobody can walk, times that cannot be."""

from __future__ import annotations

from workflows import check_names, check_paths, check_times
from workflows.definition import Definition
from workflows.page import Page


def check(definition: Definition, page: Page) -> None:
    """Add to the page every fault that its single values could not show."""
    check_names.check(definition, page)
    check_paths.check(definition, page)
    check_times.check(definition, page)
