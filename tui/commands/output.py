"""What the command line prints: JSON with stable keys, plain tables cut to the terminal, errors on one line."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casereview.errors import CaseReviewError
from casereview.text import shown
from casereview.words import standing_word
from tui.start import PipeClosed

if TYPE_CHECKING:
    from casereview.describe import Names
    from casereview.service.desk import Done
    from casereview.views import CaseRow, RegisterRow
    from tui.start import Settings

NARROWEST = 8  # columns a cell keeps even on a very narrow terminal
PIPED_WIDTH = 10_000  # into a file or another program nothing is cut
BOLD, PLAIN = "\ue0f0", "\ue0f1"  # stand for the two escape sequences until all other text is made safe
HIDDEN = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")


# ---- printing -------------------------------------------------------------------------------------------------
def emit(data: Any, settings: Settings, text: str | Callable[[], str] = "") -> None:
    """Prints `data` as JSON with --json, and otherwise `text` (called only then, when it is a function)."""
    if settings.json:
        _write(_json(data, indent=2))
    else:
        say(text() if callable(text) else text)


def emit_done(done: Done, settings: Settings, also: Sequence[str] = (), **more: Any) -> None:
    """What a command brought about: a sentence for each fact, and with --json the case as it now stands.

    `also` are further lines for a reader (what became due, whom to tell); `more` are further JSON keys.
    """
    case = done.case
    data = {"case": case.ref, "stage": case.main.stage, "number": case.number, "says": list(done.says), **more}
    emit(data, settings, lambda: "\n".join([f"{case.ref}: {shown(line)}" for line in done.says] + list(also)))


def say(text: str) -> None:
    """Prints text, nothing of which can drive a terminal, whoever wrote it; only `bold` is let through."""
    if text:
        _write(shown(text, one_line=False).replace(BOLD, "\x1b[1m").replace(PLAIN, "\x1b[0m"))


def _write(text: str) -> None:
    """Written out at once, so that a closed pipe is noticed here and nowhere else."""
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise PipeClosed from None


def _json(data: Any, indent: int | None = None) -> str:
    text = json.dumps(data, default=plain, ensure_ascii=False, indent=indent)
    return HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def note(text: str) -> None:
    """A word about what is going on, kept out of what other programs read."""
    print(shown(text, one_line=False), file=sys.stderr, flush=True)


def plain(value: Any) -> Any:
    """What JSON has no form for: dates as ISO text, dataclasses as objects."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, frozenset | set | tuple):
        return sorted(value) if isinstance(value, frozenset | set) else list(value)
    return str(value)


# ---- the terminal ---------------------------------------------------------------------------------------------
def width() -> int:
    """Columns to write in: the terminal's, or no limit where the output is not a terminal."""
    return shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else PIPED_WIDTH


def colour() -> bool:
    """Whether bold and the like may be used at all."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty():
        return False
    return os.name != "nt" or "WT_SESSION" in os.environ


def bold(text: str) -> str:
    """A heading on a terminal; the same text anywhere else. `text` must have been through `shown`."""
    return f"{BOLD}{text}{PLAIN}" if colour() else text


def columns(heads: Sequence[str], rows: Iterable[Sequence[object]], *, whole: int = 1) -> str:
    """A table of plain columns. Everything is text to show, never markup; long cells end in "…".

    Cells are as wide as they need to be; on a terminal the widest ones give way until a line fits, except in
    the first `whole` columns: half a reference or half a date is of no use.
    """
    cells = [[cell(value) for value in row] for row in rows]
    widths = [max([_wide(head), *(_wide(row[at]) for row in cells)]) for at, head in enumerate(heads)]
    if (wide := width()) < PIPED_WIDTH:
        widths = [*widths[:whole], *(min(one, wide) for one in widths[whole:])]
    spare = wide - 2 * (len(heads) - 1) - sum(widths) if wide < PIPED_WIDTH else 0
    while spare < 0 and max(widths[whole:], default=0) > NARROWEST:
        widths[widths.index(max(widths[whole:]), whole)] -= 1
        spare += 1
    lines = [bold(_line(heads, widths))]
    return "\n".join(lines + [_line(row, widths) for row in cells])


def cell(value: object) -> str:
    """One value as a person reads it in a table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return shown(str(value))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    cut = [shown(text, width=wide) for text, wide in zip(cells, widths, strict=True)]
    return "  ".join(text + " " * (wide - _wide(text)) for text, wide in zip(cut, widths, strict=True)).rstrip()


def _wide(text: str) -> int:
    """Columns taken; `shown` has made sure that only printable characters are left."""
    import unicodedata

    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """Long text over several lines, cut to the terminal; its own lines are kept."""
    import textwrap

    wide = min(width(), 100)
    lines: list[str] = []
    for line in shown(text, one_line=False).splitlines() or [""]:
        lead = first if first is not None and not lines else indent
        lines += textwrap.wrap(line, wide, initial_indent=lead, subsequent_indent=indent) or [lead.rstrip()]
    return "\n".join(lines)


# ---- rows as other programs read them --------------------------------------------------------------------------
def case_row_json(row: CaseRow) -> dict[str, Any]:
    """A case row: the stable keys first, then further ones."""
    return {
        "case": row.case, "title": row.title, "workflow": row.workflow, "version": row.version,
        "stage": row.stage, "opened": row.opened, "closed": row.closed, "worker": row.worker, "team": row.team,
        "standing": row.standing or None,
        "stage_title": row.stage_title, "worker_name": row.worker_name or None, "team_name": row.team_name or None,
        "kind": row.kind, "restricted": row.restricted, "imported": row.imported, "number": row.number,
    }  # fmt: skip


