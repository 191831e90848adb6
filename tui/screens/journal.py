"""The journal of a case as rows of a table, newest first, read a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from casereview.service.desk import Desk
from casereview.service.reading import HistoryLine, history
from casereview.text import shown
from casereview.when import recorded
from tui.screens.look import QUIET, day
from tui.screens.table import Column

COLUMNS = (
    Column("No.", 5, right=True),
    Column("On", 11),
    Column("Who", 14, grow=1),
    Column("What", 30, grow=5),
    Column("Recorded", 17, from_width=110),
)


def cells(line: HistoryLine | None) -> Sequence[str | Text]:
    if line is None:
        return "", "", "", Text("disposed of by a recorded decision", QUIET), ""
    return str(line.number), day(line.on), line.by, line.says, recorded(line.recorded_at)


def reader(desk: Desk, ref: str, total: int, offset: int, limit: int) -> Callable[[], list[HistoryLine | None]]:
    """Rows `offset` to `offset + limit` of a journal of `total` entries; None where a body was disposed of."""

    def read() -> list[HistoryLine | None]:
        newest = total - offset
        lines = {line.number: line for line in history(desk, ref, before=newest + 1, limit=limit)}
        return [lines.get(number) for number in range(newest, max(newest - limit, 0), -1)]

    return read


def whole_entry(line: HistoryLine) -> Text:
    """An entry in full: who, for whom, when it happened, when it was recorded, and every word."""
    text = Text().append(f"Entry {line.number}  ", "bold")
    text.append(f"{day(line.on)}, {shown(line.by)}")
    if line.acting_as:
        text.append(f" (by the login {shown(line.acting_as)})", QUIET)
    text.append(f"  recorded {recorded(line.recorded_at)}\n", QUIET)
    text.append(shown(line.says, one_line=False))
    return text
