"""What an expectation looks like on a day: one pure function of facts and day, never stored (decisions 1-9).

`day` is on or after the last fact folded in; for an earlier day, fold the journal as it stood then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from casereview.calendar import Calendar
from casereview.case import Answer, Case, Listed, Reason, Run
from workflows.definition import Expectation, Justified

# A contact of one of these kinds tells how things stand; "started" and "copy given" do not (decision 7).
TELLING = ("progress", "delay explained", "new date", "decision")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Judged:
    """A standing with what it rests on.

    beyond_after  the last day that was not beyond: the earlier of the dates that exist; None with neither
    missing       what a lapsed justification lacks, in words
    """

    standing: str
    beyond_after: date | None
    missing: tuple[str, ...] = ()


def measured_date(run: Run) -> date | None:
    """The agreed date the case is measured from: one moved after it had passed stays (decision 4)."""
    return run.measured or run.agreed


def earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def beyond_after(run: Run) -> date | None:
    """Beyond means past the earliest of the dates that exist (decision 3), a time set by law among them."""
    return earliest(run.asks_from, measured_date(run), run.statutory)


def answered_reason(run: Run, answer: Answer) -> Reason | None:
    """The reason an answer is about: the newest one then recorded."""
    return next((r for r in reversed(run.reasons) if r.entry <= answer.entry), None)


def explains(run: Run) -> bool:
    """Whether a reason was given that says something; "none found" stays unexplained (decision 7)."""
    return any(r.group != "none found" for r in run.reasons)


# ---- telling the family -----------------------------------------------------------------------------------
def must_be_told(case: Case) -> list[Listed]:
    return [p for p in case.roster.values() if p.must_be_told]


def told_since(listed: Listed, since: date, by: date = date.max) -> bool:
    """Told how things stand on that day or later (the same day counts), and no later than `by`."""
    return any(since <= day <= by for kind, day in listed.told.items() if kind in TELLING)


def family_told_until(case: Case, since: date, by: date = date.max) -> tuple[bool, date | None]:
    """Whether everyone is told since, or lawfully excepted; and the first day an exception no longer holds."""
    people = must_be_told(case)
    if not people:
        return False, None  # an empty roster is not told (decision 17)
    until: date | None = None
    for listed in people:
        if told_since(listed, since, by):
            continue
        if listed.excepted_until is None or (listed.excepted_since or date.min) > by:
            return False, None
        until = earliest(until, listed.excepted_until)
    return True, until


# ---- justification ----------------------------------------------------------------------------------------
AHEAD, MANAGER, ACTION, FAMILY, SIGHT = "look again", "manager", "action", "family", "sight"


def in_words(condition: str, rule: Justified) -> str:
    return {
        AHEAD: "a date to look again that is still ahead",
        MANAGER: "a manager who is neither the author of the reason nor the worker",
        ACTION: "an action with an owner and a date still ahead",
        FAMILY: "the family told since the answer, or lawfully excepted",
        SIGHT: f"the child seen within {rule.child_seen}",
    }[condition]


def _limits(
    run: Run, answer: Answer, case: Case, rule: Justified, calendar: Calendar, by: date = date.max
) -> dict[str, date | None]:
    """Each condition of a justification with the first day it no longer holds; date.min: it never held.

    Only what happened no later than `by` counts.
    """
    reason = answered_reason(run, answer)
    limits: dict[str, date | None] = {AHEAD: _look_again(run, answer) or date.min}
    if reason is None or answer.own_work or (reason.by == answer.by and not answer.with_date):
        limits[MANAGER] = date.min
    elif reason.group == "only with an owned action":
        due = reason.action_due if reason.action_owner else None
        limits[ACTION] = due + ONE_DAY if due else date.min
    if rule.family_told:
        told, until = family_told_until(case, answer.on, by)
        limits[FAMILY] = until if told else date.min
    if rule.child_seen is not None:
        seen = max((day for day in case.sights.values() if day <= by), default=None)
        limits[SIGHT] = calendar.due(seen, rule.child_seen) + ONE_DAY if seen else date.min
    return limits


def _look_again(run: Run, answer: Answer) -> date | None:
    """An agreement given with a date lasts no longer than a date agreed for the child since."""
    if answer.with_date and run.agreed is not None:
        return earliest(answer.until, run.agreed + ONE_DAY)
    return answer.until


def live_until(run: Run, case: Case, rule: Justified, calendar: Calendar) -> date | None:
    """The first day an agreed justification is no longer live (exclusive); None when none is agreed."""
    answer = run.answer
    if answer is None or answer.decision != "agreed":
        return None
    return earliest(*_limits(run, answer, case, rule, calendar).values())


def missing_on(run: Run, case: Case, rule: Justified, calendar: Calendar, day: date) -> tuple[str, ...]:
    """What an agreed justification lacks on a day, in words; empty while it is live."""
    return tuple(in_words(c, rule) for c in lacking_on(run, case, rule, calendar, day))


def lacking_on(run: Run, case: Case, rule: Justified, calendar: Calendar, day: date) -> tuple[str, ...]:
    """The conditions of an agreed justification that do not hold on a day; empty while it is live."""
    answer = run.answer
    if answer is None or answer.decision != "agreed":
        return ()
    limits = _limits(run, answer, case, rule, calendar)
    return tuple(c for c, until in limits.items() if until is not None and day >= until)


def lacking_at_end(run: Run, case: Case, rule: Justified, calendar: Calendar, day: date) -> tuple[str, ...]:
    """The conditions that did not hold on the day an expectation ended, by what had happened by then."""
    answer = answer_by(run, day)
    if answer is None or answer.decision != "agreed":
        return ()
    limits = _limits(run, answer, case, rule, calendar, by=day)
    return tuple(c for c, until in limits.items() if until is not None and day >= until)


def answer_by(run: Run, day: date) -> Answer | None:
    """The newest answer given on that day or before."""
    return next((a for a in reversed(run.answers) if a.on <= day), None)


# ---- the standing -----------------------------------------------------------------------------------------
def judge(case: Case, expectation: Expectation, calendar: Calendar, day: date) -> Judged | None:
    """The standing of one expectation of a case on a day; None when it has not started.

    The order of the questions is decision 5, word for word.
    """
    run = case.runs.get(expectation.name)
    if run is None:
        return None
    if run.ended is not None:
        return Judged(done_standing(run), beyond_after(run))
    after = beyond_after(run)
    target = case.lane.targets.get(expectation.name) if case.lane else None
    if target is not None and day > target:
        return Judged("urgent_late", after)
    if run.statutory is not None and day > run.statutory:
        return Judged("past_statutory", after)  # of concern whatever was agreed, and still blocking nothing
    if after is None or day <= after:
        missed = bool(run.checkpoints) and run.checkpoints[0] < day
        return Judged("checkpoint_missed" if missed else "on_course", after)
    return _beyond(run, case, expectation, calendar, day, after)


def _beyond(
    run: Run, case: Case, expectation: Expectation, calendar: Calendar, day: date, after: date
) -> Judged:
    decision = run.answer.decision if run.answer else None
    if decision == "not agreed":
        return Judged("longer_of_concern", after)
    if decision == "agreed":
        missing = missing_on(run, case, expectation.justified, calendar, day)
        return Judged("longer_lapsed" if missing else "longer_justified", after, missing)
    if explains(run):
        return Judged("longer_explained", after)
    measured = measured_date(run)
    if measured is not None and measured < day and (run.asks_from is None or run.asks_from >= day):
        return Judged("past_agreed", after)
    return Judged("longer_unexplained", after)


def done_standing(run: Run) -> str:
    """How a finished expectation is remembered (decision 6). Only what held on the last day counts."""
    if run.ended is None:
        raise ValueError("this expectation has not ended")
    after = earliest(run.ended_target or run.asks_from, measured_date(run), run.statutory)
    if after is None or run.ended <= after:
        # without a yardstick, early is before this child's own date; on the very day it is simply within
        yardstick = run.ended_target or run.indicative or after
        early = run.enough_known and yardstick is not None and run.ended < yardstick
        return "done_early" if early else "done_within"
    answer = answer_by(run, run.ended)
    if answer is not None and answer.decision == "agreed" and not run.ended_lacks:
        return "done_longer_justified"
    first = next((r for r in run.reasons if r.group != "none found"), None)
    if first is not None and first.on > run.ended:
        return "done_explained_afterwards"
    return "done_longer_unexplained"
