"""Whether what a definition names is there, and whether an answer it asks for can be given."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from workflows.definition import Answers, Definition, Field
from workflows.errors import did_you_mean, quoted
from workflows.lines import Path
from workflows.page import Page

LISTED = ("choice", "choices")


def known(page: Page, path: Path, name: str, there: Collection[str], what: str) -> bool:
    """Whether there is such a name; a fault with the nearest spelling when there is not."""
    if name in there:
        return True
    if name:  # an empty one has been reported as missing
        page.fault(path, f"There is no {what} called {quoted(name)}.", did_you_mean(name, there))
    return False


def all_known(page: Page, path: Path, names: Iterable[str], there: Collection[str], what: str) -> None:
    for name in names:
        known(page, path, name, there, what)


def field_known(
    definition: Definition, page: Page, path: Path, name: str, values: tuple[str, ...] = (), at: Path = ()
) -> Field | None:
    """The field that KIND.FIELD names, where it is there; the values must be answers to it."""
    kind, dot, field_name = name.partition(".")
    if not dot or not field_name:
        if name:
            page.fault(path, f"{quoted(name)} names no field.", 'Write KIND.FIELD, such as "conversation.status".')
        return None
    if not known(page, path, kind, definition.records, "kind of record"):
        return None
    fields = definition.records[kind].fields
    if not known(page, path, field_name, fields, f"field of {kind}"):
        return None
    _answers(page, at or path, values, fields[field_name])
    return fields[field_name]


def answers_known(definition: Definition, page: Page, path: Path, kind: str, wanted: Answers) -> None:
    """Whether a kind has the fields named, and they take these answers."""
    fields = definition.records[kind].fields
    for name, values in wanted:
        if known(page, (*path, name), name, fields, f"field of {kind}"):
            _answers(page, (*path, name), values, fields[name])


def pointing(definition: Definition, page: Page, path: Path, name: str, to: str) -> bool:
    """Whether KIND.FIELD is a field that points to records of the kind `to`."""
    field = field_known(definition, page, path, name)
    if field is None:
        return False
    if field.type != "record" or field.of != to:
        remedy = f'Name a field with type = "record" and of = "{to}".'
        page.fault(path, f"{quoted(name)} does not point to records of {quoted(to)}.", remedy)
        return False
    return True


def _answers(page: Page, path: Path, values: tuple[str, ...], field: Field) -> None:
    answers = field.options if field.type in LISTED else ("yes", "no") if field.type == "yes-no" else ()
    if values and not answers:
        says = f"{quoted(field.name)} takes any {field.type}, so it cannot be compared."
        page.fault(path, says, "Compare a field of type choice, choices or yes-no.")
        return
    all_known(page, path, values, answers, f"answer to {field.name}")
