"""Teams, and days without work besides bank holidays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from rich.text import Text

from casereview.people import Closure, Team
from casereview.service.closures import add_closure
from casereview.service.registry import add_team, closures, teams
from tui.screens.asks import Answers, Ask, Pairs, typed
from tui.screens.doing import sure
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import day
from tui.screens.page import Page
from tui.screens.rows import RowsPage
from tui.screens.table import Column


def show_teams(page: Page) -> None:
    page.app.push_screen(TeamsScreen())


def show_closures(page: Page) -> None:
    page.app.push_screen(ClosuresScreen())


class TeamsScreen(RowsPage[Team]):
    heading = "Teams"
    about = "The teams that cases belong to. A team's manager is named under People and offices."
    columns = (Column("Name", 20, grow=2), Column("Id", 16, grow=1))
    header = ("name", "id")
    file_name = "teams"

    def reader(self) -> Callable[[], list[Team]]:
        return partial(teams, self.desk)

    def cells(self, row: Team) -> Sequence[str | Text]:
        return row.name, row.id

    def says(self) -> str:
        return "a team's manager is named under People and offices"

    def action_new(self) -> None:
        desk = self.desk
        asks = (
            Ask("name", "The name others read", required=True),
            Ask("team_id", "A short id", says="a-z, 0-9 and -; made from the name when left empty"),
        )

        def submit(answers: Answers, seen: int | None) -> Team:
            given = typed(asks, answers, desk.today)
            return add_team(desk, given.pop("name"), **given)

        form = FormScreen("Enter a team", asks, submit)
        offer_form(self, form, lambda new: self.kept((f"{new.name} is known as {new.id}.",)))


class ClosuresScreen(RowsPage[Closure]):
    heading = "Days without work"
    about = (
        "Days on which nobody works, besides bank holidays, which are known anyway. Entering one works the dates of "
        "open cases out again: no case is late because the office was shut, and the journal keeps both dates of each "
        "that moved. Closed cases keep theirs."
    )
    columns = (Column("Day", 12), Column("Name", 20, grow=2), Column("For", 14, grow=1))
    header = ("day", "name", "for")
    file_name = "days-without-work"

    def reader(self) -> Callable[[], list[Closure]]:
        return partial(closures, self.desk)

    def cells(self, row: Closure) -> Sequence[str | Text]:
        return day(row.day), row.name, row.team or "everyone"

    def exported(self, row: Closure) -> Sequence[object]:
        return row.day, row.name, row.team or "everyone"

    def says(self) -> str:
        return "bank holidays are known anyway"

    def nothing(self) -> str:
        return "None is entered; bank holidays are known anyway.\n\nn adds one."

    def action_new(self) -> None:
        desk = self.desk
        self.ask("teams", lambda: tuple((t.name, t.id) for t in teams(desk)), self._ask_day)

    def _ask_day(self, known: Pairs) -> None:
        desk = self.desk
        asks = (
            Ask("day", "Which day?", "date", required=True),
            Ask("name", "What is it called?", required=True),
            Ask("team", "For which team?", "choice", options=known, says="for everyone when left empty"),
        )

        def submit(answers: Answers, seen: int | None) -> tuple[date, str, str]:
            given = typed(asks, answers, desk.today)
            return given["day"], given["name"], given.get("team", "")

        form = FormScreen("Enter a day without work", asks, submit, keep_word="Go on")
        offer_form(self, form, self._sure)

    def _sure(self, entered: tuple[date, str, str]) -> None:
        """Asks first: a day cannot be taken back, and it moves the dates of others' cases."""
        on, name, team = entered
        desk = self.desk
        whom = f"for the team {team}" if team else "for everyone"

        def go() -> None:
            self.app.notify("Working out the dates of open cases…", timeout=4)
            self.act(lambda: add_closure(desk, on, name, team=team), partial(self._moved, on))

        says = "The dates of open cases are worked out again, and each move is written down. It cannot be taken back."
        sure(self, f"No work on {day(on)}, {whom}: {name}?", go, says)

    def _moved(self, on: date, count: int) -> None:
        cases = "one open case" if count == 1 else f"{count:,} open cases"
        self.kept((f"No work on {day(on)}. The dates of {cases} moved.",))
