"""The morning list: what an open case asks of one person on a day, from the folded case alone, never stored.

`day` is on or after the last fact folded in; for an earlier day, fold the journal as it stood then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from casereview.case import Run
from casereview.oversight.figures.overseen import waits_for
from casereview.oversight.matter import KINDS, RISES, RULES, Matter, Question, Rules, is_of_a_child
from casereview.oversight.morning_family import about_family
from casereview.review_routes import review_kind
from casereview.rows import rank
from casereview.standing import (
    ACTION,
    AHEAD,
    FAMILY,
    MANAGER,
    Judged,
    in_words,
    judge,
    lacking_on,
    live_until,
    must_be_told,
)
from workflows.definition import Expectation

LOOK_AGAIN = timedelta(days=7)  # calendar days: a justification is spoken of in the week before it ends


def questions(matter: Matter, day: date, rules: Rules = RULES, *, risen: bool = False) -> list[Question]:
    """Everything the case asks of this person on a day, in the order of KINDS; or only what shows one level up."""
    if matter.case.closed is not None or not matter.concerns:
        return []
    found: list[Question] = []
    running = list(_running(matter, day))
    for expectation, run, judged in running:
        if not is_quiet(matter, expectation, run, judged, day):
            found += _about_time(matter, expectation, run, judged, day, rules)
    found += [*about_family(matter, day, rules), *_sign_off(matter, day)]
    if risen:
        found = [one for one in found if rises(one, rules)]
        return list(in_order(found)) if len(found) > 1 else found
    found += _silence(matter, running, day, rules.silent_after)
    return list(in_order(found)) if len(found) > 1 else found


def in_order(found: Iterable[Question]) -> tuple[Question, ...]:
    """Questions of many cases: by kind, then the longest waiting or longest promised first."""
    order = list(KINDS)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.on, one.case)))


def is_quiet(matter: Matter, expectation: Expectation, run: Run, judged: Judged, day: date) -> bool:
    """Justified, and not yet in the week before the manager looks again; what is urgent or set by law never is."""
    if judged.standing != "longer_justified":
        return False
    case = matter.case
    until = live_until(run, case, expectation.justified, matter.calendar)
    urgent = (case.lane is not None and expectation.name in case.lane.targets) or run.statutory is not None
    return until is not None and until > day + LOOK_AGAIN and not urgent


def _running(matter: Matter, day: date) -> Iterator[tuple[Expectation, Run, Judged]]:
    """The expectations on the register that still run."""
    for expectation in matter.definition.expectations.values():
        run = matter.case.runs.get(expectation.name)
        if expectation.shown_only or run is None or run.ended is not None:
            continue
        judged = judge(matter.case, expectation, matter.calendar, day)
        if judged is not None:
            yield expectation, run, judged


# ---- about the time of one expectation -----------------------------------------------------------------------
def _about_time(
    matter: Matter, expectation: Expectation, run: Run, judged: Judged, day: date, rules: Rules
) -> Iterator[Question]:
    yield from _reason(matter, expectation, run, day)
    yield from _justification(matter, expectation, run, judged, day)
    yield from _checkpoint(matter, expectation, run, day, rules)
    yield from _urgent(matter, expectation, run, day)
    yield from _legal(matter, expectation, run, day)
    if expectation.agreed and run.agreed is None and run.indicative is None and matter.oversees:
        says = f"By when is “{expectation.title}” for this child or review? No date is agreed yet."
        command = f"agree-date CASE DATE{_named(matter, expectation)}"
        yield matter.ask("date", says, command, day, since=run.started, about=expectation)


def _named(matter: Matter, expectation: Expectation) -> str:
    main = matter.definition.main_expectation()
    return "" if main is expectation else f" --expectation {expectation.name}"


def _reason(matter: Matter, expectation: Expectation, run: Run, day: date) -> Iterator[Question]:
    """The newest reason, while nobody has answered it; or the manager's wish to hear more, for whoever works."""
    reason, answer = run.reason, run.answer
    if reason is None or reason.group == "none found":
        return
    named = _named(matter, expectation)
    if answer is None or answer.entry < reason.entry:
        if matter.may_answer(reason, day):
            code = matter.definition.reasons.get(reason.code)
            asks = f" It proposes {reason.proposed}." if reason.proposed else ""
            says = f"A reason is given ({code.title if code else reason.code}).{asks} Do you agree, and until when?"
            command = f"answer CASE --agree-until DATE{named}"
            yield matter.ask("reason", says, command, day, since=reason.on, about=expectation)
    elif answer.decision == "tell me more" and matter.person in (matter.case.worker, reason.by):
        says = "Your manager asks you to say more about why it takes longer."
        command = f"reason CASE {reason.code} --text … --effect …{named}"
        yield matter.ask("reason", says, command, day, since=answer.on, about=expectation)


def _justification(
    matter: Matter, expectation: Expectation, run: Run, judged: Judged, day: date
) -> Iterator[Question]:
    """From the week before it ends; only where the work is, or will then be, beyond its date."""
    rule, answer, after = expectation.justified, run.answer, judged.beyond_after
    if after is None or answer is None or answer.decision != "agreed" or not matter.in_hand:
        return
    until = live_until(run, matter.case, rule, matter.calendar)
    if until is None or until > day + LOOK_AGAIN or max(day, until) <= after:
        return
    lapsed = until <= day
    lacks = lacking_on(run, matter.case, rule, matter.calendar, day if lapsed else until)
    wanted = "; ".join(in_words(one, rule) for one in lacks)
    command = _renewal(matter, expectation, run, lacks, day)
    if lapsed:
        since = until if until > date.min else answer.on
        says = f"Agreed, but it does not hold: it needs {wanted}."
        yield matter.ask("justification", says, command, day, since=since, about=expectation)
    else:
        says = f"Agreed until {until}. To go on, it needs {wanted}."
        yield matter.ask("justification", says, command, day, by=until, about=expectation)


