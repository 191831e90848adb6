"""The identity key of a case: who the made-up names stand for; kept apart, every reading written down."""

from __future__ import annotations

from dataclasses import asdict

import typer

from casereview.text import shown
from tui.commands import acting, asking, output
from tui.commands.acting import CASE
from tui.commands.past import AS_AT, desk_of

KEY = typer.Argument(..., help="The line, as `casereview identity list` names it.", show_default=False)
FOR = typer.Option(None, "--for", metavar="PSEUDONYM", help="What is written instead, such as 'Health Visitor 1'.")
ALSO = typer.Option(None, "--also", metavar="TEXT", help="Another way it is said or spelt; may be repeated.")
PERSON = typer.Option(None, "--person", help="Who it is, where they are known here: they may read their own account.")
KIND_HELP = "name, date of birth, date, address, school, practice, condition, place or other."


def register(app: typer.Typer) -> None:
    """Adds `identity` and `pseudonym`."""
    identity = typer.Typer(
        help="The identity key of a case: who the made-up names stand for.", no_args_is_help=True,
        rich_markup_mode=None,
    )  # fmt: skip
    identity.command("list")(list_key)
    identity.command("add")(add)
    identity.command("change")(change)
    identity.command("remove")(remove)
    identity.command("dispose")(dispose)
    app.add_typer(identity, name="identity")
    app.command("pseudonym")(free)


def list_key(
    ctx: typer.Context,
    case: str = CASE,
    purpose: str = typer.Option("", "--purpose", metavar="TEXT", help="What for; the review team is asked to say."),
    as_at: str = AS_AT,
) -> None:
    """The key, for whoever may read it. That it was read is written down."""
    from casereview.service.identities import identities

    found = identities(desk_of(ctx.obj, as_at), case, purpose)
    rows = [(o.key, o.kind, o.text, o.stands_for or "–", "; ".join(o.variants) or "–", o.person or "–") for o in found]
    head = ("line", "kind", "what", "written as", "also", "person")
    none = f"The identity key is empty. Add to it: casereview identity add {case} KIND TEXT --for PSEUDONYM"
    output.emit([asdict(o) for o in found], ctx.obj, lambda: output.columns(head, rows) if rows else none)


def add(
    ctx: typer.Context,
    case: str = CASE,
    kind: str = typer.Argument(..., help=KIND_HELP, show_default=False),
    text: str = typer.Argument(..., help="What must never be in what is published.", show_default=False),
    stands_for: str | None = FOR,
    also: list[str] | None = ALSO,
    person: str | None = PERSON,
    position: str = typer.Option("", "--position", help="Instead of --for: child, mother, health visitor…"),
) -> None:
    """Add a line to the key; with --position the next free made-up name stands for it."""
    from casereview.service.identities import add_identity

    if stands_for:
        acting.only_with({"--position": position}, "a line without --for")
    made = add_identity(
        acting.desk_of(ctx), case, kind, text, stands_for=stands_for or "", variants=also or (), person=person or "",
        position=position,
    )  # fmt: skip
    written = f"; it is written as {made.stands_for}" if made.stands_for else ""
    _said(ctx, made.key, f"Added to the identity key of {case} as {made.key}{written}.")


def free(
    ctx: typer.Context,
    case: str = CASE,
    position: str = typer.Argument(..., help="Such as child, mother or 'health visitor'.", show_default=False),
) -> None:
    """The next free made-up name for somebody in a position; nothing is kept."""
    from casereview.service.identities import next_pseudonym

    made = next_pseudonym(acting.desk_of(ctx), case, position)
    output.emit({"pseudonym": made}, ctx.obj, shown(made))


def change(
    ctx: typer.Context,
    case: str = CASE,
    key: str = KEY,
    kind: str | None = typer.Option(None, "--kind", help=KIND_HELP),
    text: str | None = typer.Option(None, "--text", help="What must never be in what is published."),
    stands_for: str | None = FOR,
    also: list[str] | None = ALSO,
    person: str | None = PERSON,
) -> None:
    """Change a line of the key: only what is given."""
    from casereview.service.identities import change_identity

    made = change_identity(
        acting.desk_of(ctx), case, key, kind=kind, text=text, stands_for=stands_for, variants=also, person=person
    )
    _said(ctx, made.key, f"Changed {made.key} in the identity key of {case}.")


def remove(
    ctx: typer.Context,
    case: str = CASE,
    key: str = KEY,
    reason: str = typer.Option("", "--reason", metavar="TEXT", help="Why."),
) -> None:
    """Take a line out of the key."""
    from casereview.service.identities import remove_identity

    remove_identity(acting.desk_of(ctx), case, key, reason)
    _said(ctx, key, f"Taken out of the identity key of {case}.")


def dispose(
    ctx: typer.Context,
    case: str = CASE,
    reason: str = typer.Option("", "--reason", metavar="TEXT", help="On which decision; it is kept."),
    yes: bool = typer.Option(False, "--yes", help="Without being asked."),
) -> None:
    """Take the whole key away for good, every earlier version of it included."""
    from casereview.service.identities import dispose_of_key

    asking.confirm(f"Take the identity key of {case} away for good? It cannot be brought back.", yes)
    count = dispose_of_key(acting.desk_of(ctx), case, reason)
    output.emit({"lines": count}, ctx.obj, f"The identity key of {case} is gone. Older backups still hold it.")


def _said(ctx: typer.Context, key: str, says: str) -> None:
    output.emit({"key": key}, ctx.obj, shown(says))
