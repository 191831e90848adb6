"""Lands the cases of a table: new ones, those a later file says more of, and those people have worked on since."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from casereview.case import Case
from casereview.clocks import Arrival, clocks_at
from casereview.events import (
    ChildSet,
    Clocks,
    Ended,
    Event,
    Happening,
    Imported,
    ImportUpdated,
    inner_event,
)
from casereview.exchange.landing import LEFT_AS_LANDED, NATIONAL_START
from casereview.exchange.landing_rows import landing_place
from casereview.exchange.table_in_facts import facts_of, records_of, with_facts
from casereview.exchange.table_in_wanted import Outcome, Wanted
from casereview.ports import Reading, Writing
from casereview.service.desk import Desk
from casereview.service.profiles import starting
from workflows.definition import Definition


@dataclass(frozen=True, slots=True)
class Fate:
    outcome: Outcome
    case: Case | None = None
    says: str = ""


@dataclass(slots=True)
class Landing:
    """One run over one file. source: what it was read from; space: what the keys of its cases begin with."""

    desk: Desk
    source: str
    space: str
    in_force: list[Definition] = field(default_factory=list)

    def definition_on(self, start: date) -> Definition | None:
        """The assessment workflow in force on a start date; None where one must be named (decision 25)."""
        if start < NATIONAL_START:
            return None
        if not self.in_force:
            usable = self.desk.catalogue.usable()
            self.in_force = [d for d in usable if d.kind == "assessment" and d.importing and d.importing.starts_from]
        for definition in self.in_force:
            window = definition.importing
            if window and window.starts_from and window.starts_from <= start <= (window.starts_until or date.max):
                return definition
        return None


def no_workflow(start: date) -> str:
    return (
        f"no workflow is in force for a start on {start}: name one"
        " (before 15 April 2013 timescales differed by authority)"
    )


# ---- what becomes of a row: the same for a dry run and a real one -------------------------------------------------
def fate(landing: Landing, work: Reading, wanted: Wanted) -> Fate:
    """Whether a row is new, says more, or finds its case as it is or worked on."""
    case = work.case_by_key(wanted.key)
    if case is None:
        return _beside(landing, work, wanted) or Fate("created")
    known = case.known_to(landing.desk.person)  # one this person may not know of is kept in silence (law 7)
    digest, _ = seen_and_with(case.import_seen)
    if digest == wanted.digest and not _now_known(case, wanted):
        return Fate("unchanged", case)
    if not untouched(work, case):
        says = f"{case.ref} has been worked on here since it was read in, and the file now says something else"
        return Fate("unchanged", case, says if known and digest != wanted.digest else "")
    if case.opened != wanted.opened:
        says = f"it now begins on {wanted.opened}; {case.ref}, read in earlier, began on {case.opened}"
        return Fate("refused", case, says) if known else Fate("unchanged", case)
    if case.closed is not None and wanted.closed is None:
        says = f"{case.ref} was closed on {case.closed} by an earlier file, and is open again in this one"
        return Fate("unchanged", case, says if known else "")
    return Fate("updated", case)


def _beside(landing: Landing, work: Reading, wanted: Wanted) -> Fate | None:
    """A case of the same kind about this child that began that day and came some other way: not taken in twice."""
    for row in work.cases_of(landing.desk.person, [wanted.child], landing.desk.today):
        if row.opened == wanted.opened and row.kind == wanted.definition.kind:
            case = work.snapshot(row.id)
            if case is not None and not case.import_key.startswith(landing.space):
                says = f"{row.case} is about this child and began on the same day: it was not taken in a second time"
                return Fate("unchanged", case, says)
    return None


def _now_known(case: Case, wanted: Wanted) -> bool:
    """Whether a name the file gave earlier is by now somebody's here."""
    return bool((wanted.worker and not case.worker) or (wanted.team and not case.team))


def untouched(work: Reading, case: Case) -> bool:
    """Whether nobody has worked on the case here: all it holds came with the rows of files."""
    together = 0
    for entry in work.history(case.id):
        event = inner_event(entry.event)
        if isinstance(event, Imported | ImportUpdated):
            together = seen_and_with(event.seen_by_import)[1]
        elif together:
            together -= 1
        elif event.kind not in LEFT_AS_LANDED:
            return False
    return True


def seen_and_with(seen: str) -> tuple[str, int]:
    """The digest of a row, and how many entries after its own came with it ("digest+2")."""
    digest, _, more = seen.partition("+")
    return digest, int(more) if more.isdecimal() else 0


