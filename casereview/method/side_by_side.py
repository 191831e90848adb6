"""Two people's views beside each other: as both could see the case on one day, or both accounts whole, from outside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casereview.method.lines import Look, Say, day_words, laid_out, two_columns
from casereview.method.narrative import PERSPECTIVE, Knowing, Part, Story, Viewpoint, story
from casereview.method.review import Review
from casereview.method.story_said import LABELS, VIEW_FIELDS
from casereview.method.tunnel import Tunnel
from casereview.method.tunnel_said import tunnel_said, who_words

OUTSIDE = "From outside the tunnel: both accounts whole, with what each did not know then."
Row = tuple[list[Say], list[Say], list[Say]]  # what heads it, the left side, the right side


def tunnel_lines(left: Tunnel, right: Tunnel, width: int) -> Iterator[tuple[str, Look]]:
    """What each could see on one day."""
    yield from two_columns(list(tunnel_said(left)), list(tunnel_said(right)), width)


def abreast_lines(review: Review, one: Viewpoint, other: Viewpoint, width: int) -> Iterator[tuple[str, Look]]:
    """Both whole, part by part, and from when each knew which fact."""
    yield from laid_out([Say(OUTSIDE, "quiet")], width)
    yield from two_columns([Say(who_words(one), "head")], [Say(who_words(other), "head")], width)
    rows = abreast(review, one, other)
    for head, left, right in rows:
        yield from laid_out(head, width)
        yield from two_columns(left, right, width)
    if not rows:
        yield from laid_out([Say("The story has no part yet: write down its parts first.", "ask")], width)


def abreast(review: Review, one: Viewpoint, other: Viewpoint) -> list[Row]:
    """Part by part from outside: what heads it, and what each of the two has to say there."""
    told = story(review)
    rows: list[Row] = []
    for part in told.parts:
        rec = part.rec
        span = day_words(rec.day("date_from"))
        head = [Say(""), Say(f"{part.order}  {rec.text('title')}, from {span}", "title")]
        rows.append((head, _side(review, part, one), _side(review, part, other)))
        if rec.text("differences"):
            rows.append(([Say(f"Where accounts differ: {rec.text('differences')}", "text", 2)], [], []))
    rows += _facts_abreast(told, one, other)
    return rows


def _side(review: Review, part: Part, whose: Viewpoint) -> list[Say]:
    said = [say for view in part.views if view.whose.key == whose.key for say in _whole(review, view.rec.number)]
    return said or [Say("not written down", "quiet")]


def _whole(review: Review, number: int) -> Iterator[Say]:
    rec = review.one(PERSPECTIVE, number)
    for name in VIEW_FIELDS if rec else ():
        if rec and rec.text(name):
            yield Say(f"{LABELS[name]}  {rec.text(name)}")


def _facts_abreast(told: Story, one: Viewpoint, other: Viewpoint) -> Iterator[Row]:
    facts = [fact for part in told.parts for fact in part.facts] + list(told.elsewhere)
    mine, theirs = told.known.get(one.key, {}), told.known.get(other.key, {})
    for at, fact in enumerate(facts):
        head = [Say(""), Say("Facts, and from when each knew", "title")] if at == 0 else []
        head.append(Say(f"{fact.text('fact')}"))
        yield head, [_since(mine.get(fact.number))], [_since(theirs.get(fact.number))]


def _since(known: Knowing | None) -> Say:
    if known is None:
        return Say("not known, as far as is recorded", "quiet")
    return Say(f"since {day_words(known.since)}" if known.since else "known, and not from when", "quiet")


def day_after(left: Tunnel, right: Tunnel) -> date | None:
    """The next day on which something changed for either."""
    days = [day for day in (left.later(), right.later()) if day]
    return min(days, default=None)


def day_before(left: Tunnel, right: Tunnel) -> date | None:
    days = [day for day in (left.earlier(), right.earlier()) if day]
    return max(days, default=None)
