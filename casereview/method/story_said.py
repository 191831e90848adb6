"""The story of perspectives in words, from outside: part by part, each side's account kept apart."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.method.lines import Say, counted, day_words, span_words
from casereview.method.narrative import PART, STORY_KINDS, Knowing, Part, Story, View
from casereview.method.review import Rec, Review

VIEW_FIELDS = ("saw", "knew", "did_not_know", "thought", "felt", "wanted", "pressures")
EMPTY = (
    "The story has no part yet. A part is a stretch of time: what happened, as far as everyone agrees, and then how "
    "it looked to each who was there. Not a chronology: a chronology has one voice."
)


def story_said(review: Review, told: Story) -> Iterator[Say]:
    """Every part in order, the facts that belong to none, and what is worth another look."""
    if not told.parts and not review.withheld.get(PART):
        yield Say(EMPTY, "ask")
    for at, part in enumerate(told.parts):
        if at:
            yield Say("")
        yield from part_said(review, told, part)
    yield from rest_said(review, told)


def rest_said(review: Review, told: Story) -> Iterator[Say]:
    """What belongs to no part of the story, and what is worth another look."""
    if told.elsewhere:
        yield Say("")
        yield Say("Facts that belong to no part", "title")
        yield from facts_said(told, told.elsewhere)
    if told.strays:
        yield Say("")
        yield Say(f"{counted(len(told.strays), 'view')} of parts that are no longer here", "title")
        for view in told.strays:
            yield Say(f"{view.whose.label} (no. {view.rec.number})", "text", 2)
    if told.look_again:
        yield Say("")
        yield Say("Worth another look", "title")
        for number, says in told.look_again:
            yield Say(f"no. {number} {says}", "ask", 2)
    withheld = sum(review.withheld.get(kind, 0) for kind in STORY_KINDS)
    if withheld:
        yield Say("")
        yield not_yours(withheld, "of the story")


def not_yours(withheld: int, of: str) -> Say:
    are = "is" if withheld == 1 else "are"
    return Say(f"{counted(withheld, 'record')} {of} {are} not yours to read in this review.", "quiet")


def part_said(review: Review, told: Story, part: Part) -> Iterator[Say]:
    rec = part.rec
    yield Say(f"{part.order}  {rec.text('title')}", "head")
    yield Say(f"{span_words(rec.day('date_from'), rec.day('date_to'))}   no. {rec.number}", "quiet")
    yield from _words(rec, (("agreed", "What happened, as far as everyone agrees"),))
    if not part.views:
        yield Say("How it looked to anybody then is not written down yet.", "ask", 2)
    for view in part.views:
        yield from view_said(review, view, rec)
    yield from _words(rec, (("differences", "Where the accounts differ"), ("sources", "Known from")))
    if part.facts:
        yield Say("Facts, and who knew them from when", "label", 2)
        yield from facts_said(told, part.facts)


def view_said(review: Review, view: View, part: Rec) -> Iterator[Say]:
    since = f", since {day_words(view.since)}" if view.rec.day("from_day") else ""
    yield Say(f"{view.whose.label}{since}   no. {view.rec.number}", "title", 2)
    for name in VIEW_FIELDS:
        if view.rec.text(name):
            yield Say(f"{LABELS[name]}  {view.rec.text(name)}", "text", 4)
    if not any(view.rec.text(name) for name in VIEW_FIELDS):
        yield Say("nothing is written down yet", "ask", 4)


LABELS = {
    "saw": "Saw:", "knew": "Knew:", "did_not_know": "Did not know then:", "thought": "Thought:", "felt": "Felt:",
    "wanted": "Wanted:", "pressures": "Pressed by:",
}  # fmt: skip


def facts_said(told: Story, facts: tuple[Rec, ...]) -> Iterator[Say]:
    for fact in facts:
        happened = f"   {day_words(fact.day('happened_on'))}" if fact.day("happened_on") else ""
        yield Say(f"{fact.text('fact')}{happened}   no. {fact.number}", "text", 4)
        knew = [(w, one) for w in told.voices.all if (one := told.known.get(w.key, {}).get(fact.number))]
        if not knew:
            yield Say("known to nobody at the time, as far as is recorded", "quiet", 6)
        yield from (Say(f"{whose.label}: {since_words(one)}", "quiet", 6) for whose, one in knew)


def since_words(known: Knowing) -> str:
    when = f"since {day_words(known.since)}" if known.since else "not known from when"
    return f"{when} ({known.how})" if known.how else when


def _words(rec: Rec, fields: tuple[tuple[str, str], ...]) -> Iterator[Say]:
    for name, label in fields:
        if rec.many(name):
            yield Say(label, "label", 2)
            yield Say("; ".join(rec.many(name)) if name == "sources" else rec.text(name), "text", 4)
