"""A child's journey: every case, record and contact about a child and siblings, as one story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from casereview.errors import CaseReviewError
from casereview.people import Child
from casereview.service.journey import Journey, JourneyLine, journey
from casereview.text import shown
from tui.screens.look import MISSING, QUIET, data, day, standing
from tui.screens.messages import RowChosen
from tui.screens.page import Offer, Page
from tui.screens.table import Column, PageTable


class JourneyScreen(Page):
    heading = "Journey"
    about = (
        "One child's story across every case you may know of, oldest first, brothers and sisters included. Above it: "
        "the cases, where concern came back within a year of an earlier closing, and how often the worker changed. "
        "Enter opens the case an entry belongs to; what only a return told, such as a referral, belongs to none."
    )
    CSS_PATH = "journey.tcss"

    def __init__(self, child: str) -> None:
        super().__init__()
        self.child = child
        self._columns = (
            Column("On", 11),
            Column("Case", 13),
            Column("What", 24, grow=5),
            Column("About", 12, from_width=90),
        )

    def body(self) -> ComposeResult:
        with VerticalScroll(id="cases-box"):
            yield Static("Reading…", id="cases", markup=False)
        yield PageTable[JourneyLine](self._columns, self._cells, id="story-lines")

    def _cells(self, line: JourneyLine) -> Sequence[str | Text]:
        return day(line.on), line.case, line.says, f"sibling {line.child}" if line.child else "this child"

    @property
    def table(self) -> PageTable[JourneyLine]:
        return self.query_one("#story-lines", PageTable)

    def on_mount(self) -> None:
        self.table.focus()
        self.look_again()

    def look_again(self) -> None:
        desk, child = self.desk, self.child
        self.ask("journey", lambda: journey(desk, child), self._show, failed=self._cannot_show)

    def _show(self, story: Journey) -> None:
        self.say_where(f"Journey of {self.child}")
        self.query_one("#cases", Static).update(_above(story))
        self.table.begin(story.lines, len(story.lines), keep=True)

    def _cannot_show(self, error: CaseReviewError) -> None:
        self.query_one("#cases", Static).update(Text(shown(str(error), one_line=False), MISSING))

    def on_row_chosen(self, message: RowChosen) -> None:
        line = self.table.row(message.index)
        if line is not None and line.case:
            self.house.open_case(line.case)

    def offers(self) -> Iterator[Offer]:
        line = self.table.row()
        if line is not None and line.case:
            yield Offer("Open the case of this entry", line.case, self.table.action_choose)


def _named(child: Child) -> str:
    details = "; ".join(f"{name}: {value}" for name, value in child.details)
    return f"{child.id} ({details})" if details else child.id


def _above(story: Journey) -> Text:
    """Who it is about, the cases with how their time looks, and what comes back."""
    text = data(_named(story.child), "bold")
    siblings = ", ".join(_named(one) for one in story.siblings)
    text.append(f"   brothers and sisters: {shown(siblings)}" if siblings else "", QUIET)
    for row in story.cases:
        closed = f" to {day(row.closed)}" if row.closed else ""
        text.append(f"\n{row.case}  ", "bold").append_text(standing(row.standing))
        text.append(f"  {shown(row.title)}, {day(row.opened)}{closed}, {shown(row.stage_title)}")
        if row.case in story.repeated:
            text.append("  concern came back within a year", MISSING)
    if not story.cases:
        text.append("\nNo case that you may know of is about this child.", QUIET)
    changes = story.worker_changes
    if changes:
        text.append(f"\nThe worker changed {'once' if changes == 1 else f'{changes} times'}.", MISSING)
    return text
