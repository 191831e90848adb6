"""Two findings that somebody says are the same pattern: kept for the authority, with the reason; undone likewise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from casereview.errors import CaseReviewError, NotFound
from casereview.events import KeptSet
from casereview.people import Kept
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.impersonal import EVERYONES, impersonal
from casereview.text import required, shown

if TYPE_CHECKING:
    from casereview.service.learning import Pool

WHAT = "pattern-link"


@dataclass(frozen=True, slots=True)
class LinkAct:
    on: date
    by: str
    by_name: str
    act: str  # linked | undone | linked again
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """`both`: keys of the two findings in the pool, in the order of the alphabet."""

    key: str
    both: tuple[str, str]
    live: bool
    acts: tuple[LinkAct, ...]

    @property
    def reason(self) -> str:
        return self.acts[-1].text


def links_in(
    desk: Desk, work: Reading, ids: Mapping[str, str], *, undone: bool = False
) -> tuple[Link, ...]:  # fmt: skip
    """Links both ends of which this person may look at; a link that leads to what is hidden is hidden too (law 7)."""
    found = []
    for kept in work.kept(WHAT):
        first, second = (ids.get(one, "") for one in (*kept.body["both"], "", "")[:2])
        if first and second and (undone or kept.body["live"]):
            found.append(_link(desk, work, kept, (first, second)))
    return tuple(found)


def _link(desk: Desk, work: Reading, kept: Kept, ends: tuple[str, str]) -> Link:
    names = desk.known(work).names
    acts = tuple(
        LinkAct(date.fromisoformat(a["on"]), a["by"], names.person(a["by"]), a["act"], a["text"])
        for a in kept.body["acts"]
    )
    first, second = sorted(ends)
    return Link(kept.key, (first, second), kept.body["live"], acts)


def link(desk: Desk, one: str, other: str, reason: str) -> Link:
    """Says that two findings are the same pattern. Nothing is merged: both stay as they are.

    Raises CaseReviewError without a reason, for one finding twice or for what is linked already; NotFound.
    """
    return _change(desk, one, other, reason, live=True)


def unlink(desk: Desk, one: str, other: str, reason: str) -> Link:
    """Takes that back, with a reason; that it was said stays readable. Raises as `link`."""
    return _change(desk, one, other, reason, live=False)


def _change(desk: Desk, one: str, other: str, reason: str, *, live: bool) -> Link:
    from casereview.service.learning import lasting, pool_in

    with desk.writing() as work:
        found: Pool = pool_in(desk, work)
        first, second = found.find(one), found.find(other)
        if first.key == second.key:
            raise CaseReviewError("this is one finding, not two", where=first.key)
        text = impersonal(desk, work, required(reason, "why", limit=EVERYONES))
        ids = {key: name for name, key in lasting(found.reviews).items()}
        both = sorted((ids[first.key], ids[second.key]))
        key = "=".join(both)
        before = work.kept_one(WHAT, key)
        if live == bool(before and before.body["live"]):
            says = "these two are linked already" if live else "these two are not linked"
            raise (CaseReviewError if live else NotFound)(says, where=f"{shown(one)} and {shown(other)}")
        act = ("linked again" if before else "linked") if live else "undone"
        acts = [*(before.body["acts"] if before else ()), _act(desk, act, text)]
        body = {"both": both, "live": live, "acts": acts}
        desk.register(work, KeptSet(WHAT, key, "", body))
        return _link(desk, work, Kept(WHAT, key, "", body), (first.key, second.key))


def _act(desk: Desk, act: str, text: str) -> dict[str, Any]:
    return {"on": desk.today.isoformat(), "by": desk.person, "act": act, "text": text}
