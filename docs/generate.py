"""Writes docs/command-line.md and the index of commands from the commands themselves: python docs/generate.py"""
# ruff: noqa: E501 (rows of Markdown tables cannot be broken)

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

INDEX = ROOT / "tui" / "commands" / "index.py"
REFERENCE = ROOT / "docs" / "command-line.md"
SHORT = 64


def index() -> str:
    """The names of all commands with the module and one line of help, so that `--help` need import none of them."""
    if not INDEX.exists():
        INDEX.write_text("COMMANDS: dict[str, tuple[str, str]] = {}\n", "utf-8")
    from tui.commands.app import PARTS, commands_of

    lines = ['"""Every command: the module it is in and its line of help. Written by docs/generate.py."""', "",
             "from __future__ import annotations", "", "COMMANDS: dict[str, tuple[str, str]] = {"]  # fmt: skip
    for part in PARTS:
        for name, command in commands_of(part).items():
            lines.append(f"    {quoted(name)}: ({quoted(part)}, {quoted(short(command.help or ''))}),")
    return "\n".join([*lines, "}", ""])


def short(help: str) -> str:
    """The first sentence, as far as it fits a line of the list of commands, cut where a person would pause."""
    sentence = re.split(r"(?<=\.) ", " ".join(help.split()))[0].removesuffix(".")
    if len(sentence) > SHORT:
        parts = re.split(r"(?=[:;,] )", sentence)
        while len(parts) > 1 and len("".join(parts)) > SHORT:
            parts.pop()
        sentence = "".join(parts)
    return sentence if len(sentence) <= SHORT else f"{sentence[: SHORT - 1].rsplit(' ', 1)[0]}…"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def reference() -> str:
    """The reference of the command line in Markdown."""
    from tui.commands.app import PARTS, build, commands_of

    group = build()
    parts = [HEAD, "## Options of every command", "", *_table(_records(group, group)), ""]
    context = _context(group, "casereview")
    for heading in dict.fromkeys(PARTS.values()):
        parts += [f"## {heading}", ""]
        for part in (part for part, under in PARTS.items() if under == heading):
            for name, command in commands_of(part).items():
                parts += _command(command, f"casereview {name}", context)
    return "\n".join([*parts, TAIL])


def _command(command: Any, path: str, parent: Any) -> Iterable[str]:
    context = command.context_class(command, info_name=path.rpartition(" ")[2], parent=parent)
    usage = " ".join(command.collect_usage_pieces(context))
    yield from (f"### `{path}`", "", (command.help or "").strip(), "", "```", f"{path} {usage}".strip(), "```", "")
    rows = _records(command, command, context)
    if rows:
        yield from (*_table(rows), "")
    for name, sub in getattr(command, "commands", {}).items():
        yield from _command(sub, f"{path} {name}", context)


def _records(command: Any, owner: Any, context: Any = None) -> list[tuple[str, str]]:
    context = context or _context(owner, "casereview")
    records = [param.get_help_record(context) for param in command.params]
    return [record for record in records if record is not None and record[1]]


def _context(command: Any, name: str) -> Any:
    return command.context_class(command, info_name=name)


def _table(rows: Iterable[tuple[str, str]]) -> list[str]:
    escaped = [(left.replace("|", "\\|"), " ".join(right.split()).replace("|", "\\|")) for left, right in rows]
    return ["| | |", "|---|---|", *(f"| `{left}` | {right} |" for left, right in escaped)]


