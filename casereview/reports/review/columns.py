"""Columns of a table by title and width."""

from __future__ import annotations

from casereview.reports.document import Column


def wide(*columns: tuple[str, float]) -> tuple[Column, ...]:
    return tuple(Column(title, weight=weight) for title, weight in columns)
