"""The words lists are narrowed by, on the command line: read, joined with a saved view, and explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from tui.commands.output import emit
from tui.start import Settings

if TYPE_CHECKING:
    from casereview.query import Query
    from casereview.service.desk import Desk

QUERY: Any = typer.Argument(
    None, metavar="[QUERY]...", show_default=False,
    help="Words and terms such as 'team:north beyond>10 mine'; in quotes. All of them: casereview queries",
)  # fmt: skip


def register(app: typer.Typer) -> None:
    app.command("queries")(queries)


def queries(ctx: typer.Context) -> None:
    """The words that narrow, order and group lists: every term, what may stand after it, what it means."""
    from casereview.query.terms import TERMS, described

    settings: Settings = ctx.obj
    data = [
        {"term": one.name, "kind": one.kind, "says": one.says, "example": one.example, "values": list(one.values)}
        for one in TERMS.values()
    ]
    emit(data, settings, described)


def query_of(desk: Desk, terms: list[str] | None, view: str = "", also: str = "", of: str = "register") -> Query:
    """What was typed, after what a saved view asks. Raises QueryFault, NotFound."""
    from casereview.query import parse

    typed = parse(" ".join(terms or ()))
    parts = [typed] if typed.terms else []
    if view:
        from casereview.service.views import find_view

        parts.insert(0, parse(find_view(desk, view, of).query))
    if also:
        parts.append(parse(also))
    return typed if parts == [typed] else joined(parts)


def joined(parts: list[Query]) -> Query:
    """All of them; of an order or a heading said twice, the later one."""
    from casereview.query import parse

    whole = parse("")
    for part in parts:
        whole = whole.with_terms(str(part))
    return whole
