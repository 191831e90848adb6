"""What goes wrong, said so that a person can act on it; imports nothing of ours."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from functools import lru_cache


class CaseReviewError(Exception):
    """Bad input or a store that cannot be used: what happened, where, and what to do next.

    `status` is the exit status of the command line: 2 for wrong usage or bad input.
    """

    status = 2

    def __init__(self, says: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(says)
        self.says = says
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        if not self.remedy:
            return f"{place}{self.says}"
        stop = "" if self.says.rstrip().endswith((".", "!", "?", ":")) else "."
        return f"{place}{self.says}{stop} {self.remedy}"


class NotFound(CaseReviewError):
    """There is nothing of that name, or this person may not know of it: the answer is the same (law 7)."""

    status = 1


class Conflict(CaseReviewError):
    """Somebody else changed the case in the meantime; says what changed and by whom."""

    status = 1


class StoreProblem(CaseReviewError):
    """The store cannot be opened, read or written."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name closest in spelling to `name`, or None when nothing is near."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


@lru_cache(maxsize=4096)  # a file may hold the same wrong word a hundred thousand times
def meant(name: str, known: frozenset[str]) -> str:
    """“ (did you mean the nearest spelling?)” to put behind a word that is not known, or "" when nothing is near."""
    near = nearest(name[:80], sorted(known))
    return f" (did you mean “{near}”?)" if near else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A remedy sentence: the nearest spelling if there is one, otherwise what is known."""
    names = sorted(set(known))
    near = nearest(name, names)
    if near:
        return f"Did you mean {near}?"
    return f"Known: {', '.join(names)}." if names else "Nothing is declared yet."
