"""The story of a review from several sides on the screen: its parts, and under them the one at the cursor in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from casereview.errors import CaseReviewError
from casereview.method.lines import Say, laid_out
from casereview.method.narrative import PART, Part, Story, story
from casereview.method.review import Rec, Review
from casereview.method.story_said import EMPTY, part_said, rest_said
from casereview.service.review import read_review
from casereview.text import shown
from tui.screens.look import MISSING, QUIET, day
from tui.screens.messages import CursorMoved, RowChosen
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.review_rows import add_in, correct_in
from tui.screens.said import WIDEST, styled
from tui.screens.table import Column, PageTable

NEXT = (
    "\n\nn writes down its first part; p then tells how it looked to somebody, and f notes a fact with who knew it "
    "from when."
)


def show_story(page: Page, ref: str) -> None:
    page.app.push_screen(StoryScreen(ref))


class StoryScreen(Page):
    heading = "The story"
    about = (
        "The case from several sides, part by part. What everyone agrees stands beside how it looked to each then, "
        "and who knew which fact from when. It is told from outside, by people who know how it ended; the view from "
        "the tunnel (t) shows it as one of them could see it on one day."
    )
    CSS_PATH = "said.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "part", "Add part", id="story.part", tooltip="A further part of the story"),
        Binding("p", "view", "View", id="story.view", tooltip="How this part looked to somebody then"),
        Binding("f", "fact", "Fact", id="story.fact", tooltip="A fact of this part, and who knew it from when"),
        Binding("k", "learned", "Came to know", id="story.learned", tooltip="How one more person came to know a fact"),
        Binding("c", "correct", "Correct", id="story.correct", tooltip="This part, a view or a fact of it"),
        Binding("t", "tunnel", "Tunnel", id="story.tunnel", tooltip="As one person could see it on one day"),
        Binding("space", "turn(1)", "Further", id="story.further", show=False, tooltip="The text, further down"),
        Binding("b", "turn(-1)", "Back up", id="story.back", show=False, tooltip="The text, back up"),
    ]

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = ref
        self.review: Review | None = None
        self.told: Story | None = None

    def body(self) -> ComposeResult:
        columns = (
            Column("", 3, right=True), Column("Part", 20, grow=3), Column("From", 12), Column("To", 12),
            Column("Views", 6, right=True), Column("Facts", 6, right=True),
        )  # fmt: skip
        yield PageTable[Part](columns, self._cells, id="parts")
        with VerticalScroll(id="part-box", can_focus=False):
            yield Static("Reading…", id="part", markup=False)

    def _cells(self, part: Part) -> Sequence[str | Text]:
        rec = part.rec
        views = str(len(part.views)) if part.views else Text("none", MISSING)
        facts = str(len(part.facts)) if part.facts else Text("–", QUIET)
        return part.order, rec.text("title"), day(rec.day("date_from")), day(rec.day("date_to")), views, facts

    @property
    def table(self) -> PageTable[Part]:
        return self.query_one("#parts", PageTable)

    def case_in_hand(self) -> str:
        return self.ref

    # ---- reading -----------------------------------------------------------------------------------------------
    def on_mount(self) -> None:
        self.say_where(f"{self.heading} {self.ref}")
        self.table.focus()
        self.look_again()

    def look_again(self) -> None:
        desk, ref = self.desk, self.ref

        def read() -> tuple[Review, Story]:
            review = read_review(desk, ref).review
            return review, story(review)

        self.ask("story", read, self._show, failed=self._cannot)

    def _show(self, read: tuple[Review, Story]) -> None:
        self.review, self.told = read
        self.table.begin(self.told.parts, len(self.told.parts), keep=True)
        self._draw()
        self.refresh_bindings()

    def _cannot(self, error: CaseReviewError) -> None:
        self.query_one("#part", Static).update(Text(shown(str(error), one_line=False), MISSING))

    def _draw(self) -> None:
        if self.review is None or self.told is None:
            return
        part = self.table.row()
        said = [] if part is None else [*part_said(self.review, self.told, part)]
        if part is None and not self.review.withheld.get(PART):
            said = [Say(EMPTY + NEXT, "ask")]
        if part is None or part == self.told.parts[-1]:
            said += rest_said(self.review, self.told)
        width = min(max(self.app.size.width - 4, 30), WIDEST)
        self.query_one("#part", Static).update(styled(laid_out(said, width)))

    def on_cursor_moved(self, message: CursorMoved) -> None:
        self._draw()
        self._box.scroll_home(animate=False)

    def on_resize(self) -> None:
        super().on_resize()
        self._draw()

    # ---- keys --------------------------------------------------------------------------------------------------
    @property
    def _box(self) -> VerticalScroll:
        return self.query_one("#part-box", VerticalScroll)

    def action_turn(self, by: int) -> None:
        self._box.scroll_relative(y=by * max(self._box.size.height - 2, 1), animate=False)

    def on_row_chosen(self, message: RowChosen) -> None:
        self.action_correct()

    def action_part(self) -> None:
        parts = self.told.parts if self.told else ()
        orders = [int(part.order) for part in parts if part.order.isdigit()]
        start: dict[str, Any] = {"order": max(orders, default=0) + 1}
        last = parts[-1].rec.text("date_to") if parts else ""
        add_in(self, self.ref, "narrative-segment", start | ({"date_from": last} if last else {}))

    def action_view(self) -> None:
        part = self.table.row()
        add_in(self, self.ref, "perspective", {"segment": part.rec.number} if part else None)

    def action_fact(self) -> None:
        part = self.table.row()
        add_in(self, self.ref, "known-when", {"segment": part.rec.number} if part else None)

    def action_learned(self) -> None:
        """One more person who came to know one of this part's facts."""
        part = self.table.row()
        facts = part.facts if part and part.facts else self.told.elsewhere if self.told else ()
        choices = [Choice(str(fact.number), fact.text("fact")) for fact in facts]
        self._pick("Which fact?", choices, lambda n: add_in(self, self.ref, "came-to-know", {"fact": n}))

    def action_correct(self) -> None:
        part = self.table.row()
        if part is not None and self.review is not None:
            choices = [Choice(str(rec.number), says) for rec, says in _records(self.review, part)]
            self._pick("Correct which?", choices, lambda number: correct_in(self, self.ref, number))

    def _pick(self, title: str, choices: list[Choice], then: Any) -> None:
        if not choices:
            self.app.notify("There is nothing here yet to choose from.", markup=False)
            return

        def chosen(value: str | None) -> None:
            if value is not None:
                then(int(value))

        self.app.push_screen(PickScreen(title, choices), chosen)

    def action_tunnel(self) -> None:
        from tui.screens.tunnel import TunnelScreen

        part = self.table.row()
        self.app.push_screen(TunnelScreen(self.ref, day=part.rec.day("date_from") if part else None))

    def offers(self) -> Iterator[Offer]:
        yield Offer("Add a part of the story", "What happened, as far as everyone agrees", self.action_part)
        yield Offer("Add how it looked to somebody", "A view of this part", self.action_view)
        yield Offer("Add a fact", "And who knew it from when", self.action_fact)
        yield Offer("The view from the tunnel", "As one person could see it on one day", self.action_tunnel)


def _records(review: Review, part: Part) -> Iterator[tuple[Rec, str]]:
    """What of a part can be corrected, each in a few words."""
    yield part.rec, f"The part itself: {part.rec.text('title')}"
    for view in part.views:
        yield view.rec, f"View: {view.whose.label}"
    for fact in part.facts:
        yield fact, f"Fact: {fact.text('fact')}"
        for rec in review.pointing("came-to-know", "fact", fact.number):
            yield rec, f"Came to know: {rec.text('whose')}, {rec.text('how') or 'no word of how'}"
