"""Recommendations on the screen: national beside local, dates that moved, gaps; and the paper a board receives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.learning.telling import recommendation
from casereview.service.recommendations import Asked, Followed, ReadIn, followed, read_example, read_in
from casereview.text import parse_date, shown
from tui.commands.recommendations import cells, row_json
from tui.screens.asks import Answers, Ask, Pairs, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MISSING, QUIET
from tui.screens.page import Offer, Page
from tui.screens.paths import there
from tui.screens.picking import Choice, PickScreen
from tui.screens.pool_similar import read_out
from tui.screens.reporting import AS_AT, Paper, _file, _offer
from tui.screens.review_rows import add_in
from tui.screens.rows import RowsPage
from tui.screens.table import Column

if TYPE_CHECKING:
    from casereview.reports.document import Document
    from casereview.service.desk import Desk
    from tui.screens.work import Progress

WRITES = (
    ("position", "a position", "where it stands now, nationally or here"),
    ("response", "an answer", "how it was answered"),
    ("action", "an action", "who does what by when"),
    ("promise", "a promised date", "also one that moved"),
    ("minutes-action", "an action from minutes", "of a meeting"),
    ("impact", "what it changed", "did it help?"),
)
TRY, DO = "try", "do"
WHAT: Pairs = (("only try it: nothing is changed", TRY), ("read it in", DO))


def show_recommendations(page: Page) -> None:
    page.app.push_screen(RecommendationsScreen())


class RecommendationsScreen(RowsPage[Followed]):
    heading = "Recommendations"
    about = (
        "Recommendations from anywhere: how each was answered, where it stands nationally and locally, which dates "
        "moved, and what is not known. A gap is shown as a gap. enter: read one in full, write down where it stands, "
        "or open its case. g: only gaps; l: only dates that moved; y: only what had been said by a day; p: the paper."
    )
    columns = (
        Column("Recommendation", 14, from_width=100),
        Column("No.", 4),
        Column("What", 20, grow=3),
        Column("Answer", 14, grow=1),
        Column("National, as at", 12, grow=1, from_width=100),
        Column("Local", 12, grow=1),
        Column("Moved", 6),
        Column("Gaps", 5, right=True),
    )
    header = ("recommendation", "set", "number", "title", "text", "stage", "answer", "national", "local", "promised",
              "slips", "gaps")  # fmt: skip
    file_name = "recommendations"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g", "gaps", "Gaps", id="recommendations.gaps", tooltip="Only those of which something is not known"),
        Binding("l", "moved", "Moved", id="recommendations.moved", tooltip="Only those with a date that moved"),
        Binding("y", "said_by", "By a day", id="recommendations.by", tooltip="Only what had been said by a day"),
        Binding("p", "paper", "Paper", id="recommendations.paper", tooltip="Write the position paper"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.asked = Asked()

    def reader(self) -> Callable[[], list[Followed]]:
        desk, asked = self.desk, self.asked
        return lambda: list(followed(desk, asked))

    def cells(self, row: Followed) -> Sequence[str | Text]:
        ref, number, title, answer, national, local, moved, gaps = cells(row)
        missing = [Text(one, MISSING if one == "not recorded" else "") for one in (national, local)]
        look = QUIET if answer in ("not said how", "no answer recorded") else ""
        return ref, number, title, Text(answer, look), *missing, moved, Text(gaps, MISSING if row.gaps else "")

    def exported(self, row: Followed) -> Sequence[object]:
        found = row_json(row)
        return ["; ".join(map(str, v)) if isinstance(v, list) else v for v in (found[name] for name in self.header)]

    def says(self) -> str:
        only = ["with gaps"] if self.asked.gaps else []
        only += ["with a date that moved"] if self.asked.slipped else []
        by = f"as it stood on {self.asked.until}" if self.asked.until else "as it stands"
        return f"{' and '.join(only) or 'all'}, {by} · enter: read, write down, open"

    def nothing(self) -> str:
        return "No recommendation is like that.\n\nn reads some in: a file, or the worked example."

    def case_in_hand(self) -> str:
        row = self.table.row() if self.loaded else None
        return row.one.ref if row else ""

    def choose(self, row: Followed) -> None:
        choices = [Choice("read", "Read it in full", "national beside local"),
                   Choice("open", "Open its case", row.one.ref),
                   *(Choice(kind, f"Write down: {label}", says) for kind, label, says in WRITES)]  # fmt: skip

        def chosen(name: str | None) -> None:
            if name == "read":
                read_out(self, [*recommendation(row.one, row.gaps)])
            elif name == "open":
                self.house.open_case(row.one.ref)
            elif name is not None:
                add_in(self, row.one.ref, name)

        self.app.push_screen(PickScreen(f"{row.one.number}  {shown(row.one.title, width=60)}".strip(), choices), chosen)

    # ---- keys --------------------------------------------------------------------------------------------------
    def action_gaps(self) -> None:
        self.asked = replace(self.asked, gaps=not self.asked.gaps)
        self.look_again()

    def action_moved(self) -> None:
        self.asked = replace(self.asked, slipped=not self.asked.slipped)
        self.look_again()

    def action_said_by(self) -> None:
        desk = self.desk
        asks = (Ask("until", "What had been said by which day?", "date", says="everything when left empty"),)

        def submit(answers: Answers, seen: int | None) -> tuple[date | None]:
            return (typed(asks, answers, desk.today).get("until"),)

        def then(found: tuple[date | None]) -> None:
            self.asked = replace(self.asked, until=found[0])
            self.look_again()

        offer_form(self, FormScreen("As it stood", asks, submit, keep_word="Look"), then)

    def action_paper(self) -> None:
        ask_position(self)

    def action_new(self) -> None:
        ask_read_in(self)

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        yield Offer("Write the position paper", "National beside local, dates that moved, gaps", self.action_paper)


# ---- reading some in ----------------------------------------------------------------------------------------------
def ask_read_in(page: Page) -> None:
    desk = page.desk
    asks = (
        Ask("file", "Which file?", says="the worked example, the fifteen of the Munro review, when left empty"),
        Ask("what", "What is to be done?", "choice", True, WHAT, start=TRY),
    )

    def submit(answers: Answers, seen: int | None) -> ReadIn:
        given = typed(asks, answers, desk.today)
        trial = given["what"] == TRY
        if not given.get("file"):
            return read_example(desk, dry_run=trial)
        return read_in(desk, there(given["file"], "file"), dry_run=trial)

    def told(done: ReadIn) -> None:
        would = "would be opened" if done.dry_run else "opened"
        says = f"{shown(done.name)}: {len(done.created)} {would}, {done.known} here already."
        if done.dry_run:
            page.app.notify(says, markup=False)
        else:
            page.kept((says,))

    says = "Each is opened once as a case; what is here already stays as it is."
    offer_form(page, FormScreen("Read recommendations in", asks, submit, keep_word="Begin", says=says), told)


POSITION = (
    "How each was answered, where it stands nationally and here, what moved, what is not known. Only a new file is "
    "written."
)


# ---- the paper ------------------------------------------------------------------------------------------------------
def ask_position(page: Page, start: Answers | None = None) -> None:
    from casereview.service.reports_position import position

    asks = (
        _file(page, "position"),
        Ask("set", "Of which report?", says="a part of its name; may be left empty where there is only one"),
        Ask("place", "Only the local side of which place?", says="every place's when left empty"),
        Ask("said_by", "Only what had been said by which day?", "date", says="everything when left empty"),
        AS_AT,
    )

    def make(desk: Desk, given: Answers, progress: Progress) -> Document:
        until = given.get("said_by")
        day = parse_date(until, "that day", today=desk.today) if isinstance(until, str) else until
        return position(desk, Asked(given.get("set", ""), place=given.get("place", ""), until=day))

    _offer(page, Paper("Write the position paper", POSITION, asks, make, partial(ask_position, page)), start or {})
