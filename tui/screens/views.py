"""Saved views on the lists: chosen, saved under a name, taken off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from casereview.query import QueryFault
from casereview.service.views import View, find_view, remove_view, save_view, views
from tui.screens.asks import YES_NO, Answers, Ask, typed
from tui.screens.form import FormScreen, offer_form
from tui.screens.picking import Choice, ConfirmScreen, PickScreen

if TYPE_CHECKING:
    from tui.screens.asked_page import AskedPage

SAVE, REMOVE = "\nsave", "\nremove"  # no view is called so: a name is one line


def choose_view(page: AskedPage) -> None:
    desk, of = page.desk, page.of
    page.ask("views", partial(views, desk, of), partial(_offer, page))


def _offer(page: AskedPage, found: list[View]) -> None:
    own = [view for view in found if view.whose != "shipped"]
    choices = [Choice(view.name, view.name, _says(view)) for view in found]
    choices.append(Choice(SAVE, "Save what is listed now", "under a name, for you or for everyone"))
    choices += [Choice(REMOVE, "Take a saved view off", "one of yours, or one you shared")] if own else []

    def chosen(name: str | None) -> None:
        if name == SAVE:
            _save(page)
        elif name == REMOVE:
            _remove(page, own)
        elif name is not None:
            desk, of = page.desk, page.of
            page.ask("view", partial(find_view, desk, name, of), lambda view: page.put(view.query, view.name))

    page.app.push_screen(PickScreen("Which view?", choices, page.viewed), chosen)


def _says(view: View) -> str:
    whose = {"own": "yours", "shipped": ""}.get(view.whose, f"shared by {view.by_name}{', who has left' * view.left}")
    return f"{view.query}{f'  ({whose})' if whose else ''}"


def _save(page: AskedPage) -> None:
    try:
        query = str(page.wanted())
    except QueryFault as fault:
        page.say_error(fault)
        return
    asks = (
        Ask("name", "What is the view called?", required=True, start=page.viewed or None),
        Ask("shared", "For everyone?", "yes-no", options=YES_NO, says="they share what is asked, not what is listed"),
    )
    desk, of = page.desk, page.of

    def submit(answers: Answers, seen: int | None) -> View:
        given = typed(asks, answers, desk.today)
        return save_view(desk, given["name"], query, of=of, shared=given.get("shared", False))

    def kept(view: View) -> None:
        page.put(view.query, view.name)
        page.app.notify(f"The view “{view.name}” is saved.", markup=False)

    form = FormScreen("Save a view", asks, submit, says=query or "Everything that is overdue.", keep_word="Save it")
    offer_form(page, form, kept)


def _remove(page: AskedPage, own: list[View]) -> None:
    desk = page.desk

    def chosen(at: str | None) -> None:
        if at is None:
            return
        view = own[int(at)]

        def decided(yes: bool | None) -> None:
            if yes:
                take = partial(remove_view, desk, view.name, shared=view.whose == "shared")
                page.act(take, lambda gone: page.app.notify(f"The view “{gone.name}” is taken off.", markup=False))

        page.app.push_screen(ConfirmScreen(f"Take the view “{view.name}” off?", view.query), decided)

    choices = [Choice(str(at), view.name, _says(view)) for at, view in enumerate(own)]
    page.app.push_screen(PickScreen("Which view is taken off?", choices), chosen)
