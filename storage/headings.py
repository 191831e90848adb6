"""Rows of the register under headings: how many each has, what people call it, and the rows a page reaches into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casereview.rows import group_order
from casereview.views import GroupCount
from storage import rows
from storage.dialects import Dialect, Row, Wire
from storage.where import Where, marks, portions

FULL = f"{rows.CASE_ROW}, c.nation, {rows.PROJECTED}"


@dataclass(frozen=True, slots=True)
class Order:
    """Which rows, besides what the filter leaves, and by what they are sorted."""

    condition: str
    by: str
    values: tuple[Any, ...] = ()  # of `by`


@dataclass(frozen=True, slots=True)
class Run:
    """Rows that stand together because they have one of these values."""

    keys: tuple[str, ...]
    count: int


def page_of(wire: Wire, dialect: Dialect, where: Where, order: Order, offset: int, limit: int) -> list[Row]:
    # The inner query is answered by the index alone, which also knows where each row lies.
    at = dialect.row_place
    return wire.all(
        f"SELECT {FULL} FROM (SELECT x.{at} AS at FROM expectation x "
        f"WHERE x.listed AND {order.condition} AND {where.sql} ORDER BY {order.by} LIMIT ? OFFSET ?) k "
        f"JOIN expectation x ON x.{at} = k.at "
        f"JOIN case_file c ON c.id = x.case_id {rows.NAMES} ORDER BY {order.by}",
        (*where.values, *order.values, limit, offset, *order.values),
    )


def count_by(wire: Wire, where: Where, column: str, condition: str) -> dict[str, int]:
    """How many rows have each value; "" stands for none."""
    found = wire.all(
        f"SELECT coalesce(x.{column}, ''), count(*) FROM expectation x "
        f"WHERE x.listed AND {condition} AND {where.sql} GROUP BY 1",
        where.values,
    )
    return {row[0]: row[1] for row in found}


def groups_of(wire: Wire, group: str, counts: Mapping[str, int]) -> tuple[GroupCount, ...]:
    """The headings in their order."""
    titles = titles_of(wire, group, list(counts))
    found = [GroupCount(key, titles.get(key, ""), count) for key, count in counts.items()]
    return tuple(sorted(found, key=group_order))


def titles_of(wire: Wire, group: str, keys: Sequence[str]) -> dict[str, str]:
    """What people call the headings."""
    if group not in ("team", "worker"):
        return {key: key.replace("\n", ", ") for key in keys}
    table = "team" if group == "team" else "person"
    found: dict[str, str] = {}
    for some in portions(keys):
        found |= dict(wire.all(f"SELECT id, name FROM {table} WHERE id IN ({marks(some)})", some))
    return found


def under(
    wire: Wire, dialect: Dialect, where: Where, column: str, runs: Sequence[Run], order: Order, offset: int, limit: int
) -> list[Row]:
    """A page of rows run by run, and by `order` within each: one question about the runs the page reaches into."""
    reached, skip = _reached(runs, offset, limit)
    if not reached:
        return []
    keys = [key for run in reached for key in run.keys]
    places = [place for place, run in enumerate(reached) for _ in run.keys]
    value = f"coalesce(x.{column}, '')"
    narrowed = Where([*where.conditions, f"{value} IN ({marks(keys)})"], [*where.values, *keys])
    # Places are numbers of ours, written into the text; what people wrote is handed over beside it.
    whens = " ".join(f"WHEN ? THEN {place}" for place in places)
    by = Order(order.condition, f"CASE {value} {whens} END, {order.by}", tuple(keys))
    return page_of(wire, dialect, narrowed, by, skip, limit)


def _reached(runs: Sequence[Run], offset: int, limit: int) -> tuple[list[Run], int]:
    """The runs a page reaches into, and how many rows of the first it leaves out."""
    reached: list[Run] = []
    skip, room = offset, limit
    for run in runs:
        if not reached and skip >= run.count:
            skip -= run.count
            continue
        if room <= 0:
            break
        room -= run.count - (0 if reached else skip)
        reached.append(run)
    return reached, skip
