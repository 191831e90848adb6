"""What every list of help and quality has on the screen: what it comes to, its question, and a place for the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from casereview.oversight.quality.listed import Found, Wanted
from casereview.oversight.quality.sheet import in_a_cell
from casereview.oversight.questions import Answer, answer, answers, question_of
from casereview.service.desk import Desk
from casereview.text import shown
from tui.commands.quality_order import ordered
from tui.commands.quality_rows import Laid
from tui.screens.asks import Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import QUIET, day
from tui.screens.page import Offer, Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.rows import RowsPage, folded

R = TypeVar("R")
MOST, EVERY = 2_000, 10**9  # lines on the screen; an export holds them all
ANSWERS = 2  # of the newest, shown above the list


class QualityPage(RowsPage[R]):
    """Subclasses say what to find and how it is laid out; `wanted` is what was narrowed to."""

    laid: ClassVar[Laid]
    figure: str
    takes_closed: ClassVar[bool] = False  # whether closed cases can be listed as well
    DEFAULT_CSS = """
    QualityPage #told { height: auto; max-height: 6; }
    QualityPage #summary { height: auto; padding: 0 1; }
    QualityPage #asked { height: auto; max-height: 3; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a", "answer", "Answer", id="quality.answer", tooltip="Say what this means, with your name and the day"
        ),
        Binding("s", "state", "Which", id="quality.state", tooltip="Only lines in one state"),
        Binding("b", "order", "Order", id="quality.order", show=False, tooltip="In which order they are listed"),
        Binding("m", "team", "Team", id="quality.team", tooltip="Only one team"),
        Binding("f", "only", "Only", id="quality.only", show=False, tooltip="Only one workflow, case, child or period"),
        Binding("x", "closed", "Closed", id="quality.closed", show=False, tooltip="Closed cases as well, or not"),
    ]

    def __init__(self, wanted: Wanted | None = None) -> None:
        super().__init__()
        self.wanted = wanted or Wanted(limit=MOST)
        self.found: Found[R] | None = None
        self.answered: list[Answer] = []
        self.order = ""  # the column they are listed by, such as -opened
        self.closed = False  # closed cases as well, in a list of open ones

    # ---- what subclasses give ----------------------------------------------------------------------------------
    def find(self, desk: Desk, wanted: Wanted) -> Found[R]:
        """Reads the list; runs in a thread."""
        raise NotImplementedError

    def reference(self, row: R) -> str:
        return str(getattr(row, "case", ""))

    # ---- on the screen -----------------------------------------------------------------------------------------
    def body(self) -> ComposeResult:
        with VerticalScroll(id="told"):  # tab goes there, and the arrows move in it
            yield Static("Reading…", id="summary", markup=False)
        yield Static("", id="asked", markup=False)
        yield from super().body()

    def reader(self) -> Callable[[], list[R]]:
        desk, wanted, order = self.desk, self.wanted, self.order

        def read() -> list[R]:
            found = self.find(desk, replace(wanted, limit=EVERY) if order else wanted)
            self.found = replace(found, rows=tuple(ordered(self.laid, found.rows, order)[: wanted.limit]))
            self.answered = answers(desk, self.figure)
            return list(self.found.rows)

        return read

    def _show(self, rows: list[R]) -> None:
        super()._show(rows)
        self.query_one("#summary", Static).update(self._summary())
        self.query_one("#asked", Static).update(self._asked())

    def _summary(self) -> Text:
        lines = [Text(shown(line)) for line in (self.found.says if self.found else ())]
        for one in self.answered[-ANSWERS:]:
            said = Text(f"  {shown(one.by_name)}, {day(one.on)}: ", QUIET)
            lines.append(said.append(shown(one.text, width=300), "none"))
        return Text("\n").join(lines)

    def _asked(self) -> Text:
        """The question, which stands there however much is said above it."""
        text = Text(question_of(self.figure), "italic")
        return text if self.answered else text.append("  a gives an answer", QUIET)

    def says(self) -> str:
        wanted = self.wanted
        parts = ["closed ones too"] if self.closed else []
        parts += [f"by {_named(self.order)}"] if self.order else []
        parts += [one for one in (wanted.state, wanted.workflow, wanted.case, wanted.child) if one]
        parts += [f"team {wanted.team}"] if wanted.team else []
        parts += [f"from {day(wanted.since)}"] if wanted.since else []
        parts += [f"until {day(wanted.until)}"] if wanted.until else []
        if self.found and self.found.total > len(self.found.rows):
            parts.append(f"{self.found.total:,} in all: narrow them, or export")
        return " · ".join(parts)

    def cells(self, row: R) -> Sequence[str | Text]:
        return [_cell(value) for value in self.laid.cells(row)]

    @property
    def header(self) -> tuple[str, ...]:  # type: ignore[override]
        """The names of an exported file, as of the command line's."""
        return tuple(self.laid.flat(self.rows[0])) if self.rows else ("case",)

    def exported(self, row: R) -> Sequence[object]:
        return [in_a_cell(value) for value in self.laid.flat(row).values()]

    def action_export(self) -> None:
        """Everything that is asked for, also beyond what the screen holds."""
        from tui.screens.export import ask_where

        desk, wanted, part = self.desk, replace(self.wanted, limit=EVERY), folded(self.filter.value.strip())
        order = self.order
        everything: list[R] = []

        def read(at: int, count: int) -> list[R]:
            if not at:
                rows = ordered(self.laid, self.find(desk, wanted).rows, order)
                everything.extend(row for row in rows if not part or part in self._words(row))
            return everything[at : at + count]

        ask_where(self, self.file_name, self.header, read, self.exported)

    def nothing(self) -> str:
        return self.laid.none

    def case_in_hand(self) -> str:
        row = self.table.row()
        return self.reference(row) if row is not None else ""

    def choose(self, row: R) -> None:
        if ref := self.reference(row):
            self.house.open_case(ref)

    # ---- keys --------------------------------------------------------------------------------------------------
    def action_answer(self) -> None:
        desk, figure = self.desk, self.figure
        ask = Ask("text", "What does it mean, and what will be done?", "long", required=True)

        def submit(given: Answers, seen: int | None) -> Answer:
            return answer(desk, figure, typed([ask], given, desk.today)["text"])

        form = FormScreen("An answer", [ask], submit, says=question_of(figure))
        offer_form(self, form, lambda kept: self.kept(("Your answer stands beside the list.",)))

    def action_state(self) -> None:
        states = self.found.states if self.found else ()
        choices = [Choice("", "every line of the list"), *(Choice(one, one) for one in states)]

        def chosen(state: str | None) -> None:
            if state is not None:
                self.narrow_to(state=state)

        self.app.push_screen(PickScreen("Which lines?", choices, self.wanted.state), chosen)

    def narrow_to(self, **changed: Any) -> None:
        self.wanted = replace(self.wanted, **changed)
        self.look_again()

    def action_order(self) -> None:
        """By any column an exported file has, forwards or backwards."""
        names = [name for one in self.header for name in (one, f"-{one}")]
        choices = [Choice("", "as the list has them"), *(Choice(name, _named(name)) for name in names)]

        def chosen(order: str | None) -> None:
            if order is not None:
                self.order = order
                self.look_again()

        self.app.push_screen(PickScreen("In which order?", choices, self.order), chosen)

    def action_team(self) -> None:
        from casereview.service.registry import teams

        desk = self.desk

        def chosen(team: str | None) -> None:
            if team is not None:
                self.narrow_to(team=team)

        def choose(choices: list[Choice]) -> None:
            self.app.push_screen(PickScreen("Which team?", choices, self.wanted.team), chosen)

        every = Choice("", "every team")
        self.ask("teams", lambda: [every, *(Choice(t.id, t.name) for t in teams(desk))], choose)

    def action_only(self) -> None:
        wanted, today = self.wanted, self.desk.today
        asks = (
            Ask(
                "workflow", "Only which workflow?", start=wanted.workflow, says="by its name, such as single-assessment"
            ),
            Ask("case", "Only which case?", start=wanted.case),
            Ask("child", "Only which child?", start=wanted.child, says="by id"),
            Ask("since", "From which day?", "date", start=wanted.since.isoformat() if wanted.since else None),
            Ask("until", "Until which day?", "date", start=wanted.until.isoformat() if wanted.until else None),
        )

        def submit(given: Answers, seen: int | None) -> dict[str, Any]:
            said = typed(asks, given, today)
            days = {name: said.get(name) for name in ("since", "until")}
            return {name: said.get(name, "") for name in ("workflow", "case", "child")} | days

        form = FormScreen("Only some lines", asks, submit, keep_word="Show them", says="What is empty limits nothing.")
        offer_form(self, form, lambda only: self.narrow_to(**only))

    def action_closed(self) -> None:
        self.closed = not self.closed
        self.look_again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.takes_closed if action == "closed" else super().check_action(action, parameters)

    def offers(self) -> Iterator[Offer]:
        yield from super().offers()
        yield Offer("Answer the question of this list", question_of(self.figure), self.action_answer)
        yield Offer("Only lines in one state", "", self.action_state)
        yield Offer("In another order", "", self.action_order)
        yield Offer("Only one team", "", self.action_team)
        yield Offer("Only one workflow, case, child or period", "", self.action_only)
        if self.takes_closed:
            yield Offer("Closed cases as well, or not", "", self.action_closed)


def _named(order: str) -> str:
    return order.removeprefix("-").replace("_", " ") + (", backwards" if order.startswith("-") else "")


def _cell(value: object) -> str:
    return day(value) if isinstance(value, date) else str(value)


def push(page: Page, screen: Page) -> None:
    page.app.push_screen(screen)
