"""Opening a case: the one command that has no case yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casereview.calendar import Calendar
from casereview.case import Case
from casereview.clocks import Arrival, clocks_at
from casereview.events import Happening, Opened
from casereview.text import NAME_LIMIT, required
from workflows.definition import Definition


@dataclass(frozen=True, slots=True)
class OpenCase:
    """`opened` is the day the work began, today when None; the reference is given by the service."""

    workflow: str
    title: str
    opened: date | None = None
    team: str | None = None
    worker: str | None = None
    children: tuple[str, ...] = ()
    nation: str | None = None


def decide_open(
    command: OpenCase, ref: str, definition: Definition, calendar: Calendar, opened: date, nation: str
) -> Sequence[Happening]:
    """The fact of a case opened on a day, with the expectations that start with it."""
    empty = Case("", opened=opened)
    clocks = clocks_at(empty, definition, Arrival(opened, opened=True, enters=definition.start), calendar)
    event = Opened(
        ref=ref,
        title=required(command.title, "a title", limit=NAME_LIMIT),
        workflow=definition.name,
        version=definition.version,
        hash=definition.hash,
        nation=nation,
        team=command.team,
        worker=command.worker,
        children=tuple(dict.fromkeys(command.children)),
        clocks=clocks,
        profile=definition.under,
    )
    return (Happening(event, opened),)
