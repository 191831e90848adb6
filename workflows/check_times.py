"""Whether each tracked interval can be measured: what it runs between, its yardstick, its checkpoints."""

from __future__ import annotations

from workflows.definition import BUILT_IN_RECORDS, Anchor, Definition, Expectation
from workflows.errors import did_you_mean, quoted
from workflows.lines import Path
from workflows.page import Page
from workflows.span import Span

# Only to compare two times of different units by eye; no date is ever reckoned with these.
_ROUGH_DAYS = {"hours": 1 / 24, "working days": 1.4, "days": 1.0, "weeks": 7.0, "months": 30.4}


def check(definition: Definition, page: Page) -> None:
    """Add a fault for each interval that could not be measured or says something that cannot be."""
    for expectation in definition.expectations.values():
        path: Path = ("expectations", expectation.name)
        _anchor(definition, page, (*path, "from"), expectation.start)
        _anchor(definition, page, (*path, "to"), expectation.end)
        if expectation.start == expectation.end:
            page.fault(path, "It ends where it starts.", "Let to name a later event.")
        elif expectation.end.kind == "opened":
            page.fault((*path, "to"), "Nothing comes before a case is opened.", 'Write to = "enters STAGE".')
        _yardstick(page, path, expectation)
        _statutory(page, path, expectation)
        _checkpoints(definition, page, path, expectation)
    _window(definition, page)


def _anchor(definition: Definition, page: Page, path: Path, anchor: Anchor) -> None:
    if anchor.kind in ("enters", "leaves"):
        _stage(definition, page, path, anchor)
    elif anchor.kind == "record":
        _kind(definition, page, path, anchor.name)
    elif anchor.kind == "field" and _kind(definition, page, path, anchor.name, built_in=False):
        _date_field(definition, page, path, anchor.name, anchor.field)


def _stage(definition: Definition, page: Page, path: Path, anchor: Anchor) -> None:
    holders = [definition.stages, *(track.stages for track in definition.tracks.values())]
    found = [stages[anchor.name] for stages in holders if anchor.name in stages]
    if not found:
        known = {name for stages in holders for name in stages}
        page.fault(path, f"There is no stage called {quoted(anchor.name)}.", did_you_mean(anchor.name, known))
    elif len(found) > 1:
        says = f"Two stages are called {quoted(anchor.name)}, on the path or beside it."
        page.fault(path, says, "Give one of them another name, so that the time can start at the right one.")
    elif anchor.kind == "leaves" and found[0].end:
        page.fault(path, f"Nothing leaves {quoted(anchor.name)}: it is an end.", f'Write "enters {anchor.name}".')


def _kind(definition: Definition, page: Page, path: Path, name: str, *, built_in: bool = True) -> bool:
    known = (*definition.records, *(BUILT_IN_RECORDS if built_in else ()))
    if name not in known:
        page.fault(path, f"There is no kind of record called {quoted(name)}.", did_you_mean(name, known))
    return name in known


def _date_field(definition: Definition, page: Page, path: Path, kind: str, name: str) -> None:
    fields = definition.records[kind].fields
    if name not in fields:
        page.fault(path, f"There is no field of {kind} called {quoted(name)}.", did_you_mean(name, fields))
    elif fields[name].type != "date":
        page.fault(path, f"{quoted(name)} of {kind} is no date.", 'Name a field of type "date".')


def _yardstick(page: Page, path: Path, expectation: Expectation) -> None:
    if expectation.look_after is not None and expectation.indicative is None:
        says = "look-after is a margin past the indicative time, and there is none."
        page.fault((*path, "look-after"), says, "Add indicative, or take look-after out.")
    if expectation.shown_only:
        for key, present in (
            ("agreed", expectation.agreed),
            ("justified", expectation.justified != type(expectation.justified)()),
        ):
            if present:
                says = f"{key} has no meaning for a time that is only shown."
                page.fault((*path, key), says, "Take it out, or take shown-only out.")


def _statutory(page: Page, path: Path, expectation: Expectation) -> None:
    """A limit set by law is claimed only with its years and its source; only the register can show it as passed."""
    if expectation.statutory is None:
        for key, present in (("from", expectation.statutory_from), ("to", expectation.statutory_to)):
            if present is not None:
                says = f"statutory-{key} is a date of a rule, and no rule is given."
                page.fault((*path, f"statutory-{key}"), says, 'Add statutory = "15 working days", or take it out.')
        return
    here = (*path, "statutory")
    if expectation.statutory_from is None:
        says = "A time set by law holds from a day: a case begun before it is not measured by it."
        page.fault(here, says, "Add statutory-from = 2018-06-29, no quotes.")
    elif expectation.statutory_to is not None and expectation.statutory_to < expectation.statutory_from:
        page.fault((*path, "statutory-to"), "It comes before statutory-from.", "Exchange the two dates.")
    if not expectation.source:
        page.fault(here, "It does not say which law or statutory guidance sets this time.", 'Add source = "...".')
    if expectation.shown_only:
        says = "statutory has no meaning for a time that is only shown."
        page.fault(here, says, "Take it out, or take shown-only out.")


def _checkpoints(definition: Definition, page: Page, path: Path, expectation: Expectation) -> None:
    for number, (earlier, later) in enumerate(zip(expectation.checkpoints, expectation.checkpoints[1:], strict=False)):
        if rough(later) <= rough(earlier):
            says = f"{later} does not come after {earlier}."
            page.fault(
                (*path, "checkpoints", number + 1), says, "List checkpoints from the first to the last, each once."
            )
    if expectation.checkpoints or expectation.checkpoint_fields:
        _kind(definition, page, (*path, "checkpoint-record"), expectation.checkpoint_record)
    for number, (kind, field) in enumerate(expectation.checkpoint_fields):
        here = (*path, "plans-checkpoint", number)
        if _kind(definition, page, here, kind, built_in=False):
            _date_field(definition, page, here, kind, field)


def rough(span: Span) -> float:
    """Days, only to compare two lengths of time by eye."""
    return span.amount * _ROUGH_DAYS[span.unit]


def _window(definition: Definition, page: Page) -> None:
    landing = definition.importing
    if landing is None or landing.starts_from is None or landing.starts_until is None:
        return
    if landing.starts_until < landing.starts_from:
        page.fault(("import", "starts-until"), "It comes before starts-from.", "Exchange the two dates.")
