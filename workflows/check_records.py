"""Whether kinds of records can be written and read as they say, and whether every option can be chosen."""

from __future__ import annotations

from workflows.check_fields import LISTED, all_known, answers_known, field_known, known, pointing
from workflows.definition import BUILT_IN_RECORDS, Definition, Field, RecordKind
from workflows.errors import quoted
from workflows.lines import Path
from workflows.page import Page

NEED_A_READER = ("long", "lines")


def check(definition: Definition, page: Page) -> None:
    """Add a fault for each kind, field or option that cannot be as it is declared."""
    for kind in definition.records.values():
        path: Path = ("records", kind.name)
        if kind.name in BUILT_IN_RECORDS:
            page.fault(path, f"{quoted(kind.name)} is built in and cannot be declared again.", "Take it out.")
        all_known(page, (*path, "by"), kind.by, definition.roles, "role")
        _readers(definition, page, path, kind)
        _only_with(definition, page, path, kind)
        for field in kind.fields.values():
            _field(definition, page, (*path, "fields", field.name), field)
    _options(definition, page)


def _readers(definition: Definition, page: Page, path: Path, kind: RecordKind) -> None:
    all_known(page, (*path, "readers"), kind.readers, definition.roles, "role")
    for role, stage in kind.readers_from:
        here = (*path, "readers-from", role)
        known(page, here, role, definition.roles, "role")
        known(page, here, stage, definition.stages, "stage of the path")
        if role in kind.readers:
            says = f"The role {quoted(role)} reads it from the start already."
            page.fault(here, says, "Take it out here, or out of readers.")
    if kind.readers_from and not kind.readers:
        says = "Everyone who may know of the case reads it from the start already."
        page.fault((*path, "readers-from"), says, 'Add readers = ["..."]: those who read it from the start.')
    if not kind.own_reads and not kind.readers:
        says = "Everyone who may know of the case reads it, its author too."
        page.fault((*path, "own-reads"), says, "Take it out, or add readers.")


def _only_with(definition: Definition, page: Page, path: Path, kind: RecordKind) -> None:
    for number, asks in enumerate(kind.only_with):
        here = (*path, "only-with", number)
        answers_known(definition, page, (*here, "where"), kind.name, asks.where)
        all_known(page, (*here, "fields"), asks.fields, kind.fields, f"field of {kind.name}")
        if asks.pointed:
            pointing(definition, page, (*here, "pointed"), asks.pointed, kind.name)


def _field(definition: Definition, page: Page, path: Path, field: Field) -> None:
    if field.type in LISTED and not field.options:
        page.fault(path, "There is nothing to choose from.", 'Add options = ["...", "..."].')
    if field.options and field.type not in LISTED:
        says = f"A field of type {field.type} has no options."
        page.fault((*path, "options"), says, 'Write type = "choice", or take the options out.')
    if field.type == "record" and not field.of:
        page.fault(path, "It does not say which kind of record it points to.", 'Add of = "finding".')
    if field.of and field.type != "record":
        page.fault((*path, "of"), f"A field of type {field.type} points to no record.", 'Write type = "record".')
    elif field.of:
        known(page, (*path, "of"), field.of, (*definition.records, *BUILT_IN_RECORDS), "kind of record")
    if field.type in NEED_A_READER and not field.reader:
        says = "Nobody is named who reads the answer; a question that nobody reads should not be asked."
        page.fault(path, says, 'Add reader = "the family, the next worker".')


def _options(definition: Definition, page: Page) -> None:
    """Each answer of the question is one option, and each option an answer."""
    if not definition.option_of:
        if definition.options:
            says = "Nothing says by which question one of them is chosen."
            page.fault(("options",), says, 'Add option-of = "scope.option" to the head of the file.')
        return
    field = field_known(definition, page, ("option-of",), definition.option_of)
    if field is None:
        return
    if field.type != "choice":
        page.fault(("option-of",), f"{quoted(field.name)} is of type {field.type}.", "Name a field of type choice.")
        return
    taken: set[str] = set()
    for option in definition.options.values():
        path: Path = ("options", option.name, "answer")
        if known(page, path, option.answer, field.options, f"answer to {field.name}") and option.answer in taken:
            page.fault(path, f"Another option is chosen by {quoted(option.answer)} already.", "Keep one of them.")
        taken.add(option.answer)
    for answer in field.options:
        if answer not in taken:
            says = f"The answer {quoted(answer)} chooses no option."
            page.fault(("option-of",), says, "Add [options.NAME] for it, or take the answer out.")
