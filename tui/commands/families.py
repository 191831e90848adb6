"""Across cases: which families are owed news, were not told, or had a promise broken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.oversight.family_words import owed_lines
from casereview.text import shown
from tui.commands import acting, output
from tui.commands.family_page import owed_json
from tui.commands.past import AS_AT, desk_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casereview.service.families import Families, FamilyRow

HEADINGS = {
    "broken": "Promises of news whose day has passed",
    "owed": "News that is promised and not yet given",
    "not-told": "People who must be told and have not been",
    "all": "Everyone on the lists of families",
}
NOTHING = {
    "broken": "No promise of news is broken",
    "owed": "No news is promised and still to be given",
    "not-told": "Everyone who must be told has been told, or is lawfully excepted",
    "all": "Nobody is on a list yet",
}
COLUMNS = (
    "case", "title", "team", "worker", "person", "label", "relation", "language", "advocate", "must_be_told", "told_on",
    "owed_by", "broken", "broken_times", "promises_made", "not_told", "not_told_since", "days", "exception",
    "exception_until", "exception_by", "beside",
)  # fmt: skip
LIMIT = 200


def register(app: typer.Typer) -> None:
    app.command("families")(families)


def families(
    ctx: typer.Context,
    broken: bool = typer.Option(False, "--broken", help="A promise whose day has passed; so too when none is given."),
    owed: bool = typer.Option(False, "--owed", help="Any promise of news that is still open."),
    not_told: bool = typer.Option(False, "--not-told", help="A changed date, or anything at all, not told."),
    all_: bool = typer.Option(False, "--all", help="Everyone on a list."),
    team: str = typer.Option("", "--team", help="Only this team (id or name)."),
    worker: str = typer.Option("", "--worker", help="Only this worker (id, login or name)."),
    closed: bool = typer.Option(False, "--closed", help="In closed cases too: a promise does not end with the case."),
    limit: int = typer.Option(LIMIT, "--limit", min=1, help="How many lines to print; --csv and --json give all."),
    csv: Path | None = typer.Option(None, "--csv", metavar="FILE", help="Write every row to a new spreadsheet file."),
    as_at: str = AS_AT,
) -> None:
    """Families owed news, across cases: broken promises, who was not told, since when, and the command that tells them.

    Whoever is lawfully excepted is owed nothing until the exception ends; what was broken before stays counted.
    """
    from casereview.service.families import families as read
    from tui.commands.lists import person_id, team_id, write_new_csv
    from tui.commands.progress import waiting

    given = {"--broken": broken, "--owed": owed, "--not-told": not_told, "--all": all_}
    which = acting.exactly_one(given).removeprefix("--") if any(given.values()) else "broken"
    desk = desk_of(ctx.obj, as_at)
    of_team, of_worker = team_id(desk, team), person_id(desk, worker)
    with waiting("Reading the lists of families", quiet=ctx.obj.json):
        found = read(desk, which, team=of_team, worker=of_worker, closed=closed)
    if csv is not None:
        written = write_new_csv(csv, map(row_json, found.rows), COLUMNS)
        output.emit({"rows": written, "file": str(csv)}, ctx.obj, f"{written} rows written to {csv}")
        return
    output.emit([row_json(row) for row in found.rows], ctx.obj, lambda: page(found, limit))


def row_json(row: FamilyRow) -> dict[str, Any]:
    """The stable keys of a row; dates as ISO text."""
    return {
        "case": row.case, "title": row.title, "team": row.team or None, "worker": row.worker or None,
        "person": row.person, "label": row.label, "relation": row.relation or None, "language": row.language or None,
        "advocate": row.advocate or None, "must_be_told": row.must_be_told, "told_on": row.told_on,
        **owed_json(row.owed), "days": row.days, "exception": row.exception or None,
        "exception_until": row.exception_until, "exception_by": row.exception_by or None,
        "command": row.command, "beside": row.beside,
    }  # fmt: skip


def heading(found: Families) -> str:
    """How many, in how many cases, and how often news came late or not at all."""
    cases = len({row.case for row in found.rows})
    people = len(found.rows)
    counted = f"{people} {'person' if people == 1 else 'people'} in {cases} case{'' if cases == 1 else 's'}"
    promises = f"{found.broken} promise{'' if found.broken == 1 else 's'}"
    broken = f"; {promises} to them kept late or not at all so far" if found.broken else ""
    return f"{HEADINGS[found.which]} on {found.day}: {counted}, of {found.cases} looked at{broken}."


def nothing(found: Families) -> str:
    return (
        f"{NOTHING[found.which]}: {found.cases} case{'' if found.cases == 1 else 's'} looked at on {found.day}.\n"
        "It counts what was written down. Whether a family feels informed is for them to say."
    )


def page(found: Families, limit: int) -> str:
    if not found.rows:
        return nothing(found)
    blocks = [output.bold(heading(found)), *(_entry(row, found) for row in found.rows[:limit])]
    if len(found.rows) > limit:
        blocks.append(f"{limit} of {len(found.rows)}; more with --limit, all with --csv FILE.")
    return "\n\n".join(blocks)


def _entry(row: FamilyRow, found: Families) -> str:
    lines = [output.wrapped(f"{row.case}  {row.title}: {row.label}", "    ", "  ")]
    lines += [output.wrapped(one, "      ", "    ") for one in _says(row, found)]
    lines.append(output.wrapped(f"beside it: {row.beside}", "      ", "    "))
    return "\n".join([*lines, f"    {row.command}"])


def _says(row: FamilyRow, found: Families) -> Iterable[str]:
    who = ", ".join(p for p in (row.worker or "no worker", row.team, row.language, row.advocate) if p)
    yield shown(who)
    yield from owed_lines(row.owed, found.day)
    if row.days:
        yield f"{row.days} working day{'' if row.days == 1 else 's'} so far"
    if row.owed.broken_times > int(row.owed.broken):
        yield f"of {row.owed.made} promises to them, {row.owed.broken_times} were kept late or not at all"
    if row.exception:
        over = "ended" if row.owed.lapsed else "until"
        yield f"lawfully not told: {row.exception}, {over} {row.exception_until}, decided by {row.exception_by}"
    yield f"last told {row.told_on}" if row.told_on else "told nothing yet"
