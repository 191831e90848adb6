"""The small language lists are asked in: the same words on screen, on the command line and in saved views."""

from __future__ import annotations

from casereview.query.faults import QueryFault
from casereview.query.parsing import Query, Term, parse

__all__ = ["Query", "QueryFault", "Term", "parse"]
