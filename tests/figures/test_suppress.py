"""Small numbers: what is hidden is hidden for good, whatever sums stand beside it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casereview.oversight.figures.suppress import Part, Veil, hide_line, hide_table, line, part, parts, shown

lines = st.lists(st.integers(0, 14), max_size=8)


def test_counts_below_the_smallest_are_hidden_and_nought_is_not() -> None:
    assert [shown(n, 5) for n in (0, 1, 4, 5, 7, 8, 12, 13)] == [0, None, None, 5, 5, 5, 10, 10]
    assert [shown(n, 1) for n in (0, 1, 2, 3)] == [0, 1, 2, 3]
    assert part(0, 0, 5) == Part(0, 0)
    assert part(3, 4, 5) == Part(None, None, "too few")
    assert part(3, 40, 5) == Part(None, 40, "few")
    assert part(37, 40, 5) == Part(None, 40, "nearly all")
    assert part(20, 40, 5) == Part(20, 40) and part(20, 40, 1).share == 0.5
    assert part(20, 44, 5).share == part(24, 40, 5).share == 22 / 42, "the middle of what each may be"
    assert part(0, 40, 5) == Part(0, 40) and part(40, 40, 5) == Part(40, 40)
    assert part(1, 2, 1) == Part(1, 2), "1 hides nothing"


@given(lines, st.integers(1, 7))
def test_what_is_hidden_of_a_line_could_be_anything_up_to_their_sum(counts: list[int], smallest: int) -> None:
    hidden = hide_line(counts, smallest)
    assert all(at in hidden for at, count in enumerate(counts) if 0 < count < smallest)
    if hidden and len(hidden) < len(counts):
        assert len(hidden) >= 2 and sum(counts[at] for at in hidden) >= smallest
    if hidden and sum(counts) >= smallest and len(counts) > 1:
        assert len(hidden) >= 2
    if not any(0 < count < smallest for count in counts):
        assert not hidden


@given(lines, st.integers(2, 7), st.integers(0, 2))
def test_no_part_can_be_worked_out_from_the_sum_of_them_all(counts: list[int], smallest: int, forced: int) -> None:
    ofs = [count + 3 * (at % 3) for at, count in enumerate(counts)]
    found = parts(counts, ofs, smallest, forced=range(min(forced, len(counts))))
    for values, shows in ((ofs, "of"), (counts, "count")):
        hidden = [value for value, one in zip(values, found, strict=True) if getattr(one, shows) is None]
        if hidden and len(hidden) < len(values):
            assert len(hidden) >= 2 and sum(hidden) >= smallest
    for count, of, one in zip(counts, ofs, found, strict=True):
        assert one.count in (None, shown(count, smallest)) and one.of in (None, shown(of, smallest))
        assert one.count is None or part(count, of, smallest) == one


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 9))
def test_a_share_is_one_that_could_be(one: int, more: int, smallest: int) -> None:
    found = part(one, one + more, smallest)
    if found.count is not None and found.of:
        assert 0 <= found.count / (found.of + smallest - 1) <= (found.share or 0) <= 1
        assert found.share == one / (one + more) or (smallest > 1 and found.count > 0)


# ---- by trying every world that could stand behind what is shown -------------------------------------------------
def pinned(worlds: Iterable[tuple[tuple[int, ...], tuple[object, ...]]]) -> list[object]:
    """What leaves but one answer for a number it does not show.

    worlds  the true numbers, and everything that is shown: of each number, then of what else there is
    """
    behind: dict[tuple[object, ...], list[set[int]]] = {}
    for numbers, told in worlds:
        for answers, number in zip(behind.setdefault(told, [set() for _ in numbers]), numbers, strict=True):
            answers.add(number)
    return [
        told for told, found in behind.items()
        if any(one is None and len(answers) == 1 for one, answers in zip(told, found, strict=False))
    ]  # fmt: skip


@pytest.mark.parametrize("smallest", [4, 5, 7])
@pytest.mark.parametrize("cells", [2, 3])
def test_no_hidden_part_is_pinned_down_by_the_others_and_their_sum(smallest: int, cells: int) -> None:
    """On one page, even by somebody who knows this rule."""
    worlds = (
        (one, (*line(one, smallest), shown(sum(one), smallest))) for one in product(range(4 * smallest), repeat=cells)
    )
    assert not pinned(worlds)


@pytest.mark.parametrize("smallest", [5, 6, 10])
@pytest.mark.parametrize("parts_there_are", [2, 3])
def test_numbers_asked_for_apart_never_pin_down_what_lies_between_them(smallest: int, parts_there_are: int) -> None:
    """All teams and each of them on pages of their own, which know nothing of each other."""
    most = 4 * smallest if parts_there_are == 2 else 3 * smallest
    worlds = (
        (one, (*(shown(n, smallest) for n in one), shown(sum(one), smallest)))
        for one in product(range(most), repeat=parts_there_are)
    )
    assert not pinned(worlds)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=6), st.integers(2, 12), st.data())
def test_whatever_is_added_and_taken_away_is_never_a_number_that_is_hidden(
    counts: list[int], smallest: int, data: st.DataObject
) -> None:
    found = [shown(count, smallest) for count in counts]
    told = [one for one in found if one is not None]
    signs = data.draw(st.lists(st.integers(-3, 3), min_size=len(told), max_size=len(told)))
    assert not 0 < sum(sign * one for sign, one in zip(signs, told, strict=True)) < smallest
    assert all(one is None or 0 <= count - one < smallest for count, one in zip(counts, found, strict=True))


# ---- tables ----------------------------------------------------------------------------------------------------
tables = st.integers(1, 3).flatmap(
    lambda wide: st.lists(st.lists(st.integers(0, 5), min_size=wide, max_size=wide), min_size=1, max_size=3)
)


def seen(table: tuple[tuple[int, ...], ...], veil: Veil) -> tuple[object, ...]:
    """Everything that is shown of a table."""
    cells = tuple(
        None if (r, c) in veil.cells else value for r, row in enumerate(table) for c, value in enumerate(row)
    )
    rows = tuple(None if r in veil.rows else sum(row) for r, row in enumerate(table))
    columns = tuple(None if c in veil.columns else sum(col) for c, col in enumerate(zip(*table, strict=True)))
    return cells, rows, columns, sum(map(sum, table))


@settings(max_examples=60)
@given(tables, st.integers(2, 4))
def test_every_hidden_count_of_a_table_has_another_answer_that_fits_all_that_is_shown(
    table: list[list[int]], smallest: int
) -> None:
    """By trying every table there could be: slow, simple, and nothing of the product's own way of seeing it."""
    whole, veil = tuple(map(tuple, table)), hide_table(table, smallest)
    places = sorted(veil.cells)
    most = sum(table[r][c] for r, c in places)
    assume(places and (most + 1) ** len(places) <= 10_000)
    answers: dict[tuple[int, int], set[int]] = {place: set() for place in places}
    shown_now = seen(whole, veil)
    for values in product(range(most + 1), repeat=len(places)):
        other = [list(row) for row in table]
        for (r, c), value in zip(places, values, strict=True):
            other[r][c] = value
        if sum(values) == most and seen(tuple(map(tuple, other)), veil) == shown_now:
            for place, value in zip(places, values, strict=True):
                answers[place].add(value)
    bare = [place for place, found in answers.items() if len(found) == 1 and table[place[0]][place[1]]]
    # where everything is hidden there is nothing more to hide: then the whole must not be shown either
    assert not bare or len(places) == len(table) * len(table[0]), (table, veil, answers)


@given(tables, st.integers(1, 5))
def test_nothing_small_is_left_showing(table: list[list[int]], smallest: int) -> None:
    veil = hide_table(table, smallest)
    for r, row in enumerate(table):
        assert r in veil.rows or not 0 < sum(row) < smallest
        for c, value in enumerate(row):
            assert (r, c) in veil.cells or not 0 < value < smallest
    if smallest == 1:
        assert veil == Veil(frozenset(), frozenset(), frozenset())


def test_a_table_of_twenty_years_of_months_is_hidden_in_seconds() -> None:
    """Months by bands of a whole authority: asking every hidden cell again for each one more hidden took a minute."""
    drawn = random.Random(1)
    table = [[drawn.choice((0, 0, drawn.randint(0, 12))) for _ in range(9)] for _ in range(240)]
    begun = time.process_time()
    hide_table(table, 5)
    assert time.process_time() - begun < 15
