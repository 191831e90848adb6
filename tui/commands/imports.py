"""Read in: Annex A workbooks, and CSV files and spreadsheets by a mapping; tried first, row by row, where wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from casereview.errors import CaseReviewError
from casereview.text import shown
from tui.commands.output import columns, emit, wrapped
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from pathlib import Path

    from casereview.exchange.table_in_wanted import SheetReport

MOST_ROWS = 200  # of a trial, on the screen; --json has them all
DRY_RUN = typer.Option(False, "--dry-run", help="Say what would happen, row by row; change nothing.")
DETAILS = typer.Option(False, "--with-details", help="Take names and other details of children as well.")
MAX_SIZE = typer.Option("100MB", "--max-size", help="Refuse a file larger than this.")


def add(into: typer.Typer) -> None:
    """Adds these commands to `import`."""
    into.command("annex-a")(import_annex_a)
    into.command("csv")(import_csv)


def import_annex_a(
    ctx: typer.Context,
    file: str = typer.Argument(..., metavar="FILE"),
    dry_run: bool = DRY_RUN,
    workflow: str = typer.Option("", "--workflow", help="For every assessment in it, whenever it started."),
    authority: str = typer.Option(
        "", "--authority", metavar="CODE", help="Begins every child's id, as in a census: 301 makes 301-12345."
    ),
    with_details: bool = DETAILS,
    max_size: str = MAX_SIZE,
) -> None:
    """Read Lists 2 to 5 of an Ofsted Annex A workbook in. The same file again changes nothing."""
    from casereview.exchange.annex import import_annex
    from tui.commands.exchange import existing, size_of
    from tui.commands.progress import Progress

    settings: Settings = ctx.obj
    most, path = size_of(max_size), existing(file)
    desk = open_desk(settings)
    with Progress(quiet=settings.json) as progress:
        report = import_annex(
            desk, path, authority=authority, dry_run=dry_run, workflow=workflow or None, with_details=with_details,
            max_bytes=most, progress=progress,
        )  # fmt: skip
    emit(report_json(report), settings, lambda: report_page(report))


def import_csv(
    ctx: typer.Context,
    file: str = typer.Argument(..., metavar="FILE"),
    mapping: str = typer.Option("", "--mapping", metavar="MAP.toml", help="Which column is what of a case."),
    sheet: str = typer.Option("", "--sheet", metavar="NAME", help="Which sheet of a workbook."),
    dry_run: bool = DRY_RUN,
    errors: str = typer.Option("", "--errors", metavar="NEW.csv", help="Write the refused rows there, with why."),
    sample_mapping: bool = typer.Option(
        False, "--sample-mapping", help="Only write a mapping to begin with: to MAP.toml, or here."
    ),
    with_details: bool = DETAILS,
    max_size: str = MAX_SIZE,
) -> None:
    """Read a .csv, .tsv or .xlsx file in by a mapping. The same file again changes nothing."""
    from casereview.exchange.table_in_import import import_table
    from tui.commands.exchange import existing, size_of
    from tui.commands.progress import Progress

    settings: Settings = ctx.obj
    most, path = size_of(max_size), existing(file)
    if sample_mapping:
        _sample(settings, path, mapping, sheet, most)
        return
    if not mapping:
        raise CaseReviewError("which column is what must be said in a mapping", where="--mapping",
                              remedy="One to begin with: casereview import csv FILE --sample-mapping")  # fmt: skip
    said = existing(mapping)
    desk = open_desk(settings)
    with Progress(quiet=settings.json) as progress:
        report = import_table(
            desk, path, said, sheet=sheet, dry_run=dry_run, errors=errors, with_details=with_details, max_bytes=most,
            progress=progress,
        )  # fmt: skip
    emit(report_json(report), settings, lambda: report_page(report))


def _sample(settings: Settings, path: Path, mapping: str, sheet: str, most: int) -> None:
    from casereview.exchange.mapping_sample import sample_mapping
    from casereview.exchange.table_in_errors import save_new

    text = sample_mapping(path, sheet=sheet, max_bytes=most)
    if not mapping:
        emit({"mapping": text, "file": None}, settings, text)
        return
    save_new(mapping, text.encode())
    emit({"mapping": text, "file": mapping}, settings,
         f"A mapping to begin with is in {mapping}. Look at every line, then try it with --dry-run.")  # fmt: skip


# ---- what came of it -------------------------------------------------------------------------------------------------
def report_json(report: SheetReport) -> dict[str, Any]:
    return {
        "read": report.read, "created": report.created, "updated": report.updated, "unchanged": report.unchanged,
        "refused": report.refused,
        "problems": [{"line": p.line, "child": p.child, "says": p.says, "done": p.done, "refused": p.refused}
                     for p in report.problems],
        "rows": [{"line": r.line, "child": r.child or None, "list": r.list or None, "outcome": r.outcome,
                  "case": r.case or None, "says": r.says or None} for r in report.rows],
        "notes": list(report.notes), "missing": list(report.missing), "errors_file": report.errors_file or None,
        "dry_run": report.dry_run,
    }  # fmt: skip


def report_page(report: SheetReport) -> str:
    would = "would be " if report.dry_run else ""
    lines = [f"Rows read: {report.read}; {would}created: {report.created}, {would}updated: {report.updated}, "
             f"unchanged: {report.unchanged}, refused: {report.refused}."]  # fmt: skip
    lines += [wrapped(note) for note in report.notes]
    if report.dry_run and report.rows:
        lines += ["", *_rows(report)]
    lines += _problems(report)
    if report.missing:
        lines += ["", f"Open here, and no longer in the file (nothing was removed): {', '.join(report.missing)}"]
    if report.errors_file:
        lines += ["", f"The refused rows are in {shown(report.errors_file)}: mend them there, then read that file in."]
    if report.dry_run:
        lines += ["", "Nothing was changed."]
    return "\n".join(lines)


def _problems(report: SheetReport) -> list[str]:
    """What is wrong, but for the refused rows that are told above with why; of very many, the first."""
    above = {(row.line, row.child) for row in report.rows[:MOST_ROWS] if row.says} if report.dry_run else set()
    left = [p for p in report.problems if not (p.refused and (p.line, p.child or "") in above)]
    if not left:
        return []
    rows = [(p.line, p.child or "", p.says, p.done) for p in left[:MOST_ROWS]]
    more = len(left) - len(rows)
    table = columns(("line", "child", "what is wrong", "what was done"), rows, whole=2)
    return ["", table, *([f"… and {more:,} more: --json has them all, and --errors the rows."] if more else [])]


def _rows(report: SheetReport) -> list[str]:
    """What would become of each row; of a long file, the first."""
    lists = any(row.list for row in report.rows)
    heads = (*(("list",) if lists else ()), "line", "child", "would be", "case", "why")
    rows = [(*((row.list,) if lists else ()), row.line, row.child, row.outcome, row.case, row.says)
            for row in report.rows[:MOST_ROWS]]  # fmt: skip
    more = len(report.rows) - len(rows)
    return [columns(heads, rows, whole=3), *([f"… and {more:,} more rows: --json has them all."] if more else [])]
