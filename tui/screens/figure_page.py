"""One figure on the screen: drawn in plain text, with its question, its answers and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from casereview.errors import CaseReviewError
from casereview.oversight.figures.tables import table_of
from casereview.oversight.questions import Answer, answer, take_back
from casereview.service.figure_pages import KINDS, FigurePage, Kind, page, page_lines
from casereview.service.figures import Gathered
from casereview.text import shown
from tui.screens.asks import Answers, Ask, typed
from tui.screens.export import ask_where
from tui.screens.figures import FiguresScreen, tell_story
from tui.screens.form import FormScreen, offer_form
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen

WIDEST = 100
OFTEN = 0.3  # seconds between two words on how far the reading has come


class FigureScreen(Page):
    heading = "Figure"
    about = (
        "The figure with the question it raises. a says what you know it means, with your name; s pins a story to a "
        "month; f chooses other cases or days; left and right go to the figures beside it; e writes it into a CSV "
        "file. What is too small to show is a dot."
    )
    CSS_PATH = "figures.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "answer", "Answer", id="figure.answer", tooltip="Say what it means, as you know it"),
        Binding("s", "story", "Story", id="figure.story", tooltip="Pin what you know to a month"),
        Binding("f", "only", "Only", id="figure.only", tooltip="Which cases, which days; an earlier day"),
        Binding("right", "other(1)", "Next", id="figure.next", tooltip="The figure after this one"),
        Binding("left", "other(-1)", "Previous", id="figure.previous", show=False, tooltip="The figure before it"),
        Binding("e", "export", "Export", id="figure.export", tooltip="The figure into a new CSV file"),
        Binding("t", "take_back", "Take back", id="figure.take", show=False, tooltip="Take an answer of yours away"),
    ]  # fmt: skip

    def __init__(self, figures: FiguresScreen, kind: Kind) -> None:
        super().__init__()
        self.figures, self.kind = figures, kind
        self.found: tuple[FigurePage, Gathered] | None = None
        self._gathered: Gathered | None = None
        self._at = ("", 0, 0)

    def body(self) -> ComposeResult:
        with VerticalScroll(id="figure-box"):
            yield Static("Reading…", id="figure", markup=False)

    def on_mount(self) -> None:
        self.say_where(self.kind.title)
        self.query_one("#figure-box").focus()
        self.set_interval(OFTEN, self._say_how_far)
        self.look_again()

    # ---- reading -------------------------------------------------------------------------------------------------
    def look_again(self) -> None:
        self.found = None
        name = self.kind.name

        def read() -> tuple[FigurePage, Gathered]:
            desk, gathered = self.figures.gather(self._come_to)
            return page(desk, gathered, name), gathered

        self.ask("figure", read, self._show, failed=self._cannot)

    def _come_to(self, what: str, done: int = 0, of: int = 0) -> None:
        self._at = (what, done, of)

    def _say_how_far(self) -> None:
        what, done, of = self._at
        if self.found is None and what:
            self.query_one("#figure", Static).update(f"{what}… {f'{done:,} of {of:,}' if of else ''}")

    def _show(self, found: tuple[FigurePage, Gathered]) -> None:
        self.found, self._at = found, ("", 0, 0)
        self._draw()

    def _draw(self) -> None:
        if self.found is not None:
            width = min(max(self.app.size.width - 4, 40), WIDEST)
            lines = page_lines(*self.found, width)
            self.query_one("#figure", Static).update(Text.assemble((f"{lines[0]}\n", "bold"), "\n".join(lines[1:])))

    def _cannot(self, error: CaseReviewError) -> None:
        self.found, self._at = None, ("", 0, 0)
        self.query_one("#figure", Static).update(Text(f"{shown(str(error))}\n\nf chooses other cases or days."))

    def on_resize(self) -> None:
        super().on_resize()
        self._draw()

    # ---- keys ----------------------------------------------------------------------------------------------------
    def action_other(self, by: int) -> None:
        kinds = [kind for kind in KINDS if not kind.by_name]
        at = kinds.index(self.kind) if self.kind in kinds else -1
        self.kind = kinds[(at + by) % len(kinds)]
        self.say_where(self.kind.title)
        self.query_one("#figure-box", VerticalScroll).scroll_home(animate=False)
        self.look_again()

    def action_only(self) -> None:
        self.figures.choose_what(self, self.look_again)

    def action_answer(self) -> None:
        if self.found is None:
            return
        desk, name = self.desk, self.kind.name
        ask = Ask("text", self.found[0].question, "long", True, says="shown here with your name and the day")

        def submit(answers: Answers, seen: int | None) -> Answer:
            return answer(desk, name, typed([ask], answers, desk.today)["text"])

        offer_form(self, FormScreen("What does it mean?", [ask], submit), lambda _: self.kept(("Kept beside it.",)))

    def action_take_back(self) -> None:
        desk = self.desk
        mine = [one for one in self.found[0].answers if one.by == desk.person] if self.found else []
        choices = [Choice(one.key, shown(one.text), str(one.on)) for one in mine]

        def chosen(key: str | None) -> None:
            if key:
                self.act(partial(take_back, desk, key), lambda _: self.kept(("Taken back. The journal keeps it.",)))

        if choices:
            self.app.push_screen(PickScreen("Take which answer of yours away?", choices), chosen)
        else:
            self.app.notify("None of the answers here is yours.", markup=False)

    def action_story(self) -> None:
        tell_story(self)

    def action_export(self) -> None:
        if self.found is None:
            return
        header, rows = table_of(self.found[0].figure)
        ask_where(self, f"figure-{self.kind.name}", header, lambda at, count: rows[at : at + count], lambda row: row)

    def offers(self) -> Iterator[Offer]:
        yield Offer("Say what it means", self.kind.title, self.action_answer)
        yield Offer("Take an answer of yours away", "", self.action_take_back)
        yield Offer("Pin a story to a month", "", self.action_story)
        yield Offer("Only some cases or days", "", self.action_only)
        yield Offer("The next figure", "", partial(self.action_other, 1))
        yield Offer("The figure before", "", partial(self.action_other, -1))
        yield Offer("Export it", "Into a new CSV file", self.action_export)
