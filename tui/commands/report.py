"""Papers: the board pack, the annual report, a sample, the papers of a review, and what was sent to whom."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.errors import CaseReviewError, did_you_mean
from casereview.text import parse_date, parse_ref, shown
from tui.commands import report_review
from tui.commands.lists import team_id
from tui.commands.output import columns, emit
from tui.commands.past import AS_AT, desk_of
from tui.commands.progress import Progress
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.reports.document import Document

OUT = typer.Option(
    ..., "--out", metavar="FILE", help="A new file ending in .md, .html, .docx or .pdf: its form goes by the ending."
)
TEAM = typer.Option("", "--team", metavar="TEAM", help="Only the work of one team.")
REPLACE = typer.Option(False, "--replace", help="Write over the file if there is one.")
CARE = "It holds what is known of children and families: keep it as safe as the store."


def register(app: typer.Typer) -> None:
    papers = typer.Typer(help="Papers for boards, inspectors and others.", no_args_is_help=True, rich_markup_mode=None)
    for name, command in (
        ("oversight", oversight), ("annual", annual), ("effectiveness", effectiveness), ("sample", sample),
        ("position", position),
        ("send", send), ("sent", sent), ("recipient", recipient), ("recipients", recipients),
    ):  # fmt: skip
        papers.command(name)(command)
    report_review.add_to(papers)
    app.add_typer(papers, name="report")


# ---- writing -----------------------------------------------------------------------------------------------------
def oversight(
    ctx: typer.Context,
    out: str = OUT,
    team: str = TEAM,
    since: str = typer.Option("", "--since", metavar="DATE", help="What was finished since then; usually a year."),
    most: int = typer.Option(100, "--most", min=0, max=1000, help="How many of the longer ones are told one by one."),
    figures_only: bool = typer.Option(
        False, "--figures-only", help="Tell no case one by one, and hide every small number: for wider circulation."
    ),
    as_at: str = AS_AT,
    replace: bool = REPLACE,
) -> None:
    """The board pack: where things stand, the longer ones and why, help and quality beside every time."""
    from casereview.reports.writing import checked
    from casereview.service.reports_oversight import Asked
    from casereview.service.reports_oversight import oversight as make

    settings: Settings = ctx.obj
    checked(out, overwrite=replace)
    desk = desk_of(settings, as_at)
    first = parse_date(since, "--since", today=desk.today) if since else None
    asked = Asked(team_id(desk, team), first, not figures_only, most)
    with Progress(quiet=settings.json) as progress:
        paper = make(desk, asked, progress)
    _written(settings, paper, out, replace)


def annual(
    ctx: typer.Context,
    year: int = typer.Option(..., "--year", metavar="YEAR", help="The year it begins in: 2025 is April 2025 to March."),
    out: str = OUT,
    to: list[str] | None = typer.Option(None, "--to", metavar="NAME", help="Sent to; may be given several times."),
    on: str = typer.Option("", "--on", metavar="DATE", help="When it was sent; today if left out."),
    beside: list[str] | None = typer.Option(
        None, "--beside", metavar="AREA", help="Beside what is published of an area; England if left out."
    ),
    calendar_year: bool = typer.Option(False, "--calendar-year", help="January to December instead."),
    as_at: str = AS_AT,
    replace: bool = REPLACE,
) -> None:
    """The annual report, with somebody's assessment of how effective the help was; keeps to whom it was sent."""
    from casereview.reports.writing import checked
    from casereview.service import reports_papers as papers
    from casereview.service.reports_annual import annual as make

    settings: Settings = ctx.obj
    checked(out, overwrite=replace)
    desk = now = open_desk(settings)
    if as_at:
        desk = desk_of(settings, as_at)
    whom = papers.may_send(now, list(to or ()), day := parse_date(on, "--on", today=now.today) if on else None)
    with Progress(quiet=settings.json) as progress:
        paper = make(desk, year, whom, calendar=calendar_year, areas=tuple(beside or ()), progress=progress)
    path = _write(paper, out, replace)
    kept = papers.record_sent(now, paper.title, whom, path.name, path.read_bytes(), on=day) if whom else []
    _say(settings, paper, path, [f"Recorded as sent on {one.on} to {one.name}" for one in kept])


