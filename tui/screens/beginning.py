"""What begins outside any case: opening one, and entering a child."""

from __future__ import annotations

from casereview.calendar import NATIONS
from casereview.decide.opening import OpenCase
from casereview.people import Child
from casereview.service.desk import Desk, Done
from casereview.service.registry import add_child, people, teams
from tui.screens.asks import Answers, Ask, FieldFaults, Known, pairs, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.page import Page
from tui.screens.picking import Choice, PickScreen
from workflows.definition import Definition


def known_people(desk: Desk) -> Known:
    """Who can be chosen in a form."""
    return Known(
        people=tuple((p.name, p.id) for p in people(desk) if not p.left),
        teams=tuple((t.name, t.id) for t in teams(desk)),
    )


def open_new_case(screen: Page) -> None:
    """Which workflow, with what choosing it means; then a form. The case is shown once it is open."""
    desk = screen.desk

    def read() -> tuple[tuple[Definition, ...], Known]:
        return desk.catalogue.usable(), known_people(desk)

    def pick(found: tuple[tuple[Definition, ...], Known]) -> None:
        usable, known = found

        def chosen(name: str | None) -> None:
            definition = next((d for d in usable if d.name == name), None)
            if definition is not None:
                _new_case_form(screen, definition, known)

        choices = [Choice(d.name, d.title, what_it_means(d)) for d in usable]
        screen.app.push_screen(PickScreen("Open a new case: which workflow does it follow, and keep?", choices), chosen)

    screen.ask("workflows", read, pick)


def what_it_means(definition: Definition) -> str:
    """Which edition of a method or guidance it is, and when to choose it: the first sentence says it."""
    first = definition.choose.partition(". ")[0]
    return " ".join(f"{text.rstrip('.')}." for text in (definition.profile, first) if text)


def _new_case_form(screen: Page, definition: Definition, known: Known) -> None:
    desk, asks = screen.desk, _case_asks(known)

    def submit(answers: Answers, seen: int | None) -> Done:
        given = typed(asks, answers, desk.today)
        children = tuple(given.pop("children", "").splitlines())
        named = tuple(c.strip() for c in children if c.strip())
        return desk.open(OpenCase(definition.name, **given, children=named))

    form = FormScreen(f"Open a new case: {definition.title}", asks, submit, keep_word="Open it")
    offer_form(screen, form, lambda done: _opened(screen, done, definition.choose))


def _case_asks(known: Known) -> tuple[Ask, ...]:
    return (
        Ask("title", "A title", required=True, says="not a child's name: titles are seen in lists"),
        Ask("opened", "When did the work begin?", "date", says="today when left empty"),
        Ask("team", "Which team?", "choice", options=known.teams),
        Ask("worker", "Who works on it?", "choice", options=known.people),
        Ask("children", "Which children is it about?", "lines", says="the id of each, one to a line"),
        Ask("nation", "Whose bank holidays count?", "choice", options=pairs(NATIONS),
            says="the store's when left empty"),
    )  # fmt: skip


def _opened(screen: Page, done: Done, meaning: str) -> None:
    screen.kept((*done.says, meaning) if meaning else done.says)
    screen.house.open_case(done.case.ref)


def enter_child(screen: Page) -> None:
    """A form for a child; the id it gets is what cases are linked by."""
    desk = screen.desk
    asks = (
        Ask("child_id", "An id, if there is one", says="a new one is made when left empty"),
        Ask("sibling_of", "Brother or sister of", says="the id of a child already entered"),
        Ask("family", "Family group", says="where no brother or sister is entered yet"),
        Ask("name", "Name", says="kept apart from the journal"),
        Ask("born", "Date of birth", "date", says="kept apart from the journal; day first"),
        Ask("details", "Anything else", "lines", says="kept apart from the journal; such as: year of birth = 2014"),
    )

    def submit(answers: Answers, seen: int | None) -> Child:
        given = typed(asks, answers, desk.today)
        born = given.get("born")
        details = {"name": given.get("name", ""), "born": born.isoformat() if born else "", **_details(given)}
        return add_child(
            desk, child_id=given.get("child_id", ""), family=given.get("family", ""),
            sibling_of=given.get("sibling_of", ""), details=details,
        )  # fmt: skip

    form = FormScreen("Enter a child", asks, submit)
    offer_form(screen, form, lambda child: screen.kept((f"Entered: {child.id}. Link it to a case there.",)))


def _details(given: Answers) -> dict[str, str]:
    """Lines of the kind "name = value"."""
    details = {}
    for line in given.get("details", "").splitlines():
        name, equals, value = line.partition("=")
        if line.strip() and not (equals and name.strip() and value.strip()):
            raise FieldFaults({"details": f"Each line as: name = value. This is not one: {line.strip()}"})
        if equals:
            details[name.strip()] = value.strip()
    return details
