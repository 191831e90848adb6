"""What an imported case's return said of it, read back from the journal as the episode it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casereview.case import Case
from casereview.events import Imported, ImportUpdated, inner_event
from casereview.exchange.cin_records import (
    CinAssessment,
    CinEpisode,
    CinPlan,
    CinProtectionPlan,
    CinSection47,
)
from casereview.ports import Reading

PREFIX = "cin:"
_SOURCE = re.compile(r"CIN census ([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Said:
    """One assessment as a return said it: `year` is that return's census year, 0 where it named none."""

    authority: str
    child: str  # as the authority calls the child
    year: int
    episode: CinEpisode  # without the child's own details; it holds this assessment only


def said_of(work: Reading, case: Case, year: int) -> Said | None:
    """What was said for the return of `year`: by that year's file, or else by the newest one before it.

    None for a case that no census file brought.
    """
    if not case.import_key.startswith(PREFIX):
        return None
    rows = [
        (_year_of(event.source), event.row)
        for entry in work.history(case.id)
        if isinstance(event := inner_event(entry.event), Imported | ImportUpdated)
    ]
    if not rows:
        return None  # disposed of: nothing is known of what was said
    found, row = _row_for(rows, year)
    who, _, _, ordinal = case.import_key.removeprefix(PREFIX).rsplit("/", 3)
    authority, _, child = who.partition("/")
    return Said(authority, child, found, _episode(row, child, authority, int(ordinal)))


def _year_of(source: str) -> int:
    named = _SOURCE.fullmatch(source)
    return int(named[1]) if named else 0


def _row_for(rows: Sequence[tuple[int, Mapping[str, Any]]], year: int) -> tuple[int, Mapping[str, Any]]:
    own = [row for row in rows if row[0] == year]
    before = [row for row in rows if row[0] <= year]
    return (own or before or rows)[-1]


def _episode(row: Mapping[str, Any], child: str, authority: str, ordinal: int) -> CinEpisode:
    start = _day(row.get("start"))
    assert start is not None  # a row without one is refused when it is read in
    return CinEpisode(
        child,
        authority,
        referral_date=_day(row.get("referral")),
        referral_source=row.get("referral_source"),
        primary_need=row.get("primary_need"),
        closure_date=_day(row.get("closure")),
        closure_reason=row.get("closure_reason"),
        initial_cpc_date=_day(row.get("conference")),
        referral_nfa=row.get("referral_nfa"),
        assessments=(
            CinAssessment(
                start, _day(row.get("internal_review")), _day(row.get("authorised")),
                tuple(row.get("factors", ())), ordinal,
            ),
        ),
        cin_plans=tuple(CinPlan(s, _day(p.get("end"))) for p, s in _started(row, "child_in_need")),
        section47s=tuple(_enquiry(p, s) for p, s in _started(row, "section_47")),
        cp_plans=tuple(_protection(p, s) for p, s in _started(row, "child_protection")),
    )  # fmt: skip


def _started(row: Mapping[str, Any], what: str) -> list[tuple[Mapping[str, Any], date]]:
    """The entries of one kind with their starts. Rows read in long ago hold the starts and nothing else."""
    kept = row.get(f"{what}_said")
    if kept is None:
        bare = row.get(what, ()) or row.get(f"{what}_plans", ())
        kept = [{"start": start} for start in bare]
    return [(one, start) for one in kept if (start := _day(one.get("start"))) is not None]


def _enquiry(said: Mapping[str, Any], start: date) -> CinSection47:
    return CinSection47(start, _day(said.get("target")), _day(said.get("conference")), said.get("not_required"))


def _protection(said: Mapping[str, Any], start: date) -> CinProtectionPlan:
    reviews = tuple(day for one in said.get("reviews", ()) if (day := _day(one)) is not None)
    return CinProtectionPlan(
        start, _day(said.get("end")), said.get("initial"), said.get("latest"), said.get("previous"), reviews
    )


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
