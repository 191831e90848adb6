"""A finding taken apart: what is answered, how firmly it stands, what it rests on, who can act, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casereview.method.lists import Lists, plain
from casereview.method.resting import Rests, rests_on
from casereview.method.review import Rec, Review

FINDING, EVIDENCE, POSITION, RESPONSE = "finding", "prevalence-evidence", "board-position", "board-response"
ACTION, IMPACT, PASSED_ON = "action", "impact", "passed-on"
RECOMMENDATION, TARGET = "system-recommendation", "measurable-target"  # of the profile of 2008
# The standard questions: each is answered before a finding is agreed. Their words are those of the workflow file.
QUESTIONS = ("manifested_in_case", "underlying_not_specific", "geographic_spread", "how_usual", "implications")
STATES = (
    "candidate", "drafted", "tested with the case group", "agreed", "accepted by the board", "responded to",
    "evaluated",
)  # fmt: skip
AGREED, NOT_TAKEN = STATES[3], "not taken forward"
INDICATIVE, WEAK, SUPPORTED = "indicative only", "weak", "supported"
GRADES = (INDICATIVE, WEAK, SUPPORTED)


@dataclass(frozen=True, slots=True)
class Answer:
    """One standard question of a finding, as the workflow file puts it."""

    field: str
    ask: str
    text: str

    @property
    def answered(self) -> bool:
        return bool(self.text.strip())


@dataclass(frozen=True, slots=True)
class Grade:
    """How firmly a finding stands by the evidence written down, and what its author claims.

    kinds    the kinds of evidence that speak for it, each once
    beyond   those of them that come from outside this review
    claimed  what the author calls it
    more     whether that is more than the evidence carries; less: whether the evidence would carry more
    """

    word: str
    kinds: tuple[str, ...]
    beyond: tuple[str, ...]
    speaks_for: tuple[Rec, ...]
    speaks_against: tuple[Rec, ...]
    claimed: str
    sure: str
    more: bool
    less: bool

    @property
    def says(self) -> str:
        against = f" {_entries(self.speaks_against)} against it." if self.speaks_against else ""
        if not self.kinds:
            return f"Indicative only: nothing is written down yet of how usual it is.{against}"
        few = "one kind of evidence" if len(self.kinds) == 1 else f"{len(self.kinds)} kinds of evidence"
        return f"{self.word.capitalize()}: {few} ({', '.join(self.kinds)}).{against}"


@dataclass(frozen=True, slots=True)
class Followed:
    """An action with what was seen of it, newest last."""

    action: Rec
    impacts: tuple[Rec, ...]


@dataclass(frozen=True, slots=True)
class Recommended:
    """A recommendation for a pattern, and the targets written down for it (asked of the clear-cut kind alone)."""

    rec: Rec
    targets: tuple[Rec, ...]


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A finding with everything that belongs to it. `ahead`: what its state says and the review does not yet hold.

    next_state  the state it could be moved to, with what is there; "" where it has that one
    unseen      how many records that could bear on it this reader may not read
    """

    rec: Rec
    answers: tuple[Answer, ...]
    grade: Grade
    rests: Rests
    routed: str
    positions: tuple[Rec, ...]
    responses: tuple[Rec, ...]
    actions: tuple[Followed, ...]
    passed_on: tuple[Rec, ...]
    recommended: tuple[Recommended, ...]
    said: tuple[Rec, ...]  # comments about it
    ahead: tuple[str, ...]
    next_state: str
    unseen: int

    @property
    def number(self) -> int:
        return self.rec.number

    @property
    def state(self) -> str:
        return self.rec.text("state")

    @property
    def good_practice(self) -> bool:
        """The pattern supports good practice: as much a finding as any."""
        return self.rec.text("effect") in ("supports", "both")

    @property
    def open_questions(self) -> tuple[Answer, ...]:
        return tuple(one for one in self.answers if not one.answered)


SPEAK_OF_STATE = (EVIDENCE, POSITION, RESPONSE, ACTION, IMPACT, "comment", "meeting")
"""What a state may be ahead of; whoever may not read all of it is not told that something is not there."""


def findings(review: Review, lists: Lists) -> tuple[Anatomy, ...]:
    """Every finding of a review by pattern, and within a pattern as they were written down."""
    found = [anatomy(review, rec, lists) for rec in review.of(FINDING)]
    order = _categories(review)
    return tuple(sorted(found, key=lambda one: (order.get(one.rec.text("category"), len(order)), one.number)))


def _categories(review: Review) -> dict[str, int]:
    kind = review.definition.records.get(FINDING)
    field = kind.fields.get("category") if kind else None
    return {name: place for place, name in enumerate(field.options)} if field else {}