def sample(
    ctx: typer.Context,
    reason: str = typer.Option(..., "--reason", metavar="TEXT", help="Why these cases, or why a sample at all."),
    out: str = OUT,
    cases: list[str] | None = typer.Option(
        None, "--cases", metavar="CASE…", help="References, several with commas between them; may be given again."
    ),
    random: int = typer.Option(0, "--random", metavar="N", min=0, help="So many, drawn at random."),
    seed: str = typer.Option("", "--seed", metavar="WORD", help="Makes a draw that anybody can repeat; printed in it."),
    team: str = TEAM,
    workflow: str = typer.Option("", "--workflow", help="Drawn from the cases of one workflow."),
    only: str = typer.Option("all", "--only", metavar="WHICH", help="Drawn from: open, closed or all."),
    closed_since: str = typer.Option("", "--closed-since", metavar="DATE", help="Drawn from those closed since then."),
    as_at: str = AS_AT,
    replace: bool = REPLACE,
) -> None:
    """A sample for inspection: chosen cases, or some drawn at random, each with its journey, oversight and help."""
    from casereview.reports.writing import checked
    from casereview.service.reports_sample import Sampling
    from casereview.service.reports_sample import sample as make

    settings: Settings = ctx.obj
    checked(out, overwrite=replace)
    which = {"all": None, "open": True, "closed": False}
    if only not in which:
        says = f"{shown(only, width=40)!r} is not one of open, closed and all"
        raise CaseReviewError(says, where="--only", remedy=did_you_mean(only, which))
    desk = desk_of(settings, as_at)
    refs = tuple(parse_ref(ref) for part in cases or () for ref in part.replace(",", " ").split())
    since = parse_date(closed_since, "--closed-since", today=desk.today) if closed_since else None
    asked = Sampling(reason, refs, random, seed, team_id(desk, team), workflow, which[only], since)
    with Progress(quiet=settings.json) as progress:
        paper = make(desk, asked, progress)
    _written(settings, paper, out, replace)


def position(
    ctx: typer.Context,
    out: str = OUT,
    set_: str = typer.Option("", "--set", metavar="TEXT", help="Of the report with this in its name, if several are."),
    place: str = typer.Option("", "--place", help="Only the local side of one place."),
    said_by: str = typer.Option("", "--said-by", metavar="DATE", help="Only what had been said by that day."),
    as_at: str = AS_AT,
    replace: bool = REPLACE,
) -> None:
    """The position paper on a set of recommendations: national beside local, actions, dates that moved, gaps."""
    from casereview.reports.writing import checked
    from casereview.service.recommendations import Asked
    from casereview.service.reports_position import position as make

    settings: Settings = ctx.obj
    checked(out, overwrite=replace)
    desk = desk_of(settings, as_at)
    until = parse_date(said_by, "--said-by", today=desk.today) if said_by else None
    _written(settings, make(desk, Asked(set_, place=place, until=until)), out, replace)


def _written(settings: Settings, paper: Document, out: str, replace: bool) -> None:
    _say(settings, paper, _write(paper, out, replace), [])


def _write(paper: Document, out: str, replace: bool) -> Path:
    from casereview.reports.writing import write_report

    return write_report(paper, out, overwrite=replace)


def _say(settings: Settings, paper: Document, path: Path, also: list[str]) -> None:
    facts = dict(paper.facts)
    data = {"file": str(path), "title": paper.title, "as_at": paper.day, "head": facts.get("Hash of that entry"),
            "says": also}  # fmt: skip
    emit(data, settings, lambda: "\n".join([f"{paper.title}, as at {paper.day}: {path}", *also, CARE]))


# ---- what is kept about papers -----------------------------------------------------------------------------------
def effectiveness(
    ctx: typer.Context,
    year: int = typer.Option(..., "--year", metavar="YEAR", help="The year it begins in."),
    text: str = typer.Option("", "--text", metavar="TEXT", help="How effective the help was, in your words."),
    file: str = typer.Option("", "--file", metavar="FILE", help="Or a text file that says it."),
) -> None:
    """Write, or read, the assessment of how effective the help of a year was: it stands in the annual report."""
    from casereview.service.reports_papers import checked_year, judge_help, judgements

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    checked_year(year, desk.today)
    said = _text(file) if file else text
    if said:
        judge_help(desk, year, said)
    found = judgements(desk, year)
    rows = [{"on": one.on, "by": one.by, "by_name": one.by_name, "text": one.text} for one in found]
    none = f"Nobody has written it for {year} yet. Write it with --text or --file."
    emit(rows, settings, lambda: "\n\n".join(f"{one.on}  {one.by_name}\n{one.text}" for one in found) or none)


