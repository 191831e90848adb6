"""A clock for made-up pasts: its day is set for each act, while instants stay real."""

from __future__ import annotations

from datetime import date, datetime

from casereview.ports import Clock


class DayClock:
    """Stands on `day`, which may be set again and again; `now()` is the real clock's.

    So every entry says on which day a thing happened in the story, and honestly when it was written.
    """

    def __init__(self, real: Clock, day: date) -> None:
        self._real = real
        self.day = day

    def now(self) -> datetime:
        return self._real.now()

    def today(self) -> date:
        return self.day
