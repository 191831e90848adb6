"""Service information: what is known of whether help makes children safer, entered, read in and shown together."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from casereview.text import parse_date, shown
from tui.commands.output import bold, columns, emit, wrapped
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.exchange.population import PopulationReport
    from casereview.oversight.service_information import ServicePage
    from casereview.service.desk import Desk

SINCE = typer.Option("", "--since", metavar="DATE", help="From this day on; a year back where left out.")
UNTIL = typer.Option("", "--until", metavar="DATE", help="Up to this day; today where left out.")


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        help="What shows whether children are safer: what they and parents say, and who is reported again.",
        no_args_is_help=True, rich_markup_mode=None,
    )  # fmt: skip
    group.command("list")(list_)
    group.command("add")(add)
    group.command("import")(import_)
    group.command("remove")(remove)
    app.add_typer(group, name="service")


def list_(
    ctx: typer.Context,
    since: str = SINCE,
    until: str = UNTIL,
    team: str = typer.Option("", "--team", metavar="TEAM", help="Only this team's cases (id or name)."),
    csv: Path = typer.Option(None, "--csv", metavar="FILE", help="Write the figures into a new CSV file instead."),
    as_at: str = AS_AT,
) -> None:
    """What is recorded of the service, beside its numbers, each with the question it raises; and the population."""
    from casereview.oversight.service_information import service_page
    from casereview.oversight.service_information_says import HEADINGS, rows
    from tui.commands.lists import team_id, write_new_csv
    from tui.commands.progress import Progress

    settings: Settings = ctx.obj
    desk = desk_of(settings, as_at)
    first = parse_date(since, "--since", today=desk.today) if since else None
    last = parse_date(until, "--until", today=desk.today) if until else None
    with Progress(quiet=settings.json) as progress:
        page = service_page(desk, since=first, until=last, team=team_id(desk, team), progress=progress)
    if csv is not None:
        count = write_new_csv(csv, (dict(zip(HEADINGS, row, strict=True)) for row in rows(page)), HEADINGS)
        emit({"file": str(csv), "rows": count}, settings, f"{count:,} rows are in {csv}.")
        return
    emit(_json(page), settings, lambda: _text(desk, page))


def _json(page: ServicePage) -> dict[str, object]:
    """Numbers too small to show are left out here as well."""
    data = asdict(page)
    for section, said in zip(data["sections"], page.sections, strict=True):
        for row, one in zip(section["recorded"], said.recorded, strict=True):
            row["says"] = one.says(page.smallest)
            if row["says"] != f"{one.value:,}" and not row["says"].startswith(f"{one.value:,} of"):
                row["value"] = None
    return data


def _text(desk: Desk, page: ServicePage) -> str:
    from casereview.oversight.service_information_says import blocks

    parts = [
        "\n".join([bold(shown(heading)), *(wrapped(line, "    ", "  ") for line in lines)])
        for heading, lines in blocks(desk, page)
    ]
    return "\n\n".join(parts)


def add(
    ctx: typer.Context,
    measure: str = typer.Argument(
        ..., metavar="MEASURE", help="repeat-reports, parents-skills, children-safer or your own."
    ),
    value: int = typer.Argument(..., min=0, metavar="NUMBER", help="How many."),
    source: str = typer.Option(..., "--source", metavar="TEXT", help="Who asked or counted, and how."),
    of: int = typer.Option(None, "--of", min=0, metavar="NUMBER", help="Of how many who were asked."),
    since: str = typer.Option(..., "--since", metavar="DATE", help="The first day it is about."),
    until: str = typer.Option(..., "--until", metavar="DATE", help="The last day it is about."),
    collected: str = typer.Option("", "--collected", metavar="DATE", help="When it was asked; today where left out."),
    words: str = typer.Option("", "--words", metavar="TEXT", help="What people said, in their words, without names."),
) -> None:
    """Enter one figure with its source and its time. The same measure, time and source again replaces it."""
    from casereview.oversight.service_information import add_information
    from casereview.service.figure_notes import smallest

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    days = [parse_date(text, name, today=desk.today) for text, name in ((since, "--since"), (until, "--until"))]
    asked = parse_date(collected, "--collected", today=desk.today) if collected else None
    made = add_information(
        desk, measure, value, of=of, since=days[0], until=days[1], source=source, collected=asked, words=words
    )
    says = f"{made.title}: {made.says(smallest(desk))}, {made.since} to {made.until}. Source: {made.source}."
    emit(asdict(made), settings, says)


def remove(
    ctx: typer.Context,
    key: str = typer.Argument(..., metavar="KEY", help="As `service list --json` gives it."),
) -> None:
    """Take one figure out of use; the journal keeps that it was there."""
    from casereview.oversight.service_information import take_back

    settings: Settings = ctx.obj
    take_back(open_desk(settings), key)
    emit({"removed": key}, settings, f"{key} is out of use.")


def import_(
    ctx: typer.Context,
    file: str = typer.Argument(..., metavar="FILE"),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would happen; change nothing."),
    max_size: str = typer.Option("20MB", "--max-size", help="Refuse a file larger than this."),
) -> None:
    """Read population information in: a CSV file with the columns area, year, measure, value and source."""
    from casereview.exchange.population import import_population
    from tui.commands.exchange import existing, size_of

    settings: Settings = ctx.obj
    most, path = size_of(max_size), existing(file)
    report = import_population(open_desk(settings), str(path), dry_run=dry_run, max_bytes=most)
    emit(asdict(report), settings, lambda: imported(report, dry_run))


def imported(report: PopulationReport, dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    lines = [f"Figures read: {report.read}; {would}new: {report.new}, {would}changed: {report.changed}, "
             f"as they were: {report.unchanged}, left out: {report.refused}."]  # fmt: skip
    if report.problems:
        rows = [(p.line, p.says, p.done) for p in report.problems]
        lines += ["", columns(("line", "what is wrong", "what was done"), rows)]
    return "\n".join(lines + (["Nothing was changed."] if dry_run else []))
