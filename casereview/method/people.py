"""Who was heard in a review, and whether a question about the system speaks of a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casereview.method.lists import Lists, any_of
from casereview.method.review import Rec, Review


@dataclass(frozen=True, slots=True)
class Heard:
    """How many of those who worked with the family were heard. To decline is everybody's right."""

    heard: int
    of: int

    @property
    def says(self) -> str:
        return f"{self.heard} of {self.of} in the case group were heard, in a conversation or at a joint meeting."


def heard(review: Review, lists: Lists) -> Heard:
    """Of the participants in the case group: a conversation held, or a joint meeting come to."""
    group = [one for one in review.of("participant") if one.yes("in_case_group")]
    return Heard(sum(_was_heard(review, one, lists) for one in group), len(group))


def few_heard(review: Review, lists: Lists) -> Heard | None:
    """The same, where it is below the share that was settled."""
    found = heard(review, lists)
    return found if found.of and 100 * found.heard < lists.share * found.of else None


def _was_heard(review: Review, participant: Rec, lists: Lists) -> bool:
    talks = review.pointing("conversation", "participant", participant.number)
    came = [one for one in participant.many("attended") if one not in ("none", "introductory")]
    return bool(came) or any(talk.text("status") in lists.heard for talk in talks)


def persons_in(question: str, review: Review, lists: Lists, names: Iterable[str]) -> str:
    """The words of a question that name somebody or ask who failed; "" where there are none."""
    known = [one.text("pseudonym") for one in review.of("participant")]
    whole = tuple(name for name in (*lists.persons, *known, *names) if len(name.strip()) > 1)
    found = any_of(whole).search(question)
    return found[0] if found else ""
