"""What is not known of a recommendation, and is worth asking: told as gaps, never filled in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casereview.learning.recommendations import LOCAL, NATIONAL, NOT_SAID, Tracked, short


def gaps(one: Tracked, day: date, place: str = "") -> tuple[str, ...]:
    """What is not known of it, and is worth asking. `place`: whose local side the gaps are about; any without it.

    A promised day that has passed is named; that it passed never says that the promise was broken.
    """
    found = [*_answer_gaps(one, place), *_position_gaps(one, place)]
    for doing in one.actions:
        if doing.open and (not place or doing.place in ("", place)):
            if not doing.owner:
                found.append(f"nobody is named who sees to: {short(doing.what)}")
            if not doing.when:
                found.append(f"no date for: {short(doing.what)}")
    for chain in one.chains:
        last = chain.newest
        if last.latest < day and last.kept not in ("kept", "not kept"):
            found.append(f"“{short(chain.what)}” was promised for “{last.for_words}”: whether it came is not recorded")
    return tuple(found)


def _answer_gaps(one: Tracked, place: str) -> Iterable[str]:
    if one.whole:
        return
    national = [said for said in one.answers if said.whose == NATIONAL]
    if not one.answers:
        yield "no answer to it is recorded"
    elif national and national[-1].answer == NOT_SAID:
        yield "it was answered; whether in full, in principle or otherwise is not said"


def _position_gaps(one: Tracked, place: str) -> Iterable[str]:
    national = one.newest(NATIONAL)
    if not national:
        yield "no national position is recorded"
    elif all(said.ours for said in one.positions if said.whose == NATIONAL):
        yield "no national position names it; what stands here is our reading of a paper about something else"
    if one.whole:
        return
    local = [said.who for said in one.newest(LOCAL)]
    if place and place not in local:
        yield f"no position of {place} is recorded"
    elif not local:
        yield "no local position is recorded"


_KINDS = (
    ("no answer", "the answer"), ("it was answered", "how it was answered"),
    ("no national position", "the national position"), ("no local position", "the local position"),
    ("no position of", "the local position"), ("nobody is named", "who sees to it"), ("no date for", "by when"),
)  # fmt: skip


def in_short(found: Iterable[str]) -> str:
    """What is not known, by kind and each once, such as “by when; the local position”."""
    kinds = (next((name for begins, name in _KINDS if gap.startswith(begins)), "whether it came") for gap in found)
    return "; ".join(dict.fromkeys(kinds))
