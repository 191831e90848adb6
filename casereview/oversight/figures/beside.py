"""What stands beside every time (decision 30): for the same cases, what is known of help and quality."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casereview.oversight.figures.facts import CaseFacts
from casereview.oversight.figures.suppress import SMALLEST, Part, line, part, shown
from casereview.oversight.quality.words import ASPECTS, CLEARLY, IN_PART, NOT_YET


@dataclass(frozen=True, slots=True)
class Found:
    """What the newest looks found on one question; None where a number is hidden."""

    question: str
    clearly: int | None
    in_part: int | None
    not_yet: int | None


@dataclass(frozen=True, slots=True)
class Beside:
    """For the cases a figure of time is about.

    imported  how many were finished elsewhere and came from a return, which carries dates and nothing of this: they
              are not among those of which decisions, words and looks are counted
    again     came back within a year of closing, of those whose year is over; earlier: had come before within a year
    """

    cases: int | None
    imported: Part
    decision: Part
    words: Part
    family_view: Part
    looked: Part
    found: tuple[Found, ...]
    earlier: Part
    again: Part


def beside(facts: Iterable[CaseFacts], smallest: int = SMALLEST) -> Beside:
    """Each case counts once, however often it is in the figure."""
    cases = list({one.ref: one for one in facts}.values())
    here = [c for c in cases if c.worked_here]
    of_children = [c for c in here if c.of_a_child]
    settled = [c for c in cases if c.watched]
    looks = [dict(c.look) for c in here if c.look is not None]

    def count(of: Sequence[CaseFacts], name: str) -> Part:
        return part(sum(bool(getattr(c, name)) for c in of), len(of), smallest)

    looked = part(len(looks), len(here), smallest)
    return Beside(
        shown(len(cases), smallest), part(len(cases) - len(here), len(cases), smallest),
        count(here, "decision"), count(of_children, "words"),
        count(of_children, "family_view"), looked,
        _found(looks, smallest) if looked.hidden == "" else (),
        count(cases, "earlier"), count(settled, "later"),
    )  # fmt: skip


def _found(looks: Sequence[dict[str, str]], smallest: int) -> tuple[Found, ...]:
    asked = {name for look in looks for name in look}
    order = [name for name in ASPECTS if name in asked] + sorted(asked - set(ASPECTS))
    found = []
    for name in order:
        said = Counter(look.get(name, "") for look in looks)
        clearly, in_part, not_yet = line([said[CLEARLY], said[IN_PART], said[NOT_YET]], smallest)
        found.append(Found(ASPECTS.get(name, name.replace("_", " ")), clearly, in_part, not_yet))
    return tuple(found)
