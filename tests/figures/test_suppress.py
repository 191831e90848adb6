"""Small numbers: what is hidden is hidden for good, whatever sums stand beside it."""

from __future__ import annotations

import random
import time
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from casereview.oversight.figures.suppress import Part, Veil, hide_line, hide_table, part, parts, shown

lines = st.lists(st.integers(0, 14), max_size=8)


def test_counts_below_the_smallest_are_hidden_and_nought_is_not() -> None:
    assert [shown(n, 5) for n in (0, 1, 4, 5, 6)] == [0, None, None, 5, 6]
    assert part(0, 0, 5) == Part(0, 0)
    assert part(3, 4, 5) == Part(None, None, "too few")
    assert part(3, 40, 5) == Part(None, 40, "few")
    assert part(37, 40, 5) == Part(None, 40, "nearly all")
    assert part(20, 40, 5) == Part(20, 40) and part(20, 40, 5).share == 0.5
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
        assert one.count in (None, count) and one.of in (None, of)
        assert one.count is None or part(count, of, smallest) == one


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
