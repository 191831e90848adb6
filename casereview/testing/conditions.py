"""What a list is asked, judged one row at a time: the measure of every store's conditions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from casereview.case import Case
from casereview.conditions import Among, Condition, Counted, Has, Mentions, Within
from casereview.registry import Registry
from casereview.views import Projected

OF_CASE = (
    "team", "worker", "part", "workflow", "kind", "stage", "child", "restricted", "imported", "open", "opened", "case",
)  # fmt: skip


def of_register(asked: Iterable[Condition], case: Case, kind: str, row: Projected, registry: Registry) -> bool:
    """Whether a row of the register has everything that is asked."""
    return all(_holds(one, case, kind, row, registry) != one.negative for one in asked)


def of_cases(asked: Iterable[Condition], case: Case, kind: str, rows: Sequence[Projected], registry: Registry) -> bool:
    """Whether a case in a list of cases has: what is asked of a time, in one that runs and is on the register."""
    running = [row for row in rows if row.on_register and row.ended is None]
    for one in asked:
        if one.of in OF_CASE:
            found = _holds(one, case, kind, None, registry)
        else:
            found = any(_holds(one, case, kind, row, registry) for row in running)
        if found == one.negative:
            return False
    return True


def _holds(asked: Condition, case: Case, kind: str, row: Projected | None, registry: Registry) -> bool:
    match asked:
        case Mentions("case", parts):
            return any(mentions(case, part, registry) for part in parts)
        case Mentions(_, parts):
            return row is not None and any(part.casefold() in row.waiting.casefold() for part in parts)
        case Has():
            return row is not None and bool(row.waiting)
        case Within(of, first, last):
            day = case.opened if of == "opened" else getattr(row, of)
            return day is not None and (first is None or first <= day) and (last is None or day <= last)
        case Counted():
            return _counted(asked, case, getattr(row, asked.of))
        case Among(of, values):
            return bool({*_values(of, case, kind, row)} & {*values})


def _values(of: str, case: Case, kind: str, row: Projected | None) -> Sequence[str]:
    match of:
        case "team" | "worker":
            return (getattr(case, of) or "",)
        case "part":
            return (case.worker or "", *(one.person for one in case.appointments if not one.ended))
        case "kind":
            return (kind,)
        case "stage":
            return (case.main.stage,)
        case "workflow":
            return (case.workflow,)
        case "child":
            return case.children
        case "restricted" | "imported":
            return ("yes" if getattr(case, of) else "no",)
        case "open":
            return ("no" if case.closed else "yes",)
        case "agreed":
            return ("",) if row is not None and row.agreed is None else ()
    return (getattr(row, of),)


def _counted(asked: Counted, case: Case, day: date | None) -> bool:
    if day is None:
        return asked.missing
    ends = asked.ends
    for nation, team, other in asked.others:
        if case.nation == nation and team in ("", case.team or ""):
            ends = other
            break
    after, last = ends
    return (after is None or after < day) and (last is None or day <= last)


def mentions(case: Case, text: str, registry: Registry) -> bool:
    worker = registry.people.get(case.worker or "")
    team = registry.teams.get(case.team or "")
    names = (worker.name if worker else "", team.name if team else "")
    return any(text.casefold() in one.casefold() for one in (case.ref, case.title, *case.children, *names))
