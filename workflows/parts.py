"""Reads the parts of a workflow that have many keys: steps and what they ask, times, records."""

from __future__ import annotations

from typing import Any, cast

from workflows import grammar
from workflows.definition import (
    Anchor,
    Expectation,
    Field,
    FieldType,
    Justified,
    RecordKind,
    Requirement,
    RequirementKind,
    Step,
    Strength,
)
from workflows.errors import did_you_mean, quoted
from workflows.lines import Path
from workflows.page import FIELD_NAME, Page, Table
from workflows.span import Span


def step(page: Page, table: Table, path: Path, name: str, track: str | None) -> Step:
    """One [steps.NAME]."""
    page.only(table, path, grammar.STEP)
    loop = page.phrase(table, path, "loop", grammar.LOOP, "a step back is declared, reasoned and counted")
    asked = page.phrase(table, path, "reason", grammar.REASON_ASKED, "whoever takes the step says why")
    return Step(
        name=name,
        title=page.text(table, path, "title", needed="what a person reads on the button"),
        sources=page.texts(table, path, "from", needed="the stage or stages it leaves"),
        to=page.text(table, path, "to", needed="the stage it leads to"),
        by=page.texts(table, path, "by", needed="the roles that may take it"),
        track=track,
        loop=loop,
        asks_reason=asked,
        enough_known=page.flag(table, path, "enough-known"),
        requirements=tuple(_requirements(page, table, path)),
        says=page.text(table, path, "says"),
    )


def _requirements(page: Page, table: Table, path: Path) -> list[Requirement]:
    found: list[Requirement] = []
    for strength in ("must", "expected"):
        items = table.get(strength, [])
        if not isinstance(items, list):
            page.fault((*path, strength), "This should be a list.", f"Write {strength} = [{{ ... }}].")
            continue
        for number, item in enumerate(items):
            here = (*path, strength, number)
            if not isinstance(item, dict):
                page.fault(
                    here, "This should be a table in braces.", 'Write { has = "worker", says = "...", who = "..." }.'
                )
                continue
            asked = _requirement(page, item, here, strength)
            if asked is not None:
                found.append(asked)
    return found


def _requirement(page: Page, table: Table, path: Path, strength: Strength) -> Requirement | None:
    kinds = [kind for kind in grammar.REGISTRY if kind in table]
    if len(kinds) != 1:
        all_kinds = ", ".join(grammar.REGISTRY)
        page.only(table, path, {*grammar.REQUIREMENT, *grammar.REGISTRY, *_every_taken()})
        says = "It asks for two things at once" if kinds else "It does not say what is asked"
        page.fault(path, f"{says}: {' and '.join(kinds) or 'nothing found'}.", f"Use exactly one of {all_kinds}.")
        return None
    kind = kinds[0]
    _only_what_it_takes(page, table, path, kind)
    name = page.text(table, path, kind, needed=f"write {grammar.REGISTRY[kind].names}")
    key = page.text(table, path, "name") or f"{kind}-{name.replace('.', '-')}"
    return Requirement(
        key=key,
        kind=cast(RequirementKind, kind),
        name=name,
        strength=strength,
        says=page.text(table, path, "says", needed="what a person reads when it is not met"),
        who=page.texts(table, path, "who", needed="the role or roles that can meet it"),
        source=page.text(table, path, "source"),
        this_visit=page.phrase(table, path, "since", grammar.THIS_VISIT, "only what was recorded on this visit counts"),
        at=_at(page, table, path, kind),
        where=_where(page, table, path),
        among=page.texts(table, path, "among"),
        at_least=page.number(table, path, "at-least", 1),
        if_any=page.flag(table, path, "if-any"),
    )


def _at(page: Page, table: Table, path: Path, kind: str) -> tuple[str, ...]:
    """The stages of a track that will do, or what somebody is to be told about."""
    if kind == "track":
        return page.texts(table, path, "at", needed="the stages that will do")
    return page.texts(table, path, "about") if kind == "told" else ()


def _every_taken() -> set[str]:
    return {key for asking in grammar.REGISTRY.values() for key in asking.takes}


def _only_what_it_takes(page: Page, table: Table, path: Path, kind: str) -> None:
    takes = grammar.REGISTRY[kind].takes
    elsewhere = _every_taken() - set(takes)
    for key in table:
        if key in elsewhere:
            may = f"{kind} takes {' and '.join(takes)}." if takes else f"{kind} takes nothing further."
            page.fault((*path, key), f"{quoted(key)} has no meaning beside {kind}.", may)
    page.only(table, path, {*grammar.REQUIREMENT, kind, *takes, *elsewhere})


def _where(page: Page, table: Table, path: Path) -> tuple[tuple[str, tuple[str, ...]], ...]:
    here = (*path, "where")
    fields = page.table(table, path, "where")
    if "where" in table and not fields:
        page.fault(here, "It names no field.", 'Write where = { outcome = "carry on" }.')
    return tuple((field, _plain(page.texts(_spoken(fields), here, field))) for field in fields)


def _spoken(table: Table) -> dict[str, Any]:
    """true and false stand for the answers yes and no of a yes-no field."""
    return {
        key: {True: "yes", False: "no"}[value] if isinstance(value, bool) else value for key, value in table.items()
    }


def _plain(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if value)


# ---- time ------------------------------------------------------------------------------------------------


