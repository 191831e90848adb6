"""Records written at leisure in a text file: a blank form with its questions, and reading filled ones back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from casereview.commands import AddRecord
from casereview.errors import CaseReviewError, did_you_mean
from casereview.events import Entry, Recorded
from casereview.text import shown
from tui.commands import asking, output

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from casereview.service.desk import Desk, Done
    from workflows.definition import Field, RecordKind

Values = dict[str, str | list[str]]
_HEAD = re.compile(r"\[([A-Za-z][A-Za-z0-9_-]*)\][ \t]*(.*)")
_NEXT = re.compile(r"={4,}[ \t]*")


def blank(kind: RecordKind) -> str:
    """A form of a kind of record to fill in: each question as a remark, its field below."""
    lines = [
        f"# {kind.title}", *([f"# {kind.says}"] if kind.says else []),
        "# Lines that begin with # are left out. A field may be left empty. Several to a file: a line of ==== between.",
    ]  # fmt: skip
    for field in kind.fields.values():
        required = " (required)" if field.required else ""
        lines += ["", f"# {asking.question(field)}{required}"]
        lines += [f"# one of: {'; '.join(field.options)}"] if field.options else []
        lines += ["# one to a line"] if field.type == "lines" else []
        lines.append(f"[{field.name}]")
    return shown("\n".join(lines), one_line=False)


def filled(path: str, kind: RecordKind) -> list[Values]:
    """Every record of a filled-in form; `-` is what comes in. Raises CaseReviewError with the line that is wrong."""
    text = asking.text_of("-" if path == "-" else f"@{path}", shown(Path(path).name) if path != "-" else "the form")
    entries: list[dict[str, list[str]]] = [{}]
    now: list[str] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#"):
            continue
        if _NEXT.fullmatch(line):
            entries.append({})
            now = None
        elif head := _HEAD.fullmatch(line):
            now = _begun(entries[-1], head[1], kind, f"{shown(path)}, line {number}")
            now.append(head[2])
        elif now is not None:
            now.append(line)
        elif line.strip():
            raise CaseReviewError(
                "This stands before any field.", where=f"{shown(path)}, line {number}",
                remedy="Begin with the name of a field in square brackets, as in [title].",
            )  # fmt: skip
    found = [_values(entry, kind) for entry in entries]
    found = [values for values in found if values]
    if not found:
        raise CaseReviewError("Nothing is filled in.", where=shown(path))
    return found


def _begun(entry: dict[str, list[str]], name: str, kind: RecordKind, where: str) -> list[str]:
    if name not in kind.fields:
        nearest = did_you_mean(name, kind.fields)
        raise CaseReviewError(
            f"{shown(name, width=60)!r} is not a field of “{kind.title}”.", where=where,
            remedy=f"{nearest} A line of the text itself that looks so: put a space before it.".strip(),
        )  # fmt: skip
    if name in entry:
        raise CaseReviewError(f"[{name}] is filled in twice.", where=where, remedy="Put ==== between two records.")
    entry[name] = []
    return entry[name]


def _values(entry: Mapping[str, Sequence[str]], kind: RecordKind) -> Values:
    values: Values = {}
    for name, lines in entry.items():
        text = "\n".join(lines).strip()
        if text:
            values[name] = _value(kind.fields[name], text)
    return values


def _value(field: Field, text: str) -> str | list[str]:
    if field.type == "lines":  # a ; within a line belongs to it here
        return [line.strip() for line in text.split("\n") if line.strip()]
    return text


def together(entries: Sequence[Values], given: Mapping[str, str | list[str]], path: str) -> list[Values]:
    """Each with what was given on the line for all of them. Raises CaseReviewError for a field given in both places."""
    twice = sorted({name for entry in entries for name in entry} & set(given))
    if twice:
        raise CaseReviewError(f"{', '.join(twice)}: given on the line and in the file as well.", where=shown(path))
    return [{**given, **entry} for entry in entries]


def one_with(given: Mapping[str, str | list[str]], path: str, kind: RecordKind) -> Values:
    """The one record of a filled-in form, with what was given on the line: for a correction."""
    found = together(filled(path, kind), given, path)
    if len(found) != 1:
        raise CaseReviewError("More than one record is in it; one is corrected at a time.", where=shown(path))
    return found[0]


def numbers(done: Done) -> list[int]:
    """The numbers of the records that were written down."""
    return [entry.number for entry in done.entries if isinstance(entry.event, Recorded)]


def written(found: Sequence[int]) -> str:
    """What they can be named by, in a line."""
    several = f"They are records {', '.join(map(str, found[:-1]))} and {found[-1]}." if len(found) > 1 else ""
    return f"  {several or f'It is record {found[0]}.'}"


def write_down(desk: Desk, ref: str, kind: str, entries: Sequence[Values], on: date | None) -> Done:
    """All of them in one transaction: nothing is written by halves. Says which one was refused."""
    from casereview.service.desk import Done

    facts: list[Entry] = []
    says: list[str] = []
    with desk.writing() as work:
        case = desk.case(work, ref)
        for number, values in enumerate(entries, 1):
            with _saying_which(number, len(entries)):
                done = desk.do_in(work, ref, AddRecord(kind, dict(values), on))
            case = done.case
            facts += done.entries
            says += done.says
    return Done(case, tuple(facts), tuple(says))


@contextmanager
def _saying_which(number: int, of: int) -> Iterator[None]:
    try:
        yield
    except CaseReviewError:
        if of > 1:
            output.note(f"In record {number} of {of} in the file; none of them was written down.")
        raise
