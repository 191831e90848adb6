"""Instants as people in London read them: the one place where pendulum turns one into the other.

Days that are counted are plain dates and never come through here.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pendulum import DateTime

LONDON = "Europe/London"


def in_london(moment: datetime) -> DateTime:
    """The instant on London's clocks, summer time included. Raises ValueError for a time without its zone."""
    import pendulum  # here, not above: nothing that only counts days pays for loading it

    if moment.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return pendulum.instance(moment).in_timezone(LONDON)


def london_day(moment: datetime) -> date:
    """The date in London at an instant."""
    here = in_london(moment)
    return date(here.year, here.month, here.day)


def recorded(moment: datetime) -> str:
    """When something was written down, in words: 5 March 2024 14:05."""
    return in_london(moment).format("D MMMM YYYY HH:mm", locale="en")
