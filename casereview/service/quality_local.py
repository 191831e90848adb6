"""What an authority settles for itself about help and quality: how long after closing it asks whether it lasted."""

from __future__ import annotations

from casereview.errors import CaseReviewError
from casereview.events import KeptSet
from casereview.oversight.quality.looking_back import ASKED_FOR, WEEKS
from casereview.ports import Reading
from casereview.service.desk import Desk
from casereview.service.registry import require_keeper

WHAT, KEY = "setting", "look-back"
LONGEST = 520  # weeks


def weeks_of(work: Reading) -> tuple[int, int]:
    """Weeks after closing: when the question opens, and until when it is asked."""
    kept = work.kept_one(WHAT, KEY)
    if kept is None:
        return WEEKS, ASKED_FOR
    return int(kept.body["weeks"]), int(kept.body["until"])


def look_back_weeks(desk: Desk) -> tuple[int, int]:
    """The same, as the authority keeps it; local defaults until it does."""
    with desk.reading() as work:
        return weeks_of(work)


def set_look_back_weeks(desk: Desk, weeks: int, until: int) -> tuple[int, int]:
    """Settles both for everyone. For those who keep people and teams: raises NotFound for anyone else.

    Raises CaseReviewError where they are not whole weeks from 1 to 520, the second not before the first.
    """
    if not 1 <= weeks <= until <= LONGEST:
        says = f"{weeks} and {until} are not weeks after closing, the second no earlier than the first"
        raise CaseReviewError(says, remedy=f"Give numbers from 1 to {LONGEST}; usual are {WEEKS} and {ASKED_FOR}.")
    with desk.writing() as work:
        require_keeper(desk, work)
        kept = work.kept_one(WHAT, KEY)
        story = list(kept.body.get("story", ())) if kept else []
        line = {"on": desk.today.isoformat(), "by": desk.person, "act": "set", "text": f"{weeks} to {until} weeks"}
        desk.register(work, KeptSet(WHAT, KEY, body={"weeks": weeks, "until": until, "story": [*story, line]}))
        return weeks, until
