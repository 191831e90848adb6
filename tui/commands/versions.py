"""The versions of a record, what differs between them, and going back to one; and who read what is kept closest."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from casereview.text import shown
from tui.commands import acting, asking, output
from tui.commands.acting import CASE
from tui.commands.past import AS_AT, desk_of

if TYPE_CHECKING:
    from casereview.differences import Difference
    from casereview.service.versions import Version, Versions

MARKS = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
BACK = "--back-to"


def register(app: typer.Typer) -> None:
    """Adds `versions` and `reads`."""
    app.command("versions")(versions)
    app.command("reads")(reads)


def versions(
    ctx: typer.Context,
    case: str = CASE,
    number: int = typer.Argument(..., help="Of the record, as `casereview records` lists it.", show_default=False),
    version: int | None = typer.Option(None, "--version", min=1, metavar="N", help="Only this one, in full."),
    compare: str = typer.Option("", "--compare", metavar="N:M", help="What differs between two, word by word."),
    back_to: int | None = typer.Option(None, BACK, min=1, metavar="N", help="Correct it to what version N said."),
    reason: str | None = typer.Option(None, "--reason", metavar="TEXT", help=f"Why, with {BACK}."),
    as_at: str = AS_AT,
) -> None:
    """Every version of a record: who, when and why, in full; the differences; going back by a correction."""
    from casereview.service.versions import versions as read

    given = {"--version": version is not None, "--compare": bool(compare), BACK: back_to is not None}
    if sum(given.values()) > 1:
        acting.exactly_one(given)
    if back_to is None:
        acting.only_with({"--reason": reason}, BACK)
    desk = desk_of(ctx.obj, as_at)
    found = read(desk, case, number)
    if back_to is not None:
        _back(ctx, found, back_to, reason)
    elif compare:
        first, second = _pair(compare, found)
        data = [{"field": one.name, "pieces": [asdict(p) for p in one.pieces]} for one in found.between(first, second)]
        output.emit(data, ctx.obj, lambda: differences_page(found, first, second))
    else:
        chosen = [found.version(version)] if version is not None else list(found.versions)
        whole = {"record": number, "kind": found.kind, "relied": list(found.relied),
                "versions": [{**asdict(one), "version": one.number} for one in chosen]}  # fmt: skip
        output.emit(whole, ctx.obj, lambda: _page(found, chosen))


def _pair(text: str, found: Versions) -> tuple[int, int]:
    from casereview.errors import CaseReviewError

    first, _, second = text.partition(":")
    if not (first.isdecimal() and second.isdecimal()):
        raise CaseReviewError("two versions are compared", where="--compare", remedy="Write them as 1:2.")
    return found.version(int(first)).number, found.version(int(second)).number


def _back(ctx: typer.Context, found: Versions, version: int, reason: str | None) -> None:
    from casereview.service.versions import go_back

    desk = acting.desk_of(ctx)
    if found.relied:
        output.note("Others rely on this record, and will read why it was changed:")
        for one in found.relied:
            output.note(f"  {shown(one)}")
    asked = reason is None and asking.at_a_terminal()
    why = asking.ask("Why is it changed back?") if asked else acting.words(reason, "--reason")
    done = go_back(desk, found.ref, found.number, version, why, found.seen)
    acting.said(desk, ctx.obj, done, record=found.number)


def _page(found: Versions, chosen: list[Version]) -> str:
    blocks = [output.bold(f"{found.ref}  {shown(found.title)}, no. {found.number}")]
    for one in chosen:
        head = f"Version {one.number}  {one.on}, {shown(one.by_name)}"
        lines = [output.bold(head + ("  withdrawn: it no longer counts" if one.withdrawn else ""))]
        lines += [output.wrapped(f"because: {one.why}", "    ", "  ")] if one.why else []
        lines += [output.wrapped(line, "      ", "    ") for line in _answers(found, one)]
        blocks.append("\n".join(lines))
    if found.relied:
        blocks.append("Who relies on it:\n" + "\n".join(output.wrapped(one, "    ", "  ") for one in found.relied))
    if len(found.versions) > 1:
        last = len(found.versions)
        blocks.append(f"What differs: casereview versions {found.ref} {found.number} --compare {last - 1}:{last}")
    return "\n\n".join(blocks)


def _answers(found: Versions, one: Version) -> list[str]:
    from tui.commands.pages import answer

    fields = found.form.fields if found.form else {}
    order = [name for name in fields if name in one.values] + [name for name in one.values if name not in fields]
    return [f"{fields[n].ask if n in fields else n} {answer(one.values[n])}" for n in order]


def differences_page(found: Versions, first: int, second: int) -> str:
    """Fields that differ; [-words that went-] and {+words that came+}."""
    fields = found.form.fields if found.form else {}
    lines = [output.bold(f"{found.ref}  {shown(found.title)}, no. {found.number}: version {first} to {second}")]
    for one in found.between(first, second):
        lines += [output.bold(shown(fields[one.name].ask if one.name in fields else one.name)), _marked(one)]
    return "\n".join(lines if len(lines) > 1 else [*lines, "They say the same."])


def _marked(one: Difference) -> str:
    text = "".join(MARKS[p.mark][0] + p.text + MARKS[p.mark][1] for p in one.pieces)
    return output.wrapped(text, "    ", "  ")


def reads(ctx: typer.Context, case: str = CASE, as_at: str = AS_AT) -> None:
    """Who read the conversations and the identity key of a case, and when."""
    from casereview.service.record_reads import reads as read

    found = read(desk_of(ctx.obj, as_at), case)
    data: list[dict[str, Any]] = [asdict(one) for one in found]
    rows = [(one.on, one.by_name, one.title, one.number or "–", one.purpose or "–") for one in found]
    head = ("on", "who", "what", "no.", "for what")
    none = "Nothing of this case that is kept closest has been read by anybody but its author."
    output.emit(data, ctx.obj, lambda: output.columns(head, rows) if rows else none)
