"""The family ledger in words, the same on a page and on a screen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casereview.case import Listed
from casereview.oversight.families import BROKEN, KEPT, LATE, Owed, fate

AHEAD = "news is promised by"
"""How a line begins that says what is owed and not yet late."""


def who(listed: Listed) -> str:
    """Who they are, whether they must be told, their language and who speaks with them."""
    place = "must be told" if listed.must_be_told else ("the referrer" if listed.referrer else "may be told")
    parts = [listed.relation, "parental responsibility" if listed.parental_responsibility else "", place,
             f"speaks {listed.language}" if listed.language else "",
             f"advocate: {listed.advocate}" if listed.advocate else ""]  # fmt: skip
    return ", ".join(part for part in parts if part)


def owed_lines(owed: Owed, day: date) -> Iterator[str]:
    """What they are owed, a broken promise first."""
    if owed.broken:
        yield f"news was promised by {owed.promised_on}, a day that has passed: a promise is broken"
    elif owed.promised_on is not None:
        yield f"{AHEAD} {owed.promised_on}"
    if owed.untold_since is not None:
        yield f"not told: {owed.untold} (since {owed.untold_since})"
    if owed.lapsed:
        yield "the exception from telling them has ended, and they have not been told since"


def promises(listed: Listed, day: date) -> str:
    fates = [fate(promise, day) for promise in listed.promises]
    counts = [f"{fates.count(what)} {what}" for what in (KEPT, LATE, BROKEN) if what in fates]
    made = f"{len(fates)} promise{'' if len(fates) == 1 else 's'} of news made"
    return f"{made}{': ' if counts else ''}{', '.join(counts)}"


def how(method: str, language: str) -> str:
    """In brackets, by which way and in which language; "" where neither is written down."""
    parts = ", ".join(part for part in (method, f"in {language}" if language else "") if part)
    return f" ({parts})" if parts else ""
