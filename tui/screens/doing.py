"""How an act is done: choose, fill in, record; a refusal shows everything missing, a conflict loses nothing typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from rich.text import Text

from casereview.commands import Command
from casereview.errors import CaseReviewError, Conflict
from casereview.service.desk import Desk, Done, Refused
from casereview.service.profiles import adopted
from casereview.service.reading import CaseView, records, show
from casereview.service.registry import people, teams
from casereview.text import shown
from casereview.views import RecordRow
from tui.screens.acts import Act
from tui.screens.asks import Answers, Ask, FieldFaults, Known, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.page import Page
from tui.screens.picking import ConfirmScreen, PickScreen
from tui.screens.story import whole_story

RECORDS_OFFERED = 200  # of each kind a field may point to


def known_for(desk: Desk, view: CaseView, kinds: tuple[str, ...] = ()) -> Known:
    """What the forms of a case let one choose from; runs in a thread."""
    found = {}
    for kind in kinds:
        rows = records(desk, view.case.ref, kind=kind, limit=RECORDS_OFFERED).rows
        found[kind] = tuple((_named(row, view), str(row.number)) for row in rows if not row.withdrawn)
    return Known(
        people=tuple((p.name, p.id) for p in people(desk) if not p.left),
        teams=tuple((t.name, t.id) for t in teams(desk)),
        records=found,
        profiles=tuple((p.title, p.label) for p in adopted(desk) if view.case.workflow in p.workflows),
    )


def _named(row: RecordRow, view: CaseView) -> str:
    """A record in a list: its first words, and its number."""
    if row.kept_to:
        return f"no. {row.number} (kept to {shown(row.kept_to, width=50)})"
    kind = view.definition.records.get(row.kind)
    asked = [name for name, field in kind.fields.items() if field.type in ("line", "long")] if kind else []
    words = (row.values.get(name) for name in (*asked, *row.values))  # its own words before a date or a choice
    first = next((value for value in words if isinstance(value, str) and value), "")
    return f"{shown(first, width=60)} (no. {row.number})"


def do_act(page: Page, view: CaseView, act: Act, expectation: str = "") -> None:
    """Goes through an act on a case. `expectation`: the time it is about, where the list says which."""

    def begin(known: Known) -> None:
        if act.pick is None:
            _fill_in(page, view, act, known, "", expectation)
            return
        choices = act.pick.choices(view, known)
        if not choices:
            page.app.notify("There is nothing to choose from here.", severity="warning")
            return

        def chosen(value: str | None) -> None:
            if value is not None:
                _fill_in(page, view, act, known, value, expectation)

        page.app.push_screen(PickScreen(f"{act.pick.title}  {view.case.ref}", choices), chosen)

    page.ask("known", partial(known_for, page.desk, view), begin)


def _fill_in(page: Page, view: CaseView, act: Act, known: Known, picked: str, expectation: str) -> None:
    asks = tuple(_aimed(ask, expectation) for ask in act.asks(view, known, picked))
    desk = page.desk

    def command(answers: Answers) -> Command:
        return act.build(picked, typed(asks, with_lengths(desk, view.case.ref, asks, answers), desk.today))

    def go() -> None:
        if asks:
            says = whole_story(view, expectation) if act.with_story else act.says
            fill(page, view, act.label, asks, command, says=says)
        else:
            do_now(page, view, command({}))

    if act.sure:
        sure(page, act.sure, go)
    else:
        go()


def with_lengths(desk: Desk, ref: str, asks: tuple[Ask, ...], answers: Answers) -> Answers:
    """The answers with every length of time that stands for a date counted out. Raises FieldFaults beside each."""
    from casereview.service.lengths import day_ahead

    kept, faults = dict(answers), {}
    about = str(answers.get("expectation") or "")
    for ask in asks:
        said = str(answers.get(ask.name) or "").strip()
        if ask.type == "date" and ask.length and said:
            try:
                day = day_ahead(desk, ref, said, ask.ask, counted_from=ask.length, expectation=about)
                kept[ask.name] = day.isoformat()
            except CaseReviewError as error:
                faults[ask.name] = f"{error.says} {error.remedy or ''}".strip()
    if faults:
        raise FieldFaults(faults)
    return kept


def _aimed(ask: Ask, expectation: str) -> Ask:
    return replace(ask, start=expectation) if ask.name == "expectation" and expectation else ask


def sure(page: Page, question: str, go: Callable[[], None], says: str = "") -> None:
    def decided(yes: bool | None) -> None:
        if yes:
            go()

    page.app.push_screen(ConfirmScreen(question, says), decided)


# ---- the two ways a command is sent --------------------------------------------------------------------------
def fill(
    page: Page, view: CaseView, title: str, asks: tuple[Ask, ...], command: Callable[[Answers], Command], *,
    says: str | Text = "",
) -> None:  # fmt: skip
    """By a form: what was typed stays until it is recorded."""
    desk, ref = page.desk, view.case.ref

    def submit(answers: Answers, seen: int | None) -> Done:
        return desk.do(ref, command(answers), seen=seen)

    form: FormScreen[Done] = FormScreen(
        f"{title}: {ref}  {shown(view.case.title, width=50)}", asks, submit, says=says, seen=view.case.number,
        renew=lambda: show(desk, ref).case.number,
    )  # fmt: skip
    offer_form(page, form, lambda done: page.kept(done.says))


def do_now(page: Page, view: CaseView, command: Command) -> None:
    """At once, where nothing is to be filled in."""
    desk, ref, seen = page.desk, view.case.ref, view.case.number

    def refused(error: CaseReviewError) -> None:
        if isinstance(error, Refused):
            from tui.screens.refusal import RefusalScreen

            page.app.push_screen(RefusalScreen(error.refusal))
            return
        page.say_error(error)
        if isinstance(error, Conflict):
            page.look_again()

    page.act(lambda: desk.do(ref, command, seen=seen), lambda done: page.kept(done.says), failed=refused)
