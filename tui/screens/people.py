"""People and offices: who works here, their logins, what they may decide and until when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rich.text import Text

from casereview.people import TEAM_OFFICES, Office, Person
from casereview.service.registry import add_person, change_person, give_office, people, teams
from tui.screens.asks import Answers, Ask, Pairs, pairs, typed
from tui.screens.doing import sure
from tui.screens.form import FormScreen, offer_form
from tui.screens.look import QUIET, day
from tui.screens.page import Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.rows import RowsPage
from tui.screens.table import Column
from workflows.definition import OFFICES

NO_LOGIN = "Without a login they cannot act."


def show_people(page: Page) -> None:
    page.app.push_screen(PeopleScreen())


class PeopleScreen(RowsPage[Person]):
    heading = "People and offices"
    about = (
        "Everyone this store knows: the name others read, the login they act by, and the offices they hold today. "
        "Enter changes a name or a login, gives an office or says when one ends, and notes that somebody has left: "
        "they can no longer act, and what they did stays theirs."
    )
    columns = (
        Column("Name", 16, grow=2),
        Column("Id", 12, grow=1, from_width=70),
        Column("Login", 12, grow=1),
        Column("Offices", 26, grow=3),
    )
    header = ("name", "id", "login", "offices")
    file_name = "people"

    def reader(self) -> Callable[[], list[Person]]:
        return partial(people, self.desk)

    def cells(self, row: Person) -> Sequence[str | Text]:
        held = ", ".join(_held(one) for one in row.offices if one.held_on(self.desk.today))
        later = ", ".join(_held(one) for one in row.offices if not one.held_on(self.desk.today))
        style = QUIET if row.left else ""
        offices = "; ".join(part for part in (held, f"not today: {later}" if later else "") if part)
        offices = "has left" if row.left else offices
        return Text(row.name, style), row.id, row.login or Text("no login", QUIET), Text(offices or "–", style)

    def says(self) -> str:
        return "enter: what can be done · without a login nobody can act"

    def action_new(self) -> None:
        desk = self.desk
        asks = (
            Ask("name", "The name others read", required=True),
            Ask("login", "Their login", says="on this computer or the database server; without one they cannot act"),
            Ask("person_id", "A short id", says="a-z, 0-9 and -; made from the name when left empty"),
        )

        def submit(answers: Answers, seen: int | None) -> Person:
            given = typed(asks, answers, desk.today)
            return add_person(desk, given.pop("name"), **given)

        form = FormScreen("Enter a person", asks, submit)

        def entered(new: Person) -> None:
            self.kept((f"{new.name} is known as {new.id}.", *(() if new.login else (NO_LOGIN,))))

        offer_form(self, form, entered)

    def choose(self, row: Person) -> None:
        choices = [Choice("change", "Change the name or the login", row.login or "no login yet")]
        choices.append(Choice("give", "Give an office", ", ".join(_held(o) for o in row.offices) or "none yet"))
        if row.offices:
            choices.append(Choice("end", "Say when an office ends"))
        if not row.left:
            choices.append(Choice("left", "They have left", "they can no longer act"))
        acts = {"change": _change, "give": _give, "end": _end, "left": _leave}

        def chosen(name: str | None) -> None:
            if name is not None:
                acts[name](self, row)

        self.app.push_screen(PickScreen(f"{row.name} ({row.id})", choices), chosen)


def _held(office: Office) -> str:
    of = f" of {office.team}" if office.team else ""
    return f"{office.office}{of}{f' until {day(office.until)}' if office.until else ''}"


# ---- what can be done about a person ---------------------------------------------------------------------------
def _change(page: PeopleScreen, person: Person) -> None:
    desk = page.desk
    asks = (
        Ask("name", "The name others read", required=True, start=person.name),
        Ask("login", "Their login", start=person.login, says="left empty, they cannot act"),
    )

    def submit(answers: Answers, seen: int | None) -> Person:
        given = typed(asks, answers, desk.today)
        return change_person(desk, person.id, name=given["name"], login=given.get("login", ""), left=person.left)

    form = FormScreen(f"Change {person.name}", asks, submit)
    offer_form(page, form, lambda new: page.kept((f"{new.name} ({new.id}), login {new.login or 'none'}.",)))


def _leave(page: PeopleScreen, person: Person) -> None:
    desk = page.desk

    def go() -> None:
        page.act(lambda: change_person(desk, person.id, left=True),
                 lambda new: page.kept((f"{new.name} ({new.id}) has left.",)))  # fmt: skip

    says = "They can no longer act. What they did stays theirs, and their cases stay with them until given on."
    sure(page, f"{person.name} has left?", go, says)


def _give(page: PeopleScreen, person: Person) -> None:
    def ask(known: Pairs) -> None:
        asks = (
            Ask("office", "Which office?", "choice", True, pairs(OFFICES)),
            Ask("team", "Of which team?", "choice", options=known, says=f"for a {' or '.join(TEAM_OFFICES)} only"),
            Ask("since", "From which day?", "date", says="today when left empty"),
            Ask("until", "Until which day?", "date", says="the first day it no longer holds; open when left empty"),
        )
        _office_form(page, f"Give an office to {person.name}", person, asks)

    desk = page.desk
    page.ask("teams", lambda: tuple((t.name, t.id) for t in teams(desk)), ask)


def _end(page: PeopleScreen, person: Person) -> None:
    held = {str(number): office for number, office in enumerate(person.offices)}

    def chosen(number: str | None) -> None:
        if number is not None:
            asks = (Ask("until", "Until which day?", "date", True, says="the first day it no longer holds"),)
            title = f"{person.name}: {_held(held[number])} ends"
            _office_form(page, title, person, asks, held[number])

    choices = [Choice(number, _held(office), f"since {day(office.since)}") for number, office in held.items()]
    page.app.push_screen(PickScreen(f"Which office of {person.name}?", choices), chosen)


def _office_form(
    page: PeopleScreen, title: str, person: Person, asks: tuple[Ask, ...], held: Office | None = None
) -> None:  # fmt: skip
    desk = page.desk
    fixed = {"office": held.office, "team": held.team, "since": held.since} if held else {}

    def submit(answers: Answers, seen: int | None) -> Person:
        given = {**fixed, **typed(asks, answers, desk.today)}
        return give_office(desk, person.id, given.pop("office"), **given)

    form = FormScreen(title, asks, submit)
    offer_form(page, form, lambda new: page.kept((f"{new.name}: {', '.join(_held(o) for o in new.offices)}.",)))
