"""The state machine: the only module that knows the `transitions` library.

One machine per path of a definition, without a model, shared by every case (registering cases with a
machine grows with the square of their number). Requirements are not callbacks: `decide` asks them all.
"""

from __future__ import annotations

from functools import lru_cache

from transitions import Machine

from workflows.definition import Definition, Step


class _Position:
    """What a machine moves: nothing but a stage."""

    __slots__ = ("state",)

    def __init__(self, stage: str) -> None:
        self.state = stage


class Path:
    """The main path of a definition, or one of its tracks, as a machine."""

    def __init__(self, definition: Definition, track: str | None) -> None:
        stages = definition.tracks[track].stages if track else definition.stages
        self.start = definition.tracks[track].start if track else definition.start
        self._steps = {s.name: s for s in definition.steps.values() if s.track == track}
        self._machine = Machine(
            model=None,
            states=list(stages),
            initial=self.start,
            auto_transitions=False,  # no way round the declared steps
            transitions=[
                {"trigger": s.name, "source": source, "dest": s.to}
                for s in self._steps.values()
                for source in s.sources
            ],
        )
        self._leaving = {stage: frozenset(self._machine.get_triggers(stage)) for stage in stages}

    def steps_from(self, stage: str) -> tuple[Step, ...]:
        """Every step that leaves a stage, whatever it requires, in the order of the definition."""
        leaving = self._leaving.get(stage, frozenset())
        return tuple(step for name, step in self._steps.items() if name in leaving)

    def destination(self, stage: str, step: str) -> str | None:
        """The stage a step leads to from here; None when it does not leave this stage."""
        if step not in self._leaving.get(stage, frozenset()):
            return None
        position = _Position(stage)
        self._machine.events[step].trigger(position)
        return position.state


@lru_cache(maxsize=256)
def _paths(digest: str, track: str | None) -> list[Path]:
    return []  # filled by `path`: a definition is not hashable, its content hash is


def path(definition: Definition, track: str | None = None) -> Path:
    """The shared machine of a definition's main path (or of a track), built once per content hash."""
    kept = _paths(definition.key, track)
    if not kept:
        kept.append(Path(definition, track))
    return kept[0]
