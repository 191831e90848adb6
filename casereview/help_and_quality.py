"""The kinds of record that tell of help and quality: they stand beside every time, wherever one is shown."""

from __future__ import annotations

# Where a workflow has them, in the order they are told: what was decided, what it aims at, how good the work is,
# what the child and the family say, and whether it helped.
HELP_AND_QUALITY = (
    "decision", "review-decision", "goal", "goal-progress", "quality-look", "quality-assurance", "childs-words",
    "family-view", "finding", "outcome-shared", "learning-of-participants", "impact", "look-back",
)  # fmt: skip
# Those that are said to be missing while there is none.
ASKED_FOR = ("decision", "review-decision", "quality-look", "quality-assurance")
