"""What is kept about papers: who receives them, what was sent to whom and when, what people judge of the help given."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from casereview.errors import CaseReviewError, NotFound, did_you_mean
from casereview.events import KeptSet
from casereview.people import Kept, holds_any
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.registry import KEEPERS
from casereview.text import LINE_LIMIT, NAME_LIMIT, clean, required, shown

RECIPIENT, SENT, ASSESSMENT = "recipient", "sent", "assessment-of-help"
# Who, by the sources, should have the annual report: Munro recommendation 5 (Chief Executive and Leader), and
# boards that sent theirs to these as well (Wakefield's briefing of 2011, Barnet's update of March 2013).
USUAL = (
    "Chief Executive", "Leader of the Council", "Chair of the Health and Wellbeing Board", "Police Commissioner",
    "Chief Constable", "Chief Executive of the health service",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody papers go to, by name. `post`: what they are, such as Leader of the Council."""

    key: str
    name: str
    post: str
    since: date


@dataclass(frozen=True, slots=True)
class Sent:
    """A paper that went to somebody. `hash`: SHA-256 of the file, which names the journal it was made from."""

    key: str
    paper: str
    name: str
    post: str
    on: date
    file: str
    hash: str
    by: str
    by_name: str
    recorded_on: date


@dataclass(frozen=True, slots=True)
class Judgement:
    """One version of the assessment of how effective help was in a year, by whom and when."""

    text: str
    by: str
    by_name: str
    on: date


def checked_year(year: int, today: date) -> int:
    """A year papers are about. Raises CaseReviewError for one that cannot be or has not begun."""
    if not FIRST_YEAR <= year <= LAST_YEAR or year > today.year:
        remedy = f"Give one from {FIRST_YEAR} to {today.year}, the year it begins in."
        raise CaseReviewError(f"{year} is not a year a report can be of", where="--year", remedy=remedy)
    return year


def _require_office(desk: Desk, work: Reading, doing: str) -> None:
    me = desk.me(work)
    manages = any(one.office == "manager" and one.held_on(desk.today) for one in me.offices)
    if not manages and not holds_any(me, KEEPERS, desk.today):
        raise NotFound(f"{doing} takes an office", remedy="Ask a manager, business manager, data officer or chair.")


# ---- who receives them ---------------------------------------------------------------------------------------------
def recipients(desk: Desk) -> list[Recipient]:
    """Everyone papers go to, by name."""
    with desk.reading() as work:
        return sorted((_recipient(kept) for kept in work.kept(RECIPIENT)), key=lambda one: one.name.casefold())


def _recipient(kept: Kept) -> Recipient:
    body = kept.body
    return Recipient(kept.key, body["name"], body["post"], date.fromisoformat(body["history"][0]["on"]))


def set_recipient(desk: Desk, name: str, post: str = "", *, gone: bool = False) -> Recipient:
    """Enters somebody papers go to, changes what they are, or takes them off the list (what was sent stays)."""
    name = required(name, "a name", limit=NAME_LIMIT)
    key = name.casefold()
    with desk.writing() as work:
        _require_office(desk, work, "Keeping who receives papers")
        before = work.kept_one(RECIPIENT, key)
        if gone and before is None:
            known = [kept.body["name"] for kept in work.kept(RECIPIENT)]
            raise NotFound(f"nobody called {shown(name, width=60)!r} receives papers", remedy=did_you_mean(name, known))
        post = clean(post, limit=NAME_LIMIT) or (before.body["post"] if before else "")
        history = [*(before.body["history"] if before else ()), _act(desk, "taken off" if gone else "kept", post)]
        body = {"name": name if not gone or before is None else before.body["name"], "post": post, "history": history}
        desk.register(work, KeptSet(RECIPIENT, key, "", body, gone))
        return _recipient(Kept(RECIPIENT, key, "", body))


def _act(desk: Desk, act: str, text: str) -> dict[str, Any]:
    return {"on": desk.today.isoformat(), "by": desk.person, "act": act, "text": text}


def named(desk: Desk, names: list[str]) -> list[Recipient]:
    """The recipients of these names. Raises NotFound for one that is not kept, before anything is written."""
    known = {one.key: one for one in recipients(desk)}
    found: dict[str, Recipient] = {}
    for name in (clean(name, limit=NAME_LIMIT) for name in names):
        one = known.get(name.casefold())
        if one is None:
            near = did_you_mean(name, [r.name for r in known.values()]) if known else ""
            remedy = f"{near} Enter them once: casereview report recipient NAME --post POST".strip()
            raise NotFound(f"nobody called {shown(name, width=60)!r} receives papers", where="--to", remedy=remedy)
        found[one.key] = one
    return list(found.values())


