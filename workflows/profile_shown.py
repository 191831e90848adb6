"""Prints profiles and clocks for a person to read aloud; how far each figure can be relied on stands beside it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from datetime import date

from workflows.clocks import Clock, Time, shipped
from workflows.profile import Exemption, LaneTimes, Overlay, Profile, SectionFortySeven, Times
from workflows.trust import Trust

WIDTH = 78


def show(profile: Profile) -> str:
    """The whole profile as plain text, at most 78 characters to a line."""
    heads = [
        profile.title,
        "=" * min(len(profile.title), WIDTH),
        _p(f"{profile.name}, version {profile.version}, for {profile.authority}. {edition(profile.edition)}."),
        _p(f"Valid {span(profile.valid_from, profile.valid_to)}."),
    ]
    heads += [_p(profile.says)] if profile.says else []
    heads += [_p(f"Source: {grounds(profile.source, profile.trust)}"), _p(f"Content: sha256 {profile.hash[:16]}")]
    parts = ["\n".join(heads)]
    if profile.exemptions:
        parts.append("\n".join(["What it is freed of", *(_exemption(one) for one in profile.exemptions.values())]))
    parts += ["\n".join([f"Workflow {name}", *_overlay(one)]) for name, one in profile.workflows.items()]
    return "\n\n".join(parts) + "\n"


def grounds(source: str, trust: Trust) -> str:
    """Where a fact was read and how far it can be relied on: never one without the other."""
    return f"{source} {trust.label}"


def edition(name: str) -> str:
    known = shipped().editions
    return known[name].title if name in known else name


def span(first: date | None, last: date | None) -> str:
    """Days a profile is valid, both included, as a person says it."""
    if first is None and last is None:
        return "on any day"
    if first is None:
        return f"until {day(last)}"
    return f"from {day(first)}{f' to {day(last)}' if last else ' on'}"


def day(on: date | None) -> str:
    return f"{on.day} {on:%B %Y}" if on else "no date"


def _exemption(one: Exemption) -> str:
    when = f" on {day(one.granted_on)}" if one.granted_on else ""
    until = f", until {day(one.until)}" if one.until else ""
    text = f"* {one.what}. Granted by {one.granted_by}{when}{until}."
    if one.lifts:
        known = shipped().clocks
        text += f" No longer counted: {', '.join(known[c].title if c in known else c for c in one.lifts)}."
    text += f" {one.says}" if one.says else ""
    return _p(f"{text} [{grounds(one.source, one.trust)}]", "", "  ")


def _overlay(one: Overlay) -> Iterable[str]:
    if one.says:
        yield _p(one.says)
    for times in one.expectations.values():
        yield _p(f"* {times.expectation}: {'; '.join(_times(times)) or 'as the workflow says'}."
                 f"{_says(times.says)} [{grounds(times.source, times.trust)}]", "", "  ")  # fmt: skip
    for lane in one.lanes.values():
        yield _p(f"* Lane {lane.lane}: {_lane(lane)}.{_says(lane.says)} [{grounds(lane.source, lane.trust)}]", "", "  ")
    if one.section_47 is not None:
        switch = one.section_47
        yield _p(f"* {_switch(switch)}{_says(switch.says)} [{grounds(switch.source, switch.trust)}]", "", "  ")
    if not one.expectations and not one.lanes and one.section_47 is None:
        yield "Its times are as the workflow says."


def _times(times: Times) -> Iterable[str]:
    if times.no_indicative:
        yield "no indicative time"
    elif times.indicative is not None:
        yield f"indicative {times.indicative}"
    if times.look_after is not None:
        yield f"the register asks {times.look_after} past that"
    if times.checkpoints is not None:
        looks = ", ".join(map(str, times.checkpoints))
        yield f"looked at together after {looks}" if looks else "no looks are planned"
    if times.child_seen is not None:
        yield f"an agreed reason needs the child seen within {times.child_seen}"


def _lane(lane: LaneTimes) -> str:
    return ", ".join(f"{name} within {span}" for name, span in lane.expect.items())


def _switch(switch: SectionFortySeven) -> str:
    if switch.concludes:
        return f"A section 47 enquiry ends the assessment, by the step {switch.step}."
    return f"A section 47 enquiry runs beside the assessment: the step {switch.step} is not taken here."


# ---- clocks ----------------------------------------------------------------------------------------------------
def show_clock(clock: Clock) -> str:
    """One clock with every figure that was found for it."""
    heads = [clock.title, "=" * min(len(clock.title), WIDTH), clock.id]
    heads += [_p(clock.says)] if clock.says else []
    return "\n".join([*heads, "", *(show_time(one) for one in clock.times)]) + "\n"


def show_time(time: Time) -> str:
    where = [*(edition(name) for name in time.editions), time.where, time.years]
    if time.valid_from or time.valid_to:
        where.append(span(time.valid_from, time.valid_to))
    text = f"* {time.amount} ({kind(time)}), from {time.start} to {time.end}."
    named = "; ".join(one for one in where if one)
    text += f" {named}." if named else ""
    text += _says(time.says)
    text += f" [{grounds(time.source, time.trust)}]"
    if time.start_source:
        text += f" The day it counts from: [{grounds(time.start_source, time.start_trust)}]"
    return _p(text, "", "  ")


def kind(time: Time) -> str:
    """What kind of time it is; one that was not checked is never called a rule."""
    word = "set by law or statutory guidance" if time.kind == "statutory" else time.kind
    return word if time.trust.checked else f"{word}, as read"


def _says(text: str) -> str:
    return f" {text}" if text else ""


def _p(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
