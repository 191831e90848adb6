"""Every case of a scope, folded, and every record of some kinds: streamed, a few hundred at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from casereview.case import Case
from casereview.views import RecordRow, Scope
from storage import rows
from storage.dialects import Wire
from storage.visible import visible
from storage.where import AT_ONCE, Where, marks

_BOUNDS = (("opened", ">=", "opened_from"), ("opened", "<=", "opened_to"),
           ("closed", ">=", "closed_from"), ("closed", "<=", "closed_to"))  # fmt: skip


def every_case(wire: Callable[[], Wire], viewer: str | None, scope: Scope) -> Iterator[Case]:
    """See `Reading.every_case`. `wire` is asked for each portion, so that a transaction that is over says so."""
    condition, values = visible(viewer, "c")
    where = _narrowed(Where([condition], list(values)), scope)
    sql = (
        "SELECT c.ref, s.snapshot FROM case_file c JOIN case_snapshot s ON s.case_id = c.id "
        f"WHERE {where.sql} AND c.ref > ? ORDER BY c.ref LIMIT {AT_ONCE}"
    )
    after = ""
    while found := wire().all(sql, (*where.values, after)):
        yield from (rows.case(snapshot) for _, snapshot in found)
        after = found[-1][0]


def every_record(
    wire: Callable[[], Wire], viewer: str | None, kinds: Sequence[str], scope: Scope
) -> Iterator[tuple[str, RecordRow]]:
    """See `Reading.every_record`."""
    if not kinds:
        return
    condition, values = visible(viewer, "c")
    where = _narrowed(Where([condition], list(values)), scope)
    sql = (
        f"SELECT c.ref, c.id, {', '.join(f'r.{column}' for column in rows.RECORD.split(', '))} "
        "FROM case_file c JOIN record r ON r.case_id = c.id "
        f"WHERE {where.sql} AND r.kind IN ({marks(kinds)}) AND NOT r.withdrawn "
        # the first comparison is all that an index is used for: without it each portion begins at the first case
        f"AND c.ref >= ? AND (c.ref > ? OR r.number > ?) ORDER BY c.ref, r.number LIMIT {AT_ONCE}"
    )
    after: tuple[str, str, int] = ("", "", 0)
    while found := wire().all(sql, (*where.values, *kinds, *after)):
        for row in found:
            yield row[1], rows.record(row[2:])
        after = (found[-1][0], found[-1][0], found[-1][2])


def _narrowed(where: Where, scope: Scope) -> Where:
    for column in ("workflow", "kind", "team", "worker"):
        if wanted := getattr(scope, column):
            where.add(f"c.{column} = ?", wanted)
    if scope.open is not None:
        where.add("c.closed IS NULL" if scope.open else "c.closed IS NOT NULL")
    for column, comparison, bound in _BOUNDS:
        if (day := getattr(scope, bound)) is not None:
            where.add(f"c.{column} {comparison} ?", day.isoformat())
    return where
