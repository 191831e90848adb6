"""What is wrong with a query: said in one line, with the place marked below the words as they were written."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

from casereview.errors import CaseReviewError
from casereview.text import shown

WIDTH = 72  # columns of the query shown around the place
PLACE = "the query"


class QueryFault(CaseReviewError):
    """A query that cannot be understood: what is wrong, where (`at`, in characters from 0), what may stand there."""

    def __init__(self, says: str, text: str, at: int, remedy: str | None = None) -> None:
        super().__init__(says, where=PLACE, remedy=remedy)
        self.text = text
        self.at = max(0, min(at, len(text)))

    @property
    def pointed(self) -> tuple[str, str]:
        """The query, and a line whose ^ stands under the place; a long query is cut around it."""
        start = max(0, self.at - WIDTH + 20)
        part = self.text[start : start + WIDTH]
        before, after = ("…" if start else ""), ("…" if start + WIDTH < len(self.text) else "")
        lead = "".join(shown(character) or " " for character in self.text[start : self.at])
        safe = "".join(shown(character) or " " for character in part)
        return f"{before}{safe}{after}", " " * (len(before) + sum(map(_columns, lead))) + "^"


def _columns(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
