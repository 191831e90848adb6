"""The family ledger of a case, and across cases who is owed news, was not told, or had a promise broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from casereview.case import Case, Listed
from casereview.describe import Names
from casereview.errors import CaseReviewError, did_you_mean
from casereview.events import Entry, FamilyTold, TellingExcepted, inner_event
from casereview.oversight.families import Owed, fate, is_excepted, owed_to
from casereview.oversight.matter import help_beside
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.reading import CaseView, show
from casereview.views import Scope

WHICH = ("broken", "owed", "not-told", "all")


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """One person on the list of one case. `days`: working days the oldest thing owed has waited; 0 while it is ahead.

    beside    what is known of help and quality, in one line; command: the one that tells them
    """

    case: str
    title: str
    team: str
    worker: str
    person: str
    label: str
    relation: str
    language: str
    advocate: str
    must_be_told: bool
    told_on: date | None
    owed: Owed
    days: int
    exception: str
    exception_until: date | None
    exception_by: str
    command: str
    beside: str


@dataclass(frozen=True, slots=True)
class Families:
    """cases: how many were looked at · broken: promises broken so far among the rows, kept late ones included."""

    day: date
    which: str
    cases: int
    rows: tuple[FamilyRow, ...]

    @property
    def broken(self) -> int:
        return sum(row.owed.broken_times for row in self.rows)


def families(
    desk: Desk, which: str = "all", *, team: str = "", worker: str = "", closed: bool = False
) -> Families:
    """Everyone on a list in the open cases this person may know of, longest owed first.

    which   "broken": a promise whose day has passed · "owed": any promise still open · "not-told": a changed date
            or anything at all not told · "all"
    closed  also in closed cases (a promise does not end with the case)
    Raises CaseReviewError for another word.
    """
    if which not in WHICH:
        raise CaseReviewError(f"{which!r} is not one of the lists", remedy=did_you_mean(which, WHICH))
    rows, seen = [], 0
    with desk.reading() as work:
        me = desk.me(work).id
        for case in work.every_case(me, Scope(team=team, worker=worker, open=None if closed else True)):
            seen += 1
            if case.roster:
                rows += [row for row in _rows(desk, work, case) if _is(row.owed, which)]
    rows.sort(key=lambda row: (-row.days, row.owed.promised_on or date.max, row.case, row.person))
    return Families(desk.today, which, seen, tuple(rows))


def _is(owed: Owed, which: str) -> bool:
    match which:
        case "broken":
            return owed.broken
        case "owed":
            return owed.promised_on is not None
        case "not-told":
            return owed.untold_since is not None
        case _:
            return True


def _rows(desk: Desk, work: Reading, case: Case) -> Iterator[FamilyRow]:
    definition = desk.definition_of(work, case)
    names, calendar = desk.known(work).names, desk.calendar(work, case.nation, case.team)
    beside = help_beside(case, definition)
    for person, listed in case.roster.items():
        owed = owed_to(case, definition, person, desk.today)
        waits = [day for day in (owed.untold_since, owed.promised_on if owed.broken else None) if day is not None]
        days = max((calendar.working_days(day, desk.today) for day in waits), default=0)
        excepted = is_excepted(listed, desk.today)
        yield FamilyRow(
            case.ref, case.title, names.team(case.team) if case.team else "",
            names.person(case.worker) if case.worker else "", person, listed.label, listed.relation, listed.language,
            listed.advocate, listed.must_be_told, listed.told_on, owed, days,
            listed.excepted if excepted or owed.lapsed else "",
            listed.excepted_until if excepted or owed.lapsed else None,
            names.person(listed.excepted_by) if listed.excepted_by and (excepted or owed.lapsed) else "",
            f"casereview tell {case.ref} --to {person} --kind {_kind(owed)}", beside,
        )  # fmt: skip


def _kind(owed: Owed) -> str:
    if owed.untold.startswith("the new date"):
        return "'new date'"
    return "started" if owed.untold_since is not None else "progress"


# ---- the ledger of one case ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Said:
    """One contact. `fate`: what became, for one person, of the promise made in it; "" where none was."""

    number: int
    on: date
    people: tuple[str, ...]
    kind: str
    by: str
    method: str
    language: str
    text: str
    said: str
    promised_on: date | None
    fate: str


@dataclass(frozen=True, slots=True)
class Excepted:
    """A manager's decision not to tell somebody, as it was recorded; `until` is exclusive."""

    on: date
    code: str
    by: str
    until: date
    text: str


@dataclass(frozen=True, slots=True)
class PersonLedger:
    person: str
    listed: Listed
    owed: Owed
    contacts: tuple[Said, ...]  # newest first
    exceptions: tuple[Excepted, ...]  # newest first


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everyone on the list of a case, with everything that was said; beside it what is known of the help.

    contacts  every contact, newest first, also with people who have since been taken off the list
    """

    view: CaseView
    people: tuple[PersonLedger, ...]
    contacts: tuple[Said, ...]
    beside: str


def ledger(desk: Desk, ref: str) -> Ledger:
    """Who was told what, when, how and in which language, what they said, and what was promised and became of it."""
    view = show(desk, ref)
    with desk.reading() as work:
        names = desk.known(work).names
        entries = work.history(view.case.id)
    contacts = sorted(_contacts(entries, names), key=lambda one: (one.on, one.number), reverse=True)
    people = tuple(_person(view, person, contacts, entries, names, desk.today) for person in view.case.roster)
    return Ledger(view, people, tuple(contacts), help_beside(view.case, view.definition))


def _contacts(entries: Iterable[Entry], names: Names) -> Iterator[Said]:
    for entry in entries:
        event = inner_event(entry.event)
        if isinstance(event, FamilyTold):
            yield Said(
                entry.number, entry.on, event.people, event.contact, names.person(entry.actor), event.method,
                event.language, event.text, event.said, event.promised_on, "",
            )  # fmt: skip


def _person(
    view: CaseView, person: str, contacts: Iterable[Said], entries: Iterable[Entry], names: Names, day: date
) -> PersonLedger:
    listed = view.case.roster[person]
    fates: dict[tuple[date, date | None], str] = {(p.made_on, p.by_day): fate(p, day) for p in listed.promises}
    said = [
        replace(one, fate=fates.get((one.on, one.promised_on), ""), language=one.language or listed.language)
        for one in contacts
        if person in one.people
    ]
    exceptions = [
        Excepted(entry.on, event.code, names.person(entry.actor), event.until, event.text)
        for entry in entries
        if isinstance(event := inner_event(entry.event), TellingExcepted) and event.person == person
    ]
    owed = owed_to(view.case, view.definition, person, day)
    return PersonLedger(person, listed, owed, tuple(said), tuple(reversed(exceptions)))
