"""A clock for tests and simulations: the day is given, and no two instants are the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

_NOON = time(12, tzinfo=UTC)  # the same date in London all year round
_TICK = timedelta(microseconds=1)


class FixedClock:
    """Stands at `today` until told otherwise; every `now()` is a microsecond later than the one before.

    `now` is the first instant given out, noon (UTC) of `today` by default. Raises ValueError when it has
    no time zone.
    """

    def __init__(self, today: date, now: datetime | None = None) -> None:
        if now is not None and now.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        self._today = today
        self._next = now.astimezone(UTC) if now else datetime.combine(today, _NOON)

    def now(self) -> datetime:
        moment = self._next
        self._next = moment + _TICK
        return moment

    def today(self) -> date:
        return self._today

    def set(self, day: date) -> None:
        """Moves to `day`. An earlier day is allowed; instants go on from the latest all the same."""
        self._today = day
        self._next = max(self._next, datetime.combine(day, _NOON))

    def advance(self, days: int = 1) -> None:
        """Moves by calendar days."""
        self.set(self._today + timedelta(days=days))
