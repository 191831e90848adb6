"""Who read what: readings of what is kept closest are written down, and can be looked through by those who answer.

A reading is a fact of its own, apart from the case: it changes nothing of the case, and gets in nobody's way who is
writing in it. Once for each person, thing, purpose and day is enough.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from casereview.clock import london_date
from casereview.errors import CaseReviewError
from casereview.events import REGISTRY, Happening, KeptSet
from casereview.people import holds_any
from casereview.ports import Reading
from casereview.roles import roles_of
from casereview.service.desk import Desk
from casereview.views import RecordRow

WHAT = "read"
RECORD, IDENTITY, BUNDLE = "record", "identity key", "case bundle"
ROLES, OFFICES = ("lead-reviewer", "chair", "auditor"), ("chair", "auditor")


class NotForYou(CaseReviewError):
    """Somebody asked for what is kept to others."""

    status = 1


@dataclass(frozen=True, slots=True)
class Read:
    """One reading. number: of the record, 0 where it was none · purpose: why, where that was asked."""

    on: date
    person: str
    by_name: str
    what: str
    number: int
    title: str
    purpose: str


def note_reads(desk: Desk, case_id: str, rows: Iterable[RecordRow]) -> None:
    """Writes down that these records are read, before their words are given out. Not for their own author's eyes."""
    _note(desk, case_id, [(RECORD, row.number, row.kind, "") for row in rows if row.by != desk.person])


def note_other(desk: Desk, case_id: str, what: str, purpose: str = "") -> None:
    """The same of the identity key, or of a bundle that holds records of this sort."""
    _note(desk, case_id, [(what, 0, "", purpose)])


def _note(desk: Desk, case_id: str, read: list[tuple[str, int, str, str]]) -> None:
    live = desk.live
    with live.reading() as work:
        practice = live.known(work).info.practice
        # --today never dates what is written down in a real store
        day = live.today if practice else london_date(live.clock.now())
        wanted = {_key(case_id, live.person, day, *one): one for one in read}
        new = {key: one for key, one in wanted.items() if work.kept_one(WHAT, key) is None}
    if not new:
        return
    facts = [
        Happening(KeptSet(WHAT, key, case_id, _body(live.person, day, *one)), day) for key, one in new.items()
    ]  # fmt: skip
    with live.store.write() as writing:
        writing.append(REGISTRY, 0, facts, actor=live.person, at=live.clock.now(), acting_as=live.acting_as)


def _key(case_id: str, person: str, day: date, what: str, number: int, kind: str, purpose: str) -> str:
    why = hashlib.sha256(purpose.encode()).hexdigest()[:8] if purpose else ""
    return f"{case_id}/{what}/{number}/{person}/{day}/{why}"


def _body(person: str, day: date, what: str, number: int, kind: str, purpose: str) -> dict[str, Any]:
    return {"person": person, "on": day.isoformat(), "what": what, "number": number, "kind": kind, "purpose": purpose}


def reads(desk: Desk, ref: str) -> list[Read]:
    """Who read what of a case is kept closest, newest first: for its lead reviewers, the chair and the auditor."""
    with desk.reading() as work:
        case = desk.case(work, ref)
        definition = desk.definition_of(work, case)
        _answerable(desk, work, roles_of(desk.me(work), case, definition, desk.today))
        names, found = desk.known(work).names, []
        for kept in work.kept(WHAT, case.id):
            body, kind = kept.body, definition.records.get(str(kept.body["kind"]))
            title = kind.title if kind else str(body["what"]).capitalize()
            found.append(
                Read(date.fromisoformat(body["on"]), body["person"], names.person(body["person"]), body["what"],
                     int(body["number"]), title, str(body["purpose"]))
            )  # fmt: skip
        return sorted(found, key=lambda one: (-one.on.toordinal(), one.by_name, one.number))


def _answerable(desk: Desk, work: Reading, roles: frozenset[str]) -> None:
    if not roles & set(ROLES) and not holds_any(desk.me(work), OFFICES, desk.today):
        raise NotForYou(
            "Who read what is for the lead reviewers of the case, the chair and the auditor.",
            remedy="Ask one of them.",
        )
