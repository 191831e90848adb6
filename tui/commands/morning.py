"""The morning list on the command line: what waits for an answer from this person, and the command that gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from casereview.oversight.morning import SILENT_AFTER
from tui.commands.output import bold, emit, wrapped
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.oversight.matter import Question
    from casereview.service.morning import Morning


def register(app: typer.Typer) -> None:
    app.command("today")(today)


def today(
    ctx: typer.Context,
    team: str = typer.Option("", "--team", help="Only this team (id or name), where you have a part in its cases."),
    days_of_silence: int = typer.Option(
        SILENT_AFTER, "--days-of-silence", min=1, metavar="N",
        help="Working days without an entry before you are asked about it.",
    ),
) -> None:  # fmt: skip
    """Your morning list: questions that wait for you, each with the command that answers it.

    Reasons to answer, justifications that end within a week or have lapsed, checkpoints, news promised to families,
    urgent cases, what waits for your decision, missing dates, silence. What is justified stays quiet until the week
    before it is looked at again; on the overdue register it shows every day.
    """
    from casereview.service.morning import morning
    from tui.commands.lists import team_id

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    found = morning(desk, team=team_id(desk, team), silent_after=days_of_silence)
    emit([question_json(one) for one in found.questions], settings, lambda: page(found))


def question_json(one: Question) -> dict[str, Any]:
    return {
        "kind": one.kind, "case": one.case, "title": one.title, "expectation": one.expectation or None,
        "asks": one.says, "since": one.since, "by": one.by, "days": one.days, "command": one.command,
        "beside": one.beside,
    }  # fmt: skip


def page(found: Morning) -> str:
    """The questions under their headings; an empty list says what that means."""
    from casereview.oversight.matter import KINDS

    if not found.questions:
        return nothing(found)
    count = len(found.questions)
    looked = f"{_several(count, 'question')} for you on {found.day}, from {_several(found.cases, 'open case')}."
    blocks = [looked]
    for kind, heading in KINDS.items():
        asked = [one for one in found.questions if one.kind == kind]
        if asked:
            blocks.append(bold(f"{heading} ({len(asked)})"))
            blocks += [_entry(one) for one in asked]
    return "\n\n".join(blocks)


def nothing(found: Morning) -> str:
    if not found.cases:
        return (
            "No open case is yours: none of a team you manage, none you are the worker of, no review you have a role "
            "in.\nThe cases you may know of: casereview cases"
        )
    return (
        f"Nothing waits for you on {found.day}: {_several(found.cases, 'open case')} looked at.\n"
        "It means that no answer, date, checkpoint or promised news is due from you. It does not say that help is "
        "good: casereview overdue shows every time that is longer, justified or not."
    )


def when(one: Question) -> str:
    """Since when, or by when, with the working days."""
    far = f"{_several(abs(one.days), 'working day')}"
    if one.by is None:
        return f"since {one.since}, {far}"
    return f"by {one.by}, {'today' if not one.days else f'{far} ago' if one.days > 0 else f'in {far}'}"


def _several(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _entry(one: Question) -> str:
    about = f"{one.expectation}: " if one.expectation else ""
    lines = [
        wrapped(f"{one.case}  {one.title}", "    ", "  "),
        wrapped(f"{one.says}", "      ", "    "),
        wrapped(f"{about}{when(one)}", "      ", "    "),
        wrapped(f"beside it: {one.beside}", "      ", "    "),
        f"    {one.command}",
    ]
    return "\n".join(lines)
