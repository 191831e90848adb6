"""The clocks of everyday use: the real one, and one whose date a person has set."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def london_date(moment: datetime) -> date:
    """The date in London at an instant. Raises ValueError for a time without its zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return moment.astimezone(LONDON).date()


class SystemClock:
    """The computer's clock, read in UTC; the date is London's, wherever the computer stands."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return london_date(self.now())


class PinnedClock:
    """The date of `--today`. Instants stay real: setting a date never back-dates what is recorded."""

    def __init__(self, today: date) -> None:
        self._today = today

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return self._today