def overdue_row_json(row: RegisterRow, names: Names) -> dict[str, Any]:
    """A register row: the case row, the expectation's dates, the reason, the answer and the family's news."""
    seen, details = row.expectation, row.expectation.details
    return {
        **case_row_json(row.row),
        "expectation": seen.expectation, "expectation_title": seen.title, "started": seen.started,
        "indicative_date": seen.indicative, "agreed_date": seen.agreed,
        "working_days": row.working_days, "beyond": row.beyond,
        "reason": _reason(details.get("reason"), names), "answer": _answer(details.get("answer"), names),
        "newer_reason": _reason(details.get("newer_reason"), names),
        "family": {key: details.get("family", {}).get(key) for key in ("told_on", "promised_on", "exception")},
        "case_standing": row.case_standing or None,
        "ended": seen.ended, "statutory_date": seen.statutory, "urgent_target": seen.target,
        "next_checkpoint": seen.next_checkpoint,
        "live_until": seen.live_until, "missing": list(details.get("missing", ())),
        "waiting": list(details.get("waiting", ())),
    }  # fmt: skip


def _reason(reason: Mapping[str, Any] | None, names: Names) -> dict[str, Any] | None:
    if reason is None:
        return None
    found = {key: reason.get(key) for key in ("code", "text", "effect", "by", "on", "proposed", "action")}
    return {**found, "class": reason.get("group"), "by_name": names.person(reason.get("by"))}


def _answer(answer: Mapping[str, Any] | None, names: Names) -> dict[str, Any] | None:
    if answer is None:
        return None
    found = {key: answer.get(key) for key in ("decision", "text", "by", "on", "until")}
    return {**found, "by_name": names.person(answer.get("by"))}


def standing_cell(standing: str) -> str:
    """Such as "= longer, justified": told apart without colour."""
    word = standing_word(standing)
    return f"{word.sign} {word.words}"


# ---- errors -----------------------------------------------------------------------------------------------------
def print_error(problem: Exception, settings: Settings) -> int:
    """One line on stderr (a JSON object with --json), everything a refusal asks for below it; the exit status."""
    says, where, remedy, status = _worded(problem)
    refusal = getattr(problem, "refusal", None)
    unmet = list(refusal.unmet) if refusal is not None else []
    pointed = getattr(problem, "pointed", ())  # where in a query it is wrong
    if settings.json:
        data: dict[str, Any] = {"error": says, "where": where, "remedy": remedy}
        if refusal is not None:
            data["unmet"] = [dataclasses.asdict(one) for one in unmet]
        if pointed:
            data |= {"query": getattr(problem, "text", ""), "position": getattr(problem, "at", 0)}
        print(_json(data), file=sys.stderr, flush=True)
        return status
    place = f"{shown(where)}: " if where else ""
    says = shown(says) if not remedy or says.rstrip().endswith((".", "!", "?", ":")) else f"{shown(says)}."
    note(f"error: {place}{says}{' ' + shown(remedy) if remedy else ''}")
    for line in pointed:
        print(f"  {line}", file=sys.stderr, flush=True)  # made safe already; its spaces point at the place
    for one in unmet:
        note(unmet_lines(one))
    return status


def unmet_lines(one: Any) -> str:
    """What is missing, who can supply it and the command that does (law 5)."""
    strength = "must" if one.strength == "must" else "expected"
    lines = [f"  ✗ {shown(one.says)}  [{strength}]"]
    if one.who:
        lines.append(f"      who: {shown(one.who)}")
    if one.command:
        lines.append(f"      run: {shown(one.command)}")
    if one.set_aside:
        lines.append(f"      or set it aside: {shown(one.set_aside)}")
    return "\n".join(lines)


def _worded(problem: Exception) -> tuple[str, str | None, str | None, int]:
    from workflows.errors import WorkflowError, WorkflowNotFound

    if isinstance(problem, CaseReviewError):
        return problem.says, problem.where, problem.remedy, problem.status
    if isinstance(problem, WorkflowError):
        return problem.says, problem.where, problem.remedy, 1 if isinstance(problem, WorkflowNotFound) else 2
    usage = getattr(problem, "format_message", None)
    if usage is not None:
        context = getattr(problem, "ctx", None)
        path = context.command_path if context is not None else "casereview"
        if type(problem).__name__ == "NoArgsIsHelpError" and context is not None:  # its words are the whole help
            known = ", ".join(context.command.list_commands(context))
            return f"{path} what? One of: {known}", None, f"See: {path} --help", 2
        takes_terms = context is not None and any(one.name == "terms" for one in context.command.params)
        if type(problem).__name__ == "NoSuchOption" and takes_terms:
            return str(usage()), None, f"To turn a term of a query round, write: not TERM. See: {path} --help", 2
        return str(usage()), None, f"See: {path} --help", 2
    if type(problem).__name__ == "Abort":
        return "stopped; nothing was changed", None, None, 130
    # Its own words may hold what was written about a case.
    kind = type(problem).__name__
    remedy = "It is a fault of this program: --debug shows the traceback."
    return f"something unexpected happened ({kind})", None, remedy, 2
