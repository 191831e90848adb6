"""Thematic samples on the command line: drawn, given to people, looked at, and gathered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tui.commands.asking import text_of
from tui.commands.output import columns, emit, wrapped
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.oversight.quality.themes import Theme
    from casereview.service.desk import Desk

NAME = typer.Argument(..., metavar="THEME", help="Its name or short name.")


def sample(
    ctx: typer.Context,
    query: list[str] = typer.Argument(
        None, metavar="[QUERY]", help="Only cases it names, such as: closed opened:2026 team:north."
    ),
    theme: str = typer.Option(..., "--theme", metavar="TEXT", help="What the look is about."),
    reason: str = typer.Option(..., "--reason", metavar="TEXT", help="Why this theme, now (@FILE and - are read)."),
    number: int = typer.Option(8, "--n", min=1, max=200, help="How many cases."),
    seed: int = typer.Option(1, "--seed", help="The same seed draws the same cases."),
    to: list[str] = typer.Option([], "--to", metavar="PERSON", help="Who looks; several take turns."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Show what would be drawn, and keep nothing."),
) -> None:
    """Draw cases at random for a thematic look, the same for the same seed; keep who looks at which."""
    from casereview.service.quality_themes import from_what, preview
    from casereview.service.quality_themes import sample as draw
    from tui.commands.lists import person_id

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    asked = " ".join(query or ())
    if dry_run:
        drawn, of = preview(desk, asked, number, seed)
        rows = [(one.case, one.title, one.team_name, one.opened, one.stage) for one in drawn]
        data = {"from": from_what(asked), "of": of, "seed": seed, "cases": [one.case for one in drawn]}
        head = (
            f"Would be drawn from {of:,}, {from_what(asked)} (that you may know of), with seed {seed}. Nothing is kept."
        )
        emit(data, settings, lambda: f"{head}\n\n{columns(('case', 'about', 'team', 'opened', 'stage'), rows)}")
        return
    people = [person_id(desk, one) for one in to]
    why = text_of(reason, "--reason")
    _show(ctx, desk, draw(desk, theme, why, number=number, seed=seed, query=asked, given=people))


def themes(ctx: typer.Context, as_at: str = AS_AT) -> None:
    """The thematic samples there are, newest first."""
    from casereview.service.quality_themes import all_themes
    from tui.commands.quality_rows import THEMES

    settings: Settings = ctx.obj
    found = all_themes(desk_of(settings, as_at))
    rows = [THEMES.cells(one) for one in found]
    emit([THEMES.flat(one) for one in found], settings,
         lambda: columns(THEMES.heads, rows, whole=2) if rows else THEMES.none)  # fmt: skip


def theme(
    ctx: typer.Context, name: str = NAME,
    csv: Path | None = typer.Option(None, "--csv", metavar="FILE", help="Write the cases into a new CSV file."),
    as_at: str = AS_AT,
) -> None:  # fmt: skip
    """A thematic sample: who looks at which case, and what was found across them."""
    from casereview.service.quality_themes import theme_of
    from tui.commands.lists import write_new_csv
    from tui.commands.quality_rows import DRAWN

    desk = desk_of(ctx.obj, as_at)
    found = theme_of(desk, name)
    if csv is None:
        _show(ctx, desk, found)
        return
    rows = [DRAWN.flat(one) for one in found.cases]
    count = write_new_csv(csv, rows, max((list(row) for row in rows), key=len, default=["case"]))
    emit({"file": str(csv), "rows": count}, ctx.obj, f"{count:,} rows are in {csv}.")


def give(
    ctx: typer.Context, name: str = NAME,
    case: str = typer.Argument(..., help="Which case of the sample."),
    person: str = typer.Argument(..., help="Who looks at it: id, login or name."),
) -> None:  # fmt: skip
    """Give a case of a thematic sample to somebody to look at."""
    from casereview.service.quality_themes import give as hand
    from tui.commands.lists import person_id

    desk = open_desk(ctx.obj)
    _show(ctx, desk, hand(desk, name, case, person_id(desk, person)))


def found_across(
    ctx: typer.Context, name: str = NAME,
    text: str = typer.Argument(..., metavar="TEXT", help="What was found across the cases (@FILE and - are read)."),
) -> None:  # fmt: skip
    """Write down what was found across a thematic sample, in words; what others wrote stays."""
    from casereview.service.quality_themes import conclude

    desk = open_desk(ctx.obj)
    _show(ctx, desk, conclude(desk, name, text_of(text, "TEXT")))


def _show(ctx: typer.Context, desk: Desk, found: Theme) -> None:
    from casereview.oversight.questions import figure_of
    from tui.commands.quality import page_json
    from tui.commands.quality_rows import THEMES

    data = {**THEMES.flat(found), **page_json(desk, figure_of(found.key), found.says)}
    emit(data, ctx.obj, lambda: theme_text(desk, found))


def theme_text(desk: Desk, found: Theme) -> str:
    """The whole of it in words: why, who looks, what was found in each and across them."""
    from casereview.oversight.questions import figure_of
    from tui.commands.quality import page_text
    from tui.commands.quality_rows import DRAWN

    head = f"{found.theme}: drawn on {found.on} by {found.by_name} from {found.asked}, with seed {found.seed}."
    lines = [wrapped(head), wrapped(f"Why: {found.reason}"), "", page_text(desk, figure_of(found.key), found.says), ""]
    rows = [DRAWN.cells(one) for one in found.cases]
    lines.append(columns(DRAWN.heads[:-1], [row[:-1] for row in rows]) if rows else DRAWN.none)
    # what was seen is told in whole sentences, which no column is wide enough for
    looked = (row for row, one in zip(rows, found.cases, strict=True) if one.looks)
    lines += ["", *(wrapped(f"{row[0]}: {row[-1]}", "    ", "  ") for row in looked)]
    said = [note for note in found.notes if note.act == "found"]
    lines += ["", *(wrapped(f"{n.by_name}, {n.on}: {n.text}", "  ") for n in said)] if said else []
    waiting = next((one for one in found.cases if not one.looks), None)
    if waiting is not None:
        lines += ["", wrapped(f'To look at one: casereview record {waiting.case} quality-look theme="{found.theme}" …')]
    lines.append(wrapped(f"To say what it means: casereview figures answer {figure_of(found.key)} TEXT"))
    return "\n".join(lines)
