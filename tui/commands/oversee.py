"""The overdue register, and what opens when no command is given."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.errors import CaseReviewError
from casereview.rows import NO_GROUP, group_key
from casereview.text import shown
from casereview.words import promised_words
from tui.commands.output import bold, emit, overdue_row_json, standing_cell, wrapped
from tui.commands.past import AS_AT, desk_of
from tui.commands.queries import QUERY, query_of
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from datetime import date

    from casereview.describe import Names
    from casereview.service.desk import Desk
    from casereview.service.reading import CaseView
    from casereview.service.register_story import Line
    from casereview.views import RegisterPage, RegisterQuery, RegisterRow

# Each flag is the word of the query language after `overdue:`.
FLAGS = ("justified", "unexplained", "explained", "lapsed", "of_concern", "past_agreed", "legal_limit", "urgent")
NOTHING = """Nothing is overdue among the cases you may know of{filter}.
That says nothing about the help children get: see `casereview cases`, and `casereview why CASE` for what comes next."""
EMPTY = """There is no case you may know of yet.
Next: casereview workflows list, then casereview open WORKFLOW --title 'A TITLE WITHOUT NAMES'
Or look around in made-up cases: casereview demo"""


def register(app: typer.Typer) -> None:
    app.command()(overdue)


def overdue(
    ctx: typer.Context,
    terms: list[str] = QUERY,
    justified: bool = typer.Option(False, "--justified", help="Longer, with a reason that holds today."),
    unexplained: bool = typer.Option(False, "--unexplained", help="Longer, and nobody has said why."),
    explained: bool = typer.Option(False, "--explained", help="A reason is given, no manager has agreed it yet."),
    lapsed: bool = typer.Option(False, "--lapsed", help="Agreed once; what it rests on no longer holds."),
    of_concern: bool = typer.Option(False, "--of-concern", help="A manager said no."),
    past_agreed: bool = typer.Option(False, "--past-agreed", help="Past the date agreed for this child."),
    legal_limit: bool = typer.Option(False, "--legal-limit", help="Past a time set by law or statutory guidance."),
    urgent: bool = typer.Option(False, "--urgent", help="In an urgent lane, its target passed."),
    query: str = typer.Option("", "--query", help="Words in the reference, title, worker or team."),
    workflow: str = typer.Option("", "--workflow", help="Only cases of this workflow."),
    team: str = typer.Option("", "--team", help="Only this team (id or name)."),
    worker: str = typer.Option("", "--worker", help="Only this worker (id, login or name)."),
    view: str = typer.Option("", "--view", metavar="NAME", help="Begin with a saved view; see: casereview view list"),
    story: bool = typer.Option(False, "--story", help="The whole story of each row, from its case."),
    limit: int = typer.Option(50, "--limit", min=1, max=1000, help="Rows to a page."),
    page: int = typer.Option(1, "--page", min=1, help="Which page."),
    csv: Path | None = typer.Option(None, "--csv", metavar="FILE", help="Write every row to a new spreadsheet file."),
    as_at: str = AS_AT,
) -> None:
    """Cases that take longer than usual or agreed: justified ones stay, with all that stands beside them.

    Narrow it in words, such as 'overdue:justified stage:analysis team:north beyond>10 mine'; see: casereview queries
    """
    from casereview.service.register import ask_register
    from tui.commands.lists import all_register_rows, person_id, team_id, write_new_csv

    settings: Settings = ctx.obj
    desk = desk_of(settings, as_at)
    flags = [flag.replace("_", "-") for flag in FLAGS if ctx.params[flag]]
    words = query_of(desk, terms, view, f"overdue:{','.join(flags)}" if flags else "")
    asked = replace(
        ask_register(desk, words, offset=(page - 1) * limit, limit=limit),
        text=query, workflow=workflow, team=team_id(desk, team), worker=person_id(desk, worker),
    )  # fmt: skip
    if csv is not None:
        written = write_new_csv(csv, _sheet(desk, all_register_rows(desk, asked)), REGISTER_COLUMNS)
        emit({"rows": written, "file": str(csv)}, settings, f"{written} rows written to {csv}")
        return
    filtered = bool(words.without("sort", "group").terms or query or workflow or team or worker)
    print_register(desk, settings, asked, filtered=filtered, whole=story)


REGISTER_COLUMNS = (
    "standing", "case", "title", "workflow", "stage", "opened", "worker", "team", "expectation", "started",
    "indicative_date", "agreed_date", "working_days", "beyond",
    "reason.code", "reason.class", "reason.text", "reason.effect", "reason.by", "reason.on",
    "answer.decision", "answer.text", "answer.by", "answer.on", "answer.until",
    "family.told_on", "family.promised_on", "family.exception", "missing", "help",
)  # fmt: skip


def _sheet(desk: Desk, rows: Iterable[RegisterRow]) -> Iterator[dict[str, Any]]:
    """Rows for a spreadsheet, with help and quality beside each; read so many at a time."""
    names, every = names_of(desk), iter(rows)
    while some := list(islice(every, 200)):
        helped = _helped(desk, some)
        yield from ({**overdue_row_json(row, names), "help": helped.get(row.row.case)} for row in some)


def print_register(
    desk: Desk, settings: Settings, asked: RegisterQuery, *, filtered: bool = False, whole: bool = False
) -> None:
    """One page of the register; `whole`: with the whole story of each row."""
    from casereview.service.register import register as read

    found = read(desk, asked)
    if found.offset >= found.total > 0:
        pages = -(-found.total // asked.limit)
        raise CaseReviewError(f"there are only {pages} pages", where="--page", remedy=f"Give 1 to {pages}.")
    names = names_of(desk)
    stories = [_lines(desk, row) for row in found.rows] if whole else []
    helped = _helped(desk, found.rows)
    rows = [{**overdue_row_json(row, names), "help": helped.get(row.row.case)} for row in found.rows]
    for row, lines in zip(rows, stories, strict=False):
        row["story"] = story_json(lines)
    emit(_data(rows, found, asked), settings, lambda: _register(desk, found, asked, names, filtered, stories, helped))


def _helped(desk: Desk, rows: Iterable[RegisterRow]) -> dict[str, str]:
    """What is known of help and quality, by case: no time is shown without it (decision 30)."""
    from casereview.service.quality import beside_of

    found = beside_of(desk, list(dict.fromkeys(row.row.case for row in rows)))
    return {case: one.says for case, one in found.items()}


def _data(rows: list[dict[str, Any]], found: RegisterPage, asked: RegisterQuery) -> Any:
    """The rows; under headings, an object with both."""
    if not asked.group:
        return rows
    for data, row in zip(rows, found.rows, strict=True):
        data["group"] = group_key(row, asked.group) or None
    groups = [{"group": one.key or None, "title": one.title or None, "count": one.count} for one in found.groups]
    return {"groups": groups, "rows": rows}


def _lines(desk: Desk, row: RegisterRow) -> list[Line]:
    from casereview.service.reading import show
    from casereview.service.register_story import story_of

    lines = story_of(show(desk, row.row.case), row.expectation.expectation)
    return [*lines, *_help_lines(desk, row.row.case)]


def _help_lines(desk: Desk, ref: str) -> list[Line]:
    from casereview.service.quality import beside_of
    from casereview.service.register_story import Line

    return [Line("help and quality", one.says) for one in beside_of(desk, [ref]).values()]


def names_of(desk: Desk) -> Names:
    with desk.reading() as work:
        return desk.known(work).names


def _register(
    desk: Desk, found: RegisterPage, asked: RegisterQuery, names: Names, filtered: bool, stories: list[list[Line]],
    helped: Mapping[str, str],
) -> str:  # fmt: skip
    if not found.total:
        return NOTHING.format(filter=" that match" if filtered else "") if filtered or _any_case(desk) else EMPTY
    blocks: list[str] = []
    heading = None
    for at, row in enumerate(found.rows):
        here = heading_of(row, found, asked)
        if here != heading and here:
            blocks.append(bold(here))
        heading = here
        signed = bool(asked.group) or asked.order.removeprefix("-") != "concern"
        told = whole_entry(row, stories[at]) if stories else entry(row, names, desk.today, signed=signed)
        beside = "" if stories or row.row.case not in helped else f"help and quality: {helped[row.row.case]}"
        blocks.append(f"{told}\n{wrapped(beside, '      ', '    ')}" if beside else told)
    shown_to = found.offset + len(found.rows)
    if shown_to < found.total:
        blocks.append(f"{found.offset + 1} to {shown_to} of {found.total}; more with --page or --limit.")
    return "\n\n".join(blocks)


def heading_of(row: RegisterRow, found: RegisterPage, asked: RegisterQuery) -> str:
    """What stands above a row: its group, or its standing; nothing where the order is another."""
    if asked.group:
        key = group_key(row, asked.group)
        group = next(one for one in found.groups if one.key == key)
        return f"{shown(group.title) or NO_GROUP[asked.group]} ({group.count})"
    if asked.order.removeprefix("-") == "concern":
        return f"{standing_cell(row.row.standing)} ({found.counts.get(row.row.standing, 0)})"
    return ""


def _any_case(desk: Desk) -> bool:
    from casereview.service.reading import cases
    from casereview.views import CaseQuery

    return cases(desk, CaseQuery(limit=1)).total > 0


def entry(row: RegisterRow, names: Names, today: date, *, signed: bool = False) -> str:
    """One case on the register: its time, and everything that stands beside it; `signed`: with its standing."""
    data = overdue_row_json(row, names)
    lines = [_head(row)]
    who = row.row.worker_name or "no worker"
    lines.append(f"    {who}{f', {row.row.team_name}' if row.row.team_name else ''}; at “{row.row.stage_title}”")
    lines += [f"    {standing_cell(row.row.standing)}"] if signed else []
    lines += [wrapped(line, "      ", "    ") for line in _time(row)]
    lines += [wrapped(line, "      ", "    ") for line in story(data, today)]
    return "\n".join(lines)


def _head(row: RegisterRow) -> str:
    return wrapped(f"{row.row.case}  {row.row.title}", "    ", "  ")


def print_story(desk: Desk, view: CaseView, settings: Settings) -> None:
    """The whole story of one case."""
    from casereview.service.register_story import story_of

    now = view.day == desk.today  # of an earlier day, what is known of help today would be beside it
    lines = [*story_of(view), *(_help_lines(desk, view.case.ref) if now else ())]
    data = {"case": view.case.ref, "story": story_json(lines)}
    text = [wrapped(f"{one.about}: {one.says}", "      ", "    ") for one in lines]
    emit(data, settings, lambda: "\n".join([wrapped(f"{view.case.ref}  {view.case.title}", "    ", "  "), *text]))


def story_json(lines: list[Line]) -> list[dict[str, Any]]:
    return [{"about": one.about, "says": one.says, "missing": one.missing} for one in lines]


def whole_entry(row: RegisterRow, lines: list[Line]) -> str:
    """One row with its whole story."""
    return "\n".join([_head(row), *(wrapped(f"{one.about}: {one.says}", "      ", "    ") for one in lines)])


def _time(row: RegisterRow) -> list[str]:
    seen = row.expectation
    dates = [("usual by", seen.indicative), ("agreed for", seen.agreed), ("urgent target", seen.target),
             ("legal time limit", seen.statutory)]  # fmt: skip
    by = ", ".join(f"{word} {day}" for word, day in dates if day) or "no date agreed"
    beyond = f", {row.beyond} beyond" if row.beyond else ""
    return [f"{seen.title}: since {seen.started}, {row.working_days} working days{beyond} ({by})"]


def _day(written: str | None) -> date | None:
    from datetime import date

    return date.fromisoformat(written) if written else None


def story(data: dict[str, Any], today: date) -> list[str]:
    """Why, what it means for the child, what the manager said, what the family was told, what is missing."""
    lines = []
    reason, answer, family = data["reason"], data["answer"], data["family"]
    if reason:
        who = f"{reason['by_name']} on {reason['on']}"
        lines.append(f"why: {reason['code']} ({reason['class']}), {who}: {reason['text']}")
        if reason["effect"] or data["kind"] == "assessment":
            lines.append(f"effect on the child: {reason['effect'] or 'not said'}")
    else:
        lines.append("why: nobody has said yet")
    if answer:
        until = f", look again on {answer['until']}" if answer["until"] else ""
        words = f": {answer['text']}" if answer["text"] else ""
        lines.append(f"manager: {answer['decision']}, {answer['by_name']} on {answer['on']}{until}{words}")
    elif reason:
        lines.append("manager: has not answered")
    if newer := data["newer_reason"]:
        who = f"{newer['by_name']} on {newer['on']}"
        lines.append(f"a newer reason waits for an answer: {newer['code']}, {who}: {newer['text']}")
    told = f"told on {family['told_on']}" if family["told_on"] else "not told how things stand, or not everyone"
    if family["exception"]:
        told += f" (lawfully not told: {family['exception']})"
    lines.append(f"family: {told}{promised_words(_day(family['promised_on']), today)}")
    lines += [f"waiting: on {one['on']} for {one['for']}, since {one['since']}" for one in data["waiting"]]
    if data["missing"]:
        lines.append(f"missing now: {'; '.join(data['missing'])}")
    return lines


# ---- without a command --------------------------------------------------------------------------------------------
def open_screens(settings: Settings, desk: Desk | None = None, first: str | None = None) -> None:
    """The screens at a terminal; anywhere else, or with --no-screen or --json, the overdue register."""
    from casereview.views import RegisterQuery

    desk = desk or open_desk(settings)
    if settings.no_screen or settings.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        print_register(desk, settings, RegisterQuery())
        return
    from tui.screens.app import run_screens

    if status := run_screens(desk, first, settings.catalogue_folder):
        raise typer.Exit(status)
