"""The table over pages: only what is on show is held, however long the list, and every line is where it should be."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st
from rich.text import Text
from textual.app import App, ComposeResult

from tui.screens.messages import PageWanted, RowChosen
from tui.screens.table import PAGE, PAGES_HELD, Column, Group, PageTable, _segments, _widths

TOTAL = 1_000_000
COLUMNS = (Column("Number", 8, right=True), Column("Words", 10, grow=1), Column("Wide only", 9, from_width=100))


class TableApp(App[None]):
    """Answers for pages out of thin air and counts how often it is asked."""

    def __init__(self, total: int, groups: Sequence[Group] = ()) -> None:
        super().__init__()
        self._total, self._groups = total, groups
        self.wanted: list[int] = []
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield PageTable[int](COLUMNS, lambda n: (str(n), f"row {n}", "wide"), id="t")

    def on_mount(self) -> None:
        self.table.begin(range(min(PAGE, self._total)), self._total, self._groups)
        self.table.focus()

    @property
    def table(self) -> PageTable[int]:
        return self.query_one("#t", PageTable)

    def on_page_wanted(self, message: PageWanted) -> None:
        self.wanted.append(message.offset)
        self.table.fill(message.offset, range(message.offset, min(message.offset + PAGE, self._total)))

    def on_row_chosen(self, message: RowChosen) -> None:
        self.chosen.append(message.index)

    def lines(self) -> list[str]:
        return [self.table.render_line(y).text.rstrip() for y in range(self.table.size.height)]


def run(app: TableApp, scenario: Callable[[TableApp, Callable[..., Awaitable[None]]], Awaitable[None]]) -> None:
    async def go() -> None:
        async with app.run_test(size=(80, 12)) as pilot:
            await pilot.pause()

            async def press(*keys: str) -> None:
                await pilot.press(*keys)
                await pilot.pause()

            await scenario(app, press)

    asyncio.run(go())


def test_a_million_rows_are_walked_with_a_few_pages_held() -> None:
    async def walk(app: TableApp, press: Callable[..., Awaitable[None]]) -> None:
        table = app.table
        await press("end")
        assert table.cursor == TOTAL - 1 and table.row() == TOTAL - 1
        assert app.lines()[-1].startswith("▸  999999")
        await press("pageup", "pageup", "home", "pagedown", "down")
        assert table.row() == table.cursor == 11
        for start in range(0, TOTAL, TOTAL // 40):
            table.cursor = start
            await press("down")
            assert table.row() == start + 1
        assert len(table._pages) <= PAGES_HELD
        assert len(app.wanted) < 100
        await press("enter")
        assert app.chosen == [table.cursor]

    run(TableApp(TOTAL), walk)


def test_headings_stand_above_their_rows_and_the_cursor_passes_over_them() -> None:
    groups = [Group(Text("first  3"), 3), Group(Text("second  2"), 2)]

    async def look(app: TableApp, press: Callable[..., Awaitable[None]]) -> None:
        lines = [line.strip("▸ ") for line in app.lines()]
        assert lines[1:8] == ["first  3", "0 row 0", "1 row 1", "2 row 2", "second  2", "3 row 3", "4 row 4"]
        await press("down", "down", "down")
        assert app.table.row() == 3
        assert app.lines()[6].startswith("▸       3 row 3")

    run(TableApp(5, groups), look)


def test_a_row_on_its_way_is_waited_for_and_an_empty_table_stays_still() -> None:
    async def look(app: TableApp, press: Callable[..., Awaitable[None]]) -> None:
        await press("down", "end", "enter", "pagedown")
        assert app.table.row() is None and app.chosen == [] and app.wanted == []

    run(TableApp(0), look)


@given(st.lists(st.integers(0, 6), max_size=5), st.integers(0, 6))
def test_lines_and_rows_are_each_others_inverse(counts: list[int], extra: int) -> None:
    table = PageTable[int](COLUMNS, lambda n: (str(n), "", ""))
    table.total = sum(counts) + extra
    table.groups = tuple(Group(Text(str(n)), count) for n, count in enumerate(counts))
    lines = [table._line_of(index) for index in range(table.total)]
    assert lines == sorted(set(lines))
    assert [table._at_line(line) for line in lines] == list(range(table.total))
    headings = [table._at_line(line) for line in range(table._line_count()) if line not in lines]
    assert [one.title.plain for one in headings if isinstance(one, Group)] == [str(n) for n in range(len(counts))]


@given(st.integers(1, 300))
def test_columns_never_take_more_room_than_there_is(width: int) -> None:
    widths = _widths(COLUMNS[:2], width)
    assert all(room >= 0 for room in widths)
    assert sum(widths) + len(widths) <= max(width, 2 * len(widths))


@given(st.text(), st.integers(0, 30))
def test_a_cell_fits_its_room_whatever_is_in_it(text: str, room: int) -> None:
    parts = _segments(text, room)
    assert sum(part.cell_length for part in parts) <= room
    assert not any(character in part.text for part in parts for character in "\x1b\x9b\n\r\u202e")
