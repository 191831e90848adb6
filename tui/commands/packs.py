"""Learning packs on the command line: out, in, and what other boards sent."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.errors import CaseReviewError
from casereview.method.lines import counted, day_words
from casereview.text import parse_ref, shown
from tui.commands.output import columns, emit
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.service.learning_packs import Received, Taken
    from casereview.service.learning_sending import Leaving

PACK = typer.Argument(..., metavar="PACK", help="The beginning of its hash, as `casereview pack list` shows it.")
SECRET = typer.Option("", "--secret", metavar="FILE", help="A file with a word that both boards know, for the seal.")
HASH = "A hash shows that nothing was changed only to somebody who got it by another way than the file: read it out."


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Learning packs of other boards.", rich_markup_mode=None, no_args_is_help=True)
    for word, command in (("list", pack_list), ("show", pack_show), ("remove", pack_remove)):
        group.command(word)(command)
    app.add_typer(group, name="pack")


def add_in(into: typer.Typer) -> None:
    """Adds what is read in here to `import`."""
    into.command("pack")(import_pack)


def add_out(out: typer.Typer) -> None:
    """Adds what is written out here to `export`."""
    out.command("pack")(export_pack)


def export_pack(
    ctx: typer.Context,
    file: str = typer.Argument(..., metavar="FILE", help="A new file, such as learning.json.", show_default=False),
    cases: list[str] = typer.Option(..., "--cases", metavar="CASE…", show_default=False,
                                    help="Reviews; several with commas between them, or given again."),
    board: str = typer.Option("", "--board", metavar="NAME", help="Your board's name; kept for the next time."),
    contact: str = typer.Option("", "--contact", metavar="LINE", help="An office and how to reach it, not a person."),
    without: list[str] | None = typer.Option(None, "--without", metavar="FINDING", help="Stays at home: CASE#NUMBER."),
    vaguer: bool = typer.Option(False, "--vaguer", help="Say days and months in texts in a vaguer way."),
    looked: bool = typer.Option(False, "--looked", help="Somebody looked at what may point to a person: it may go."),
    secret: str = SECRET,
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would leave and what is in the way."),
) -> None:  # fmt: skip
    """Write a learning pack: findings, responses, what was tried and helped, of chosen reviews; nobody is in it.

    Every text is looked through first. A name of the identity key, of a family or colleague, a reference or a date
    finer than a quarter stops it. Read through the file before you send it: no scan sees everything.
    """
    from casereview.service.learning_sending import Asked, prepare, refuse, send

    settings: Settings = ctx.obj
    refs = tuple(parse_ref(ref) for part in cases for ref in part.replace(",", " ").split())
    asked = Asked(refs, board, contact, tuple(without or ()), vaguer, _secret(secret))
    desk = open_desk(settings)
    if dry_run:
        made = prepare(desk, asked)
        emit(_leaving_json(made, ""), settings, lambda: leaving_text(made))
        if made.blocked:
            refuse(made, looked=looked)
        return
    made = send(desk, asked, file, looked=looked)
    says = f"{_how_much(made)} in {file}."
    lines = [says, f"Hash: {made.pack['hash']}", HASH, *_stays(made)]
    emit(_leaving_json(made, file), settings, "\n".join(lines))


def _secret(file: str) -> str:
    if not file:
        return ""
    try:
        return Path(file).expanduser().read_text("utf-8-sig")[:4096].strip() or " "
    except (OSError, ValueError, RuntimeError):
        where = shown(file, width=200)
        raise CaseReviewError("this file cannot be read", where=where, remedy="Check the path.") from None


def leaving_text(made: Leaving) -> str:
    """What would leave, what is in the way, what somebody should look at."""
    lines = [f"{_how_much(made)} would leave."]
    if made.blocked:
        lines += ["", f"In the way: {len(made.blocked)}"]
        lines += [columns(("where", "found", "why", "instead"), [_find(one) for one in made.blocked])]
    if made.to_look_at:
        lines += ["", f"May point to somebody, for a person to look at: {len(made.to_look_at)}"]
        lines += [columns(("where", "found", "why", "instead"), [_find(one) for one in made.to_look_at])]
    return "\n".join([*lines, *_stays(made), "No scan sees everything: read the file before you send it."])


def _how_much(made: Leaving) -> str:
    return f"{counted(made.findings, 'finding')} of {counted(len(made.pack['reviews']), 'review')}"


def _find(one: Any) -> tuple[str, ...]:
    return one.place, one.around or one.found, one.says, one.offer or "–"


def _stays(made: Leaving) -> list[str]:
    found = [f"Not yet agreed, or left out: {', '.join(made.stays)}"] if made.stays else []
    return found + ([f"Without a finding that travels: {', '.join(made.empty)}"] if made.empty else [])


def _leaving_json(made: Leaving, file: str) -> dict[str, Any]:
    return {
        "file": file or None, "hash": made.pack["hash"], "reviews": len(made.pack["reviews"]),
        "findings": made.findings, "stays": list(made.stays), "without_findings": list(made.empty),
        "in_the_way": [asdict(one) for one in made.blocked], "to_look_at": [asdict(one) for one in made.to_look_at],
    }  # fmt: skip


def import_pack(
    ctx: typer.Context,
    file: str = typer.Argument(..., metavar="FILE", show_default=False),
    secret: str = SECRET,
    dry_run: bool = typer.Option(False, "--dry-run", help="Check it and say what is in it; keep nothing."),
) -> None:
    """Keep another board's learning pack beside your own findings, told apart from them for ever."""
    from casereview.service.learning_packs import take

    settings: Settings = ctx.obj
    taken = take(open_desk(settings), file, dry_run=dry_run, secret=_secret(secret))
    data = {**_received_json(taken.received), "known_since": taken.again, "overlaps": taken.overlaps}
    emit({**data, "dry_run": dry_run}, settings, lambda: taken_text(taken))


