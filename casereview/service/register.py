"""Asking the register and the list of cases in the words of the query language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casereview.calendar import NATIONS, Calendar
from casereview.ports import Reading
from casereview.query import Query, parse
from casereview.query.compiling import Setting, Spellings, case_query, register_query
from casereview.service import reading
from casereview.service.desk import Desk
from casereview.views import CaseQuery, GroupCount, RegisterPage, RegisterQuery

if TYPE_CHECKING:
    from workflows.definition import Definition


def ask_register(desk: Desk, query: Query | str, *, offset: int = 0, limit: int = 50) -> RegisterQuery:
    """What the register is asked by a query. Raises QueryFault, which marks the place."""
    asked = parse(query) if isinstance(query, str) else query
    with desk.reading() as work:
        return register_query(asked, setting_of(desk, work), offset=offset, limit=limit)


def ask_cases(desk: Desk, query: Query | str, *, offset: int = 0, limit: int = 50) -> CaseQuery:
    """What the list of cases is asked by a query. Raises QueryFault, which marks the place."""
    asked = parse(query) if isinstance(query, str) else query
    with desk.reading() as work:
        return case_query(asked, setting_of(desk, work), offset=offset, limit=limit)


def register(desk: Desk, query: RegisterQuery) -> RegisterPage:
    """A page of the register; headings by reason say what each code stands for."""
    page = reading.register(desk, query)
    if query.group != "reason":
        return page
    with desk.reading() as work:
        titles = reason_titles(desk, work)
    return replace(page, groups=tuple(_titled(one, titles) for one in page.groups))


def _titled(group: GroupCount, titles: dict[str, str]) -> GroupCount:
    title = titles.get(group.key)
    return replace(group, title=f"{group.key}  {title}") if title else group


def reason_titles(desk: Desk, work: Reading) -> dict[str, str]:
    """Code of a reason -> what it stands for, in the newest workflow that has it."""
    return {code: one.title for definition in _in_use(desk, work) for code, one in definition.reasons.items()}


# ---- what names stand for ----------------------------------------------------------------------------------------
def setting_of(desk: Desk, work: Reading) -> Setting:
    """Who asks and when; everything else is read only when a term is about it."""
    known = desk.known(work)
    return Setting(
        desk.today,
        desk.me(work).id,
        lambda: managed_teams(desk, work),
        lambda: list(known.people.values()),
        work.teams,
        lambda of, everywhere: _named(of, _every(desk, work) if everywhere else _in_use(desk, work)),
        lambda: _calendars(desk, work),
    )


def managed_teams(desk: Desk, work: Reading) -> list[str]:
    """The teams this person manages today."""
    held = [one for one in desk.me(work).offices if one.office == "manager" and one.held_on(desk.today)]
    return list(dict.fromkeys(one.team for one in held))


def _in_use(desk: Desk, work: Reading) -> list[Definition]:
    """Every workflow a case here was ever begun with, oldest first."""
    return [desk.definition(work, digest) for digest, *_ in work.definitions()]


def _every(desk: Desk, work: Reading) -> list[Definition]:
    return [*_in_use(desk, work), *desk.catalogue.usable()]


def _named(of: str, definitions: Iterable[Definition]) -> Spellings:
    """How a name may be written (its own spelling, or its title) -> the names it stands for."""
    found: dict[str, tuple[str, ...]] = {}
    for name, title in (pair for one in definitions for pair in _names_and_titles(of, one)):
        for spelling in {name.casefold(), title.casefold()}:
            found[spelling] = tuple(dict.fromkeys((*found.get(spelling, ()), name)))
    return found


def _names_and_titles(of: str, one: Definition) -> Sequence[tuple[str, str]]:
    match of:
        case "stage":
            return [(stage.name, stage.title) for stage in one.stages.values()]
        case "workflow":
            return [(one.name, one.title)]
        case "kind":
            return [(one.kind, one.kind)]
        case "lane":
            return [(lane.name, lane.title) for lane in one.lanes.values()]
        case _:
            return [(code, code) for code in one.reasons]


def _calendars(desk: Desk, work: Reading) -> list[tuple[str, str, Calendar]]:
    """The store's own nation first; a team has its own calendar where it has days of its own."""
    own = desk.known(work).info.nation
    teams = sorted({closed.team for closed in work.closures()} | {""})
    nations = sorted(NATIONS, key=lambda nation: nation != own)
    return [(nation, team, desk.calendar(work, nation, team or None)) for nation in nations for team in teams]
