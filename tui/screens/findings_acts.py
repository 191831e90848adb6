"""What is done on the page of a finding: moving its state with a reason, a look at an effect, putting right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from casereview.commands import CorrectRecord
from casereview.method.findings import Anatomy
from casereview.method.review import Rec
from casereview.service.reading import CaseView, show
from casereview.text import shown
from tui.screens.asks import Answers, Ask, typed
from tui.screens.doing import fill
from tui.screens.page import Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.review_rows import correct_in


def move_state(page: Page, ref: str, one: Anatomy) -> None:
    """Any state that the workflow names may be chosen, forwards or back; the rules of its file say what it needs."""
    page.ask("act", lambda: show(page.desk, ref), lambda view: _choose_state(page, view, one))


def _choose_state(page: Page, view: CaseView, one: Anatomy) -> None:
    kind = view.definition.records[one.rec.kind]
    states = kind.fields["state"].options if "state" in kind.fields else ()
    choices = [Choice(state, state, _hint(state, one)) for state in states if state != one.state]

    def chosen(state: str | None) -> None:
        if state is not None:
            _move(page, view, one, state)

    page.app.push_screen(PickScreen(f"It is “{one.state or 'without a state'}” now. Move it to?", choices), chosen)


def _hint(state: str, one: Anatomy) -> str:
    return "what is recorded would carry it" if state == one.next_state else ""


def _move(page: Page, view: CaseView, one: Anatomy, state: str) -> None:
    ask = Ask("reason", "Why now, and who agreed?", "long", required=True, says="what was said before stays readable")

    def command(answers: Answers) -> CorrectRecord:
        return CorrectRecord(one.number, typed([ask], answers, page.desk.today)["reason"], {"state": state})

    fill(page, view, f"To “{state}”", (ask,), command, says=one.rec.text("statement"))


def impact_of(page: Page, actions: Sequence[Rec], then: Callable[[int], None]) -> None:
    """Of which action? With one there is nothing to choose."""
    if not actions:
        page.app.notify("There is no action yet whose effect could be looked at. a adds one.", markup=False)
    elif len(actions) == 1:
        then(actions[0].number)
    else:
        choices = [Choice(str(rec.number), shown(rec.text("what"), width=60), rec.text("status")) for rec in actions]
        page.app.push_screen(
            PickScreen("The effect of which action?", choices), lambda value: then(int(value)) if value else None
        )


def correct_other(page: Page, ref: str, one: Anatomy) -> None:
    """Anything that belongs to a finding, put right by its own form."""
    choices = [Choice(str(rec.number), f"{what}: {shown(says, width=60)}") for what, rec, says in _belonging(one)]
    if not choices:
        page.app.notify("Nothing belongs to it yet.", markup=False)
        return

    def chosen(value: str | None) -> None:
        if value is not None:
            correct_in(page, ref, int(value))

    page.app.push_screen(PickScreen("Correct which?", choices), chosen)


def _belonging(one: Anatomy) -> Iterator[tuple[str, Rec, str]]:
    for rec in (*one.grade.speaks_for, *one.grade.speaks_against):
        yield "Evidence", rec, rec.text("shows")
    for rec in one.rests.trail:
        yield "Source", rec, rec.text("shows") or rec.text("source")
    for each in one.recommended:
        yield "Recommendation", each.rec, each.rec.text("text")
        for target in each.targets:
            yield "Target", target, target.text("what")
    for rec in one.positions:
        yield "Position", rec, rec.text("position")
    for rec in one.responses:
        yield "Answer", rec, rec.text("reasoning")
    for rec in one.passed_on:
        yield "Passed on", rec, rec.text("to_whom")
    for followed in one.actions:
        yield "Action", followed.action, followed.action.text("what")
        for rec in followed.impacts:
            yield "Effect", rec, rec.text("evidence")
