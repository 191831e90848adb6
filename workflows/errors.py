"""What is wrong with a workflow, said so that the person who keeps the file can mend it; imports nothing of ours."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LONGEST_QUOTE = 60
MOST_NAMED = 14


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend in a workflow file.

    where   the file, as the person named it
    line    counted from 1; None when no single line can be named
    place   the table and key, such as "steps.plan.expected[0]"
    says    what is wrong, in a sentence
    remedy  what to write instead
    """

    where: str
    line: int | None
    place: str
    says: str
    remedy: str = ""

    def __str__(self) -> str:
        at = f"{self.where}, line {self.line}" if self.line else self.where
        place = f"{self.place}: " if self.place else ""
        return f"{at}: {place}{self.says}{f' {self.remedy}' if self.remedy else ''}"


class WorkflowError(Exception):
    """A workflow cannot be used: what happened, where, and what to do next."""

    def __init__(self, says: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(says)
        self.says = says
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.says}{f' {self.remedy}' if self.remedy else ''}"


class WorkflowNotFound(WorkflowError, LookupError):
    """No workflow of that name, version or path."""


class WorkflowFaulty(WorkflowError):
    """The file has faults; all of them are in `faults`."""

    def __init__(self, where: str, faults: Sequence[Fault]) -> None:
        count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(
            f"This workflow cannot be used: {count}.",
            where=where,
            remedy=" ".join(str(fault) for fault in faults[:1]),
        )
        self.faults = tuple(faults)


def visible(text: object, longest: int = 200) -> str:
    """What the file says, shortened, with unprintable characters spelled out."""
    given = str(text)
    given = given if len(given) <= longest else f"{given[: longest - 3]}..."
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in given)


def quoted(text: object) -> str:
    """What the file says, to be named in a message."""
    return f'"{visible(text, LONGEST_QUOTE)}"'


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name closest in spelling, or None when nothing is near."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A remedy: the nearest spelling if there is one, otherwise what there is to choose from."""
    names = sorted(set(known))
    near = nearest(name, names)
    if near is not None:
        return f"Did you mean {quoted(near)}?"
    if not names:
        return "The file declares none yet."
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"Choose from: {', '.join(visible(name, LONGEST_QUOTE) for name in names[:MOST_NAMED])}{more}."
