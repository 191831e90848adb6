"""What hangs where everyone reads it names no person and no case: it is about the system, or about many children."""

from __future__ import annotations

from casereview.errors import CaseReviewError
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.text import clean

EVERYONES = 2_000
"""Characters at most of a text that is shown to everyone beside something else."""


def impersonal(desk: Desk, work: Reading, text: str) -> str:
    """The text. Raises CaseReviewError where it names somebody the store knows, or a case its author may know of.

    A reference its author may not know of passes like any other word: a refusal would tell that it is one (law 7).
    """
    folded = text.casefold()
    named = [p.name for p in desk.known(work).people.values() if len(p.name) > 3 and p.name.casefold() in folded]
    words = (word.strip(".,;:()") for word in text.split() if "-" in word)
    named += [word for word in words if work.find(desk.person, word.upper()) is not None]
    if named:
        raise CaseReviewError(
            f"{clean(named[0])!r} is named in it, and everyone reads it",
            remedy="Say it without naming a person or a case.",
        )
    return text
