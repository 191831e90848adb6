"""Asking a person: fields on the line, from a file, in an editor or at a prompt, and a yes where it is needed."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from casereview.errors import CaseReviewError, did_you_mean
from casereview.text import TEXT_LIMIT, clean, shown

if TYPE_CHECKING:
    from workflows.definition import Field, RecordKind


def at_a_terminal() -> bool:
    """Whether there is somebody to ask: both what is typed and what is shown go to a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


# ---- text from elsewhere -------------------------------------------------------------------------------------
def text_of(value: str, what: str) -> str:
    """`@path` is the text of that file and `-` what comes in on standard input; anything else is itself.

    Cleaned, and at most `casereview.text.TEXT_LIMIT` bytes. Raises CaseReviewError. `@@…` is a text that
    begins with @.
    """
    if value == "-":
        return clean(_decoded(_standard_input(), what), one_line=False, what=what)
    if value.startswith("@@"):
        return value[1:]
    if value.startswith("@") and len(value) > 1:
        return clean(_decoded(_file(Path(value[1:]).expanduser(), what), what), one_line=False, what=what)
    return value


def _standard_input() -> bytes:
    return sys.stdin.buffer.read(TEXT_LIMIT + 1)


def _file(path: Path, what: str) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise CaseReviewError(f"{shown(str(path))} is not a file.", where=what)
        with path.open("rb") as file:
            return file.read(TEXT_LIMIT + 1)
    except (OSError, ValueError) as wrong:
        reason = getattr(wrong, "strerror", None) or str(wrong)
        remedy = "Give a file that exists, or write @@ for a text that begins with @."
        raise CaseReviewError(f"{shown(str(path))} cannot be read: {reason}.", where=what, remedy=remedy) from None


def _decoded(content: bytes, what: str) -> str:
    if len(content) > TEXT_LIMIT:
        raise CaseReviewError(f"This is more than {TEXT_LIMIT} bytes.", where=what, remedy="Keep to what matters.")
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise CaseReviewError("This is not UTF-8 text.", where=what, remedy="Save it again as UTF-8.") from None


# ---- fields of a record ---------------------------------------------------------------------------------------
def pairs(given: Sequence[str]) -> dict[str, str | list[str]]:
    """`field=value` as typed; a field given more than once is a list. Raises CaseReviewError."""
    values: dict[str, str | list[str]] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name.strip():
            raise CaseReviewError(
                f"{shown(one, width=60)!r} is not a field and its value.",
                remedy="Write field=value, such as held_on=today.",
            )
        name = name.strip()
        text = text_of(value, name)
        old = values.get(name)
        values[name] = text if old is None else [*(old if isinstance(old, list) else [old]), text]
    return values


def ask_fields(
    kind: RecordKind,
    given: Sequence[str],
    *,
    interactive: bool | None = None,
    edit: bool = False,
    before: Mapping[str, object] | None = None,
) -> dict[str, str | list[str]]:
    """The values of a record: those on the line, then, at a terminal, what is required and still missing.

    edit         opens the editor for every long text that was not given on the line
    before       what the record holds already (a correction): nothing of that is asked for again
    interactive  whether to ask at all; None: only when there is somebody to ask
    Raises CaseReviewError for a field the record does not have. Values are checked where they are kept.
    """
    values = pairs(given)
    for name in values:
        if name not in kind.fields:
            remedy = did_you_mean(name, kind.fields)
            raise CaseReviewError(f"{shown(name, width=60)!r} is not a field of “{kind.title}”.", remedy=remedy)
    known = {name for name, value in (before or {}).items() if value not in ("", None, [])}
    if edit:
        for field in kind.fields.values():
            if field.type == "long" and field.name not in values:
                old = str((before or {}).get(field.name) or "")
                text = in_editor(question(field), old)
                if text and text != old:
                    values[field.name] = text
    if at_a_terminal() if interactive is None else interactive:
        for field in kind.fields.values():
            if field.required and field.name not in values and field.name not in known:
                values[field.name] = ask_field(field)
    return values


def question(field: Field) -> str:
    """What a field asks, and what it says about the answer."""
    parts = [field.ask, field.says, f"(for: {field.reader})" if field.reader else ""]
    return " ".join(part for part in parts if part)


