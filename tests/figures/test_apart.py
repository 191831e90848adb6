"""Numbers of different pages and of overlapping selections, taken from each other: what is hidden stays hidden.

Every small world there could be is tried, and everything its pages print is compared: a number that is not printed must
have at least two answers that fit all of it, for somebody who knows the rule and sees every page.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any

import pytest
from hypothesis import given

from casereview.oversight.figures.beside import beside
from casereview.oversight.figures.durations import durations
from casereview.oversight.figures.facts import CaseFacts
from casereview.oversight.figures.forecast import finishing
from casereview.oversight.figures.journeys import right_first_time
from casereview.oversight.figures.tables import as_data
from casereview.oversight.figures.urgent import urgent
from casereview.service.figure_pages import KINDS
from casereview.service.figures import Gathered, Selection
from tests.figures.made import CALENDAR, DAY, any_case, case, known, some_cases, timed

SMALLEST = 5
MOST = 3 * SMALLEST
World = Callable[[Sequence[int]], tuple[tuple[int | None, ...], tuple[Any, ...]]]


def some(count: int, name: str, **more: Any) -> list[CaseFacts]:
    return [case(timed(10), ref=f"{name}{at}", **more) for at in range(count)]


def running(count: int, days: int, name: str) -> list[CaseFacts]:
    return [case(timed(days, ended=None), ref=f"{name}{at}") for at in range(count)]


# ---- each: what of the numbers is shown as such, and everything else that is printed --------------------------------
def ahead(numbers: Sequence[int]) -> tuple[tuple[int | None, ...], tuple[Any, ...]]:
    """The look ahead beside how many are open at all (on another page)."""
    young, old = numbers
    found = [*some(20, "d"), *running(young, 5, "y"), *running(old, 50, "o")]
    page = finishing(found)
    return (page.open, page.beyond), (durations(found, DAY).open.count, beside(found).cases)


def first_time(numbers: Sequence[int]) -> tuple[tuple[int | None, ...], tuple[Any, ...]]:
    """Right first time beside how many were closed."""
    settled, early = numbers
    found = [*some(settled, "s", watched=True, later=False), *some(early, "e")]
    page = right_first_time(found, DAY)
    return (page.settled, page.too_early), (page.right, beside(found).cases, durations(found, DAY).done.count)


def teams(numbers: Sequence[int]) -> tuple[tuple[int | None, ...], tuple[Any, ...]]:
    """Each team asked for alone, all of them, and all of them by team."""
    one, other = (some(count, name, team=name) for count, name in zip(numbers, ("north", "south"), strict=True))
    alone = tuple(durations(found, DAY).done.count for found in (one, other))
    whole = durations([*one, *other], DAY, by="team")
    return alone, (whole.done.count, tuple((group.name, group.spread.count) for group in whole.groups))


def lanes(numbers: Sequence[int]) -> tuple[tuple[int | None, ...], tuple[Any, ...]]:
    seen, unseen = numbers
    found = [*some(seen, "s", lane="urgent", seen_days=1), *some(unseen, "u", lane="urgent")]
    first, second = (urgent(part, DAY).lanes for part in (found[:seen], found[seen:]))
    alone = first[0].cases if first else 0, second[0].cases if second else 0
    return alone, tuple((one.cases, one.seen.reached) for one in urgent(found, DAY).lanes)


def pinned(world: World, most: int = MOST) -> Iterator[tuple[Any, ...]]:
    behind: dict[tuple[Any, ...], list[set[int]]] = {}
    for numbers in product(range(most), repeat=2):
        told = world(numbers)
        for answers, number in zip(behind.setdefault(told, [set(), set()]), numbers, strict=True):
            answers.add(number)
    for told, found in behind.items():
        if any(number is None and len(answers) == 1 for number, answers in zip(told[0], found, strict=True)):
            yield told


@pytest.mark.parametrize("world", [ahead, first_time, teams, lanes])
def test_no_number_that_is_hidden_has_but_one_answer(world: World) -> None:
    assert not list(pinned(world))


# ---- every page, as data --------------------------------------------------------------------------------------------
# Lengths of time, places in a band and numbers of months: what is no number of cases.
NO_COUNTS = {
    "days", "low", "high", "first", "last", "longest", "oldest", "median", "ahead", "months", "lower", "upper",
    "quartiles", "age", "since_first", "waiting", "overseen", "worker", "overseers", "limits", "carried", "value",
    "moved", "ended_share", "share", "per_day", "to_one", "step", "ratio", "drop", "bunching",
}  # fmt: skip


def counts_in(data: Any, name: str = "") -> Iterator[tuple[str, int]]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in NO_COUNTS:
                yield from counts_in(value, key)
    elif isinstance(data, list):
        for value in data:
            yield from counts_in(value, name)
    elif type(data) is int:
        yield name, data


def figures(found: Iterable[CaseFacts], smallest: int) -> Iterator[tuple[str, Any]]:
    facts = tuple(found)
    knew = tuple(known(one.ref, one.opened, one.closed, one.ref) for one in facts)
    for by in ("team", "month"):
        gathered = Gathered(DAY, Selection(by=by, what="ended"), facts, knew, smallest, CALENDAR)
        for kind in KINDS:
            yield kind.name, as_data([kind.make(gathered), beside(kind.about(gathered), smallest)])


@given(some_cases())
def test_every_number_of_cases_on_every_page_went_through_the_one_rule(found: list[CaseFacts]) -> None:
    """So whatever is added up or taken away of them, on one page or across pages, is never a number from 1 to 4."""
    for name, data in figures(found, SMALLEST):
        odd = [one for one in counts_in(data) if one[1] % SMALLEST]
        assert not odd, (name, odd)


def test_the_numbers_looked_at_are_there() -> None:
    chance = random.Random(1)
    for name, data in figures([any_case(chance, f"SA-{at}") for at in range(73)], 1):
        assert any(number % SMALLEST for _, number in counts_in(data[0])), name
