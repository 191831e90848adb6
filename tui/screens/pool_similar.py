"""Findings that are like another, with the words that make them so; and the pairs people say are the same pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.learning.pool import Pooled
from casereview.learning.similar import Alike
from casereview.learning.telling import NEVER_MERGED, finding, why_alike
from casereview.method.lines import Say, laid_out
from casereview.service.learning import pool, similar_to
from casereview.service.learning_links import Link, link, unlink
from casereview.text import shown
from tui.screens.asks import Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import QUIET, day
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.rows import RowsPage
from tui.screens.said import WIDEST, styled
from tui.screens.sheet import TextScreen
from tui.screens.table import Column


def show_links(page: Page) -> None:
    page.app.push_screen(LinksScreen())


def read_out(page: Page, said: Sequence[Say]) -> None:
    """A text in full over the screen."""
    width = min(max(page.app.size.width - 8, 30), WIDEST)
    page.app.push_screen(TextScreen(styled(laid_out(said, width)), wide=True, hang=False))


def choose_finding(page: Page, row: Pooled, start: str = "") -> None:
    """What can be done with a finding. `start`: the other one, where it was come to from there."""
    choices = [Choice("read", "Read it in full", "with what was answered and tried"),
               Choice("similar", "Similar findings", "with the words that make them so"),
               Choice("link", "Say it is the same pattern as another", start)]  # fmt: skip
    if row.origin == "here":
        choices.append(Choice("case", "Open its review", row.review))
    acts: dict[str, Callable[[], object]] = {
        "read": lambda: read_out(page, [*finding(row)]),
        "similar": lambda: page.app.push_screen(SimilarScreen(row.key)),
        "link": lambda: ask_link(page, row.key, start),
        "case": lambda: page.house.open_case(row.review),
    }

    def chosen(name: str | None) -> None:
        if name is not None:
            acts[name]()

    page.app.push_screen(PickScreen(f"{row.key}  {shown(row.statement, width=60)}", choices), chosen)


def ask_link(page: Page, one: str, other: str = "") -> None:
    desk = page.desk
    asks = (
        Ask("other", "Which other finding?", required=True, start=other, says="as the list names it"),
        Ask("reason", "Why are they the same pattern?", "long", True, says="no person and no case is named"),
    )

    def submit(answers: Answers, seen: int | None) -> Link:
        given = typed(asks, answers, desk.today)
        return link(desk, one, given["other"], given["reason"])

    form = FormScreen(f"The same pattern as {one}", asks, submit, says="Both stay as they are. It can be taken back.")
    offer_form(page, form, lambda made: page.kept((f"{made.both[0]} and {made.both[1]} are linked.",)))


Near = tuple[Pooled, Alike]


class SimilarScreen(RowsPage[Near]):
    heading = "Similar findings"
    about = (
        "Findings that use the same words as one, with the words and how much each adds: they add up to the likeness, "
        "from 0 to 1. Rare words weigh more than common ones. " + NEVER_MERGED
    )
    columns = (
        Column("Likeness", 9, right=True),
        Column("Finding", 20),
        Column("Statement", 24, grow=4),
        Column("From", 12, grow=1, from_width=100),
        Column("Because of", 16, grow=3),
    )
    header = ("likeness", "finding", "board", "statement", "because of")
    file_name = "similar"

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.one: Pooled | None = None

    def reader(self) -> Callable[[], list[Near]]:
        desk, key = self.desk, self.key

        def read() -> list[Near]:
            self.one, found = similar_to(desk, key, 30)
            return list(found)

        return read

    def cells(self, row: Near) -> Sequence[str | Text]:
        other, why = row
        words = ", ".join(" / ".join(one.forms) for one in why.shared[:5])
        whose = "ours" if other.origin == "here" else other.board
        return f"{why.similarity:.2f}", other.key, other.statement, whose, Text(words, QUIET)

    def exported(self, row: Near) -> Sequence[object]:
        other, why = row
        return f"{why.similarity:.4f}", other.key, other.board, other.statement, why_alike(why)

    def says(self) -> str:
        said = f"{self.one.key}: {self.one.statement}" if self.one else ""
        return f"like {shown(said, width=90)}\n{NEVER_MERGED}"

    def nothing(self) -> str:
        return "No finding shares more words with it than chance would.\n\nesc goes back."

    def choose(self, row: Near) -> None:
        other, why = row
        choices = [Choice("why", "Why they are alike", "word by word"), Choice("read", "Read it in full"),
                   Choice("link", "Say they are the same pattern")]  # fmt: skip

        def chosen(name: str | None) -> None:
            if name == "why":
                words = [Say(f"{one.weight:.3f}  {' / '.join(one.forms)}") for one in why.shared]
                read_out(self, [Say(f"{why.similarity:.3f} = the sum of these", "head"), *words, Say(NEVER_MERGED)])
            elif name == "read":
                read_out(self, [*finding(other)])
            elif name == "link":
                ask_link(self, self.key, other.key)

        self.app.push_screen(PickScreen(f"{other.key}  {shown(other.statement, width=60)}", choices), chosen)


class LinksScreen(RowsPage[Link]):
    heading = "Same patterns"
    about = (
        "Pairs of findings somebody said are the same pattern, with the reason. Both stay as they are. x takes one "
        "back, with a reason; that it was said stays readable. n links two."
    )
    columns = (
        Column("Finding", 20),
        Column("And", 20),
        Column("Why", 20, grow=4),
        Column("By", 12, grow=1),
        Column("On", 11),
    )
    file_name = "same-patterns"
    header = ("finding", "and", "why", "by", "on")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "undo", "Take back", id="links.undo", tooltip="They are not the same pattern after all"),
    ]  # fmt: skip

    def reader(self) -> Callable[[], list[Link]]:
        desk = self.desk

        def read() -> list[Link]:
            found = pool(desk)
            self.statements = {one.key: one.statement for one in found.findings}
            return list(found.links)

        return read

    def says(self) -> str:
        return "enter: both in words, and why"

    def choose(self, row: Link) -> None:
        said = [line for key in row.both for line in (Say(key, "head"), Say(self.statements.get(key, ""), indent=2))]
        acts = (Say(f"{one.act.capitalize()} on {day(one.on)} by {one.by_name}: {one.text}") for one in row.acts)
        read_out(self, [*said, Say(""), *acts, Say(""), Say("Both stay as they are. x takes it back.", "quiet")])

    def cells(self, row: Link) -> Sequence[str | Text]:
        last = row.acts[-1]
        return row.both[0], row.both[1], row.reason, last.by_name, day(last.on)

    def nothing(self) -> str:
        return "No findings are linked yet.\n\nn links two; or look for similar ones from Findings across reviews."

    def action_new(self) -> None:
        desk = self.desk
        asks = (
            Ask("one", "Which finding?", required=True, says="as Findings across reviews names it"),
            Ask("other", "Which other?", required=True),
            Ask("reason", "Why are they the same pattern?", "long", True, says="no person and no case is named"),
        )

        def submit(answers: Answers, seen: int | None) -> Link:
            given = typed(asks, answers, desk.today)
            return link(desk, given["one"], given["other"], given["reason"])

        offer_form(self, FormScreen("The same pattern", asks, submit), lambda made: self.kept(("They are linked.",)))

    def action_undo(self) -> None:
        row, desk = self.table.row(), self.desk
        if row is None:
            return
        one, other = row.both
        asks = (Ask("reason", "Why not, after all?", "long", True, says="no person and no case is named"),)

        def submit(answers: Answers, seen: int | None) -> Link:
            return unlink(desk, one, other, typed(asks, answers, desk.today)["reason"])

        form = FormScreen(f"Take back: {one} and {other}", asks, submit)
        offer_form(self, form, lambda made: self.kept(("They are no longer linked.",)))

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        if self.table.row() is not None:
            yield Offer("Take this link back", "With a reason", self.action_undo)

