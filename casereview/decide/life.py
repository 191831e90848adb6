"""Steps, setting aside and reopening: how a case moves, and why it sometimes cannot yet."""

from __future__ import annotations

from casereview.case import Case
from casereview.clocks import Arrival, clocks_at
from casereview.commands import Reopen, SetRequirementAside, TakeStep
from casereview.decide.context import (
    Context,
    Decision,
    Refusal,
    Unmet,
    happened,
    in_words,
    not_yours,
    note,
    role_titles,
)
from casereview.engine import path
from casereview.errors import did_you_mean
from casereview.events import Reopened, RequirementSetAside, StepTaken
from casereview.requirements import Asked, applies, asked_by, unmet
from workflows.definition import Definition, Step
from workflows.shown_words import when


def open_steps(case: Case, definition: Definition) -> list[Step]:
    """Every step that leaves where the case stands, on the main path and every track; no date matters."""
    steps = list(path(definition).steps_from(case.main.stage))
    for track in definition.tracks:
        if case.closed is None and track in case.tracks:
            steps += path(definition, track).steps_from(case.tracks[track].stage)
    return [step for step in steps if applies(case, step)]


def take_step(case: Case, command: TakeStep, context: Context) -> Decision:
    definition = context.definition
    step = definition.steps.get(command.step)
    if step is None or step not in open_steps(case, definition):
        return _not_open(case, command.step, definition)
    missing = unmet(case, step, definition)
    reason = note(command.reason)
    refused = _refused(case, step, missing, reason, definition)
    if not context.roles(case) & set(step.by):
        no = not_yours(f"“{step.title}”", in_words(role_titles(definition, step.by)))
        return Refusal(no.says, refused.unmet, no.remedy)
    if refused.unmet:
        return refused
    visit = case.main if step.track is None else case.tracks[step.track]
    to = path(definition, step.track).destination(visit.stage, step.name)
    assert to is not None  # the step leaves this stage: just checked
    closes = step.track is None and definition.stages[to].end
    arrival = Arrival(context.today, leaves=visit.stage, enters=to, closes=closes)
    clocks = clocks_at(case, definition, arrival, context.calendar)
    event = StepTaken(step.name, visit.stage, to, step.track, reason, step.enough_known, clocks)
    return happened(event, context.today)


def _not_open(case: Case, name: str, definition: Definition) -> Refusal:
    stage = definition.stages[case.main.stage]
    steps = [s.name for s in open_steps(case, definition)]
    if name in definition.steps:
        step = definition.steps[name]
        says = f"“{step.title}” does not lead on from “{stage.title}”, where the case is now"
        if not applies(case, step):
            says = f"“{step.title}” is not a way for this case: {when(definition, step.when)} is asked for"
        if not step.sources:  # a timescale profile says so
            says = f"“{step.title}” is not taken under this case's timescale profile. {step.says}".removesuffix(".")
    else:
        says = f"this workflow has no step {name!r}"
    if not steps:
        remedy = "The case is closed."
        if definition.reopening is not None:
            remedy += f" To open it again: casereview reopen {case.ref} --reason …"
    elif name in definition.steps:
        remedy = f"Open now: {', '.join(steps)}. See: casereview why {case.ref}"
    else:
        remedy = f"{did_you_mean(name, definition.steps)} See: casereview why {case.ref}"
    return Refusal(f"{says}.", remedy=remedy)


def _refused(
    case: Case, step: Step, missing: tuple[Asked, ...], reason: str, definition: Definition
) -> Refusal:
    lines = [as_unmet(case, step, asked, definition) for asked in missing]
    if (step.loop or step.asks_reason) and not reason:
        who = in_words(role_titles(definition, step.by))
        command = f"casereview step {case.ref} {step.name} --reason …"
        lines.append(Unmet("reason", "must", "a reason for this step, in your own words", who, command))
    return Refusal(f"“{step.title}” is not ready yet.", tuple(lines))


def as_unmet(case: Case, step: Step, asked: Asked, definition: Definition) -> Unmet:
    """A requirement as a refusal and `why` show it."""
    aside = ""
    if asked.strength == "expected" and definition.set_aside_by:
        aside = f"casereview set-aside {case.ref} {asked.requirement} --step {step.name} --reason …"
    return Unmet(asked.requirement, asked.strength, asked.says, in_words(asked.who), asked.command, aside)


def set_aside(case: Case, command: SetRequirementAside, context: Context) -> Decision:
    """An expectation can be set aside by a named role with a reason; a duty cannot (law 6)."""
    definition = context.definition
    if not context.oversees(case):
        return not_yours("Setting an expectation aside", context.overseers())
    reason = note(command.reason)
    if not reason:
        return Refusal("Setting an expectation aside asks for a reason.", remedy="Give it with --reason.")
    asking: list[tuple[Step, Asked]] = [
        (step, asked)
        for step in open_steps(case, definition)
        for asked in asked_by(case, step, definition)
        if command.step in ("", step.name)
    ]
    found = [(step, asked) for step, asked in asking if asked.requirement == command.requirement]
    if not found:
        remedy = did_you_mean(command.requirement, [a.requirement for _, a in asking])
        return Refusal(f"no step open now asks for {command.requirement!r}.", remedy=remedy)
    duty = next((asked for _, asked in found if asked.strength == "must"), None)
    if duty is not None:
        return Refusal(
            f"“{duty.says}” is a duty and cannot be set aside.",
            remedy=f"It can be met by {in_words(duty.who)}: {duty.command}",
        )
    waiting = [(step, asked) for step, asked in found if not asked.met and not asked.set_aside]
    if not waiting:
        return Refusal("There is nothing to set aside: it is met, or set aside already.")
    return tuple(
        h
        for step, asked in waiting
        for h in happened(RequirementSetAside(step.name, asked.requirement, reason), context.today)
    )


def reopen(case: Case, command: Reopen, context: Context) -> Decision:
    """Opens a closed case again, at the stage the definition declares; the closed part is never edited."""
    definition = context.definition
    if case.closed is None:
        return Refusal("This case is open.", remedy=f"See its next steps: casereview why {case.ref}")
    if definition.reopening is None:
        return Refusal(
            "This workflow does not say how a closed case is opened again.",
            remedy="Open a new case about the same child; the journey shows both.",
        )
    if not context.roles(case) & set(definition.reopening.by):
        return not_yours("Reopening", in_words(role_titles(definition, definition.reopening.by)))
    reason = note(command.reason)
    if not reason:
        return Refusal("Reopening asks for a reason.", remedy="Give it with --reason.")
    to = definition.reopening.to
    arrival = Arrival(context.today, opened=True, enters=to)
    clocks = clocks_at(case, definition, arrival, context.calendar)
    return happened(Reopened(to, reason, clocks), context.today)
