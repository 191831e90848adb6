"""People, teams, closures and children: the registry, kept by those whose office it is."""

from __future__ import annotations

import re
from datetime import date

from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import ChildSet, OfficeSet, PersonSet, TeamSet
from casereview.people import TEAM_OFFICES, Child, Closure, Person, Team, holds_any
from casereview.ports import Reading, Writing
from casereview.service.desk import Desk
from casereview.text import NAME_LIMIT, clean, required
from workflows.definition import OFFICES

KEEPERS = ("data-officer", "business-manager", "service-manager", "chair")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def _slug(name: str, taken: set[str]) -> str:
    """A short id from a name; numbered where it is taken."""
    base = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:36] or "person"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def require_keeper(desk: Desk, work: Reading) -> None:
    """The registry is kept by its offices; the first person of a new store is let in to begin it."""
    known = desk.known(work).people
    if not any(p.offices for p in known.values()):
        return
    if not _keeps(desk.me(work), desk.today):
        raise NotFound(
            "keeping people, teams and children takes an office",
            remedy="Ask a data officer, business manager, chair or team manager.",
        )


def _keeps(person: Person, day: date) -> bool:
    return holds_any(person, KEEPERS, day) or any(o.office == "manager" and o.held_on(day) for o in person.offices)


def _must_have_a_keeper(desk: Desk, work: Reading) -> None:
    """Undoes what would leave nobody to keep the registry: no one could put that right."""
    everyone = work.people()
    if any(p.offices for p in everyone) and not any(_keeps(p, desk.today) for p in everyone if not p.left):
        raise CaseReviewError(
            "nobody would be left who may keep people and teams", remedy="Give somebody else an office first."
        )


def people(desk: Desk) -> list[Person]:
    with desk.reading() as work:
        return sorted(work.people(), key=lambda p: p.name.casefold())


def teams(desk: Desk) -> list[Team]:
    with desk.reading() as work:
        return sorted(work.teams(), key=lambda t: t.name.casefold())


def children(desk: Desk) -> list[Child]:
    """The children this person may know of, by family group: none that only a hidden case is about."""
    with desk.reading() as work:
        return sorted(work.known_children(desk.person), key=lambda c: (c.family, c.id))


def closures(desk: Desk) -> list[Closure]:
    with desk.reading() as work:
        return sorted(work.closures(), key=lambda c: (c.day, c.team))


def find_person(work: Reading, name: str) -> Person:
    """A person by id, login or whole display name; raises NotFound with the nearest spelling."""
    everyone = work.people()
    name = clean(name, limit=NAME_LIMIT, what="a person")  # spelt as names are kept, whatever the keyboard sends
    wanted = name.casefold()
    for match in (
        [p for p in everyone if p.id == name],
        [p for p in everyone if p.login and p.login.casefold() == wanted],
        [p for p in everyone if p.name.casefold() == wanted],
    ):
        if len(match) == 1:
            return match[0]
        if len(match) > 1:
            raise CaseReviewError(f"{clean(name)!r} is more than one person", remedy="Give the id instead.")
    known = [p.id for p in everyone] + [p.name for p in everyone]
    raise NotFound(f"nobody here is known as {clean(name)!r}", remedy=did_you_mean(name, known))


def add_person(desk: Desk, name: str, *, login: str = "", person_id: str = "") -> Person:
    with desk.writing() as work:
        require_keeper(desk, work)
        name = required(name, "a name", limit=NAME_LIMIT)
        login = clean(login, limit=NAME_LIMIT)
        everyone = work.people()
        _must_be_free(login, everyone)
        taken = {p.id for p in everyone}
        if person_id and (person_id in taken or not _ID.fullmatch(person_id)):
            raise CaseReviewError(f"{clean(person_id)!r} cannot be used as an id: it is taken or not a-z, 0-9, -")
        new = Person(person_id or _slug(name, taken), name, login)
        desk.register(work, PersonSet(new.id, new.name, new.login))
        return new


def change_person(
    desk: Desk, person_id: str, *, name: str = "", login: str | None = None, left: bool | None = None
) -> Person:
    """Changes what is given. Someone who has left is back only with a login given anew, or with left=False."""
    with desk.writing() as work:
        require_keeper(desk, work)
        old = find_person(work, person_id)
        new_login = old.login if login is None else clean(login, limit=NAME_LIMIT)
        if new_login != old.login:
            _must_be_free(new_login, work.people())
        gone = old.left and not login if left is None else left
        desk.register(work, PersonSet(old.id, clean(name, limit=NAME_LIMIT) or old.name, new_login, gone))
        _must_have_a_keeper(desk, work)
        return find_person(work, old.id)