def may_send(desk: Desk, names: list[str], on: date | None = None) -> list[Recipient]:
    """The recipients of these names, once it is sure that their being sent something can be recorded.

    Raises NotFound without an office or for a name that is not kept, CaseReviewError for a day to come.
    """
    if not names:
        return []
    _not_to_come(on, desk.today)
    with desk.writing() as work:  # a day that can only be looked at refuses here, before a file is made
        _require_office(desk, work, "Recording that a paper was sent")
    return named(desk, names)


def _not_to_come(day: date | None, today: date) -> None:
    if day is not None and day > today:
        says = "a paper cannot have been sent on a day to come"
        raise CaseReviewError(says, where="--on", remedy=f"Today is {today}.")


# ---- what was sent -------------------------------------------------------------------------------------------------
def record_sent(
    desk: Desk, paper: str, to: list[Recipient], file: str, content: bytes, *, on: date | None = None
) -> list[Sent]:
    """Keeps that a paper went to these people on a day (today), with the hash of what they were given.

    Raises CaseReviewError for a day to come.
    """
    day = on or desk.today
    _not_to_come(day, desk.today)
    paper = required(paper, "which paper it is", limit=LINE_LIMIT)
    digest = hashlib.sha256(content).hexdigest()
    with desk.writing() as work:
        _require_office(desk, work, "Recording that a paper was sent")
        number = len(work.kept(SENT))
        found = []
        for at, one in enumerate(to, start=1):
            key = f"{day}-{number + at:06d}-{desk.new_id()[:6]}"
            body = {
                "paper": paper, "recipient": one.key, "name": one.name, "post": one.post, "on": day.isoformat(),
                "file": clean(file, limit=NAME_LIMIT), "sha256": digest, "by": desk.person,
                "recorded_on": desk.today.isoformat(),
            }  # fmt: skip
            desk.register(work, KeptSet(SENT, key, "", body))
            found.append(_sent(desk, work, Kept(SENT, key, "", body)))
        return found


def sent(desk: Desk, *, to: str = "", paper: str = "") -> list[Sent]:
    """What was sent, newest first; of one recipient, or of papers whose name has this in it."""
    with desk.reading() as work:
        found = [_sent(desk, work, kept) for kept in work.kept(SENT)]
    wanted, about = clean(to).casefold(), clean(paper).casefold()
    found = [one for one in found if wanted in ("", one.name.casefold()) and about in one.paper.casefold()]
    return sorted(found, key=lambda one: (one.on, one.key), reverse=True)


def _sent(desk: Desk, work: Reading, kept: Kept) -> Sent:
    body = kept.body
    return Sent(
        kept.key, body["paper"], body["name"], body["post"], date.fromisoformat(body["on"]), body["file"],
        body["sha256"], body["by"], desk.known(work).names.person(body["by"]),
        date.fromisoformat(body["recorded_on"]),
    )  # fmt: skip


# ---- the assessment of help ------------------------------------------------------------------------------------------
def judgements(desk: Desk, year: int) -> list[Judgement]:
    """What people wrote of the effectiveness of help in a year, oldest first; the newest stands."""
    with desk.reading() as work:
        kept = work.kept_one(ASSESSMENT, str(year))
        names = desk.known(work).names
        return [] if kept is None else [
            Judgement(one["text"], one["by"], names.person(one["by"]), date.fromisoformat(one["on"]))
            for one in kept.body["history"]
        ]  # fmt: skip


def judge_help(desk: Desk, year: int, text: str) -> Judgement:
    """Keeps a person's assessment of how effective help was in a year (recommendation 6). Earlier ones stay.

    Raises CaseReviewError where nothing is said, NotFound without an office.
    """
    checked_year(year, desk.today)
    said = required(text, "the assessment of the help given", one_line=False)
    with desk.writing() as work:
        _require_office(desk, work, "Assessing the help of a year")
        before = work.kept_one(ASSESSMENT, str(year))
        history = [*(before.body["history"] if before else ()), _act(desk, "wrote", said)]
        desk.register(work, KeptSet(ASSESSMENT, str(year), "", {"year": year, "history": history}))
        me = desk.me(work)
        return Judgement(said, me.id, me.name, desk.today)
