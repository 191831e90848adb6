"""Every name a definition uses must be declared in it, and no two things may be told apart only by guessing."""

from __future__ import annotations

from collections.abc import Mapping

from workflows import check_records
from workflows.check_fields import all_known, answers_known, field_known, known, pointing
from workflows.definition import BUILT_IN_RECORDS, HAS, TOLD, Definition, RecordKind, Requirement, Stage, Step
from workflows.errors import quoted
from workflows.grammar import TELLINGS
from workflows.lines import Path
from workflows.page import Page


def check(definition: Definition, page: Page) -> None:
    """Add a fault for each unknown or doubled name."""
    _steps(definition, page)
    _holds(definition, page)
    check_records.check(definition, page)
    _others(definition, page)
    _twins(definition, page)


def step_path(step: Step) -> Path:
    """Where a step stands in the file."""
    return ("steps", step.name) if step.track is None else ("tracks", step.track, "steps", step.name)


def _steps(definition: Definition, page: Page) -> None:
    for step in definition.steps.values():
        path = step_path(step)
        stages = _stages_of(definition, step.track)
        all_known(page, (*path, "from"), step.sources, stages, "stage here")
        known(page, (*path, "to"), step.to, stages, "stage here")
        all_known(page, (*path, "by"), step.by, definition.roles, "role")
        for name, values in step.when:
            field_known(definition, page, (*path, "when", name), name, values)
        places = requirement_paths(step)
        seen: dict[str, Requirement] = {}
        for asked, here in zip(step.requirements, places, strict=True):
            if asked.key in seen:
                says = f"The step already asks for {quoted(asked.key)}."
                page.fault(here, says, 'Take one out, or give this one its own name = "...".')
            seen.setdefault(asked.key, asked)
            all_known(page, (*here, "who"), asked.who, definition.roles, "role")
            _requirement(definition, page, asked, here)


def requirement_paths(step: Step) -> list[Path]:
    """Where each requirement of a step stands in the file."""
    count = {"must": 0, "expected": 0}
    paths: list[Path] = []
    for asked in step.requirements:
        paths.append((*step_path(step), asked.strength, count[asked.strength]))
        count[asked.strength] += 1
    return paths


def _stages_of(definition: Definition, track: str | None) -> Mapping[str, Stage]:
    return definition.stages if track is None else definition.tracks[track].stages


def _requirement(definition: Definition, page: Page, asked: Requirement, path: Path) -> None:
    here = (*path, asked.kind)
    for name, values in asked.when:
        field_known(definition, page, (*path, "when", name), name, values)
    if asked.kind == "has":
        known(page, here, asked.name, HAS, "such thing a case has,")
    elif asked.kind == "told":
        known(page, here, asked.name, TOLD, "one to be told")
        all_known(page, (*path, "about"), asked.at, TELLINGS, "kind of telling")
    elif asked.kind == "seen":
        known(page, here, asked.name, ("child",), "one to be seen")
    elif asked.kind == "scanned":
        known(page, here, asked.name, ("publication",), "thing to be looked through")
    elif asked.kind == "appointed":
        known(page, here, asked.name, definition.roles, "role")
    elif asked.kind == "track":
        if known(page, here, asked.name, definition.tracks, "track"):
            all_known(page, (*path, "at"), asked.at, definition.tracks[asked.name].stages, "stage of that track")
    elif asked.kind == "record":
        _record_asked(definition, page, asked, path)
    elif asked.kind == "each":
        _each_asked(definition, page, asked, path)
    else:
        _field_asked(definition, page, asked, path)


def _record_asked(definition: Definition, page: Page, asked: Requirement, path: Path) -> None:
    if asked.name in BUILT_IN_RECORDS:
        page.fault((*path, "record"), f"{quoted(asked.name)} is built in.", 'Write seen = "child".')
    elif known(page, (*path, "record"), asked.name, definition.records, "kind of record"):
        answers_known(definition, page, (*path, "where"), asked.name, asked.where)


def _field_asked(definition: Definition, page: Page, asked: Requirement, path: Path) -> None:
    if field_known(definition, page, (*path, "field"), asked.name, asked.among, (*path, "among")) is not None:
        answers_known(definition, page, (*path, "where"), asked.name.partition(".")[0], asked.where)


