"""Small numbers: what is too few to show, and what must stay hidden so that it cannot be worked out from totals.

Two things together. In one list or table enough is hidden that its totals fix nothing. And whatever is shown goes
through `shown`, which rounds it down: so numbers of two pages, or of all teams and of all but one, leave no exact one
when they are taken from each other. Down, and not to the nearest, because then every number of cases is one of ranges
of the same width (none; 1 to 4; 5 to 9; 10 to 14 …), and two ranges tell nothing of what lies between two numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal

SMALLEST = 5
"""Counts of cases below this are not shown and others are rounded down to a multiple of it, unless the authority keeps
another number; 1 hides and rounds nothing. 0 is shown, and said of none alone."""

Hidden = Literal["", "few", "nearly all", "too few", "veiled"]


def shown(count: int, smallest: int) -> int | None:
    """A count of cases as it may be shown: None where it is too small, else the multiple of `smallest` up to it."""
    return None if 0 < count < smallest else count // smallest * smallest


def times(one: int | None, other: int | None, step: int) -> float | None:
    """How many times the other one is, of two counts as they are shown: each stands for the middle of its range."""
    if one is None or not other:
        return None
    half = (step - 1) / 2
    return (one + half if one else 0.0) / (other + half)


@dataclass(frozen=True, slots=True)
class Part:
    """How many of how many, rounded. `count` is None where it is hidden, and `hidden` says in what way.

    few         fewer than the smallest number, but not none
    nearly all  all but fewer than the smallest number
    too few     too few cases altogether: then `of` is None as well
    veiled      hidden so that what is hidden beside it cannot be worked out
    """

    count: int | None
    of: int | None
    hidden: Hidden = ""
    step: int = field(default=1, compare=False)  # a count stands for itself and the step - 1 above it

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None where it is hidden or there are no cases."""
        return times(self.count, self.of, self.step)


def part(count: int, of: int, smallest: int) -> Part:
    """A part of a group of cases, by the rule for small numbers; no cases at all are said to be none."""
    if 0 < of < smallest:
        return Part(None, None, "too few")
    if 0 < count < smallest:
        return Part(None, shown(of, smallest), "few")
    if 0 < of - count < smallest:
        return Part(None, shown(of, smallest), "nearly all")
    return Part(shown(count, smallest), shown(of, smallest), step=smallest)


def parts(
    counts: Sequence[int], ofs: Sequence[int], smallest: int, forced: Collection[int] = ()
) -> tuple[Part, ...]:
    """Parts of groups whose parts together are shown as well: none that is hidden can be worked out from that sum.

    forced  groups of which nothing is to be shown
    """
    found = [part(count, of, smallest) for count, of in zip(counts, ofs, strict=True)]
    small = hide_line(ofs, smallest, forced)
    few = {at for at, one in enumerate(found) if one.hidden == "few"} | small
    most = {at for at, one in enumerate(found) if one.hidden == "nearly all"} | small
    rest = [of - count for count, of in zip(counts, ofs, strict=True)]
    veiled = hide_line(counts, smallest, few) | hide_line(rest, smallest, most)
    return tuple(_veiled(one, at in small, at in veiled) for at, one in enumerate(found))


def _veiled(one: Part, whole: bool, count: bool) -> Part:
    if whole:
        return Part(None, None, "too few" if one.hidden == "too few" else "veiled")
    return Part(None, one.of, "veiled") if count and not one.hidden else one


def line(counts: Sequence[int], smallest: int, forced: Collection[int] = ()) -> tuple[int | None, ...]:
    """Counts that are shown beside each other, as they may be shown; None where `hide_line` hides one."""
    hidden = hide_line(counts, smallest, forced)
    return tuple(None if at in hidden else shown(count, smallest) for at, count in enumerate(counts))


def hide_line(counts: Sequence[int], smallest: int, forced: Collection[int] = ()) -> frozenset[int]:
    """Which of some counts to hide where their sum is shown, so that none hidden can be worked out.

    Hidden are those from 1 to smallest - 1, those in `forced`, and then the next smallest ones, until at least two
    are hidden and together they come to `smallest` or more: each of them may then be anything from 0 to that sum.
    Where that cannot be, all are hidden, and their sum must not be shown (it is itself too small).
    """
    hidden = {at for at, count in enumerate(counts) if 0 < count < smallest} | set(forced)
    rest = sorted((at for at in range(len(counts)) if at not in hidden), key=lambda at: (counts[at] == 0, counts[at]))
    while hidden and rest and (len(hidden) < 2 or sum(counts[at] for at in hidden) < smallest):
        hidden.add(rest.pop(0))
    return frozenset(hidden)


