"""What was set aside, across cases: the board's list."""

from __future__ import annotations

from dataclasses import asdict

import typer

from tui.commands.output import columns, emit
from tui.start import Settings, open_desk

NONE = "Nothing has been set aside in the cases you may know of."


def register(app: typer.Typer) -> None:
    app.command("overrides")(overrides)


def overrides(
    ctx: typer.Context,
    limit: int = typer.Option(100, "--limit", min=1, max=1000, help="How many, newest first."),
) -> None:
    """What was set aside: every expectation let go, by whom and why. For the board."""
    from casereview.service.overrides import overrides as read

    settings: Settings = ctx.obj
    found = read(open_desk(settings), limit)
    rows = [(one.on, one.case, one.what, one.by_name, one.reason or "–") for one in found]
    head = ("on", "case", "what was set aside", "by", "reason")
    emit([asdict(one) for one in found], settings, lambda: columns(head, rows) if rows else NONE)