def expectation(page: Page, table: Table, path: Path, name: str) -> Expectation:
    """One [expectations.NAME]."""
    page.only(table, path, grammar.EXPECTATION)
    _clock(page, table, path)
    indicative, look_after = _span(page, table, path, "indicative"), _span(page, table, path, "look-after")
    return Expectation(
        name=name,
        title=page.text(table, path, "title", needed="what is being timed, as a person reads it"),
        start=anchor(page, table, path, "from"),
        end=anchor(page, table, path, "to"),
        agreed=page.flag(table, path, "agreed"),
        indicative=indicative,
        # a yardstick that cannot be read is one fault, not two
        look_after=look_after if indicative is not None or "indicative" not in table else None,
        checkpoints=page.spans(table, path, "checkpoints"),
        checkpoint_record=page.text(table, path, "checkpoint-record", default="checkpoint-review"),
        checkpoint_fields=_planned_by(page, table, path),
        justified=_justified(page, table, path),
        statutory=_span(page, table, path, "statutory"),
        statutory_from=page.date(table, path, "statutory-from"),
        statutory_to=page.date(table, path, "statutory-to"),
        shown_only=page.flag(table, path, "shown-only"),
        restart=page.flag(table, path, "restart"),
        says=page.text(table, path, "says"),
        source=page.text(table, path, "source"),
    )


def _clock(page: Page, table: Table, path: Path) -> None:
    if "clock" not in table:
        return
    if table["clock"] == "statutory":
        says = "A statutory time is written with its amount and its years."
        remedy = 'Write statutory = "15 working days", statutory-from = 2018-06-29, and the law in source.'
        page.fault((*path, "clock"), says, remedy)
    else:
        says = f"There is no clock called {quoted(table['clock'])}."
        page.fault((*path, "clock"), says, "Take the line out: indicative, agreed and checkpoints need no clock.")


def _span(page: Page, table: Table, path: Path, key: str) -> Span | None:
    return page.span(table[key], (*path, key)) if key in table else None


def _planned_by(page: Page, table: Table, path: Path) -> tuple[tuple[str, str], ...]:
    fields = []
    for number, words in enumerate(page.texts(table, path, "plans-checkpoint")):
        found = field_of(words)
        if found is None:
            page.fault((*path, "plans-checkpoint", number), f"{quoted(words)} names no field.", _FIELD_OF)
        else:
            fields.append(found)
    return tuple(fields)


def _justified(page: Page, table: Table, path: Path) -> Justified:
    if "justified" not in table:
        return Justified()
    here = (*path, "justified")
    asked = page.table(table, path, "justified")
    page.only(asked, here, grammar.JUSTIFIED)
    if not page.phrase(asked, here, "manager", grammar.NOT_THE_AUTHOR, "nobody agrees to their own reason"):
        says = '"manager" is missing: nobody agrees to their own reason.'
        page.fault(here, says, f'Add manager = "{grammar.NOT_THE_AUTHOR}".')
    seen = page.text(asked, here, "child-seen")
    if seen and not seen.startswith("within "):
        page.fault((*here, "child-seen"), f"{quoted(seen)} cannot be read.", 'Write "within 20 working days".')
        seen = ""
    return Justified(
        family_told=page.phrase(
            asked, here, "family-told", grammar.SINCE_THE_ANSWER, "told on the day of the answer or later"
        ),
        child_seen=page.span(seen.removeprefix("within "), (*here, "child-seen")) if seen else None,
    )


_FIELD_OF = 'Write "field next_review of checkpoint-review".'


def field_of(words: str) -> tuple[str, str] | None:
    """("kind", "field") from "field F of record K" or "field F of K"; None when it does not say that."""
    parts = words.removeprefix("field ").split(" of ")
    if not words.startswith("field ") or len(parts) != 2 or not all(parts):
        return None
    return parts[1].removeprefix("record "), parts[0]


def anchor(page: Page, table: Table, path: Path, key: str) -> Anchor:
    """Where a time starts or ends."""
    words = page.text(table, path, key, needed="where the time starts or ends")
    verb, _, rest = words.partition(" ")
    if words == "opened":
        return Anchor("opened")
    if verb in ("enters", "leaves", "record") and rest:
        return Anchor("enters" if verb == "enters" else "leaves" if verb == "leaves" else "record", rest)
    field = field_of(words)
    if field is not None:
        return Anchor("field", field[0], field[1])
    if words:
        remedy = 'Write "opened", "enters STAGE", "leaves STAGE", "record KIND" or "field FIELD of KIND".'
        page.fault((*path, key), f"{quoted(words)} is not something a time can start or end at.", remedy)
    return Anchor("opened")


# ---- records ---------------------------------------------------------------------------------------------


def record(page: Page, table: Table, path: Path, name: str) -> RecordKind:
    """One [records.NAME] with its fields."""
    page.only(table, path, grammar.RECORD)
    fields = page.tables(table, path, "fields", FIELD_NAME)
    if not fields:
        page.fault(path, "It has no fields, so nothing could be written down.", f"Add [records.{name}.fields].")
    return RecordKind(
        name=name,
        title=page.text(table, path, "title", needed="what a person calls it"),
        by=page.texts(table, path, "by", needed="the roles that may write it"),
        fields={f: _field(page, t, (*path, "fields", f), f) for f, t in fields.items()},
        says=page.text(table, path, "says"),
        source=page.text(table, path, "source"),
    )


def _field(page: Page, table: Table, path: Path, name: str) -> Field:
    page.only(table, path, grammar.FIELD)
    kind = page.text(table, path, "type", needed="what kind of answer it takes", default="line")
    if kind not in grammar.FIELD_TYPES:
        if kind:
            page.fault((*path, "type"), f"There is no type {quoted(kind)}.", did_you_mean(kind, grammar.FIELD_TYPES))
        kind = "line"
    return Field(
        name=name,
        ask=page.text(table, path, "ask", needed="the question a person answers"),
        type=cast(FieldType, kind),
        required=page.flag(table, path, "required"),
        options=page.texts(table, path, "options"),
        of=page.text(table, path, "of"),
        reader=page.text(table, path, "reader"),
        says=page.text(table, path, "says"),
    )
