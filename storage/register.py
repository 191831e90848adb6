"""The register: first page and counts out of partial covering indexes, whatever the number of closed cases.

Each standing is one range of an index that holds open rows only, already in the order the page wants. So a
page is fetched standing by standing, in order of concern, and nothing is sorted or read that is not shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casereview.rows import group_order, longest_first, standing_of_row
from casereview.rows import rank as rank_of
from casereview.views import OVERDUE, RANK, GroupCount, RegisterPage, RegisterQuery, RegisterRow
from storage import rows
from storage.conditions import ALWAYS, narrow_register
from storage.dialects import Dialect, Row, Wire
from storage.lists import standings_of
from storage.standings import WORDS, Slice, rank, since, slices
from storage.where import Where, marks, mentions, portions, seen

FULL = f"{rows.CASE_ROW}, c.nation, {rows.PROJECTED}"
_CASE_COLUMNS = 17


def register(wire: Wire, dialect: Dialect, viewer: str | None, query: RegisterQuery, today: date) -> RegisterPage:
    """See `Reading.register`. With `case` given, every expectation of that case instead of the open ones."""
    if query.case:
        return _of_case(wire, dialect, viewer, query, today)
    where = seen(wire, viewer, "x", "case_id")
    _narrow(where, dialect, "x", query)
    if query.group:
        return _grouped(wire, dialect, where, query, today)
    counted = [Segment(one, count) for one, count in _counted(wire, where, today)]
    wanted = [one for one in counted if one.slice.standing in (query.standings or OVERDUE)]
    found = _rows(wire, dialect, where, _in_order(wanted, query, today), query.offset, query.limit)
    total = sum(one.count for one in wanted)
    return RegisterPage(_full(wire, found, today), _by_standing(counted), total, query.offset)


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the list: rows of one slice, or of several, under one heading."""

    slice: Slice
    count: int
    also: str = ALWAYS
    values: tuple[str, ...] = ()


