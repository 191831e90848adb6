"""Who could be known from what a review would publish: every find with its place, and what may be said instead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.service.scanning import Find, Looked, answer, keep, look, summary
from casereview.text import shown
from tui.screens.asks import Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MISSING, QUIET
from tui.screens.page import Page
from tui.screens.review_rows import ReviewRows, correct_in
from tui.screens.table import Column

WORDS = {"protected": "identity key", "close": "one letter away", "pointer": "may point"}


def show_scan(page: Page, ref: str) -> None:
    page.app.push_screen(ScanScreen(ref))


class ScanScreen(ReviewRows[Find]):
    heading = "Before publication"
    about = (
        "Everything in the review that may be published, looked through for whoever could be known from it. Only what "
        "the identity key protects holds publication back; the rest is shown for you to look at. Enter corrects the "
        "record a find stands in; a says why a find is somebody else; k writes down that it was looked through. It "
        "cannot see nicknames, descriptions, pictures, or what may be joined up with what the press has written."
    )
    columns = (
        Column("Found", 16, grow=1),
        Column("Why", 16),
        Column("Where", 18, grow=2),
        Column("Around it", 24, grow=4),
        Column("Instead", 14, grow=1, from_width=110),
    )
    header = ("find", "found", "weight", "kind", "place", "around", "instead", "answered")
    file_name = "before-publication"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "answer", "Not theirs", id="scan.answer", tooltip="Say why it is not who the identity key means"),
        Binding("k", "keep", "Write down", id="scan.keep", tooltip="That it was looked through; how much, never what"),
    ]

    def __init__(self, ref: str) -> None:
        super().__init__(ref)
        self.found: Looked | None = None

    def reader(self) -> Callable[[], list[Find]]:
        def read() -> list[Find]:
            self.found = look(self.desk, self.ref)
            rank = {"protected": 0, "close": 1, "pointer": 2}
            return sorted(self.found.finds, key=lambda one: (not one.open, rank[one.hit.weight]))

        return read

    def record(self, row: Find) -> int | None:
        return row.record

    def cells(self, row: Find) -> Sequence[str | Text]:
        hit = row.hit
        style = MISSING if row.open else QUIET if row.answered or hit.weight == "pointer" else ""
        why = "not theirs" if row.answered else f"{WORDS[hit.weight]}: {hit.kind}"
        found = Text(" ".join(shown(hit.found, one_line=False).split()), style)
        return found, Text(why, style), hit.place, hit.around, hit.offer or "–"

    def exported(self, row: Find) -> Sequence[object]:
        hit, said = row.hit, row.answered
        return row.id, hit.found, hit.weight, hit.kind, hit.place, hit.around, hit.offer, said.note if said else ""

    def says(self) -> str:
        if self.found is None:
            return ""
        kept = "written down" if self.found.current else "not written down since the last change"
        return f"{summary(self.found)}; {kept}"

    def nothing(self) -> str:
        return (
            "Nothing was found that names or points to anybody.\n\nThat is what words can show. Read it once more as a "
            "neighbour would, or a journalist.\n\nk  writes down that it was looked through"
        )

    def choose(self, row: Find) -> None:
        if row.record is not None:
            correct_in(self, self.ref, row.record)

    def action_keep(self) -> None:
        desk, ref = self.desk, self.ref
        self.ask("keep", lambda: keep(desk, ref)[1], lambda done: self.kept(done.says))

    def action_answer(self) -> None:
        row = self.table.row() if self.listed else None
        if row is None or not row.hit.blocks:
            self.app.notify("Only a find of the identity key is answered; the others hold nothing back.")
            return
        desk, ref, name = self.desk, self.ref, row.id
        why = Ask("reason", "Why is it not who the identity key means?", "long", required=True)

        def submit(answers: Answers, seen: int | None) -> tuple[str, ...]:
            return answer(desk, ref, name, typed([why], answers, desk.today)["reason"]).says

        offer_form(self, FormScreen(f"“{row.hit.found}”", (why,), submit, says=row.hit.around), self.kept)
