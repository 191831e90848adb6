"""A person at work on a store: every command goes through here, in one transaction, journalled and folded."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from casereview.calendar import NATIONS, Calendar, calendar_for
from casereview.case import Case
from casereview.describe import Names
from casereview.errors import CaseReviewError, Conflict, NotFound, did_you_mean
from casereview.events import REGISTRY, Corrected, DefinitionKept, Entry, Event, Happening, inner_event
from casereview.people import Person
from casereview.ports import Clock, Reading, Store, Writing
from casereview.reference import new_reference, no_case
from casereview.service.records import changed_rows
from casereview.text import clean
from casereview.views import Head, StoreInfo

if TYPE_CHECKING:
    # Looking at a list needs none of these: they are loaded by the first command, not before the first screen.
    from casereview.commands import Command
    from casereview.decide import Context, Refusal
    from casereview.decide.opening import OpenCase
    from workflows.catalogue import Catalogue
    from workflows.definition import Definition


class Refused(CaseReviewError):
    """The workflow says no; `refusal` lists everything that is missing (law 5)."""

    status = 1

    def __init__(self, refusal: Refusal, where: str) -> None:
        super().__init__(refusal.says, where=where, remedy=refusal.remedy or None)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Done:
    """What a command brought about, to be said once it is safely kept."""

    case: Case
    entries: tuple[Entry, ...]
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Who and what the store knows: read once per transaction, not once per command."""

    people: dict[str, Person]
    teams: frozenset[str]
    names: Names
    info: StoreInfo
    besides: dict[str, Any] = field(default_factory=dict)  # what only some commands need, read when they do


