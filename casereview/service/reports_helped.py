"""What the lists of help and quality come to, for a report: their sentences, and the cases to think about again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casereview.oversight.quality import goals
from casereview.oversight.quality.listed import Wanted
from casereview.oversight.quality.words import THINK_AGAIN
from casereview.reports.parts_helped import LookAgain, Told
from casereview.reports.saying import short_date
from casereview.service.desk import Desk
from casereview.service.quality import closed_early, goals_and_progress, look_backs, quality_looks, referrers_answered
from casereview.service.quality_stories import continuity_for_children, repeated_concern, voices_heard

AGAIN = {
    THINK_AGAIN: "a goal agreed with the family: no progress, think again",
    goals.NOTHING_SINCE: "a goal agreed with the family: nothing recorded since somebody last looked",
}


@dataclass(frozen=True, slots=True)
class Helped:
    told: tuple[Told, ...]
    again: tuple[LookAgain, ...]


def helped(desk: Desk, team: str, first: date, last: date) -> Helped:
    """Of everything this person may know of, in a team or in all; what ended or was said counts from `first` on."""
    everything, dated = Wanted(team=team), Wanted(team=team, since=first, until=last)
    aims, referred = goals_and_progress(desk, everything), referrers_answered(desk, dated)
    lists = (
        ("Goals and progress", aims),
        ("Looks at the quality of the work", quality_looks(desk, dated)),
        ("Concern that came again", repeated_concern(desk, everything)),
        ("Closed early, and what came after", closed_early(desk, dated)),
        ("Did it last?", look_backs(desk, everything)),
        ("Who stays with a child", continuity_for_children(desk, everything)),
        ("Whoever referred", referred),
        ("What children and families said", voices_heard(desk, dated)),
    )
    again = [*_goals(aims.rows), *(LookAgain(one.case, "whoever referred has not heard what came of it",
                                             short_date(one.decided)) for one in referred.rows)]  # fmt: skip
    return Helped(tuple(Told(title, one.says, one.figure) for title, one in lists), tuple(again))


def _goals(found: tuple[goals.Goal, ...]) -> Iterator[LookAgain]:
    for one in found:
        if one.state in AGAIN:
            yield LookAgain(one.case, AGAIN[one.state], short_date(one.moved[-1].on if one.moved else one.set_on))
