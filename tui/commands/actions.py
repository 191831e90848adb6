"""The command of actions across reviews: what is done because of findings, and whether it helped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tui.commands import output
from tui.commands.past import AS_AT, desk_of

if TYPE_CHECKING:
    from casereview.method.actions import Action
    from tui.start import Settings

HEAD = ("case", "no.", "what is done", "owner", "by about", "stands", "last looked at", "helped")
COLUMNS = (
    "case", "review", "record", "what", "owner", "by_about", "status", "stands", "difference", "signal", "finding",
    "statement", "level", "checked_on", "done", "helped", "unintended", "look_again", "review_closed",
)  # fmt: skip
STANDS = "Only these: to be done, not looked at, look again, or looked at (their effect)."
CSV = typer.Option(None, "--csv", metavar="FILE", help="Write every row to a new spreadsheet file.")


def register(app: typer.Typer) -> None:
    app.command("actions")(actions)


def actions(
    ctx: typer.Context,
    everything: bool = typer.Option(False, "--all", help="Also those whose effect was looked at for good."),
    stands: str = typer.Option("", "--stands", help=STANDS),
    owner: str = typer.Option("", "--owner", help="Only those whose owner is called so, in part."),
    case: str = typer.Option("", "--case", metavar="CASE", help="Only of this review."),
    order: str = typer.Option("by-about", "--order", help="by-about, case, owner, status or looked-at"),
    csv: Path | None = CSV,
    as_at: str = AS_AT,
) -> None:
    """Actions across reviews, closed ones included: who sees to it, what difference is meant, and whether it helped."""
    from casereview.service.findings import Asked, all_actions

    settings: Settings = ctx.obj
    asked = Asked(open=not everything and not stands, stands=stands, owner=owner, case=case.upper(), order=order)
    found = all_actions(desk_of(settings, as_at), asked)
    data = [action_json(one) for one in found]
    if csv is not None:
        from tui.commands.lists import write_new_csv

        written = write_new_csv(csv, data, COLUMNS)
        output.emit({"rows": written, "file": str(csv)}, settings, f"{written} actions written to {csv}")
        return
    none = "No action waits for anything in the reviews you may know of." if not everything else "There are none yet."
    none = "No action is like that." if stands or owner or case else none
    rows = [action_row(one) for one in found]
    output.emit(data, settings, lambda: output.columns(HEAD, rows, whole=2) if rows else none)


def action_row(one: Action) -> tuple[object, ...]:
    last = one.last
    return (
        one.case, one.number, one.rec.text("what"), one.rec.text("owner"), one.rec.day("by_about") or "–", one.stands,
        (last.day("checked_on") if last else None) or "never", last.text("helped") if last else "–",
    )  # fmt: skip


def action_json(one: Action) -> dict[str, Any]:
    rec, last = one.rec, one.last
    return {
        "case": one.case, "review": one.review, "record": rec.number, "what": rec.text("what"),
        "owner": rec.text("owner"), "by_about": rec.day("by_about"), "status": rec.text("status"), "stands": one.stands,
        "difference": rec.text("difference") or None, "signal": rec.text("signal") or None,
        "finding": one.finding.number if one.finding else None,
        "statement": one.finding.text("statement") if one.finding else None,
        "level": one.finding.text("level") if one.finding else None,
        "checked_on": last.day("checked_on") if last else None, "done": last.text("done") if last else None,
        "helped": last.text("helped") if last else None, "unintended": last.text("unintended") if last else None,
        "look_again": one.look_again, "review_closed": one.closed,
    }  # fmt: skip