@dataclass(slots=True)
class Desk:
    """One person working on one store.

    person      the id of who acts; acting_as: the login, where it acts for someone else
    today_set   True when --today replaces the clock's day: then only a practice store may be written
    """

    store: Store
    clock: Clock
    catalogue: Catalogue
    person: str
    acting_as: str = ""
    today_set: bool = False
    chance: random.Random = field(default_factory=random.SystemRandom)
    _definitions: dict[str, Definition] = field(default_factory=dict)
    _calendars: dict[tuple[str, str | None], Calendar] = field(default_factory=dict)
    _known: dict[int, Known] = field(default_factory=dict)  # of the transactions now open, by id
    _kept: dict[int, set[str]] = field(default_factory=dict)  # workflows seen to be in the store, likewise

    @property
    def today(self) -> date:
        return self.clock.today()

    @property
    def live(self) -> Desk:
        return self  # the desk of today: who may read what is judged there, and reading is written down there

    # ---- plumbing the use-cases share ------------------------------------------------------------------
    @contextmanager
    def reading(self) -> Iterator[Reading]:
        with self.store.read() as work:
            try:
                yield work
            finally:
                self._known.pop(id(work), None)

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """One transaction. Refuses to write a real store on any day but today (decision 10)."""
        with self.store.write() as work:
            try:
                if self.today_set and not self.known(work).info.practice:
                    raise CaseReviewError(
                        "--today can only be looked at on this store, not written with",
                        remedy="Leave out --today, or try it on a practice store: casereview init --practice",
                    )
                yield work
            finally:
                self._known.pop(id(work), None)
                self._kept.pop(id(work), None)  # undone with the transaction, where it is undone

    def known(self, work: Reading) -> Known:
        """People, teams and names, as this transaction sees them."""
        if id(work) not in self._known:
            people, teams = work.people(), work.teams()
            self._known[id(work)] = Known(
                {p.id: p for p in people}, frozenset(t.id for t in teams), Names(people, teams), work.info()
            )
        return self._known[id(work)]

    def me(self, work: Reading) -> Person:
        person = self.known(work).people.get(self.person)
        if person is None or person.left:
            raise NotFound(
                f"nobody here is known as {clean(self.person)!r}",
                remedy="Someone who is can add you: casereview people add NAME --login LOGIN",
            )
        return person

    def head(self, work: Reading) -> Head:
        """Where the journal ends: what a report was made from can be held against it."""
        return work.head()

    def case(self, work: Reading, ref: str) -> Case:
        """The case, if this person may know of it; one answer for unknown and hidden (law 7)."""
        case = work.case(self.person, ref) or work.case(self.person, ref.strip().upper())  # typed small
        if case is None:
            raise no_case(ref)
        return case

    def definition(self, work: Reading, digest: str) -> Definition:
        """The definition a case is pinned to, from the text kept in the store."""
        if digest not in self._definitions:
            from casereview.service.definitions import kept_definition

            self._definitions[digest] = kept_definition(work, digest)
        return self._definitions[digest]

    def definition_of(self, work: Reading, case: Case) -> Definition:
        """The workflow as it holds for a case: as pinned, with the timescale profile it started under."""
        return self.definition_for(work, case.hash, case.profile)

    def definition_for(self, work: Reading, digest: str, profile: str) -> Definition:
        """A workflow under a timescale profile, both by hash; as written where there is no profile."""
        if not profile:
            return self.definition(work, digest)
        key = f"{digest}:{profile}"
        if key not in self._definitions:
            from casereview.service.definitions import under_profile

            self._definitions[key] = under_profile(work, self.definition(work, digest), profile)
        return self._definitions[key]

    def calendar(self, work: Reading, nation: str, team: str | None) -> Calendar:
        """The working days of a case: its nation's, less everyone's and its team's closures."""
        key = (nation, team)
        if key not in self._calendars:
            days = tuple((c.day, c.name) for c in work.closures() if c.team in ("", team or ""))
            found = next((n for n in NATIONS if n == nation), None)
            if found is None:
                raise CaseReviewError(f"{nation!r} is not a nation", remedy=did_you_mean(nation, NATIONS))
            self._calendars[key] = calendar_for(found, days)
        return self._calendars[key]

    def forget_calendars(self) -> None:
        """A closure was added: dates are worked out afresh from here on."""
        self._calendars.clear()

    def context(self, work: Reading, case: Case, command: Command | None = None) -> Context:
        from casereview.commands import ChangeProfile, CorrectRecord, LinkChild
        from casereview.decide import Context
        from casereview.service.record_access import to_correct

        record = to_correct(self, work, case, command.number) if isinstance(command, CorrectRecord) else None
        named = [command.child] if isinstance(command, LinkChild) else []
        profile: object = None
        if isinstance(command, ChangeProfile):
            from casereview.service.profiles import offered

            profile = offered(self, work, case, command.profile)
        return Context(
            self.me(work),
            self.today,
            self.definition_of(work, case),
            self.calendar(work, case.nation, case.team),
            self.known(work).people,
            self.known(work).teams,
            frozenset(c.id for c in work.known_children(self.person, named)),
            record,
            profile,
        )

    # ---- doing ---------------------------------------------------------------------------------------------
    def do(self, ref: str, command: Command, seen: int | None = None) -> Done:
        """Carries out a command on a case, in one transaction.

        seen: the entry number the person was looking at; raises Conflict when the case has moved on since.
        Raises NotFound, Refused, or CaseReviewError for bad input; then nothing is changed.
        """
        with self.writing() as work:
            return self.do_in(work, ref, command, seen)

    def do_in(self, work: Writing, ref: str, command: Command, seen: int | None = None) -> Done:
        """The same inside a transaction that is already open (imports, the demo, a preview that is undone)."""
        from casereview.decide import Refusal, decide
        from casereview.service.record_entries import meanwhile

        case = self.case(work, ref)
        if seen is not None and case.number != seen:
            raise Conflict(meanwhile(self, work, case, seen), where=case.ref, remedy="Look again, then decide.")
        context = self.context(work, case, command)
        decision = decide(case, command, context)
        if isinstance(decision, Refusal):
            raise Refused(decision, case.ref)
        return self.land(work, case, decision, context.definition)

    def open(self, command: OpenCase) -> Done:
        with self.writing() as work:
            return self.open_in(work, command)

    def open_in(self, work: Writing, command: OpenCase) -> Done:
        """Opens a case following the newest version of a workflow, by name or by the path of a file."""
        from casereview.service.opening import open_case

        return open_case(self, work, command)

    def keep(self, work: Writing, definition: Definition) -> Definition:
        """Keeps a workflow's text in the store, the first time it is used there (law 10)."""
        kept = self._kept.setdefault(id(work), set())
        if definition.hash not in kept and work.definition_text(definition.hash) is None:
            work.keep_definition(definition.hash, definition.name, definition.version, definition.text)
            self.register(work, DefinitionKept(definition.name, definition.version, definition.hash))
        kept.add(definition.hash)
        self._definitions[definition.hash] = definition
        return definition

    def register(self, work: Writing, *events: Event) -> list[Entry]:
        """Journals facts of the registry (people, teams, children)."""
        self._known.pop(id(work), None)
        facts = [Happening(e, self.today) for e in events]
        return work.append(REGISTRY, 0, facts, actor=self.person, at=self.clock.now(), acting_as=self.acting_as)

    def new_id(self) -> str:
        return uuid.UUID(int=self.chance.getrandbits(128), version=4).hex

    def new_reference(self, work: Reading, definition: Definition, opened: date) -> str:
        """A reference nobody has yet; longer once a year's shorter ones run out."""
        for attempt in range(200):
            ref = new_reference(definition.prefix, opened.year, self.chance, 4 + attempt // 20)
            if work.case(None, ref) is None:
                return ref
        raise CaseReviewError("no free case reference was found")

    def land(self, work: Writing, case: Case, happenings: Sequence[Happening], definition: Definition) -> Done:
        """Chains facts, folds them into the case, and keeps what lists need, all in the open transaction."""
        from casereview.fold import apply
        from casereview.service.afterwards import what_follows

        entries = work.append(
            case.id, case.number, happenings, actor=self.person, at=self.clock.now(), acting_as=self.acting_as
        )
        for entry in entries:
            apply(case, entry, definition)
            self._keep_record(work, case, entry)
        self.known(work).besides.pop("access", None)  # a role, or a stage, may open records
        definition = self.definition_of(work, case)  # a decision may have put it under another profile
        self.save(work, case, definition)
        says = what_follows(self, work, case, definition, entries)
        return Done(case, tuple(entries), says)

    def save(self, work: Writing, case: Case, definition: Definition) -> None:
        from casereview.project import project

        calendar = self.calendar(work, case.nation, case.team)
        stage = definition.stages[case.main.stage]
        work.save(case, project(case, definition, calendar), kind=definition.kind, stage_title=stage.title)

    def _keep_record(self, work: Writing, case: Case, entry: Entry) -> None:
        event = inner_event(entry.event)
        for row in changed_rows(entry, work.record(case.id, event.number) if isinstance(event, Corrected) else None):
            work.put_record(case.id, row)
