"""One row of a table as the case it is to become, whatever list or mapping it was read with."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from casereview.codec import dumps
from casereview.events import Values
from casereview.exchange.cin_records import Problem
from casereview.exchange.landing import ImportReport
from casereview.people import Person, Team
from workflows.definition import Definition

Outcome = Literal["created", "updated", "unchanged", "refused"]
OUTCOMES: tuple[Outcome, ...] = ("created", "updated", "unchanged", "refused")
MOST_LINES = 5  # lines named where many say the same


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    group: str
    text: str
    effect: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The case a row says there is.

    key      finds it again in a later file; `said` is everything the row said, kept in the journal
    team, worker   ids, where somebody or some team here has that name
    """

    line: int
    child: str
    key: str
    definition: Definition
    opened: date
    closed: date | None = None
    stage: str = ""
    team: str = ""
    worker: str = ""
    records: tuple[tuple[str, Values, date], ...] = ()
    reviews: tuple[date, ...] = ()
    planned: tuple[date, ...] = ()
    seen: tuple[date, ...] = ()
    agreed: date | None = None
    agreed_on: date | None = None
    reason: Reason | None = None
    said: Values = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    says: tuple[str, ...] = ()  # what is to be told of a row that is kept
    mark: Values | None = None  # what tells a changed row, where not everything said does

    @property
    def digest(self) -> str:
        return digest_of(self.said if self.mark is None else self.mark)


def digest_of(values: Values) -> str:
    return hashlib.sha256(dumps(values).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row. `list` is its sheet or list; `case` the reference, where there is one to be told."""

    line: int
    child: str
    outcome: Outcome
    case: str = ""
    says: str = ""
    list: str = ""


@dataclass(slots=True)
class SheetReport(ImportReport):
    """A table read in: besides the counts, what became of every row, and what the reader had to decide."""

    rows: list[RowOutcome] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors_file: str = ""
    _alike: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def tell(self, row: RowOutcome) -> None:
        """Counts a row; a refusal, and what is to be told of a case that is left as it is, is listed as a problem."""
        self.read += 1
        setattr(self, row.outcome, getattr(self, row.outcome) + 1)
        self.rows.append(row)
        refused = row.outcome == "refused"
        if row.says:
            done = "left out" if refused else "kept as it is here"
            self._problem(row.line, row.child, row.says, done, row.list, refused)

    def tell_more(self, line: int, child: str, says: str, held_in: str = "") -> None:
        """Something to be told of a row that is kept."""
        self._problem(line, child, says, "kept", held_in)

    def _problem(self, line: int, child: str, says: str, done: str, held_in: str, refused: bool = False) -> None:
        says = f"{held_in}: {says}" if held_in else says
        self.problems.append(Problem(line, child or None, says, done, refused, 1 if refused else 0))

    def alike(self, says: str, held_in: str, line: int) -> None:
        """The same thing said of many rows is listed once, by `finish`."""
        self._alike.setdefault((held_in, says), []).append(line)

    def finish(self) -> None:
        for (held_in, says), lines in self._alike.items():
            more = f" ({len(lines)} rows: {', '.join(map(str, lines[:MOST_LINES]))}{', …' if len(lines) > 5 else ''})"
            self._problem(lines[0], "", says + (more if len(lines) > 1 else ""), "kept in the row", held_in)
        self._alike.clear()
        self.problems.sort(key=lambda one: (one.says[:6] if self.rows and self.rows[0].list else "", one.line))
        self.rows.sort(key=lambda one: (one.list, one.line))


class Known:
    """The people and teams of the store by what a file may call them: id or whole name, capitals and spaces aside."""

    def __init__(self, people: Iterable[Person], teams: Iterable[Team]) -> None:
        self._people = _by_name([(p.id, p.name) for p in people if not p.left])
        held = [(t.id, t.name) for t in teams]
        self._teams = _by_name(held)
        self.teams = frozenset(word for team in held for word in team)  # every id and name, as they are written

    def person(self, name: str) -> str:
        """The id, or "" where nobody, or more than one, is called so."""
        return self._people.get(_plain(name), "")

    def team(self, name: str) -> str:
        return self._teams.get(_plain(name), "")


def _by_name(held: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one, name in held:
        plain = _plain(name)
        found[plain] = one if found.get(plain, one) == one else ""
    return found | {_plain(one): one for one, _ in held}


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
