"""The story of a review on the command line: from several sides, from inside the tunnel, side by side, on an axis."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from tui.commands import acting, output
from tui.commands.acting import CASE
from tui.commands.past import AS_AT, desk_of

if TYPE_CHECKING:
    from casereview.method.lines import Say
    from casereview.method.narrative import Part, Story, Viewpoint
    from casereview.method.review import Rec, Review
    from casereview.method.timeline import Timeline
    from casereview.method.tunnel import Tunnel
    from tui.start import Settings

WIDEST = 100
MOMENTS = ("turning-point",)  # shown in the words of whoever told of them: that is written down as a reading
ON = typer.Option(None, "--on", metavar="DATE", help="A day of the case. Left out: on which days something changed.")


def register(app: typer.Typer) -> None:
    app.command("story")(story)
    app.command("tunnel")(tunnel)
    app.command("side-by-side")(side_by_side)
    app.command("timeline")(timeline)


# ---- the commands ----------------------------------------------------------------------------------------------
def story(ctx: typer.Context, case: str = CASE, as_at: str = AS_AT) -> None:
    """The case from several sides: each part of the story, how it looked to each, who knew which fact from when."""
    from casereview.method import narrative
    from casereview.method.story_said import story_said

    review = _review(ctx, case, as_at)
    told = narrative.story(review)
    begin = "" if told.parts or review.withheld else f"\n\ncasereview record {review.case.ref} {narrative.PART}"
    output.emit(_story_json(review, told), ctx.obj, lambda: page(story_said(review, told)) + begin)


def tunnel(
    ctx: typer.Context,
    case: str = CASE,
    as_seen_by: str = typer.Option(
        "", "--as-seen-by", metavar="WHO", help="By position or agency. Left out: whose view can be shown."
    ),
    on: str | None = ON,
    as_at: str = AS_AT,
) -> None:
    """The case as one person could see it on one day: nothing they did not know yet, and how much that is."""
    from casereview.method.narrative import Voices
    from casereview.method.tunnel import tunnel as look
    from casereview.method.tunnel_said import tunnel_said

    review = _review(ctx, case, as_at, MOMENTS if as_seen_by else ())
    acting.only_with({"--on": on} if not as_seen_by else {}, "--as-seen-by")
    if not as_seen_by:
        _whose(review, ctx.obj)
        return
    whose = Voices(review).find(as_seen_by)
    day = _day(ctx, on)
    if day is None:
        _days(review, whose, ctx.obj)
        return
    seen = look(review, whose, day)
    output.emit({"case": review.case.ref, **tunnel_json(seen)}, ctx.obj, lambda: page(tunnel_said(seen)))


def side_by_side(
    ctx: typer.Context,
    case: str = CASE,
    one: str = typer.Argument(..., metavar="WHO", help="Whose view, by position or agency.", show_default=False),
    other: str = typer.Argument(..., metavar="WHO", help="And whose beside it.", show_default=False),
    on: str | None = typer.Option(
        None, "--on", metavar="DATE", help="What each could see on that day. Left out: both whole, from outside."
    ),
    as_at: str = AS_AT,
) -> None:
    """Two views of the same case beside each other: whole, or as both could see it on one day."""
    from casereview.method.narrative import Voices
    from casereview.method.side_by_side import abreast_lines, tunnel_lines
    from casereview.method.tunnel import tunnel as look

    review = _review(ctx, case, as_at, MOMENTS)
    voices = Voices(review)
    both = voices.find(one), voices.find(other)
    day = _day(ctx, on)
    if day is None:
        output.emit(_abreast_json(review, *both), ctx.obj, lambda: lined(abreast_lines(review, *both, wide())))
        return
    left, right = (look(review, whose, day) for whose in both)
    data = {"case": review.case.ref, "left": tunnel_json(left), "right": tunnel_json(right)}
    output.emit(data, ctx.obj, lambda: lined(tunnel_lines(left, right, wide())))


def timeline(ctx: typer.Context, case: str = CASE, as_at: str = AS_AT) -> None:
    """Dates on an axis: the story, episodes and facts of the case; stages, meetings and talks of the review."""
    from casereview.method import timeline as axis

    desk = desk_of(ctx.obj, as_at)
    review = _read(desk, case)
    of_case, of_review = axis.of_the_case(review), axis.of_the_review(review, desk.today)
    data = {"case": review.case.ref, "of_the_case": _axis_json(of_case), "of_the_review": _axis_json(of_review)}
    output.emit(data, ctx.obj, lambda: "\n".join(timeline_lines(of_case, of_review, wide())))


# ---- reading ---------------------------------------------------------------------------------------------------
def _review(ctx: typer.Context, case: str, as_at: str, showing: tuple[str, ...] = ()) -> Review:
    return _read(desk_of(ctx.obj, as_at), case, showing)


def _read(desk: Any, case: str, showing: tuple[str, ...] = ()) -> Review:
    from casereview.service.review import read_review

    return read_review(desk, case, showing=showing).review


def _day(ctx: typer.Context, text: str | None) -> Any:
    from casereview.text import parse_date

    return None if text is None else parse_date(text, "--on")


def _whose(review: Review, settings: Settings) -> None:
    """Whose view can be shown, and over which days."""
    from casereview.method.narrative import Voices
    from casereview.method.tunnel_said import nobody_said

    rows = [(one, _changes(review, one)) for one in Voices(review).all]
    data = [
        {**_who_json(one), "first": min(days, default=None), "last": max(days, default=None), "days": len(days)}
        for one, days in rows
    ]

    def text() -> str:
        if not rows:
            return page(nobody_said(review))
        listed = [
            (w.label, w.agency if w.agency != w.label else "", min(d, default=None), max(d, default=None), len(d) or "")
            for w, d in rows
        ]
        table = output.columns(("whose view", "agency", "first", "last", "days"), listed)
        return f"{table}\nTo look: casereview tunnel {review.case.ref} --as-seen-by WHO --on DATE"

    output.emit(data, settings, text)


def _days(review: Review, whose: Viewpoint, settings: Settings) -> None:
    """The days on which something changed for somebody, so that one can choose."""
    days = _changes(review, whose)

    def text() -> str:
        if not days:
            return output.wrapped(f"Nothing with a date is recorded of what {whose.label} saw or knew.")
        lines = [f"Something changed for {whose.label} on:", *(f"  {day.isoformat()}" for day in days)]
        again = f"casereview tunnel {review.case.ref} --as-seen-by {shlex.quote(whose.label)} --on DATE"
        return "\n".join([*lines, f"To look: {again}"])

    output.emit({"case": review.case.ref, **_who_json(whose), "days": days}, settings, text)


def _changes(review: Review, whose: Viewpoint) -> Any:
    from datetime import date

    from casereview.method.tunnel import tunnel as look

    return look(review, whose, date.max).days


# ---- text ------------------------------------------------------------------------------------------------------
def wide() -> int:
    return min(output.width(), WIDEST)


def page(said: Iterable[Say]) -> str:
    """Paragraphs as the terminal shows them: wrapped, headings in bold where that is wanted."""
    from casereview.method.lines import laid_out

    return lined(laid_out(said, wide()))


def lined(lines: Iterable[tuple[str, str]]) -> str:
    return "\n".join(output.bold(text) if look in ("head", "title", "label") and text else text for text, look in lines)


def timeline_lines(of_case: Timeline, of_review: Timeline, width: int) -> list[str]:
    from casereview.method.timeline import NOTHING, SIGNS, drawn

    lines: list[str] = []
    for title, axis in (("The case", of_case), ("The review", of_review)):
        lines.append(output.bold(title))
        found = [output.bold(text) if is_head else text for text, is_head in drawn(axis, width)]
        lines += [*(found or [output.wrapped(NOTHING)]), ""]
    return [*lines, output.wrapped(SIGNS)]


# ---- JSON ------------------------------------------------------------------------------------------------------
def _who_json(whose: Viewpoint) -> dict[str, Any]:
    return {"whose": whose.label, "participant": whose.number, "agency": whose.agency, "role": whose.role}


def tunnel_json(seen: Tunnel) -> dict[str, Any]:
    return {
        **_who_json(seen.whose), "on": seen.day,
        "parts": [asdict(part) for part in seen.parts], "facts": [asdict(fact) for fact in seen.facts],
        "moments": [asdict(moment) for moment in seen.moments], "hidden": seen.hidden.counts(),
        "parts_without_their_view": list(seen.bare), "days": list(seen.days),
    }  # fmt: skip


def _story_json(review: Review, told: Story) -> dict[str, Any]:
    return {
        "case": review.case.ref, "parts": [_part_json(told, part) for part in told.parts],
        "facts_elsewhere": [_fact_json(told, fact) for fact in told.elsewhere],
        "look_again": [{"record": number, "says": says} for number, says in told.look_again],
        "withheld": dict(review.withheld),
    }  # fmt: skip


def _part_json(told: Story, part: Part) -> dict[str, Any]:
    views = [{"record": v.rec.number, **_who_json(v.whose), "since": v.since, **v.rec.values} for v in part.views]
    facts = [_fact_json(told, fact) for fact in part.facts]
    return {"record": part.rec.number, **part.rec.values, "perspectives": views, "facts": facts}


def _fact_json(told: Story, fact: Rec) -> dict[str, Any]:
    knew = []
    for whose in told.voices.all:
        one = told.known.get(whose.key, {}).get(fact.number)
        if one is not None:
            knew.append({**_who_json(whose), "since": one.since, "how": one.how, "by_record": one.number})
    return {"record": fact.number, "fact": fact.text("fact"), "happened_on": fact.day("happened_on"), "knew": knew}


def _abreast_json(review: Review, one: Viewpoint, other: Viewpoint) -> dict[str, Any]:
    from casereview.method.narrative import story as read

    told = read(review)
    keep = {one.key: "left", other.key: "right"}
    parts = []
    for part in told.parts:
        views: dict[str, Any] = {"left": [], "right": []}
        for view in part.views:
            if view.whose.key in keep:
                views[keep[view.whose.key]].append({"record": view.rec.number, "since": view.since, **view.rec.values})
        parts.append({"record": part.rec.number, "title": part.rec.text("title"), **views})
    facts = [_fact_json(told, rec) for rec in review.of("known-when")]
    return {"case": review.case.ref, "left": _who_json(one), "right": _who_json(other), "parts": parts, "facts": facts}


def _axis_json(axis: Timeline) -> dict[str, Any]:
    return {"from": axis.begin, "to": axis.end, "undated": axis.undated, "bars": [asdict(bar) for bar in axis.bars]}
