"""Recommendations on the command line: followed side by side, one in full, read in from a file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.method.lines import counted
from casereview.text import parse_date, shown
from tui.commands.acting import CASE
from tui.commands.narrow import SORT, by_column
from tui.commands.output import columns, emit, say
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.learning.recommendations import Tracked
    from casereview.service.recommendations import Followed, ReadIn

UNTIL = typer.Option("", "--said-by", metavar="DATE", help="Only what had been said by that day, whenever entered.")
DRY = typer.Option(False, "--dry-run", help="Check it and say what would be opened; change nothing.")


def register(app: typer.Typer) -> None:
    app.command("recommendations")(recommendations)
    group = typer.Typer(help="One recommendation, and reading some in.", rich_markup_mode=None, no_args_is_help=True)
    for word, command in (("show", show), ("import", import_), ("example", example)):
        group.command(word)(command)
    app.add_typer(group, name="recommendation")


def recommendations(
    ctx: typer.Context,
    set_: str = typer.Option("", "--set", metavar="TEXT", help="Only of reports with this in their name."),
    answer: str = typer.Option("", "--answer", help="Only those answered so, such as 'accepted in principle'."),
    place: str = typer.Option("", "--place", help="Whose local position is looked for."),
    gaps: bool = typer.Option(False, "--gaps", help="Only those of which something is not known."),
    slipped: bool = typer.Option(False, "--slipped", help="Only those with a promised date that moved."),
    open_: bool = typer.Option(False, "--open", help="Only those still followed."),
    said_by: str = UNTIL,
    sort: str = SORT,
    csv: str = typer.Option("", "--csv", metavar="FILE", help="Write the list into a new file for a spreadsheet."),
    as_at: str = AS_AT,
) -> None:
    """Recommendations from anywhere: how each was answered, where it stands nationally and here, what is missing."""
    from casereview.service.recommendations import Asked, followed

    settings: Settings = ctx.obj
    desk = desk_of(settings, as_at)
    until = parse_date(said_by, "--said-by", today=desk.today) if said_by else None
    found = followed(desk, Asked(set_, answer, place, gaps, slipped, open_, until))
    found = tuple(by_column(found, row_json, COLUMNS, sort))
    rows = [row_json(one) for one in found]
    if csv:
        from tui.commands.lists import write_new_csv

        count = write_new_csv(Path(csv), rows, COLUMNS)
        emit({"file": csv, "rows": count}, settings, f"{count:,} rows are in {csv}.")
        return
    none = "No recommendation is like that." if any((set_, answer, place, gaps, slipped, open_, said_by)) else NONE
    emit(rows, settings, lambda: _table(found) if found else none)


COLUMNS = ("recommendation", "set", "number", "title", "text", "stage", "answer", "national", "local", "promised",
           "slips", "gaps")  # fmt: skip


def row_json(row: Followed) -> dict[str, Any]:
    one = row.one
    return {
        "recommendation": one.ref, "set": one.set, "number": one.number, "title": one.title, "text": one.text,
        "stage": one.stage, "answer": one.answer, "national": one.national.text if one.national else None,
        "local": [f"{said.who}: {said.text}" for said in one.newest("local")],
        "promised": [chain.says for chain in one.chains], "slips": sum(chain.slips for chain in one.chains),
        "gaps": list(row.gaps),
    }  # fmt: skip


NONE = "No recommendation is followed here. The worked example: casereview recommendation example"


def _table(found: tuple[Followed, ...]) -> str:
    head = ("recommendation", "no.", "what", "answer", "national", "local", "moved", "gaps")
    rows = [cells(one) for one in found]
    singles = sum(not row.one.whole for row in found)
    more = f"{counted(singles, 'recommendation')}; one in full: casereview recommendation show CASE"
    return f"{columns(head, rows, whole=2)}\n\n{more}"


def cells(row: Followed) -> tuple[str, ...]:
    one = row.one
    moved = sum(chain.slips for chain in one.chains)
    nation = one.national.when or str(one.national.on) if one.national else "not recorded"
    local = ", ".join(one.places) or ("–" if one.whole else "not recorded")
    return (one.ref, one.number or ("all" if one.whole else "–"), one.title, answer_word(one), nation, local,
            f"{moved}×" if moved else "–", str(len(row.gaps)) if row.gaps else "–")  # fmt: skip


def answer_word(one: Tracked) -> str:
    if one.whole and not one.answers:
        return "–"
    return "not said how" if one.answer.startswith("answered") else one.answer


def show(ctx: typer.Context, case: str = CASE, said_by: str = UNTIL, as_at: str = AS_AT) -> None:
    """One recommendation: national beside local, actions, every date that was promised, and what is not known."""
    from casereview.learning.telling import recommendation
    from casereview.method.lines import laid_out
    from casereview.service.recommendations import one_followed
    from tui.commands.output import width

    settings: Settings = ctx.obj
    desk = desk_of(settings, as_at)
    until = parse_date(said_by, "--said-by", today=desk.today) if said_by else None
    row = one_followed(desk, case, until)
    data = {**asdict(row.one), "gaps": list(row.gaps)}
    said = recommendation(row.one, row.gaps)
    emit(data, settings, lambda: "\n".join(line for line, _ in laid_out(said, min(width(), 100))))


def import_(
    ctx: typer.Context, file: str = typer.Argument(..., metavar="FILE", show_default=False), dry_run: bool = DRY
) -> None:
    """Read recommendations in from a file like the example; each is opened once, what is here already stays."""
    from casereview.service.recommendations import read_in

    _said(ctx.obj, read_in(open_desk(ctx.obj), file, dry_run=dry_run))


def example(
    ctx: typer.Context,
    print_: bool = typer.Option(False, "--print", help="Print the file instead, to write your own after it."),
    dry_run: bool = DRY,
) -> None:
    """Read the worked example in: the fifteen of the Munro review, with what five public papers say became of them."""
    if print_:
        from casereview.learning.recommendation_file import example_text

        say(example_text())
        return
    from casereview.service.recommendations import read_example

    _said(ctx.obj, read_example(open_desk(ctx.obj), dry_run=dry_run))


def _said(settings: Settings, done: ReadIn) -> None:
    would = "would be opened" if done.dry_run else "opened"
    says = f"{shown(done.name)}: {len(done.created)} {would}, {done.known} here already and left as they are."
    data = {"set": done.name, "opened": list(done.created), "known": done.known, "dry_run": done.dry_run}
    emit(data, settings, says)
