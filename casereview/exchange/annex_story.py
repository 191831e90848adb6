"""Rows of Annex A that are about no case here: kept for the child's journey, each once however often it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from casereview.events import KeptSet
from casereview.exchange.annex_rows import Said
from casereview.exchange.table_in_wanted import Outcome, RowOutcome, SheetReport
from casereview.ports import Reading, Writing
from casereview.service.child_story import WHAT
from casereview.service.desk import Desk


@dataclass(slots=True)
class Told:
    """What a workbook says of one child beside assessments: the key of each line, what it holds, and its row."""

    child: str
    lines: dict[str, tuple[dict[str, Any], Said]] = field(default_factory=dict)


def told_of(rows: Iterable[Said], source: str) -> list[Told]:
    """The lines of each child. Two rows of one list and one day are told apart by their order in the list."""
    found: dict[str, Told] = {}
    places: Counter[tuple[str, str]] = Counter()
    for said in rows:
        assert said.start is not None
        told = found.setdefault(said.child, Told(said.child))
        number, on = said.row.listing.number, said.start.isoformat()
        place = f"{number}/{on}"
        places[said.child, place] += 1
        body = {"list": number, "on": on, "read_from": source, **said.values}
        told.lines[f"{place}/{places[said.child, place]}"] = (body, said)
    return list(found.values())


def keep_stories(
    desk: Desk, work: Reading, writing: Writing | None, batch: Iterable[Told], report: SheetReport
) -> None:  # fmt: skip
    """Keeps the lines that are new or say something else; with nothing to write to, only tells what would be done."""
    changed = []
    for told in batch:
        kept = work.kept_one(WHAT, told.child)
        held: dict[str, Any] = dict(kept.body.get("lines", {})) if kept else {}
        before = dict(held)
        for key, (body, said) in told.lines.items():
            outcome: Outcome = "created" if key not in held else "unchanged" if held[key] == body else "updated"
            held[key] = body
            report.tell(RowOutcome(said.row.number, told.child, outcome, list=said.row.listing.name))
        if held != before:
            changed.append(KeptSet(WHAT, told.child, body={"lines": held}))
    if writing is not None and changed:
        desk.register(writing, *changed)
