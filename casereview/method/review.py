"""The records of one review as they stand, in the shape that views, prompts and reports ask for.

Kinds and fields are those of the workflow file; a board's own file may leave some out, so what is not there reads
as not recorded, never as a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from casereview.case import Case
from casereview.views import RecordRow
from workflows.definition import Definition


@dataclass(frozen=True, slots=True)
class Rec:
    """One record as it stands after corrections. `number` is its entry number within the case."""

    number: int
    kind: str
    on: date
    by: str
    recorded_at: datetime
    values: Mapping[str, Any]
    corrected: int = 0

    def text(self, name: str) -> str:
        """What a field says, in words; "" where it was passed over."""
        value = self.values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return "\n".join(map(str, value)) if isinstance(value, list) else str(value)

    def many(self, name: str) -> tuple[str, ...]:
        """The lines or choices of a field, without empty ones."""
        value = self.values.get(name)
        lines = value if isinstance(value, list) else self.text(name).splitlines()
        return tuple(str(line).strip() for line in lines if str(line).strip())

    def day(self, name: str) -> date | None:
        value = self.values.get(name)
        return date.fromisoformat(str(value)[:10]) if value else None

    def link(self, name: str) -> int | None:
        """The number of the record a field points to."""
        value = self.values.get(name)
        return int(value) if value not in (None, "") else None

    def yes(self, name: str) -> bool | None:
        """yes, no, or None where it was not answered."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else {"yes": True, "no": False}.get(str(value))


@dataclass(frozen=True, slots=True)
class Review:
    """A review and what is written down in it, as far as its reader may read it; withdrawn records are left out.

    withheld  how many records of each kind this reader may not read
    """

    case: Case
    definition: Definition
    recs: Mapping[str, tuple[Rec, ...]]  # by kind, oldest first
    withheld: Mapping[str, int] = field(default_factory=dict)

    def of(self, kind: str) -> tuple[Rec, ...]:
        return self.recs.get(kind, ())

    def newest(self, kind: str) -> Rec | None:
        return next(reversed(self.of(kind)), None)

    def one(self, kind: str, number: int | None) -> Rec | None:
        return next((rec for rec in self.of(kind) if rec.number == number), None)

    def pointing(self, kind: str, name: str, number: int) -> tuple[Rec, ...]:
        """The records of a kind whose field points to a record."""
        return tuple(rec for rec in self.of(kind) if rec.link(name) == number)

    def kept(self, *kinds: str) -> str:
        """That there are records of these kinds this reader may not read, in a sentence; "" where they read all.

        What is kept to others is never said to be missing.
        """
        count = sum(self.withheld.get(kind, 0) for kind in kinds)
        if not count:
            return ""
        titles = ", ".join(self.definition.records[k].title for k in kinds if self.withheld.get(k))
        return f"{count} record{'' if count == 1 else 's'} kept to others, not yours to read: {titles}"

    @property
    def option(self) -> str:
        """How full a review: the option of the newest scope; "" before there is one."""
        scope = self.newest("scope")
        return scope.text("option") if scope else ""


def review_of_rows(
    case: Case, definition: Definition, rows: Iterable[RecordRow], withheld: Mapping[str, int] | None = None
) -> Review:
    """Groups rows by kind, oldest first."""
    recs: dict[str, list[Rec]] = {}
    for row in sorted((r for r in rows if not r.withdrawn), key=lambda r: r.number):
        rec = Rec(row.number, row.kind, row.on, row.by, row.recorded_at, row.values, row.corrected)
        recs.setdefault(row.kind, []).append(rec)
    return Review(case, definition, {kind: tuple(found) for kind, found in recs.items()}, withheld or {})
