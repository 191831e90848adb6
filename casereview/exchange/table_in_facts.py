"""What comes with a row besides its dates: who works on it, sights, the agreed date, the reason, records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from casereview.case import Case
from casereview.clocks import Arrival, clocks_at, moved_clock
from casereview.events import (
    Assigned,
    ChildSeen,
    Corrected,
    DateAgreed,
    DatesMoved,
    Happening,
    ReasonGiven,
    Recorded,
)
from casereview.exchange.table_in_wanted import Wanted
from casereview.ports import Reading, Writing
from casereview.service.desk import Desk
from workflows.definition import Definition

NOT_NAMED = "someone the file does not name"
READ_IN = "\n(as read in from "


def facts_of(
    desk: Desk, source: str, wanted: Wanted, case: Case, definition: Definition, runs: set[str]
) -> list[Happening]:  # fmt: skip
    """Who works on it, sights, the agreed date, the reason: what the case does not hold yet."""
    note = f"as read in from {source}"
    facts: list[Happening] = []
    worker = wanted.worker if wanted.worker and wanted.worker != case.worker else None
    team = wanted.team if wanted.team and wanted.team != case.team else None
    if worker or team:
        facts.append(Happening(Assigned(worker, team, note), desk.today))
    held = set(case.sights.values())
    facts += [
        Happening(ChildSeen(NOT_NAMED, note=note), day)
        for day in sorted(set(wanted.seen)) if day not in held
    ]  # fmt: skip
    main = definition.main_expectation()
    if main is None or main.name not in runs:
        return facts
    run = case.runs.get(main.name)
    if wanted.agreed and (run is None or run.agreed != wanted.agreed):
        # a date that another one replaces was moved when that was heard of: after it had passed, it still counts
        known = wanted.opened if run is None or run.agreed is None else desk.today
        on = min(wanted.agreed_on or known, desk.today)
        facts.append(Happening(DateAgreed(main.name, wanted.agreed, note), on))
    reason, last = wanted.reason, run.reason if run else None
    told = (last.code, last.text.partition(READ_IN)[0], last.effect) if last else None
    if reason and told != (reason.code, reason.text, reason.effect):
        text = f"{reason.text}{READ_IN}{source})"  # whoever reads a file in is not whose words these are
        event = ReasonGiven(main.name, reason.code, reason.group, text, reason.effect)
        facts.append(Happening(event, reason.on or desk.today))
    return facts


def with_facts(desk: Desk, work: Writing, case: Case, facts: list[Happening], definition: Definition) -> Case:
    """Lands facts one after the other, each with what it does to the times of the case as it then stands."""
    for fact in facts:
        event = fact.event
        kind = "seen" if isinstance(event, ChildSeen) else event.record if isinstance(event, Recorded) else ""
        if isinstance(event, ChildSeen | Recorded):
            calendar = desk.calendar(work, case.nation, case.team)
            values = event.values if isinstance(event, Recorded) else None
            arrival = Arrival(fact.on, record=kind, values=values)
            fact = Happening(replace(event, clocks=clocks_at(case, definition, arrival, calendar)), fact.on)
        desk.land(work, case, (fact,), definition)
    return case


def records_of(
    desk: Desk, source: str, work: Reading, case: Case, wanted: Wanted, definition: Definition
) -> list[Happening]:  # fmt: skip
    """The records of a row beside those that came with an earlier one: a new one, or a correction with both values."""
    facts: list[Happening] = []
    for kind, values, on in wanted.records:
        if kind not in definition.records:
            continue
        held = next((r for r in work.records(case.id, kind=kind).rows if not r.withdrawn), None)
        if held is None:
            facts.append(Happening(Recorded(kind, values), on))
            continue
        changes = {name: [held.values.get(name), new] for name, new in values.items() if held.values.get(name) != new}
        if changes:
            why = f"a later file says so ({source})"
            event = Corrected(held.number, kind, why, changes, {**held.values, **values})
            facts.append(Happening(event, desk.today))
            facts += _moved(desk, work, case, definition, event)
    return facts


def _moved(desk: Desk, work: Reading, case: Case, definition: Definition, event: Corrected) -> list[Happening]:
    """What is still counted from a day that was corrected is counted from the right one, with both values kept."""
    calendar = desk.calendar(work, case.nation, case.team)
    clocks, before = [], {}
    for name, run in case.runs.items():
        expectation = definition.expectations[name]
        start = expectation.start
        old, new = event.changes.get(start.field, (None, None)) if start.name == event.record else (None, None)
        if start.kind != "field" or run.ended is not None or not new or old != run.started.isoformat():
            continue
        clock = moved_clock(expectation, run, date.fromisoformat(str(new)), calendar, calendar)
        if clock is not None:
            clocks.append(clock)
            before[name] = f"started {run.started}, indicative {run.indicative}"
    if not clocks:
        return []
    moved = DatesMoved(f"a date was corrected: {event.reason}", calendar.version, tuple(clocks), {}, before)
    return [Happening(moved, desk.today)]


