"""What was set aside, across cases: the board's list."""

from __future__ import annotations

from dataclasses import asdict

import typer

from tui.commands.output import columns, emit
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings

NONE = "Nothing has been set aside in the cases you may know of."


def register(app: typer.Typer) -> None:
    app.command("overrides")(overrides)


def overrides(
    ctx: typer.Context,
    limit: int = typer.Option(100, "--limit", min=1, max=1000, help="How many, newest first."),
    as_at: str = AS_AT,
) -> None:
    """What was set aside: every expectation let go, by whom and why. For the board."""
    from casereview.service.overrides import overrides as read

    settings: Settings = ctx.obj
    found = read(desk_of(settings, as_at), limit)
    rows = [(one.on, one.case, one.what, one.by_name, one.reason or "–") for one in found]
    head = ("on", "case", "what was set aside", "by", "reason")
    emit([asdict(one) for one in found], settings, lambda: columns(head, rows) if rows else NONE)
