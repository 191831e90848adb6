"""Where a checkpoint review leads in a workflow: read from the definition, so that local paths are followed too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casereview.errors import did_you_mean

if TYPE_CHECKING:
    from casereview.case import Case
    from casereview.commands import HoldReview
    from workflows.definition import Definition, RecordKind, Step

ENOUGH, CARRY_ON, CHANGE = "enough-known", "carry-on", "change-direction"
OUTCOMES: dict[str, str] = {ENOUGH: "enough is known", CARRY_ON: "carry on", CHANGE: "change direction"}
"""The three outcomes of Munro 2012, 2.26 as a person types them, and as the record keeps them."""
FIELD = "outcome"


@dataclass(frozen=True, slots=True)
class Route:
    """before: into the review, where the case is not at one · after: what the outcome means; None: it stays."""

    before: Step | None
    after: Step | None
    direction: str = ""


def review_kind(definition: Definition) -> RecordKind | None:
    """The record that holds checkpoints, where it ends in one of the three outcomes."""
    names = [e.checkpoint_record for e in definition.expectations.values() if not e.shown_only]
    for name in dict.fromkeys(names):
        kind = definition.records.get(name)
        asked = kind.fields.get(FIELD) if kind is not None else None
        if asked is not None and set(OUTCOMES.values()) <= {one.casefold() for one in asked.options}:
            return kind
    return None


def word_of(kind: RecordKind, outcome: str) -> str:
    """An outcome in the spelling of the workflow's own form."""
    wanted = OUTCOMES[outcome]
    return next(one for one in kind.fields[FIELD].options if one.casefold() == wanted)


def asking_for(definition: Definition, outcome: str = "") -> list[Step]:
    """The steps that ask for a review with this outcome, or with any."""
    kind = review_kind(definition)
    wanted = {OUTCOMES[outcome]} if outcome else set(OUTCOMES.values())
    return [
        step
        for step in definition.steps.values()
        if step.track is None
        and kind is not None
        and any(
            r.kind == "record" and r.name == kind.name and name == FIELD and wanted & {v.casefold() for v in values}
            for r in step.requirements
            for name, values in r.where
        )
    ]


def into_review(stage: str, definition: Definition) -> Step | None:
    """The step that leads from a stage to where reviews are held; None where it is one, or leads to none."""
    held_at = {source for step in asking_for(definition) for source in step.sources}
    if stage in held_at:
        return None
    return next((step for step in definition.steps_from(stage) if step.to in held_at and not step.loop), None)


def directions(case: Case, definition: Definition) -> list[tuple[Step, str]]:
    """Where a change of direction can lead from here, each with the word the record keeps for it."""
    kind = review_kind(definition)
    asked = kind.fields.get("direction") if kind is not None else None
    words = asked.options if asked is not None else ()
    before = into_review(case.main.stage, definition)
    places = [case.main.stage] if before is None else [before.to, case.main.stage]
    declared = asking_for(definition, CHANGE)
    found: dict[str, tuple[Step, str]] = {}
    for step in (step for place in places for step in definition.steps_from(place)):
        said = next((word for word in words if word.casefold() in step.title.casefold()), "")
        if step in declared:
            said = said or next((word for word in words if "purpose" in word), "")
        if step in declared or said:
            found.setdefault(step.name, (step, said))
    return list(found.values())


def route(case: Case, command: HoldReview, definition: Definition) -> Route | str:
    """The way a review takes from where the case is; in words why there is none."""
    here, before = case.main.stage, into_review(case.main.stage, definition)
    if command.outcome == CHANGE:
        return _changed(case, command, definition, before)
    places = [here] if before is None else [before.to, here]
    declared = asking_for(definition, command.outcome)
    for place in places:
        steps = definition.steps_from(place)
        flagged = [s for s in steps if s in declared] or [
            s for s in steps if command.outcome == ENOUGH and s.enough_known
        ]
        if flagged:
            first = before if place != here else None
            return Route(before if command.stay else first, None if command.stay else flagged[0])
    if command.outcome == ENOUGH:
        return f"From “{definition.stages[here].title}” no step says that enough is known."
    return Route(None, None)  # carrying on where it is: the review is recorded, the case stays


def _changed(case: Case, command: HoldReview, definition: Definition, before: Step | None) -> Route | str:
    offered = directions(case, definition)
    wanted = command.step or command.direction
    chosen = [
        one
        for one in offered
        if wanted and wanted.casefold() in (one[0].name.casefold(), _spaced(one[0].name), one[1].casefold())
    ] or ([] if command.step else [one for one in offered if one[0] in asking_for(definition, CHANGE)])
    title = definition.stages[case.main.stage].title
    if not chosen:
        if not offered:
            return f"From “{title}” this workflow declares no change of direction."
        names = [step.name for step, _ in offered]
        return f"{wanted!r} is no change of direction from “{title}”. {did_you_mean(wanted, names)}".strip()
    step, said = chosen[0]
    into = before if before is not None and case.main.stage not in step.sources else None
    if before is not None and before.to in step.sources:
        into = before  # the review is held where reviews are held, and the history shows it
    named = _spaced(command.direction) == _spaced(step.name)  # a way named by its step, as the page offers it
    return Route(into, None if command.stay else step, said if named else command.direction or said)


def _spaced(name: str) -> str:
    return name.casefold().replace("-", " ")
