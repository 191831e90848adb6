"""Lists of cases, a page at a time, with the standing of each on the day asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casereview.case import Case
from casereview.rows import LEAST_CONCERN, most_concern
from casereview.views import RANK, CaseQuery, CaseRow, Page, Projected
from storage import rows
from storage.conditions import narrow_cases
from storage.dialects import Dialect, Row, Wire
from storage.standings import OPEN, WORDS, rank, since
from storage.visible import APPOINTED, visible
from storage.where import Where, marks, mentions, portions, seen


def standings_of(wire: Wire, case_ids: Sequence[str], today: date) -> dict[str, str]:
    """Case id -> the standing of most concern; the caller has the cases from a list that may show them."""
    about: dict[str, list[Projected]] = {case_id: [] for case_id in case_ids}
    for some in portions(list(about)):
        for row in wire.all(
            f"SELECT x.case_id, {rows.PROJECTED} FROM expectation x WHERE x.case_id IN ({marks(some)})", some
        ):
            about[row[0]].append(rows.projected(row[1:]))
    return {case_id: most_concern(found, today) for case_id, found in about.items()}


def with_standing(wire: Wire, found: Sequence[Row], today: date) -> tuple[CaseRow, ...]:
    standings = standings_of(wire, [row[0] for row in found], today)
    return tuple(rows.case_row(row, standings[row[0]]) for row in found)


def cases_of(wire: Wire, viewer: str | None, children: Sequence[str], today: date) -> list[CaseRow]:
    condition, values = visible(viewer, "c")
    found: dict[str, Row] = {}
    for some in portions(sorted(set(children))):
        about = f"SELECT k.case_id FROM case_child k WHERE k.child_id IN ({marks(some)})"
        sql = f"SELECT {rows.CASE_ROW} FROM case_file c {rows.NAMES} WHERE c.id IN ({about}) AND {condition}"
        found |= {row[0]: row for row in wire.all(sql, (*some, *values))}
    return sorted(with_standing(wire, list(found.values()), today), key=lambda row: (row.opened, row.case))


def open_cases(
    wire: Wire, viewer: str | None, teams: Sequence[str], worker: str, kinds: Sequence[str], appointed: str
) -> list[Case]:
    """See `Reading.open_cases`: the folded cases in one statement, a few hundred of them at most."""
    where = seen(wire, viewer, "c")
    where.add("c.closed IS NULL")
    asked = (("team", tuple(teams)), ("worker", (worker,) if worker else ()), ("kind", tuple(kinds)))
    either = [(f"c.{column} IN ({marks(wanted)})", wanted) for column, wanted in asked if wanted]
    if appointed:
        either.append((f"c.id IN ({APPOINTED})", (appointed,)))
    if not either:
        return []
    where.add(f"({' OR '.join(sql for sql, _ in either)})", *(value for _, values in either for value in values))
    found = wire.all(
        f"SELECT s.snapshot FROM case_file c JOIN case_snapshot s ON s.case_id = c.id WHERE {where.sql} ORDER BY c.ref",
        where.values,
    )
    return [rows.case(row[0]) for row in found]


# ---- a page of cases --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Part:
    """A run of the list: whence, which and in what order."""

    source: str
    also: str
    order: str


def cases(wire: Wire, dialect: Dialect, viewer: str | None, query: CaseQuery, today: date) -> Page[CaseRow]:
    """The page asked for. Ties are in order of reference whichever way the list runs."""
    where = seen(wire, viewer, "c")
    _narrow(where, dialect, query, today)
    found: list[Row] = []
    total, skip = 0, query.offset
    for part in _parts(query, today):
        sql = f"{part.source} WHERE {part.also} AND {where.sql}"
        counted = wire.one(f"SELECT count(*) FROM {sql}", where.values)
        here = counted[0] if counted else 0
        total += here
        room = query.limit - len(found)
        if room > 0 and skip < here:
            found += _page(wire, part, where, skip, room)
        skip = max(skip - here, 0)
    return Page(with_standing(wire, found, today), total, query.offset)


def _page(wire: Wire, part: Part, where: Where, offset: int, limit: int) -> list[Row]:
    # Which cases, if possible out of an index alone; only those shown are then looked up.
    keys = f"SELECT c.id FROM {part.source} WHERE {part.also} AND {where.sql} ORDER BY {part.order} LIMIT ? OFFSET ?"
    ids = [row[0] for row in wire.all(keys, (*where.values, limit, offset))]
    found: dict[str, Row] = {}
    for some in portions(ids):
        sql = f"SELECT {rows.CASE_ROW} FROM case_file c {rows.NAMES} WHERE c.id IN ({marks(some)})"
        found |= {row[0]: row for row in wire.all(sql, some)}
    return [found[case_id] for case_id in ids]


def _narrow(where: Where, dialect: Dialect, query: CaseQuery, today: date) -> None:
    for column in ("workflow", "kind", "stage", "team", "worker"):
        if wanted := getattr(query, column):
            where.add(f"c.{column} = ?", wanted)
    if query.child:
        where.add("c.id IN (SELECT k.case_id FROM case_child k WHERE k.child_id = ?)", query.child)
    if query.open is not None:
        where.add("c.closed IS NULL" if query.open else "c.closed IS NOT NULL")
    mentions(where, dialect, "c", query.text)
    narrow_cases(where, dialect, query.also)
    if query.standings:
        where.add(_of_standing(query.standings, today))


def _worst(today: date) -> str:
    """Every case in which something runs, with the rank of what is of most concern in it."""
    # Naming the words keeps SQLite to the open rows' index; by itself it would walk all rows, case by case.
    return (
        f"SELECT x.case_id, min({rank(today)}) AS worst FROM expectation x WHERE x.listed AND {WORDS} "
        "GROUP BY x.case_id"
    )


def _late(today: date) -> str:
    """Every case in which something runs, with since when the longest late of it is."""
    return (
        f"SELECT x.case_id, min({since(today)}) AS since FROM expectation x WHERE x.listed AND {WORDS} "
        "GROUP BY x.case_id"
    )


def _of_standing(standings: Sequence[str], today: date) -> str:
    running = sorted(RANK[one] for one in standings if one in OPEN)
    settled = sorted(RANK.get(one, LEAST_CONCERN) for one in standings if one in RANK or not one)
    settled = [one for one in settled if one not in running]
    either = []
    if running:
        ranks = ", ".join(map(str, running))
        either.append(f"c.id IN (SELECT w.case_id FROM ({_worst(today)}) w WHERE w.worst IN ({ranks}))")
    if settled:
        either.append(f"(NOT c.running AND c.settled IN ({', '.join(map(str, settled))}))")
    return f"({' OR '.join(either)})" if either else "1 = 0"


def _parts(query: CaseQuery, today: date) -> list[Part]:
    down = " DESC" if query.order.startswith("-") else ""
    named = f"case_file c {rows.NAMES}"
    match query.order.removeprefix("-"):
        case "concern":
            # What runs always comes before what is done, so only what runs is judged on the day.
            running = Part(
                f"({_worst(today)}) w JOIN case_file c ON c.id = w.case_id", "1 = 1", f"w.worst{down}, c.ref"
            )
            settled = Part("case_file c", "NOT c.running", f"c.settled{down}, c.ref")
            return [settled, running] if down else [running, settled]
        case "beyond":
            since = f"SELECT w.case_id, w.since FROM ({_late(today)}) w WHERE w.since IS NOT NULL"
            late = Part(f"({since}) w JOIN case_file c ON c.id = w.case_id", "1 = 1", f"w.since{down}, c.ref")
            never = Part("case_file c", f"c.id NOT IN (SELECT w.case_id FROM ({since}) w)", "c.ref")
            return [never, late] if down else [late, never]
        case "reference":
            return [Part("case_file c", "1 = 1", f"c.ref{down}")]
        case "stage":
            return [Part("case_file c", "1 = 1", f"c.stage{down}, c.ref")]
        case "worker":
            return [Part(named, "1 = 1", f"coalesce(p.name, ''){down}, c.ref")]
        case _:
            return [Part("case_file c", "1 = 1", f"c.opened{down}, c.ref")]
