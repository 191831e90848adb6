"""Actions across reviews on the screen: who sees to it, the difference meant, and whether it helped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.method.actions import OPEN, ORDERS, SETTLED, Action
from casereview.method.findings import IMPACT
from casereview.service.findings import Asked, all_actions
from casereview.service.method_settings import Settings, change_settings, lists, settings
from tui.commands.actions import COLUMNS, action_json
from tui.screens.asks import Answers, Ask, FieldFaults, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import MET, MISSING, QUIET, day
from tui.screens.page import Offer, Page
from tui.screens.review_rows import add_in, correct_in
from tui.screens.rows import RowsPage
from tui.screens.table import Column

ORDER_WORDS = {"by-about": "the day meant", "case": "review", "owner": "owner", "status": "where it stands",
               "looked-at": "the last look"}  # fmt: skip


def show_actions(page: Page) -> None:
    page.app.push_screen(ActionsScreen())


class ActionsScreen(RowsPage[Action]):
    heading = "Actions across reviews"
    about = (
        "What boards decided to do because of findings, in every review you may know of. A review closes; learning "
        "stays open: an action is here until somebody has looked at its effect for good. Was it done, and did it help? "
        "i writes down a look at its effect, also where the review is closed; c puts the action right; enter opens its "
        "finding; o orders the list otherwise."
    )
    columns = (
        Column("Case", 14),
        Column("No.", 5, right=True, from_width=100),
        Column("What is done", 20, grow=3),
        Column("Owner", 12, grow=1),
        Column("By about", 12, from_width=90),
        Column("Stands", 15, grow=1),
        Column("Looked at", 12, from_width=110),
        Column("Helped", 9, from_width=80),
    )
    header = COLUMNS
    file_name = "actions"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("i", "impact", "Effect", id="actions.impact", tooltip="A look at what came of it"),
        Binding("c", "correct", "Correct", id="actions.correct", tooltip="The action itself: its status, its owner"),
        Binding("o", "order", "Order", id="actions.order", tooltip="By date, case, owner, where it stands, last look"),
        Binding("a", "everything", "All", id="actions.all", tooltip="Also those whose effect was looked at for good"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.asked = Asked()

    def reader(self) -> Callable[[], list[Action]]:
        desk, asked = self.desk, self.asked
        return lambda: all_actions(desk, asked)

    def cells(self, row: Action) -> Sequence[str | Text]:
        rec, last = row.rec, row.last
        colour = {OPEN: "", SETTLED: MET}.get(row.stands, MISSING)
        return (
            row.case, str(row.number), rec.text("what"), rec.text("owner"), day(rec.day("by_about")),
            Text(row.stands, colour), day(last.day("checked_on")) if last else Text("never", QUIET),
            last.text("helped") if last else Text("–", QUIET),
        )  # fmt: skip

    def exported(self, row: Action) -> Sequence[object]:
        data = action_json(row)
        return [data[name] for name in COLUMNS]

    def says(self) -> str:
        which = "all" if not self.asked.open else "still to be done or learned from"
        return f"{which}, in order of {ORDER_WORDS[self.asked.order]} · enter: its finding"

    def nothing(self) -> str:
        return "No action waits for anything in the reviews you may know of.\n\na shows those looked at for good too."

    def case_in_hand(self) -> str:
        row = self.table.row() if self.loaded else None
        return row.case if row else ""

    def choose(self, row: Action) -> None:
        from tui.screens.findings import FindingScreen

        if row.finding is not None:
            self.app.push_screen(FindingScreen(row.case, row.finding.number))
        else:
            self.house.open_case(row.case)

    def action_impact(self) -> None:
        row = self.table.row()
        if row is not None:
            add_in(self, row.case, IMPACT, {"action": row.number, "checked_on": self.desk.today.isoformat()})

    def action_correct(self) -> None:
        row = self.table.row()
        if row is not None:
            correct_in(self, row.case, row.number)

    def action_order(self) -> None:
        at = ORDERS[(ORDERS.index(self.asked.order) + 1) % len(ORDERS)]
        self.asked = Asked(open=self.asked.open, order=at)
        self.look_again()

    def action_everything(self) -> None:
        self.asked = Asked(open=not self.asked.open, order=self.asked.order)
        self.look_again()

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        yield Offer("Look at its effect", "Was it done, and did it help?", self.action_impact)
        yield Offer("Order the list otherwise", "By date, case, owner, where it stands, last look", self.action_order)


# ---- what the prompts go by -------------------------------------------------------------------------------------
def ask_words(page: Page) -> None:
    """The words prompts notice, beside the shipped ones; and from which share of participants is asked."""
    desk = page.desk
    page.ask("words", lambda: (settings(desk), lists(desk).share), lambda now: _form(page, *now))


def _form(page: Page, now: Settings, share: int) -> None:
    desk = page.desk
    own = "\n".join(f"{word}={asks}" if asks else word for word, asks in now.added.items())
    asks = (
        Ask("added", "Words to notice besides the shipped ones", "lines", start=own,
            says="one to a line; after = the question offered"),
        Ask("left_out", "Shipped words not to notice here", "lines", start="\n".join(now.left_out)),
        Ask("share", "Ask who was not heard below this share of the case group", "number", True, start=str(share),
            says="per cent"),
    )  # fmt: skip

    def submit(answers: Answers, seen: int | None) -> tuple[str, ...]:
        given = typed(asks, answers, desk.today)
        if not str(given["share"]).strip().isdecimal():
            raise FieldFaults({"share": "This is a whole number from 0 to 100."})
        added = dict(_word(line) for line in str(given.get("added", "")).splitlines() if line.strip())
        out = tuple(line.strip() for line in str(given.get("left_out", "")).splitlines() if line.strip())
        back = tuple({*now.added, *now.left_out} - {*added, *out})
        change_settings(desk, add=added, leave_out=out, take_back=back, share=int(given["share"]))
        return ("Prompts go by these words from now on.",)

    says = "For every review here. casereview method-settings lists all the words that are noticed."
    offer_form(page, FormScreen("What the prompts go by", asks, submit, says=says), page.kept)


def _word(line: str) -> tuple[str, str]:
    word, _, asks = line.partition("=")
    return word.strip(), asks.strip()
