"""Dates of a review on an axis: parts of the story, episodes and facts of the case; and the review's own course.

The data are for any hand that draws: text on a terminal, or a picture in a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from casereview.method.lines import columns_of, counted, day_words, padded
from casereview.method.narrative import CONVERSATION, FACT, MOMENT, Voices, in_order, knowings
from casereview.method.review import Rec, Review
from casereview.text import shown

EPISODE, MEETING, FAMILY = "key-practice-episode", "meeting", "family-involvement"
Lane = Literal["story", "episode", "fact", "moment", "stage", "meeting", "conversation", "family"]
LANES: dict[Lane, str] = {
    "story": "The story", "episode": "Key practice episodes", "fact": "Facts, and when they became known",
    "moment": "Turning points, as they were told", "stage": "Stages of the review", "meeting": "Meetings",
    "conversation": "Conversations", "family": "With the family",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """Something with a place in time. `end`: None where it is one day. `known`: days on which somebody came to know it.

    number  of its record; 0 for a stage
    """

    lane: Lane
    number: int
    title: str
    start: date
    end: date | None = None
    mark: str = ""  # an episode's appraisal
    known: tuple[date, ...] = ()

    @property
    def last(self) -> date:
        return max(self.start, self.end or self.start, *self.known)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars in the order of their lanes, from the first to the last of their days. `undated`: what has no day."""

    bars: tuple[Bar, ...]
    undated: int = 0

    @property
    def begin(self) -> date | None:
        return min((bar.start for bar in self.bars), default=None)

    @property
    def end(self) -> date | None:
        return max((bar.last for bar in self.bars), default=None)

    def lane(self, lane: Lane) -> tuple[Bar, ...]:
        return tuple(bar for bar in self.bars if bar.lane == lane)


def of_the_case(review: Review) -> Timeline:
    """What happened in the case: the story, the episodes, the facts with when each became known, turning points."""
    bars: list[Bar | None] = [_span("story", r, r.text("title"), "date_from", "date_to") for r in in_order(review)]
    bars += _sorted(
        _span("episode", r, r.text("title"), "date_from", "date_to", r.text("judgement")) for r in review.of(EPISODE)
    )
    bars += _sorted(_facts(review))
    bars += _sorted(_span("moment", rec, rec.text("moment"), "on", "on") for rec in review.of(MOMENT))
    return _timeline(bars)


def of_the_review(review: Review, today: date) -> Timeline:
    """The review's own course: every visit to a stage, meetings, conversations held, what was done with the family."""
    bars: list[Bar | None] = []
    for stay in review.case.stays:
        stage = review.definition.stages.get(stay.stage)
        again = f" (visit {stay.visit})" if stay.visit > 1 else ""
        title = f"{stage.title if stage else stay.stage}{again}"
        bars.append(Bar("stage", 0, title, stay.since, stay.until or max(today, stay.since)))
    bars += _sorted(_span("meeting", rec, rec.text("kind"), "on", "on") for rec in review.of(MEETING))
    people = Voices(review)
    held = [rec for rec in review.of(CONVERSATION) if rec.text("status") in ("held", "")]
    for rec in held:
        whose = people.of("", rec.link("participant"))
        bars.append(_span("conversation", rec, whose.label if whose else "", "held_on", "held_on"))
    bars += _sorted(_span("family", r, f"{r.text('kind')}: {r.text('whom')}", "on", "on") for r in review.of(FAMILY))
    return _timeline(bars)


def _timeline(bars: Iterable[Bar | None]) -> Timeline:
    found = list(bars)
    return Timeline(tuple(bar for bar in found if bar is not None), found.count(None))


def _span(lane: Lane, rec: Rec, title: str, first: str, last: str, mark: str = "") -> Bar | None:
    begin, end = rec.day(first), rec.day(last)
    start = begin or end
    if start is None:
        return None
    return Bar(lane, rec.number, title or f"no. {rec.number}", start, end if end and end > start else None, mark)


