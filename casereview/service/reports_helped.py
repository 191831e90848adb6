"""What the lists of help and quality come to, for a report: their sentences, and the cases to think about again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from casereview.oversight.quality import goals
from casereview.oversight.quality.listed import Found, Wanted
from casereview.oversight.quality.referrers import Referrer
from casereview.oversight.quality.words import THINK_AGAIN
from casereview.reports.parts_helped import LookAgain, Told
from casereview.reports.saying import short_date
from casereview.service.desk import Desk
from casereview.service.quality import closed_early, goals_and_progress, look_backs, quality_looks, referrers_answered
from casereview.service.quality_stories import continuity_for_children, repeated_concern, voices_heard
from casereview.service.reports import Progress, silent

AIMS, REFERRED = "Goals and progress", "Whoever referred"
AGAIN = {
    THINK_AGAIN: "a goal agreed with the family: no progress, think again",
    goals.NOTHING_SINCE: "a goal agreed with the family: nothing recorded since somebody last looked",
}


@dataclass(frozen=True, slots=True)
class Helped:
    told: tuple[Told, ...]
    again: tuple[LookAgain, ...]


def helped(desk: Desk, team: str, first: date, last: date, progress: Progress = silent) -> Helped:
    """Of everything this person may know of, in a team or in all; what ended or was said counts from `first` on."""
    everything, dated = Wanted(team=team), Wanted(team=team, since=first, until=last)
    lists: dict[str, Callable[[], Found[Any]]] = {
        AIMS: lambda: goals_and_progress(desk, everything),
        "Looks at the quality of the work": lambda: quality_looks(desk, dated),
        "Concern that came again": lambda: repeated_concern(desk, everything),
        "Closed early, and what came after": lambda: closed_early(desk, dated),
        "Did it last?": lambda: look_backs(desk, everything),
        "Who stays with a child": lambda: continuity_for_children(desk, everything),
        REFERRED: lambda: referrers_answered(desk, dated),
        "What children and families said": lambda: voices_heard(desk, dated),
    }
    told: list[Told] = []
    again: list[LookAgain] = []
    for at, (title, read) in enumerate(lists.items()):
        progress("help and quality", at, len(lists))
        found = read()
        told.append(Told(title, found.says, found.figure))
        again += _goals(found.rows) if title == AIMS else _unanswered(found.rows) if title == REFERRED else ()
    return Helped(tuple(told), tuple(again))


def _unanswered(found: tuple[Referrer, ...]) -> Iterator[LookAgain]:
    for one in found:
        yield LookAgain(one.case, "whoever referred has not heard what came of it", short_date(one.decided))


def _goals(found: tuple[goals.Goal, ...]) -> Iterator[LookAgain]:
    for one in found:
        if one.state in AGAIN:
            yield LookAgain(one.case, AGAIN[one.state], short_date(one.moved[-1].on if one.moved else one.set_on))
