"""Every name a definition uses must be declared in it, and no two things may be told apart only by guessing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from workflows.definition import BUILT_IN_RECORDS, HAS, TOLD, Definition, Field, RecordKind, Requirement, Stage, Step
from workflows.errors import did_you_mean, quoted
from workflows.grammar import TELLINGS
from workflows.lines import Path
from workflows.page import Page

LISTED = ("choice", "choices")
NEED_A_READER = ("long", "lines")


def check(definition: Definition, page: Page) -> None:
    """Add a fault for each unknown or doubled name."""
    _steps(definition, page)
    _holds(definition, page)
    _records(definition, page)
    _others(definition, page)
    _twins(definition, page)


def step_path(step: Step) -> Path:
    """Where a step stands in the file."""
    return ("steps", step.name) if step.track is None else ("tracks", step.track, "steps", step.name)


def _known(page: Page, path: Path, name: str, known: Collection[str], what: str) -> bool:
    if name in known:
        return True
    if name:  # an empty one has been reported as missing
        page.fault(path, f"There is no {what} called {quoted(name)}.", did_you_mean(name, known))
    return False


def _all_known(page: Page, path: Path, names: Iterable[str], known: Collection[str], what: str) -> None:
    for name in names:
        _known(page, path, name, known, what)


def _steps(definition: Definition, page: Page) -> None:
    for step in definition.steps.values():
        path = step_path(step)
        stages = _stages_of(definition, step.track)
        _all_known(page, (*path, "from"), step.sources, stages, "stage here")
        _known(page, (*path, "to"), step.to, stages, "stage here")
        _all_known(page, (*path, "by"), step.by, definition.roles, "role")
        places = requirement_paths(step)
        seen: dict[str, Requirement] = {}
        for asked, here in zip(step.requirements, places, strict=True):
            if asked.key in seen:
                says = f"The step already asks for {quoted(asked.key)}."
                page.fault(here, says, 'Take one out, or give this one its own name = "...".')
            seen.setdefault(asked.key, asked)
            _all_known(page, (*here, "who"), asked.who, definition.roles, "role")
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
    if asked.kind == "has":
        _known(page, here, asked.name, HAS, "such thing a case has,")
    elif asked.kind == "told":
        _known(page, here, asked.name, TOLD, "one to be told")
        _all_known(page, (*path, "about"), asked.at, TELLINGS, "kind of telling")
    elif asked.kind == "seen":
        _known(page, here, asked.name, ("child",), "one to be seen")
    elif asked.kind == "appointed":
        _known(page, here, asked.name, definition.roles, "role")
    elif asked.kind == "track":
        if _known(page, here, asked.name, definition.tracks, "track"):
            _all_known(page, (*path, "at"), asked.at, definition.tracks[asked.name].stages, "stage of that track")
    elif asked.kind == "record":
        _record_asked(definition, page, asked, path)
    else:
        _field_asked(definition, page, asked, path)


def _record_asked(definition: Definition, page: Page, asked: Requirement, path: Path) -> None:
    if asked.name in BUILT_IN_RECORDS:
        page.fault((*path, "record"), f"{quoted(asked.name)} is built in.", 'Write seen = "child".')
        return
    if not _known(page, (*path, "record"), asked.name, definition.records, "kind of record"):
        return
    fields = definition.records[asked.name].fields
    for name, values in asked.where:
        here = (*path, "where", name)
        if _known(page, here, name, fields, f"field of {asked.name}"):
            _values(page, here, values, fields[name])


def _field_asked(definition: Definition, page: Page, asked: Requirement, path: Path) -> None:
    kind, dot, name = asked.name.partition(".")
    if not dot or not name:
        if asked.name:
            remedy = 'Write KIND.FIELD, such as "conversation.status".'
            page.fault((*path, "field"), f"{quoted(asked.name)} names no field.", remedy)
        return
    field = _field(definition, page, (*path, "field"), kind, name)
    if field is not None:
        _values(page, (*path, "among"), asked.among, field)


def _field(definition: Definition, page: Page, path: Path, kind: str, name: str) -> Field | None:
    if not _known(page, path, kind, definition.records, "kind of record"):
        return None
    fields = definition.records[kind].fields
    return fields[name] if _known(page, path, name, fields, f"field of {kind}") else None


def _values(page: Page, path: Path, values: tuple[str, ...], field: Field) -> None:
    answers = field.options if field.type in LISTED else ("yes", "no") if field.type == "yes-no" else ()
    if values and not answers:
        says = f"{quoted(field.name)} takes any {field.type}, so it cannot be compared."
        page.fault(path, says, "Compare a field of type choice, choices or yes-no.")
        return
    _all_known(page, path, values, answers, f"answer to {field.name}")


def _holds(definition: Definition, page: Page) -> None:
    for track in definition.tracks.values():
        path: Path = ("tracks", track.name)
        _known(page, (*path, "start"), track.start, track.stages, "stage of this track")
        if track.hold is None:
            continue
        here = (*path, "hold")
        _all_known(page, (*here, "while"), track.hold.stages, track.stages, "stage of this track")
        _all_known(page, (*here, "who"), track.hold.who, definition.roles, "role")
        if track.hold.record is not None and track.hold.field is not None:
            field = _field(definition, page, (*here, "except"), track.hold.record, track.hold.field)
            if field is not None and field.type != "steps":
                says = f"{quoted(field.name)} is of type {field.type}; it should name steps."
                page.fault((*here, "except"), says, 'Give the field type = "steps".')


def _records(definition: Definition, page: Page) -> None:
    for kind in definition.records.values():
        path: Path = ("records", kind.name)
        if kind.name in BUILT_IN_RECORDS:
            page.fault(path, f"{quoted(kind.name)} is built in and cannot be declared again.", "Take it out.")
        _all_known(page, (*path, "by"), kind.by, definition.roles, "role")
        for field in kind.fields.values():
            _one_field(definition, page, (*path, "fields", field.name), field)


def _one_field(definition: Definition, page: Page, path: Path, field: Field) -> None:
    if field.type in LISTED and not field.options:
        page.fault(path, "There is nothing to choose from.", 'Add options = ["...", "..."].')
    if field.options and field.type not in LISTED:
        says = f"A field of type {field.type} has no options."
        page.fault((*path, "options"), says, 'Write type = "choice", or take the options out.')
    if field.type == "record" and not field.of:
        page.fault(path, "It does not say which kind of record it points to.", 'Add of = "finding".')
    if field.of and field.type != "record":
        page.fault((*path, "of"), f"A field of type {field.type} points to no record.", 'Write type = "record".')
    elif field.of:
        _known(page, (*path, "of"), field.of, (*definition.records, *BUILT_IN_RECORDS), "kind of record")
    if field.type in NEED_A_READER and not field.reader:
        says = "Nobody is named who reads the answer; a question that nobody reads should not be asked."
        page.fault(path, says, 'Add reader = "the family, the next worker".')


def _others(definition: Definition, page: Page) -> None:
    _all_known(page, ("set-aside", "by"), definition.set_aside_by, definition.roles, "role")
    if not definition.roles:
        page.fault(
            ("roles",), "No role is declared, so nobody could act.", 'Add [roles] with worker = "Social worker".'
        )
    landing, reopening = definition.importing, definition.reopening
    if landing is not None:
        if (
            _known(page, ("import", "open"), landing.open, definition.stages, "stage")
            and definition.stages[landing.open].end
        ):
            page.fault(("import", "open"), "An open case cannot land in an end.", "Name a stage that is no end.")
        if (
            _known(page, ("import", "done"), landing.done, definition.stages, "stage")
            and not definition.stages[landing.done].end
        ):
            page.fault(("import", "done"), "A finished case must land in an end.", "Name a stage with end = true.")
    if reopening is not None:
        _all_known(page, ("reopening", "by"), reopening.by, definition.roles, "role")
        if (
            _known(page, ("reopening", "to"), reopening.to, definition.stages, "stage")
            and definition.stages[reopening.to].end
        ):
            page.fault(("reopening", "to"), "A case cannot be reopened into an end.", "Name a stage that is no end.")
    for lane in definition.lanes.values():
        _all_known(page, ("lanes", lane.name, "expect"), lane.expect, definition.expectations, "expectation")


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
