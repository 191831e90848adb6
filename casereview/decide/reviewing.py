"""A checkpoint review in one act: what was found, and what its outcome means in this workflow, all of it or nothing."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

from casereview.case import Case
from casereview.commands import AddRecord, AgreeDate, Command, GiveReason, HoldReview, SeeChild, TakeStep, Tell
from casereview.decide import family, life, records, time
from casereview.decide.context import Context, Decision, Refusal, Unmet, note
from casereview.errors import CaseReviewError, did_you_mean
from casereview.events import ContactKind, Entry, Happening, RequirementSetAside, Values
from casereview.fold import apply
from casereview.fold.people import workers_on
from casereview.requirements import unmet
from casereview.review_routes import ENOUGH, OUTCOMES, Route, review_kind, route, word_of
from workflows.definition import RecordKind, Step

NEVER = datetime(1, 1, 1, tzinfo=UTC)  # a draft is folded and thrown away: nobody has recorded it


def hold_review(case: Case, command: HoldReview, context: Context) -> Decision:
    """The facts of a review, in order: sight of the child, the record, the new date, the family, the step.

    Each is decided by the rules it has on its own, on the case as the ones before leave it; whatever stands in the
    way of any of them is said at once (law 5), and then nothing is recorded.
    """
    context.ahead(command.agreed, command.next_review, command.promised_on)
    kind = review_kind(context.definition)
    if kind is None:
        remedy = f"The records it has: casereview record {case.ref}"
        return Refusal("This workflow has no checkpoint review that ends in an outcome.", remedy=remedy)
    if case.closed is not None:
        return Refusal("This case is closed: there is nothing left to review.")
    if command.outcome not in OUTCOMES:
        raise CaseReviewError(
            f"{command.outcome!r} is not an outcome of a review", remedy=did_you_mean(command.outcome, OUTCOMES)
        )
    if command.agreed is not None and command.outcome == ENOUGH:
        raise CaseReviewError("a new date goes with carrying on or changing direction", remedy="Leave out --date.")
    way = route(case, command, context.definition)
    if isinstance(way, str):
        return Refusal(way, remedy=f"What is open now: casereview why {case.ref}")
    draft = _Draft(deepcopy(case), context)
    _draw_up(draft, command, kind, way)
    return draft.decision()


def _draw_up(draft: _Draft, command: HoldReview, kind: RecordKind, way: Route) -> None:
    lacking = _lacking(command, way)
    if lacking is not None:
        draft.refusals.append(lacking)
    if command.seen_on is not None:
        draft.do(SeeChild(command.seen_on, "", command.seen_alone, "", command.seen_where))
    if way.before is not None:
        draft.do(TakeStep(way.before.name))
    written = _write(draft, command, kind, way)
    if command.agreed is not None:
        _date(draft, command)
    if command.contact:
        contact = cast(ContactKind, command.contact)  # its own rule says what is wrong with another word
        draft.do(Tell(contact, (), None, command.method, "", command.said, command.told, command.promised_on))
    if command.thought:
        _supervision(draft, command)
    if way.after is not None:
        _go_on(draft, command, way.after, kind if written else None, lacks_reason=lacking is not None)


def _lacking(command: HoldReview, way: Route) -> Refusal | None:
    """What no review can do without, by the names it has here."""
    found = []
    if not note(command.known):
        found.append("what is now understood (--known)")
    if not note(command.text) and (command.outcome != ENOUGH or (way.after is not None and way.after.loop)):
        found.append("why, and which question is still open (--text)")
    if not found:
        return None
    return Refusal(f"A review also says: {'; '.join(found)}.", remedy="In your own words; a line will do.")


def _write(draft: _Draft, command: HoldReview, kind: RecordKind, way: Route) -> bool:
    """The record of the review; False where it cannot be written yet."""
    case, context = draft.case, draft.context
    known = command.known if note(command.known) else "…"  # that it is missing is said already: what else is?
    held = command.held_on or context.today
    values: dict[str, Any] = {
        "held_on": held, "child_seen": _child_seen(case, kind.name, command), "known_now": known,
        "outcome": word_of(kind, command.outcome), "why": command.text, "direction": way.direction,
        "next_review": command.next_review,
    }  # fmt: skip
    kept: Values = {k: v for k, v in values.items() if k in kind.fields and v not in (None, "")}
    return draft.do(AddRecord(kind.name, kept, held))


def _child_seen(case: Case, kind: str, command: HoldReview) -> bool:
    """As said; else whether a sight of the child is recorded since the last review (the same day counts)."""
    if command.child_seen is not None:
        return command.child_seen
    tally = case.records.get(kind)
    last = tally.newest_on if tally is not None and tally.live else None
    return case.seen_on is not None and (last is None or case.seen_on >= last)


def _date(draft: _Draft, command: HoldReview) -> None:
    """The new date where this person may agree it; else the same as a proposal, for whoever may."""
    case, context = draft.case, draft.context
    main = context.definition.main_expectation()
    run = case.runs.get(main.name) if main is not None else None
    if run is not None and run.agreed == command.agreed:
        return  # carrying on to the date that stands
    owned = (command.action, command.action_owner, command.action_due)
    assert command.agreed is not None
    if context.oversees(case) and context.actor.id not in workers_on(case, context.today):
        draft.do(AgreeDate(command.agreed, command.text, command.code, "", *owned))
    elif not command.code:
        says = "A date that somebody else agrees is proposed with a reason."
        draft.refusals.append(Refusal(says, remedy=f"Give --reason CODE. The codes: casereview reason {case.ref}"))
    else:
        draft.do(GiveReason(command.code, command.text, command.effect, "", command.agreed, *owned))


def _supervision(draft: _Draft, command: HoldReview) -> None:
    kind = draft.context.definition.records.get("supervision")
    if kind is None:
        draft.refusals.append(Refusal("This workflow has no supervision note.", remedy="Leave out --supervision."))
        return
    values: dict[str, Any] = {
        "held_on": command.held_on or draft.context.today, "thought": command.thought,
        "agreed": list(command.tasks), "look_again": command.next_review,
    }  # fmt: skip
    kept = {k: v for k, v in values.items() if k in kind.fields and v not in (None, "", [])}
    draft.do(AddRecord(kind.name, kept, command.held_on))


def _go_on(draft: _Draft, command: HoldReview, step: Step, kind: RecordKind | None, *, lacks_reason: bool) -> None:
    """The step the outcome means, once what it still expects is let go where that was asked."""
    definition = draft.context.definition
    reason = note(command.set_aside)
    if reason:
        for asked in unmet(draft.case, step, definition):
            if asked.strength == "expected" and draft.context.oversees(draft.case):
                draft.land(Happening(RequirementSetAside(step.name, asked.requirement, reason), draft.context.today))
    decision = life.take_step(draft.case, TakeStep(step.name, command.text), draft.context)
    if not isinstance(decision, Refusal):
        draft.land(*decision)
        return
    told = {r.key for r in step.requirements if r.kind == "told"}
    dated = {r.key for r in step.requirements if r.kind == "has" and r.name == "agreed-date"}
    own = {r.key for r in step.requirements if kind is None and r.kind == "record" and _is_review(r.name, definition)}
    lines = tuple(
        _reworded(one, draft.case.ref, command.outcome, told, dated)
        for one in decision.unmet
        if one.requirement not in own and not (lacks_reason and one.requirement == "reason")
    )
    if lines or not decision.unmet:
        draft.refusals.append(replace(decision, unmet=lines))


def _is_review(name: str, definition: Any) -> bool:
    kind = review_kind(definition)
    return kind is not None and kind.name == name


def _reworded(one: Unmet, ref: str, outcome: str, told: set[str], dated: set[str]) -> Unmet:
    """What is missing can be given along with the review; on its own, before it, it would not count."""
    line = f"casereview review {ref} --outcome {outcome}"
    aside = f"{line} --set-aside …" if one.set_aside else ""
    if one.requirement in told:
        return replace(one, command=f"{line} --told 'new date'", set_aside=aside)
    if one.requirement in dated:
        return replace(one, command=f"{line} --date DATE", set_aside=aside)
    return replace(one, set_aside=aside)


@dataclass(slots=True)
class _Draft:
    """The case as the facts so far would leave it, and everything that stands in the way."""

    case: Case
    context: Context
    happenings: list[Happening] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    faults: list[CaseReviewError] = field(default_factory=list)

    def do(self, command: Command) -> bool:
        """Whether the facts of a command were drawn up; what stands against it is kept for the answer."""
        try:
            decision = _DECIDERS[type(command)](self.case, command, self.context)
        except CaseReviewError as fault:
            self.faults.append(fault)
            return False
        if isinstance(decision, Refusal):
            self.refusals.append(decision)
            return False
        self.land(*decision)
        return True

    def land(self, *happenings: Happening) -> None:
        for one in happenings:
            number, actor = self.case.number + 1, self.context.actor.id
            entry = Entry(0, self.case.id, number, one.on, NEVER, actor, one.event)
            apply(self.case, entry, self.context.definition)
            self.happenings.append(one)

    def decision(self) -> Decision:
        """All of it, or everything against it. Raises CaseReviewError where what was given cannot be read."""
        if self.faults:
            says = [fault.says for fault in self.faults] + [one.says for one in self.refusals]
            remedies = dict.fromkeys(str(fault.remedy) for fault in self.faults if fault.remedy)
            raise CaseReviewError("; ".join(says), where=self.faults[0].where, remedy=" ".join(remedies) or None)
        if not self.refusals:
            return tuple(self.happenings)
        if len(self.refusals) == 1:
            return self.refusals[0]
        ways = dict.fromkeys(one.remedy for one in self.refusals if one.remedy)
        lines = tuple(line for one in self.refusals for line in one.unmet)
        return Refusal(" ".join(one.says for one in self.refusals), lines, " ".join(ways))


_DECIDERS: dict[type[Command], Any] = {
    SeeChild: records.see_child, TakeStep: life.take_step, AddRecord: records.add_record,
    AgreeDate: time.agree_date, GiveReason: time.give_reason, Tell: family.tell,
}  # fmt: skip
