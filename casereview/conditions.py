"""What a list may be asked besides its plain columns; every store answers each of these alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Among:
    """What the row has in `of` is one of `values`; "" among them: it has nothing there. No values: no row.

    of: team, worker, part (the worker, and everyone appointed to a role), workflow, kind, stage, child, restricted,
    imported, open (these three "yes" or "no"); and of a time: reason, reason_class, waiting, lane, agreed (only "").
    """

    of: str
    values: tuple[str, ...]
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Has:
    """Something is there. of: waiting."""

    of: str
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """The day in `of` lies between these, both included; None leaves an end open. Without that day: outside.

    of: opened; and of a time: started, agreed, look_on, promised_on, next_checkpoint.
    """

    of: str
    first: date | None = None
    last: date | None = None
    negative: bool = False


Ends = tuple[date | None, date | None]
"""After the first day (exclusive) and up to the last (inclusive); None leaves an end open."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The day a time has in `of` lies between two, such as so many working days ago by each calendar.

    of: started, beyond_after, untold_from.

    ends     by the calendar of most rows
    others   (nation, team, ends) of every other calendar; a team of "" stands for all of that nation not named
    missing  whether a time without that day belongs to them
    """

    of: str
    ends: Ends
    others: tuple[tuple[str, str, Ends], ...] = ()
    missing: bool = False
    negative: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """Any of these is part of the text in `of`, any case.

    of: "case" (its reference, title and children, the names of its worker and team); of a time: "waiting".
    """

    of: str
    parts: tuple[str, ...]
    negative: bool = False


Condition = Among | Has | Within | Counted | Mentions
"""One thing a list is asked. `negative` turns it round: exactly the rows it would have left out.

A list of cases asks what is of a time of each running one on the register: a case with one that has it is meant.
"""
