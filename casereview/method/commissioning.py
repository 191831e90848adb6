"""How a review came to be and who holds it: referral, criteria, ways to learn, decision, scope, people; part by part.

What is missing is shown as missing, and no part waits for another: steps ask for what they need.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from casereview.case import Appointment
from casereview.method.lines import counted, day_words, span_words
from casereview.method.review import Rec, Review
from casereview.method.reviewers import LEADING, SUPERVISING, Reviewer

CONFLICTS = "Conflicts of interest"
# Part, the kind of record it is written down in ("" for what is no record), and what to write where it is empty.
PARTS = (
    ("Referral", "referral", "what happened, who referred it and when"),
    ("Criteria", "criterion", "each criterion that was looked at: met or not, and by what that is judged"),
    ("Recommendation", "recommendation", "what is recommended to the chair, with reasons"),
    ("Ways to learn", "learning-option", "the models and options weighed, what each would take, and why this one"),
    ("Challenge from outside", "peer-challenge", "whoever outside the board was asked to question the decision"),
    ("Dispensation", "dispensation", "from whom, from which requirement, until when; where one was needed"),
    ("Decision", "review-decision", "what the chair decides and on what grounds, also when it is no"),
    ("Scope", "scope", "why this case, which questions about the system, how full and why that is in proportion"),
    ("Reviewers proposed", "reviewer-proposal", "whom the register of reviewers offers, and why this person"),
    ("Roles", "", "who leads, who supervises, who is on the review team: appoint them"),
    (CONFLICTS, "", "nobody has declared one"),
)
TEAM = ("lead-reviewer", "supervisor", "review-team", "champion", "agency-link", "case-group")


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of a part. `notice`: something to look at. `detail`: (question, answer) for whoever opens it.

    kind   the kind of record that is added in this part; "" where it is done by an act
    rec    the record it stands for; None where it is none, or where nothing is there yet
    empty  nothing is there yet: `what` says what would be
    """

    part: str
    kind: str
    what: str
    state: str = ""
    rec: int | None = None
    notice: bool = False
    empty: bool = False
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Declared:
    """A conflict of interest as it now stands. `decided_by` is "" while nobody has decided."""

    person: str
    name: str
    role: str
    interest: str
    on: date
    said: str
    decision: str = "declared"
    decided_by: str = ""
    decided_on: date | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Those who are around a review, by id."""

    names: Mapping[str, str]
    register: Mapping[str, Reviewer]
    in_hand: Mapping[str, int]
    declared: tuple[Declared, ...]


def rows(review: Review, people: People, today: date) -> tuple[Row, ...]:
    """Everything there is, in the order of PARTS; a part of which nothing is written has one row that says so.

    Parts whose kind of record the workflow does not have are left out.
    """
    found: list[Row] = []
    for part, kind, wanted in PARTS:
        if kind and kind not in review.definition.records:
            continue
        there = list(_rows(part, kind, review, people, today))
        withheld = review.withheld.get(kind, 0)
        if withheld:
            there.append(Row(part, kind, f"{withheld} not yours to read", "kept to others", empty=True))
        missing = "none" if part == CONFLICTS else "not written down yet" if kind else "nobody yet"
        found += there or [Row(part, kind, wanted, missing, empty=True)]
    return tuple(found)


def _rows(part: str, kind: str, review: Review, people: People, today: date) -> Iterator[Row]:
    if part == "Roles":
        yield from _roles(review, people, today)
    elif part == CONFLICTS:
        yield from _conflicts(people)
    else:
        for rec in review.of(kind):
            what, state, notice = _SAID[kind](rec, review, people, today)
            yield Row(part, kind, what, state, rec.number, notice, detail=_asked(rec, review))


def _asked(rec: Rec, review: Review) -> tuple[tuple[str, str], ...]:
    fields = review.definition.records[rec.kind].fields.values()
    return tuple((f.ask, rec.text(f.name)) for f in fields if rec.text(f.name))


Said = tuple[str, str, bool]  # what it is, how it stands, whether it is something to look at


def _on(rec: Rec, field: str) -> str:
    return day_words(rec.day(field), "")


def _joined(*words: str) -> str:
    return "; ".join(word.rstrip(".") for word in words if word)


def _referral(rec: Rec, review: Review, people: People, today: date) -> Said:
    safety = rec.text("safety_now")
    said = f"{rec.text('referred_by')}: {rec.text('what_happened')}"
    return said, _joined(_on(rec, "received_on"), "" if safety else "safety now is not said"), not safety


def _criterion(rec: Rec, review: Review, people: People, today: date) -> Said:
    guidance = f" ({rec.text('guidance')})" if rec.text("guidance") else ""
    met = rec.text("met")
    return f"{rec.text('criterion')}{guidance}: {rec.text('because')}", met, met == "not clear yet"


def _recommendation(rec: Rec, review: Review, people: People, today: date) -> Said:
    return f"{rec.text('recommended')}: {rec.text('reasons')}", _on(rec, "recommended_on"), False


def _way(rec: Rec, review: Review, people: People, today: date) -> Said:
    how = f", {rec.text('option')}" if rec.text("option") else ""
    why = rec.text("why")
    said = f"{rec.text('way')}{how} (effort: {rec.text('effort')}){': ' + why if why else ''}"
    chosen = rec.text("chosen")
    return said, chosen if why or chosen != "chosen" else f"{chosen}; why is not said", chosen == "chosen" and not why


def _challenge(rec: Rec, review: Review, people: People, today: date) -> Said:
    answered = rec.text("answer")
    state = "answered" if answered else "asked"
    return f"{rec.text('asked_of')}: {answered or rec.text('question')}", state, not answered


def _dispensation(rec: Rec, review: Review, people: People, today: date) -> Said:
    state, until = rec.text("state"), rec.day("until")
    over = state == "granted" and until is not None and until < today
    ends = f" until {day_words(until)}" if until and state == "granted" else ""
    said = f"from {rec.text('requirement')}, asked of {rec.text('from_whom')}"
    notice = over or (state == "granted" and until is None)
    words = f"{state}{ends}{', which is past' if over else ''}"
    return said, words if until or state != "granted" else f"{state}; until when is not said", notice


def _decision(rec: Rec, review: Review, people: People, today: date) -> Said:
    no = rec.text("outcome") in ("no review", "learning by another route")
    instead = rec.text("other_learning")
    said = f"{rec.text('outcome')}: {rec.text('reasons')}"
    said = f"{said.rstrip('.')}. Instead: {instead}" if instead else said
    unsaid = no and not instead
    return said, _joined(_on(rec, "decided_on"), "how will be learned instead is not said" if unsaid else ""), unsaid


def _scope(rec: Rec, review: Review, people: People, today: date) -> Said:
    option = review.definition.option(rec.text("option"))
    why = rec.text("why_proportionate")
    how = option.title if option else rec.text("option")
    questions = len(rec.many("questions"))
    said = _joined(
        f"{how}: {why}" if how else "", counted(questions, "question"), rec.text("why_this_case"),
        span_words(rec.day("period_from"), rec.day("period_to")) if rec.day("period_from") else "",
    )  # fmt: skip
    missing = [] if why or not how else ["why that is in proportion is not said"]
    missing += [] if rec.yes("conflicts_considered") else ["conflicts not looked at yet"]
    return said, _joined(_on(rec, "agreed_on"), *missing), bool(missing)


def _proposal(rec: Rec, review: Review, people: People, today: date) -> Said:
    said_as = rec.text("reviewer")
    person = next((p for p in people.register if said_as.casefold() in (p, people.names[p].casefold())), said_as)
    known = people.register.get(person)
    name = people.names.get(person, person)
    hand = f"{people.in_hand.get(person, 0)} in hand"
    state = known.state if known else "not in the register"
    said = f"{name} ({state}, {hand}) for {rec.text('for_what')}: {rec.text('why')}"
    tie = rec.text("independence")
    notice = known is None or tie != "independent of both"
    return said, _joined(rec.text("state"), "" if tie == "independent of both" else tie), notice


_SAID = {
    "referral": _referral, "criterion": _criterion, "recommendation": _recommendation, "learning-option": _way,
    "peer-challenge": _challenge, "dispensation": _dispensation, "review-decision": _decision, "scope": _scope,
    "reviewer-proposal": _proposal,
}  # fmt: skip


# ---- people ----------------------------------------------------------------------------------------------------
def _roles(review: Review, people: People, today: date) -> Iterator[Row]:
    roles = review.definition.roles
    order = [*(r for r in TEAM if r in roles), *(r for r in roles if r not in TEAM)]
    live = [a for a in review.case.appointments if not a.ended and (a.until is None or today < a.until)]
    scope = review.newest("scope")
    agencies = scope.many("agencies_in") if scope else ()
    for role in order:
        for held in (a for a in live if a.role == role):
            title, name = roles[role].title, people.names.get(held.person, held.person)
            state, notice = standing(held, people, agencies)
            yield Row("Roles", "", f"{title}: {name}", state, notice=notice, detail=_person(held, people))


def standing(held: Appointment, people: People, agencies: Iterable[str]) -> tuple[str, bool]:
    """Accreditation and independence of whoever leads or supervises; of the others only what was declared."""
    declared = next((d for d in people.declared if d.person == held.person), None)
    said = [f"{declared.interest}: {declared.decision}"] if declared else []
    notice = declared is not None and declared.decision != "accept"
    if held.role in (LEADING, SUPERVISING):
        known = people.register.get(held.person)
        ties = known.ties(agencies) if known else ()
        said = [known.state if known else "not in the register", *(f"works for {tie}" for tie in ties), *said]
        notice = notice or known is None or known.state != "accredited" or bool(ties)
    return "; ".join(said), notice


def _person(held: Appointment, people: People) -> tuple[tuple[str, str], ...]:
    known = people.register.get(held.person)
    said = [("Since", day_words(held.since))]
    if held.until:
        said.append(("Until", day_words(held.until)))
    if known is not None:
        facts = (
            ("Accreditation", _joined(known.state, day_words(known.accredited_on, ""), known.accredited_by)),
            ("Training", known.training), ("Supervision", _joined(known.supervision, known.supervised_by)),
            ("Answers to", known.accountable), ("Works or worked for", ", ".join(known.works_for)),
            ("In hand", f"{people.in_hand.get(held.person, 0)} open reviews"),
        )  # fmt: skip
        said += [(what, text) for what, text in facts if text]
    return tuple(said)


def _conflicts(people: People) -> Iterator[Row]:
    for one in people.declared:
        role = f", {one.role}" if one.role else ""
        decided = f", by {one.decided_by}, {day_words(one.decided_on)}" if one.decided_by else ""
        detail = (("Declared", day_words(one.on)), ("In words", one.said), ("Decided because", one.because))
        yield Row(
            CONFLICTS, "", f"{one.name}{role}: {one.interest}", f"{one.decision}{decided}",
            notice=one.decision == "declared", detail=tuple((q, a) for q, a in detail if a),
        )  # fmt: skip
