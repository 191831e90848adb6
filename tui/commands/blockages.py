"""The blockage board: what the system puts in the way of good work, who answers for it, and the weekly look."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tui.commands.output import columns, emit
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.oversight.blockages import Blockage
    from casereview.service.blockages import Debrief, Item

COLUMNS = (
    "blockage", "text", "team", "status", "owner_name", "weight", "reason", "cases", "raised_on", "raised_by",
    "looked_on", "removed_on", "weekly_look_due",
)  # fmt: skip
NONE = """Nothing is on the board.
A blockage is what the system puts in the way: a form, a queue, a shortage. Raise one with: casereview blockage raise"""
KEY = typer.Argument(..., help="Which one, such as B3.")


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="The blockage board: what the system puts in the way of good work.", rich_markup_mode=None)
    group.callback(invoke_without_command=True)(_bare)
    for word, command in (
        ("list", blockage_list), ("raise", blockage_raise), ("own", blockage_own), ("look", blockage_look),
        ("escalate", blockage_escalate), ("remove", blockage_remove), ("debrief", blockage_debrief),
    ):  # fmt: skip
        group.command(word)(command)
    app.add_typer(group, name="blockage")


def _bare(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        blockage_list(ctx, team="", removed=False, csv=None, as_at="")


def blockage_list(
    ctx: typer.Context,
    team: str = typer.Option("", "--team", help="Only this team's (id or name)."),
    removed: bool = typer.Option(False, "--removed", help="Also what has been taken away."),
    csv: Path | None = typer.Option(None, "--csv", metavar="FILE", help="Write every row to a new spreadsheet file."),
    as_at: str = AS_AT,
) -> None:
    """The board: passed up first, then what nobody owns, then the longest untouched."""
    from casereview.service.blockages import board
    from tui.commands.lists import team_id, write_new_csv
    from tui.commands.progress import waiting

    settings: Settings = ctx.obj
    desk = desk_of(settings, as_at)
    of_team = team_id(desk, team)
    with waiting("Reading the board and the open cases of its teams", quiet=settings.json):
        found = board(desk, team=of_team, removed=removed)
    if csv is not None:
        written = write_new_csv(csv, map(as_json, found), COLUMNS)
        emit({"rows": written, "file": str(csv)}, settings, f"{written} rows written to {csv}")
        return
    emit([as_json(one) for one in found], settings, lambda: _table(found) if found else NONE)


def as_json(item: Item) -> dict[str, Any]:
    one = item.blockage
    return {
        "blockage": one.key, "text": one.text, "team": one.team or None, "status": one.status,
        "owner": one.owner or None, "owner_name": item.owner_name or None, "weight": one.weight or None,
        "reason": one.code or None, "cases": item.cases, "raised_on": one.raised_on,
        "raised_by": item.raised_by or None, "looked_on": one.looked_on, "removed_on": one.removed_on,
        "weekly_look_due": item.waits,
        "story": [{"on": a.on, "by": a.by or None, "act": a.act, "text": a.text} for a in one.acts],
    }  # fmt: skip


def _table(items: Sequence[Item]) -> str:
    head = ("no.", "what stands in the way", "team", "status", "owner", "costs", "last touched")
    return columns(head, [_row(item) for item in items])


def _row(item: Item) -> tuple[str, ...]:
    one = item.blockage
    fed = f" (in {item.cases} open cases you may know of)" if item.cases else ""
    status = "passed up" if one.status == "escalated" else one.status
    due = " · weekly look due" if item.waits else ""
    owner = item.owner_name or "nobody yet"
    return one.key, f"{one.text}{fed}", item.team_name, status, owner, one.weight or "–", f"{one.looked_on}{due}"


def blockage_raise(
    ctx: typer.Context,
    text: str = typer.Argument(..., help="What stands in the way, without naming a person or a case."),
    team: str = typer.Option("", "--team", help="Whose work it is in the way of (id or name); all teams without it."),
    weight: str = typer.Option("", "--weight", help="What it costs, such as 'two days a week'."),
) -> None:
    """Raise a blockage. Anyone may."""
    from casereview.service.blockages import raise_blockage
    from tui.commands.lists import team_id

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    item = raise_blockage(desk, text, team=team_id(desk, team), weight=weight)
    _kept(item, settings, f"{item.key} is on the board. A manager takes it on with: casereview blockage own {item.key}")


def blockage_own(
    ctx: typer.Context,
    key: str = KEY,
    person: str = typer.Argument("", help="The manager who answers for it; you, when left out."),
) -> None:
    """Take a blockage on, or name the manager who does."""
    from casereview.service.blockages import own
    from tui.commands.lists import person_id

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    item = own(desk, key, person_id(desk, person))
    _kept(item, settings, f"{item.key} has an owner.")


def blockage_look(
    ctx: typer.Context, key: str = KEY, text: str = typer.Option(..., "--text", help="What was found, or tried."),
) -> None:  # fmt: skip
    """Write down the weekly look at a blockage."""
    from casereview.service.blockages import look_at

    settings: Settings = ctx.obj
    item = look_at(open_desk(settings), key, text)
    _kept(item, settings, f"{item.key}: looked at on {item.looked_on}.")


def blockage_escalate(
    ctx: typer.Context,
    key: str = KEY,
    text: str = typer.Option(..., "--text", help="Why it is beyond the team."),
    to: str = typer.Option("", "--to", metavar="PERSON", help="Who is to take it on now."),
) -> None:
    """Pass a blockage up: it is beyond the remit of its owner."""
    from casereview.service.blockages import escalate
    from tui.commands.lists import person_id

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    item = escalate(desk, key, text, to=person_id(desk, to))
    _kept(item, settings, f"{item.key} is passed up.")


def blockage_remove(
    ctx: typer.Context, key: str = KEY, text: str = typer.Option(..., "--text", help="How it was taken away."),
) -> None:  # fmt: skip
    """Say that a blockage is gone, and how. It stays in the list of what was taken away."""
    from casereview.service.blockages import remove

    settings: Settings = ctx.obj
    item = remove(open_desk(settings), key, text)
    _kept(item, settings, f"{item.key} is taken away.")


def blockage_debrief(
    ctx: typer.Context, team: str = typer.Option("", "--team", help="Only this team's."), as_at: str = AS_AT
) -> None:
    """The weekly de-brief: what came, what went, what was passed up, what nobody has taken on."""
    from casereview.service.blockages import debrief
    from tui.commands.lists import team_id
    from tui.commands.progress import waiting

    settings: Settings = ctx.obj
    desk = desk_of(settings, as_at)
    of_team = team_id(desk, team)
    with waiting("Reading the board and the open cases of its teams", quiet=settings.json):
        week = debrief(desk, team=of_team)
    emit(debrief_json(week), settings, lambda: debrief_text(week))


PARTS = (
    ("removed", "Taken away this week"), ("raised", "Raised this week"), ("escalated", "Passed up, not yet gone"),
    ("unowned", "Nobody answers for it yet"), ("waiting", "Nobody has looked for a week"),
)  # fmt: skip


def debrief_json(week: Debrief) -> dict[str, Any]:
    return {"since": week.since, **{part: [as_json(one) for one in getattr(week, part)] for part, _ in PARTS}}


def debrief_text(week: Debrief) -> str:
    parts = []
    for part, title in PARTS:
        items: tuple[Item, ...] = getattr(week, part)
        parts.append(f"{title}: {len(items) or 'nothing'}")
        parts += [f"  {i.blockage.key}  {i.blockage.text} ({i.team_name}; {i.owner_name or 'no owner'})" for i in items]
    return "\n".join(parts)


def _kept(item: Blockage, settings: Settings, says: str) -> None:
    emit({"blockage": item.key, "status": item.status, "owner": item.owner or None, "says": says}, settings, says)
