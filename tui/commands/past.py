"""The desk a looking command sits at: today's, or everything as it stood at the end of an earlier day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.service.desk import Desk

AS_AT = typer.Option("", "--as-at", metavar="DATE", help="As it stood at the end of that day.")


def desk_of(settings: Settings, as_at: str = "") -> Desk:
    """Opens the store; with a day given, folds its past first and says how far that has come."""
    desk = open_desk(settings)
    if not as_at:
        return desk
    from casereview.service.asof import desk_at
    from casereview.text import parse_date
    from tui.commands.progress import Progress

    day = parse_date(as_at, "--as-at", today=desk.today)
    with Progress(quiet=settings.json) as progress:
        past = desk_at(desk, day, progress)
    if past is not desk:
        settings.opened.append(past.store)
    return past