def anatomy(review: Review, rec: Rec, lists: Lists) -> Anatomy:
    """One finding, taken apart."""
    recommended = tuple(
        Recommended(one, review.pointing(TARGET, "recommendation", one.number))
        for one in review.pointing(RECOMMENDATION, FINDING, rec.number)
    )
    actions = tuple(followed(review, action) for action in _belonging(review, ACTION, rec, recommended))
    answers, grade = answers_of(review, rec), grade_of(review, rec, lists)
    positions = _belonging(review, POSITION, rec, recommended)
    responses = _belonging(review, RESPONSE, rec, recommended)
    reached = _reached(review, rec, answers, grade, positions, responses, actions, lists.second)
    return Anatomy(
        rec, answers, grade, rests_on(review, rec), lists.routed(rec.text("level")), positions, responses, actions,
        review.pointing(PASSED_ON, FINDING, rec.number), recommended, review.pointing("comment", FINDING, rec.number),
        () if review.kept(*SPEAK_OF_STATE) else _ahead(rec.text("state"), reached), _next(rec.text("state"), reached),
        sum(review.withheld.get(kind, 0) for kind in (EVIDENCE, POSITION, RESPONSE, ACTION, IMPACT)),
    )  # fmt: skip


def _belonging(review: Review, kind: str, finding: Rec, recommended: tuple[Recommended, ...]) -> tuple[Rec, ...]:
    """The records of a kind that point to a finding, or to one of its recommendations; each once."""
    found = {one.number: one for one in review.pointing(kind, FINDING, finding.number)}
    for each in recommended:
        found |= {one.number: one for one in review.pointing(kind, "recommendation", each.rec.number)}
    return tuple(found[number] for number in sorted(found))


def answers_of(review: Review, rec: Rec) -> tuple[Answer, ...]:
    """The standard questions this workflow asks of a finding, each with its answer."""
    kind = review.definition.records.get(rec.kind)
    fields = kind.fields if kind else {}
    return tuple(Answer(name, fields[name].ask, rec.text(name)) for name in QUESTIONS if name in fields)


# ---- how firmly it stands -----------------------------------------------------------------------------------------
def grade_of(review: Review, rec: Rec, lists: Lists) -> Grade:
    """No evidence: indicative only. One kind: weak. Two kinds or more: supported. Evidence against is counted apart."""
    rows = review.pointing(EVIDENCE, FINDING, rec.number)
    against = tuple(row for row in rows if row.yes("against"))
    speaks_for = tuple(row for row in rows if not row.yes("against"))
    kinds = _once(row.text("kind") or "not said which" for row in speaks_for)
    word = INDICATIVE if not kinds else WEAK if len(kinds) == 1 else SUPPORTED
    claimed, sure = rec.text("strength"), rec.text("confidence")
    firm = claimed == "finding"
    more = (firm and word == INDICATIVE) or (sure == "sure" and word != SUPPORTED)
    less = claimed == "indicative finding" and word == SUPPORTED
    beyond = tuple(kind for kind in kinds if kind not in lists.within)
    return Grade(word, kinds, beyond, speaks_for, against, claimed, sure, more, less)


def _entries(rows: tuple[Rec, ...]) -> str:
    return "One entry speaks" if len(rows) == 1 else f"{len(rows)} entries speak"


def _once(words: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for word in words:
        if word.strip():
            found.setdefault(plain(word), word)  # as it was first written
    return tuple(found.values())


# ---- what came of it ------------------------------------------------------------------------------------------------
def followed(review: Review, action: Rec) -> Followed:
    return Followed(action, review.pointing(IMPACT, ACTION, action.number))


def _reached(
    review: Review, rec: Rec, answers: tuple[Answer, ...], grade: Grade,
    positions: tuple[Rec, ...], responses: tuple[Rec, ...], actions: tuple[Followed, ...], meetings: tuple[str, ...],
) -> dict[str, tuple[str, ...]]:  # fmt: skip
    """For each state, what a review does not yet hold that it speaks of."""
    met = any(m.text("kind") in meetings for m in review.of("meeting"))
    met = met or bool(review.pointing("comment", FINDING, rec.number))
    empty = tuple(f"not answered yet: {one.ask}" for one in answers if not one.answered)
    none = grade.speaks_for or grade.speaks_against
    accepted = any(p.text("position").startswith("accepted") for p in positions)
    seen = any(one.impacts for one in actions) or any(r.text("no_action_reason") for r in responses)
    return {
        STATES[0]: (),
        STATES[1]: () if any(one.answered for one in answers) else ("none of the standard questions is answered yet",),
        STATES[2]: () if met else ("no meeting where the patterns were looked at together, and no comment on it",),
        STATES[3]: (*empty, *(() if none else ("there is no evidence of how usual it is",))),
        STATES[4]: () if accepted else ("no position of the board that accepts it is recorded",),
        STATES[5]: () if responses else ("no written response to it is recorded",),
        STATES[6]: () if seen else ("nothing is recorded of what came of an action",),
    }


def _ahead(state: str, reached: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """What the written state, or one before it, speaks of and is not there."""
    if state not in STATES:
        return ()
    up_to = STATES[: STATES.index(state) + 1]
    return tuple(lack for one in up_to for lack in reached[one])


def _next(state: str, reached: dict[str, tuple[str, ...]]) -> str:
    """The furthest state beyond the written one that everything recorded carries; "" where there is none.

    Only what the board does is proposed: whether a finding is agreed is for people to say.
    """
    if state not in STATES or STATES.index(state) < STATES.index(AGREED):
        return ""
    further = ""
    for one in STATES[STATES.index(state) + 1 :]:
        if reached[one]:
            break
        further = one
    return further
