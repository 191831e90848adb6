"""What the acting commands share: names and days as typed, and saying what was done and where the case now stands."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import typer

from casereview.errors import CaseReviewError, Conflict, NotFound, did_you_mean
from casereview.text import clean, parse_date, parse_ref, shown
from tui.commands import asking, output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casereview.commands import Command
    from casereview.service.desk import Desk, Done
    from casereview.service.reading import CaseView
    from tui.start import Settings


def _in_one_spelling(ref: str) -> str:
    return parse_ref(ref, "the case")


CASE = typer.Argument(
    ..., metavar="CASE", callback=_in_one_spelling, show_default=False,
    help="The reference of the case, such as SA-2024-7K3QX.",
)  # fmt: skip


def desk_of(ctx: typer.Context) -> Desk:
    from tui.start import open_desk

    return open_desk(ctx.obj)


# ---- what was typed ------------------------------------------------------------------------------------------
def day(desk: Desk, text: str | None, what: str) -> date | None:
    """A date as typed (2024-03-05, 5/3/2024, 5 March 2024, today); None where none was. Raises CaseReviewError."""
    return None if text is None else parse_date(text, what, today=desk.today)


def ahead(
    desk: Desk, case: str, text: str | None, what: str, *, counted_from: Literal["today", "start"] = "today"
) -> date | None:
    """A day ahead: a date, or a length such as "15 working days". Raises CaseReviewError."""
    from casereview.service.lengths import day_ahead

    return None if text is None else day_ahead(desk, case, text, what, counted_from=counted_from)


def words(text: str | None, what: str, *, edit: bool = False, question: str = "") -> str:
    """A longer text as typed, from a file (@path), from standard input (-) or, with `edit`, from the editor."""
    typed = asking.text_of(text, what) if text is not None else ""
    return asking.in_editor(question or what, typed) if edit else typed


def person_id(desk: Desk, name: str) -> str:
    """A person by id, login or whole name. Raises NotFound with the nearest spelling."""
    from casereview.service.registry import find_person

    with desk.reading() as work:
        return find_person(work, name).id


def team_id(desk: Desk, name: str) -> str:
    """A team by id or whole name. Raises NotFound with the nearest spelling."""
    with desk.reading() as work:
        teams = work.teams()
    wanted = clean(name, what="a team").casefold()
    found = [t.id for t in teams if wanted in (t.id.casefold(), t.name.casefold())]
    if len(found) != 1:
        known = [t.id for t in teams]
        raise NotFound(f"there is no team {shown(name, width=60)!r}", remedy=did_you_mean(name, known))
    return found[0]


def exactly_one(given: Mapping[str, bool], remedy: str = "") -> str:
    """The one option that was given. Raises CaseReviewError when it is none or more than one."""
    found = [option for option, there in given.items() if there]
    if len(found) == 1:
        return found[0]
    says = f"{' and '.join(found)} cannot be given together" if found else "it is not said what to do"
    raise CaseReviewError(says, remedy=remedy or f"Give one of {', '.join(given)}.")


def only_with(given: Mapping[str, object], other: str) -> None:
    """Refuses options that mean nothing here. Raises CaseReviewError naming them all."""
    found = [option for option, value in given.items() if value not in (None, "", False, [], ())]
    if found:
        raise CaseReviewError(f"{', '.join(found)} means nothing here: it goes with {other}", remedy="Leave it out.")


# ---- what was done -------------------------------------------------------------------------------------------
def look(desk: Desk, ref: str) -> CaseView:
    from casereview.service import reading

    return reading.show(desk, ref)


def said(desk: Desk, settings: Settings, done: Done, also: Sequence[str] = (), **more: Any) -> None:
    """Prints what a command brought about; with --json the case row and `says`."""
    view: CaseView | None
    try:
        view = look(desk, done.case.id)
    except NotFound:  # whoever acted has just ended their own access
        view, also = None, [*also, "You can no longer see this case."]
    row = output.case_row_json(view.row) if view is not None else {}
    output.emit_done(done, settings, also, **{**row, "entry": done.case.number, **more})


def act(ctx: typer.Context, ref: str, make: Callable[[Desk], Command], **more: Any) -> None:
    """Carries out one command that asks nothing and shows nothing first."""
    desk = desk_of(ctx)
    said(desk, ctx.obj, desk.do(ref, make(desk)), **more)


def insist(desk: Desk, ref: str, command: Command, seen: int) -> Done:
    """Carries out what a person was asked for; when the case changed meanwhile, says how and asks again.

    Raises Conflict when they would rather look again.
    """
    while True:
        try:
            return desk.do(ref, command, seen)
        except Conflict as changed:
            output.note(f"{shown(ref)}: {shown(changed.says)}")
            newest = look(desk, ref).case.number
            try:
                asking.confirm("Do it all the same?", yes=False)
            except CaseReviewError:
                raise changed from None
            seen = newest


@contextmanager
def nothing_lost(again: Sequence[str]) -> Iterator[None]:
    """When a person answered questions and the command fails, shows the line that says it all again."""
    try:
        yield
    except CaseReviewError:
        output.note("To do it again with what you wrote:")
        output.note("  " + shown(shlex.join(["casereview", *again]), one_line=False))
        raise
