"""Our durations beside England and any areas chosen, on the screen; which published figures are kept here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from casereview.errors import CaseReviewError
from casereview.oversight.figures.drawing import columns
from casereview.oversight.figures.said import beside_says
from casereview.oversight.published import Area, areas
from casereview.oversight.published_compare import ENGLAND, FIGURE, Comparison, compare, notes, rows
from casereview.oversight.questions import Answer, answer
from casereview.service.registry import teams
from casereview.text import shown
from tui.screens.asks import Answers, Ask, FieldFaults, Pairs, typed
from tui.screens.export import ask_where
from tui.screens.form import FormScreen, offer_form
from tui.screens.page import Offer, Page
from tui.screens.returns import ask_published
from tui.screens.rows import RowsPage
from tui.screens.table import Column

WIDEST = 140


def show_comparison(page: Page) -> None:
    page.app.push_screen(CompareScreen())


class CompareScreen(Page):
    heading = "Beside England and other areas"
    about = (
        "How long assessments took here, beside England and the areas you choose: the same bands of working days, with "
        "the department's marks where it hides a number. f chooses the areas and the years, p lists what is kept here, "
        "a says what you know it means, e writes the table into a CSV file. Areas are never ranked: quick is not good "
        "and slow is not poor."
    )
    CSS_PATH = "figures.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "choose", "Choose", id="compare.choose", tooltip="Which areas, which year, which team"),
        Binding(
            "p", "published", "Published", id="compare.published", tooltip="What is kept here, and reading more in"
        ),
        Binding("a", "answer", "Answer", id="compare.answer", tooltip="Say what it means, as you know it"),
        Binding("e", "export", "Export", id="compare.export", tooltip="The table into a new CSV file"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.names: tuple[str, ...] = (ENGLAND,)
        self.year: int | None = None
        self.own_year: int | None = None
        self.team = ""
        self.found: Comparison | None = None

    def body(self) -> ComposeResult:
        with VerticalScroll(id="figure-box"):
            yield Static("Reading…", id="figure", markup=False)

    def on_mount(self) -> None:
        self.query_one("#figure-box").focus()
        self.look_again()

    def look_again(self) -> None:
        read = partial(compare, self.desk, self.names, self.year, team=self.team, own_year=self.own_year)
        self.ask("compare", read, self._show, failed=self._cannot)

    def _show(self, found: Comparison) -> None:
        self.found = found
        self._draw()

    def _draw(self) -> None:
        if self.found is None:
            return
        width = min(max(self.app.size.width - 4, 40), WIDEST)
        heads = (f"Year to 31 March {self.found.year}", *(shown(column.name) for column in self.found.columns))
        lines = columns(heads, rows(self.found), width, "")
        lines += ["", *beside_says(self.found.beside, self.found.smallest, width), ""]
        text = Text(f"{lines[0]}\n", "bold").append("\n".join(lines[1:]) + "\n", "not bold")
        for note in notes(self.found):
            text.append(f"\n{shown(note)}", "not bold")
        self.query_one("#figure", Static).update(text)

    def _cannot(self, error: CaseReviewError) -> None:
        self.found = None
        says = f"{shown(str(error))}\n\nf chooses other areas or years; p reads published files in."
        self.query_one("#figure", Static).update(Text(says))

    def on_resize(self) -> None:
        super().on_resize()
        self._draw()

    # ---- keys --------------------------------------------------------------------------------------------------
    def action_choose(self) -> None:
        self.ask("teams", lambda: tuple((team.name, team.id) for team in teams(self.desk)), self._choose)

    def _choose(self, known: Pairs) -> None:
        desk = self.desk
        asks = (
            Ask("areas", "Which areas?", "lines", start="\n".join(self.names), says="one to a line, by name or code"),
            Ask("year", "Published for which year?", "number", start=str(self.year) if self.year else None,
                says="to 31 March of it; left empty: the newest kept here"),
            Ask("ours", "Which of our years?", "number", start=str(self.own_year) if self.own_year else None,
                says="left empty: the same"),
            Ask("team", "Only one team?", "choice", options=known, start=self.team or None),
        )  # fmt: skip

        def submit(answers: Answers, seen: int | None) -> Answers:
            given = typed(asks, answers, desk.today)
            faults = {
                name: "A year, such as 2024." for name in ("year", "ours")
                if given.get(name) and not (str(given[name]).isdecimal() and len(str(given[name])) == 4)
            }  # fmt: skip
            if faults:
                raise FieldFaults(faults)
            return given

        offer_form(self, FormScreen("Beside whom?", asks, submit, keep_word="Compare"), self._chosen)

    def _chosen(self, given: Answers) -> None:
        named = [line.strip() for line in str(given.get("areas") or "").splitlines() if line.strip()]
        self.names = tuple(named) or (ENGLAND,)
        self.year = int(given["year"]) if given.get("year") else None
        self.own_year = int(given["ours"]) if given.get("ours") else None
        self.team = given.get("team", "")
        self.look_again()

    def action_published(self) -> None:
        self.app.push_screen(PublishedScreen())

    def action_answer(self) -> None:
        if self.found is None:
            return
        desk = self.desk
        ask = Ask("text", self.found.question, "long", True, says="shown here with your name and the day")

        def submit(answers: Answers, seen: int | None) -> Answer:
            return answer(desk, FIGURE, typed([ask], answers, desk.today)["text"])

        offer_form(self, FormScreen("What does it mean?", [ask], submit), lambda _: self.kept(("Kept beside it.",)))

    def action_export(self) -> None:
        if self.found is None:
            return
        table = rows(self.found)
        header = ("", *(column.name for column in self.found.columns))
        ask_where(self, "compared", header, lambda at, count: table[at : at + count], lambda row: row)

    def offers(self) -> Iterator[Offer]:
        yield Offer("Choose areas and years", "", self.action_choose)
        yield Offer("What is published and kept here", "", self.action_published)
        yield Offer("Say what it means", "", self.action_answer)
        yield Offer("Export the table", "Into a new CSV file", self.action_export)


def show_published(page: Page) -> None:
    page.app.push_screen(PublishedScreen())


class PublishedScreen(RowsPage[Area]):
    heading = "Published figures kept here"
    about = (
        "England, its regions and authorities, with the years something was published of each. / filters by name, n "
        "reads the department's published CSV files in: each is known by its columns, and the same file again changes "
        "nothing."
    )
    columns = (Column("Area", 24, grow=3), Column("Kind", 12), Column("Years", 12), Column("Code", 20, grow=1))
    header = ("area", "kind", "years", "code")
    file_name = "published-areas"

    def reader(self) -> Callable[[], list[Area]]:
        return partial(areas, self.desk)

    def cells(self, row: Area) -> Sequence[str | Text]:
        return row.name, row.level, f"{row.years[0]}–{row.years[-1]}" if row.years else "", row.code

    def nothing(self) -> str:
        return "No published figures are kept here.\n\nn reads the department's files in."

    def action_new(self) -> None:
        ask_published(self)
