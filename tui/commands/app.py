"""The command line as a whole: its commands, and the options that may stand before or after any of them."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup, TyperOption
from typer.main import get_command

if TYPE_CHECKING:
    from tui.start import Settings

NAME = "casereview"
PARTS = ("look", "oversee", "people", "store", "workflows", "exchange",
         "act_steps", "act_time", "act_family", "act_people")  # fmt: skip
SHARED = "shared_"  # keeps them apart from a command's own parameters of the same name
GLOBAL = ("store", "person", "today", "json", "debug", "no_screen")
HELP = """Reviews and assessments: steps, reasons, dates and what the family was told.

Without a command, the screens open (in a pipe: the overdue register is printed).
Exit status: 0 done, 1 refused or not found, 2 wrong usage or bad input."""
EPILOG = "The options of `casereview --help` (--store, --as, --today, --json) may stand here too."


def _keep(ctx: typer.Context, param: typer.CallbackParam, value: str | None) -> str | None:
    """Whatever stands later on the line wins; what is not given leaves the environment's word."""
    if value and param.name:
        setattr(ctx.obj, param.name.removeprefix(SHARED), value)
    return value


def _version(value: bool) -> None:
    if value:
        from casereview import __version__

        typer.echo(f"{NAME} {__version__}")
        raise typer.Exit(0)


def _start(
    ctx: typer.Context,
    store: str = typer.Option(
        None, "--store", metavar="PATH|URL", callback=_keep,
        help="Which store: a file, or postgresql://… (or CASEREVIEW_STORE).",
    ),
    person: str = typer.Option(
        None, "--as", metavar="PERSON", callback=_keep,
        help="Who acts: id, login or name; written down as such (or CASEREVIEW_USER).",
    ),
    today: str = typer.Option(
        None, "--today", metavar="DATE", callback=_keep,
        help="Look as if it were that day; write only on a practice store (or CASEREVIEW_TODAY).",
    ),
    json: bool = typer.Option(False, "--json", callback=_keep, help="Print JSON, errors included (on stderr)."),
    debug: bool = typer.Option(False, "--debug", callback=_keep, help="Show the traceback of an error."),
    no_screen: bool = typer.Option(False, "--no-screen", callback=_keep, help="Never open the full screen."),
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:  # fmt: skip
    if ctx.invoked_subcommand is None:
        from tui.commands.oversee import open_screens

        open_screens(ctx.obj)


def application() -> typer.Typer:
    """Every command, before the shared options are added to each."""
    app = typer.Typer(
        name=NAME, help=HELP, rich_markup_mode=None, pretty_exceptions_enable=False, suggest_commands=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )  # fmt: skip
    app.callback(invoke_without_command=True)(_start)
    for part in PARTS:
        name = f"tui.commands.{part}"
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError as missing:
            if missing.name != name:
                raise
            continue
        module.register(app)
    return app


def build() -> TyperGroup:
    """The commands, each of which takes the shared options as well."""
    group = get_command(application())
    assert isinstance(group, TyperGroup)
    shared = []
    for option in group.params:
        if isinstance(option, TyperOption) and option.name in (*GLOBAL, "version"):
            option.expose_value = option.name not in GLOBAL and option.name != "version"
            if option.name in GLOBAL:
                shared.append(option)
    _share(group, shared)
    return group


def _share(group: TyperGroup, shared: Sequence[TyperOption]) -> None:
    for command in group.commands.values():
        for option in shared:
            again = copy.copy(option)
            again.name = f"{SHARED}{option.name}"  # `people office PERSON` is not who acts
            again.hidden = True
            command.params.append(again)
        command.epilog = command.epilog or EPILOG
        if isinstance(command, TyperGroup):
            _share(command, shared)


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Runs one command line. Raises CaseReviewError and typer's usage errors for the caller to word."""
    result = build().main(args=list(arguments), prog_name=NAME, standalone_mode=False, obj=settings)
    return result if isinstance(result, int) else 0
