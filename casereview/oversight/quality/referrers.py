"""Referrers not answered: whoever was concerned enough to ask, and has not heard what came of it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casereview.case import Case
from casereview.oversight.figures.suppress import SMALLEST, part, shown
from casereview.oversight.quality.beside import told
from casereview.oversight.quality.listed import About
from casereview.oversight.quality.words import about

NOT_TOLD, BEFORE, TOLD, UNLISTED = "not told", "heard before the decision only", "told", "nobody listed"
STATES = (NOT_TOLD, BEFORE, UNLISTED, TOLD)
WAITING = (NOT_TOLD, BEFORE)


@dataclass(frozen=True, slots=True)
class Referrer:
    """Somebody who referred, in a case where a decision has been made (`person` is empty where nobody is listed)."""

    about: About
    person: str
    label: str
    decided: date
    heard_on: date | None
    heard: str
    excepted: str
    days: int  # calendar days since the decision

    @property
    def case(self) -> str:
        return self.about.case

    @property
    def state(self) -> str:
        if not self.person:
            return UNLISTED
        if self.excepted:
            return TOLD  # lawfully not told, by a manager's word
        if self.heard_on is None:
            return NOT_TOLD
        return TOLD if self.heard_on >= self.decided else BEFORE

    @property
    def command(self) -> str:
        """What tells them, on the command line."""
        if not self.person:
            return f"casereview tell {self.case} --add LABEL --referrer --optional"
        return f"casereview tell {self.case} --kind decision --to {shlex.quote(self.person)} --by-way letter"

    @property
    def words(self) -> str:
        return f"{self.case} {self.about.title} {self.label} {self.state} {self.heard}"


def referrers_of(about: About, case: Case, today: date) -> list[Referrer]:
    """Everybody who referred in a case with a decision; nothing where none is made yet: there is nothing to tell."""
    days = [t.newest_on for kind in ("decision", "review-decision") if (t := case.records.get(kind)) and t.live]
    decided = max([day for day in days if day is not None], default=None)
    if decided is None:
        return []
    since = max((today - decided).days, 0)
    listed = [(person, one) for person, one in case.roster.items() if one.referrer]
    if not listed:
        return [Referrer(about, "", "", decided, None, "", "", since)]
    return [
        Referrer(
            about,
            person,
            one.label,
            decided,
            one.told_on,
            ", ".join(one.told),
            one.excepted if one.excepted_until and one.excepted_until > today else "",
            since,
        )
        for person, one in listed
    ]


def in_order(rows: Iterable[Referrer]) -> list[Referrer]:
    """Longest waiting for the outcome first."""
    return sorted(rows, key=lambda one: (one.state not in WAITING, one.decided, one.case, one.person))


def summed(rows: Sequence[Referrer], smallest: int = SMALLEST) -> list[str]:
    if shown(len(rows), smallest) is None:
        return ["Too few decisions to say anything about them together."]
    of = [one for one in rows if one.state != UNLISTED]
    heard = told(part(sum(one.state == TOLD for one in of), len(of), smallest))
    unlisted = told(part(len(rows) - len(of), len(rows), smallest))
    return [f"{about(len(of), smallest, 'referrer').capitalize()} where a decision is made; told since: {heard}. "
            f"Nobody listed as the referrer: {unlisted}."]  # fmt: skip
