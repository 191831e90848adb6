"""The whole story of a row of the register in lines: why it takes long, who said what, and what the family was told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casereview.case import Answer, Listed, Reason
from casereview.service.reading import CaseView, ExpectationView
from casereview.views import RANK
from casereview.words import promised_words, standing_word


@dataclass(frozen=True, slots=True)
class Line:
    """One thing told. `missing`: something is not there that should be. `quoted`: somebody's own words, as they are."""

    about: str
    says: str
    missing: bool = False
    quoted: bool = False


def by_concern(view: CaseView) -> list[ExpectationView]:
    """The times of a case, those on the register first, most concern first."""
    return sorted(view.expectations, key=lambda one: (one.expectation.shown_only, RANK[one.standing]))


def told_of(view: CaseView, expectation: str = "") -> ExpectationView | None:
    """The time a story is about: the one named, or the one of most concern; None where there is none."""
    seen = by_concern(view)
    return next((one for one in seen if one.expectation.name == expectation), seen[0] if seen else None)


def story_of(view: CaseView, expectation: str = "") -> list[Line]:
    """Everything a manager needs for an answer, about one time (or the one of most concern)."""
    one = told_of(view, expectation)
    lines = list(_of_time(view, one)) if one is not None else []
    return [*lines, *_family(view), *_waiting(view), *_seen(view), *_last(view)]


# ---- the time ------------------------------------------------------------------------------------------------
def _of_time(view: CaseView, one: ExpectationView) -> Iterator[Line]:
    run, word = one.run, standing_word(one.standing)
    yield Line("standing", f"{word.words}. {word.means}")
    ended = f", finished {run.ended}" if run.ended else ""
    beyond = f", {one.beyond} beyond" if one.beyond else ""
    yield Line("time", f"{one.expectation.title}: began {run.started}{ended}: {one.working_days} working days{beyond}")
    yield _dates(one)
    yield from _checkpoints(view, one)
    if run.reason is not None:
        yield from _reasons(view, one)
    elif one.beyond and run.ended is None:
        yield Line("why", "nobody has said yet", missing=True)
    if run.answer is not None:
        yield from _answer(view, one, run.answer)
    elif run.reason is not None and run.ended is None:
        yield Line("manager", "has not answered yet", missing=True)
    if one.warning:
        yield Line("dates", one.warning)


def _dates(one: ExpectationView) -> Line:
    run, parts = one.run, []
    if one.target:
        parts.append(f"urgent, by {one.target}")
    if run.statutory:
        parts.append(f"set by law: {run.statutory}")
    parts.append(f"usual by {run.indicative}" if run.indicative else "no indicative time")
    if run.agreed is None:
        parts.append("no date agreed")
    else:
        times = "once" if run.agreed_changes == 1 else f"{run.agreed_changes} times"
        changed = f" (first {run.agreed_first}, changed {times})" if run.agreed_changes else ""
        parts.append(f"agreed for {run.agreed}{changed}")
    return Line("dates", "; ".join(parts), missing=run.agreed is None and run.indicative is None)


def _checkpoints(view: CaseView, one: ExpectationView) -> Iterator[Line]:
    """Looks together held, held late and missed; and the next one."""
    run = one.run
    missed = [day for day in run.checkpoints if day < view.day] if run.ended is None else []
    ahead = [day for day in run.checkpoints if day >= view.day] if run.ended is None else []
    parts = [f"{run.held} held, {run.late} of them late"] if run.held else []
    parts += [f"missed: {', '.join(map(str, missed))}"] if missed else []
    parts += [f"next on {ahead[0]}"] if ahead else []
    if parts:
        yield Line("looks together", "; ".join(parts), missing=bool(missed))


def _reasons(view: CaseView, one: ExpectationView) -> Iterator[Line]:
    from casereview.project import reason_shown

    run = one.run
    shown = reason_shown(run)
    assert shown is not None  # a run that has a reason shows one
    yield from _reason(view, shown, "why")
    if run.reason is not None and run.reason is not shown:
        yield from _reason(view, run.reason, "newer reason, not answered")


