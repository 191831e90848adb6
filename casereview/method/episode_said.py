"""A key practice episode in words: what happened, how it made sense, what surrounded it, what is still to be asked."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.method.episodes import EPISODE, Episode, HeadFactors
from casereview.method.lines import Say, day_words, span_words
from casereview.method.review import Rec, Review
from casereview.method.story_said import not_yours
from casereview.text import shown

TONE = "Not where people went wrong: how it made sense to them at the time."
NONE_YET = (
    "No episode is chosen yet. Choose a few moments or stretches of time that mattered for how the case went, good "
    "work among them; it is a choice, never the whole history."
)


def none_said(review: Review) -> Say:
    """Where there is no episode to show: what to do, or that they are not this reader's to see."""
    withheld = review.withheld.get(EPISODE, 0)
    return not_yours(withheld, "of episodes") if withheld else Say(NONE_YET, "ask")


def episode_said(review: Review, one: Episode) -> Iterator[Say]:
    rec = one.rec
    yield Say(rec.text("title") or f"Episode {rec.number}", "head")
    agencies = ", ".join(rec.many("agencies"))
    yield Say("   ".join(word for word in (dates_of(rec), agencies, f"no. {rec.number}") if word), "quiet")
    yield Say(standing_of(one), "quiet" if one.is_complete else "ask")
    yield from _long("What happened", rec.text("description"))
    yield from _long("Why it mattered", rec.text("why_key"))
    yield from _rationality(rec)
    yield from _appraisal(one)
    yield from _factors(one)
    yield from _seen(one)
    yield from _long("Where views of it differ", rec.text("differing_views"))
    yield from _sources(review, one)
    yield from _findings(review, one)
    yield from _open(one)


def dates_of(rec: Rec) -> str:
    return span_words(rec.day("date_from"), rec.day("date_to"))


HALVES = {"local_rationality": "how it made sense", "judgement": "a look by the standard of its day"}


def standing_of(one: Episode) -> str:
    if not one.is_complete:
        return f"not complete yet: {' and '.join(HALVES[o.field] for o in one.open if o.blocks)}"
    return f"complete, with {len(one.open)} still to be asked" if one.open else "complete"


def _long(title: str, text: str) -> Iterator[Say]:
    if text.strip():
        yield Say("")
        yield Say(title, "title")
        yield Say(text, "text", 2)


def _rationality(rec: Rec) -> Iterator[Say]:
    yield Say("")
    yield Say("How did it make sense at the time?", "title")
    text = rec.text("local_rationality")
    yield Say(text, "text", 2) if text else Say("Not written down yet.", "ask", 2)
    told = ", ".join(rec.many("rationality_from"))
    if told:
        yield Say(f"told by: {told}", "quiet", 2)


def _appraisal(one: Episode) -> Iterator[Say]:
    rec = one.rec
    yield Say("")
    yield Say("By the standard of its day", "title")
    judgement = rec.text("judgement")
    yield Say(judgement, "label", 2) if judgement else Say("Not looked at yet.", "ask", 2)
    if rec.text("appraisal"):
        yield Say(rec.text("appraisal"), "text", 2)
    if rec.text("standard"):
        dated = f", of {day_words(rec.day('standard_date'))}" if rec.day("standard_date") else ", its date not noted"
        yield Say(f"standard: {rec.text('standard')}{dated}", "quiet", 2)
    if one.late_standard:
        yield Say(one.late_standard, "ask", 2)


# ---- contributory factors ----------------------------------------------------------------------------------------
SIGNS = {"supports": "+", "hinders": "−", "both": "±"}
LEGEND = "+ supports good work   − hinders it   ± both   an empty head is a question, not a gap to fill at any price"


def _factors(one: Episode) -> Iterator[Say]:
    yield Say("")
    yield Say("What surrounded the work", "title")
    for level in one.levels:
        yield Say(level.name, "label", 2)
        for head in level.heads:
            yield from _head(head)
    yield Say(LEGEND, "quiet", 2)


def _head(one: HeadFactors) -> Iterator[Say]:
    if not one.factors:
        yield Say(f"{one.head.name}: empty", "quiet", 4)
        if one.head.asks:
            yield Say(one.head.asks, "ask", 6)
        return
    yield Say(one.head.name, "text", 4)
    for rec in one.factors:
        sign = SIGNS.get(rec.text("effect"), "·")
        yield Say(f"{sign} {rec.text('factor')}", "text", 6)
        beside = [rec.text("effect"), weight_words(rec.text("weight")), rec.text("source"), f"no. {rec.number}"]
        yield Say("; ".join(word for word in beside if word), "quiet", 8)


def weight_words(weight: str) -> str:
    return f"weighed {weight}" if weight else ""


# ---- who saw what, and what it rests on ----------------------------------------------------------------------------
def _seen(one: Episode) -> Iterator[Say]:
    written = one.rec.text("who_saw_what")
    if not written and not one.knew:
        return
    yield Say("")
    yield Say("Who saw what", "title")
    if written:
        yield Say(written, "text", 2)
    if one.knew:
        yield Say("By its end, as the story has it:", "quiet", 2)
    for knew in one.knew:
        facts = f"{len(knew.facts)} of the facts" if knew.facts else "none of the facts"
        yield Say(f"{knew.whose.label}: {facts}", "label", 4)
        for rec in knew.views:
            if rec.text("thought"):
                yield Say(f"thought: {rec.text('thought')}", "text", 6)


def _sources(review: Review, one: Episode) -> Iterator[Say]:
    yield Say("")
    yield Say("Where it is known from", "title")
    for line in one.rec.many("sources"):
        yield Say(line, "text", 2)
    for evidence in one.evidence:
        links = ", ".join(named(review, rec) for rec in evidence.sources)
        against = "against: " if evidence.rec.yes("against") else ""
        yield Say(f"{links or 'a source'}   no. {evidence.rec.number}", "text", 2)
        if evidence.rec.text("shows"):
            yield Say(f"{against}{evidence.rec.text('shows')}", "quiet", 4)
    for rec in one.other:
        yield Say(f"{named(review, rec)}   no. {rec.number}", "text", 2)
    if not (one.rec.many("sources") or one.evidence or one.other):
        yield Say("No source is named yet.", "ask", 2)


def named(review: Review, rec: Rec) -> str:
    """A record in a few words: what kind it is, and its first words."""
    kind = review.definition.records.get(rec.kind)
    link = review.one("participant", rec.link("participant")) if rec.kind == "conversation" else None
    words = link.text("pseudonym") if link else ""
    for name in ("moment", "title", "pseudonym", "fact", "statement", "kind", "whose", "comment"):
        words = words or rec.text(name)
    title = kind.title if kind else rec.kind
    return f"{title}: {shown(words, width=60)}" if words else title


def _findings(review: Review, one: Episode) -> Iterator[Say]:
    yield Say("")
    yield Say("Findings that rest on it", "title")
    for rec in one.findings:
        yield Say(rec.text("statement"), "text", 2)
        yield Say(f"no. {rec.number}, {rec.text('state')}", "quiet", 4)
    if not one.findings:
        yield Say("None yet: a window on the system may open here, or not.", "quiet", 2)


def _open(one: Episode) -> Iterator[Say]:
    if not one.open:
        return
    yield Say("")
    yield Say("Still to be asked", "title")
    for question in one.open:
        yield Say(f"{'✗' if question.blocks else '·'} {question.asks}", "ask", 2)
