"""A case opened, imported, moved, reopened."""

from __future__ import annotations

from dataclasses import replace

from casereview import events as ev
from casereview.case import Case, SetAside, Stay, Visit, Worked
from casereview.events import Entry
from casereview.fold.clocks import clocks, run_on
from casereview.fold.records import count
from workflows.definition import Definition


def begin(case: Case, entry: Entry, event: ev.Opened | ev.Imported, stage: str, definition: Definition) -> None:
    case.ref, case.title = event.ref, event.title
    case.workflow, case.version, case.hash = event.workflow, event.version, event.hash
    case.profile = event.profile
    case.nation, case.team, case.children = event.nation, event.team, list(event.children)
    case.opened = entry.on
    case.main = Visit(stage, 1, entry.on, entry.number)
    case.visits = {stage: 1}
    case.stays = [Stay(stage, 1, entry.on)]
    for track in definition.tracks.values():
        case.tracks[track.name] = Visit(track.start, 1, entry.on, entry.number)
        case.track_visits[track.name] = {track.start: 1}


def opened(case: Case, entry: Entry, event: ev.Opened, definition: Definition) -> None:
    begin(case, entry, event, definition.start, definition)
    case.worker = event.worker
    case.worker_since = entry.on if event.worker else None
    case.workers = [Worked(event.worker, entry.on)] if event.worker else []
    clocks(case, entry, event.clocks)


def imported(case: Case, entry: Entry, event: ev.Imported, definition: Definition) -> None:
    begin(case, entry, event, event.stage, definition)
    case.opened, case.closed = event.opened, event.closed
    for track, stood in event.tracks.items():
        case.tracks[track] = Visit(stood, 1, entry.on, entry.number)
        case.track_visits[track] = {stood: 1}
    case.imported, case.import_key, case.import_seen = True, event.key, event.seen_by_import
    for place, (kind, values, on) in enumerate(event.records):
        # the import is the first entry, so 1, 0, -1 ... can never meet a later entry's number
        count(case, kind, entry.number - place, values, definition)
        case.tally(kind).newest_on = on
    # what the row says ended had first begun: the other way round than within a case kept here
    clocks(case, entry, replace(event.clocks, ended=()))
    clocks(case, entry, ev.Clocks(ended=event.clocks.ended))
    for run in case.runs.values():
        run.imported = True
        run.held += len(event.reviews)
        run.checkpoints = [day for day in run.checkpoints if day >= entry.on]  # counted only from now on
        if run.ended is not None:
            run.ended = event.closed


def import_updated(case: Case, entry: Entry, event: ev.ImportUpdated, definition: Definition) -> None:
    case.import_seen = event.seen_by_import
    if event.stage != case.main.stage:
        arrive(case, entry, event.stage)
        case.set_asides = [s for s in case.set_asides if definition.steps[s.step].track is not None]
    case.closed = event.closed
    for kept in case.runs.values():
        kept.held += len(event.reviews)
    for name, on in event.ended:
        if (run := case.runs.get(name)) is not None:
            run.ended, run.ended_entry = on, entry.number
            run.ended_target = case.lane.targets.get(name) if case.lane else None


def arrive(case: Case, entry: Entry, stage: str) -> None:
    case.visits[stage] = case.visits.get(stage, 0) + 1
    case.main = Visit(stage, case.visits[stage], entry.on, entry.number)
    case.stays[-1].until = entry.on
    case.stays.append(Stay(stage, case.visits[stage], entry.on))


def step_taken(case: Case, entry: Entry, event: ev.StepTaken, definition: Definition) -> None:
    if definition.steps[event.step].loop and event.track is None:
        case.enough_known = False  # back to the work: enough was not known after all
    case.enough_known = case.enough_known or event.enough_known
    if event.track is None:
        arrive(case, entry, event.to)
        if definition.stages[event.to].end:
            case.closed = entry.on
    else:
        visits = case.track_visits[event.track]
        visits[event.to] = visits.get(event.to, 0) + 1
        case.tracks[event.track] = Visit(event.to, visits[event.to], entry.on, entry.number)
    # set aside for this visit only: the visit is over
    case.set_asides = [s for s in case.set_asides if definition.steps[s.step].track != event.track]
    clocks(case, entry, event.clocks)


def reopened(case: Case, entry: Entry, event: ev.Reopened, definition: Definition) -> None:
    case.closed, case.enough_known = None, False
    case.reopened += 1
    arrive(case, entry, event.to)
    run_on(case)
    clocks(case, entry, event.clocks)


def set_aside(case: Case, entry: Entry, event: ev.RequirementSetAside, definition: Definition) -> None:
    case.set_asides.append(SetAside(event.step, event.requirement, entry.number, entry.actor, event.reason))
    case.overrides += 1
