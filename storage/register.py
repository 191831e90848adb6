"""The register: first page and counts out of partial covering indexes, whatever the number of closed cases.

Each standing is one range of an index that holds open rows only, already in the order the page wants. So a
page is fetched standing by standing, in order of concern, and nothing is sorted or read that is not shown.
In another order, or under headings, the rows of a page are found in one more reading of that index.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from casereview.rows import longest_first, standing_of_row
from casereview.rows import rank as rank_of
from casereview.views import OVERDUE, RANK, RegisterPage, RegisterQuery, RegisterRow
from storage import rows
from storage.conditions import narrow_register
from storage.dialects import Dialect, Row, Wire
from storage.headings import FULL, Order, Run, count_by, groups_of, page_of, titles_of, under
from storage.lists import standings_of
from storage.standings import WORDS, Slice, rank, since, slices
from storage.where import Where, mentions, seen

_CASE_COLUMNS = 17  # of FULL


def register(wire: Wire, dialect: Dialect, viewer: str | None, query: RegisterQuery, today: date) -> RegisterPage:
    """See `Reading.register`. With `case` given, every expectation of that case instead of the open ones."""
    if query.case:
        return _of_case(wire, dialect, viewer, query, today)
    where = seen(wire, viewer, "x", "case_id")
    _narrow(where, dialect, "x", query)
    wanted = query.standings or OVERDUE
    by, down = query.order.removeprefix("-"), query.order.startswith("-")
    if query.group or by == "worker":
        return _headed(wire, dialect, where, query, wanted, today)
    counted = _counted(wire, where, today)
    listed = [(one, count) for one, count in counted if one.standing in wanted]
    total = sum(count for _, count in listed)
    if by == "concern":
        found = _by_concern(wire, dialect, where, listed, query)
    else:
        order = Order(_any_of(wanted, today), _key(by, today, down))
        found = page_of(wire, dialect, where, order, query.offset, query.limit) if query.offset < total else []
    counts: Counter[str] = Counter()
    for one, count in counted:
        counts[one.standing] += count
    return RegisterPage(_full(wire, found, today), dict(+counts), total, query.offset)


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
def _by_concern(
    wire: Wire, dialect: Dialect, where: Where, listed: Sequence[tuple[Slice, int]], query: RegisterQuery
) -> list[Row]:
    """Slice by slice: each is already in order, so that only what is shown is read."""
    down = query.order.startswith("-")
    found: list[Row] = []
    skip = query.offset
    for one, count in reversed(listed) if down else listed:
        room = query.limit - len(found)
        if room > 0 and skip < count:
            order = Order(one.condition, _backwards(one.order) if down else one.order)
            found += page_of(wire, dialect, where, order, skip, room)
        skip = max(skip - count, 0)
    return found


def _backwards(order: str) -> str:
    """The latest first; rows without a day stay in order of reference."""
    first, ties = order.split(", ", 1)
    return order if first == "x.ref" else f"{first} DESC, {ties}"


def _any_of(standings: Sequence[str], today: date) -> str:
    """Every row of these standings, as one condition."""
    ranks = ", ".join(sorted(str(RANK[one]) for one in standings if one in RANK)) or "-1"
    return f"{WORDS} AND {rank(today)} IN ({ranks})"


def _key(by: str, today: date, down: bool) -> str:
    """What rows are sorted by, ties being in order of reference."""
    turn = " DESC" if down else ""
    late = f"{since(today)} IS NULL{turn}, {since(today)}{turn}"
    match by:
        case "concern":
            key = f"{rank(today)}{turn}, {late}"
        case "beyond":
            key = late
        case "worker":
            key = f"coalesce((SELECT w.name FROM person w WHERE w.id = x.worker), ''){turn}"
        case "reference":
            key = f"x.ref{turn}"
        case _:
            key = f"x.{by}{turn}"
    return f"{key}, x.ref, x.name"


# ---- headings ------------------------------------------------------------------------------------------------
def _headed(
    wire: Wire, dialect: Dialect, where: Where, query: RegisterQuery, wanted: Sequence[str], today: date
) -> RegisterPage:
    """Under headings, or by worker: counted by standing and heading at once, then the rows a page reaches into.

    By worker too, because looking the name up for every row would take longer than all the rest.
    """
    column = query.group or "worker"
    counts: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    for one in slices(today):
        for key, count in count_by(wire, where, column, one.condition).items():
            counts[one.standing] += count
            keys[key] += count if one.standing in wanted else 0
    by, down = query.order.removeprefix("-"), query.order.startswith("-")
    groups = groups_of(wire, column, dict(+keys)) if query.group else ()
    if query.group:
        runs = [Run((group.key,), group.count) for group in groups]
        order = Order(_any_of(wanted, today), _key(by, today, down))
    else:
        runs = _by_name(wire, column, dict(+keys), down)
        order = Order(_any_of(wanted, today), "x.ref, x.name")
    found = under(wire, dialect, where, column, runs, order, query.offset, query.limit)
    return RegisterPage(_full(wire, found, today), dict(+counts), sum(keys.values()), query.offset, groups)


def _by_name(wire: Wire, column: str, counts: dict[str, int], down: bool) -> list[Run]:
    """Those of one name stand together."""
    names = titles_of(wire, column, list(counts))
    of_name: dict[str, Run] = {}
    for key, count in counts.items():
        before = of_name.get(names.get(key, ""), Run((), 0))
        of_name[names.get(key, "")] = Run((*before.keys, key), before.count + count)
    return [run for _, run in sorted(of_name.items(), reverse=down)]


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
