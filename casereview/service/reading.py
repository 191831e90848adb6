"""Looking: lists, one case and its next steps, its history, and a child's journey. Nothing here writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from casereview.case import Case, Run
from casereview.describe import Names
from casereview.errors import CaseReviewError, NotFound
from casereview.events import Entry, Imported, inner_event
from casereview.ports import Reading
from casereview.rows import standing_of_row
from casereview.service.desk import Desk
from casereview.service.written import HistoryLine as HistoryLine
from casereview.service.written import history as history
from casereview.service.written import records as records
from casereview.standing import judge, live_until
from casereview.text import clean
from casereview.views import (
    RANK,
    CaseQuery,
    CaseRow,
    Page,
    RegisterPage,
    RegisterQuery,
    RegisterRow,
)

if TYPE_CHECKING:
    # Lists need none of these: loaded when a case is first looked at, not before the first screen.
    from casereview.requirements import Asked
    from workflows.definition import Definition, Expectation, Step


@dataclass(frozen=True, slots=True)
class StepView:
    """A step open now: what it asks, ticked or not, and whether this person may take it."""

    step: Step
    asked: tuple[Asked, ...]
    yours: bool  # the person holds a role that may take it
    asks_reason: bool

    @property
    def ready(self) -> bool:
        return all(a.met or a.set_aside for a in self.asked)


@dataclass(frozen=True, slots=True)
class ExpectationView:
    """One expectation with everything that stands beside its time."""

    expectation: Expectation
    run: Run
    standing: str
    beyond_after: date | None
    missing: tuple[str, ...]
    working_days: int  # (start, end] to the day asked about, or to its end
    beyond: int
    target: date | None
    warning: str | None
    live_until: date | None = None  # exclusive; of an agreed justification


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as a person looks at it on a day."""

    case: Case
    row: CaseRow
    definition: Definition
    names: Names
    day: date
    expectations: tuple[ExpectationView, ...]
    steps: tuple[StepView, ...]
    roles: tuple[str, ...]  # the viewer's roles on it
    profile: str = ""  # the timescale profile it is under, by title and version


# ---- lists -----------------------------------------------------------------------------------------------------
def cases(desk: Desk, query: CaseQuery) -> Page[CaseRow]:
    query = replace(query, text=clean(query.text))  # spelt as what it looks among is
    with desk.reading() as work:
        return work.cases(desk.me(work).id, query, desk.today)


def register(desk: Desk, query: RegisterQuery) -> RegisterPage:
    """The overdue register: most concern first, with days counted by each case's own calendar."""
    query = replace(query, text=clean(query.text))
    with desk.reading() as work:
        page = work.register(desk.me(work).id, query, desk.today)
        rows = tuple(_counted(desk, work, row) for row in page.rows)
        return replace(page, rows=rows)


def _counted(desk: Desk, work: Reading, row: RegisterRow) -> RegisterRow:
    seen = row.expectation
    calendar = desk.calendar(work, row.nation, row.row.team)
    until = seen.ended or desk.today
    elapsed = calendar.working_days(seen.started, until)
    past = calendar.working_days(seen.beyond_after, until) if seen.beyond_after else 0
    details = dict(seen.details)
    own = standing_of_row(seen, desk.today)
    if own == "longer_lapsed":
        details["missing"] = list(_missing(desk, work, row))
    return replace(
        row,
        row=replace(row.row, standing=own),
        case_standing=row.row.standing,
        working_days=max(elapsed, 0),
        beyond=max(past, 0),
        expectation=replace(seen, details=details),
    )


def _missing(desk: Desk, work: Reading, row: RegisterRow) -> tuple[str, ...]:
    case = desk.case(work, row.row.id)
    expectation = desk.definition_of(work, case).expectations[row.expectation.expectation]
    judged = judge(case, expectation, desk.calendar(work, case.nation, case.team), desk.today)
    return judged.missing if judged else ()


# ---- one case ----------------------------------------------------------------------------------------------------
def show(desk: Desk, ref: str, *, as_at: date | None = None, as_happened: bool | None = None) -> CaseView:
    """A case today, or as it was known at the end of an earlier day (law 4).

    as_happened: by the day things happened instead of the day they were recorded; the default on a
    practice store, whose past was all recorded in one go (decision 9).
    """
    with desk.reading() as work:
        case = desk.case(work, ref)
        if as_at is not None and as_at < desk.today:
            happened = desk.known(work).info.practice if as_happened is None else as_happened
            case = as_it_was(desk, work, case, as_at, happened)
        return view(desk, work, case, as_at or desk.today)