def _renewal(matter: Matter, expectation: Expectation, run: Run, lacks: tuple[str, ...], day: date) -> str:
    """The command that mends what is lacking first: the manager's word, then the family, then the child."""
    if lacks and not set(lacks) & {AHEAD, MANAGER, ACTION}:
        telling = "--kind 'delay explained'" if must_be_told(matter.case) else "--add LABEL"
        return f"tell CASE {telling}" if FAMILY in lacks else "seen CASE"
    if matter.may_answer(run.reason, day) and ACTION not in lacks:
        return f"answer CASE --agree-until DATE{_named(matter, expectation)}"
    code = run.reason.code if run.reason else "CODE"
    return f"reason CASE {code} --text … --effect …{_named(matter, expectation)}"


def _checkpoint(matter: Matter, expectation: Expectation, run: Run, day: date, rules: Rules) -> Iterator[Question]:
    """The next planned look, for those who may record it."""
    if not run.checkpoints or run.checkpoints[0] > matter.calendar.add_working_days(day, rules.ahead):
        return
    planned, name = run.checkpoints[0], expectation.checkpoint_record
    kind = matter.definition.records.get(name)
    if not (matter.roles & set(kind.by) if kind else matter.in_hand):
        return
    what = kind.title if kind else "Seeing the child"
    when = f"was planned for {planned} and is not recorded" if planned < day else f"is planned for {planned}"
    command = f"record CASE {name}" if kind else "seen CASE"
    if kind is not None and kind == review_kind(matter.definition):
        command = "review CASE --outcome OUTCOME --known … --text …"
    yield matter.ask("checkpoint", f"“{what}” {when}. How is it going?", command, day, by=planned, about=expectation)


def _urgent(matter: Matter, expectation: Expectation, run: Run, day: date) -> Iterator[Question]:
    """From half the days between the start of the work and its target on."""
    lane = matter.case.lane
    target = lane.targets.get(expectation.name) if lane else None
    if target is None or not matter.in_hand or 2 * (day - run.started) < target - run.started:
        return
    gone = f"its target, {target}, has passed" if target < day else f"half the time to its target, {target}, has gone"
    says = f"Urgent, and {gone}. What does the next step need?"
    yield matter.ask("urgent", says, "why CASE", day, by=target, about=expectation)


def _legal(matter: Matter, expectation: Expectation, run: Run, day: date) -> Iterator[Question]:
    """A time set by law or statutory guidance, from half its days on; past it the work goes on as before."""
    limit = run.statutory
    if limit is None or not matter.in_hand or 2 * (day - run.started) < limit - run.started:
        return
    gone = f"its day, {limit}, has passed" if limit < day else f"half the time to {limit} has gone"
    says = f"“{expectation.title}” has a time set by law, and {gone}. What is in the way, and who should know?"
    yield matter.ask("legal", says, "why CASE", day, by=limit, about=expectation)


# ---- about the case ------------------------------------------------------------------------------------------
def _sign_off(matter: Matter, day: date) -> Iterator[Question]:
    """The case stands where nobody can take it on but whoever holds an office or oversees it, as this person."""
    definition, ways = matter.definition, matter.ways_on
    mine = matter.roles & waits_for(definition, matter.case.main.stage)
    if not ways or not all(mine & set(step.by) for step in ways):
        return
    stage = definition.stages[matter.case.main.stage]
    waited = matter.calendar.working_days(matter.case.main.since, day)
    queue = f" Waiting with you: {waited} working day{'' if waited == 1 else 's'}, none of them the worker's."
    says = f"It is at “{stage.title}”, and the way on is yours: {' or '.join(f'“{s.title}”' for s in ways)}.{queue}"
    on = [step for step in ways if not step.loop]
    command = f"step CASE {on[0].name}{' --reason …' if on[0].asks_reason else ''}" if len(on) == 1 else "why CASE"
    yield matter.ask("sign-off", says, command, day, since=matter.case.main.since)


def _silence(
    matter: Matter, running: list[tuple[Expectation, Run, Judged]], day: date, silent_after: int
) -> Iterator[Question]:
    """Drift: nothing purposeful was recorded. A manager's look, a new name or a list put in order does not end it."""
    last = matter.case.purpose_on or matter.case.main.since  # what was read in begins with the day it came
    if not matter.in_hand or matter.calendar.working_days(last, day) < silent_after:
        return
    if running and is_quiet(matter, *min(running, key=lambda one: rank(one[2].standing)), day):
        return
    asks = "How is the child, and what happens next?" if is_of_a_child(matter.definition) else "What happens next?"
    says = f"Nothing that was done is recorded since {last}. {asks}"
    yield matter.ask("silence", says, "show CASE", day, since=last)


def rises(one: Question, rules: Rules) -> bool:
    """Whether a question to somebody has waited so long that it shows one level up too."""
    return one.kind in RISES and one.days >= rules.unanswered_after