@dataclass(frozen=True, slots=True)
class Veil:
    """What of a table to hide: its cells, and the totals of rows and of columns, by number."""

    cells: frozenset[tuple[int, int]]
    rows: frozenset[int]
    columns: frozenset[int]


def hide_table(table: Sequence[Sequence[int]], smallest: int) -> Veil:
    """What to hide of a table of counts of which row, column and grand totals are shown.

    A row or column that is small altogether is hidden whole, with its total. Beyond that cells are hidden until none
    of them is fixed by the totals that remain. Sound for the question "which counts fit all that is shown?": every
    hidden count but nought has at least two answers.
    """
    rows, columns = [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]
    small_rows = hide_line(rows, smallest)
    small_columns = hide_line(columns, smallest)
    cells = {
        (r, c)
        for r, row in enumerate(table)
        for c, count in enumerate(row)
        if 0 < count < smallest or r in small_rows or c in small_columns
    }
    veil = Veil(frozenset(cells), small_rows, small_columns)
    moving: set[tuple[int, int]] = set()
    while (bare := _fixed(table, veil, moving)) is not None:
        wider = _widened(table, veil, bare)
        if wider == veil:
            break
        veil = wider
    return veil


def _fixed(table: Sequence[Sequence[int]], veil: Veil, moving: set[tuple[int, int]]) -> tuple[int, int] | None:
    """The first hidden cell that what is shown leaves but one answer for.

    moving  cells known to have more than one: hiding more never takes a way round from them, so they are asked once
    """
    beside = _Beside(veil)
    for cell in sorted(veil.cells - moving):
        if table[cell[0]][cell[1]] and not _moves(table, veil, beside, cell):
            return cell
        moving.add(cell)
    return None


class _Beside:
    """The hidden cells of each row and of each column."""

    def __init__(self, veil: Veil) -> None:
        self.rows: dict[int, list[int]] = {}
        self.columns: dict[int, list[int]] = {}
        for row, column in veil.cells:
            self.rows.setdefault(row, []).append(column)
            self.columns.setdefault(column, []).append(row)


def _moves(table: Sequence[Sequence[int]], veil: Veil, beside: _Beside, cell: tuple[int, int]) -> bool:
    """Whether a hidden count could be one more, or one less, with every shown total as it is.

    One more here must be made up for along its row and column: a way round through hidden cells, by turns one less
    (where there is any) and one more. A row whose total is hidden may pass it on to another such row.
    """
    if _way_round(table, veil, beside, cell, less_first=True):
        return True
    return table[cell[0]][cell[1]] > 0 and _way_round(table, veil, beside, cell, less_first=False)


def _way_round(
    table: Sequence[Sequence[int]], veil: Veil, beside: _Beside, cell: tuple[int, int], *, less_first: bool
) -> bool:
    """From the row back to the column. less_first: the first change in the row is one less, the next one more."""
    row, column = cell
    seen: set[tuple[str, int]] = {("row", row)}
    todo: list[tuple[str, int]] = [("row", row)]
    while todo:
        side, at = todo.pop()
        if side == "row":
            held = (c for c in beside.rows.get(at, ()) if (at, c) != cell)
            ways = [("column", c) for c in held if not less_first or table[at][c] > 0]
            ways += [("row", r) for r in veil.rows if at in veil.rows]
        else:
            if at == column:
                return True
            held = (r for r in beside.columns.get(at, ()) if (r, at) != cell)
            ways = [("row", r) for r in held if less_first or table[r][at] > 0]
            ways += [("column", c) for c in veil.columns if at in veil.columns]
        for way in ways:
            if way not in seen:
                seen.add(way)
                todo.append(way)
    return False


def _widened(table: Sequence[Sequence[int]], veil: Veil, cell: tuple[int, int]) -> Veil:
    """One more cell hidden: the smallest still shown beside a bare one, anywhere if there is none; nought last."""
    row, column = cell
    open_cells = [(r, c) for r in range(len(table)) for c in range(len(table[r])) if (r, c) not in veil.cells]
    beside = [one for one in open_cells if (one[0] == row) != (one[1] == column)]
    choice = min(beside or open_cells, key=lambda one: (table[one[0]][one[1]] == 0, table[one[0]][one[1]], one),
                 default=None)  # fmt: skip
    if choice is None:
        return veil
    return Veil(veil.cells | {choice}, veil.rows, veil.columns)
