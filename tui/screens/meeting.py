"""From what a step still asks for straight to the act that meets it."""

from __future__ import annotations

from casereview.requirements import Asked, failing_field, lacking_each
from casereview.service.reading import CaseView, StepView
from tui.screens.acts import act_named
from tui.screens.doing import do_act
from tui.screens.page import Page
from tui.screens.picking import Choice, PickScreen
from tui.screens.recording import add_record, take_step
from tui.screens.review_rows import correct_in
from workflows.definition import Requirement

HAS = {"agreed-date": "agree-date", "worker": "assign", "team": "assign", "child": "child link", "roster": "tell --add"}
KINDS = {"seen": "seen", "appointed": "appoint"}


def meet(page: Page, view: CaseView, step: StepView) -> None:
    """Chooses among the things a step still asks for, and goes to the act for the one chosen."""
    missing = [a for a in step.asked if not a.met and not a.set_aside]
    if not missing:
        page.app.notify("Everything it asks for is there. Enter takes the step.")
        return

    def chosen(key: str | None) -> None:
        asked = next((a for a in missing if a.requirement == key), None)
        if asked is not None:
            _go(page, view, step, asked)

    choices = [Choice(a.requirement, a.says, ", ".join(a.who)) for a in missing]
    page.app.push_screen(PickScreen(f"Meet what “{step.step.title}” asks for", choices), chosen)


def _go(page: Page, view: CaseView, step: StepView, asked: Asked) -> None:
    needs = next((r for r in step.step.requirements if r.key == asked.requirement), None)
    if needs is None:  # a track that holds the main path back
        _say_how(page, asked)
    elif needs.kind == "record" and needs.name in view.definition.records:
        add_record(page, view, view.definition.records[needs.name], given_by(needs))
    elif needs.kind == "each":
        _each(page, view, step, needs)
    elif needs.kind == "track":
        _step_of_track(page, view, needs, asked)
    elif needs.kind == "field":
        _field(page, view, step, needs)
    else:
        name = HAS.get(needs.name, "tell --add") if needs.kind == "has" else KINDS.get(needs.kind, "tell")
        if name == "tell" and not view.case.roster:
            name = "tell --add"
        do_act(page, view, act_named(name))


def _each(page: Page, view: CaseView, step: StepView, needs: Requirement) -> None:
    """The form of what is to point to the first record still without; where there is none yet, its own form."""
    kind, _, field = needs.points.partition(".")
    lacking = lacking_each(view.case, step.step, needs)
    if lacking:
        add_record(page, view, view.definition.records[kind], {**given_by(needs), field: lacking[0]})
    else:
        add_record(page, view, view.definition.records[needs.name])


def _field(page: Page, view: CaseView, step: StepView, needs: Requirement) -> None:
    """The first record that does not answer it yet, to be corrected; where there is none of its kind, a new one."""
    failing = failing_field(view.case, step.step, needs)
    if failing:
        correct_in(page, view.case.ref, failing[0])
    else:
        add_record(page, view, view.definition.records[needs.name.partition(".")[0]])


def given_by(needs: Requirement) -> dict[str, str]:
    """The answers a requirement leaves no choice about."""
    return {name: values[0] for name, values in needs.where if len(values) == 1}


def _step_of_track(page: Page, view: CaseView, needs: Requirement, asked: Asked) -> None:
    step = next((s for s in view.steps if s.step.track == needs.name), None)
    if step is None:
        _say_how(page, asked)
    else:
        take_step(page, view, step)


def _say_how(page: Page, asked: Asked) -> None:
    page.app.notify(f"{', '.join(asked.who)}: {asked.command}", markup=False)
