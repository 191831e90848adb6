"""Dates agreed, reasons and answers, lanes and waiting: everything about time that a person decides."""

from __future__ import annotations

from casereview.case import Case, Reason, Run
from casereview.commands import AgreeDate, EndWaiting, GiveAnswer, GiveReason, SetLane, StartWaiting
from casereview.decide.context import Context, Decision, Refusal, happened, line, no_part, not_yours, note
from casereview.errors import CaseReviewError, did_you_mean
from casereview.events import Answered, DateAgreed, LaneSet, ReasonGiven, WaitingEnded, WaitingStarted
from casereview.fold.people import workers_on
from workflows.definition import Expectation, ReasonCode

WHY_NOT = {
    "system cause": "it names a cause in the system: it explains and is raised as a blockage, it never justifies",
    "not a delay": "it says that this is not a delay",
    "none found": "no reason was found, and an honest empty reason stays unexplained",
}


def _run(case: Case, expectation: Expectation) -> Run | Refusal:
    run = case.runs.get(expectation.name)
    if run is None:
        return Refusal(f"“{expectation.title}” has not started on this case.")
    return run


def _code(context: Context, code: str) -> ReasonCode:
    found = context.definition.reasons.get(code.strip().upper())
    if found is None:
        remedy = did_you_mean(code.upper(), context.definition.reasons)
        raise CaseReviewError(f"{line(code)!r} is not a reason of this workflow", remedy=remedy)
    return found


def _owned_action(code: ReasonCode, action: str, owner: str, due: object) -> list[Refusal]:
    if code.group == "only with an owned action" and not (action.strip() and owner.strip() and due):
        says = f"“{code.title}” can be agreed only with an action, its owner and a date."
        return [Refusal(says, remedy="Give --action, --owner and --due.")]
    return []


def give_reason(case: Case, command: GiveReason, context: Context) -> Decision:
    """The worker's account. It explains; on its own it justifies nothing (law 3). Never refused for its class."""
    context.ahead(command.proposed, command.action_due)
    if not context.has_part(case):
        return no_part(case)
    expectation = context.expectation(command.expectation)
    run = _run(case, expectation)
    if isinstance(run, Refusal):
        return run
    code = _code(context, command.code)
    text, effect = note(command.text), note(command.effect)
    lacking = []
    if not text and code.group != "none found":
        lacking.append("what the reason is, in your own words (--text)")
    if not effect and code.group != "none found" and expectation.justified.child_seen is not None:
        lacking.append("the effect on the child (--effect)")
    if lacking:
        return Refusal(
            f"A reason also says: {'; '.join(lacking)}.",
            remedy=f"“{code.title}” asks: {code.asks}" if code.asks else "",
        )
    event = ReasonGiven(
        expectation.name, code.code, code.group, text, effect, command.proposed,
        note(command.action), line(command.action_owner), command.action_due,
    )  # fmt: skip
    return happened(event, context.today)


def give_answer(case: Case, command: GiveAnswer, context: Context) -> Decision:
    """The manager's reply to the newest reason; every agreement ends on a day to look again (law 2)."""
    context.ahead(command.until)
    if not context.oversees(case):
        return not_yours("Answering a reason", context.overseers())
    expectation = context.expectation(command.expectation)
    run = _run(case, expectation)
    if isinstance(run, Refusal):
        return run
    reason = run.reason
    if reason is None:
        return Refusal(
            "There is no reason to answer yet.",
            remedy=f"The worker gives one: casereview reason {case.ref} CODE --text … --effect …",
        )
    if run.ended is not None:
        return Refusal(f"“{expectation.title}” has ended: its standing can no longer change by an answer.")
    refusal = all_at_once(_cannot_answer(case, command, reason, context))
    if refusal is not None:
        return refusal
    until = command.until if command.decision == "agreed" else None
    return happened(Answered(expectation.name, command.decision, note(command.text), until), context.today)


def _cannot_answer(case: Case, command: GiveAnswer, reason: Reason, context: Context) -> list[Refusal]:
    """Everything that stands against an answer; whoever answers is not the reason's author (decision 7)."""
    found = []
    if reason.by == context.actor.id:
        others = f"Ask another {context.overseers()}."
        found.append(Refusal("A reason is answered by someone other than its author.", remedy=others))
    found += own_work(case, context)
    if command.decision != "agreed":
        if not note(command.text):
            remedy = "Write it after --not-agreed or --tell-me-more."
            found.append(Refusal("Say what should happen, in your own words.", remedy=remedy))
        return found
    if command.until is None or command.until <= context.today:
        says = "An agreement ends: give a day still ahead on which you look again."
        found.append(Refusal(says, remedy="Give it as --agree-until DATE."))
    code = context.definition.reasons.get(reason.code)
    if code is not None:
        found += _class_of(code) + _owned_action(code, reason.action, reason.action_owner, reason.action_due)
    return found


def _class_of(code: ReasonCode) -> list[Refusal]:
    if code.can_be_agreed:
        return []
    remedy = "Answer with --not-agreed or --tell-me-more, or ask for the reason that applies to this child."
    return [Refusal(f"“{code.title}” cannot be agreed: {WHY_NOT[code.group]}.", remedy=remedy)]