def _by_standing(counted: Sequence[Segment]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for one in counted:
        counts[one.slice.standing] += one.count
    return dict(+counts)


def _narrow(where: Where, dialect: Dialect, alias: str, query: RegisterQuery) -> None:
    for column in ("workflow", "team", "worker"):
        if wanted := getattr(query, column):
            where.add(f"{alias}.{column} = ?", wanted)
    mentions(where, dialect, alias, query.text)
    narrow_register(where, dialect, query.also)


def _counted(wire: Wire, where: Where, today: date) -> list[tuple[Slice, int]]:
    """How many rows of each slice the filter leaves, read from the indexes of open rows alone."""
    parts = list(slices(today))
    selects = [
        f"SELECT count(*) FROM expectation x WHERE x.listed AND {one.condition} AND {where.sql}" for one in parts
    ]
    found = wire.one(f"SELECT {', '.join(f'({select})' for select in selects)}", where.values * len(parts))
    return list(zip(parts, found or (), strict=True))


# ---- the order -----------------------------------------------------------------------------------------------
def _in_order(segments: Sequence[Segment], query: RegisterQuery, today: date) -> list[Segment]:
    """Segments in the order asked for: each slice for itself by concern, all of them as one by anything else."""
    by, down = query.order.removeprefix("-"), query.order.startswith("-")
    if by == "concern":
        return [replace(one, slice=_backwards(one.slice)) for one in reversed(segments)] if down else list(segments)
    if not segments:
        return []
    ranks = ", ".join(sorted({str(RANK[one.slice.standing]) for one in segments}))
    condition = f"{WORDS} AND {rank(today)} IN ({ranks})"
    one = Slice("", condition, f"{_key(by, today, ' DESC' if down else '')}, x.ref, x.name")
    return [replace(segments[0], slice=one, count=sum(one.count for one in segments))]


def _backwards(one: Slice) -> Slice:
    first, ties = one.order.split(", ", 1)
    return one if first == "x.ref" else replace(one, order=f"{first} DESC, {ties}")


def _key(by: str, today: date, down: str) -> str:
    match by:
        case "beyond":
            return f"{since(today)} IS NULL{down}, {since(today)}{down}"
        case "worker":
            return f"coalesce((SELECT w.name FROM person w WHERE w.id = x.worker), ''){down}"
        case "reference":
            return f"x.ref{down}"
        case _:
            return f"x.{by}{down}"


# ---- headings ------------------------------------------------------------------------------------------------
def _grouped(wire: Wire, dialect: Dialect, where: Where, query: RegisterQuery, today: date) -> RegisterPage:
    """The same under headings: counted by slice and heading, then read heading by heading."""
    column = f"x.{query.group}"
    counted: list[Segment] = []
    for one in slices(today):
        found = wire.all(
            f"SELECT coalesce({column}, ''), count(*) FROM expectation x "
            f"WHERE x.listed AND {one.condition} AND {where.sql} GROUP BY 1",
            where.values,
        )
        counted += [Segment(one, count, f"coalesce({column}, '') = ?", (key,)) for key, count in found]
    wanted = [one for one in counted if one.slice.standing in (query.standings or OVERDUE)]
    by_key: dict[str, list[Segment]] = {}
    for part in wanted:
        by_key.setdefault(part.values[0], []).append(part)
    titles = _titles(wire, query.group, list(by_key))
    groups = [GroupCount(key, titles.get(key, ""), sum(s.count for s in parts)) for key, parts in by_key.items()]
    groups.sort(key=group_order)
    segments = [run for group in groups for run in _in_order(by_key[group.key], query, today)]
    rows_found = _rows(wire, dialect, where, segments, query.offset, query.limit)
    total = sum(group.count for group in groups)
    return RegisterPage(_full(wire, rows_found, today), _by_standing(counted), total, query.offset, tuple(groups))


def _titles(wire: Wire, group: str, keys: Sequence[str]) -> dict[str, str]:
    """What people call the headings."""
    if group not in ("team", "worker"):
        return {key: key.replace("\n", ", ") for key in keys}
    table = "team" if group == "team" else "person"
    found: dict[str, str] = {}
    for some in portions(keys):
        found |= dict(wire.all(f"SELECT id, name FROM {table} WHERE id IN ({marks(some)})", some))
    return found


# ---- pages ---------------------------------------------------------------------------------------------------
def _rows(
    wire: Wire, dialect: Dialect, where: Where, segments: Sequence[Segment], offset: int, limit: int
) -> list[Row]:
    """The rows of one page, from the segments it reaches into."""
    found: list[Row] = []
    skip = offset
    for one in segments:
        room = limit - len(found)
        if room > 0 and skip < one.count:
            narrowed = Where([*where.conditions, one.also], [*where.values, *one.values])
            found += _page(wire, dialect, narrowed, one.slice, skip, room)
        skip = max(skip - one.count, 0)
    return found


def _page(wire: Wire, dialect: Dialect, where: Where, one: Slice, offset: int, limit: int) -> list[Row]:
    # The inner query is answered by the index alone, which also knows where each row lies.
    at = dialect.row_place
    return wire.all(
        f"SELECT {FULL} FROM (SELECT x.{at} AS at FROM expectation x "
        f"WHERE x.listed AND {one.condition} AND {where.sql} ORDER BY {one.order} LIMIT ? OFFSET ?) k "
        f"JOIN expectation x ON x.{at} = k.at "
        f"JOIN case_file c ON c.id = x.case_id {rows.NAMES} ORDER BY {one.order}",
        (*where.values, limit, offset),
    )


def _full(wire: Wire, found: Sequence[Row], today: date) -> tuple[RegisterRow, ...]:
    standings = standings_of(wire, [row[0] for row in found], today)
    return tuple(_register_row(row, standings[row[0]]) for row in found)


def _register_row(row: Row, standing: str) -> RegisterRow:
    case = rows.case_row(row[:_CASE_COLUMNS], standing)
    return RegisterRow(case, rows.projected(row[_CASE_COLUMNS + 1 :]), row[_CASE_COLUMNS])


def _of_case(wire: Wire, dialect: Dialect, viewer: str | None, query: RegisterQuery, today: date) -> RegisterPage:
    where = seen(wire, viewer, "c")
    where.add("c.id = ?", query.case)
    _narrow(where, dialect, "x", query)
    found = _full(
        wire,
        wire.all(
            f"SELECT {FULL} FROM case_file c JOIN expectation x ON x.case_id = c.id {rows.NAMES} WHERE {where.sql}",
            where.values,
        ),
        today,
    )
    judged = [(standing_of_row(row.expectation, today), row) for row in found]
    listed = [pair for pair in judged if not query.standings or pair[0] in query.standings]
    listed.sort(key=lambda pair: pair[1].expectation.expectation)
    listed.sort(key=_order_of(query.order), reverse=query.order.startswith("-"))
    page = tuple(row for _, row in listed[query.offset : query.offset + query.limit])
    counts = dict(Counter(standing for standing, _ in judged))
    return RegisterPage(page, counts, len(listed), query.offset)


def _order_of(order: str) -> Callable[[tuple[str, RegisterRow]], Any]:
    """Of one case only its times can differ: by concern, or by how long they are late."""
    match order.removeprefix("-"):
        case "concern":
            return lambda pair: (rank_of(pair[0]), longest_first(pair[1].expectation, pair[0]))
        case "beyond":
            return lambda pair: longest_first(pair[1].expectation, pair[0])
        case _:
            return lambda pair: ""
