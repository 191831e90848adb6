"""Returns and published figures: the census return out, the department's statistics in, and the two side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.errors import CaseReviewError
from tui.commands.output import bold, columns, emit, wrapped
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.exchange.cin_export import CinReturn
    from casereview.exchange.dfe_keep import FileKept
    from casereview.oversight.published_compare import Comparison

SHOWN = 10  # rows of a rule, and cases of a gap, that are printed; --findings and --json have them all
TEAM = typer.Option("", "--team", metavar="TEAM", help="Only this team's cases (id or name).")


def add_in(into: typer.Typer) -> None:
    """Adds what is read in here to `import`."""
    into.command("dfe")(import_dfe)


def add_out(out: typer.Typer) -> None:
    """Adds what is written out here to `export`."""
    out.command("cin")(export_cin)


def register(app: typer.Typer) -> None:
    from tui.commands import returns_service

    app.command("compare")(compare)
    app.command("published")(published)
    returns_service.register(app)


# ---- the census return -------------------------------------------------------------------------------------------
def export_cin(
    ctx: typer.Context,
    year: int = typer.Option(..., "--year", metavar="YEAR", help="2024 is the year that ends on 31 March 2024."),
    out: Path = typer.Option(None, "--out", metavar="FILE", help="The new XML file. Not needed with --check-only."),
    authority: str = typer.Option(
        "", "--authority", metavar="NNN", help="Three digits; left out: the one whose census files were read in."
    ),
    team: str = TEAM,
    check_only: bool = typer.Option(False, "--check-only", help="Say what would be in it; write no return."),
    findings: Path = typer.Option(None, "--findings", metavar="FILE", help="Every finding, into a new CSV file."),
    as_at: str = AS_AT,
) -> None:
    """Write the children in need census of a year, and run the sector's checks over it, each explained in words."""
    from casereview.exchange.cin_export import export_cin as make
    from tui.commands.lists import team_id
    from tui.commands.progress import Progress

    if out is None and not check_only:
        raise CaseReviewError("where to write it is not said", where="--out", remedy="Give --out FILE or --check-only.")
    settings: Settings = ctx.obj
    desk = desk_of(settings, as_at)
    target = None if check_only else str(out.expanduser())
    with Progress(quiet=settings.json) as progress:
        found = make(desk, year, target, authority=authority, team=team_id(desk, team), progress=progress)
    if findings is not None:
        _write_findings(found, findings)
    emit(_return_json(found), settings, lambda: _return_text(found, check_only, findings))


def _write_findings(found: CinReturn, path: Path) -> None:
    from casereview.exchange.cin_export_says import HEADINGS, rows
    from tui.commands.lists import write_new_csv

    write_new_csv(path, (dict(zip(HEADINGS, row, strict=True)) for row in rows(found)), HEADINGS)


def _return_json(found: CinReturn) -> dict[str, Any]:
    return asdict(found)


def _return_text(found: CinReturn, only_checked: bool, findings: Path | None) -> str:
    from casereview.exchange.cin_export_says import asked, by_rule, counted, missing, written

    lines = [wrapped(counted(found)), wrapped(written(found, only_checked=only_checked)), ""]
    lines += [wrapped(line, "  ", "- ") for line in found.caveats]
    gaps = [
        (one.element, one.children, one.says, one.done, ", ".join(one.cases[:3]) + (" …" if one.cases[3:] else ""))
        for one in missing(found)
    ]
    if gaps:
        heads = ("element", "children", "what is missing (the first)", "what was done", "cases")
        lines += ["", bold("Not recorded here, or left out"), columns(heads, gaps)]
    lines += ["", bold(asked(found))]
    for first, rows in by_rule(found):
        lines += ["", wrapped(f"{first.rule} ({first.weight}): {first.says}", "  ", "")]
        lines += [wrapped(f"{head} {text}", "      ", "  ") for head, text in _why(first)]
        lines += [f"    {row.child}  {row.case or '–'}  {row.what}" for row in rows[:SHOWN]]
        if len(rows) > SHOWN:
            lines.append(f"    … and {len(rows) - SHOWN:,} more: --findings FILE writes them all")
    if findings is not None:
        lines += ["", f"Everything, row by row, is in {findings}."]
    return "\n".join(lines)


def _why(finding: Any) -> Iterable[tuple[str, str]]:
    yield "Perhaps something is wrong:", finding.right
    yield "Perhaps not:", finding.wrong
    yield "What to do:", finding.do


