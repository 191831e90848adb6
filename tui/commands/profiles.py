"""Timescale profiles: read, checked, adopted, withdrawn, and changed on a case."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from tui.commands import acting
from tui.commands.acting import CASE
from tui.commands.lists import into_new_csv
from tui.commands.output import columns, emit
from tui.commands.past import AS_AT, desk_of
from tui.commands.profiles_said import (
    ADOPTIONS,
    FILES,
    adopted_json,
    adoptions_of,
    in_force,
    moved,
    one_of,
    profile_json,
)
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from casereview.people import Team
    from casereview.service.desk import Desk
    from casereview.service.profiles import CaseProfile
    from workflows.errors import Fault
    from workflows.profile import Profile
    from workflows.profiles import Profiles

NAMED = typer.Argument(..., metavar="PROFILE", help="A name, NAME@VERSION, or the path of a file.")
CSV = typer.Option(None, "--csv", metavar="FILE", help="Write every row to a new spreadsheet file.")
NOTHING = """No profile is adopted here: every case follows its workflow's own times.
Examples to start from: casereview profile list --files. Then: casereview profile adopt FILE"""


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Timescale profiles: the edition and the figures an authority works by.",
                        rich_markup_mode=None)  # fmt: skip
    group.callback(invoke_without_command=True)(_bare)
    for word, command in (
        ("list", profile_list), ("show", profile_show), ("check", profile_check), ("adopt", profile_adopt),
        ("withdraw", profile_withdraw), ("change", profile_change),
    ):  # fmt: skip
        group.command(word)(command)
    app.add_typer(group, name="profile")


def _bare(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        profile_list(ctx, files=False, workflow="", edition="", csv=None, as_at="")


# ---- profiles --------------------------------------------------------------------------------------------------
def _files(settings: Settings) -> Profiles:
    from workflows.catalogue import Catalogue
    from workflows.profiles import Profiles

    return Profiles(Catalogue(settings.catalogue_folder), settings.catalogue_folder)


def profile_list(
    ctx: typer.Context,
    files: bool = typer.Option(False, "--files", help="Those that could be adopted: shipped examples and your own."),
    workflow: str = typer.Option("", "--workflow", help="Only those that speak of this workflow."),
    edition: str = typer.Option("", "--edition", help="Only of this edition: wt2010, trial, wt2013 or local."),
    csv: Path | None = CSV,
    as_at: str = AS_AT,
) -> None:
    """The profiles adopted here, for whom and from when; with --files, those that could be."""
    from workflows.clocks import EDITIONS

    settings: Settings = ctx.obj
    one_of(edition, EDITIONS, "edition")
    if files:
        acting.only_with({"--as-at": as_at}, "what is adopted, without --files")
        _list_files(settings, workflow, edition, csv)
        return
    from casereview.service.profiles import adopted

    desk = desk_of(settings, as_at)
    names = {team.id: team.name for team in _teams(desk)}
    found = [one for one in adopted(desk) if workflow in ("", *one.workflows) and edition in ("", one.edition)]
    data = [adopted_json(one, desk.today) for one in found]
    if csv is not None:
        into_new_csv(settings, csv, adoptions_of(data, names), ADOPTIONS)
        return

    def text() -> str:
        rows: list[tuple[object, ...]] = []
        for one in found:
            head = (one.label, one.title, ", ".join(one.workflows))
            rows += [
                (*head, _whose(a.team, names), a.since, a.until or "on", "yes" if in_force(one, a, desk.today) else "")
                for a in one.adoptions
            ]
            rows += [] if one.adoptions else [(*head, "nobody here", "", "", "")]
        heads = ("profile", "title", "workflows", "for", "from", "to", "in force")
        return columns(heads, rows) if rows else NOTHING

    emit(data, settings, text)


def _teams(desk: Desk) -> Sequence[Team]:
    from casereview.service.registry import teams

    return teams(desk)


def _whose(team: str, names: dict[str, str]) -> str:
    return names.get(team, team) if team else "everyone"


def _list_files(settings: Settings, workflow: str, edition: str, csv: Path | None) -> None:
    from workflows.profile_shown import span

    files = _files(settings)
    found = [one for one in files.usable() if workflow in ("", *one.workflows) and edition in ("", one.edition)]
    data = [
        {"profile": one.name, "version": one.version, "title": one.title, "authority": one.authority,
         "edition": one.edition, "workflows": list(one.workflows), "hash": one.hash, "valid_from": one.valid_from,
         "valid_to": one.valid_to, "trust": one.trust.label}
        for one in found
    ]  # fmt: skip
    if csv is not None:
        into_new_csv(settings, csv, data, FILES)
        return

    def text() -> str:
        rows = [
            (one.name, one.version, one.edition, one.title, span(one.valid_from, one.valid_to), one.trust.short)
            for one in found
        ]
        faults = len(files.faults())
        told = f"\nFaults in files there ({faults}): casereview profile check" if faults else ""
        own = f"Your own go here: {settings.catalogue_folder / 'profiles'}"
        return f"{columns(('profile', 'version', 'edition', 'title', 'valid', 'trust'), rows)}\n\n{own}{told}"

    emit(data, settings, text)


def profile_show(ctx: typer.Context, profile: str = NAMED) -> None:
    """A profile to read aloud: dates of validity, exemptions, and its times, each with source and trust."""
    from workflows.profile_shown import show

    settings: Settings = ctx.obj
    found = _read(settings, profile)
    emit(profile_json(found), settings, lambda: show(found))


def _read(settings: Settings, named: str) -> Profile:
    """From a file, or as it was adopted here where no file has that name."""
    from workflows.errors import WorkflowNotFound

    try:
        return _files(settings).find(named)
    except WorkflowNotFound:
        from casereview.errors import CaseReviewError
        from casereview.service.definitions import read_profile
        from casereview.service.profiles import find

        try:
            desk = open_desk(settings)
            with desk.reading() as work:
                kept = find(work, named)
        except CaseReviewError:
            kept = None
        if kept is None:
            raise
        return read_profile(kept.text, kept.hash)


def profile_check(
    ctx: typer.Context,
    profile: list[str] | None = typer.Argument(None, metavar="[PROFILE]...", help="Names or files; all without one."),
) -> None:
    """Every fault of a profile at once: where it is and what to write instead. Exit status 2 when there is one."""
    settings: Settings = ctx.obj
    faults = _faults_of(settings, profile or [])
    keys = ("where", "line", "place", "says", "remedy")
    data = {"ok": not faults, "faults": [{key: getattr(fault, key) for key in keys} for fault in faults]}
    emit(data, settings, lambda: "\n".join(map(str, faults)) or "No fault found.")
    if faults:
        raise typer.Exit(2)


def _faults_of(settings: Settings, named: Sequence[str]) -> list[Fault]:
    from workflows.errors import WorkflowFaulty

    files, found = _files(settings), []
    if not named:
        return list(files.faults())
    for one in named:
        if one.endswith(".toml") or "/" in one or "\\" in one:
            found += files.load(Path(one).expanduser())[1]
            continue
        try:
            files.find(one)
        except WorkflowFaulty as wrong:
            found += wrong.faults
    return found


# ---- whose, and from when --------------------------------------------------------------------------------------
def profile_adopt(
    ctx: typer.Context,
    profile: str = typer.Argument(..., metavar="FILE", help="The path of a file, or the name of a shipped example."),
    team: str = typer.Option("", "--team", help="Only for this team (id or name); for everyone without it."),
    since: str | None = typer.Option(None, "--from", metavar="DATE", help="First day; the profile's own if left out."),
    until: str | None = typer.Option(None, "--to", metavar="DATE", help="Last day; the profile's own if left out."),
    note: str = typer.Option("", "--note", help="Who decided it, and where that is written."),
) -> None:
    """Adopt a profile, for everyone or a team: cases that start from then on keep it. No running case moves."""
    from casereview.service.profiles import adopt
    from workflows.profile import unchecked

    settings: Settings = ctx.obj
    found = _files(settings).find(profile)
    desk = open_desk(settings)
    first, last = acting.day(desk, since, "--from"), acting.day(desk, until, "--to")
    whom = acting.team_id(desk, team) if team else ""
    kept = adopt(desk, found, team=whom, since=first, until=last, note=note)
    unsure = unchecked(found)
    lines = [
        f"{kept.label} is adopted {kept.acts[-1].text}. Running cases keep what they started under:",
        "casereview profile change CASE PROFILE moves one, with a reason.",
    ]
    lines += ["Not checked; look these up before you rely on them:", *(f"  {one}" for one in unsure)] if unsure else []
    emit({**adopted_json(kept, desk.today), "unchecked": list(unsure)}, settings, "\n".join(lines))


def profile_withdraw(
    ctx: typer.Context,
    profile: str = typer.Argument(..., metavar="PROFILE", help="A name, or NAME@VERSION."),
    reason: str = typer.Option("", "--reason", help="Why."),
    team: str | None = typer.Option(None, "--team", help="Only where this team adopted it (id or name)."),
    on: str | None = typer.Option(None, "--on", metavar="DATE", help="From this day on; today if left out."),
) -> None:
    """Withdraw a profile: nothing more starts under it. Cases that are under it stay under it."""
    from casereview.service.profiles import withdraw

    settings: Settings = ctx.obj
    desk = open_desk(settings)
    whom = acting.team_id(desk, team) if team else team
    kept = withdraw(desk, profile, team=whom, on=acting.day(desk, on, "--on"), reason=reason)
    emit(adopted_json(kept, desk.today), settings, f"{kept.label} is withdrawn {kept.acts[-1].text}. "
         "Cases that are under it stay under it.")  # fmt: skip


# ---- on a case -------------------------------------------------------------------------------------------------
def profile_change(
    ctx: typer.Context,
    case: str = CASE,
    profile: str | None = typer.Argument(None, metavar="[PROFILE]", show_default=False,
                                         help='One that is kept here, or "none"; left out: what the case is under.'),
    reason: str | None = typer.Option(None, "--reason", help="Why this one fits this case."),
) -> None:  # fmt: skip
    """Move a case to another profile: a recorded decision. Open dates are worked out again, both values are kept."""
    from casereview.commands import ChangeProfile
    from casereview.service.profiles import case_profile

    desk = acting.desk_of(ctx)
    if profile is None:
        acting.only_with({"--reason": reason}, "a PROFILE")
        _show_of_case(case_profile(desk, case), case, ctx.obj)
        return
    done = desk.do(case, ChangeProfile(profile, acting.words(reason, "--reason")))
    event: Any = done.entries[0].event
    also = [f"  {line}" for line in moved(event)]
    also.append(f"  Where a date moved, tell the family: casereview tell {done.case.ref} --kind 'new date'")
    acting.said(desk, ctx.obj, done, also, profile=event.title, before=event.before_title, dates=event.dates)


def _show_of_case(found: CaseProfile, case: str, settings: Settings) -> None:
    data = {
        "case": case,
        "profile": profile_json(found.profile) if found.profile else None,
        "changes": [{"on": on, "by": by, "from": e.before_title, "to": e.title, "reason": e.reason, "dates": e.dates}
                    for on, by, e in found.changes],
    }  # fmt: skip

    def text() -> str:
        from workflows.profile_shown import show

        lines = [show(found.profile) if found.profile else "It follows its workflow's own times: no profile."]
        lines += [f"{on}, {by}: from {e.before_title} to {e.title}, because: {e.reason}" for on, by, e in found.changes]
        return "\n".join(lines)

    emit(data, settings, text)
