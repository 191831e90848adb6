"""The eighteen quality markers of a review on the screen: yes, partly or no, with a note; to think by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from casereview.method.lists import marker_source
from casereview.method.markers import LOOK, Looked
from casereview.service.method import quality_markers
from tui.screens.look import MET, MISSING, QUIET, day
from tui.screens.page import Page
from tui.screens.review_rows import ReviewRows, add_in
from tui.screens.table import Column

LOOKS = {"yes": MET, "partly": MISSING, "no": MISSING}


def show_markers(page: Page, ref: str) -> None:
    page.app.push_screen(MarkersScreen(ref))


class MarkersScreen(ReviewRows[Looked]):
    heading = "Quality markers"
    about = (
        "Eighteen questions about how the review itself is done, from setting it up to what came of it. Those marked "
        "with > belong to the stage it is in now. Enter answers one: yes, partly or no, and what tells you so. It is "
        f"no score, and nothing waits for it. {marker_source()}."
    )
    columns = (
        Column("", 2),
        Column("Marker", 20, grow=1),
        Column("Answer", 8),
        Column("Asks", 24, grow=3),
        Column("Note", 16, grow=2, from_width=90),
        Column("On", 12, from_width=100),
    )
    header = ("this stage", "marker", "part", "answer", "asks", "note", "on", "looks")
    file_name = "quality-markers"

    def reader(self) -> Callable[[], list[Looked]]:
        return lambda: list(quality_markers(self.desk, self.ref).looked)

    def record(self, row: Looked) -> int | None:
        return row.looks[0].number if row.looks else None

    def cells(self, row: Looked) -> Sequence[str | Text]:
        answer = Text(row.answer or "–", LOOKS.get(row.answer, QUIET))
        return (
            ">" if row.now else "", row.marker.title, answer, row.marker.asks, row.note or Text("–", QUIET),
            day(row.looks[0].on) if row.looks else "",
        )  # fmt: skip

    def exported(self, row: Looked) -> Sequence[object]:
        one, on = row.marker, row.looks[0].on if row.looks else None
        return row.now, one.title, one.part, row.answer, one.asks, row.note, on, len(row.looks)

    def says(self) -> str:
        return "> belongs to this stage · enter answers · c puts the newest look right"

    def choose(self, row: Looked) -> None:
        add_in(self, self.ref, LOOK, {"marker": row.marker.key, "looked_on": self.desk.today.isoformat()})