def _must_be_free(login: str, everyone: list[Person]) -> None:
    """Two people with one login could not be told apart: one would act in the other's name."""
    if login and any(p.login == login for p in everyone):
        raise CaseReviewError(f"the login {login!r} belongs to someone already", remedy="See: casereview people")


def give_office(
    desk: Desk, person_id: str, office: str, *, team: str = "", since: date | None = None, until: date | None = None
) -> Person:
    """Gives an office from a day (today), or sets the day it ends."""
    with desk.writing() as work:
        require_keeper(desk, work)
        person = find_person(work, person_id)
        if office not in OFFICES:
            raise CaseReviewError(f"{clean(office)!r} is not an office", remedy=did_you_mean(office, OFFICES))
        teams_known = desk.known(work).teams
        if office in TEAM_OFFICES and team not in teams_known:
            raise CaseReviewError(f"the office of {office} is held for a team", remedy=did_you_mean(team, teams_known))
        if office not in TEAM_OFFICES:
            team = ""
            _may_give(desk, work, person, until)
        if since is not None and until is not None and until < since:
            raise CaseReviewError("an office cannot end before it begins", remedy=f"It begins on {since}.")
        desk.register(work, OfficeSet(person.id, office, team, since or desk.today, until))
        _must_have_a_keeper(desk, work)
        return find_person(work, person.id)


def _may_give(desk: Desk, work: Reading, person: Person, until: date | None) -> None:
    """Offices of the whole store open every case to verify, keep and export: kept for keepers, given by another."""
    others = [p for p in desk.known(work).people.values() if p.id != desk.person and not p.left]
    if not any(holds_any(p, KEEPERS, desk.today) for p in others):
        return  # the first person of a store begins it alone
    if not holds_any(desk.me(work), KEEPERS, desk.today):
        raise NotFound("this office is given by a data officer, business manager, service manager or chair")
    if person.id == desk.person and until is None:
        raise NotFound("nobody gives themselves an office", remedy="Ask someone else who keeps the store.")


def add_team(desk: Desk, name: str, *, team_id: str = "") -> Team:
    with desk.writing() as work:
        require_keeper(desk, work)
        name = required(name, "a name", limit=NAME_LIMIT)
        taken = set(desk.known(work).teams)
        if team_id and (team_id in taken or not _ID.fullmatch(team_id)):
            raise CaseReviewError(f"{clean(team_id)!r} cannot be used as an id: it is taken or not a-z, 0-9, -")
        team = Team(team_id or _slug(name, taken), name)
        desk.register(work, TeamSet(team.id, team.name))
        return team


def add_child(
    desk: Desk, *, child_id: str = "", family: str = "", sibling_of: str = "", details: dict[str, str] | None = None
) -> Child:
    """Enters a child by an opaque id. Details stay out of the chained part of the journal."""
    with desk.writing() as work:
        return add_child_in(desk, work, child_id=child_id, family=family, sibling_of=sibling_of, details=details)


def add_child_in(
    desk: Desk, work: Writing, *, child_id: str = "", family: str = "", sibling_of: str = "",
    details: dict[str, str] | None = None,
) -> Child:  # fmt: skip
    desk.me(work)
    if sibling_of:
        sibling = next(iter(work.known_children(desk.person, [sibling_of])), None)
        if sibling is None:
            raise NotFound(f"no child is known as {clean(sibling_of)!r}", remedy="See: casereview child list")
        family = sibling.family or f"family-{sibling.id}"
        if not sibling.family:
            desk.register(work, ChildSet(sibling.id, family, dict(sibling.details)))
    new_id = clean(child_id, limit=80) or f"child-{desk.new_id()[:8]}"
    if work.children([new_id]):
        raise CaseReviewError(f"a child is known as {new_id!r} already", remedy="Leave out the id to get a new one.")
    kept = {clean(k, limit=60): clean(v, limit=NAME_LIMIT) for k, v in (details or {}).items() if v.strip()}
    desk.register(work, ChildSet(new_id, clean(family, limit=80), kept))
    return Child(new_id, family, tuple(sorted(kept.items())))
