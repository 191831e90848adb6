"""What a review gathers: what agencies were asked for, who was spoken with, what was said when people met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from casereview.errors import NotFound
from casereview.method.agencies import Agency, agencies
from casereview.method.conversations import CONVERSATION, TURNING, Person, Talk, people, talk_of
from casereview.method.meetings import Comment, Meeting, comments, meetings
from casereview.method.review import Review
from casereview.service.desk import Desk
from casereview.service.review import read_review, record_of


@dataclass(frozen=True, slots=True)
class Gathered:
    """All of it, as one person may read it; conversations without what was said in them."""

    review: Review
    day: date
    agencies: tuple[Agency, ...]
    people: tuple[Person, ...]
    meetings: tuple[Meeting, ...]
    comments: tuple[Comment, ...]


def gathered(desk: Desk, ref: str) -> Gathered:
    review = read_review(desk, ref).review
    return Gathered(
        review, desk.today, agencies(review, desk.today), people(review), meetings(review), comments(review)
    )  # fmt: skip


def conversation(desk: Desk, ref: str, number: int) -> Talk:
    """One conversation in full; that it was read is written down where the workflow asks for it.

    Raises NotFound alike for one that is not there and one that is not this person's to read.
    """
    review = read_review(desk, ref).review
    if review.one(CONVERSATION, number) is None:
        raise NotFound(f"{ref} has no conversation {number} for you", remedy=f"See: casereview conversations {ref}")
    moments = review.pointing(TURNING, CONVERSATION, number)
    whole = {n: record_of(desk, ref, n).values for n in (number, *(rec.number for rec in moments))}
    recs = {
        kind: tuple(replace(rec, values=whole.get(rec.number, rec.values)) for rec in found)
        for kind, found in review.recs.items()
    }
    review = replace(review, recs=recs)
    rec = review.one(CONVERSATION, number)
    assert rec is not None  # it was there above
    return talk_of(review, rec)