HEAD = """# The command line

Written from the program itself by `docs/generate.py`; a test fails when it is out of date.

`casereview` without a command opens the screens. Everything the screens do, a command does as well.

A case is named by its reference, such as `SA-2024-7K3QX`; small letters are fine. Dates are read as `2024-03-05`,
`5/3/2024` or `5 March 2024`, and `today` and `yesterday` work; a month written first is never guessed. Longer texts
may come from a file (`field=@notes.txt`) or from standard input (`field=-`); `@@` begins a text that starts with @.
What is still missing is asked for only at a terminal.

Exit status: 0 done; 1 refused by the workflow, or not found; 2 wrong usage or bad input; 130 interrupted. A case
that does not exist and a case that may not be known to the person who asks get the same answer.

Errors are one line on standard error. With `--json` that line is an object with `error`, `where` and `remedy`; a
refusal adds `unmet`, a list of `requirement`, `strength`, `says`, `who`, `command` and `set_aside`. Standard output
then stays empty.

Completion of commands and options: `casereview --install-completion`.
"""

TAIL = """## JSON

These keys stay; others may be added. Dates are ISO text; what is not known is `null`.

| output | keys |
|---|---|
| a case row (`cases`, `show`) | `case`, `title`, `workflow`, `version`, `stage`, `opened`, `closed`, `worker`, `team`, `standing` (the one of most concern) |
| a row of `overdue` | the case row and `expectation`, `started`, `indicative_date`, `agreed_date`, `working_days` (after the start, to today), `beyond` (working days past the earlier of the two dates), `reason` {`code`, `class`, `text`, `effect`, `by`, `on`}, `answer` {`decision`, `text`, `by`, `on`, `until`}, `family` {`told_on`, `promised_on`, `exception`} |
| `overdue` with `group:` | an object: `groups`: [`group`, `title`, `count`] over all pages, `rows`: rows with their `group` |
| `overdue --story`, `show --story` | each row, or the case, with `story`: [`about`, `says`, `missing`] |
| `view` | `name`, `query`, `list` (`register` or `cases`), `whose` (`own`, `shared`, `shipped`), `by`, `by_name`, `left`; `show` adds `rows` |
| `reassign`, `mark-seen` | `done` (with `--preview`: `would`), `refused`, `rows`: [`case`, `title`, `result`, `says`] |
| a fault of a query | an error with `query` and `position` (from 0) |
| a row of `today` | `kind` (`reason` `justification` `checkpoint` `family` `urgent` `legal` `sign-off` `date` `silence`), `case`, `title`, `expectation`, `asks`, `since` or `by`, `days` (working days from that day to today; negative while it lies ahead), `command`, `beside` (help and quality, in one line) |
| `why` | `case`, `stage`, `steps`: [`step`, `to`, `ready`, `unmet`: [`requirement`, `strength`, `says`, `who`, `command`]] |
| `explain-date` | `start`, `amount`, `unit`, `date`, `skipped`: [`date`, `why`]; for a case, a list of these with `expectation` and `what` |
| `history` | a list of `number`, `on`, `recorded_at`, `by`, `kind`, `says` |
| `journey` | `child`, `family`, `siblings`, `cases`, `repeated`, `worker_changes`, `story` |
| `import` | `read`, `created`, `updated`, `unchanged`, `refused`, `problems`: [`line`, `child`, `says`] |
| `verify` | `ok`, `entries`, `cases`, `head`, `problems` |
| an error | `error`, `where`, `remedy` |

Standings: `on_course` `checkpoint_missed` `past_agreed` `longer_unexplained` `longer_explained` `longer_justified`
`longer_lapsed` `longer_of_concern` `past_statutory` `urgent_late` `done_early` `done_within`
`done_longer_justified` `done_longer_unexplained` `done_explained_afterwards`.

## Environment

| | |
|---|---|
| `CASEREVIEW_STORE` | the store, as with `--store` |
| `CASEREVIEW_USER` | who acts, as with `--as` |
| `CASEREVIEW_TODAY` | the day, as with `--today` |
| `CASEREVIEW_WORKFLOWS` | the folder of your own workflows |
| `VISUAL`, `EDITOR` | the editor that `--edit` opens |
| `NO_COLOR` | no bold headings |
"""


if __name__ == "__main__":
    INDEX.write_text(index(), "utf-8")
    REFERENCE.write_text(reference(), "utf-8")
