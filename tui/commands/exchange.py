"""In and out: census files, and bundles that carry a case or a whole store without losing anything."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from casereview.errors import CaseReviewError, NotFound
from casereview.text import parse_ref, shown
from tui.commands import imports, packs, returns
from tui.commands.output import columns, emit
from tui.start import Settings, create_empty_desk, open_desk, store_exists

if TYPE_CHECKING:
    from casereview.exchange.bundle import BundleReport
    from casereview.exchange.landing import ImportReport

_SIZE = re.compile(r"([0-9]{1,6}) ?(?:(k|m|g)i?b?|b)?", re.IGNORECASE)
_UNITS = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3}
FILE = typer.Argument(..., metavar="FILE")
DRY_RUN = typer.Option(False, "--dry-run", help="Say what would happen; change nothing.")


def register(app: typer.Typer) -> None:
    into = typer.Typer(help="Read in what was kept elsewhere.", no_args_is_help=True, rich_markup_mode=None)
    into.command("cin")(import_cin)
    into.command("bundle")(import_bundle)
    imports.add(into)
    returns.add_in(into)
    packs.add_in(into)
    app.add_typer(into, name="import")
    out = typer.Typer(help="Write out what is kept here.", no_args_is_help=True, rich_markup_mode=None)
    out.command("bundle")(export_bundle)
    returns.add_out(out)
    packs.add_out(out)
    app.add_typer(out, name="export")


def size_of(text: str) -> int:
    """A size as typed, such as 500MB (a megabyte is 1024 × 1024 bytes). Raises CaseReviewError."""
    found = _SIZE.fullmatch(text.strip())
    if not found or not int(found[1]):
        raise CaseReviewError(f"{shown(text, width=40)!r} is not a size", where="--max-size", remedy="Such as 500MB.")
    return int(found[1]) * _UNITS[(found[2] or "").lower()]


# ---- census files -----------------------------------------------------------------------------------------------
def import_cin(
    ctx: typer.Context,
    file: str = FILE,
    dry_run: bool = DRY_RUN,
    workflow: str = typer.Option("", "--workflow", help="For every assessment in it, whenever it started."),
    max_size: str = typer.Option("500MB", "--max-size", help="Refuse a file larger than this."),
) -> None:
    """Read a children in need census in. The same file again changes nothing; every problem is listed by line."""
    from casereview.exchange.landing import import_cin as land
    from tui.commands.progress import Progress

    settings: Settings = ctx.obj
    most = size_of(max_size)
    desk = open_desk(settings)
    path = existing(file)
    with Progress(quiet=settings.json) as progress:
        report = land(desk, path, dry_run=dry_run, workflow=workflow or None, max_bytes=most, progress=progress)
    data = {
        "read": report.read, "created": report.created, "updated": report.updated, "unchanged": report.unchanged,
        "refused": report.refused,
        "problems": [{"line": p.line, "child": p.child, "says": p.says, "done": p.done, "refused": p.refused}
                     for p in report.problems],
        "missing": list(report.missing), "dry_run": report.dry_run,
    }  # fmt: skip
    emit(data, settings, lambda: _landed(report))


def existing(file: str) -> Path:
    path = Path(file).expanduser()
    if not os.path.isfile(path):  # noqa: PTH113 - no error for an impossible path
        raise CaseReviewError("There is no such file.", where=shown(file, width=200), remedy="Check the path.")
    return path


def _landed(report: ImportReport) -> str:
    would = "would be " if report.dry_run else ""
    lines = [f"Assessments read: {report.read}; {would}created: {report.created}, {would}updated: {report.updated}, "
             f"unchanged: {report.unchanged}, refused: {report.refused}."]  # fmt: skip
    if report.problems:
        rows = [(p.line, p.child or "", p.says, p.done) for p in report.problems]
        lines += ["", columns(("line", "child", "what is wrong", "what was done"), rows, whole=2)]
    if report.missing:
        lines += ["", f"Open here, and no longer in the file (nothing was removed): {', '.join(report.missing)}"]
    if report.dry_run:
        lines += ["", "Nothing was changed."]
    return "\n".join(lines)


# ---- bundles ----------------------------------------------------------------------------------------------------
def import_bundle(ctx: typer.Context, file: str = FILE, dry_run: bool = DRY_RUN) -> None:
    """Take a bundle in: into a store, case by case; where there is no store yet, the whole of it as it was."""
    from casereview.exchange import bundle
    from tui.commands.progress import Progress

    settings: Settings = ctx.obj
    path = str(existing(file))
    if "://" in settings.place or store_exists(settings.place):
        with Progress(quiet=settings.json) as progress:
            report = bundle.import_bundle(open_desk(settings), path, dry_run=dry_run, progress=progress)
    else:
        report = _into_new(settings, path, dry_run)
    data = {
        "read": report.read, "created": report.created, "updated": 0, "unchanged": report.unchanged,
        "refused": report.refused, "problems": [{"line": None, "child": None, "says": p} for p in report.problems],
        "entries": report.entries, "identical": report.identical, "dry_run": report.dry_run,
    }  # fmt: skip
    emit(data, settings, lambda: _taken(report))


def _into_new(settings: Settings, path: str, dry_run: bool) -> BundleReport:
    """The whole chain into a store of its own, which is taken away again when the bundle is refused."""
    from casereview.exchange.bundle import restore_bundle
    from tui.commands.progress import Progress

    if dry_run:
        raise NotFound("there is no store to try it on", where=settings.place, remedy="Leave out --dry-run.")
    desk = create_empty_desk(settings)
    try:
        with Progress(quiet=settings.json) as progress:
            return restore_bundle(desk, path, progress)
    except BaseException:
        settings.close()
        Path(settings.place).expanduser().unlink(missing_ok=True)
        raise


def _taken(report: BundleReport) -> str:
    would = "would be " if report.dry_run else ""
    lines = [f"Cases read: {report.read}; {would}taken in: {report.created}, unchanged: {report.unchanged}, "
             f"refused: {report.refused}."]  # fmt: skip
    if report.identical:
        lines.append(f"The journal is the one of the bundle, entry for entry ({report.entries}).")
    return "\n".join([*lines, *(f"  ✗ {problem}" for problem in report.problems)])


def export_bundle(
    ctx: typer.Context,
    file: str = typer.Argument(..., metavar="FILE", help="A file that does not exist yet."),
    case: str = typer.Option("", "--case", metavar="CASE", help="One case; the whole store when left out."),
) -> None:
    """Write a bundle: everything journalled, with its chain, in one file that only you may read."""
    from casereview.exchange.bundle import export_bundle as write
    from tui.commands.progress import Progress

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    with Progress(quiet=settings.json) as progress:
        entries = write(desk, str(Path(file).expanduser()), parse_ref(case) if case else None, progress)
    what = parse_ref(case) if case else "the whole store"
    says = f"{entries} entries of {what} written to {file}\nIt holds what people wrote: keep it as safe as the store."
    emit({"file": file, "case": parse_ref(case) if case else None, "entries": entries}, settings, says)