def _text(file: str) -> str:
    path = Path(file).expanduser()
    try:
        return path.read_text("utf-8-sig")
    except (OSError, ValueError, RuntimeError):
        remedy = "Check the path; it must be UTF-8."
        raise CaseReviewError("this text file cannot be read", where=shown(file, width=200), remedy=remedy) from None


def recipient(
    ctx: typer.Context,
    name: str = typer.Argument(..., metavar="NAME"),
    post: str = typer.Option("", "--post", help="What they are, such as Leader of the Council."),
    gone: bool = typer.Option(False, "--gone", help="Take them off the list; what was sent to them stays recorded."),
) -> None:
    """Keep who receives papers."""
    from casereview.service.reports_papers import set_recipient

    settings: Settings = ctx.obj
    one = set_recipient(open_desk(settings), name, post, gone=gone)
    called = f"{one.name}, {one.post}," if one.post else one.name
    says = f"{called} receives papers{' no more' if gone else ''}."
    emit({"name": one.name, "post": one.post, "gone": gone}, settings, says)


def recipients(ctx: typer.Context) -> None:
    """Who receives papers, and who usually should."""
    from casereview.service.reports_papers import USUAL
    from casereview.service.reports_papers import recipients as read

    settings: Settings = ctx.obj
    found = read(open_desk(settings))
    usual = f"Boards whose papers this follows sent theirs to: {', '.join(USUAL)}."

    def text() -> str:
        rows = [(one.name, one.post or "–", one.since) for one in found]
        return f"{columns(('name', 'post', 'since'), rows) if rows else 'Nobody yet.'}\n\n{usual}"

    emit([{"name": one.name, "post": one.post, "since": one.since} for one in found], settings, text)


def send(
    ctx: typer.Context,
    file: str = typer.Argument(..., metavar="FILE", help="The paper that was sent."),
    to: list[str] = typer.Option(..., "--to", metavar="NAME", help="To whom; may be given several times."),
    paper: str = typer.Option("", "--paper", metavar="NAME", help="What it is called; the file's name if left out."),
    on: str = typer.Option("", "--on", metavar="DATE", help="When; today if left out."),
) -> None:
    """Record that a paper was sent to people, with the day and the hash of the file."""
    from casereview.service import reports_papers as papers

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    path = Path(file).expanduser()
    try:
        content = path.read_bytes()
    except (OSError, ValueError, RuntimeError):
        where = shown(file, width=200)
        raise CaseReviewError("this file cannot be read", where=where, remedy="Check the path.") from None
    day = parse_date(on, "--on", today=desk.today) if on else None
    whom = papers.may_send(desk, list(to), day)
    kept = papers.record_sent(desk, paper or path.stem, whom, path.name, content, on=day)
    says = "\n".join(f"Recorded: {one.paper} went to {one.name} on {one.on}" for one in kept)
    emit([asdict(one) for one in kept], settings, says)


def sent(
    ctx: typer.Context,
    to: str = typer.Option("", "--to", metavar="NAME", help="Only what went to somebody."),
    paper: str = typer.Option("", "--paper", metavar="TEXT", help="Only papers whose name has this in it."),
    csv: str = typer.Option("", "--csv", metavar="FILE", help="Write the list into a new file for a spreadsheet."),
) -> None:
    """What was sent to whom, and when, newest first."""
    from casereview.service.reports_papers import sent as read
    from tui.commands.lists import write_new_csv

    settings: Settings = ctx.obj
    found = read(open_desk(settings), to=to, paper=paper)
    rows: list[dict[str, Any]] = [asdict(one) for one in found]
    if csv:
        count = write_new_csv(Path(csv), rows, tuple(rows[0]) if rows else ("on", "paper", "name"))
        emit({"file": csv, "rows": count}, settings, f"{count:,} rows are in {csv}.")
        return
    head = ("on", "paper", "to", "post", "by", "file", "sha256")
    cells = [(one.on, one.paper, one.name, one.post or "–", one.by_name, one.file, one.hash[:12]) for one in found]
    emit(rows, settings, lambda: columns(head, cells) if cells else "Nothing is recorded as sent.")
