"""The command line as a whole: its commands, loaded when they are asked for, and the options all of them share."""

from __future__ import annotations

import copy
import importlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup, TyperOption
from typer.main import get_command, get_group

from tui.commands.index import COMMANDS

if TYPE_CHECKING:
    from tui.start import Settings

NAME = "casereview"
# The modules that hold the commands, and the heading each has in the help; the order is that of the help.
PARTS = {
    "look": "Look", "oversee": "Look", "queries": "Look", "views": "Look", "morning": "Look", "overrides": "Look",
    "figures": "Oversight", "families": "Oversight", "blockages": "Oversight",
    "quality": "Oversight", "report": "Oversight", "returns": "Oversight",
    "act_steps": "Work on a case", "review": "Work on a case", "versions": "Work on a case",
    "act_time": "Time and reasons",
    "act_family": "The child and the family", "act_people": "People on a case, and who may know of it",
    "bulk": "People on a case, and who may know of it", "identity": "People on a case, and who may know of it",
    "narrative": "Reviews", "episodes": "Reviews",
    "findings": "Reviews", "prompts": "Reviews",
    "commissioning": "Reviews", "gathering": "Reviews", "publishing": "Reviews", "scanning": "Reviews",
    "actions": "Learning across reviews", "pool": "Learning across reviews", "packs": "Learning across reviews",
    "recommendations": "Learning across reviews", "reviewers": "Learning across reviews",
    "people": "People, teams and children", "workflows": "Workflows",
    "profiles": "Workflows", "clocks": "Workflows", "exchange": "In and out", "store": "The store",
}  # fmt: skip
AGAIN = "shared_"  # what the shared options are called where they stand after a command
SHARED = ("store", "person", "today", "json", "debug", "no_screen")
HELP = """Reviews and assessments: steps, reasons, dates and what the family was told.

Without a command, the screens open (in a pipe: the overdue register is printed).

Exit status: 0 done, 1 refused or not found, 2 wrong usage or bad input."""
EPILOG = "The options of `casereview --help` (--store, --as, --today, --json) may stand here too."


class Commands(TyperGroup):
    """Knows every command by name; imports the module of one only when that one is asked for.

    Importing them all takes longer than everything else that `--help` does.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in self.commands and cmd_name in COMMANDS:
            self.commands.update(commands_of(COMMANDS[cmd_name][0]))
            _share(self.commands.values(), self.params)
        if cmd_name not in self.commands and not ctx.resilient_parsing:
            from casereview.errors import CaseReviewError, did_you_mean
            from casereview.text import shown

            says = f"there is no command {shown(cmd_name, width=60)!r}"
            raise CaseReviewError(says, remedy=f"{did_you_mean(cmd_name, COMMANDS)} See: casereview --help")
        return self.commands.get(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        for heading in dict.fromkeys(PARTS.values()):
            with formatter.section(heading):
                formatter.write_dl([(n, says) for n, (part, says) in COMMANDS.items() if PARTS[part] == heading])


def commands_of(part: str) -> dict[str, Any]:
    """The commands a module adds, by name."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    importlib.import_module(f"tui.commands.{part}").register(app)
    return dict(get_group(app).commands)


def _keep(ctx: typer.Context, param: typer.CallbackParam, value: str | None) -> str | None:
    """Whatever stands later on the line wins; what is not given leaves the environment's word."""
    if value and param.name:
        name = param.name.removeprefix(AGAIN)
        setattr(ctx.obj, name, value)
        ctx.obj.typed.add(name)
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


def build() -> Commands:
    """The whole command line. Nothing of a command is imported yet."""
    app = typer.Typer(
        name=NAME, cls=Commands, help=HELP, rich_markup_mode=None, pretty_exceptions_enable=False,
        suggest_commands=False, context_settings={"help_option_names": ["-h", "--help"]},
    )  # fmt: skip
    app.callback(invoke_without_command=True)(_start)
    group = get_command(app)
    assert isinstance(group, Commands)
    for option in group.params:
        if option.name in (*SHARED, "version"):  # their callbacks keep them; typer's own options stay as they are
            option.expose_value = False
    return group


def _share(commands: Iterable[Any], params: Sequence[Any]) -> None:
    """Gives every command the shared options as well, once, so that they may stand after it."""
    shared = [one for one in params if isinstance(one, TyperOption) and one.name in SHARED]
    for command in commands:
        if command.epilog == EPILOG:
            continue
        command.epilog = EPILOG
        for option in shared:
            again = copy.copy(option)
            again.hidden = True
            # Or `people office PERSON` would take whom it is about for whoever acts.
            again.name = f"{AGAIN}{option.name}"
            command.params.append(again)
        if isinstance(command, TyperGroup):
            _share(command.commands.values(), shared)


def run(arguments: Sequence[str], settings: Settings) -> int:
    """Runs one command line. Raises CaseReviewError and typer's usage errors for the caller to word."""
    result = build().main(args=list(arguments), prog_name=NAME, standalone_mode=False, obj=settings)
    return result if isinstance(result, int) else 0
