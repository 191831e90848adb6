"""The view from the tunnel in words: what one person could see, and how much is hidden."""

from __future__ import annotations

from collections.abc import Iterator

from casereview.method.lines import Say, counted, day_words
from casereview.method.narrative import STORY_KINDS, Viewpoint
from casereview.method.review import Review
from casereview.method.story_said import LABELS as VIEW_LABELS
from casereview.method.story_said import not_yours
from casereview.method.tunnel import Hidden, Seen, SeenFact, Tunnel

NOBODY = (
    "Nobody is named in the story yet whose view could be shown. First: who takes part (a record “participant”), "
    "then how it looked to each (“perspective”), and which fact was known to whom from when (“known-when”)."
)


def nobody_said(review: Review) -> Iterator[Say]:
    """Where there is nobody whose view could be shown: what to do, or that it is not this reader's to see."""
    withheld = sum(review.withheld.get(kind, 0) for kind in STORY_KINDS)
    yield not_yours(withheld, "of the story") if withheld else Say(NOBODY, "ask")


def tunnel_said(one: Tunnel, *, named: bool = True) -> Iterator[Say]:
    """The whole view of one person on one day: what is new on that day, what was there before, how much is hidden.

    named: with a heading that says whose and when
    """
    if named:
        yield Say(who_words(one.whose), "head")
        yield Say(f"{day_words(one.day)}: only what they could see by then.", "quiet")
    yield from _nothing(one)
    new = list(_seen(one, new=True))
    if new:
        yield Say("")
        yield Say("New on this day", "head")
        yield from new
    before = list(_seen(one, new=False))
    if before and new:
        yield Say("")
        yield Say("Before", "head")
    yield from before
    yield Say("")
    yield from hidden_said(one.hidden, one.bare)
    yield from _around(one)


def _seen(one: Tunnel, new: bool) -> Iterator[Say]:
    """What came to be seen on the day itself, or before it."""
    for part in one.parts:
        for view in part.views:
            if (view.since == one.day) == new:
                yield Say("")
                since = "" if view.since == part.begun else f"; since {day_words(view.since)}"
                yield Say(f"Part {part.order}, begun {day_words(part.begun)}{since}", "title")
                yield from (Say(f"{VIEW_LABELS[name]}  {words}", "text", 2) for name, _, words in view.answers)
    facts = [fact for fact in one.facts if (fact.since == one.day) == new]
    if facts:
        yield Say("")
        yield Say("Came to know" if new else "Knew", "title")
    for fact in facts:
        yield from _fact(fact)
    for moment in one.moments:
        if (moment.since == one.day) == new:
            yield Say("")
            yield Say(f"A moment they told of: {moment.head}, {day_words(moment.since)}", "title")
            yield from _answers(moment)


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
