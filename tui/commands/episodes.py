"""Key practice episodes on the command line: the list, and a page of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.errors import NotFound
from tui.commands import output
from tui.commands.acting import CASE
from tui.commands.narrow import CSV, NONE_LIKE_THAT, ONLY, SORT, into_spreadsheet, narrowed
from tui.commands.past import AS_AT, desk_of

if TYPE_CHECKING:
    from casereview.method.episodes import Episode
    from casereview.method.review import Rec, Review

COLUMNS = (
    "record", "title", "date_from", "date_to", "agencies", "judgement", "complete", "empty_heads", "findings", "open",
    "standard_dated_later", "description", "why_key", "local_rationality", "appraisal",
)  # fmt: skip
HEAD = ("no.", "episode", "dates", "by its standard", "heads", "findings", "stands")


def register(app: typer.Typer) -> None:
    app.command("episodes")(episodes)


def episodes(
    ctx: typer.Context,
    case: str = CASE,
    number: int | None = typer.Argument(None, help="Of an episode: its page. Left out: the list.", show_default=False),
    only: str = ONLY,
    sort: str = SORT,
    csv: Path | None = CSV,
    as_at: str = AS_AT,
) -> None:
    """Key practice episodes: what happened, how it made sense then, what surrounded it, what rests on it."""
    from casereview.method import episodes as model
    from casereview.method.episode_said import TONE, episode_said
    from casereview.service.review import read_review
    from tui.commands.narrative import page

    review = read_review(desk_of(ctx.obj, as_at), case).review
    found = model.episodes(review)
    if number is None:
        listed = narrowed(found, _line, COLUMNS, only, sort)
        if csv is not None:
            return into_spreadsheet(ctx.obj, csv, [_line(one) for one in listed], COLUMNS)
        return output.emit([episode_json(one) for one in listed], ctx.obj, lambda: _list(review, found, listed))
    chosen = next((one for one in found if one.rec.number == number), None)
    if chosen is None:
        known = ", ".join(str(one.rec.number) for one in found) or "none yet"
        raise NotFound(f"{review.case.ref} has no episode {number}", remedy=f"Known: {known}.")
    output.emit(_page_json(review, chosen), ctx.obj, lambda: f"{page(episode_said(review, chosen))}\n\n{TONE}")


def _line(one: Episode) -> dict[str, Any]:
    """An episode as a line of a spreadsheet: its open questions in their words."""
    data = dict.fromkeys(COLUMNS) | episode_json(one)
    return {**data, "open": [question.asks for question in one.open]}


def _list(review: Review, found: Sequence[Episode], listed: Sequence[Episode]) -> str:
    from casereview.method.episode_said import TONE, none_said
    from tui.commands.narrative import page

    if not found:
        begin = f"\n\ncasereview record {review.case.ref} key-practice-episode" if not review.withheld else ""
        return page([none_said(review)]) + begin
    return f"{output.columns(HEAD, [_row(one) for one in listed])}\n{TONE}" if listed else NONE_LIKE_THAT


def _row(one: Episode) -> tuple[object, ...]:
    from casereview.method.episode_said import standing_of

    heads = sum(len(level.heads) for level in one.levels)
    filled = f"{heads - len(one.empty_heads)} of {heads}"
    first, last = one.rec.day("date_from"), one.rec.day("date_to")
    dates = f"{first or '–'} to {last}" if last and last != first else first or "–"
    return (
        one.rec.number, one.rec.text("title"), dates, one.rec.text("judgement") or "–", filled, len(one.findings),
        standing_of(one),
    )  # fmt: skip


def episode_json(one: Episode) -> dict[str, Any]:
    return {
        "record": one.rec.number, **one.rec.values, "complete": one.is_complete,
        "empty_heads": list(one.empty_heads), "findings": [rec.number for rec in one.findings],
        "open": [asdict(question) for question in one.open], "standard_dated_later": one.late_standard or None,
    }  # fmt: skip


def _page_json(review: Review, one: Episode) -> dict[str, Any]:
    return {
        "case": review.case.ref, **episode_json(one),
        "levels": [
            {"level": level.name, "heads": [
                {"head": h.head.name, "asks": h.head.asks, "factors": [_rec(f) for f in h.factors]} for h in level.heads
            ]}
            for level in one.levels
        ],
        "evidence": [{**_rec(e.rec), "sources": [_rec(rec) for rec in e.sources]} for e in one.evidence],
        "who_knew": [
            {"whose": k.whose.label, "facts": [f.number for f in k.facts], "views": [v.number for v in k.views]}
            for k in one.knew
        ],
        "other_records": [_rec(rec) for rec in one.other],
    }  # fmt: skip


def _rec(rec: Rec) -> dict[str, Any]:
    return {"record": rec.number, "kind": rec.kind, **rec.values}
