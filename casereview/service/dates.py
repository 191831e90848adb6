"""Explaining dates: every date the product prints can be shown day by day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from casereview.calendar import Calendar, DateExplanation
from casereview.case import Case
from casereview.service.desk import Desk
from casereview.words import often
from workflows.definition import Definition, Expectation
from workflows.span import Span


@dataclass(frozen=True, slots=True)
class DateStory:
    """One date of a case: what it is, and either how it was counted or who set it."""

    expectation: str
    title: str
    what: str  # "indicative", "asks from", "checkpoint", "urgent target", "legal time limit", "agreed"
    date: date
    counted: DateExplanation | None
    says: str = ""


def explain_dates(desk: Desk, ref: str) -> list[DateStory]:
    """Every date of every expectation of a case, with each skipped day and why."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        definition = desk.definition_of(work, case)
        calendar = desk.calendar(work, case.nation, case.team)
        stories: list[DateStory] = []
        for expectation in definition.expectations.values():
            if expectation.name in case.runs:
                lane = definition.lanes.get(case.lane.lane) if case.lane else None
                target = lane.expect.get(expectation.name) if lane else None
                stories += _stories(case, definition, expectation, calendar, target)
        return stories


def _stories(
    case: Case, definition: Definition, expectation: Expectation, calendar: Calendar, target: Span | None
) -> list[DateStory]:
    run = case.runs[expectation.name]
    name, title = expectation.name, expectation.title

    def counted(what: str, start: date, span: Span) -> DateStory:
        explained = calendar.explain(start, span)
        return DateStory(name, title, what, explained.date, explained)

    stories = []
    if target is not None:
        stories.append(counted("urgent target", run.started, target))
    law = expectation.statutory_for(case.opened)
    if law is not None and run.statutory is not None:
        stories.append(counted("legal time limit", run.started, law))
    if expectation.indicative is not None:
        said = expectation.source if definition.under else ""  # whose figure it is, and how far it was checked
        stories.append(replace(counted("indicative", run.started, expectation.indicative), says=said))
        if expectation.look_after is not None and run.indicative is not None:
            stories.append(counted("asks from", run.indicative, expectation.look_after))
    planned = {calendar.due(run.started, span): span for span in expectation.checkpoints}
    for day in run.checkpoints:
        if day in planned:
            stories.append(counted("checkpoint", run.started, planned[day]))
        else:
            stories.append(DateStory(name, title, "checkpoint", day, None, "planned by a record"))
    if run.agreed is not None:
        first = run.agreed_first
        changes = f"; first agreed for {first}, changed {often(run.agreed_changes)}" if run.agreed_changes else ""
        stories.append(DateStory(name, title, "agreed", run.agreed, None, f"agreed on {run.agreed_on}{changes}"))
    return stories


def explain_span(desk: Desk, start: date, span: Span, nation: str, team: str | None) -> DateExplanation:
    """Any span from any day, for the person who asks what a date would be."""
    with desk.reading() as work:
        return desk.calendar(work, nation, team).explain(start, span)
