"""Commands that write something down in a case: record, decide, correct."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from casereview.commands import AddRecord, CorrectRecord
from casereview.decide.context import in_words, role_titles
from casereview.errors import did_you_mean
from casereview.text import shown
from tui.commands import acting, asking, forms, output
from tui.commands.acting import CASE
from tui.commands.prompts import about_record

if TYPE_CHECKING:
    from casereview.service.desk import Desk
    from casereview.service.reading import CaseView
    from casereview.views import RecordRow
    from tui.start import Settings
    from workflows.definition import Definition, Field, RecordKind

FIELDS = typer.Argument(
    None, metavar="[FIELD=VALUE]...", show_default=False,
    help="As `--fields` lists them; =@FILE reads a file, =- what comes in; repeat a field for several values.",
)  # fmt: skip
ON = typer.Option(None, "--on", metavar="DATE", help="The day it happened; today if left out.")
EDIT = typer.Option(False, "--edit", help="Write long texts in your editor.")
FROM = typer.Option(None, "--from", metavar="FILE", help="Filled-in form to read (see --form); - reads what comes in.")


def register(app: typer.Typer) -> None:
    """Adds `record`, `decide` and `correct`."""
    app.command("record")(record)
    app.command("decide")(decide)
    app.command("correct")(correct)


def record(
    ctx: typer.Context,
    case: str = CASE,
    kind: str | None = typer.Argument(None, help="Left out: the kinds you may record are listed.", show_default=False),
    fields: list[str] | None = FIELDS,
    on: str | None = ON,
    edit: bool = EDIT,
    explain: bool = typer.Option(False, "--fields", help="Explain the fields of this kind instead."),
    form: bool = typer.Option(False, "--form", help="Print a blank form instead: to fill in at leisure, in a file."),
    filled: str | None = FROM,
) -> None:
    """Write down a record. At a terminal, what is required and missing is asked for.

    What is easier written in a text file: print a blank form with --form, fill it in, and read it with --from. A file
    may hold several records; then all of them are written down, or none.
    """
    desk = acting.desk_of(ctx)
    view = acting.look(desk, case)
    if kind is None:
        _list_kinds(view, ctx.obj)
    elif explain:
        _explain(view, kind, ctx.obj)
    elif form:
        print(forms.blank(_known(view, kind)))
    elif filled is not None:
        acting.only_with({"--edit": edit}, "a record without --from")
        _add_filled(ctx, desk, view, kind, fields or [], on, filled)
    else:
        _add(ctx, desk, view, kind, fields or [], on, edit)


def decide(
    ctx: typer.Context,
    case: str = CASE,
    fields: list[str] | None = FIELDS,
    on: str | None = ON,
    edit: bool = EDIT,
    explain: bool = typer.Option(False, "--fields", help="Explain the fields instead."),
) -> None:
    """Write down the decision, its grounds, and why enough is known: what an assessment is for."""
    record(ctx, case, "decision", fields, on, edit, explain, form=False, filled=None)


def correct(
    ctx: typer.Context,
    case: str = CASE,
    number: int = typer.Argument(..., help="Of the record, as `casereview records` lists it.", show_default=False),
    fields: list[str] | None = FIELDS,
    reason: str | None = typer.Option(None, "--reason", metavar="TEXT", help="Why; the first words stay readable."),
    withdraw: bool = typer.Option(False, "--withdraw", help="Take the whole record out of count."),
    edit: bool = EDIT,
    filled: str | None = FROM,
    yes: bool = typer.Option(False, "--yes", help="Withdraw without being asked."),
) -> None:
    """Correct a record, or withdraw it. Nothing is overwritten: the correction is a new entry."""
    desk = acting.desk_of(ctx)
    given = fields or []
    if withdraw:
        more = {"FIELD=VALUE": given, "--edit": edit, "--from": filled}
        acting.only_with(more, "a correction without --withdraw")
    view = acting.look(desk, case)
    old = _record_row(desk, view, number)
    definition_kind = view.definition.records.get(old.kind) if old else None
    values: Mapping[str, Any] = {}
    if not withdraw and old is not None and definition_kind is not None:
        values = asking.ask_fields(definition_kind, given, edit=edit, before=old.values)
        values = forms.one_with(values, filled, definition_kind) if filled is not None else values
    elif not withdraw:
        values = asking.pairs(given)
    asked = reason is None and asking.at_a_terminal()
    if asked:
        _say_who_relies(desk, view, number)
    why = asking.ask("Why is it corrected?") if asked else acting.words(reason, "--reason")
    if withdraw and old is not None:
        asking.confirm(f"Withdraw record {number} ({old.kind}, {old.on})? It stays readable in the history.", yes)
    command = CorrectRecord(number, why, dict(values), withdraw)
    typed = ["correct", view.case.ref, str(number), *_as_typed(values), "--reason", why]
    typed += ["--withdraw"] if withdraw else []
    if asked or edit or (withdraw and not yes):
        with acting.nothing_lost(typed):
            done = acting.insist(desk, case, command, view.case.number)
    else:
        done = desk.do(case, command)
    prompts, data = about_record(desk, view, number) if not withdraw else ([], [])
    acting.said(desk, ctx.obj, done, prompts, record=number, prompts=data)


# ---- writing one down ------------------------------------------------------------------------------------------
def _add(
    ctx: typer.Context, desk: Desk, view: CaseView, name: str, given: Sequence[str], on: str | None, edit: bool
) -> None:
    ref = view.case.ref
    happened = acting.day(desk, on, "--on")
    kind = view.definition.records.get(name)
    if kind is None or not set(view.roles) & set(kind.by):
        done = desk.do(ref, AddRecord(name, {}, happened))  # refused, with the reason and the nearest name
        acting.said(desk, ctx.obj, done)
        return
    values = asking.ask_fields(kind, given, edit=edit)
    command = AddRecord(name, dict(values), happened)
    if set(values) - {one.partition("=")[0].strip() for one in given}:  # something was asked, so something was seen
        typed = ["record", ref, name, *_as_typed(values), *(["--on", on] if on else [])]
        with acting.nothing_lost(typed):
            done = acting.insist(desk, ref, command, view.case.number)
    else:
        done = desk.do(ref, command)
    number = done.entries[0].number
    also = [f"  It is record {number}. To correct it: casereview correct {ref} {number} FIELD=VALUE --reason …"]
    asked, prompts = about_record(desk, view, number)
    acting.said(desk, ctx.obj, done, [*also, *asked], record=number, prompts=prompts)


def _as_typed(values: Mapping[str, str | list[str]]) -> list[str]:
    """Fields as they would be written on the line."""
    lines = []
    for name, value in values.items():
        for one in value if isinstance(value, list) else [value]:
            lines.append(f"{name}={'@' if one.startswith('@') else ''}{one}")
    return lines


def _say_who_relies(desk: Desk, view: CaseView, number: int) -> None:
    from casereview.service.versions import relied_on

    relied = relied_on(desk, view.case.ref, number)
    if relied:
        output.note("Others rely on this record, and will read why it was corrected:")
    for one in relied:
        output.note(f"  {shown(one)}")


def _record_row(desk: Desk, view: CaseView, number: int) -> RecordRow | None:
    from casereview.errors import NotFound
    from casereview.service.written import record as read

    try:
        row = read(desk, view.case.ref, number)
    except NotFound:
        return None  # the refusal says so
    return None if row.kept_to else row


def _known(view: CaseView, name: str) -> RecordKind:
    from casereview.errors import NotFound

    kind = view.definition.records.get(name)
    if kind is None:
        remedy = did_you_mean(name, view.definition.records)
        raise NotFound(f"this workflow has no record {shown(name, width=60)!r}", where=view.case.ref, remedy=remedy)
    return kind


def _add_filled(
    ctx: typer.Context, desk: Desk, view: CaseView, name: str, given: Sequence[str], on: str | None, file: str
) -> None:
    """Every record of a filled-in form, with what the line says of all of them."""
    ref, kind = view.case.ref, _known(view, name)
    common = asking.ask_fields(kind, given, interactive=False)
    entries = forms.together(forms.filled(file, kind), common, file)
    done = forms.write_down(desk, ref, name, entries, acting.day(desk, on, "--on"))
    numbers = forms.numbers(done)
    also = [forms.written(numbers)]
    prompts: list[dict[str, Any]] = []
    for number in numbers:
        asked, data = about_record(desk, view, number)
        also += asked
        prompts += data
    acting.said(desk, ctx.obj, done, also, record=numbers[0], records=numbers, prompts=prompts)


# ---- explaining ------------------------------------------------------------------------------------------------
def _list_kinds(view: CaseView, settings: Settings) -> None:
    """The kinds this person may record, and how many there are already."""
    kinds = [k for k in view.definition.records.values() if set(view.roles) & set(k.by)]
    others = len(view.definition.records) - len(kinds)

    def count(kind: RecordKind) -> int:
        tally = view.case.records.get(kind.name)
        return len(tally.live) if tally else 0

    def text() -> str:
        rows = [(k.name, k.title, count(k) or "", k.says) for k in kinds]
        lines = [output.columns(("KIND", "TITLE", "SO FAR", ""), rows)] if rows else []
        lines.append(f"To see what one asks: casereview record {view.case.ref} KIND --fields")
        if others:
            lines.append(f"{others} more are recorded by other roles on this case.")
        return "\n".join(lines)

    data = [{"kind": k.name, "title": k.title, "says": k.says, "so_far": count(k)} for k in kinds]
    output.emit(data, settings, text)


def _explain(view: CaseView, name: str, settings: Settings) -> None:
    kind = _known(view, name)
    data = {
        "kind": kind.name, "title": kind.title, "says": kind.says, "by": list(kind.by),
        "fields": [_field_json(field) for field in kind.fields.values()],
    }  # fmt: skip
    output.emit(data, settings, lambda: _explained(view.definition, kind))


def _field_json(field: Field) -> dict[str, Any]:
    return {
        "field": field.name, "ask": field.ask, "type": field.type, "required": field.required,
        "options": list(field.options), "of": field.of or None, "for": field.reader or None, "says": field.says,
    }  # fmt: skip


HOW = {
    "line": "one line", "long": "text", "lines": "one or more lines; repeat the field, or put ; between",
    "date": "a date", "number": "a whole number", "yes-no": "yes or no", "person": "a person's id",
    "child": "the id of a child of this case", "steps": "names of steps, with commas between",
    "choice": "one of", "choices": "one or more of, with commas between",
}  # fmt: skip


def _explained(definition: Definition, kind: RecordKind) -> str:
    who = in_words(role_titles(definition, kind.by))
    lines = [output.bold(shown(kind.title)) + f"  (recorded by: {shown(who)})"]
    lines += [output.wrapped(kind.says)] if kind.says else []
    for field in kind.fields.values():
        lines.append(f"{output.bold(field.name)}{' (required)' if field.required else ''}")
        lines.append(output.wrapped(asking.question(field), "    "))
        how = f"the number of a {field.of}" if field.type == "record" else HOW[field.type]
        options = f": {'; '.join(field.options)}" if field.options else ""
        lines.append(output.wrapped(f"{how}{options}", "    "))
    return "\n".join(lines)
