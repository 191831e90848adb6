"""Stages where nobody but those who oversee can take a case on: their waiting time, not the worker's."""

from __future__ import annotations

from functools import lru_cache

from workflows.definition import Definition, Step


@lru_cache(maxsize=1024)  # asked of every open case, and the same for all at one stage
def ways_on(definition: Definition, stage: str) -> tuple[Step, ...]:
    """Steps out of a stage of the main path; not the exits that are open from several stages alike."""
    steps = definition.steps_from(stage)
    return tuple(s for s in steps if not (definition.stages[s.to].end and len(s.sources) > 1))


@lru_cache(maxsize=1024)
def waits_for(definition: Definition, stage: str) -> frozenset[str]:
    """The roles that oversee and that every way on from a stage waits for; none where the worker may take one.

    Whoever holds one of them can take every way on alone. A stage without a way on waits for nobody.
    """
    ways = ways_on(definition, stage)
    workers = {role.name for role in definition.roles.values() if role.assigned}
    offices = {role.name for role in definition.roles.values() if role.office} | set(definition.set_aside_by)
    if not ways or any(workers & set(step.by) for step in ways):
        return frozenset()
    if not all(offices & set(step.by) for step in ways):
        return frozenset()
    return frozenset(offices & {role for step in ways for role in step.by})


def only_overseers(definition: Definition, stage: str) -> bool:
    """Whether a case at this stage waits for those who oversee it, and for nobody else."""
    return bool(waits_for(definition, stage))


def is_a_planned_look(definition: Definition, stage: str) -> bool:
    """Whether a way on from the stage asks for the record of a checkpoint: going back from it is no rework."""
    looks = {one.checkpoint_record for one in definition.expectations.values()} - {"seen"}
    return any(r.kind == "record" and r.name in looks for s in ways_on(definition, stage) for r in s.requirements)

