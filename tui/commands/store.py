"""The store itself: made, tried out, checked, copied, brought back and brought up to date."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from casereview.errors import CaseReviewError, NotFound, StoreProblem, did_you_mean
from tui.commands.asking import confirm
from tui.commands.output import emit, note
from tui.start import (
    Settings,
    copy_store,
    create_desk,
    data_folder,
    login_at,
    open_desk,
    os_login,
    resume_desk,
    store_exists,
    upgrade_store,
)

if TYPE_CHECKING:
    from casereview.service.whole import Verified

NEXT = """Next:
  casereview team add 'Assessment team'
  casereview people add 'A COLLEAGUE' --login THEIR-LOGIN
  casereview workflows list
  casereview open single-assessment --title 'A TITLE WITHOUT NAMES'
Keep a copy elsewhere now and then: casereview backup FILE"""


def register(app: typer.Typer) -> None:
    for command in (init, demo, verify, backup, restore, upgrade):
        app.command()(command)


# ---- making one ----------------------------------------------------------------------------------------------
def init(
    ctx: typer.Context,
    practice: bool = typer.Option(False, "--practice", help="For trying things out: --today may then write."),
    nation: str = typer.Option("england-wales", "--nation", help="Whose bank holidays count."),
    name: str = typer.Option("", "--name", help="Your name as others will read it."),
    office: list[str] | None = typer.Option(
        None, "--office", help="An office you hold besides data-officer; may be repeated."
    ),
    team: str = typer.Option("", "--team", help="A first team; with --office manager, the one you manage."),
) -> None:  # fmt: skip
    """Make a new store and enter yourself as its first person."""
    from casereview.calendar import NATIONS
    from casereview.service.registry import add_person, add_team, give_office
    from workflows.definition import OFFICES

    settings: Settings = ctx.obj
    if nation not in NATIONS:
        raise CaseReviewError(f"{nation!r} is not a nation", where="--nation", remedy=did_you_mean(nation, NATIONS))
    # Somebody must be able to check the store, copy it and let others in.
    offices = list(dict.fromkeys(["data-officer", *(office or [])]))
    for one in offices:
        if one not in OFFICES:
            raise CaseReviewError(f"{one!r} is not an office", where="--office", remedy=did_you_mean(one, OFFICES))
    if "manager" in offices and not team:
        raise CaseReviewError("a manager manages a team", where="--office", remedy="Name it: --team 'TEAM NAME'.")
    if settings.today and not practice:
        raise CaseReviewError("a store is begun on the day itself", where="--today", remedy="Or add --practice.")
    login = login_at(settings.place)[0]
    person = _id_of(login)
    desk = resume_desk(settings, person=person) or create_desk(
        settings, practice=practice, nation=nation, person=person
    )
    add_person(desk, name or _full_name() or login, login=login, person_id=person)
    team_id = add_team(desk, team).id if team else ""
    for one in offices:
        me = give_office(desk, person, one, team=team_id)
    data = {"store": settings.shown_place, "practice": practice, "nation": nation, "person": me.id, "name": me.name,
            "login": login, "offices": offices}  # fmt: skip
    kind = "practice store" if practice else "store"
    says = f"A new {kind}: {settings.shown_place}\nYou are {me.name} ({me.id}): {', '.join(offices)}.\n{NEXT}"
    emit(data, settings, says)


def _id_of(login: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", login.casefold()).strip("-")[:40] or "me"


def _full_name() -> str:
    """The name the operating system keeps for this login, where it keeps one."""
    with suppress(ImportError, KeyError):
        import os
        import pwd

        return pwd.getpwuid(os.getuid()).pw_gecos.partition(",")[0].strip()
    return ""


def demo(
    ctx: typer.Context,
    fresh: bool = typer.Option(False, "--fresh", help="Throw the practice store away and build it again."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask before throwing it away."),
    scale: float = typer.Option(1.0, "--scale", min=0.01, max=10, help="1 is an authority of the median size."),
    where: bool = typer.Option(False, "--where", help="Print where the practice store is kept, for --store, and stop."),
) -> None:
    """Look around in a practice store full of made-up cases; what you do there is kept."""
    from tui.commands.oversee import open_screens

    settings: Settings = ctx.obj
    settings.store = _demo_place(settings)
    if where:
        emit({"store": settings.store}, settings, settings.store)
        return
    if "person" not in settings.typed:
        settings.person = ""  # CASEREVIEW_USER is somebody of the store of every day
    path = Path(settings.store)
    if path.exists():
        _bring_up_to_date(settings)
    if fresh and path.exists():
        desk = open_desk(settings)
        with desk.reading() as work:
            practice = work.info().practice
        if not practice:
            raise CaseReviewError("this is no practice store", where=settings.store, remedy="Leave out --fresh.")
        confirm("The practice store and everything done in it will be thrown away.", yes)
        settings.close()
        for end in ("", "-journal", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
    if not path.exists():
        _build_demo(settings, path, scale)
    open_screens(settings, open_desk(settings), first="overdue")


def _bring_up_to_date(settings: Settings) -> None:
    """A practice store of an older casereview opens all the same: it is upgraded first, and a copy is left of it."""
    from tui.commands.progress import Progress

    with Progress(quiet=settings.json) as progress:
        copy, _ = upgrade_store(settings, progress)
    if copy is not None:
        settings.close()
        note(f"The practice store was made by an older casereview and is brought up to date. As it was: {copy}")


def _demo_place(settings: Settings) -> str:
    """Its own place always, never the store of every day; another only when one is named on the line."""
    named = "store" in settings.typed
    if named and "://" in settings.store:
        raise CaseReviewError("the demo is a file", where="--store", remedy="Give a path, or leave out --store.")
    return settings.store if named else str(data_folder() / "demo.db")


def _build_demo(settings: Settings, path: Path, scale: float) -> None:
    """Built under another name first: cut off half-way, the next run begins again."""
    from casereview.simulation.demo import build_demo
    from tui.commands.progress import Progress

    half = path.with_name(f"{path.name}.building")
    for end in ("", "-journal", "-wal", "-shm"):
        half.with_name(half.name + end).unlink(missing_ok=True)
    building = Settings(store=str(half), workflows=settings.workflows, today=settings.today)
    try:
        note(f"Building a practice store of made-up cases at {path} (once).")
        login = os_login()
        desk = create_desk(building, practice=True, nation="england-wales", person=_id_of(login))
        with Progress(quiet=settings.json) as progress:
            report = build_demo(desk, progress, scale=scale, name=_full_name() or login, login=login)
    finally:
        building.close()
    half.replace(path)
    for line in report.says:
        note(line)


# ---- checking and copying --------------------------------------------------------------------------------------
def verify(
    ctx: typer.Context,
    anchor: Path | None = typer.Option(None, "--anchor", help="A file that holds an anchor printed earlier."),
    print_anchor: bool = typer.Option(False, "--print-anchor", help="Print a line to keep elsewhere, after checking."),
    rebuild: bool = typer.Option(False, "--rebuild", help="First make every list again from the journal."),
) -> None:
    """Check that nothing was altered: the chain of entries, and that what is shown is what was written down."""
    from casereview.service import whole
    from tui.commands.progress import Progress

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    anchors = whole.read_anchors(_text(anchor), str(anchor)) if anchor else ()
    with Progress(quiet=settings.json) as progress:
        if rebuild:
            whole.rebuild_store(desk, progress)
        found = whole.verify(desk, anchors, progress)
    data = {
        "ok": found.ok, "entries": found.entries, "cases": found.cases, "head": found.head.hash,
        "problems": [{"says": one.says, "entry": one.seq, "case": one.case} for one in found.problems],
        "anchored": len(anchors),
    }  # fmt: skip
    line = whole.anchor(desk) if print_anchor and found.ok else None
    if line:
        data["anchor"] = line
    emit(data, settings, lambda: _verified(found, len(anchors), line))
    if not found.ok:
        raise typer.Exit(1)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        reason = getattr(wrong, "strerror", None) or "it is not UTF-8 text"
        raise CaseReviewError(f"cannot be read: {reason}", where=str(path)) from None


def _verified(found: Verified, anchors: int, line: str | None) -> str:
    if not found.ok:
        lines = ["This store is NOT as it was written:", *(f"  ✗ {one.says}" for one in found.problems)]
        return "\n".join([*lines, "Keep this file as it is, and bring back a backup: casereview restore FILE"])
    counted = f"{found.entries} entries, {found.cases} cases"
    against = ""
    if anchors:
        told = "the anchor says" if anchors == 1 else f"{anchors} anchors say"
        against = f", and it holds what {told}"
    lines = [f"Whole: {counted}{against}."]
    if line:
        return "\n".join([*lines, line])
    if not anchors:
        lines.append("To be able to show that nothing was altered, keep an anchor elsewhere: verify --print-anchor")
    return "\n".join(lines)


def backup(ctx: typer.Context, path: str = typer.Argument(..., help="A file that does not exist yet.")) -> None:
    """Copy the whole store, checked, to another file."""
    from casereview.service.whole import backup as make

    settings: Settings = ctx.obj
    make(open_desk(settings), path)
    emit({"backup": path}, settings, f"Copied, and checked: {path}")


def restore(ctx: typer.Context, path: str = typer.Argument(..., help="A backup.")) -> None:
    """Bring a backup back to where the store belongs; what is there is never replaced."""
    settings: Settings = ctx.obj
    if "://" in settings.place or "://" in path:
        raise StoreProblem("A store on PostgreSQL is brought back by its own tool.", remedy="Use pg_restore.")
    if not store_exists(path):
        raise NotFound("there is no such backup", where=path)
    if store_exists(settings.place):
        ends = ["", *(end for end in ("-journal", "-wal") if store_exists(f"{settings.place}{end}"))]
        moves = " && ".join(f"mv '{settings.place}{end}' '{settings.place}.old{end}'" for end in ends)
        remedy = f"When nobody is using it, move it aside: {moves}"
        raise StoreProblem("there is a store already", where=settings.place, remedy=remedy)
    copy_store(settings, path)
    emit({"restored": settings.place}, settings, f"Brought back: {settings.place}\nCheck it: casereview verify")


def upgrade(ctx: typer.Context) -> None:
    """Bring a store of an older casereview up to date; a copy is made first."""
    from tui.commands.progress import Progress

    settings: Settings = ctx.obj
    with Progress(quiet=settings.json) as progress:
        copy, cases = upgrade_store(settings, progress)
    says = [f"Up to date. The store as it was: {copy}" if copy else "Up to date."]
    if cases:
        says.append(f"The lists of {cases:,} cases were made again from the journal.")
    emit({"store": settings.shown_place, "copy": copy, "cases": cases}, settings, "\n".join(says))
