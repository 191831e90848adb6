"""Papers of a review: its report, learning brief and board response, the list to chase by, and agendas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from casereview.errors import CaseReviewError
from casereview.text import shown
from tui.commands.acting import CASE
from tui.commands.output import emit
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings

if TYPE_CHECKING:
    from casereview.reports.document import Document
    from casereview.service.reports_review import Made

OUT = typer.Option(
    ..., "--out", metavar="FILE", help="A new file ending in .md, .html, .docx or .pdf: its form goes by the ending."
)
REPLACE = typer.Option(False, "--replace", help="Write over the file if there is one.")
FINAL = typer.Option(False, "--final", help="Only as a final: otherwise say everything that stands in its way.")
DRAFT = typer.Option(False, "--draft", help="As a draft, even where everything is in order.")
FEW = 12  # places named in the terminal


def add_to(papers: typer.Typer) -> None:
    for name, command in (
        ("review", review), ("brief", brief), ("response", response), ("chase", chase), ("agenda", agenda),
    ):  # fmt: skip
        papers.command(name)(command)


def review(
    ctx: typer.Context,
    case: str = CASE,
    out: str = OUT,
    final: bool = FINAL,
    draft: bool = DRAFT,
    as_at: str = AS_AT,
    replace: bool = REPLACE,
) -> None:
    """The review report, of what may be published: a draft until it is decided on, looked through and whole."""
    _public(ctx.obj, "review", case, out, (final, draft), as_at, replace)


def brief(
    ctx: typer.Context,
    case: str = CASE,
    out: str = OUT,
    final: bool = FINAL,
    draft: bool = DRAFT,
    as_at: str = AS_AT,
    replace: bool = REPLACE,
) -> None:
    """The learning brief: two pages for practitioners, with the patterns, what went well and what to try."""
    _public(ctx.obj, "brief", case, out, (final, draft), as_at, replace)


def response(
    ctx: typer.Context,
    case: str = CASE,
    out: str = OUT,
    final: bool = FINAL,
    draft: bool = DRAFT,
    as_at: str = AS_AT,
    replace: bool = REPLACE,
) -> None:
    """The board's response, finding by finding: what it does, for which difference, and how it will know."""
    _public(ctx.obj, "response", case, out, (final, draft), as_at, replace)


def _public(
    settings: Settings, name: str, case: str, out: str, how: tuple[bool, bool], as_at: str, replace: bool
) -> None:  # fmt: skip
    from casereview.reports.writing import checked, write_report
    from casereview.service.reports_review import KINDS, paper

    if all(how):
        raise CaseReviewError("a paper is a final or a draft", where="--final", remedy="Give one of the two.")
    checked(out, overwrite=replace)
    made = paper(desk_of(settings, as_at), case, KINDS[name], "final" if how[0] else "draft" if how[1] else "")
    path = write_report(made.document, out, overwrite=replace)
    places = list(made.seen.places) if made.seen else []
    data = {
        "file": str(path), "title": made.document.title, "as_at": made.document.day, "final": made.final,
        "marking": made.document.marking or None, "because": list(made.because), "protected": places,
        "looked_through": made.seen.texts if made.seen else None,
    }  # fmt: skip
    emit(data, settings, lambda: "\n".join([f"{made.document.subtitle}: {shown(str(path))}", *said(made)]))


def said(made: Made) -> list[str]:
    """What became of it, line by line: final or draft and why, and what of the identity key stands in it."""
    lines = ["It is final."] if made.final else [f"It is a {made.document.marking}. In the way of a final one:"]
    lines += [f"  {one}" for one in made.because]
    if made.seen is None:
        lines.append("Its own text was not looked through: the identity key is not yours to read.")
    elif made.seen.places:
        lines.append("Somebody of the identity key can be known from it. Where:")
        lines += [f"  {place}" for place in made.seen.places[:FEW]]
        lines += [f"  and {len(made.seen.places) - FEW} more"] if len(made.seen.places) > FEW else []
    elif not made.seen.key:
        lines.append("The identity key has nobody in it, so nobody is looked for by name.")
    else:
        lines.append(f"Nobody of the identity key was found in its {made.seen.texts} texts.")
    return lines


# ---- working papers ---------------------------------------------------------------------------------------------
def chase(ctx: typer.Context, case: str = CASE, out: str = OUT, as_at: str = AS_AT, replace: bool = REPLACE) -> None:
    """What is still to come from each agency, a page to print: asked for, of whom, since when, asked again."""
    from casereview.service.reports_working import chase_list

    settings: Settings = ctx.obj
    _checked(out, replace)
    _working(settings, chase_list(desk_of(settings, as_at), case), out, replace)


def agenda(
    ctx: typer.Context,
    case: str = CASE,
    out: str = OUT,
    meeting: str = typer.Option(
        ..., "--meeting", metavar="NUMBER|KIND", help="The record of a meeting, or the kind of the next one."
    ),
    as_at: str = AS_AT,
    replace: bool = REPLACE,
) -> None:
    """What a meeting is to look at: drafts, open comments and questions, and what changed since the last one."""
    from casereview.service.reports_working import agenda as make

    settings: Settings = ctx.obj
    _checked(out, replace)
    _working(settings, make(desk_of(settings, as_at), case, meeting), out, replace)


def _checked(out: str, replace: bool) -> None:
    from casereview.reports.writing import checked

    checked(out, overwrite=replace)


def _working(settings: Settings, paper: Document, out: str, replace: bool) -> None:
    from casereview.reports.writing import write_report

    path = write_report(paper, out, overwrite=replace)
    data = {"file": str(path), "title": paper.title, "as_at": paper.day, "marking": paper.marking}
    emit(data, settings, f"{paper.subtitle}: {shown(str(path))}\n{paper.marking}")
