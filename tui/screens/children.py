"""The children a person may know of: their ids and family groups, and the way to each one's story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.text import Text

from casereview.people import Child
from casereview.service.registry import children
from tui.screens.page import Page
from tui.screens.rows import RowsPage
from tui.screens.table import Column


def show_children(page: Page) -> None:
    page.app.push_screen(ChildrenScreen())


class ChildrenScreen(RowsPage[Child]):
    heading = "Children"
    about = (
        "The children you may know of, by ids that tell nothing, with their family groups and the details kept apart "
        "from the journal. Enter shows a child's story across all cases, brothers and sisters included."
    )
    columns = (Column("Child", 18, grow=1), Column("Family group", 16, grow=1), Column("Details", 20, grow=3))
    header = ("child", "family group", "details")
    file_name = "children"

    def reader(self) -> Callable[[], list[Child]]:
        return partial(children, self.desk)

    def cells(self, row: Child) -> Sequence[str | Text]:
        return row.id, row.family or "none known", "; ".join(f"{name}: {value}" for name, value in row.details)

    def says(self) -> str:
        return "those you may know of · enter: the whole story"

    def choose(self, row: Child) -> None:
        self.house.open_journey(row.id)

    def action_new(self) -> None:
        from tui.screens.beginning import enter_child

        enter_child(self)
