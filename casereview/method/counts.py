"""How a review was done, in numbers: how many meetings, conversations and people, without a word of what was said.

Positions and agencies are named only where they stand in what is published anyway; all others are counted together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from casereview.method.lists import plain
from casereview.method.review import Rec, Review

OTHERS = "other positions"


@dataclass(frozen=True, slots=True)
class Counts:
    """Every mapping goes from an answer the workflow offers, or a word that is public, to how many.

    heard        of the case group: a conversation was held, or a joint meeting come to
    by_position  of those spoken with
    roles        people appointed, by role
    """

    meetings: Mapping[str, int] = field(default_factory=dict)
    conversations: Mapping[str, int] = field(default_factory=dict)
    answers: Mapping[str, int] = field(default_factory=dict)
    family: Mapping[str, int] = field(default_factory=dict)
    by_position: Mapping[str, int] = field(default_factory=dict)
    roles: Mapping[str, int] = field(default_factory=dict)
    case_group: int = 0
    heard: int = 0
    documents: int = 0
    supervision: int = 0
    looked_at: int = 0  # quality assurance
    comments: int = 0
    kept_apart: int = 0  # comments kept as differing views

    @property
    def held(self) -> int:
        return self.conversations.get("held", 0)


def counts(review: Review, heard_by: Iterable[str], today: date) -> Counts:
    """Of a whole review, every record of it. `heard_by`: answers that count as being heard."""
    public = _public(review)
    said = review.of("comment")
    group = [one for one in review.of("participant") if one.yes("in_case_group")]
    held = {talk.link("participant") for talk in review.of("conversation") if talk.text("status") in heard_by}
    return Counts(
        _of_choice(review, "meeting", "kind"), _of_choice(review, "conversation", "status"),
        _of_choice(review, "participant", "response"), _of_choice(review, "family-involvement", "kind"),
        _positions(review, public), _roles(review, today),
        len(group), sum(_came(one) or one.number in held for one in group), len(review.of("document")),
        len(review.of("supervision")), len(review.of("quality-assurance")), len(said),
        sum(one.text("outcome") == "kept as a differing view" for one in said),
    )  # fmt: skip


def _came(one: Rec) -> bool:
    return any(answer not in ("none", "introductory") for answer in one.many("attended"))


def _of_choice(review: Review, kind: str, name: str) -> dict[str, int]:
    """How many records gave each answer, in the order the workflow offers them; only answers it offers."""
    declared = review.definition.records.get(kind)
    offered = declared.fields[name].options if declared and name in declared.fields else ()
    found = Counter(rec.text(name) for rec in review.of(kind))
    return {option: found[option] for option in offered if found[option]}


def _public(review: Review) -> str:
    """Everything that is published anyway, for looking up whether a position stands in it."""
    kinds = [kind.name for kind in review.definition.records.values() if kind.published]
    return f" {plain(' '.join(rec.text(name) for kind in kinds for rec in review.of(kind) for name in rec.values))} "


def _positions(review: Review, public: str) -> dict[str, int]:
    """Conversations held, by the position of whom they were with."""
    found: Counter[str] = Counter()
    for talk in review.of("conversation"):
        if talk.text("status") == "held":
            whom = review.one("participant", talk.link("participant"))
            role = " ".join(whom.text("role").split()) if whom else ""
            found[role if role and plain(role) in public else OTHERS] += 1
    named = {name: found[name] for name in sorted(found, key=str.casefold) if name != OTHERS}
    return named | ({OTHERS: found[OTHERS]} if found[OTHERS] else {})


def _roles(review: Review, today: date) -> dict[str, int]:
    """How many people were ever appointed to each role of the workflow."""
    people: dict[str, set[str]] = {}
    for one in review.case.appointments:
        if one.since <= today:
            people.setdefault(one.role, set()).add(one.person)
    return {role: len(people[role]) for role in review.definition.roles if role in people}
