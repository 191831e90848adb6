"""What came again after a case closed: the same as by looking at every pair, and quick where an id stands for many."""

from __future__ import annotations

import time
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casereview.oversight.quality.early import MOST_AGAIN, by_family, came_after
from casereview.oversight.quality.listed import About

DAY = date(2024, 1, 1)
FAMILIES = {"a": "one", "b": "one", "c": "two", "d": "d"}


def about(number: int, children: tuple[str, ...], opened: int, lasted: int | None) -> About:
    began = DAY + timedelta(days=opened)
    closed = None if lasted is None else began + timedelta(days=lasted)
    return About(f"id-{number}", f"SA-{number:04}", "t", "", "", children, began, closed, "s", "w")


CASES = st.lists(
    st.tuples(
        st.lists(st.sampled_from("abcde"), min_size=1, max_size=2, unique=True), st.integers(0, 900),
        st.none() | st.integers(0, 300),
    ),
    max_size=12,
)  # fmt: skip


@given(CASES)
def test_it_is_what_every_pair_of_cases_says(made: list[tuple[list[str], int, int | None]]) -> None:
    cases = [about(n, tuple(children), opened, lasted) for n, (children, opened, lasted) in enumerate(made)]
    later = by_family(cases, FAMILIES)
    for ended in cases:
        expected = set()
        for one in cases:
            kin = {FAMILIES.get(c, c) for c in ended.children} & {FAMILIES.get(c, c) for c in one.children}
            if one.id == ended.id or not kin or ended.closed is None:
                continue
            sibling = not set(one.children) & set(ended.children)
            together = sibling and (one.opened - ended.opened).days <= 14
            if not together and 0 <= (one.opened - ended.closed).days <= 365:
                expected.add((one.case, sibling))
        assert {(again.case, again.sibling) for again in came_after(ended, later, FAMILIES)} == expected


def test_an_id_that_stands_for_thousands_does_not_hold_the_list_up() -> None:
    cases = [about(n, ("unknown",), n % 360, 0) for n in range(4_000)]
    began = time.process_time()
    later = by_family(cases, {})
    assert max(len(came_after(one, later, {})) for one in cases) == MOST_AGAIN
    assert time.process_time() - began < 2
