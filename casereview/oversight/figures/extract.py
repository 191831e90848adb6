"""From a folded case, its workflow and its calendar to the facts figures are made of: once per case, no store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from casereview.calendar import Calendar
from casereview.case import Case, Run
from casereview.oversight.figures.facts import WHOLE_CASE, CaseFacts, Known, Stayed, Timed, Waited
from casereview.oversight.figures.overseen import is_a_planned_look, only_overseers
from casereview.standing import done_standing, judge, live_until, measured_date, must_be_told
from workflows.definition import Definition, Expectation

DECISIONS = ("decision", "review-decision")
WORDS, FAMILY_VIEW, PROTECTION = "childs-words", "family-view", "protective-action"
WHOLE_TITLE = "The whole case, from opening to closing"


@dataclass(frozen=True, slots=True)
class Around:
    """What a case is counted with."""

    definition: Definition
    calendar: Calendar
    day: date


def is_void(case: Case, definition: Definition) -> bool:
    """Opened by mistake: no figure counts it."""
    return definition.stages[case.main.stage].void


def facts_of(case: Case, around: Around, look: tuple[tuple[str, str], ...] | None = None) -> CaseFacts:
    """The facts of one case on a day no earlier than the last thing known of it; `look`: its newest look at quality."""
    definition = around.definition
    main = definition.main_expectation()
    timed = tuple(_timed(case, around))
    stays = tuple(_stays(case, around))
    seen, shield = case.seen_first, next((t for t in timed if t.protects and t.ended is not None), None)
    count = around.calendar.working_days
    return CaseFacts(
        case.ref, case.workflow, definition.kind, case.team or "", case.opened, case.closed, case.imported,
        main.name if main else WHOLE_CASE, timed, stays, tuple(_waits(case, around)), tuple(case.children),
        look=look, decision=_has(case, *DECISIONS), words=_has(case, WORDS), family_view=_has(case, FAMILY_VIEW),
        of_a_child=any(e.justified.child_seen is not None for e in definition.expectations.values()),
        lane=case.lane.lane if case.lane else "",
        seen_days=max(count(case.opened, seen), 0) if seen else None,
        protected_days=max(count(case.opened, shield.ended), 0) if shield and shield.ended else None,
    )  # fmt: skip


def _has(case: Case, *kinds: str) -> bool:
    return any(kind in case.records and bool(case.records[kind].live) for kind in kinds)


# ---- time ------------------------------------------------------------------------------------------------------
def _timed(case: Case, around: Around) -> Iterator[Timed]:
    count = around.calendar.working_days
    end = case.closed or around.day
    yield Timed(WHOLE_CASE, WHOLE_TITLE, case.opened, case.closed, max(count(case.opened, end), 0), on_register=False)
    for name, run in case.runs.items():
        expectation = around.definition.expectations.get(name)
        if expectation is None:
            continue
        for past in run.past:
            took = max(count(past.started, past.ended), 0)
            yield Timed(name, expectation.title, past.started, past.ended, took, past.standing,
                        not expectation.shown_only)  # fmt: skip
        yield _of_run(case, expectation, run, around)


def _of_run(case: Case, expectation: Expectation, run: Run, around: Around) -> Timed:
    count = around.calendar.working_days
    end = run.ended or around.day
    agreed = measured_date(run)
    lane = case.lane.targets.get(expectation.name) if case.lane else None
    last = run.ended or date.max
    said = [reason for reason in run.reasons if reason.group != "none found"]
    return Timed(
        expectation.name, expectation.title, run.started, run.ended, max(count(run.started, end), 0),
        _standing(case, expectation, run, around), not expectation.shown_only,
        run.indicative, count(run.started, run.indicative) if run.indicative else None,
        agreed, count(run.started, agreed) if agreed else None,
        count(run.indicative, run.ended) if run.indicative and run.ended else None,
        count(agreed, run.ended) if agreed and run.ended else None,
        any(reason.on <= last for reason in said), bool(said) and all(reason.on > last for reason in said),
        *_agreement(case, expectation, run, around),
        run.cut_short, run.enough_known, run.ended_target if run.ended else lane,
        expectation.end.kind == "record" and expectation.end.name == PROTECTION,
    )  # fmt: skip


def _standing(case: Case, expectation: Expectation, run: Run, around: Around) -> str:
    if run.ended is not None:
        return done_standing(run)
    if expectation.shown_only:
        return ""
    judged = judge(case, expectation, around.calendar, around.day)
    return judged.standing if judged else ""


def _agreement(
    case: Case, expectation: Expectation, run: Run, around: Around
) -> tuple[date | None, date | None, date | None]:
    """The day of the agreement in force, of the first one, and until when it is live (exclusive)."""
    answer = run.answer
    if answer is None or answer.decision != "agreed":
        return None, None, None
    first = next(a.on for a in run.answers if a.decision == "agreed")
    frozen = run.ended_live_until
    until = frozen if run.ended else live_until(run, case, expectation.justified, around.calendar)
    return answer.on, first, until


# ---- stages and waiting ----------------------------------------------------------------------------------------
@lru_cache(maxsize=4096)
def _rules(digest: str, stage: str, definition: _Same) -> tuple[bool, bool, frozenset[str]]:
    """Whether a stage waits for those who oversee, whether it is a planned look, and where it may go back to."""
    back = frozenset(step.to for step in definition.it.steps_from(stage) if step.loop)
    return only_overseers(definition.it, stage), is_a_planned_look(definition.it, stage), back


@dataclass(frozen=True, slots=True)
class _Same:
    """A definition that goes along with its digest, which alone tells one from another."""

    it: Definition = field(compare=False, hash=False)


def _stays(case: Case, around: Around) -> Iterator[Stayed]:
    """Visits to stages as they were lived here: none to an end, and not the one an import began with."""
    definition, count = around.definition, around.calendar.working_days
    same, came_back = _Same(definition), False
    for at, stay in enumerate(case.stays):
        stage = definition.stages.get(stay.stage)
        overseen, look, ways_back = _rules(definition.hash, stay.stage, same)
        after = case.stays[at + 1].stage if at + 1 < len(case.stays) else ""
        was_back, came_back = came_back, after in ways_back
        if stage is None or stage.end or (at == 0 and case.imported):
            continue
        yield Stayed(
            stay.stage, stage.title, stay.visit, stay.since, stay.until,
            max(count(stay.since, stay.until or around.day), 0), overseen,
            was_back, overseen and not look and came_back,
        )  # fmt: skip


def _waits(case: Case, around: Around) -> Iterator[Waited]:
    count = around.calendar.working_days
    for past in case.waited:
        yield Waited(past.on_whom, past.since, past.until, max(count(past.since, past.until), 0))
    for now in case.waiting.values():  # what nobody ended is over once its case is
        yield Waited(now.on_whom, now.since, case.closed, max(count(now.since, case.closed or around.day), 0))


# ---- what links a case to others of the same child ---------------------------------------------------------------
def known_of(case: Case, around: Around, facts: CaseFacts | None = None) -> Known:
    """The same case among all those the viewer may know of; `facts` where they have been worked out already."""
    stays = facts.stays if facts is not None else tuple(_stays(case, around))
    contact = min([case.opened, *(run.started for run in case.runs.values())])
    return Known(
        case.ref, tuple(case.children), contact, case.opened, case.closed, _told_on(case),
        (*((w.since, w.until) for w in case.waited), *((w.since, case.closed) for w in case.waiting.values())),
        tuple((stay.since, stay.until) for stay in stays if stay.overseen),
        case.imported and case.closed is not None and not stays,
    )  # fmt: skip


def _told_on(case: Case) -> date | None:
    """The day by which everyone who must be told the decision had been; whoever is lawfully not told is left out."""
    people = [p for p in must_be_told(case) if not p.excepted or "decision" in p.told]
    days = [p.told.get("decision") for p in people]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
