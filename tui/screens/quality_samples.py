"""Thematic samples on the screen: drawn, given to people, looked at, and what was found across them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType

from casereview.oversight.quality.listed import Found, Wanted, narrowed
from casereview.oversight.quality.themes import LOOKED, MOST, WAITING, Drawn, Theme
from casereview.oversight.questions import figure_of
from casereview.service import quality_themes as themes
from casereview.service.desk import Desk
from casereview.service.reading import CaseView, show
from casereview.service.registry import people
from tui.commands import quality_rows as laid
from tui.screens.asks import Answers, Ask, FieldFaults, Pairs, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import day
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.quality import QualityPage, push
from tui.screens.rows import RowsPage
from tui.screens.table import Column


def show_themes(page: Page) -> None:
    push(page, ThemesScreen())


class ThemesScreen(RowsPage[Theme]):
    heading = "Thematic samples"
    about = (
        "Cases drawn at random for one theme, the same for the same seed; who looks at which; what was found across "
        "them. A theme is about the work of the whole place, never about one worker. n draws a new one; enter opens it."
    )
    columns = (
        Column("Drawn", 11), Column("Name", 16, grow=2), Column("Looked at", 10), Column("By", 12, grow=1),
        Column("Why", 20, grow=4, from_width=80),
    )  # fmt: skip
    header = ("drawn", "theme", "name", "looked at", "by", "why", "seed", "from")
    file_name = "thematic-samples"

    def reader(self) -> Callable[[], list[Theme]]:
        return partial(themes.all_themes, self.desk)

    def cells(self, row: Theme) -> Sequence[str | Text]:
        looked = sum(bool(one.looks) for one in row.cases)
        return day(row.on), row.theme, f"{looked} of {len(row.cases)}", row.by_name, row.reason

    def exported(self, row: Theme) -> Sequence[object]:
        return *laid.THEMES.cells(row), row.seed, row.asked

    def nothing(self) -> str:
        return "No thematic sample yet.\n\nn draws one: some cases at random, looked at for one theme."

    def choose(self, row: Theme) -> None:
        self.app.push_screen(ThemeScreen(row))

    def action_new(self) -> None:
        desk = self.desk

        self.ask("known", lambda: tuple((p.name, p.id) for p in people(desk) if not p.left), self._ask)

    def _ask(self, everyone: Pairs) -> None:
        desk, asks = self.desk, _asks(everyone)

        def submit(answers: Answers, seen: int | None) -> Theme:
            given = typed(asks, answers, desk.today)
            return themes.sample(
                desk, given["theme"], given["reason"], number=_whole(given, "number", MOST), seed=_whole(given, "seed"),
                query=given.get("query", ""), given=given.get("to", ()),
            )  # fmt: skip

        def drawn(theme: Theme) -> None:
            self.kept((f"{len(theme.cases)} cases are drawn for “{theme.theme}”.",))
            self.app.push_screen(ThemeScreen(theme))

        says = "The same seed draws the same cases. Nothing is asked of anybody but to look."
        offer_form(self, FormScreen("Draw a thematic sample", asks, submit, says=says, keep_word="Draw"), drawn)


def _asks(everyone: Pairs) -> tuple[Ask, ...]:
    return (
        Ask("theme", "What is the look about?", required=True),
        Ask("reason", "Why this theme, now?", "long", required=True),
        Ask("number", "How many cases?", required=True, start="8"),
        Ask("seed", "Seed", required=True, start="1", says="any whole number; the same one draws the same cases"),
        Ask("query", "From which cases?", says="such as: closed opened:2026 team:north; all, when left empty"),
        Ask("to", "Who looks?", "choices", options=everyone, says="several take turns; a case can be given later, too"),
    )


def _whole(given: Answers, name: str, most: int = 2**31 - 1) -> int:
    try:
        number = int(str(given[name]).strip())
    except ValueError:
        raise FieldFaults({name: "A whole number is expected here."}) from None
    if not 0 <= number <= most:
        raise FieldFaults({name: f"From 0 to {most}."})
    return number


class ThemeScreen(QualityPage[Drawn]):
    heading = "Thematic sample"
    about = (
        "One thematic sample: why it was drawn, who looks at which case, and what was found across them, in words and "
        "counts once there are enough. l records a look at the case under the cursor, g gives it to somebody, f writes "
        "down what was found across the cases. Enter opens the case."
    )
    columns = (
        Column("Case", 13), Column("About", 14, grow=2), Column("Given to", 12, grow=1), Column("State", 12),
        Column("What was found", 16, grow=3), Column("In words", 14, grow=3, from_width=100),
    )  # fmt: skip
    file_name, laid = "thematic-sample", laid.DRAWN
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "look", "Look", id="theme.look", tooltip="Record a look at the case under the cursor"),
        Binding("g", "give", "Give", id="theme.give", tooltip="Give the case under the cursor to somebody"),
        Binding("f", "across", "Found", id="theme.found", tooltip="Write down what was found across the cases"),
    ]

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme_shown, self.figure = theme, figure_of(theme.key)

    def find(self, desk: Desk, wanted: Wanted) -> Found[Drawn]:
        self.theme_shown = theme = themes.theme_of(desk, self.theme_shown.key)
        rows = [one for one in narrowed(theme.cases, replace(wanted, text="")) if wanted.team in ("", one.about.team)]
        said = [f"{n.by_name}, {n.on}: {n.text}" for n in theme.notes if n.act == "found"]
        says = (f"“{theme.theme}”, drawn on {theme.on} by {theme.by_name} from {theme.asked}. Why: {theme.reason}",
                *theme.says, *said[-2:])  # fmt: skip
        return Found(tuple(rows), len(rows), says, self.figure, (WAITING, LOOKED))

    # ---- acting ------------------------------------------------------------------------------------------------
    def action_look(self) -> None:
        row = self.table.row()
        if row is None:
            return
        desk, ref, start = (
            self.desk,
            row.case,
            {"theme": self.theme_shown.theme, "looked_on": self.desk.today.isoformat()},
        )

        def form(view: CaseView) -> None:
            from tui.screens.recording import add_record

            add_record(self, view, view.definition.records[themes.KIND], start)

        self.ask("act", lambda: show(desk, ref), form)

    def action_give(self) -> None:
        row = self.table.row()
        if row is None:
            return
        desk, key, ref = self.desk, self.theme_shown.key, row.case

        def chosen(person: str | None) -> None:
            if person:
                self.act(lambda: themes.give(desk, key, ref, person), lambda done: self.kept((f"{ref} is given.",)))

        def choose(choices: list[Choice]) -> None:
            self.app.push_screen(PickScreen(f"Who looks at {ref}?", choices, row.given_to), chosen)

        self.ask("people", lambda: [Choice(p.id, p.name) for p in people(desk) if not p.left], choose)

    def action_across(self) -> None:
        desk, key = self.desk, self.theme_shown.key
        ask = Ask("text", "What was found across the cases?", "long", required=True)

        def submit(answers: Answers, seen: int | None) -> Theme:
            return themes.conclude(desk, key, typed([ask], answers, desk.today)["text"])

        says = "With your name and the day; what others wrote stays. About the work, never about one worker."
        form = FormScreen("What was found", [ask], submit, says=says)
        offer_form(self, form, lambda theme: self.kept(("It stands above the list.",)))

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        if self.table.row() is not None:
            yield Offer("Record a look at the case under the cursor", "", self.action_look)
            yield Offer("Give the case under the cursor to somebody", "", self.action_give)
        yield Offer("Write down what was found across the cases", "", self.action_across)
