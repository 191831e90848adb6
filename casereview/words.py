"""The words a person reads for each standing, and a sign that tells them apart without colour."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class StandingWord(NamedTuple):
    """`words` for lists; `sign`, one ASCII character, different for each; `means`, a sentence that explains it."""

    words: str
    sign: str
    means: str


STANDING_WORDS: dict[str, StandingWord] = {
    "urgent_late": StandingWord("urgent and late", "!", "In an urgent lane, and its target has passed."),
    "past_statutory": StandingWord(
        "past a legal time limit", "#", "A time set by law or statutory guidance has passed. The work goes on."
    ),
    "longer_of_concern": StandingWord("longer, of concern", "x", "A manager has said no to the reason given."),
    "longer_lapsed": StandingWord("longer, lapsed", "~", "A reason was agreed, but what it rests on no longer holds."),
    "longer_unexplained": StandingWord("longer, unexplained", "?", "Longer than expected, and nobody has said why."),
    "longer_explained": StandingWord("longer, explained", ":", "A reason is given; a manager has not agreed it yet."),
    "past_agreed": StandingWord("past agreed date", ">", "Past the date agreed for this child or review."),
    "checkpoint_missed": StandingWord("checkpoint missed", "o", "A planned look at how it goes has not been held."),
    "longer_justified": StandingWord("longer, justified", "=", "A manager agreed the reason, and it holds today."),
    "on_course": StandingWord("on course", ".", "Within the dates that are expected or agreed."),
    "done_longer_unexplained": StandingWord(
        "done, longer, unexplained", "-", "Finished after its date, without a reason that held that day."
    ),
    "done_explained_afterwards": StandingWord(
        "done, explained afterwards", ";", "Finished after its date; the reason was written down later."
    ),
    "done_longer_justified": StandingWord(
        "done, longer, justified", "%", "Finished after its date, with a reason that held that day."
    ),
    "done_within": StandingWord("done within", "+", "Finished within its date."),
    "done_early": StandingWord("done early", "*", "Finished early, because enough was known: a success."),
}

STOPPED_EARLY = "Enough is known, so it stops here, sooner than planned: a success, not an exception."

NO_STANDING = StandingWord("no time tracked", " ", "No expectation runs.")


def standing_word(standing: str) -> StandingWord:
    """The words for a standing as rows carry it; "" where nothing runs."""
    return STANDING_WORDS.get(standing, NO_STANDING)


def promised_words(promised: date | None, today: date) -> str:
    """News promised to a family, as a clause; a promise whose day has passed is said to have passed."""
    if promised is None:
        return ""
    if promised < today:
        return f"; news was promised by {promised}, a day that has passed"
    return f"; news promised by {promised}"


def often(times: int) -> str:
    return "once" if times == 1 else f"{times:,} times"