def taken_text(taken: Taken) -> str:
    one = taken.received
    what = f"{counted(one.findings, 'finding')} of {counted(one.reviews, 'review')}"
    what = f"{what}, from {shown(one.board)} ({one.made})"
    if taken.again:
        return f"This pack is here already, since {taken.again}: {one.key}. Nothing was changed."
    lines = [f"{'Would be kept' if taken.dry_run else 'Kept'} as {one.key}: {what}.", f"Hash: {one.hash}", HASH]
    lines += {"fits": ["Its seal fits your word."], "not checked": ["It bears a seal; check it with --secret."]}.get(
        one.seal, []
    )
    if taken.overlaps:
        lines.append(f"{taken.overlaps} of its reviews are in another pack here too; the newer copy is counted.")
    lines.append(f"Facing the same? {shown(one.contact)}")
    return "\n".join(lines)


def pack_list(ctx: typer.Context) -> None:
    """Packs of other boards that are kept here, with how to reach each board."""
    from casereview.service.learning_packs import packs

    settings: Settings = ctx.obj
    found = packs(open_desk(settings))
    head = ("pack", "board", "made", "received", "reviews", "findings", "contact")
    rows = [(p.key, p.board, p.made, p.received_on, p.reviews, p.findings, p.contact) for p in found]
    none = "No pack of another board is kept here. Read one in: casereview import pack FILE"
    emit([_received_json(one) for one in found], settings, lambda: columns(head, rows) if rows else none)


def pack_show(ctx: typer.Context, pack: str = PACK) -> None:
    """What is in a pack: who sent it, when it came, its hash, and its findings."""
    from casereview.service.learning_packs import one_pack

    settings: Settings = ctx.obj
    one = one_pack(open_desk(settings), pack)
    emit({**_received_json(one), "content": one.pack}, settings, lambda: pack_text(one))


def pack_text(one: Received) -> str:
    lines = [f"{shown(one.board)}, {one.made}", f"Contact: {shown(one.contact)}", f"Hash: {one.hash}",
             f"Received on {day_words(one.received_on)}, read in by {shown(one.by)} from {shown(one.file)}; "
             f"seal: {one.seal}",
             HASH, ""]  # fmt: skip
    for at, review in enumerate(one.pack["reviews"], 1):
        how = f"{shown(review['model'])}, {shown(review['option']) or 'option not said'}"
        lines.append(f"{one.key}/{at}  review of {review['year']} ({how})")
        lines += [f"  {one.key}/{at}#{n}  {shown(f['statement'])}" for n, f in enumerate(review["findings"], 1)]
        lines += [] if review["findings"] else ["  no findings in the pack: not coded"]
    return "\n".join([*lines, "", "One in full: casereview pattern show FINDING"])


def pack_remove(
    ctx: typer.Context,
    pack: str = PACK,
    reason: str = typer.Option(..., "--reason", metavar="TEXT", help="Why; it stays in the journal."),
) -> None:
    """Take a pack out of what is looked at, with a reason."""
    from casereview.service.learning_packs import remove

    one = remove(open_desk(ctx.obj), pack, reason)
    emit({"pack": one.key, "removed": True}, ctx.obj, f"{one.key} of {shown(one.board)} is taken out.")


def _received_json(one: Received) -> dict[str, Any]:
    return {
        "pack": one.key, "board": one.board, "contact": one.contact, "made": one.made, "hash": one.hash,
        "received_on": one.received_on, "by": one.by, "file": one.file, "reviews": one.reviews,
        "findings": one.findings, "seal": one.seal,
    }  # fmt: skip
