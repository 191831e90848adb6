"""The clocks: times that guidance, law and local procedures have named, with how far to rely on each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tui.commands.output import columns, emit
from tui.commands.profiles_said import one_of
from tui.start import Settings

if TYPE_CHECKING:
    from workflows.clocks import Clock, Time

CLOCK_COLUMNS = ("clock", "title", "amount", "kind", "from", "to", "editions", "where", "checked", "trust", "source")


def register(app: typer.Typer) -> None:
    app.command("clocks")(clocks)


def clocks(
    ctx: typer.Context,
    clock: str = typer.Argument(
        "", metavar="[CLOCK]", help="One of them, such as ia or core-group.", show_default=False
    ),
    edition: str = typer.Option("", "--edition", help="Only of this edition: wt2010, trial, wt2013 or local."),
    kind: str = typer.Option("", "--kind", help="Only of this kind, such as statutory or 'guidance maximum'."),
    checked: bool = typer.Option(False, "--checked", help="Only figures that were checked."),
    csv: Path | None = typer.Option(None, "--csv", metavar="FILE", help="Write every row to a new spreadsheet file."),
) -> None:
    """Times that guidance, law and local procedures have named, each with its source and how far to rely on it."""
    from workflows.clocks import EDITIONS, KINDS, shipped
    from workflows.profile_shown import show_clock

    settings: Settings = ctx.obj
    known = shipped()
    one_of(edition, EDITIONS, "edition")
    one_of(kind, KINDS, "kind")
    wanted = [known.find(clock)] if clock else list(known.clocks.values())
    rows = [
        (one, time)
        for one in wanted
        for time in one.times
        if edition in ("", *time.editions) and kind in ("", time.kind) and (time.checked or not checked)
    ]
    data = [clock_json(one, time) for one, time in rows]
    if csv is not None:
        from tui.commands.lists import write_new_csv

        emit({"rows": write_new_csv(csv, data, CLOCK_COLUMNS), "file": str(csv)}, settings, f"written to {csv}")
        return
    emit(data, settings, lambda: show_clock(wanted[0]) if clock else _clocks_table(rows))


def clock_json(clock: Clock, time: Time) -> dict[str, Any]:
    return {
        "clock": clock.id, "title": clock.title, "amount": time.amount, "kind": time.kind, "from": time.start,
        "to": time.end, "editions": list(time.editions), "where": time.where or None, "years": time.years or None,
        "valid_from": time.valid_from, "valid_to": time.valid_to, "checked": time.checked, "source": time.source,
        "trust": time.trust.label, "start_source": time.start_source or None, "start_trust": time.start_trust.label,
        "says": clock.says or None,
    }  # fmt: skip


def _clocks_table(rows: Sequence[tuple[Clock, Time]]) -> str:
    from workflows.profile_shown import kind

    lines = [
        (one.id, time.amount, kind(time), time.start, time.short, time.where or ", ".join(time.editions))
        for one, time in rows
    ]
    head = ("clock", "time", "kind", "counts from", "how far to rely on it", "where")
    return f"{columns(head, lines)}\n\nIn full, with its source: casereview clocks CLOCK"
