"""Who reads a kind of record, by the roles somebody holds on a case and the stages it has ever come to.

A loop back takes nothing away and opens nothing: what counts is where the case has been, never where it stands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from casereview.case import Case
from workflows.definition import Definition, RecordKind

PUBLIC = "published"  # a stage beside the path, as every workflow that publishes calls it
CONTENT = ("long", "lines")  # the types of field a list leaves out of a kind whose reading is written down


def been_at(case: Case, definition: Definition) -> frozenset[str]:
    """The stages of the path a case has ever come to; one read in at a stage came through those listed before it."""
    stages, visited = list(definition.stages), set(case.visits)
    if case.imported:
        last = max((stages.index(stage) for stage in visited if stage in stages), default=0)
        visited |= {stage for stage in stages[:last] if not definition.stages[stage].end}
    return frozenset(visited)


def made_public(case: Case) -> bool:
    """Whether what the case brought out has ever been published."""
    return any(PUBLIC in visits for visits in case.track_visits.values())


def open_to(kind: RecordKind, roles: Collection[str], been: Collection[str], public: bool = False) -> bool:
    """Whether one of these roles reads every record of a kind, in a case that has come to these stages.

    public   the case was published: then everyone reads the kinds whose words went into it
    """
    if not kind.readers or set(kind.readers) & set(roles) or (public and kind.published):
        return True
    return any(role in roles and stage in been for role, stage in kind.readers_from)


def kept_to(kind: RecordKind, definition: Definition, been: Collection[str]) -> str:
    """The same in words: to whom a kind is kept, such as "Lead reviewer or Review team member"."""
    reached = tuple(role for role, stage in kind.readers_from if stage in been)
    names = [definition.roles[r].title if r in definition.roles else r for r in (*kind.readers, *reached)]
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)


def restricted(definition: Definition) -> bool:
    """Whether any kind of record is kept to some, or its reading written down."""
    return any(kind.readers or kind.logged for kind in definition.records.values())


def outline(kind: RecordKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a list may show of a record whose reading is written down: no account of anything."""
    left = {name for name, f in kind.fields.items() if f.type in CONTENT and not f.required}
    return {name: value for name, value in values.items() if name not in left and name in kind.fields}


def names_person(kind: RecordKind, values: Mapping[str, Any], person: str) -> bool:
    """Whether a question of the record that asks for a person is answered with this one."""
    return any(f.type == "person" and values.get(name) == person for name, f in kind.fields.items())


def points_to(kind: RecordKind, values: Mapping[str, Any]) -> list[tuple[str, int]]:
    """The records it points to: kind and number."""
    found = ((f.of, values.get(name)) for name, f in kind.fields.items() if f.type == "record")
    return [(of, value) for of, value in found if isinstance(value, int)]
