"""Reads what is written down in a case: kinds of records with their fields and readers, and the sliding scale."""

from __future__ import annotations

from typing import cast

from workflows import grammar
from workflows.asking import answers
from workflows.definition import Field, FieldType, OnlyWith, Option, RecordKind
from workflows.errors import did_you_mean, quoted
from workflows.lines import Path
from workflows.page import FIELD_NAME, Page, Table


def records(page: Page, data: Table) -> dict[str, RecordKind]:
    """Every [records.NAME] with its fields."""
    return {name: _record(page, t, ("records", name), name) for name, t in page.tables(data, (), "records").items()}


def _record(page: Page, table: Table, path: Path, name: str) -> RecordKind:
    page.only(table, path, grammar.RECORD)
    fields = page.tables(table, path, "fields", FIELD_NAME)
    if not fields:
        page.fault(path, "It has no fields, so nothing could be written down.", f"Add [records.{name}.fields].")
    later = page.table(table, path, "readers-from")
    return RecordKind(
        name=name,
        title=page.text(table, path, "title", needed="what a person calls it"),
        by=page.texts(table, path, "by", needed="the roles that may write it"),
        fields={f: _field(page, t, (*path, "fields", f), f) for f, t in fields.items()},
        says=page.text(table, path, "says"),
        source=page.text(table, path, "source"),
        readers=page.texts(table, path, "readers", needed="the roles that may read it" if "readers" in table else ""),
        readers_from=tuple(
            (role, page.text(later, (*path, "readers-from"), role, needed="the stage from which they read it"))
            for role in later
        ),
        logged=page.flag(table, path, "logged"),
        own_reads=page.flag(table, path, "own-reads") if "own-reads" in table else True,
        published=page.flag(table, path, "published"),
        only_with=tuple(
            _only_with(page, item, here) for item, here in page.listed(table, path, "only-with", _ONLY_WITH)
        ),
    )


_ONLY_WITH = 'Write { where = { state = "agreed" }, fields = ["summary"], says = "..." }.'


def _only_with(page: Page, table: Table, path: Path) -> OnlyWith:
    page.only(table, path, grammar.ONLY_WITH)
    if not table.keys() & {"fields", "pointed"}:
        page.fault(path, "It asks for nothing.", 'Add fields = ["..."], or pointed = "KIND.FIELD".')
    if "where" not in table:
        page.fault(path, '"where" is missing: the answers it is about.', 'Add where = { state = "agreed" }.')
    return OnlyWith(
        where=answers(page, table, path, "where", 'Write where = { state = "agreed" }.'),
        fields=page.texts(table, path, "fields"),
        pointed=page.text(table, path, "pointed"),
        says=page.text(table, path, "says", needed="what a person reads when it is not so yet"),
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


def options(page: Page, data: Table) -> dict[str, Option]:
    """Every [options.NAME]: the fuller and lighter ways to hold a case of this workflow."""
    found = {}
    for name, table in page.tables(data, (), "options").items():
        path: Path = ("options", name)
        page.only(table, path, grammar.OPTION)
        found[name] = Option(
            name=name,
            title=page.text(table, path, "title", needed="what people call it"),
            answer=page.text(table, path, "answer", default=name),
            says=page.text(table, path, "says"),
            conversations=page.text(table, path, "conversations"),
            meetings=page.text(table, path, "meetings"),
            strength=page.text(table, path, "strength"),
            source=page.text(table, path, "source"),
        )
    return found
