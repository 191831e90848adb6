"""One thing done to many cases: handing a caseload over, and noting that they were looked at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import typer

from casereview.errors import NotFound
from casereview.text import parse_ref, shown
from tui.commands import acting, asking
from tui.commands.output import columns, emit, note
from tui.commands.queries import QUERY
from tui.start import Settings

if TYPE_CHECKING:
    from casereview.service.bulk import Make, Row
    from casereview.service.desk import Desk

REFERENCE = re.compile(r"[A-Za-z]{1,6}-[0-9]{4}-[0-9A-Za-z]+")
YES = typer.Option(False, "--yes", help="Do it without being asked.")
PREVIEW = typer.Option(False, "--preview", help="Only show what would happen to each case.")


def register(app: typer.Typer) -> None:
    app.command("reassign")(reassign)
    app.command("mark-seen")(mark_seen)


def reassign(
    ctx: typer.Context,
    terms: list[str] = QUERY,
    from_: str = typer.Option(..., "--from", metavar="WORKER", help="Whose open cases (id, login or name)."),
    to: str = typer.Option(..., "--to", metavar="WORKER", help="Who takes them over."),
    said: str = typer.Option(..., "--note", metavar="TEXT", help="What is said with it; @FILE and - are read."),
    preview: bool = PREVIEW,
    yes: bool = YES,
) -> None:
    """Hand a worker's open cases to another, all or those a query leaves: shown first, then case by case.

    Each case keeps its own entry. What cannot be handed over is refused with its reason and stops no other.
    """
    from casereview.query import parse
    from casereview.service.bulk import handing_over, of_worker

    desk = acting.desk_of(ctx)
    old, new = acting.person_id(desk, from_), acting.person_id(desk, to)
    refs = of_worker(desk, old, parse(" ".join(terms or ())))
    names = _names(desk, old, new)
    make = handing_over(new, acting.words(said, "--note"))
    _do(ctx, desk, refs, make, f"{names[0]} to {names[1]}", f"Hand {{}} over to {names[1]}?", preview, yes)


def mark_seen(
    ctx: typer.Context,
    terms: list[str] = typer.Argument(
        ..., metavar="QUERY|CASE...", show_default=False, help="Cases by reference, or a query of open cases."
    ),
    said: str = typer.Option("", "--note", metavar="TEXT", help="What is noted with it; @FILE and - are read."),
    preview: bool = PREVIEW,
    yes: bool = YES,
) -> None:
    """Note that you looked at cases you oversee. It answers nothing, justifies nothing and hides nothing."""
    from casereview.service.bulk import marking_seen, of_query

    desk = acting.desk_of(ctx)
    if all(REFERENCE.fullmatch(term) for term in terms):
        refs = [parse_ref(term, "the case") for term in terms]
    else:
        refs = of_query(desk, " ".join(terms))
    make = marking_seen(acting.words(said, "--note"))
    _do(ctx, desk, refs, make, "looked at today", "Note that you looked at {}?", preview, yes)


def _names(desk: Desk, *people: str) -> list[str]:
    with desk.reading() as work:
        names = desk.known(work).names
    return [shown(names.person(one)) for one in people]


# ---- before and after --------------------------------------------------------------------------------------------
def _do(
    ctx: typer.Context, desk: Desk, refs: list[str], make: Make, says: str, question: str, only_preview: bool, yes: bool
) -> None:
    """Shows what would happen, asks, does it case by case; exit status 1 where anything was refused."""
    from casereview.service.bulk import carry_out, preview

    settings: Settings = ctx.obj
    planned = preview(desk, refs, make, says)
    if not planned:
        raise NotFound("no open case is meant by this", remedy="See which there are: casereview cases")
    able = sum(not row.refused for row in planned)
    if only_preview:
        emit(_data(planned, "would"), settings, lambda: _table(planned, "would happen"))
        return
    if able and not yes:
        note(_table(planned, "would happen"))
        asking.confirm(question.format(f"{able} case{'' if able == 1 else 's'}"), yes)
    done = list(carry_out(desk, planned, make))
    emit(_data(done, "done"), settings, lambda: _table(done, "happened"))
    if any(row.refused for row in done):
        raise typer.Exit(1)


def _data(rows: list[Row], done: str) -> dict[str, Any]:
    refused = sum(row.refused for row in rows)
    listed = [
        {"case": row.case, "title": row.title, "result": "refused" if row.refused else done, "says": row.says}
        for row in rows
    ]
    return {done: len(rows) - refused, "refused": refused, "rows": listed}


def _table(rows: list[Row], what: str) -> str:
    refused = sum(row.refused for row in rows)
    cells = [(row.case, row.title, "✗ refused" if row.refused else "✓", row.says) for row in rows]
    total = f"{len(rows) - refused} of {len(rows)}" + (f"; {refused} refused" if refused else "")
    return f"{columns(('case', 'title', '', f'what {what}'), cells)}\n\n{total}"
