"""What children and families said, on the screen: searched by words, kind of record, case and thematic sample."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.binding import Binding, BindingType

from casereview.oversight.quality.listed import Found, Wanted
from casereview.oversight.quality.voices import SOURCES, TOLD, Voice
from casereview.service import quality_stories, quality_themes
from casereview.service.desk import Desk
from tui.commands import quality_rows as laid
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.quality import QualityPage, push
from tui.screens.table import Column


def show_voices(page: Page) -> None:
    push(page, VoicesScreen())


class VoicesScreen(QualityPage[Voice]):
    heading = "What children and families said"
    about = (
        "Their own words, newest first: what children said and showed, how families see it, what they said when they "
        "were told the decision or anything else. / searches the words; s shows only children or only families. Enter "
        "opens the case."
    )
    columns = (
        Column("On", 11), Column("Case", 13), Column("Who", 12, grow=1), Column("What was said", 24, grow=6),
        Column("Where", 14, grow=1, from_width=100),
    )  # fmt: skip
    file_name, figure, laid = "voices", "voices", laid.VOICES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "kind", "Kind", id="voices.kind", tooltip="Only from one kind of record, or when told"),
        Binding("t", "theme", "Theme", id="voices.theme", tooltip="Only from the cases of one thematic sample"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.kind, self.theme_of = "", ""

    def find(self, desk: Desk, wanted: Wanted) -> Found[Voice]:
        cases = quality_themes.cases_of(desk, self.theme_of) if self.theme_of else None
        return quality_stories.voices_heard(desk, wanted, kind=self.kind, cases=cases)

    def says(self) -> str:
        return " · ".join(part for part in (super().says(), self.kind, self.theme_of) if part)

    def action_kind(self) -> None:
        def chosen(kind: str | None) -> None:
            if kind is not None:
                self.kind = kind
                self.look_again()

        kinds = [Choice("", "everything that was said"), Choice(TOLD, "when told something")]
        kinds += [Choice(kind, kind.replace("-", " ")) for kind in SOURCES]
        self.app.push_screen(PickScreen("From which kind of record?", kinds, self.kind), chosen)

    def action_theme(self) -> None:
        desk = self.desk

        def chosen(theme: str | None) -> None:
            if theme is not None:
                self.theme_of = theme
                self.look_again()

        def choose(choices: list[Choice]) -> None:
            self.app.push_screen(PickScreen("From which thematic sample?", choices, self.theme_of), chosen)

        every = Choice("", "every case")
        self.ask("themes", lambda: [every, *(Choice(t.key, t.theme) for t in quality_themes.all_themes(desk))], choose)

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        yield Offer("Only from one kind of record", "", self.action_kind)
        yield Offer("Only from the cases of one thematic sample", "", self.action_theme)
