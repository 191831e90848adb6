"""What was set aside, across cases: the board's list."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import typer

from tui.commands.output import columns, emit
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings

COLUMNS = ("on", "case", "title", "what", "by", "by_name", "reason")
NONE = "Nothing has been set aside in the cases you may know of."


def register(app: typer.Typer) -> None:
    app.command("overrides")(overrides)


def overrides(
    ctx: typer.Context,
    limit: int = typer.Option(100, "--limit", min=1, max=1000, help="How many, newest first."),
    csv: Path | None = typer.Option(None, "--csv", metavar="FILE", help="Write the rows to a new spreadsheet file."),
    as_at: str = AS_AT,
) -> None:
    """What was set aside: every expectation let go, by whom and why. For the board."""
    from casereview.service.overrides import overrides as read

    settings: Settings = ctx.obj
    found = read(desk_of(settings, as_at), limit)
    if csv is not None:
        from tui.commands.lists import write_new_csv

        written = write_new_csv(csv, map(asdict, found), COLUMNS)
        emit({"rows": written, "file": str(csv)}, settings, f"{written} rows written to {csv}")
        return
    rows = [(one.on, one.case, one.what, one.by_name, one.reason or "–") for one in found]
    head = ("on", "case", "what was set aside", "by", "reason")
    emit([asdict(one) for one in found], settings, lambda: columns(head, rows) if rows else NONE)
