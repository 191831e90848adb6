"""Saved views: a query under a name, kept for oneself or shared with everyone."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from casereview.text import shown
from tui.commands import acting
from tui.commands.output import columns, emit, wrapped
from tui.start import Settings

if TYPE_CHECKING:
    from casereview.service.views import View

NAME = typer.Argument(..., metavar="NAME", show_default=False)
COLUMNS = ("name", "list", "whose", "by", "by_name", "left", "query")
WHOSE = {"own": "yours", "shared": "shared", "shipped": "comes with casereview"}


def register(app: typer.Typer) -> None:
    view = typer.Typer(
        help="Saved views: a query under a name. What a view lists is for each who looks what they may know of.",
        rich_markup_mode=None, no_args_is_help=True,
    )  # fmt: skip
    view.command("list")(list_)
    view.command("show")(show)
    view.command("save")(save)
    view.command("remove")(remove)
    app.add_typer(view, name="view")


def list_(
    ctx: typer.Context,
    of: str = typer.Option("", "--list", help="Only those of register or cases."),
    csv: Path | None = typer.Option(None, "--csv", metavar="FILE", help="Write every row to a new spreadsheet file."),
) -> None:
    """Every view you can use: yours, shared ones, and those that come with casereview."""
    from casereview.service.views import checked, views

    settings: Settings = ctx.obj
    found = views(acting.desk_of(ctx), checked(of) if of else "")
    if csv is not None:
        from tui.commands.lists import into_new_csv

        into_new_csv(settings, csv, map(asdict, found), COLUMNS)
        return
    rows = [(one.name, one.list, _whose(one), one.query) for one in found]
    emit([asdict(one) for one in found], settings, lambda: columns(("name", "list", "whose", "asks"), rows, whole=0))


def _whose(view: View) -> str:
    if view.whose != "shared":
        return WHOSE[view.whose]
    return f"shared by {view.by_name}{', who has left' if view.left else ''}"


def show(ctx: typer.Context, name: str = NAME) -> None:
    """What a view asks, and how many rows it lists for you today."""
    from casereview.service.views import counted, find_view

    settings: Settings = ctx.obj
    desk = acting.desk_of(ctx)
    view = find_view(desk, name)
    rows = counted(desk, view)
    opens = f"casereview {'cases' if view.list == 'cases' else 'overdue'} --view '{shown(view.name)}'"

    def text() -> str:
        says = f"{shown(view.name)} ({_whose(view)}): {rows} row{'' if rows == 1 else 's'} for you today"
        return "\n".join([says, wrapped(view.query, "  "), f"Open it: {opens}"])

    emit({**asdict(view), "rows": rows}, settings, text)


def save(
    ctx: typer.Context,
    name: str = NAME,
    terms: list[str] = typer.Argument(..., metavar="QUERY...", show_default=False, help="See: casereview queries"),
    shared: bool = typer.Option(False, "--shared", help="For everyone: they share what is asked, not what is listed."),
    of: str = typer.Option("register", "--list", help="Of which list: register or cases."),
) -> None:
    """Save a query under a name; a view of yours of that name is replaced."""
    from casereview.service.views import checked, save_view

    settings: Settings = ctx.obj
    view = save_view(acting.desk_of(ctx), name, " ".join(terms), of=checked(of), shared=shared)
    emit(asdict(view), settings, f"{shown(view.name)}: saved{' for everyone' if shared else ''}: {shown(view.query)}")


def remove(
    ctx: typer.Context,
    name: str = NAME,
    shared: bool = typer.Option(False, "--shared", help="The shared one, where you have one of your own as well."),
) -> None:
    """Take a saved view off: yours, or one you shared. Those who keep people and teams may take off any shared one."""
    from casereview.service.views import remove_view

    settings: Settings = ctx.obj
    view = remove_view(acting.desk_of(ctx), name, shared=True if shared else None)
    emit(asdict(view), settings, f"{shown(view.name)}: taken off")
