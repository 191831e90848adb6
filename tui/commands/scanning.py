"""Looking, before anything is published, for whoever could be known from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tui.commands import acting
from tui.commands.acting import CASE
from tui.commands.output import bold, emit, wrapped
from tui.start import Settings

if TYPE_CHECKING:
    from casereview.service.scanning import Find, Looked

WEIGHTS = {
    "protected": "On the identity key: holds publication back",
    "close": "One letter from a name of the identity key: look at it",
    "pointer": "May point to somebody: look at it",
}


def register(app: typer.Typer) -> None:
    app.command("scan")(scan)


def scan(
    ctx: typer.Context,
    case: str = CASE,
    keep: bool = typer.Option(False, "--keep", help="Write down that it was done, and how much was found; never what."),
    file: Path = typer.Option(None, "--file", help="Look through a file as well: .md, .txt, .html or .docx."),
    answer: str = typer.Option("", "--answer", metavar="FIND", help="This find is not who the identity key means."),
    reason: str = typer.Option("", "--reason", metavar="TEXT", help="With --answer: why not."),
) -> None:
    """Look for whoever could be known from what a review would publish: every find with its place.

    Only what the identity key protects holds publication back. It cannot see everything: what it cannot see is said.
    """
    from casereview.service import scanning

    settings: Settings = ctx.obj
    desk = acting.desk_of(ctx)
    if answer:
        acting.only_with({"--keep": keep, "--file": file}, "a scan, not --answer")
        acting.said(desk, settings, scanning.answer(desk, case, answer, acting.words(reason, "--reason")))
        return
    acting.only_with({"--reason": reason}, "--answer")
    if keep:
        acting.only_with({"--file": file}, "a scan without --keep: what is kept is about the records")
        found, done = scanning.keep(desk, case)
        emit({**as_json(found), "entry": done.case.number}, settings, lambda: f"{page(found)}\n\n{done.says[0]}.")
        return
    found = scanning.look(desk, case, _file(file))
    emit(as_json(found), settings, lambda: page(found))


def _file(path: Path | None) -> list[Any]:
    if path is None:
        return []
    from casereview.exchange.plain_texts import passages_of

    return passages_of(path)


def as_json(found: Looked) -> dict[str, Any]:
    from casereview.method.scan import BLIND

    return {
        "case": found.case.ref, "key": found.key, "texts": found.texts, "digest": found.digest,
        "holds_back": len(found.open), "current": found.current, "finds": [_find(one) for one in found.finds],
        "cannot_see": list(BLIND),
    }  # fmt: skip


def _find(one: Find) -> dict[str, Any]:
    hit, said = one.hit, one.answered
    return {
        "find": one.id, "place": hit.place, "record": one.record, "start": hit.start, "end": hit.end,
        "found": hit.found, "kind": hit.kind, "weight": hit.weight, "says": hit.says, "offer": hit.offer or None,
        "around": hit.around, "holds_back": one.open,
        "answered": {"by": said.by, "on": said.on, "reason": said.note} if said else None,
    }  # fmt: skip


def page(found: Looked) -> str:
    from casereview.method.scan import BLIND
    from casereview.service.scanning import summary

    lines = [bold(f"{found.case.ref}  {summary(found)}")]
    for weight, title in WEIGHTS.items():
        some = [one for one in found.finds if one.hit.weight == weight]
        if some:
            lines += ["", bold(title), *(line for one in some for line in _lines(one))]
    lines += ["", "No scan can see:", *(wrapped(f"- {blind}", "    ", "  ") for blind in BLIND)]
    return "\n".join(lines)


def _lines(one: Find) -> list[str]:
    hit = one.hit
    offer = f"; instead: {hit.offer}" if hit.offer else ""
    lines = [wrapped(f"{one.id}  {hit.place}: “{hit.found}” ({hit.kind}: {hit.says}{offer})", "      ", "  ")]
    lines.append(wrapped(f"… {hit.around} …", "      "))
    if one.answered:
        lines.append(wrapped(f"not theirs, said {one.answered.by} on {one.answered.on}: {one.answered.note}", "      "))
    return lines
