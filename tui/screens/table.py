"""A table over pages of a store: it draws the lines on show and holds a few pages, however long the list is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from casereview.text import shown
from tui.screens.messages import CursorMoved, PageWanted, RowChosen

PAGE = 100  # rows asked for at a time
PAGES_HELD = 6
LEAST = 7  # columns of words, before others give way

R = TypeVar("R")
Cell = str | Text


@dataclass(frozen=True, slots=True)
class Column:
    """grow: its share of the room left over; from_width: shown only where the table is at least that wide."""

    title: str
    width: int
    grow: int = 0
    right: bool = False
    from_width: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """A heading above the `count` rows that follow it."""

    title: Text
    count: int


class PageTable(ScrollView, Generic[R], can_focus=True):
    """One line a row. Whoever owns it answers PageWanted with `fill`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "to(0)", "First", show=False),
        Binding("end", "to(-1)", "Last", show=False),
        Binding("enter", "choose", "Open", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--head", "table--cursor", "table--group", "table--waiting"}
    DEFAULT_CSS = """
    PageTable { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; background: $background; }
    PageTable > .table--head { color: $text-muted; text-style: bold; background: $surface; }
    PageTable > .table--cursor { background: $primary 55%; color: $text; text-style: bold; }
    PageTable > .table--group { text-style: bold; background: $surface; }
    PageTable > .table--waiting { color: $text-disabled; }
    """
    cursor: reactive[int] = reactive(0, repaint=False)

    def __init__(
        self, columns: Sequence[Column], cells: Callable[[R], Sequence[Cell]], *, id: str | None = None,
        is_marked: Callable[[R], bool] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(id=id)
        self.columns = tuple(columns)
        self.cells = cells
        self.is_marked = is_marked or (lambda row: False)
        self.total = 0
        self.groups: tuple[Group, ...] = ()
        self._pages: OrderedDict[int, tuple[R, ...]] = OrderedDict()
        self._wanted: set[int] = set()

    @property
    def name_of(self) -> str:
        return self.id or ""

    # ---- what it holds ---------------------------------------------------------------------------------------
    def begin(self, rows: Sequence[R], total: int, groups: Sequence[Group] = (), *, keep: bool = False) -> None:
        """A new list: its first rows, how many there are in all, and headings; `keep` leaves the cursor."""
        self._pages.clear()
        self._wanted.clear()
        self.total, self.groups = total, tuple(groups)
        self.fill(0, rows)
        self.virtual_size = Size(self.size.width, self._line_count() + 1)
        self.set_reactive(PageTable.cursor, min(self.cursor, max(total - 1, 0)) if keep else 0)
        if not keep:
            self.scroll_to(0, 0, animate=False, immediate=True)
        self.refresh()
        self._ensure()
        self.post_message(CursorMoved(self.name_of, self.cursor))

    def fill(self, offset: int, rows: Sequence[R]) -> None:
        """Rows from `offset` (a multiple of PAGE) on."""
        for start in range(0, max(len(rows), 1), PAGE):
            page = (offset + start) // PAGE
            self._pages[page] = tuple(rows[start : start + PAGE])
            self._pages.move_to_end(page)
            self._wanted.discard(page)
        while len(self._pages) > max(PAGES_HELD, len(rows) // PAGE + 1):
            self._pages.popitem(last=False)
        self.refresh()

    def row(self, index: int | None = None) -> R | None:
        """The row at an index, or under the cursor; None while it is on its way, or where there is none."""
        at = self.cursor if index is None else index
        page = self._pages.get(at // PAGE, ())
        return page[at % PAGE] if 0 <= at < self.total and at % PAGE < len(page) else None

    # ---- lines and rows --------------------------------------------------------------------------------------
    def _line_count(self) -> int:
        return self.total + len(self.groups)

    def _line_of(self, index: int) -> int:
        before = 0
        for number, group in enumerate(self.groups):
            before += group.count
            if index < before:
                return index + number + 1
        return index + len(self.groups)

    def _at_line(self, line: int) -> int | Group | None:
        """The index of the row on a line, or the heading there."""
        start = 0
        for number, group in enumerate(self.groups):
            if line == start + number:
                return group
            if line <= start + number + group.count:
                return line - number - 1
            start += group.count
        index = line - len(self.groups)
        return index if 0 <= index < self.total else None

    # ---- moving ----------------------------------------------------------------------------------------------
    def action_move(self, by: int) -> None:
        self.cursor += by

    def action_page(self, by: int) -> None:
        self.cursor += by * max(self.size.height - 2, 1)

    def action_to(self, index: int) -> None:
        self.cursor = self.total - 1 if index < 0 else index

    def action_choose(self) -> None:
        if self.row() is not None:
            self.post_message(RowChosen(self.name_of, self.cursor))

    def validate_cursor(self, index: int) -> int:
        return max(0, min(index, self.total - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        if old == new:
            return
        line, room = self._line_of(new), max(self.size.height - 1, 1)
        top = self.scroll_offset.y
        if new == 0:
            top = 0  # with the heading above it
        elif line < top:
            top = line
        elif line >= top + room:
            top = line - room + 1
        if top != self.scroll_offset.y:
            self.scroll_to(0, top, animate=False, immediate=True)
            self.refresh()
        else:  # two lines change, not the whole table
            self.refresh(*(Region(0, self._line_of(index) - top + 1, self.size.width, 1) for index in (old, new)))
        self.post_message(CursorMoved(self.name_of, new))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._ensure()

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, self._line_count() + 1)
        self._ensure()

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        if place is None or place.y == 0:
            return
        index = self._at_line(self.scroll_offset.y + place.y - 1)
        if isinstance(index, int):
            self.cursor = index
            if event.chain == 2:
                self.action_choose()

    def _ensure(self) -> None:
        """Asks for what is on show and not held."""
        top = self.scroll_offset.y
        bottom = min(top + max(self.size.height - 2, 0), self._line_count() - 1)  # the list may end above it
        for line in (top, bottom):
            index = self._at_line(line)
            if isinstance(index, Group):
                index = self._at_line(line + 1)
            if isinstance(index, int) and self.row(index) is None and index // PAGE not in self._wanted:
                self._wanted.add(index // PAGE)
                self.post_message(PageWanted(self.name_of, index // PAGE * PAGE))

    # ---- drawing ---------------------------------------------------------------------------------------------
    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            return self._drawn([c.title for c in self._shown(width)], width, self._style("table--head"))
        at = self._at_line(self.scroll_offset.y + y - 1)
        if at is None:
            return Strip.blank(width, self.rich_style)
        if isinstance(at, Group):
            style = self._style("table--group")
            return _fitted([Segment(" "), *_segments(at.title, width - 1)], width, style)
        row = self.row(at)
        if row is None:
            return _fitted([Segment("  …")], width, self._style("table--waiting"))
        style = self._style("table--cursor") if at == self.cursor and self.has_focus else self.rich_style
        # Marked, under the cursor, or both: told apart without colour.
        here, marked = at == self.cursor, self.is_marked(row)
        mark = ("▣" if here else "✓") if marked else ("▸" if here else " ")
        shown = [cell for cell, c in zip(self.cells(row), self.columns, strict=True) if width >= c.from_width]
        return self._drawn(shown, width, style, mark)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name)

    def _shown(self, width: int) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if width >= column.from_width)

    def _drawn(self, cells: Sequence[Cell], width: int, style: Style, mark: str = " ") -> Strip:
        columns = self._shown(width)
        segments = [Segment(mark)]
        for cell, column, room in zip(cells, columns, _widths(columns, width - 1), strict=True):
            parts = _segments(cell, room)
            pad = Segment(" " * (room - sum(cell_len(part.text) for part in parts)))
            segments += [pad, *parts] if column.right else [*parts, pad]
            segments.append(Segment(" "))
        return _fitted(segments, width, style)


@lru_cache(maxsize=64)
def _widths(columns: tuple[Column, ...], width: int) -> tuple[int, ...]:
    """Every column its width, and what is left over by their shares; one column between each.

    Where there is too little room the growing ones give way first, then the widest.
    """
    left = max(width - sum(column.width + 1 for column in columns), 0)
    shares = sum(column.grow for column in columns) or 1
    widths = [column.width + left * column.grow // shares for column in columns]
    spare = width - sum(widths) - len(widths)
    growing = next((n for n, column in enumerate(columns) if column.grow), None)
    if growing is not None and spare > 0:
        widths[growing] += spare
    while sum(widths) + len(widths) > width and max(widths) > 1:
        growers = [n for n, column in enumerate(columns) if column.grow and widths[n] > LEAST]
        widest = max(growers or range(len(widths)), key=widths.__getitem__)
        widths[widest] -= 1
    return tuple(widths)


def _segments(cell: Cell, room: int) -> list[Segment]:
    """A cell made safe to show and cut to its room; what is cut ends in “…”."""
    plain, style = (cell.plain, cell.style) if isinstance(cell, Text) else (cell, "")
    text = shown(plain)
    if cell_len(text) > room:
        text = set_cell_size(text, max(room - 1, 0)).rstrip() + "…" if room > 0 else ""
    return [Segment(text, _parsed(style) if isinstance(style, str) else style)]


_parsed = lru_cache(maxsize=256)(Style.parse)


def _fitted(segments: list[Segment], width: int, style: Style) -> Strip:
    return Strip(Segment.apply_style(segments, style)).adjust_cell_length(width, style)
