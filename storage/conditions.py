"""What lists are asked, as SQL conditions on `expectation` and `case_file`: the same meaning as in memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from casereview.conditions import Among, Condition, Counted, Ends, Has, Mentions, Within
from storage import rows
from storage.dialects import Dialect
from storage.standings import WORDS
from storage.visible import APPOINTED
from storage.where import Where, marks, mentioned

OF_CASE = (
    "team", "worker", "part", "workflow", "kind", "stage", "child", "restricted", "imported", "open", "opened", "case",
)  # fmt: skip
NEVER, ALWAYS = "1 = 0", "1 = 1"
Sql = tuple[str, list[Any]]


# Pieces of statements only: whoever asks has put the condition of need-to-know into `where` before.
def narrow_register(where: Where, dialect: Dialect, asked: Iterable[Condition]) -> None:
    """Rows `x` of `expectation` that have everything that is asked."""
    for one in asked:
        _add(where, _condition(one, dialect, "x"), one.negative)


def narrow_cases(where: Where, dialect: Dialect, asked: Iterable[Condition]) -> None:
    """Rows `c` of `case_file`; what is asked of a time is asked of the running ones on the register."""
    for one in asked:
        if one.of in OF_CASE:
            _add(where, _condition(one, dialect, "c"), one.negative)
            continue
        sql, values = _condition(one, dialect, "x")
        # Naming the words keeps SQLite to the index of open rows.
        running = f"c.id IN (SELECT x.case_id FROM expectation x WHERE x.listed AND {WORDS} AND {sql})"
        _add(where, (running, values), one.negative)


def _add(where: Where, condition: Sql, negative: bool) -> None:
    sql, values = condition
    where.add(f"NOT ({sql})" if negative else sql, *values)


def _condition(asked: Condition, dialect: Dialect, alias: str) -> Sql:
    """Never NULL, so that it can be turned round."""
    match asked:
        case Mentions("case", parts):
            return _either(mentioned(dialect, alias, part) for part in parts)
        case Mentions(_, parts):
            return _either((f"{dialect.position}(x.waits, ?) > 0", [rows.folded(part)]) for part in parts)
        case Has():
            return "x.waiting <> ''", []
        case Within(of, first, last):
            return _between(f"{alias}.{of}", first, last)
        case Counted():
            return _counted(asked)
        case Among(of, values):
            return _among(of, list(dict.fromkeys(values)), alias)


def _either(conditions: Iterable[Sql]) -> Sql:
    found = list(conditions)
    sql = " OR ".join(sql for sql, _ in found)
    return (f"({sql})" if found else NEVER), [value for _, values in found for value in values]


def _among(of: str, values: list[str], alias: str) -> Sql:
    if of == "child":
        key = "case_id" if alias == "x" else "id"
        sql = f"SELECT k.case_id FROM case_child k WHERE k.child_id IN ({marks(values)})"
        return (f"{alias}.{key} IN ({sql})", values) if values else (NEVER, [])
    if of == "part":
        return _either(_part(value, alias) for value in values if value)
    if of in ("restricted", "imported", "open"):
        return _yes_or_no(_flag(of, alias), values)
    if of == "agreed":
        return ("x.agreed IS NULL" if "" in values else NEVER), []
    column = f"{alias}.{of}"
    named = [value for value in values if value] if of in ("team", "worker") else values
    either: list[Sql] = [(f"({column} IS NOT NULL AND {column} IN ({marks(named)}))", named)] if named else []
    if len(named) < len(values):
        either.append((f"{column} IS NULL", []))
    return _either(either)


def _part(person: str, alias: str) -> Sql:
    """The worker, or whoever was appointed to a role that has not ended."""
    key = "case_id" if alias == "x" else "id"
    worker = f"({alias}.worker IS NOT NULL AND {alias}.worker = ?)"
    return f"({worker} OR {alias}.{key} IN ({APPOINTED}))", [person, person]


def _flag(of: str, alias: str) -> str:
    if of != "open":
        return f"{alias}.{of}"
    # A list of running times need not know whether the case is closed, so it is looked up.
    closed = "c.closed" if alias == "c" else "(SELECT f.closed FROM case_file f WHERE f.id = x.case_id)"
    return f"{closed} IS NULL"


def _yes_or_no(flag: str, values: list[str]) -> Sql:
    wanted = {"yes", "no"} & set(values)
    if len(wanted) != 1:
        return (ALWAYS if wanted else NEVER), []
    return (flag if wanted == {"yes"} else f"NOT ({flag})"), []


# Days are written into the text, which is safe because a `date` can spell nothing else.
def _between(column: str, first: date | None, last: date | None) -> Sql:
    parts = [f"{column} IS NOT NULL"]
    parts += [f"{column} >= '{first.isoformat()}'"] if first else []
    parts += [f"{column} <= '{last.isoformat()}'"] if last else []
    return f"({' AND '.join(parts)})", []


def _counted(asked: Counted) -> Sql:
    column, values = f"x.{asked.of}", []
    whens = []
    for nation, team, ends in asked.others:
        whens.append(f"WHEN x.nation = ?{' AND x.team = ?' if team else ''} THEN {_ends(column, ends)}")
        values += [nation, team] if team else [nation]
    usual = _ends(column, asked.ends)
    inside = f"CASE {' '.join(whens)} ELSE {usual} END" if whens else usual
    if asked.missing:
        return f"({column} IS NULL OR {inside})", values
    return f"({column} IS NOT NULL AND {inside})", values


def _ends(column: str, ends: Ends) -> str:
    after, last = ends
    parts = [f"{column} > '{after.isoformat()}'"] if after else []
    parts += [f"{column} <= '{last.isoformat()}'"] if last else []
    return f"({' AND '.join(parts)})" if parts else ALWAYS
