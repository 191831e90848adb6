"""Whether the path and the tracks can be walked: reached, ended, and never in a circle that nobody declared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from workflows.check_names import step_path
from workflows.definition import Definition, Stage, Step
from workflows.errors import nearest, quoted
from workflows.grammar import LOOP, REASON_ASKED
from workflows.lines import Path
from workflows.page import Page

Ways = Mapping[str, Sequence[str]]


def check(definition: Definition, page: Page) -> None:
    """Add a fault for each stage that cannot be reached or left, and each step back that is not declared."""
    main = _steps(definition, None, definition.stages)
    _walk(page, ("stages",), definition.stages, definition.start, main)
    _ends(page, definition.stages, main)
    for track in definition.tracks.values():
        steps = _steps(definition, track.name, track.stages)
        _walk(page, ("tracks", track.name, "stages"), track.stages, track.start, steps)
    for name in definition.tracks:
        if not definition.tracks[name].stages:
            page.fault(("tracks", name), "The track has no stages.", f"Add [tracks.{name}.stages].")


def _steps(definition: Definition, track: str | None, stages: Mapping[str, Stage]) -> list[Step]:
    """The steps of one path, a misspelt stage read as the nearest one: one slip should not cast doubt on the rest."""

    def meant(name: str) -> str:
        return name if name in stages else nearest(name, stages) or name

    return [
        replace(step, sources=tuple(meant(name) for name in step.sources), to=meant(step.to))
        for step in definition.steps.values()
        if step.track == track
    ]


def _walk(page: Page, path: Path, stages: Mapping[str, Stage], start: str, steps: Sequence[Step]) -> None:
    reached = _reachable(start, _ways(steps))
    for stage in stages.values():
        if stage.name not in reached and start in stages:
            says = f"No way leads to the stage {quoted(stage.name)}."
            page.fault((*path, stage.name), says, "Add a step to it, or take it out.")
        if stage.end:
            for step in steps:
                if stage.name in step.sources:
                    says = f"The stage {quoted(stage.name)} is an end, and nothing leaves an end."
                    remedy = "Take it out of from; to open a case again, use [reopening]."
                    page.fault((*step_path(step), "from"), says, remedy)
    _loops(page, stages, steps)


def _ends(page: Page, stages: Mapping[str, Stage], steps: Sequence[Step]) -> None:
    ends = [stage.name for stage in stages.values() if stage.end]
    if stages and not ends:
        page.fault(("stages",), "No stage is an end, so no case could ever finish.", "Give one end = true.")
        return
    back: dict[str, list[str]] = {}
    for source, targets in _ways(steps).items():
        for target in targets:
            back.setdefault(target, []).append(source)
    ending = {name for end in ends for name in _reachable(end, back)}
    for stage in stages.values():
        if stage.name not in ending:
            says = f"From the stage {quoted(stage.name)} no way leads to an end."
            page.fault(("stages", stage.name), says, "Add a step onward, or give it end = true.")


def _loops(page: Page, stages: Mapping[str, Stage], steps: Sequence[Step]) -> None:
    """A step goes back when, without the steps declared as loops, one could come round to where it starts.

    Of such a circle the step that leads to a stage listed earlier is the one to declare.
    """
    order = {name: number for number, name in enumerate(stages)}
    onward = _ways(step for step in steps if not step.loop)
    for step in steps:
        # An exit from an end is a fault of its own, whatever else it would be.
        known = [s for s in step.sources if s in order and not stages[s].end] if step.to in order else []
        if step.loop:
            round_about = _reachable(step.to, _ways(steps))
            if known and not any(source in round_about for source in known):
                says = f"Nothing leads from {quoted(step.to)} back to where the step starts, so it is no loop."
                remedy = f'Take loop out; to ask why it is taken, write reason = "{REASON_ASKED}".'
                page.fault((*step_path(step), "loop"), says, remedy)
            continue
        for source in known:
            if order[step.to] <= order[source] and source in _reachable(step.to, onward):
                says = f"The step goes back from {quoted(source)} to {quoted(step.to)} without saying so."
                page.fault(step_path(step), says, f'Add loop = "{LOOP}".')
                break


def _ways(steps: Iterable[Step]) -> dict[str, list[str]]:
    ways: dict[str, list[str]] = {}
    for step in steps:
        for source in step.sources:
            ways.setdefault(source, []).append(step.to)
    return ways


def _reachable(start: str, ways: Ways) -> set[str]:
    """Every stage that can be come to from `start`, itself included."""
    found = {start}
    waiting = [start]
    while waiting:
        for stage in ways.get(waiting.pop(), ()):
            if stage not in found:
                found.add(stage)
                waiting.append(stage)
    return found
