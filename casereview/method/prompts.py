"""What the method asks about a review as it stands: prompts, each to be answered, kept or silenced with a reason.

A prompt never blocks, scores or rewrites. What waits for something waits by the rules of the workflow file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from casereview.method.lists import Check, Lists
from casereview.method.review import Rec, Review

ANSWER = "prompt-answer"
OUTCOMES = ("answered", "kept", "silenced")


@dataclass(frozen=True, slots=True)
class Answered:
    """What somebody did with a prompt, and why."""

    number: int
    outcome: str
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing that is asked about.

    id      stays the same for the same matter in the same place
    number  the record it is about, with its kind and the field; None where it is about the whole review
    says    what was noticed · asks: the question offered · words: the words it is about, as they stand
    mark    of those words or that state of things: an answer holds while it is the same
    needs   what the workflow itself waits for, where it does
    answer  what was done with it; before: an answer given to other words, which no longer holds
    """

    id: str
    check: str
    feature: str
    says: str
    asks: str
    number: int | None = None
    kind: str = ""
    field: str = ""
    words: str = ""
    mark: str = ""
    needs: str = ""
    quoted: bool = False
    answer: Answered | None = None
    before: Answered | None = None

    @property
    def open(self) -> bool:
        return self.answer is None


def prompt(check: Check, says: str, rec: Rec | None = None, *, place: str = "", **more: str | bool) -> Prompt:
    """A prompt of one check, about a record or about the whole review."""
    parts = [check.key, *([str(rec.number)] if rec else []), *([place] if place else [])]
    made = Prompt(
        ".".join(parts), check.key, check.feature, says, check.asks, rec.number if rec else None,
        rec.kind if rec else "", needs=check.needs,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]  # the callers' words are fields of it


def prompts(review: Review, lists: Lists, names: Iterable[str] = ()) -> tuple[Prompt, ...]:
    """Every prompt of a review as it stands, answered ones included, by feature and check.

    names: of people known here, which a question about the system does not need.
    """
    from casereview.method.checks import everything_noticed

    asked = asked_of(review, lists)
    found = [one for one in everything_noticed(review, lists, tuple(names)) if one.check in asked]
    order = list(lists.checks)
    features = list(lists.features)
    found.sort(key=lambda one: (features.index(one.feature), order.index(one.check)))
    return tuple(_with_answers(found, review))


def asked_of(review: Review, lists: Lists) -> frozenset[str]:
    """The checks that are asked of a review by now: those of stages it has been in, or that its workflow has not."""
    been, has = review.case.visits, review.definition.stages

    def asks(check: Check) -> bool:
        known = [stage for stage in check.since if stage in has]
        return not known or any(stage in been for stage in known)

    return frozenset(key for key, check in lists.checks.items() if asks(check))


def _with_answers(found: Iterable[Prompt], review: Review) -> Iterator[Prompt]:
    """An answer holds while what it was given to is the same; an answer without a mark holds as it is."""
    given: dict[str, list[Rec]] = {}
    for rec in review.of(ANSWER):
        given.setdefault(rec.text("prompt"), []).append(rec)
    for one in found:
        answers = given.get(one.id, [])
        holding = [rec for rec in answers if rec.text("mark") in ("", one.mark)]
        answer = _answered(holding[-1]) if holding else None
        earlier = _answered(answers[-1]) if answers and not holding else None
        yield replace(one, answer=answer, before=earlier)


def _answered(rec: Rec) -> Answered:
    return Answered(rec.number, rec.text("outcome"), rec.text("reason"), rec.by, rec.on)


def about(found: Iterable[Prompt], number: int) -> tuple[Prompt, ...]:
    """Those about one record."""
    return tuple(one for one in found if one.number == number)