# ---- published figures -----------------------------------------------------------------------------------------
def import_dfe(
    ctx: typer.Context,
    files: list[str] = typer.Argument(..., metavar="FILE..."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would happen; change nothing."),
    max_size: str = typer.Option("200MB", "--max-size", help="Refuse a file larger than this."),
) -> None:
    """Read the Department for Education's published statistics (CSV) in, each known by its columns."""
    from casereview.exchange.dfe_keep import import_dfe as keep
    from tui.commands.exchange import size_of
    from tui.commands.progress import Progress

    settings: Settings = ctx.obj
    most = size_of(max_size)
    desk = open_desk(settings)
    paths = [str(Path(file).expanduser()) for file in files]
    with Progress(quiet=settings.json) as progress:
        found = keep(desk, paths, dry_run=dry_run, max_bytes=most, progress=progress)
    emit([asdict(one) for one in found], settings, lambda: _kept_text(found, dry_run))


def _kept_text(found: list[FileKept], dry_run: bool) -> str:
    heads = ("file", "table", "years", "areas", "new", "changed", "as it was")
    rows = [
        (Path(one.file).name, f"{one.of} {one.title}", f"{one.first}–{one.release}", one.areas, one.new, one.changed,
         one.unchanged)
        for one in found if not one.refused
    ]  # fmt: skip
    lines = [columns(heads, rows)]
    for one in found:
        if one.refused:
            lines.append(wrapped(f"{Path(one.file).name} was not used: {one.refused}. {one.remedy}", "  ", ""))
        if one.passed_over:
            says = (
                f"{Path(one.file).name}: {one.passed_over:,} rows are of no area (medians of others) and were not kept."
            )
            lines.append(wrapped(says, "  ", ""))
        lines += [
            wrapped(f"{Path(one.file).name}, line {p.line}: {p.says}; {p.done}.", "  ", "") for p in one.problems
        ]  # fmt: skip
    if dry_run:
        lines.append("Nothing was changed.")
    return "\n".join(lines)


def published(
    ctx: typer.Context,
    find: str = typer.Option("", "--find", metavar="TEXT", help="Only areas whose name holds this."),
    csv: Path = typer.Option(None, "--csv", metavar="FILE", help="Write the areas into a new CSV file instead."),
    as_at: str = AS_AT,
) -> None:
    """Which published figures are kept here: the tables, and the areas they have."""
    from casereview.oversight.published import areas, sets
    from tui.commands.lists import write_new_csv

    settings: Settings = ctx.obj
    desk = desk_of(settings, as_at)
    kept = sets(desk)
    known = [one for one in areas(desk) if find.casefold() in one.name.casefold()]
    heads = ("area", "kind", "years", "code")
    rows = [(a.name, a.level, f"{a.years[0]}–{a.years[-1]}", a.code) for a in known if a.years]
    if csv is not None:
        count = write_new_csv(csv, (dict(zip(heads, row, strict=True)) for row in rows), heads)
        emit({"file": str(csv), "rows": count}, settings, f"{count:,} rows are in {csv}.")
        return
    data = {"tables": [asdict(one) for one in kept], "areas": [asdict(one) for one in known]}

    def text() -> str:
        if not kept:
            return "No published figures are kept here. Read some in: casereview import dfe FILE"
        tables = columns(("table", "what", "up to", "areas"), [(s.key, s.title, s.release, s.areas) for s in kept])
        return f"{tables}\n\n{columns(heads, rows)}"

    emit(data, settings, text)


def compare(
    ctx: typer.Context,
    area: list[str] = typer.Argument(None, metavar="[AREA]...", help="By name or code; England where none is named."),
    year: int = typer.Option(None, "--year", metavar="YEAR", help="The year to 31 March; the newest where left out."),
    ours: int = typer.Option(None, "--ours", metavar="YEAR", help="Which of our years; the same where left out."),
    team: str = TEAM,
    csv: Path = typer.Option(None, "--csv", metavar="FILE", help="Write the table into a new CSV file instead."),
    as_at: str = AS_AT,
) -> None:
    """How long assessments took here, beside England and any areas: the same bands, in the order asked, unranked."""
    from casereview.oversight.published_compare import ENGLAND, rows
    from casereview.oversight.published_compare import compare as read
    from tui.commands.lists import team_id, write_new_csv
    from tui.commands.progress import Progress

    settings: Settings = ctx.obj
    desk = desk_of(settings, as_at)
    with Progress(quiet=settings.json) as progress:
        found = read(desk, area or (ENGLAND,), year, team=team_id(desk, team), own_year=ours, progress=progress)
    if csv is not None:
        heads = ["", *(column.name for column in found.columns)]
        # a dot would be read as a key within a key ("St. Helens"); two columns of one name are told apart
        names = [(f"{n} ({at})" if heads.index(n) != at else n).replace(".", "") for at, n in enumerate(heads)]
        count = write_new_csv(csv, (dict(zip(names, row, strict=True)) for row in rows(found)), names)
        emit({"file": str(csv), "rows": count}, settings, f"{count:,} rows are in {csv}.")
        return
    emit(asdict(found), settings, lambda: _compared(found))


def _compared(found: Comparison) -> str:
    from casereview.oversight.figures.said import beside_says
    from casereview.oversight.published_compare import notes, rows

    heads = (f"year to 31 March {found.year}", *(column.name for column in found.columns))
    lines = [columns(heads, rows(found)), "", *beside_says(found.beside, found.smallest), ""]
    return "\n".join([*lines, *(wrapped(note, "  ", "- ") for note in notes(found))])
