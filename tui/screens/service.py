"""Service information on the screen: what people say of the help, beside its numbers, and the population."""

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
from casereview.exchange.population import PopulationReport, import_population
from casereview.oversight.questions import Answer, answer, question_of
from casereview.oversight.service_information import (
    FIGURE,
    Information,
    ServicePage,
    add_information,
    information,
    service_page,
    take_back,
)
from casereview.oversight.service_information_kinds import MEASURES
from casereview.oversight.service_information_says import HEADINGS, blocks, rows
from casereview.service.registry import teams
from casereview.text import shown
from tui.screens.asks import Answers, Ask, FieldFaults, Pairs, typed
from tui.screens.export import ask_where
from tui.screens.form import FormScreen, offer_form
from tui.screens.page import Offer, Page
from tui.screens.paths import there
from tui.screens.picking import Choice, PickScreen
from tui.screens.report import Line, ReportScreen

MEASURE: Pairs = (*((measure.title, measure.key) for measure in MEASURES), ("another, by a name of our own", ""))


def show_service(page: Page) -> None:
    page.app.push_screen(ServiceScreen())


class ServiceScreen(Page):
    heading = "Service information"
    about = (
        "Whether help makes children safer, as those who use it say: repeated reports, what parents say of their "
        "parenting, whether children feel safer; beside the numbers of the service, each with the question it raises. "
        "What is not recorded is said. n enters a figure with its source, i reads population information in, f "
        "chooses the days and the team, a says what you know the figures mean, e exports them."
    )
    CSS_PATH = "figures.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "Add", id="service.new", tooltip="Enter a figure with its time and its source"),
        Binding("i", "population", "Population", id="service.population", tooltip="Read population information in"),
        Binding("f", "only", "Only", id="service.only", tooltip="Which days, which team"),
        Binding("a", "answer", "Answer", id="service.answer", tooltip="Say what they mean, as you know it"),
        Binding("e", "export", "Export", id="service.export", tooltip="The figures into a new CSV file"),
        Binding("t", "take_back", "Take away", id="service.take", show=False, tooltip="Take a figure out of use"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.only: Answers = {}
        self.found: ServicePage | None = None

    def body(self) -> ComposeResult:
        with VerticalScroll(id="figure-box"):
            yield Static("Reading…", id="figure", markup=False)

    def on_mount(self) -> None:
        self.query_one("#figure-box").focus()
        self.look_again()

    def look_again(self) -> None:
        desk, only = self.desk, dict(self.only)

        def read() -> tuple[ServicePage, list[tuple[str, list[str]]]]:
            page = service_page(desk, since=only.get("since"), until=only.get("until"), team=only.get("team", ""))
            return page, list(blocks(desk, page))

        self.ask("service", read, self._show, failed=self._cannot)

    def _show(self, found: tuple[ServicePage, list[tuple[str, list[str]]]]) -> None:
        self.found = found[0]
        text = Text()
        for heading, lines in found[1]:
            text.append(f"{shown(heading)}\n", "bold")
            for line in lines:
                text.append(f"  {shown(line)}\n")
            text.append("\n")
        self.query_one("#figure", Static).update(text)

    def _cannot(self, error: CaseReviewError) -> None:
        self.found = None
        self.query_one("#figure", Static).update(Text(f"{shown(str(error))}\n\nf chooses other days or another team."))

    # ---- keys --------------------------------------------------------------------------------------------------
    def action_only(self) -> None:
        self.ask("teams", lambda: tuple((team.name, team.id) for team in teams(self.desk)), self._only)

    def _only(self, known: Pairs) -> None:
        desk = self.desk
        asks = (
            Ask("since", "From which day on?", "date", start=self.only.get("since"), says="left empty: a year back"),
            Ask("until", "Up to which day?", "date", start=self.only.get("until"), says="left empty: today"),
            Ask("team", "Only one team?", "choice", options=known, start=self.only.get("team")),
        )

        def submit(answers: Answers, seen: int | None) -> Answers:
            given = typed(asks, answers, desk.today)
            if given.get("since") and given.get("until") and given["until"] < given["since"]:
                raise FieldFaults({"until": "It is before the first day."})
            return given

        offer_form(self, FormScreen("Which days?", asks, submit, keep_word="Look"), self._narrowed)

    def _narrowed(self, given: Answers) -> None:
        self.only = given
        self.look_again()

    def action_new(self) -> None:
        desk = self.desk
        asks = (
            Ask("measure", "What is it about?", "choice", options=MEASURE, start=MEASURES[0].key),
            Ask("name", "If another: what do you call it?"),
            Ask("value", "How many?", "number", True),
            Ask("of", "Of how many who were asked?", "number", says="left empty where nobody counted"),
            Ask("since", "From which day?", "date", True),
            Ask("until", "Up to which day?", "date", True),
            Ask("source", "Who asked or counted, and how?", required=True),
            Ask("collected", "When was it asked?", "date", says="left empty: today"),
            Ask("words", "What did people say, in their words?", "long", says="without names"),
        )

        def submit(answers: Answers, seen: int | None) -> Information:
            given = typed(asks, answers, desk.today)
            faults = {n: "A whole number." for n in ("value", "of") if given.get(n) and not str(given[n]).isdecimal()}
            if faults:
                raise FieldFaults(faults)
            return add_information(
                desk, given.get("measure") or given.get("name", ""), int(given["value"]),
                of=int(given["of"]) if given.get("of") else None, since=given["since"], until=given["until"],
                source=given["source"], collected=given.get("collected"), words=given.get("words", ""),
            )  # fmt: skip

        says = "The same measure, days and source again puts right what was there; the journal keeps both."
        form = FormScreen("Enter a figure", asks, submit, says=says)
        offer_form(self, form, lambda made: self.kept((f"Kept: {made.title}.",)))

    def action_take_back(self) -> None:
        self.ask("kept", lambda: information(self.desk), self._take_back)

    def _take_back(self, known: list[Information]) -> None:
        desk = self.desk

        def chosen(key: str | None) -> None:
            if key:
                self.act(partial(take_back, desk, key), lambda _: self.kept(("Out of use. The journal keeps it.",)))

        choices = [Choice(i.key, shown(i.title), shown(f"{i.since} to {i.until}, {i.source}")) for i in known]
        if choices:
            self.app.push_screen(PickScreen("Take which figure out of use?", choices), chosen)
        else:
            self.app.notify("No figure is kept here.", markup=False)

    def action_answer(self) -> None:
        desk = self.desk
        ask = Ask("text", question_of(FIGURE), "long", True, says="shown here with your name and the day")

        def submit(answers: Answers, seen: int | None) -> Answer:
            return answer(desk, FIGURE, typed([ask], answers, desk.today)["text"])

        offer_form(self, FormScreen("What do they mean?", [ask], submit), lambda _: self.kept(("Kept beside them.",)))

    def action_population(self) -> None:
        desk = self.desk
        ask = Ask("file", "Which file?", required=True, says="CSV with the columns area, year, measure, value, source")

        def submit(answers: Answers, seen: int | None) -> PopulationReport:
            return import_population(desk, there(typed([ask], answers, desk.today)["file"], "file"))

        says = "A figure without a source is left out and listed; the others are kept. Nothing is guessed."
        form = FormScreen("Read population information in", [ask], submit, keep_word="Read it in", says=says)
        offer_form(self, form, self._read_in)

    def _read_in(self, report: PopulationReport) -> None:
        says = f"New {report.new:,}, changed {report.changed:,}, as they were {report.unchanged:,}, left out "
        self.kept((f"{says}{report.refused:,}.",))
        if report.problems:
            lines = [Line(p.line, "", p.says, p.done, True) for p in report.problems]
            self.app.push_screen(ReportScreen(Text(f"{says}{report.refused:,}."), lines))

    def action_export(self) -> None:
        if self.found is None:
            return
        table = list(rows(self.found))
        ask_where(self, "service-information", HEADINGS, lambda at, count: table[at : at + count], lambda row: row)

    def offers(self) -> Iterator[Offer]:
        yield Offer("Enter a figure", "With its time and its source", self.action_new)
        yield Offer("Read population information in", "", self.action_population)
        yield Offer("Only some days, or one team", "", self.action_only)
        yield Offer("Say what the figures mean", "", self.action_answer)
        yield Offer("Take a figure out of use", "", self.action_take_back)
        yield Offer("Export the figures", "Into a new CSV file", self.action_export)
