"""Small cases and rows for the tests of the store."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

from casereview.case import Case, Visit
from casereview.chain import GENESIS, fault_of
from casereview.events import Happening, WaitingEnded
from casereview.ports import Reading
from casereview.views import Projected

DAY = date(2024, 6, 14)
AT = datetime(2024, 6, 14, 9, 30, tzinfo=UTC)


def case_id(n: int) -> str:
    return str(uuid.UUID(int=n))


def case(n: int = 1, **changes: Any) -> Case:
    made = Case(case_id(n), f"SA-2024-{n:05}", f"Matter {n}", "single-assessment", "1", "0" * 64)
    made.opened, made.main, made.number = date(2024, 1, 1), Visit("assessing", 1, DAY, 1), 1
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def row(name: str = "assessment", **changes: Any) -> Projected:
    return Projected(name, name.title(), changes.pop("on_register", True), date(2024, 1, 1), **changes)


def noted(note: str) -> Happening:
    """A short fact."""
    return Happening(WaitingEnded(1, note), DAY)


def assert_whole(reading: Reading) -> int:
    """The chain from its first entry to the head; the number of entries."""
    prev, seq = GENESIS, 0
    for seq, link in enumerate(reading.links(), 1):
        assert fault_of(link, seq, prev) is None
        prev = link.hash
    head = reading.head()
    assert (head.seq, head.hash) == (seq, prev)
    return seq
