"""The meetings of a review, and what was said at them: comments answered one by one, differing views kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from casereview.method.review import Rec, Review

MEETING, COMMENT = "meeting", "comment"
UNANSWERED = "not yet answered"
Answer = Literal["accepted", "kept as a differing view", "not accepted, with the reason", "not yet answered"]


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said. `about` names the episode or finding it is about, where it is about one."""

    rec: Rec
    from_whom: str
    on: date | None
    about: str
    text: str
    outcome: str
    answer: str

    @property
    def open(self) -> bool:
        """Not answered; or turned down without the reason the answer promises."""
        return self.outcome in ("", UNANSWERED) or (self.outcome.startswith("not accepted") and not self.answer)


@dataclass(frozen=True, slots=True)
class Meeting:
    rec: Rec
    kind: str
    on: date | None
    attended: tuple[str, ...]
    absent: tuple[str, ...]
    looked_at: tuple[str, ...]
    decided: str
    changed: tuple[str, ...]
    comments: tuple[Comment, ...]

    @property
    def open(self) -> int:
        """Comments that wait for an answer."""
        return sum(1 for comment in self.comments if comment.open)


def meetings(review: Review) -> tuple[Meeting, ...]:
    """Every meeting, by its day; what was said at each beside it."""
    said = comments(review)
    found = [
        Meeting(
            rec, rec.text("kind"), rec.day("on"), rec.many("attended"), rec.many("absent"), rec.many("looked_at"),
            rec.text("decided"), rec.many("changed"),
            tuple(one for one in said if one.rec.link("meeting") == rec.number),
        )
        for rec in review.of(MEETING)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.on or date.max, one.rec.number)))


def comments(review: Review) -> tuple[Comment, ...]:
    """Every comment, those that wait for an answer first, then by day."""
    found = [_comment(review, rec) for rec in review.of(COMMENT)]
    return tuple(sorted(found, key=lambda one: (not one.open, one.on or date.max, one.rec.number)))


def _comment(review: Review, rec: Rec) -> Comment:
    about = rec.text("about")
    for kind, name, title in (("key-practice-episode", "episode", "title"), ("finding", "finding", "statement")):
        found = review.one(kind, rec.link(name))
        if found is not None:
            about = f"{name} {found.number}: {found.text(title)}"
    return Comment(
        rec, rec.text("from_whom"), rec.day("on"), about, rec.text("comment"), rec.text("outcome"), rec.text("answer")
    )
