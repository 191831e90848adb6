"""An authority's reviewers: training and accreditation, who supervises them, and what they are independent of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casereview.people import Kept

WHAT = "reviewer"
ACCREDITED, TRAINING, NOT = "accredited", "in training", "not accredited"
STATES = (ACCREDITED, TRAINING, NOT)
# The roles an appointment to which is looked at; another workflow may have none of them.
LEADING, SUPERVISING = "lead-reviewer", "supervisor"


@dataclass(frozen=True, slots=True)
class Act:
    """Something done to an entry of the register; kept with it, newest last."""

    on: date
    by: str
    act: str
    text: str


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One reviewer of the register.

    accredited_on, accredited_by   of the accreditation, where there is one
    supervision   how they are supervised; supervised_by: by whom, in words
    accountable   to whom they answer for their reviews
    works_for     agencies they work or lately worked for: none of these is independent ground
    """

    person: str
    state: str = NOT
    accredited_on: date | None = None
    accredited_by: str = ""
    training: str = ""
    supervision: str = ""
    supervised_by: str = ""
    accountable: str = ""
    works_for: tuple[str, ...] = ()
    note: str = ""
    acts: tuple[Act, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What the register does not say of them yet."""
        facts = (("training", self.training), ("supervision", self.supervision or self.supervised_by),
                 ("accountable to", self.accountable), ("works for", self.works_for))  # fmt: skip
        return tuple(name for name, value in facts if not value)

    def ties(self, agencies: Iterable[str]) -> tuple[str, ...]:
        """The agencies they work or worked for that are among these, however either is written."""
        said = [line.casefold() for line in agencies]
        return tuple(a for a in self.works_for if any(a.casefold() in line for line in said))


def of_kept(kept: Kept) -> Reviewer:
    """A reviewer as kept; what is no reviewer was passed over before (`casereview.kept`)."""
    body = kept.body
    acts = tuple(Act(date.fromisoformat(a["on"]), a["by"], a["act"], a["text"]) for a in body["history"])
    on = body["accredited_on"]
    return Reviewer(
        kept.key, body["state"], date.fromisoformat(on) if on else None, body["accredited_by"], body["training"],
        body["supervision"], body["supervised_by"], body["accountable"], tuple(body["works_for"]), body["note"], acts,
    )  # fmt: skip


def body_of(one: Reviewer) -> dict[str, Any]:
    return {
        "state": one.state, "accredited_on": one.accredited_on.isoformat() if one.accredited_on else None,
        "accredited_by": one.accredited_by, "training": one.training, "supervision": one.supervision,
        "supervised_by": one.supervised_by, "accountable": one.accountable, "works_for": list(one.works_for),
        "note": one.note,
        "history": [{"on": a.on.isoformat(), "by": a.by, "act": a.act, "text": a.text} for a in one.acts],
    }  # fmt: skip


def changed(one: Reviewer, given: Mapping[str, Any], act: Act) -> Reviewer:
    """With what was given in place of what stood there, and the act of it."""
    return replace(one, **given, acts=(*one.acts, act))


# ---- what is worth a word when somebody is appointed ---------------------------------------------------------------
def noticed(
    one: Reviewer | None, person: str, name: str, role: str, title: str, agencies: Iterable[str],
    beside: Iterable[Reviewer],
) -> tuple[str, ...]:  # fmt: skip
    """What somebody should know of an appointment; never a refusal. `beside`: who else leads the same review."""
    if role not in (LEADING, SUPERVISING):
        return ()
    if one is None:
        return (f"{name} is not in the register of reviewers. To enter them: casereview reviewer add {person}",)
    found = []
    if one.state == TRAINING and role == LEADING:
        if not any(other.state == ACCREDITED for other in beside):
            found.append(f"{name} is in training as a reviewer, and no accredited reviewer leads this review yet.")
    elif one.state != ACCREDITED:
        found.append(f"{name} is not accredited as {title.lower()}, as far as the register says.")
    ties = one.ties(agencies)
    if ties:
        found.append(f"{name} works or worked for {', '.join(ties)}, which takes part: declare it, and decide on it.")
    return tuple(found)
