"""What the lists of help and quality have in common: what is asked of one, and what it comes to."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from casereview.case import Case
from casereview.text import clean


@dataclass(frozen=True, slots=True)
class Wanted:
    """text   any part of a line, large letters or small
    team, workflow   an id and a name; case: a reference; child: an id
    state     one of the words a list tells its lines apart by
    since, until     days, inclusive; which day is meant each list says
    limit     how many lines at most; the sentences above a list are about all of them
    """

    text: str = ""
    team: str = ""
    workflow: str = ""
    case: str = ""
    child: str = ""
    state: str = ""
    since: date | None = None
    until: date | None = None
    limit: int = 500


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class About:
    """A case as these lists name it."""

    id: str
    case: str
    title: str
    team: str
    team_name: str
    children: tuple[str, ...]
    opened: date
    closed: date | None
    stage: str
    workflow: str
    imported: bool = False  # read in from a return: nothing but dates is known of its past


class Line(Protocol):
    """A line of any of these lists: it is searched by its words, and tells what state it is in."""

    @property
    def words(self) -> str: ...
    @property
    def state(self) -> str: ...


L = TypeVar("L", bound=Line)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Found(Generic[R]):
    """The lines of a list, how many there are without the limit, and what it comes to in words.

    says    sentences about everything found, small numbers left out
    states  the words by which the lines can be told apart, as a filter takes them
    figure  which question it raises (see `casereview.oversight.questions`)
    """

    rows: tuple[R, ...]
    total: int
    says: tuple[str, ...]
    figure: str
    states: tuple[str, ...] = ()


def about(case: Case, team_name: str, stage: str) -> About:
    return About(
        case.id, case.ref, case.title, case.team or "", team_name, tuple(case.children), case.opened, case.closed,
        stage, case.workflow,
    )  # fmt: skip


def narrowed(lines: Iterable[L], wanted: Wanted) -> list[L]:
    """Those a filter leaves: by state and by any part of their words."""
    part = _folded(wanted.text)
    return [line for line in lines if wanted.state in ("", line.state) and (not part or part in _folded(line.words))]


def found(lines: Sequence[R], wanted: Wanted, says: Iterable[str], figure: str, states: Sequence[str] = ()) -> Found[R]:
    return Found(tuple(lines[: wanted.limit]), len(lines), tuple(says), figure, tuple(states))


def within(day: date | None, wanted: Wanted) -> bool:
    """Whether a day lies in the asked-for period; no day lies in none, unless none is asked for."""
    if day is None:
        return wanted.since is None and wanted.until is None
    return (wanted.since is None or wanted.since <= day) and (wanted.until is None or day <= wanted.until)


def day_of(value: object) -> date | None:
    """A date as a record keeps it, or None."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def text_of(value: Any) -> str:
    """What was written, whatever its form: a list in one line."""
    if isinstance(value, list | tuple):
        return "; ".join(str(item) for item in value)
    return "" if value is None else str(value)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", clean(text).strip()).casefold()
