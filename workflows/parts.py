"""Reads the parts of a workflow that have many keys: steps and times."""

from __future__ import annotations

from workflows import asking, grammar
from workflows.definition import Anchor, Expectation, Justified, Step
from workflows.errors import quoted
from workflows.lines import Path
from workflows.page import Page, Table
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
        requirements=tuple(asking.requirements(page, table, path)),
        says=page.text(table, path, "says"),
        when=asking.answers(page, table, path, "when", 'Write when = { "scope.option" = "full" }.'),
    )


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
