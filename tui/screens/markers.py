"""The eighteen quality markers of a review on the screen: yes, partly or no, with a note; to think by."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text

from casereview.method.lists import marker_source
from casereview.method.markers import LOOK, Looked
from casereview.service.method import quality_markers
from casereview.text import shown
from tui.screens.look import MET, MISSING, QUIET, day
from tui.screens.page import Page
from tui.screens.review_rows import ReviewRows, add_in
from tui.screens.sheet import TextScreen
from tui.screens.table import Column

LOOKS = {"yes": MET, "partly": MISSING, "no": MISSING}


def show_markers(page: Page, ref: str) -> None:
    page.app.push_screen(MarkersScreen(ref))


class MarkersScreen(ReviewRows[Looked]):
    heading = "Quality markers"
    about = (
        "Eighteen questions about how the review itself is done, from setting it up to what came of it. Those marked "
        "with > belong to the stage it is in now. Enter shows one whole; a then answers it: yes, partly or no. It is "
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

    kept_back = ""

    def reader(self) -> Callable[[], list[Looked]]:
        def read() -> list[Looked]:
            found = quality_markers(self.desk, self.ref)
            self.kept_back = found.kept
            return list(found.looked)

        return read

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
        said = "> belongs to this stage · enter: the question and its answers"
        return f"{self.kept_back} · {said}" if self.kept_back else said

    def choose(self, row: Looked) -> None:
        """The whole question with every earlier answer; from there it is answered."""

        def after(key: str | None) -> None:
            if key == "a":
                self._answer(row)

        self.app.push_screen(TextScreen(whole(row), {"a": "answer it"}), after)

    def _answer(self, row: Looked) -> None:
        add_in(self, self.ref, LOOK, {"marker": row.marker.key, "looked_on": self.desk.today.isoformat()})


def whole(row: Looked) -> Text:
    """A marker with its question and every look at it, newest first."""
    text = Text().append(f"{row.marker.title}  ", "bold").append(f"{row.marker.part}\n", QUIET)
    text.append(f"\n{row.marker.asks}\n")
    for look in row.looks:
        text.append(f"\n{day(look.day('looked_on') or look.on)}: ", QUIET)
        text.append(look.text("answer"), LOOKS.get(look.text("answer"), ""))
        text.append(f"\n  {shown(look.text('note'), one_line=False)}\n" if look.text("note") else "\n")
    if not row.looks:
        text.append("\nNobody has answered it yet.", QUIET)
    return text
