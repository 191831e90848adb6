"""What each act asks, and what can be chosen on a case: the parts `acts` puts into its table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casereview import commands as c
from casereview.events import CONFLICT_KINDS
from casereview.service.reading import CaseView
from tui.screens.asks import Ask, Known, Pairs, pairs
from tui.screens.picking import Choice

Asks = Callable[[CaseView, Known, str], tuple[Ask, ...]]


def plain(*asked: Ask) -> Asks:
    """The same questions on every case."""
    return lambda view, known, picked: asked


# ---- what can be chosen on a case ------------------------------------------------------------------------------
def expectations(view: CaseView) -> Pairs:
    seen = [e for e in view.expectations if not e.expectation.shown_only]
    main = view.definition.main_expectation()
    seen.sort(key=lambda e: main is None or e.expectation.name != main.name)
    return tuple((e.expectation.title, e.expectation.name) for e in seen)


def about(view: CaseView) -> tuple[Ask, ...]:
    """Which time it is about: asked only where there are several."""
    known = expectations(view)
    return (Ask("expectation", "About which time?", "choice", options=known, start=known[0][1]),) if known[1:] else ()


def roles(view: CaseView) -> Pairs:
    return tuple((role.title, role.name) for role in view.definition.roles.values())


def roster(view: CaseView) -> Pairs:
    return tuple((one.label, key) for key, one in view.case.roster.items())


def reason_choices(view: CaseView, known: Known) -> list[Choice]:
    return [Choice(r.code, r.title, r.group) for r in view.definition.reasons.values()]


def owned() -> tuple[Ask, ...]:
    return (
        Ask("action", "What is being done about it?"),
        Ask("action_owner", "Who sees to it?"),
        Ask("action_due", "By when?", "date", length="today"),
    )


def profiles(view: CaseView, known: Known) -> list[Choice]:
    found = [Choice(label, title, label) for title, label in known.profiles]
    return [*found, Choice("none", "No profile", "the workflow's own times")]


# ---- what each act asks ----------------------------------------------------------------------------------------
def reason(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    code = view.definition.reasons[picked]
    return (
        Ask("text", code.asks or "What is the reason, in your own words?", "long"),
        Ask("effect", "What does it mean for the child?", "long"),
        Ask("proposed", "Which new date do you propose?", "date", length="today"),
        *(owned() if code.group == "only with an owned action" else ()),
        *about(view),
    )


def answer(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    if picked == "agreed":
        says = "a day still ahead; agreement ends there"
        until = Ask("until", "Look again on", "date", required=True, says=says, length="today")
        return (until, Ask("text", "Your words", "long"), *about(view))
    ask = "What should happen instead?" if picked == "not agreed" else "What do you need to know?"
    return (Ask("text", ask, "long", required=True), *about(view))


def answers(view: CaseView, known: Known) -> list[Choice]:
    return [
        Choice("agreed", "Agree, until a day", "it shows as justified while everything it rests on holds"),
        Choice("not agreed", "Not agreed", "it shows as of concern, with what should happen"),
        Choice("tell me more", "Tell me more", "it goes back to the worker"),
    ]


def agree(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    reasons = tuple((f"{r.code}  {r.title}", r.code) for r in view.definition.reasons.values() if r.can_be_agreed)
    return (
        Ask("agreed", "Which date is agreed for this child or review?", "date", required=True, length="start"),
        Ask("text", "Why this date?", "long", says="needed when it is later than usual"),
        Ask("code", "Which reason, when it is later than usual?", "choice", options=reasons),
        *owned(),
        *about(view),
    )


def lanes(view: CaseView, known: Known) -> list[Choice]:
    lanes = [Choice(lane.name, lane.title) for lane in view.definition.lanes.values()]
    return [*lanes, Choice("", "Leave the urgent lane")] if view.case.lane else lanes


def lane(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    if not picked:
        return (Ask("because", "Why is it no longer urgent?", required=True),)
    triggers = pairs(view.definition.lanes[picked].when)
    return (Ask("because", "What makes it urgent?", "choice", required=True, options=triggers),)


def tell(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    return (
        Ask("people", "Whom?", "choices", options=roster(view), says="nobody ticked: everyone who must be told"),
        Ask("said", "What did they say?", "long"),
        Ask("text", "What were they told?", "long"),
        Ask("promised_on", "When is more news promised?", "date", length="today"),
        Ask("on", "On which day?", "date", says="today when left empty"),
        Ask("method", "How?", says="in person, by telephone, in writing"),
        Ask("language", "In which language, or with which advocate?"),
    )


def listed(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    return (
        Ask("person", "A short name", required=True, says="such as mother; one known already is changed"),
        Ask("label", "As people read it"),
        Ask("relation", "Who they are to the child"),
        Ask("parental_responsibility", "Parental responsibility?", "yes-no"),
        Ask("must_be_told", "Must they be told?", "yes-no"),
        Ask("referrer", "Is this the person who referred?", "yes-no"),
        Ask("language", "Language"),
        Ask("advocate", "Advocate"),
    )


def seen(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    return (
        Ask("on", "On which day?", "date", says="today when left empty"),
        Ask("alone", "Alone?", "yes-no"),
        Ask("with_whom", "Who else was there?"),
        Ask("where", "Where?"),
        Ask("note", "Anything to note", "long"),
        Ask("by", "By whom?", "choice", options=known.people, says="you, when left empty"),
    )


def assign(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    return (
        Ask("worker", "To whom?", "choice", options=known.people),
        Ask("team", "To which team?", "choice", options=known.teams),
        Ask("note", "A note", "long", says="what the child and family are told of the change"),
    )


def appoint(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    return (
        Ask("person", "Whom?", "choice", required=True, options=known.people),
        Ask("role", "As what?", "choice", required=True, options=roles(view)),
        Ask("until", "Until", "date"),
    )


def conflict(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    decisions: Pairs = (
        ("declare it", "declared"), ("decided: accept", "accept"), ("decided: keep away", "restrict"),
        ("decided: someone else takes over", "replace"),
    )  # fmt: skip
    return (
        Ask("person", "Whose?", "choice", required=True, options=known.people),
        Ask("interest", "Which kind?", "choice", required=True, options=pairs(CONFLICT_KINDS)),
        Ask("role", "As what in this case?", "choice", options=roles(view)),
        Ask("decision", "What is recorded?", "choice", options=decisions, start="declared"),
        Ask("text", "In words", "long"),
    )


def people_ask(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    return (
        Ask("reason", "Why?", "long", required=True),
        Ask("people", "Who may know of it, besides you?", "choices", options=known.people),
    )


def admit(view: CaseView, known: Known, picked: str) -> tuple[Ask, ...]:
    return (Ask("person", "Whom?", "choice", required=True, options=known.people), WHY)


def appointments(view: CaseView, known: Known) -> list[Choice]:
    held = [a for a in view.case.appointments if not a.ended]
    titles = {name: title for title, name in roles(view)}
    return [Choice(f"{a.person}\n{a.role}", view.names.person(a.person), titles.get(a.role, a.role)) for a in held]


def end_appointment(pair: str, reason: str = "") -> c.Command:
    person, _, role = pair.partition("\n")
    return c.EndAppointment(person, role, reason)


def waits(view: CaseView, known: Known) -> list[Choice]:
    return [Choice(number, f"{w.on_whom}: {w.what}") for number, w in view.case.waiting.items()]


def end_waiting(number: str, **given: Any) -> c.Command:
    return c.EndWaiting(int(number), **given)


def unmet(view: CaseView, known: Known) -> list[Choice]:
    """What may be set aside: expected, not met, of any step open now."""
    return [
        Choice(f"{s.step.name}\n{a.requirement}", a.says, f"for “{s.step.title}”")
        for s in view.steps
        for a in s.asked
        if a.strength == "expected" and not a.met and not a.set_aside
    ]


def set_aside(pair: str, reason: str) -> c.Command:
    step, _, requirement = pair.partition("\n")
    return c.SetRequirementAside(requirement, reason, step)


def admitted(view: CaseView, known: Known) -> list[Choice]:
    return [Choice(person, view.names.person(person)) for person in view.case.admitted]


WHY = Ask("reason", "Why?", "long", required=True)
NONE = plain()
