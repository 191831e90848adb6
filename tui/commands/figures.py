"""Figures on the command line: each with its question, help and quality beside it, as text, CSV or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tui.commands import figure_notes as notes
from tui.commands.output import emit, note, width
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings

if TYPE_CHECKING:
    from casereview.service.desk import Desk
    from casereview.service.figures import Gathered, Selection

HELP = "Figures to understand by: how long things take and why, with help and quality beside them."
WIDEST = 100

WORKFLOW = typer.Option("", "--workflow", help="Only cases of this workflow.")
KIND = typer.Option("", "--kind", help="Only this kind of case, such as assessment or review.")
TEAM = typer.Option("", "--team", help="Only this team's (id or name).")
SINCE = typer.Option("", "--from", metavar="DATE", help="Only what ended on this day or later.")
UNTIL = typer.Option("", "--until", metavar="DATE", help="Only what ended on this day or before.")
MEASURE = typer.Option(
    "", "--expectation", metavar="NAME",
    help="What is measured: an expectation, or whole-case; left out, the main one of each workflow.",
)  # fmt: skip
CSV = typer.Option(None, "--csv", metavar="FILE", help="Also write the figure into a new CSV file.")


def register(app: typer.Typer) -> None:
    group = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)
    for name, command in (
        ("durations", durations), ("bunching", bunching), ("same-day", same_day), ("stages", stages),
        ("waiting", waiting), ("explained", explained), ("end-to-end", end_to_end),
        ("right-first-time", right_first_time), ("urgent", urgent), ("trend", trend), ("forecast", forecast),
        ("in-time", in_time), ("answer", notes.answer), ("answers", notes.answers), ("settings", notes.settings),
    ):  # fmt: skip
        group.command(name)(command)
    story = typer.Typer(help="What people know about a month; shown on the charts.", no_args_is_help=True,
                        rich_markup_mode=None)  # fmt: skip
    story.command("add")(notes.story_add)
    story.command("list")(notes.story_list)
    story.command("remove")(notes.story_remove)
    group.add_typer(story, name="story")
    app.add_typer(group, name="figures")


# ---- figures ---------------------------------------------------------------------------------------------------
def durations(
    ctx: typer.Context, workflow: str = WORKFLOW, kind: str = KIND, team: str = TEAM, since: str = SINCE,
    until: str = UNTIL, expectation: str = MEASURE,
    by: str = typer.Option("", "--by", help="Beside each other: team, workflow, lane or month. Never a ranking."),
    csv: Path | None = CSV, as_at: str = AS_AT,
) -> None:  # fmt: skip
    """How long it took, in working days: bands as DfE publishes them and finer, quartiles, the longest."""
    _figure(ctx, "durations", as_at, csv, team, workflow=workflow, kind=kind, since=since, until=until,
            measure=expectation, by=by)  # fmt: skip


def bunching(
    ctx: typer.Context, workflow: str = WORKFLOW, kind: str = KIND, team: str = TEAM, since: str = SINCE,
    until: str = UNTIL, expectation: str = MEASURE,
    around: str = typer.Option("", "--around", metavar="WHAT",
                               help="indicative, agreed, or a number of working days such as 45."),
    csv: Path | None = CSV, as_at: str = AS_AT,
) -> None:  # fmt: skip
    """Whether more ends on each of the last days before a date than on the days before those."""
    _figure(ctx, "bunching", as_at, csv, team, workflow=workflow, kind=kind, since=since, until=until,
            measure=expectation, around=around)  # fmt: skip


def same_day(
    ctx: typer.Context, workflow: str = WORKFLOW, kind: str = KIND, team: str = TEAM, since: str = SINCE,
    until: str = UNTIL, expectation: str = MEASURE, csv: Path | None = CSV, as_at: str = AS_AT,
) -> None:  # fmt: skip
    """What ended on the day it began, or early, beside decisions, looks at quality and children who came again."""
    _figure(ctx, "same-day", as_at, csv, team, workflow=workflow, kind=kind, since=since, until=until,
            measure=expectation)  # fmt: skip


def stages(
    ctx: typer.Context, workflow: str = WORKFLOW, kind: str = KIND, team: str = TEAM, since: str = SINCE,
    until: str = UNTIL, csv: Path | None = CSV, as_at: str = AS_AT,
) -> None:  # fmt: skip
    """Time in each stage, whose days they were (the worker's, or those who oversee), and what was sent back."""
    _figure(ctx, "stages", as_at, csv, team, workflow=workflow, kind=kind, since=since, until=until)


def waiting(
    ctx: typer.Context, workflow: str = WORKFLOW, kind: str = KIND, team: str = TEAM, since: str = SINCE,
    until: str = UNTIL, csv: Path | None = CSV, as_at: str = AS_AT,
) -> None:  # fmt: skip
    """On whom cases waited, and how long; beside the time and never taken from it."""
    _figure(ctx, "waiting", as_at, csv, team, workflow=workflow, kind=kind, since=since, until=until)


def explained(
    ctx: typer.Context, workflow: str = WORKFLOW, kind: str = KIND, team: str = TEAM, since: str = SINCE,
    until: str = UNTIL, expectation: str = MEASURE, csv: Path | None = CSV, as_at: str = AS_AT,
) -> None:  # fmt: skip
    """Of what is longer than expected: what is explained and what is not, and how old the agreements are."""
    _figure(ctx, "explained", as_at, csv, team, workflow=workflow, kind=kind, since=since, until=until,
            measure=expectation)  # fmt: skip


def end_to_end(
    ctx: typer.Context, workflow: str = WORKFLOW, kind: str = KIND, team: str = TEAM, since: str = SINCE,
    until: str = UNTIL, csv: Path | None = CSV, as_at: str = AS_AT,
) -> None:  # fmt: skip
    """From first contact until the family was told the decision, across cases that follow on from each other."""
    _figure(ctx, "end-to-end", as_at, csv, team, workflow=workflow, kind=kind, since=since, until=until)


def right_first_time(
    ctx: typer.Context, workflow: str = WORKFLOW, kind: str = KIND, team: str = TEAM, since: str = SINCE,
    until: str = UNTIL, csv: Path | None = CSV, as_at: str = AS_AT,
) -> None:  # fmt: skip
    """Of cases closed a year ago or longer: not sent back as not finished, and no case of the same child since."""
    _figure(ctx, "right-first-time", as_at, csv, team, workflow=workflow, kind=kind, since=since, until=until)


def urgent(
    ctx: typer.Context, workflow: str = WORKFLOW, kind: str = KIND, team: str = TEAM, since: str = SINCE,
    until: str = UNTIL, csv: Path | None = CSV, as_at: str = AS_AT,
) -> None:  # fmt: skip
    """The urgent lane: days to the child seen and to the first action to protect, ahead of days to the decision."""
    _figure(ctx, "urgent", as_at, csv, team, workflow=workflow, kind=kind, since=since, until=until)


OF = typer.Option("days", "--of", help="days (median), ended, begun or open.")
MONTHS = typer.Option(24, "--months", min=1, max=120, help="How many whole months.")


def trend(
    ctx: typer.Context, workflow: str = WORKFLOW, kind: str = KIND, team: str = TEAM, expectation: str = MEASURE,
    of: str = OF, months: int = MONTHS, csv: Path | None = CSV, as_at: str = AS_AT,
) -> None:  # fmt: skip
    """Month by month, with limits from its own ups and downs, and the stories people pinned to months."""
    _figure(ctx, "trend", as_at, csv, team, workflow=workflow, kind=kind, measure=expectation, what=of, months=months)


def forecast(
    ctx: typer.Context, workflow: str = WORKFLOW, kind: str = KIND, team: str = TEAM, expectation: str = MEASURE,
    of: str = OF, months: int = MONTHS, csv: Path | None = CSV, as_at: str = AS_AT,
) -> None:  # fmt: skip
    """The months to come if nothing changes, and by when what is open may end; each with its range."""
    _figure(ctx, "forecast", as_at, csv, team, workflow=workflow, kind=kind, measure=expectation, what=of,
            months=months)  # fmt: skip


def in_time(
    ctx: typer.Context, workflow: str = WORKFLOW, kind: str = KIND, team: str = TEAM, since: str = SINCE,
    until: str = UNTIL, expectation: str = MEASURE, csv: Path | None = CSV, as_at: str = AS_AT,
) -> None:  # fmt: skip
    """The share within the indicative time, month by month, behind bunching and same-day endings; read its caveat."""
    _figure(ctx, "in-time", as_at, csv, team, workflow=workflow, kind=kind, since=since, until=until,
            measure=expectation)  # fmt: skip


def _figure(ctx: typer.Context, name: str, as_at: str, csv: Path | None, team: str, **asked: Any) -> None:
    """Gathers, works the figure out, and prints the page; into a file too, where one is named."""
    from casereview.oversight.figures.tables import as_data, table_of
    from casereview.service.figure_pages import page, page_lines

    settings: Settings = ctx.obj
    desk = desk_of(settings, as_at)
    gathered = _gathered(settings, desk, _selection(desk, team, asked))
    found = page(desk, gathered, name)
    if csv is not None:
        header, rows = table_of(found.figure)
        _write(csv, header, [tuple(gathered.teams.get(str(c), c) if at == 0 else c for at, c in enumerate(row))
                             for row in rows])  # fmt: skip
        if not settings.json:
            note(f"Written: {csv}")
    data = {
        "figure": name, "as_at": gathered.day, "cases": found.cases, "smallest": gathered.smallest,
        "found": as_data(found.figure), "beside": as_data(found.beside), "question": found.question,
        "answers": [notes.as_json(one) for one in found.answers],
        "stories": [notes.story_json(one) for one in found.stories], "notes": list(found.notes),
    }  # fmt: skip
    emit(data, settings, lambda: "\n".join(page_lines(found, gathered, min(width(), WIDEST))))


def _selection(desk: Desk, team: str, asked: dict[str, Any]) -> Selection:
    from casereview.service.figures import Selection
    from casereview.text import parse_date
    from tui.commands.lists import team_id

    for name, option in (("since", "--from"), ("until", "--until")):
        if name in asked:
            asked[name] = parse_date(asked[name], option, today=desk.today) if asked[name] else None
    return Selection(team=team_id(desk, team), **asked)


def _gathered(settings: Settings, desk: Desk, asked: Selection) -> Gathered:
    from casereview.service.figures import gather
    from tui.commands.progress import Progress

    with Progress(quiet=settings.json) as progress:
        return gather(desk, asked, progress)


def _write(path: Path, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """A new file, never over another; headings that come twice are told apart by what stands before them."""
    from tui.commands.lists import write_new_csv

    names = [f"{name} {header[at - 1]}" if name == "of" else name for at, name in enumerate(header)]
    write_new_csv(path, [dict(zip(names, row, strict=True)) for row in rows], names)
