"""The words help and quality are told in: what a look is at, how it is graded, and how children came again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casereview.oversight.figures.suppress import line, shown

# What a look at the quality of a single assessment is at: field of the record -> in a few words.
ASPECTS = {
    "childs_voice": "child's voice",
    "history_used": "history",
    "analysis": "analysis",
    "decision": "decision",
    "family_shared": "shared with the family",
}
# Words, not marks: they are read beside what was seen, and never added up.
GRADES = CLEARLY, IN_PART, NOT_YET = ("clearly", "in part", "not yet")

# Progress towards a goal, beside its beginning.
PROGRESS = BETTER, SAME, WORSE, THINK_AGAIN = ("better", "same", "worse", "think again")

# Whether it lasted, some time after closing.
LASTED = ("better and lasting", "better for a while", "no different", "worse", "cannot be known")

WITHIN = 365
"""Calendar days: a case about the same child that opens within so many of another's closing is concern come again."""

ONE_TIME = 14
"""Calendar days: cases of one family opened within so many of each other count as one time (a local default)."""


def came_again(closed: date | None, opened: date) -> bool:
    """Whether a case opened on a day is concern that came again after another closed."""
    return closed is not None and 0 <= (opened - closed).days <= WITHIN


def counted(count: int, one: str, many: str = "") -> str:
    """Such as “1 case” or “3 cases”."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def about(count: int, smallest: int, one: str, many: str = "") -> str:
    """Such as “at least 20 cases”, by the rule for small numbers; as it is where nothing is hidden."""
    told = shown(count, smallest)
    if told is None:
        return f"a few {many or one + 's'}"
    return f"{'at least ' if told and smallest > 1 else ''}{counted(told, one, many)}"


def in_counts(said: Sequence[str], words: Sequence[str], smallest: int) -> str:
    """How many said each of these words, small numbers left out so that none of them can be worked out."""
    counts = [said.count(word) for word in words]
    cells = line([*counts, len(said) - sum(counts)], smallest)
    near = "at least " if smallest > 1 else ""
    told = [f"{word} {near if n else ''}{n:,}" for word, n in zip(words, cells, strict=False) if n is not None]
    if not told:
        return "too few to tell word by word"
    return ", ".join(told) + ("; the rest too few to show" if None in cells else "")
