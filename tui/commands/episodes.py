"""Key practice episodes on the command line: the list, and a page of each."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from casereview.errors import NotFound
from tui.commands import output
from tui.commands.acting import CASE
from tui.commands.past import AS_AT, desk_of

if TYPE_CHECKING:
    from casereview.method.episodes import Episode
    from casereview.method.review import Rec, Review

HEAD = ("no.", "episode", "dates", "by its standard", "heads", "findings", "stands")


def register(app: typer.Typer) -> None:
    app.command("episodes")(episodes)


def episodes(
    ctx: typer.Context,
    case: str = CASE,
    number: int | None = typer.Argument(None, help="Of an episode: its page. Left out: the list.", show_default=False),
    as_at: str = AS_AT,
) -> None:
    """Key practice episodes: what happened, how it made sense then, what surrounded it, what rests on it."""
    from casereview.method import episodes as model
    from casereview.method.episode_said import TONE, episode_said, none_said
    from casereview.service.review import read_review
    from tui.commands.narrative import page

    review = read_review(desk_of(ctx.obj, as_at), case).review
    found = model.episodes(review)
    if number is None:
        rows = [_row(one) for one in found]
        text = f"{output.columns(HEAD, rows)}\n{TONE}" if rows else page([none_said(review)])
        output.emit([episode_json(one) for one in found], ctx.obj, text)
        return
    chosen = next((one for one in found if one.rec.number == number), None)
    if chosen is None:
        known = ", ".join(str(one.rec.number) for one in found) or "none yet"
        raise NotFound(f"{review.case.ref} has no episode {number}", remedy=f"Known: {known}.")
    output.emit(_page_json(review, chosen), ctx.obj, lambda: f"{page(episode_said(review, chosen))}\n\n{TONE}")


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
