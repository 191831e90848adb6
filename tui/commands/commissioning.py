"""How a review came to be and who holds it: from the referral to the people, part by part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from tui.commands.acting import CASE
from tui.commands.output import bold, emit, wrapped
from tui.commands.past import AS_AT, desk_of
from tui.start import Settings

if TYPE_CHECKING:
    from casereview.method.commissioning import Row
    from casereview.service.commissioning import Commissioning


def register(app: typer.Typer) -> None:
    app.command("commissioning")(commissioning)


def commissioning(ctx: typer.Context, case: str = CASE, as_at: str = AS_AT) -> None:
    """How a review came to be: referral, criteria, ways to learn, decision, scope, reviewers, roles, conflicts."""
    from casereview.service.commissioning import commissioning as read

    settings: Settings = ctx.obj
    found = read(desk_of(settings, as_at), case)
    emit(_json(found), settings, lambda: _page(found))


def _json(found: Commissioning) -> dict[str, Any]:
    option = found.option
    return {
        "case": found.review.case.ref, "day": found.day, "profile": found.review.definition.profile or None,
        "option": {"option": option.answer, "title": option.title, "conversations": option.conversations,
                   "meetings": option.meetings, "strength": option.strength} if option else None,
        "parts": [
            {"part": row.part, "what": None if row.empty else row.what, "state": row.state, "record": row.rec,
             "kind": row.kind or None, "to_look_at": row.notice, "missing": row.what if row.empty else None,
             "detail": [{"ask": ask, "answer": answer} for ask, answer in row.detail]}
            for row in found.rows
        ],
    }  # fmt: skip


def _page(found: Commissioning) -> str:
    review = found.review
    lines = [bold(f"{review.case.ref}  {review.definition.title}"), wrapped(review.definition.profile)]
    if found.option is not None:
        lines += ["", *(wrapped(line, "  ") for line in option_lines(found))]
    part = ""
    for row in found.rows:
        if row.part != part:
            lines += ["", bold(row.part)]
            part = row.part
        lines.append(wrapped(_line(row, review.case.ref), "    ", "  "))
    return "\n".join(lines)


def option_lines(found: Commissioning) -> list[str]:
    """What the option chosen means, in the workflow's words."""
    option = found.option
    if option is None:
        return []
    facts = (
        ("conversations", option.conversations), ("meetings", option.meetings), ("what it can say", option.strength),
    )  # fmt: skip
    said = [f"{option.title}: {option.says}" if option.says else option.title]
    return [*said, *(f"{what}: {text}" for what, text in facts if text)]


def _line(row: Row, ref: str) -> str:
    if row.empty:
        how = f" casereview record {ref} {row.kind}" if row.kind else ""
        return f"– {row.state}: {row.what}.{how}"
    number = f" (record {row.rec})" if row.rec is not None else ""
    state = f" [{row.state}]" if row.state else ""
    return f"{'!' if row.notice else '·'} {row.what}{state}{number}"
