"""The view from the tunnel in words: what one person could see, how much is hidden, and two of them side by side."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casereview.method.lines import Say, counted, day_words
from casereview.method.narrative import Knowing, Story, Viewpoint, story
from casereview.method.review import Review
from casereview.method.tunnel import INSIDE, Hidden, Seen, SeenFact, Tunnel

OUTSIDE = "From outside the tunnel: both accounts whole, with what each did not know then."
NOBODY = (
    "Nobody is named in the story yet whose view could be shown. First: who takes part (a record “participant”), "
    "then how it looked to each (“perspective”), and which fact was known to whom from when (“known-when”)."
)


def tunnel_said(one: Tunnel) -> Iterator[Say]:
    """The whole view of one person on one day."""
    yield Say(who_words(one.whose), "head")
    yield Say(f"{day_words(one.day)}: only what they could see by then.", "quiet")
    yield from _nothing(one)
    for part in one.parts:
        yield Say("")
        yield Say(f"Part {part.order}, begun {day_words(part.begun)}", "title")
        for at, view in enumerate(part.views):
            if at or view.since > part.begun:
                yield Say(f"since {day_words(view.since)}", "quiet", 2)
            yield from _answers(view)
    if one.facts:
        yield Say("")
        yield Say("What they knew", "title")
        for fact in one.facts:
            yield from _fact(fact)
    for moment in one.moments:
        yield Say("")
        yield Say(f"A moment they told of: {moment.head}, {day_words(moment.since)}", "title")
        yield from _answers(moment)
    yield Say("")
    yield from hidden_said(one.hidden, one.bare)
    yield from _around(one)


def who_words(whose: Viewpoint) -> str:
    beside = ", ".join(word for word in (whose.role, whose.agency) if word and word != whose.label)
    return f"{whose.label} ({beside})" if beside else whose.label


def _nothing(one: Tunnel) -> Iterator[Say]:
    if not one.is_empty:
        return
    yield Say("")
    if one.days:
        yield Say(f"Nothing is recorded of what they could see by then; the first is of {day_words(one.days[0])}.")
    else:
        yield Say("Nothing with a date is recorded of what they saw or knew. Write down how it looked to them, and "
                  "from when which fact was known to them.", "ask")  # fmt: skip


def _answers(seen: Seen) -> Iterator[Say]:
    for _, ask, words in seen.answers:
        yield Say(ask, "label", 2)
        yield Say(words, "text", 4)


def _fact(fact: SeenFact) -> Iterator[Say]:
    yield Say(fact.fact, "text", 2)
    happened = "" if fact.happened_on in (None, fact.since) else f", happened {day_words(fact.happened_on)}"
    how = f": {fact.how}" if fact.how else ""
    yield Say(f"known since {day_words(fact.since)}{how}{happened}", "quiet", 4)


def _around(one: Tunnel) -> Iterator[Say]:
    """The days on which something changed, so that one can go from one to the next."""
    earlier, later = one.earlier(), one.later()
    if earlier or later:
        before = f"before: {day_words(earlier)}" if earlier else "nothing changed before"
        after = f"next: {day_words(later)}" if later else "nothing changed after"
        yield Say(f"Something changed for them on {counted(len(one.days), 'day')}; {before}; {after}.", "quiet")


HIDDEN_WORDS = {
    "facts_later": ("fact they came to know later", "facts they came to know later"),
    "facts_undated": ("fact known to them at an unknown time", "facts known to them at an unknown time"),
    "facts_of_agency": (
        "fact known to their agency; whether to them is not recorded",
        "facts known to their agency; whether to them is not recorded",
    ),
    "facts_of_others": ("fact not known to them, as far as is recorded",
                        "facts not known to them, as far as is recorded"),
    "views_later": ("later view of theirs", "later views of theirs"),
    "views_undated": ("view of theirs without a date", "views of theirs without a date"),
    "views_of_others": ("view of somebody else", "views of others"),
    "moments_later": ("later moment they told of", "later moments they told of"),
    "moments_undated": ("moment they told of without a date", "moments they told of without a date"),
    "parts_later": ("part of the story still to come", "parts of the story still to come"),
    "parts_undated": ("part of the story without a date", "parts of the story without a date"),
    "accounts": ("agreed account, written with hindsight", "agreed accounts, written with hindsight"),
    "withheld": ("record you may not read", "records you may not read"),
}  # fmt: skip


def hidden_said(hidden: Hidden, bare: tuple[str, ...] = ()) -> Iterator[Say]:
    """How much is hidden, and never what."""
    said = [counted(n, *HIDDEN_WORDS[name]) for name, n in hidden.counts().items() if n]
    yield Say("Hidden here", "title")
    if not said:
        yield Say("Nothing: all that is recorded could be seen by them.", "quiet", 2)
    for words in said:
        yield Say(words, "quiet", 2)
    if bare:
        which = "Part " + bare[0] if len(bare) == 1 else "Parts " + ", ".join(bare)
        yield Say(f"{which} had begun as well; how that looked to them is not written down.", "ask", 2)


# ---- two beside each other -------------------------------------------------------------------------------------
def abreast(review: Review, one: Viewpoint, other: Viewpoint) -> list[tuple[list[Say], list[Say], list[Say]]]:
    """Part by part from outside: what heads it, and what each of the two has to say there."""
    told = story(review)
    rows: list[tuple[list[Say], list[Say], list[Say]]] = []
    for part in told.parts:
        rec = part.rec
        span = day_words(rec.day("date_from"))
        head = [Say(""), Say(f"{part.order}  {rec.text('title')}, from {span}", "title")]
        sides = ([say for v in part.views if v.whose.key == who.key for say in _whole(review, v.rec.number)] or [
            Say("not written down", "quiet")] for who in (one, other))  # fmt: skip
        left, right = sides
        rows.append((head, left, right))
        if rec.text("differences"):
            rows.append(([Say(f"Where accounts differ: {rec.text('differences')}", "text", 2)], [], []))
    rows += _facts_abreast(told, one, other)
    return rows


def _whole(review: Review, number: int) -> Iterator[Say]:
    rec = review.one("perspective", number)
    kind = review.definition.records.get("perspective")
    if rec is None:
        return
    for name in (*INSIDE["perspective"], "did_not_know"):
        if rec.text(name):
            yield Say(kind.fields[name].ask if kind and name in kind.fields else name, "label")
            yield Say(rec.text(name), "text", 2)


def _facts_abreast(
    told: Story, one: Viewpoint, other: Viewpoint
) -> Iterator[tuple[list[Say], list[Say], list[Say]]]:
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


def same_day(left: Tunnel, right: Tunnel) -> date | None:
    """The next day on which something changed for either."""
    days = [day for day in (left.later(), right.later()) if day]
    return min(days, default=None)


def day_before(left: Tunnel, right: Tunnel) -> date | None:
    days = [day for day in (left.earlier(), right.earlier()) if day]
    return max(days, default=None)
