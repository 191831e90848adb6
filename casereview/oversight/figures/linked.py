"""Cases of the same child: what came before within a year, and what came again, among all the viewer may know of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from casereview.oversight.figures.facts import CaseFacts, Known
from casereview.oversight.quality.words import WITHIN, came_again

A_YEAR = timedelta(days=WITHIN)


def linked(facts: Sequence[CaseFacts], known: Iterable[Known], day: date) -> list[CaseFacts]:
    """The facts with what came before and after; the order of cases does not matter.

    A child may have come before without anybody here being allowed to know of it: that is left out (law 7), and
    every page that shows these says that it counts among cases the viewer may know of.
    """
    by_child: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        for child in one.children:
            by_child[child].append(one)
    return [_linked(one, by_child, day) for one in facts]


def _linked(one: CaseFacts, by_child: dict[str, list[Known]], day: date) -> CaseFacts:
    others = [o for child in one.children for o in by_child.get(child, ()) if o.ref != one.ref]
    earlier = any(came_again(o.closed, one.opened) for o in others)
    later = None if one.closed is None else any(came_again(one.closed, o.opened) for o in others)
    watched = one.closed is not None and one.closed + A_YEAR <= day
    return replace(one, earlier=earlier, later=later, watched=watched)

