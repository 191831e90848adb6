"""The morning list on the command line: what waits for an answer from this person, and the command that gives it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.oversight.matter import KINDS, RULES
from tui.commands import acting
from tui.commands.output import bold, emit, say, wrapped
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings

if TYPE_CHECKING:
    from datetime import date

    from casereview.oversight.matter import Question, Rules
    from casereview.service.desk import Desk
    from casereview.service.morning import Morning

ANY = f"Only this kind, and again for more: {', '.join(KINDS)}."
COLUMNS = ("kind", "case", "title", "expectation", "asks", "since", "by", "days", "command", "beside")


def register(app: typer.Typer) -> None:
    """Adds `today` and `today-settings`."""
    app.command("today")(today)
    app.command("today-settings")(today_settings)


def today(
    ctx: typer.Context,
    team: str = typer.Option("", "--team", help="Only this team (id or name), where you have a part in its cases."),
    kind: list[str] = typer.Option([], "--kind", help=ANY),
    days_of_silence: int | None = typer.Option(
        None, "--days-of-silence", min=1, metavar="N",
        help=f"Working days without anything done before you are asked about it ({RULES.silent_after} unless settled).",
    ),
    unanswered_after: int | None = typer.Option(
        None, "--unanswered-after", min=1, metavar="N",
        help=f"Working days after which a question shows one level up too ({RULES.unanswered_after} unless settled).",
    ),
    digest: str = typer.Option(
        "", "--digest", metavar="FILE", help="Write it as text without names, to be mailed; - prints it."
    ),
    in_full: bool = typer.Option(False, "--in-full", help="With --digest: titles and words too; it names people."),
    ics: Path | None = typer.Option(
        None, "--ics", metavar="FILE", help="Write what has a day as a calendar file without names."
    ),
    csv: Path | None = typer.Option(None, "--csv", metavar="FILE", help="Write every row to a new spreadsheet file."),
    as_at: str = AS_AT,
) -> None:  # fmt: skip
    """Your morning list: questions that wait for you, each with the command that answers it.

    Urgent cases, reasons to answer, justifications that end within a week or have lapsed, checkpoints, news promised to
    families and changed dates they do not know of, lawful exceptions that end, what waits for your decision, blockages,
    missing dates, silence. What is justified stays quiet until the week before it is looked at again; on the overdue
    register it shows every day. What others have left unanswered for long shows to a service manager, by whom.
    """
    from casereview.service.morning import morning
    from tui.commands.lists import team_id
    from tui.commands.progress import waiting

    settings: Settings = ctx.obj
    acting.only_with({"--in-full": in_full} if not digest else {}, "--digest")
    desk = desk_of(settings, as_at)
    of_team = team_id(desk, team)
    with waiting("Reading the open cases that are yours", quiet=settings.json):
        found = morning(
            desk, team=of_team, silent_after=days_of_silence, unanswered_after=unanswered_after, kinds=tuple(kind)
        )
    if digest or ics is not None or csv is not None:
        _write(desk, found, settings, digest, in_full, ics, csv)
    else:
        emit([question_json(one) for one in found.questions], settings, lambda: page(found))


def _write(
    desk: Desk, found: Morning, settings: Settings, digest: str, in_full: bool, ics: Path | None, csv: Path | None
) -> None:
    from casereview.service import morning_out as out
    from tui.commands.lists import write_new_csv

    written: dict[str, int] = {}
    if digest == "-":
        say(out.digest(found, in_full=in_full))
    elif digest:
        out.write_over(Path(digest), out.digest(found, in_full=in_full).encode(), out.DIGEST_BEGINS)
        written[digest] = sum(not one.restricted for one in found.questions)
    if ics is not None:
        out.write_over(ics, out.calendar(desk, found), out.CALENDAR_BEGINS)
        written[str(ics)] = sum(one.by is not None and not one.restricted for one in found.questions)
    if csv is not None:
        written[str(csv)] = write_new_csv(csv, map(question_json, found.questions), COLUMNS)
    if written:
        says = "\n".join(f"{_several(count, 'question')} written to {name}" for name, count in written.items())
        emit([{"file": name, "questions": count} for name, count in written.items()], settings, says)


def question_json(one: Question) -> dict[str, Any]:
    return {
        "kind": one.kind, "case": one.case, "title": one.title, "expectation": one.expectation or None,
        "asks": one.says, "since": one.since, "by": one.by, "days": one.days, "command": one.command,
        "beside": one.beside,
    }  # fmt: skip


def page(found: Morning) -> str:
    """The questions under their headings; an empty list says what that means."""
    if not found.questions:
        return nothing(found)
    count = len(found.questions)
    above = f", and {_several(found.above, 'more open case')} above which you stand" if found.above else ""
    looked = f"{_several(count, 'question')} for you on {found.day}, from {_several(found.cases, 'open case')}{above}."
    blocks = [looked]
    for kind, heading in KINDS.items():
        asked = [one for one in found.questions if one.kind == kind]
        if asked:
            blocks.append(bold(f"{heading} ({len(asked)})"))
            blocks += [_entry(one, found.day) for one in asked]
    return "\n\n".join(blocks)


def nothing(found: Morning) -> str:
    if not found.cases and not found.above:
        return (
            "No open case is yours: none of a team you manage, none you are the worker of, no review you have a role "
            "in.\nThe cases you may know of: casereview cases"
        )
    return (
        f"Nothing waits for you on {found.day}: {_several(found.cases + found.above, 'open case')} looked at.\n"
        "It means that no answer, date, checkpoint or promised news is due from you. It does not say that help is "
        "good: casereview overdue shows every time that is longer, justified or not."
    )


def _several(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _entry(one: Question, today: date) -> str:
    from casereview.service.morning_out import when

    about = f"{one.expectation}: " if one.expectation else ""
    lines = [
        wrapped(f"{one.case}  {one.title}", "    ", "  "),
        wrapped(f"{one.says}", "      ", "    "),
        wrapped(f"{about}{when(one, today, str)}", "      ", "    "),
        wrapped(f"beside it: {one.beside}", "      ", "    "),
        f"    {one.command}",
    ]
    return "\n".join(lines)


# ---- the authority's own numbers -------------------------------------------------------------------------------
def today_settings(
    ctx: typer.Context,
    silent_after: int | None = typer.Option(None, "--silent-after", metavar="N", help="Silence is asked about after."),
    ahead: int | None = typer.Option(None, "--ahead", metavar="N", help="Promises and looks are spoken of before."),
    tell_within: int | None = typer.Option(None, "--tell-within", metavar="N", help="A changed date is told within."),
    unanswered_after: int | None = typer.Option(
        None, "--unanswered-after", metavar="N", help="A question shows one level up as well after."
    ),
) -> None:  # fmt: skip
    """The numbers of the morning list, in working days, for everyone here; with an option, settles them anew.

    They are local defaults and no rule of anybody's: change them to what helps.
    """
    from casereview.service.morning import rules, set_rules

    desk = acting.desk_of(ctx)
    given = {"silent_after": silent_after, "ahead": ahead, "tell_within": tell_within,
             "unanswered_after": unanswered_after}  # fmt: skip
    changed = {name: number for name, number in given.items() if number is not None}
    now = set_rules(desk, **changed) if changed else rules(desk)
    emit(rules_json(now), ctx.obj, lambda: rules_page(now))


def rules_json(now: Rules) -> dict[str, int]:
    return {
        "silent_after": now.silent_after, "ahead": now.ahead, "tell_within": now.tell_within,
        "unanswered_after": now.unanswered_after,
    }  # fmt: skip


def rules_page(now: Rules) -> str:
    lines = [
        f"Silence is asked about after {_several(now.silent_after, 'working day')} in which nothing was done.",
        f"Checkpoints and promised news are spoken of {_several(now.ahead, 'working day')} ahead.",
        f"A changed date is to be told within {_several(now.tell_within, 'working day')}.",
        f"What is unanswered for {_several(now.unanswered_after, 'working day')} shows to a service manager too.",
        "These are local defaults: casereview today-settings --tell-within 3 settles one for everyone.",
    ]
    return "\n".join(lines)