def _reason(view: CaseView, reason: Reason, about: str) -> Iterator[Line]:
    code = view.definition.reasons.get(reason.code)
    title = code.title if code else reason.code
    yield Line(about, f"{title} ({reason.code}, {reason.group}), {view.names.person(reason.by)} on {reason.on}")
    if reason.text:
        yield Line("in their words", reason.text, quoted=True)
    of_child = view.definition.kind == "assessment"
    if reason.effect or of_child:
        yield Line("effect on the child", reason.effect or "not said", missing=not reason.effect, quoted=True)
    if reason.action:
        due = f", by {reason.action_due}" if reason.action_due else ""
        yield Line("action", f"{reason.action} ({reason.action_owner or 'nobody named'}{due})")
    if reason.proposed:
        yield Line("asks for", str(reason.proposed))


def _answer(view: CaseView, one: ExpectationView, answer: Answer) -> Iterator[Line]:
    until = f", look again on {answer.until}" if answer.until else ""
    yield Line("manager", f"{answer.decision}, {view.names.person(answer.by)} on {answer.on}{until}")
    if answer.text:
        yield Line("manager's words", answer.text, quoted=True)
    if answer.decision == "agreed" and one.run.ended is None:
        if one.missing:
            yield Line("no longer there", "; ".join(one.missing), missing=True)
        elif one.live_until is not None:
            yield Line("holds", f"until {one.live_until}, then it lapses unless it is looked at again")


# ---- the family ----------------------------------------------------------------------------------------------
def _family(view: CaseView) -> Iterator[Line]:
    people = [one for one in view.case.roster.values() if one.must_be_told and not one.referrer]
    if not people:
        yield Line("family", "nobody is listed who must be told", missing=True)
    for one in people:
        says = f"{one.label}: {_told(one)}{promised_words(one.promised_on, view.day)}{_promises(one, view.day)}"
        late = one.promised_on is not None and one.promised_on < view.day
        yield Line("family", says, missing=late or (one.told_on is None and not one.excepted))


def _told(one: Listed) -> str:
    if one.told_on is not None:
        kinds = sorted(one.told.items(), key=lambda told: told[1])
        return "told " + ", ".join(f"{kind} on {day}" for kind, day in kinds)
    if one.excepted:
        until = f" until {one.excepted_until}" if one.excepted_until else ""
        return f"lawfully not told ({one.excepted}){until}"
    return "not told yet"


def _promises(one: Listed, day: date) -> str:
    """How promises of news were kept before."""
    broken = [p for p in one.promises if (p.kept_on or day) > p.by_day]
    kept = [p for p in one.promises if p.kept_on is not None and p.kept_on <= p.by_day]
    if not kept and not broken:
        return ""
    return f"; promises of news kept: {len(kept)}, broken or late: {len(broken)}"


# ---- waiting, and who was there last ---------------------------------------------------------------------------
def _waiting(view: CaseView) -> Iterator[Line]:
    for _, one in sorted(view.case.waiting.items(), key=lambda item: int(item[0])):
        yield Line("waiting", f"on {one.on_whom} for {one.what}, since {one.since}, {_days(one.since, view.day)}")
    for ended in view.case.waited:
        says = f"on {ended.on_whom} for {ended.what}, {ended.since} to {ended.until}, {_days(ended.since, ended.until)}"
        yield Line("waited", says)


def _days(since: date, until: date) -> str:
    number = max((until - since).days, 0)
    return f"{number} calendar day{'' if number == 1 else 's'}"


def _seen(view: CaseView) -> Iterator[Line]:
    if view.definition.kind == "assessment":
        seen = view.case.seen_on
        yield Line("child seen", f"last on {seen}" if seen else "not recorded as seen", missing=seen is None)


def _last(view: CaseView) -> Iterator[Line]:
    case = view.case
    if case.purpose_on is not None:
        kind = f" ({case.purpose_kind.replace('-', ' ')})" if case.purpose_kind else ""
        yield Line("last done", f"{case.purpose_on}{kind}, {_days(case.purpose_on, view.day)} ago")
    if case.looks:
        look = case.looks[-1]
        note = f": {look.note}" if look.note else ""
        yield Line("last looked at", f"{view.names.person(look.by)} on {look.on}{note}")
    else:
        yield Line("last looked at", "no manager has noted a look yet")