def own_work(case: Case, context: Context) -> list[Refusal]:
    """The worker on that date answers nothing about it, whoever took over in the course of the day."""
    if context.actor.id in workers_on(case, context.today):
        remedy = f"Ask another {context.overseers()}."
        return [Refusal("Nobody decides on the time their own work takes.", remedy=remedy)]
    return []


def all_at_once(refusals: list[Refusal]) -> Refusal | None:
    """One refusal that says everything that is in the way, not only the first thing (law 5)."""
    if len(refusals) < 2:
        return refusals[0] if refusals else None
    remedies = dict.fromkeys(r.remedy for r in refusals if r.remedy)
    return Refusal(" ".join(r.says for r in refusals), remedy=" ".join(remedies))


def agree_date(case: Case, command: AgreeDate, context: Context) -> Decision:
    """This child's own date. A long one, agreed in good time with its reason, is itself the justification."""
    if not context.oversees(case):
        return not_yours("Agreeing a date", context.overseers())
    expectation = context.expectation(command.expectation)
    run = _run(case, expectation)
    if isinstance(run, Refusal):
        return run
    if run.ended is not None:
        return Refusal(f"“{expectation.title}” has ended.")
    context.ahead(command.agreed, command.action_due)
    if command.agreed < context.today:
        return Refusal("An agreed date lies ahead, not behind.", remedy=f"Give {context.today} or later.")
    if command.agreed == run.agreed:
        return Refusal("That is the date agreed already.")
    text, code = note(command.text), _code(context, command.code) if command.code else None
    long = run.indicative is not None and command.agreed > run.indicative
    refusal = _long_date(case, run, command, text, code, context) if long else None
    if refusal is None and run.agreed is not None and command.agreed > run.agreed:
        refusal = all_at_once(own_work(case, context))  # a later date for one's own work, however often
    if refusal is not None:
        return refusal
    in_time = run.indicative is not None and context.today <= run.indicative
    event = DateAgreed(
        expectation.name, command.agreed, text, code.code if code else "", long and in_time,
        note(command.action), line(command.action_owner), command.action_due,
    )  # fmt: skip
    return happened(event, context.today)


def _long_date(
    case: Case, run: Run, command: AgreeDate, text: str, code: ReasonCode | None, context: Context
) -> Refusal | None:
    """Past the indicative time (never a limit) a date asks for its reason, and for a second pair of eyes."""
    found = []
    if not text or code is None:
        says = f"This date is later than the indicative time ({run.indicative}): say why for this child."
        remedy = f"Give --reason CODE and --text. The codes: casereview reason {case.ref}"
        found.append(Refusal(says, remedy=remedy))
    if code is not None:
        found += _class_of(code)
        found += _owned_action(code, command.action, command.action_owner, command.action_due)
    return all_at_once(found + own_work(case, context))


def set_lane(case: Case, command: SetLane, context: Context) -> Decision:
    """Some need it faster: the lane's targets replace the indicative times while it lasts."""
    if not context.has_part(case):
        return no_part(case)
    because = line(command.because)
    if not command.lane:
        if case.lane is None:
            lanes = ", ".join(context.definition.lanes) or "none"
            return Refusal("This case is in no urgent lane.", remedy=f"Lanes of this workflow: {lanes}.")
        if not because:
            return Refusal("Leaving an urgent lane asks for a reason.", remedy="Give it with --because.")
        return happened(LaneSet("", because, context.calendar.version), context.today)
    lane = context.definition.lanes.get(command.lane)
    if lane is None:
        remedy = did_you_mean(command.lane, context.definition.lanes)
        return Refusal(f"this workflow has no lane {command.lane!r}.", remedy=remedy)
    if because not in lane.when:
        return Refusal(f"{because!r} is not a trigger of this lane.", remedy=did_you_mean(because, lane.when))
    targets = {
        name: context.calendar.due(case.runs[name].started, span)
        for name, span in lane.expect.items()
        if name in case.runs and case.runs[name].ended is None
    }
    return happened(LaneSet(lane.name, because, context.calendar.version, targets), context.today)


def start_waiting(case: Case, command: StartWaiting, context: Context) -> Decision:
    if not context.has_part(case):
        return no_part(case)
    on_whom, what = line(command.on_whom), line(command.what)
    if not on_whom or not what:
        raise CaseReviewError("waiting is on someone, for something", remedy="Give --on WHOM and --for WHAT.")
    return happened(WaitingStarted(on_whom, what), context.day(command.since, "the day the waiting began"))


def end_waiting(case: Case, command: EndWaiting, context: Context) -> Decision:
    if not context.has_part(case):
        return no_part(case)
    waiting = case.waiting.get(str(command.number))
    if waiting is None:
        known = ", ".join(case.waiting) or "none"
        return Refusal(f"there is no waiting {command.number}.", remedy=f"Still waiting: {known}.")
    on = context.day(command.on, "the day the waiting ended")
    if on < waiting.since:
        raise CaseReviewError("waiting cannot end before it began", remedy=f"It began on {waiting.since}.")
    return happened(WaitingEnded(command.number, note(command.note)), on)
