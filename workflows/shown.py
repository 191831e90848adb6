"""Prints a workflow for a person to read aloud: every stage, step, duty, time, record and reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from workflows.definition import (
    Anchor,
    Definition,
    Expectation,
    Requirement,
    Role,
    Stage,
    Step,
)
from workflows.shown_records import options, record
from workflows.shown_words import WIDTH, a, p, roles, sentence, title, when


def show(definition: Definition) -> str:
    """The whole definition as plain text, at most 78 characters to a line."""
    parts = [
        _about(definition),
        _section("Who acts", [_role(definition, role) for role in definition.roles.values()]),
        _section("The path", _path(definition, definition.stages, None)),
        *(_track(definition, track) for track in definition.tracks),
        _section("Time, which never moves, blocks or closes a case", _times(definition)),
        _section("How full it may be", options(definition)),
        _section("What is written down", [record(definition, kind) for kind in definition.records.values()]),
        _section("Why it takes longer", _reasons(definition)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _about(d: Definition) -> str:
    profile = f", {d.profile}" if d.profile else ""
    lines = [d.title, "=" * min(len(d.title), WIDTH), p(f"{d.name}, version {d.version}{profile}.")]
    lines += [p(f"A case is {a(d.kind)}; its reference begins with {d.prefix}.")]
    lines += [p(d.says)] if d.says else []
    lines += [p(f"When to choose it: {d.choose}")] if d.choose else []
    lines += [p(f"Source: {d.source}")] if d.source else []
    lines += [p(f"Content: sha256 {d.hash[:16]}")]
    return "\n".join(lines)


def _section(title: str, entries: Iterable[str]) -> str:
    body = [entry for entry in entries if entry]
    return "\n".join([title, "-" * len(title), *body]) if body else ""


def _role(d: Definition, role: Role) -> str:
    held = [text for on, text in ((role.assigned, "the assigned worker"), (role.office, f"the {role.office}")) if on]
    by = f" Held by {' or '.join(held)}, or by appointment." if held else " Held by appointment."
    apart = f" Nobody is also {roles(d, role.apart_from)} in the same case." if role.apart_from else ""
    return p(f"{role.title} ({role.name}).{sentence(role.says)}{by}{apart}", "  ")


# ---- the path --------------------------------------------------------------------------------------------


def _path(d: Definition, stages: Mapping[str, Stage], track: str | None) -> list[str]:
    lines = []
    told: set[str] = set()
    for number, stage in enumerate(stages.values(), 1):
        end = " An end." if stage.end else ""
        lines.append(p(f"{number}. {stage.title} ({stage.name}).{sentence(stage.says)}{end}"))
        for step in d.steps_from(stage.name, track):
            lines.append(_step(d, step, stages, again=step.name in told))
            told.add(step.name)
    if track is None:
        lines += _after(d)
    return lines


def _step(d: Definition, step: Step, stages: Mapping[str, Stage], *, again: bool) -> str:
    """A step in full where it is first met; after that, only that it can be taken here too."""
    text = f"* {step.title} ({step.name}): {'back to' if step.loop else 'to'} {title(stages, step.to)}"
    if again:
        return p(f"{text}, as above.", "   ")
    text += f". By {roles(d, step.by)}."
    text += " Asks a reason." if step.loop or step.asks_reason else ""
    text += f" Only while {when(d, step.when)}." if step.when else ""
    text += " Says that enough is known." if step.enough_known else ""
    text += sentence(step.says)
    return "\n".join([p(text, "   "), *(_asked(d, asked) for asked in step.requirements)])


def _asked(d: Definition, asked: Requirement) -> str:
    word = "must" if asked.strength == "must" else "expected"
    visit = ", on this visit" if asked.this_visit else ""
    visit += f", while {when(d, asked.when)}" if asked.when else ""
    source = f" [{asked.source}]" if asked.source else ""
    return p(f"- {word}: {asked.says}{visit} ({roles(d, asked.who)}; {asked.key}){source}", "     ")


def _after(d: Definition) -> list[str]:
    lines = []
    if d.set_aside_by:
        lines.append(p(f"What is expected may be set aside, with a reason, by {roles(d, d.set_aside_by)}."))
    if d.reopening:
        to = title(d.stages, d.reopening.to)
        lines.append(p(f"A closed case may be reopened to {to} by {roles(d, d.reopening.by)}."))
    if d.importing:
        landing = d.importing
        text = f"Cases that are read in land at {title(d.stages, landing.open)}, finished ones at "
        text += f"{title(d.stages, landing.done)}."
        text += f" For starts from {landing.starts_from:%d %B %Y}." if landing.starts_from else ""
        text += f" For starts until {landing.starts_until:%d %B %Y}." if landing.starts_until else ""
        lines.append(p(text))
    return lines


def _track(d: Definition, name: str) -> str:
    track = d.tracks[name]
    body = [p(track.says)] if track.says else []
    body += _path(d, track.stages, name)
    if track.hold:
        stages = " or ".join(title(track.stages, stage) for stage in track.hold.stages)
        body.append(p(f"While it stands at {stages}, the main path waits: {track.hold.says}."))
    return _section(f"Beside the path: {track.title}", body)


# ---- time ------------------------------------------------------------------------------------------------


def _times(d: Definition) -> list[str]:
    lines = [_expectation(d, expectation) for expectation in d.expectations.values()]
    for lane in d.lanes.values():
        spans = ", ".join(f"{title(d.expectations, name)}: {span}" for name, span in lane.expect.items())
        lines.append(p(f"* Lane {lane.name}: {lane.title}. When: {'; '.join(lane.when)}. Then: {spans}."))
    return lines


def _expectation(d: Definition, e: Expectation) -> str:
    text = f"* {e.title} ({e.name}): from {_anchor(d, e.start)} to {_anchor(d, e.end)}."
    text += " A date is agreed for this case." if e.agreed else ""
    text += f" Indicative: {e.indicative}." if e.indicative else ""
    text += f" The register asks {e.look_after} past that." if e.look_after else ""
    text += _statutory(e)
    text += f" Looked at together after {', '.join(map(str, e.checkpoints))}." if e.checkpoints else ""
    text += " Only shown, never on the register." if e.shown_only else ""
    text += " Starts again on each return." if e.restart else ""
    text += sentence(e.says)
    lines = [p(f"{text}{f' [{e.source}]' if e.source else ''}")]
    if not e.shown_only:
        needs = "a manager who is not its author and a date to look again"
        needs += ", the family told since" if e.justified.family_told else ""
        needs += f", the child seen within {e.justified.child_seen}" if e.justified.child_seen else ""
        lines.append(p(f"A reason for longer is justified while it has {needs}.", "   "))
    return "\n".join(lines)


def _statutory(e: Expectation) -> str:
    if e.statutory is None or e.statutory_from is None:
        return ""
    until = f" until {e.statutory_to:%d %B %Y}" if e.statutory_to else ""
    years = f"for cases begun from {e.statutory_from:%d %B %Y}{until}"
    return f" Set by law or statutory guidance: {e.statutory}, {years}. It blocks nothing."


def _anchor(d: Definition, anchor: Anchor) -> str:
    if anchor.kind == "opened":
        return "opening"
    if anchor.kind in ("enters", "leaves"):
        return f"{'arriving at' if anchor.kind == 'enters' else 'leaving'} {_stage_title(d, anchor.name)}"
    kind = d.records[anchor.name].title if anchor.name in d.records else "the child being seen"
    if anchor.kind == "record":
        return f'the record "{kind}"' if anchor.name in d.records else kind
    return f'the date {anchor.field} in "{kind}"'


def _stage_title(d: Definition, name: str) -> str:
    for stages in (d.stages, *(track.stages for track in d.tracks.values())):
        if name in stages:
            return f'"{stages[name].title}"'
    return name


# ---- reasons ---------------------------------------------------------------------------------------------


def _reasons(d: Definition) -> list[str]:
    return [
        p(f"{r.code}: {r.title} ({r.group}).{sentence(r.asks)}{f' [{r.says}]' if r.says else ''}")
        for r in d.reasons.values()
    ]
