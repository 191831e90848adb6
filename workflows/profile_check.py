"""Whether the workflows a profile speaks of have what it names, and can carry the times it gives them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import pairwise

from workflows import clocks
from workflows.check_times import rough
from workflows.definition import Definition
from workflows.errors import did_you_mean, quoted
from workflows.lines import Path
from workflows.page import Page
from workflows.profile import LaneTimes, Overlay, Profile, SectionFortySeven, Times

Find = Callable[[str], Definition | None]


def check(profile: Profile, page: Page, names: Collection[str], find: Find) -> None:
    """Add to the page every fault that its single values could not show."""
    if not profile.workflows:
        page.fault((), "It speaks of no workflow, so no case could start under it.", "Add [workflows.NAME].")
    known = clocks.shipped().clocks
    for exemption in profile.exemptions.values():
        for number, name in enumerate(exemption.lifts):
            path: Path = ("exemptions", exemption.name, "lifts", number)
            _known(page, path, name, known, "clock")
    for name, overlay in profile.workflows.items():
        if _known(page, ("workflows", name), name, names, "workflow"):
            definition = find(name)
            if definition is not None:  # a workflow with faults of its own is reported where it is used
                _overlay(page, ("workflows", name), overlay, definition)


def _known(page: Page, path: Path, name: str, known: Collection[str], what: str) -> bool:
    if name not in known:
        page.fault(path, f"There is no {what} called {quoted(name)}.", did_you_mean(name, known))
    return name in known


def _overlay(page: Page, path: Path, overlay: Overlay, definition: Definition) -> None:
    for name, times in overlay.expectations.items():
        here = (*path, "expectations", name)
        if _known(page, here, name, definition.expectations, "expectation in it"):
            _times(page, here, times, definition)
    for name, lane in overlay.lanes.items():
        here = (*path, "lanes", name)
        if _known(page, here, name, definition.lanes, "lane in it"):
            _lane(page, here, lane, definition)
    if overlay.section_47 is not None:
        _section_47(page, (*path, "section-47"), overlay.section_47, definition)


def _times(page: Page, path: Path, times: Times, definition: Definition) -> None:
    base = definition.expectations[times.expectation]
    indicative = None if times.no_indicative else times.indicative or base.indicative
    if times.look_after is not None and indicative is None:
        says = "look-after is a margin past the indicative time, and there is none."
        page.fault((*path, "look-after"), says, "Add indicative, or take look-after out.")
    if times.child_seen is not None and base.justified.child_seen is None:
        says = "This workflow asks for no sight of the child here."
        page.fault((*path, "child-seen"), says, "Take it out.")
    spans = times.checkpoints or ()
    for number, (earlier, later) in enumerate(pairwise(spans)):
        if rough(later) <= rough(earlier):
            says = f"{later} does not come after {earlier}."
            remedy = "List checkpoints from the first to the last, each once."
            page.fault((*path, "checkpoints", number + 1), says, remedy)
    if spans and base.checkpoint_record not in (*definition.records, "seen"):
        says = "This workflow has no record that holds a checkpoint here."
        page.fault((*path, "checkpoints"), says, "Take them out.")


def _lane(page: Page, path: Path, lane: LaneTimes, definition: Definition) -> None:
    for name in lane.expect:
        _known(page, (*path, "expect", name), name, definition.expectations, "expectation in it")


def _section_47(page: Page, path: Path, switch: SectionFortySeven, definition: Definition) -> None:
    if not switch.step or not _known(page, (*path, "step"), switch.step, definition.steps, "step in it"):
        return
    step = definition.steps[switch.step]
    if step.track is not None or not definition.stages[step.to].end:
        says = f"{quoted(step.name)} does not end the case, so nothing would run beside it."
        page.fault((*path, "step"), says, "Name the step that ends the assessment where an enquiry begins.")
        return
    for stage in () if switch.concludes else step.sources:
        if all(other.name == step.name for other in definition.steps_from(stage)):
            says = f"Without {quoted(step.name)} nothing would leave {quoted(stage)}."
            page.fault((*path, "step"), says, "Such a workflow needs a step of its own first.")
