"""Lists of cases and the register worked out one case at a time, as the measure of every store's queries."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from casereview.case import Case
from casereview.codec import dumps, from_plain, to_plain
from casereview.registry import Registry
from casereview.rows import group_key, group_order, longest_first, most_concern, rank, standing_of_row
from casereview.testing.conditions import mentions, of_cases, of_register
from casereview.views import (
    OVERDUE,
    CaseQuery,
    CaseRow,
    GroupCount,
    Page,
    Projected,
    RegisterPage,
    RegisterQuery,
    RegisterRow,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept:
    """A case as `save` was given it."""

    case: Case
    rows: tuple[Projected, ...]
    kind: str
    stage_title: str


def copied(value: T) -> T:
    """A copy that shares nothing, made the way a store on disk would: through its JSON form."""
    return from_plain(type(value), json.loads(dumps(to_plain(value))))


def cases(known: Sequence[Kept], registry: Registry, query: CaseQuery, today: date) -> Page[CaseRow]:
    rows = [
        row
        for kept in known
        if _fits(kept, row := case_row(kept, registry, today), query)
        if mentions(kept.case, query.text, registry)
        if of_cases(query.also, kept.case, kept.kind, kept.rows, registry)
        if not query.standings or row.standing in query.standings
    ]
    # Ties stay in order of reference whichever way the list runs: sorting keeps equal rows as they were.
    rows.sort(key=lambda row: row.case)
    late = {kept.case.id: _late_since(kept.rows, today) for kept in known}
    by, backwards = query.order.removeprefix("-"), query.order.startswith("-")
    rows.sort(key=(lambda row: late[row.id]) if by == "beyond" else _ORDERS[by], reverse=backwards)
    return Page(_page(rows, query.offset, query.limit), len(rows), query.offset)


def open_cases(
    known: Sequence[Kept], teams: Sequence[str], worker: str, kinds: Sequence[str], appointed: str
) -> list[Case]:
    found = [
        kept.case
        for kept in known
        if kept.case.closed is None
        and (
            kept.case.team in teams
            or (worker and kept.case.worker == worker)
            or kept.kind in kinds
            or any(one.person == appointed and not one.ended for one in kept.case.appointments)
        )
    ]
    return [copied(case) for case in sorted(found, key=lambda case: case.ref)]


def register(known: Sequence[Kept], registry: Registry, query: RegisterQuery, today: date) -> RegisterPage:
    found: list[tuple[str, RegisterRow]] = []
    for kept in known:
        row = case_row(kept, registry, today)
        if _fits_register(row, query) and mentions(kept.case, query.text, registry):
            found += [
                (standing_of_row(one, today), RegisterRow(row, copied(one), kept.case.nation))
                for one in kept.rows
                if query.case or (one.on_register and one.ended is None)
                if of_register(query.also, kept.case, kept.kind, one, registry)
            ]
    wanted = query.standings or (() if query.case else OVERDUE)
    listed = [pair for pair in found if not wanted or pair[0] in wanted]
    listed.sort(key=lambda pair: (pair[1].row.case, pair[1].expectation.expectation))
    by, backwards = query.order.removeprefix("-"), query.order.startswith("-")
    listed.sort(key=_REGISTER_ORDERS[by], reverse=backwards)
    groups: tuple[GroupCount, ...] = ()
    if query.group and not query.case:
        groups = _groups([row for _, row in listed], query.group)
        places = {group.key: place for place, group in enumerate(groups)}
        listed.sort(key=lambda pair: places[group_key(pair[1], query.group)])
    page = _page([row for _, row in listed], query.offset, query.limit)
    counts = dict(Counter(standing for standing, _ in found))
    return RegisterPage(page, counts, len(listed), query.offset, groups)


def _groups(rows: Sequence[RegisterRow], group: str) -> tuple[GroupCount, ...]:
    titles: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for row in rows:
        key = group_key(row, group)
        counts[key] += 1
        names = {"team": row.row.team_name, "worker": row.row.worker_name}
        titles[key] = names.get(group, key.replace("\n", ", "))
    found = [GroupCount(key, titles[key], count) for key, count in counts.items()]
    return tuple(sorted(found, key=group_order))


def case_row(kept: Kept, registry: Registry, today: date) -> CaseRow:
    case = kept.case
    worker = registry.people.get(case.worker or "")
    team = registry.teams.get(case.team or "")
    return CaseRow(
        id=case.id, case=case.ref, title=case.title, workflow=case.workflow, version=case.version,
        kind=kept.kind, stage=case.main.stage, stage_title=kept.stage_title,
        opened=case.opened, closed=case.closed,
        worker=case.worker, worker_name=worker.name if worker else "",
        team=case.team, team_name=team.name if team else "",
        standing=most_concern(kept.rows, today),
        restricted=case.restricted, imported=case.imported, number=case.number,
    )  # fmt: skip


def _fits(kept: Kept, row: CaseRow, query: CaseQuery) -> bool:
    return (
        query.workflow in ("", row.workflow)
        and query.kind in ("", row.kind)
        and query.stage in ("", row.stage)
        and query.team in ("", row.team)
        and query.worker in ("", row.worker)
        and (not query.child or query.child in kept.case.children)
        and (query.open is None or query.open == (row.closed is None))
    )


def _fits_register(row: CaseRow, query: RegisterQuery) -> bool:
    return (
        query.case in ("", row.id)
        and query.workflow in ("", row.workflow)
        and query.team in ("", row.team)
        and query.worker in ("", row.worker)
    )


def _late_since(rows: Sequence[Projected], today: date) -> date:
    """Since when the longest late running time of a case is late; one without such a day comes last."""
    running = [row for row in rows if row.on_register and row.ended is None]
    return min((_since(row, today) for row in running), default=date.max)


def _since(row: Projected, today: date) -> date:
    return longest_first(row, standing_of_row(row, today))


_ORDERS: dict[str, Callable[[CaseRow], Any]] = {
    "concern": lambda row: rank(row.standing),
    "opened": lambda row: row.opened,
    "reference": lambda row: row.case,
    "stage": lambda row: row.stage,
    "worker": lambda row: row.worker_name,
}


Pair = tuple[str, RegisterRow]
_REGISTER_ORDERS: dict[str, Callable[[Pair], Any]] = {
    "concern": lambda pair: (rank(pair[0]), longest_first(pair[1].expectation, pair[0])),
    "beyond": lambda pair: longest_first(pair[1].expectation, pair[0]),
    "opened": lambda pair: pair[1].row.opened,
    "reference": lambda pair: pair[1].row.case,
    "stage": lambda pair: pair[1].row.stage,
    "worker": lambda pair: pair[1].row.worker_name,
}


def _page(rows: Sequence[T], offset: int, limit: int) -> tuple[T, ...]:
    return tuple(rows[offset : offset + limit])