def ask_field(field: Field) -> str:
    """Asks for one field at the prompt; a long text is opened in the editor where one is set."""
    if field.type == "long" and (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        return in_editor(question(field))
    hint = {"date": " (date)", "yes-no": " (yes/no)", "number": " (number)"}.get(field.type, "")
    if field.options:
        return choose(question(field), field.options, several=field.type == "choices")
    return ask(f"{question(field)}{hint}")


# ---- at the prompt -----------------------------------------------------------------------------------------------
def ask(what: str, default: str = "") -> str:
    """One line at the prompt, asked again until something is answered. Raises CaseReviewError without a terminal."""
    if not at_a_terminal():
        raise CaseReviewError(f"this is still needed: {what}", remedy="Give it on the line; see --help.")
    while True:
        answer = _typed(f"{shown(what, one_line=False)}{f' [{shown(default)}]' if default else ''}\n> ") or default
        if answer:
            return answer


def choose(what: str, options: Sequence[str], *, several: bool = False) -> str:
    """One of the options (or several, by commas), by number or word; the word is what is returned."""
    listed = "\n".join(f"  {number}  {shown(option)}" for number, option in enumerate(options, start=1))
    while True:
        typed = ask(f"{what}\n{listed}" if sys.stdout.isatty() else what)
        picked = [_picked(one.strip(), options) for one in (typed.split(",") if several else [typed])]
        found = [one for one in picked if one is not None]
        if found and len(found) == len(picked):
            return ", ".join(found)
        print(did_you_mean(typed, options), file=sys.stderr)


def _picked(typed: str, options: Sequence[str]) -> str | None:
    if typed.isdigit() and 1 <= int(typed) <= len(options):
        return options[int(typed) - 1]
    return next((one for one in options if one.casefold() == typed.casefold()), None)


def confirm(what: str, yes: bool) -> None:
    """Goes on only with --yes or a yes at the prompt. Raises CaseReviewError where there is nobody to ask."""
    if yes:
        return
    if not at_a_terminal():
        raise CaseReviewError(f"{what} This asks to be confirmed.", remedy="Add --yes.")
    if _typed(f"{shown(what)} [y/N] ").casefold() not in ("y", "yes"):
        raise CaseReviewError("nothing was changed")


def _typed(prompt: str) -> str:
    try:
        return clean(input(prompt))
    except EOFError:
        raise CaseReviewError("nothing was typed; nothing was changed") from None


# ---- in the editor -----------------------------------------------------------------------------------------------
def in_editor(what: str, text: str = "") -> str:
    """Opens $VISUAL or $EDITOR on a private file with the question on top; what is left below it.

    Raises CaseReviewError when no editor is set or it fails, or when the text cannot be kept; then the file stays.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        raise CaseReviewError("no editor is set", remedy="Set EDITOR, or give the text as field=@FILE.")
    comment = "".join(f"# {line}\n" for line in shown(what, one_line=False).splitlines())
    handle, name = tempfile.mkstemp(prefix="casereview-", suffix=".txt")  # readable by this person only
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{comment}# Lines that begin with # are left out.\n{text}\n")
        words = shlex.split(command, posix=os.name != "nt")
        if subprocess.run([*words, name], check=False).returncode != 0:
            raise CaseReviewError("the editor ended with an error; nothing was changed", where=shown(command))
    except BaseException as wrong:
        _discard(path)
        if not isinstance(wrong, OSError):
            raise
        raise CaseReviewError(f"the editor cannot be started: {wrong.strerror}", where=shown(command)) from None
    written = _written(path)
    _discard(path)
    return written


def _written(path: Path) -> str:
    """What was written, without the lines of the question. Where it cannot be kept, the file stays: it is work."""
    try:
        written = _decoded(_file(path, "the editor"), "the editor")
        kept = [line for line in written.splitlines() if not line.startswith("#")]
        return clean("\n".join(kept).strip(), one_line=False, what="the editor")
    except CaseReviewError as wrong:
        raise CaseReviewError(wrong.says, where=wrong.where, remedy=f"What you wrote is still in {path}") from None


def _discard(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