# ---- children ------------------------------------------------------------------------------------------------
def keep_children(desk: Desk, work: Writing, wanted: dict[str, dict[str, str]]) -> None:
    """Enters children the store does not know, and adds to those it knows what the file says anew."""
    known = {child.id: child for child in work.children(list(wanted))}
    events: list[Event] = []
    for name, details in wanted.items():
        child = known.get(name)
        held = dict(child.details) if child else {}
        if child is None or {**held, **details} != held:
            events.append(ChildSet(name, child.family if child else "", {**held, **details}))
    if events:
        desk.register(work, *events)


# ---- creating --------------------------------------------------------------------------------------------------
def create(landing: Landing, work: Writing, wanted: Wanted) -> Case:
    """Opens the case of a row where its workflow says, with no requirement evaluated."""
    desk = landing.desk
    definition = starting(desk, work, desk.keep(work, wanted.definition), wanted.team or None, wanted.opened)
    wanted = replace(wanted, definition=definition)
    nation = desk.known(work).info.nation
    clocks = _clocks(desk, work, wanted, definition, nation)
    runs = {clock.expectation for clock in clocks.started}
    nothing = Case("", opened=wanted.opened, team=wanted.team or None)
    facts = facts_of(desk, landing.source, wanted, nothing, definition, runs)
    event = Imported(
        ref=desk.new_reference(work, definition, wanted.opened),
        title=f"{definition.title} of {wanted.opened:%B %Y} (imported)",
        workflow=definition.name,
        version=definition.version,
        hash=definition.hash,
        nation=nation,
        stage=_stage(definition, wanted),
        opened=wanted.opened,
        key=wanted.key,
        source=landing.source,
        team=wanted.team or None,
        children=(wanted.child,),
        closed=wanted.closed,
        seen_by_import=f"{wanted.digest}+{len(facts)}",
        records=wanted.records,
        row=wanted.said,
        reviews=wanted.reviews,
        clocks=clocks,
        profile=definition.under,
    )
    case = desk.land(work, Case(desk.new_id()), (Happening(event, desk.today),), definition).case
    return with_facts(desk, work, case, facts, definition)


def _stage(definition: Definition, wanted: Wanted) -> str:
    place = landing_place(definition)
    return wanted.stage or (place.done if wanted.closed else place.open)


def _clocks(desk: Desk, work: Reading, wanted: Wanted, definition: Definition, nation: str) -> Clocks:
    """What ran from the start, and, for a finished one, that it ended. Looks planned before today are not asked."""
    calendar = desk.calendar(work, nation, wanted.team or None)
    case = Case("", opened=wanted.opened)
    clocks = list(clocks_at(case, definition, Arrival(wanted.opened, opened=True), calendar).started)
    for kind, values, on in wanted.records:
        for clock in clocks_at(case, definition, Arrival(on, record=kind, values=values), calendar).started:
            if all(clock.expectation != other.expectation for other in clocks):
                clocks.append(clock)
    if wanted.closed is not None:
        # a row says nothing of how the other intervals ended: what it does not know is not claimed
        clocks = [c for c in clocks if definition.expectations[c.expectation].end.kind in ("enters", "leaves")]
        return Clocks(tuple(clocks), tuple(Ended(c.expectation) for c in clocks))
    today = desk.today
    main = definition.main_expectation()
    planned = [(main.name, day) for day in wanted.planned] if main else []
    kept = tuple(replace(c, checkpoints=tuple(d for d in c.checkpoints if d >= today)) for c in clocks)
    return Clocks(kept, (), tuple(planned))


# ---- updating --------------------------------------------------------------------------------------------------
def update(landing: Landing, work: Writing, case: Case, wanted: Wanted) -> Case:
    """Moves a case nobody has worked on here to where a later file says it is; nothing it held is taken away."""
    desk = landing.desk
    definition = desk.definition_of(work, case)
    facts = facts_of(desk, landing.source, wanted, case, definition, set(case.runs))
    facts += records_of(desk, landing.source, work, case, wanted, definition)
    done = wanted.closed
    stage = _stage(definition, wanted)
    # also what ended with an earlier file's date, which this file may have put right
    ended = [name for name, run in case.runs.items() if run.ended in (None, case.closed)]
    told = {day for entry in work.history(case.id) for day in getattr(inner_event(entry.event), "reviews", ())}
    event = ImportUpdated(
        stage=stage if stage in definition.stages else case.main.stage,
        source=landing.source,
        seen_by_import=f"{wanted.digest}+{len(facts)}",
        closed=done,
        row=wanted.said,
        reviews=tuple(day for day in wanted.reviews if day not in told),
        ended=tuple((name, done) for name in ended) if done else (),
    )
    desk.land(work, case, (Happening(event, desk.today),), definition)
    return with_facts(desk, work, case, facts, definition)
