"""Workflows: which there are, one read aloud, the faults of a file, and its map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from casereview.text import parse_ref
from tui.commands.output import columns, emit, wrapped
from tui.start import Settings, open_desk

if TYPE_CHECKING:
    from workflows.catalogue import Catalogue
    from workflows.definition import Definition
    from workflows.errors import Fault

NAMED = typer.Argument(..., metavar="WORKFLOW", help="A name, NAME@VERSION, or the path of a file.")


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="The paths cases follow: those shipped, and your board's own.", rich_markup_mode=None)
    group.callback(invoke_without_command=True)(_bare)
    group.command("list")(list_)
    group.command("show")(show)
    group.command("check")(check)
    group.command("map")(map_)
    app.add_typer(group, name="workflows")


def _bare(ctx: typer.Context) -> None:
    if ctx.invoked_subcommand is None:
        list_(ctx)


def _catalogue(settings: Settings) -> Catalogue:
    from workflows.catalogue import Catalogue

    return Catalogue(settings.catalogue_folder)


def list_(ctx: typer.Context) -> None:
    """Every workflow there is, with its versions."""
    from workflows.errors import WorkflowError

    settings: Settings = ctx.obj
    catalogue = _catalogue(settings)
    data: list[dict[str, Any]] = []
    for entry in catalogue.entries():
        try:
            found: Definition | None = catalogue.get(entry.name, entry.version)
        except WorkflowError:
            found = None
        data.append({
            "workflow": entry.name, "version": entry.version, "title": found.title if found else None,
            "kind": found.kind if found else None, "profile": found.profile or None if found else None,
            "choose": found.choose or None if found else None, "shipped": entry.shipped, "path": str(entry.path),
            "hash": entry.hash, "usable": found is not None,
        })  # fmt: skip

    def text() -> str:
        rows = [
            (one["workflow"], one["version"], one["kind"], one["title"] or f"has faults: workflows check {one['path']}",
             "shipped" if one["shipped"] else "your own")
            for one in data
        ]  # fmt: skip
        chosen = "".join(f"\n\n{one['workflow']} ({one['profile']}): {one['choose']}" for one in data if one["choose"])
        own = f"Your own go here: {settings.catalogue_folder}"
        faults = len(catalogue.faults())
        told = f"\nFaults in files there ({faults}): casereview workflows check" if faults else ""
        table = columns(("workflow", "version", "kind", "title", "whose"), rows, whole=2)
        return f"{table}{wrapped(chosen)}\n\n{own}{told}"

    emit(data, settings, text)


def show(ctx: typer.Context, workflow: str = NAMED) -> None:
    """A workflow to read aloud: every stage, step, duty, time, record and reason."""
    from workflows.shown import show as in_words

    settings: Settings = ctx.obj
    found = _catalogue(settings).find(workflow)
    data = {
        "workflow": found.name, "version": found.version, "title": found.title, "kind": found.kind,
        "source": found.source, "hash": found.hash, "start": found.start,
        "stages": [{"stage": s.name, "title": s.title, "end": s.end} for s in found.stages.values()],
        "steps": [{"step": s.name, "title": s.title, "from": list(s.sources), "to": s.to, "track": s.track,
                   "by": list(s.by), "asks": [{"requirement": r.key, "strength": r.strength, "says": r.says,
                                               "when": {name: list(wanted) for name, wanted in r.when}}
                                              for r in s.requirements]} for s in found.steps.values()],
        "profile": found.profile or None, "choose": found.choose or None, "option_of": found.option_of or None,
        "options": [{"option": o.answer, "title": o.title, "says": o.says, "conversations": o.conversations,
                     "meetings": o.meetings, "strength": o.strength} for o in found.options.values()],
        "records": [{"record": k.name, "title": k.title, "by": list(k.by),
                     "fields": [{"field": f.name, "ask": f.ask, "type": f.type, "required": f.required,
                                 "options": list(f.options)} for f in k.fields.values()]}
                    for k in found.records.values()],
        "expectations": [{"expectation": e.name, "title": e.title, "shown_only": e.shown_only,
                          "indicative": str(e.indicative) if e.indicative else None}
                         for e in found.expectations.values()],
        "reasons": [{"code": r.code, "title": r.title, "class": r.group} for r in found.reasons.values()],
        "roles": [{"role": r.name, "title": r.title, "office": r.office} for r in found.roles.values()],
    }  # fmt: skip
    emit(data, settings, lambda: in_words(found))


def check(
    ctx: typer.Context,
    workflow: list[str] | None = typer.Argument(None, metavar="[WORKFLOW]...", help="Names or files."),
) -> None:
    """Every fault of a workflow at once: where it is and what to write instead. Exit status 2 when there is one."""
    settings: Settings = ctx.obj
    faults = _faults_of(settings, workflow or [])
    keys = ("where", "line", "place", "says", "remedy")
    data = {"ok": not faults, "faults": [{key: getattr(fault, key) for key in keys} for fault in faults]}
    emit(data, settings, lambda: "\n".join(map(str, faults)) or "No fault found.")
    if faults:
        raise typer.Exit(2)


def _faults_of(settings: Settings, named: list[str]) -> list[Fault]:
    from workflows.errors import WorkflowFaulty
    from workflows.reading import load

    catalogue = _catalogue(settings)
    faults = [] if named else list(catalogue.faults())
    for one in named or catalogue.names():
        if one.endswith(".toml") or "/" in one or "\\" in one:
            path = Path(one).expanduser()
            definition, found = load(path)
            faults += found or (catalogue.claimed(definition, path) if definition else ())
            continue
        try:
            catalogue.find(one)
        except WorkflowFaulty as wrong:
            faults += [fault for fault in wrong.faults if fault not in faults]
    return faults


def map_(
    ctx: typer.Context,
    workflow: str = typer.Argument("", metavar="[WORKFLOW]", help="A name, NAME@VERSION, or the path of a file."),
    case: str = typer.Option("", "--case", metavar="CASE", help="The workflow of this case, with where it stands."),
    mermaid: bool = typer.Option(False, "--mermaid", help="As Mermaid text, for a document."),
) -> None:
    """The map of a workflow: its stages, the steps between them, and what goes on beside."""
    from casereview.errors import CaseReviewError
    from workflows.diagram import as_mermaid, as_terminal

    settings: Settings = ctx.obj
    if bool(workflow) == bool(case):
        raise CaseReviewError("the map of what?", remedy="Give a WORKFLOW, or --case CASE.")
    at: str | None = None
    tracks: dict[str, str] = {}
    if case:
        from casereview.service.reading import show as read

        seen = read(open_desk(settings), parse_ref(case))
        found, at = seen.definition, seen.case.main.stage
        tracks = {name: visit.stage for name, visit in seen.case.tracks.items()}
    else:
        found = _catalogue(settings).find(workflow)
    text = as_mermaid(found) if mermaid else as_terminal(found, at, tracks)
    data = {"workflow": found.name, "version": found.version, "at": at, "tracks": tracks, "map": text}
    emit(data, settings, text)
