"""What people add to figures on the command line: answers, stories pinned to months, the smallest number shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from tui.commands.acting import words
from tui.commands.output import columns, emit, wrapped
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.oversight.questions import Answer
    from casereview.service.figure_notes import StoryNote

TEAM = typer.Option("", "--team", help="Those of this team (id or name), and those of all.")
WORKFLOW = typer.Option("", "--workflow", help="Those of this workflow, and those of all.")


# ---- answers ---------------------------------------------------------------------------------------------------
def answer(
    ctx: typer.Context,
    figure: str = typer.Argument(..., help="Which figure, such as bunching."),
    text: str = typer.Argument(..., help="What it means, as you know it; @FILE or - for longer text."),
    take_back: bool = typer.Option(False, "--take-back", help="TEXT is the key of an answer of yours: take it away."),
) -> None:
    """Say what a figure means, or take your answer back. It is shown with your name beside the figure."""
    from casereview.oversight import questions

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    if take_back:
        questions.take_back(desk, text)
        emit({"figure": figure, "taken_back": text}, settings, "Taken back. The journal keeps it.")
        return
    given = questions.answer(desk, figure, words(text, "the text"))
    emit(as_json(given), settings, f"Kept beside {given.figure}, with your name and the day.")


def answers(
    ctx: typer.Context,
    figure: str = typer.Argument("", help="Which figure; all of them when left out."),
    as_at: str = AS_AT,
) -> None:
    """What people have said that figures mean."""
    from casereview.oversight.questions import answers as read

    settings: Settings = ctx.obj
    found = read(desk_of(settings, as_at), figure)
    lines = [wrapped(f"{one.figure}: {one.text} ({one.by_name}, {one.on}; {one.key})", "  ", "") for one in found]
    emit([as_json(one) for one in found], settings, "\n".join(lines) or "Nobody has answered yet.")


def as_json(one: Answer) -> dict[str, Any]:
    return {"key": one.key, "figure": one.figure, "text": one.text, "by": one.by, "by_name": one.by_name, "on": one.on}


# ---- stories ---------------------------------------------------------------------------------------------------
def story_add(
    ctx: typer.Context,
    month: str = typer.Argument(..., help="Such as 2025-03, or “March 2025”."),
    text: str = typer.Argument(..., help="What happened, about the work and never about one family; @FILE or -."),
    team: str = typer.Option("", "--team", help="Only on the charts of this team (id or name)."),
    workflow: str = typer.Option("", "--workflow", help="Only on the charts of this workflow."),
) -> None:
    """Pin what you know to a month, for everyone who looks at the charts."""
    from casereview.service.figure_notes import add_story
    from tui.commands.lists import team_id

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    told = add_story(desk, month, words(text, "the text"), team=team_id(desk, team), workflow=workflow)
    emit(story_json(told), settings, f"Pinned to {told.month}: {told.key}.")


def story_list(ctx: typer.Context, team: str = TEAM, workflow: str = WORKFLOW, as_at: str = AS_AT) -> None:
    """The stories pinned to months."""
    from casereview.service.figure_notes import stories
    from tui.commands.lists import team_id

    settings: Settings = ctx.obj
    desk = desk_of(settings, as_at)
    found = stories(desk, team=team_id(desk, team), workflow=workflow)
    rows = [(one.key, one.month, one.text, one.by_name, one.on, one.team, one.workflow) for one in found]
    heads = ("key", "month", "story", "by", "on", "team", "workflow")
    none = "No story is told yet. Tell one with: casereview figures story add MONTH TEXT"
    emit([story_json(one) for one in found], settings, lambda: columns(heads, rows) if rows else none)


def story_remove(ctx: typer.Context, key: str = typer.Argument(..., help="As figures story list shows it.")) -> None:
    """Take a story off the charts; the journal keeps it."""
    from casereview.service.figure_notes import remove_story

    settings: Settings = ctx.obj
    remove_story(open_desk(settings), key)
    emit({"removed": key}, settings, "It is off the charts. The journal keeps it.")


def story_json(one: StoryNote) -> dict[str, Any]:
    return {
        "key": one.key, "month": one.month, "text": one.text, "by": one.by, "by_name": one.by_name, "on": one.on,
        "team": one.team or None, "workflow": one.workflow or None,
    }  # fmt: skip


# ---- settings --------------------------------------------------------------------------------------------------
def settings(
    ctx: typer.Context,
    smallest: int | None = typer.Option(
        None, "--smallest", metavar="N", help="Hide counts below N and round others down to its multiples; 1: neither."
    ),
) -> None:
    """Below which number counts are hidden; with --smallest it is set, by those who keep people and teams."""
    from casereview.service.figure_notes import set_smallest
    from casereview.service.figure_notes import smallest as now
    from casereview.service.figure_pages import rounded

    given: Settings = ctx.obj
    desk = open_desk(given)
    number = now(desk) if smallest is None else set_smallest(desk, smallest)
    says = rounded(number) if number > 1 else "Every count is shown as it is."
    emit({"smallest": number}, given, says)
