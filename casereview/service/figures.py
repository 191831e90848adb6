"""Figures of the cases a person may know of: gathered once in one stream, then worked out without the store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from casereview.calendar import Calendar
from casereview.case import Case
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.oversight.figures.durations import KEYS
from casereview.oversight.figures.extract import Around, facts_of, is_void, known_of
from casereview.oversight.figures.facts import WHOLE_CASE, CaseFacts, Known
from casereview.oversight.figures.linked import linked
from casereview.oversight.figures.months import MEASURES
from casereview.oversight.quality.words import GRADES
from casereview.ports import Reading
from casereview.service import record_access
from casereview.service.desk import Desk
from casereview.service.figure_notes import smallest_in
from casereview.text import shown
from casereview.views import CaseQuery, Scope

Progress = Callable[[str, int, int], None]
LOOKS = ("quality-look", "quality-assurance")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cases, what is measured of them, and over which days it ended (both included).

    measure  the name of an expectation, WHOLE_CASE, or "" for the main expectation of each workflow
    by       "team", "workflow", "lane" or "month", for durations; never a worker
    around   "indicative", "agreed" or a number of working days, for bunching
    what     one of months.MEASURES, for the trend; months: how many of them
    """

    workflow: str = ""
    kind: str = ""
    team: str = ""
    measure: str = ""
    since: date | None = None
    until: date | None = None
    by: str = ""
    around: str = ""
    what: str = "days"
    months: int = 24

    @property
    def period(self) -> tuple[date | None, date | None]:
        return self.since, self.until

    @property
    def scope(self) -> Scope:
        return Scope(workflow=self.workflow, kind=self.kind, team=self.team)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What figures are worked out from. `void`: cases opened by mistake, which no figure counts."""

    day: date
    selection: Selection
    facts: tuple[CaseFacts, ...]
    known: tuple[Known, ...]
    smallest: int
    calendar: Calendar
    teams: dict[str, str] = field(default_factory=dict)  # id -> name
    void: int = 0


def _silent(what: str, done: int, of: int) -> None:
    pass


def gather(desk: Desk, selection: Selection | None = None, progress: Progress = _silent) -> Gathered:
    """Reads every case this person may know of, once (law 7): those of the selection, and those of the same children.

    Raises CaseReviewError where the selection asks for what there is not.
    """
    asked = selection or Selection()
    checked(asked)
    with desk.reading() as work:
        me = desk.me(work).id
        looks = _looks(desk, work, asked.scope)
        total = work.cases(me, CaseQuery(limit=1), desk.today).total
        facts: list[CaseFacts] = []
        known: list[Known] = []
        void = 0
        for at, (case, around) in enumerate(_cases(desk, work, me)):
            if at % 500 == 0:
                progress("reading cases", at, total)
            chosen = asked.scope.has(case, around.definition.kind)
            if is_void(case, around.definition):
                void += chosen
                continue
            found = facts_of(case, around, looks.get(case.id)) if chosen else None
            known.append(known_of(case, around, found))
            if found is not None:
                facts.append(found)
        progress("counting", 0, 0)
        teams = {team.id: team.name for team in work.teams()}
        calendar = desk.calendar(work, desk.known(work).info.nation, None)
        smallest = smallest_in(work)
    _measured(asked.measure, facts)
    return Gathered(
        desk.today, asked, tuple(linked(facts, known, desk.today)), tuple(known), smallest, calendar, teams, void
    )


def _cases(desk: Desk, work: Reading, viewer: str) -> Iterator[tuple[Case, Around]]:
    for case in work.every_case(viewer, Scope()):
        yield case, Around(desk.definition_of(work, case), desk.calendar(work, case.nation, case.team), desk.today)


def _looks(desk: Desk, work: Reading, scope: Scope) -> dict[str, tuple[tuple[str, str], ...]]:
    """What the newest look at the quality of each case found; records come in order of their number."""
    newest: dict[str, tuple[date, tuple[tuple[str, str], ...]]] = {}
    for case_id, row in record_access.each(desk, work, LOOKS, scope):
        before = newest.get(case_id)
        if before is None or before[0] <= row.on:
            found = tuple((name, value) for name, value in row.values.items() if value in GRADES)
            newest[case_id] = (row.on, found)
    return {case_id: found for case_id, (_, found) in newest.items()}


def checked(asked: Selection) -> None:
    """Refuses what no figure could be made of."""
    if asked.by and asked.by not in KEYS:
        remedy = did_you_mean(asked.by, KEYS)
        raise CaseReviewError(f"figures are not grouped by {shown(asked.by, width=40)!r}", where="--by", remedy=remedy)
    if asked.what not in MEASURES:
        remedy = did_you_mean(asked.what, MEASURES)
        raise CaseReviewError(f"there is no trend of {shown(asked.what, width=40)!r}", where="--of", remedy=remedy)
    if asked.around not in ("", "indicative", "agreed") and not re.fullmatch(r"[1-9][0-9]{0,2}", asked.around):
        raise CaseReviewError(
            f"bunching cannot be looked for around {shown(asked.around, width=40)!r}", where="--around",
            remedy="Give indicative, agreed, or a number of working days such as 45.",
        )  # fmt: skip
    if asked.since and asked.until and asked.until < asked.since:
        raise CaseReviewError("the last day is before the first", where="--until", remedy=f"It begins {asked.since}.")


def _measured(measure: str, facts: list[CaseFacts]) -> None:
    known = {one.measure for case in facts for one in case.timed}
    if measure and facts and measure not in known | {WHOLE_CASE}:
        raise NotFound(
            f"none of these cases has an expectation called {shown(measure, width=60)!r}", where="--expectation",
            remedy=did_you_mean(measure, known),
        )  # fmt: skip
