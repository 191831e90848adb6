"""Other processes beside a review: what each touches, what is agreed about it, and when to look at that again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casereview.events import Entry, StepTaken
from casereview.method.review import Rec, Review

KIND, SUSPENSION, TRACK = "parallel-process", "suspension", "proceedings"
NOTHING = "nothing for now"


@dataclass(frozen=True, slots=True)
class Process:
    """One process. `missing` is what has not been said of it yet, in words."""

    rec: Rec
    kind: str
    lead: str
    status: str
    touches: tuple[str, ...]
    plan: str
    next_date: date | None
    review_on: date | None
    missing: tuple[str, ...]
    suspends: bool  # the review is suspended in part because of it now

    @property
    def over(self) -> bool:
        return self.rec.day("ended_on") is not None

    def look_now(self, today: date) -> bool:
        """Whether the day to look at it again, or its own next date, has come."""
        days = [day for day in (self.review_on, self.next_date) if day]
        return not self.over and bool(days) and min(days) <= today


@dataclass(frozen=True, slots=True)
class Suspended:
    """Part of the review waits. `may_continue`: titles of the steps that need not."""

    rec: Rec
    since: date
    why: str
    may_continue: tuple[str, ...]
    waits: tuple[str, ...]
    meanwhile: str
    look_again: date | None


def processes(review: Review) -> tuple[Process, ...]:
    """Every parallel process, those that are not over first, then by the day to look again."""
    now = suspended(review)
    because = now.rec.link("process") if now else None
    found = [_process(rec, because == rec.number) for rec in review.of(KIND)]
    return tuple(sorted(found, key=lambda p: (p.over, p.review_on or p.next_date or date.max, p.rec.number)))


def _process(rec: Rec, suspends: bool) -> Process:
    touches = tuple(one for one in rec.many("touches") if one != NOTHING)
    missing = [
        words
        for there, words in (
            (bool(rec.many("touches")), "what it touches"),
            (bool(rec.text("plan")) or not touches, "what is agreed about going on"),
            (bool(rec.text("agreed_with")) or not touches, "with whom that is agreed"),
            (rec.day("review_on") is not None, "when to look again"),
        )
        if not there
    ]
    process = Process(
        rec, rec.text("kind"), rec.text("lead_body"), rec.text("status"), touches, rec.text("plan"),
        rec.day("next_date"), rec.day("review_on"), tuple(missing), suspends,
    )  # fmt: skip
    return process


def suspended(review: Review) -> Suspended | None:
    """The suspension in force: the newest one, while the track stands where the main path waits."""
    track, visit = review.definition.tracks.get(TRACK), review.case.tracks.get(TRACK)
    rec = review.newest(SUSPENSION)
    if track is None or track.hold is None or visit is None or rec is None or visit.stage not in track.hold.stages:
        return None
    steps = [s for s in review.definition.steps_from(review.case.main.stage) if s.track is None]
    free = set(rec.many("may_continue"))
    titles = tuple(s.title for s in review.definition.steps.values() if s.name in free)
    waits = tuple(s.title for s in steps if s.name not in free)
    since = rec.day("suspended_on") or visit.since
    return Suspended(rec, since, rec.text("why"), titles, waits, rec.text("meanwhile"), rec.day("look_again"))


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time in which part of the review waited. It is told apart and is subtracted from nothing."""

    since: date
    until: date | None

    def days(self, today: date) -> int:
        """Calendar days, up to today where it goes on."""
        return ((self.until or today) - self.since).days


def suspensions(review: Review, entries: Iterable[Entry]) -> tuple[Suspension, ...]:
    """Every time the review was suspended in part, oldest first, from its journal."""
    track = review.definition.tracks.get(TRACK)
    waits = track.hold.stages if track is not None and track.hold is not None else ()
    found: list[Suspension] = []
    since: date | None = None
    for entry in entries:
        step = entry.event
        if not isinstance(step, StepTaken) or step.track != TRACK:
            continue
        if step.to in waits:
            since = since or entry.on
        elif since is not None:
            found.append(Suspension(since, entry.on))
            since = None
    return (*found, Suspension(since, None)) if since is not None else tuple(found)


def suspended_words(found: tuple[Suspension, ...], today: date) -> str:
    """How often, and how long in all; empty where it never was."""
    if not found:
        return ""
    days, times = sum(one.days(today) for one in found), "once" if len(found) == 1 else f"{len(found)} times"
    all_days = f"{days} calendar day{'' if days == 1 else 's'}"
    return f"Suspended in part {times}, {all_days} in all; none is subtracted anywhere."
