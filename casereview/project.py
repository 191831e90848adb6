"""What lists keep of a case: dates and codes only, so that no list ever counts days row by row."""

from __future__ import annotations

from datetime import date
from typing import Any

from casereview.calendar import Calendar
from casereview.case import Case, Reason, Run, Waiting
from casereview.codec import to_plain
from casereview.standing import (
    answered_reason,
    beyond_after,
    done_standing,
    earliest,
    explains,
    live_until,
    measured_date,
    must_be_told,
)
from casereview.views import Projected, Word
from workflows.definition import Definition, Expectation


def project(case: Case, definition: Definition, calendar: Calendar) -> list[Projected]:
    """Every expectation that has started, as lists need it; equal to `standing.judge` on any later day."""
    return [
        _projected(case, expectation, case.runs[expectation.name], calendar)
        for expectation in definition.expectations.values()
        if expectation.name in case.runs
    ]


def _word(run: Run) -> Word:
    decision = run.answer.decision if run.answer else None
    if decision == "agreed" or decision == "not agreed":
        return decision
    return "reason" if explains(run) else ""


def _projected(case: Case, expectation: Expectation, run: Run, calendar: Calendar) -> Projected:
    shown, answer = reason_shown(run), run.answer
    return Projected(
        expectation=expectation.name,
        title=expectation.title,
        on_register=not expectation.shown_only,
        started=run.started,
        ended=run.ended,
        done=done_standing(run) if run.ended else None,
        indicative=run.indicative,
        asks_from=run.asks_from,
        agreed=run.agreed,
        measured=measured_date(run),
        beyond_after=beyond_after(run),
        target=case.lane.targets.get(expectation.name) if case.lane else None,
        next_checkpoint=run.checkpoints[0] if run.checkpoints else None,
        word=_word(run),
        live_until=_live_until(case, expectation, run, calendar),
        promised_on=earliest(*(p.promised_on for p in case.roster.values())),
        details=_details(case, run),
        reason=shown.code if shown else "",
        reason_class=shown.group if shown else "",
        waiting="\n".join(dict.fromkeys(one.on_whom for one in _waits(case))),
        untold_from=_untold_from(case),
        look_on=answer.until if answer and answer.decision == "agreed" else None,
        lane=case.lane.lane if case.lane else "",
        statutory=run.statutory,
    )


def reason_shown(run: Run) -> Reason | None:
    """The reason lists show: the one the manager's word is about, else the newest."""
    answered = answered_reason(run, run.answer) if run.answer else None
    return answered or run.reason


def _waits(case: Case) -> list[Waiting]:
    """What is waited for now, the longest wait first."""
    # by entry: a snapshot read back holds "10" before "9"
    found = [one for _, one in sorted(case.waiting.items(), key=lambda item: int(item[0]))]
    return sorted(found, key=lambda one: one.since)


def _untold_from(case: Case) -> date | None:
    """From when on somebody who must be told has never been and is not excepted; nobody listed is nobody told."""
    people = must_be_told(case)
    if not people:
        return date.min  # decision 17
    return earliest(*(one.excepted_until or date.min for one in people if one.told_on is None))


def _live_until(case: Case, expectation: Expectation, run: Run, calendar: Calendar) -> date | None:
    if run.ended is not None:
        return run.ended_live_until  # frozen: a later change of calendar moves nothing that is done
    return live_until(run, case, expectation.justified, calendar)


def _details(case: Case, run: Run) -> dict[str, Any]:
    """The story a register row tells: the reason, the manager's answer, and what the family was told."""
    details: dict[str, Any] = {}
    shown = reason_shown(run)
    if shown is not None:
        details["reason"] = to_plain(shown)
    if run.reason is not None and run.reason is not shown:
        details["newer_reason"] = to_plain(run.reason)  # nobody has answered it yet
    if run.answer is not None:
        details["answer"] = to_plain(run.answer)
    people = must_be_told(case)
    told = [p.told_on for p in people]
    oldest = None if not told or None in told else min(day for day in told if day is not None)
    excepted = [p.excepted for p in people if p.excepted and p.told_on is None]
    details["family"] = {
        "told_on": oldest.isoformat() if oldest else None,
        "promised_on": _iso(earliest(*(p.promised_on for p in people))),
        "exception": ", ".join(sorted(set(excepted))) or None,
        "listed": len(people),
    }
    if case.waiting:
        details["waiting"] = [
            {"on": one.on_whom, "for": one.what, "since": one.since.isoformat()} for one in _waits(case)
        ]
    return details


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
