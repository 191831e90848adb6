"""Saved views: a query under a name, for oneself or for everyone. A view shares what is asked, never what is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import KeptSet
from casereview.people import Kept, holds_any
from casereview.ports import Reading
from casereview.query import parse
from casereview.query.compiling import case_query, register_query
from casereview.service.desk import Desk
from casereview.service.register import setting_of
from casereview.service.registry import KEEPERS
from casereview.text import clean, required

WHAT = "view"
NAME_LIMIT = 60
ListName = Literal["register", "cases"]
Whose = Literal["own", "shared", "shipped"]


@dataclass(frozen=True, slots=True)
class View:
    """A query under a name. `by`: who shared it, where somebody did; `left`: they work here no longer."""

    name: str
    query: str
    list: ListName = "register"
    whose: Whose = "shipped"
    by: str = ""
    by_name: str = ""
    left: bool = False


SHIPPED: tuple[View, ...] = (
    View("Lapsed in my teams", "overdue:lapsed my-teams"),
    View("No reason yet in my teams", "overdue:unexplained my-teams"),
    View("Reasons waiting for an answer", "overdue:explained my-teams"),
    View("Look again this week", "overdue:justified look-again<7d my-teams"),
    View("Family not told", "overdue told:no"),
    View("Promised news is late", "standing:any promised<today"),
    View("No date agreed", "standing:any no-date"),
    View("Who we wait for", "standing:any waiting group:waiting"),
    View("System causes", "overdue class:system group:reason"),
    View("Overdue by worker", "overdue group:worker"),
    View("Nobody is the worker", "standing:any no-worker"),
    View("Looks together this week", "standing:any checkpoint<7d"),
    View("My open cases", "mine open sort:concern", "cases"),
    View("Open, in my teams", "my-teams open sort:concern", "cases"),
)


def views(desk: Desk, of: str = "") -> list[View]:
    """One's own, those shared by anyone, and those that come with casereview; `of`: only those of one list."""
    with desk.reading() as work:
        found = _every(desk, work)
    return [view for view in found if of in ("", view.list)]


def find_view(desk: Desk, name: str, of: str = "") -> View:
    """By name, any case: one's own before a shared one before a shipped one. Raises NotFound."""
    known = views(desk, of)
    wanted = clean(name).casefold()
    found = next((view for view in known if view.name.casefold() == wanted), None)
    if found is None:
        remedy = f"{did_you_mean(name, [view.name for view in known])} See: casereview view list"
        raise NotFound(f"there is no saved view {clean(name)!r}", remedy=remedy)
    return found


def save_view(desk: Desk, name: str, query: str, *, of: ListName = "register", shared: bool = False) -> View:
    """Saves a query under a name, in place of one's own view of that name if there is one.

    Raises QueryFault where the query cannot be asked, and NotFound where the name is somebody else's shared view.
    """
    with desk.writing() as work:
        name = required(name, "a name", limit=NAME_LIMIT)
        asked = parse(query)
        (register_query if of == "register" else case_query)(asked, setting_of(desk, work))
        owner = "" if shared else desk.me(work).id
        before = work.kept_one(WHAT, _key(owner, name))
        if before is not None:
            _must_be_theirs(desk, work, before)
        body = {"name": name, "query": str(asked), "list": of, "by": desk.me(work).id}
        desk.register(work, KeptSet(WHAT, _key(owner, name), owner, body))
        return next(view for view in _every(desk, work) if view.name == name and (view.whose == "shared") == shared)


def remove_view(desk: Desk, name: str, *, shared: bool | None = None) -> View:
    """Takes one's own view off, or a shared one. Raises NotFound, also where it is not theirs to take off."""
    with desk.writing() as work:
        wanted = clean(name).casefold()
        known = [view for view in _every(desk, work) if view.whose != "shipped"]
        asked = [view for view in known if shared is None or (view.whose == "shared") == shared]
        found = next((view for view in asked if view.name.casefold() == wanted), None)
        if found is None:
            if any(view.name.casefold() == wanted for view in SHIPPED):
                raise NotFound(f"{clean(name)!r} comes with casereview and stays")
            remedy = did_you_mean(name, [view.name for view in known])
            raise NotFound(f"there is no saved view {clean(name)!r} of yours", remedy=remedy)
        owner = "" if found.whose == "shared" else desk.me(work).id
        kept = work.kept_one(WHAT, _key(owner, found.name))
        assert kept is not None  # it was listed in this transaction
        _must_be_theirs(desk, work, kept)
        desk.register(work, KeptSet(WHAT, kept.key, owner, kept.body, gone=True))
        return found


def _key(owner: str, name: str) -> str:
    """Names are unique for each owner, whatever their case; a person's id holds no slash."""
    return f"{owner}/{name.casefold()}"


def _must_be_theirs(desk: Desk, work: Reading, kept: Kept) -> None:
    """A shared view is changed by whoever shared it, or by those who keep the registry."""
    me = desk.me(work)
    if kept.owner == me.id or kept.body.get("by") == me.id or holds_any(me, KEEPERS, desk.today):
        return
    name = desk.known(work).names.person(kept.body.get("by"))
    raise NotFound(f"this is {name}'s shared view", remedy="Save yours under another name, or without --shared.")


def _every(desk: Desk, work: Reading) -> list[View]:
    me = desk.me(work).id
    own = [_view(desk, work, kept) for kept in work.kept(WHAT, me)]
    shared = [_view(desk, work, kept) for kept in work.kept(WHAT, "")]
    return [*_sorted(own), *_sorted(shared), *SHIPPED]


def _sorted(found: Sequence[View]) -> list[View]:
    return sorted(found, key=lambda view: view.name.casefold())


def _view(desk: Desk, work: Reading, kept: Kept) -> View:
    known, by = desk.known(work), str(kept.body.get("by", ""))
    person = known.people.get(by)
    return View(
        str(kept.body.get("name", "")), str(kept.body.get("query", "")),
        "cases" if kept.body.get("list") == "cases" else "register", "own" if kept.owner else "shared",
        by, known.names.person(by) if by else "", person is None or person.left,
    )  # fmt: skip


def counted(desk: Desk, view: View) -> int:
    """How many rows it lists for this person today."""
    from casereview.service.reading import cases
    from casereview.service.register import ask_cases, ask_register, register

    if view.list == "cases":
        return cases(desk, ask_cases(desk, view.query, limit=1)).total
    return register(desk, ask_register(desk, view.query, limit=1)).total


def checked(name: str) -> ListName:
    """A list by its name. Raises CaseReviewError."""
    if name == "register":
        return "register"
    if name == "cases":
        return "cases"
    raise CaseReviewError(f"there is no list {clean(name)!r}", remedy=did_you_mean(name, ("register", "cases")))
