"""The standing of a projected expectation on a day, and the order in which lists put standings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casereview.views import RANK, GroupCount, Projected, RegisterRow, Standing

LEAST_CONCERN = len(RANK)
"""The rank of a case in which no expectation runs or ran."""


def standing_of_row(row: Projected, day: date) -> str:
    """The standing of one expectation on `day`, which must not lie before the last fact known of it.

    First match wins (decision 5). An expectation that ended keeps the standing it ended with, or "" where
    none was kept.
    """
    if row.ended is not None:
        return row.done or ""
    if _passed(row.target, day):
        return "urgent_late"
    if _passed(row.statutory, day):
        return "past_statutory"
    if _passed(row.beyond_after, day):
        return _beyond(row, day)
    return "checkpoint_missed" if _passed(row.next_checkpoint, day) else "on_course"


def _beyond(row: Projected, day: date) -> Standing:
    match row.word:
        case "not agreed":
            return "longer_of_concern"
        case "agreed":
            live = row.live_until is not None and day < row.live_until
            return "longer_justified" if live else "longer_lapsed"
        case "reason":
            return "longer_explained"
        case _:
            only_promise = _passed(row.measured, day) and not _passed(row.asks_from, day)
            return "past_agreed" if only_promise else "longer_unexplained"


def _passed(last: date | None, day: date) -> bool:
    return last is not None and last < day


def rank(standing: str) -> int:
    """The place of a standing in the order of concern, 0 being of most; "" comes last."""
    return RANK.get(standing, LEAST_CONCERN)


def most_concern(rows: Iterable[Projected], day: date) -> str:
    """The standing of most concern among the expectations on the register, done ones included; "" if none."""
    standings = (standing_of_row(row, day) for row in rows if row.on_register)
    return min(standings, key=rank, default="")


def longest_first(row: Projected, standing: str) -> date:
    """What sorts rows of one standing, ascending: since when they are late; no such day comes last."""
    own = {"urgent_late": row.target, "past_statutory": row.statutory}
    since = own.get(standing, row.beyond_after)
    return since or date.max


def group_order(group: GroupCount) -> tuple[bool, str, str]:
    """Headings in order of what people call them; the rows that have nothing there come last."""
    return not group.key, group.title.casefold(), group.key


def group_key(row: RegisterRow, group: str) -> str:
    """What rows under one heading share; "" where there is nothing."""
    if group in ("team", "worker"):
        return getattr(row.row, group) or ""
    return str(getattr(row.expectation, group))


NO_GROUP = {"team": "no team", "worker": "no worker", "reason": "no reason given", "waiting": "waiting on nobody"}
"""What is said above rows that have nothing there."""
