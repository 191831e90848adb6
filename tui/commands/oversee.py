"""The overdue register, and what opens when no command is given."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.errors import CaseReviewError
from casereview.words import promised_words
from tui.commands.output import bold, emit, overdue_row_json, standing_cell, wrapped
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from datetime import date

    from casereview.describe import Names
    from casereview.service.desk import Desk
    from casereview.views import RegisterPage, RegisterRow

FLAGS = {
    "justified": "longer_justified", "unexplained": "longer_unexplained", "explained": "longer_explained",
    "lapsed": "longer_lapsed", "of_concern": "longer_of_concern", "past_agreed": "past_agreed",
    "urgent": "urgent_late",
}  # fmt: skip
NOTHING = """Nothing is overdue among the cases you may know of{filter}.
That says nothing about the help children get: see `casereview cases`, and `casereview why CASE` for what comes next."""
EMPTY = """There is no case you may know of yet.
Next: casereview workflows list, then casereview open WORKFLOW --title 'A TITLE WITHOUT NAMES'
Or look around in made-up cases: casereview demo"""


def register(app: typer.Typer) -> None:
    app.command()(overdue)


def overdue(
    ctx: typer.Context,
    justified: bool = typer.Option(False, "--justified", help="Longer, with a reason that holds today."),
    unexplained: bool = typer.Option(False, "--unexplained", help="Longer, and nobody has said why."),
    explained: bool = typer.Option(False, "--explained", help="A reason is given, no manager has agreed it yet."),
    lapsed: bool = typer.Option(False, "--lapsed", help="Agreed once; what it rests on no longer holds."),
    of_concern: bool = typer.Option(False, "--of-concern", help="A manager said no."),
    past_agreed: bool = typer.Option(False, "--past-agreed", help="Past the date agreed for this child."),
    urgent: bool = typer.Option(False, "--urgent", help="In an urgent lane, its target passed."),
    query: str = typer.Option("", "--query", help="Words in the reference, title, worker or team."),
    workflow: str = typer.Option("", "--workflow", help="Only cases of this workflow."),
    team: str = typer.Option("", "--team", help="Only this team (id or name)."),
    worker: str = typer.Option("", "--worker", help="Only this worker (id, login or name)."),
    limit: int = typer.Option(50, "--limit", min=1, max=1000, help="Rows to a page."),
    page: int = typer.Option(1, "--page", min=1, help="Which page."),
    csv: Path | None = typer.Option(None, "--csv", metavar="FILE", help="Write every row to a new spreadsheet file."),
) -> None:
    """Cases that take longer than usual or agreed: justified ones stay, with all that stands beside them."""
    from casereview.views import RegisterQuery
    from tui.commands.lists import all_register_rows, person_id, team_id, write_new_csv

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    given = ctx.params
    standings = tuple(standing for flag, standing in FLAGS.items() if given[flag])
    asked = RegisterQuery(
        standings, query, workflow, team_id(desk, team), person_id(desk, worker), offset=(page - 1) * limit, limit=limit
    )
    if csv is not None:
        rows = (overdue_row_json(row, names_of(desk)) for row in all_register_rows(desk, asked))
        written = write_new_csv(csv, rows, REGISTER_COLUMNS)
        emit({"rows": written, "file": str(csv)}, settings, f"{written} rows written to {csv}")
        return
    print_register(desk, settings, asked, filtered=bool(standings or query or workflow or team or worker))


REGISTER_COLUMNS = (
    "standing", "case", "title", "workflow", "stage", "opened", "worker", "team", "expectation", "started",
    "indicative_date", "agreed_date", "working_days", "beyond",
    "reason.code", "reason.class", "reason.text", "reason.effect", "reason.by", "reason.on",
    "answer.decision", "answer.text", "answer.by", "answer.on", "answer.until",
    "family.told_on", "family.promised_on", "family.exception", "missing",
)  # fmt: skip


def print_register(desk: Desk, settings: Settings, asked: Any, *, filtered: bool = False) -> None:
    """One page of the register."""
    from casereview.service.reading import register as read

    found = read(desk, asked)
    if found.offset >= found.total > 0:
        pages = -(-found.total // asked.limit)
        raise CaseReviewError(f"there are only {pages} pages", where="--page", remedy=f"Give 1 to {pages}.")
    names = names_of(desk)
    data = [overdue_row_json(row, names) for row in found.rows]
    emit(data, settings, lambda: _register(desk, found, names, filtered))


def names_of(desk: Desk) -> Names:
    with desk.reading() as work:
        return desk.known(work).names


def _register(desk: Desk, found: RegisterPage, names: Names, filtered: bool) -> str:
    if not found.total:
        return NOTHING.format(filter=" that match" if filtered else "") if filtered or _any_case(desk) else EMPTY
    blocks: list[str] = []
    standing = None
    for row in found.rows:
        if row.row.standing != standing:
            standing = row.row.standing
            blocks.append(bold(f"{standing_cell(standing)} ({found.counts.get(standing, 0)})"))
        blocks.append(entry(row, names, desk.today))
    shown_to = found.offset + len(found.rows)
    if shown_to < found.total:
        blocks.append(f"{found.offset + 1} to {shown_to} of {found.total}; more with --page or --limit.")
    return "\n\n".join(blocks)


def _any_case(desk: Desk) -> bool:
    from casereview.service.reading import cases
    from casereview.views import CaseQuery

    return cases(desk, CaseQuery(limit=1)).total > 0


def entry(row: RegisterRow, names: Names, today: date) -> str:
    """One case on the register: its time, and everything that stands beside it."""
    data = overdue_row_json(row, names)
    lines = [wrapped(f"{row.row.case}  {row.row.title}", "    ", "  ")]
    who = row.row.worker_name or "no worker"
    lines.append(f"    {who}{f', {row.row.team_name}' if row.row.team_name else ''}; at “{row.row.stage_title}”")
    lines += [wrapped(line, "      ", "    ") for line in _time(row)]
    lines += [wrapped(line, "      ", "    ") for line in story(data, today)]
    return "\n".join(lines)


def _time(row: RegisterRow) -> list[str]:
    seen = row.expectation
    dates = [("usual by", seen.indicative), ("agreed for", seen.agreed), ("urgent target", seen.target)]
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