def _facts(review: Review) -> Iterator[Bar | None]:
    voices = Voices(review)
    known: dict[int, set[date]] = {}
    for mine in knowings(review, voices).values():
        for number, knowing in mine.items():
            if knowing.since:
                known.setdefault(number, set()).add(knowing.since)
    for rec in review.of(FACT):
        days = sorted(known.get(rec.number, ()))
        start = rec.day("happened_on") or next(iter(days), None)
        yield Bar("fact", rec.number, rec.text("fact"), start, None, "", tuple(days)) if start else None


def _sorted(bars: Iterable[Bar | None]) -> list[Bar | None]:
    return sorted(bars, key=lambda bar: (bar is None, bar.start if bar else date.max, bar.number if bar else 0))


# ---- the axis --------------------------------------------------------------------------------------------------
def place(day: date, begin: date, end: date, width: int) -> int:
    """The column of a day on an axis of `width` columns."""
    whole = max((end - begin).days, 1)
    return min(max((day - begin).days * (width - 1) // whole, 0), width - 1)


def ticks(begin: date, end: date, most: int = 6) -> tuple[date, ...]:
    """Firsts of months on the axis, evenly apart, at most so many."""
    months = (end.year - begin.year) * 12 + end.month - begin.month
    step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 120, 600, 12_000) if months // s <= most - 1)
    found = []
    for at in range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month, 1):
        day = date(at // 12, at % 12 + 1, 1)
        if at % step == 0 and begin <= day <= end:
            found.append(day)
    return tuple(found)


# ---- in text ---------------------------------------------------------------------------------------------------
NOTHING = "Nothing with a date is here yet. What has a date, such as a part of the story, stands on the axis."
SIGNS = "├──┤ from … to …   ◆ one day   ○ it happened   ● somebody came to know it"


def drawn(timeline: Timeline, width: int) -> Iterator[tuple[str, bool]]:
    """The axis in lines of at most `width` columns, and whether each is a heading."""
    begin, end = timeline.begin, timeline.end
    if begin is None or end is None:
        return
    label = min(max(width // 3, 16), 34)
    room = max(width - label - 1, 20)
    yield f"{' ' * label} {_scale(begin, end, room)}".rstrip(), False
    for lane, title in LANES.items():
        bars = timeline.lane(lane)
        if bars:
            yield title, True
        for bar in bars:
            name = shown(f"{bar.number or ''} {bar.title}", width=label - 2)
            yield f"  {padded(name, label - 2)} {_bar(bar, begin, end, room)}".rstrip(), False
    yield f"{day_words(begin)} to {day_words(end)}, {counted((end - begin).days + 1, 'day')}", False
    if timeline.undated:
        yield f"Not on it, because without a date: {counted(timeline.undated, 'record')}", False


def _scale(begin: date, end: date, room: int) -> str:
    line = [" "] * room
    free = 0
    for day in ticks(begin, end, max(room // 9, 1)):
        words, at = f"│{day:%b %y}", place(day, begin, end, room)
        if at >= free and at + columns_of(words) <= room:
            line[at : at + len(words)] = words
            free = at + len(words) + 1
    return "".join(line)


def _bar(bar: Bar, begin: date, end: date, room: int) -> str:
    line = [" "] * room
    at = place(bar.start, begin, end, room)
    if bar.lane == "fact":
        last = place(max((bar.start, *bar.known)), begin, end, room)
        line[at : last + 1] = "┄" * (last + 1 - at)
        line[at] = "○"
        for day in bar.known:
            line[place(day, begin, end, room)] = "●"
    elif bar.end is None:
        line[at] = "◆"
    else:
        last = place(bar.end, begin, end, room)
        line[at : last + 1] = "─" * (last + 1 - at)
        line[at], line[last] = ("├", "┤") if last > at else ("◆", "◆")
    return "".join(line)
