"""What a list must show, worked out in another way than any store does: the second opinion of the suite."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casereview.case import Case
from casereview.views import CaseQuery, Projected, RegisterQuery
from tests.contract.builders import PEOPLE, TEAMS

ORDER = [
    "urgent_late", "past_statutory", "longer_of_concern", "longer_lapsed", "longer_unexplained",
    "longer_explained", "past_agreed", "checkpoint_missed", "longer_justified", "on_course",
    "done_longer_unexplained", "done_explained_afterwards", "done_longer_justified", "done_within", "done_early", "",
]  # fmt: skip
NOT_OVERDUE = ("on_course", "checkpoint_missed")


@dataclass
class Kept:
    case: Case
    rows: Sequence[Projected]
    kind: str


def days_late(last: date | None, day: date) -> int:
    return max(0, (day - last).days) if last else 0


def standing(row: Projected, day: date) -> str:
    """Each open standing by its own full condition; the conditions share no day between them."""
    if row.ended:
        return str(row.done)
    if days_late(row.target, day):
        return "urgent_late"
    if days_late(row.statutory, day):
        return "past_statutory"
    beyond = bool(days_late(row.asks_from, day) or days_late(row.measured, day))
    live = bool(row.live_until and days_late(day, row.live_until))
    usual_time_left = not days_late(row.asks_from, day)
    missed = bool(days_late(row.next_checkpoint, day))
    holds = {
        "longer_of_concern": beyond and row.word == "not agreed",
        "longer_justified": beyond and row.word == "agreed" and live,
        "longer_lapsed": beyond and row.word == "agreed" and not live,
        "longer_explained": beyond and row.word == "reason",
        "past_agreed": beyond and row.word == "" and usual_time_left,
        "longer_unexplained": beyond and row.word == "" and not usual_time_left,
        "checkpoint_missed": not beyond and missed,
        "on_course": not beyond and not missed,
    }
    (found,) = [name for name, true in holds.items() if true]
    return found


def of_case(kept: Kept, day: date) -> str:
    found = {standing(row, day) for row in kept.rows if row.on_register}
    return next((one for one in ORDER if one in found), "")


def mentions(case: Case, text: str) -> bool:
    said = [case.ref, case.title, *case.children]
    said += [PEOPLE[case.worker]] if case.worker in PEOPLE else []
    said += [TEAMS[case.team]] if case.team in TEAMS else []
    return any(one.casefold().find(text.casefold()) >= 0 for one in said)


def left_by(query: CaseQuery | RegisterQuery, case: Case) -> bool:
    """What both kinds of query ask alike."""
    asked = [(query.workflow, case.workflow), (query.team, case.team), (query.worker, case.worker)]
    return all(want == has for want, has in asked if want) and mentions(case, query.text)


def listed(every: Sequence[Kept], query: CaseQuery, day: date) -> set[str]:
    """The ids a list of cases holds on all its pages."""
    found = set()
    for kept in every:
        case = kept.case
        asked = [
            left_by(query, case),
            not query.kind or query.kind == kept.kind,
            not query.stage or query.stage == case.main.stage,
            not query.child or query.child in case.children,
            query.open is None or query.open is not bool(case.closed),
            not query.standings or of_case(kept, day) in query.standings,
        ]
        if all(asked):
            found.add(case.id)
    return found


def register(every: Sequence[Kept], query: RegisterQuery, day: date) -> tuple[list[tuple[str, str]], Counter[str]]:
    """(reference, expectation) of all pages in their order, and the counts."""
    pool = [
        (kept.case, row, standing(row, day))
        for kept in every
        for row in kept.rows
        if left_by(query, kept.case)
        if (query.case == kept.case.id if query.case else row.on_register and not row.ended)
    ]
    counts = Counter(found for _, _, found in pool)

    def wanted(found: str) -> bool:
        if query.standings:
            return found in query.standings
        return bool(query.case) or found not in NOT_OVERDUE

    def place(item: tuple[Case, Projected, str]) -> tuple[int, int, str, str]:
        case, row, found = item
        dates = [row.target] if found == "urgent_late" else [row.asks_from, row.measured]
        dates = [row.statutory] if found == "past_statutory" else [*dates, row.statutory]
        since = min((one.toordinal() for one in dates if one), default=10**9)
        return ORDER.index(found), since, case.ref, row.expectation

    shown = sorted((item for item in pool if wanted(item[2])), key=place)
    return [(case.ref, row.expectation) for case, row, _ in shown], counts
