"""Figures are asked of every store: one in memory, an SQLite file, a real PostgreSQL server."""

from __future__ import annotations

from tests.contract.conftest import backend

__all__ = ["backend"]
