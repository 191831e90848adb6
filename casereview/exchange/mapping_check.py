"""Holds a mapping against the workflow it names and the table it is for: everything that does not fit, at once."""

from __future__ import annotations

from collections.abc import Iterable

from casereview.errors import CaseReviewError
from casereview.exchange.landing_rows import landing_place
from casereview.exchange.mapping import Columns, near
from casereview.exchange.table_in import Table, same
from casereview.exchange.table_in_land import Landing
from casereview.text import shown
from workflows.definition import Definition
from workflows.errors import WorkflowError


def check(mapping: Columns, landing: Landing, table: Table | None) -> Definition | None:
    """The workflow a mapping names; None where each row takes the one in force when it began.

    Raises MappingFaulty with every fault: of the file itself, of names of the workflow, of headings.
    """
    named = _workflow(mapping, landing)
    possible = [named] if named is not None else [] if mapping.workflow else _in_force(landing)
    if not possible and not mapping.workflow:
        mapping.fault(("columns",), "no workflow here is one for assessments with a day it is in force from",
                      'name one: workflow = "NAME"')  # fmt: skip
    for definition in possible:
        _records(mapping, definition)
        _stages(mapping, definition)
        _reasons(mapping, definition)
    if table is not None:
        _headings(mapping, table)
    mapping.must_be_whole()
    return named


def _workflow(mapping: Columns, landing: Landing) -> Definition | None:
    if not mapping.workflow:
        return None
    try:
        found = landing.desk.catalogue.find(mapping.workflow)
        landing_place(found)
        return found
    except (CaseReviewError, WorkflowError) as error:
        mapping.fault(("workflow",), error.says, (error.remedy or "").replace(", or name another with --workflow", ""))
        return None


def _in_force(landing: Landing) -> list[Definition]:
    usable = landing.desk.catalogue.usable()
    return [d for d in usable if d.kind == "assessment" and d.importing and d.importing.starts_from]


def _where(mapping: Columns, name: str) -> tuple[str, ...]:
    """Where a field stands in the file: in quotes or as nested tables, as a column or a constant."""
    for part in ("columns", "constants", "values"):
        for path in ((part, name), (part, *name.split("."))):
            if mapping.lines and mapping.lines.of(path) != mapping.lines.of((part,)):
                return path
    return ("columns",)


def _records(mapping: Columns, definition: Definition) -> None:
    for kind, names in mapping.records().items():
        held = definition.records.get(kind)
        for name in names:
            at = _where(mapping, f"record.{kind}.{name}")
            if held is None:
                says = f"{definition.name} has no record “{shown(kind, width=40)}”"
                mapping.fault(at, says, near(kind, definition.records))
            elif name not in held.fields:
                says = f"the record {kind} of {definition.name} has no field “{shown(name, width=40)}”"
                mapping.fault(at, says, near(name, held.fields))
            elif held.fields[name].type == "record":
                mapping.fault(at, "this field points to another record, which a table cannot do", "leave it out")


def _stages(mapping: Columns, definition: Definition) -> None:
    known = {same(one) for stage in definition.stages.values() for one in (stage.name, stage.title)}
    _translated(mapping, "stage", known, list(definition.stages), f"a stage of {definition.name}")


def _reasons(mapping: Columns, definition: Definition) -> None:
    _translated(mapping, "reason", {same(code) for code in definition.reasons}, list(definition.reasons),
                f"a reason of {definition.name}")  # fmt: skip


def _translated(mapping: Columns, name: str, known: set[str], names: list[str], what: str) -> None:
    """What a field is translated to, or is for every row, must be known."""
    given = mapping.constants.get(name)
    if given and same(given) not in known:
        mapping.fault(("constants", name), f"“{shown(given, width=40)}” is not {what}", near(given, names))
    for new in dict.fromkeys(mapping.values.get(name, {}).values()):
        if new and same(new) not in known:
            mapping.fault(("values", name), f"“{shown(new, width=40)}” is not {what}", near(new, names))


def _headings(mapping: Columns, table: Table) -> None:
    twice = {same(one) for one in table.twice()}
    places: list[tuple[tuple[str, ...], str]] = [
        (_where(mapping, name), one) for name, names in mapping.columns.items() for one in names
    ]
    places += [(("details", name), one) for name, one in mapping.details.items()]
    places += [(("also-keep",), one) for one in mapping.also_keep]
    held = [one for one in table.headings if one]
    for place, heading in places:
        if table.column(heading) is None:
            mapping.fault(place, f"the table has no column “{shown(heading, width=60)}”", near(heading, held))
        elif same(heading) in twice:
            says = f"the table has more than one column “{shown(heading, width=60)}”"
            mapping.fault(place, says, "give one of them another heading")


def unused(mapping: Columns, table: Table) -> Iterable[str]:
    """Headings of the table that the mapping says nothing of."""
    used = {same(one) for one in mapping.headings()}
    return [one for one in table.headings if one and same(one) not in used]