def as_it_was(desk: Desk, work: Reading, case: Case, day: date, happened: bool) -> Case:
    """The fold of the journal up to the end of a day in London."""
    from casereview.fold import fold

    entries = work.history(case.id)
    if not entries or entries[0].number != 1:
        raise CaseReviewError("the beginning of this case has been disposed of", where=case.ref)
    definition = desk.definition_of(work, case)
    kept = known_by(entries, day, definition, happened)
    if not kept or kept[0].number != 1:
        raise NotFound(f"there was no case {case.ref} on {day}", remedy=f"It was opened on {case.opened}.")
    return fold(case.id, kept, definition)


def known_by(entries: Sequence[Entry], day: date, definition: Definition, happened: bool) -> list[Entry]:
    """Of a case's entries from the first on, those recorded (or `happened`) by the end of a day in London."""
    from casereview.when import london_day

    if not happened:
        return [e for e in entries if london_day(e.recorded_at) <= day]
    first = _landed_by(entries[0], day, definition)
    return [e for e in (first, *entries[1:]) if e.on <= day]


def _landed_by(entry: Entry, day: date, definition: Definition) -> Entry:
    """An import as it happened (decision 9): from the day its work began, and not finished before it was."""
    event = inner_event(entry.event)
    if not isinstance(event, Imported):
        return entry
    # looks planned before the import were nobody's to hold (decision 25)
    started = tuple(
        replace(c, checkpoints=tuple(d for d in c.checkpoints if d >= entry.on)) for c in event.clocks.started
    )
    event = replace(event, clocks=replace(event.clocks, started=started))
    if event.closed is not None and event.closed > day and definition.importing is not None:
        event = replace(
            event, stage=definition.importing.open, closed=None, clocks=replace(event.clocks, ended=())
        )
    records = tuple(record for record in event.records if record[2] <= day)
    reviews = tuple(held for held in event.reviews if held <= day)
    return replace(entry, on=event.opened, event=replace(event, records=records, reviews=reviews))


def view(desk: Desk, work: Reading, case: Case, day: date) -> CaseView:
    from casereview.roles import roles_of
    from casereview.service.definitions import kept_profile

    definition = desk.definition_of(work, case)
    expectations = tuple(_expectations(desk, work, case, definition, day))
    roles = roles_of(desk.me(work), case, definition, desk.today)
    names = desk.known(work).names
    profile = kept_profile(work, case.profile) if case.profile else None
    return CaseView(
        case, _row(case, definition, expectations, names), definition, names, day, expectations,
        steps_of(case, definition, roles), tuple(r for r in definition.roles if r in roles),
        f"{profile.title} ({profile.label})" if profile else "",
    )  # fmt: skip


def _row(case: Case, definition: Definition, seen: tuple[ExpectationView, ...], names: Names) -> CaseRow:
    standings = [e.standing for e in seen if not e.expectation.shown_only]
    worst = min(standings, key=RANK.__getitem__, default="")
    return CaseRow(
        case.id, case.ref, case.title, case.workflow, case.version, definition.kind, case.main.stage,
        definition.stages[case.main.stage].title, case.opened, case.closed, case.worker,
        names.person(case.worker) if case.worker else "", case.team, names.team(case.team) if case.team else "",
        worst, case.restricted, case.imported, case.number,
    )  # fmt: skip


def _expectations(
    desk: Desk, work: Reading, case: Case, definition: Definition, day: date
) -> list[ExpectationView]:
    calendar = desk.calendar(work, case.nation, case.team)
    found = []
    for expectation in definition.expectations.values():
        judged = judge(case, expectation, calendar, day)
        run = case.runs.get(expectation.name)
        if judged is None or run is None:
            continue
        until = run.ended or day
        past = calendar.working_days(judged.beyond_after, until) if judged.beyond_after else 0
        dates = [d for d in (run.indicative, run.agreed) if d]
        found.append(
            ExpectationView(
                expectation, run, judged.standing, judged.beyond_after, judged.missing,
                max(calendar.working_days(run.started, until), 0), max(past, 0),
                case.lane.targets.get(expectation.name) if case.lane else None,
                next((w for d in dates if (w := calendar.warning(d))), None),
                live_until(run, case, expectation.justified, calendar),
            )
        )
    return found


def steps_of(case: Case, definition: Definition, roles: frozenset[str]) -> tuple[StepView, ...]:
    """Every step open now, ready or not (law 1: the same on every date)."""
    from casereview.decide.life import open_steps
    from casereview.requirements import asked_by

    return tuple(
        StepView(step, asked_by(case, step, definition), bool(roles & set(step.by)), step.loop or step.asks_reason)
        for step in open_steps(case, definition)
    )


def unmet_of(case: Case, step: StepView, definition: Definition) -> list[object]:
    """What `why` lists for a step: everything that is missing."""
    from casereview.decide.life import as_unmet

    return [as_unmet(case, step.step, a, definition) for a in step.asked if not a.met and not a.set_aside]