def _each_asked(definition: Definition, page: Page, asked: Requirement, path: Path) -> None:
    if known(page, (*path, "each"), asked.name, definition.records, "kind of record"):
        answers_known(definition, page, (*path, "except-where"), asked.name, asked.except_where)
        if pointing(definition, page, (*path, "in"), asked.points, asked.name):
            answers_known(definition, page, (*path, "where"), asked.points.partition(".")[0], asked.where)


def _holds(definition: Definition, page: Page) -> None:
    for track in definition.tracks.values():
        path: Path = ("tracks", track.name)
        known(page, (*path, "start"), track.start, track.stages, "stage of this track")
        if track.hold is None:
            continue
        here = (*path, "hold")
        all_known(page, (*here, "while"), track.hold.stages, track.stages, "stage of this track")
        all_known(page, (*here, "who"), track.hold.who, definition.roles, "role")
        if track.hold.record is not None and track.hold.field is not None:
            exempt = f"{track.hold.record}.{track.hold.field}"
            field = field_known(definition, page, (*here, "except"), exempt)
            if field is not None and field.type != "steps":
                says = f"{quoted(field.name)} is of type {field.type}; it should name steps."
                page.fault((*here, "except"), says, 'Give the field type = "steps".')


def _others(definition: Definition, page: Page) -> None:
    for role in definition.roles.values():
        all_known(page, ("roles", role.name, "apart-from"), role.apart_from, definition.roles, "role")
        if role.name in role.apart_from:
            page.fault(("roles", role.name, "apart-from"), "A role cannot be kept apart from itself.", "Take it out.")
    all_known(page, ("set-aside", "by"), definition.set_aside_by, definition.roles, "role")
    if not definition.roles:
        page.fault(
            ("roles",), "No role is declared, so nobody could act.", 'Add [roles] with worker = "Social worker".'
        )
    landing, reopening = definition.importing, definition.reopening
    if landing is not None:
        if (
            known(page, ("import", "open"), landing.open, definition.stages, "stage")
            and definition.stages[landing.open].end
        ):
            page.fault(("import", "open"), "An open case cannot land in an end.", "Name a stage that is no end.")
        if (
            known(page, ("import", "done"), landing.done, definition.stages, "stage")
            and not definition.stages[landing.done].end
        ):
            page.fault(("import", "done"), "A finished case must land in an end.", "Name a stage with end = true.")
    if reopening is not None:
        all_known(page, ("reopening", "by"), reopening.by, definition.roles, "role")
        if (
            known(page, ("reopening", "to"), reopening.to, definition.stages, "stage")
            and definition.stages[reopening.to].end
        ):
            page.fault(("reopening", "to"), "A case cannot be reopened into an end.", "Name a stage that is no end.")
    for lane in definition.lanes.values():
        all_known(page, ("lanes", lane.name, "expect"), lane.expect, definition.expectations, "expectation")


def _twins(definition: Definition, page: Page) -> None:
    """Two things with one title cannot be told apart in a list."""
    _same_title(page, ("stages",), definition.stages)
    _same_title(page, ("roles",), definition.roles)
    _same_title(page, ("records",), definition.records)
    _same_title(page, ("reasons",), definition.reasons)
    _same_title(page, ("expectations",), definition.expectations)
    for track in definition.tracks.values():
        _same_title(page, ("tracks", track.name, "stages"), track.stages)
    taken: dict[tuple[str | None, str, str], Step] = {}
    for step in definition.steps.values():
        for stage in step.sources:
            other = taken.setdefault((step.track, stage, step.title.casefold()), step)
            if other is not step and step.title:
                says = f"From {quoted(stage)}, the step {other.name} has the same title."
                page.fault((*step_path(step), "title"), says, "Give them titles that a person can tell apart.")
                break


def _same_title(
    page: Page, path: Path, things: Mapping[str, Stage] | Mapping[str, RecordKind] | Mapping[str, object]
) -> None:
    taken: dict[str, str] = {}
    for name, thing in things.items():
        title = str(getattr(thing, "title", "")).casefold()
        if title and title in taken:
            says = f"It has the same title as {taken[title]}."
            page.fault((*path, name), says, "Give it a title that a person can tell apart.")
        taken.setdefault(title, name)
