"""The blockage board: anyone may raise one, a manager owns it, it is looked at weekly, passed up or taken away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casereview.case import Case
from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import Entry, KeptSet, ReasonGiven, inner_event
from casereview.oversight.blockages import (
    SYSTEM,
    WEEK,
    WHAT,
    Act,
    Blockage,
    as_body,
    from_kept,
    in_order,
    is_shared,
    number,
    system_reasons,
)
from casereview.people import Person, holds_any
from casereview.ports import Reading, Writing
from casereview.service.desk import Desk
from casereview.service.impersonal import EVERYONES, impersonal
from casereview.text import NAME_LIMIT, clean, required
from casereview.views import Scope
from workflows.definition import Definition

WIDE = ("service-manager", "chair", "business-manager")


@dataclass(frozen=True, slots=True)
class Item:
    """A blockage as somebody sees it. `cases`: open ones they may know of whose newest reason feeds it."""

    blockage: Blockage
    team_name: str
    owner_name: str
    raised_by: str
    cases: int
    waits: bool  # the weekly look is due
    yours: bool


@dataclass(frozen=True, slots=True)
class Debrief:
    """A week of the board: what came, what was looked at, what went, and what nobody has taken up."""

    since: date
    raised: tuple[Item, ...]
    removed: tuple[Item, ...]
    escalated: tuple[Item, ...]
    unowned: tuple[Item, ...]
    waiting: tuple[Item, ...]  # nobody has looked for a week or more


# ---- looking ---------------------------------------------------------------------------------------------------
def board(desk: Desk, *, team: str = "", removed: bool = False) -> list[Item]:
    """The board, or with `removed` also what was taken away."""
    with desk.reading() as work:
        return _items(desk, work, team, removed=removed)


def mine(desk: Desk) -> list[Item]:
    """What waits for whoever sits at the desk: theirs, and what nobody owns in a team they manage."""
    return [item for item in board(desk) if item.yours]


def debrief(desk: Desk, *, team: str = "") -> Debrief:
    """The weekly look: the last seven days, and everything that is still in the way."""
    since = desk.today - WEEK
    items = board(desk, team=team, removed=True)
    open_ones = tuple(i for i in items if i.blockage.status != "removed")
    return Debrief(
        since,
        tuple(i for i in items if i.blockage.raised_on > since),
        tuple(i for i in items if (i.blockage.removed_on or date.min) > since),
        tuple(i for i in open_ones if i.blockage.status == "escalated"),
        tuple(i for i in open_ones if not i.blockage.owner),
        tuple(i for i in open_ones if i.waits),
    )


def _items(desk: Desk, work: Reading, team: str, *, removed: bool) -> list[Item]:
    known, me = desk.known(work), desk.me(work)
    found = [
        one for one in in_order(from_kept(kept) for kept in work.kept(WHAT))
        if team in ("", one.team) and (removed or one.status != "removed")
    ]  # fmt: skip
    fed = _feeding(work, me, {one.team for one in found if one.code})
    return [
        Item(
            one, known.names.team(one.team) if one.team else "everyone",
            known.names.person(one.owner) if one.owner else "",
            known.names.person(one.acts[0].by) if one.acts[0].by else "",
            fed[one.team, one.code] if one.code else 0,
            one.waits(desk.today), _is_mine(one, me, desk.today),
        )
        for one in found
    ]  # fmt: skip


def _feeding(work: Reading, me: Person, teams: set[str]) -> Counter[tuple[str, str]]:
    """Open cases of some teams this person may know of, by team and system reason. "" is the cases of no team."""
    found: Counter[tuple[str, str]] = Counter()
    for team in sorted(teams):
        for case in work.every_case(me.id, Scope(team=team, open=True)):
            if (case.team or "") == team:
                found.update((team, code) for code in system_reasons(case))
    return found


def _is_mine(item: Blockage, me: Person, day: date) -> bool:
    if item.status == "removed":
        return False
    return item.owner == me.id or (not item.owner and _manages(me, item.team, day))


def _manages(person: Person, team: str, day: date) -> bool:
    if team and person.holds("manager", day, team):
        return True
    return not team and holds_any(person, WIDE, day)


# ---- acting ----------------------------------------------------------------------------------------------------
def raise_blockage(desk: Desk, text: str, *, team: str = "", weight: str = "") -> Blockage:
    """Anyone may. Raises CaseReviewError where it names somebody or a case: it is about the system."""
    with desk.writing() as work:
        me = desk.me(work)
        teams = desk.known(work).teams
        if team and team not in teams:
            raise NotFound(f"there is no team {clean(team)!r}", remedy=did_you_mean(team, teams))
        text = impersonal(desk, work, required(text, "what stands in the way", limit=EVERYONES))
        weight = impersonal(desk, work, clean(weight, limit=NAME_LIMIT))
        item = Blockage(_next_key(work), text, team, weight=weight, acts=(Act(desk.today, me.id, "raised", text),))
        return _keep(desk, work, item)


def own(desk: Desk, key: str, person: str = "") -> Blockage:
    """A manager takes it on, or is named for it: whoever owns it answers for taking it away."""
    with desk.writing() as work:
        item, me = _open_item(work, key), desk.me(work)
        owner = _manager(desk, work, person or me.id)
        if owner.id != me.id and not _answers_for(item, me, desk.today):
            raise _not_yours("Naming an owner", item)
        return _keep(desk, work, item.after(Act(desk.today, me.id, "owned", owner.id), owner=owner.id))


def look_at(desk: Desk, key: str, text: str) -> Blockage:
    """What the weekly look found, or what was tried since."""
    with desk.writing() as work:
        item = _open_item(work, key)
        text = impersonal(desk, work, required(text, "what was found", limit=EVERYONES))
        return _keep(desk, work, item.after(Act(desk.today, desk.me(work).id, "looked at", text)))


def escalate(desk: Desk, key: str, text: str, *, to: str = "") -> Blockage:
    """Passed up, because it is beyond the remit of whoever owns it; to somebody by name, where that is known."""
    with desk.writing() as work:
        item, me = _open_item(work, key), desk.me(work)
        if not _answers_for(item, me, desk.today):
            raise _not_yours("Passing it up", item)
        text = impersonal(desk, work, required(text, "why it is passed up", limit=EVERYONES))
        owner = _manager(desk, work, to).id if to else ""
        act = Act(desk.today, me.id, "escalated", text)
        return _keep(desk, work, item.after(act, status="escalated", owner=owner))


def remove(desk: Desk, key: str, text: str) -> Blockage:
    """Taken away: what was done. It stays in the list of what was removed."""
    with desk.writing() as work:
        item, me = _open_item(work, key), desk.me(work)
        if not _answers_for(item, me, desk.today):
            raise _not_yours("Saying that it is gone", item)
        text = impersonal(desk, work, required(text, "how it was taken away", limit=EVERYONES))
        return _keep(desk, work, item.after(Act(desk.today, me.id, "removed", text), status="removed"))


def _answers_for(item: Blockage, me: Person, day: date) -> bool:
    return item.owner == me.id or _manages(me, item.team, day) or holds_any(me, WIDE, day)


def _not_yours(doing: str, item: Blockage) -> NotFound:
    return NotFound(
        f"{doing} is for its owner, the team's manager or a service manager",
        where=item.key,
        remedy="Anyone may say what they found: casereview blockage look …",
    )


def _manager(desk: Desk, work: Reading, person_id: str) -> Person:
    person = desk.known(work).people.get(person_id)
    if person is None or person.left:
        raise NotFound(f"nobody here is known as {clean(person_id)!r}", remedy="See: casereview people")
    if not any(o.office in ("manager", *WIDE) and o.held_on(desk.today) for o in person.offices):
        raise CaseReviewError(
            f"{person.name} is no manager, and only a manager can take a blockage away",
            remedy="Name a team manager, service manager, business manager or chair.",
        )
    return person


def _open_item(work: Reading, key: str) -> Blockage:
    key = key.strip().upper()
    kept = work.kept_one(WHAT, key)
    if kept is None:
        known = [one.key for one in work.kept(WHAT)]
        remedy = did_you_mean(key, known) or "See: casereview blockage list"
        raise NotFound(f"there is no blockage {clean(key)!r}", remedy=remedy)
    item = from_kept(kept)
    if item.status == "removed":
        raise CaseReviewError(
            f"{key} was taken away on {item.removed_on}",
            remedy="If it is back, raise it again: casereview blockage raise",
        )
    return item


def _next_key(work: Reading) -> str:
    return f"B{max((number(kept.key) for kept in work.kept(WHAT)), default=0) + 1}"


def _keep(desk: Desk, work: Writing, item: Blockage) -> Blockage:
    desk.register(work, KeptSet(WHAT, item.key, "", as_body(item)))
    return item


# ---- what reasons say by themselves -------------------------------------------------------------------------------
def feed(desk: Desk, work: Writing, case: Case, definition: Definition, entries: Iterable[Entry]) -> None:
    """Raises a blockage by itself once enough open cases of a team share one system reason (scenario 10)."""
    events = [inner_event(entry.event) for entry in entries]
    codes = {e.code for e in events if isinstance(e, ReasonGiven) and e.group == SYSTEM}
    for code in sorted(codes):
        team = case.team or ""
        earlier = [b for b in map(from_kept, work.kept(WHAT)) if (b.team, b.code) == (team, code)]
        if not team or any(b.status != "removed" for b in earlier):
            continue
        since = max((b.removed_on for b in earlier if b.removed_on), default=None)
        cases = work.every_case(desk.person, Scope(team=team, open=True))
        if is_shared(cases, code, since):
            title = definition.reasons[code].title if code in definition.reasons else code
            said = "several open cases of the team give this reason"
            act = Act(desk.today, "", "raised again" if earlier else "raised", said)
            _keep(desk, work, Blockage(_next_key(work), title, team, code, acts=(act,)))

