"""A timescale profile: the edition and the figures an authority works by, laid over a workflow it does not change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from workflows.definition import Definition, Expectation, Lane, Step
from workflows.span import Span
from workflows.trust import Trust

NO_TIME = "none"  # what `indicative` says where there is no yardstick


@dataclass(frozen=True, slots=True)
class Exemption:
    """What the authority is freed of, by whom and until when. `until` is the last day; None: no end is known."""

    name: str
    what: str
    granted_by: str
    granted_on: date | None
    until: date | None
    lifts: tuple[str, ...]  # clocks of `workflows.clocks` that no longer count
    source: str
    trust: Trust
    says: str = ""


@dataclass(frozen=True, slots=True)
class Times:
    """What a profile says of one expectation; None leaves what the workflow says.

    no_indicative  there is no yardstick here, whatever the workflow has
    child_seen     how recent a sight of the child an agreed reason needs
    """

    expectation: str
    indicative: Span | None
    no_indicative: bool
    look_after: Span | None
    checkpoints: tuple[Span, ...] | None
    child_seen: Span | None
    source: str
    trust: Trust
    says: str = ""


@dataclass(frozen=True, slots=True)
class LaneTimes:
    lane: str
    expect: Mapping[str, Span]
    source: str
    trust: Trust
    says: str = ""


@dataclass(frozen=True, slots=True)
class SectionFortySeven:
    """Whether a section 47 enquiry ends the assessment, or runs beside it; `step` is the one that ends it."""

    concludes: bool
    step: str
    source: str
    trust: Trust
    says: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What a profile says of one workflow."""

    workflow: str
    expectations: Mapping[str, Times]
    lanes: Mapping[str, LaneTimes]
    section_47: SectionFortySeven | None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Pinned to a case by `hash` (sha256 of the file's bytes, hex). `valid_to` is the last day; None: still valid."""

    name: str
    version: str
    title: str
    authority: str
    edition: str
    says: str
    source: str
    trust: Trust
    valid_from: date | None
    valid_to: date | None
    exemptions: Mapping[str, Exemption]
    workflows: Mapping[str, Overlay]
    text: str = field(repr=False)
    hash: str = ""

    @property
    def label(self) -> str:
        return f"{self.name}@{self.version}"

    def valid_on(self, day: date) -> bool:
        """Whether the profile itself is valid on a day, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


def unchecked(profile: Profile) -> tuple[str, ...]:
    """What a profile sets without having been checked, in words: to be looked up before it is relied on."""
    found = []
    for overlay in profile.workflows.values():
        for times in overlay.expectations.values():
            yardstick = f"indicative {times.indicative}" if times.indicative else "looks and margins"
            figure = "no indicative time" if times.no_indicative else yardstick
            found += [] if times.trust.checked else [f"{overlay.workflow}, {times.expectation}: {figure}"]
        for lane in overlay.lanes.values():
            found += [] if lane.trust.checked else [f"{overlay.workflow}, lane {lane.lane}"]
        if overlay.section_47 is not None and not overlay.section_47.trust.checked:
            found.append(f"{overlay.workflow}, section 47")
    return tuple(found)


def under(definition: Definition, profile: Profile) -> Definition:
    """The workflow as a case under this profile follows it. What the profile names and it has not is left alone."""
    overlay = profile.workflows.get(definition.name)
    if overlay is None:
        return definition
    return replace(
        definition,
        expectations={
            name: _timed(expectation, overlay.expectations.get(name), profile)
            for name, expectation in definition.expectations.items()
        },
        lanes={name: _laned(lane, overlay.lanes.get(name)) for name, lane in definition.lanes.items()},
        steps={name: _stepped(step, overlay.section_47) for name, step in definition.steps.items()},
        under=profile.hash,
    )


def _timed(expectation: Expectation, times: Times | None, profile: Profile) -> Expectation:
    if times is None:
        return expectation
    indicative = None if times.no_indicative else times.indicative or expectation.indicative
    look_after = times.look_after or expectation.look_after
    justified = expectation.justified
    return replace(
        expectation,
        indicative=indicative,
        look_after=look_after if indicative is not None else None,
        checkpoints=expectation.checkpoints if times.checkpoints is None else times.checkpoints,
        justified=replace(justified, child_seen=times.child_seen or justified.child_seen),
        says=times.says or expectation.says,
        source=f"{profile.title} ({times.source}; {times.trust.label})",
    )


def _laned(lane: Lane, times: LaneTimes | None) -> Lane:
    return lane if times is None else replace(lane, expect={**lane.expect, **times.expect})


def _stepped(step: Step, switch: SectionFortySeven | None) -> Step:
    """Where the enquiry runs beside the assessment, the step that would end it leaves no stage. It stays known."""
    if switch is None or switch.concludes or switch.step != step.name:
        return step
    return replace(step, sources=(), says=switch.says or "A section 47 enquiry runs beside the assessment.")
