"""The workflow a case follows: its text as kept in the store, and the timescale profile laid over it."""

from __future__ import annotations

from functools import lru_cache

from casereview.errors import CaseReviewError
from casereview.ports import Reading
from casereview.profiles import WHAT, from_kept
from workflows.catalogue import from_text
from workflows.definition import Definition
from workflows.errors import WorkflowError
from workflows.profile import Profile, under


def kept_definition(work: Reading, digest: str) -> Definition:
    """The definition a case is pinned to. Raises CaseReviewError where the store has not got it whole."""
    text = work.definition_text(digest)
    if text is None:
        raise CaseReviewError("the workflow of this case is not in the store", remedy="See: casereview verify")
    try:  # held to its hash only: a stricter checker must not shut running cases out (law 10)
        return from_text(text, digest)
    except WorkflowError as error:
        raise CaseReviewError(
            f"the workflow kept in the store cannot be used: {error.says}", remedy=error.remedy
        ) from None


def kept_profile(work: Reading, digest: str) -> Profile:
    """The timescale profile a case is pinned to. Raises CaseReviewError where the store has not got it whole."""
    kept = work.kept_one(WHAT, digest)
    if kept is None:
        raise CaseReviewError("the timescale profile of this case is not in the store", remedy="See: casereview verify")
    return read_profile(from_kept(kept).text, digest)


@lru_cache(maxsize=64)
def read_profile(text: str, digest: str) -> Profile:
    """The profile in a text kept with cases, held to its hash only. Raises CaseReviewError."""
    from workflows.profile_reading import from_text as profile_from

    try:
        return profile_from(text, digest)
    except WorkflowError as error:
        says = f"the timescale profile kept in the store cannot be used: {error.says}"
        raise CaseReviewError(says, remedy=error.remedy) from None


def under_profile(work: Reading, definition: Definition, profile: str) -> Definition:
    """The workflow as a case under a profile follows it."""
    return under(definition, kept_profile(work, profile))
