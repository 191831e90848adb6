"""The map of a workflow: as Mermaid text for a document, and as lines for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping

from workflows.definition import Definition, Stage, Step

WIDTH = 78
_MERMAID = str.maketrans({"#": "#35;", '"': "#quot;", ";": "#59;", ":": "#58;", "<": "#lt;", ">": "#gt;", "\n": " "})


# ---- Mermaid ---------------------------------------------------------------------------------------------


def as_mermaid(definition: Definition) -> str:
    """A Mermaid state diagram of the path, with each track as a box of its own beside it."""
    lines = ["stateDiagram-v2"]
    lines += _machine("s_", definition.stages, definition.start, _steps(definition, None), "    ")
    for track in definition.tracks.values():
        lines.append(f'    state "{_label(track.title)}" as track_{_id(track.name)} {{')
        prefix = f"t_{_id(track.name)}__"
        lines += _machine(prefix, track.stages, track.start, _steps(definition, track.name), "        ")
        lines.append("    }")
    return "\n".join(lines) + "\n"


def _machine(prefix: str, stages: Mapping[str, Stage], start: str, steps: Iterable[Step], indent: str) -> list[str]:
    lines = [f'{indent}state "{_label(s.title)}" as {prefix}{_id(s.name)}' for s in stages.values()]
    lines.append(f"{indent}[*] --> {prefix}{_id(start)}")
    for step in steps:
        back = " (back)" if step.loop else ""
        for source in step.sources:
            arrow = f"{prefix}{_id(source)} --> {prefix}{_id(step.to)}"
            lines.append(f"{indent}{arrow}: {_label(step.title)}{back}")
    lines += [f"{indent}{prefix}{_id(s.name)} --> [*]" for s in stages.values() if s.end]
    return lines


def _id(name: str) -> str:
    return name.replace("-", "_")


def _label(text: str) -> str:
    return text.translate(_MERMAID)


def _steps(definition: Definition, track: str | None) -> list[Step]:
    return [step for step in definition.steps.values() if step.track == track]


# ---- terminal --------------------------------------------------------------------------------------------


def as_terminal(definition: Definition, at: str | None = None, tracks_at: Mapping[str, str] | None = None) -> str:
    """The map in plain characters, at most 78 to a line: stages in order and the steps that leave each.

    `at` is the stage a case stands in, `tracks_at` where its tracks stand; both are marked "here".
    Steps back are marked "back", ends "end". Nothing is drawn that could not be read aloud.
    """
    places = tracks_at or {}
    lines = [definition.title, ""]
    lines += _lines(definition.stages, _steps(definition, None), at)
    for track in definition.tracks.values():
        where = places.get(track.name, track.start if at is not None else None)
        lines += ["", f"Beside it: {track.title}", ""]
        lines += _lines(track.stages, _steps(definition, track.name), where)
    return "\n".join(lines) + "\n"


def _lines(stages: Mapping[str, Stage], steps: list[Step], at: str | None) -> list[str]:
    lines: list[str] = []
    for number, stage in enumerate(stages.values(), 1):
        here = stage.name == at
        marks = ", ".join(mark for mark, on in (("end", stage.end), ("here", here)) if on)
        head = f"{'>' if here else ' '} {number:>2}  {stage.title}{f'  [{marks}]' if marks else ''}"
        lines += _wrapped(head, "      ")
        for step in steps:
            if stage.name in step.sources:
                lines += _wrapped(f"        {_arrow(step, stages)}", "           ")
    return lines


def _arrow(step: Step, stages: Mapping[str, Stage]) -> str:
    target = stages[step.to].title if step.to in stages else step.to
    sign = "<-" if step.loop else "->"
    return f"{sign} {step.name}: {step.title} ({'back to' if step.loop else 'to'} {target})"


def _wrapped(text: str, indent: str) -> list[str]:
    lead = text[: len(text) - len(text.lstrip())]
    return textwrap.wrap(
        text.strip(), WIDTH, initial_indent=lead, subsequent_indent=indent, break_on_hyphens=False
    ) or [""]
