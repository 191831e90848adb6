"""The register: first page and counts out of partial covering indexes, whatever the number of closed cases.

Each standing is one range of an index that holds open rows only, already in the order the page wants. So a
page is fetched standing by standing, in order of concern, and nothing is sorted or read that is not shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from casereview.rows import longest_first, rank, standing_of_row
from casereview.views import OVERDUE, RegisterPage, RegisterQuery, RegisterRow
from storage import rows
from storage.dialects import Dialect, Row, Wire
from storage.lists import Where, mentions, seen, standings_of
from storage.standings import Slice, slices

FULL = f"{rows.CASE_ROW}, c.nation, {rows.PROJECTED}"
_CASE_COLUMNS = 17


def register(wire: Wire, dialect: Dialect, viewer: str | None, query: RegisterQuery, today: date) -> RegisterPage:
    """See `Reading.register`. With `case` given, every expectation of that case instead of the open ones."""
    if query.case:
        return _of_case(wire, dialect, viewer, query, today)
    where = seen(wire, viewer, "x", "case_id")
    _narrow(where, dialect, "x", query)
    counted = _counted(wire, where, today)
    wanted = query.standings or OVERDUE
    found: list[Row] = []
    skip = query.offset
    for one, here in counted:
        if one.standing in wanted:
            room = query.limit - len(found)
            if room > 0 and skip < here:
                found += _page(wire, dialect, where, one, skip, room)
            skip = max(skip - here, 0)
    counts: Counter[str] = Counter()
    for one, here in counted:
        counts[one.standing] += here
    total = sum(here for standing, here in counts.items() if standing in wanted)
    return RegisterPage(_full(wire, found, today), dict(+counts), total, query.offset)


def _narrow(where: Where, dialect: Dialect, alias: str, query: RegisterQuery) -> None:
    for column in ("workflow", "team", "worker"):
        if wanted := getattr(query, column):
            where.add(f"{alias}.{column} = ?", wanted)
    mentions(where, dialect, alias, query.text)


def _counted(wire: Wire, where: Where, today: date) -> list[tuple[Slice, int]]:
    """How many rows of each slice the filter leaves, read from the indexes of open rows alone."""
    parts = list(slices(today))
    selects = [
        f"SELECT count(*) FROM expectation x WHERE x.listed AND {one.condition} AND {where.sql}" for one in parts
    ]
    found = wire.one(f"SELECT {', '.join(f'({select})' for select in selects)}", where.values * len(parts))
    return list(zip(parts, found or (), strict=True))


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
    _narrow(where, dialect, "c", query)
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
    listed.sort(
        key=lambda pair: (rank(pair[0]), longest_first(pair[1].expectation, pair[0]), pair[1].expectation.expectation)
    )
    page = tuple(row for _, row in listed[query.offset : query.offset + query.limit])
    counts = dict(Counter(standing for standing, _ in judged))
    return RegisterPage(page, counts, len(listed), query.offset)
