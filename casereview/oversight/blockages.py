"""What stands in the way of good work and is nobody's fault on a case: raised, owned, passed up, removed.

After the blockage boards of Cumbria's redesign (Munro 2012, 4.25): teams name what the system puts in their way, and
managers' job is to take it away. An item is about the system, so no case, child, family or colleague is named in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from casereview.case import Case
from casereview.people import Kept

WHAT = "blockage"
SHARED = 3  # open cases of a team with one system reason: then the board asks by itself
WEEK = timedelta(days=7)  # calendar days between two looks at an item
SYSTEM = "system cause"  # the class of reasons that explain and never justify

Status = Literal["open", "escalated", "removed"]
STATUSES: tuple[Status, ...] = ("open", "escalated", "removed")


@dataclass(frozen=True, slots=True)
class Act:
    """Something done about a blockage. `by` is a person id, or "" where it was raised by itself."""

    on: date
    by: str
    act: str  # raised | owned | looked at | escalated | removed | raised again
    text: str = ""


@dataclass(frozen=True, slots=True)
class Blockage:
    """One item of the board.

    code     the reason code that feeds it; "" where a person raised it
    weight   what it costs, in the team's own words, such as "two days a week"
    owner    the manager who answers for taking it away; "" while nobody does
    """

    key: str
    text: str
    team: str
    code: str = ""
    weight: str = ""
    owner: str = ""
    status: Status = "open"
    acts: tuple[Act, ...] = ()

    @property
    def raised_on(self) -> date:
        return self.acts[0].on

    @property
    def looked_on(self) -> date:
        """The last day on which anybody did anything about it."""
        return self.acts[-1].on

    @property
    def removed_on(self) -> date | None:
        return self.acts[-1].on if self.status == "removed" else None

    def waits(self, day: date) -> bool:
        """Whether the weekly look is due: nobody has done anything about it for a week."""
        return self.status != "removed" and day - self.looked_on >= WEEK

    def after(self, act: Act, **changes: Any) -> Blockage:
        return replace(self, acts=(*self.acts, act), **changes)


def as_body(item: Blockage) -> dict[str, Any]:
    return {
        "text": item.text, "team": item.team, "code": item.code, "weight": item.weight, "owner": item.owner,
        "status": item.status,
        "acts": [{"on": a.on.isoformat(), "by": a.by, "act": a.act, "text": a.text} for a in item.acts],
    }  # fmt: skip


def from_kept(kept: Kept) -> Blockage:
    body = kept.body
    acts = tuple(Act(date.fromisoformat(a["on"]), a["by"], a["act"], a["text"]) for a in body["acts"])
    return Blockage(
        kept.key, body["text"], body["team"], body["code"], body["weight"], body["owner"], body["status"], acts
    )


def system_reasons(case: Case, since: date | None = None) -> set[str]:
    """Codes of class *system* that are the newest reason of something still running, given after a day."""
    if case.closed is not None:
        return set()
    newest = [run.reason for run in case.runs.values() if run.ended is None and run.reason is not None]
    return {r.code for r in newest if r.group == SYSTEM and (since is None or r.on > since)}


def everyones(case: Case) -> bool:
    """Whether nobody is kept from knowing of it, so that counting it tells nobody of a case hidden from them."""
    walled = any(decision != "accept" for decision in case.conflicts.values())
    return not case.restricted and not walled


def is_shared(cases: Iterable[Case], code: str, since: date | None = None) -> bool:
    """Whether enough open cases, all of them known to everyone, give this reason (scenario 10)."""
    return sum(1 for case in cases if everyones(case) and code in system_reasons(case, since)) >= SHARED


def in_order(items: Iterable[Blockage]) -> list[Blockage]:
    """What was passed up first, then what nobody owns, then the longest untouched; removed ones last."""
    place = {"escalated": 0, "open": 1, "removed": 2}
    return sorted(items, key=lambda one: (place[one.status], bool(one.owner), one.looked_on, number(one.key)))


def number(key: str) -> int:
    return int(key[1:]) if key[1:].isdigit() else 0
